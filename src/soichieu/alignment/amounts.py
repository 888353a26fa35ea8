"""Figures as something that can be compared: "tám mươi phần trăm", "4/5", "at least two", "Top 50" are all numbers.

On top of ``language.quantities``, which reads a figure as printed: numbers in words become digits first, a bare figure
before a noun counts too, and each amount is turned into the least and the most that it allows. Offsets are always
those of the text given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from soichieu.language.dates import find_periods
from soichieu.language.quantities import find_quantities
from soichieu.language.text import nfc

_VI_UNITS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "mười": 10,
}  # fmt: skip
_EN_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "single": 1,
}  # fmt: skip
# "một", "năm" and "one" are words of their own far more often than numbers: they count before a unit or in a compound.
_VI_WORD = re.compile(
    r"(?<!\w)(?:(?P<tens>hai|ba|bốn|năm|sáu|bảy|tám|chín)\s+mươi(?:\s+(?P<ones>mốt|hai|ba|tư|bốn|lăm|sáu|bảy"
    r"|tám|chín))?"
    r"|mười(?:\s+(?P<teen>một|hai|ba|bốn|lăm|sáu|bảy|tám|chín))?|(?P<unit>hai|ba|bốn|sáu|bảy|tám|chín"
    r"|(?:(?<=ít nhất )|(?<=tối thiểu )|(?<=không quá )|(?<=tối đa ))năm(?=\s+[^\W\d_])(?!\s+(?:một"
    r"|hai|ba|nay|sau|trước|đầu|cuối))))(?!\w)",
    re.IGNORECASE,
)
_VI_AFTER = re.compile(r"\s+(?:mươi|trăm|nghìn|ngàn|triệu|tỷ|tỉ)(?!\w)", re.IGNORECASE)
_EN_WORD = re.compile(
    r"(?<![\w-])(?:(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[- ](?P<ones>one|two|three|four|five|six|seven|eight|nine))?|(?P<unit>"
    + "|".join(word for word in _EN_UNITS if not word.endswith("y"))
    + r"))(?![\w-])",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    r"(?<![\w/])(?P<n>một|hai|ba|bốn|năm|sáu|bảy|tám|chín|\d{1,2})\s+phần\s+(?P<d>hai|ba|tư|bốn|năm|mười"
    r"|\d{1,2})(?!\w)"
    r"|(?<![\w/.])(?P<a>\d{1,2})/(?P<b>\d{1,2})"
    r"(?=\s+(?:tổng|số|toàn|of\b))|(?P<half>một\s+nửa|quá\s+nửa|\bhalf\s+(?:of\b|the\b))|(?P<third>\b(?:a"
    r"|one)\s+quarter\s+of\b)"
    r"|(?P<three>\bthree\s+quarters\s+of\b)"
    r"|(?P<dozen>\ba\s+dozen\b)|\b(?P<above>one|two|three|four|five|six|seven|eight|nine)[ -](?P<below>third"
    r"|fourth|fifth|sixth|eighth"
    r"|tenth)s?\s+of\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<![\w.,/–-])(?P<number>\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?)(?=\s+[^\W\d_])(?!\s*(?:/|–"
    r"|-)\s*\d)(?!\s+(?:tháng|năm\s+\d))"
)
_LABELLED = re.compile(
    r"(?:điều|khoản|điểm|mục|chương|phần|phụ\s+lục|số|lần\s+thứ|khóa|thứ|quý|tháng|ngày|năm|quarter|article"
    r"|section|annex|no\.?|page|fy)\s+$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?<!\w)(?:thứ|hạng|rank(?:ed|ing)?|place|number)\s+(?P<place>\d{1,3})(?![\d.,/]\d)"
    r"|\b(?P<th>\d{1,3})(?:st|nd|rd|th)\s+(?:place|in)\b",
    re.IGNORECASE,
)
_FRONT_LABEL = re.compile(r"^\s*\d{1,3}(?:\.\d{1,3})*[.)]?\s+(?=\S)")
_MORE_AFTER = re.compile(
    r"[\s,]*(?:[^\W\d_]+[ ,]+){0,11}?(?:trở\s+lên|or\s+more|and\s+above|hoặc\s+nhiều\s+hơn)(?!\w)", re.IGNORECASE
)
_LESS_AFTER = re.compile(r"\s*(?:[^\W\d_]+[ ,]+){0,3}?(?:trở\s+xuống|or\s+(?:less|fewer))(?!\w)", re.IGNORECASE)
_LEAST_BEFORE = re.compile(
    r"(?:tối\s+thiểu|ít\s+nhất|không\s+dưới|không\s+thấp\s+hơn|không\s+ít\s+hơn|trên|hơn|vượt|từ|đạt\s+từ"
    r"|at\s+least|no\s+(?:less|fewer)\s+than"
    r"|not\s+(?:less|fewer)\s+than|more\s+than|over|minimum(?:\s+of)?|≥|>=|>)\s*$",
    re.IGNORECASE,
)
_MOST_BEFORE = re.compile(
    r"(?:tối\s+đa|nhiều\s+nhất|không\s+quá|không\s+vượt\s+quá|dưới|chưa\s+đến|chưa\s+đầy|up\s+to|at\s+most"
    r"|no\s+more\s+than|not\s+more\s+than"
    r"|less\s+than|fewer\s+than|under|below|maximum(?:\s+of)?|only|(?<!chứng\s)(?<!tín\s)(?<!địa\s)chỉ|≤|<=|<)\s*$",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"(?:\bnot?|không)\s+$", re.IGNORECASE)
_RANKED = re.compile(
    r"xếp\s+hạng|đứng\s+thứ|nhóm\s+\d+\s+(?:nước|quốc\s+gia|tỉnh|đơn\s+vị)|thứ\s+bậc|thứ\s+hạng"
    r"|vị\s+trí|top\b|tốp\b|rank|chỉ\s+số\s+\S+(?:\s+\S+){0,4}\s*\(thứ",
    re.IGNORECASE,
)
_TEMPORAL = re.compile(
    r"\s+(?:ngày|tháng|tuần|năm|quý|giờ|phút|working|business|calendar|days?|weeks?|months?|years?|hours?"
    r"|minutes?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_NO_NOUN = frozenset(("or", "more", "less", "fewer", "of", "the", "hoặc", "trở", "lên", "xuống", "and"))


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of a text. ``low`` and ``high``: the least and the most that it allows (None: open on that side).

    ``kind``: *share* (per cent), *count* (a number of something), *rank* (smaller is better) or *span* (of days,
    hours …). ``noun``: the words right after it, by which two figures are known to be of one thing.
    """

    text: str
    span: tuple[int, int]
    kind: str
    value: float
    low: float | None
    high: float | None
    noun: tuple[str, ...] = ()
    words: bool = False
    """It was written in words."""


