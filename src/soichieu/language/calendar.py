"""Working days, with a table of public holidays that an office edits.

The shipped table `holidays.csv` has one line per day off or swapped working day, with its legal basis and its
status: *fixed* (the law names the day), *announced* (as the Government announced it for that year) or *computed*
(from the lunar calendar and the law, not yet announced when the table was made) or *unchecked* (reported as
announced, not compared with the notice); the last two are to be checked. An instance gives its own table by path.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

SHIPPED = Path(__file__).with_name("holidays.csv")
COLUMNS = ("year", "day", "name", "kind", "status", "legal_basis")
_KINDS = ("holiday", "swapped working day")
_STATUSES = ("fixed", "announced", "computed", "unchecked")
_WEEK = 7


class HolidayTableError(ValueError):
    """A line of a holiday table cannot be used; the message names the file, the line and the remedy."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day that differs from its weekday: a day off, or a Saturday worked in exchange."""

    day: date
    name: str
    kind: Literal["holiday", "swapped working day"]
    status: Literal["fixed", "announced", "computed", "unchecked"]
    legal_basis: str


def read_table(path: Path = SHIPPED) -> list[Holiday]:
    """The lines of a holiday table (.csv with commas, .tsv with tabs; UTF-8; `day` as 2025-01-27).

    Lines that begin with # are comments. Raises `HolidayTableError` for a line that is wrong.
    """
    holidays: list[Holiday] = []
    seen: dict[date, int] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter="\t" if path.suffix == ".tsv" else ",")
        header: list[str] | None = None
        for row in rows:
            line = rows.line_num
            if not row or row[0].startswith("#") or not any(cell.strip() for cell in row):
                continue
            if header is None:
                header = [cell.strip() for cell in row]
                missing = [column for column in COLUMNS if column not in header]
                if missing:
                    raise HolidayTableError(f"{path.name}, line {line}: the column {missing[0]} is missing; add it.")
                continue
            holiday = _holiday(dict(zip(header, (cell.strip() for cell in row), strict=False)), path.name, line)
            if holiday.day in seen:
                raise HolidayTableError(
                    f"{path.name}, line {line}: {holiday.day} stands in line {seen[holiday.day]} already; keep one."
                )
            seen[holiday.day] = line
            holidays.append(holiday)
    if header is None:
        raise HolidayTableError(f"{path.name} is empty; its first line must be {','.join(COLUMNS)}.")
    return holidays


def _holiday(cells: dict[str, str], name: str, line: int) -> Holiday:
    try:
        day = date.fromisoformat(cells.get("day", ""))
    except ValueError as error:
        raise HolidayTableError(
            f"{name}, line {line}: “{cells.get('day', '')}” is not a day; write it as 2025-01-27."
        ) from error
    if cells.get("year") != str(day.year):
        raise HolidayTableError(f"{name}, line {line}: the year {cells.get('year')} is not that of {day}; mend one.")
    kind, status = cells.get("kind", ""), cells.get("status", "")
    if kind not in _KINDS:
        raise HolidayTableError(f"{name}, line {line}: the kind “{kind}” must be one of: {', '.join(_KINDS)}.")
    if status not in _STATUSES:
        raise HolidayTableError(f"{name}, line {line}: the status “{status}” must be one of: {', '.join(_STATUSES)}.")
    return Holiday(day, cells.get("name", ""), kind, status, cells.get("legal_basis", ""))  # type: ignore[arg-type]


class WorkingCalendar:
    """Monday to Friday, less the holidays, plus the swapped working days of a table."""

    def __init__(self, holidays: Iterable[Holiday]) -> None:
        self.table = {holiday.day: holiday for holiday in sorted(holidays, key=lambda holiday: holiday.day)}
        self.years = frozenset(day.year for day in self.table)
        self._off = sorted(d for d, h in self.table.items() if h.kind == "holiday" and d.weekday() < 5)
        self._on = sorted(d for d, h in self.table.items() if h.kind == "swapped working day" and d.weekday() >= 5)

    @classmethod
    def load(cls, path: Path | str | None = None) -> WorkingCalendar:
        """The calendar of a table, the shipped one by default. Raises `HolidayTableError`, `OSError`."""
        return cls(read_table(Path(path))) if path else _shipped()

    def covers(self, start: date, end: date) -> bool:
        """Whether the table has every year from `start` to `end`; beyond it only weekends are known."""
        return all(year in self.years for year in range(start.year, end.year + 1))

    def is_working(self, day: date) -> bool:
        """Whether offices work on `day`."""
        holiday = self.table.get(day)
        if holiday:
            return holiday.kind == "swapped working day"
        return day.weekday() < 5

    def why_off(self, day: date) -> Holiday | None:
        """The holiday that makes `day` a day off; None for a plain weekend or a working day."""
        holiday = self.table.get(day)
        return holiday if holiday and holiday.kind == "holiday" else None

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days follow `start` up to and including `end`; negative when `end` is before it.

        The first day is not counted (Civil Code 91/2015/QH13, article 147), so that
        `working_days_between(d, add_working_days(d, n)) == n`.
        """
        if end < start:
            return -self._count(end, start, include_first=True)
        return self._count(start, end, include_first=False)

    def _count(self, low: date, high: date, *, include_first: bool) -> int:
        """Working days in (low, high], or in [low, high) with `include_first`."""
        one = timedelta(days=1)
        first, last = (low, high - one) if include_first else (low + one, high)
        if last < first:
            return 0
        weeks, rest = divmod((last - first).days + 1, _WEEK)
        days = weeks * 5 + sum((first.weekday() + offset) % _WEEK < 5 for offset in range(rest))
        days -= sum(first <= day <= last for day in self._off)
        return days + sum(first <= day <= last for day in self._on)

    def add_working_days(self, start: date, days: int) -> date:
        """The working day that is `days` working days after `start` (before it when negative).

        `start` itself is not counted; with 0 it is `start`, moved on to a working day if it is none.
        Raises `OverflowError` beyond the calendar of Python (year 9999).
        """
        one = timedelta(days=1 if days >= 0 else -1)
        day, left = start, abs(days)
        if left == 0:
            while not self.is_working(day):
                day += one
            return day
        last = max([*self._off, *self._on], default=start)
        first = min([*self._off, *self._on], default=start)
        while left:
            free = day > last if days > 0 else day < first
            if free and left > 10 and day.weekday() < 5:
                # Beyond the table only weekends count: whole weeks at once.
                weeks = left // 5 - 1
                day += one * (weeks * _WEEK)
                left -= weeks * 5
            day += one
            if self.is_working(day):
                left -= 1
        return day


@cache
def _shipped() -> WorkingCalendar:
    return WorkingCalendar(read_table(SHIPPED))
