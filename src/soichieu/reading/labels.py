"""The label that opens a provision: "Điều 3.", "II-", "2.1-", "đ)", "(ii)", "-", "+"."""

from __future__ import annotations

import re
from dataclasses import dataclass

POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
ORDINAL_WORDS = {
    "nhất": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
}  # fmt: skip

# Styles from the outside in. Between capital and roman the text itself decides (outline.py).
RANKS = {
    "part": 0.0,
    "chapter": 1.0,
    "section": 2.0,
    "subsection": 3.0,
    "article": 4.0,
    "heading": 4.5,
    "capital": 5.0,
    "roman": 5.5,
    "decimal": 6.0,
    "paren": 6.9,
    "letter": 7.0,
    "lroman": 8.0,
    "bullet": 9.0,
    "plus": 9.5,
}


@dataclass(slots=True)
class Mark:
    """A label. ``numbers`` is its ordinal (several for "2.1"), ``rest`` where the text after it begins."""

    style: str
    numbers: tuple[int, ...]
    label: str
    rest: int
    ordinal: str = ""
    alternatives: tuple[tuple[str, int], ...] = ()

    @property
    def rank(self) -> float:
        return RANKS[self.style] + (0.1 * (len(self.numbers) - 1) if self.style == "decimal" else 0.0)

    @property
    def first(self) -> bool:
        return self.numbers[-1] == 1


_NAMED = re.compile(
    r"(?P<word>Phần|PHẦN|Chương|CHƯƠNG|Tiểu mục|TIỂU MỤC|Mục|MỤC|Điều|ĐIỀU|Part|PART|Chapter|CHAPTER|Section|SECTION"
    r"|Subsection|Article|ARTICLE)\s+(?:thứ\s+|THỨ\s+)?(?P<number>[IVXLC]{1,7}|\d{1,4}[a-zđ]?|[A-ZĐ]|\w{2,5})"
    r"(?P<after>\s*[.:)](?:\s?[-–—](?=\s))?|\s*[-–—](?=\s)|(?=\s*$)|(?=\s+[A-ZĐ]))\s*"
)
_NAMED_STYLES = {
    "phần": "part", "chương": "chapter", "mục": "section", "tiểu mục": "subsection", "điều": "article",
    "part": "part", "chapter": "chapter", "section": "section", "subsection": "subsection", "article": "article",
}  # fmt: skip
_ROMAN_OR_LETTER = re.compile(r"(?P<ordinal>[IVXLC]{1,7}|[A-ZĐ])\s?(?P<after>[-–—./):])(?=\s|[^\W\d_]|$)\s*")
_DECIMAL = re.compile(
    r"(?P<ordinal>\d{1,3}(?:\.\d{1,3}){0,4})(?P<after>\.?\s?[-–—/](?!\s*\d)|\.(?!\d)|\)|:(?=\s)|(?=\s))\s*"
)
# With a digit where a later law put a point between two: "a1)".
_LETTER = re.compile(r"(?P<ordinal>[a-zđ](?:\d(?=\)))?)\1?(?P<after>\.[-–—](?=\s)|[)./-])(?=\s|[^\W\d_]|$)\s*")
_BETWEEN = re.compile(r"(?P<ordinal>(?P<number>\d{1,3})[a-zđ])[.)]\s+(?=\S)")  # "1a."
_PARENTHESES = re.compile(r"\((?P<ordinal>[ivx]{1,5}|[a-zđ]|\d{1,2})\)\s*")
_LOWER_ROMAN = re.compile(r"(?P<ordinal>[ivx]{2,5})(?P<after>[).])\s+")
_BULLET = re.compile(r"(?P<ordinal>[-–—−•·●○▪◦■□➢✓*+])(?P<space>\s+|(?=[^\W\d_]))")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman_value(ordinal: str) -> int:
    """The number that Roman digits stand for; 0 when they are not in a lawful order."""
    total = 0
    for index, letter in enumerate(ordinal):
        value = _VALUES.get(letter, 0)
        following = _VALUES.get(ordinal[index + 1], 0) if index + 1 < len(ordinal) else 0
        total += -value if value < following else value
    return total if total > 0 and _written(total) == ordinal else 0


def _written(number: int) -> str:
    letters = []
    for value, digits in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        times, number = divmod(number, value)
        letters.append(digits * times)
    return "".join(letters)


def letter_places(ordinal: str) -> tuple[int, ...]:
    """Where a letter stands in the order of points (đ after d; no f, j, w, z) and in the Latin one."""
    places = []
    for order in (POINT_LETTERS, LATIN_LETTERS):
        if ordinal in order:
            places.append(order.index(ordinal) + 1)
    return tuple(places)


def follows(before: str, after: str) -> bool:
    """Whether letter ``after`` comes next to ``before`` in either order; a1 and a2 come between a and b."""
    if after[1:].isdigit():
        return before[:1] == after[:1] and int(after[1:]) == int(before[1:] or 0) + 1
    before = before[:1] if before[1:].isdigit() else before
    for order in (POINT_LETTERS, LATIN_LETTERS):
        if before in order and after in order and order.index(after) == order.index(before) + 1:
            return True
    return False


