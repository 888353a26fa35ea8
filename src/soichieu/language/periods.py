"""The value `Period`, and how one match of a written form becomes one."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from . import date_forms as f
from .reasons import NONE, Reason

PeriodKind = Literal[
    "date", "month", "quarter", "year", "range", "before", "until", "standing", "periodic", "relative", "none"
]
Precision = Literal["day", "week", "month", "quarter", "half", "year", "years", "none"]


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days as a text names it.

    `start` and `end` are inclusive; None is open or not known. `recurrence` is an ISO 8601 duration ("P1Y") for
    periodic ones. A relative one has its `anchor` (the event it runs from, in the text's words; "" for none) with
    `offset_days` and `offset_months` (negative: before the event) and whether days are `working` ones. `note` says
    what was guessed or is wrong ("31-2-2025 does not exist"). `span` are the offsets in the text searched.
    """

    text: str
    start: date | None
    end: date | None
    precision: Precision
    kind: PeriodKind
    recurrence: str | None = None
    anchor: str | None = None
    offset_days: int | None = None
    working: bool = False
    offset_months: int | None = None
    note: Reason = NONE
    span: tuple[int, int] = (0, 0)


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(max(year, date.min.year), date.max.year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _wrong(text: str, why: str, vi: str, at: tuple[int, int]) -> Period:
    return Period(text, None, None, "none", "none", note=Reason(why, vi), span=at)


def _month_days(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _year_of(reference: date | None, month: int, day: int) -> int | None:
    """The year in which that day next comes, from the reference on."""
    if reference is None:
        return None
    try:
        return reference.year if date(reference.year, month, day) >= reference else reference.year + 1
    except ValueError:
        return reference.year


class Reader:
    """Reads one match of a form into a period, without the words before it."""

    def __init__(self, reference: date | None, strict: bool) -> None:
        self.reference = reference
        self.strict = strict

    def day(self, m: re.Match[str], year: str | None, month: str, day: str, note: Reason = NONE) -> Period:
        text, at = m[0], m.span()
        number, days = int(month), int(day)
        if not 1 <= number <= 12:
            if 1 <= days <= 12 and 1 <= number <= 31 and year:
                swapped = Reason(
                    f"“{text}” is read as month/day: there is no month {number}",
                    f"“{text}” được đọc theo tháng/ngày: không có tháng {number}",
                )
                return self.day(m, year, day, month, swapped)
            return _wrong(text, f"“{text}”: there is no month {number}", f"“{text}”: không có tháng {number}", at)
        if year and len(year) == 2:
            year = f"20{year}" if int(year) < 70 else f"19{year}"
            note = Reason(f"“{text}” is read as the year {year}", f"“{text}” được đọc là năm {year}")
        stated = int(year) if year else _year_of(self.reference, number, days)
        longest = monthrange(stated if stated and 1 <= stated <= 9999 else 2024, number)[1]
        if not 1 <= days <= longest or (stated is not None and not 1 <= stated <= 9999):
            return _wrong(
                text,
                f"“{text}” does not exist: that month has {longest} days",
                f"“{text}” không có thật: tháng đó có {longest} ngày",
                at,
            )
        if stated is None:
            return Period(text, None, None, "day", "date", note=f.no_year(text), span=at)
        if not year:
            note = f.taken_year(stated)
        return Period(text, date(stated, number, days), date(stated, number, days), "day", "date", note=note, span=at)

    def month(self, m: re.Match[str], year: str | None, month: str) -> Period | None:
        text, at, number = m[0], m.span(), int(month)
        if not 1 <= number <= 12:
            return _wrong(text, f"“{text}”: there is no month {number}", f"“{text}”: không có tháng {number}", at)
        if not year and self.reference is None:
            return Period(text, None, None, "month", "month", note=f.no_year(text), span=at)
        stated = int(year) if year else _year_of(self.reference, number, 28)
        if stated is None or not 1 <= stated <= 9999:
            return None
        start, end = _month_days(stated, number)
        return Period(text, start, end, "month", "month", note=NONE if year else f.taken_year(stated), span=at)

    def quarter(self, m: re.Match[str]) -> Period:
        text, at = m[0], m.span()
        first = f.ROMAN[m["q_n"].lower()]
        last = f.ROMAN[(m["q_n2"] or m["q_n"]).lower()]
        year = int(m["q_y"]) if m["q_y"] else _year_of(self.reference, last * 3, 28)
        kind: PeriodKind = "quarter" if first == last else "range"
        if year is None:
            return Period(text, None, None, "quarter", kind, note=f.no_year(text), span=at)
        note = NONE if m["q_y"] else f.taken_year(year)
        start, end = date(year, first * 3 - 2, 1), _month_days(year, last * 3)[1]
        return Period(text, start, end, "quarter", kind, note=note, span=at)

    def half(self, m: re.Match[str]) -> Period | None:
        count = f.number(m["half_n"])
        if not 1 <= count <= 11:
            return None
        year = int(m["half_y"]) if m["half_y"] else (self.reference.year if self.reference else None)
        precision: Precision = "half" if count == 6 else "month"
        if year is None:
            return Period(m[0], None, None, precision, "range", note=f.no_year(m[0]), span=m.span())
        note = NONE if m["half_y"] else f.taken_year(year)
        if m["half_w"].lower() == "đầu":
            start, end = date(year, 1, 1), _month_days(year, count)[1]
        else:
            start, end = date(year, 13 - count, 1), date(year, 12, 31)
        return Period(m[0], start, end, precision, "range", note=note, span=m.span())

    def span_of_years(self, m: re.Match[str]) -> Period:
        first, last = int(m["ys_a"]), int(m["ys_b"])
        if last < first:
            why = f"“{m[0]}” ends before it begins", f"“{m[0]}” kết thúc trước khi bắt đầu"
            return _wrong(m[0], *why, m.span())
        return Period(m[0], date(first, 1, 1), date(last, 12, 31), "years", "range", span=m.span())

    def year(self, m: re.Match[str], year: int) -> Period:
        return Period(m[0], date(year, 1, 1), date(year, 12, 31), "year", "year", span=m.span())

    def recurring(self, m: re.Match[str]) -> Period:
        if m["rec_u"]:
            duration = f.UNIT_DURATION[m["rec_u"].lower()]
        elif m["rec_en"]:
            duration = f.ENGLISH_DURATION[" ".join(m["rec_en"].lower().split())]
        else:
            unit = m["rec_nu"].lower()
            letter = {"ngày": "D", "tuần": "W", "tháng": "M", "quý": "M", "năm": "Y"}.get(unit, unit[0].upper())
            duration = f"P{f.number(m['rec_n']) * (3 if unit == 'quý' else 1)}{letter}"
        precision = f.PRECISION_OF.get(duration, "none")
        return Period(m[0], None, None, precision, "periodic", recurrence=duration, span=m.span())  # type: ignore[arg-type]

    def read(self, m: re.Match[str]) -> Period | None:
        """The period that a match states, None where the match is not one after all."""
        form = m.lastgroup or ""
        form = next((name for name in f.NAMES if m[name] is not None), form)
        if form == "iso":
            return self.day(m, m["iso_y"], m["iso_m"], m["iso_d"])
        if form == "long":
            return self.day(m, m["long_y"], m["long_m"], m["long_d"])
        if form == "num":
            if len(m["num_y"]) == 2 and not (self.strict or m[0].lower().startswith("ngày")):
                return None
            return self.day(m, m["num_y"], m["num_m"], m["num_d"])
        if form == "dm":
            return self.day(m, m["dm_y"], m["dm_m"], m["dm_d"])
        if form == "en_dmy":
            return self.day(m, m["en_y"], str(f.month_number(m["en_m"])), m["en_d"])
        if form == "en_mdy":
            return self.day(m, m["us_y"], str(f.month_number(m["us_m"])), m["us_d"])
        if form == "en_my":
            return self.month(m, m["emy_y"], str(f.month_number(m["emy_m"])))
        if form == "my":
            return self.month(m, m["my_y"], m["my_m"])
        if form == "month":
            return self.month(m, m["mo_y"], m["mo_m"])
        if form == "months":
            first, last, year = int(m["ms_a"]), int(m["ms_b"]), int(m["ms_y"])
            if first > last:
                first, note = last, Reason(f"“{m[0]}” runs backwards", f"“{m[0]}” ghi ngược")
                return Period(
                    m[0], date(year, first, 1), _month_days(year, last)[1], "month", "range", note=note, span=m.span()
                )
            return Period(m[0], date(year, first, 1), _month_days(year, last)[1], "month", "range", span=m.span())
        if form == "quarter":
            return self.quarter(m)
        if form == "halfy":
            return self.half(m)
        if form == "halfen":
            year = int(m["halfen_y"])
            first_half = m["halfen_w"].lower() == "first"
            start = date(year, 1 if first_half else 7, 1)
            return Period(
                m[0],
                start,
                date(year, 6 if first_half else 12, 30 if first_half else 31),
                "half",
                "range",
                span=m.span(),
            )
        if form == "years":
            return self.span_of_years(m)
        if form == "recur":
            return self.recurring(m)
        if form == "standing":
            return Period(m[0], None, None, "none", "standing", span=m.span())
        if form == "year":
            return self.year(m, int(m["y_y"]))
        if form == "bare":
            return self.year(m, int(m["b_y"]))
        if form == "thisyear" and self.reference:
            return self.year(m, self.reference.year)
        if form == "nextyears":
            following = date(self.reference.year + 1, 1, 1) if self.reference else None
            return Period(m[0], following, None, "years", "relative", anchor="", span=m.span())
        return None
