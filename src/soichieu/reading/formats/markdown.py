"""Markdown. The source text is the file's own; places lead from each letter read back to the mark-up."""

from __future__ import annotations

import re
from array import array

from ..blocks import Block, Cell, Extract, Line, Row
from ..limits import Limits
from ..mending import OPENS, joined
from .common import CellBudget, check_characters, grid_of
from .plain import collapse, decode

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,}|={3,})$")
_SEPARATOR = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+")
_QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
_TOKENS = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|(?P<strong>\*\*\*|\*\*|___|__)|(?P<em>(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])"
    r"|(?<!\w)_(?=\S)|(?<=\S)_(?!\w))|(?P<code>`+)|(?P<break><br\s*/?>)|(?P<tag></?[a-zA-Z][^<>]{0,200}>)"
    r"|!?\[(?P<link>[^\[\]]{0,400})\]\((?:[^()\s]|\([^()\s]*\)){0,600}(?:\s+\"[^\"]{0,200}\")?\)(?:\{:[^}]{0,80}\})?"
    r"|(?P<spaces>[ \t\u00a0]{2,}|[\t\u00a0])"
)
_SPECIAL = re.compile(r"[\\*_`<\[\t\u00a0]|  ")


def inline(content: str, start: int, end: int) -> Line | None:
    """The stretch ``[start, end)`` without its inline mark-up; ``None`` when nothing is left."""
    line = collapse(content, start, end)
    if line is None:
        return None
    raw_start, raw_end = line.start, line.end
    raw = content[raw_start:raw_end]
    if not _SPECIAL.search(raw):
        return line
    text: list[str] = []
    places = array("I")
    position = 0
    for match in _TOKENS.finditer(raw):
        _keep(raw, position, match.start(), raw_start, text, places)
        position = match.end()
        group = match.lastgroup
        if group in ("escaped", "link"):
            _keep(raw, match.start(group), match.end(group), raw_start, text, places)
        elif group in ("break", "spaces"):
            text.append("\n" if group == "break" else " ")
            places.append(raw_start + match.start())
    _keep(raw, position, len(raw), raw_start, text, places)
    cleaned = "".join(text)
    stripped = cleaned.strip()
    if not stripped:
        return None
    shift = cleaned.index(stripped[0])
    found = Line(stripped, places[shift : shift + len(stripped)])
    bare = raw.strip()
    found.bold = bare.startswith(("**", "__")) and bare.endswith(("**", "__"))
    return found


def _keep(raw: str, first: int, last: int, offset: int, text: list[str], places: array[int]) -> None:
    if last > first:
        text.append(raw[first:last])
        places.extend(range(offset + first, offset + last))


def _cells(content: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the cells of one table line, between unescaped bars."""
    bars = [index for index in range(start, end) if content[index] == "|" and content[index - 1 : index] != "\\"]
    edges = list(bars)
    if not edges or content[start : edges[0]].strip():
        edges.insert(0, start - 1)
    if content[edges[-1] + 1 : end].strip():
        edges.append(end)
    return [(left + 1, right) for left, right in zip(edges, edges[1:], strict=False)]


def _row(content: str, start: int, end: int) -> Row:
    cells: list[Cell | None] = []
    for left, right in _cells(content, start, end):
        line = inline(content, left, right)
        if line is None:
            cells.append(Cell("", left, left))
        else:
            cells.append(Cell(line.text, line.start, line.end, bold=line.bold))
    return Row(cells, start, end)


def read(data: bytes, name: str, limits: Limits) -> Extract:
    """A .md file: headings, lists, pipe tables; inline mark-up is left out of what is read, not out of the text."""
    content, warnings = decode(data, name)
    check_characters(content, name, limits)
    budget = CellBudget(name, limits)
    blocks: list[Block] = []
    spans = []
    start = 0
    for raw in content.split("\n"):
        spans.append((start, start + len(raw)))
        start += len(raw) + 1
    open_paragraph = False
    index = 0
    while index < len(spans):
        start, end = spans[index]
        raw = content[start:end]
        if not raw.strip():
            open_paragraph = False
            index += 1
            continue
        if "|" in raw and index + 1 < len(spans) and _is_table(content, spans, index):
            index = _table(content, spans, index, blocks, budget)
            open_paragraph = False
            continue
        index += 1
        heading = _HEADING.match(raw)
        if heading:
            line = inline(content, start + heading.start(2), start + heading.end(2)) or collapse(content, start, end)
            if line is not None:
                line.level = len(heading[1])
                blocks.append(line)
            open_paragraph = False
            continue
        quote = _QUOTE.match(raw)
        item = _ITEM.match(raw)
        line = None if _RULE.match(raw) else _text(content, start, end, quote, item)
        if line is None:
            # Nothing but mark-up: it is kept as it stands, so that no letter of the file is lost.
            line = collapse(content, start, end)
        if line is None:
            continue
        if item:
            line.indent = len(item[1].expandtabs(4)) // 2
            line.listed = True
        last = blocks[-1] if blocks else None
        soft = open_paragraph and isinstance(last, Line) and not item and not OPENS.match(line.text)
        if soft and isinstance(last, Line) and not _RULE.match(raw):
            blocks[-1] = joined(last, line)
        else:
            blocks.append(line)
        open_paragraph = not raw.endswith(("  ", "\\")) and not _RULE.match(raw)
    return Extract(content, blocks, "md", warnings)


def _text(content: str, start: int, end: int, quote: re.Match[str] | None, item: re.Match[str] | None) -> Line | None:
    if quote:
        start += quote.end()
    if item and content[start + len(item[1])] in "*+-":
        # The marker stays as it is printed; emphasis begins after it.
        marker = start + len(item[1])
        rest = inline(content, start + item.end(), end)
        if rest is None:
            return collapse(content, start, end)
        places = array("I", [marker, marker + 1])
        places.extend(rest.places)
        printed = "-" if content[marker] == "*" else content[marker]
        return Line(printed + " " + rest.text, places, bold=rest.bold)
    return inline(content, start, end)


def _is_table(content: str, spans: list[tuple[int, int]], index: int) -> bool:
    following = content[slice(*spans[index + 1])]
    return "-" in following and "|" in following and _SEPARATOR.match(following) is not None


def _table(content: str, spans: list[tuple[int, int]], index: int, blocks: list[Block], budget: CellBudget) -> int:
    rows = [_row(content, *spans[index])]
    rows[0].header = True
    separator_end = spans[index + 1][1]
    index += 2
    while index < len(spans) and "|" in content[slice(*spans[index])]:
        rows.append(_row(content, *spans[index]))
        index += 1
    rows[0].end = separator_end
    widths = [len(row.cells) for row in rows]
    budget.spend(sum(widths))
    blocks.append(grid_of(rows, widths))
    return index
