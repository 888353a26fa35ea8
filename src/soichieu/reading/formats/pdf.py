"""PDFs with a text layer: running heads and page numbers dropped, broken lines and hyphens mended.

The text of a page comes from pdfium in its own order; a letterhead in two columns comes column by column.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as raw
from pypdfium2 import PdfiumError

from ...language import text as language_text
from ..blocks import Block, Cell, Extract, Grid, Row, TextBuilder
from ..errors import DamagedFile, ProtectedFile, ScannedFile, TooLarge
from ..limits import Limits
from ..mending import OPENS, TERMINAL, continues, width_of
from ..phrases import MOTTO, NUMBER_LINE, PAGE_NUMBER, PLACE_DATE
from .common import CellBudget, check_characters, grid_of
from .ruling import Box, find_tables

_EDGE = 3
_PAGED = re.compile(r"^\d{1,4}(?=\s)|\d{1,4}$|(?<=[Tt]rang )\d+|(?<=[Pp]age )\d+")
_BROKEN = re.compile(r"[\ufffe\u0002\u00ad](?:\r?\n)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SAVE = "Open it, print it to a new PDF, and give that"
_OCR = (
    "Recognise the letters elsewhere (OCR), have a person compare them with the picture, and give the text: a .docx, "
    "a .txt, or the PDF with its text layer"
)


def _open(data: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except PdfiumError as error:
        message = str(error).lower()
        if "password" in message or "security" in message:
            raise ProtectedFile(
                "it is encrypted: a password is needed to open it",
                remedy="Open it with the password and save or print a copy without one",
                name=name,
            ) from error
        raise DamagedFile(
            "it cannot be opened as a PDF: it is cut short or damaged", remedy=_SAVE, name=name, place="byte 0"
        ) from error


_CELL = 4096


def _within(layer: pypdfium2.PdfTextPage, box: Box, buffer: ctypes.Array[ctypes.c_ushort]) -> str:
    """The text in a cell, asked for once with room enough (pypdfium2 asks twice, to know the length first)."""
    count = raw.FPDFText_GetBoundedText(layer.raw, box.left, box.top, box.right, box.bottom, buffer, _CELL)
    if count >= _CELL:
        return layer.get_text_bounded(box.left, box.bottom, box.right, box.top)
    return bytes(memoryview(buffer).cast("B")[: count * 2]).decode("utf-16-le", "replace")


Table = list[list[tuple[str, int, int] | None]]
Piece = str | Table
Lines = list[tuple[str, bool]]


@dataclass(slots=True)
class _Part:
    """A stretch of a page from the top down: lines, or a ruled table."""

    lines: Lines
    table: Table | None = None


def _pages(document: pypdfium2.PdfDocument, name: str, limits: Limits) -> tuple[list[list[Piece]], list[int]]:
    """Each page as stretches of text and tables, from the top; the pages (from 1) that could not be read."""
    count = len(document)
    if count > limits.pages:
        raise TooLarge(
            f"it has {count:,} pages, more than {limits.pages:,}",
            remedy="Split it and read its parts",
            name=name,
        )
    found: list[list[Piece]] = []
    failed: list[int] = []
    total = 0
    for number in range(count):
        pieces: list[Piece] = []
        try:
            page = document[number]
            layer = page.get_textpage()
            total += layer.count_chars()
            if total > limits.characters:
                raise TooLarge(
                    f"its text is longer than {limits.characters:,} characters",
                    remedy="Split it and read its parts",
                    name=name,
                    place=f"page {number + 1}",
                )
            pieces = _pieces(page, layer)
            layer.close()
            page.close()
        except (PdfiumError, ValueError, UnicodeError):
            failed.append(number + 1)
        found.append(pieces)
    return found, failed


def _pieces(page: pypdfium2.PdfPage, layer: pypdfium2.PdfTextPage) -> list[Piece]:
    tables = find_tables(page) if layer.count_chars() else []
    if not tables:
        return [layer.get_text_range()]
    width, ceiling = page.get_size()
    found: list[Piece] = []
    buffer = (ctypes.c_ushort * _CELL)()
    for ruled in tables:
        found.append(layer.get_text_bounded(0, ruled.top, width, ceiling))
        grid: Table = [[None] * ruled.columns for _ in range(ruled.rows)]
        for box in ruled.boxes:
            text = _within(layer, box, buffer)
            grid[box.row][box.column] = (text, box.columns, box.rows)
        found.append(grid)
        ceiling = ruled.bottom
    found.append(layer.get_text_bounded(0, 0, width, ceiling))
    return found


def _lines(text: str) -> Lines:
    """The lines of a page with whether each ended in a blank (Word writes one where a line wraps)."""
    found = []
    for printed in _BROKEN.sub("-", text).replace("\r", "\n").split("\n"):
        line = " ".join(_CONTROL.sub(" ", printed).split())
        if line:
            found.append((line, printed[-1:] == " "))
    return found


def _heads(pages: list[Lines]) -> set[str]:
    """Lines at the top or bottom of pages that come again and again, their digits aside."""
    if len(pages) < 3:
        return set()
    seen: Counter[str] = Counter()
    for lines in pages:
        reach = max(1, min(_EDGE, len(lines) // 4))
        edge = {_masked(line) for line, _ in [*lines[:reach], *lines[-reach:]] if not OPENS.match(line)}
        seen.update(edge)
    needed = max(3, len(pages) // 2)
    return {line for line, count in seen.items() if count >= needed and len(line) > 1}


def _masked(line: str) -> str:
    """A line with the numbers at its ends (of pages) made equal; numbers inside it are its own."""
    return _PAGED.sub("#", line)


def _trim(lines: Lines, number: int, heads: set[str]) -> tuple[Lines, int]:
    """A page without its number and running heads; how many lines were dropped."""
    first, last = 0, len(lines)
    for _ in range(_EDGE):
        if first < last and _runs(lines[first][0], number, heads):
            first += 1
        if last > first and _runs(lines[last - 1][0], number, heads):
            last -= 1
    return lines[first:last], first + len(lines) - last


def _runs(line: str, number: int, heads: set[str]) -> bool:
    match = PAGE_NUMBER.match(line)
    if match and abs(int(match[1]) - number) <= 30 and (len(line) < 5 or not line.isdigit()):
        return True
    return _masked(line) in heads and not line.isdigit()


def read(data: bytes, name: str, limits: Limits) -> Extract:
    """A .pdf file. The source text is the mended one; each line and row knows its page."""
    document = _open(data, name)
    try:
        pieces, failed = _pages(document, name, limits)
    finally:
        document.close()
    pages = [
        [_Part(_lines(piece)) if isinstance(piece, str) else _Part([], piece) for piece in page] for page in pieces
    ]
    if pages and pages[0]:
        pages[0][0].lines = _letterhead_first(pages[0][0].lines)
    flat: list[Lines] = [[line for part in page for line in part.lines] for page in pages]
    _check_layer(flat, pages, failed, name)
    heads = _heads(flat)
    warnings: list[str] = []
    builder = _Builder(name, limits, width_of([line for lines in flat for line, _ in lines]))
    dropped = 0
    for number, page in enumerate(pages, 1):
        for part in page:
            if part.table is not None:
                builder.table(part.table, number)
                continue
            body, count = _trim(part.lines, number, heads)
            dropped += count
            for line, blank in body:
                builder.line(line, blank, number)
    blank_pages = [number for number, page in enumerate(pages, 1) if not any(part.lines or part.table for part in page)]
    if failed:
        warnings.append(f"Pages that could not be read: {_list(failed)}.")
    elif blank_pages:
        warnings.append(f"Pages without text (pictures, or empty): {_list(blank_pages)}; nothing of them was read.")
    if dropped:
        warnings.append(f"{dropped} page numbers and running heads were left out.")
    blocks, text = builder.finish()
    check_characters(text, name, limits)
    if _unmapped(text):
        warnings.append(
            "Many letters have no Unicode meaning (fonts in the PDF are not mapped): compare the text with the page."
        )
    return Extract(text, blocks, "pdf", warnings, len(pages))


def _letterhead_first(lines: Lines) -> Lines:
    """A letterhead that the file draws after the text of its page, put where it is seen: at the top."""
    found = next((index for index, (line, _) in enumerate(lines) if MOTTO.match(line)), None)
    if found is None or found < 8:
        return lines
    first = last = found
    while first > 0 and _of_letterhead(lines[first - 1][0]):
        first -= 1
    while last + 1 < len(lines) and _of_letterhead(lines[last + 1][0]):
        last += 1
    return lines[first : last + 1] + lines[:first] + lines[last + 1 :]


def _of_letterhead(line: str) -> bool:
    if len(line) > 70:
        return False
    return bool(line.isupper() or MOTTO.match(line) or NUMBER_LINE.match(line) or PLACE_DATE.search(line))


def _list(numbers: list[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:12])
    return f"{shown} …" if len(numbers) > 12 else shown


def _check_layer(flat: list[Lines], pages: list[list[_Part]], failed: list[int], name: str) -> None:
    if not pages:
        raise DamagedFile("it has no pages", remedy=_SAVE, name=name)
    letters = sum(sum(map(str.isalpha, line)) for lines in flat for line, _ in lines)
    tables = (part.table for page in pages for part in page if part.table is not None)
    letters += sum(len(cell[0]) for table in tables for row in table for cell in row if cell)
    if letters >= 5 * len(pages):
        return
    if failed and len(failed) == len(pages):
        raise DamagedFile("none of its pages can be read", remedy=_SAVE, name=name, place="page 1")
    raise ScannedFile(
        f"its {len(pages)} pages are pictures without a text layer: a scan", remedy=_OCR, name=name, place="page 1"
    )


def _unmapped(text: str) -> bool:
    odd = sum(1 for letter in text[:20_000] if "\ue000" <= letter <= "\uf8ff" or letter == "\ufffd")
    return odd > 50


class _Builder:
    """Puts paragraphs together from broken lines, and tables from the pages that they run over."""

    def __init__(self, name: str, limits: Limits, width: int) -> None:
        self.text = TextBuilder()
        self.blocks: list[Block] = []
        self.width = width
        self.budget = CellBudget(name, limits)
        self.pending: list[str] = []
        self.page = 0
        self.last, self.last_blank = "", False

    def line(self, line: str, blank: bool, page: int) -> None:
        if self.pending and continues(self.last, line, self.width, trailing_space=self.last_blank):
            self._join(line)
        else:
            self.flush()
            self.pending.append(line)
            self.page = page
        self.last, self.last_blank = line, blank

    def _join(self, line: str) -> None:
        before = self.pending[-1]
        if before.endswith("-") and before[-2:-1].isalnum():
            english = before.isascii() and line.isascii() and before[-2].islower() and line[:1].islower()
            self.pending[-1] = before[:-1] if english else before
            self.pending.append(line)
        elif before.endswith("/") and line[:1].isalnum() and before[-2:-1].isalnum():
            self.pending.append(line)
        else:
            self.pending.extend((" ", line))

    def flush(self) -> None:
        if self.pending:
            line = self.text.line(language_text.nfc("".join(self.pending)))
            line.page = self.page
            self.blocks.append(line)
            self.pending.clear()

    def table(self, table: Table, page: int) -> None:
        self.flush()
        self.last = ""
        rows: list[Row] = []
        for cells in table:
            start = self.text.length
            row: list[Cell | None] = []
            for cell in cells:
                if cell is None:
                    row.append(None)
                    continue
                if any(row):
                    self.text.add("\t")
                text = language_text.nfc(_cell_text(cell[0]))
                first, last = self.text.add(text)
                row.append(Cell(text, first, last, cell[1], cell[2]))
            rows.append(Row(row, start, self.text.length, page=page))
            self.text.add("\n")
            self.budget.spend(len(row))
        last_block = self.blocks[-1] if self.blocks else None
        width = len(rows[0].cells)
        if isinstance(last_block, Grid) and len(last_block.rows[0].cells) == width:
            # The same table going on after a page break.
            last_block.rows.extend(rows)
            last_block.end = rows[-1].end
        elif any(cell and cell.text.strip() for row in rows for cell in row.cells):
            self.blocks.append(grid_of(rows, [width] * len(rows), page))

    def finish(self) -> tuple[list[Block], str]:
        self.flush()
        return self.blocks, self.text.text()


def _cell_text(text: str) -> str:
    """The lines of a cell; one that a narrow column broke is put together."""
    found: list[str] = []
    for line, _ in _lines(text):
        if found and not OPENS.match(line) and not TERMINAL.search(found[-1]):
            glue = "" if found[-1].endswith("-") and found[-1][-2:-1].isalnum() else " "
            found[-1] = f"{found[-1]}{glue}{line}"
        else:
            found.append(line)
    return "\n".join(found)
