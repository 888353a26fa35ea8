"""A plan's lines from a file as it is: its task tables, or where it has none its points; or a worksheet.

Nothing is stored here. What was guessed is said, line by line, so that a person can mend it before it is saved.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from soichieu.documents import citing, workbook
from soichieu.documents.errors import BadSheet
from soichieu.documents.told import told as in_words
from soichieu.documents.told import unreadable as why_unreadable
from soichieu.language.dates import find_periods, parse_period
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import today
from soichieu.plans.facts import clean
from soichieu.plans.lines import Line, days_of, unit_named, unknown_leads
from soichieu.reading import Provision, Reading, Table, UnreadableFile, read_bytes
from soichieu.reading.blocks import Cell, Grid, Row
from soichieu.reading.columns import role_of
from soichieu.reading.tables import read_table
from soichieu.reading.words import citations
from soichieu.web.dates import write_day

SHEETS = (".xlsx", ".xlsm")
# Parts of a document in which no task of a plan stands.
_APART = frozenset(
    {"letterhead", "title", "preamble", "basis", "enacting", "signature", "recipients", "note", "caption"}
)
_POINTS = frozenset({"article", "clause", "point", "bullet", "paragraph", "section", "subsection"})
_NOT_TASKS = frozenset({"viewpoint", "goal"})
_GUESSED_BELOW = 0.99
_WITHOUT_DAYS = ("standing", "periodic", "relative")
BASES_AT_MOST = 40
_NAMED = 12
_RESTS = re.compile(
    r"(?<!\w)(?:căn cứ|thực hiện|triển khai|theo|pursuant to|based on|under|carr(?:y|ies|ying) out|implement\w*)(?!\w)",
    re.IGNORECASE,
)
_ERROR = re.compile(r"#(?:DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|N/A|SPILL!|CALC!)")


@dataclass(frozen=True)
class ReadPlan:
    """What was read of a file. ``read_by`` says by what and from which tables, and under ``bases`` which documents it
    names as its own; ``warnings`` are about the whole.

    ``facts``: what the file says of itself (title, number, signed_on, signer, signing_form), where it says it.
    """

    lines: tuple[Line, ...]
    read_by: Mapping[str, Any]
    warnings: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


def read_plan(data: bytes, name: str, *, unit_id: int) -> ReadPlan:
    """The lines of a file for a plan of a unit (its leads are looked up among the units near it).

    Raises ``Refusal`` (field ``file``) saying what is wrong, where, and what to do.
    """
    if PurePosixPath(name.lower()).suffix in SHEETS:
        return _of_sheet(data, name, unit_id)
    try:
        reading = read_bytes(data, name)
    except UnreadableFile as unreadable:
        raise Refusal(why_unreadable(unreadable), field="file") from unreadable
    tables = [table for table in reading.tables if table.kind == "tasks" and table.rows]
    reader: dict[str, Any] = {"reader": reading.reader}
    if bases := bases_of(reading):
        reader["bases"] = bases
    if tables:
        lines = [line for table in tables for line in _of_table(table, unit_id, "")]
        return ReadPlan(
            tuple(lines),
            {**reader, "tables": [table.id for table in tables]},
            tuple(in_words(one) for one in reading.warnings),
            facts_of(reading),
        )
    lines = _of_provisions(reading)
    if not lines:
        raise Refusal(_nothing(name, reading.tables), field="file")
    points = _(
        "No table of tasks was found in %(name)s; each numbered point and bullet became a line. Write down who leads"
        " it, by when, and what comes of it."
    ) % {"name": name}
    return ReadPlan(
        tuple(lines),
        {**reader, "provisions": True},
        (points, *(in_words(one) for one in reading.warnings)),
        facts_of(reading),
    )


def facts_of(reading: Reading) -> dict[str, Any]:
    """What a document says of itself, in the names of a plan's facts."""
    of = reading.document
    facts: dict[str, Any] = {name: of.get(name) or "" for name in ("title", "number", "signer", "signing_form")}
    facts["signed_on"] = dt.date.fromisoformat(of["date"]) if of.get("date") else None
    return {name: value for name, value in facts.items() if value}


def bases_of(reading: Reading) -> list[dict[str, Any]]:
    """What a document says it rests on ("Căn cứ Nghị quyết số …", "Pursuant to …"), in reading order: the words of each
    citation in its bases, with number, kind, issuer and date as far as they stand there."""
    under: set[str] = set()
    for one in reading.provisions:
        if one.kind == "basis" or (one.parent and one.parent in under):
            under.add(one.id)
    found = [one for one in reading.citations if one["provision"] in under]
    return [{"text": one["text"], **citing.to_json(citing.cited_of(one))} for one in found[:BASES_AT_MOST]]


