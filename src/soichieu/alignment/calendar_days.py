"""Parts of months and years that plans name instead of a day: "trong 10 ngày đầu tháng 12", "Fall 2022", "H2 2025".

Each has the earliest and the latest day that it may be meant to end on: a drift is only told where the item's earliest
lies after the superior's latest. A school year ends by 31 May, as the Ministry of Education's yearly decision on its
frame has it ("kết thúc năm học trước ngày 31/5"); abroad between that day and the end of August. A people's council has
two regular sessions a year at least (article 78 of law 77/2015/QH13): that in the middle of a year is taken to be held
in June or July, that at its end in November or December. Of a season the first and the last end that custom knows.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_EN_MONTH = rf"(?P<month>{_MONTHS}|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_TET = {
    2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17),
    2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 2), 2031: (1, 23), 2032: (2, 11), 2033: (1, 31),
    2034: (2, 19), 2035: (2, 8),
}  # fmt: skip
"""The first day of the lunar year in Việt Nam: the day of the second new moon after the winter solstice there (UTC+7),
of the third where a month was leapt between them (2034). A test holds the table against the moon."""
_HOLIDAYS = {
    "tết dương lịch": (1, 1), "quốc khánh": (9, 2), "ngày quốc khánh": (9, 2), "lễ quốc khánh": (9, 2),
    "giáng sinh": (12, 25), "new year's day": (1, 1), "new year": (1, 1), "christmas": (12, 25),
    "independence day": (7, 4), "veterans day": (11, 11),
}  # fmt: skip
_STEMS = ("giáp", "ất", "bính", "đinh", "mậu", "kỷ", "canh", "tân", "nhâm", "quý")
_BRANCHES = ("tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi")
_NAMED_YEARS = {f"{_STEMS[(year - 4) % 10]} {_BRANCHES[(year - 4) % 12]}": year for year in _TET}
"""The names of the years in the round of sixty, which began anew in the year 4."""
_VI_SEASONS = {"xuân": ((3, 31), (4, 30)), "hè": ((7, 31), (9, 5)), "hạ": ((7, 31), (9, 5)), "thu": ((9, 30), (11, 30))}
_EN_SEASONS = {
    "spring": ((5, 31), (6, 20)), "summer": ((8, 31), (9, 22)), "fall": ((11, 30), (12, 21)),
    "autumn": ((11, 30), (12, 21)),
}  # fmt: skip

Span = tuple[int, int]
Days = tuple[date, date]
"""The earliest and the latest day that may be meant."""


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _sure(day: date) -> Days:
    return day, day


def _first_days(match: re.Match[str], year: int) -> Days | None:
    month = _month(match["month"])
    return _sure(date(year, month, min(int(match["n"]), 28))) if 0 < month < 13 and match["n"] != "0" else None


def _part_of_month(match: re.Match[str], year: int) -> Days | None:
    month = _month(match["month"])
    if not 0 < month < 13:
        return None
    part = " ".join(match["part"].casefold().replace("-", " ").split())
    ends: dict[str, Days] = {
        "tuần đầu": (date(year, month, 7), date(year, month, 7)), "tuần thứ nhất": _sure(date(year, month, 7)),
        "tuần đầu tiên": _sure(date(year, month, 7)), "first week of": _sure(date(year, month, 7)),
        "tuần thứ hai": _sure(date(year, month, 14)), "second week of": _sure(date(year, month, 14)),
        "tuần thứ ba": _sure(date(year, month, 21)), "third week of": _sure(date(year, month, 21)),
        "thượng tuần": _sure(date(year, month, 10)), "trung tuần": _sure(date(year, month, 20)),
        "nửa đầu": _sure(date(year, month, 15)), "first half of": _sure(date(year, month, 15)),
        "giữa": (date(year, month, 10), date(year, month, 20)), "mid": (date(year, month, 10), date(year, month, 20)),
        "the middle of": (date(year, month, 10), date(year, month, 20)),
        "đầu": (date(year, month, 1), date(year, month, 10)), "early": (date(year, month, 1), date(year, month, 10)),
        "early in": (date(year, month, 1), date(year, month, 10)),
        "the start of": (date(year, month, 1), date(year, month, 10)),
        "the beginning of": (date(year, month, 1), date(year, month, 10)),
    }  # fmt: skip
    return ends.get(part, _sure(_last(year, month)))


def _half(match: re.Match[str], year: int) -> Days | None:
    return _sure(date(year, 12, 31))


def _season(match: re.Match[str], year: int) -> Days | None:
    if match["vi"]:
        early, late = _VI_SEASONS[match["vi"].casefold()]
    elif match["en"].casefold() == "winter":
        return date(year, 2, 28), date(year + 1, 3, 20)
    else:
        early, late = _EN_SEASONS[match["en"].casefold()]
    return date(year, *early), date(year, *late)


def _school_year(match: re.Match[str], year: int) -> Days | None:
    second = int(match["to"]) if len(match["to"]) == 4 else 2000 + int(match["to"])
    if match["start"]:
        return date(second - 1, 8, 20), date(second - 1, 9, 30)
    if match["first"]:
        return date(second - 1, 12, 20), date(second, 1, 31)
    return date(second, 5, 31), date(second, 8, 31) if not match["vi"] else date(second, 5, 31)


def _tet(match: re.Match[str], year: int) -> Days | None:
    year = _NAMED_YEARS.get(match["name"].casefold(), 0) if match["name"] else year
    if year not in _TET:
        return None
    day = date(year, *_TET[year])
    if match["before"]:
        return _sure(day - timedelta(days=1))
    return day - timedelta(days=7), day + timedelta(days=15)


def _quarter(match: re.Match[str], year: int) -> Days | None:
    number = {"first": 1, "second": 2, "third": 3}.get(match["nth"].casefold(), 4)
    return _sure(_last(year, 3 * number))


def _each_year(match: re.Match[str], year: int) -> Days | None:
    return _sure(_last(year, _month(match["month"])))


def _day_each_year(match: re.Match[str], year: int) -> Days | None:
    month, day = _month(match["month"] or match["m2"]), int(match["d1"] or match["d2"])
    if not 0 < day <= calendar.monthrange(year, month)[1]:
        return None
    return _sure(date(year, month, day) - timedelta(days=bool(match["before"])))


def _month_end(match: re.Match[str], year: int) -> Days | None:
    month = int(match["month"])
    return _sure(_last(year, month)) if 0 < month < 13 else None


def _holiday(match: re.Match[str], year: int) -> Days | None:
    day = date(year, *_HOLIDAYS[" ".join(match["holiday"].casefold().split())])
    return _sure(day - timedelta(days=1) if match["before"] else day)


def _session(match: re.Match[str], year: int) -> Days | None:
    return (date(year, 6, 30), date(year, 7, 31)) if match["when"].casefold() == "giữa" else (
        date(year, 11, 30), date(year, 12, 31)
    )  # fmt: skip


def _end_of_quarter(match: re.Match[str], year: int) -> Days | None:
    number = _ROMAN.get(match["q"].casefold()) or int(match["q"])
    last = _last(year, 3 * number)
    part = match["part"].casefold()
    first = date(year, 3 * number - 2, 1)
    if part in ("đầu", "early"):
        return first, _last(year, 3 * number - 2)
    if part in ("giữa", "mid"):
        return _last(year, 3 * number - 2), last
    return _sure(last)


_UNTIL = r"(?:\s*(?:-|–|đến|tới)\s*(?:hết\s+)?|\s+(?:đến|tới)\s+(?:hết\s+)?)tháng\s+"
_YEAR = r"(?:\s*(?:/|,|năm|of|in)?\s*(?P<year>20\d\d)(?!\d))"
_ANY_YEAR = rf"(?:{_YEAR}|(?:\s+(?:của\s+)?(?:năm|hằng\s+năm|hàng\s+năm|mỗi\s+năm|each\s+year|every\s+year))?)"
_ANY_HOLIDAY = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(_HOLIDAYS, key=len, reverse=True))
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], Days | None]], ...] = (
    (
        re.compile(
            r"\b(?:(?:in|during|by|within)\s+)?(?:the\s+end\s+of\s+)?the\s+(?P<nth>first|second|third"
            r"|fourth|last)\s+quarter\s+of\s+"
            r"(?:(?:calendar\s+)?year\s+)?(?P<year>20\d\d)(?!\d)",
            re.I,
        ),
        _quarter,
    ),
    (
        re.compile(
            r"(?<!\w)(?:trong\s+)?(?:vòng\s+)?(?P<n>\d{1,2})\s+ngày\s+đầu\s+(?:của\s+)?tháng\s+(?P<month>\d{1,2})"
            rf"{_ANY_YEAR}",
            re.I,
        ),
        _first_days,
    ),
    (
        re.compile(
            rf"\b(?:in|by|during|(?:by|before)\s+the\s+end\s+of)\s+{_EN_MONTH}\s+(?:of\s+)?(?:each|every)\s+year\b",
            re.I,
        ),
        _each_year,
    ),
    (
        re.compile(
            r"\b(?:(?P<before>before)\s+|(?:no\s+later\s+than|not\s+later\s+than|on\s+or\s+before|by|on|until)\s+)?"
            rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_EN_MONTH}|(?P<m2>{_MONTHS})\s+(?P<d2>\d{{1,2}}))"
            r"\s*,?\s*(?:of\s+)?(?:each|every)\s+year\b",
            re.I,
        ),
        _day_each_year,
    ),
    (
        re.compile(rf"(?<!\w)(?:từ\s+)?tháng\s+\d{{1,2}}{_UNTIL}(?P<month>\d{{1,2}})(?!\d){_YEAR}", re.I),
        _month_end,
    ),
    (re.compile(r"\b(?:the\s+end\s+of\s+)?calendar\s+year\s+(?P<year>20\d\d)(?!\d)", re.I), _half),
    (
        re.compile(rf"\b(?:(?:in|within)\s+)?the first\s+(?P<n>\d{{1,2}})\s+days\s+of\s+{_EN_MONTH}{_ANY_YEAR}", re.I),
        _first_days,
    ),
    (
        re.compile(
            r"(?<!\w)(?:(?:trong|vào|từ|đến|trước)\s+)?(?P<part>tuần\s+(?:lễ\s+)?(?:đầu\s+tiên|đầu"
            r"|thứ\s+(?:nhất|hai|ba|tư)|cuối)|thượng\s+tuần"
            rf"|trung\s+tuần|hạ\s+tuần|nửa\s+(?:đầu|cuối)|giữa|đầu|cuối|\d{{1,2}}\s+ngày\s+cuối)\s+(?:của\s+)?tháng\s+(?P<month>\d{{1,2}})(?!\d){_ANY_YEAR}",
            re.I,
        ),
        _part_of_month,
    ),
    (
        re.compile(
            rf"\b(?P<part>(?:first|second|third|last)\s+week\s+of|(?:first|second)\s+half\s+of|mid|the\s+middle\s+of|early(?:\s+in)?|late(?:\s+in)?"
            rf"|the\s+(?:start|beginning|end)\s+of)[ -]{_EN_MONTH}{_ANY_YEAR}",
            re.I,
        ),
        _part_of_month,
    ),
    (re.compile(r"(?<!\w)(?:(?:6|06|sáu)\s+tháng\s+cuối|nửa\s+(?:cuối|sau))\s+năm\s+(?P<year>20\d\d)"
    r"|\bH2[ /-](?P<h>20\d\d)|\bsecond\s+half\s+of\s+(?P<e>20\d\d)|(?<!\w)H2\s+năm\s+(?P<v>20\d\d)", re.I), _half),
    (
        re.compile(
            r"(?<!\w)(?P<part>đầu|giữa|cuối|hết)\s+quý\s+(?P<q>IV|III|II|I|[1-4])(?!\w)"
            rf"{_ANY_YEAR}",
            re.I,
        ),
        _end_of_quarter,
    ),
    (re.compile(r"(?<!\w)(?:mùa\s+(?P<vi>xuân|hè|hạ|thu)(?:\s+năm)?|\b(?P<en>spring|summer|fall|autumn"
    r"|winter)(?:\s+of)?),?\s+(?P<year>20\d\d)(?!\d)", re.I), _season),
    (
        re.compile(
            r"(?P<start>(?:khai\s+giảng|đầu|bắt\s+đầu|bước\s+vào|the\s+(?:start"
            r"|beginning)\s+of\s+the)\s+)?(?P<first>(?:học\s+kỳ|học\s+kì)\s+(?:I|1|một"
            r"|đầu)(?!\w)[^.;\d]{0,12}|(?:first|autumn"
            r"|fall)\s+(?:term|semester)\s+(?:of\s+)?(?:the\s+)?)?"
            r"(?:(?P<vi>năm\s+học)|(?:school|academic)\s+year)\s+(?P<from>20\d\d)\s*[-–/]\s*(?P<to>20\d\d|\d\d)(?!\d)",
            re.I,
        ),
        _school_year,
    ),
    (
        re.compile(
            rf"(?P<before>(?:trước|before)\s+)?(?:(?:dịp|ngày|on|by)\s+)?(?<!\w)(?P<holiday>{_ANY_HOLIDAY})(?:\s+\(?2/9\)?)?[,/]?"
            r"\s*(?:năm\s+|of\s+)?(?P<year>20\d\d)(?!\d)",
            re.I,
        ),
        _holiday,
    ),
    (
        re.compile(
            r"(?P<before>trước\s+)?(?:dịp\s+)?Tết(?:\s+Nguyên\s+đán|\s+Âm\s+lịch"
            r"|\s+cổ\s+truyền)?\s+(?:năm\s+)?(?:(?P<year>20\d\d)(?!\d)"
            rf"|(?P<name>{'|'.join(_NAMED_YEARS)})(?!\w))",
            re.I,
        ),
        _tet,
    ),
    (
        re.compile(r"(?<!\w)kỳ\s+họp\s+(?:thường\s+lệ\s+)?(?P<when>giữa|cuối)\s+năm\s+(?P<year>20\d\d)(?!\d)", re.I),
        _session,
    ),
)  # fmt: skip


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    return next(
        (at for at, name in enumerate(_MONTHS.split("|"), 1) if name.casefold().startswith(word.casefold()[:3])), 0
    )


def parts_of_year(text: str, year: int) -> Iterator[tuple[str, Span, Days, bool]]:
    """The parts of months and years in a text: as printed, where, the days it may end on, and whether every year.

    ``year`` is read where the text says none.
    """
    for form, read in _FORMS:
        for match in form.finditer(text):
            groups = match.groupdict()
            said = next((groups[name] for name in ("year", "h", "e", "v") if groups.get(name)), None)
            days = read(match, int(said) if said else year)
            if days is not None:
                yearly = bool(re.search(r"(?:hằng|hàng|mỗi)\s+năm|(?:each|every)\s+year", match[0], re.I))
                yield match[0], match.span(), days, yearly
