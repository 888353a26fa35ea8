"""Two texts brought to one spelling, so that they can be compared word by word."""

from __future__ import annotations

import re
import unicodedata

from soichieu.alignment.amounts import amounts
from soichieu.alignment.deadlines import dues
from soichieu.language.text import comparison_key, nfc

_Y = str.maketrans("iíìỉĩị", "yýỳỷỹỵ")


_ONE_WORD = re.compile(
    r"(?<!\w)(?:phòng, (?:chống|tránh|ngừa)|phòng ngừa, (?:chống|ngăn chặn)|khám bệnh, chữa bệnh)(?!\w)"
)
"""What is one thing in spite of its comma."""

_ONE_BODY = re.compile(
    r"(?<!\w)(?:bộ|sở|phòng|bộ trưởng bộ) (?:khoa học và công nghệ|tài nguyên và môi trường"
    r"|thông tin và truyền thông|giáo dục và đào tạo"
    r"|kế hoạch và đầu tư|nông nghiệp và môi trường|nông nghiệp và phát triển nông thôn"
    r"|lao động - thương binh và xã hội"
    r"|văn hóa, thể thao và du lịch)(?!\w)"
)
"""Ministries, and what is named after them below, with *and* in their names."""


def key(text: str) -> str:
    """The comparison key of a text, with y for i at the end of a syllable (quản lí, quản lý)."""
    folded = re.sub(r"(?<!\w)(?:k|l|m|t)[íìỉĩị](?!\w)", lambda match: match[0].translate(_Y), comparison_key(text))
    folded = _ONE_WORD.sub(lambda match: match[0].replace(",", " "), folded)
    return _ONE_BODY.sub(lambda match: match[0].replace(" và ", "    ").replace(",", " "), folded)


def spelled_as(below: str, above: str) -> str:
    """The item with what it shortens as the superior has it: to first letters ("cbccvc": "cán bộ, công chức, viên
    chức"), or to one tail of two heads ("khu, cụm công nghiệp": "khu công nghiệp, cụm công nghiệp")."""
    for two in re.finditer(r"(?<!\w)(\w+) (\w+(?: \w+)?)(?:,| và| and) (\w+) \2(?!\w)", above):
        short = rf"(?<!\w){two[1]}(?:,| và| and) {two[3]} {two[2]}(?!\w)"
        below = re.sub(short, two[0], below)
    words = list(re.finditer(r"[^\W\d_]+", above))
    letters, known = "".join(_bare(word[0]) for word in words), {word[0] for word in words}

    def whole(match: re.Match[str]) -> str:
        at = -1 if match[0] in known else letters.find(match[0])
        return match[0] if at < 0 else above[words[at].start() : words[at + len(match[0]) - 1].end()]

    return re.sub(r"(?<!\w)[^\W\d_]{3,6}(?!\w)", whole, below)


def _bare(word: str) -> str:
    """The first letter of a word without its marks, as abbreviations have it (UBND, ATTP); đ stays."""
    return unicodedata.normalize("NFD", word)[0]


_CAPITALS = re.compile(r"(?<![^\W_])[A-ZĐƯÔÊÂÁÝ](?:&?[A-ZĐƯÔÊÂÁÝ]){1,7}(?![^\W_])")
_SMALL = frozenset(("và", "of", "the", "and", "for"))


def capitals_spelled(item: str, above: str) -> str:
    """The item with what it shortens to capitals as the superior has it ("KH&CN": "khoa học và công nghệ")."""
    words = [word for word in re.finditer(r"[^\W\d_]+", above) if word[0] not in _SMALL]
    letters = "".join(_bare(word[0]) for word in words)
    known = {word[0] for word in words}

    def whole(match: re.Match[str]) -> str:
        short = match[0].replace("&", "").casefold()
        at = -1 if short in known else letters.find(short)
        return match[0] if at < 0 else above[words[at].start() : words[at + len(short) - 1].end()]

    return _CAPITALS.sub(whole, item)


_STRESSED = re.compile(
    r"(?<=\w)(?P<sign>\s*[,(]?\s*)(?:nhất là|đặc biệt là|đặc biệt|trước hết là|ưu tiên|trong đó (?:ưu tiên"
    r"|chú trọng|trọng tâm|có)|chú trọng|nhấn mạnh"
    r"|especially|particularly|in particular|notably|above all|with priority|first of all"
    r"|including|kể cả|bao gồm cả|gồm cả)(?!\w)[^;.,)]*"
)


_IN_TURN = re.compile(
    r"(?<=\w)(?: (?:tại|ở|cho) [^;.,]{2,60})? trước,? (?:rồi|sau đó|tiếp đó|tiếp đến)(?!\w)[^;.]*"
    r"|[;,] [^;.,]{3,80} (?:làm|học|đi|bắt đầu|triển khai|lắp|thay)? ?trước(?=[.;]|$)"
    r"|(?<=\w) (?:first (?:in|at|for) [^;.,]{2,60},? (?:and )?then(?!\w)[^;.]*)"
)
"""Who comes first, where the others follow: an order, and no part."""


def unstressed(below: str) -> str:
    """An item (comparison key) without what it only stresses after the whole ("các doanh nghiệp, nhất là …")."""
    below = _IN_TURN.sub(lambda match: ";".ljust(len(match[0])), below)
    return _STRESSED.sub(lambda match: ";".ljust(len(match[0])), below)


def without_times(text: str, sign: str = ";") -> str:
    """A text with a sign in place of each time, which cuts nothing down; of the same length (NFC)."""
    text = nfc(text)
    spans = [one.span for one in dues(text)] + [one.span for one in amounts(text) if one.kind == "span"]
    signs = list(text)
    for start, end in spans:
        signs[start:end] = sign.ljust(end - start)
    return "".join(signs)


def as_printed(text: str, folded: str) -> str:
    """The words of a text that a folded piece of it stands for, as printed; the piece itself where that is not one."""
    pattern = r"\s+".join(re.escape(word) for word in folded.split())
    match = re.search(pattern, text, re.IGNORECASE)
    if match:
        return match[0]
    whole = key(text)
    at = whole.find(folded)
    return text[at : at + len(folded)] if at >= 0 and len(whole) == len(text) else folded
