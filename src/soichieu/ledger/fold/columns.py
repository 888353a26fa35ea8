"""The book's columns in memory: loaded once by a process, then caught up by position.

Arrays are never changed after they are published; catching up makes new ones. A reader that holds an older
:class:`Columns` keeps a consistent book.
"""

from __future__ import annotations

import datetime as dt
import itertools
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db import connection

from soichieu.ledger.fold import states as st
from soichieu.ledger.fold import table as tb
from soichieu.ledger.models import Chain, Entry, Obligation, Requirement

EPOCH = dt.date(1970, 1, 1)
EPOCH_MOMENT = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
NEVER = np.int32(2**31 - 1)


def to_day(day: dt.date | None) -> int:
    return st.NO_DAY if day is None else (day - EPOCH).days


def from_day(day: int) -> dt.date | None:
    return None if day == st.NO_DAY else EPOCH + dt.timedelta(days=int(day))


@dataclass(frozen=True)
class Columns:
    """Entries ordered by (obligation, day, position), obligations ordered by id, and how far each chain is known.

    Entry columns (one element an entry): ``obligation`` (row of the obligation table), ``position``, ``day``,
    ``deadline``, ``unit``,
    ``choice``, ``row`` (of the transition table), ``void_at``, ``recorded`` (microseconds since the epoch).
    Obligation columns: ``ids``, ``requirement``, ``first_unit``, ``whole`` (row of the whole of a part, -1),
    ``chain``, ``standing``,
    ``ladder``, ``period``; ``starts`` has one element more.
    """

    ids: np.ndarray
    requirement: np.ndarray
    first_unit: np.ndarray
    whole: np.ndarray
    chain: np.ndarray
    standing: np.ndarray
    ladder: np.ndarray
    closing: np.ndarray
    period: np.ndarray
    starts: np.ndarray
    obligation: np.ndarray
    position: np.ndarray
    day: np.ndarray
    deadline: np.ndarray
    unit: np.ndarray
    choice: np.ndarray
    row: np.ndarray
    void_at: np.ndarray
    recorded: np.ndarray
    heads: dict[int, tuple[int, str]] = field(default_factory=dict)
    version: int = 0

    def row_of(self, obligation_id: int) -> int:
        """The row of an obligation; ``KeyError`` when the book has no line about it."""
        at = int(np.searchsorted(self.ids, obligation_id))
        if at == len(self.ids) or self.ids[at] != obligation_id:
            raise KeyError(obligation_id)
        return at

    def known_at(self, moment: dt.datetime) -> dict[int, int]:
        """*As known at* a moment: the last position of each chain recorded no later."""
        # In whole microseconds: a float of them may fall short by one, and leave out the line of that very moment.
        micros = (moment - EPOCH_MOMENT) // dt.timedelta(microseconds=1)
        seen = self.recorded <= micros
        out = dict.fromkeys(self.heads, 0)
        chains = self.chain[self.obligation]
        for chain in out:
            mine = seen & (chains == chain)
            out[chain] = int(self.position[mine].max(initial=0))
        return out


_OBLIGATION_FIELDS = ("ids", "requirement", "first_unit", "whole", "chain", "standing", "ladder", "closing", "period")
_ENTRY_FIELDS = ("obligation", "position", "day", "deadline", "unit", "choice", "row", "void_at", "recorded")

_lock = threading.Lock()
_held: dict[str, Columns] = {}
_versions = itertools.count(1)


def forget_columns() -> None:
    """Let go of what this process holds (tests, and the worker after a fork)."""
    with _lock:
        _held.clear()


def current_columns() -> Columns:
    """The book as it stands now: what this process holds, caught up with what was written since."""
    key = f"{connection.vendor}:{connection.settings_dict['NAME']}:{connection.settings_dict.get('HOST', '')}"
    heads = {
        chain: (position, digest)
        for chain, position, digest in Chain.objects.filter(last_position__gt=0).values_list(
            "id", "last_position", "last_hash"
        )
    }
    held = _held.get(key)
    if held is not None and held.heads == heads:
        return held
    with _lock:
        held = _held.get(key)
        if held is not None and held.heads == heads:
            return held
        held = _load(held if held is not None and _continues(held, heads) else None, heads)
        _held[key] = held
        return held


