"""The heat map of a cut: which units and requirements are shown, in which order, and what each cell says.

Only what is shown is put together: a page of units, or one level of the tree, where a unit with others under it stands
for all of them and its cell shows what is worst among them, with how many.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from soichieu.board import signs as sg
from soichieu.board.ask import Ask
from soichieu.board.queries.cut import SHOWN, Cut
from soichieu.ledger.models import Requirement
from soichieu.organisation.addressees import in_order
from soichieu.organisation.columns import Columns
from soichieu.organisation.columns import columns as organisation_columns
from soichieu.organisation.names import name_of
from soichieu.organisation.tree import alive_at

MOST_ROWS = 100
MOST_CELLS = 6_500
"""A page has no more cells than this, so that it stays light; with many requirements it has fewer rows."""
FLAT_UP_TO = 100
"""Up to so many units stand in one list; more are shown level by level until somebody asks for all."""


@dataclass
class Row:
    """A line of the map. ``group``: how many units it stands for (0: the unit alone). ``counts``: members by sign;
    ``figures``: the counts of :data:`SHOWN`, by the rule of every other count."""

    unit: int
    name: str
    group: int
    counts: np.ndarray
    figures: np.ndarray

    def figure(self, name: str) -> int:
        return int(self.figures[SHOWN.index(name)])

    @property
    def overdue(self) -> int:
        return self.figure("overdue")

    @property
    def holes(self) -> int:
        return int(self.counts[sg.NOT_STARTED] + self.counts[sg.RETURNED])

    @property
    def done(self) -> int:
        return self.figure("n")

    @property
    def of(self) -> int:
        return self.figure("of")

    @property
    def known(self) -> bool:
        """Whether anything at all is known of it; where nothing is, n is missing and not 0."""
        return self.of > self.figure("missing")


@dataclass
class Grid:
    """What one page of the map draws. ``signs``, ``obligations``, ``numbers``: rows × columns; an obligation of -1 is
    several (the cell leads to their list), a sign of -1 nothing; ``numbers`` says how many show the sign in a group.
    ``column_counts``: columns × signs, ``column_figures``: columns × :data:`SHOWN`, of all lines and not of a page."""

    mode: str
    columns: np.ndarray
    requirements: list[Requirement]
    rows: list[Row]
    signs: np.ndarray
    obligations: np.ndarray
    numbers: np.ndarray
    column_counts: np.ndarray
    column_figures: np.ndarray
    total: int
    page: int
    pages: int
    under: int | None = None
    path: Sequence[tuple[int, str]] = ()
    level: Row | None = None

    @property
    def first(self) -> int:
        return 0 if not self.rows else (self.page - 1) * self.per_page + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def per_page(self) -> int:
        return per_page(len(self.columns))


def per_page(columns: int) -> int:
    return max(25, min(MOST_ROWS, MOST_CELLS // max(columns, 1)))


def mode_of(cut: Cut, ask: Ask) -> str:
    """Level by level or all units: as asked, else by how many there are."""
    if ask.under is not None:
        return "tree"
    return ask.rows or ("units" if len(cut.units) <= FLAT_UP_TO else "tree")


def grid_of(cut: Cut, ask: Ask, *, everything: bool = False) -> Grid:
    """The page of the map that is asked for; ``everything`` gives all rows, for an export."""
    columns = cut.columns_of(ask.ladder)
    grid = _level(cut, ask, columns) if mode_of(cut, ask) == "tree" else _flat(cut, ask, columns)
    size = max(1, len(grid.order)) if everything else per_page(len(columns))
    pages = max(1, -(-len(grid.order) // size))
    page = 1 if everything else min(ask.page, pages)
    chosen = grid.order[(page - 1) * size : page * size]
    return grid.drawn(cut, ask, columns, chosen, page, pages)


# --- All units, in a list --------------------------------------------------------------------------------------------


@dataclass
class _Lines:
    """All lines that are kept, in order, before a page of them is drawn. A line is a position in ``ids``."""

    mode: str
    ids: np.ndarray
    counts: np.ndarray
    group: np.ndarray
    cells: Any
    order: np.ndarray
    column_counts: np.ndarray
    figures: np.ndarray
    column_figures: np.ndarray
    under: int | None = None
    path: Sequence[tuple[int, str]] = ()

    def drawn(self, cut: Cut, ask: Ask, columns: np.ndarray, chosen: np.ndarray, page: int, pages: int) -> Grid:
        signs, obligations, numbers = self.cells(chosen, columns)
        counts, figures = self.column_counts, self.column_figures
        if ask.only == "open":
            keep = np.isin(signs, sg.OPEN)
            signs = np.where(keep, signs, sg.NONE)
            wanted = counts[:, list(sg.OPEN)].sum(axis=1) > 0
            columns, counts, figures = columns[wanted], counts[wanted], figures[wanted]
            signs, obligations, numbers = signs[:, wanted], obligations[:, wanted], numbers[:, wanted]
        names = name_of(self.ids[chosen].tolist(), cut.question.as_at)
        rows = [
            Row(int(self.ids[at]), names[int(self.ids[at])], int(self.group[at]), self.counts[at], self.figures[at])
            for at in chosen
        ]
        level = None
        if self.under is not None:
            level = Row(self.under, self.path[-1][1], len(self.ids), self.counts.sum(axis=0), self.figures.sum(axis=0))
        return Grid(
            mode=self.mode, columns=columns, requirements=[cut.requirements[at] for at in columns], rows=rows,
            signs=signs, obligations=obligations, numbers=numbers, column_counts=counts, column_figures=figures,
            total=len(self.order), page=page, pages=pages, under=self.under, path=self.path, level=level,
        )  # fmt: skip


def _flat(cut: Cut, ask: Ask, columns: np.ndarray) -> _Lines:
    shown = np.zeros(len(cut.requirements), bool)
    shown[columns] = True
    of = organisation_columns()
    rank = cut.remembered("official", lambda: official_places(of, cut.units, cut.question.as_at))
    counts = cut.by_unit(ask.ladder)
    here = cut.remembered(
        ("has", ask.ladder), lambda: np.bincount(cut.unit[shown[cut.column]], minlength=len(cut.units))
    )

    def cells(chosen: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        at = np.ix_(chosen, columns)
        row = cut.cell_row[at]
        ids = np.where(row >= 0, cut.answer.columns.ids[np.maximum(row, 0)], -1) if len(cut.rows) else row
        ids = np.where(cut.cell_many[at], -1, ids)
        return cut.cell_sign[at], ids, np.zeros(row.shape, np.int32)

    return _Lines(
        mode="units", ids=cut.units, counts=counts, group=np.zeros(len(cut.units), np.int64), cells=cells,
        order=_ordered(ask, counts, rank, here > 0), column_counts=cut.by_column[columns],
        figures=cut.figures_by_unit(ask.ladder),
        column_figures=cut.remembered("figures by column", cut.figures_by_column)[columns],
    )  # fmt: skip


def _ordered(ask: Ask, counts: np.ndarray, rank: np.ndarray, here: np.ndarray) -> np.ndarray:
    """Positions kept, official order or worst first (most overdue, then most holes)."""
    if ask.only == "open":
        here = here & (counts[:, list(sg.OPEN)].sum(axis=1) > 0)
    at = np.flatnonzero(here)
    if ask.sort == "worst":
        holes = counts[:, sg.NOT_STARTED] + counts[:, sg.RETURNED]
        return at[np.lexsort((rank[at], -holes[at], -counts[at, sg.OVERDUE]))]
    return at[np.argsort(rank[at], kind="stable")]


def official_places(of: Columns, units: np.ndarray, on: dt.date) -> np.ndarray:
    """The place of each unit in the official order."""
    positions = of.positions(units)
    there = np.flatnonzero(positions >= 0)
    order = in_order(of, positions[there], alive_at(of, on).row)
    place = np.full(of.ids.size + 1, of.ids.size, np.int64)
    place[order] = np.arange(len(order))
    return place[positions]


# --- One level of the tree -------------------------------------------------------------------------------------------


def _level(cut: Cut, ask: Ask, columns: np.ndarray) -> _Lines:
    made = cut.remembered(("level", ask.under), lambda: _lines_of_level(cut, ask.under))
    ids, line_of_unit, group, single, path, under = made
    many = len(ids)

    def tally() -> np.ndarray:
        place = np.full(len(cut.requirements), -1, np.int64)
        place[columns] = np.arange(len(columns))
        line, at = line_of_unit[cut.unit], place[cut.column]
        keep = (line >= 0) & (at >= 0)
        flat = (line[keep] * len(columns) + at[keep]) * sg.MANY + cut.sign[keep]
        size = many * len(columns) * sg.MANY
        return np.bincount(flat, minlength=size).reshape(many, len(columns), sg.MANY)

    def totals(by_unit: np.ndarray) -> np.ndarray:
        out = np.zeros((many, by_unit.shape[1]), np.int64)
        inside = line_of_unit >= 0
        np.add.at(out, line_of_unit[inside], by_unit[inside])
        return out

    cells_by_sign = cut.remembered(("tally", ask.under, ask.ladder), tally)
    counts = cut.remembered(("totals", ask.under, ask.ladder), lambda: totals(cut.by_unit(ask.ladder)))
    figures = cut.remembered(("figures", ask.under, ask.ladder), lambda: totals(cut.figures_by_unit(ask.ladder)))
    below = cut.remembered(("below", ask.under), lambda: cut.figures_by_column(line_of_unit >= 0))
    of = organisation_columns()
    rank = cut.remembered(("level order", ask.under), lambda: official_places(of, ids, cut.question.as_at))
    rank = np.where(ids == (under or 0), -1, rank)  # the unit itself stands before those under it

    def cells(chosen: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        tallied = cells_by_sign[chosen]
        some = tallied > 0
        sign = np.where(some.any(axis=2), some.argmax(axis=2), sg.NONE).astype(np.int8)
        number = np.take_along_axis(tallied, np.maximum(sign, 0)[:, :, None].astype(np.int64), axis=2)[:, :, 0]
        obligations = np.full(sign.shape, -1, np.int64)
        for line, at in enumerate(chosen):
            if group[at] == 0 and single[at] >= 0:
                row = cut.cell_row[single[at], columns]
                one = (row >= 0) & ~cut.cell_many[single[at], columns]
                obligations[line] = np.where(one, cut.answer.columns.ids[np.maximum(row, 0)], -1)
        return sign, obligations, np.where((group[chosen] > 0)[:, None], number, 0)

    return _Lines(
        mode="tree", ids=ids, counts=counts, group=group, cells=cells,
        order=_ordered(ask, counts, rank, cells_by_sign.sum(axis=(1, 2)) > 0),
        column_counts=cells_by_sign.sum(axis=0), figures=figures, column_figures=below[columns], under=under, path=path,
    )  # fmt: skip


def _lines_of_level(
    cut: Cut, under: int | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, list[tuple[int, str]], int | None]:
    """The lines of one level, and where each unit of the cut stands in it.

    Unit ids of the lines; for each unit of the cut its line (-1: none); how many units of the cut a line stands for (0:
    itself alone); the place in the cut of a line that is itself a unit of it; the way down; the unit that is opened.
    """
    of = organisation_columns()
    tree = cut.tree
    at = of.positions(cut.units)
    enter = np.where(at >= 0, tree.enter[np.maximum(at, 0)], -1)
    base = of.position(under) if under is not None else -1
    while True:
        if base >= 0:
            heads = np.flatnonzero(tree.parent == base)
            heads = heads[tree.enter[heads] >= 0]
        else:
            heads = np.flatnonzero((tree.parent < 0) & (tree.enter >= 0))
        heads = heads[np.argsort(tree.enter[heads])]
        which = np.searchsorted(tree.enter[heads], enter, side="right") - 1
        inside = (which >= 0) & (enter >= 0)
        inside &= enter < tree.leave[heads[np.maximum(which, 0)]] if len(heads) else False
        own = np.flatnonzero(at == base) if base >= 0 else np.empty(0, np.int64)
        used = np.unique(which[inside])
        if under is None and len(used) == 1 and not len(own) and not (at == heads[used[0]]).all():
            base = int(heads[used[0]])  # nothing to choose between: open what stands alone
            continue
        break
    lines = [int(base)] if len(own) else []
    line_of_head = np.full(len(heads) + 1, -1, np.int64)
    line_of_head[used] = len(lines) + np.arange(len(used))
    positions = np.array([*lines, *heads[used].tolist()], np.int64)
    line = np.where(inside, line_of_head[which], -1)
    if len(own):
        line[own] = 0
    stray = np.flatnonzero((enter < 0) & (at >= 0)) if under is None else np.empty(0, np.int64)
    line[stray] = len(positions) + np.arange(len(stray))
    positions = np.concatenate([positions, at[stray]])
    alone = np.full(len(positions), -1, np.int64)
    many = np.bincount(line[line >= 0], minlength=len(positions))
    placed = np.flatnonzero(line >= 0)
    placed = placed[positions[line[placed]] == at[placed]]
    alone[line[placed]] = placed
    group = np.where((alone >= 0) & (many == 1), 0, many)
    path: list[tuple[int, str]] = []
    up = base
    while up >= 0:
        path.append((int(of.ids[up]), ""))
        up = int(tree.parent[up])
    names = name_of([unit for unit, _name in path], cut.question.as_at)
    way = [(unit, names[unit]) for unit, _name in reversed(path)]
    return of.ids[positions], line, group, alone, way, int(of.ids[base]) if base >= 0 else None
