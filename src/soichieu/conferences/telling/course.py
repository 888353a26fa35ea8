"""The agenda with planned and real times, the statements, the cuts of figures with what is known now beside them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from soichieu.conferences.kinds import AgendaKind, Delivery, ItemState, Review
from soichieu.conferences.models import Conference
from soichieu.conferences.queries.entries import lines_of
from soichieu.conferences.queries.summary import sees_inside
from soichieu.conferences.state import State
from soichieu.conferences.telling.answers import Answer, Fact, not_said, or_missing
from soichieu.conferences.telling.basics import head, label, not_yours, sites_open_to
from soichieu.documents import queries as documents
from soichieu.ledger import clock
from soichieu.ledger.queries import Question
from soichieu.ledger.report import coverage_report
from soichieu.organisation.askers import Asker


def agenda(conference: Conference, state: State) -> Answer:
    """Every line in order: when it is planned, how long, how long it took, where it stands."""
    absent = not_said(state)
    now = clock.now()
    planned = sum(item.minutes for item in state.agenda if not item.unscripted)
    taken = sum(item.seconds(now) for item in state.agenda)
    answer = Answer(
        state.title,
        head(conference, state),
        columns=[
            ("number", _p("told", "number")),
            ("planned_at", _p("told", "planned at")),
            ("kind", _p("told", "kind")),
            ("title", _p("told", "title")),
            ("site", _p("told", "site")),
            ("speaker", _p("told", "speaker")),
            ("minutes", _p("told", "minutes planned")),
            ("minutes_taken", _p("told", "minutes taken")),
            ("state", _p("told", "state")),
        ],
    )
    at = dt.datetime.combine(state.held_on, state.starts_at) if state.held_on and state.starts_at else None
    for number, item in enumerate(state.agenda, start=1):
        site = state.sites.get(item.site)
        begun = bool(item.spans) and not state.published_only
        answer.rows.append(
            {
                "number": number,
                "planned_at": at.time() if at else absent,
                "kind": label(AgendaKind, item.kind),
                "title": item.title,
                "site": site.name if site else None,
                "speaker": item.speaker or None,
                "minutes": item.minutes or absent,
                "minutes_taken": round(item.seconds(now) / 60, 1) if begun else absent,
                "state": label(ItemState, item.state),
                "outside_the_script": item.unscripted,
            }
        )
        if at is not None and not item.unscripted:
            at += dt.timedelta(minutes=item.minutes)
    if state.published_only:
        answer.notes.append(_p("told", "What the source tells of; it gives no order, no times and no lengths."))
    else:
        answer.facts += [
            Fact("minutes", _p("told", "minutes planned"), planned),
            Fact("minutes_taken", _p("told", "minutes taken"), round(taken / 60) if taken else absent),
        ]
    return answer


def statements(asker: Asker, conference: Conference, state: State) -> Answer:
    """The statements: commissioned of whom, on what, registered, reviewed, given or sent in; what of them was noted. A
    site's officer sees the texts of the own site."""
    absent = not_said(state)
    answer = Answer(
        state.title,
        head(conference, state),
        columns=[
            ("number", _p("told", "number")),
            ("subject", _p("told", "subject")),
            ("site", _p("told", "site")),
            ("author", _p("told", "by")),
            ("minutes", _p("told", "minutes planned")),
            ("due_on", _p("told", "due")),
            ("delivery", _p("told", "delivery")),
            ("registered", _p("told", "text registered")),
            ("review", _p("told", "review")),
            ("state", _p("told", "state")),
            ("noted", _p("told", "noted")),
        ],
    )
    items = {item.statement: item for item in state.agenda if item.statement}
    open_to = sites_open_to(asker, conference, state)
    for number, one in enumerate(state.statements.values(), start=1):
        item, site = items.get(one.key), state.sites.get(one.site)
        hidden = None if one.site in open_to or state.published_only else not_yours()
        noted = [note.words for note in state.notes if note.item in (one.key, item.key if item else "")]
        answer.rows.append(
            {
                "number": number,
                "key": one.key,
                "subject": or_missing(state, one.subject),
                "site": site.name if site else None,
                "author": one.author or None,
                "minutes": one.minutes or absent,
                "due_on": one.due_on or absent,
                "delivery": label(Delivery, one.delivery),
                "registered": hidden or one.registered_at or absent,
                "text": hidden or one.text or absent,
                "review": hidden or (label(Review, one.review) if one.review else absent),
                "state": label(ItemState, item.state) if item else _p("told", "not on the agenda"),
                "reserve": one.reserve,
                "noted": hidden or noted,
            }
        )
    if state.published_only:
        answer.notes.append(_p("told", "The source names these as examples; it says that others spoke too."))
    else:
        registered = sum(one.registered_at is not None for one in state.statements.values())
        of = len(state.statements)
        answer.facts += [
            Fact("registered", _p("told", "texts registered"), {"n": registered, "of": of}, counted(registered, of)),
        ]
    return answer


