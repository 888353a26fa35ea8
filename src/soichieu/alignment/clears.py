"""The six clears of conclusion 226-KL/TW of 11-12-2025 for one task, and which of them are missing.

*Rõ người, rõ việc, rõ thời gian, rõ trách nhiệm, rõ thẩm quyền, rõ sản phẩm*: who, what, when, responsibility,
authority, product. Only what is written is judged, cell by cell; nothing here says whether the task is a good one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Literal

from soichieu.alignment.amounts import in_digits
from soichieu.alignment.deadlines import due_of_cell
from soichieu.language.text import comparison_key, nfc
from soichieu.reading.bodies import Lead, class_of, split_leads

Clear = Literal["who", "what", "when", "responsibility", "authority", "product"]
CLEARS: tuple[Clear, ...] = ("who", "what", "when", "responsibility", "authority", "product")

_CLASS = re.compile(
    r"^(?:các|mọi|mỗi|những|tất cả|toàn thể|từng|all|every|each|interested|relevant|various|other)\b"
    r"|^(?:bộ|ban|ngành|địa phương|cơ quan|đơn vị|cơ sở|tổ chức|sở|xã|phường|huyện|tỉnh)(?:\s+ngành)?(?:\s*,.*)?$"
    r"|(?:có liên quan|liên quan|được lựa chọn|concerned|involved)\s*$"
)
_PERSON = re.compile(
    r"^(?:đồng chí|ông|bà|trưởng|phó|chánh|giám đốc|cục trưởng|vụ trưởng|thủ trưởng|bộ trưởng|thứ trưởng"
    r"|chủ tịch|bí thư)\b"
    r"|^(?:the\s+)?(?:(?:deputy|vice|assistant|chief)\s+)*(?:head|director|chief|officer|minister|secretary|chair)\b"
)
_ENGLISH_AND = re.compile(r"\s*(?:;|,(?!\s*(?:and\s+)?[a-z])|\n|\band\b)\s*")
_UNIT_WORD = re.compile(
    r"\b(?:department|departments|office|division|section|board|bureau|ministry|agency|agencies|committee"
    r"|council|station|unit|team|"
    r"service|centre|center|inspectorate|omb|gsa)\b",
    re.IGNORECASE,
)
_VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)

_NOT_DATED = re.compile(
    r"khi có điều kiện|sớm nhất|trong thời gian tới|khi cần|theo yêu cầu|kịp thời|when resources|as soon as"
    r"|in due course|as needed"
    r"|as appropriate|asap",
    re.IGNORECASE,
)
_SEASON = re.compile(r"mùa|spring|summer|autumn|winter", re.IGNORECASE)
_FROM = re.compile(r"kể từ|từ ngày|\bsau\b|\b(?:of|after|from)\b", re.IGNORECASE)
_FROM_NO_DAY = re.compile(
    r"(?:từ|sau) khi (?:có|đủ|bố trí|được bố trí)(?: đủ)? (?:kinh phí|điều kiện|nguồn|vốn|nhân lực)"
    r"|once (?:funds|funding|resources)|when (?:funds|funding|available)",
    re.IGNORECASE,
)
_STANDING = re.compile(r"thường xuyên|liên tục|ongoing|continuous|on a rolling basis", re.IGNORECASE)

# A bare title, or a call to do better without an object: nothing is said to be done.
_TITLE = re.compile(
    r"^(?:đề án|dự án luật|dự án|dự thảo|luật|nghị định|nghị quyết|quyết định|thông tư|chương trình|kế hoạch"
    r"|công tác|báo cáo|hội nghị|việc"
    r"|chuyên đề|quy chế|quy định|phong trào|nhiệm vụ|vấn đề)\b(?!\s+(?:được|phải|cần)\b)"
)
_CALL = re.compile(
    r"^(?:(?:tiếp tục|phấn đấu|quyết tâm|cố gắng|tập trung|nỗ lực|hãy)\s+)*(?:nâng cao|tăng cường|đẩy mạnh"
    r"|quyết liệt|phát huy|cải thiện"
    r"|cố gắng|nỗ lực|thực hiện|làm)\s*(?:hơn nữa|tốt hơn|hơn|mạnh mẽ|quyết liệt|nghiêm túc|nghiêm|tốt|hiệu quả"
    r"|và|,|\s)*\.?$"
)
_EN_VERB = re.compile(
    r"^(?:to\s+)?(?:continue\s+to\s+|actively\s+|jointly\s+|regularly\s+"
    r"|periodically\s+)*(?P<verb>[a-z]+)\b(?:\s+(?P<rest>.+))?$"
)
_EN_VERBS = frozenset(
    line
    for line in resources.files(__package__).joinpath("data", "verbs-en.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)
_EN_CALL = re.compile(r"^(?:do|try|work|act|improve|strengthen)\s*(?:better|harder|more|further|,|and|\s)*\.?$")

_NO_AUTHORITY = re.compile(
    r"cấp có thẩm quyền|cơ quan có thẩm quyền|người có thẩm quyền|cấp trên|competent authorit"
    r"|appropriate authorit|the authority"
)
_DECIDES = re.compile(
    r"(?:quyết định|nghị quyết|nghị định|luật|thông tư|chỉ thị|công điện|kết luận|văn bản|kế hoạch|chương trình"
    r"|quy chế)\s+(?:\S+\s+){0,6}?"
    r"(?:của|do)\s+(?P<body>[^,;.]+)"
    r"|(?:trình|tham mưu|báo cáo)\s+(?P<above>(?:quốc hội|chính phủ|thủ tướng|bộ|ủy ban|uỷ ban|hội đồng|ban"
    r"|lãnh đạo|trưởng|giám đốc|chủ tịch)[^,;.]*?)\s+"
    r"(?:xem xét|ban hành|phê duyệt|thông qua|quyết định|cho ý kiến|thành lập)"
    r"|(?:order|decision|directive|resolution|approval|decree|act|law)\s+(?:of|by)\s+(?P<en>[^,;.]+)"
    r"|(?:approved|signed|issued|adopted)\s+by\s+(?P<by>[^,;.]+)"
    r"|submit\s+(?:\S+\s+){0,5}to\s+(?P<to>[^,;.]+?)\s+for\s+(?:approval|decision|signature)"
)
_NO_PRODUCT = re.compile(
    r"^(?:completed?|completion|done|finished|achieved|hoàn thành|đã xong|xong|thực hiện (?:nghiêm túc|tốt"
    r"|thường xuyên|đầy đủ)|đạt yêu cầu"
    r"|nâng cao|tăng cường|bảo đảm|đảm bảo|chuyển biến|có chuyển biến|thực hiện|triển khai|kết quả thực hiện"
    r"|kết quả|improved?|better|greater|increased?"
    r"|raised|awareness)\b"
)
_A_NUMBER = re.compile(
    r"^(?:the\s+)?(?:number|share|percentage|rate)\s+of\b|^số\s+(?:lượng|lượt|cuộc|buổi|người|hội nghị|lớp)\b"
    r"|^\d+\s+(?:cuộc|buổi|hội nghị|lượt|lớp|meetings?|sessions?)\b"
    r"|^improvements?\b"
)
_THING = re.compile(
    r"báo cáo|quyết định|nghị quyết|nghị định|luật|thông tư|kế hoạch|đề án|chương trình|văn bản|danh (?:mục"
    r"|sách)|biên bản|cơ sở dữ liệu|csdl|hệ thống|quy (?:trình|chế|định|chuẩn)"
    r"|tiêu chuẩn|bộ |nền tảng|trung tâm|record|list|report|plan|policy|table|publication|draft|system|charter"
    r"|certificate|photograph|inventory"
)


@dataclass(frozen=True, slots=True)
class Task:
    """What is written of a task, cell by cell; empty where nothing is. ``leads``: the cell as printed, or its parts
    when they were split already."""

    text: str
    leads: str | Sequence[str] = ""
    person: str = ""
    output: str = ""
    deadline: str = ""
    deciding: str = ""


def missing_clears(task: Task) -> tuple[Clear, ...]:
    """Which of the six are not clear, in the order of the conclusion (the rule of each: ``docs/alignment.md``)."""
    names = named_leads(task.leads)
    person = bool(task.person.strip())
    clear = {
        "who": bool(names) or person,
        "what": _says_what(task.text),
        "when": _says_when(task.deadline),
        "responsibility": len(names) == 1,
        "authority": _says_authority(task),
        "product": _names_product(task.output),
    }
    return tuple(name for name in CLEARS if not clear[name])


def named_leads(cell: str | Sequence[str]) -> list[str]:
    """The units or posts that a cell of leads names. A class (*các bộ, ngành, địa phương*) is no name; a post named
    beside its own unit is the same lead."""
    if not isinstance(cell, str):
        return [name for part in cell for name in named_leads(part)]
    cell = re.sub(r"\[\^\d+\]", "", nfc(cell)).strip()
    if not cell:
        return []
    if _VIETNAMESE.search(cell):
        outside = re.sub(r"\([^()]*\)", " ", cell)
        leads = split_leads(outside)
    else:
        leads = [Lead(part) for part in _ENGLISH_AND.split(cell) if part.strip()]
        if len(leads) > 1 and not all(_UNIT_WORD.search(one.text) or one.text[:1].isupper() for one in leads):
            leads = [Lead(cell)]
    names = [one.text.strip() for one in leads if one.of_class is None and not _is_class(one.text)]
    # "Phòng Kỹ thuật; đồng chí Trưởng phòng": one lead, its unit and its post.
    posts = [name for name in names if _PERSON.match(comparison_key(name))]
    units = [name for name in names if name not in posts]
    if units and posts:
        return units
    return names


def _is_class(text: str) -> bool:
    folded = comparison_key(text).strip(" .,;")
    known = class_of(folded)
    return bool(_CLASS.search(folded)) or (known is not None and known[1] >= len(folded))


def _says_what(text: str) -> bool:
    folded = comparison_key(text).strip(" .-–+*•")
    if not folded or _TITLE.match(folded) or _CALL.match(folded):
        return False
    if _VIETNAMESE.search(text):
        return len(folded.split()) > 1
    verb = _EN_VERB.match(folded)
    if verb and (verb["rest"] or "").startswith("of "):
        return False  # "Supply of lamp oil": a noun
    return bool(verb and verb["verb"] in _EN_VERBS and verb["rest"]) and not _EN_CALL.match(folded)


def _says_when(cell: str) -> bool:
    if not cell.strip() or _NOT_DATED.search(cell):
        return False
    due = due_of_cell(cell)
    if due is not None and due.wide and due.last is None and _SEASON.search(due.text):
        return False  # a season has no last day
    if due is not None and due.term is not None and (_FROM_NO_DAY.search(cell) or not _FROM.search(cell)):
        return False  # it runs from nothing, or from something of which nobody knows the day
    if _STANDING.search(cell):
        return due is not None or bool(re.search(r"\b(?:end of (?:each|every)|cuối (?:mỗi|hằng)|định kỳ)\b", cell))
    return due is not None


def _says_authority(task: Task) -> bool:
    if task.deciding.strip():
        return not _NO_AUTHORITY.search(comparison_key(task.deciding))
    for text in (task.output, task.text):
        for match in _DECIDES.finditer(comparison_key(text)):
            # "Chương trình của Chính phủ" in a task is what it is about; in the output it is who issues it.
            found = match.groups() if text is task.output else (match["above"], match["by"], match["to"], match["en"])
            body = next(filter(None, found), "")
            if body and not _NO_AUTHORITY.search(body) and not _is_class(body):
                return True
    return False


def _names_product(output: str) -> bool:
    folded = in_digits(comparison_key(output))[0].strip(" .-–+*•;")
    if not folded:
        return False
    parts = [part.strip() for part in re.split(r"[;\n]", folded) if part.strip()]
    return any(
        _THING.search(part) and not _A_NUMBER.match(part) or not (_NO_PRODUCT.match(part) or _A_NUMBER.match(part))
        for part in parts
    )
