"""Lengths of time and what they are: a term, a rhythm, a notice before an event, or a least duration.

"lưu tối thiểu 03 năm" asks for a duration, of which more is more; "chậm nhất sau 20 ngày làm việc", "within a week of",
"three weeks from receipt being the limit" are terms, of which more is later; "cứ hai năm" and "every 24 months" are
rhythms; "gửi trước 05 ngày" is a notice, of which less is later. A length of which none can be told is *plain*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from soichieu.alignment.ratios import names_a_class, number
from soichieu.language.text import nfc

Role = Literal["term", "rhythm", "notice", "least", "kept", "plain"]

_COUNT = (
    r"\d{1,4}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười\s+(?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín)|mười"
    r"|(?:hai|ba|bốn|năm|sáu|bảy|tám|chín)\s+mươi(?:\s+(?:mốt|hai|ba|tư|bốn|lăm|sáu|bảy|tám|chín))?|nửa"
    r"|half\s+an?|an?|one|two|three|four|five|six|seven|eight|nine"
    r"|ten|twelve|fifteen|twenty|thirty"
)
LENGTH = re.compile(
    rf"(?<![\w.,/–-])(?P<n>{_COUNT})(?:\s*\([^)\d]{{1,20}}\))?(?:\s+|-|(?=h\b))"
    r"(?P<unit>(?:ngày|buổi)\s+làm\s+việc|ngày(?!\s+\d)|giờ|tiếng|h\b|tuần(?:\s+lễ)?|tháng(?!\s*\d)|quý(?!\s*[IV\d])"
    r"|năm(?!\s*(?:20|19)\d\d)(?!\s+học)(?!\s+\d{1,2}\s)"
    r"|(?:(?:working|business|calendar|full|consecutive|more|clear)[ -])*(?:hour|day|week|fortnight|month"
    r"|quarter|year)s?)(?!\w)",
    re.IGNORECASE,
)
_FORTNIGHT = re.compile(r"(?<![\w-])(?:a\s+)?fortnight(?!\w)", re.IGNORECASE)
_DAYS = {"h": 1 / 24, "g": 1 / 24, "hour": 1 / 24, "ngày": 1.0, "day": 1.0, "tuần": 7.0, "week": 7.0, "fortnight": 14.0,
         "tháng": 30.44, "month": 30.44, "quý": 91.3, "quarter": 91.3, "năm": 365.25, "year": 365.25}  # fmt: skip
_NO_LENGTH_BEFORE = re.compile(
    r"(?<!\w)(?:ngày|tháng|quý|thứ|lần\s+thứ|nhiệm\s+kỳ|số|first|last|past|previous|preceding|final|điều"
    r"|khoản|của|mức|the\s+next)\s+$",
    re.IGNORECASE,
)
_NO_LENGTH_AFTER = re.compile(
    r"\s*(?:đầu|cuối|qua|gần|vừa|trước\s+đây|liên\s+tiếp|liền|first|ago|tuổi|old\b|of\s+age|-old\b"
    r"|liên\s+tục|in\s+a\s+row|/\s*\d|nữa\s+đầu)",
    re.IGNORECASE,
)
_RHYTHM_BEFORE = re.compile(
    r"(?<!\w)(?:(?:mỗi|cứ|hằng|hàng|định\s+kỳ|chu\s+kỳ|kỳ\s+hạn|từng|every|each|per|once\s+in|once\s+every"
    r"|once\s+per|cycle\s+of|cycles\s+of"
    r"|intervals\s+of)(?:\s+(?:mỗi|cứ|là|sau|khoảng|chu\s+kỳ|every))?\s+|(?:lần|đợt|kỳ)\s*/\s*)$",
    re.IGNORECASE,
)
_RHYTHM_AFTER = re.compile(
    r"\s*(?:/|một|mỗi|1|01|thực\s+hiện|lại|phải\s+có|có)?\s*(?:một|1|01)?\s*(?:lần|đợt|kỳ(?!\s+họp)"
    r"|lượt)(?!\w)|\s+(?:[^\W\d]+\s+){1,4}(?:một|1|01)\s+(?:lần|đợt|cuộc|buổi|kỳ)(?!\w)"
    r"|\s+(?:[^\W\d]+\s+){1,9}(?:một|1|01)\s+lần(?!\w)|[ -](?:cycle"
    r"|interval|rhythm)s?\b",
    re.IGNORECASE,
)
_NOTICE_AFTER = re.compile(
    r"\s*,?\s*(?:trước\s+(?:khi|ngày|lúc|giờ|thời|kỳ|phiên|cuộc|hội|mỗi|đợt|hạn|lễ|năm)|before\b|prior\s+to"
    r"|in\s+advance|ahead\s+of|beforehand"
    r"|(?:notice|['’]s?\s+notice))",
    re.IGNORECASE,
)
_NOTICE_EVENT = re.compile(
    r"(?<!\w)trước\s+(?:khi|ngày|lúc|thời\s+điểm)\s+[^.;,\d]{2,50}?\s+(?:ít\s+nhất|tối\s+thiểu|chậm\s+nhất"
    r"|là)\s+(?:là\s+)?$",
    re.IGNORECASE,
)
_NOTICE_BEFORE = re.compile(
    r"(?<!\w)(?:trước(?:\s+(?:đó|ít\s+nhất|tối\s+thiểu|chậm\s+nhất|muộn\s+nhất|khoảng))*|(?:ít\s+nhất"
    r"|tối\s+thiểu)\s+trước)\s+(?:là\s+)?$",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"(?:tối\s+thiểu|ít\s+nhất|chí\s+ít|không\s+(?:được\s+)?(?:dưới|ít\s+hơn|ngắn\s+hơn)|từ|đủ|trên|hơn"
    r"|at\s+(?:the\s+)?least|no(?:t)?\s+(?:less|shorter|fewer)\s+than"
    r"|a\s+minimum\s+of|minimum(?:\s+of)?|not\s+under|upwards\s+of|more\s+than)(?:\s+(?:là|trong|được|đến"
    r"|vòng|for|of|thời\s+gian))*\s+$",
    re.IGNORECASE,
)
_STRONG_LEAST = re.compile(
    r"(?:tối\s+thiểu|ít\s+nhất|chí\s+ít|không\s+(?:được\s+)?(?:dưới|ít\s+hơn|ngắn\s+hơn)"
    r"|at\s+(?:the\s+)?least|no(?:t)?\s+(?:less|shorter|fewer)\s+than"
    r"|a\s+minimum\s+of|minimum(?:\s+of)?|not\s+under)(?:\s+(?:là|trong|được|đến|vòng|for|of|thời\s+gian))*\s+$",
    re.IGNORECASE,
)
_LEAST_AFTER = re.compile(
    r"\s*,?\s*(?:trở\s+lên|or\s+(?:more|longer)|and\s+(?:above|more)|hoặc\s+(?:lâu|dài)\s+hơn"
    r"|at\s+(?:the\s+)?(?:very\s+)?least|là\s+(?:tối\s+thiểu|ít\s+nhất))",
    re.IGNORECASE,
)
_TERM_BEFORE = re.compile(
    r"(?<!\w)(?:trong(?:\s+(?:vòng|thời\s+hạn|thời\s+gian|khoảng))*|(?:chậm|muộn)\s+nhất|không\s+(?:quá"
    r"|chậm\s+quá|muộn\s+hơn)|tối\s+đa|quá|nhiều\s+nhất|hạn"
    r"|thời\s+hạn|sau|chậm\s+hơn|within|in|inside|no(?:t)?\s+(?:later|more|longer)\s+than"
    r"|at\s+(?:the\s+)?(?:most|latest)|up\s+to|latest|under|after)"
    r"(?:\s+(?:là|sau|cũng|trong|trong\s+vòng|chỉ|thời\s+hạn|quá|không\s+quá|cho\s+phép|of|after|the"
    r"|another|a\s+further|,))*\s+$",
    re.IGNORECASE,
)
# "hồ sơ có thời hạn bảo quản từ 05 năm trở lên" says which records, not how long.
_ENTRUSTED = re.compile(
    r"(?<!\w)(?:hồ\s+sơ|tài\s+liệu|những|các)[^.;]{0,50}?(?:có|được\s+xác\s+định)\s+(?:thời\s+hạn"
    r"|thời\s+gian)[^.;,\d]{0,30}$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?<!\w)(?:trước|lúc|vào|đến|từ|sau|tới)\s+$", re.IGNORECASE)
_TERM_NAMED = re.compile(
    r"(?<!\w)(?:thời\s+hạn|hạn|thời\s+gian|time\s+limit"
    r"|deadline)\b[^.;,:\d]{0,40}?(?::|\slà|\sis)\s*$",
    re.IGNORECASE,
)
_TERM_AFTER = re.compile(
    r"\s*,?\s*(?:kể\s+từ|tính\s+từ|từ\s+(?:khi|ngày|lúc|thời)|sau\s+(?:khi|ngày|đó|lúc|thời|mỗi)"
    r"|là\s+(?:hạn|chậm|muộn|cùng)|of\s+(?!training|service|experience)"
    r"|from\b|after\b|following\b|since\b|being\s+the|at\s+(?:the\s+)?(?:most|latest)|max\b|later\b"
    r"|thereafter|là\s+phải|hoặc\s+sớm)",
    re.IGNORECASE,
)
_KEEPS = re.compile(
    r"(?<!nộp\s)(?<!giao\s)(?<!vào\s)(?<!\w)(?:lưu(?:\s+(?:giữ|trữ|tại|lại|hồ|ở|đủ))?|giữ(?:\s+lại)?"
    r"|cất(?:\s+giữ)?|bảo\s+quản|bảo\s+lưu|bảo\s+hành"
    r"|retain(?:s|ed|ing)?|retention|keeps?|kept|keeping|stor(?:e|es|ed|ing)|preserv(?:e|es|ed)|archiv(?:e"
    r"|es|ed)|held|hold|on\s+file|stay|stays|remain|remains)(?!\w)",
    re.IGNORECASE,
)
_HANDS_OVER = re.compile(
    r"(?<!\w)(?:nộp|giao\s+nộp|bàn\s+giao|gửi|chuyển|báo\s+cáo|hand(?:ed)?\s+over|transfer\w*|submit\w*"
    r"|deliver\w*|destroy\w*|delet\w*|xóa|tiêu\s+hủy)(?!\w)",
    re.IGNORECASE,
)
# Words besides those that lead to a length: "…, đóng dấu trong 05 ngày".
_VERBED = re.compile(
    r"\s*(?!(?:trong|tối|ít|không|chậm|for|at|within|during|no|not|a|thời|từ|đủ|kể|tính)\s)[^\W\d]+\s", re.IGNORECASE
)
_MOST = re.compile(
    r"(?:không\s+(?:được\s+)?quá|tối\s+đa|nhiều\s+nhất|no(?:t)?\s+(?:longer|more|later)\s+than|at\s+most"
    r"|up\s+to|(?:chậm|muộn)\s+nhất|within|trong\s+vòng)"
    r"(?:\s+\w+){0,2}\s+$",
    re.IGNORECASE,
)


_CLAUSE = 300
"""Characters that a clause is looked through for."""


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in a text: as printed, where, how many days it is (a working day is 7/5 of a day), its role.

    ``after`` is the rest of its clause, by which the event it runs from is known.
    """

    text: str
    span: tuple[int, int]
    days: float
    role: Role
    after: str


