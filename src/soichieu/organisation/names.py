"""What units were called on a day, in bulk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np

from soichieu.organisation.columns import Columns, Ints, columns, day_number, moment_number


def row_for_name(of: Columns, on: dt.date, known_at: dt.datetime | None) -> Ints:
    """For each unit the row whose name serves on a day: the last with a name until then, else the first later.

    A unit that nobody had entered at the moment keeps the name by which it is known now: whoever looks back must know
    of whom the page speaks, and a name says nothing of what was known.
    """
    day, known = day_number(on), moment_number(known_at)

    def make() -> Ints:
        rows = of.states.known(known)
        chosen = row_for_name(of, on, None).copy() if known_at is not None else np.full(of.ids.size, -1, np.int64)
        if rows.size:
            rows = rows[of.states.values["alive"][rows].astype(bool)]
            late = rows[of.states.day[rows] > day]
            chosen[of.states.subject[late[::-1]]] = late[::-1]  # the first later one stays
            early = rows[of.states.day[rows] <= day]
            chosen[of.states.subject[early]] = early  # the last one stays
        return chosen

    return of.remembered(("names", day, known), make)


def name_of(
    unit_ids: Iterable[int], on: dt.date, *, known_at: dt.datetime | None = None, short: bool = False
) -> dict[int, str]:
    """Unit id → its name on a day; of a unit that had ended its last, of one not yet begun its first.

    ``short`` prefers the short name. An unknown id raises KeyError.
    """
    of = columns()
    ids = [int(unit) for unit in unit_ids]
    if not ids:
        return {}
    chosen = row_for_name(of, on, known_at)
    names, shorts = of.states.values["name"], of.states.values["short_name"]
    named: dict[int, str] = {}
    for unit in ids:
        at = of.position(unit)
        if at < 0:
            raise KeyError(f"there is no unit with the id {unit}")
        row = chosen[at]
        if row < 0:
            named[unit] = of.code[at]
        else:
            named[unit] = (short and shorts[row]) or names[row]
    return named
