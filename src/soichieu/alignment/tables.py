"""The files of ``soichieu align``: TSV with a header line, then ``id<TAB>text`` and perhaps ``heading``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..language.text import nfc
from .model import Text

ID_NAMES = frozenset({"id", "code", "key", "left", "right", "item", "provision", "no", "no.", "stt", "tt", "mã"})
TEXT_NAMES = frozenset({"text", "sentence", "content", "task", "requirement", "description", "nội dung", "nhiệm vụ"})
"""What the first two columns may be called; one of the two is enough to tell a header from a text."""


class UnusableTable(ValueError):
    """A file that cannot be aligned; the message names the file, the line and the remedy."""


def read_texts(path: Path, told: Callable[[str], object] | None = None) -> list[Text]:
    """The texts of a TSV in UTF-8, in their order. Further columns are ignored; blank lines too. `UnusableTable`.

    A text may be empty; `told` hears of each, with file, line and remedy.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnusableTable(f"{path}: {error.strerror}; name a file that can be read") from error
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UnusableTable(f"{path}, line {line}: not UTF-8; save the file as UTF-8 and try again") from error
    if "\0" in content:
        line = content[: content.index("\0")].count("\n") + 1
        raise UnusableTable(f"{path}, line {line}: a NUL character: not a text file; save it as TSV in UTF-8")
    lines = [line.rstrip("\r") for line in content.split("\n")]
    if not any(line.strip() for line in lines):
        raise UnusableTable(f"{path}: empty; the first line is a header, then one text a line: id, a tab, the text")
    first, heading = _header(path, lines)
    return _texts(path, lines, first, heading, told)


def _header(path: Path, lines: list[str]) -> tuple[int, int | None]:
    """Where the header stands, and the column of the heading if there is one."""
    number = next(place for place, line in enumerate(lines) if line.strip())
    names = [name.strip().casefold() for name in lines[number].split("\t")]
    if len(names) < 2 or not (names[0] in ID_NAMES or names[1] in TEXT_NAMES):
        raise UnusableTable(
            f"{path}, line {number + 1}: no header; the first line names the columns: id, a tab, text,"
            " and perhaps a tab and heading"
        )
    return number, 2 if len(names) > 2 and names[2] == "heading" else None


def _texts(
    path: Path, lines: list[str], first: int, heading: int | None, told: Callable[[str], object] | None
) -> list[Text]:
    found: list[Text] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines[first + 1 :], first + 2):
        if not line.strip():
            continue
        cells = line.split("\t")
        name = cells[0].strip()
        if len(cells) < 2:
            raise UnusableTable(f"{path}, line {number}: one column only; put a tab between the id and the text")
        if not name:
            raise UnusableTable(f"{path}, line {number}: no id; every text needs one of its own")
        if name in seen:
            raise UnusableTable(
                f"{path}, line {number}: the id {name} stands in line {seen[name]} already; give each text its own"
            )
        seen[name] = number
        if told is not None and not cells[1].strip():
            told(
                f"{path}, line {number}: {name} has no text: nothing can be suggested with it (score 0, none);"
                " write its text, or leave the line out"
            )
        above = cells[heading].strip() if heading is not None and len(cells) > heading else ""
        found.append(Text(name, nfc(cells[1].strip()), nfc(above)))
    if not found:
        raise UnusableTable(f"{path}: a header and no text; put one text a line below it: id, a tab, the text")
    return found
