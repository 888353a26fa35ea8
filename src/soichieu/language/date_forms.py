"""The forms in which texts write dates and periods, as patterns; `dates` gives them their meaning."""

from __future__ import annotations

import re

from .reasons import Reason

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        start=1,
    )
    for name in names.split()
}
_MONTH_NAME = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
WORD_NUMBERS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười lăm": 15, "hai mươi": 20, "ba mươi": 30,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "thirty": 30,
}  # fmt: skip
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_Y = r"(?:19|20|21)\d\d"
_S = r"[ \t\u00a0]{0,3}\n?[ \t\u00a0]{0,3}"  # space inside one expression, one broken line at most
_W = r"(?:[ \t\u00a0]{1,3}\n?[ \t\u00a0]{0,3}|\n[ \t\u00a0]{0,3})"
_N = "(?:" + "|".join(sorted(WORD_NUMBERS, key=len, reverse=True)) + r"|\d{1,4})"

# One alternative per form; the order is the order of preference at one place.
_FORMS = rf"""
(?P<iso>\b(?P<iso_y>{_Y})-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)(?![\w-]))
|(?P<long>(?:(?:\bngày|\bmùng){_W})?(?<![\d/.,-])\b(?P<long_d>\d{{1,2}}){_W}tháng{_W}(?P<long_m>\d{{1,2}})(?![\d/.-]*\d)
    (?:{_S},?{_S}(?:năm{_W})?(?P<long_y>{_Y})\b)?)
|(?P<num>(?:\bngày{_W})?(?<![\w/.,-])(?P<num_d>\d{{1,2}}){_S}(?P<num_s>[/.\-–]){_S}(?P<num_m>\d{{1,2}}){_S}(?P=num_s)
    {_S}(?P<num_y>\d{{4}}|\d\d)(?![\d/]|-\d|-?[A-ZĐ]|\.\d))
|(?P<dm>\bngày{_W}(?P<dm_d>\d{{1,2}})[/\-.](?P<dm_m>\d{{1,2}})(?:{_W}năm{_W}(?P<dm_y>{_Y}))?(?![\d/]|[-.]\d))
|(?P<halfy>\b(?P<half_n>\d{{1,2}}|sáu|chín|ba){_W}tháng{_W}(?P<half_w>đầu|cuối)(?:{_W}năm(?:{_W}(?P<half_y>{_Y}))?)?\b)
|(?P<halfen>\b(?P<halfen_w>first|second|last){_W}half(?:{_W}of)?{_W}(?P<halfen_y>{_Y})\b)
|(?P<quarter>\b(?:quý|quí|q|quarter{_W})(?:{_S}(?P<q_n>IV|I{{1,3}}|[1-4]))(?:{_S}(?P<q_j>[,\-–]|và|đến){_S}(?:quý{_W})?
    (?P<q_n2>IV|I{{1,3}}|[1-4]))?\b(?:{_S}(?:/|-|,|năm\b|of\b)?{_S}(?P<q_y>{_Y})\b)?)
|(?P<years>(?:\b(?:giai{_W}đoạn|nhiệm{_W}kỳ|nhiệm{_W}kì|thời{_W}kỳ|năm{_W}học|các{_W}năm|năm|period){_W})?
    (?<![\w/.,-])(?P<ys_a>{_Y}){_S}[-–—]{_S}(?P<ys_b>{_Y})(?![\w/]|[.,-]\d))
|(?P<months>(?:\btháng{_W})?(?<![\w/.,-])(?P<ms_a>0?[1-9]|1[0-2]){_S}(?:-|–|đến){_S}(?:tháng{_W})?
    (?P<ms_b>0?[1-9]|1[0-2])/(?P<ms_y>{_Y})(?![\w/]))
|(?P<my>(?:\btháng{_W})?(?<![\w/.,-])(?P<my_m>\d{{1,2}}){_S}/{_S}(?P<my_y>{_Y})(?![\d/]|-[A-ZĐ]|\.\d))
|(?P<month>\btháng{_W}(?P<mo_m>\d{{1,2}})(?![\d/%]|[.,]\d)(?:{_S},?{_S}(?:năm{_W}|-{_S})?(?P<mo_y>{_Y})\b)?)
|(?P<en_dmy>\b(?P<en_d>\d{{1,2}})(?:st|nd|rd|th)?{_W}(?:of{_W})?(?P<en_m>{_MONTH_NAME})(?:,?{_W}(?P<en_y>{_Y})\b)?)
|(?P<en_mdy>\b(?P<us_m>{_MONTH_NAME}){_W}(?P<us_d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?{_W}(?P<us_y>{_Y})\b)?)
|(?P<en_my>\b(?P<emy_m>{_MONTH_NAME}),?{_W}(?P<emy_y>{_Y})\b)
|(?P<offset>\b(?P<off_n>{_N})(?:{_S}\([^()\n]{{1,20}}\))?{_W}(?P<off_w1>working{_W}|business{_W})?
    (?P<off_u>ngày|tuần|tháng|năm|days?|weeks?|months?|years?)\b(?:{_W}(?P<off_w2>làm{_W}việc))?)
|(?P<recur>\b(?:định{_W}kỳ{_W})?(?:hằng|hàng|mỗi){_W}(?P<rec_u>ngày|tuần|tháng|quý|năm)\b
    |\b(?P<rec_en>annually|yearly|quarterly|monthly|weekly|daily|every{_W}year|every{_W}month|every{_W}quarter|biannually)\b
    |\b(?:định{_W}kỳ|mỗi|every){_W}(?P<rec_n>\d{{1,2}}|sáu|ba|six|three){_W}(?P<rec_nu>ngày|tuần|tháng|quý|năm|days|weeks|months|years)
    (?:{_W}(?:một|1){_W}lần)?\b)
|(?P<standing>\b(?:nhiệm{_W}vụ{_W})?thường{_W}xuyên\b(?:,?{_W}liên{_W}tục\b)?|\bliên{_W}tục\b|\bongoing\b|\bcontinuous(?:ly)?\b)
|(?P<nextyears>\b(?:và{_W}|,{_S})?(?:(?:những|các){_W})?năm{_W}(?:tiếp{_W}theo|sau)\b|\band{_W}(?:the{_W})?following{_W}years\b)
|(?P<year>\bnăm{_W}(?P<y_y>{_Y})\b(?!\s?-\s?\d))
|(?P<bare>(?<![\w/.,%-])(?P<b_y>{_Y})(?![\w/%]|[.,-]\d))
|(?P<thisyear>\b(?:trong{_W})?năm{_W}nay\b|\bthis{_W}year\b)
"""
FORM = re.compile(re.sub(r"\n\s*", "", _FORMS), re.IGNORECASE)

