"""A *cut*: one directive, on one question, as one asker sees it. Everything a board shows is counted from it.

Cuts are kept by everything they are made from (the book's version, both dates, the basis, the organisation's state, the
asker's post), so a kept one is never out of date; the oldest give way.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from soichieu.board import signs as sg
from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.ledger.coverage import Count, Members, count, figure_mask, mask_of, members
from soichieu.ledger.fold import Answer, answer
from soichieu.ledger.fold import states as st
from soichieu.ledger.fold.columns import current_columns
from soichieu.ledger.models import Requirement
from soichieu.ledger.queries import Question, requirements_of, visible_mask
from soichieu.organisation.askers import Asker
from soichieu.organisation.columns import LINES
from soichieu.organisation.columns import columns as organisation_columns
from soichieu.organisation.tree import Tree, sight_at

KEPT_MEMBERS = 3_000_000
"""How many members all kept cuts may have together; one larger than this is still kept alone."""
KEPT_CUTS = 24
SHOWN = ("of", "n", "missing", "late", "verified", "claimed", "overdue")
"""The figures that a row or a column of the map has, in this order."""


@dataclass
class Cut:
    """``requirements``: confirmed ones of the directive, in its order; column ``k`` of every array below is the k-th.

    One element for each member (``rows``: row of the answer): ``unit`` is a position in ``units`` (ids), ``column`` in
    the requirements, ``sign`` a code of :mod:`soichieu.board.signs`. ``counted`` is false for what is shown but stands
    in no N: waived and superseded tasks, and standing requirements, which are counted beside.
    """

    question: Question
    answer: Answer
    line: str
    requirements: list[Requirement]
    counted_members: Members
    rows: np.ndarray
    units: np.ndarray
    unit: np.ndarray
    column: np.ndarray
    sign: np.ndarray
    counted: np.ndarray
    partial: bool
    token: str
    memo: dict[Any, Any] = field(default_factory=dict)

    def remembered(self, key: Any, make: Callable[[], Any]) -> Any:
        """A value worked out once for this cut."""
        if key not in self.memo:
            if len(self.memo) > 64:
                self.memo.clear()
            self.memo[key] = make()
        return self.memo[key]

    @cached_property
    def tree(self) -> Tree:
        """The tree by which the units of the cut are shown level by level, ended ones under their heirs: along the
        directive's line; where it follows any line, along the one on which most of the units have a superior."""
        of, on = organisation_columns(), self.question.as_at
        if self.line:
            return sight_at(self.line, on, of)
        at = of.positions(self.units)
        at = at[at >= 0]
        return max((sight_at(line, on, of) for line in LINES), key=lambda tree: int((tree.parent[at] >= 0).sum()))

    @property
    def size(self) -> int:
        return len(self.rows)

    @cached_property
    def numbers(self) -> Members:
        """What N counts: standing requirements left out."""
        return self.counted_members.where(~self.counted_members.standing)

    @cached_property
    def standing(self) -> Members:
        return self.counted_members.where(self.counted_members.standing)

    def columns_of(self, ladder: str = "") -> np.ndarray:
        """The columns of a ladder that anything visible stands in, in the directive's order."""
        used = self.remembered("used", lambda: np.bincount(self.column, minlength=len(self.requirements)) > 0)
        wanted = np.array([not ladder or one.ladder == ladder for one in self.requirements], bool)
        return np.flatnonzero(used & wanted) if len(self.requirements) else np.empty(0, np.int64)

    def count(self, ladder: str = "", column: int | None = None) -> Count:
        """n of N over a ladder, or one requirement."""

        def make() -> Count:
            some = self.numbers
            if column is not None:
                chosen = some if not self.requirements[column].standing else self.standing
                return count(self.answer, chosen.where(chosen.requirement == self.requirements[column].pk))
            if ladder:
                ids = [one.pk for one in self.requirements if one.ladder == ladder]
                some = some.where(np.isin(some.requirement, ids))
            return count(self.answer, some)

        return self.remembered(("count", ladder, column), make)

    def axis(self, name: str) -> np.ndarray:
        """A column of every member, counted or not: lifecycle, timeliness, verification, current, late."""

        def make() -> np.ndarray:
            mine = getattr(self.counted_members, name)
            return np.concatenate([mine, getattr(self.answer, name)[self.rows[len(mine) :]]])

        return self.remembered(("axis", name), make)

    def count_standing(self) -> Count:
        """Standing requirements, by their last report: beside, never in N."""
        return self.remembered("standing", lambda: count(self.answer, self.standing))

    # --- cells -------------------------------------------------------------------------------------------------------

    @cached_property
    def _cells(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        shape = (len(self.units), len(self.requirements))
        at = self.unit.astype(np.int64) * shape[1] + self.column
        row, sign = np.full(shape, -1, np.int32), np.full(shape, sg.NONE, np.int8)
        order = np.argsort(-self.sign, kind="stable")  # the worst is written last and stays
        row.reshape(-1)[at[order]] = self.rows[order]
        sign.reshape(-1)[at[order]] = self.sign[order]
        many = np.bincount(at, minlength=shape[0] * shape[1]).reshape(shape) > 1
        return row, sign, many

    @property
    def cell_row(self) -> np.ndarray:
        """Units × requirements: the row of the answer that the cell shows, -1 for none."""
        return self._cells[0]

    @property
    def cell_sign(self) -> np.ndarray:
        return self._cells[1]

    @property
    def cell_many(self) -> np.ndarray:
        """Where several tasks (of several periods) stand in one cell."""
        return self._cells[2]

    def figure(self, name: str) -> np.ndarray:
        """Which members a figure of the counts counts, standing ones among them; what is waived or superseded is in
        none (``ledger.coverage.FIGURES``)."""

        def make() -> np.ndarray:
            mask = np.zeros(self.size, bool)
            mask[: len(self.counted_members)] = figure_mask(self.answer, self.counted_members, name)
            return mask

        return self.remembered(("figure", name), make)

    @property
    def stuck(self) -> np.ndarray:
        """Which members are late or broken: overdue, returned, or not borne out by a check."""
        return np.isin(self.sign, (sg.OVERDUE, sg.RETURNED))

    def figures_by_unit(self, ladder: str = "") -> np.ndarray:
        """Units × :data:`SHOWN`: the counts of N of a ladder (all: ""), unit by unit."""
        keep = self.counted & self._in_ladder(ladder)
        return self.remembered(("figures by unit", ladder), lambda: self._figures(self.unit, len(self.units), keep))

    def figures_by_column(self, inside: np.ndarray | None = None) -> np.ndarray:
        """Requirements × :data:`SHOWN`, each as :meth:`count` counts it; ``inside``: of some of the units only."""
        keep = np.ones(self.size, bool) if inside is None else inside[self.unit]
        return self._figures(self.column, len(self.requirements), keep)

    def _figures(self, place: np.ndarray, many: int, keep: np.ndarray) -> np.ndarray:
        return np.stack([np.bincount(place[keep & self.figure(name)], minlength=many) for name in SHOWN], axis=1)

    def by_unit(self, ladder: str = "") -> np.ndarray:
        """Units × signs: how many counted members of a ladder (all: "") show each sign."""

        def make() -> np.ndarray:
            keep = self.counted & self._in_ladder(ladder)
            at = self.unit[keep].astype(np.int64) * sg.MANY + self.sign[keep]
            return np.bincount(at, minlength=len(self.units) * sg.MANY).reshape(-1, sg.MANY)

        return self.remembered(("by unit", ladder), make)

    @cached_property
    def by_column(self) -> np.ndarray:
        """Requirements × signs: how many members show each sign; waived and superseded ones under their own sign."""
        at = self.column.astype(np.int64) * sg.MANY + self.sign
        return np.bincount(at, minlength=len(self.requirements) * sg.MANY).reshape(-1, sg.MANY)

    def _in_ladder(self, ladder: str) -> np.ndarray:
        if not ladder:
            return np.ones(self.size, bool)
        return np.array([one.ladder == ladder for one in self.requirements], bool)[self.column]


_cuts: OrderedDict[Any, Cut] = OrderedDict()
_lock = threading.Lock()


def forget_cuts() -> None:
    """Let go of what this process holds (tests)."""
    with _lock:
        _cuts.clear()


def cut_of(asker: Asker, directive: Document, question: Question) -> Cut:
    """The cut of a directive on a question: what the asker may see. The caller has checked that the asker sees it."""
    folded = _answer(question)
    requirements = requirements_of(directive)
    token = organisation_columns().token
    key = (
        folded.columns.version, question.as_at, tuple(sorted(folded.known.items())), question.basis, directive.pk,
        len(requirements), token, clock.today(), asker.operator, asker.unit_id, asker.post_id, asker.on_behalf_of_id,
        asker.roles,
    )  # fmt: skip
    with _lock:
        found = _cuts.get(key)
        if found is not None:
            _cuts.move_to_end(key)
            return found
    made = _cut(asker, directive, question, folded, requirements, token)
    with _lock:
        _cuts[key] = made
        while len(_cuts) > 1 and (len(_cuts) > KEPT_CUTS or sum(one.size for one in _cuts.values()) > KEPT_MEMBERS):
            _cuts.popitem(last=False)
    return made


_moments: OrderedDict[tuple[int, Any], dict[int, int]] = OrderedDict()


def _answer(question: Question) -> Answer:
    """The fold on a question; positions of a moment are looked up once for each version of the book."""
    if question.known_at is None:
        return question.answer()
    columns = current_columns()
    key = (columns.version, question.known_at)
    known = _moments.get(key)
    if known is None:
        known = _moments[key] = columns.known_at(question.known_at)
        while len(_moments) > 32:
            _moments.popitem(last=False)
    return answer(question.as_at, known)


def _cut(
    asker: Asker, directive: Document, question: Question, answer: Answer, requirements: list[Requirement], token: str
) -> Cut:
    ids = [requirement.pk for requirement in requirements]
    every = mask_of(answer, requirements=ids)
    seen = visible_mask(asker, answer)
    mask = every if seen is None else every & seen
    counted = members(answer, question.basis, mask)  # type: ignore[arg-type]
    out = np.flatnonzero(mask & np.isin(answer.lifecycle, (st.WA, st.SS)) & (answer.columns.whole < 0))
    out_unit = answer.columns.first_unit[out] if question.basis == "time" else answer.holder[out]
    rows = np.concatenate([counted.rows, out]).astype(np.int32)
    unit_ids = np.concatenate([counted.unit, out_unit]).astype(np.int64)
    unit_ids = np.where(unit_ids < 0, answer.columns.first_unit[rows], unit_ids)
    column = _positions(np.array(ids, np.int64), np.concatenate([counted.requirement, answer.columns.requirement[out]]))
    sign = np.concatenate(
        [sg.signs(counted.lifecycle, counted.timeliness, counted.verification), np.full(len(out), sg.OUT, np.int8)]
    )
    units, unit = _distinct(unit_ids)
    line = directive.chain.line if hasattr(directive, "chain") else "sector"
    opened = every & (answer.lifecycle != st.AB)
    return Cut(
        question=question, answer=answer, line=line, requirements=requirements, counted_members=counted, rows=rows,
        units=units, unit=unit, column=column.astype(np.int16), sign=sign,
        counted=np.concatenate([~counted.standing, np.zeros(len(out), bool)]),
        partial=seen is not None and bool((opened & ~mask).any()), token=token,
    )  # fmt: skip


def _positions(ids: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Where each value stands in ``ids`` (small integers, all of them there)."""
    if not len(values):
        return np.empty(0, np.int64)
    table = np.zeros(int(ids.max()) + 1, np.int64)
    table[ids] = np.arange(len(ids))
    return table[values]


def _distinct(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The distinct values in order, and the position of each value among them; without sorting the values."""
    if not len(values):
        return np.empty(0, np.int64), np.empty(0, np.int32)
    there = np.zeros(int(values.max()) + 1, bool)
    there[values] = True
    place = np.cumsum(there) - 1
    return np.flatnonzero(there), place[values].astype(np.int32)
