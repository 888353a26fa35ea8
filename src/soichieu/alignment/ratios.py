"""Shares that are written as fractions or as so many of so many, ages, and figures that only number a provision.

"2/3 dân số", "ba phần tư", "cứ 10 người dân thì 9 người", "12 người, trong đó 3 người là …", "nine in ten",
"two thirds of the staff" are shares like "75 %"; "cứ 2.000 dân có một doanh nghiệp" is a rate. "Articles 15 to 22" and
"khoản 1 và 2" are no figures at all. What is read here is taken out of the text before ``amounts`` reads the rest.
"""

from __future__ import annotations

import re

from soichieu.alignment.amounts import Amount, amounts
from soichieu.language.text import nfc

_VI = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "mười": 10, "trăm": 100, "hai mươi": 20,
}  # fmt: skip
_EN = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50,
    "hundred": 100, "a hundred": 100,
}  # fmt: skip
_PARTS = {
    "half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
}  # fmt: skip
_COUNT = (
    r"(?:\d{1,3}(?:[.,]\d{3})+|\d{1,4}|(?:hai|ba|bốn|năm|sáu|bảy|tám|chín)\s+mươi(?:\s+(?:mốt|hai|ba|tư|bốn"
    r"|lăm|sáu|bảy|tám|chín))?"
    r"|mười\s+(?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín)|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|fifty|a\s+hundred)"
)
_TIME = (
    r"(?!\s+(?:ngày|tháng|tuần|năm|giờ|quý|phút|giây|days?|weeks?|months?|years?|hours?|minutes?|seconds?|working"
    r"|business)(?!\w))"
)
_BOUND = (
    r"(?:(?:ít\s+nhất|tối\s+thiểu|không\s+ít\s+hơn|không\s+dưới|không\s+thấp\s+hơn|chí\s+ít|trên|hơn|từ|đủ|tối\s+đa"
    r"|không\s+quá|nhiều\s+nhất|chỉ|khoảng|at\s+least|no\s+fewer\s+than|no\s+less\s+than|not\s+fewer\s+than|at\s+most"
    r"|more\s+than|over|only)\s+)?"
)
# "cứ 10 người dân thì 9 người", "trong 100 doanh nghiệp có ít nhất 45 doanh nghiệp", "of every ten staff nine …".
_EVERY = re.compile(
    rf"(?<!\w)(?:cứ(?:\s+mỗi|\s+trong)?|bình\s+quân(?:\s+cứ)?|(?:trong|of)\s+(?:mỗi|every|each)|mỗi|trong\s+(?:số\s+)?)\s+"
    rf"(?P<d>{_COUNT}){_TIME}\s+(?P<whole>[^\W\d]+(?:\s+[^\W\d]+){{0,6}}?)\s*,?\s+(?:thì\s+|phải\s+|sẽ\s+|phấn\s+đấu\s+)*"
    rf"(?:có\s+)?(?P<bound>{_BOUND})(?:có\s+)?(?P<n>{_COUNT}){_TIME}(?P<part>(?:\s+[^\W\d]+){{0,3}})",
    re.IGNORECASE,
)
# "12 người, trong đó 3 người là …", "of the 12 members three are …".
_AMONG = re.compile(
    rf"(?<![\w.,/])(?P<d>{_COUNT}){_TIME}\s+[^\W\d]+(?:\s+[^\W\d]+){{0,5}}?\s*[,;:(]?\s*(?:trong\s+(?:đó|số\s+đó|số\s+này)|of\s+(?:whom|which|them)"
    rf"|among\s+them)\s*,?\s+(?:phải\s+)?(?:có\s+)?(?P<bound>{_BOUND})(?P<n>{_COUNT})(?!\w|\s*%){_TIME}",
    re.IGNORECASE,
)
# "9 trên 10 người dân", "9/10 hộ", "nine in ten", "9 out of every 10", "3 trong số 12 thành viên".
_OUT_OF = re.compile(
    rf"(?<![\w.,/–-])(?P<n>{_COUNT})(?:\s+[^\W\d]+)?\s+(?:trên(?:\s+tổng\s+số)?|trong(?:\s+(?:tổng\s+)?số)?|out\s+of(?:\s+(?:every|each|the))?"
    rf"|of\s+(?:every|each|the)|in(?:\s+(?:every|each))?)\s+(?P<d>{_COUNT})(?![\w%]|[.,/]\d){_TIME}",
    re.IGNORECASE,
)
_PHAN = re.compile(
    r"(?<![\w/])(?P<n>một|hai|ba|bốn|năm|sáu|bảy|tám|chín|\d{1,2})\s+phần\s+(?P<d>hai\s+mươi|hai|ba|tư|bốn"
    r"|năm|sáu|bảy|tám|chín|mười"
    r"|trăm(?!\s*\w)|\d{1,3})(?!\w)",
    re.IGNORECASE,
)
_SLASH = re.compile(r"(?<![\w/.,-])(?P<n>\d{1,2})/(?P<d>\d{1,3})(?![\d/]|[.,-]\d)(?=\s+[^\W\d]|\s*[,.;)]|\s*$)")
_SLASH_LEAD = re.compile(
    r"(?:ít\s+nhất|tối\s+thiểu|trên|hơn|quá|đạt|có|chiếm|bằng|không\s+dưới|được|cho|là|at\s+least|over"
    r"|more\s+than|least|of)\s+$",
    re.IGNORECASE,
)
_SLASH_NOUN = re.compile(
    r"\s+(?:dân|tổng|số|toàn|người|hộ|thành\s+viên|cán\s+bộ|công\s+chức|viên\s+chức|doanh\s+nghiệp|cơ\s+(?:quan|sở)"
    r"|đơn\s+vị|xã|phường|huyện|tỉnh|trường|thôn|khu|nhân|giáo|học\s+sinh|hồ\s+sơ|thủ\s+tục|đại\s+biểu|of\b"
    r"|the\b|members"
    r"|staff|households|people)",
    re.IGNORECASE,
)
_DATE_LEAD = re.compile(
    r"(?:ngày|trước|đến|tới|sau|hết|dịp|lễ|từ\s+ngày|hạn|by|before|on|until|date|số|mẫu|kiệt|quận|ngõ)\s*:?\s*$",
    re.IGNORECASE,
)
_EN_PART = re.compile(
    r"(?<![\w-])(?P<n>an?|one|two|three|four|five|six|seven|eight|nine|\d)[ -]"
    r"(?P<d>half|halves|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?P<many>s)?(?P<of>\s+of)?"
    r"(?![\w-]|\s+(?:year|month|hour|day|part(?:y|ies)|person|20\d\d|FY))",
    re.IGNORECASE,
)
# "cut by a quarter": a part of what is cut, also without *of*.
_CUT_BY = re.compile(r"\bby\s+$", re.IGNORECASE)
_CUT_END = re.compile(r"\s*(?:$|[.,;)]|(?:in|within|or|and|by|until|from|compared|against)\b)", re.IGNORECASE)
_HALF = re.compile(
    r"(?<!\w)(?:(?:một|phân|hơn|quá|nhất|thiểu|được|đạt)\s+nửa|nửa\s+(?=số|tổng))(?!\s+(?:năm|tháng|ngày"
    r"|buổi|đầu|cuối|sau))(?!\w)"
    r"|(?<![\w-])(?<!first\s)(?<!second\s)half\s+(?:of\s+|the\s+)(?!20\d\d|year|FY|fiscal)",
    re.IGNORECASE,
)
# The numbers of provisions: "Articles 15 to 22", "Article 17(1)", "paragraphs 1 and 2", "khoản 1 và 2 Điều 5".
_ONE = r"\d{1,3}(?:\s?\(\w{1,3}\))*[a-zđ]?(?![\w%])"
_PROVISION = re.compile(
    r"(?<!\w)(?:articles?|arts?\.?|sections?|secs?\.?|paragraphs?|paras?\.?|clauses?|points?|chapters?"
    r"|recitals?|annex(?:es)?|appendix"
    r"|appendices|schedules?|tables?|figures?|rules?|parts?|steps?|phases?|levels?|tiers?|practices?"
    r"|actions?|controls?|standards?|goals?|objectives?"
    r"|điều|khoản|điểm|mục|chương|tiết|phụ\s+lục|mẫu(?:\s+số)?|biểu(?:\s+số)?|bảng|bước|giai\s+đoạn"
    r"|mức\s+độ|cấp\s+độ|cấp|nhiệm\s+vụ(?:\s+số)?)\s+"
    rf"{_ONE}(?:\s*(?:,|;|-|–|/|to|through|and|or|và|hoặc|đến|,\s*and|,\s*và)\s*(?:(?:article|art\.|điều|khoản|điểm)\s+)?{_ONE})*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"[\d]")
_AGE = re.compile(
    r"(?:(?<!\w)(?:từ\s+(?:đủ\s+)?|đủ\s+|trên\s+|tròn\s+)(?P<vi>\d{1,2})\s+tuổi(?:\s+trở\s+lên)?"
    r"|\b(?:from\s+)?(?:the\s+)?age\s+(?:of\s+)?(?P<age>\d{1,2})\b(?:\s+(?:on(?:wards)?|up(?:wards)?|(?:and"
    r"|or)\s+(?:over|above|older)))?"
    r"|\b(?:aged|turned)\s+(?P<aged>\d{1,2})\b(?:\s+(?:and|or)\s+(?:over|above|older))?"
    r"|\b(?:at\s+least\s+|over\s+)?(?P<old>\d{1,2})(?:\s+years?\s+(?:old|of\s+age)|-year-olds?)\b)",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"(?:tối\s+thiểu|ít\s+nhất|chí\s+ít|không\s+(?:được\s+)?(?:dưới|thấp\s+hơn|ít\s+hơn)|trên|hơn|vượt|quá"
    r"|từ|đủ|at\s+least"
    r"|no(?:t)?\s+(?:less|fewer|lower|under)\s+than|not\s+(?:below|under)|more\s+than|over|above"
    r"|a\s+minimum\s+of|minimum|upwards\s+of|≥|>=|>)"
    r"(?:\s+(?:là|có|đạt|bằng|ở\s+mức|mức|được|chiếm|tới|of|some))*\s*$",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"(?:tối\s+đa|nhiều\s+nhất|cao\s+nhất|không\s+(?:được\s+)?(?:quá|vượt(?:\s+quá)?|cao\s+hơn|nhiều\s+hơn"
    r"|hơn)|(?<!không\s)dưới|chưa\s+(?:đến"
    r"|tới|đầy)|chưa|(?<!chứng\s)(?<!tín\s)(?<!địa\s)(?<!văn\s)chỉ|up\s+to|at\s+(?:the\s+)?most"
    r"|no(?:t)?\s+(?:more|higher|greater)\s+than"
    r"|(?<!no\s)(?<!not\s)(?:less|fewer)\s+than"
    r"|not\s+(?:exceeding|above|over)|a\s+maximum\s+of|maximum|a\s+ceiling\s+of|a\s+cap\s+of|≤|<=|<)"
    r"(?:\s+(?:là|có|đạt|bằng|ở\s+mức|mức|được|chiếm|chỉ|of|some))*\s*$",
    re.IGNORECASE,
)
_LEAST_AFTER = re.compile(
    r"[^.;:\d]{0,60}?(?:trở\s+lên|or\s+(?:more|above|higher|over|better)|and\s+(?:above|over|up)"
    r"|hoặc\s+(?:hơn|cao\s+hơn|nhiều\s+hơn)"
    r"|là\s+(?:mức\s+)?(?:tối\s+thiểu|ít\s+nhất|thấp\s+nhất)|at\s+(?:the\s+)?(?:very\s+)?least|as\s+a\s+minimum)(?!\w)",
    re.IGNORECASE,
)
_MOST_AFTER = re.compile(
    r"\s*,?\s*(?:[^\W\d]+\s+){0,3}?(?:trở\s+xuống|là\s+(?:mức\s+)?(?:tối\s+đa|nhiều\s+nhất|cao\s+nhất)"
    r"|or\s+(?:less|fewer|below|lower)"
    r"|at\s+(?:the\s+)?(?:very\s+)?most|as\s+a\s+maximum)(?!\w)",
    re.IGNORECASE,
)
# So many of one thing for so many of the people: "12 người trên một vạn dân", "mỗi nghìn dân có 1,2 người".
_BASE = r"(?:(?:một|1|mỗi)\s+)?(?P<base>vạn|nghìn|ngàn|triệu|\d{1,3}(?:[.,]\d{3})+|\d{4,6})\s*dân(?!\s+(?:cư|số))"
_VALUE = rf"(?P<value>\d+,\d+|{_COUNT})"
_RATES = (
    re.compile(
        rf"(?<![\w.,/])(?P<at>{_VALUE})\s+[^.;\d]{{2,90}}?(?:\s+(?:trên|cho|mỗi|tính\s+trên)\s+|\s*/\s*){_BASE}", re.I
    ),
    re.compile(
        rf"(?<!\w)(?:mỗi|cứ|trên|trong)\s+{_BASE}\s*,?\s+(?:thì\s+)?(?:có\s+)?(?:đạt\s+)?{_BOUND}(?P<at>{_VALUE})(?=\s+[^\W\d])",
        re.I,
    ),
)
_WHOLES = (3, 4, 5, 6, 8, 10, 20, 25, 50, 100, 1000)
_BASES = {"vạn": 1e4, "nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6}
_NEARLY = re.compile(
    r"(?<!\w)(?:gần|ngót|non|sát|nearly|almost|just\s+under|just\s+below|close\s+to)\s*$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_NO_NOUN = frozenset(("of", "the", "all", "số", "tổng", "toàn", "các", "những", "trong", "trên", "or", "and", "more"))


def number(word: str) -> float | None:
    """The number that a word or digits say ("1.000" is a thousand); None for another word."""
    word = " ".join(word.casefold().split())
    if word[:1].isdigit():
        return float(re.sub(r"[.,]", "", word))
    tens = re.fullmatch(r"(?:(\w+) mươi|mười)(?: (\w+))?", word)
    if tens:
        ones = {"mốt": 1, "lăm": 5}.get(tens[2] or "", _VI.get(tens[2] or "", 0))
        return float(10 * _VI.get(tens[1] or "một", 1) + ones)
    value = _VI.get(word, _EN.get(word))
    return None if value is None else float(value)


def bounded(text: str, start: int, end: int, value: float) -> tuple[float | None, float | None] | None:
    """The least and the most that a figure at ``start`` to ``end`` allows by the words about it; None: neither said."""
    before = text[max(0, start - 44) : start]
    if _MOST.search(before) or _MOST_AFTER.match(text, end):
        return None, value
    if _LEAST.search(before) or _LEAST_AFTER.match(text, end):
        return value, None
    return None


# "cơ sở có từ 50 lao động trở lên phải …", "agencies with 500 employees or more shall …": whom it is for, no target.
_CLASS_BEFORE = re.compile(
    r"(?P<start>(?:[^\W\d]+\s+)*?)(?:(?:các|những|mọi|all|the)\s+)?(?:cơ\s+sở|doanh\s+nghiệp|tổ\s+chức"
    r"|đơn\s+vị|cơ\s+quan|trường|hộ|dự\s+án|công\s+trình|hồ\s+sơ|tài\s+liệu|tàu"
    r"|phương\s+tiện|thiết\s+bị|người|cán\s+bộ|nhân\s+viên|đảng\s+viên|gói\s+thầu|hợp\s+đồng|companies"
    r"|firms|agencies|organi[sz]ations|persons|employers"
    r"|ships|contracts|systems|records|stations|those)\s+(?:(?:nào|mà|được\s+xác\s+định|which|that"
    r"|who)\s+)*(?:có|với|sử\s+dụng|thời\s+hạn|with|having|have"
    r"|employing|employ|of)(?:\s+[^\W\d]+){0,5}\s+$",
    re.IGNORECASE,
)
_CLASS_AFTER = re.compile(
    r"[^.;,\d]{0,50}?(?:trở\s+lên|or\s+(?:more|over)|and\s+(?:above|over))?[^.;,\d]{0,40}?,?\s+(?:phải"
    r"|có\s+trách\s+nhiệm|được|thì|vào|shall|must|should|need|have\s+to)(?!\w)",
    re.IGNORECASE,
)
_OR_MORE = re.compile(r"[^.;,\d]{0,50}?(?:trở\s+lên|or\s+(?:more|over)|and\s+(?:above|over))(?!\w)", re.IGNORECASE)
_EACH_OF = frozenset(("mỗi", "từng", "mọi", "các", "những", "each", "every", "all", "the"))


def names_a_class(text: str, span: tuple[int, int]) -> bool:
    """A figure says whom or what a duty is for ("cơ sở có từ 50 lao động trở lên"), which is no target."""
    start = max(0, span[0] - 110, *(text.rfind(stop, 0, span[0]) + 1 for stop in ".;,"))
    match = _CLASS_BEFORE.fullmatch(text[start : span[0]].lstrip() or " ")
    if match is None:
        return False
    if _CLASS_AFTER.match(text, span[1]):
        return True
    led = [word for word in match["start"].casefold().split() if word not in _EACH_OF]
    return bool(led) and bool(_OR_MORE.match(text, span[1]) or _OR_MORE.search(text[span[0] : span[1]]))


def figures(text: str) -> list[Amount]:
    """The figures of a text in order, those written as fractions, as so many of so many and as ages among them.

    Kinds besides those of :class:`Amount`: *rate* (so many of one thing for one of another) and *age* (a least age, in
    years). Offsets are those of ``text`` (NFC).
    """
    text = nfc(text)
    left = _blanked(text, [match.span() for match in _PROVISION.finditer(text)])
    found: list[Amount] = []

    taken: list[tuple[int, int]] = []

    def put(start: int, end: int, kind: str, value: float, bound_at: tuple[int, int] | None = None) -> None:
        least, most = bounded(text, *(bound_at or (start, end)), value) or (value, value)
        words = tuple(word for word in map(str.casefold, _WORD.findall(text[end : end + 60])) if word not in _NO_NOUN)
        found.append(Amount(text[start:end], (start, end), kind, value, least, most, words[:6], words=True))
        taken.append((start, end))

    def blank() -> None:
        nonlocal left
        left = _blanked(left, taken)
        taken.clear()

    for match in _AGE.finditer(left):
        age = float(match["vi"] or match["age"] or match["aged"] or match["old"])
        found.append(Amount(match[0], match.span(), "age", age, age, None, (), words=True))
        taken.append(match.span())
    blank()
    for form in _RATES:
        for match in form.finditer(left):
            base = _BASES.get(match["base"].casefold()) or number(match["base"]) or 1.0
            printed = match["value"]
            value = float(printed.replace(",", ".")) if re.fullmatch(r"\d+,\d{1,2}", printed) else number(printed)
            if value is not None and not any(match.start() < end and match.end() > start for start, end in taken):
                end = match.end() if form is _RATES[0] else match.end("at")
                put(match.start(), end, "rate", value / base, match.span("at"))
        blank()
    for match in _PHAN.finditer(left):
        part, whole = number(match["n"]), number(match["d"])
        if part is not None and whole and whole >= 2 and part <= whole:
            put(*match.span(), "share", 100 * part / whole)
    blank()
    for form in (_EVERY, _AMONG, _OUT_OF):
        for match in form.finditer(left):
            part, whole = number(match["n"]), number(match["d"])
            if part is None or not whole or part > whole or whole < 2:
                continue
            loose = re.search(r"\s(?:in|trong)\s+(?!số|tổng)", match[0], re.IGNORECASE)
            if form is _OUT_OF and loose and whole not in _WHOLES:
                continue
            kind = "share" if form is not _EVERY or _same_thing(match["whole"], match["part"]) else "rate"
            stop = match.end("n") if form is not _OUT_OF else match.end()
            at = match.span("n") if form is not _OUT_OF else None
            put(match.start(), stop, kind, (100 if kind == "share" else 1) * part / whole, at)
        blank()
    for match in _SLASH.finditer(left):
        part, whole = number(match["n"]), number(match["d"])
        if part is None or not whole or part > whole or whole < 2:
            continue
        if _DATE_LEAD.search(left, max(0, match.start() - 30), match.start()) or not (
            _SLASH_LEAD.search(left, max(0, match.start() - 30), match.start()) or _SLASH_NOUN.match(left, match.end())
        ):
            continue
        put(*match.span(), "share", 100 * part / whole)
    blank()
    for match in _EN_PART.finditer(left):
        part, whole = number(match["n"]) or 1, _PARTS[match["d"].casefold().removesuffix("s").replace("halve", "half")]
        single = match["n"].casefold() in ("a", "an", "one", "1")
        cut = _CUT_BY.search(left, max(0, match.start() - 4), match.start()) and _CUT_END.match(left, match.end("d"))
        if part < whole and bool(match["many"]) != single and (match["of"] or not single or cut):
            put(match.start(), match.end("many") if match["many"] else match.end("d"), "share", 100 * part / whole)
    blank()
    for match in _HALF.finditer(left):
        put(match.start(), match.start() + len(match[0].rstrip()), "share", 50.0, (match.end(), match.end()))
    blank()
    return sorted((*found, *(_bounds_said(text, one) for one in amounts(left))), key=lambda one: one.span)


def _bounds_said(text: str, one: Amount) -> Amount:
    """The figure with the bound that stands a word or two before it: "tối đa bằng 20%", "là mức tối thiểu"."""
    if one.kind == "rank" or one.low is None or one.high is None or one.low != one.high:
        return one
    digits = re.search(r"\d", one.text)
    start = one.span[0] + (digits.start() if digits else 0)
    if _NEARLY.search(text[max(0, start - 14) : start]):
        return Amount(one.text, one.span, one.kind, one.value, one.low * 0.99, one.low * 0.99, one.noun, one.words)
    said = bounded(text, start, one.span[1], one.low)
    if said is None:
        return one
    return Amount(one.text, one.span, one.kind, one.value, *said, one.noun, one.words)


def _same_thing(whole: str, part: str) -> bool:
    """ "cứ 10 người dân thì 9 người": a share, for both are persons."""
    first, second = whole.casefold().split(), part.casefold().split()
    if not second or second[0] in ("đạt", "được", "là", "có", "đã", "tham", "are", "is", "have", "will", "can"):
        return True
    return bool(second and second[0] in first)


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with these spans as blanks, so that offsets stay."""
    if not spans:
        return text
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)