LEAD = re.compile(
    rf"\b(?:ngày|mùng|(?:nhiệm|thời){_W}k[ỳì]|giai{_W}đoạn|các{_W}năm|năm{_W}học|năm|tháng|quý|quí|q|quarter|period|định{_W}kỳ|mỗi"
    rf"|every|{_MONTH_NAME},?){_S}$",
    re.IGNORECASE,
)
"""A word before the first digit of a form that belongs to it."""
_NUMBER_WORD = "|".join(re.escape(word) for word in sorted(WORD_NUMBERS, key=len, reverse=True))
TRIGGER = re.compile(
    rf"(?P<digits>\d+)|\b(?:(?:định{_W}kỳ{_W})?(?:hằng|hàng|mỗi){_W}(?:ngày|tuần|tháng|quý|năm)|(?:định{_W}kỳ|mỗi|every){_W}[^\W\d]"
    rf"|(?:nhiệm{_W}vụ{_W})?thường{_W}xuyên|liên{_W}tục|ongoing|continuous|annually|yearly|quarterly|monthly|weekly|daily|biannually"
    rf"|(?:(?:và{_W})?(?:những|các){_W})?năm{_W}(?:tiếp{_W}theo|sau|nay)|this{_W}year|and{_W}(?:the{_W})?following|(?:first|second|last){_W}half|(?:quý|quí|quarter|q){_S}(?:IV|I{{1,3}})\b"
    rf"|(?:{_NUMBER_WORD}){_W}(?:\([^()\n]{{1,20}}\){_W})?(?:working|business|ngày|tuần|tháng|năm|days?|weeks?|months?|years?)\b)",
    re.IGNORECASE,
)
"""Where a form can begin: at a digit or the `LEAD` before it, or at one of these words."""