def cuts(asker: Asker, conference: Conference, state: State) -> Answer:
    """Each cut of figures, ladder by ladder: n of N as it was cut, and as it is known now of the same day."""
    answer = Answer(
        state.title,
        head(conference, state),
        columns=[
            ("cut", _p("told", "cut")),
            ("directive", _p("told", "directive")),
            ("as_at", _p("told", "as at")),
            ("known_at", _p("told", "as known at")),
            ("position", _p("told", "line of the book")),
            ("ladder", _p("told", "ladder")),
            ("at_the_cut", _p("told", "at the cut")),
            ("known_now", _p("told", "as known now")),
            ("differs", _p("told", "differs")),
        ],
    )
    for cut in state.cuts.values():
        document = documents.visible_documents(asker).filter(pk=cut.directive).first()
        if document is None:
            continue
        then = coverage_report(asker, document, Question(as_at=cut.as_at, known_at=cut.known_at))
        now = {one["ladder"]: one for one in coverage_report(asker, document, Question(as_at=cut.as_at))["counts"]}
        for count in then["counts"]:
            was, known = _n_of(count), _n_of(now.get(count["ladder"], {"n": None, "of": None}))
            answer.rows.append(
                {
                    "cut": cut.label,
                    "key": cut.key,
                    "directive": document.number,
                    "as_at": cut.as_at,
                    "known_at": cut.known_at,
                    "position": cut.position,
                    "shown_from": cut.shown_from,
                    "ladder": count["ladder_words"],
                    "at_the_cut": was,
                    "known_now": known,
                    "differs": was != known,
                }
            )
    if not answer.rows:
        answer.notes.append(
            _p("told", "No cut of figures: the source does not say which figures were shown, nor as at when.")
            if state.published_only
            else _p("told", "No figures were cut for this conference.")
        )
    return answer


def counted(n: int, of: int) -> str:
    return _p("told", "%(n)d of %(of)d") % {"n": n, "of": of}


def _n_of(count: dict[str, Any]) -> str:
    n, of = count["n"], count["of"]
    return _p("told", "%(n)s of %(of)s") % {
        "n": _p("told", "no data") if n is None else n,
        "of": "?" if of is None else of,
    }


def book(asker: Asker, conference: Conference, state: State) -> Answer:
    """Every line of the conference's book, with who wrote it and for whom; for those who see it from inside."""
    answer = Answer(state.title, head(conference, state))
    if not sees_inside(asker, conference):
        answer.notes.append(_("this is for those who prepare or run the conference"))
        return answer
    answer.columns = [
        ("position", _p("book", "Line")), ("happened_at", _p("book", "Took place")),
        ("recorded_at", _p("book", "Written")), ("kind", _p("book", "What was done")),
        ("about", _p("book", "About")), ("by", _p("book", "By")),
        ("on_behalf_of", _p("book", "On behalf of")),
    ]  # fmt: skip
    for one in lines_of(conference):
        answer.rows.append(
            {
                "position": one.position, "happened_at": one.happened_at, "recorded_at": one.recorded_at,
                "kind": str(one.label), "about": one.about or None, "by": one.by,
                "on_behalf_of": one.on_behalf_of or None,
            }
        )  # fmt: skip
    return answer
