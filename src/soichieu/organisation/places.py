"""The history of places in columns, and what was where on a day."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from soichieu.organisation.columns import Bools, Editions, Ints, day_number, moment_number
from soichieu.organisation.models import Place, PlaceState, Revision
from soichieu.organisation.tree import Tree, lay_out

_VALUES = ("alive", "code", "level", "name", "full_name", "full_name_en", "order", "parent")


@dataclass
class PlaceColumns:
    """All places with their history; ``ids`` is sorted, everything else speaks of positions in it."""

    token: str
    ids: Ints
    key: list[str]
    states: Editions
    cache: dict[Any, Any] = field(default_factory=dict)

    def position(self, place_id: int) -> int:
        """Where a place stands in the columns; -1 when there is none of this id."""
        at = int(np.searchsorted(self.ids, place_id))
        return at if at < self.ids.size and self.ids[at] == place_id else -1


@dataclass(frozen=True)
class PlaceView:
    """A place as it was on a day. ``begins_on``: the first day the files know it; ``ends_on``: the first without it."""

    id: int
    key: str
    code: str
    level: str
    name: str
    full_name: str
    full_name_en: str
    parent_id: int | None
    order: int
    begins_on: dt.date
    ends_on: dt.date | None


_held: dict[str, PlaceColumns] = {}
_lock = threading.Lock()


def place_columns() -> PlaceColumns:
    """The history of places as it is now: from memory while nobody has written, else read again."""
    token = Revision.current()
    with _lock:
        held = _held.get("columns")
        if held is not None and held.token == token and token:
            return held
    rows = list(Place.objects.order_by("pk").values_list("pk", "key"))
    position = {row[0]: at for at, row in enumerate(rows)}
    states = PlaceState.objects.values_list(
        "place_id", "valid_from", "recorded_at", "retracted", "pk", *_VALUES[:-1], "parent_id"
    )
    fresh = PlaceColumns(
        token,
        np.array([row[0] for row in rows], np.int64),
        [row[1] for row in rows],
        Editions.read(((position[row[0]], *row[1:-1], position.get(row[-1], -1)) for row in states), _VALUES),
    )
    with _lock:
        _held["columns"] = fresh
    return fresh


@dataclass(frozen=True)
class PlacesAt:
    """The places of a day: the row that holds for each, who is alive, and the tree they form."""

    row: Ints
    alive: Bools
    tree: Tree


def places_on(of: PlaceColumns, on: dt.date, known_at: dt.datetime | None = None) -> PlacesAt:
    """Which places exist on a day and how they nest, as known at a moment (default: now)."""
    day, known = day_number(on), moment_number(known_at)
    found = of.cache.get((day, known))
    if found is not None:
        return found
    states = of.states
    rows = states.at(day, known)
    row = np.full(of.ids.size, -1, np.int64)
    row[states.subject[rows]] = rows
    alive = np.zeros(of.ids.size, bool)
    parent = np.full(of.ids.size, -1, np.int64)
    rank = np.zeros(of.ids.size, np.int64)
    if rows.size:
        alive[states.subject[rows]] = states.values["alive"][rows].astype(bool)
        parent[states.subject[rows]] = states.values["parent"][rows].astype(np.int64)
        rank[states.subject[rows]] = states.values["order"][rows].astype(np.int64)
    found = PlacesAt(row, alive, lay_out(parent, alive, rank))
    while len(of.cache) > 32:
        of.cache.pop(next(iter(of.cache)), None)
    of.cache[day, known] = found
    return found


def lives(of: PlaceColumns, known_at: dt.datetime | None = None) -> tuple[Ints, Ints]:
    """For each place the day it begins and the first day without it (0 when it has not ended), as day numbers."""
    states = of.states
    rows = states.known(moment_number(known_at))
    begins = np.zeros(of.ids.size, np.int64)
    ends = np.zeros(of.ids.size, np.int64)
    if rows.size:
        alive = states.values["alive"][rows].astype(bool)
        begins[states.subject[rows[alive][::-1]]] = states.day[rows[alive][::-1]]
        last = np.ones(rows.size, bool)
        last[:-1] = states.subject[rows][1:] != states.subject[rows][:-1]
        dead = rows[last & ~alive]
        ends[states.subject[dead]] = states.day[dead]
    return begins, ends


def view(of: PlaceColumns, at: int, row: int, life: tuple[Ints, Ints]) -> PlaceView:
    """One place as one of its rows says."""
    values = {name: array[row] for name, array in of.states.values.items()}
    begins, ends = int(life[0][at]), int(life[1][at])
    return PlaceView(
        id=int(of.ids[at]),
        key=of.key[at],
        code=values["code"],
        level=values["level"],
        name=values["name"],
        full_name=values["full_name"],
        full_name_en=values["full_name_en"],
        parent_id=int(of.ids[values["parent"]]) if values["parent"] >= 0 else None,
        order=int(values["order"]),
        begins_on=dt.date.fromordinal(begins),
        ends_on=dt.date.fromordinal(ends) if ends else None,
    )


def places_at(on: dt.date, level: str | None = None, *, known_at: dt.datetime | None = None) -> list[PlaceView]:
    """The places of a day in official order (a place before those inside it); of one level where it is named."""
    of = place_columns()
    then = places_on(of, on, known_at)
    life = lives(of, known_at)
    levels = of.states.values["level"]
    return [
        view(of, int(at), int(then.row[at]), life)
        for at in then.tree.walk
        if level is None or levels[then.row[at]] == level
    ]


def last_states(place_ids: list[int], on: dt.date | None = None) -> dict[int, PlaceView]:
    """Place id → the place as it was on a day, or for one that had ended (or had not begun) as it last (first) was."""
    of = place_columns()
    life = lives(of)
    rows = of.states.known(moment_number(None))
    rows = rows[of.states.values["alive"][rows].astype(bool)]
    chosen = np.full(of.ids.size, -1, np.int64)
    day = day_number(on) if on else np.iinfo(np.int64).max
    late = rows[of.states.day[rows] > day]
    chosen[of.states.subject[late[::-1]]] = late[::-1]
    early = rows[of.states.day[rows] <= day]
    chosen[of.states.subject[early]] = early
    found = {}
    for place in place_ids:
        at = of.position(place)
        if at >= 0 and chosen[at] >= 0:
            found[place] = view(of, at, int(chosen[at]), life)
    return found
