"""Amounts and targets in administrative text: "trên 55%", "≤ 3", "từ 30 - 50 tỉ USD", "nhóm 3 nước dẫn đầu".

Numbers are read in Vietnamese writing (1.000 a thousand, 12,5 twelve and a half) and in English writing where
that is the only reading. Dates, document numbers and paragraph labels are not quantities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .citation_forms import NUMBER as DOCUMENT_NUMBER
from .dates import find_periods
from .text import nfc

Relation = Literal[">", ">=", "<", "<=", "=", "range", "rank", "top"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as a text states it.

    `value`, or `low` and `high` of a range (inclusive), in `unit` as printed and times `factor` ("tỉ USD": 10⁹);
    `relation` what the amount must be to it ('rank': a place; 'top': among the first so many); `change` when it is
    a rise or a fall; `per` a rate ("năm", "vạn dân"); `of` what a share is of, or where a rank is held. `span` are
    the offsets in the NFC form of the text.
    """

    text: str
    value: Decimal | None
    unit: str | None
    relation: Relation
    low: Decimal | None = None
    high: Decimal | None = None
    change: Literal["increase", "decrease"] | None = None
    per: str | None = None
    of: str | None = None
    factor: Decimal = Decimal(1)
    approximate: bool = False
    span: tuple[int, int] = (0, 0)


_W = r"(?:[ \t\u00a0]{1,3}\n?[ \t\u00a0]{0,3}|\n[ \t\u00a0]{0,3})"
_S = r"[ \t\u00a0]{0,3}\n?[ \t\u00a0]{0,3}"
_NUM = r"\d{1,15}(?:[.,]\d{1,15}){0,5}"
_RELATIONS: tuple[tuple[Relation, str], ...] = (
    (
        ">=",
        "tối thiểu|ít nhất|không dưới|không thấp hơn|không ít hơn|chí ít|≥|>=|=>|at least|no less than|not less than"
        "|minimum(?: of)?",
    ),
    (
        "<=",
        "không quá|tối đa|nhiều nhất|không vượt quá|không cao hơn|không hơn|≤|<=|=<|at most|no more than"
        "|not more than|up to|maximum(?: of)?",
    ),
    (">", "trên|hơn|vượt(?: quá| mức)?|lớn hơn|cao hơn|>|more than|over|above|exceeding|greater than"),
    ("<", "dưới|ít hơn|thấp hơn|nhỏ hơn|<|less than|under|below|fewer than"),
)
_ABOUT = r"khoảng|xấp xỉ|gần|chừng|ước|about|approximately|around|nearly|~"


def _phrase(words: str) -> str:
    return words.replace(" ", _W)


