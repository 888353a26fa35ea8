"""The book as it is stored, read with plain SQL without Django, and held against what was asked to be written."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import psycopg

from tests.simulator.compare import Difference
from tests.simulator.oracle import Duty, Line, Oracle

WRITER_NAME = "soichieu-writer"
_ENTRY = """SELECT chain_id, position, obligation_id, kind, happened_on, recorded_at, deadline, choice, unit_id, paper,
voids, id, payload FROM ledger_entry"""
_DUTY = """SELECT o.id, o.chain_id, o.requirement_id, o.unit_id, r.ladder, r.closing, o.period, o.part_of_id, r.standing
FROM ledger_obligation o JOIN ledger_requirement r ON r.id = o.requirement_id"""


@dataclass(frozen=True)
class Wanted:
    """A line that a command was asked to write. ``obligation`` None: that of the next duty of ``Expected.fresh``."""

    obligation: int | None
    kind: str
    happened_on: dt.date
    deadline: dt.date | None = None
    choice: str = ""
    unit: int | None = None
    paper: bool = True
    voids: int | None = None
    heir_to_be_named: bool = False


@dataclass(frozen=True)
class Expected:
    """What a step must leave in the book: lines by chain in their order (or in any), new obligations, or a refusal."""

    lines: dict[int, list[Wanted]] = field(default_factory=dict)
    fresh: Sequence[Duty] = ()  # ids are not known beforehand: 0
    in_order: bool = True
    refused: bool = False


class Store:
    """A connection of one's own to the database of the instance, reading only."""

    def __init__(self, engine: str, where: str) -> None:
        self.engine = engine
        self.connection: Any
        if engine == "sqlite":
            self.connection = sqlite3.connect(where, isolation_level=None, timeout=20)
        else:
            self.connection = psycopg.connect(where, autocommit=True)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        if self.engine != "sqlite":
            sql = sql.replace("?", "%s")
        cursor = self.connection.execute(sql, values)
        return list(cursor.fetchall())

    def close(self) -> None:
        self.connection.close()

    def wait_until_gone(self) -> None:
        """PostgreSQL notices a killed client when it reads from it: until then its transaction is still open."""
        if self.engine == "sqlite":
            return
        end = time.monotonic() + 60
        while self.rows("SELECT 1 FROM pg_stat_activity WHERE application_name = ?", WRITER_NAME):
            if time.monotonic() > end:
                raise Difference("the server still works for a writer that was killed a minute ago")
            time.sleep(0.005)


def _day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: Any) -> dt.datetime:
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)
    return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def _line(row: tuple[Any, ...]) -> Line:
    chain, position, obligation, kind, happened_on, recorded_at, deadline, choice, unit, paper, voids, key, _ = row
    if key != (chain << 32) + position:
        raise Difference(f"entry {key} stands at {chain}:{position}")
    day = _day(happened_on)
    if day is None:
        raise Difference(f"entry {key} has no day")
    return Line(
        chain, position, obligation, kind, day, _moment(recorded_at), _day(deadline), choice, unit, bool(paper), voids
    )


def _duty(row: tuple[Any, ...]) -> Duty:
    number, chain, requirement, unit, ladder, closing, period, part_of, standing = row
    return Duty(number, chain, requirement, unit, ladder, closing, period, part_of, bool(standing))


