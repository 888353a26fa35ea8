"""Plain text: one line of the file is one paragraph, unless the file is wrapped at a fixed width."""

from __future__ import annotations

import re
from array import array

from ...language import text as language_text
from ..blocks import Block, Extract, Line
from ..errors import EmptyFile, UndecodableText
from ..limits import Limits
from ..mending import join_wrapped, looks_wrapped
from ..phrases import MOTTO, PAGE_NUMBER, PLACE_DATE, POST, RECIPIENTS, SIGNED, SIGNING_FORM, person_name
from .common import check_characters


def decode(data: bytes, name: str) -> tuple[str, list[str]]:
    """Text of ``data`` in NFC with plain line ends, and a warning that names any encoding but UTF-8."""
    try:
        decoded = language_text.decode(data)
    except language_text.UnreadableText as error:
        raise UndecodableText(
            f"the bytes are not text in a known encoding. {error}",
            remedy="Save the file as UTF-8 text, or give the .docx or .pdf it was made from",
            name=name,
        ) from error
    content = language_text.nfc(decoded.text).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if not content.strip():
        raise EmptyFile("the file holds no text", remedy="Choose the file that holds the document", name=name)
    if "\x00" in content:
        content = content.replace("\x00", " ")
    warnings = []
    if decoded.encoding.replace("_", "-").lower() not in ("utf-8", "utf8", "ascii", "us-ascii"):
        guess = "guessed" if decoded.guessed else "by its mark"
        warnings.append(f"Encoding {decoded.encoding} ({guess}: {decoded.reason}); check the letters.")
    elif decoded.guessed:
        warnings.append(f"Encoding guessed as {decoded.encoding}: {decoded.reason}")
    return content, warnings


def collapse(content: str, start: int, end: int) -> Line | None:
    """The stretch ``[start, end)`` as a line with single spaces; ``None`` when blank."""
    raw = content[start:end]
    stripped = raw.strip()
    if not stripped:
        return None
    offset = start + raw.index(stripped[0])
    if "\t" not in stripped and "  " not in stripped and "\u00a0" not in stripped:
        return Line(stripped, range(offset, offset + len(stripped)))
    letters: list[str] = []
    places = array("I")
    space = False
    for index, letter in enumerate(stripped):
        if letter.isspace():
            if not space:
                letters.append(" ")
                places.append(offset + index)
            space = True
            continue
        space = False
        letters.append(letter)
        places.append(offset + index)
    return Line("".join(letters), places)


_TWO_COLUMNS = re.compile(r"(?P<left>\s*\S.*?)(?:[ \u00a0]{3,}|[ \u00a0]*\t\s*)(?P<right>\S.*)")


def _columns(raw: str) -> list[tuple[int, int]]:
    """Where a typed line lies: whole, or in two where letterhead or signature were set side by side with blanks."""
    match = _TWO_COLUMNS.fullmatch(raw)
    if match is not None:
        left, right = match["left"].strip(), " ".join(match["right"].split())
        listed = left.startswith(("-", "–", "Lưu")) or RECIPIENTS.match(left) is not None
        beside = (
            MOTTO.match(right)
            or PLACE_DATE.fullmatch(right)
            or SIGNING_FORM.match(right)
            or (right.isupper() and POST.match(right))
            or (listed and (SIGNED.match(right) or person_name(right)))
        )
        if beside:
            return [(0, match.end("left")), (match.start("right"), len(raw))]
    return [(0, len(raw))]


def _page_numbers(raws: list[str]) -> set[int]:
    """Lines that only number a page: the first or last one beside a form feed, in a text that a printer was sent."""
    breaks = [index for index, raw in enumerate(raws) if "\f" in raw]
    found = set()
    for at in breaks:
        above = next((index for index in range(at - 1, -1, -1) if raws[index].strip()), None)
        below = next((index for index in range(at, len(raws)) if raws[index].strip()), None)
        found |= {index for index in (above, below) if index is not None and PAGE_NUMBER.match(raws[index].strip())}
    return found


def read(data: bytes, name: str, limits: Limits) -> Extract:
    """A .txt file. The source text is the file's own, in NFC, so spans can be checked against the file."""
    content, warnings = decode(data, name)
    check_characters(content, name, limits)
    blocks: list[Block] = []
    lines: list[Line] = []
    start = 0
    raws = content.split("\n")
    left_out = _page_numbers(raws)
    for index, raw in enumerate(raws):
        for first, last in _columns(raw):
            line = collapse(content, start + first, start + last)
            if line is not None and index not in left_out:
                line.indent = len(raw) - len(raw.lstrip(" \t"))
                lines.append(line)
        start += len(raw) + 1
    if left_out:
        warnings.append(f"{len(left_out)} page numbers were left out.")
    if looks_wrapped([line.text for line in lines]):
        lines = join_wrapped(lines)
    for line in lines:
        line.indent = 0
    blocks.extend(lines)
    return Extract(content, blocks, "txt", warnings)
