"""The tasks behind a figure, filtered and ordered as arrays: a list of a million rows is never made whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from soichieu.board import links
from soichieu.board import signs as sg
from soichieu.board.queries.cut import Cut
from soichieu.board.queries.grid import official_places
from soichieu.language.text import fold
from soichieu.ledger.coverage import FIGURES
from soichieu.ledger.fold import states as st
from soichieu.ledger.fold.columns import from_day, to_day
from soichieu.organisation.columns import columns as organisation_columns
from soichieu.organisation.names import name_of
from soichieu.web.lists.filters import Bound
from soichieu.web.lists.listing import Listing

_CHUNK = 2_000


class TaskRows(Sequence[dict[str, Any]]):
    """Members of a cut as rows of a list; ``at`` are their positions in it, in order."""

    def __init__(self, cut: Cut, at: np.ndarray, query: Mapping[str, str]) -> None:
        self.cut, self.at, self.query = cut, at, query

    def __len__(self) -> int:
        return len(self.at)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return self._made(self.at[index])
        return self._made(self.at[index : index + 1])[0]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for start in range(0, len(self.at), _CHUNK):
            yield from self._made(self.at[start : start + _CHUNK])

    def _made(self, at: np.ndarray) -> list[dict[str, Any]]:
        cut, answer = self.cut, self.cut.answer
        holders = [int(answer.holder[row]) for row in cut.rows[at]]
        owed = [int(cut.units[unit]) for unit in cut.unit[at]]
        names = name_of({*owed, *(one for one in holders if one >= 0)}, cut.question.as_at)
        rows = []
        for place, unit, holder in zip(at.tolist(), owed, holders, strict=True):
            requirement, row = cut.requirements[cut.column[place]], int(cut.rows[place])
            with_whom = int(answer.clock_with[row])
            rows.append(
                {
                    "id": int(answer.columns.ids[row]),
                    "url": links.obligation_url(int(answer.columns.ids[row]), self.query),
                    "unit": names[unit],
                    "unit_url": links.unit_url(unit, self.query),
                    "holder": names[holder] if holder >= 0 and holder != unit else "",
                    "code": requirement.code,
                    "title": requirement.title,
                    "thread_url": links.thread_url(requirement.pk, self.query),
                    "ladder": requirement.ladder,
                    "period": str(answer.columns.period[row]),
                    "lifecycle": st.LIFECYCLE[cut.axis("lifecycle")[place]],
                    "timeliness": st.TIMELINESS[cut.axis("timeliness")[place]],
                    "verification": st.VERIFICATION[cut.axis("verification")[place]],
                    "due": from_day(cut.axis("current")[place]),
                    "due0": from_day(answer.original[row]),
                    "late": int(cut.axis("late")[place]) or None,
                    "claim": from_day(answer.claim[row]),
                    "with": "" if with_whom == st.H_NOBODY else st.HOLDERS[with_whom],
                    "sign": sg.ORDER[cut.sign[place]],
                    "standing": requirement.standing,
                }
            )
        return rows


def chosen(
    cut: Cut,
    *,
    requirement: int | None = None,
    unit: int | None = None,
    under: int | None = None,
    ladder: str = "",
    held: int | None = None,
    counted: str = "",
    figure: str = "",
    change: np.ndarray | None = None,
) -> np.ndarray:
    """Positions of the members a figure is made of.

    ``unit``: what it first owed; ``under``: and all under it; ``held``: what it first owed or holds. ``counted``: "1"
    for those in N, "standing" for those beside. ``figure``: a key of ``ledger.coverage.FIGURES``, or "stuck".
    ``change``: a mask of obligations.
    """
    keep = np.ones(cut.size, bool)
    if requirement is not None:
        column = next((at for at, one in enumerate(cut.requirements) if one.pk == requirement), -1)
        keep &= cut.column == column
    if ladder:
        keep &= np.array([one.ladder == ladder for one in cut.requirements], bool)[cut.column]
    if unit is not None:
        keep &= cut.units[cut.unit] == unit
    if under is not None:
        keep &= _below(cut, under)[cut.unit]
    if held is not None:
        keep &= (cut.units[cut.unit] == held) | (cut.answer.holder[cut.rows] == held)
    if counted == "1":
        keep &= cut.counted
    elif counted == "standing":
        keep &= cut.figure("of") & ~cut.counted
    if figure == "stuck":
        keep &= cut.stuck
    elif figure in FIGURES:
        keep &= cut.figure(figure)
    if change is not None:
        keep &= change[cut.rows]
    return np.flatnonzero(keep)


def _below(cut: Cut, under: int) -> np.ndarray:
    """Which units of the cut stand under a unit, itself included, along the directive's line."""
    of = organisation_columns()
    at = of.positions(cut.units)
    return (cut.units == under) | ((at >= 0) & cut.tree.contains(of.position(under), at))


