"""An .xlsx file as grids of cells: bounds first, merged cells filled, formulas known by their cell."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from soichieu.documents.errors import BadSheet, Fault
from soichieu.language.text import nfc
from soichieu.reading import Limits
from soichieu.reading.errors import ZIP_FAULTS

Value = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOUND_COLUMNS = 200
# Empty cells are laid out too: how many, over all sheets, for each filled one, and how many more are forgiven.
_SPARE, _FORGIVEN = 20, 100_000
# What a worksheet can have at all: a reference beyond it was written by no spreadsheet program.
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
# The reader tries these next where the .xlsx in the package fails it, and nobody has looked into them.
_OTHER_BOOKS = {"xl/workbook.bin", "content.xml"}


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
    except BadSheet:
        raise
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(name) from error
    except BaseException as error:
        # A panic of the reader is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(name) from error
    return grids


def _grid(book: CalamineWorkbook, sheet: str, formulas: frozenset[tuple[int, int]], name: str, limits: Limits) -> Grid:
    found = book.get_sheet_by_name(sheet)
    rows: list[list[Value]] = [list(row[:_BOUND_COLUMNS]) for row in found.to_python(skip_empty_area=False)]
    grid = Grid(sheet, rows, formulas=formulas)
    room = limits.cells
    for (top, left), (bottom, right) in found.merged_cell_ranges or ():
        # Of ranges that lie over each other a small file may name any number.
        room -= max(min(bottom, len(rows) - 1) + 1 - top, 0) * max(min(right, _BOUND_COLUMNS - 1) + 1 - left, 0)
        if room < 0:
            raise _damaged(name)
        value = grid.value(top, left)
        for row in range(top, min(bottom, len(rows) - 1) + 1):
            for column in range(left, min(right, _BOUND_COLUMNS - 1) + 1):
                if (row, column) == (top, left):
                    continue
                rows[row].extend([""] * (column + 1 - len(rows[row])))
                rows[row][column] = value
                grid.merged[row, column] = (top, left)
    # A stray value beyond the columns that are read leaves only width and length, and whoever reads would pay for it.
    for cells in rows:
        while cells and cells[-1] == "":
            cells.pop()
    while rows and not rows[-1]:
        rows.pop()
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
        if _OTHER_BOOKS & {part.lower() for part in names}:
            raise _whole(_("%(name)s is no .xlsx file. Save it as an Excel workbook (.xlsx)."), name)
        sheets = {path: sheet for sheet, path in _sheet_parts(package).items()}
        # Whatever can be taken for a worksheet is looked at, not only what our reading of the book's list names.
        found: dict[str, frozenset[tuple[int, int]]] = {}
        room = _Room(limits.cells * 4, _FORGIVEN)
        for part in parts:
            if part.filename in sheets or b"sheetData" in package.read(part):
                found[part.filename] = _formulas(package, part, sheets.get(part.filename, ""), name, room)
        return {sheet: found[path] for path, sheet in sheets.items() if path in found}
    except BadSheet:
        raise  # it says what is wrong already, and is a ValueError besides
    except (*ZIP_FAULTS, etree.XMLSyntaxError) as error:
        raise _damaged(name) from error


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    book = _xml(package.read("xl/workbook.xml"))
    targets = {one.get("Id"): one.get("Target", "") for one in _xml(package.read("xl/_rels/workbook.xml.rels"))}
    found = {}
    for one in book.findall("m:sheets/m:sheet", _NS):
        target = targets.get(one.get(_REL), "")
        found[one.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


@dataclass
class _Room:
    """What the sheets of one file may still span: ``cells`` in all, ``empty`` beyond what the filled ones allow."""

    cells: int
    empty: int


def _formulas(
    package: zipfile.ZipFile, part: zipfile.ZipInfo, sheet: str, name: str, room: _Room
) -> frozenset[tuple[int, int]]:
    """The cells of a worksheet that hold a formula; refused when it spans more cells than there is room for.

    The reader lays out every cell from A1 to the farthest one that holds something, however few there are: so it is
    asked only when that is known to be little. Where references contradict each other the farther one counts.
    """
    found = set()
    row = column = last_row = last_column = count = 0
    with package.open(part) as stream:
        for event, element in etree.iterparse(
            stream, events=("start", "end"), tag=("{*}row", "{*}c"), resolve_entities=False, no_network=True
        ):
            cell = etree.QName(element).localname == "c"
            if not cell and event == "start":
                row, column = _number(element.get("r"), row + 1, name), 0
            elif not cell:
                element.clear()
            elif event == "end":
                at_row, at_column = _place(element.get("r"), row, column + 1, name)
                row, column = max(row, at_row), max(column, at_column)
                if not len(element):
                    continue
                if any(etree.QName(child).localname == "f" for child in element.iterchildren("*")):
                    found.add((at_row - 1, at_column - 1))
                last_row, last_column, count = max(last_row, row), max(last_column, column), count + 1
                if max(last_row * last_column, count) > room.cells:
                    raise _too_wide(name, sheet, last_row, last_column)
    room.cells -= max(last_row * last_column, count)
    room.empty -= max(last_row * min(last_column, _BOUND_COLUMNS) - count * _SPARE, 0)
    if room.empty < 0:
        raise _too_wide(name, sheet, last_row, last_column)
    return frozenset(found)


def _number(text: str | None, default: int, name: str) -> int:
    number = default if text is None else int(text) if re.fullmatch("[0-9]{1,7}", text) else 0
    if not 0 < number <= _LAST_ROW:
        raise _damaged(name)
    return number


def _place(reference: str | None, row: int, column: int, name: str) -> tuple[int, int]:
    """Row and column of a cell, from 1: as it says itself, else where it stands."""
    if reference is not None:
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            raise _damaged(name)
        row, column = _number(match[2], 0, name), 0
        for letter in match[1].upper():
            column = column * 26 + ord(letter) - 64
    if column > _LAST_COLUMN:
        raise _damaged(name)
    return row, column


def _xml(part: bytes) -> etree._Element:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _whole(message: str, name: str) -> BadSheet:
    return BadSheet([Fault("", message % {"name": name})])


def _damaged(name: str) -> BadSheet:
    return _whole(_("%(name)s is damaged or cut short. Get it again from its sender, or save it anew in Excel."), name)


def _too_wide(name: str, sheet: str, row: int, column: int) -> BadSheet:
    last = f"{column_name(column - 1)}{row}"
    message = _(
        "%(name)s reaches as far as cell %(cell)s: that is more cells than such a sheet can have. Delete what stands"
        " far from the table, and the empty rows and columns between; save and hand it in again."
    )
    return BadSheet([Fault("", message % {"name": name, "cell": f"{sheet}!{last}" if sheet else last})])


def _bomb(name: str) -> BadSheet:
    return _whole(
        _("%(name)s unpacks to far more than such a sheet can hold; it is not opened. Save it anew in Excel."), name
    )
