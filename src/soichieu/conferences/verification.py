"""``verify``, for the books of conferences: whatever was changed, removed, reordered or cut off is named."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection

from soichieu.conferences import guards
from soichieu.conferences.hashing import HASHED, event_hash
from soichieu.conferences.models import Conference, Event
from soichieu.ledger import stored
from soichieu.ledger.verification import Checkpoint, Problem

PREFIX = "conference "
"""With which the name of a conference's book begins in a checkpoint, so that it is no directive's."""


def checkpoints() -> list[Checkpoint]:
    """The last position and hash of each conference's book, read from the lines themselves."""
    found = []
    for conference in Conference.objects.order_by("pk"):
        last = Event.objects.filter(conference=conference).order_by("-position").values_list("position", "hash").first()
        if last is not None:
            found.append(Checkpoint(PREFIX + conference.key, *last))
    return found


def verify(earlier: list[Checkpoint] | None = None) -> list[Problem]:
    """Every problem found; an empty list when all books are whole. ``earlier``: checkpoints printed before, those of
    directives left alone."""
    problems = [
        Problem("database", f"the guard {name} is gone: lines of conferences could have been changed")
        for name in sorted(guards.expected(connection.vendor) - guards.present(connection))
    ]
    books = {PREFIX + one.key: one for one in Conference.objects.order_by("pk")}
    for name, conference in books.items():
        problems.extend(_walk(name, conference))
    problems.extend(_cut([one for one in earlier or [] if one.directive.startswith(PREFIX)], books))
    return problems


def _walk(name: str, conference: Conference) -> Iterator[Problem]:
    expected, previous = 1, ""
    moment: str | None = None
    for row in stored.rows(Event._meta.db_table, (*HASHED, "hash"), "conference_id", conference.pk):
        position = row["position"]
        if not isinstance(position, int):
            yield Problem(name, f"changed: the place of a line says {position!r}")
            continue
        place = f"{name}, line {position}"
        if position > expected:
            missing = f"{expected}" if position == expected + 1 else f"{expected}–{position - 1}"
            yield Problem(f"{name}, line {missing}", "removed: the book has a gap here")
        if _hash_of(row) != row["hash"]:
            yield Problem(place, "changed: what it says does not give its hash")
        if row["previous_hash"] != previous and position == expected:
            yield Problem(place, "reordered or changed before it: it does not follow on the line before")
        recorded = str(stored.moment(row["recorded_at"]))
        if moment is not None and recorded < moment:
            yield Problem(place, "reordered: it was recorded before the line before it")
        expected, previous, moment = position + 1, row["hash"], recorded
    if conference.last_position != expected - 1 or conference.last_hash != previous:
        yield Problem(
            f"{name}, line {expected}",
            f"cut off: the book ended at line {conference.last_position} and now ends at {expected - 1}",
        )


def _hash_of(row: Mapping[str, Any]) -> str:
    """The hash of a stored row; empty where it holds what no line can hold."""
    moments = {column: stored.moment(row[column]) for column in ("happened_at", "recorded_at")}
    try:
        payload = row["payload"] if isinstance(row["payload"], dict) else json.loads(row["payload"])
        return event_hash({**row, **moments, "payload": payload})
    except (TypeError, ValueError):
        return ""


def _cut(earlier: list[Checkpoint], books: Mapping[str, Conference]) -> Iterator[Problem]:
    for checkpoint in earlier:
        conference = books.get(checkpoint.directive)
        if conference is None:
            yield Problem(checkpoint.directive, f"the whole book is gone, it had reached line {checkpoint.position}")
            continue
        lines = Event.objects.filter(conference=conference, position=checkpoint.position)
        digest = lines.values_list("hash", flat=True).first()
        place = f"{checkpoint.directive}, line {checkpoint.position}"
        if digest is None:
            yield Problem(place, "cut off: a checkpoint was printed at this line and it is gone")
        elif digest != checkpoint.hash:
            yield Problem(place, "changed or rewritten since a checkpoint was printed")
