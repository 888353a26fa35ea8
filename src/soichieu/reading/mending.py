"""Lines that a page or a fixed width broke, put together again."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence

from .blocks import Line

TERMINAL = re.compile(r"[.;:!?…][\"'”’)\]]*$|/\.$")
# What opens a provision: never glued to the line before without a look at the sequence.
OPENS = re.compile(
    r"(?:[IVXLC]{1,7}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3}){0,4}|[a-zđ]{1,2}|\([a-zđ0-9]{1,4}\))\s?[.)/:–—-](?!\d)\s?(?=\S)"
    r"|[-–—+*•●▪◦]\s"
    r"|(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu mục|TIỂU MỤC|Điều|ĐIỀU|Phụ lục|PHỤ LỤC"
    r"|Part|PART|Chapter|CHAPTER|Section|SECTION|Article|ARTICLE|Annex|ANNEX|Appendix|APPENDIX)\s+[\dIVXLCA-Z]"
    r"|(?:Nơi nhận|NƠI NHẬN|Kính gửi|Căn cứ|Theo đề nghị|Xét)\b|(?:T/M|TM\.|KT\.|TL\.|TUQ\.|Q\.)\s?[A-ZĐ]"
)
_HANGING = re.compile(
    r"(?:^|\s)(?:của|và|các|về|số|theo|tại|cho|với|do|là|được|trong|đến|từ|ngày|tháng|năm|những|một|có|bằng|hoặc|để|trên"
    r"|phải|việc|Điều|khoản|điểm|the|of|and|to|in|for|a|an|or|by|with|on)$|,$"
)
_RAGGED_DASH = re.compile(r"[-–—]\s")


def is_upper(text: str) -> bool:
    """Letters there are, and all of them capitals."""
    return text.isupper()


def width_of(texts: Sequence[str]) -> int:
    """The usual width of a full line, in characters."""
    lengths = sorted(len(text) for text in texts if text)
    return lengths[int(len(lengths) * 0.85)] if lengths else 0


def continues(before: str, after: str, width: int, *, trailing_space: bool = False) -> bool:
    """Whether ``after`` goes on with the paragraph that ``before`` is the last line of."""
    head = after.lstrip("“\"'(")[:1]
    ended = TERMINAL.search(before) is not None or (before.startswith("(") and before.endswith(")"))
    first_word = after.split(" ", 1)[0]
    full = len(before) + 1 + len(first_word) >= width * 0.94
    if OPENS.match(after):
        # "Sở Quy hoạch / - Kiến trúc": a dash that a full line pushed down.
        return bool(_RAGGED_DASH.match(after)) and full and not ended and before[-1:].isalnum() and trailing_space
    if is_upper(before) != is_upper(after) and (is_upper(before) or len(after) > 3):
        return False
    if head.islower() or (head.isdigit() and not ended):
        return not ended or before.endswith((";", ":")) is False and full
    if not ended and _HANGING.search(before) and not is_upper(after):
        return True
    if not ended and trailing_space and len(before) > width * 0.75:
        return True
    if ended:
        return full and not is_upper(before) and before.endswith(".") and len(before) > width * 0.7
    return full


def looks_wrapped(texts: Sequence[str]) -> bool:
    """Whether a plain text is wrapped at a fixed width, rather than one paragraph a line."""
    if len(texts) < 8:
        return False
    width = width_of(texts)
    if not 40 <= width <= 130 or max(len(text) for text in texts) > 180:
        return False
    broken = sum(
        1
        for before, after in zip(texts, texts[1:], strict=False)
        if after[:1].islower() and not OPENS.match(after) and not TERMINAL.search(before)
    )
    return broken >= max(3, len(texts) // 8)


def joined(first: Line, second: Line) -> Line:
    """Two lines as one, with a space between them that stands where the first line ended."""
    glue = " "
    if first.text.endswith("-") and first.text[-2:-1].islower() and second.text[:1].islower() and first.text.isascii():
        # A hyphenated English word; a Vietnamese syllable is never broken.
        merged = Line(first.text[:-1] + second.text, _chain(first.places[:-1], None, second.places))
    elif first.text.endswith(("-", "/")) and not first.text.endswith((" -", " /")):
        merged = Line(first.text + second.text, _chain(first.places, None, second.places))
    else:
        merged = Line(first.text + glue + second.text, _chain(first.places, first.end, second.places))
    merged.level, merged.indent, merged.bold = first.level, first.indent, first.bold and second.bold
    merged.page, merged.centred, merged.listed = first.page, first.centred, first.listed
    return merged


def _chain(first: Sequence[int], between: int | None, second: Sequence[int]) -> Sequence[int]:
    places = array("I", first)
    if between is not None:
        places.append(between)
    places.extend(second)
    return places


def join_wrapped(lines: list[Line]) -> list[Line]:
    """Paragraphs of a wrapped text."""
    width = width_of([line.text for line in lines])
    found: list[Line] = []
    last = ""
    for line in lines:
        if found and line.indent <= found[-1].indent + 8 and continues(last, line.text, width):
            found[-1] = joined(found[-1], line)
        else:
            found.append(line)
        last = line.text
    return found
