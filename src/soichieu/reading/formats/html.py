"""HTML pages: text in the order of the page, without scripts; headings, lists and tables kept."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

from ...language import text as language_text
from ..blocks import Block, Cell, Extract, Row, TextBuilder
from ..errors import DamagedFile, EmptyFile
from ..limits import Limits
from .common import CellBudget, check_characters, grid_of
from .plain import decode

_SKIPPED = {
    "script",
    "style",
    "head",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "nav",
    "button",
    "select",
    "form",
}
_INLINE = {"a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "small",
           "span", "strong", "sub", "sup", "u", "var", "o:p", "big", "strike"}  # fmt: skip
_DEPTH = 200
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


class _Walker:
    def __init__(self, name: str, limits: Limits) -> None:
        self.builder = TextBuilder()
        self.blocks: list[Block] = []
        self.budget = CellBudget(name, limits)
        self.pending: list[str] = []
        self.bold: list[bool] = []
        self.level = 0
        self.indent = 0
        self.label = ""

    def flush(self) -> None:
        text = "".join(self.pending)
        bold = bool(self.bold) and all(self.bold)
        self.pending.clear()
        self.bold.clear()
        for piece in text.split("\v"):
            line = " ".join(language_text.nfc(piece).split())
            if not line:
                continue
            if self.label:
                line = f"{self.label} {line}"
                self.label = ""
            self.blocks.append(self.builder.line(line, level=self.level, bold=bold, indent=self.indent))

    def text(self, content: str | None, bold: bool) -> None:
        if content:
            self.pending.append(content)
            if content.strip():
                self.bold.append(bold)

    def walk(self, element: etree._Element, bold: bool = False, depth: int = 0) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _SKIPPED or depth > _DEPTH or element.get("hidden") is not None:
            return
        if tag == "br":
            self.pending.append("\v")
            return
        if tag == "table" and _is_data(element):
            self.flush()
            self._table(element)
            return
        block = tag not in _INLINE
        bold = bold or tag in ("b", "strong", "th")
        kept = (self.level, self.indent)
        if block:
            self.flush()
            if re.fullmatch(r"h[1-6]", tag):
                self.level = int(tag[1])
            if tag in ("ul", "ol"):
                self.indent += 1
            if tag == "li":
                self.label = _item_label(element)
        self.text(element.text, bold)
        for child in element:
            self.walk(child, bold, depth + 1)
            self.text(child.tail, bold)
        if block:
            self.flush()
            self.label = ""
            self.level, self.indent = kept

    def _cell(self, element: etree._Element) -> tuple[str, bool]:
        inner = _Walker.__new__(_Walker)
        inner.builder, inner.blocks, inner.budget = TextBuilder(), [], self.budget
        inner.pending, inner.bold, inner.level, inner.indent, inner.label = [], [], 0, 0, ""
        inner.text(element.text, element.tag == "th")
        for child in element:
            if child.tag == "table":
                inner.pending.append("\v" + " ".join(str(part) for part in child.itertext()) + "\v")
            else:
                inner.walk(child, element.tag == "th")
            inner.text(child.tail, element.tag == "th")
        inner.flush()
        lines = [block for block in inner.blocks if hasattr(block, "text")]
        return "\n".join(line.text for line in lines), bool(lines) and all(line.bold for line in lines)  # type: ignore[union-attr]

    def _table(self, table: etree._Element) -> None:
        rows: list[Row] = []
        widths: list[int] = []
        reach: dict[int, int] = {}
        for element in table.iter("tr"):
            start = self.builder.length
            cells: list[Cell | None] = []
            for cell in element:
                if cell.tag not in ("td", "th"):
                    continue
                while reach.get(len(cells), 0) > 0:
                    reach[len(cells)] -= 1
                    cells.append(None)
                text, bold = self._cell(cell)
                columns = _span(cell.get("colspan"), 100)
                down = _span(cell.get("rowspan"), 1000)
                if cells:
                    self.builder.add("\t")
                first, last = self.builder.add(text)
                for column in range(len(cells), len(cells) + columns):
                    if down > 1:
                        reach[column] = down - 1
                cells.append(Cell(text, first, last, columns, down, bold))
                cells.extend([None] * (columns - 1))
            while reach.get(len(cells), 0) > 0:
                reach[len(cells)] -= 1
                cells.append(None)
            self.budget.spend(len(cells) + 1)
            if self.builder.length > start:
                rows.append(Row(cells, start, self.builder.length))
                widths.append(len(cells))
                self.builder.add("\n")
        if rows:
            self.blocks.append(grid_of(rows, widths))


def _span(value: str | None, most: int) -> int:
    return max(1, min(int(value), most)) if value and value.isascii() and value.isdigit() and len(value) < 6 else 1


def _item_label(element: etree._Element) -> str:
    parent = element.getparent()
    if parent is None or parent.tag != "ol":
        text = "".join(str(part) for part in element.itertext()).strip()[:2]
        return "" if text[:1] in "-–•+*" else "-"
    before = sum(1 for _ in element.itersiblings("li", preceding=True))
    start = _span(parent.get("start"), 10_000)
    number = start + before
    kind = parent.get("type", "1")
    if kind in "aA" and number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter.upper()}." if kind == "A" else f"{letter})"
    if kind in "iI":
        from .numbering import roman

        return f"{roman(number)}." if kind == "I" else f"({roman(number).lower()})"
    return f"{number}."


def _is_data(table: etree._Element) -> bool:
    """A table of data, not one that lays out a page or a letterhead."""
    rows = list(table.iter("tr"))
    widths = [sum(1 for cell in row if cell.tag in ("td", "th")) for row in rows]
    return len(rows) >= 2 and max(widths, default=0) >= 3 and next(table.iterdescendants("table"), None) is None


def read(data: bytes, name: str, limits: Limits) -> Extract:
    """A .html file; its source text is that of the page, line by line."""
    declared = _CHARSET.search(data[:2048])
    warnings: list[str] = []
    content = ""
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        try:
            content = data.decode(declared[1].decode("ascii"))
            warnings.append(f"Encoding {declared[1].decode('ascii')}, as the page declares; check the letters.")
        except (UnicodeDecodeError, LookupError):
            content = ""
    if not content:
        content, warnings = decode(data, name)
    content = re.sub(r"<\?xml[^>]*\?>", "", content, count=1).replace("\x00", " ")
    try:
        root = lxml_html.document_fromstring(content)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        if "empty" in str(error).lower():
            raise EmptyFile("the page holds no text", remedy="Save the page with its text", name=name) from error
        raise DamagedFile(f"it is no whole HTML page ({error})", remedy="Save the page anew", name=name) from error
    walker = _Walker(name, limits)
    body = root.find("body")
    walker.walk(body if body is not None else root)
    walker.flush()
    text = walker.builder.text()
    if not text.strip():
        raise EmptyFile(
            "the page shows no text without its scripts", remedy="Save the page as text from the browser", name=name
        )
    check_characters(text, name, limits)
    return Extract(text, walker.blocks, "html", warnings)
