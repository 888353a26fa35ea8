"""A face's data as JSON: the course of the agenda, the roll-call, requests, what the hall shows, conclusions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from soichieu.conferences import rights
from soichieu.conferences.models import Conference
from soichieu.conferences.queries import glance, said
from soichieu.conferences.queries.glance import Line
from soichieu.conferences.state import State
from soichieu.ledger import clock
from soichieu.organisation.askers import Asker


def _at(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def line_told(line: Line | None) -> dict[str, Any] | None:
    """A line of the agenda; lengths in seconds."""
    if line is None:
        return None
    return {
        "item": line.item.key, "number": line.number, "kind": line.item.kind, "who": line.who, "what": line.what,
        "site": line.item.site, "state": line.item.state, "unscripted": line.item.unscripted,
        "planned_seconds": line.planned, "spent_seconds": line.spent, "over_seconds": line.over,
        "planned_at": _at(line.planned_at), "expected_at": _at(line.expected_at), "begun_at": _at(line.begun_at),
        "running_since": _at(line.item.running_since),
    }  # fmt: skip


def card_told(card: said.Card) -> dict[str, Any]:
    """A finding or conclusion with the wordings that stand."""
    return {
        "key": card.key, "kind": card.shown.kind, "state": card.step, "own": card.shown.own, "about": card.about,
        "wordings": [
            {
                "id": head.version.pk, "words": head.words, "conclusion_kind": head.version.conclusion_kind,
                "leads": head.leads, "cooperators": head.cooperators, "terms": head.version.terms,
                "addressee": head.addressee, "not_clear": [str(one) for one in head.missing],
                "objective_cause": head.version.objective_cause, "subjective_cause": head.version.subjective_cause,
            }
            for head in card.heads
        ],
    }  # fmt: skip


def told(asker: Asker, conference: Conference, state: State) -> dict[str, Any]:
    """The conference as the asker's face shows it; drafts, findings and requests only to those behind the desk."""
    course, roll = glance.course_of(state, clock.now()), glance.roll_of(state)
    desk = rights.runs_or_prepares(asker, conference)
    out: dict[str, Any] = {
        "conference": state.key, "position": state.position, "title": state.title, "phase": state.phase,
        "recording": bool(state.recording), "opened_at": _at(state.opened_at), "closed_at": _at(state.closed_at),
        "current": line_told(course.current), "next": line_told(course.following),
        "delay_seconds": course.delay, "agenda": [line_told(line) for line in course.lines],
        "screen": {"what": state.screen.what, "ref": state.screen.ref},
        "roll": {
            "sites": roll.sites, "answered": roll.answered, "present": roll.present, "expected": roll.expected,
        },
        "concluded": [card_told(card) for card in said.concluded_cards(state, newest_first=False)],
    }  # fmt: skip
    if desk:
        out |= {
            "requests": [
                {"key": one.key, "site": one.site, "words": one.words, "asked_at": _at(one.asked_at)}
                for one in glance.asking(state)
            ],
            "conclusions": [card_told(card) for card in said.conclusion_cards(state)],
            "findings": [card_told(card) for card in said.finding_cards(state)],
            "sites": [
                {
                    "key": site.key, "name": site.name, "unit": site.unit, "present": site.present,
                    "expected": site.expected_heads, "rolled_at": _at(site.rolled_at), "rolled_by": site.rolled_by,
                }
                for site in state.ordered_sites
            ],
            "notes": [{"item": one.item, "words": one.words, "at": _at(one.at), "by": one.by} for one in state.notes],
        }  # fmt: skip
    return out
