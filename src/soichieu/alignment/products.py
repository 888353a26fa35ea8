"""What is to come out of a task: documents, systems, things with a name, and whether an item still names it."""

from __future__ import annotations

import functools
import re

from soichieu.alignment.shipped import starred_names
from soichieu.alignment.stand_ins import (
    denied,
    is_thing,
    makes,
    only_talks,
    only_told,
    same_group,
    same_post,
    sent_instead,
    stands_in,
    studies_only,
    writes,
)
from soichieu.language.text import comparison_key

_SHORT = {
    "qđ": "quyết định", "nq": "nghị quyết", "nđ": "nghị định", "tt": "thông tư", "kh": "kế hoạch", "bc": "báo cáo",
    "csdl": "cơ sở dữ liệu", "cntt": "công nghệ thông tin", "htt": "hệ thống", "ttgcp": "thủ tướng chính phủ",
    "ttg": "thủ tướng chính phủ", "ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "cp": "chính phủ",
    "mou": "memorandum of understanding", "sop": "standard operating procedure", "webpage": "web page",
    "catalogue": "catalog",
}  # fmt: skip
_MAKES = re.compile(
    r"(?<!\w)(?:xây dựng|ban hành|lập|hình thành|thành lập|công bố|soạn thảo|soạn|hoàn thiện|phát hành"
    r"|thiết lập|xuất bản|tổ chức|viết"
    r"|trình|sửa đổi|biên soạn|phê duyệt|nghiên cứu|identify|develop|publish|release|create|demonstrate|document"
    r"|establish|write|draft|produce|prepare|issue|update"
    r"|put in place|set up|draw up|compile|post|make public|hold|build|deliver|launch|compile|define|design|adopt"
    r"|conduct|organize|organise|set|test|make|give"
    r"|(?:completion|publication|development|preparation|creation|release) of)(?!\w)"
)
_TALKS = re.compile(
    r"(?:[^.;,]{0,40},\s*)?(?:\w+\s+){0,4}?(?:trao đổi|thảo luận|tuyên truyền|phổ biến|nghiên cứu|tham khảo|họp"
    r"|discuss|brief|consult|talk|meet|explore|consider|review"
    r"|exchange|tell|inform|present|report orally|speak|look into|learn|visit|think|read|reflect"
    r"|góp ý|khảo sát|tham quan|giới thiệu|quán triệt|học tập)(?!\w)"
)
_STOP = re.compile(r"[;.]|(?<![\w-])(?:để|nhằm|theo|on|about|for|về|to|in order|by|của|thuộc|with)(?!\w)")
_STANDS = re.compile(
    r"[^.;]{0,70}?(?<!\w)(?:(?:is|are|be) (?:\w+ )?(?:in place|maintained|kept|established|published|developed"
    r"|documented|issued|adopted|drawn up)"
    r"|(?:phải )?được (?:\w+ ){0,2}?(?:lập|ban hành|phê duyệt|xây dựng|công bố))(?!\w)"
)
"""What a sentence says there is to be: "response plans are in place", "danh mục … được ban hành"."""
_WORD = re.compile(r"\w+")
_EMPTY = frozenset(
    """
    của do được về và các cho the a an of by and for đi vào có ít nhất từ trở lên completion thành lập ban hành
    """.split()  # noqa: SIM905
)
_REACH = 9
_EITHER = re.compile(r"\s+(?:or|hoặc)\s+")
_LOOSE = frozenset(("chương trình", "mô hình", "giải pháp", "chính sách", "cơ chế", "dự án", "model", "points"))
"""Heads that an act may be meant by: one may carry out a programme by teaching a class."""


@functools.cache
def _heads() -> tuple[re.Pattern[str], frozenset[str]]:
    """The head words of products, longest first; those that are events, which stand in for no document."""
    joined, events = starred_names("products")
    joined = re.sub(r"(?<=[a-z])y(?=\||$)", "(?:y|ies)", joined)
    return re.compile(rf"(?<!\w)(?:{joined})(?:e?s)?(?!\w)"), events


def spelled_out(text: str) -> str:
    """The comparison key of a text with the abbreviations of products and bodies spelled out."""
    return re.sub(r"\w+", lambda match: _SHORT.get(match[0], match[0]), comparison_key(text))


def heads(text: str) -> list[tuple[str, int, int]]:
    """The head words of products in a text already folded by :func:`spelled_out`: (head, start, end), in order."""
    pattern, _events = _heads()
    return [(_singular(match[0]), *match.span()) for match in pattern.finditer(text)]


def _singular(word: str) -> str:
    if not word.isascii() or not word.endswith("s") or word.endswith(("ss", "us", "is", "series", "minutes")):
        return word
    return word[:-3] + "y" if word.endswith("ies") and word != "series" else word[:-1]


def made(text: str) -> list[str]:
    """The heads that a folded text says are to be made: those soon after a verb of making, before the clause turns."""
    found: list[str] = []
    for verb in _MAKES.finditer(text):
        after = text[verb.end() :]
        turn = _STOP.search(after, 1)
        clause = after[: turn.start()] if turn else after
        near = " ".join(clause.split()[:_REACH])
        found += [head for head, _start, _end in heads(near)]
    found += [head for head, _start, end in heads(text) if _STANDS.match(text, end)]
    return list(dict.fromkeys(found))