AFTER = re.compile(rf"\b(?:sau|after)(?:{_W}(?:hết|khi))?{_W}?$", re.IGNORECASE)
BEFORE = re.compile(rf"\b(?:trước(?:{_W}thời{_W}hạn)?|before|prior{_W}to)(?:{_W}(?:hết|cuối))?{_W}?$", re.IGNORECASE)
UNTIL = re.compile(
    rf"\b(?:(?:tầm{_W}nhìn{_W})?(?:cho{_W})?đến|tới|chậm{_W}nhất|muộn{_W}nhất|không{_W}quá|không{_W}muộn{_W}hơn|hạn{_W}chót|hết"
    rf"|thời{_W}hạn|trước{_W}và{_W}trong|by|until|till|no{_W}later{_W}than|not{_W}later{_W}than|up{_W}to|to)"
    rf"(?:{_W}(?:là|vào|trong|hết|cuối|ngày|the|end|of|tháng|năm))*{_W}?:?{_S}$",
    re.IGNORECASE,
)
FROM = re.compile(
    rf"\b(?:kể{_W}từ|bắt{_W}đầu{_W}từ|tính{_W}từ|từ|from|since|starting)(?:{_W}(?:đầu|ngày))?{_W}?$", re.IGNORECASE
)
NOW_UNTIL = re.compile(rf"\btừ{_W}nay{_W}(?:cho{_W})?(?:đến|tới)(?:{_W}(?:hết|cuối))?{_W}?$", re.IGNORECASE)
LINK = re.compile(rf"{_S}(?:đến|tới|-|–|to|until){_S}(?:(?:hết|cuối){_W})?", re.IGNORECASE)
PART = re.compile(
    rf"\b(?:(?P<early>đầu|early)|(?P<mid>giữa|mid)|(?P<late>cuối|late|end(?:{_W}of)?)){_W}?$", re.IGNORECASE
)
BARE_OK = re.compile(
    rf"\b(?:đến|tới|trước|từ|hết|cuối|đầu|giữa|trong|by|before|until|till|since|from|in|of|end|to|early|late)(?:{_W}năm)?{_W}$",
    re.IGNORECASE,
)
WITHIN = re.compile(
    rf"\b(?:trong(?:{_W}(?:vòng|thời{_W}hạn|thời{_W}gian|khoảng))?|sau|chậm{_W}nhất(?:{_W}là)?|không{_W}quá|tối{_W}đa"
    rf"|thời{_W}hạn(?:{_W}là)?|within|no{_W}later{_W}than|after|in)(?:{_W}(?:là|the|not{_W}more{_W}than))?{_W}?:?{_S}$",
    re.IGNORECASE,
)
ANCHOR = re.compile(
    rf"{_S},?{_S}(?:(?P<after>kể{_W}từ|tính{_W}từ|từ|sau|of|from|after|following){_W}|(?P<before>trước|before|prior{_W}to){_W})"
    rf"(?P<event>[^.;:,()\n]{{1,90}})",
    re.IGNORECASE,
)
EVERY_YEAR = re.compile(rf"{_S}(?:của{_W})?(?:hằng|hàng|mỗi){_W}năm\b|{_W}(?:each|every){_W}year\b", re.IGNORECASE)
UNIT_DURATION = {"ngày": "P1D", "tuần": "P1W", "tháng": "P1M", "quý": "P3M", "năm": "P1Y"}
ENGLISH_DURATION = {
    "annually": "P1Y", "yearly": "P1Y", "every year": "P1Y", "quarterly": "P3M", "every quarter": "P3M",
    "monthly": "P1M", "every month": "P1M", "weekly": "P1W", "daily": "P1D", "biannually": "P6M",
}  # fmt: skip
PRECISION_OF: dict[str, str] = {
    "P1Y": "year", "P3M": "quarter", "P1M": "month", "P1W": "week", "P1D": "day", "P6M": "half",
}  # fmt: skip

NAMES = (
    "iso", "long", "num", "dm", "halfy", "halfen", "quarter", "years", "months", "my", "month", "en_dmy", "en_mdy",
    "en_my", "offset", "recur", "standing", "nextyears", "year", "bare", "thisyear",
)  # fmt: skip
"""The outer group of each form in `FORM`."""


def number(word: str) -> int:
    """A small number in digits or in words ("30", "sáu")."""
    return int(word) if word.isdigit() else WORD_NUMBERS[" ".join(word.lower().split())]


def month_number(name: str) -> int:
    """1 to 12 for an English name of a month or its abbreviation."""
    return MONTHS[name.lower().rstrip(".")]


def no_year(text: str) -> Reason:
    """Why a day or month has no dates."""
    return Reason(f"“{text}” states no year", f"“{text}” không ghi năm")


def taken_year(year: int) -> Reason:
    """Why a day or month without a year has one."""
    return Reason(
        f"no year is stated; {year} is taken from the reference date",
        f"không ghi năm; lấy năm {year} theo ngày làm mốc",
    )
