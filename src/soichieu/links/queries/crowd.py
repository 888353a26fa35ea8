"""The columns of the matrix: the asker's units on the directive's line, a level of their tree at a time.

A column is a unit with everything under it; the unit that is opened stands first, alone. Who has ended is counted with
its heir, or where there is none with the superior that answers for it (``organisation.tree.sight_at``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.ledger.models import Obligation
from soichieu.links.queries.decided import Decided
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.organisation.columns import Columns, columns
from soichieu.organisation.kinds import Line
from soichieu.organisation.names import name_of
from soichieu.organisation.tree import Tree, alive_at, sight_at

KEPT = 32
"""Of so many directives it is kept in memory who owes something."""

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Column:
    """A unit with all under it. ``alone``: only itself, because those under it have columns of their own beside it.
    ``below``: how many units stand under it that one may open."""

    unit: int
    name: str
    alone: bool
    below: int


@dataclass(frozen=True)
class Crowd:
    """One level of units. ``column_of``: of each position of the organisation the column it counts in, -1 for none.
    ``way``: the superiors down to the unit that is opened. ``concerned``: of each column whether the document concerns
    a unit in it; of others nothing is asked, they only stand there because all units are wanted."""

    of: Columns
    columns: list[Column]
    column_of: Ints
    way: list[tuple[int, str]]
    under: int | None
    concerned: Bools

    def of_units(self, unit_ids: Ints) -> Ints:
        """The column of each of some units; -1 for those that count in none."""
        at = self.of.positions(unit_ids)
        return np.where(at >= 0, self.column_of[np.maximum(at, 0)], -1) if self.of.ids.size else at


@dataclass(frozen=True)
class _Sight:
    of: Columns
    tree: Tree
    seen: Bools
    wanted: Bools
    concerned: Bools
    alive: Bools


def line_of(document: Document) -> str | None:
    """The line of superiors that a directive follows, None for any or when it has given no task yet."""
    chain = getattr(document, "chain", None)
    return (chain.line or None) if chain is not None else None


def crowd_of(
    asker: Asker, document: Document, decided: Decided, *, under: int | None = None, everyone: bool = False
) -> Crowd:
    """The units of one level that the asker sees.

    ``under``: the unit whose level it is; None begins where the asker's units divide. Without ``everyone`` only units
    that are concerned are shown: they owe something of the directive, or somebody decided a pair for them, or something
    of that holds for one under them. Where nobody is concerned, all of them are.
    """
    sight = _sight(asker, document, decided, everyone)
    of, tree = sight.of, sight.tree
    wanted = sight.wanted
    base = of.position(under) if under is not None else -1
    if base >= 0 and not sight.seen[base]:
        base = -1
    heads = _heads(sight, base, wanted)
    while base < 0 and len(heads) == 1 and tree.leave[heads[0]] - tree.enter[heads[0]] > 1:
        base = int(heads[0])
        heads = _heads(sight, base, wanted)
    own = base >= 0 and bool(wanted[base] or not len(heads))
    column_of = np.full(of.ids.size, -1, np.int64)
    if base >= 0:
        # Who ended without a known heir hangs here, and the superior answers for it.
        gone = tree.within(base)
        gone = gone[(tree.parent[gone] == base) & ~sight.alive[gone]]
        own = own or bool(wanted[gone].any())
        for one in gone:
            column_of[tree.within(int(one))] = 0
        column_of[base] = 0
    if not own and base >= 0:
        column_of[column_of == 0] = -1
    first = 1 if own else 0
    for at, head in enumerate(heads):
        column_of[tree.within(int(head))] = at + first
    column_of[~sight.seen] = -1
    shown = ([base] if own else []) + [int(one) for one in heads]
    names = name_of([int(of.ids[one]) for one in shown], clock.today())
    below = np.concatenate(([0], np.cumsum((sight.seen & sight.alive & wanted)[tree.walk])))
    made = [
        Column(
            unit=int(of.ids[one]),
            name=names[int(of.ids[one])],
            alone=own and place == 0,
            below=0 if own and place == 0 else int(below[tree.leave[one]] - below[tree.enter[one] + 1]),
        )
        for place, one in enumerate(shown)
    ]
    asked = column_of[sight.concerned]
    concerned = np.bincount(asked[asked >= 0], minlength=len(made)) > 0
    return Crowd(of, made, column_of, _way(sight, base), int(of.ids[base]) if base >= 0 else None, concerned)


def concerned_units(
    asker: Asker, document: Document, decided: Decided, *, asked: Ints | None = None, within: int | None = None
) -> list[int]:
    """Every single unit that is concerned, lives, and is the asker's to see, in official order.

    ``asked``: the units to which a task was given; who ended stands under whoever answers for it now. Without them
    those of whom the document asks something, or who decided a pair. ``within``: of the subtree of one unit.
    """
    sight = _sight(asker, document, decided, everyone=False)
    wanted = sight.concerned
    if asked is not None:
        wanted = np.zeros(sight.of.ids.size, bool)
        for at in sight.of.positions(asked).tolist():
            while at >= 0 and not sight.alive[at]:
                at = int(sight.tree.parent[at])
            if at >= 0 and sight.seen[at]:
                wanted[at] = True
    walk = sight.tree.walk
    if within is not None:
        at = sight.of.position(within)
        walk = sight.tree.within(at) if at >= 0 and sight.seen[at] else walk[:0]
    return [int(sight.of.ids[one]) for one in walk if wanted[one] and sight.alive[one]]


def units_within(asker: Asker, document: Document, decided: Decided, within: int | None) -> set[int] | None:
    """The units that the asker sees, those that ended too; of the subtree of one unit where it is named. None: all."""
    sight = _sight(asker, document, decided, everyone=True)
    if within is None:
        return None if asker.operator else {int(one) for one in sight.of.ids[sight.seen]}
    at = sight.of.position(within)
    if at < 0:
        return set()
    inside = sight.tree.within(at)
    return {int(one) for one in sight.of.ids[inside[sight.seen[inside]]]}


def official_places(document: Document, units: Iterable[int]) -> dict[int, int]:
    """Unit → its place in the official order of the directive's line; one that stands nowhere comes last."""
    of = columns()
    tree = sight_at(line_of(document) or Line.SECTOR, clock.today(), of)
    ids = np.fromiter(units, np.int64)
    at = of.positions(ids)
    enter = np.where(at >= 0, tree.enter[np.maximum(at, 0)], -1) if of.ids.size else at
    return {int(unit): int(place) if place >= 0 else of.ids.size for unit, place in zip(ids, enter, strict=True)}