class Book:
    """What is stored so far, in the oracle's terms, and kept equal to the stored rows."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.oracle = Oracle()
        self.last: dict[int, int] = {}  # chain → last position
        self.last_recorded: dict[int, dt.datetime] = {}
        self.lines: dict[int, list[Line]] = {}  # chain → its lines by position
        self.newest_duty = 0

    def add_chain(self, chain: int) -> None:
        self.last[chain] = 0
        self.lines[chain] = []

    @property
    def size(self) -> int:
        return sum(self.last.values())

    def stored_since(self) -> tuple[list[Duty], dict[int, list[tuple[Line, dict[str, Any]]]]]:
        """New obligations, and new lines with their payload by chain."""
        duties = [_duty(row) for row in self.store.rows(f"{_DUTY} WHERE o.id > ? ORDER BY o.id", self.newest_duty)]
        lines: dict[int, list[tuple[Line, dict[str, Any]]]] = {}
        for chain, last in self.last.items():
            found = self.store.rows(
                f"{_ENTRY} WHERE id > ? AND id < ? ORDER BY id", (chain << 32) + last, (chain + 1) << 32
            )
            if found:
                lines[chain] = [(_line(row), json.loads(row[-1])) for row in found]
        return duties, lines

    def take(self, expected: Expected, now: dt.datetime, *, may_be_absent: bool = False) -> bool:
        """Read what is new, hold it against what was asked, and make it the oracle's; whether it is there.

        ``may_be_absent``: the writer was killed before it answered, so all of it or nothing must be there.
        """
        duties, lines = self.stored_since()
        if may_be_absent and not duties and not lines:
            return not expected.lines
        self._check(expected, duties, lines, now)
        for duty in duties:
            self.oracle.add_duty(duty)
            self.newest_duty = duty.id
        for chain, written in lines.items():
            for line, _ in written:
                self.oracle.add(line)
                self.lines[chain].append(line)
            self.last[chain] = written[-1][0].position
            self.last_recorded[chain] = written[-1][0].recorded_at
        return True

    def _check(
        self,
        expected: Expected,
        duties: list[Duty],
        lines: dict[int, list[tuple[Line, dict[str, Any]]]],
        now: dt.datetime,
    ) -> None:
        if [replace(duty, id=0) for duty in duties] != list(expected.fresh):
            raise Difference(f"obligations asked for: {list(expected.fresh)}\n  stored: {duties}")
        wanted_lines = {chain: wanted for chain, wanted in expected.lines.items() if wanted}
        if set(lines) != set(wanted_lines):
            raise Difference(
                f"lines asked for in chains {sorted(wanted_lines)}, stored in {sorted(lines)}: "
                f"{[line for chain in lines if chain not in wanted_lines for line, _ in lines[chain]][:3]}"
            )
        numbers = iter([duty.id for duty in duties])
        for chain, wanted in wanted_lines.items():
            recorded_at = max(now, self.last_recorded.get(chain, now))
            asked = [
                self._as_stored(one, next(numbers) if one.obligation is None else one.obligation) for one in wanted
            ]
            stored = [self._stored(line, payload) for line, payload in lines[chain]]
            if not expected.in_order:
                asked.sort(key=repr)
                stored.sort(key=repr)
            if asked != stored:
                pairs = [(one, other) for one, other in zip(asked, stored, strict=False) if one != other]
                raise Difference(
                    f"chain {chain}: {len(asked)} lines asked for, {len(stored)} stored; first difference:\n"
                    f"  asked  {pairs[0][0] if pairs else 'nothing more'}\n  stored {pairs[0][1] if pairs else 'more'}"
                )
            for line, _ in lines[chain]:
                if line.recorded_at != recorded_at:
                    raise Difference(f"{chain}:{line.position} recorded at {line.recorded_at}, not {recorded_at}")

    @staticmethod
    def _as_stored(wanted: Wanted, obligation: int) -> tuple[Any, ...]:
        return (
            obligation, wanted.kind, wanted.happened_on, wanted.deadline, wanted.choice, wanted.unit, wanted.paper,
            wanted.voids, wanted.heir_to_be_named,
        )  # fmt: skip

    @staticmethod
    def _stored(line: Line, payload: dict[str, Any]) -> tuple[Any, ...]:
        return (
            line.obligation, line.kind, line.happened_on, line.deadline, line.choice, line.unit, line.paper, line.voids,
            bool(payload.get("heir_to_be_named")),
        )  # fmt: skip

    def check_all(self) -> None:
        """Everything stored, from the first line on, is still what it was when it was first read."""
        stored: dict[int, list[Line]] = {chain: [] for chain in self.last}
        for row in self.store.rows(f"{_ENTRY} ORDER BY id"):
            line = _line(row)
            stored.setdefault(line.chain, []).append(line)
        if stored != self.lines:
            wrong = [chain for chain in stored if stored[chain] != self.lines.get(chain)]
            raise Difference(f"the stored lines of chains {wrong} are not those that were read before")
        duties = {duty.id: duty for duty in map(_duty, self.store.rows(f"{_DUTY} ORDER BY o.id"))}
        if duties != self.oracle.duties:
            raise Difference("the stored obligations are not those that were read before")
