"""Classes of persons, bodies, places and fields, and the words around them, in Vietnamese and English.

``data/classes.txt`` says which nouns are such classes and which of them mean the same. What is said here of words is
grammar (prepositions, quantifiers, verbs) and holds for any plan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Kind = Literal["person", "body", "own", "small", "place", "field"]


@dataclass(frozen=True, slots=True)
class Named:
    """A class named in a text: its noun as written there, where it stands, its kind and the group of equal words."""

    noun: str
    start: int
    end: int
    kind: Kind
    group: int


@cache
def _known() -> tuple[re.Pattern[str], dict[str, tuple[Kind, int]]]:
    kinds: dict[str, tuple[Kind, int]] = {}
    text = resources.files(__package__).joinpath("data", "classes.txt").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines()):
        kind, colon, nouns = line.partition(":")
        if line.startswith("#") or not colon:
            continue
        for noun in nouns.split(";"):
            kinds[noun.strip()] = (kind, number)  # type: ignore[assignment]
    longest = sorted(kinds, key=len, reverse=True)
    joined = "|".join(
        re.escape(noun) + (r"(?:s|es|'s)?" if noun.isascii() and noun[-1] != "y" else "") for noun in longest
    )
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)"), kinds


def nouns() -> frozenset[str]:
    """All nouns of classes."""
    return frozenset(_known()[1])


def groups(text: str) -> set[int]:
    """The groups of equal classes that a text names."""
    return {one.group for one in classes(text.replace("_", " "))}


def classes(text: str) -> list[Named]:
    """The classes named in a text (a comparison key), in order; of two that overlap the longer one."""
    pattern, kinds = _known()
    found = []
    for match in pattern.finditer(text):
        if _COMPOUND.match(text, match.start()):
            continue
        noun = match[0]
        for form in (noun, noun.removesuffix("s"), noun.removesuffix("es"), noun.removesuffix("'s")):
            if form in kinds:
                found.append(Named(noun, *match.span(), *kinds[form]))
                break
    return found


# Words of classes that stand inside other words.
_COMPOUND = re.compile(
    r"(?:tổ chức (?:thực hiện|triển khai|sơ kết|tổng kết|đánh giá|tập huấn|ứng dụng|phong trào|hội)|ban hành"
    r"|bộ (?:tiêu chí|chỉ số|dữ liệu|quy tắc|công cụ|tài liệu|phận)|xã hội|công tác viên|lãnh đạo,? chỉ đạo"
    r"|thành phố thông minh|đô thị thông minh|tàu (?:điện|ngầm)|thành phần|vùng dữ liệu|đội ngũ|hội (?:nghị|thảo)"
    r"|kho (?:dữ liệu|học liệu)|ngành nghề|tổ hợp|dân tộc|khâu đột phá|bộ máy|phòng,? chống|phòng ngừa"
    r"|trường hợp|trường thông tin|bản (?:sao|gốc|chính|đồ|ghi)|viện trợ|public data|state of)(?!\w)"
)
