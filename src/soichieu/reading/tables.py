"""Task and target tables as rows: groups, numbered parents, continuation rows, repeated heads."""

from __future__ import annotations

import re
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from ..language.dates import parse_period
from .blocks import Cell, Grid
from .bodies import split_leads
from .columns import Columns, covered, key_of, read_head
from .labels import roman_value
from .model import Table, text_hash
from .rows import Row, ids_of, name_parents, plain_cell, target_row, task_row

_NUMBER = re.compile(r"\(?(\d{1,4}(?:\.\d{1,3}){0,4})\s?[.)/:-]?$")
_GROUP = re.compile(r"\(?((?:[IVXLC]{1,7}|[A-ZĐ]))\s?[.)/:–-]?$")
_LABELLED = re.compile(r"((?:[IVXLC]{1,7}|[A-ZĐ]))\s?[.)/:–-]\s+\S|((?:Phần|PHẦN|Mục|MỤC|Nhóm|NHÓM)\s+[\dIVXLC]+)")
_ROMAN_AND_TITLE = re.compile(r"([IVXLC]{1,7})\s+(?=\S)()")
_SUB = re.compile(r"(?:[a-zđ]\)|[-–+•*])\s*\S?")

_SUM = re.compile(r"(?:tổng(?: cộng| số)?|cộng|grand total|total)\s?[:.]?$", re.IGNORECASE)


