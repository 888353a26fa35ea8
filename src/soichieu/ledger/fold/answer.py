"""What comes out of the fold: every obligation's axes on one question (*as at*, *as known at*)."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from soichieu.ledger.fold import kernel
from soichieu.ledger.fold import states as st
from soichieu.ledger.fold import table as tb
from soichieu.ledger.fold.columns import Columns, columns_of, current_columns, from_day, to_day


@dataclass(frozen=True)
class Cell:
    """One obligation on one question, in words (``docs/ledger.md``)."""

    obligation_id: int
    lifecycle: str
    timeliness: str
    timeliness_original: str
    verification: str
    holder_id: int | None
    claim_day: dt.date | None
    done_day: dt.date | None
    original_deadline: dt.date | None
    current_deadline: dt.date | None
    days_late: int
    days_late_original: int
    clock: dict[str, int]
    clock_with: str | None
    directly: bool
    request: str
    flagged: int
    own_lifecycle: str
    """The lifecycle and verification by its own lines, which a further line meets; a whole in parts shows others."""
    own_verification: str


@dataclass
class Answer:
    """Arrays with one element an obligation, in the order of ``columns.ids``; codes as in :mod:`.states`.

    ``clock`` has five columns of days (:data:`.states.HOLDERS`). Wholes that are allocated in parts show their
    governing part (``docs/ledger.md`` section 7); holder, clocks, request and flags stay their own. ``own``: of such a
    whole (row) lifecycle and verification by its own lines.
    """

    columns: Columns
    as_at: dt.date
    known: dict[int, int]
    lifecycle: np.ndarray
    timeliness: np.ndarray
    timeliness_original: np.ndarray
    verification: np.ndarray
    holder: np.ndarray
    claim: np.ndarray
    done: np.ndarray
    original: np.ndarray
    current: np.ndarray
    late: np.ndarray
    late_original: np.ndarray
    clock: np.ndarray
    clock_with: np.ndarray
    directly: np.ndarray
    request: np.ndarray
    flagged: np.ndarray
    own: dict[int, tuple[int, int]] = field(default_factory=dict)

    def cell(self, obligation_id: int) -> Cell:
        """One obligation in words."""
        return self.at(self.columns.row_of(obligation_id))

    def at(self, row: int) -> Cell:
        """The obligation in a row of the columns, in words."""
        holder = int(self.holder[row])
        clock_with = int(self.clock_with[row])
        own_lifecycle, own_verification = self.own.get(int(row), (self.lifecycle[row], self.verification[row]))
        return Cell(
            obligation_id=int(self.columns.ids[row]),
            lifecycle=st.LIFECYCLE[self.lifecycle[row]],
            timeliness=st.TIMELINESS[self.timeliness[row]],
            timeliness_original=st.TIMELINESS[self.timeliness_original[row]],
            verification=st.VERIFICATION[self.verification[row]],
            holder_id=None if holder < 0 else holder,
            claim_day=from_day(self.claim[row]),
            done_day=from_day(self.done[row]),
            original_deadline=from_day(self.original[row]),
            current_deadline=from_day(self.current[row]),
            days_late=int(self.late[row]),
            days_late_original=int(self.late_original[row]),
            clock=dict(zip(st.HOLDERS, (int(days) for days in self.clock[row]), strict=True)),
            clock_with=None if clock_with == st.H_NOBODY else st.HOLDERS[clock_with],
            directly=bool(self.directly[row]),
            request=st.REQUESTS[self.request[row]],
            flagged=int(self.flagged[row]),
            own_lifecycle=st.LIFECYCLE[own_lifecycle],
            own_verification=st.VERIFICATION[own_verification],
        )


_KEPT = 8
_answers: OrderedDict[tuple[int, int, tuple[tuple[int, int], ...]], Answer] = OrderedDict()


def answer(as_at: dt.date, known: Mapping[int, int] | dt.datetime | None = None) -> Answer:
    """Fold the whole book as at the end of a day, as known at positions (chain id → position), at a moment, or now.

    A chain that ``known`` does not name is not known at all.
    """
    columns = current_columns()
    if isinstance(known, dt.datetime):
        known = columns.known_at(known)
    elif known is None:
        known = {chain: position for chain, (position, _digest) in columns.heads.items()}
    key = (columns.version, to_day(as_at), tuple(sorted(known.items())))
    found = _answers.get(key)
    if found is None:
        found = fold_columns(columns, as_at, dict(known))
        _answers[key] = found
        while len(_answers) > _KEPT:
            _answers.popitem(last=False)
    return found


def answer_for(obligation_ids: Sequence[int], as_at: dt.date) -> Answer:
    """The fold of a few obligations alone, as known now, without the rest of the book (parts stand for themselves)."""
    columns = columns_of(obligation_ids)
    return fold_columns(columns, as_at, {chain: position for chain, (position, _digest) in columns.heads.items()})


def fold_columns(columns: Columns, as_at: dt.date, known: dict[int, int]) -> Answer:
    """The fold itself, over columns that one holds; nothing is kept."""
    n = len(columns.ids)
    cut = np.zeros(n, dtype=np.int32)
    if n:
        largest = int(columns.chain.max())
        by_chain = np.zeros(largest + 1, dtype=np.int32)
        for chain, position in known.items():
            if 0 <= chain <= largest:
                by_chain[chain] = min(position, 2**31 - 2)
        cut = by_chain[columns.chain]
    out: dict[str, Any] = {
        "lifecycle": np.empty(n, np.int8),
        "timeliness": np.empty(n, np.int8),
        "timeliness_original": np.empty(n, np.int8),
        "verification": np.empty(n, np.int8),
        "holder": np.empty(n, np.int32),
        "claim": np.empty(n, np.int32),
        "done": np.empty(n, np.int32),
        "original": np.empty(n, np.int32),
        "current": np.empty(n, np.int32),
        "late": np.empty(n, np.int32),
        "late_original": np.empty(n, np.int32),
        "clock": np.empty((n, 5), np.int32),
        "clock_with": np.empty(n, np.int8),
        "directly": np.empty(n, np.bool_),
        "request": np.empty(n, np.int8),
        "flagged": np.empty(n, np.int32),
    }
    kernel.fold(
        columns.starts, columns.day, columns.position, columns.row, columns.deadline, columns.unit, columns.choice,
        columns.void_at, cut, to_day(as_at), st.DUE_SOON_DAYS, tb.LIFECYCLE, tb.EFFECTS, kernel.CLOCK_OF, *out.values(),
    )  # fmt: skip
    result = Answer(columns=columns, as_at=as_at, known=known, **out)
    _govern(result)
    return result


_SHOWN = (
    "lifecycle", "timeliness", "timeliness_original", "verification", "claim", "done", "original", "current", "late",
    "late_original",
)  # fmt: skip
_RANK = np.full(len(st.LIFECYCLE), 100, dtype=np.int64)
_RANK[list(st.ADVANCEMENT)] = np.arange(len(st.ADVANCEMENT))


def _govern(result: Answer) -> None:
    """Let every whole show its governing part (``docs/ledger.md`` section 7)."""
    columns = result.columns
    parts = np.flatnonzero((columns.whole >= 0) & (result.lifecycle != st.AB))
    if not len(parts):
        return
    wholes = columns.whole[parts]
    own = result.lifecycle[parts].copy()
    for whole in np.unique(wholes):
        if result.lifecycle[whole] == st.AB:
            continue
        mine = parts[wholes == whole]
        state = own[wholes == whole]
        out = (state == st.WA) | (state == st.SS)
        if out.all():
            waived = mine[state == st.WA]
            governing = waived[0] if len(waived) else mine[state == st.SS][0]
        else:
            left = mine[~out]
            order = np.lexsort((left, -result.claim[left].astype(np.int64), _RANK[result.lifecycle[left]]))
            governing = left[order[0]]
        result.own[int(whole)] = (int(result.lifecycle[whole]), int(result.verification[whole]))
        for name in _SHOWN:
            column = getattr(result, name)
            column[whole] = column[governing]
