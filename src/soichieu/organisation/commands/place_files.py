"""Files of places read and checked, before anything is made of them. No database here.

Two kinds, told by their headers: a *state* (every place as it was from the day in the file's name on) and a
*succession* (which commune went into which on the day in the file's name).
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from soichieu.language.text import UnreadableText, decode, nfc
from soichieu.organisation.commands.base import OrganisationError
from soichieu.organisation.kinds import Level

STATE_HEADER = ("code", "parent_code", "level", "name", "full_name")
SUCCESSION_HEADER = (
    *("old_province_code", "old_district_code", "old_ward_code", "old_ward"),
    *("new_province_code", "new_ward_code", "new_ward", "kind", "default"),
)
SHOWN = 8  # problems that a message shows before it counts the rest
_RANK = {Level.PROVINCE: 0, Level.DISTRICT: 1, Level.COMMUNE: 2}
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class ImportProblem(OrganisationError):
    """A file that cannot be imported. Nothing of it, nor of the files given with it, is in the database."""


@dataclass(frozen=True, slots=True)
class StateRow:
    """One place in one state, with its line in the file."""

    code: str
    parent_code: str
    level: str
    name: str
    full_name: str
    full_name_en: str
    line: int


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """One edge of a succession: old commune → new commune; ``main`` on the only or main heir."""

    old_province: str
    old_district: str
    old_code: str
    old_name: str
    new_province: str
    new_code: str
    new_name: str
    whole: bool
    main: bool
    line: int


@dataclass(frozen=True)
class Table:
    """A CSV file as rows of text, with what is to be remembered of it."""

    name: str
    sha256: str
    day: dt.date | None
    header: tuple[str, ...]
    rows: list[tuple[int, dict[str, str]]]


@dataclass(frozen=True)
class State:
    """All places from a day on, by code."""

    table: Table
    day: dt.date
    rows: dict[str, StateRow]


@dataclass(frozen=True)
class Succession:
    """All edges of a day."""

    table: Table
    day: dt.date
    rows: list[SuccessionRow]


def read_table(path: Path) -> Table:
    """A CSV file with its header; the encoding is recognised. Raises ImportProblem naming file, line and remedy."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ImportProblem(f"{path}: cannot be read ({error.strerror}); check the path and its permissions") from error
    if not data.strip():
        raise ImportProblem(f"{path.name}: the file is empty; get it again from its source")
    try:
        text = decode_quickly(data)
    except UnreadableText as error:
        raise ImportProblem(f"{path.name}: {error}") from error
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        header = tuple(cell.strip() for cell in next(reader))
        rows = []
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise ImportProblem(
                    f"{path.name}, line {reader.line_num}: {len(cells)} cells where the header has {len(header)};"
                    " a comma inside a name needs quotation marks around the name, and no column may be shifted"
                )
            rows.append((reader.line_num, dict(zip(header, (nfc(cell).strip() for cell in cells), strict=True))))
    except csv.Error as error:
        raise ImportProblem(f"{path.name}, line {reader.line_num}: {error}; save the file again as CSV") from error
    found = _DAY.search(path.name)
    day = None
    if found:
        try:
            day = dt.date(*map(int, found.groups()))
        except ValueError as error:
            raise ImportProblem(f"{path.name}: {found[0]} is not a day; name the file …-YYYY-MM-DD.csv") from error
    return Table(path.name, hashlib.sha256(data).hexdigest(), day, header, rows)


def decode_quickly(data: bytes) -> str:
    """UTF-8 when it is that and looks like Vietnamese; else whatever ``language.decode`` finds it to be."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return decode(data).text
    return text if "\x00" not in text else decode(data).text


def the_day(table: Table) -> dt.date:
    """The day in the file's name, which is the day from which the file holds."""
    if table.day is None:
        raise ImportProblem(
            f"{table.name}: the name holds no day; name the file …-YYYY-MM-DD.csv, the day from which it holds"
        )
    return table.day


def complain(problems: Sequence[str]) -> None:
    """Raise ImportProblem with the problems found, the first few in full."""
    if problems:
        rest = f"\n… and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        raise ImportProblem("\n".join(problems[:SHOWN]) + rest)


