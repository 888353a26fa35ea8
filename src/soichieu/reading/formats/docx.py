"""Word documents (.docx): paragraphs with their printed labels, tables with merged cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from ...language import text as language_text
from ..blocks import Block, Cell, Extract, Grid, Line, Row, TextBuilder
from ..errors import DamagedFile, EmptyFile
from ..limits import Limits
from .common import CellBudget, check_characters, grid_of
from .numbering import Numbering, W, _int, _value
from .package import Package

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{_MC}Fallback", f"{W}rPr", f"{W}pPr"}
# A table that only lays out a letterhead or the end of a document beside each other.
_LAYOUT = re.compile(
    r"cộng h[òo]?[àa]? xã hội|đảng cộng sản việt nam|độc lập\s*[-–]\s*tự do|^\s*số\s*:|^\s*nơi nhận|^\s*kính gửi"
    r"|^\s*(?:t/m|tm\.|kt\.|tl\.|tuq\.)\s|đại diện|\(ký",
    re.IGNORECASE | re.MULTILINE,
)
_DEPTH = 40


@dataclass(slots=True)
class _Style:
    based: str = ""
    number: str = ""
    level: int = -1
    outline: int = 0
    bold: bool | None = None


def _on(element: etree._Element | None) -> bool | None:
    return None if element is None else _value(element, "1") not in ("0", "false", "off", "none")


class _Reader:
    def __init__(self, package: Package, name: str, limits: Limits) -> None:
        self.name = name
        self.builder = TextBuilder()
        self.blocks: list[Block] = []
        self.budget = CellBudget(name, limits)
        self.styles: dict[str, _Style] = {}
        self.default_style = ""
        self._read_styles(package.xml("word/styles.xml"))
        numbers = {key: self._number_of_style(key) for key in self.styles}
        self.numbering = Numbering(package.xml("word/numbering.xml"), numbers)
        self.flat: list[tuple[str, bool]] = []

    def _read_styles(self, root: etree._Element | None) -> None:
        if root is None:
            return
        for element in root.iterfind(f"{W}style"):
            if element.get(f"{W}type", "paragraph") != "paragraph":
                continue
            key = element.get(f"{W}styleId", "")
            style = _Style(based=_value(element.find(f"{W}basedOn")))
            properties = element.find(f"{W}pPr")
            if properties is not None:
                number = properties.find(f"{W}numPr")
                if number is not None:
                    style.number = _value(number.find(f"{W}numId"))
                    style.level = _int(_value(number.find(f"{W}ilvl")), -1)
                outline = properties.find(f"{W}outlineLvl")
                if outline is not None:
                    style.outline = _int(_value(outline), 9) + 1
            run = element.find(f"{W}rPr")
            if run is not None:
                style.bold = _on(run.find(f"{W}b"))
            named = re.fullmatch(r"heading (\d)", _value(element.find(f"{W}name")), re.IGNORECASE)
            if named and not style.outline:
                style.outline = int(named[1])
            if element.get(f"{W}default") in ("1", "true"):
                self.default_style = key
            self.styles[key] = style

    def _chain(self, key: str) -> list[tuple[str, _Style]]:
        found: list[tuple[str, _Style]] = []
        while key in self.styles and len(found) < 12:
            found.append((key, self.styles[key]))
            key = self.styles[key].based
        return found

    def _number_of_style(self, key: str) -> tuple[str, int]:
        for _, style in self._chain(key):
            if style.number:
                return style.number, max(style.level, 0)
        return "", 0

    # Paragraphs

    def _label(self, paragraph: etree._Element, style: str) -> tuple[str, int]:
        properties = paragraph.find(f"{W}pPr")
        number, level = "", -1
        own = None if properties is None else properties.find(f"{W}numPr")
        if own is not None:
            number = _value(own.find(f"{W}numId"))
            level = _int(_value(own.find(f"{W}ilvl")), -1)
        if not number:
            for key, found in self._chain(style):
                if found.number:
                    number = found.number
                    if level < 0:
                        level = found.level if found.level >= 0 else self.numbering.level_of_style(number, key)
                    break
        if not number or number == "0":
            return "", 0
        return self.numbering.label(number, max(level, 0)), max(level, 0)

    def _pieces(self, element: etree._Element, out: list[str], boxes: list[etree._Element], depth: int = 0) -> None:
        """The letters of a paragraph in order; text boxes are put aside."""
        if depth > _DEPTH:
            return
        for child in element:
            tag = child.tag
            if tag == f"{W}t":
                out.append(child.text or "")
            elif tag in _SKIPPED or not isinstance(tag, str):
                continue
            elif tag in (f"{W}tab", f"{W}ptab"):
                out.append(" ")
            elif tag in (f"{W}br", f"{W}cr"):
                out.append("\n")
            elif tag == f"{W}noBreakHyphen":
                out.append("-")
            elif tag == f"{W}sym":
                out.append("•" if not out else "")
            elif tag == f"{W}txbxContent":
                boxes.append(child)
            else:
                self._pieces(child, out, boxes, depth + 1)

    def paragraph(self, element: etree._Element, in_cell: bool = False) -> list[tuple[str, dict[str, object]]]:
        """The printed lines of a paragraph, its label first, with what is known of their look.

        An empty paragraph of a list still counts; in a cell (a column of running numbers) its label is all its text.
        """
        properties = element.find(f"{W}pPr")
        style = _value(properties.find(f"{W}pStyle")) if properties is not None else ""
        style = style or self.default_style
        out: list[str] = []
        boxes: list[etree._Element] = []
        self._pieces(element, out, boxes)
        text = language_text.nfc("".join(out))
        found: list[tuple[str, dict[str, object]]] = []
        label, depth = self._label(element, style)
        if in_cell and label and not text.strip():
            found = [(label, {})]
        elif text.strip():
            chain = [item for _, item in self._chain(style)]
            level = next((item.outline for item in chain if item.outline), 0)
            if properties is not None and (outline := properties.find(f"{W}outlineLvl")) is not None:
                level = _int(_value(outline), 9) + 1
            level = level if level <= 6 else 0
            bold = next((item.bold for item in chain if item.bold is not None), False)
            runs = [run for run in element.iter(f"{W}r") if any((t.text or "").strip() for t in run.iter(f"{W}t"))]
            weights = [_on(run.find(f"{W}rPr/{W}b")) for run in runs]
            heavy = bool(weights) and all(bold if weight is None else weight for weight in weights)
            centred = properties is not None and _value(properties.find(f"{W}jc")) == "center"
            lines = [" ".join(piece.split()) for piece in text.split("\n")]
            lines = [line for line in lines if line]
            if label:
                lines[0] = f"{label} {lines[0]}"
            look: dict[str, object] = {
                "level": level,
                "bold": heavy,
                "centred": centred,
                "indent": depth if label else 0,
            }
            found = [(line, look) for line in lines]
        for box in boxes:
            for inner in box.iter(f"{W}p"):
                pieces: list[str] = []
                self._pieces(inner, pieces, [])
                line = " ".join(language_text.nfc("".join(pieces)).split())
                if line:
                    found.append((line, {}))
        return found

    # Tables

    def _cell_text(self, cell: etree._Element) -> tuple[str, bool]:
        lines = [item for paragraph in cell.iter(f"{W}p") for item in self.paragraph(paragraph, True)]
        return "\n".join(line for line, _ in lines), bool(lines) and all(look.get("bold") for _, look in lines)

    def table(self, element: etree._Element) -> None:
        """A table as a grid, or as lines when it only lays text out."""
        read: list[tuple[list[tuple[str, int, str, bool]], bool, int]] = []
        for row in _rows(element):
            properties = row.find(f"{W}trPr")
            before = 0
            header = False
            if properties is not None:
                before = _int(_value(properties.find(f"{W}gridBefore")), 0)
                header = _on(properties.find(f"{W}tblHeader")) is True
            cells = []
            for cell in _cells(row):
                span, merge = 1, ""
                own = cell.find(f"{W}tcPr")
                if own is not None:
                    span = max(1, min(_int(_value(own.find(f"{W}gridSpan")), 1), 200))
                    vertical = own.find(f"{W}vMerge")
                    merge = "" if vertical is None else _value(vertical, "continue")
                text, bold = self._cell_text(cell)
                cells.append((text, span, merge, bold))
            read.append((cells, header, max(0, min(before, 50))))
            self.budget.spend(len(cells) + before)
        everything = "\n".join(text for cells, _, _ in read for text, _, _, _ in cells)
        if not everything.strip():
            return
        single = all(len(cells) <= 1 for cells, _, _ in read)
        narrow = max((len(cells) for cells, _, _ in read), default=0) <= 3
        if single or (narrow and len(read) <= 5 and _LAYOUT.search(everything)):
            for cells, _, _ in read:
                for text, _, _, bold in cells:
                    for line in filter(None, text.split("\n")):
                        self.blocks.append(self.builder.line(line, bold=bold))
            return
        self._grid(read)

    def _grid(self, read: list[tuple[list[tuple[str, int, str, bool]], bool, int]]) -> None:
        rows: list[Row] = []
        widths: list[int] = []
        open_cells: dict[int, Cell] = {}
        for cells, header, before in read:
            start = self.builder.length
            row: list[Cell | None] = [None] * before
            for position, (text, span, merge, bold) in enumerate(cells):
                column = len(row)
                if position:
                    self.builder.add("\t")
                if merge == "continue" and column in open_cells:
                    open_cells[column].rows += 1
                    row.extend([None] * span)
                    if text.strip():
                        # Hidden by Word under the merged cell, yet in the file: keep it where it belongs.
                        first, last = self.builder.add(text)
                        row[column] = Cell(text, first, last, span)
                    continue
                first, last = self.builder.add(text)
                cell = Cell(text, first, last, span, bold=bold)
                if merge == "restart":
                    open_cells[column] = cell
                else:
                    open_cells.pop(column, None)
                row.append(cell)
                row.extend([None] * (span - 1))
            rows.append(Row(row, start, self.builder.length, header))
            widths.append(len(row))
            self.builder.add("\n")
        if rows:
            self.blocks.append(grid_of(rows, widths))

    def body(self, element: etree._Element, depth: int = 0) -> None:
        """Walk block-level content in order."""
        if depth > _DEPTH:
            return
        for child in element:
            tag = child.tag
            if tag == f"{W}p":
                for line, look in self.paragraph(child):
                    self.blocks.append(self.builder.line(line, **look))
            elif tag == f"{W}tbl":
                self.table(child)
            elif tag in _SKIPPED or not isinstance(tag, str) or tag == f"{W}sectPr":
                continue
            else:
                self.body(child, depth + 1)


def _rows(table: etree._Element) -> list[etree._Element]:
    found = []
    for child in table:
        if child.tag == f"{W}tr":
            found.append(child)
        elif child.tag in (f"{W}sdt", f"{W}customXml", f"{W}ins"):
            found.extend(row for row in child.iter(f"{W}tr"))
    return found


def _cells(row: etree._Element) -> list[etree._Element]:
    found = []
    for child in row:
        if child.tag == f"{W}tc":
            found.append(child)
        elif child.tag in (f"{W}sdt", f"{W}customXml", f"{W}ins"):
            found.extend(child.iter(f"{W}tc"))
    return found


def read(data: bytes, name: str, limits: Limits) -> Extract:
    """A .docx file. Its source text is put together from paragraphs (with printed labels) and cells."""
    package = Package(data, name, limits)
    root = package.xml("word/document.xml")
    if root is None:
        raise DamagedFile(
            "it has no main text part",
            remedy="Open it in Word and save it anew as .docx",
            name=name,
            place="word/document.xml",
        )
    body = root.find(f"{W}body")
    reader = _Reader(package, name, limits)
    if body is not None:
        reader.body(body)
    warnings: list[str] = []
    for part, what in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
        notes = package.xml(part) if part in package.names else None
        if notes is None:
            continue
        count = 0
        for note in notes:
            if note.get(f"{W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            before = len(reader.blocks)
            reader.body(note)
            for block in reader.blocks[before:]:
                if isinstance(block, Line):
                    block.note = True
            count += len(reader.blocks) > before
        if count:
            warnings.append(f"{count} {what}s stand at the end of the text, away from the words they explain.")
    text = reader.builder.text()
    if not text.strip():
        raise EmptyFile(
            "the document holds no text (perhaps only pictures)",
            remedy="Give the document with its text; letters in pictures must be recognised elsewhere first (OCR)",
            name=name,
        )
    check_characters(text, name, limits)
    return Extract(text, _mended(reader, warnings), "docx", warnings)


def _mended(reader: _Reader, warnings: list[str]) -> list[Block]:
    """The blocks; text that is in an old one-byte font is named."""
    if any(isinstance(block, Line | Grid) for block in reader.blocks):
        sample = reader.builder.text()[:20_000]
        mended = language_text.mend_legacy(sample)
        if mended is not None:
            warnings.append(
                f"The letters look like {mended.encoding} (an old font such as .VnTime): "
                "open the file in Word, convert it to Unicode and give it again."
            )
    return reader.blocks
