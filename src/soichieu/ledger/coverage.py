"""Coverage: n of N over what, by which rule, as at and as known at (``docs/ledger.md`` section 8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from soichieu.ledger.fold import Answer
from soichieu.ledger.fold import states as st
from soichieu.ledger.fold.columns import to_day

Basis = Literal["time", "date"]

_RANK = np.full(len(st.LIFECYCLE), 100, dtype=np.int64)
_RANK[list(st.ADVANCEMENT)] = np.arange(len(st.ADVANCEMENT))
_OUT = (st.AB, st.WA, st.SS)
_NEVER = np.int64(2**40)
_NOT_IN_COUNT = ("of", "claimed", "open")


@dataclass(frozen=True)
class Members:
    """What is counted: one row of the answer for each element; ``unit`` is where it stands, ``group`` which count
    it is in.

    By units of the time each whole is its own group; by units of the date a group is (requirement, period, holder).
    """

    rows: np.ndarray
    unit: np.ndarray
    requirement: np.ndarray
    lifecycle: np.ndarray
    timeliness: np.ndarray
    verification: np.ndarray
    current: np.ndarray
    late: np.ndarray
    standing: np.ndarray
    ladder: np.ndarray

    def __len__(self) -> int:
        return len(self.rows)

    def where(self, mask: np.ndarray) -> Members:
        return Members(**{name: getattr(self, name)[mask] for name in self.__dataclass_fields__})


@dataclass
class Count:
    """n of N with its breakdown. ``n`` is None when it is missing: nothing is published of any of the N."""

    of: int
    n: int | None
    in_time: int = 0
    late: int = 0
    without_deadline: int = 0
    verified: int = 0
    accepted: int = 0
    by_act_only: int = 0
    not_confirmed: int = 0
    submitted: int = 0
    awaiting_confirmation: int = 0
    overdue: int = 0
    due_soon: int = 0
    not_due: int = 0
    open_without_deadline: int = 0
    suspended: int = 0
    missing: int = 0
    directly: int = 0
    lifecycle: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return dict(self.__dict__)


def members(answer: Answer, basis: Basis = "time", mask: np.ndarray | None = None) -> Members:
    """What counts on a question: wholes (or, by units of the date, groups), waived, superseded and unopened ones
    left out.

    ``mask`` (one element an obligation of the columns) narrows it: the directive's, the requirement's, what the
    asker sees.
    """
    columns = answer.columns
    counted = ~np.isin(answer.lifecycle, _OUT)
    if mask is not None:
        counted &= mask
    if basis == "time":
        rows = np.flatnonzero(counted & (columns.whole < 0))
        unit = columns.first_unit[rows]
    else:
        counted = _by_parts(answer, counted)
        rows = np.flatnonzero(counted)
        return _grouped(answer, rows, answer.holder[rows])
    return _shown(answer, rows, unit)


def _shown(answer: Answer, rows: np.ndarray, unit: np.ndarray) -> Members:
    columns = answer.columns
    return Members(
        rows=rows,
        unit=unit,
        requirement=columns.requirement[rows],
        lifecycle=answer.lifecycle[rows],
        timeliness=answer.timeliness[rows],
        verification=answer.verification[rows],
        current=answer.current[rows],
        late=answer.late[rows],
        standing=columns.standing[rows].astype(bool),
        ladder=columns.ladder[rows],
    )


def _by_parts(answer: Answer, counted: np.ndarray) -> np.ndarray:
    """A whole with parts gives way to them; a part whose whole does not count is left out too."""
    columns = answer.columns
    parts = np.flatnonzero((columns.whole >= 0) & (answer.lifecycle != st.AB))
    counted = counted.copy()
    wholes = columns.whole[parts]
    counted[parts] &= ~np.isin(answer.lifecycle[wholes], _OUT)
    counted[wholes[answer.lifecycle[wholes] != st.AB]] = False
    return counted


def _grouped(answer: Answer, rows: np.ndarray, unit: np.ndarray) -> Members:
    """One row for each (requirement, period, holder): the least advanced; of equals the latest claim, then the lowest.

    The earliest current deadline of all its members governs the group, and its timeliness is measured against that one.
    """
    columns = answer.columns
    _names, period = np.unique(columns.period[rows], return_inverse=True)
    claim = -answer.claim[rows].astype(np.int64)  # no day is the smallest number, so it comes last
    order = np.lexsort((rows, claim, _RANK[answer.lifecycle[rows]], unit, period, columns.requirement[rows]))
    rows, unit, period = rows[order], unit[order], period[order]
    requirement = columns.requirement[rows]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = (requirement[1:] != requirement[:-1]) | (period[1:] != period[:-1]) | (unit[1:] != unit[:-1])
    some = _shown(answer, rows[first], unit[first])
    if not len(rows):
        return some
    deadline = np.where(answer.current[rows] == st.NO_DAY, _NEVER, answer.current[rows].astype(np.int64))
    earliest = np.minimum.reduceat(deadline, np.flatnonzero(first))
    claim = answer.claim[some.rows].astype(np.int64)
    timeliness, late = _against(some.lifecycle, claim, earliest, to_day(answer.as_at))
    current = np.where(earliest == _NEVER, st.NO_DAY, earliest).astype(some.current.dtype)
    return replace(some, current=current, timeliness=timeliness.astype(some.timeliness.dtype), late=late)


def _against(
    lifecycle: np.ndarray, claim: np.ndarray, deadline: np.ndarray, as_at: int
) -> tuple[np.ndarray, np.ndarray]:
    """Section 6 over arrays: timeliness and days late; ``deadline`` is ``_NEVER`` where there is none."""
    claimed, done = lifecycle == st.AC, lifecycle == st.DO
    stands = claimed | done
    past = np.where(stands, claim, as_at) - deadline
    lines = [
        (lifecycle == st.ND, st.T_NO_DATA),
        (lifecycle == st.SP, st.T_STOPPED),
        (deadline == _NEVER, st.T_NO_DEADLINE),
        (done & (past <= 0), st.T_DONE_IN_TIME),
        (done, st.T_DONE_LATE),
        (claimed & (past <= 0), st.T_CLAIMED_IN_TIME),
        (claimed, st.T_CLAIMED_LATE),
        (past > 0, st.T_OVERDUE),
        (past >= -st.DUE_SOON_DAYS, st.T_DUE_SOON),
    ]
    timeliness = np.select([mask for mask, _code in lines], [code for _mask, code in lines], st.T_NOT_DUE)
    late = np.where(np.isin(timeliness, (st.T_DONE_LATE, st.T_CLAIMED_LATE, st.T_OVERDUE)), past, 0)
    return timeliness, late


def _done(some: Members) -> np.ndarray:
    return some.lifecycle == st.DO


def _done_and(axis: str, code: int) -> Callable[[Answer, Members], np.ndarray]:
    return lambda _answer, some: _done(some) & (getattr(some, axis) == code)


def _state(code: int) -> Callable[[Answer, Members], np.ndarray]:
    return lambda _answer, some: some.lifecycle == code


def _timely(code: int) -> Callable[[Answer, Members], np.ndarray]:
    return lambda _answer, some: some.timeliness == code


FIGURES: dict[str, Callable[[Answer, Members], np.ndarray]] = {
    "of": lambda _answer, some: np.ones(len(some), bool),
    "n": lambda _answer, some: _done(some),
    "in_time": _done_and("timeliness", st.T_DONE_IN_TIME),
    "late": _done_and("timeliness", st.T_DONE_LATE),
    "without_deadline": _done_and("timeliness", st.T_NO_DEADLINE),
    "verified": _done_and("verification", st.V_VERIFIED),
    "accepted": _done_and("verification", st.V_ACCEPTED),
    "by_act_only": _done_and("verification", st.V_CLAIMED),
    "not_confirmed": _done_and("verification", st.V_NOT_CONFIRMED),
    "directly": lambda answer, some: _done(some) & answer.directly[some.rows],
    "submitted": _state(st.SU),
    "awaiting_confirmation": _state(st.AC),
    "claimed": lambda _answer, some: np.isin(some.lifecycle, (st.SU, st.AC)),
    "open": lambda _answer, some: ~np.isin(some.lifecycle, (st.DO, st.SU, st.AC)),
    "overdue": _timely(st.T_OVERDUE),
    "due_soon": _timely(st.T_DUE_SOON),
    "not_due": _timely(st.T_NOT_DUE),
    "open_without_deadline": lambda _answer, some: ~_done(some) & (some.timeliness == st.T_NO_DEADLINE),
    "suspended": _state(st.SP),
    "missing": _state(st.ND),
}
"""Which of the members each figure of a count counts. Whatever shows a figure or the tasks behind it asks here, so that
the two are always the same."""


def figure_mask(answer: Answer, some: Members, figure: str) -> np.ndarray:
    """Which of ``some`` a figure (a key of :data:`FIGURES`) counts."""
    return np.asarray(FIGURES[figure](answer, some))


def count(answer: Answer, some: Members) -> Count:
    """n of N over some members (standing ones are not to be among them), with the breakdown by the axes."""
    total = len(some)
    many = {figure: int(figure_mask(answer, some, figure).sum()) for figure in FIGURES if figure not in _NOT_IN_COUNT}
    missing, done = many["missing"], many.pop("n")
    return Count(
        of=total,
        n=None if total and missing == total else done,
        **many,
        lifecycle={
            st.LIFECYCLE[code]: number
            for code, number in enumerate(np.bincount(some.lifecycle, minlength=len(st.LIFECYCLE)).tolist())
            if number
        },
    )


def mask_of(
    answer: Answer, *, requirements: Sequence[int] | None = None, units: np.ndarray | None = None
) -> np.ndarray:
    """Obligations of some requirements whose holder or first unit is among ``units`` (None: all)."""
    columns = answer.columns
    mask = np.ones(len(columns.ids), dtype=bool)
    if requirements is not None:
        mask &= np.isin(columns.requirement, np.asarray(list(requirements), dtype=np.int64))
    if units is not None:
        mask &= np.isin(answer.holder, units) | np.isin(columns.first_unit, units)
    return mask
