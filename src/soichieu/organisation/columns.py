"""The history of the organisation in columns, held by each process until somebody writes.

Everything a page asks ("who stood under whom on that day, as known then") is answered from these arrays, in bulk.
``Revision.current`` costs one small query and tells whether they are still true.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from soichieu.organisation.kinds import Line, Standing
from soichieu.organisation.models import Counterpart, Revision, Superior, Unit, UnitState, UnitSuccession

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LINES: tuple[str, ...] = tuple(Line.values)
_NAMES = ("alive", "name", "short_name", "name_en", "order")
FOREVER = np.iinfo(np.int64).max


def day_number(day: dt.date) -> int:
    """The day as an integer (proleptic Gregorian ordinal)."""
    return day.toordinal()


def moment_number(moment: dt.datetime | None) -> int:
    """The moment in microseconds since 1970 UTC; *now and ever after* when there is none."""
    if moment is None:
        return int(FOREVER)
    if moment.tzinfo is None:
        raise ValueError("a moment of knowledge needs its time zone")
    return round(moment.timestamp() * 1_000_000)


@dataclass(frozen=True)
class Editions:
    """Dated rows as columns, ordered by subject, day, moment of recording and key."""

    subject: Ints
    day: Ints
    moment: Ints
    retracted: Bools
    values: dict[str, Any]

    @classmethod
    def read(cls, rows: Iterable[tuple[Any, ...]], names: tuple[str, ...]) -> Editions:
        """From rows (subject, valid_from, recorded_at, retracted, key, *values); values become arrays."""
        taken = list(rows)
        if not taken:
            empty = np.empty(0, np.int64)
            return cls(empty, empty, empty, np.empty(0, bool), {name: np.empty(0, object) for name in names})
        columns = list(zip(*taken, strict=True))
        subject = np.array(columns[0], np.int64)
        day = np.array([value.toordinal() for value in columns[1]], np.int64)
        moment = np.array([round(value.timestamp() * 1_000_000) for value in columns[2]], np.int64)
        key = np.array(columns[4], np.int64)
        order = np.lexsort((key, moment, day, subject))
        values = {}
        for name, column in zip(names, columns[5:], strict=True):
            array = np.empty(len(taken), object)
            array[:] = column
            values[name] = array[order]
        return cls(subject[order], day[order], moment[order], np.array(columns[3], bool)[order], values)

    def known(self, known: int) -> Ints:
        """Rows that stand as known at a moment: of one subject and day the last recorded, unless it retracts."""
        index = np.flatnonzero(self.moment <= known)
        if index.size == 0:
            return index
        subject, day = self.subject[index], self.day[index]
        last = np.ones(index.size, bool)
        last[:-1] = (subject[1:] != subject[:-1]) | (day[1:] != day[:-1])
        index = index[last]
        return index[~self.retracted[index]]

    def at(self, on: int, known: int) -> Ints:
        """For each subject the row that holds on a day; row numbers, ordered by subject."""
        index = self.known(known)
        index = index[self.day[index] <= on]
        if index.size == 0:
            return index
        subject = self.subject[index]
        last = np.ones(index.size, bool)
        last[:-1] = subject[1:] != subject[:-1]
        return index[last]


@dataclass
class Columns:
    """All units with their history. ``ids`` is sorted; everything else speaks of positions in it."""

    token: str
    ids: Ints
    code: list[str]
    kind: NDArray[np.object_]
    place: Ints  # 0: no place
    fictitious: Bools
    states: Editions
    superiors: dict[str, Editions]
    counterparts: Editions
    successions: list[tuple[int, int, int, int, str, bool, str]]  # old, new, day, moment, status, main, share
    by_code: dict[str, int]
    cache: dict[Any, Any] = field(default_factory=dict)

    def position(self, unit_id: int) -> int:
        """Where a unit stands in the columns; -1 when there is none of this id."""
        at = int(np.searchsorted(self.ids, unit_id))
        return at if at < self.ids.size and self.ids[at] == unit_id else -1

    def positions(self, unit_ids: Ints) -> Ints:
        """Positions of many units; -1 for the unknown."""
        if self.ids.size == 0:
            return np.full(len(unit_ids), -1, np.int64)
        at = np.searchsorted(self.ids, unit_ids)
        at = np.minimum(at, self.ids.size - 1)
        return np.where(self.ids[at] == unit_ids, at, -1)

    def remembered(self, key: Any, make: Any) -> Any:
        """A value computed once per state of the history; the oldest are dropped."""
        found = self.cache.get(key)
        if found is None:
            found = make()
            while len(self.cache) > 96:
                self.cache.pop(next(iter(self.cache)), None)
            self.cache[key] = found
        return found

    def steps_from(self, known: int) -> dict[int, list[tuple[int, int, bool, str, str]]]:
        """Old position → its standing successions (new, day, main, share, status), the main one first, then by day."""

        def make() -> dict[int, list[tuple[int, int, bool, str, str]]]:
            found: dict[int, list[tuple[int, int, bool, str, str]]] = {}
            for old, new, day, main, share, status in sorted(
                self.heirs(known), key=lambda one: (not one[3], -one[2], one[1])
            ):
                found.setdefault(old, []).append((new, day, main, share, status))
            return found

        return self.remembered(("steps from", known), make)

    def heirs(self, known: int) -> list[tuple[int, int, int, bool, str, str]]:
        """Standing successions (old, new, day, main, share, status) by position, rejected ones left out."""

        def make() -> list[tuple[int, int, int, bool, str, str]]:
            last: dict[tuple[int, int, int], tuple[bool, str, str]] = {}
            for old, new, day, moment, status, main, share in self.successions:
                if moment <= known:
                    last[old, new, day] = (main, share, status)
            return [(*key, *value) for key, value in last.items() if value[2] != Standing.REJECTED]

        return self.remembered(("heirs", known), make)


def _read(token: str) -> Columns:
    units = list(Unit.objects.order_by("pk").values_list("pk", "code", "kind", "place_id", "fictitious"))
    ids = np.array([row[0] for row in units], np.int64)
    position = {row[0]: at for at, row in enumerate(units)}
    kind = np.empty(len(units), object)
    kind[:] = [row[2] for row in units]
    dated = ("valid_from", "recorded_at", "retracted", "pk")
    states = Editions.read(
        (
            (position[row[0]], *row[1:])
            for row in UnitState.objects.values_list(
                "unit_id", *dated, "alive", "name", "short_name", "name_en", "order"
            )
        ),
        _NAMES,
    )
    edges: dict[str, list[tuple[Any, ...]]] = {line: [] for line in LINES}
    for line, unit, *rest, superior in Superior.objects.values_list("line", "unit_id", *dated, "superior_id"):
        edges[line].append((position[unit], *rest, position[superior] if superior else -1))
    counterparts = Editions.read(
        (
            (position[unit], *rest, position[other] if other else -1)
            for unit, *rest, other in Counterpart.objects.values_list("unit_id", *dated, "counterpart_id")
        ),
        ("counterpart",),
    )
    successions = [
        (position[old], position[new], day.toordinal(), moment_number(moment), status, main, share)
        for old, new, day, moment, status, main, share in UnitSuccession.objects.order_by(
            "recorded_at", "pk"
        ).values_list("old_id", "new_id", "on", "recorded_at", "status", "main", "share")
    ]
    return Columns(
        token=token,
        ids=ids,
        code=[row[1] for row in units],
        kind=kind,
        place=np.array([row[3] or 0 for row in units], np.int64),
        fictitious=np.array([row[4] for row in units], bool),
        states=states,
        superiors={line: Editions.read(rows, ("superior",)) for line, rows in edges.items()},
        counterparts=counterparts,
        successions=successions,
        by_code={row[1]: at for at, row in enumerate(units)},
    )


_held: dict[str, Columns] = {}
_lock = threading.Lock()


def columns() -> Columns:
    """The history as it is now: from memory while nobody has written, else read again."""
    token = Revision.current()
    with _lock:
        held = _held.get("columns")
        if held is not None and held.token == token and token:
            return held
    # Read outside the lock: two threads may both read, neither waits for the other. A writer that commits between the
    # two queries only makes the token old, so the next asker reads again.
    fresh = _read(token)
    with _lock:
        _held["columns"] = fresh
    return fresh
