"""Word's automatic numbering: what the printed label of a paragraph is (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_PLACEHOLDER = re.compile(r"%([1-9])")
# Bullets are drawn with fonts of symbols; in print they are one of these.
_SYMBOLS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "-", "o": "○", "\uf0a8": "•"}


def roman(number: int) -> str:
    """A positive number below 4000 in Roman capitals; others as digits."""
    if not 0 < number < 4000:
        return str(number)
    letters = []
    for value, letter in _ROMAN:
        times, number = divmod(number, value)
        letters.append(letter * times)
    return "".join(letters)


def letters(number: int) -> str:
    """a … z, then aa, bb …, as Word prints them (Word knows no đ: its fifth letter is e)."""
    if number < 1:
        return str(number)
    times, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * min(times + 1, 30)


_VIETNAMESE = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]


def printed(number: int, form: str) -> str:
    """``number`` in one of Word's number formats; unknown formats print digits."""
    if form in ("upperRoman", "lowerRoman"):
        found = roman(number)
        return found if form == "upperRoman" else found.lower()
    if form in ("upperLetter", "lowerLetter"):
        found = letters(number)
        return found.upper() if form == "upperLetter" else found
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "vietnameseCounting" and 0 <= number <= 10:
        return _VIETNAMESE[number]
    if form == "none":
        return ""
    return str(number)


@dataclass(slots=True)
class Level:
    """One of the nine levels of a list."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str = ""


@dataclass(slots=True)
class _Numbering:
    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


def _value(element: etree._Element | None, default: str = "") -> str:
    return default if element is None else element.get(f"{W}val", default)


def _int(text: str | None, default: int) -> int:
    try:
        number = int(text or "")
    except ValueError:
        return default
    return number if -1_000_000 < number < 1_000_000 else default


def _level(element: etree._Element) -> Level:
    restart = element.find(f"{W}lvlRestart")
    legal = element.find(f"{W}isLgl")
    return Level(
        start=_int(_value(element.find(f"{W}start"), "1"), 1),
        form=_value(element.find(f"{W}numFmt"), "decimal"),
        text=_value(element.find(f"{W}lvlText")),
        legal=legal is not None and _value(legal, "1") not in ("0", "false", "off"),
        restart=None if restart is None else _int(_value(restart), 0),
        style=_value(element.find(f"{W}pStyle")),
    )


class Numbering:
    """The lists of one document, with their counters. ``label`` is called once per numbered paragraph, in order."""

    def __init__(self, root: etree._Element | None, style_numbers: dict[str, tuple[str, int]]) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._numbers: dict[str, _Numbering] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        links: dict[str, str] = {}
        if root is None:
            return
        for element in root.iterfind(f"{W}abstractNum"):
            key = element.get(f"{W}abstractNumId", "")
            self._abstract[key] = {
                _int(level.get(f"{W}ilvl"), 0): _level(level) for level in element.iterfind(f"{W}lvl")
            }
            link = element.find(f"{W}numStyleLink")
            if link is not None:
                links[key] = _value(link)
        for element in root.iterfind(f"{W}num"):
            found = _Numbering(_value(element.find(f"{W}abstractNumId")))
            for override in element.iterfind(f"{W}lvlOverride"):
                index = _int(override.get(f"{W}ilvl"), 0)
                level = override.find(f"{W}lvl")
                if level is not None:
                    found.levels[index] = _level(level)
                start = override.find(f"{W}startOverride")
                if start is not None:
                    found.starts[index] = _int(_value(start), 1)
            self._numbers[element.get(f"{W}numId", "")] = found
        # A list that only names a style takes the levels of the list that this style points to.
        for key, style in links.items():
            target = self._numbers.get(style_numbers.get(style, ("", 0))[0])
            if target is not None and target.abstract != key:
                self._abstract[key] = self._abstract.get(target.abstract, {})

    def _at(self, number: _Numbering, index: int) -> Level | None:
        return number.levels.get(index) or self._abstract.get(number.abstract, {}).get(index)

    def level_of_style(self, number_id: str, style: str) -> int:
        """The level that a list ties to a paragraph style; 0 when it ties none."""
        number = self._numbers.get(number_id)
        if number is not None:
            for index, level in self._abstract.get(number.abstract, {}).items():
                if level.style == style:
                    return index
        return 0

    def label(self, number_id: str, index: int) -> str:
        """The label as Word prints it ("1.", "a)", "2.1-", "•"); empty when the paragraph shows none."""
        number = self._numbers.get(number_id)
        if number is None or not 0 <= index <= 8:
            return ""
        level = self._at(number, index)
        if level is None:
            return ""
        counters = self._counters.setdefault(number.abstract, {})
        if index in number.starts and (number_id, index) not in self._started:
            # Another use of the same list that starts anew.
            self._started.add((number_id, index))
            counters[index] = number.starts[index] - 1
        counters[index] = counters.get(index, level.start - 1) + 1
        for deeper in [key for key in counters if key > index]:
            below = self._at(number, deeper)
            restart = None if below is None else below.restart
            if restart is None or (restart > 0 and index < restart):
                start = number.starts.get(deeper, below.start if below is not None else 1)
                counters[deeper] = start - 1
        if level.form == "bullet":
            return _SYMBOLS.get(level.text, level.text if level.text.isprintable() and level.text else "•")

        def part(match: re.Match[str]) -> str:
            wanted = int(match[1]) - 1
            upper = self._at(number, wanted)
            if upper is None:
                return ""
            count = counters.get(wanted, upper.start)
            if wanted < index and count < upper.start:
                count = upper.start
            return printed(count, "decimal" if level.legal else upper.form)

        return _PLACEHOLDER.sub(part, level.text).strip()
