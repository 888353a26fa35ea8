"""Whether the words that an item adds cut down whom or what its superior covers.

The item is read word by word beside its superior. What it adds counts only where it names a class of persons, bodies,
places or fields in place of the superior's, stands as a modifier at a class that the superior names without it, counts
a class that the superior does not count, or says itself that something is left out.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from soichieu.alignment.classes import Named, classes
from soichieu.alignment.grammar import BOUNDS, FUNCTION, RESTRICTS, WIDE, Token, Words, is_content, is_verb, tokens
from soichieu.alignment.tokens import Language

Found = tuple[str, str] | None

_LEAVES_OUT = re.compile(
    r"(?<!\w)(?:trừ(?! khi)|ngoại trừ|không áp dụng|không bao gồm|chưa áp dụng|trước mắt|bước đầu|làm điểm"
    r"|chỉ(?! (?:số|đạo|tiêu|thị|đạt|còn|\d|định|dẫn|huy))|riêng(?! lẻ)"
    r"|một vài|một số|một phần(?! (?:hai|ba|tư|bốn|năm|sáu|mười|\d))|số ít|thí điểm)(?!\w)[^,;.]{0,40}"
    r"|\b(?:except|excluding|other than|apart from|but not|leaving out|without those|to begin with|initially"
    r"|only|merely|selected|some|a few|certain|a sample of|pilot)\b[^,;.]{0,40}"
)
_ACTS = re.compile(
    r"(?:trình|gửi|báo cáo|nộp|giao|phân công|phối hợp|phối hợp với|chủ trì|xin ý kiến|do|về|cho ý kiến"
    r"|\bby|submit(?:ted)? to|report(?:ed|s)? to|approved by|signed by|send to|sent to|led by)"
    r"(?:\s+(?:the|các|đồng chí))?\s*$"
)
_COUNT = re.compile(
    r"(?:\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|one|two|three|four|five|six|seven|eight|nine|ten|a single)$"
)
_GENERIC = re.compile(
    r"cơ quan|đơn vị|tổ chức|cá nhân|bộ|địa bàn|địa phương|công tác|hội|ngành|lĩnh vực|governments?"
    r"|organi[sz]ations?|agency|agencies|enterprise|public|council|head|unit|people"
)


def cut_down(above: str, below: str, language: Language, counts: bool) -> Found:
    """What the superior covers and the words of the item that cut it down (comparison keys); None when none do.

    Times and figures are best taken out of the item before. ``counts``: the superior sets figures of its own, so that
    a number of bodies is a matter of targets.
    """
    if not below:
        return None
    view = _View(above, below, language)
    found = view.left_out() or (None if counts else view.counted())
    return (
        found if found or view.reworded else view.another_class() or view.modified() or view.inserted() or view.aside()
    )


def _listed(found: list[Named], text: str) -> bool:
    """Whether classes stand in a list."""
    pairs = zip(found, found[1:], strict=False)
    return any(re.search(r",|(?<!\w)(?:và|and)(?!\w)", text[one.end : two.start]) for one, two in pairs)


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


STRANGE = 0.6
"""The share of new words from which an item is another wording rather than the same one with a change."""

MOST = 0.6
"""The share of the superior's words that an item has which is the same sentence with a phrase put in."""

ASIDES = frozenset(("của", "về", "trong", "tại", "ở", "thuộc", "do", "of", "on", "in", "at", "from", "regarding"))
"""What such a phrase begins with."""

_NO_PART = re.compile(
    r"(?<!\w)(?:của|trong|of|in) (?:(?:các|the|our|this) )?(?:đơn vị|ngành|cơ quan|địa phương|mình|thời gian|thời kỳ"
    r"|quá trình|bối cảnh"
    r"|giai đoạn|tình hình|coming|time|period|course|future|context|organi[sz]ation|agency)(?!\w)"
)
"""Empty phrases: of the unit itself, in the time to come."""

_MANY = re.compile(
    r"(?<!\w)(?:bộ, ngành|ngành, địa phương|(?:các|mọi|tất cả|từng|mỗi|toàn bộ)(?: các)?"
    r" (?:cơ quan|đơn vị|tổ chức|bộ|ngành|địa phương|cấp|sở|doanh nghiệp)"
    r"|toàn (?:quốc|ngành|quân|dân|xã hội|thành phố|tỉnh)|cả nước|địa bàn|hệ thống chính trị"
    r"|agencies|organizations|organisations|departments|bodies|governments"
    r"|government-?\s?wide|across (?:the )?(?:whole|government))(?!\w)"
)


