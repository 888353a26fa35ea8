"""The forms in which texts cite documents, as patterns; `citations` gives them their meaning.

Every pattern is either anchored or bounded in length, so that a search stays linear in the text.
"""

from __future__ import annotations

import re

from .kinds import WORDS

_S = r"[ \t\u00a0]{0,3}\n?[ \t\u00a0]{0,3}"
_W = r"(?:[ \t\u00a0]{1,3}\n?[ \t\u00a0]{0,3}|\n[ \t\u00a0]{0,3})"
_DASH = r"[-–—‐‑−\ufffe]"


def _word(words: str) -> str:
    return _W.join(map(re.escape, words.split()))


_KIND_WORDS = "(?:" + "|".join(_word(word) for word in sorted(WORDS, key=len, reverse=True)) + ")"
_NUM = r"\d{1,6}[a-zA-Z]?"
_CODE = r"[A-ZĐƯ][A-Za-z0-9ĐđƯư&]{0,19}(?!\w)"
_MARK = rf"(?:{_S}{_DASH}{_S}|{_S}/{_S})"

NUMBER = re.compile(
    rf"(?<![\w/.,\-–])(?P<number>{_NUM}){_MARK}(?:(?P<year>(?:19|20)\d\d){_S}[/\-–]{_S})?(?P<code>{_CODE}(?:{_MARK}{_CODE}){{0,5}})"
    rf"|(?P<blank>(?:số|Số|SỐ){_S}:?[ \t\u00a0.…]{{0,20}}/{_S}(?:(?:19|20)\d\d{_S}/{_S})?"
    rf"{_CODE}{_S}{_DASH}{_S}{_CODE}(?:{_DASH}{_CODE}){{0,4}})"
)
"""A whole number, sound or damaged; or the symbol of a draft, its number blank."""

_TURN = "tại|của|theo|về|các|và|này|như|cùng|được|có|bãi|thay|sửa|căn"
WORD_BEFORE = re.compile(
    rf"(?<!\w)(?P<word>{_KIND_WORDS})(?P<more>(?:{_W}(?!(?:{_KIND_WORDS}|{_TURN})\b)[^\W\d]{{1,12}}){{0,5}}){_S}$",
    re.IGNORECASE,
)
"""A kind before a number, with up to five words between that narrow it ("Báo cáo thẩm tra số 84/BC-…")."""

LAW_BEFORE = re.compile(
    rf"\b(?P<word>Bộ{_W}luật|Luật|Pháp{_W}lệnh)(?P<name>{_W}[^\d;:()\n]{{2,160}}?){_W}số{_S}:?{_S}$"
)
NUMBERED = re.compile(rf"(?:số|no\.?){_S}:?{_S}$", re.IGNORECASE)

SHORT = re.compile(rf"(?<![\w/.,\-–])\d{{1,5}}[a-z]?\b(?!{_S}[/–]{_S}\w|-\w|[.,]\d|{_S}%)")
"""A bare number that, after a kind, may be a short form: "Nghị quyết số 12", "Kế hoạch 118"."""
KIND_BEFORE = re.compile(rf"(?<!\w)(?P<word>{_KIND_WORDS}){_S}$", re.IGNORECASE)

NOT_A_NUMBER = re.compile(
    rf"{_W}(?:năm|tháng|tuần|ngày(?!{_W}\d)|quý|nhiệm{_W}kỳ|triệu|tỷ|tỉ|đồng|điểm|nhóm|nội{_W}dung|mục|phần|giai|bước|cấp|loại|years?|months?|days?)\b",
    re.IGNORECASE,
)
LAW = re.compile(
    rf"\b(?P<word>Bộ{_W}luật|Luật|Pháp{_W}lệnh|Hiến{_W}pháp)\b(?!{_W}(?:này|pháp|sư|gia|định|lệ|số|Luật)\b)"
)
LAW_FULL = re.compile(
    rf"(?P<name>(?:{_W}(?!Luật\b|Bộ{_W}luật\b)[^\s;:()|\d]{{1,20}}){{0,40}}?)"
    rf"(?:{_W}(?=ngày{_W}\d)|{_W}(?:\(|năm{_W})(?P<year>(?:19|20)\d\d)\b\)?)"
)
"""A law's name with the date or year that makes the citation whole."""

_AMEND = rf"{_W}sửa{_W}đổi[,;]?{_W}bổ{_W}sung{_W}(?:một{_W}số{_W})?điều{_W}của"
AMENDING = re.compile(rf"{_AMEND}{_W}(?:Bộ{_W}luật|Luật)\b[^;:.()|\d]{{2,800}}?(?={_W}ngày{_W}\d)", re.IGNORECASE)
"""The name of an amending law up to its date, all the laws that it amends included."""
AMENDED = re.compile(rf"(?P<what>{_AMEND}){_W}(?:các{_W})?(?:Bộ{_W}luật|Luật)\b", re.IGNORECASE)

