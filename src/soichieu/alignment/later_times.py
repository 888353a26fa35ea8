"""Whether an item may be done later, or less often, than its superior asks.

On top of ``deadlines`` (last days, rhythms, terms), with the lengths of time of ``lengths``, the parts of months and
years of ``calendar_days``, and what is to be done *at once* or *before* an event.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import date, timedelta

from soichieu.alignment.calendar_days import parts_of_year
from soichieu.alignment.clock import hours, later_hour
from soichieu.alignment.deadlines import REFERENCE, Due, due_of_cell, dues
from soichieu.alignment.lengths import Length, lengths
from soichieu.alignment.rhythms import MONTHS, rhythms

_NOW = re.compile(
    r"(?<!\w)(?:ngay\s+lập\s+tức|lập\s+tức|tức\s+thì|tức\s+khắc|ngay\s+(?:sau\s+)?khi|khẩn\s+trương\s+ngay"
    r"|không\s+chậm\s+trễ|immediately|at\s+once"
    r"|without\s+(?:undue\s+)?delay|forthwith|straight\s?away|right\s+away|instantly"
    r"|(?:báo\s+cáo|báo|thông\s+báo|gửi|chuyển|trình|trả|cung\s+cấp|cập\s+nhật|xử\s+lý|khắc\s+phục|dừng"
    r"|đình\s+chỉ|thu\s+hồi|công\s+bố|thực\s+hiện|giải\s+quyết"
    r"|phản\s+hồi|trả\s+lời|bàn\s+giao|nộp|khai\s+báo|tiếp\s+nhận|phải|cần|được)"
    r"(?:\s+[^\W\d]+){0,2}?\s+ngay(?!\s+(?:từ|tại|trong|cả|bên|đầu|trên|ở|dưới|cạnh|giữa|thẳng|ngắn|trước"
    r"|sau\s+(?!khi))(?!\w)))(?!\w)",
    re.IGNORECASE,
)
_SAME_DAY = re.compile(
    r"(?:ngay\s+)?trong\s+(?:cùng\s+)?ngày(?!\s+làm\s+việc\s+(?:tiếp|kế|sau))|the\s+same\s+day", re.IGNORECASE
)
# Before or at an event: "before use", "at the time of the first communication", "trước khi dùng", "tại thời điểm ký".
_EVENT = re.compile(
    r"(?<!\w)(?:before|prior\s+to|at\s+the\s+time\s+of|at\s+the\s+moment\s+of|on\s+the\s+day\s+of"
    r"|in\s+advance\s+of|trước\s+khi|tại\s+thời\s+điểm|cùng\s+lúc\s+với|ngay\s+trong"
    r"|đồng\s+thời\s+với)\s+(?!\d)(?P<event>[^.;,\d]{3,60})",
    re.IGNORECASE,
)
_AFTER_EVENT = re.compile(
    r"(?:^|\s)(?:after|of|from|following|since|kể\s+từ|tính\s+từ|từ|sau)\s+(?P<event>[^.;]{2,80})", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_EMPTY = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "with",
        "and",
        "or",
        "for",
        "in",
        "on",
        "at",
        "by",
        "its",
        "their",
        "any",
        "each",
        "every",
        "start",
        "end",
        "of",
        "use",
        "của",
        "các",
        "và",
        "khi",
        "ngày",
        "có",
        "được",
        "cho",
        "về",
        "trong",
        "từ",
        "sau",
        "trước",
        "việc",
        "bắt",
        "đầu",
        "kết",
        "thúc",
        "là",
        "thời",
        "điểm",
    ]
) - {"use"}
_STARTS = re.compile(
    r"(?<!\w)(?<!kể\s)từ\s+(?P<vi>(?:quý\s+(?:IV|III|II|I|[1-4])|tháng\s+\d{1,2})\s*(?:/|năm"
    r"|,)?\s*20\d\d)(?!\s*(?:-|–|đến|tới|\d))"
    rf"|\bfrom\s+(?P<en>(?:{MONTHS}|Q[1-4])\s+20\d\d)(?!\s*(?:-|–|to|until|through))",
    re.IGNORECASE,
)
# The name of a document with its date, which is no deadline.
_DATED_NAME = re.compile(
    r"(?<!\w)\d{1,5}/(?:\d{4}/)?(?:QĐ|NQ|CT|KH|NĐ|TT|KL|TB|CV"
    r"|QH)[-\w]*\s+ngày\s+\d{1,2}[-/.]\d{1,2}[-/.]\d{4}",
    re.IGNORECASE,
)
_MONTHLY = 1.0
_YEARLY = 12.0
_DAY_OF_MONTH = re.compile(
    r"(?P<before>trước\s+)?(?<!\w)ngày\s+(?:mùng\s+|mồng\s+)?(?P<vi>\d{1,2})\s+(?:của\s+)?(?:hằng|hàng|mỗi"
    r"|các)\s+tháng(?!\s+(?:sau|kế|tiếp))"
    r"|\bthe\s+(?P<en>\d{1,2})(?:st|nd|rd|th)\s+(?:day\s+)?of\s+(?:each|every|the)\s+month\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Time:
    """A statement of time: a last day (the earliest and the latest it may mean), a rhythm (months from one time to the
    next) or a term (days). ``after`` are the words that say what the term runs from."""

    text: str
    span: tuple[int, int]
    early: date | None = None
    late: date | None = None
    every: float | None = None
    term: float | None = None
    after: str = ""
    notice: bool = False


def later(superior: str, superior_cell: str, item: str, item_cell: str) -> tuple[str, str] | None:
    """The superior's time and the item's that lies later, as printed; None where none does.

    The cells are the tables' own columns of deadlines, empty where there are none; they count before the text.
    """
    if (superior, superior_cell) == (item, item_cell):
        return None
    asked, given = _times(superior, superior_cell), _times(item, item_cell)
    found = later_hour(superior, item) or _later_notice(asked, given) or _later_term(asked, given, superior, item)
    if found is None:
        found = _after_the_event(superior, given)
    if found is not None:
        return found
    if found := _fewer_days(asked, given):
        return found
    for kind in ("every", "day", "monthly"):
        mine, theirs = _of_kind(asked, kind), _of_kind(given, kind)
        for one, other in _paired(mine, theirs, kind) if mine and theirs else ():
            if kind == "every" and (other.every or 0) > (one.every or 0) * 1.05:
                return one.text, other.text
            if kind == "every" or other.early is None or one.late is None:
                continue
            slack = (_bound(one) - one.late).days
            if _days_between(other.early, one.late, _yearless(one) != _yearless(other)) > slack:
                return one.text, other.text
    return _starts_later(asked, given, f"{item_cell} {item}")


# --- Reading ----------------------------------------------------------------------------------------------------------


_CALENDAR = re.compile(r"\bcalendar(?= 20\d\d)", re.IGNORECASE)


def _times(text: str, cell: str) -> list[Time]:
    # "Q3 of calendar 2020" is the quarter of the year, in words of the same length.
    text, cell = (_CALENDAR.sub(lambda match: " " * len(match[0]), one) for one in (text, cell))
    if cell.strip():
        found = _parts(cell)
        if found:
            return found
        dated = _of_text(cell)
        if len(dated) > 1 and any(one.late is not None for one in dated):
            return [one for one in dated if one.late is not None]  # "trước 31/7 hằng năm"
        due = due_of_cell(cell)
        if due is not None and not (due.every is None and rhythms(cell)):
            return [_of_due(due)]
        found = [Time(*one[:2], every=one[2]) for one in rhythms(cell)] or [
            _of_length(one) for one in lengths(cell) if one.role == "rhythm"
        ]
        if found:
            return found
        if due is not None:
            return [_of_due(due)]
    return _of_text(text)


def _of_text(text: str) -> list[Time]:
    spans = lengths(text)
    found = _parts(text)
    for one in spans:
        if one.role in ("rhythm", "notice"):
            found.append(_of_length(one))
    # A duration, or a length that no word makes a term, is no deadline.
    taken = [one.span for one in found]
    found += [Time(*one[:2], every=one[2]) for one in rhythms(text) if not _overlaps(one[1], taken)]
    shut = [*(one.span for one in spans if one.role in ("least", "kept")), *hours(text)]
    undated = _DATED_NAME.sub(lambda match: " " * len(match[0]), text)
    for due in dues(undated):
        if _is_part_of_name(undated, due) or _overlaps(due.span, [*shut, *(one.span for one in found)]):
            continue
        found.append(_of_due(due, text))
    for one in spans:
        if one.role == "term" and not _overlaps(one.span, [*shut, *(time.span for time in found)]):
            found.append(_of_length(one))
    if not any(one.term is not None for one in found):
        found += [Time(match[0], match.span(), term=0.0) for match in _NOW.finditer(text)]
    return sorted(found, key=lambda one: one.span)


def _overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and span[1] > start for start, end in others)


def _is_part_of_name(text: str, due: Due) -> bool:
    """ "Nghị quyết … ngày 22-12-2024" dates a document, not a deadline."""
    before = text[max(0, due.span[0] - 40) : due.span[0]].casefold()
    return any(word in before for word in ("nghị quyết số", "quyết định số", "kế hoạch số", "-nq/tw", "/qđ-"))


def _parts(text: str) -> list[Time]:
    found: list[Time] = []
    for match in _DAY_OF_MONTH.finditer(text):
        number_ = int(match["vi"] or match["en"])
        if 0 < number_ < 32:
            that = date(REFERENCE.year, 1, number_)
            found.append(Time(match[0], match.span(), that, that, _MONTHLY))
    for printed, span, (early, late), yearly in parts_of_year(text, REFERENCE.year):
        if not _overlaps(span, [one.span for one in found]):
            found.append(Time(printed, span, early, late, 12.0 if yearly else None))
    return found


def _of_due(due: Due, text: str = "") -> Time:
    rest = due.text + re.split(r"[.;]", text[due.span[1] :], maxsplit=1)[0]
    return Time(due.text, due.span, due.last, due.last, due.every, due.term, rest,
                notice=due.term is not None and due.term < 0)  # fmt: skip


def _of_length(one: Length) -> Time:
    if one.role == "rhythm":
        return Time(one.text, one.span, every=one.days / 30.44)
    return Time(one.text, one.span, term=one.days, after=one.after, notice=one.role == "notice")


# --- Comparing --------------------------------------------------------------------------------------------------------


def _of_kind(found: list[Time], kind: str) -> list[Time]:
    if kind == "every":
        return [one for one in found if one.every is not None and one.late is None]
    if kind in ("day", "monthly"):
        return [one for one in found if one.late is not None and (one.every == _MONTHLY) == (kind == "monthly")]
    return [one for one in found if one.term is not None and one.notice == (kind == "notice")]


def _paired(mine: list[Time], theirs: list[Time], kind: str) -> list[tuple[Time, Time]]:
    if kind != "every":
        if len(mine) == len(theirs):
            mine = sorted(mine, key=lambda one: one.late or date.min)
            return list(zip(mine, sorted(theirs, key=lambda one: one.early or date.min), strict=True))
        return [(max(mine, key=lambda one: one.late or date.min), max(theirs, key=lambda one: one.early or date.min))]
    return list(zip(mine, theirs, strict=True)) if len(mine) == len(theirs) else [(mine[0], theirs[0])]


def _yearless(one: Time) -> bool:
    """It names a day or month of no year, or of every year."""
    return not re.search(r"20\d\d|\d[-/.]\d{1,2}[-/.]\d\d|năm\s+\w|FY|Tết", one.text)


def _days_between(later: date, earlier: date, within_a_year: bool) -> int:
    """The days from one to the other; where only one of them names a year, by day and month alone."""
    if within_a_year:
        return (later.month * 31 + later.day) - (earlier.month * 31 + earlier.day)
    return (later - earlier).days


def _bound(one: Time) -> date:
    """The last day; of "trước ngày 31/12" the day itself is let pass: offices mean by it the end of the year."""
    assert one.late is not None
    return one.late + timedelta(days=bool(re.match(r"trước|before", one.text, re.IGNORECASE)))


def _later_notice(asked: list[Time], given: list[Time]) -> tuple[str, str] | None:
    """Fewer days before an event than asked: the last day lies later."""
    mine, theirs = _of_kind(asked, "notice"), _of_kind(given, "notice")
    if len(mine) != 1 or len(theirs) != 1:
        return None
    return (mine[0].text, theirs[0].text) if abs(theirs[0].term or 0) < abs(mine[0].term or 0) * 0.98 else None


def _fewer_days(asked: list[Time], given: list[Time]) -> tuple[str, str] | None:
    """A rhythm above, and below so many days of every year that they come round less often ("định kỳ 6 tháng":
    "tháng 12 hằng năm")."""
    mine = _of_kind(asked, "every")
    yearly = _of_kind(given, "day")  # "tháng 6 và tháng 12 hằng năm": of the first it is not said
    if (
        len(mine) != 1
        or not any(one.every == _YEARLY for one in yearly)
        or _of_kind(asked, "day")
        or _of_kind(given, "every")
    ):
        return None
    return (mine[0].text, yearly[0].text) if _YEARLY / len(yearly) > (mine[0].every or 0) * 1.05 else None


def _starts_later(asked: list[Time], given: list[Time], item: str) -> tuple[str, str] | None:
    """Work that only begins after the superior's last day: "từ quý III/2026", with no other day named."""
    mine = _of_kind(asked, "day")
    match = _STARTS.search(item)
    if not mine or match is None or _of_kind(given, "day"):
        return None
    due = due_of_cell(match["vi"] or match["en"])
    last = max(mine, key=lambda one: one.late or date.min)
    if due is None or due.start is None or due.start <= _bound(last):
        return None
    return last.text, match[0]