def _sight(asker: Asker, document: Document, decided: Decided, everyone: bool) -> _Sight:
    of, today = columns(), clock.today()
    line = line_of(document)
    tree = sight_at(line or Line.SECTOR, today, of)
    ids = permissions.visible_units(asker, on=today, line=line)
    seen = np.ones(of.ids.size, bool) if ids is None else np.isin(of.ids, ids)
    seen &= tree.enter >= 0
    alive = alive_at(of, today).alive
    concerned = np.zeros(of.ids.size, bool)
    for units in (_owing(document), decided.unit, decided.open_unit):
        at = of.positions(units)
        concerned[at[at >= 0]] = True
    concerned &= seen
    if not concerned.any():
        concerned = seen & alive
    return _Sight(of, tree, seen, seen & alive if everyone else concerned, concerned, alive)


_held: dict[int, tuple[tuple[int, str], Ints]] = {}


def _owing(document: Document) -> Ints:
    """The units that were given something of a directive. An obligation comes with its line in the book, so they are
    the same while the book is no longer."""
    chain = getattr(document, "chain", None)
    if chain is None:
        return np.empty(0, np.int64)
    state = (chain.last_position, chain.last_hash)
    held = _held.get(chain.pk)
    if held is not None and held[0] == state:
        return held[1]
    found = Obligation.objects.filter(chain=chain).order_by().values_list("unit_id", flat=True).distinct()
    units = np.fromiter(found, np.int64)
    while len(_held) >= KEPT:
        _held.pop(next(iter(_held)), None)
    _held[chain.pk] = (state, units)
    return units


def _heads(sight: _Sight, base: int, wanted: Bools) -> Ints:
    """The units right under ``base`` (-1: where the asker's units begin) with somebody wanted in them, in order."""
    tree = sight.tree
    if base >= 0:
        heads = np.flatnonzero((tree.parent == base) & sight.seen & sight.alive)
    else:
        above = np.where(tree.parent >= 0, sight.seen[np.maximum(tree.parent, 0)], False)
        heads = np.flatnonzero(sight.seen & ~above)
    heads = heads[np.argsort(tree.enter[heads])]
    count = np.concatenate(([0], np.cumsum(wanted[tree.walk])))
    return heads[count[tree.leave[heads]] > count[tree.enter[heads]]]


def _way(sight: _Sight, base: int) -> list[tuple[int, str]]:
    way: list[int] = []
    while base >= 0 and sight.seen[base]:
        way.append(int(sight.of.ids[base]))
        base = int(sight.tree.parent[base])
    names = name_of(way, clock.today())
    return [(unit, names[unit]) for unit in reversed(way)]