def _nothing(name: str, tables: Iterable[Table]) -> str:
    heads = "; ".join(f"{table.id}: {' | '.join(column for column in table.columns if column)}" for table in tables)
    if heads.strip(" :;|"):
        return _(
            "%(name)s: none of its tables is a table of tasks (heads found: %(heads)s). Name the columns, for example:"
            " TT, Nhiệm vụ, Cơ quan chủ trì, Cơ quan phối hợp, Sản phẩm, Thời hạn."
        ) % {"name": name, "heads": heads}
    return _(
        "%(name)s holds no table of tasks and no numbered points. Check that it is the right file, or type the lines."
    ) % {"name": name}


# --- Task tables -----------------------------------------------------------------------------------------------------


def _of_table(table: Table, unit_id: int, sheet: str) -> list[Line]:
    """The rows of a task table. ``sheet``: its worksheet, when it is one; places are cells then."""
    roles = {role_of(column) for column in table.columns}
    return [_of_row(row, unit_id, sheet, "lead" in roles) for row in table.rows]


def _of_row(row: Mapping[str, Any], unit_id: int, sheet: str, asks_lead: bool) -> Line:
    leads = tuple({"text": lead["text"], "unit": unit_named(lead["text"], unit_id, today())} for lead in row["leads"])
    deadline = row["deadline"]["text"]
    first, last = days_of(deadline)
    kind = row["deadline"].get("kind")
    doubts = []
    if row.get("confidence", 1.0) < _GUESSED_BELOW:
        doubts.append(_("Its cells were joined or looked shifted when it was read: compare it with the file."))
    if asks_lead and not leads:
        doubts.append(_("No lead stands in its cell."))
    for name in unknown_leads(leads, today()):
        words = _("No unit of the name “%(name)s” is known on %(day)s.")
        doubts.append(words % {"name": name, "day": write_day(today())})
    if deadline and first is None and last is None and kind not in (*_WITHOUT_DAYS, "none"):
        doubts.append(_("“%(words)s” was not understood as a day or a period.") % {"words": deadline})
    if row["deadline"].get("note"):
        # What became no day was not guessed: it stays as printed, and the note says why.
        guessed = first is not None or last is not None or kind in _WITHOUT_DAYS
        words = (
            _("The deadline was read with a guess: %(note)s.")
            if guessed
            else _("The deadline stays as printed, no day is taken from it: %(note)s.")
        )
        doubts.append(words % {"note": _note(deadline, row["deadline"]["note"])})
    other = row.get("other") or {}
    if other:
        told = "; ".join(f"{name}: {text}" for name, text in other.items() if text)
        doubts.append(_("These columns have no place here and are left out: %(told)s.") % {"told": told})
    return Line(
        text=clean(row["task"]),
        number=clean(row["number"]),
        group=clean(row["group"]),
        leads=leads,
        cooperators=clean(row["cooperators"]),
        output=clean(row["output"]),
        deciding_body=clean(row.get("deciding") or ""),
        deadline_text=clean(deadline),
        place=f"{sheet}!{row['source']['start']}" if sheet else str(row["id"]),
        doubts=tuple(doubts),
    )


def _note(deadline: str, note: str) -> str:
    """What was guessed of a deadline, in the language of the page."""
    found = parse_period(deadline)
    same = found is not None and str(found.note) == note
    return found.note.in_language(get_language() or "vi") if found is not None and same else note


# --- Points of a text ------------------------------------------------------------------------------------------------


def _of_provisions(reading: Reading) -> list[Line]:
    """Each point and bullet without further ones under it; its headings are the group."""
    known = {one.id: one for one in reading.provisions}
    under = _apart(reading.provisions)
    holds = {one.parent for one in reading.provisions if one.kind != "sentence"}
    there = [
        one
        for one in reading.provisions
        if one.kind in _POINTS and one.id not in under and one.nature not in _NOT_TASKS and (one.text or one.heading)
    ]
    if any(one.nature in ("task", "solution") for one in there):
        there = [one for one in there if one.nature]
    return [_of_point(one, known) for one in there if one.id not in holds]


def _apart(provisions: Iterable[Provision]) -> set[str]:
    """Ids of what stands in a letterhead, a signature and the like."""
    found: set[str] = set()
    for one in provisions:
        if one.kind in _APART or (one.parent and one.parent in found):
            found.add(one.id)
    return found


def _of_point(one: Provision, known: Mapping[str, Provision]) -> Line:
    text = clean(f"{one.heading} {one.text}")
    # Any other day may be that of a document it cites.
    periods = [period for period in find_periods(text) if period.kind in ("before", "until") and period.end is not None]
    doubts: list[str] = []
    deadline = ""
    if len(periods) == 1:
        deadline = clean(periods[0].text)
        doubts.append(_("Its deadline, “%(words)s”, was found in its words.") % {"words": deadline})
    return Line(
        text=text,
        number=clean(one.label)[:40],
        group=" / ".join(_headings(one, known)),
        deadline_text=deadline,
        place=one.id,
        doubts=tuple(doubts),
    )


def _headings(one: Provision, known: Mapping[str, Provision]) -> list[str]:
    found: list[str] = []
    parent = known.get(one.parent or "")
    while parent is not None:
        words = clean(f"{parent.label} {parent.heading or parent.text}")
        if words and parent.kind not in ("title", "annex"):
            found.insert(0, words)
        parent = known.get(parent.parent or "")
    return found