# --- The list machinery, over arrays ---------------------------------------------------------------------------------


class TaskListing(Listing):
    """A list whose filters and orders are worked out on arrays; only the rows shown are made."""

    @property
    def kept(self) -> TaskRows:  # type: ignore[override]
        found = self.__dict__.get("_kept")
        if found is None:
            found = self.__dict__["_kept"] = self._narrowed()
        return found

    def _narrowed(self) -> TaskRows:
        rows = self.source
        assert isinstance(rows, TaskRows)
        cut, at = rows.cut, rows.at
        for bound in self.active:
            at = at[_KEEPS[bound.filter.key](cut, at, bound)]
        key = self._order.lstrip("-")
        if key in _ORDERS:
            values = _ORDERS[key](cut, at)
            missing = values == np.iinfo(np.int64).max
            if self._order.startswith("-"):
                values = np.where(missing, values, -values)
            at = at[np.argsort(values, kind="stable")]
        return TaskRows(cut, at, rows.query)


def _codes(axis: str, words: Sequence[str]) -> Callable[[Cut, np.ndarray, Bound], np.ndarray]:
    def keep(cut: Cut, at: np.ndarray, bound: Bound) -> np.ndarray:
        wanted = [words.index(one) for one in bound.asked if one in words]
        return np.isin(cut.axis(axis)[at] if axis != "sign" else cut.sign[at], wanted)

    return keep


def _by_ladder(cut: Cut, at: np.ndarray, bound: Bound) -> np.ndarray:
    return np.array([one.ladder in bound.asked for one in cut.requirements], bool)[cut.column[at]]


def _by_words(cut: Cut, at: np.ndarray, bound: Bound) -> np.ndarray:
    names = name_of(cut.units.tolist(), cut.question.as_at)
    units = cut.remembered("folded units", lambda: [fold(names[int(unit)]) for unit in cut.units])
    titles = cut.remembered("folded titles", lambda: [fold(f"{one.code} {one.title}") for one in cut.requirements])
    keep = np.ones(len(at), bool)
    for word in bound.asked:
        in_unit = np.array([word in name for name in units], bool)
        in_title = np.array([word in title for title in titles], bool)
        keep &= in_unit[cut.unit[at]] | in_title[cut.column[at]]
    return keep


def _by_day(cut: Cut, at: np.ndarray, bound: Bound) -> np.ndarray:
    due = cut.axis("current")[at]
    low, high = bound.asked
    keep = due != st.NO_DAY
    if isinstance(low, dt.date):
        keep &= due >= to_day(low)
    if isinstance(high, dt.date):
        keep &= due <= to_day(high)
    return keep


_KEEPS: dict[str, Callable[[Cut, np.ndarray, Bound], np.ndarray]] = {
    "q": _by_words,
    "ladder": _by_ladder,
    "sign": _codes("sign", sg.ORDER),
    "lifecycle": _codes("lifecycle", st.LIFECYCLE),
    "timeliness": _codes("timeliness", st.TIMELINESS),
    "verification": _codes("verification", st.VERIFICATION),
    "due": _by_day,
}


def _official(cut: Cut, at: np.ndarray) -> np.ndarray:
    ranks = cut.remembered("official", lambda: official_places(organisation_columns(), cut.units, cut.question.as_at))
    return ranks[cut.unit[at]] * 100_000 + cut.column[at]


def _last(values: np.ndarray, none: np.ndarray) -> np.ndarray:
    return np.where(none, np.iinfo(np.int64).max, values.astype(np.int64))


_ORDERS: dict[str, Callable[[Cut, np.ndarray], np.ndarray]] = {
    "unit": _official,
    "code": lambda cut, at: cut.column[at].astype(np.int64),
    "due": lambda cut, at: _last(cut.axis("current")[at], cut.axis("current")[at] == st.NO_DAY),
    "late": lambda cut, at: _last(cut.axis("late")[at], cut.axis("late")[at] == 0),
    "claim": lambda cut, at: _last(cut.answer.claim[cut.rows[at]], cut.answer.claim[cut.rows[at]] == st.NO_DAY),
    "lifecycle": lambda cut, at: cut.axis("lifecycle")[at].astype(np.int64),
    "timeliness": lambda cut, at: cut.sign[at].astype(np.int64),
    "verification": lambda cut, at: cut.axis("verification")[at].astype(np.int64),
}
