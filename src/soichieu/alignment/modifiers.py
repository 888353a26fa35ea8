"""Words that an item adds at a noun of its superior, and that say which of the things are meant.

Such words cut a class down: *cán bộ* to *cán bộ mới tuyển*, *data* to *weather data*. Empty phrases (of the unit
itself, in the time to come), verbs, quantifiers and times cut nothing down.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from soichieu.alignment.classes import Named, classes
from soichieu.alignment.grammar import (
    BOUNDS,
    EMPTY,
    FUNCTION,
    OPENS,
    QUALITIES,
    RESTRICTS,
    WIDE,
    Token,
    carries,
    is_content,
    is_verb,
    tokens,
)
from soichieu.alignment.item import Found, Reading
from soichieu.alignment.products import heads

_ALL_OF = re.compile(r"(?<!\w)(?:tất cả|toàn bộ|toàn thể|mọi)(?: các)? (?P<noun>\w+ \w+)(?=[.;,]|$)")
_ARTICLES = frozenset(("the", "a", "an", "our", "its", "their", "of"))
_AGENTS = frozenset(("do", "by", "with", "bằng"))
_SPEAKERS = frozenset(("we", "they", "it", "you", "he", "she", "i", "ta", "mình", "họ"))
_APART = frozenset(("that", "which", "who", "whose", "và", "and", "or", "hoặc", "lẫn", "is", "are", "được"))

ANY_BODY = frozenset(
    ("cơ_quan", "đơn_vị", "tổ_chức", "ngành", "địa_phương", "bộ", "sở", "cục", "vụ", "ty", "ban", "ủy_ban", "viện")
)
"""Words for a body that say nothing of which one: the own one, where the superior speaks of any."""

HALF = 0.5
"""The share of the superior's words that an item has which only adds a word to them."""

FEW = 3
"""New words that an item may have and still be the superior's sentence."""

MOST = 0.6
"""The share of the superior's words that an item has which is the same sentence with a phrase put in."""

ASIDES = frozenset(("của", "về", "trong", "tại", "ở", "thuộc", "do", "of", "on", "in", "at", "from", "regarding"))
"""What such a phrase begins with."""

_NO_PART = re.compile(
    r"(?<!\w)(?:these|those|this|they|it)(?!\w)|(?<!\w)(?:của|trong|of|in|across|within|throughout)"
    r" (?:(?:các|the|our|this) )?(?:đơn vị|ngành|cơ quan|địa phương|mình|thời gian|thời kỳ"
    r"|quá trình|bối cảnh"
    r"|giai đoạn|tình hình|coming|time|period|course|future|context|organi[sz]ation|agency)(?!\w)"
)
"""Empty phrases: of the unit itself, in the time to come; those that speak of what was said before."""