def in_digits(text: str) -> tuple[str, list[int], list[int]]:
    """The text with numbers in words put as digits, and where each of its characters begins and ends in the text given
    (digits that stand for words begin and end with the whole of them)."""
    out: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    place = 0
    marks = sorted(
        [
            *((found.span(), _fraction(found)) for found in _FRACTION.finditer(text)),
            *(
                (found.span(), _vi(found))
                for found in _VI_WORD.finditer(text)
                if not _VI_AFTER.match(text, found.end())
            ),
            *((found.span(), _en(found)) for found in _EN_WORD.finditer(text)),
        ]
    )
    for (start, end), digits in sorted(marks, key=lambda mark: (mark[0][0], -mark[0][1])):
        if start < place or not digits:
            continue
        out += [text[place:start], digits]
        begins += [*range(place, start), *[start] * len(digits)]
        ends += [*range(place + 1, start + 1), *[end] * len(digits)]
        place = end
    out.append(text[place:])
    begins += range(place, len(text))
    ends += range(place + 1, len(text) + 1)
    return "".join(out), begins, ends


def _fraction(found: re.Match[str]) -> str:
    if found["dozen"]:
        return "12"
    if found["half"]:
        return "50%"
    if found["third"]:
        return "25%"
    if found["three"]:
        return "75%"
    if found["above"]:
        below_of = {"third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
        share = 100 * _EN_UNITS[found["above"].casefold()] / below_of[found["below"].casefold()]
        return f"{share:.0f}% of" if share <= 100 else ""
    above, below = (found["n"], found["d"]) if found["n"] else (found["a"], found["b"])
    number = [int(one) if one.isdigit() else _VI_UNITS[one.casefold()] for one in (above, below)]
    if not number[1] or number[0] > number[1]:
        return ""
    share = 100 * number[0] / number[1]
    return f"{share:.0f}%" if share == round(share) else f"{share:.2f}%".replace(".", ",")


def _vi(found: re.Match[str]) -> str:
    if found["tens"]:
        ones = (found["ones"] or "").casefold()
        return str(10 * _VI_UNITS[found["tens"].casefold()] + (1 if ones == "mốt" else _VI_UNITS.get(ones, 0)))
    if found["unit"]:
        return str(_VI_UNITS[found["unit"].casefold()])
    return str(10 + _VI_UNITS.get((found["teen"] or "").casefold(), 0))


def _en(found: re.Match[str]) -> str:
    if found["unit"]:
        return str(_EN_UNITS[found["unit"].casefold()])
    return str(_EN_UNITS[found["tens"].casefold()] + _EN_UNITS.get((found["ones"] or "").casefold(), 0))


def amounts(text: str) -> list[Amount]:
    """The figures of a text in order, dates and document numbers left out; disjoint."""
    return list(_amounts(text))


@lru_cache(maxsize=512)
def _amounts(text: str) -> tuple[Amount, ...]:
    return tuple(_read(text))


def _read(text: str) -> list[Amount]:
    text = nfc(text)
    read, begins, ends = in_digits(text)
    label = _FRONT_LABEL.match(read)
    ranked = bool(_RANKED.search(read))
    found: list[Amount] = []
    # A mere length of time ("15 working days") is an amount; a day, month or period is not.
    taken = [one.span for one in find_periods(read) if one.kind != "relative" or one.anchor]
    if label and "." in label[0]:
        taken.append((0, label.end()))

    def put(start: int, end: int, amount: Amount) -> None:
        taken.append((start, end))
        first, last = begins[start], ends[end - 1]
        found.append(
            Amount(
                text[first:last], (first, last), amount.kind, amount.value, amount.low, amount.high, amount.noun,
                words=read[start:end] != text[first:last],
            )
        )  # fmt: skip

    for one in find_quantities(read):
        figure = re.search(r"\d(?:.*\d)?", one.text)
        first, last = (one.span[0] + place for place in figure.span()) if figure else one.span
        if any(first < end and last > start for start, end in taken):
            continue
        noun = _noun(read, one.span[1], one.unit or "")
        share = one.unit in ("%", "‰") or "%" in one.text
        rank = one.relation in ("top", "rank") or (
            ranked and not share and one.per is None and one.relation in ("<=", "=", "<") and _may_rank(one.unit)
        )
        low, high = _bounds(one.relation, one.value, one.low, one.high)
        value = float(one.value if one.value is not None else one.low or 0) * float(one.factor)
        if one.relation == "=" and (_MORE_AFTER.match(read, one.span[1]) or one.text.casefold().startswith("từ ")):
            high = None
        if one.relation == "<" and _NEGATED.search(read, max(0, one.span[0] - 24), one.span[0]):
            low, high = high, None
        scale = float(one.factor)
        low, high = (None if low is None else low * scale), (None if high is None else high * scale)
        kind = "rank" if rank else "share" if share else "count"
        put(*one.span, Amount("", (0, 0), kind, value, low, high, noun))
    for match in _PLACE.finditer(read) if ranked else ():
        if not any(match.start() < stop and match.end() > begin for begin, stop in taken):
            place = float(match["place"] or match["th"])
            put(*match.span(), Amount("", (0, 0), "rank", place, place, place))
    for match in _BARE.finditer(read):
        start, end = match.span("number")
        if any(start < stop and end > begin for begin, stop in taken):
            continue
        if _LABELLED.search(read, max(0, start - 24), start):
            continue
        if re.fullmatch(r"(?:19|20)\d\d", match["number"]):
            continue  # a year
        number = float(re.sub(r"[.,](?=\d{3}(?!\d))", "", match["number"]).replace(",", "."))
        low, high = _around(read, start, end, number)
        kind = (
            "span" if _TEMPORAL.match(read, end) else "rank" if ranked and high is not None and low is None else "count"
        )
        put(start, end, Amount("", (0, 0), kind, number, low, high, _noun(read, end, "")))
    return sorted(found, key=lambda one: one.span)


_RANK_UNITS = frozenset(
    ("nước", "quốc gia", "vùng lãnh thổ", "tỉnh", "thành phố", "địa phương", "đơn vị", "bộ", "ngành", "huyện", "xã",
     "bậc", "nhóm", "countries")
)  # fmt: skip


def _may_rank(unit: str | None) -> bool:
    """ "trong 15 nước dẫn đầu" is a rank, "9 người" beside a ranking of others is none."""
    return unit is None or unit.casefold() in _RANK_UNITS


def _bounds(relation: str, value: object, low: object, high: object) -> tuple[float | None, float | None]:
    number = None if value is None else float(value)  # type: ignore[arg-type]
    if relation == "range":
        return float(low), float(high)  # type: ignore[arg-type]
    if relation in (">", ">="):
        return number, None
    if relation in ("<", "<=", "top"):
        return None, number
    return number, number


def _around(text: str, start: int, end: int, number: float) -> tuple[float | None, float | None]:
    before = text[max(0, start - 24) : start]
    if _LEAST_BEFORE.search(before) or _MORE_AFTER.match(text, end):
        return number, None
    if _MOST_BEFORE.search(before) or _LESS_AFTER.match(text, end):
        return None, number
    return number, number


def _noun(text: str, end: int, unit: str) -> tuple[str, ...]:
    """Up to six words after a figure within its clause, its unit among them; one comma of a list is passed."""
    after = " ".join(re.split(r"[.;:()]", text[end : end + 80], maxsplit=1)[0].split(",")[:2])
    words = [_singular(word.casefold()) for word in _WORD.findall(f"{unit} {after}")]
    return tuple(word for word in words if word not in _NO_NOUN)[:6]


def _singular(word: str) -> str:
    if not word.isascii() or len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]