LAW_NAME = re.compile(rf"(?:{_W}[^\s;:().,\d“”\"]{{1,20}},?){{1,14}}")
LAW_STOP = re.compile(
    r"^(?:này|được|có|quy|theo|để|trong|khi|đã|là|và|hoặc|của|tại|về|cho|với|do|mà|phải|không|trên|thì|sẽ|vào|ngày|số|năm"
    r"|cùng|từ|bằng|cần|đang|như|Luật|Bộ|các|những|một|nhằm|còn|nếu|thông|trình|hiện|chưa)$"
)

PART = re.compile(
    rf"(?:\b(?:gạch{_W}đầu{_W}dòng|tiết|tiểu{_W}tiết|điểm|khoản|điều|mục|tiểu{_W}mục|chương|phần|phụ{_W}lục|article|section|clause|point"
    rf"|paragraph|annex|chapter|part){_W}(?:thứ{_W})?(?:\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}[a-zđ]?"
    rf"|[ivxlc]{{1,7}}(?:\.\d{{1,3}}){{0,3}}|[a-zđ]{{1,2}})\b"
    rf"(?:{_S}(?:,|và|đến|-|hoặc|and|of|to){_S}(?:(?:\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}[a-zđ]?|[ivxlc]{{1,7}}(?:\.\d{{1,3}}){{0,3}}|[a-zđ])\b)?){{0,6}}{_S}){{1,8}}"
    rf"(?:(?:của|thuộc|tại|ban{_W}hành{_W}kèm{_W}theo|kèm{_W}theo|of|in)(?:{_W}(?:các|the))?{_W})?$",
    re.IGNORECASE,
)
PART_END = re.compile(
    rf"(?<!\w)(?:\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}[a-zđ]?|[ivxlc]{{1,7}}(?:\.\d{{1,3}}){{0,3}}|[a-zđ]{{1,2}}),?"
    rf"(?:{_S}(?:của|thuộc|tại|kèm{_W}theo|of|in|and|và)(?:{_W}(?:các|the))?)?{_S}$",
    re.IGNORECASE,
)
"""A cheap look whether a part may stand before."""
PART_TAIL = re.compile(
    rf"{_S}(?:,|\b(?:của|thuộc|tại|ban{_W}hành{_W}kèm{_W}theo|kèm{_W}theo|of|in|and|và)(?:{_W}(?:các|the))?)?{_S}$",
    re.IGNORECASE,
)

DATE_AFTER = re.compile(rf"{_S},?{_S}(?:\(?(?:(?:được{_W})?ban{_W}hành{_W}|ký{_W}|dated?{_W}|of{_W})?)", re.IGNORECASE)
ISSUER_AFTER = re.compile(
    rf"{_S},?{_S}(?:của|of{_W}the|of|do){_W}(?P<body>[A-ZĐÂĂÊÔƠƯÁÀẢÃẠẤẦẨẪẬẮẰẲẴẶÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ](?:[^;:()|\n“”\"]|\n(?!\s*\n)){{1,120}})"
)
ISSUER_END = re.compile(
    rf"\.(?:\s|$)|,{_S}(?:ngày|về|khóa|khoá|nhiệm|quy|ban|do|các|[A-ZĐ][^,]{{0,40}}{_W}số)|,|{_W}(?:về|quy{_W}định|hướng{_W}dẫn|ban{_W}hành|sửa{_W}đổi|bãi"
    rf"{_W}bỏ|phê{_W}duyệt|ngày|khóa|khoá|quy(?!{_W}(?:hoạch|tắc))|như|vào|do|gửi|trình|đến|được|đã|đang|là|có|cho|trong|để|theo|tại|với|kèm|số|năm|nêu|đề{_W}ra|đối{_W}với|on|dated|regarding"
    rf"|concerning)\b|{_W}(?:và|hoặc|and){_W}(?:các{_W})?(?i:(?={_KIND_WORDS}\b))|{_W}\d|\n{_S}(?:Căn{_W}cứ|Theo|Điều|Chương|Mục|Xét|Nơi|Số|Hướng{_W}dẫn|Quy{_W}định|Ban{_W}hành|Sửa|Về|[-–•*+])",
)
CAPITAL_LINE = re.compile(r"\n\s*([^\W\d_]{2,}\s+[^\W\d_]{2,})")
NUMBER_AFTER = re.compile(rf"{_W}số{_W}\d")
ALIAS = re.compile(
    rf"(?:sau{_W}đây{_W})?(?:gọi|viết){_W}(?:tắt{_W})?(?:chung{_W})?(?:là|:)?{_S}[“\"‘']?{_S}$|hereinafter{_W}(?:the{_W})?$",
    re.IGNORECASE,
)
"""What stands before a name that a text gives to the document just cited."""
