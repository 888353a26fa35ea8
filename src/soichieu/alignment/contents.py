"""Things set apart by semicolons, or told after *gồm*, *including* or a colon, of which an item keeps some.

Such a row says what a paper, a system or a work is to contain. What is left to others by whole sentences is no part
of it: its members begin with a noun. Comparison keys on both sides.
"""

from __future__ import annotations

import re

from soichieu.alignment.grammar import Words, carries, is_content, is_verb, tokens
from soichieu.alignment.lists import OTHERS
from soichieu.alignment.tokens import Language

_TOLD = re.compile(
    r"(?<!\w)(?:(?:bao )?gồm(?: cả)?(?: các)?(?: nội dung| thành phần| giấy tờ| tài liệu)?(?: sau)?"
    r"|các nội dung(?: sau)?"
    r"|như sau|sau đây|comprising|consisting of|the following)\s*:?\s+"
)
_ENDS = re.compile(r"\.(?:\s|$)|\)|(?<!\w)(?:theo quy định|theo mẫu|để|nhằm)(?!\w)")
_BEFORE = frozenset(("và", "các", "những", "một", "and", "the", "a", "an", "also", "cả"))
_MARK = re.compile(r"^\s*(?:[a-zđ]|\d{1,2})[.)]\s+")
_WHOLE = re.compile(
    r"(?<!\w)(?:đầy đủ|đủ|toàn bộ|tất cả|mọi|các nội dung|nội dung theo quy định|all|every|each|full|complete)(?!\w)"
)

MEMBERS = 2
"""Members that such a row must have."""

OWN = 2
"""Words of its own that an item may have: one that has more may say a member otherwise."""

REST = 0.5
"""The share of the words before the row that the item must have, so that it is about the same thing."""


def part_of_contents(above: str, below: str, language: Language) -> tuple[str, str] | None:
    """A member of such a row that the item leaves out, and one that it keeps (comparison keys)."""
    known, kept = Words(above, language), Words(below, language)
    given = tokens(below, language)
    own = [one for one in given if is_content(one) and not known.says(one.word) and not known.hints(one.word)]
    if len(own) > OWN or _WHOLE.search(below) or any(one.word in OTHERS for one in given):
        return None
    for before, members in _rows(above, language):
        lead = [one.word for one in tokens(before, language) if carries(one)]
        if lead and sum(map(kept.says, lead)) < REST * len(lead):
            continue
        words = {member: _words(member, language) for member in members}
        there = [member for member in members if words[member] and all(map(kept.says, words[member]))]
        lost = [member for member in members if words[member] and not _said(words[member], kept, known, members)]
        if _parts(below) >= len(members):
            continue  # a row as long may say each member otherwise
        if there and lost and len(there) + len(lost) >= max(MEMBERS, len(members) - 1):
            return lost[0].strip(" ,;."), there[0].strip(" ,;.")
    return None


def _rows(above: str, language: Language) -> list[tuple[str, list[str]]]:
    """What stands before each row, and its members."""
    found = []
    for match in _TOLD.finditer(above):
        rest = above[match.end() :]
        end = _ENDS.search(rest)
        inside = rest[: end.start()] if end else rest
        cut = r";" if ";" in inside else r",|(?<!\w)(?:và|and)(?!\w)"
        found.append((above[: match.start()].rsplit(". ")[-1], re.split(cut, inside)))
    for sentence in re.split(r"\.(?:\s|$)", above):
        if ";" in sentence and not _TOLD.search(sentence):
            found.append(("", sentence.split(";")))
    rows = []
    for before, parts in found:
        members = [_MARK.sub("", part) for part in parts if part.strip(" ,;.")]
        things = members if before else members[1:]
        if len(members) >= MEMBERS and things and all(_is_thing(one, language) for one in things):
            rows.append((before, members))
    return rows


def _parts(below: str) -> int:
    """The members of an item's own longest row."""
    return max(len(re.findall(r",|;|(?<!\w)(?:và|lẫn|cùng|and)(?!\w)", one)) + 1 for one in below.split(". "))


def _is_thing(member: str, language: Language) -> bool:
    words = [one for one in tokens(member, language) if not one.sign and one.word not in _BEFORE]
    return bool(words) and (not is_verb(words[0].word) or re.match(r"\s*(?:the|an?)\s", member) is not None)


def _words(member: str, language: Language) -> list[str]:
    return [one.word for one in tokens(member, language) if carries(one) and not one.word.isdigit()]


def _said(words: list[str], kept: Words, known: Words, members: list[str]) -> bool:
    """Whether an item has any word that only this member has."""
    own = [word for word in words if sum(word.replace("_", " ") in one for one in members) == 1] or words
    return any(kept.says(word) or kept.hints(word) for word in own)
