"""A conference as data: what the asker sees of it, with both dates on everything that is counted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from soichieu.conferences.models import Conference
from soichieu.conferences.queries.glance import course_of
from soichieu.conferences.queries.summary import late_statement, late_task, own_sites, sees_inside, summary_of
from soichieu.conferences.state import Cut, Site, State, Statement
from soichieu.documents import queries as documents
from soichieu.ledger import clock
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of


def conference_json(asker: Asker, conference: Conference, state: State) -> dict[str, Any]:
    """The whole conference. Of other sites whoever sees only what his site sees gets no names and no texts."""
    inside = sees_inside(asker, conference)
    own = {site.key for site in own_sites(asker, conference, state)}
    directives = documents.visible_documents(asker).filter(pk__in=state.directives)
    held_by = name_of([conference.unit_id], state.held_on or clock.today())[conference.unit_id]
    told: dict[str, Any] = {
        "key": conference.key, "position": state.position, "as_known_at": clock.now().isoformat(),
        "title": state.title, "kind": state.kind, "mode": state.mode, "phase": state.phase, "held_by": held_by,
        "held_on": day(state.held_on), "starts_at": f"{state.starts_at:%H:%M}" if state.starts_at else None,
        "place": state.place, "chair": state.chair, "co_chairs": state.co_chairs, "seniors": state.seniors,
        "secretary": state.secretary, "host": state.host, "follows": state.follows or None,
        "source": state.source_note or None, "published_only": state.published_only,
        "directives": [
            {"id": one.pk, "number": one.number, "signed_on": day(one.signed_on), "title": one.title}
            for one in directives
        ],
        "sites_stated": state.sites_stated,
        "sites": [site_json(one, whole=inside or one.key in own) for one in state.ordered_sites],
        "agenda": agenda_json(state),
        "statements": [
            statement_json(one, text=inside or one.site in own) for one in state.statements.values()
        ],
        "cuts": [cut_json(one) for one in state.cuts.values()],
        "invited_on": day(state.invited_on),
    }  # fmt: skip
    if inside:
        told["preparation"] = preparation_json(state)
        told["own_reviews"] = [
            {"unit": one["unit"], "document": one["document"], "label": one.get("label", "")}
            for one in state.own_reviews
        ]
        told["counts"] = counts_json(state)
    return told


def counts_json(state: State) -> dict[str, Any]:
    """The counts of the preparation, n of N each."""
    counts = summary_of(state)
    return {
        "preparation": {"n": counts.tasks_done, "of": counts.tasks, "late": len(counts.tasks_late)},
        "sites_answered": {"n": counts.sites_answered, "of": counts.sites_asked, "sites": counts.sites},
        "participants_answered": {"n": counts.people_answered, "of": counts.people},
        "statements_registered": {
            "n": counts.registered, "of": counts.statements, "accepted": counts.accepted,
            "in_writing": counts.in_writing, "late": len(counts.statements_late),
        },
    }  # fmt: skip


def preparation_json(state: State) -> list[dict[str, Any]]:
    today = clock.today()
    return [
        {
            "key": one.key, "title": one.title, "owner": one.owner, "due_on": day(one.due_on),
            "done_on": day(one.done_on), "late": late_task(one, today), "note": one.note,
        }
        for one in state.preparations.values()
    ]  # fmt: skip


def site_json(site: Site, *, whole: bool) -> dict[str, Any]:
    """A site: what is called out of it; ``whole``: with its participants, its telephone and its link."""
    told: dict[str, Any] = {
        "key": site.key, "name": site.name, "unit": site.unit, "parent": site.parent or None, "order": site.order,
        "chair": site.chair, "co_chairs": site.co_chairs, "present": site.present,
    }  # fmt: skip
    if whole:
        told |= {
            "join_link": site.join_link or None, "telephone": site.telephone, "line": site.line,
            "answered": {"n": sum(bool(one.answer) for one in site.expected.values()), "of": len(site.expected)},
            "expected_heads": site.expected_heads,
            "expected": [
                {"key": one.key, "post": one.post, "name": one.name, "answer": one.answer or None,
                 "substitute": one.substitute, "reason": one.reason}
                for one in site.expected.values()
            ],
        }  # fmt: skip
    return told


def agenda_json(state: State) -> list[dict[str, Any]]:
    """The lines with the times at which they are planned."""
    return [
        {
            "key": line.item.key, "number": line.number, "kind": line.item.kind, "title": line.item.title,
            "minutes": line.item.minutes, "planned_at": line.planned_at.isoformat() if line.planned_at else None,
            "site": line.item.site or None, "statement": line.item.statement or None, "speaker": line.item.speaker,
            "state": line.item.state, "unscripted": line.item.unscripted, "seconds": line.spent,
        }
        for line in course_of(state).lines
    ]  # fmt: skip


def statement_json(one: Statement, *, text: bool) -> dict[str, Any]:
    """A statement; ``text``: with its words and what the committee said of it."""
    told: dict[str, Any] = {
        "key": one.key, "site": one.site, "subject": one.subject, "minutes": one.minutes, "due_on": day(one.due_on),
        "reserve": one.reserve, "author": one.author, "delivery": one.delivery, "edition": one.edition,
        "registered_at": one.registered_at.isoformat() if one.registered_at else None,
        "late": late_statement(one, clock.today()),
    }  # fmt: skip
    if text:
        told |= {"text": one.text, "file": one.file, "file_name": one.file_name, "review": one.review or None,
                 "review_note": one.review_note}  # fmt: skip
    return told


def cut_json(cut: Cut) -> dict[str, Any]:
    return {
        "key": cut.key, "label": cut.label, "directive": cut.directive, "as_at": cut.as_at.isoformat(),
        "known_at": cut.known_at.isoformat(), "position": cut.position, "shown_from": day(cut.shown_from),
        "made_at": cut.made_at.isoformat(),
    }  # fmt: skip


def day(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None
