"""A conference of a ministry for the matrix that is over, and waits for its notice."""

from __future__ import annotations

import datetime as dt

from soichieu.conferences import book
from soichieu.conferences.commands import concluding, floor, planning
from soichieu.conferences.kinds import EventKind
from soichieu.documents.models import Document
from soichieu.organisation.askers import Asker
from soichieu.organisation.models import Unit

SITE = "centre"


def ended(ministry: Unit, division: Unit, directive: Document) -> str:
    """The key of a conference at which the chair gave the division a task."""
    operator = Asker.operator_of_instance()
    conference = planning.plan(
        asker=operator, unit_id=ministry.pk,
        facts={"title": "Hội nghị bước đầu", "kind": "first_results", "held_on": dt.date(2025, 11, 28),
               "starts_at": dt.time(8), "chair": "Bộ trưởng", "directives": [directive.pk]},
    )  # fmt: skip
    site = {"key": SITE, "name": "Điểm cầu trung tâm", "unit": ministry.pk, "order": 0}
    book.write(operator, conference, EventKind.SITE, site)
    opening = {"key": "khai-mac", "kind": "opening", "title": "Khai mạc", "minutes": 5, "site": SITE}
    book.write(operator, conference, EventKind.AGENDA, {"items": [opening]})
    floor.open_conference(asker=operator, conference=conference)
    task = concluding.draft(
        asker=operator, conference=conference, conclusion_kind="task", text=f"Giao {division.code} rà soát số liệu.",
        terms={"leads": [division.pk], "task": "Rà soát số liệu", "deadline": "2026-06-30", "product": "Báo cáo",
               "responsibility": "Trưởng phòng", "authority": "Bộ"},
    )  # fmt: skip
    concluding.conclude(
        asker=operator, conference=conference, finding=task.key, version=task.versions.get().pk, despite=True
    )
    floor.close_conference(asker=operator, conference=conference)
    return conference.key