class Modified(Reading):
    """The ways in which added words cut down what a noun of the superior means."""

    def modified(self) -> Found:
        """A class of the superior with words at it that the superior has not."""
        for name in self.given:
            if name.group not in self.groups and not self.known.has(name.noun):
                continue
            if self._kept_elsewhere(name) and not self._in_front(name):
                continue
            words = self._after(name) if self.language == "vi" else self._in_front(name) or self._after(name)
            if words and not self._own_body(name, words):
                return self.covered(name), words
        return None

    def _own_body(self, name: Named, words: str) -> bool:
        """Whether all that is put at a class is a word for the own body ("văn thư cơ quan", "văn thư sở")."""
        rest = words.replace(name.noun, "", 1).split()
        return len(rest) == 1 and rest[0] in ANY_BODY

    def _kept_elsewhere(self, name: Named) -> bool:
        return (
            any(one.group == name.group and one.start != name.start and self._whole(one) for one in self.given)
            or self._whole(name)
            and self.language == "en"
            and not self._after(name)
        )

    def _after(self, name: Named) -> str:
        after = [one for one in self.tokens if one.start >= name.end][:6]
        if not after or after[0].sign:
            return ""
        for place, token in enumerate(after[:4]):
            if token.word in BOUNDS:
                return self._bounded(name, after[place:])
            if self.language == "en" or not is_content(token):
                return ""
            if self.is_new(token):
                return self.below[name.start : self._clause_end(token.end)]
        return ""

    def _bounded(self, name: Named, after: list[Token]) -> str:
        if len(after) > 1 and after[1].word in _SPEAKERS:
            return ""  # "the customer that we …" says nothing of which customer
        loose = after[0].word in ("có", "đã", "đang", "mới", "chưa", "không", "who", "that", "which", "từ")
        for token in after[1:5]:
            if token.sign:
                break
            if token.word in WIDE or self._time(token):
                return ""
            new = self.is_new(token)
            if new and (
                is_content(token)
                or re.search(r"\d", token.word)
                and after[0].word in ("dưới", "trên", "over", "under", "above", "below")
            ):
                return self.below[name.start : token.end]
            if is_content(token) and not new:
                return ""
            if loose and is_verb(token.word) and not new:
                return ""
        return ""

    def _in_front(self, name: Named) -> str:
        """Adjectives and nouns before an English class that the superior has not."""
        before = [one for one in self.tokens if one.end <= name.start][-3:]
        found: list[Token] = []
        for token in reversed(before):
            if token.sign or not is_content(token) or not self.is_new(token):
                break
            found.append(token)
        if not found or (found[-1] is self.tokens[0] and is_verb(found[-1].word)):
            return ""
        return self.below[found[-1].start : name.end]

    def inserted(self) -> Found:
        """Words put between two words that follow each other in the superior, at a noun that they cut down."""
        above = [one for one in tokens(self.above, self.language) if not one.sign or one.word in ",.;:"]
        below = [one for one in self.tokens if not one.sign or one.word in ",.;:"]
        matcher = SequenceMatcher(None, [one.word for one in above], [one.word for one in below], autojunk=False)
        for what, a0, _, b0, b1 in matcher.get_opcodes():
            if what != "insert" or not a0 < len(above) or not 0 < b1 - b0 <= 5 or b1 >= len(below):
                continue
            if a0 == 0:
                if self.language == "en" and not is_verb(above[0].word) and self._in_front_of_all(below[:b1]):
                    return above[0].word, self.below[: below[b1].end]
                continue
            chunk, before = below[b0:b1], below[b0 - 1]
            if not is_content(before) or any(
                one.sign or one.word in WIDE or one.word in ("số", "mình", "own") or self._time(one) for one in chunk
            ):
                continue
            if any(name.kind == "own" and chunk[0].start <= name.start < chunk[-1].end for name in self.given):
                continue
            if chunk[0].word in BOUNDS and len(chunk) > 1 and is_verb(chunk[1].word) and self.language == "en":
                continue  # "a procedure for going through …"
            new = [one for one in chunk if is_content(one) and self.is_new(one)]
            if (
                new
                and not is_verb(chunk[0].word)
                and (self.language == "vi" or chunk[0].word in BOUNDS - {"whose", "which", "that"})
            ):
                return f"{before.word.replace('_', ' ')}", self.below[before.start : chunk[-1].end]
        return None

    def _in_front_of_all(self, chunk: list[Token]) -> bool:
        """Whether a sentence about things begins with words that say which of them ("newly appointed …")."""
        return all(
            re.search(r"[a-z]", one.word) and one.word not in FUNCTION | WIDE and not is_verb(one.word) for one in chunk
        ) and any(self.is_new(one) and carries(one) for one in chunk)

    def aside(self) -> Found:
        """All that the item adds is one phrase at a noun of the superior: of what, in what, about what."""
        new = [place for place, one in enumerate(self.tokens) if is_content(one) and self.is_new(one)]
        new = [place for place in new if not self._same_class(self.tokens[place])]
        if not new or len(new) > 3 or new[-1] - new[0] > 3 or self._covers() < MOST:
            return None
        first = new[0] - 1
        while first > 0 and self.tokens[first].word in FUNCTION - ASIDES:
            first -= 1
        if first < 1 or self.tokens[first].word not in ASIDES or not is_content(self.tokens[first - 1]):
            return None
        after = self.tokens[new[-1] + 1] if new[-1] + 1 < len(self.tokens) else None
        if self.language == "en" and after is not None and is_content(after):
            return None  # an adjective at a noun of the superior
        phrase = self.below[self.tokens[first].start : self.tokens[new[-1]].end]
        if _NO_PART.search(phrase) or any(one.kind == "own" for one in classes(phrase)):
            return None
        before = self.tokens[first - 1]
        return before.word.replace("_", " "), self.below[before.start : self.tokens[new[-1]].end]

    def added(self) -> Found:
        """The superior's words, and one or two nouns or adjectives more at a noun of the superior."""
        content = [place for place in range(len(self.tokens)) if self._means(place)]
        new = [
            place for place in content if self.is_new(self.tokens[place]) and not self._same_class(self.tokens[place])
        ]
        if not new or len(new) > FEW or len(new) > 0.45 * len(content) or re.search(r"(?<!\w)no(?!\w)", self.below):
            return None  # "no … without" is all
        for place in new:
            noun = self._noun_of(place)
            if noun is None:
                continue
            first, last = min(noun, place), max(noun, place)
            between = self.tokens[first:last]
            phrase = self.below[self.tokens[first].start : self.tokens[last].end]
            if self.tokens[noun].word in QUALITIES or self.tokens[place].word in ANY_BODY or self._covers() < HALF:
                continue
            if _NO_PART.search(phrase) or any(one.kind == "own" for one in classes(phrase)):
                continue
            if place > 1 and self.tokens[place - 1].word in (",", "and", "or", "và", "hoặc") and self.language == "en":
                continue  # one more beside those of the superior is wider
            if all(heads(self.tokens[one].word.replace("_", " ")) for one in (noun, place)):
                continue  # two words for one thing that is made ("công cụ phần mềm")
            if any(one.word in WIDE for one in between) or any(one.word in _AGENTS for one in between):
                continue
            return self.tokens[noun].word.replace("_", " "), phrase
        return None

    def unquantified(self) -> Found:
        """*All* of a class above; the same class below, without *all*, and with words at it that cut it down."""
        if any(one.word in WIDE for one in self.tokens):
            return None
        for match in _ALL_OF.finditer(self.above):
            noun = match["noun"]
            rest = self.above[match.end() :].split()[:1]
            for place in re.finditer(rf"(?<!\w){re.escape(noun)}(?!\w)", self.below):
                after = next((one for one in self.tokens if one.start >= place.end()), None)
                if (
                    after is None
                    or not is_content(after)
                    or after.word.split("_")[0] in [word.strip(",.;") for word in rest]
                ):
                    continue
                return match[0], self.below[place.start() : self._clause_end(after.end)]
        return None

    def _means(self, place: int) -> bool:
        """Whether a word can say which things are meant; an English one after an article is a noun, verb or not."""
        token = self.tokens[place]
        if is_content(token):
            return True
        return (
            self.language == "en"
            and place > 0
            and (self.tokens[place - 1].word in _ARTICLES or re.search(r"[^s]s$", token.word) is not None)
            and is_verb(token.word)
            and token.word not in FUNCTION | EMPTY | OPENS | WIDE
        )

    def _acts(self, place: int) -> bool:
        """Whether an English word is the last of several verbs ("receive, analyze and answer vulnerabilities")."""
        before = place - 1
        while before > 0 and self.tokens[before].word in (",", "and", "or", "to"):
            before -= 1
        return before < place - 1 and is_verb(self.tokens[before].word)

    def _noun_of(self, place: int) -> int | None:
        """The noun of the superior at which a new word stands: before it, or in English after it."""
        if self.language == "en":
            after = place + 1
            while after < len(self.tokens) and self._means(after) and self.is_new(self.tokens[after]):
                after += 1
            if after < len(self.tokens) and is_content(self.tokens[after]) and place > 0 and not self._acts(place):
                return after
        opened = False
        for before in range(place - 1, -1, -1):
            token = self.tokens[before]
            if (
                token.sign
                or token.word in _APART
                or (token.word in OPENS and token.word not in ASIDES | BOUNDS | RESTRICTS)
            ):
                return None
            if self._means(before) and not self.is_new(token):
                sure = opened if self.language == "en" else "_" in token.word or bool(classes(token.word))
                return before if sure and token.word not in ("bộ", "sở", "ban") else None
            if is_verb(token.word) and token.word not in OPENS | BOUNDS | FUNCTION and not self._means(before):
                return None
            opened = opened or token.word in OPENS | BOUNDS
        return None
