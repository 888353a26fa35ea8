"""Times and figures that an item adds: days, hours, rhythms, seasons and terms; numbers of something.

On top of ``deadlines`` and ``amounts``, which read what can be reckoned with: an addition need only be checkable, so
"thứ Sáu hằng tuần", "lúc 17 giờ", "học kỳ II", "every second Thursday" and "nightly at 2 a.m." are times too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from soichieu.alignment.amounts import amounts, in_digits
from soichieu.alignment.deadlines import dues
from soichieu.alignment.tokens import Language
from soichieu.language.text import comparison_key

_UNIT_VI = (
    r"(?:giây|phút|giờ|tiếng|ngày(?:\s+làm\s+việc)?|đêm|tuần|tháng|quý|năm(?:\s+học)?|học\s+k[ỳì]|buổi\s+\w+|buổi|sáng|trưa"
    r"|chiều|tối|ca(?:\s+trực)?|phiên(?:\s+chợ|\s+họp)|k[ỳì](?:\s+họp|\s+lương)|vụ|mùa|chu\s+kỳ)"
)
_N_VI = r"(?:\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười(?:\s+(?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín))?|nửa|vài)"
_DAY_VI = r"(?:[Tt]hứ\s+(?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|[2-7])|[Cc]hủ\s+[Nn]hật)"
_CALENDAR_VI = r"(?:tuần|tháng|quý|năm(?:\s+học)?|học\s+k[ỳì](?:\s+(?:[IV]+|[12]))?|vụ|mùa|nhiệm\s+kỳ|giờ|ca|ngày|buổi)"
_VI = re.compile(
    r"(?<!\w)(?:"
    # every so often
    rf"{_N_VI}\s+{_UNIT_VI}\s+(?:một|1|01|hai|\d)\s+(?:lần|lượt|chuyến|buổi|kỳ|đợt|phiên|số)(?!\w)"
    rf"|{_N_VI}\s+lần\s*(?:/|mỗi|một|trong|trên)\s*(?:mỗi\s+|một\s+)?{_UNIT_VI}"
    rf"|(?:mỗi|hằng|hàng|từng)\s+{_UNIT_VI}(?:\s+(?:{_N_VI}\s+lần|làm\s+việc|trong\s+tuần))?"
    rf"|(?:trước|sau|đầu|cuối|giữa)\s+(?:mỗi|từng)\s+{_UNIT_VI}|cứ\s+{_N_VI}\s+{_UNIT_VI}"
    r"|(?:các|những)\s+(?:ngày|tối|sáng|chiều|buổi\s+\w+)\s+(?:trong|cuối|đầu|lẻ|chẵn|thứ|làm|nghỉ)\s+\w+(?:\s+\w+)?"
    # days of the week
    rf"|(?:(?:các\s+|mỗi\s+|vào\s+|từ\s+)*(?:sáng|trưa|chiều|tối|ngày|đêm)\s+|mỗi\s+|vào\s+(?:các\s+)?|trước\s+|các\s+){_DAY_VI}"
    rf"(?:(?:,|\s+và)\s+{_DAY_VI})*(?:\s+(?:hằng|hàng|đầu|cuối|trong|tuần|của|mỗi)(?:\s+\w+){{0,2}})?"
    rf"|{_DAY_VI}\s+(?:hằng|hàng|đầu\s+tiên|cuối\s+cùng|đầu|cuối|tuần|của\s+tuần)(?:\s+\w+)?|(?:thứ\s+(?:Hai|Ba|Tư|Năm|Sáu|Bảy)|Chủ\s+nhật)"
    # hours of the day
    r"|(?:lúc|từ|trước|sau|đến|vào|khoảng|khung\s+giờ)\s+(?:\d{1,2}\s*(?:giờ|h|g)(?:\s*\d{2})?(?:\s*(?:phút|rưỡi))?)(?:\s+(?:sáng|trưa|chiều|tối|đêm))?"
    r"(?:\s+(?:các|mỗi|hằng|hàng)\s+\w+(?:\s+trong\s+tuần)?)?"
    r"|\d{1,2}\s*(?:giờ|h|g)\s*[0-5]\d(?:\s+phút)?|\d{1,2}\s*(?:giờ|h)\s+(?:sáng|trưa|chiều|tối|đêm|mỗi|hằng|hàng)(?:\s+ngày)?"
    # parts of a calendar, seasons, terms, sessions, feasts
    rf"|(?:đầu|giữa|cuối|hết|trong|vào)\s+(?:mỗi\s+)?(?:{_CALENDAR_VI})(?:\s+(?:này|nay|tới|sau|trước))?"
    r"(?=\s*(?:[,;.)]|$|và\b|phải\b|do\b))"
    r"|(?:đầu|giữa|cuối|hết|trong|vào|trước|sau|qua|từ)\s+(?:các\s+)?(?:mùa|vụ|dịp|tết|hè|đợt|ngày\s+hội|lễ)\s+\w+(?:\s+\w+)?"
    r"|(?:trước|trong|vào|sau|dịp)\s+(?:dịp\s+)?(?:Tết|tết|hè)(?!\w)|dịp\s+(?:\d{1,2}[/-]\d{1,2}|Tết|lễ|khai\s+giảng|hè)"
    r"|(?:đầu|giữa|cuối|hết|trước|sau|trong|từ|vào)\s+(?:năm\s+học|học\s+k[ỳì]|niên\s+khóa|nhiệm\s+kỳ)"
    r"(?:\s+(?:mới|tới|này|sau|[IV]+|\d[\d –-]*))?"
    r"|(?:học\s+k[ỳì]|năm\s+học|niên\s+khóa|nhiệm\s+kỳ|niên\s+vụ)\s+(?:[IV]+(?!\w)|\d[\d –-]*\d|\d|hè|tới|này|mới|sau)"
    r"|(?:kỳ|phiên)\s+họp\s+(?:tháng|quý|giữa|cuối|đầu|thường\s+lệ|thường\s+kỳ|thứ|tới|gần\s+nhất)(?:\s+(?:năm|\w+))?"
    r"|(?:đầu|giữa|cuối)\s+(?:tuần|tháng|quý|năm|giờ|ca|buổi|ngày)(?!\w)(?:\s+(?:này|nay|tới|sau))?"
    r"|(?:tuần|tháng|ngày|ngày\s+làm\s+việc|giờ|tiết)\s+(?:đầu|cuối|thứ\s+\w+)(?:\s+(?:tiên|cùng))?\s+(?:của\s+)?(?:mỗi\s+|hằng\s+|hàng\s+)?(?:tuần|tháng|quý|năm|học\s+kỳ|vụ)"
    r"|(?:tuần|tháng|quý|năm|mùa|học\s+kỳ|vụ)\s+(?:này|tới|sau|nay|kế\s+tiếp)(?!\w)|tháng\s+(?:\d{1,2}|[Gg]iêng|[Cc]hạp|Thanh\s+niên)(?!\w)"
    rf"|ngoài\s+giờ(?:\s+(?:hành\s+chính|làm\s+việc))?|giờ\s+(?:nghỉ\s+trưa|ra\s+chơi|tan\s+tầm)|hè\s+20\d\d|cách\s+(?:ngày|tuần|tháng|{_N_VI}\s+{_UNIT_VI})(?:\s+(?:một|1)\s+lần)?"
    r"|(?:(?:từ|đến|trong|trước|sau|vào)\s+)?tuần\s+(?:thứ\s+\w+|\d{1,2}(?=\s*(?:[,;.)]|$|đến|và|của|tháng|học)))(?:\s+(?:của\s+)?(?:tháng|quý|năm|học\s+kỳ))?"
    r"|vụ\s+(?:hè|đông|thu|xuân|mùa|chiêm)(?:[ -](?:thu|xuân|đông))?(?!\w)"
    r"|(?:ngày|trước\s+ngày|từ|đến|khoảng|trước|vào)\s+\d{1,2}[/.-]\d{1,2}(?![\d/.-]*\d)|\d{1,2}[/.-]\d{1,2}[/.-]20\d\d|(?:tháng|quý)\s+(?:[IV]+|\d{1,2})[/.-]20\d\d"
    # terms
    rf"|(?:trong\s+vòng|trong\s+thời\s+hạn|trong|chậm\s+nhất(?:\s+là)?|sau|trước|không\s+quá)\s+{_N_VI}\s+{_UNIT_VI}"
    r"(?:\s+(?:tới|nữa|kế\s+tiếp|tiếp\s+theo))?"
    r")(?!\w)"
)
_DAY_EN = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
_UNIT_EN = (
    r"(?:minute|hour|day|night|morning|afternoon|evening|week|weekend|fortnight|month|quarter|year|term"
    r"|semester|season|shift|session|cycle|trimester|spring|summer|autumn|fall|winter)"
)
_ORDINAL_EN = r"(?:first|second|third|fourth|last|other|next|1st|2nd|3rd|4th)"
_MONTH_EN = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_N_EN = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|sixty|ninety)"
_EN = re.compile(
    r"\b(?:"
    r"(?:hourly|nightly|daily|weekly|fortnightly|biweekly|monthly|bimonthly|quarterly|yearly|annually"
    r"|twice[- ]yearly|half-yearly|biannually|termly|seasonally)"
    r"(?:\s+at\s+(?:\d{1,2}(?:[:.]\d\d)?\s*(?:a\.?m\.?|p\.?m\.?|o'clock)?|noon|midnight|dawn|dusk))?(?!\s+(?:use|work|life|practice|operation)s?\b)"
    rf"|(?:once|twice|thrice|{_N_EN}\s+times)\s+(?:a|an|per|each|every)\s+{_UNIT_EN}"
    rf"|(?:on\s+|in\s+|at\s+)?(?:each|every)\s+(?:{_ORDINAL_EN}\s+|working\s+|school\s+|\d+\s+|{_N_EN}\s+)?(?:{_DAY_EN}|{_UNIT_EN}s?|{_MONTH_EN}(?:\s+and\s+{_MONTH_EN})?)"
    rf"(?:\s+(?:morning|afternoon|evening|night))?(?:\s+(?:of|in)\s+(?:the|each|every)\s+{_UNIT_EN})?"
    rf"|(?:on\s+)?(?:the\s+)?{_ORDINAL_EN}\s+(?:{_DAY_EN}|(?:working\s+|school\s+)?day|week|weekend|month|lesson|shift)\s+(?:of|in|after)\s+(?:the\s+|each\s+|every\s+)?[A-Za-z]+(?:\s+{_UNIT_EN})?"
    rf"|(?:on\s+|by\s+|before\s+)(?:{_DAY_EN})(?:\s+(?:morning|afternoon|evening|night)s?)?"
    rf"|(?:{_DAY_EN})\s+(?:morning|afternoon|evening|night)s?"
    r"|(?:at|by|from|before|after|until)\s+(?:\d{1,2}(?:[:.]\d\d)?\s*(?:a\.?m\.?|p\.?m\.?|o'clock|hours)|\d{1,2}[:.]\d\d|noon|midnight|dawn|dusk|sunrise|sunset)"
    r"|(?:in|by|before|after|during|until|from|since|over|through|throughout|this|next|each|every|early|late)\s+(?:the\s+)?(?:coming\s+)?(?:early\s+|late\s+|mid-?)?(?:spring|summer|autumn|winter)(?:\s+(?:20\d\d|term|season|break|holidays?|recess))?"
    r"|(?:spring|summer|autumn|winter|fall)\s+20\d\d"
    rf"|(?:{_N_EN}\s+)?(?:working\s+|calendar\s+|business\s+)?(?:days?|weeks?|months?|hours?|minutes?)\s+(?:before|after|of|from)\s+(?:each|every|the|any|a|receipt)\b(?:\s+\w+)?"
    rf"|at\s+the\s+(?:end|start|close|beginning)\s+of\s+(?:each|every)\s+\w+|on\s+day\s+\d+|(?:before|after)\s+(?:each|every)\s+{_UNIT_EN}"
    rf"|(?:at|by|before|from|until)\s+the\s+(?:end|start|close|beginning|middle)\s+of\s+(?:the\s+|each\s+|every\s+|this\s+|next\s+)?(?:(?:school|fiscal|financial|calendar|working|autumn|spring|summer|winter)\s+)?(?:{_UNIT_EN}|{_MONTH_EN}|20\d\d)"
    rf"|(?:in|by|before|after|until|from|between|during|since|and|to)\s+(?:early\s+|mid-?\s*|late\s+)?{_MONTH_EN}(?:\s+and\s+{_MONTH_EN})?(?:\s+20\d\d)?|{_MONTH_EN}\s+(?:20\d\d|\d{{1,2}}(?:st|nd|rd|th)?)|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH_EN}(?:\s+20\d\d)?"
    rf"|within\s+(?:{_N_EN}|a|an|the\s+(?:same|next|first|last))\s+(?:working\s+|business\s+|calendar\s+)?{_UNIT_EN}s?(?:\s+(?:of|after)\s+(?:every|each|the)\s+\w+)?"
    rf"|(?:this|next|in\s+the\s+coming|over\s+the\s+(?:next|coming))\s+(?:{_N_EN}\s+)?(?:{_UNIT_EN}s?|{_MONTH_EN})(?!\w)"
    r"|(?:during|throughout|over|in|before|after|until|by)\s+the\s+(?:\w+\s+){0,2}(?:holidays?|season|vacation|half-term|recess|harvest|(?:school|academic)\s+year|(?:school|autumn|spring|summer|winter|first|second|third|last)\s+term)"
    rf"|at\s+the\s+(?:end|start|close|beginning)\s+of\s+the\s+(?:\w+\s+)?(?:season|holidays?|session|harvest)|(?:by|before|until)\s+the\s+(?:end|start|close)\s+of\s+the\s+\w+\s+(?:season|session|term|year)"
    rf"|(?:on\s+|by\s+)?the\s+same\s+(?:working\s+)?{_UNIT_EN}"
    rf"|(?:on\s+)?alternate\s+(?:{_DAY_EN}|{_UNIT_EN}s?)"
    r"|(?:by|before|at|over|after|during)\s+(?:sowing|planting|harvest(?:ing)?|lambing|Christmas|Easter|Michaelmas|Thanksgiving|Ramadan|New\s+Year)"
    r"|(?:Q[1-4]|H[12])(?:\s+(?:of\s+)?(?:FY\s*)?20\d\d)?|(?:FY|fiscal\s+year)\s*20\d\d"
    r")(?!\w)"
)
_CLAUSE = re.compile(r"(?:^|[.;:]\s+)(?=[^\W\d_])")


def new_times(above: str, item: str, language: Language) -> Iterator[tuple[tuple[int, int], bool]]:
    """The statements of time in an item that its superior has not, however written (characters), and whether each is
    one for sure: "cuối năm" and "annual" may only colour another noun."""
    there = dues(above)
    keys = {one.key for one in there}
    digits = {_digits(one.text) for one in there if _digits(one.text)}
    months = set(re.findall(_MONTH_EN, above))

    def known(text: str) -> bool:
        said = _digits(text)
        if not months.issuperset(re.findall(_MONTH_EN, text)):
            return False
        return bool(said) and (said in digits or bool(re.fullmatch(r"(?:in\s+)?20\d\d", text) and text[-4:] in above))

    for one in dues(item):
        if one.key in keys or known(one.text) or _each_known(above, one.text):
            continue
        if one.last is not None and any(other.last == one.last for other in there):
            continue
        yield one.span, _sure(item, one.span)
    folded = comparison_key(above)
    pattern = _VI if language == "vi" else _EN
    # A clause may open with its time ("Sáng thứ Hai hằng tuần"): its capital says nothing.
    small = list(item)
    for clause in _CLAUSE.finditer(item):
        small[clause.end()] = item[clause.end()].lower()[:1]
    for match in pattern.finditer("".join(small)):
        if comparison_key(match[0]) in folded or _each_known(above, match[0]) or known(match[0]):
            continue
        if not any(one.key in keys for one in dues(match[0])):
            yield match.span(), _sure(item, match.span())


_LOOSE = re.compile(
    r"(?:đầu|giữa|cuối)\s+(?:tuần|tháng|quý|năm|giờ|ca|buổi|ngày)|ngoài\s+giờ|giờ\s+\w+\s+\w+", re.IGNORECASE
)
_COLOURS = re.compile(r"(?:annual|yearly|monthly|weekly|daily|quarterly|hourly|nightly)", re.IGNORECASE)


def _sure(item: str, span: tuple[int, int]) -> bool:
    said = item[span[0] : span[1]]
    if _LOOSE.fullmatch(said):
        return False
    before_a_noun = re.match(
        r"\s+(?!and\b|or\b|by\b|in\b|at\b|on\b|to\b|with\b|for\b|from\b|of\b)[a-z]", item[span[1] :]
    )
    return not (_COLOURS.fullmatch(said) and before_a_noun)


_EACH = re.compile(
    r"(?:mỗi|hằng|hàng|từng)\s+(?P<vi>\w+)(?:\s+(?:học|làm\s+việc))?|(?:each|every)\s+(?P<en>\w+)|(?P<ly>\w+?)(?:i?ly)$",
    re.IGNORECASE,
)
_SAME = {"year": "annual|yearly", "annual": "each year|every year", "day": "daily", "da": "each day|every day"}


def _each_known(above: str, said: str) -> bool:
    """Whether the superior has the same rhythm in other words: "từng năm học" and "mỗi năm", "annual", "each year"."""
    match = _EACH.fullmatch(re.sub(r"^(?:trước|vào|trong|in|before)\s+", "", said.strip()))
    months = re.findall(_MONTH_EN, said)
    if months and not re.search(r"\d", said):
        return all(month in above for month in months)
    if not match:
        return False
    if match["vi"]:
        return bool(re.search(rf"(?:mỗi|hằng|hàng|từng|các|một|/)\s*{match['vi']}(?!\w)", above, re.IGNORECASE))
    unit = (match["en"] or match["ly"]).casefold()
    forms = "|".join(filter(None, (rf"(?:each|every|per|a)\s+{unit}", f"{unit}ly", _SAME.get(unit, ""))))
    return bool(re.search(rf"\b(?:{forms})\b", above, re.IGNORECASE))


def _digits(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", in_digits(text)[0]))


# The noun of a figure: up to two small words after it, of which none begins another phrase.
_TAIL = re.compile(
    r"(?:\s+(?!(?:của|tại|ở|với|cho|để|vào|từ|trên|trong|và|có|do|được|in|at|on|to|for|with|from|by|and|of|or"
    r"|is|are|một|mỗi|/)\b)(?!(?:chiếc|cái|cuốn|quyển|tấm|con|tờ)\s+(?!chiếc)\w+)[^\W\d_A-ZĐ][^\W\d_]*){1,2}"
)
_NUMBER_VI = r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|mốt|lăm|tư|linh|lẻ|rưỡi|vài|mấy|nửa)"
_LARGE = re.compile(
    rf"(?<!\w)(?:{_NUMBER_VI}\s+)+(?:trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|chục|tá)"
    rf"(?:\s+(?:{_NUMBER_VI}|trăm|nghìn|ngàn|vạn|triệu|tỷ|chục))*(?!\w)",
    re.IGNORECASE,
)
_MONEY = re.compile(r"[$€£¥]\s?\d[\d.,]*\d(?:\s?(?:million|billion|m|bn|k))?(?!\w)")
_ONE = re.compile(r"one(?:\s+\w+)?", re.IGNORECASE)
_NO_LESS = re.compile(r"(?:at\s+least|only|exactly|no\s+(?:more|fewer|less)\s+than|up\s+to)\s+$", re.IGNORECASE)


def _numbers(text: str) -> set[float]:
    read = in_digits(text)[0]
    found = {one.value for one in amounts(text)}
    for printed in re.findall(r"\d+(?:[.,]\d+)*", read):
        found.add(
            float(re.sub(r"[.,](?=\d{3}(?!\d))", "", printed).replace(",", ".").rstrip("."))
            if printed.count(".") + printed.count(",") < 2
            else 0.0
        )
    if re.search(r"một\s+vạn", text, re.IGNORECASE):
        found.add(10_000.0)
    return found


def new_quantities(above: str, item: str) -> Iterator[tuple[int, int]]:
    """The figures of an item that its superior has not (characters)."""
    there = _numbers(above)
    found = amounts(item)
    for one in found:
        if one.value in there or (one.kind == "share" and one.value in {100 * number for number in there}):
            continue
        start, end = one.span
        # The rest of a telephone number, of "Articles 15 to 17", of "page 4"
        if re.search(r"\d[ .]$|(?:Articles?|Sections?|pages?|age)\s(?:\d+\s(?:to|and|or|-)\s)?$", item[:start]):
            continue
        # "one" is a pronoun or an idiom ("one another", "in one direction") far more often than a figure.
        if _ONE.fullmatch(one.text.strip()) and not _NO_LESS.search(item[:start]):
            continue
        if one.value and any(100 * one.value / other.value in there for other in found if other.value >= one.value):
            continue  # "cứ mười … thì bốn": the share stands in the superior
        if re.match(r"\s+of\s+(?:them|these|which|the)\b", item[end:]):
            continue
        worded = re.search(r"[^\W\d_]\s*$", one.text) and not one.words
        tail = None if worded else _TAIL.match(item, end)
        if start and item[start - 1] in "$€£":
            start -= 1
        yield start, (tail.end() if tail else end)
    for match in _MONEY.finditer(item):
        if match[0] not in above:
            yield match.span()
    for match in _LARGE.finditer(item):
        if comparison_key(match[0]) not in comparison_key(above):
            tail = _TAIL.match(item, match.end())
            yield match.start(), (tail.end() if tail else match.end())
