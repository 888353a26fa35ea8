"""The tree of units on a day: who is alive, under whom, and every subtree as one interval."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from soichieu.organisation.columns import LINES, Bools, Columns, Ints, columns, day_number, moment_number
from soichieu.organisation.kinds import Standing


@dataclass(frozen=True)
class Alive:
    """Which units exist on a day. ``row`` is the state row of each unit that holds on the day, -1 for none."""

    row: Ints
    alive: Bools


@dataclass(frozen=True)
class Tree:
    """A forest over unit positions. ``enter``/``leave`` number a walk in official order: v is in the subtree of u when
    ``enter[u] <= enter[v] < leave[u]``. Units outside the tree have ``enter`` -1. ``walk`` is that order itself."""

    parent: Ints
    enter: Ints
    leave: Ints
    depth: Ints
    walk: Ints

    def within(self, root: int) -> Ints:
        """Positions of a unit and everything under it, in official order."""
        if self.enter[root] < 0:
            return np.empty(0, np.int64)
        return self.walk[self.enter[root] : self.leave[root]]

    def contains(self, root: int, others: Ints) -> Bools:
        """For each of the positions whether it is in the subtree of ``root`` (itself counts)."""
        if root < 0 or self.enter[root] < 0:
            return np.zeros(len(others), bool)
        entered = np.where(others >= 0, self.enter[others], -1)
        return (entered >= self.enter[root]) & (entered < self.leave[root])


def alive_at(of: Columns, on: dt.date, known_at: dt.datetime | None = None) -> Alive:
    """Which units exist on ``on``, as known at a moment (default: now)."""
    day, known = day_number(on), moment_number(known_at)

    def make() -> Alive:
        row = np.full(of.ids.size, -1, np.int64)
        rows = of.states.at(day, known)
        row[of.states.subject[rows]] = rows
        alive = np.zeros(of.ids.size, bool)
        if rows.size:
            alive[of.states.subject[rows]] = of.states.values["alive"][rows].astype(bool)
        return Alive(row, alive)

    return of.remembered(("alive", day, known), make)


def parents_at(of: Columns, line: str, on: dt.date, known_at: dt.datetime | None = None) -> Ints:
    """The superior of each unit on a line as last stated on or before the day, alive or not; -1 for none. Read only."""
    day, known = day_number(on), moment_number(known_at)

    def make() -> Ints:
        parent = np.full(of.ids.size, -1, np.int64)
        edges = of.superiors[line]
        rows = edges.at(day, known)
        if rows.size:
            parent[edges.subject[rows]] = edges.values["superior"][rows].astype(np.int64)
        parent.flags.writeable = False
        return parent

    return of.remembered(("parents", line, day, known), make)


def lay_out(parent: Ints, member: Bools, rank: Ints) -> Tree:
    """Number the walk of a forest whose members are given, siblings by ``rank``. A cycle is left out of the walk."""
    size = parent.size
    parent = np.where(member & (parent >= 0) & member[parent], parent, -1)
    depth = np.full(size, -1, np.int64)
    levels: list[Ints] = []
    current = np.flatnonzero(member & (parent < 0))
    children_of = np.argsort(np.where(parent >= 0, parent, size), kind="stable")
    sorted_parent = np.where(parent >= 0, parent, size)[children_of]
    first = np.searchsorted(sorted_parent, np.arange(size))
    last = np.searchsorted(sorted_parent, np.arange(size), side="right")
    level = 0
    while current.size:
        depth[current] = level
        levels.append(current)
        counts = last[current] - first[current]
        offsets = np.repeat(first[current] - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        current = children_of[np.arange(counts.sum()) + offsets]
        level += 1
    weight = np.ones(size, np.int64)
    for nodes in reversed(levels[1:]):
        np.add.at(weight, parent[nodes], weight[nodes])
    enter = np.full(size, -1, np.int64)
    for depth_now, nodes in enumerate(levels):
        above = parent[nodes]
        order = nodes[np.lexsort((nodes, rank[nodes], above))]
        above = parent[order]
        before = np.cumsum(weight[order]) - weight[order]
        if depth_now == 0:
            enter[order] = before
            continue
        starts = np.ones(order.size, bool)
        starts[1:] = above[1:] != above[:-1]
        base = before[starts][np.cumsum(starts) - 1]
        enter[order] = enter[above] + 1 + before - base
    leave = np.where(enter >= 0, enter + weight, -1)
    placed = np.flatnonzero(enter >= 0)
    walk = placed[np.argsort(enter[placed])]
    return Tree(parent, enter, leave, depth, walk)


def _rank(of: Columns, alive: Alive) -> Ints:
    rank = np.zeros(of.ids.size, np.int64)
    have = alive.row >= 0
    rank[have] = of.states.values["order"][alive.row[have]].astype(np.int64)
    return rank


def tree_at(line: str, on: dt.date, known_at: dt.datetime | None = None, of: Columns | None = None) -> Tree:
    """The tree of the units alive on a day along one line."""
    of = of or columns()

    def make() -> Tree:
        alive = alive_at(of, on, known_at)
        return lay_out(parents_at(of, line, on, known_at), alive.alive, _rank(of, alive))

    return of.remembered(("tree", line, on, moment_number(known_at)), make)


def sight_at(line: str, on: dt.date, of: Columns | None = None) -> Tree:
    """The tree by which things are *seen*: the units alive on the day, and under them those that ended.

    A unit that ended hangs under its confirmed main heir, for the heir answers for what it left; without one, under
    the superior it last had. So a reorganisation hides no history from those who must answer for it.
    """
    of = of or columns()

    def make() -> Tree:
        alive = alive_at(of, on)
        parent = parents_at(of, line, on).copy()
        ended = (alive.row >= 0) & ~alive.alive
        today = day_number(on)
        for old, new, day, main, _share, status in of.heirs(moment_number(None)):
            if (
                main
                and status == Standing.CONFIRMED
                and ended[old]
                and alive.row[new] >= 0
                and is_heir(of, alive, old, day, today)
            ):
                parent[old] = new
        return lay_out(parent, alive.row >= 0, _rank(of, alive))

    return of.remembered(("sight", line, on), make)


def is_heir(of: Columns, alive: Alive, old: int, day: int, today: int) -> bool:
    """Whether what an ended unit went into on a day is an heir of it: what split off while it lived on is none."""
    row = alive.row[old]
    return (int(of.states.day[row]) if row >= 0 else 0) <= day <= today


def check_line(line: str) -> str:
    """The line, or a message naming those there are."""
    if line not in LINES:
        raise ValueError(f"there is no line {line!r}; the lines are {', '.join(LINES)}")
    return line


def lines_from(line: str | None) -> list[str]:
    """All lines, the given one first: a unit that has no superior on it has one on another."""
    return [check_line(line), *(other for other in LINES if other != line)] if line else list(LINES)
