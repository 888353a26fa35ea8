"""Dates and periods in administrative text, as intervals with their precision.

`parse_period` reads one deadline cell, `find_periods` all of a running text. Readings that are conventions, not
arithmetic:

- "trước ngày 30/6" ends on 29-6 (before the day); "đến", "chậm nhất", "không quá" include the day named;
- "đến năm 2030" ends on 31-12-2030; "đến" and "trước" have no start;
- "trong 30 ngày kể từ ngày …" does not count the day it runs from (Civil Code 91/2015/QH13, article 147);
- a day or month without a year takes the first one on or after `reference`; without a reference it has no dates;
- Vietnamese order is day/month/year; a reading as month/day is taken only where the other is impossible, and said.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from . import date_forms as f
from .calendar import WorkingCalendar
from .periods import Period, PeriodKind, Precision, Reader, add_months
from .reasons import NONE, Reason, join
from .text import nfc

__all__ = ["Period", "PeriodKind", "Precision", "add_months", "find_periods", "format_date", "parse_period"]

_LOOK_BACK = 60
_DATED = frozenset({"date", "month", "quarter", "year", "range"})
_BLANKS = frozenset(
    ("", "-", "--", "–", "—", "…", "...", "x", "/", "không", "không có", "không thời hạn", "không xác định",
     "không quy định", "không ấn định thời hạn", "n/a", "none")
)  # fmt: skip
_PLAIN_AFTER_YEAR = re.compile(
    r"\s*(?:$|[.,;:)\]”\"–—-]|(?:và|đến|tới|trở|có|sẽ|phải|đạt|là|với|để|and|to|the|as|for|with|of|hoàn|tại|do|theo)\b)"
)
_BOUNDS = (
    ("now", f.NOW_UNTIL),
    ("before", f.BEFORE),
    ("from", f.FROM),
    ("after", f.AFTER),
    ("until", f.UNTIL),
)
_PAST = re.compile(r"\s*(?:qua|trước đây|gần đây|gần nhất|vừa qua|ago)\b", re.IGNORECASE)
_EVENT_END = re.compile(
    r"\s+(?:thì|mà|để|phải|sẽ|các|cơ quan|đơn vị|the\s+\w+\s+(?:shall|must))\s|\s+và\s+(?=trước|sau|trong)",
    re.IGNORECASE,
)


def format_date(day: date | None, language: str = "vi") -> str:
    """A day as pages print it: "14-11-2022" in Vietnamese, "14 November 2022" in English, "" for None."""
    if day is None:
        return ""
    if language.lower().startswith("vi"):
        return f"{day.day:02d}-{day.month:02d}-{day.year}"
    name = next(name for name, number in f.MONTHS.items() if number == day.month)
    return f"{day.day} {name.capitalize()} {day.year}"


def _offset(text: str, m: re.Match[str], back: int, reader: Reader) -> tuple[Period, int] | None:
    """A relative period around the duration at `m`, with the offset where it ends; None for a mere duration."""
    within = f.WITHIN.search(text, max(back, m.start() - _LOOK_BACK), m.start())
    anchor = f.ANCHOR.match(text, m.end())
    working = bool(m["off_w1"] or m["off_w2"])
    if _PAST.match(text, m.end()) or not (within or working or anchor and anchor["event"] or reader.strict):
        return None
    unit = m["off_u"].lower()
    if anchor and anchor["after"] and anchor["after"].lower() in ("of", "từ") and not (within or working):
        return None
    if not within and not working and unit in ("năm", "year", "years") and not anchor:
        return None
    count = f.number(m["off_n"])
    if count > 3660:
        return None
    sign = -1 if anchor and anchor["before"] else 1
    event, end = "", m.end()
    if anchor:
        event = anchor["event"]
        stop = _EVENT_END.search(event)
        event = (event[: stop.start()] if stop else event).rstrip()
        end = anchor.start("event") + len(event)
    days = (
        sign * count * {"n": 1, "d": 1, "t": 7, "w": 7}[unit[0]]
        if unit in ("ngày", "tuần") or unit[0] in "dw"
        else None
    )
    months = None if days is not None else sign * count * (12 if unit[0] in "ny" else 1)
    start = within.start() if within else m.start()
    period = Period(
        text[start:end], None, None, "day", "relative",
        anchor=event, offset_days=days, working=working, offset_months=months, span=(start, end),
    )  # fmt: skip
    return _resolved(period, reader.reference), end


def _resolved(period: Period, reference: date | None) -> Period:
    """The relative period counted from `reference`, taken as the day of its event."""
    if reference is None:
        return period
    try:
        if period.offset_months is not None:
            day, note = add_months(reference, period.offset_months), NONE
        elif period.working:
            calendar = WorkingCalendar.load()
            day, note = calendar.add_working_days(reference, period.offset_days or 0), NONE
            if not calendar.covers(min(reference, day), max(reference, day)):
                note = Reason("the holiday table lacks these years: only weekends are left out",
                              "bảng ngày nghỉ chưa có các năm này: chỉ trừ thứ Bảy, Chủ nhật")  # fmt: skip
        else:
            day, note = reference + timedelta(days=period.offset_days or 0), NONE
    except OverflowError:
        return period
    return replace(period, start=reference if day >= reference else None, end=day, note=note)


def _dated(text: str, m: re.Match[str], reader: Reader) -> Period | None:
    """The period that `m` states by itself, None where running text only looks like one."""
    if m["standing"] is not None and not reader.strict:
        return None
    if m["bare"] is not None and not reader.strict:
        before = f.BARE_OK.search(text, max(0, m.start() - 30), m.start())
        if not before or not _PLAIN_AFTER_YEAR.match(text, m.end()):
            return None
    if m["nextyears"] is not None and not reader.strict:
        return None
    return reader.read(m)


def _bounded(text: str, period: Period, back: int, reference: date | None) -> Period:
    """The period with the words before it taken in: before, until, from, after."""
    begin, end = period.span
    window = max(back, begin - _LOOK_BACK)
    matches = ((kind, pattern.search(text, window, begin)) for kind, pattern in _BOUNDS)
    kind, found = next(((kind, match) for kind, match in matches if match), ("", None))
    if found is None:
        part = f.PART.search(text, window, begin)
        if part:
            note = Reason(f"“{part[0].strip()}”: which days is not said", f"“{part[0].strip()}”: không nói rõ ngày nào")
            return replace(
                period, span=(part.start(), end), text=text[part.start() : end], note=join([period.note, note])
            )
        return period
    period = replace(period, span=(found.start(), end), text=text[found.start() : end])
    if period.kind == "none":
        return period
    if kind == "before":
        last = period.start - timedelta(days=1) if period.start else None
        return replace(period, start=None, end=last, kind="before")
    if kind == "now":
        return replace(period, start=reference, kind="until")
    if kind == "until":
        return replace(period, start=None, kind="until")
    if kind == "after":
        return replace(period, start=period.end + timedelta(days=1) if period.end else None, end=None, kind="range")
    return replace(period, end=None, kind="range")


def _next_form(text: str, place: int) -> re.Match[str] | None:
    """The first form from `place` on: tried only where one can begin."""
    for trigger in f.TRIGGER.finditer(text, place):
        start = trigger.start()
        if trigger["digits"]:
            lead = f.LEAD.search(text, max(place, start - 24), start)
            m = f.FORM.match(text, lead.start()) if lead else None
            if m is not None and m.end() > start:
                return m
        m = f.FORM.match(text, start)
        if m is not None:
            return m
    return None


def date_at(text: str, place: int) -> tuple[date, int] | None:
    """The day that stands at `place` of an NFC text, and where it ends; None when no whole date stands there."""
    m = f.FORM.match(text, place)
    period = Reader(None, strict=False).read(m) if m and m["offset"] is None else None
    return (period.start, m.end()) if m and period and period.kind == "date" and period.start else None


def _scan(text: str, reference: date | None, strict: bool) -> list[Period]:
    reader = Reader(reference, strict)
    found: list[Period] = []
    back = place = 0
    while True:
        m = _next_form(text, place)
        if m is None:
            return found
        place = max(m.end(), place + 1)
        if m["offset"] is not None:
            relative = _offset(text, m, back, reader)
            if relative:
                found.append(relative[0])
                back = place = relative[1]
            continue
        period = _dated(text, m, reader)
        if period is None:
            continue
        if period.kind == "relative" and m["nextyears"] is not None and found and found[-1].kind in _DATED:
            earlier = found[-1]
            if not text[earlier.span[1] : m.start()].strip(" ,"):
                span = (earlier.span[0], m.end())
                found[-1] = replace(
                    earlier, end=None, kind="standing", precision="years", text=text[span[0] : span[1]], span=span
                )
                back = place
                continue
        if period.kind in _DATED or period.kind == "none":
            period = _bounded(text, period, back, reference)
            period, place = _linked(text, period, place, reader)
            period, place = _yearly(text, period, place)
        found.append(period)
        back = place


def _linked(text: str, period: Period, place: int, reader: Reader) -> tuple[Period, int]:
    """`period` joined with the one that follows it across "đến" or a dash, where there is one."""
    link = f.LINK.match(text, place)
    if not link or period.kind not in ("date", "month", "quarter", "year", "range") or period.span[1] != place:
        return period, place
    m = f.FORM.match(text, link.end())
    if m is None or m["offset"] is not None or m["recur"] is not None or m["standing"] is not None:
        return period, place
    begins = f.FROM.match(text, period.span[0]) is not None or text[period.span[0] :][:2].lower() in ("từ", "kể")
    if period.kind == "range" and not begins:
        return period, place
    last = reader.read(m)
    if last is None or last.kind not in _DATED:
        return period, place
    start = period.start
    if last.end and (start is None or period.note):
        again = Reader(date(last.end.year, 1, 1), reader.strict)
        first = f.FORM.search(text, period.span[0], place)
        reread = again.read(first) if first else None
        if reread and reread.start and (start is None or "no year" in period.note):
            start = reread.start
    if start and last.end and start > last.end:
        return period, place
    span = (period.span[0], m.end())
    precision = "years" if last.precision == "year" else last.precision
    return Period(text[span[0] : span[1]], start, last.end, precision, "range", note=last.note, span=span), m.end()


def _yearly(text: str, period: Period, place: int) -> tuple[Period, int]:
    """`period` made periodic where "hằng năm" follows it ("trước ngày 15 tháng 6 hằng năm")."""
    every = f.EVERY_YEAR.match(text, place)
    if not every:
        return period, place
    span = (period.span[0], every.end())
    note = Reason("each year; the dates are those of the next one", "hằng năm; ngày ghi là của lần tới")
    periodic = replace(
        period,
        kind="periodic",
        recurrence="P1Y",
        text=text[span[0] : span[1]],
        span=span,
        note=note if period.end else NONE,
    )
    return periodic, every.end()


def find_periods(text: str, reference: date | None = None) -> list[Period]:
    """The dates and periods of a running text, in order, disjoint; offsets are into the NFC form of `text`.

    `reference` gives a year to those without one, and a day to count relative ones from. What only looks like a
    date (a bare "2025", "thường xuyên" as an adverb) is left out; a date that does not exist comes with kind
    'none' and the reason in `note`.
    """
    return _scan(nfc(text), reference, strict=False)


def parse_period(text: str, reference: date | None = None) -> Period | None:
    """The one period that a deadline cell states; None when it states none that is known here.

    A blank cell or "không" gives kind 'none', as does a date that does not exist, with the reason in `note`. Where
    a cell states several, the first is given and `note` names the others.
    """
    whole = nfc(text).strip()
    if whole.casefold() in _BLANKS:
        return Period(whole, None, None, "none", "none")
    found = _scan(whole, reference, strict=True)
    if not found:
        return None
    first = found[0]
    others = ", ".join(period.text for period in found[1:5])
    also = Reason(f"the text also names: {others}", f"văn bản còn ghi: {others}") if others else NONE
    return replace(first, text=whole, note=join([first.note, also]))
