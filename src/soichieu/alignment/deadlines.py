"""By when, in a form that can be compared: last days, how often, and terms that run from an event.

On top of ``language.dates``, with what only stands in plans: "trước 15/6 và 01/12", "3 năm một lần", "once a year",
"each January", "FY 2027".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from soichieu.language.dates import find_periods, parse_period
from soichieu.language.periods import Period, add_months
from soichieu.language.text import nfc

REFERENCE = date(2025, 1, 1)
"""Where a year is not said, both sides are read from the same day, so that they can be compared."""

_MONTHS_OF = {"D": 1 / 30.44, "W": 7 / 30.44, "M": 1.0, "Y": 12.0}
_DAY_MONTH = re.compile(
    r"(?P<lead>trước(?:\s+ngày)?|đến(?:\s+ngày)?|chậm\s+nhất(?:\s+ngày)?|vào(?:\s+ngày)?|ngày|và|before|by)\s+"
    r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})(?![-/.]?\d)",
    re.IGNORECASE,
)
_WORD_NUMBER = r"(?:\d{1,2}|một|hai|ba|bốn|năm|sáu|mười)"
_ONCE = re.compile(
    rf"(?P<n>{_WORD_NUMBER})\s+(?P<unit>năm|quý|tháng|tuần|ngày)\s+(?:một|1)\s+lần"
    rf"|(?:(?P<every>mỗi|hằng|hàng|một)\s+(?P<unit2>năm|quý|tháng|tuần|ngày)|(?P<per>(?:\d{{1,2}}|một|hai|ba"
    rf"|bốn|sáu)\s+lần\s*(?:/|mỗi|một|trong)\s*(?:mỗi|một)?\s*)(?P<unit3>năm|quý|tháng|tuần))"
    r"(?:\s+(?P<times>\d{1,2}|một|hai|ba|bốn|sáu)\s+lần)?"
    r"|\b(?P<often>once|twice|three\s+times|four\s+times|six\s+times|\d{1,2}\s+times)\s+(?:a|per|each"
    r"|every)\s+(?P<unit4>year|quarter|month|week|day)\b"
    r"|\b(?:every|each)\s+(?P<two>two|three|four|five|six|\d{1,2})\s+(?P<unit5>years|quarters|months|weeks|days)\b"
    r"|\b(?P<biennial>biennially|every\s+other\s+year)\b|\b(?P<yearly>annual(?:ly)?|yearly)\b"
    r"|\b(?P<half>semi-?annual(?:ly)?|half-yearly)\b",
    re.IGNORECASE,
)
_EACH_MONTH = re.compile(
    r"\b(?:each|every)\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\bin\s+the\s+(?:first|second|third|fourth)\s+quarter\b|\b(?:(?:in\s+)?the\s+coming|each|every|this"
    r"|next)\s+(?:spring|summer|autumn|winter)\b"
    r"|(?:trong\s+)?(?:\w+\s+tháng\s+)?mùa\s+(?:mưa|khô|bão|gió\s+chướng|hè|đông|xuân|thu)(?!\w)",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"(?:trong|trong\s+(?:vòng|thời\s+hạn)|chậm\s+nhất|within|no\s+later\s+than|not\s+later\s+than)\b|.*kể\s+từ",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"\b(?:trong|trong\s+vòng|trong\s+thời\s+hạn|within|chậm\s+nhất)\s+(?:vòng\s+)?(?P<n>\d{1,3})\s*(?:giờ"
    r"|tiếng|hours?|h)\b",
    re.IGNORECASE,
)
# "In the day", "by the next working day", "in the week": terms that run from whatever sets them off.
_AT_ONCE = re.compile(
    r"(?<!\w)trong\s+(?:ngày(?P<next>\s+làm\s+việc\s+(?:tiếp\s+theo|kế\s+tiếp))?(?!\s*(?:\d|làm|kể))"
    r"|(?P<week>tuần)(?!\s*(?:\d|này)))(?!\w)",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"(?:nửa\s+đầu|(?:6|sáu|06)\s+tháng\s+đầu)\s+năm\s+(?P<vi>20\d\d)|\bfirst\s+half\s+of\s+(?P<en>20\d\d)"
    r"|\bH1\s+(?P<h>20\d\d)",
    re.IGNORECASE,
)
_WITHIN_OF = re.compile(
    r"\b(?:within\s+)?(?P<n>\d{1,3}|an?|one|two|three|six)\s+(?P<unit>day|week|month|year)s?"
    r"\s+(?:of|after|from)\s+(?P<day>[A-Z0-9][\w ,/.-]{5,24})",
    re.IGNORECASE,
)
_TERM_OF_OFFICE = re.compile(
    r"(?:mỗi|một)\s+nhiệm\s+kỳ(?:\s+một\s+lần)?"
    r"|\beach\s+term\s+of\s+office\b",
    re.IGNORECASE,
)
# A part of a year: early until its first quarter ends, mid until its half.
_PART = re.compile(
    r"\b(?P<part>early|mid|late)[- ](?:in\s+)?(?P<en>20\d\d)\b|(?<!tháng\s)(?P<vi>đầu|giữa)\s+năm\s+(?P<year>20\d\d)",
    re.IGNORECASE,
)
_PART_ENDS = {"early": (3, 31), "đầu": (3, 31), "mid": (6, 30), "giữa": (6, 30), "late": (12, 31)}
_ORDINAL_QUARTER = re.compile(
    r"\b(?P<n>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+quarter\s+of\s+(?P<fiscal>FY\s*|fiscal\s+(?:year\s+)?)?(?P<year>20\d\d)"
    r"|\bQ(?P<q>[1-4])\s+(?:of\s+)?(?:FY|fiscal\s+year)\s*(?P<fy>20\d\d)|\b(?:FY|fiscal\s+year)\s*(?P<fy2>20\d\d)\s*Q(?P<q2>[1-4])\b",
    re.IGNORECASE,
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_WITHIN_A = re.compile(
    r"\bwithin\s+(?:a|one)\s+(?P<en>year|month|week|fortnight|quarter|day)\b"
    r"|(?<!\w)trong(?:\s+vòng)?\s+(?P<half>nửa\s+(?:năm|tháng))(?!\w)",
    re.IGNORECASE,
)
_LENGTHS = {
    "year": 365.0,
    "quarter": 92.0,
    "month": 30.0,
    "fortnight": 14.0,
    "week": 7.0,
    "day": 1.0,
    "năm": 183.0,
    "tháng": 15.0,
}
_EACH_END = re.compile(
    r"\bat\s+the\s+end\s+of\s+(?:each|every)\s+(?P<en>year|quarter|month|week)\b|\b(?P<fortnightly>fortnightly|every\s+fortnight)\b"
    r"|\beach\s+(?P<each>year|quarter|month|week|working\s+day)\b|cuối\s+mỗi\s+(?P<vi>năm|quý|tháng|tuần)(?!\w)",
    re.IGNORECASE,
)
# So many of something in each period: "2 activities per quarter", "mỗi quý một hoạt động".
_PER = re.compile(
    r"(?P<n>\b\d{1,3}|\b(?:one|two|three|four|six)|(?<!\w)(?:một|hai|ba|bốn|sáu))\s+[^\W\d_]+(?:\s+[^\W\d_]+)?\s+"
    r"(?:per|each|every|mỗi|hằng|một)\s+(?P<unit>year|quarter|month|week|năm|quý|tháng|tuần)(?!\w)"
    r"|(?<!\w)mỗi\s+(?P<unit2>năm|quý|tháng|tuần)\s+(?P<n2>\d{1,3}|một|hai|ba|bốn|sáu)\s+(?!lần)[^\W\d_]+",
    re.IGNORECASE,
)
_AFTER_YEAR = re.compile(
    r"(?<!\w)(?:sau\s+năm|after)\s+(?P<after>20\d\d)(?!\d)|(?<!\w)(?:kể\s+)?từ\s+năm\s+(?P<on>20\d\d)(?!\s*(?:-|–|đến))",
    re.IGNORECASE,
)
_BARE_LENGTH = re.compile(
    r"(?:(?P<n>\d{1,3})|(?P<word>one|two|three|six|một|hai|ba|sáu|a))\s+(?P<unit>ngày(?:\s+làm\s+việc)?|tuần|tháng|năm"
    r"|(?:calendar\s+|working\s+|business\s+)?(?:day|week|month|year)s?)",
    re.IGNORECASE,
)
_FISCAL = re.compile(r"\b(?:FY|fiscal\s+year)\s*(?P<year>20\d\d)\b", re.IGNORECASE)
_NUMBERS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "mười": 10, "once": 1, "one": 1, "twice": 2, "two": 2,
    "three": 3, "four": 4, "five": 5, "six": 6,
}  # fmt: skip
_UNIT_MONTHS = {"năm": 12.0, "year": 12.0, "quý": 3.0, "quarter": 3.0, "tháng": 1.0, "month": 1.0, "tuần": 7 / 30.44,
                "week": 7 / 30.44, "ngày": 1 / 30.44, "day": 1 / 30.44}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """One statement of time. ``last``: its last day, where it has one. ``every``: months from one time to the next.
    ``term``: days from the event named. ``start``: its first day; ``wide``: it only dates a period of work."""

    text: str
    span: tuple[int, int]
    last: date | None = None
    start: date | None = None
    every: float | None = None
    term: float | None = None
    wide: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        """By which two statements are the same time, however they are written."""
        if self.every is not None and self.wide:
            return ("each", self.text.casefold())
        if self.every is not None:
            return ("every", round(self.every, 1), self.last)
        if self.term is not None:
            return ("term", round(self.term))
        return ("last", self.last)


def dues(text: str) -> list[Due]:
    """The statements of time in a text, in order and disjoint."""
    return list(_dues(nfc(text)))


@lru_cache(maxsize=512)
def _dues(text: str) -> tuple[Due, ...]:
    return tuple(_read(text))


def _read(text: str) -> list[Due]:
    found: list[Due] = []

    def put(due: Due) -> None:
        if not any(due.span[0] < one.span[1] and due.span[1] > one.span[0] for one in found):
            found.append(due)

    for match in _ONCE.finditer(text):
        every = _every(match)
        if every is not None:
            put(Due(match[0], match.span(), every=every))
    for match in _EACH_MONTH.finditer(text):
        put(Due(match[0], match.span(), every=12.0, wide=True))
    for match in _ORDINAL_QUARTER.finditer(text):
        put(Due(match[0], match.span(), last=_quarter(match)))
    for match in _PART.finditer(text):
        month, day = _PART_ENDS[(match["part"] or match["vi"]).casefold()]
        put(Due(match[0], match.span(), last=date(int(match["en"] or match["year"]), month, day)))
    for match in _WITHIN_A.finditer(text):
        unit = match["en"] or match["half"].split()[1]
        put(Due(match[0], match.span(), term=_LENGTHS[unit.casefold()]))
    for match in _EACH_END.finditer(text):
        unit = match["en"] or match["each"] or match["vi"] or ""
        every = 0.46 if match["fortnightly"] else _UNIT_MONTHS[unit.casefold().split()[-1]]
        put(Due(match[0], match.span(), every=every))
    for match in _PER.finditer(text):
        number, unit = match["n"] or match["n2"], match["unit"] or match["unit2"]
        put(Due(match[0], match.span(), every=_UNIT_MONTHS[unit.casefold()] / max(_number(number), 1)))
    for match in _AFTER_YEAR.finditer(text):
        year = int(match["on"] or int(match["after"]) + 1)
        put(Due(match[0], match.span(), last=date(year, 12, 31)))
    for match in _FISCAL.finditer(text):
        put(Due(match[0], match.span(), last=date(int(match["year"]), 9, 30)))
    for match in _HOURS.finditer(text):
        put(Due(match[0], match.span(), term=int(match["n"]) / 24))
    for match in _AT_ONCE.finditer(text):
        put(Due(match[0], match.span(), term=7.0 if match["week"] else 3.0 if match["next"] else 1.0))
    for match in _HALF.finditer(text):
        year = int(match["vi"] or match["en"] or match["h"])
        put(Due(match[0], match.span(), last=date(year, 6, 30)))
    for match in _WITHIN_OF.finditer(text):
        after = next((one for one in find_periods(match["day"], REFERENCE) if one.end is not None), None)
        if after is not None and after.end is not None:
            number = int(match["n"]) if match["n"].isdigit() else _NUMBERS.get(match["n"].casefold(), 1)
            length = round(number * 30.44 * _UNIT_MONTHS[match["unit"].casefold()])
            put(Due(match[0], match.span(), last=after.end + timedelta(days=length)))
    for match in _TERM_OF_OFFICE.finditer(text):
        put(Due(match[0], match.span(), every=60.0))
    for period in find_periods(text, REFERENCE):
        due = _due(period)
        # "quý IV trước 25/11": the day is the deadline, the quarter says of what.
        if due is not None and not re.match(r"\s+(?:trước|chậm nhất)\b", text[due.span[1] :]):
            put(due)
    for match in _DAY_MONTH.finditer(text):
        try:
            that_day = date(REFERENCE.year, int(match["month"]), int(match["day"]))
        except ValueError:
            continue
        start = match.span("day")[0] if match["lead"].casefold() == "và" else match.start()
        before = match["lead"].casefold().startswith(("trước", "before")) or any(
            one.text.casefold().startswith("trước") and match["lead"].casefold() == "và" for one in found
        )
        put(Due(text[start : match.end()], (start, match.end()), last=that_day - timedelta(days=before)))
    return sorted(found, key=lambda due: due.span)


def due_of_cell(cell: str) -> Due | None:
    """What a deadline column says; None where no last day and no rhythm can be told from it."""
    cell = nfc(cell).strip()
    if not cell:
        return None
    inside = dues(cell)
    said = [due for due in inside if due.every is not None] or [
        due
        for due in inside
        if any(
            form.fullmatch(due.text)
            for form in (_FISCAL, _WITHIN_OF, _HALF, _PART, _ORDINAL_QUARTER, _WITHIN_A, _AFTER_YEAR)
        )
    ]
    if said:
        return said[0]
    period = parse_period(cell, REFERENCE)
    due = _due(period) if period is not None else None
    if due is not None:
        return Due(cell, (0, len(cell)), due.last, due.start, due.every, due.term)
    length = _BARE_LENGTH.fullmatch(cell)
    if length:
        number = int(length["n"]) if length["n"] else _NUMBERS.get(length["word"].casefold(), 1)
        unit = length["unit"].casefold().split()
        days = 30.44 * _UNIT_MONTHS[unit[0] if "ngày" in unit else unit[-1].removesuffix("s")]
        return Due(
            cell, (0, len(cell)), term=number * days * (7 / 5 if len(unit) > 1 and "calendar" not in unit else 1)
        )
    dated = [one for one in inside if one.last is not None or one.term is not None]
    return max(dated, key=lambda one: (one.last or date.min, one.term or 0)) if dated else None


def _due(period: Period) -> Due | None:
    if period.kind == "relative":
        if not period.anchor and not _WITHIN.match(period.text):
            return None
        anchor = next((one for one in find_periods(period.anchor or "", REFERENCE) if one.end is not None), None)
        if anchor is not None and anchor.end is not None:
            if period.offset_months is not None:
                return Due(period.text, period.span, last=add_months(anchor.end, period.offset_months))
            length = (period.offset_days or 0) * (7 / 5 if period.working else 1)
            return Due(period.text, period.span, last=anchor.end + timedelta(days=round(length)))
        days = period.offset_days if period.offset_days is not None else None
        if days is None and period.offset_months is not None:
            days = round(period.offset_months * 30.44)
        return (
            None if days is None else Due(period.text, period.span, term=float(days * (7 / 5 if period.working else 1)))
        )
    if period.recurrence:
        match = re.fullmatch(r"P(\d+)([DWMY])", period.recurrence)
        every = int(match[1]) * _MONTHS_OF[match[2]] if match else 12.0
        return Due(period.text, period.span, period.end, period.start, every)
    if period.end is None:
        return None
    return Due(period.text, period.span, period.end, period.start, wide=period.kind == "range")


def _quarter(match: re.Match[str]) -> date:
    """The last day of a quarter of a year, or of a fiscal year of the United States (from October on)."""
    number = _ORDINALS[match["n"].casefold()] if match["n"] else int(match["q"] or match["q2"])
    year = int(match["year"] or match["fy"] or match["fy2"])
    if match["n"] and not match["fiscal"]:
        return add_months(date(year, 3, 31), 3 * (number - 1))
    first = date(year - 1, 12, 31)
    return first if number == 1 else add_months(date(year, 3, 31), 3 * (number - 2))


def _every(match: re.Match[str]) -> float | None:
    if match["biennial"]:
        return 24.0
    if match["yearly"] or match["half"]:
        return 12.0 if match["yearly"] else 6.0
    if match["two"]:
        return _number(match["two"]) * _UNIT_MONTHS[match["unit5"].casefold().removesuffix("s")]
    if match["often"]:
        times = _number(match["often"].casefold().split()[0])
        return _UNIT_MONTHS[match["unit4"].casefold()] / max(times, 1)
    if match["n"]:
        return _number(match["n"]) * _UNIT_MONTHS[match["unit"].casefold()]
    if match["per"]:
        return _UNIT_MONTHS[match["unit3"].casefold()] / max(_number(match["per"].split()[0]), 1)
    if match["times"]:
        return _UNIT_MONTHS[match["unit2"].casefold()] / max(_number(match["times"]), 1)
    return None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.casefold()]