def lengths(text: str) -> list[Length]:
    """The lengths of time in a text (NFC), in order; parts of months, ages and years gone by are left out."""
    text = nfc(text)
    found: list[Length] = []
    for match in LENGTH.finditer(text):
        days = _days(match)
        before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() :]
        if days is not None and days < 1 and match["unit"].casefold() in ("giờ", "h") and _CLOCK.search(before):
            continue  # "trước 23 giờ": a time of the day
        if days is None or _NO_LENGTH_AFTER.match(after) or _NO_LENGTH_BEFORE.search(before):
            continue
        clause = re.split(r"[.;]", after, maxsplit=1)[0]
        role = _role(text, match, before, after)
        if role == "plain" and match["n"].casefold() in ("a", "an", "một", "năm", "ba") and role == "plain":
            continue  # "một năm" and "a day" are words of their own
        found.append(Length(match[0], match.span(), days, role, clause))
    for match in _FORTNIGHT.finditer(text):
        if not any(one.span[0] < match.end() and one.span[1] > match.start() for one in found):
            before = text[max(0, match.start() - 60) : match.start()]
            role = _role(text, match, before, text[match.end() :])
            found.append(Length(match[0], match.span(), 14.0, role, text[match.end() :]))
    return sorted(found, key=lambda one: one.span)