def _continues(held: Columns, heads: dict[int, tuple[int, str]]) -> bool:
    """Whether the stored book is what we hold, and more: never so after a roll-back or another database in its
    place."""
    for chain, (position, digest) in held.heads.items():
        now = heads.get(chain)
        if now is None or now[0] < position:
            return False
        if now[0] == position:
            if now[1] != digest:
                return False
        elif not Entry.objects.filter(chain_id=chain, position=position, hash=digest).exists():
            return False
    return True


def _case(column: str, words: tuple[str, ...]) -> str:
    whens = " ".join(f"WHEN '{word}' THEN {code}" for code, word in enumerate(words))
    return f"CASE {column} {whens} END"


def _days(column: str) -> str:
    if connection.vendor == "postgresql":
        return f"COALESCE(({column} - DATE '1970-01-01'), {st.NO_DAY})"
    return f"COALESCE(CAST(julianday({column}) - 2440587.5 AS INTEGER), {st.NO_DAY})"


def _micros(column: str) -> str:
    if connection.vendor == "postgresql":
        return f"(EXTRACT(EPOCH FROM {column}) * 1000000)::bigint"
    # Without a fraction there is no text from the 21st character on, and '' counts as 0. The fraction is cut off first:
    # SQLite rounds to milliseconds, and from .9995 on would give the next second.
    return f"unixepoch(substr({column}, 1, 19)) * 1000000 + CAST(substr({column}, 21, 6) AS INTEGER)"


