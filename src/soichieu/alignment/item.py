"""An item read word by word beside its superior: what both name, what is new, and where a phrase ends.

Comparison keys on both sides; nothing is judged here (see ``coverage`` and ``modifiers``).
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from soichieu.alignment.classes import Named, classes
from soichieu.alignment.grammar import BOUNDS, FUNCTION, WIDE, Token, Words, carries, is_content, is_verb, tokens
from soichieu.alignment.tokens import Language

Found = tuple[str, str] | None
"""What the superior covers and the words that cut it down."""

STRANGE = 0.6
"""The share of new words from which an item is another wording rather than the same one with a change."""

ORDERED = 0.9
"""The share of the words that both have which must stand in the superior's order."""

OWN = 3
"""Words of its own that such an item may have."""

_MANY = re.compile(
    r"(?<!\w)(?:bộ, ngành|ngành, địa phương|(?:các|mọi|tất cả|từng|mỗi|toàn bộ)(?: các)?"
    r" (?:cơ quan|đơn vị|tổ chức|bộ|ngành|địa phương|cấp|sở|doanh nghiệp)"
    r"|toàn (?:quốc|ngành|quân|dân|xã hội|thành phố|tỉnh)|cả nước|địa bàn|hệ thống chính trị"
    r"|agencies|organizations|organisations|departments|bodies|governments"
    r"|government-?\s?wide|across (?:the )?(?:whole|government))(?!\w)"
)


def _whole_words(found: list[Named], words: list[Token]) -> list[Named]:
    """The classes that are no part of a longer word ("bộ" in "nội bộ")."""
    begins, ends = {one.start for one in words}, {one.end: place for place, one in enumerate(words)}
    kept = []
    for one in found:
        if " " not in one.noun and not (one.start in begins and one.end in ends):
            continue
        place = ends.get(one.end)
        after = words[place + 1].word if place is not None and place + 1 < len(words) else ","
        if one.noun in ("bộ", "sở") and after not in ("ngành", "và", ",", "."):
            continue  # a name of one of them
        kept.append(one)
    return kept


class Reading:
    """An item beside its superior."""

    def __init__(self, above: str, below: str, language: Language) -> None:
        self.above, self.below, self.language = above, below, language
        self.known = Words(above, language)
        self.kept = Words(below, language)
        self.tokens = tokens(below, language)
        self.asked = _whole_words(classes(above), tokens(above, language))
        self.given = _whole_words(classes(below), self.tokens)
        self.groups = {one.group for one in self.asked}
        self.wide = [one for one in tokens(above, language) if one.word in WIDE]

    def covered(self, name: Named | None = None) -> str:
        """The class of the superior that a narrower one stands for."""
        given = {one.group for one in self.given}
        for one in self.asked:
            if name is not None and one.group == name.group:
                return self._with_quantifier(one)
        lost = [one for one in self.asked if one.group not in given]
        for one in lost or self.asked:
            if one.kind != "small":
                return self._with_quantifier(one)
        return self.wide[0].word.replace("_", " ") if self.wide else self.above[:60]

    def _with_quantifier(self, one: Named) -> str:
        before = re.search(r"(?:(?:tất cả|mọi|toàn thể|các|mỗi|từng|all|every|each|the)\s+)+$", self.above[: one.start])
        return self.above[before.start() if before else one.start : one.end]

    @property
    def reworded(self) -> bool:
        """Whether the item says all in its own words: then another word for a class need not be a narrower one."""
        content = [token for token in self.tokens if is_content(token)]
        new = sum(self.is_new(token) for token in content)
        return new >= 3 and new > STRANGE * len(content)

    @property
    def ordered(self) -> bool:
        """Whether the words that both have follow each other as in the superior; an item that says it in another order
        says it otherwise, so that a word of its own at a noun need not say which are meant."""
        theirs = [one.word for one in tokens(self.above, self.language) if carries(one)]
        mine = [one for one in self.tokens if carries(one)]
        shared = [one.word for one in mine if not self.is_strange(one)]
        matcher = SequenceMatcher(None, theirs, shared, autojunk=False)
        same = sum(block.size for block in matcher.get_matching_blocks())
        return same >= ORDERED * len(shared) and len(mine) - len(shared) <= OWN

    @property
    def many_bodies(self) -> bool:
        """Whether the superior speaks of bodies in the plural, or of a whole country, branch or town."""
        return _MANY.search(self.above) is not None

    @property
    def room(self) -> bool:
        """Whether the superior names a class or a whole that can be cut down."""
        return bool(self.wide) or any(one.kind != "small" for one in self.asked)

    def _whole(self, name: Named) -> bool:
        """Whether all of a class is meant: the row in which it stands begins with a word of all."""
        before = [one.word for one in self.tokens if one.end <= name.start][-8:]
        for place, word in enumerate(reversed(before)):
            if word in WIDE and (place < 2 or name.kind == "person"):
                return True
            if is_verb(word) or word in BOUNDS or word in ".;:":
                return False
        return False

    def _covers(self) -> float:
        """The share of the superior's words that the item has."""
        words = [one for one in tokens(self.above, self.language) if not one.sign and one.word not in FUNCTION]
        return sum(self.kept.has(one.word) for one in words) / max(1, len(words))

    def is_strange(self, token: Token) -> bool:
        """Whether the superior has a word in no form, be it that it says the same otherwise."""
        known = self.known
        if known.has(token.word) or known.shortens(token.word):
            return False
        return not (self.language == "en" and known.hints(token.word))

    def is_new(self, token: Token) -> bool:
        """Whether the superior has neither a word nor one that says the same."""
        return self.is_strange(token) and not self.known.says(token.word)

    def _same_class(self, token: Token) -> bool:
        """Whether a word names a class that the superior names too, in another word (thủ trưởng, người đứng đầu)."""
        return any(one.start <= token.start < one.end and one.group in self.groups for one in self.given)

    def _time(self, token: Token) -> bool:
        return re.fullmatch(r"năm|tháng|ngày|quý|tuần|giờ|year|month|day|week|quarter|time", token.word) is not None

    def _phrase(self, name: Named) -> str:
        """A class with its quantifier and what follows it in its phrase."""
        before = re.search(
            r"(?:(?:các|những|một số|một|hai|ba|\d+|the|a|an|our|two|three|[a-z-]+)\s+){0,2}$"
            if self.language == "en"
            else r"(?:(?:các|những|một số|một|hai|ba|\d+)\s+)*$",
            self.below[: name.start],
        )
        start = name.start
        if self.language == "vi" and before:
            start = before.start()
        return self.below[start : self._clause_end(name.end)]

    def _clause_end(self, place: int) -> int:
        """Where the phrase ends that goes on at a place: at a sign, a verb or an opening word, after four words."""
        end = place
        for token in [one for one in self.tokens if one.start >= place][:4]:
            if token.sign or token.word in FUNCTION or token.word in BOUNDS or is_verb(token.word):
                break
            end = token.end
        return end
