"""What a single line opens: an annex, a heading without a label, a quotation over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .blocks import Block, Line
from .mending import TERMINAL, is_upper
from .outline import Outline
from .phrases import ANNEX, POST, SEPARATOR, SIGNED, person_name
from .tree import Node, piece_of

_QUOTE_REACH = 200
_WORD = re.compile(r"[^\W\d_]{2}")


def end_of_quotation(blocks: Sequence[Block], index: int) -> int:
    """The last line of an amended text that is quoted from line ``index`` on; -1 when it is not.

    The labels of a quoted text are its own, not this document's.
    """
    line = blocks[index]
    if not isinstance(line, Line) or "”" in line.text or line.text.count('"') > 1:
        return -1
    closing = re.compile(("”" if line.text[0] == "“" else '"') + r"[.;,]?\s*$")
    for at in range(index + 1, min(index + _QUOTE_REACH, len(blocks))):
        block = blocks[at]
        if not isinstance(block, Line) or block.text[:1] == line.text[0]:
            return -1
        if closing.search(block.text):
            return at
    return -1


def signed_below(blocks: Sequence[Block], index: int) -> bool:
    """Whether the post on line ``index`` is followed by a name alone: laws and resolutions end without a form."""
    for block in blocks[index + 1 : index + 4]:
        if not isinstance(block, Line):
            return False
        if SIGNED.match(block.text) or SEPARATOR.fullmatch(block.text) or POST.match(block.text):
            continue
        return bool(person_name(block.text))
    return False


def opens_heading(line: Line, outline: Outline, before: str) -> bool:
    """Whether a line without a label is a heading: marked as one, or in capitals between finished paragraphs."""
    text = line.text
    if outline.awaiting is not None:
        return False
    if line.level:
        return True
    if not is_upper(text) or not 6 < len(text) < 200 or TERMINAL.search(text) or len(outline.stack) < 2:
        return False
    apart = line.bold or line.centred or not before or TERMINAL.search(before) is not None
    return apart and _WORD.search(text) is not None


def annex_of(line: Line, count: int) -> Node | None:
    """The node of the annex that the line opens ("PHỤ LỤC II", "Phụ lục 2: Biểu mẫu"); a mere mention opens none.

    ``count`` is its number among the annexes, used where it prints none.
    """
    text = line.text
    match = ANNEX.match(text)
    if match is None or len(text) > 250 or not (match["number"] or not match["rest"]):
        return None
    rest = match["rest"].strip()
    if rest and not (is_upper(rest) or rest.startswith("(") or match["after"].strip()):
        return None
    if text.endswith(";") or (not is_upper(match["word"]) and rest[:1].islower()):
        return None
    number = match["number"] or (str(count) if count > 1 else "")
    opened = Node("annex", "annex", f"PL{number}", start=line.start, label=text, rank=-1.0, page=line.page)
    if rest:
        opened.label = text[: match.start("rest")].strip()
        piece = piece_of(line, match.start("rest"))
        opened.heading = [piece] if piece else []
    return opened
