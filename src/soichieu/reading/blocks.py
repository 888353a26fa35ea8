"""What every format is turned into first: one text, and the blocks (lines and tables) that lie in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Line:
    """One logical line or paragraph.

    ``text`` is what a person reads (no mark-up, one space between words); ``places[i]`` is the position of
    ``text[i]`` in the source text. ``level`` is that of a heading mark (``#``, Heading 1, h1), 0 for none.
    ``indent`` counts steps of indentation of a list item. ``bold`` when all of it is. ``page`` counts from 1.
    ``note`` marks a footnote.
    """

    text: str
    places: Sequence[int]
    level: int = 0
    indent: int = 0
    bold: bool = False
    centred: bool = False
    page: int = 0
    listed: bool = False
    note: bool = False

    @property
    def start(self) -> int:
        return self.places[0]

    @property
    def end(self) -> int:
        return self.places[-1] + 1


@dataclass(slots=True)
class Cell:
    """One cell; a merged one stands once, at its first row and column, and says how far it reaches."""

    text: str
    start: int
    end: int
    columns: int = 1
    rows: int = 1
    bold: bool = False


@dataclass(slots=True)
class Row:
    """A row of a table: its cells by column (``None`` where a merged cell reaches in), and where it lies."""

    cells: list[Cell | None]
    start: int
    end: int
    header: bool = False
    page: int = 0


@dataclass(slots=True)
class Grid:
    """A table: rows of equal width. ``ragged`` lists rows (from 1) that had another number of cells in the source."""

    rows: list[Row]
    start: int
    end: int
    ragged: list[int] = field(default_factory=list)
    page: int = 0


Block = Line | Grid


@dataclass(slots=True)
class Extract:
    """A file's text with its blocks in order. Spans of everything read count characters of ``text`` (NFC)."""

    text: str
    blocks: list[Block]
    reader: str
    warnings: list[str] = field(default_factory=list)
    pages: int = 0


class TextBuilder:
    """Puts a source text together piece by piece, for formats whose text is not one string in the file."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0

    def add(self, piece: str) -> tuple[int, int]:
        """Append ``piece``; gives its span."""
        start = self.length
        self._parts.append(piece)
        self.length += len(piece)
        return start, self.length

    def line(self, text: str, **features: object) -> Line:
        start, end = self.add(text)
        self.add("\n")
        return Line(text, range(start, end), **features)  # type: ignore[arg-type]

    def text(self) -> str:
        return "".join(self._parts)
