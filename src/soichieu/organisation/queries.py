"""What is asked of the organisation. Structure is public to whoever is signed in; what units owe is not (permissions).

Every answer is for a day, and where it matters as known at a moment.
"""

from __future__ import annotations

import datetime as dt

import numpy as np

from soichieu.organisation.addressees import (
    CLASSES,
    AddresseeError,
    AddresseeRule,
    in_order,
)
from soichieu.organisation.columns import Ints, columns, moment_number
from soichieu.organisation.gaps import Gap, gaps
from soichieu.organisation.names import name_of
from soichieu.organisation.place_links import PlaceStep, place_predecessors, place_successors
from soichieu.organisation.places import PlaceView, last_states, places_at
from soichieu.organisation.searching import Hit, search
from soichieu.organisation.succession import (
    Heir,
    Step,
    heir,
    predecessors,
    successors,
)
from soichieu.organisation.tree import alive_at, check_line, tree_at
from soichieu.organisation.unit_views import UnitView, unit_view, views_at, views_of

__all__ = [
    "Gap",
    "Hit",
    "PlaceStep",
    "gaps",
    "place_predecessors",
    "place_successors",
    "search",
    "CLASSES",
    "AddresseeError",
    "AddresseeRule",
    "Heir",
    "PlaceView",
    "Step",
    "UnitView",
    "ancestors",
    "counterpart_of",
    "heir",
    "last_states",
    "name_of",
    "places_at",
    "predecessors",
    "subordinates",
    "subtree",
    "successors",
    "unit_by_code",
    "unit_view",
    "units_at",
    "views_of",
]


def units_at(on: dt.date, kind: str | None = None, known_at: dt.datetime | None = None) -> list[UnitView]:
    """The units alive on a day in official order; of one kind where it is named."""
    of = columns()
    then = alive_at(of, on, known_at)
    at = np.flatnonzero(then.alive)
    if kind is not None:
        at = at[of.kind[at] == kind]
    return views_at(of, in_order(of, at, then.row), on, known_at)


def unit_by_code(code: str) -> int | None:
    """The id of the unit with a code, or None."""
    of = columns()
    at = of.by_code.get(code)
    return None if at is None else int(of.ids[at])


def subtree(unit_id: int, line: str, on: dt.date, known_at: dt.datetime | None = None) -> Ints:
    """The ids of a unit and everything under it on a line on a day, in official order; empty when it is not alive."""
    of = columns()
    at = of.position(unit_id)
    if at < 0:
        return np.empty(0, np.int64)
    return of.ids[tree_at(check_line(line), on, known_at, of).within(at)]


def subordinates(unit_id: int, line: str, on: dt.date, known_at: dt.datetime | None = None) -> list[int]:
    """The ids of the units directly under a unit on a line on a day, in official order."""
    of = columns()
    at = of.position(unit_id)
    tree = tree_at(check_line(line), on, known_at, of)
    return [int(of.ids[child]) for child in tree.within(at) if tree.parent[child] == at] if at >= 0 else []


def ancestors(unit_id: int, line: str, on: dt.date, known_at: dt.datetime | None = None) -> list[int]:
    """The ids of the superiors of a unit on a line on a day, the nearest first."""
    of = columns()
    at = of.position(unit_id)
    tree = tree_at(check_line(line), on, known_at, of)
    above: list[int] = []
    while at >= 0 and (at := int(tree.parent[at])) >= 0 and tree.enter[at] >= 0:
        above.append(int(of.ids[at]))
    return above


def counterpart_of(unit_id: int, on: dt.date, known_at: dt.datetime | None = None) -> int | None:
    """The party organisation of a unit on a day, or of a party organisation its unit; None when none is named."""
    of = columns()
    at = of.position(unit_id)
    rows = of.counterparts.at(on.toordinal(), moment_number(known_at))
    for row in rows:
        mate = of.counterparts.values["counterpart"][row]
        if mate >= 0 and at in (of.counterparts.subject[row], mate):
            other = mate if of.counterparts.subject[row] == at else of.counterparts.subject[row]
            return int(of.ids[other])
    return None
