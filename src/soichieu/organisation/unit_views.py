"""Units as they were on a day, as values, in bulk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from soichieu.organisation.columns import Columns, Ints, columns, moment_number
from soichieu.organisation.names import row_for_name
from soichieu.organisation.tree import alive_at


@dataclass(frozen=True)
class UnitView:
    """A unit as it was on a day (of one that had ended: as it last was)."""

    id: int
    code: str
    kind: str
    name: str
    short_name: str
    name_en: str
    place_id: int | None
    order: int
    fictitious: bool
    alive: bool
    begins_on: dt.date | None
    ends_on: dt.date | None


def _lives(of: Columns, known_at: dt.datetime | None) -> tuple[Ints, Ints]:
    known = moment_number(known_at)

    def make() -> tuple[Ints, Ints]:
        rows = of.states.known(known)
        begins, ends = np.zeros(of.ids.size, np.int64), np.zeros(of.ids.size, np.int64)
        if rows.size:
            alive = of.states.values["alive"][rows].astype(bool)
            begins[of.states.subject[rows[alive][::-1]]] = of.states.day[rows[alive][::-1]]
            last = np.ones(rows.size, bool)
            last[:-1] = of.states.subject[rows][1:] != of.states.subject[rows][:-1]
            dead = rows[last & ~alive]
            ends[of.states.subject[dead]] = of.states.day[dead]
        return begins, ends

    return of.remembered(("lives", known), make)


def views_at(of: Columns, positions: Iterable[int], on: dt.date, known_at: dt.datetime | None) -> list[UnitView]:
    """The units at some positions of the columns, in the order given."""
    chosen = row_for_name(of, on, known_at)
    alive = alive_at(of, on, known_at).alive
    begins, ends = _lives(of, known_at)
    values = of.states.values
    views = []
    for at in positions:
        row = chosen[at]
        views.append(
            UnitView(
                id=int(of.ids[at]),
                code=of.code[at],
                kind=of.kind[at],
                name=values["name"][row] if row >= 0 else of.code[at],
                short_name=values["short_name"][row] if row >= 0 else "",
                name_en=values["name_en"][row] if row >= 0 else "",
                place_id=int(of.place[at]) or None,
                order=int(values["order"][row]) if row >= 0 else 0,
                fictitious=bool(of.fictitious[at]),
                alive=bool(alive[at]),
                begins_on=dt.date.fromordinal(int(begins[at])) if begins[at] else None,
                ends_on=dt.date.fromordinal(int(ends[at])) if ends[at] else None,
            )
        )
    return views


def views_of(unit_ids: Iterable[int], on: dt.date, known_at: dt.datetime | None = None) -> dict[int, UnitView]:
    """Unit id → the unit on a day, in bulk; unknown ids are left out."""
    of = columns()
    at = [found for found in (of.position(int(unit)) for unit in unit_ids) if found >= 0]
    return {view.id: view for view in views_at(of, at, on, known_at)}


def unit_view(unit_id: int, on: dt.date, known_at: dt.datetime | None = None) -> UnitView:
    """One unit on a day; KeyError when there is none of this id."""
    return views_of([unit_id], on, known_at)[unit_id]