def _longer(one: Time, other: Time) -> bool:
    term, their = one.term or 0.0, other.term or 0.0
    if term == 0:
        return their >= 1 and not _SAME_DAY.search(other.text)
    return their > term * 1.02 + (1 if term > 27 else 0)


def _later_term(asked: list[Time], given: list[Time], superior: str, item: str) -> tuple[str, str] | None:
    mine, theirs = _of_kind(asked, "term"), _of_kind(given, "term")
    if not mine or not theirs:
        return None
    if len(mine) == len(theirs):
        pairs = list(zip(mine, theirs, strict=True))
        if len(mine) > 1 and sorted(one.term or 0 for one in mine) == sorted(one.term or 0 for one in theirs):
            return None
    elif len(theirs) == 1:
        pairs = [(max(mine, key=lambda one: len(_near(superior, one) & _near(item, theirs[0]))), theirs[0])]
    elif len(mine) == 1:
        pairs = [(mine[0], min(theirs, key=lambda one: (-len(_near(item, one) & _near(superior, mine[0])), one.term)))]
    else:
        pairs = list(
            itertools.product([max(mine, key=lambda one: one.term or 0)], [min(theirs, key=lambda one: one.term or 0)])
        )
    return next(((one.text, other.text) for one, other in pairs if _longer(one, other)), None)


def _near(text: str, one: Time) -> set[str]:
    """The words about a time, by which two are known to be of one thing."""
    about = (
        text[max(0, one.span[0] - 60) : one.span[0]].rsplit(";")[-1]
        + " "
        + text[one.span[1] : one.span[1] + 80].split(";")[0]
    )
    return {word.casefold() for word in _WORD.findall(about)} - _EMPTY


def _after_the_event(superior: str, given: list[Time]) -> tuple[str, str] | None:
    """So long after an event, where the superior asks before or at it."""
    terms = [one for one in given if (one.term or 0) >= 1 and not one.notice]
    for match in _EVENT.finditer(superior) if terms else ():
        asked = {_stem(word) for word in _WORD.findall(match["event"])} - _EMPTY
        for one in terms:
            runs = _AFTER_EVENT.search(one.after)
            if runs and asked & ({_stem(word) for word in _WORD.findall(runs["event"])} - _EMPTY):
                return match[0], one.text
    return None


def _stem(word: str) -> str:
    word = word.casefold()
    if not word.isascii() or len(word) < 3:
        return word
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)]
    return word
