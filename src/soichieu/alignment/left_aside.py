"""What an item itself says that it leaves aside: "hồ sơ do cá nhân giữ không phải nộp", "keys are not covered".

A denial counts where it names something of the superior that stands nowhere else in the item, or speaks of *the
others*; one that the superior has too ("không phụ thuộc địa giới") says the same in other words.
"""

from __future__ import annotations

import re

from soichieu.alignment.grammar import EMPTY, FUNCTION, OPENS, Words, tokens
from soichieu.alignment.tokens import Language

_DENIES = re.compile(
    r"(?<!\w)(?:(?<!chứ )không(?!\s*[,;.]?\s*$)(?! (?:những|chỉ|ngừng|gian|khí|quá|dưới|ít hơn|kém|để|phân biệt|kể"
    r"|bỏ sót|sót|mất|thu|tốn|dùng|phụ thuộc|lệ thuộc"
    r"|giới hạn|lộ|để lộ|rò|làm|gây|chồng chéo|chính xác|đúng|đủ|kịp|tốt|hợp lệ|phù hợp"
    r"|trung thực|trùng|vi phạm|phát sinh|còn|trừ|ai|được|thể"
    r"|có gì|và|hoặc|hay)(?!\w))|chưa(?!\s*[,;.]?\s*$)(?! (?:đủ|đến|tròn|quá|từng|có|được|đầy))|trừ|ngoài ra không"
    r"|bỏ qua|để lại sau|để sau|chưa tính|gác lại)(?!\w)"
    r"|\b(?:not|never|no longer(?! than)|nothing|left (?:out|aside|as they are|for later)|leaving (?:out"
    r"|aside)|leave (?:out|aside)|omitted|excluded|excepting"
    r"|except|but for|no (?:record|check|review|plan)s?|stays? with|are left|is left|isn't"
    r"|aren't|don't|doesn't|won't|unaffected|exempt)\b"
)
_STRONG = re.compile(
    r"(?<!\w)(?P<head>trước mắt|bước đầu|thí điểm|làm điểm|giai đoạn đầu|giai đoạn (?:1"
    r"|i)(?!\w)|ngoại trừ|trừ(?! khi)|chưa tính|không tính|chưa gồm|chưa bao gồm"
    r"|không bao gồm|không gồm|không áp dụng|chưa áp dụng|loại trừ|ở giai đoạn sau|để giai đoạn sau"
    r"|làm ở giai đoạn sau)(?!\w)[^,;.]{0,60}"
    r"|\b(?P<en>in a first phase|as a first step|to begin with|for now|initially|except(?:ing)?"
    r"|excluding|not including|leaving out|at a later stage|in a later phase"
    r"|will follow later|as a pilot)\b[^,;.]{0,60}"
)
_TWICE = re.compile(
    r"\b(?:no|not|never|nobody|none)\b[^;.]*\b(?:without|unless|except|let off|left out"
    r"|left that|exempt|has not|have not|not)\b|\bnot only\b|\bnot later\b"
)
_REST = re.compile(
    r"(?<!\w)(?:còn lại|các .{0,30} khác|những .{0,30} khác|phần khác|nơi khác)(?!\w)|\b(?:the others?"
    r"|the rest|the remaining|all other|other)\b"
)
_CLAUSE = re.compile(r"[;.:]|,|(?<!\w)(?:nhưng|còn(?! lại)|song|while|whereas|but|and|though)(?!\w)| [-–] ")


def left_aside(above: str, below: str, language: Language) -> tuple[str, str] | None:
    """What the superior covers and the item's denial of it (comparison keys), or None."""
    known = Words(above, language)
    strong = _STRONG.search(below)
    if strong and (strong["head"] or strong["en"]) not in above and not _says_too("", above):
        return above[:60], strong[0].strip()
    for start, end in _clauses(below):
        clause = below[start:end]
        denial = _DENIES.search(clause)
        if denial is None or _TWICE.search(below) or _says_too(denial[0], above):
            continue
        rest = Words(f"{below[:start]} ; {below[end:]}", language)
        words = [one.word for one in tokens(clause, language) if not one.sign]
        words = [one for one in words if one not in FUNCTION | EMPTY | OPENS]
        own = [one for one in words if known.has(one) and not rest.has(one)]
        if start and own or (_REST.search(clause) and any(known.has(one) for one in words)):
            return above[:60], clause.strip(" ,;.")
    return None


def _clauses(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(one.end() for one in _CLAUSE.finditer(text)), len(text)]
    return [(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if text[a:b].strip()]


def _says_too(denial: str, above: str) -> bool:
    """Whether the superior denies as well."""
    if not denial:
        return (
            re.search(r"(?<!\w)(?:trừ|ngoại trừ|except|excluding|unless|thí điểm|thử nghiệm|pilot|trial)(?!\w)", above)
            is not None
        )
    return re.search(
        r"(?<!\w)(?:không|chưa|trừ|tránh|not|no|never|unless|except|without|excluding|maximum|non-?\w{4,})(?!\w)", above
    ) is not None and denial.split()[0] not in ("bỏ", "gác", "để", "leaving", "left")
