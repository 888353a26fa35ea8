"""An .xlsx file as grids of cells: bounds first, merged cells filled, formulas known by their cell."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from soichieu.documents.errors import BadSheet, Fault
from soichieu.language.text import nfc
from soichieu.reading import Limits

Value = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOUND_COLUMNS = 200


@dataclass
class Grid:
    """One worksheet. ``rows`` from row 1 and column A on; ``merged`` maps a filled cell to the one it was filled from;
    ``formulas`` are the cells whose value is the last one a formula gave. Cells are (row, column) from 0."""

    name: str
    rows: list[list[Value]]
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    formulas: frozenset[tuple[int, int]] = frozenset()

    def cell(self, row: int, column: int) -> str:
        """The name of a cell: "Sheet1!E7"."""
        return f"{self.name}!{column_name(column)}{row + 1}"

    def value(self, row: int, column: int) -> Value:
        """The value of a cell; empty text outside the grid."""
        cells = self.rows[row] if row < len(self.rows) else []
        return cells[column] if column < len(cells) else ""

    def text(self, row: int, column: int) -> str:
        """The value in words: NFC, runs of blanks as one; whole numbers without a fraction."""
        return words(self.value(row, column))


def words(value: Value) -> str:
    """A value as text."""
    if isinstance(value, dt.datetime):
        return f"{value.day}-{value.month}-{value.year}"
    if isinstance(value, dt.date):
        return f"{value.day}-{value.month}-{value.year}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(nfc(str(value)).split())


def column_name(column: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def open_workbook(data: bytes, name: str, *, limits: Limits | None = None) -> list[Grid]:
    """The visible worksheets of a file. Raises ``BadSheet`` for whatever bytes."""
    limits = limits or Limits()
    if not data:
        raise _whole(_("%(name)s is empty. Choose the file again."), name)
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _whole(_("%(name)s is protected by a password. Save a copy without one and hand that in."), name)
        raise _whole(_("%(name)s is an old .xls file. Open it in Excel and save it as .xlsx."), name)
    if not data.startswith(b"PK"):
        raise _whole(_("%(name)s is no .xlsx file. Save it as an Excel workbook (.xlsx)."), name)
    formulas = _inspected(data, name, limits)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            visible = [
                one.name
                for one in book.sheets_metadata
                if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
            ]
            grids = [_grid(book, sheet, formulas.get(sheet, frozenset()), name, limits) for sheet in visible]
    except PasswordError as error:
        raise _whole(
            _("%(name)s is protected by a password. Save a copy without one and hand that in."), name
        ) from error
    except (CalamineError, OSError, ValueError) as error:
        if isinstance(error, BadSheet):
            raise
        raise _damaged(name) from error
    return grids


def _grid(book: CalamineWorkbook, sheet: str, formulas: frozenset[tuple[int, int]], name: str, limits: Limits) -> Grid:
    found = book.get_sheet_by_name(sheet)
    if found.total_height * max(found.total_width, 1) > limits.cells * 4:
        raise _whole(_("%(name)s has more cells than such a sheet can have. Delete what is empty."), name)
    rows: list[list[Value]] = [list(row[:_BOUND_COLUMNS]) for row in found.to_python(skip_empty_area=False)]
    grid = Grid(sheet, rows, formulas=formulas)
    for (top, left), (bottom, right) in found.merged_cell_ranges or ():
        value = grid.value(top, left)
        for row in range(top, min(bottom, len(rows) - 1) + 1):
            for column in range(left, min(right, _BOUND_COLUMNS - 1) + 1):
                if (row, column) == (top, left):
                    continue
                rows[row].extend([""] * (column + 1 - len(rows[row])))
                rows[row][column] = value
                grid.merged[row, column] = (top, left)
    return grid


def _inspected(data: bytes, name: str, limits: Limits) -> dict[str, frozenset[tuple[int, int]]]:
    """Unpack every part once within the bounds, so that nothing after can be surprised; find the formulas meanwhile."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        parts = package.infolist()
        if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked_bytes:
            raise _bomb(name)
        if any(part.flag_bits & 1 for part in parts):
            raise _whole(_("%(name)s is protected by a password. Save a copy without one and hand that in."), name)
        names = {part.filename for part in parts}
        if "xl/workbook.xml" not in names and "word/document.xml" in names:
            raise _whole(_("%(name)s is a Word document. Hand in an Excel workbook (.xlsx)."), name)
        left = limits.unpacked_bytes
        for part in parts:
            with package.open(part) as stream:
                size = 0
                while piece := stream.read(1 << 20):
                    size += len(piece)
                    left -= len(piece)
                    if left < 0 or (size > 1 << 20 and size > limits.ratio * max(part.compress_size, 1)):
                        raise _bomb(name)
        sheets = _sheet_parts(package)
        return {sheet: _formulas(package.read(path)) for sheet, path in sheets.items() if path in package.namelist()}
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        OSError,
        NotImplementedError,
        etree.XMLSyntaxError,
    ) as error:
        raise _damaged(name) from error


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    book = _xml(package.read("xl/workbook.xml"))
    targets = {one.get("Id"): one.get("Target", "") for one in _xml(package.read("xl/_rels/workbook.xml.rels"))}
    found = {}
    for one in book.findall("m:sheets/m:sheet", _NS):
        target = targets.get(one.get(_REL), "")
        found[one.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _formulas(part: bytes) -> frozenset[tuple[int, int]]:
    found = set()
    for cell in _xml(part).iterfind(".//m:c[m:f]", _NS):
        match = re.match(r"([A-Z]+)(\d+)$", cell.get("r", ""))
        if match:
            column = 0
            for letter in match[1]:
                column = column * 26 + ord(letter) - 64
            found.add((int(match[2]) - 1, column - 1))
    return frozenset(found)


def _xml(part: bytes) -> etree._Element:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _whole(message: str, name: str) -> BadSheet:
    return BadSheet([Fault("", message % {"name": name})])


def _damaged(name: str) -> BadSheet:
    return _whole(_("%(name)s is damaged or cut short. Get it again from its sender, or save it anew in Excel."), name)


def _bomb(name: str) -> BadSheet:
    return _whole(
        _("%(name)s unpacks to far more than such a sheet can hold; it is not opened. Save it anew in Excel."), name
    )
