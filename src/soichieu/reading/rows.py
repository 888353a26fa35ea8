"""Rows of task and target tables as they leave the reader: ids, deadlines, leads, quantities, parents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..language.dates import parse_period
from ..language.quantities import find_quantities
from . import words
from .bodies import split_leads


@dataclass(slots=True)
class Row:
    """A row while it is gathered: its cells by role, with what continuation rows added."""

    number: str
    group: str
    cells: dict[str, str]
    start: int
    end: int
    page: int = 0
    confidence: float = 1.0
    group_key: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    wide: dict[str, str] = field(default_factory=dict)


def plain_cell(text: str) -> str:
    return " ".join(text.split())


def _deadline(text: str, reference: date | None) -> dict[str, Any]:
    """A deadline cell: its words, first and last day (ISO, null when open), and the kind of period."""
    shown = plain_cell(text)
    found = parse_period(shown, reference) if shown else None
    if found is None:
        return {"text": shown, "from": None, "to": None, "kind": None}
    result: dict[str, Any] = {
        "text": shown,
        "from": found.start.isoformat() if found.start else None,
        "to": found.end.isoformat() if found.end else None,
        "kind": str(found.kind),
    }
    if found.recurrence:
        result["recurrence"] = found.recurrence
    if found.note:
        result["note"] = str(found.note)
    return result


def ids_of(key: str, rows: list[Row]) -> list[str]:
    """Ids unique in the table: the number; with its group where numbers begin again; else a count."""
    numbers = [row.number for row in rows if row.number]
    again = len(numbers) != len(set(numbers))
    used: set[str] = set()
    found = []
    for count, row in enumerate(rows, 1):
        local = row.number.rstrip(".)") or f"r{count}"
        if again and row.group_key:
            local = f"{row.group_key}.{local}"
        wanted, copy = local, 1
        while wanted in used:
            copy += 1
            wanted = f"{local}~{copy}"
        used.add(wanted)
        found.append(f"{key}.{wanted}")
    return found


def task_row(row: Row, key: str, reference: date | None) -> dict[str, Any]:
    cells = row.cells
    return {
        "id": key,
        "group": row.group,
        "number": row.number,
        "task": plain_cell(cells.get("task", "")),
        "leads": [lead.to_json() for lead in split_leads(cells.get("lead", ""))],
        "cooperators": plain_cell(cells.get("cooperators", "")),
        "output": plain_cell(cells.get("output", "")),
        "deadline": _deadline(cells.get("deadline", ""), reference),
    }


def target_row(row: Row, key: str) -> dict[str, Any]:
    cells = row.cells
    target = plain_cell(cells.get("target", ""))
    unit = plain_cell(cells.get("unit", ""))
    quantities = find_quantities(target)
    if not any(found.unit for found in quantities) and re.fullmatch(r"[\d.,\s≥≤<>=–-]+", target) and unit[:1] == "%":
        quantities = find_quantities(f"{target}%")
    return {
        "id": key,
        "group": row.group,
        "number": row.number,
        "parent": None,
        "indicator": plain_cell(cells.get("indicator", "")),
        "unit": unit,
        "target": target,
        "quantity": [words.plain(found) for found in quantities],
        "leads": [lead.to_json() for lead in split_leads(cells.get("lead", ""))],
    }


def name_parents(rows: list[dict[str, Any]]) -> None:
    """Rows 11.1, 11.2 … get row 11 of the same group as their parent."""
    known: dict[tuple[str, str], str] = {}
    for row in rows:
        number = row["number"].rstrip(".)")
        parent = None
        while "." in number and parent is None:
            number = number.rsplit(".", 1)[0]
            parent = known.get((row["group"], number))
        row["parent"] = parent
        known[(row["group"], row["number"].rstrip(".)"))] = row["id"]
