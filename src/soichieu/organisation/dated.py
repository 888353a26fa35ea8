"""Which of a few dated rows holds: for single subjects, straight from the database. In bulk see ``columns``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from soichieu.organisation.models import Superior, UnitState


def holding(rows: Iterable[Any], subject: str) -> dict[Any, Any]:
    """Of dated rows, ordered by recording, the one that holds for each subject: the latest day, of one day the row
    recorded last, retracted days left out."""
    last: dict[tuple[Any, dt.date], Any] = {}
    for row in rows:
        last[getattr(row, subject), row.valid_from] = row
    found: dict[Any, Any] = {}
    for (key, day), row in last.items():
        if not row.retracted and (key not in found or found[key].valid_from < day):
            found[key] = row
    return found


def state_of(unit_id: int, on: dt.date) -> UnitState | None:
    """The state of one unit on a day; None before it began."""
    rows = UnitState.objects.filter(unit_id=unit_id, valid_from__lte=on).order_by("recorded_at", "pk")
    return holding(rows, "unit_id").get(unit_id)


def is_alive(unit_id: int, on: dt.date) -> bool:
    """Whether one unit exists on a day."""
    state = state_of(unit_id, on)
    return state is not None and state.alive


def superior_of(unit_id: int, line: str, on: dt.date) -> int | None:
    """The superior of one unit on a line on a day."""
    rows = Superior.objects.filter(unit_id=unit_id, line=line, valid_from__lte=on).order_by("recorded_at", "pk")
    row = holding(rows, "unit_id").get(unit_id)
    return row.superior_id if row else None


def placed_under(unit_id: int, on: dt.date) -> list[tuple[int, str]]:
    """The living units directly under one on a day, with the line."""
    below = set(Superior.objects.filter(superior_id=unit_id, valid_from__lte=on).values_list("unit_id", "line"))
    return [
        (unit, line) for unit, line in sorted(below) if superior_of(unit, line, on) == unit_id and is_alive(unit, on)
    ]