def _fetch(sql: str, width: int) -> np.ndarray:
    """Rows of integers as an array (n × width), without a Python list of them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Past Django's cursor, which looks at every row: millions of rows are read when a process starts.
            rows = connection.connection.execute(sql)
            return np.fromiter(itertools.chain.from_iterable(rows), dtype=np.int64).reshape(-1, width)
        cursor.execute(sql)
        batches = iter(lambda: cursor.fetchmany(20_000), [])
        flat = itertools.chain.from_iterable(itertools.chain.from_iterable(batches))
        return np.fromiter(flat, dtype=np.int64).reshape(-1, width)


def _load_obligations(condition: str) -> dict[str, np.ndarray]:
    obligation, requirement = Obligation._meta.db_table, Requirement._meta.db_table
    ladders = tuple(value for value, _label in Requirement._meta.get_field("ladder").flatchoices)
    standing = "CASE WHEN r.standing THEN 1 ELSE 0 END"
    got = _fetch(
        "SELECT o.id, o.requirement_id, o.unit_id, COALESCE(o.part_of_id, -1), o.chain_id, "  # noqa: S608  # names of ours
        f"{standing}, {_case('r.ladder', ladders)}, {_case('r.closing', tb.CLOSINGS)}"
        f" FROM {obligation} o JOIN {requirement} r ON r.id = o.requirement_id WHERE {condition} ORDER BY o.id",
        8,
    )
    columns = dict(zip(_OBLIGATION_FIELDS, got.T, strict=False))
    columns["period"] = np.full(len(got), "", dtype="U20")
    if len(got):
        first, last = int(got[0, 0]), int(got[-1, 0])
        for pk, period in (
            Obligation.objects.filter(id__range=(first, last)).exclude(period="").values_list("id", "period")
        ):
            at = int(np.searchsorted(columns["ids"], pk))
            if at < len(got) and columns["ids"][at] == pk:
                columns["period"][at] = period
    return columns


def _load(held: Columns | None, heads: dict[int, tuple[int, str]]) -> Columns:
    """The book from the database: whole, or what came after what is held, laid into it in order."""
    after = int(held.ids[-1]) if held is not None and len(held.ids) else 0
    fresh_obligations = _load_obligations(f"o.id > {after}")
    if held is not None:
        obligations = {
            name: np.concatenate([getattr(held, name), fresh_obligations[name]]) for name in _OBLIGATION_FIELDS
        }
        # The rows of wholes were resolved when they were loaded; only the new ones still carry ids.
        fresh_whole = fresh_obligations["whole"]
        obligations["whole"] = np.concatenate([held.whole, _rows(obligations["ids"], fresh_whole)])
    else:
        obligations = fresh_obligations
        obligations["whole"] = _rows(obligations["ids"], obligations["whole"])

    where = []
    if held is not None:
        for chain, (position, _digest) in heads.items():
            known = held.heads.get(chain, (0, ""))[0]
            if position > known:
                where.append(f"(chain_id = {chain} AND position > {known})")
    entry = _load_entries(" OR ".join(where) if where else "")
    if held is not None and not np.isin(entry["id"], obligations["ids"]).all():
        # Numbers are given when a transaction writes and seen when it commits: a task that was given its number before
        # the last one held may only come in now. Its place is among those held, so all of it is read again.
        return _load(None, heads)
    entry = _known_by(heads, entry, obligations)
    rows, fresh = _typed(entry, obligations)
    if held is None or len(rows) > FEW:
        merged, starts = _merge_all(held, fresh, len(obligations["ids"]))
    else:
        merged, starts = _insert_few(held, fresh, len(obligations["ids"]))
    _mark_voids(merged, starts, rows, entry)
    made: dict[str, Any] = {**_narrow(obligations), **merged}
    return Columns(**made, starts=starts, heads=heads, version=next(_versions))


def _known_by(
    heads: dict[int, tuple[int, str]], entry: dict[str, np.ndarray], obligations: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """The entries up to the heads, which were read before them. What was written in between belongs to the next
    catching up: taken now, it would be taken twice."""
    ids = obligations["ids"]
    rows = np.searchsorted(ids, entry["id"])
    there = rows < len(ids)
    there[there] = ids[rows[there]] == entry["id"][there]
    chains = obligations["chain"][rows[there]]
    last = np.zeros(int(chains.max(initial=0)) + 1, dtype=np.int64)
    for chain, (position, _digest) in heads.items():
        if chain < len(last):
            last[chain] = position
    there[there] = entry["position"][there] <= last[chains]
    return entry if there.all() else {name: column[there] for name, column in entry.items()}


def columns_of(obligation_ids: Sequence[int]) -> Columns:
    """The columns of a few obligations alone, straight from the database: for a command that must look before it
    writes."""
    listed = ", ".join(str(int(pk)) for pk in obligation_ids)
    obligations = _load_obligations(f"o.id IN ({listed})")
    obligations["whole"] = np.full(len(obligations["ids"]), -1)
    entry = _load_entries(f"obligation_id IN ({listed})")
    rows, fresh = _typed(entry, obligations)
    merged, starts = _merge_all(None, fresh, len(obligations["ids"]))
    _mark_voids(merged, starts, rows, entry)
    heads = {int(chain): (2**31 - 2, "") for chain in np.unique(obligations["chain"])}
    made: dict[str, Any] = {**_narrow(obligations), **merged}
    return Columns(**made, starts=starts, heads=heads)


def _load_entries(condition: str) -> dict[str, np.ndarray]:
    where = f" WHERE {condition}" if condition else ""
    table = Entry._meta.db_table
    # Three small codes share a column: what costs here is the number of values.
    codes = (
        f"(({_case('kind', tb.KINDS)}) * 64 + ({_case('choice', st.CHOICES)})) * 2 + CASE WHEN paper THEN 1 ELSE 0 END"
    )
    got = _fetch(
        f"SELECT obligation_id, position, {_days('happened_on')}, {_days('deadline')}, COALESCE(unit_id, -1), "  # noqa: S608
        f"{codes}, COALESCE(voids, 0), {_micros('recorded_at')} FROM {table}{where}",
        8,
    )
    entry = dict(zip(("id", "position", "day", "deadline", "unit", "codes", "voids", "recorded"), got.T, strict=True))
    packed = entry.pop("codes")
    return {**entry, "kind": packed >> 7, "choice": (packed >> 1) & 63, "paper": packed & 1}


def _narrow(obligations: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    small = ("requirement", "first_unit", "whole", "chain")
    return {name: column.astype(np.int32) if name in small else column for name, column in obligations.items()}


def _typed(
    entry: dict[str, np.ndarray], obligations: dict[str, np.ndarray]
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The entry columns in their own widths, each with the row of the transition table that it takes."""
    rows: np.ndarray = np.searchsorted(obligations["ids"], entry["id"])
    fresh: dict[str, np.ndarray] = {
        "obligation": rows.astype(np.int32),
        "position": entry["position"].astype(np.int32),
        "day": entry["day"].astype(np.int32),
        "deadline": entry["deadline"].astype(np.int32),
        "unit": entry["unit"].astype(np.int32),
        "choice": entry["choice"].astype(np.int8),
        "row": tb.rows_of(
            entry["kind"],
            entry["choice"],
            entry["paper"].astype(bool),
            entry["deadline"] != st.NO_DAY,
            obligations["closing"][rows],
            obligations["ladder"][rows] == MADE_CONCRETE,
        ),
        "void_at": np.full(len(rows), NEVER, dtype=np.int32),
        "recorded": entry["recorded"],
    }
    return rows, fresh


