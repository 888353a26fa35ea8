"""Where words that look as if they cut a scope down leave nobody and nothing out.

A finding of ``scope`` is looked at once more beside both texts: one more member of a row is wider; a word for one's own
body or its head, in the place of any body, is who speaks; what is for the people at large is for all.
"""

from __future__ import annotations

import re

from soichieu.alignment.classes import classes
from soichieu.alignment.grammar import WIDE, Words, carries, is_content, tokens
from soichieu.alignment.tokens import Language

_SKIPPED = frozenset(("the", "a", "an", "các", "những", "cả"))
_JOINS = frozenset((",", "và", "lẫn", "cùng", "and", "or", "hoặc"))
_BODY = re.compile(
    r"(?<!\w)(?:cơ quan|đơn vị|tổ chức|cá nhân|người đứng đầu|thủ trưởng|bộ trưởng|chủ tịch|organi[sz]ations?|agency"
    r"|agencies|covered entity|controller|employer)(?!\w)"
)
"""By these a superior speaks of any body, or of its head."""

_OWN = re.compile(
    r"(?:(?:của|tại|trong|ở|cho|the|our|of|in|at)\s+)*"
    r"(?:nhà trường|trường|công ty|tổng công ty|tập đoàn|bệnh viện|trung tâm|viện|học viện|cục|chi cục|tổng cục|sở"
    r"|phòng|ban|văn phòng|ty|hợp tác xã|ủy ban nhân dân(?: (?:xã|phường|tỉnh|huyện|thành phố))?|ubnd|xã|phường"
    r"|hiệu trưởng|giám đốc|tổng giám đốc|chánh văn phòng|trưởng phòng|viện trưởng|cục trưởng|chi cục trưởng"
    r"|tổ chuyên môn|khoa|tổ bộ môn|phân xưởng"
    r"|company|hospital|school|council|college|university|department|firm|town|city|bank|clinic|library)"
)
"""Words for one's own body, its head and its parts, that name none by name."""

_LIMITS = re.compile(r"(?<!\w)(?:chỉ|riêng|only|just)(?!\w)")
_SIGNS = re.compile(r"(?<!\w)(?:các|những|do|by|thuộc)(?!\w)")
"""Before one's own body these say which: those that it signs, those that stand below it."""

_PEOPLE = re.compile(r"(?:(?:cho|của|tới|đến|for|to|by|the)\s+)*(?:người dân|nhân dân|dân|bà con|the public|people)")
_ALL_COUNTED = re.compile(r"(?<!\w)(?:cả|toàn bộ|tất cả|đủ|all(?: of)?(?: the)?)\s+(?:\d+|\w+)\s*$")


def covers_no_less(above: str, below: str, found: tuple[str, str], language: Language) -> bool:
    """Whether what was found (the superior's words, the item's) leaves nobody and nothing out; comparison keys."""
    at = below.find(found[1])
    if at < 0:
        return False
    end = at + len(found[1])
    if _ALL_COUNTED.search(below[:at] + found[1].split()[0]) and found[1][0].isdigit():
        return True
    known = Words(above, language)
    given = tokens(below, language)
    new = [one for one in given if at <= one.start and one.end <= end and carries(one) and not known.says(one.word)]
    if not new:
        return False
    words = below[new[0].start : new[-1].end]
    if _PEOPLE.fullmatch(words):
        return True
    if _OWN.fullmatch(words) and _BODY.search(above) and not _LIMITS.search(below):
        rest = f"{below[at : new[0].start]} ; {below[new[-1].end : end]}"
        return not any(one.kind in ("body", "person") for one in classes(rest)) and not _SIGNS.search(rest)
    return _one_more(above, given, new[0].start, known, language)


def _one_more(above: str, given: list, start: int, known: Words, language: Language) -> bool:  # type: ignore[type-arg]
    """Whether the new word begins one more member of a row, all other members of which the item keeps."""
    place = next(number for number, one in enumerate(given) if one.start == start)
    before = place - 1
    while before >= 0 and given[before].word in _SKIPPED:
        before -= 1
    kept = Words(" ".join(one.word.replace("_", " ") for one in given), language)
    joined = before >= 1 and given[before].word in _JOINS and known.has(given[before - 1].word)
    whole = all(kept.says(one.word) for one in tokens(above, language) if is_content(one) and one.word not in WIDE)
    return joined and whole and not classes(given[before].word)