def missing_product(superior: str, product: str, item: str, item_product: str) -> tuple[str, str] | None:
    """The product that the superior asks for and the item names nowhere, and what it names instead; else None.

    ``product`` and ``item_product`` are the tables' own columns, empty where there are none.
    """
    if (superior, product) == (item, item_product):
        return None
    text, column = spelled_out(item), spelled_out(item_product)
    either = _EITHER.split(product)
    if len(either) > 1 and any(missing_product(superior, one, item, item_product) is None for one in either):
        return None
    if product.strip():
        asked = spelled_out(product)
        if stands_in(asked, column):
            return product.strip(), item_product.strip()
        if same_post(asked, column):
            return None
        names = [head for head, _start, _end in heads(asked)]
        if column.strip() and same_group(asked, column):
            return None
        if studies_only(asked, column, text, spelled_out(superior)):
            return product.strip(), item_product.strip()
        _pattern, events = _heads()
        instead = [head for head, _start, _end in heads(column)]
        if instead and set(instead) <= events and not set(names) <= events:
            return product.strip(), item_product.strip()
        there = {head for head, _start, _end in heads(f"{column} . {text}")}
        if names and instead and names[0] not in there and not set(names) & set(instead):
            return product.strip(), item_product.strip()  # a decision on a plan is no post about the plan
        if set(names) & there:
            return None
        words = [word for word in _WORD.findall(asked) if word not in _EMPTY and not word.isdigit()]
        within = set(_WORD.findall(f"{column} {text}"))
        if words and sum(word in within for word in words) >= 0.6 * len(words) and not (names and column):
            return None
        if words and column and sum(word in set(_WORD.findall(column)) for word in words) >= 0.5 * len(words):
            return None
        return (product.strip(), item_product.strip()) if words else None
    above = spelled_out(superior)
    wanted = made(above)
    named = {head for head, start, _end in heads(text) if not _after_about(text, start)}
    first = [head for head, start, _end in heads(above) if not start]
    if no_longer := denied(wanted + _articled(above) + first, above, text):
        return (_as_printed(superior, wanted[0]) if wanted else superior), no_longer
    asked_for = set(wanted or [head for head, start, _end in heads(above) if not _after_about(above, start)])
    concrete = column.strip() or (asked_for - _LOOSE and not (set(wanted[:1]) or asked_for) & named)
    concrete = concrete or (not asked_for and writes(above))
    if only_told(asked_for, above, text):
        return (_as_printed(superior, wanted[0]) if wanted else superior), item
    if concrete and only_talks(above, text, column):
        return _as_printed(superior, wanted[0]) if wanted else superior, item_product.strip() or item
    if not wanted:
        return None
    if not column.strip() and is_thing(wanted[0]) and not set(wanted) & named and not makes(text):
        return _as_printed(superior, wanted[0]), item
    if same_group(wanted[0], " ; ".join(_apart(text))):
        return None
    if (sent := sent_instead(text)) and not column.strip():
        return _as_printed(superior, wanted[0]), _as_printed(item, sent)
    _pattern, events = _heads()
    given = made(text) + [head for head, _start, _end in heads(column)]
    if set(wanted) & set(given):
        return None
    # A sentence rarely says what paper comes out of it: an item that names a product of its own answers it, unless it
    # only talks.
    _pattern, events = _heads()
    only_meets = bool(made(text)) and set(made(text)) <= events
    if not given and not column.strip() and not (_TALKS.match(text) or only_meets):
        return None
    if set(wanted) & named:
        return None
    if set(wanted) <= events:
        return None
    there_is = item_product.strip() or (_as_printed(item, given[0]) if given else "")
    return _as_printed(superior, wanted[0]), there_is


def _articled(text: str) -> list[str]:
    """The things a folded English text names with an article: "a written contract", not "record disclosures"."""
    return [
        head
        for head, start, _end in heads(text)
        if re.search(
            r"(?<!\w)(?:an?|the|of)\s+(?:(?!should|shall|must|will|may|to|and|that)[a-z-]+\s+){0,2}$", text[:start]
        )
    ]


def _apart(text: str) -> list[str]:
    """What stands in a folded text apart from what it is only about."""
    return re.split(r"(?<!\w)(?:on|about|for|regarding|concerning|về)(?!\w)[^.;,]*", text)


def _after_about(text: str, start: int) -> bool:
    """ "a note on dashboards" makes no dashboard."""
    return bool(re.search(r"(?<!\w)(?:on|about|for|regarding|concerning|về)(?:\s+[\w’'-]+){0,6}\s+$", text[:start]))


def _as_printed(text: str, head: str) -> str:
    match = re.search(rf"(?:[\w'’-]+\s+){{0,2}}{re.escape(head)}\w*", text, re.IGNORECASE)
    return match[0].strip() if match else head
