"""An office's own tree of units from a CSV file, checked as a whole before anything is written.

Header: ``code,kind,name,from`` and, where wanted, ``until,short_name,name_en,order,place,fictitious,sector,territory,
force,counterpart``. ``from`` is the first day, ``until`` the first day without it (empty: it goes on). A second row of
the same code with a later ``from`` tells what changed: name or superiors. ``sector``, ``territory``, ``force`` name the
superior on each line by code; ``counterpart`` the party organisation; ``place`` a key of a place.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass

from soichieu.organisation.askers import Asker
from soichieu.organisation.columns import LINES, columns
from soichieu.organisation.commands.place_files import Table, complain, cycles
from soichieu.organisation.kinds import Kind
from soichieu.organisation.models import Counterpart, Place, Superior, Unit, UnitState
from soichieu.organisation.unit_views import views_of

UNIT_HEADER = ("code", "kind", "name", "from")
BATCH = 2000
_END = dt.date.max
_CODE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class UnitRow:
    """One edition of a unit in the file."""

    code: str
    cells: dict[str, str]
    begins: dt.date
    until: dt.date | None
    line: int


@dataclass(frozen=True)
class Life:
    """The days of a unit and where they were read: [begins, ends)."""

    begins: dt.date
    ends: dt.date
    where: str


def import_unit_table(asker: Asker, table: Table, at: dt.datetime) -> int:
    """Write the units of a table; returns how many were founded. Raises ImportProblem with every line that is wrong."""
    rows = _rows(table)
    lives = {code: _life(table, editions) for code, editions in rows.items()}
    lives.update(_lives_in_database(rows, table))
    spans = _spans(rows, lives)
    complain(_outliving(table, spans, lives) + _cycles(table, spans, rows))
    places = _places(table, rows)
    source = table.name
    units = Unit.objects.bulk_create(
        [
            Unit(
                code=code,
                kind=editions[0].cells["kind"],
                place_id=places.get(editions[0].cells.get("place", "")),
                fictitious=editions[0].cells.get("fictitious", "") in ("1", "yes", "true", "x"),
                recorded_at=at,
            )
            for code, editions in rows.items()
        ],
        batch_size=BATCH,
    )
    named = {code for editions in rows.values() for row in editions for code in _others(row)}
    ids = dict(Unit.objects.filter(code__in=named | set(rows)).values_list("code", "pk")) if len(named) < 500 else {}
    ids = ids or dict(Unit.objects.values_list("code", "pk"))
    states, superiors, counterparts = [], [], []
    for unit, editions in zip(units, rows.values(), strict=True):
        for row in editions:
            states.append(
                UnitState(
                    unit=unit,
                    valid_from=row.begins,
                    name=row.cells["name"],
                    short_name=row.cells.get("short_name", ""),
                    name_en=row.cells.get("name_en", ""),
                    order=int(row.cells.get("order") or row.line),
                    source=source,
                    recorded_at=at,
                )
            )
            if mate := row.cells.get("counterpart", ""):
                counterparts.append(
                    Counterpart(
                        unit=unit, counterpart_id=ids[mate], valid_from=row.begins, source=source, recorded_at=at
                    )
                )
        if editions[-1].until:
            states.append(
                UnitState(unit=unit, valid_from=editions[-1].until, alive=False, source=source, recorded_at=at)
            )
    for (code, line), edges in spans.items():
        last: str | None = None
        for begins, _ends, superior, _row in edges:
            if superior != last and (superior or last):
                superiors.append(
                    Superior(
                        unit_id=ids[code],
                        line=line,
                        superior_id=ids[superior] if superior else None,
                        valid_from=begins,
                        source=source,
                        recorded_at=at,
                    )
                )
            last = superior
    UnitState.objects.bulk_create(states, batch_size=BATCH)
    Superior.objects.bulk_create(superiors, batch_size=BATCH)
    Counterpart.objects.bulk_create(counterparts, batch_size=BATCH)
    return len(units)


def _others(row: UnitRow) -> list[str]:
    return [row.cells[name] for name in (*LINES, "counterpart") if row.cells.get(name)]


def _rows(table: Table) -> dict[str, list[UnitRow]]:
    problems: list[str] = []
    rows: dict[str, list[UnitRow]] = defaultdict(list)
    for line, cells in table.rows:
        where = f"{table.name}, line {line}"
        code = cells["code"]
        if not _CODE.fullmatch(code):
            problems.append(f"{where}: code {code!r}; use letters without marks, digits, - and _")
            continue
        if cells["kind"] not in Kind.values:
            problems.append(
                f"{where}: {code}: there is no kind {cells['kind']!r}; write one of {', '.join(Kind.values)}"
            )
        if not cells["name"]:
            problems.append(f"{where}: {code} has no name; every unit needs one")
        if not (cells.get("order") or "0").isdigit():
            problems.append(f"{where}: {code}: order {cells['order']!r} is not a whole number")
        begins, until = _read_day(cells["from"]), _read_day(cells.get("until", ""))
        if begins is None:
            problems.append(f"{where}: {code}: from {cells['from']!r} is not a day; write YYYY-MM-DD")
        elif cells.get("until") and until is None:
            problems.append(f"{where}: {code}: until {cells['until']!r} is not a day; write YYYY-MM-DD")
        elif until is not None and until <= begins:
            problems.append(f"{where}: {code} ends on {until:%d-%m-%Y}, before it begins; correct from or until")
        elif any(row.begins == begins for row in rows[code]):
            problems.append(f"{where}: {code} has two rows from {begins:%d-%m-%Y} on; keep one")
        else:
            rows[code].append(UnitRow(code, cells, begins, until, line))
    complain(problems)
    for code, editions in rows.items():
        editions.sort(key=lambda row: row.begins)
        for row in editions[:-1]:
            if row.until is not None:
                problems.append(
                    f"{table.name}, line {row.line}: {code} ends here but has a later row; write until in its last row"
                )
        if editions[0].cells["kind"] != editions[-1].cells["kind"]:
            problems.append(
                f"{table.name}, line {editions[-1].line}: {code} changes its kind; found a new unit instead"
            )
    taken = set(Unit.objects.filter(code__in=list(rows)).values_list("code", flat=True)) if rows else set()
    problems += [
        f"{table.name}, line {rows[code][0].line}: there is a unit {code} already; choose another code"
        for code in sorted(taken)
    ]
    complain(problems)
    if not rows:
        complain([f"{table.name}: no units below the header; add rows"])
    return dict(rows)


def _read_day(text: str) -> dt.date | None:
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    parts = match.groups() if match else None
    if parts is None and (match := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text)):
        parts = match.groups()[::-1]
    try:
        return dt.date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def _life(table: Table, editions: list[UnitRow]) -> Life:
    return Life(editions[0].begins, editions[-1].until or _END, f"line {editions[0].line}")


def _lives_in_database(rows: dict[str, list[UnitRow]], table: Table) -> dict[str, Life]:
    """The lives of units that the file names and the database holds. An unknown code is a problem."""
    named = {(code, row.line) for editions in rows.values() for row in editions for code in _others(row)}
    of = columns()
    found: dict[str, Life] = {}
    problems = []
    for code, line in sorted(named, key=lambda one: one[1]):
        if code in rows:
            continue
        at = of.by_code.get(code)
        if at is None:
            problems.append(
                f"{table.name}, line {line}: there is no unit {code}, neither in the file nor in the instance;"
                " correct the code or add a row for it"
            )
            continue
        view = views_of([int(of.ids[at])], dt.date.max)[int(of.ids[at])]
        found[code] = Life(view.begins_on or dt.date.min, view.ends_on or _END, "in the instance")
    complain(problems)
    return found


Spans = dict[tuple[str, str], list[tuple[dt.date, dt.date, str, UnitRow]]]


def _spans(rows: dict[str, list[UnitRow]], lives: dict[str, Life]) -> Spans:
    """(unit, line) → the stretches of time it stands under someone."""
    spans: Spans = defaultdict(list)
    for code, editions in rows.items():
        for row, after in zip(editions, [*editions[1:], None], strict=True):
            ends = after.begins if after else lives[code].ends
            for line in LINES:
                if line in row.cells:
                    spans[code, line].append((row.begins, ends, row.cells[line], row))
    return spans


def _outliving(table: Table, spans: Spans, lives: dict[str, Life]) -> list[str]:
    problems = []
    for (code, line), edges in spans.items():
        for begins, ends, superior, row in edges:
            if not superior:
                continue
            life = lives[superior]
            where = f"{table.name}, line {row.line}: {row.cells['name']} ({code})"
            if begins < life.begins:
                problems.append(
                    f"{where} stands under {superior} ({life.where}) on the {line} line from {begins:%d-%m-%Y} on, but"
                    f" that begins on {life.begins:%d-%m-%Y}; begin it then, or give it another superior until then"
                )
            if ends > life.ends:
                until = "has no end" if ends == _END else f"ends on {ends:%d-%m-%Y}"
                problems.append(
                    f"{where} outlives its superior {superior} ({life.where}) on the {line} line: it {until}, that ends"
                    f" on {life.ends:%d-%m-%Y}; end it on that day, or add a row of {code} from that day on with its"
                    " new superior"
                )
    return problems


def _cycles(table: Table, spans: Spans, rows: dict[str, list[UnitRow]]) -> list[str]:
    problems = []
    for line in LINES:
        edges = [(code, *edge) for (code, on), all_ in spans.items() if on == line for edge in all_ if edge[2]]
        for day in sorted({edge[1] for edge in edges}):
            parent = {code: superior for code, begins, ends, superior, _row in edges if begins <= day < ends}
            found = cycles(parent)
            for cycle in found:
                said = " under ".join(
                    f"{rows[code][0].cells['name']} ({code}, line {rows[code][0].line})" for code in cycle
                )
                problems.append(
                    f"{table.name}, line {rows[cycle[0]][0].line}: a cycle on the {line} line on {day:%d-%m-%Y}: {said}"
                    f" under {cycle[0]} again; correct {line} in one of these rows"
                )
            if found:
                break
    return problems


def _places(table: Table, rows: dict[str, list[UnitRow]]) -> dict[str, int]:
    keys = {row.cells["place"]: row for editions in rows.values() for row in editions if row.cells.get("place")}
    found = dict(Place.objects.filter(key__in=list(keys)).values_list("key", "pk")) if keys else {}
    complain(
        [
            f"{table.name}, line {row.line}: there is no place {key}; `soichieu units search` shows the keys of places"
            for key, row in keys.items()
            if key not in found
        ]
    )
    return found