_RELATION_WORDS = "|".join(rf"(?P<r{i}>{_phrase(words)})" for i, (_, words) in enumerate(_RELATIONS))
_FACTORS = {
    "nghìn tỷ": 12, "nghìn tỉ": 12, "ngàn tỷ": 12, "tỷ": 9, "tỉ": 9, "triệu": 6, "vạn": 4, "nghìn": 3, "ngàn": 3,
    "trillion": 12, "billion": 9, "million": 6, "thousand": 3,
}  # fmt: skip
_FACTOR = "|".join(_phrase(word) for word in _FACTORS)
_CURRENCY = r"USD|đô{W}la(?:{W}Mỹ)?|đồng|VND|VNĐ|EUR|euro|dollars?".replace("{W}", _W)
_MEASURES = (
    r"Tbps|Gbps|Mbps|Gb/s|Mb/s|GB|TB|MW|GW|kWh|MHz|GHz|km2|km²|km|m2|m²|m3|m³|ha|tấn|kg|nm|tuổi|lần|điểm{W}phần{W}trăm|điểm|người|dân|hộ"
    r"|tổ{W}chức{W}khoa{W}học{W}và{W}công{W}nghệ|tổ{W}chức|doanh{W}nghiệp|cơ{W}sở|sản{W}phẩm|trung{W}tâm(?:{W}dữ{W}liệu(?:{W}quốc{W}gia)?)?"
    r"|tuyến(?:{W}cáp(?:{W}quang(?:{W}biển)?)?)?|nước|quốc{W}gia|vùng{W}lãnh{W}thổ|tỉnh|thành{W}phố|xã|huyện|địa{W}phương|đơn{W}vị|bộ|ngành"
    r"|cán{W}bộ|công{W}chức|viên{W}chức|kỹ{W}sư|chuyên{W}gia|nhà{W}khoa{W}học|đề{W}án|dự{W}án|nhiệm{W}vụ|chỉ{W}tiêu|mô{W}hình|lớp|cuộc|buổi"
    r"|hội{W}nghị|văn{W}bản|thủ{W}tục|dịch{W}vụ|khu|trường|viện|phòng{W}thí{W}nghiệm|sàn(?:{W}dữ{W}liệu)?|hồ{W}sơ|trường{W}hợp|công{W}trình"
    r"|thành{W}viên|đảng{W}viên|đồng{W}chí|lượt(?:{W}người)?|bậc|ngôi{W}sao|nền{W}tảng|bằng|bài|vụ|đại{W}học|nhóm|lĩnh{W}vực"
    r"|people|countries|companies|enterprises|organi[sz]ations|agencies|times|percentage{W}points|points|staff|projects|actions|units|years{W}old"
).replace("{W}", _W)
_UNIT = (
    rf"(?P<percent>{_S}(?:%|‰)|{_W}(?:phần{_W}trăm|percent|per{_W}cent)\b)"
    rf"|{_W}(?P<factor>{_FACTOR})\b(?:{_W}(?P<counted>{_CURRENCY}|{_MEASURES})\b)?"
    rf"|{_S}(?P<measure>{_CURRENCY}|{_MEASURES})(?!\w)"
)
_UP = rf"tăng|nâng|cao{_W}lên|increase[sd]?|rises?|grow(?:s|th)?"
_DOWN = rf"giảm|cắt{_W}giảm|hạ|decrease[sd]?|reduce[sd]?|falls?|cut"
_BETWEEN = (
    rf"(?:{_W}(?:thêm|trung{_W}bình|bình{_W}quân|hằng{_W}năm|hàng{_W}năm|mỗi{_W}năm|lên|xuống|còn|đạt|mức|ở|ở{_W}mức"
    rf"|được|by|to|of|an{_W}average)){{0,3}}"
)
_AMOUNT = re.compile(
    rf"(?:\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b{_BETWEEN}{_W})?"
    rf"(?:(?P<about>\b(?:{_ABOUT})){_S}(?:{_W})?)?"
    rf"(?:(?<!\w)(?:{_RELATION_WORDS}){_S}(?:(?:có|đạt|là){_W})?)?"
    rf"(?:\b(?P<from>từ|between|from){_W})?"
    rf"(?<![\w.,/–-])(?P<low>{_NUM})(?P<low_unit>{_S}%|{_W}(?:{_FACTOR})(?={_S}(?:-|–|đến|tới|to){_S}\d))?"
    rf"(?:{_S}(?P<to>-|–|—|đến|tới|lên|xuống|to|and){_S}(?P<high>{_NUM})(?!{_S}[/.]\d))?"
    rf"(?:{_UNIT})?",
    re.IGNORECASE,
)
_FIGURE = re.compile(rf"(?<![\w.,/–-]){_NUM}")
_LEAD = re.compile(
    rf"(?:\b(?:{_UP}|{_DOWN})\b{_BETWEEN}{_W})?(?:\b(?:{_ABOUT}){_S})?"
    rf"(?:(?<!\w)(?:{'|'.join(_phrase(words) for _, words in _RELATIONS)}){_S}(?:(?:có|đạt|là){_W})?)?"
    rf"(?:\b(?:từ|between|from){_W})?$",
    re.IGNORECASE,
)
_LONGEST_LEAD = 70
_PER = re.compile(
    rf"{_S}(?:/|{_W}(?:mỗi|một|per|a){_W})(?P<per>năm|tháng|quý|ngày|year|month|vạn{_W}dân|nghìn{_W}dân|\d{{2,6}}{_W}dân|người|annum)\b"
    rf"|{_W}(?:hằng|hàng|mỗi|một){_W}(?P<each>năm|tháng|quý|ngày)\b|{_W}trên{_W}(?:một|1){_W}(?P<ratio>vạn{_W}dân|nghìn{_W}dân|triệu{_W}dân)\b",
    re.IGNORECASE,
)
_OF = re.compile(
    rf"{_W}(?P<gdp>GDP|GRDP|tổng{_W}[^.,;:()\d\n]{{2,60}}?|dân{_W}số(?:{_W}trưởng{_W}thành)?"
    rf"|of{_W}(?:the{_W})?(?P<en>[\w ]{{2,40}}?))"
    rf"(?=$|[.,;:()\n]|{_W}(?:cho|và|trong|đạt|được|có|theo|vào|là|để|hằng|hàng|by|in|for|and)\b)"
    rf"|{_W}(?:trong|trên|của|so{_W}với){_W}(?P<whole>(?:tổng|toàn)[^.,;:()\d\n]{{2,60}}?)"
    rf"(?=$|[.,;:()\n]|{_W}(?:cho|và|đạt|được|có|theo|vào|là|để|hằng|hàng)\b)"
)
_OR_MORE = re.compile(
    rf"{_W}(?:(?P<more>trở{_W}lên|or{_W}more|and{_W}above)|(?P<fewer>trở{_W}xuống|or{_W}less|or{_W}fewer))\b",
    re.IGNORECASE,
)
_TOP = re.compile(
    rf"\b(?:(?:thuộc{_W}|trong{_W})?(?:nhóm|top|tốp){_W}(?P<top>\d{{1,4}})(?:{_W}(?P<unit>nước|quốc{_W}gia|tỉnh|địa{_W}phương|đơn{_W}vị|bộ"
    rf"|doanh{_W}nghiệp|countries))?(?:{_W}(?:dẫn{_W}đầu|đứng{_W}đầu|hàng{_W}đầu|đầu))?)"
    rf"|(?:(?:xếp|đứng|giữ|đạt){_W})?(?:thứ{_W}hạng|vị{_W}trí{_W}thứ|vị{_W}trí|hạng{_W}thứ|hạng|xếp{_W}thứ|đứng{_W}thứ|ranked?){_W}(?P<rank>\d{{1,4}})\b(?!{_S}%)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    rf"{_W}(?:(?:ở|của|trong|tại|in|of){_W})?(?P<place>(?:khu{_W}vực{_W})?Đông{_W}Nam{_W}Á|ASEAN|châu{_W}Á|(?:trên{_W})?thế{_W}giới|toàn{_W}cầu|cả{_W}nước|toàn{_W}quốc"
    rf"|khu{_W}vực|the{_W}world|Asia)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    rf"\b(?:điều|khoản|điểm|mục|chương|phần|phụ{_W}lục|số|quyết|nghị{_W}quyết|kế{_W}hoạch|chỉ{_W}thị|đề{_W}án|luật|mẫu|bảng|quận|phường|lần{_W}thứ|khóa|khoá|thứ|no\.?"
    rf"|article|section|annex|mức{_W}độ|cấp{_W}độ|quốc{_W}lộ|giai{_W}đoạn|tháng|ngày|năm|quý|hình|kỳ{_W}họp{_W}thứ){_W}$",
    re.IGNORECASE,
)
_TIME_AFTER = re.compile(
    rf"{_W}(?:ngày|tháng|năm|quý|tuần|giờ|phút|working|days?|months?|weeks?|years?(?!{_W}old))\b", re.IGNORECASE
)
_LABEL = re.compile(r"(?:^|\n)[ \t]*\d{1,3}(?:\.\d{1,3}){0,4}[.)-](?=\s)")
_BARE = re.compile(rf"\s*(?:{_NUM})(?:\s*(?:-|–|—|đến)\s*{_NUM})?\s*")


def parse_decimal(printed: str, english: bool = False) -> Decimal:
    """The number that `printed` writes: "1.000" and "1,000" a thousand, "12,5" and "12.5" twelve and a half.

    A single separator before exactly three digits groups thousands unless a lone zero stands before it ("0,125");
    with `english` a comma always groups and a point is always decimal. Raises `ValueError` for anything else.
    """
    if not re.fullmatch(_NUM, printed):
        raise ValueError(f"“{printed}” is not a number")
    if english:
        return Decimal(printed.replace(",", ""))
    marks = re.findall(r"[.,]", printed)
    if not marks:
        return Decimal(printed)
    groups = re.split(r"[.,]", printed)
    if len(set(marks)) == 2:
        head, tail = re.split(rf"[{re.escape(marks[-1])}]", printed)[0], groups[-1]
        return (
            Decimal(re.sub(r"[.,]", "", head) + "." + tail) if marks.count(marks[-1]) == 1 else Decimal("".join(groups))
        )
    grouped = all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3 and groups[0].strip("0") != ""
    if grouped:
        return Decimal("".join(groups))
    return Decimal(groups[0] + "." + "".join(groups[1:]))


def _blocked(text: str) -> list[tuple[int, int]]:
    """The spans of dates and document numbers, in order: their figures are no quantities."""
    spans = [period.span for period in find_periods(text)]
    spans += [match.span() for match in DOCUMENT_NUMBER.finditer(text)]
    spans += [match.span() for match in _LABEL.finditer(text) if match.end() < len(text)]
    return sorted(spans)


def _relation(m: re.Match[str]) -> Relation | None:
    return next((name for i, (name, _) in enumerate(_RELATIONS) if m[f"r{i}"]), None)


def _unit(m: re.Match[str]) -> tuple[str | None, Decimal]:
    if m["percent"] or "%" in (m["low_unit"] or "") and not m["factor"] and not m["measure"]:
        return ("‰" if "‰" in (m["percent"] or "") else "%"), Decimal(1)
    if m["factor"]:
        factor = " ".join(m["factor"].split())
        counted = " ".join((m["counted"] or "").split())
        return f"{factor} {counted}".strip(), Decimal(10) ** _FACTORS[factor.lower()]
    return (" ".join(m["measure"].split()) if m["measure"] else None), Decimal(1)


def _amount(text: str, m: re.Match[str], whole: bool) -> Quantity | None:
    """The quantity at `m`; None for a figure that states none by itself."""
    unit, factor = _unit(m)
    relation = _relation(m)
    change: Literal["increase", "decrease"] | None = "increase" if m["up"] else "decrease" if m["down"] else None
    if unit is None and _TIME_AFTER.match(text, m.end()):
        return None
    if unit is None and relation is None and not whole and not (m["from"] and m["high"] and m["to"] != "and"):
        return None
    if unit not in ("%", "‰") and _LABELLED.search(text, max(0, m.start("low") - 24), m.start("low")):
        return None
    if m.end() < len(text) and unit is None and (text[m.end()].isalnum() or text[m.end()] == "/"):
        return None
    start, end = m.span()
    low = parse_decimal(m["low"])
    high = parse_decimal(m["high"]) if m["high"] else None
    per = of = None
    for _ in range(2):
        rate = _PER.match(text, end)
        if rate and per is None:
            per, end = " ".join((rate["per"] or rate["each"] or rate["ratio"]).split()), rate.end()
        share = _OF.match(text, end) if unit in ("%", "‰") and of is None else None
        if share:
            of, end = " ".join((share["en"] or share["gdp"] or share["whole"]).split()), share.end()
    place = _PLACE.match(text, end) if of is None and unit is None else None
    if place:
        of, end = " ".join(place["place"].split()), place.end()
    more = _OR_MORE.match(text, end)
    if more:
        relation, end = (">=" if more["more"] else "<="), more.end()
    about = m["about"] is not None
    printed = text[start:end].strip()
    start += len(text[start:end]) - len(text[start:end].lstrip())
    if high is not None:
        if high < low and not (relation or change):
            return None
        low, high = min(low, high), max(low, high)
        return Quantity(
            printed, None, unit, "range", low, high, change, per, of, factor, about, (start, start + len(printed))
        )
    return Quantity(
        printed, low, unit, relation or "=", None, None, change, per, of, factor, about, (start, start + len(printed))
    )


def _standing(text: str, m: re.Match[str]) -> Quantity:
    end = m.end()
    place = _PLACE.match(text, end)
    of = " ".join(place["place"].split()) if place else None
    end = place.end() if place else end
    value = Decimal(m["top"] or m["rank"])
    unit = " ".join(m["unit"].split()) if m["top"] and m["unit"] else None
    relation: Relation = "top" if m["top"] else "rank"
    return Quantity(text[m.start() : end], value, unit, relation, of=of, span=(m.start(), end))


def _next_amount(text: str, place: int) -> re.Match[str] | None:
    """The first amount from `place` on: every amount has a figure, and few words stand before it."""
    figure = _FIGURE.search(text, place)
    while figure is not None:
        lead = _LEAD.search(text, max(place, figure.start() - _LONGEST_LEAD), figure.start())
        for start in (lead.start(), figure.start()) if lead else (figure.start(),):
            m = _AMOUNT.match(text, start)
            if m is not None and m.start("low") == figure.start():
                return m
        figure = _FIGURE.search(text, figure.end())
    return None


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of `text`, in order and disjoint.

    A bare figure counts only where it is the whole text (a cell of a table of targets) or has a unit, a relation
    or a range; "5G", "Điều 5", "năm 2030" and "57-NQ/TW" have none.
    """
    text = nfc(text)
    whole = _BARE.fullmatch(text) is not None
    standings = [*_TOP.finditer(text)]
    found = [_standing(text, match) for match in standings]
    taken = sorted([*([] if whole else _blocked(text)), *(match.span() for match in standings)])
    next_taken = place = 0
    while True:
        m = _next_amount(text, place)
        if m is None:
            return sorted(found, key=lambda quantity: quantity.span)
        low = m.span("low")
        while next_taken < len(taken) and taken[next_taken][1] <= low[0]:
            next_taken += 1
        if next_taken < len(taken) and taken[next_taken][0] < max(low[1], m.end("high")):
            place = max(low[1], min(taken[next_taken][1], m.end()))
            continue
        quantity = _amount(text, m, whole)
        place = m.end()
        if quantity is not None:
            found.append(quantity)
            place = max(place, quantity.span[1])