class _Reader:
    def __init__(self, key: str, grid: Grid, columns: Columns, warnings: list[str]) -> None:
        self.key = key
        self.grid = grid
        self.columns = columns
        self.warnings = warnings
        self.cover = covered(grid)
        self.rows: list[Row] = []
        self.groups: dict[int, str] = {}
        self.group_keys: dict[int, str] = {}
        self.main = "task" if columns.kind == "tasks" else "indicator"
        self.numbered = bool(columns.of("number"))
        self.continues = ""

    def warn(self, at: int, text: str) -> None:
        self.warnings.append(f"Table {self.key}, row {at + 1}: {text}")

    # One row of the grid

    def _cells(self, at: int) -> tuple[dict[str, str], dict[str, str], set[str]]:
        """Texts by role; texts of unnamed columns; roles whose cell reaches in from a row above."""
        found: dict[str, str] = {}
        extra: dict[str, str] = {}
        inherited: set[str] = set()
        for column, (cell, starts) in enumerate(self.cover[at]):
            if cell is None:
                continue
            above = at > 0 and self.cover[at - 1][column][0] is cell
            if not starts and not above:
                continue
            role = self.columns.roles.get(column, "")
            text = cell.text.strip()
            if above:
                if role and text and role not in found:
                    found[role] = text
                    inherited.add(role)
                continue
            if not text:
                continue
            if role:
                name = self.columns.names[column] if column < len(self.columns.names) else ""
                if role in found and role not in inherited:
                    joiner = "; " if role in ("lead", "cooperators") else " "
                    if role == "target":
                        extra[name] = text
                        continue
                    found[role] = f"{found[role]}{joiner}{text}"
                else:
                    found[role] = text
                    inherited.discard(role)
            else:
                name = self.columns.names[column] if column < len(self.columns.names) else ""
                extra[name or f"column {column + 1}"] = text
        return found, extra, inherited

    def _only(self, at: int) -> Cell | None:
        """The one cell with text of a row, when it has just one that is spread or stands alone."""
        cells = [cell for cell, starts in self.cover[at] if cell is not None and starts and cell.text.strip()]
        return cells[0] if len(cells) == 1 else None

    def run(self) -> list[Row]:
        for at in range(self.columns.head_rows, len(self.grid.rows)):
            key = key_of(self.cover[at])
            if key in self.columns.keys or not any(key):
                continue
            if self._counting(at):
                continue
            self._row(at)
        return self.rows

    def _counting(self, at: int) -> bool:
        texts = [
            cell.text.strip() for cell, starts in self.cover[at] if cell is not None and starts and cell.text.strip()
        ]
        return (
            len(texts) >= 4
            and texts == [str(n) for n in range(1, len(texts) + 1)]
            or (len(texts) >= 4 and texts == [f"({n})" for n in range(1, len(texts) + 1)])
        )

    def _row(self, at: int) -> None:
        row = self.grid.rows[at]
        cells, extra, inherited = self._cells(at)
        number_text = plain_cell(cells.get("number", "")) if "number" not in inherited else ""
        if self._sums_up(at, set(cells) - inherited):
            self.warn(at, "it sums up the rows above and was left out.")
            return
        if self._group(at, cells, number_text):
            return
        number = ""
        if match := _NUMBER.match(number_text):
            number = match[1]
        main = cells.get(self.main, "") if self.main not in inherited else ""
        others = {role for role in cells if role not in ("number", self.main) and role not in inherited}
        if not number and number_text and not _SUB.match(number_text):
            # The label column holds words: the cells of this row are shifted.
            self.warn(
                at, f"“{number_text[:40]}” stands where the number belongs: its cells look shifted; check this row."
            )
        shifted = (at + 1) in self.grid.ragged
        if shifted and self._uneven(at):
            self.warn(at, "it has another number of cells than the head; they were read from the left; check this row.")
        if self._is_continuation(number, number_text, main, others, inherited, cells):
            self._continue(at, cells, extra, inherited)
            return
        if "number" in inherited and not number:
            number = self.rows[-1].number if self.rows else ""
        found = Row(
            number=number or number_text,
            group=" / ".join(self.groups[level] for level in sorted(self.groups)),
            group_key=".".join(self.group_keys[level] for level in sorted(self.group_keys)),
            cells={role: text for role, text in cells.items() if role != "number"},
            start=row.start,
            end=row.end,
            page=row.page,
            confidence=0.6 if shifted else 1.0,
            extra=extra,
        )
        if self.main in inherited:
            found.confidence = 0.6
            self.warn(at, "its words are those of the row above: one cell is joined over both; check this row.")
        if self.numbered and not number:
            found.confidence = 0.6
            self.warn(at, "it has no number; taken as a row of its own.")
        self._check(at, found)
        self.rows.append(found)

    def _sums_up(self, at: int, own: set[str]) -> bool:
        """A row "Tổng cộng" under figures, which is nobody's task; with a lead or a deadline it would be one."""
        words = next((cell.text for cell, starts in self.cover[at] if cell and starts and cell.text.strip()), "")
        return self.columns.kind == "tasks" and bool(_SUM.match(plain_cell(words))) and not {"lead", "deadline"} & own

    def _uneven(self, at: int) -> bool:
        texts = [cell for cell in self.grid.rows[at].cells if cell is not None]
        return len(texts) > 1

    def _group(self, at: int, cells: dict[str, str], number: str) -> bool:
        """A row that only names a group: "II." with a title, or a title across the row."""
        only = self._only(at)
        title, label = "", ""
        named = _GROUP.match(number) if number else None
        strays = {role for role in cells if role not in ("number", self.main)}
        if named and (roman_value(named[1]) or len(named[1]) == 1):
            text = plain_cell(cells.get(self.main, ""))
            if "lead" in strays or (not text and not strays):
                return False
            if not text:
                text = plain_cell(next(iter(cells[role] for role in strays)))
                strays = set()
            label, title = named[1], text
            for role in strays:
                self.warn(at, f"“{plain_cell(cells[role])[:60]}” stands in a group's row and was left out.")
        elif only is not None and (only.columns > 1 or not number) and not _NUMBER.match(plain_cell(only.text)):
            text = plain_cell(only.text)
            match = _LABELLED.match(text) or self._merged_label(text)
            spread = only.columns >= max(2, len(self.cover[at]) - 2)
            if match:
                label = match[1] or match[2]
                title = text[len(label) :].lstrip(" .)/:–-") if match[1] else text
                label = label if match[1] else ""
            elif spread and (only.bold or text.isupper() or only.columns == len(self.cover[at])):
                title = text
            else:
                return False
        else:
            return False
        roman = (
            bool(label) and roman_value(label) > 0 and not (len(label) == 1 and label in "CDLM" and 1 in self.groups)
        )
        level = 2 if roman else 1
        if not label:
            level = 3 if self.groups and not only_is_outer(self.groups) else 1
        for deeper in [key for key in self.groups if key >= level]:
            del self.groups[deeper]
            self.group_keys.pop(deeper, None)
        self.groups[level] = f"{label}. {title}" if label else title
        self.group_keys[level] = label or f"g{at}"
        return True

    def _merged_label(self, text: str) -> re.Match[str] | None:
        """ "II NHÓM HAI": number and title of a group in one merged cell, without a stop, next in the order."""
        match = _ROMAN_AND_TITLE.match(text)
        if match and roman_value(match[1]) == roman_value(self.group_keys.get(2, "")) + 1:
            return match
        return None

    def _is_continuation(
        self, number: str, number_text: str, main: str, others: set[str], inherited: set[str], cells: dict[str, str]
    ) -> bool:
        if number or not self.rows:
            return False
        if self.numbered and "number" in inherited:
            # One number over several rows: rows of their own where each has its own words.
            return not main
        if number_text:
            return False
        if self.numbered:
            if main and {"lead", "deadline"} & others and self.columns.kind == "tasks":
                head = main[:1]
                return not (
                    head.isupper() and self.rows[-1].cells.get(self.main, "").rstrip().endswith((".", ";", ":"))
                )
            measured = main and self.columns.kind == "targets" and {"target", "unit"} & others
            return not (measured and not main[:1].islower())
        return not main or main[:1].islower()

    def _continue(self, at: int, cells: dict[str, str], extra: dict[str, str], inherited: set[str]) -> None:
        last = self.rows[-1]
        last.end = self.grid.rows[at].end
        last.confidence = min(last.confidence, 0.8)
        for role, text in cells.items():
            if role == "number" or role in inherited:
                continue
            before = last.cells.get(role, "")
            if before and _repeats(before, text):
                self.warn(at, f"it repeats the end of the row above and was left out: “{plain_cell(text)[:60]}”.")
                continue
            joiner = "\n" if role in ("lead", "cooperators") and not text[:1].islower() else " "
            last.cells[role] = f"{before}{joiner}{text}" if before else text
        for name, text in extra.items():
            last.extra[name] = f"{last.extra[name]} {text}" if name in last.extra else text
        self.warn(at, f"it has no number and goes on with row {last.number or 'above'}.")

    def _check(self, at: int, row: Row) -> None:
        """Cells that say what another column should: a table whose columns slipped."""
        if self.columns.kind != "tasks":
            return
        lead, deadline = row.cells.get("lead", ""), row.cells.get("deadline", "")
        if lead and _is_period(lead):
            self.warn(at, f"the lead reads “{plain_cell(lead)}”, a time: columns look shifted; check this row.")
            row.confidence = 0.5
        output = row.cells.get("output", "")
        if not deadline and output and _is_period(output) and len(output) < 20:
            self.warn(
                at, f"the output reads “{plain_cell(output)}”, a time, and the deadline is empty: check this row."
            )
            row.confidence = 0.5
        if deadline and not _is_period(deadline) and any(lead.unit for lead in split_leads(deadline)):
            self.warn(at, f"the deadline reads “{plain_cell(deadline)}”, a body: columns look shifted; check this row.")
            row.confidence = 0.5