def read_state(table: Table) -> State:
    """A state whose places nest: every parent is there and of a higher level, nothing stands under itself."""
    day = the_day(table)
    problems: list[str] = []
    rows: dict[str, StateRow] = {}
    for line, cells in table.rows:
        where = f"{table.name}, line {line}"
        row = StateRow(
            cells["code"],
            cells["parent_code"],
            cells["level"],
            cells["name"],
            cells["full_name"],
            cells.get("full_name_en", ""),
            line,
        )
        if not row.code:
            problems.append(f"{where}: no code; every place needs one")
        elif row.level not in Level.values:
            problems.append(f"{where}: level {row.level!r} of {row.code}; write one of {', '.join(Level.values)}")
        elif not row.name or not row.full_name:
            problems.append(f"{where}: {row.code} has no name; fill in name and full_name")
        elif row.code in rows:
            problems.append(
                f"{where}: code {row.code} ({row.full_name}) stands on line {rows[row.code].line} already"
                f" ({rows[row.code].full_name}); in one state a code names one place"
            )
        elif row.parent_code == row.code:
            problems.append(f"{where}: {row.full_name} ({row.code}) is its own parent; correct parent_code")
        else:
            rows[row.code] = row
    complain(problems)
    if not rows:
        raise ImportProblem(f"{table.name}: no places below the header; get the file again from its source")
    for cycle in cycles({code: row.parent_code for code, row in rows.items()}):
        names = " in ".join(f"{rows[code].full_name} ({code}, line {rows[code].line})" for code in cycle)
        problems.append(
            f"{table.name}, line {rows[cycle[0]].line}: a cycle: {names} in {rows[cycle[0]].full_name} again;"
            " correct parent_code on one of these lines"
        )
    complain(problems)
    for row in rows.values():
        parent = rows.get(row.parent_code)
        where = f"{table.name}, line {row.line}: {row.full_name} ({row.code})"
        if not row.parent_code:
            if row.level != Level.PROVINCE:
                problems.append(f"{where} has no parent_code; only a province stands under nothing")
        elif parent is None:
            problems.append(
                f"{where} outlives its parent {row.parent_code}, which this state no longer has;"
                " correct parent_code, or add the parent's row"
            )
        elif _RANK[Level(parent.level)] >= _RANK[Level(row.level)]:
            problems.append(
                f"{where}, a {row.level}, stands under {parent.full_name} ({parent.code}), a {parent.level};"
                " correct level or parent_code"
            )
    complain(problems)
    return State(table, day, rows)


def cycles(parent: dict[str, str]) -> list[list[str]]:
    """The cycles of a child → parent relation, each once."""
    done: set[str] = set()
    found: list[list[str]] = []
    for start in parent:
        path: list[str] = []
        on_path: set[str] = set()
        node = start
        while node in parent and node not in done and node not in on_path:
            path.append(node)
            on_path.add(node)
            node = parent[node]
        if node in on_path:
            found.append(path[path.index(node) :])
        done.update(path)
    return found


def read_succession(table: Table) -> Succession:
    """A succession whose rows are well formed; whether its codes exist is asked when the states are known."""
    day = the_day(table)
    problems: list[str] = []
    rows: list[SuccessionRow] = []
    seen: dict[tuple[str, str], int] = {}
    for line, cells in table.rows:
        where = f"{table.name}, line {line}"
        pair = (cells["old_ward_code"], cells["new_ward_code"])
        if not all(pair):
            problems.append(f"{where}: an edge needs old_ward_code and new_ward_code")
        elif cells["kind"] not in ("whole", "split"):
            problems.append(f"{where}: kind {cells['kind']!r}; write whole or split")
        elif pair in seen:
            problems.append(f"{where}: {pair[0]} → {pair[1]} stands on line {seen[pair]} already; remove one")
        else:
            seen[pair] = line
            whole = cells["kind"] == "whole"
            rows.append(
                SuccessionRow(
                    old_province=cells["old_province_code"],
                    old_district=cells["old_district_code"],
                    old_code=pair[0],
                    old_name=cells["old_ward"],
                    new_province=cells["new_province_code"],
                    new_code=pair[1],
                    new_name=cells["new_ward"],
                    whole=whole,
                    main=whole or cells["default"] == "1",
                    line=line,
                )
            )
    complain(problems)
    return Succession(table, day, rows)
