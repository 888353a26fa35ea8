"""How often: "quý nào cũng", "một năm hai đợt", "every other month", "at half-year intervals", in months."""

from __future__ import annotations

import re

from soichieu.alignment.ratios import number

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_INTERVALS = {"half": 6.0, "six-": 6.0, "year": 12.0, "annu": 12.0, "quar": 3.0, "mont": 1.0, "week": 7 / 30.44}
_RHYTHMS = re.compile(
    r"(?<!\w)(?P<year>năm\s+nào\s+cũng|từng\s+năm|theo\s+năm|thường\s+niên|mỗi\s+năm\s+(?:(?:một|1|01)\s+)?(?:lần"
    r"|đợt|kỳ|lượt)|once\s+a\s+year|yearly|annually|every\s+12\s+months)(?!\w)"
    r"|(?<!\w)(?P<quarter>quarterly|quý\s+nào\s+cũng|từng\s+quý|theo\s+quý|định\s+kỳ\s+quý|mỗi\s+quý)(?!\w)"
    r"|(?<!\w)(?P<month>monthly(?!\s+(?:meeting|newsletter|bulletin|session))|tháng\s+nào\s+cũng"
    r"|từng\s+tháng|theo\s+tháng|định\s+kỳ\s+tháng|mỗi\s+tháng)(?!\w)"
    r"|(?<!\w)(?P<week>weekly(?!\s+(?:meeting|newsletter|bulletin|session))|tuần\s+nào\s+cũng|từng\s+tuần"
    r"|theo\s+tuần|mỗi\s+tuần)(?!\w)"
    r"|(?<!\w)(?P<day>daily|ngày\s+nào\s+cũng|từng\s+ngày|mỗi\s+ngày|hằng\s+ngày|hàng\s+ngày)(?!\w)"
    r"|(?<!\w)(?P<half>half-?yearly|semi-?annually|twice\s+yearly|bi-?annually)(?!\w)"
    r"|\bevery\s+(?:other|second|alternate)\s+(?P<other>year|quarter|month|week)\b|\b(?P<two>two|three|four"
    r"|five)-yearly\b"
    r"|(?<!\w)(?:mỗi|một|hằng|hàng|trong)\s+(?P<in>năm|quý|tháng"
    r"|tuần)\s+(?:[^\W\d]+\s+){0,3}?(?P<times>\d{1,2}|một|hai|ba|bốn|sáu)\s+(?:đợt|kỳ|lượt|lần)(?!\w)"
    r"|(?<!\w)(?P<times2>\d{1,2}|một|hai|ba|bốn|sáu)\s+(?:đợt|kỳ|lượt|lần)\s*(?:/|mỗi|một"
    r"|trong)\s*(?:một\s+|mỗi\s+)?(?P<in2>năm|quý|tháng|tuần)(?!\w)"
    r"|\bevery\s+(?P<nth>third|fourth|fifth)\s+(?P<of>year|quarter|month|week)\b"
    r"|\bin\s+alternate\s+(?P<alternate>year|quarter|month|week)s\b|\bper\s+(?P<semester>semester|half-?year)\b"
    r"|\bat\s+(?P<interval>half-?year(?:ly)?|six-month(?:ly)?|yearly|annual|quarterly|monthly|weekly)\s+intervals?\b"
    rf"|\b(?:each|every)\s+(?P<months>(?:{MONTHS})(?:(?:,?\s+and\s+|,\s*)(?:{MONTHS}))+)\b"
    r"|(?<!\w)(?P<once>năm|quý|tháng|tuần)\s+(?:một|1|01)\s+(?:lần|đợt|kỳ)(?!\w)"
    r"|(?<!\w)cách\s+(?P<gap>năm|tháng|quý|tuần)(?!\w)|\bbienniall?y?\b",
    re.IGNORECASE,
)
_UNITS = {"year": 12.0, "quarter": 3.0, "month": 1.0, "week": 7 / 30.44, "day": 1 / 30.44, "half": 6.0}
_VI_UNITS = {"năm": 12.0, "quý": 3.0, "tháng": 1.0, "tuần": 7 / 30.44}


def rhythms(text: str) -> list[tuple[str, tuple[int, int], float]]:
    """The rhythms of a text: as printed, where, and the months from one time to the next."""
    found: list[tuple[str, tuple[int, int], float]] = []
    for match in _RHYTHMS.finditer(text):
        if match["other"]:
            every = 2 * _UNITS[match["other"].casefold()]
        elif match["once"]:
            before = text[: match.start()].split()
            if before and number(before[-1]) is not None:
                continue
            every = _VI_UNITS[match["once"].casefold()]
        elif match["alternate"]:
            every = 2 * _UNITS[match["alternate"].casefold()]
        elif match["semester"]:
            every = 6.0
        elif match["interval"]:
            every = _INTERVALS[match["interval"].casefold()[:4]]
        elif match["months"]:
            every = 12.0 / len(re.findall(MONTHS, match["months"], re.IGNORECASE))
        elif match["nth"]:
            every = {"third": 3, "fourth": 4, "fifth": 5}[match["nth"].casefold()] * _UNITS[match["of"].casefold()]
        elif match["times"] or match["times2"]:
            unit, times = match["in"] or match["in2"], match["times"] or match["times2"]
            every = _VI_UNITS[unit.casefold()] / (number(times) or 1)
        elif match["two"]:
            every = 12.0 * (number(match["two"]) or 1)
        elif match["gap"]:
            every = 2 * _VI_UNITS[match["gap"].casefold()]
        else:
            every = next((length for name, length in _UNITS.items() if match[name]), 24.0)
        found.append((match[0], match.span(), every))
    return found