class _View:
    def __init__(self, above: str, below: str, language: Language) -> None:
        self.above, self.below, self.language = above, below, language
        self.known = Words(above, language)
        self.kept = Words(below, language)
        self.tokens = tokens(below, language)
        self.asked = _whole_words(classes(above), tokens(above, language))
        self.given = _whole_words(classes(below), self.tokens)
        self.groups = {one.group for one in self.asked}
        self.wide = [one for one in tokens(above, language) if one.word in WIDE]

    # What the superior covers, in its words.

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
        new = sum(self._new(token) for token in content)
        return new >= 3 and new > STRANGE * len(content)

    @property
    def many_bodies(self) -> bool:
        """Whether the superior speaks of bodies in the plural, or of a whole country, branch or town."""
        return _MANY.search(self.above) is not None

    @property
    def room(self) -> bool:
        """Whether the superior names a class or a whole that can be cut down."""
        return bool(self.wide) or any(one.kind != "small" for one in self.asked)

    # The four ways in which words cut down.

    def left_out(self) -> Found:
        """The item says itself that it covers a part."""
        for match in _LEAVES_OUT.finditer(self.below):
            words = match[0].strip()
            head = re.match(r"\w+(?:\s\w+)?", words)
            if head and self._says(head[0]) or re.search(r"(?:not|không)\s+$", self.below[: match.start()]):
                continue
            if re.match(r"(?:chỉ|only|riêng)\b.*\d", words) and not classes(words):
                continue  # a figure, no class
            if re.match(r"(?:thí điểm|pilot|một số|some|certain|riêng|một phần|initially)\b", words) and not (
                self.room or classes(words)
            ):
                continue
            return self.covered(), words
        return None

    def _says(self, head: str) -> bool:
        first = head.split()[0]
        return re.search(rf"(?<!\w){re.escape(head)}(?!\w)", self.above) is not None or (
            first in ("pilot", "some", "certain", "initially", "selected") and self.known.has(first)
        )

    def counted(self) -> Found:
        """A number of bodies or places where the superior counts none."""
        if not self.room:
            return None
        for name in self.given:
            if name.kind not in ("body", "small", "place") or self._acting(name):
                continue
            before = self.below[: name.start].split()[-3:]
            for back, word in enumerate(reversed(before)):
                if _COUNT.fullmatch(word.strip("(")) and (back == 0 or self.language == "en" or word.isdigit()):
                    if re.search(r"\d|\b(?:một|hai|ba|two|three|four|five)\b", self._counts_above(name)):
                        break
                    words = " ".join(before[len(before) - 1 - back :])
                    return self.covered(name), f"{words} {self.below[name.start : self._clause_end(name.end)]}".strip()
        return None

    def _counts_above(self, name: Named) -> str:
        """The words before the same class of the superior, where a number may stand."""
        return " ".join(self.above[max(0, one.start - 24) : one.start] for one in self.asked if one.group == name.group)

    def another_class(self) -> Found:
        """A class that the superior does not name, where it names another one or a whole."""
        for name in self.given:
            if (
                name.group in self.groups
                or self.known.has(name.noun)
                or (_GENERIC.fullmatch(name.noun) and not self._field(name))
            ):
                continue
            if self._whole(name) or self._acting(name) or self._wider(name):
                continue
            before = self._before(name)
            if name.kind == "own" and not (before in RESTRICTS and self.many_bodies):
                continue
            if name.kind in ("small", "place", "field"):
                if not (before in RESTRICTS or self._at_a_class(name)) or not (
                    self.room or name.kind == "small" or self._field(name)
                ):
                    continue
            elif name.kind != "own" and not self._lost_class():
                continue
            return self.covered(), self._phrase(name)
        return None

    def _field(self, name: Named) -> bool:
        """One field of work, named, in place of the fields of the superior or of all of them."""
        if name.kind != "field" or self._clause_end(name.end) == name.end:
            return False
        given = {one.group for one in self.given}
        fields = any(one.kind == "field" and one.group not in given for one in self.asked)
        return fields or name.noun in ("ngành", "lĩnh vực")

    def _at_a_class(self, name: Named) -> bool:
        """Right after a class of the superior ("lãnh đạo các phòng")."""
        between = [
            (one.end, self.below[one.end : name.start])
            for one in self.given
            if one.end <= name.start and one.group in self.groups
        ]
        return bool(between) and all(word in FUNCTION for word in max(between)[1].split())

    def _lost_class(self) -> bool:
        """Whether a class of persons or bodies of the superior is not named any more."""
        given = {one.group for one in self.given}
        return any(one.group not in given and one.kind in ("person", "body", "place") for one in self.asked)

    def _whole(self, name: Named) -> bool:
        before = [one.word for one in self.tokens if one.end <= name.start][-2:]
        return any(word in WIDE for word in before)

    def _wider(self, name: Named) -> bool:
        """A class added to those of the superior, all of which are kept."""
        given = {one.group for one in self.given}
        asked = {one.group for one in self.asked if one.kind == name.kind}
        return bool(asked) and asked <= given

    def _acting(self, name: Named) -> bool:
        """Who acts, or to whom a paper goes, is not whom it is about."""
        before = self.below[: name.start]
        if _ACTS.search(before):
            return True
        clause = re.split(r"[.;:]", before)[-1].strip()
        starts = not [one for one in tokens(clause, self.language) if not one.sign and one.word not in FUNCTION]
        if not starts:
            return False
        if name.kind in ("own", "small", "place", "field") or self.language == "vi":
            return not (name.kind == "person" and _listed(self._subjects(), self.above))
        return not self._subjects()

    def _subjects(self) -> list[Named]:
        """The classes with which the superior begins."""
        end = 0
        found = []
        for one in self.asked:
            between = [
                token
                for token in tokens(self.above[end : one.start], self.language)
                if not token.sign and token.word not in FUNCTION and token.word not in WIDE
            ]
            if len(between) > 2 or any(is_verb(token.word) for token in between):
                break
            found.append(one)
            end = one.end
        return found

    def _before(self, name: Named) -> str:
        """The word that opens the phrase in which a class stands."""
        skipped = FUNCTION - RESTRICTS
        for token in reversed([one for one in self.tokens if one.end <= name.start][-5:]):
            if token.sign:
                return ""
            if token.word in RESTRICTS:
                return token.word
            if is_verb(token.word) and token.word not in skipped:
                return ""
        return ""

    def modified(self) -> Found:
        """A class of the superior with words at it that the superior has not."""
        for name in self.given:
            if name.group not in self.groups and not self.known.has(name.noun):
                continue
            if self._kept_elsewhere(name):
                continue
            words = self._after(name) if self.language == "vi" else self._in_front(name) or self._after(name)
            if words:
                return self.covered(name), words
        return None

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
            new = [one for one in chunk if is_content(one) and self._new(one)]
            if (
                new
                and not is_verb(chunk[0].word)
                and (self.language == "vi" or chunk[0].word in BOUNDS - {"whose", "which", "that"})
            ):
                return f"{before.word.replace('_', ' ')}", self.below[before.start : chunk[-1].end]
        return None

    def _in_front_of_all(self, chunk: list[Token]) -> bool:
        """Whether a sentence about things begins with words that say which of them ("newly appointed …")."""
        return all(re.search(r"[a-z]", one.word) and one.word not in FUNCTION | WIDE for one in chunk) and any(
            self._new(one) for one in chunk
        )

    def aside(self) -> Found:
        """All that the item adds is one phrase at a noun of the superior: of what, in what, about what."""
        new = [place for place, one in enumerate(self.tokens) if is_content(one) and self._new(one)]
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

    def _covers(self) -> float:
        """The share of the superior's words that the item has."""
        words = [one for one in tokens(self.above, self.language) if not one.sign and one.word not in FUNCTION]
        return sum(self.kept.has(one.word) for one in words) / max(1, len(words))

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
            if self._new(token):
                return self.below[name.start : self._clause_end(token.end)]
        return ""

    def _bounded(self, name: Named, after: list[Token]) -> str:
        loose = after[0].word in ("có", "đã", "đang", "mới", "chưa", "không", "who", "that", "which", "từ")
        for token in after[1:5]:
            if token.sign:
                break
            if token.word in WIDE or self._time(token):
                return ""
            new = self._new(token)
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
            if token.sign or not is_content(token) or not self._new(token):
                break
            found.append(token)
        if not found or (found[-1] is self.tokens[0] and is_verb(found[-1].word)):
            return ""
        return self.below[found[-1].start : name.end]

    def _new(self, token: Token) -> bool:
        return not self.known.has(token.word) and not (self.language == "en" and self.known.hints(token.word))

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
