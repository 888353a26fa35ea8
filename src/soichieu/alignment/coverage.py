"""Whether the words that an item adds cut down whom or what its superior covers.

The item is read word by word beside its superior. What it adds counts only where it names a class of persons, bodies,
places or fields in place of the superior's, stands as a modifier at a class that the superior names without it, counts
a class that the superior does not count, or says itself that something is left out.
"""

from __future__ import annotations

import re

from soichieu.alignment.classes import Named, classes
from soichieu.alignment.grammar import FUNCTION, RESTRICTS, WIDE, is_content, is_verb, tokens
from soichieu.alignment.item import Found
from soichieu.alignment.modifiers import Modified
from soichieu.alignment.tokens import Language

_LEAVES_OUT = re.compile(
    r"(?<!\w)(?:trừ(?! khi)|ngoại trừ|không áp dụng|không bao gồm|chưa áp dụng|trước mắt|bước đầu|làm điểm"
    r"|chỉ(?! (?:số|đạo|tiêu|thị|đạt|còn|\d|định|dẫn|huy|đường|báo|mục|lối|tay))|(?:(?<=[,;:(.] )|(?<=^))riêng(?! lẻ)"
    r"|một vài|một số|một phần(?! (?:hai|ba|tư|bốn|năm|sáu|mười|\d))|số ít|thí điểm)(?!\w)[^,;.]{0,40}"
    r"|\b(?:except|excluding|other than|apart from|but not|leaving out|without those|to begin with|initially"
    r"|only|merely|selected|some|a few|certain|a sample of|pilot)\b[^,;.]{0,40}"
)
_PARTLY = frozenset(("pilot", "some", "certain", "initially", "selected", "excluding", "except"))
_LIMITS = re.compile(
    r"(?<!\w)(?:limit(?:ed|s)?|restrict(?:ed|s)?|only|except|chỉ|giới hạn|hạn chế|không quá|tối đa"
    r"|nhiều nhất|at most|no more than|not more than)(?!\w)"
)
_ACTS = re.compile(
    r"(?:trình|gửi|báo cáo|nộp|giao|phân công|phối hợp|phối hợp với|chủ trì|xin ý kiến|do|về|cho ý kiến"
    r"|\bby|submit(?:ted)? to|report(?:ed|s)? to|approved by|signed by|send to|sent to|led by)"
    r"(?:\s+(?:the|các|đồng chí))?\s*$"
)
_SHARE_OF = re.compile(r"(?:(?:tỷ|tỉ) (?:lệ|trọng)|%|\b(?:share|percentage|proportion) of(?: the)?)\s*$")
_COUNT = re.compile(
    r"(?:\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|one|two|three|four|five|six|seven|eight|nine|ten|a single)$"
)
_AREA = re.compile(r"tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường")
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
    if found or view.reworded:
        return found
    found = view.another_class()
    if found or not view.ordered:
        return found
    return view.modified() or view.inserted() or view.aside() or view.added() or view.unquantified()


def _listed(found: list[Named], text: str) -> bool:
    """Whether classes stand in a list."""
    pairs = zip(found, found[1:], strict=False)
    return any(re.search(r",|(?<!\w)(?:và|and)(?!\w)", text[one.end : two.start]) for one, two in pairs)


class _View(Modified):
    """All the ways in which an item covers less."""

    def left_out(self) -> Found:
        """The item says itself that it covers a part."""
        for match in _LEAVES_OUT.finditer(self.below):
            words = match[0].strip()
            head = re.match(r"\w+(?:\s\w+)?", words)
            if head and self._says(head[0]) or re.search(r"(?:not|không)\s+$", self.below[: match.start()]):
                continue
            if head and head[0].split()[0] in ("only", "chỉ", "merely") and _LIMITS.search(self.above):
                continue  # the superior limits it as well, or says "not … except"
            if words.startswith("chỉ trừ") and self.known.has("trừ"):
                continue
            if words.startswith("pilot") and re.search(r"\b(?:test|trial)", self.above):
                continue  # a trial is asked for
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
        if first in ("trừ", "chỉ") and self.known.has(first):
            return True
        return re.search(rf"(?<!\w){re.escape(head)}(?!\w)", self.above) is not None or (
            first in _PARTLY and self.known.has(first)
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
                    if re.search(r"\d|\b(?:an?|một|hai|ba|two|three|four|five)\b", self._counts_above(name)):
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
                or (self.language == "en" and self.known.hints(name.noun.removesuffix("s")))
                or (_GENERIC.fullmatch(name.noun) and not self._field(name))
            ):
                continue
            if name.noun == "văn thư":
                continue  # the clerk through whom a body receives and sends (decree 30/2020)
            if name.kind == "place" and self._bare_area(name):
                continue
            if (
                (self._whole(name) and not self._lost_whole(name))
                or self._acting(name)
                or self._wider(name)
                or self._row(name)
            ):
                continue
            before = self._before(name)
            if name.kind == "own" and not (before in RESTRICTS and self.many_bodies):
                continue
            if name.kind in ("small", "place", "field"):
                if not (before in RESTRICTS or self._at_a_class(name)) or not (
                    self.room or name.kind == "small" or self._field(name)
                ):
                    continue
            elif name.kind != "own" and not self._lost_class(name.kind):
                continue
            return self.covered(), self._phrase(name)
        return None

    def _bare_area(self, name: Named) -> bool:
        """Whether one area is named without saying which: one's own ("Thanh tra tỉnh", "cổng thông tin của tỉnh")."""
        several = re.search(r"(?:các|những|mấy|một số|\d+|hai|ba|bốn|năm|mỗi|từng)\s+$", self.below[: name.start])
        return _AREA.fullmatch(name.noun) is not None and not several and self._clause_end(name.end) == name.end

    def _row(self, name: Named) -> bool:
        """Whether a class stands in a row of three or more persons, which is as good as all of them."""
        return name.kind == "person" and sum(one.kind == "person" for one in self.given) > 2

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

    def _lost_class(self, kind: str) -> bool:
        """Whether a class of persons (or of bodies and places) of the superior is not named any more."""
        given = {one.group for one in self.given}
        alike = ("person",) if kind == "person" and self.language == "en" else ("person", "body", "place")
        return any(one.group not in given and one.kind in alike for one in self.asked)

    def _lost_whole(self, name: Named) -> bool:
        """Whether all of another class stand in the place of all of the superior's, in the same sentence ("all
        employees": "all supervisors")."""
        given = {one.group for one in self.given}
        lost = [one for one in self.asked if one.group not in given and one.kind == name.kind == "person"]
        before = [self.above[: one.start].split()[-2:] for one in lost]
        return self.ordered and any(set(words) & WIDE for words in before)

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
        if _SHARE_OF.search(before):
            return False
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
            if name.kind == "place" and is_content(token) and self.is_strange(token):
                return ""  # it says of what the thing before is ("cổng thông tin tỉnh")
        return ""
