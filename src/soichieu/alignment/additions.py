"""What an item adds to its superior that can be checked: a quantity, a place, a person or body, a date, a product.

Never an addition: the unit's own name or own head as the one who acts, a figure or day that the superior has already
(however it is written), and a body that only takes the place of the superior's body in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from soichieu.alignment.amounts import amounts, in_digits
from soichieu.alignment.deadlines import dues
from soichieu.alignment.products import heads, spelled_out
from soichieu.language.text import comparison_key, nfc

Kind = Literal["quantity", "place", "person", "date", "product"]
KINDS: tuple[Kind, ...] = ("quantity", "place", "person", "date", "product")

_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_CAP = rf"[{_UPPER}][\w'’-]*"
_NAME = rf"{_CAP}(?:\s+(?:-\s+)?(?:{_CAP}|và\s+{_CAP}|of\s+(?:the\s+)?{_CAP})){{0,6}}"
_BODY_VI = (
    r"Phòng|Ban|Tổ|Đội|Văn\s+phòng|Thanh\s+tra|Công\s+đoàn|Đoàn(?:\s+Thanh\s+niên)?|Hội|Vụ|Cục|Chi\s+cục|Sở|Bộ"
    r"|Ủy\s+ban|Uỷ\s+ban|Viện|Trường|Học\s+viện"
    r"|Chi\s+bộ|Đảng\s+ủy|Hội\s+đồng|Trung\s+tâm|Ty|Trạm"
)
_POST_VI = (
    r"(?:Phó\s+|Quyền\s+|phó\s+)?(?:Trưởng|Chánh|Giám\s+đốc|Cục\s+trưởng|Vụ\s+trưởng|Chủ\s+tịch|Bí\s+thư"
    r"|Trạm\s+trưởng|Tổ\s+trưởng|Đội\s+trưởng"
    r"|Kế\s+toán\s+trưởng|Thuyền\s+trưởng|Bộ\s+trưởng|Thứ\s+trưởng)"
)
_PERSON = re.compile(
    rf"(?<!\w)(?:{_POST_VI}(?:\s+(?:Văn\s+phòng|phòng|ban|trạm|ty|bộ\s+phận|{_CAP})(?:\s+{_CAP}){{0,4}})?"
    rf"|(?:{_BODY_VI})\s+{_NAME}"
    r"|(?:phó\s+)?(?:trưởng|phó)\s+(?:phòng|ban|trạm|ty|bộ\s+phận|ca|nhóm|đoàn)(?:\s+\w+){0,2}|(?:kế\s+toán"
    r"|thuyền|trạm|tổ|đội|máy)\s+trưởng"
    r"|đồng\s+chí\s+\w+(?:\s+\w+){0,3}|(?:phòng|tổ|đội|ban)\s+(?:chuyên\s+môn|kỹ\s+thuật|nghiệp\s+vụ|công\s+tác"
    r"|giúp\s+việc|tổ\s+chức|kế\s+hoạch|tài\s+chính|"
    r"hành\s+chính|vật\s+tư|thanh\s+tra|pháp\s+chế|truyền\s+thông)(?:\s+\w+)?|(?:cán\s+bộ|viên\s+chức"
    r"|chuyên\s+viên|nhân\s+viên)\s+(?:phụ\s+trách|chuyên\s+trách|đầu\s+mối|văn\s+thư|kỹ\s+thuật)"
    rf"|(?:[Tt]he\s+)?(?:{_CAP}\s+(?:and\s+)?){{0,4}}(?:Department|Division|Director|Office|Committee|Board"
    rf"|Officer|Secretary|Manager|Inspector|Inspectorate|Team|Section|Council|Head|Chair|Engineer|Master)"
    rf"(?:\s+(?:of|for)\s+(?:the\s+)?{_CAP}(?:\s+{_CAP}){{0,3}})?"
    r"|(?:the\s+)?(?:deputy\s+|chief\s+|senior\s+|duty\s+)?(?:head|director|keeper|engineer|officer|archivist"
    r"|clerk|master|inspector|supervisor)\s+(?:of|for|on)\s+\w+(?:\s+\w+){0,3}"
    r"|(?<=\bby\s)the\s+[a-z-]+(?:\s+(?!who\b|that\b|which\b|in\b|on\b|at\b|for\b)[a-z]+)?"
    r"|(?:nhóm|tổ|đội|kíp)\s+(?:nghiên\s+cứu|truyền\s+thông|trực|vận\s+hành|bảo\s+dưỡng|sửa\s+chữa|khảo\s+sát|thợ"
    r"|an\s+toàn|công\s+nghệ|biên\s+tập|soạn\s+thảo|đo\s+đạc)(?:\s+\w+)?"
    r"|the\s+[a-z-]+\s+(?:team|crew|desk|clerk|technician|steward|librarian|archivist|keeper|engineer|officer|inspector"
    r"|foreman|section|branch|division|panel)"
    r"|(?:the\s+)(?:deputy|chief|senior|duty|data|records)\s+(?:head|director|keeper|engineer|officer|archivist"
    r"|clerk|inspector|steward|manager)s?)(?!\w)"
)
_SITE = (
    r"đảo|phường|xã|thị\s+trấn|bến\s+cá|bến|cảng|thôn|huyện|quận|tỉnh|thành\s+phố|trụ\s+sở|trạm\s+đèn|trạm|mũi"
    r"|hòn|vùng\s+biển|khu\s+vực|luồng|hội\s+trường|nhà\s+văn\s+hóa"
    r"|kho|xưởng|cầu\s+cảng|trường|chợ|làng|bãi|vịnh|cửa\s+biển|trung\s+tâm"
)
_PLACE = re.compile(
    r"(?<!\w)(?:(?:cửa\s+luồng|cửa\s+biển|bến|cảng|cầu\s+cảng|mũi|đảo|bờ|cổng|khu)\s+phía\s+\w+"
    rf"|(?:{_SITE}|(?:Trạm\s+đèn|Trạm|Đảo|Hòn|Mũi|Cảng|Bến|Phường|Xã|Vịnh))\s+(?:Ty\s+|số\s+\d+\s+)?{_NAME}"
    rf"|(?<=tại\s){_NAME}|(?<=ở\s){_NAME}|(?<=vùng\s){_NAME}|(?:tại|ở)\s+(?:trụ\s+sở|hội\s+trường|kho|xưởng|bến"
    rf"|cảng|nhà)\s+\w+(?:\s+\w+)?"
    rf"|(?:{_CAP}\s+){{0,3}}(?:Port|Cape|Island|Harbour|Harbor|Bay|Station|Centre|Center|Point|Rock|Lighthouse"
    rf"|Pier|Quay|Hall|School|Museum|Library)(?:\s+{_CAP}){{0,3}}"
    r"|the\s+(?:(?:north|south|east|west)(?:ern)?|outer|inner)\s+[a-z]+"
    rf"|(?<=\bin\s)(?:{_CAP})(?:\s+{_CAP}){{0,3}}|(?<=\bat\s)(?:the\s+)?(?:{_CAP})(?:\s+{_CAP}){{0,3}}"
    rf"|(?<=\bon\s)(?:{_CAP})(?:\s+{_CAP}){{1,3}})(?!\w)"
)
_A_BODY = re.compile(
    r"(?<!\w)(?:Bộ|Chính\s+phủ|Thủ\s+tướng|Ủy\s+ban|Uỷ\s+ban|Ban|Sở|Văn\s+phòng|Hội\s+đồng|Quốc\s+hội"
    r"|người\s+đứng\s+đầu|cơ\s+quan|cấp\s+ủy"
    r"|agenc(?:y|ies)|Council|OMB|GSA|Department|Office|Committee|the\s+head)(?!\w)"
)
_MONTH = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December|Q[1-4]|FY|Tháng"
    r"|Quý|Năm)\b"
)
_PRODUCES = re.compile(
    r"(?:lập|nộp|quản\s+trị|vận\s+hành|duy\s+trì|cấp|kèm(?:\s+theo)?|mở|phát\s+hành|xuất\s+bản|theo|ghi\s+vào"
    r"|vào|qua|bằng|soạn|dựng|in|làm|ra|gồm|là|có|thành|với|gắn|lắp|lắp\s+đặt|treo|dán|viết|biên\s+soạn|xây\s+dựng"
    r"|ban\s+hành|phát|nhập|điền|đăng|công\s+bố|chép|ghi|ký|dùng|sử\s+dụng|trong|trên|hoàn\s+thành|thiết\s+kế|tạo"
    r"|đưa\s+ra|trình|gửi|niêm\s+yết|kept?s?\s+in|in\s+the|file[sd]?|writes?|written\s+in|draws?\s+up|puts?\s+up|posts?"
    r"|compiles?|creates?|develops?|builds?|prints?|signs?|sends?|hands?\s+out|logged\s+in|entered\s+in|set\s+out\s+in"
    r"|keeps?|publish(?:es)?|prepares?|issues?|produces?|maintains?|to\s+an?|from\s+an?|against\s+an?|of\s+an?"
    r"|keep|publish|in\s+an?|through\s+an?|with\s+an?|prepare"
    r"|into\s+an?|as\s+an?|on\s+an?|recorded\s+in|using\s+an?|issue|produce|maintain|and\s+an?|and\s+publish"
    r"|by\s+means\s+of\s+an?)\s*(?:(?:một|01|\d+|bộ|an?|the|new|short|joint|common|public|single|one|shared"
    r"|written|printed|restore|daily|weekly|monthly)\s+){0,2}$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
# The noun of a figure: up to two small words after it, of which none begins another phrase.
_TAIL = re.compile(
    r"(?:\s+(?!(?:của|tại|ở|với|cho|để|vào|từ|trên|trong|và|có|do|được|in|at|on|to|for|with|from|by|and|of|or"
    r"|is|are)\b)[^\W\d_A-ZĐ][^\W\d_]*){1,2}"
)


@dataclass(frozen=True, slots=True)
class Addition:
    """One added part: its kind, its words, and where they stand in the item (characters)."""

    kind: Kind
    text: str
    span: tuple[int, int]


def additions(superior: str, item: str, unit: str = "") -> list[Addition]:
    """The parts of an item that the superior has not and that can be checked, in order. ``unit``: the owing unit's own
    name, which is no addition."""
    superior, item, unit = nfc(superior), nfc(item), nfc(unit)
    found: list[Addition] = []

    def put(kind: Kind, span: tuple[int, int]) -> None:
        start, end = span
        if start < end and not any(start < one.span[1] and end > one.span[0] for one in found):
            found.append(Addition(kind, item[start:end], (start, end)))

    for span in _new_dates(superior, item):
        put("date", span)
    for span in _new_quantities(superior, item):
        put("quantity", span)
    replaced = list(_replaced_bodies(superior, item))
    for kind, span in _new_names(superior, item, unit):
        if not any(span[0] < end and span[1] > start for start, end in replaced):
            put(kind, span)
    for span in _new_products(superior, item):
        put("product", span)
    return sorted(found, key=lambda one: one.span)


_WEEKDAY = re.compile(
    r"(?<!\w)(?:(?:every|each|on)\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
    r"|(?:(?:mỗi|sáng|chiều|tối|các)\s+)*(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy)|chủ\s+nhật)(?:\s+(?:hằng|hàng|đầu|cuối)\s+\w+)?)(?!\w)",
    re.IGNORECASE,
)


def _digits(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", in_digits(text)[0]))


def _new_dates(superior: str, item: str) -> Iterable[tuple[int, int]]:
    there = dues(superior)
    keys = {one.key for one in there}
    digits = {_digits(one.text) for one in there if _digits(one.text)}
    for one in dues(item):
        if one.key in keys or (_digits(one.text) and _digits(one.text) in digits):
            continue
        if one.last is not None and any(other.last == one.last for other in there):
            continue
        if one.term is not None and re.match(r"(?:within|trong)\b", one.text, re.IGNORECASE):
            continue  # a length of time is a quantity
        yield one.span
    for match in _WEEKDAY.finditer(item):
        if match[0].casefold() not in superior.casefold():
            yield match.span()


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


def _new_quantities(superior: str, item: str) -> Iterable[tuple[int, int]]:
    there = _numbers(superior)
    found = amounts(item)
    for one in found:
        if one.value in there or (one.kind == "share" and one.value in {100 * number for number in there}):
            continue
        start, end = one.span
        if re.match(r"\s+by\s+one\b", item[end:]) or re.search(r"\bone\s+by\s+$", item[:start]):
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


def _new_names(superior: str, item: str, unit: str) -> Iterable[tuple[Kind, tuple[int, int]]]:
    """Named persons, bodies and places of the item that the superior does not name."""
    above = comparison_key(superior)
    own = _own_names(unit)
    taken: list[tuple[int, int]] = []
    for pattern, kind in ((_PLACE, "place"), (_PERSON, "person")):
        for match in pattern.finditer(item):
            start, end = match.span()
            words = comparison_key(match[0])
            bare = re.sub(r"^(?:the|tại|ở)\s+", "", words)
            if _MONTH.match(match[0]) or bare in above or bare in own or any(start < b and end > a for a, b in taken):
                continue
            if any(
                comparison_key(item[start : start + len(name) + 6]).startswith((name, f"the {name}")) for name in own
            ):
                continue
            if kind == "place" and _known_name(bare, above):
                continue
            if kind == "person" and _swapped(item[:start], words, superior):
                continue
            if (
                kind == "place"
                and re.match(rf"(?:{_BODY_VI}|{_POST_VI})\s", match[0])
                and not re.match(r"(?:Trạm|Ty)\s", match[0])
            ):
                continue
            taken.append((start, end))
            yield kind, (start, end)  # type: ignore[misc]


_BARE_HEAD = re.compile(r"(?:phó )?(?:trưởng|chánh|giám đốc|thủ trưởng)(?: \w+)?$|the (?:head|director|chief)$")
_HEAD_ABOVE = re.compile(r"người đứng đầu|thủ trưởng|the head", re.IGNORECASE)


def _swapped(before: str, words: str, superior: str) -> bool:
    """A head without a further name where the superior says *the head*; a body to which, as there, things are sent."""
    if _BARE_HEAD.match(words) and _HEAD_ABOVE.search(superior):
        return True
    verb = re.search(r"(?:gửi|trình|về|báo\s+cáo|với|submit(?:ted)?\s+to|report(?:s|ed)?\s+to|to|with)\s+$", before)
    return bool(verb and re.search(re.escape(verb[0].strip()) + r"\s+(?:the\s+)?" + _A_BODY.pattern, superior))


def _known_name(words: str, above: str) -> bool:
    parts = words.split()
    return len(parts) > 0 and all(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", above) for part in parts)


def _own_names(unit: str) -> set[str]:
    """The ways in which a unit speaks of itself and of its head."""
    key = comparison_key(unit)
    if not key:
        return set()
    first = key.split()[0]
    own = {
        key,
        first,
        f"trưởng {first}",
        f"{first} trưởng",
        f"giám đốc {first}",
        f"chánh {first}",
        "the office",
        "office",
        "bộ hải đăng",
    }
    return own | {key.removesuffix(" (hư cấu)").strip()}


def _replaced_bodies(superior: str, item: str) -> Iterable[tuple[int, int]]:
    """Spans of the item in which a body stands where the superior has one in the same place of the same sentence."""
    left = [(match[0].casefold(), match.span()) for match in _WORD.finditer(superior)]
    right = [(match[0].casefold(), match.span()) for match in _WORD.finditer(item)]
    matcher = SequenceMatcher(None, [word for word, _ in left], [word for word, _ in right], autojunk=False)
    for what, a0, a1, b0, b1 in matcher.get_opcodes():
        if what != "replace" or a1 - a0 > 16 or b1 - b0 > 8:
            continue
        above = superior[left[a0][1][0] : left[a1 - 1][1][1]]
        below = item[right[b0][1][0] : right[b1 - 1][1][1]]
        if _A_BODY.search(above) and 2 * sum(len(_WORD.findall(m[0])) for m in _PERSON.finditer(below)) >= b1 - b0 - 1:
            yield right[b0][1][0], right[b1 - 1][1][1]


def _new_products(superior: str, item: str) -> Iterable[tuple[int, int]]:
    above = spelled_out(superior)
    there = {head for head, _start, _end in heads(above)}
    folded = spelled_out(item)
    if len(folded) != len(item):
        folded = "".join(one.casefold() if len(one.casefold()) == 1 else one for one in item)
    for head, start, end in heads(folded):
        printed = item[start:end]
        capital = printed[:1].isupper() and bool(item[:start].strip()) and item[:start].rstrip()[-1:] not in ".;:"
        tail = re.match(r"(?:\s+[^\W\d_]+){1,4}", item[end:])
        words = tail[0].split() if tail else []
        new = [word for word in words[:3] if not re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", above)]
        if re.match(r"\s+(?:này|nêu\s+trên|above)\b", item[end:]):
            continue
        if head in there:
            if not (capital and len(new) >= 2):
                continue
        elif re.search(rf"(?<!\w){re.escape(head)}(?!\w)", above) or not (capital or _PRODUCES.search(item[:start])):
            continue
        yield start, end + (tail.end() if tail else 0)