# --- Worksheets ------------------------------------------------------------------------------------------------------


def _of_sheet(data: bytes, name: str, unit_id: int) -> ReadPlan:
    """Every worksheet with a head of tasks, read by the same rules as a table of a text."""
    try:
        grids = workbook.open_workbook(data, name)
    except BadSheet as bad:
        raise Refusal(str(bad), field="file") from bad
    lines: list[Line] = []
    warnings: list[str] = []
    sheets = []
    tables = []
    for grid in grids:
        told: list[str] = []
        table, _columns = read_table(grid.name, _as_grid(grid), None, told)
        tables.append(table)
        if table.kind == "tasks" and table.rows:
            lines += _of_table(table, unit_id, grid.name)
            warnings += [in_words(one) for one in told]
            warnings += _formulas(grid)
            sheets.append(grid.name)
    if not lines:
        raise Refusal(_nothing(name, tables), field="file")
    left = [grid.name for grid in grids if grid.name not in sheets and any(any(row) for row in grid.rows)]
    if left:
        told_left = _("These sheets hold no table of tasks and were left out: %(sheets)s.")
        warnings.insert(0, told_left % {"sheets": ", ".join(left)})
    reader: dict[str, Any] = {"reader": "xlsx", "tables": sheets}
    if bases := _bases_above(grids, tables):
        reader["bases"] = bases
    return ReadPlan(tuple(lines), reader, tuple(warnings), _facts_above(grids, sheets))


def _facts_above(grids: Iterable[workbook.Grid], sheets: Iterable[str]) -> dict[str, Any]:
    """What the first sheet of tasks says of itself above its head, by the rules for the first lines of a document."""
    first = next(iter(sheets))
    grid = next(one for one in grids if one.name == first)
    above: list[str] = []
    for at, row in enumerate(grid.rows):
        cells = [_cell_text(value) for column, value in enumerate(row) if (at, column) not in grid.merged]
        if sum(bool(role_of(cell)) for cell in cells if cell) >= 2:
            break
        above += [cell for cell in cells if cell]
    if not above:
        return {}
    facts = facts_of(read_bytes("\n".join(above).encode(), "above.txt"))
    if "title" not in facts:
        # A document prints its kind in capitals, a sheet often not: "Kế hoạch triển khai năm 2025".
        for one in above:
            if facts_of(read_bytes(one.upper().encode(), "above.txt")).get("title"):
                return {**facts, "title": one}
    return facts


def _bases_above(grids: Iterable[workbook.Grid], tables: Iterable[Table]) -> list[dict[str, Any]]:
    """What the cells above a sheet's first task say that it rests on or carries out, as :func:`bases_of` gives it."""
    found: list[dict[str, Any]] = []
    for grid, table in zip(grids, tables, strict=True):
        if table.kind != "tasks" or not table.rows:
            continue
        above = int(table.rows[0]["source"]["start"]) - 1
        cells = [_cell_text(grid.value(row, column)) for row in range(above) for column in range(len(grid.rows[row]))]
        for text in dict.fromkeys(cell for cell in cells if _RESTS.search(cell)):
            found += [{"text": one["text"], **citing.to_json(citing.cited_of(one))} for one in citations(text)]
    return list({str(one): one for one in found}.values())[:BASES_AT_MOST]


def _formulas(grid: workbook.Grid) -> list[str]:
    """Formulas that give nothing to read: never computed, as in a sheet that a program wrote, or an error."""
    bad = [cell for cell in sorted(grid.formulas) if not grid.text(*cell) or _ERROR.fullmatch(grid.text(*cell))]
    if not bad:
        return []
    named = ", ".join(grid.cell(*cell) for cell in bad[:_NAMED]) + (" …" if len(bad) > _NAMED else "")
    return [
        _("Formulas without a value or with an error: %(cells)s. Open the sheet in Excel, save it, and read it again.")
        % {"cells": named}
    ]


def _as_grid(sheet: workbook.Grid) -> Grid:
    """A worksheet as the table of a text; a row's place is its number in the sheet."""
    width = max((len(row) for row in sheet.rows), default=0)
    reach: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), origin in sheet.merged.items():
        down, right = reach.get(origin, (1, 1))
        reach[origin] = (max(down, row - origin[0] + 1), max(right, column - origin[1] + 1))
    rows = []
    for at in range(len(sheet.rows)):
        cells: list[Cell | None] = []
        for column in range(width):
            if (at, column) in sheet.merged:
                cells.append(None)
                continue
            down, right = reach.get((at, column), (1, 1))
            cells.append(Cell(_cell_text(sheet.value(at, column)), at + 1, at + 1, right, down))
        rows.append(Row(cells, at + 1, at + 1))
    return Grid(rows, 1, len(rows) + 1)


def _cell_text(value: workbook.Value) -> str:
    """Words of a cell, its line ends kept: they part the leads of a cell."""
    if isinstance(value, str):
        return "\n".join(clean(line) for line in value.splitlines())
    return workbook.words(value)