MADE_CONCRETE = 1
FEW = 5_000
"""Up to so many new entries are put into their places one by one; more are sorted together with the rest."""


def _merge_all(
    held: Columns | None, fresh: dict[str, np.ndarray], count: int
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    merged = fresh
    if held is not None:
        merged = {name: np.concatenate([getattr(held, name), fresh[name]]) for name in _ENTRY_FIELDS}
    order = np.lexsort((merged["position"], merged["day"], merged["obligation"]))
    merged = {name: column[order] for name, column in merged.items()}
    starts = np.searchsorted(merged["obligation"], np.arange(count + 1)).astype(np.int64)
    return merged, starts


def _insert_few(held: Columns, fresh: dict[str, np.ndarray], count: int) -> tuple[dict[str, np.ndarray], np.ndarray]:
    order = np.lexsort((fresh["position"], fresh["day"], fresh["obligation"]))
    fresh = {name: column[order] for name, column in fresh.items()}
    starts = np.concatenate([held.starts, np.full(count - len(held.ids), held.starts[-1])])
    places = np.empty(len(order), dtype=np.int64)
    for k, row in enumerate(fresh["obligation"]):
        first, last = starts[row], starts[row + 1]
        # A line of the same day that was written later comes after: positions only grow.
        places[k] = first + np.searchsorted(held.day[first:last], fresh["day"][k], side="right")
    merged = {name: np.insert(getattr(held, name), places, fresh[name]) for name in _ENTRY_FIELDS}
    added = np.concatenate([[0], np.cumsum(np.bincount(fresh["obligation"], minlength=count))])
    return merged, starts + added


def _rows(ids: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Rows of the obligations ``wanted`` in ``ids``; -1 stays -1."""
    return np.where(wanted < 0, -1, np.searchsorted(ids, wanted))


def _mark_voids(
    merged: dict[str, np.ndarray], starts: np.ndarray, rows: np.ndarray, entry: dict[str, np.ndarray]
) -> None:
    """Write into ``void_at`` the position of the first entry that voids each; entries of kind *voided* cannot be
    voided."""
    void_at = merged["void_at"]
    for i in np.flatnonzero(entry["voids"] > 0):
        first, last = starts[rows[i]], starts[rows[i] + 1]
        named, by = entry["voids"][i], entry["position"][i]
        if named >= by:
            continue
        for j in first + np.flatnonzero(merged["position"][first:last] == named):
            if merged["row"][j] != tb.VOIDED_ROW:
                void_at[j] = min(void_at[j], by)