def _named(text: str) -> Mark | None:
    match = _NAMED.match(text)
    if match is None:
        return None
    word = match["word"].lower()
    style = _NAMED_STYLES[word]
    raw = match["number"]
    if raw.isdigit() or raw[:-1].isdigit():
        number = int(re.sub(r"\D", "", raw))
    elif raw.lower() in ORDINAL_WORDS:
        number = ORDINAL_WORDS[raw.lower()]
    elif (number := roman_value(raw)) == 0:
        if len(raw) != 1 or not raw.isupper():
            return None
        number = letter_places(raw.lower())[0] if letter_places(raw.lower()) else 1
    rest = text[match.end() :]
    after = match["after"].strip()
    if not after and rest:
        # "Chương II của Luật này" cites; "CHƯƠNG II QUY ĐỊNH CHUNG" opens.
        if style == "article" or not rest.isupper():
            return None
    elif style == "article" and after[:1] not in (".", ":", ")") and rest:
        return None
    ordinal = raw if raw[-1:].isalpha() and raw[:-1].isdigit() else str(number)
    return Mark(style, (number,), text[: match.end()].strip(), match.end(), ordinal)


def find_mark(text: str) -> Mark | None:
    """The label at the start of a line, ``None`` when it has none."""
    head = text[:1]
    if not head:
        return None
    if head.isalpha():
        if head in "PCTMĐSA" and (mark := _named(text)):
            return mark
        if match := _ROMAN_OR_LETTER.match(text):
            return _capital(text, match)
        if match := _LOWER_ROMAN.match(text):
            value = roman_value(match["ordinal"].upper())
            if value:
                return Mark("lroman", (value,), text[: match.end()].strip(), match.end(), match["ordinal"])
        if (match := _LETTER.match(text)) and _plausible_letter(text, match):
            return _letter(match["ordinal"], text[: match.end()].strip(), match.end())
        return None
    if head.isdigit():
        if match := _DECIMAL.match(text):
            return _decimal(text, match)
        if match := _BETWEEN.match(text):
            return Mark("decimal", (int(match["number"]),), match[0].strip(), match.end(), match["ordinal"])
        return None
    if head == "(":
        match = _PARENTHESES.match(text)
        if match is None:
            return None
        ordinal = match["ordinal"]
        label = text[: match.end()].strip()
        if ordinal.isdigit():
            return Mark("paren", (int(ordinal),), label, match.end(), ordinal)
        if set(ordinal) <= set("ivx") and (value := roman_value(ordinal.upper())):
            places = letter_places(ordinal) if len(ordinal) == 1 else ()
            alternatives = tuple(("letter", place) for place in places)
            return Mark("lroman", (value,), label, match.end(), ordinal, alternatives)
        return _letter(ordinal, label, match.end())
    match = _BULLET.match(text)
    if match is None or len(text) == match.end():
        return None
    if not match["space"] and match["ordinal"] not in "-–—+•":
        return None
    style = "plus" if match["ordinal"] == "+" else "bullet"
    return Mark(style, (1,), match["ordinal"], match.end(), "-" if match["ordinal"] in "-–—−" else match["ordinal"])


def _plausible_letter(text: str, match: re.Match[str]) -> bool:
    """ "a)" is a label wherever it stands; "a.", "a-", "a/" only before a blank and more text."""
    if match["after"] == ")":
        return True
    return match.end() < len(text) and text[match.end() - 1] == " "


def _letter(ordinal: str, label: str, rest: int) -> Mark | None:
    places = letter_places(ordinal[:1])
    return Mark("letter", (places[0],), label, rest, ordinal) if places else None


def _capital(text: str, match: re.Match[str]) -> Mark | None:
    ordinal, after = match["ordinal"], match["after"]
    rest = text[match.end() :]
    spaced = text[match.end() - 1 : match.end()].isspace() if match.end() else False
    if rest and not spaced:
        # "A/B", "C.Mác", "I-ốt" are words; "II-Mục tiêu", "I.MỤC TIÊU" open a part.
        title = rest[:2].isalpha() and (rest[:2].isupper() or (len(ordinal) > 1 and rest[0].isupper()))
        if not title or after in ":/" or (after in "-–—" and len(ordinal) == 1 and not roman_value(ordinal)):
            return None
    if after == ":" or (after == ")" and not rest):
        return None
    label = text[: match.end()].strip()
    value = roman_value(ordinal)
    places = letter_places(ordinal.lower()) if len(ordinal) == 1 else ()
    if value and not (ordinal in "CLDM" and places):
        return Mark("roman", (value,), label, match.end(), ordinal, tuple(("capital", place) for place in places))
    if not places:
        return None
    alternatives = (("roman", value),) if value else ()
    return Mark("capital", (places[0],), label, match.end(), ordinal, alternatives)


def _decimal(text: str, match: re.Match[str]) -> Mark | None:
    ordinal, after = match["ordinal"], match["after"].strip()
    parts = ordinal.split(".")
    numbers = tuple(int(part) for part in parts)
    rest = text[match.end() :]
    if len(parts) > 1 and any(len(part) == 3 for part in parts[1:]):
        return None  # 1.000 đồng
    if len(parts) > 1 and any(part.startswith("0") for part in parts[1:]):
        return None
    if not after:
        # "1.1 Thuế tài nguyên": without a stop only several numbers make a label.
        if len(parts) < 2 or not rest or not rest[0].isupper() or len(parts) == 3 and numbers[-1] > 31:
            return None
        if re.match(r"(?:Gb|Mb|Tb|GHz|MHz|USD|VND|GDP)\b", rest):
            return None
    if len(parts) == 1 and len(ordinal) == 3 and after != ".":
        return None
    style = "paren" if after == ")" else "decimal"
    if style == "paren":
        numbers = numbers[-1:]
    if 0 in numbers:
        return None
    return Mark(style, numbers, text[: match.end()].strip(), match.end(), ordinal)