def only_is_outer(groups: dict[int, str]) -> bool:
    return set(groups) == {1}


def _is_period(text: str) -> bool:
    found = parse_period(plain_cell(text))
    return found is not None and found.kind != "none" and len(text) < 40


def _repeats(before: str, text: str) -> bool:
    """Whether a continuation row repeats, but for a slip, what the row above ends with."""
    tail, head = plain_cell(before)[-len(plain_cell(text)) :], plain_cell(text)
    if len(head) < 12:
        return tail == head
    return SequenceMatcher(None, tail.casefold(), head.casefold()).ratio() > 0.9


def read_table(
    key: str, grid: Grid, day: str | None, warnings: list[str], before: Columns | None = None
) -> tuple[Table, Columns]:
    """One table as rows. ``before`` is the head of a table just before it, for one that a page break cut in two."""
    columns = read_head(grid, covered(grid))
    width = max((len(row.cells) for row in grid.rows), default=0)
    if columns.kind == "other" and before is not None and before.kind != "other" and len(before.names) == width:
        columns = Columns(before.kind, before.roles, before.names, 0, before.keys)
        warnings.append(f"Table {key} has no head of its own; read with that of the table before it.")
    if columns.kind == "other":
        return Table(key, "other", "", columns.names, _other(key, grid)), columns
    rows = _Reader(key, grid, columns, warnings).run()
    reference = date.fromisoformat(day) if day else None
    found: list[dict[str, Any]] = []
    for row, row_id in zip(rows, ids_of(key, rows), strict=True):
        item = task_row(row, row_id, reference) if columns.kind == "tasks" else target_row(row, row_id)
        if row.cells.get("note"):
            row.extra["note"] = row.cells["note"]
        if row.cells.get("deciding"):
            item["deciding"] = plain_cell(row.cells["deciding"])
        if row.extra:
            item["other"] = {name: plain_cell(text) for name, text in row.extra.items()}
        item["confidence"] = row.confidence
        item["hash"] = text_hash(item.get("task") or item.get("indicator") or "")
        item["source"] = {"start": row.start, "end": row.end} | ({"page": row.page} if row.page else {})
        found.append(item)
    name_parents(found)
    return Table(key, columns.kind, "", columns.names, found), columns


def _other(key: str, grid: Grid) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{key}.r{count}",
            "cells": [plain_cell(cell.text) if cell is not None else "" for cell in row.cells],
            "source": {"start": row.start, "end": row.end},
        }
        for count, row in enumerate(grid.rows, 1)
    ]