def _days(match: re.Match[str]) -> float | None:
    word = match["n"].casefold()
    count = 0.5 if word.startswith(("nửa", "half")) else number(word)
    if count is None or count == 0:
        return None
    unit = " ".join(re.split(r"[\s-]+", match["unit"].casefold()))
    working = "làm việc" in unit or "working" in unit or "business" in unit
    last = unit.split()[0] if unit.split()[0] in _DAYS else unit.split()[-1].removesuffix("s")
    each = _DAYS.get(last, _DAYS.get(last[:1]))
    if unit.startswith(("tiếng", "giờ")):
        each = 1 / 24
    return None if each is None else count * each * (7 / 5 if working else 1)


def _role(text: str, match: re.Match[str], before: str, after: str) -> Role:
    if _RHYTHM_BEFORE.search(before) or _RHYTHM_AFTER.match(after):
        return "rhythm"
    if (
        _NOTICE_AFTER.match(after)
        or _NOTICE_EVENT.search(before)
        or (_NOTICE_BEFORE.search(before) and not _TERM_AFTER.match(after))
    ):
        return "notice"
    if names_a_class(text, match.span()) or (_ENTRUSTED.search(before) and _LEAST_AFTER.match(after)):
        return "plain"
    if _STRONG_LEAST.search(before) or _LEAST_AFTER.match(after):
        return "least"
    if _is_kept(text, match.start(), match.end()) and not _MOST.search(before):
        return "kept"
    if _TERM_BEFORE.search(before) or _TERM_NAMED.search(before) or _TERM_AFTER.match(after):
        return "term"
    return "least" if _LEAST.search(before) else "plain"


def _is_kept(text: str, start: int, end: int) -> bool:
    """Its clause says that something is kept that long."""
    begin = max(0, start - _CLAUSE, text.rfind(".", 0, start) + 1, text.rfind(";", 0, start) + 1)
    comma = max(begin, text.rfind(",", 0, start) + 1)
    if _VERBED.match(text[comma:start]):
        begin = comma  # a clause of its own, with its own verb
    stop = re.search(r"[.;,]", text[end : end + _CLAUSE])
    clause = text[begin : end + stop.start() if stop else end + _CLAUSE]
    return bool(_KEEPS.search(clause)) and not _HANDS_OVER.search(text[begin:start])


def least_lengths(text: str, *, loose: bool = False) -> list[Length]:
    """The durations of which more is more; with ``loose`` also those whose role the text leaves open."""
    found = [one for one in lengths(text) if one.role in ("least", "kept")]
    if found or not loose:
        return found
    return [one for one in lengths(text) if one.role == "plain"]
