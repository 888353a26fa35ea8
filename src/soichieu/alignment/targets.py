"""Where a figure of an item asks for less than the superior's figure of the same thing."""

from __future__ import annotations

import itertools
import re

from soichieu.alignment.amounts import Amount
from soichieu.alignment.lengths import least_lengths, lengths
from soichieu.alignment.pairing import EMPTY, paired, singular
from soichieu.alignment.ratios import figures, names_a_class

_OLDEST = re.compile(
    r"(?:không\s+quá|dưới|under|younger|no\s+older|not\s+older|up\s+to)\s+(?:the\s+age\s+of\s+)?\d+", re.I
)
_NEGATES = (
    "không dùng",
    "không sử dụng",
    "không tiền",
    "non-",
    "without",
    "chưa",
    "không có",
    "thiếu",
    "lack",
    "have no",
    "cashless",
)
_WORD = re.compile(r"[^\W\d_]+")
_ALL = re.compile(
    r"(?<!\w)(?:toàn\s+bộ|toàn\s+thể|tất\s+cả|mọi|mỗi|từng|hết\s+thảy|all|every|each|any|the\s+entire|the\s+whole)"
    r"(?:\s+(?:các|những|of|the|our|its|their|số))*(?P<noun>(?:\s+[^\W\d]+){1,5})",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?<!\w)(?:toàn\s+bộ|toàn\s+thể|tất\s+cả|mọi|hết\s+thảy|trọn\s+vẹn|all|every|each\s+of\s+the)(?!\w)"
    r"|(?<![\d.,])100\s*%",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"(?:trong\s+(?:số\s+)?đó|of\s+(?:which|whom|them)|including)[^.;,]{0,30}$", re.IGNORECASE)
_EVERY_ONE = re.compile(r"(?P<noun>(?:[^\W\d]+\s+){1,4})nào\s+cũng(?!\w)", re.IGNORECASE)
_NO_ONE = re.compile(
    r"(?<!\w)(?:no|none\s+of\s+the|not\s+one|không(?:\s+(?:có|để|còn))?(?:\s+(?:một"
    r"|sót))?)(?P<noun>(?:\s+[^\W\d]+){1,4})",
    re.IGNORECASE,
)
_SHORT_NOUNS = frozenset(
    [
        "xã",
        "phường",
        "hộ",
        "tỉnh",
        "huyện",
        "trường",
        "trạm",
        "bộ",
        "sở",
        "ngành",
        "thôn",
        "bản",
        "tổ",
        "làng",
        "phòng",
        "ban",
        "lớp",
        "em",
        "cháu",
    ]
)
_NO_NOUN = frozenset(("số", "tổng", "toàn", "our", "its", "their", "all"))
_CHANGES = re.compile(
    r"(?:giảm|tăng|hạ|bớt|reduc\w+|cut\w*|increas\w+|rais\w+|lower\w*)\s+(?:\w+\s+){0,4}$|\bby\s+$", re.IGNORECASE
)


def weaker_target(superior: str, superior_product: str, item: str, item_product: str) -> tuple[str, str] | None:
    """The superior's figure and the item's that asks for less, as printed; None where no figure does."""
    if (superior, superior_product) == (item, item_product):
        return None
    asked, given = _targets(superior, superior_product), _targets(item, item_product)
    ranked = any(one.kind == "rank" for one in asked)
    for one, other in paired(asked, given, superior, item, ranked):
        if one.kind == "share" and one.value == 100 and says_all(item) and not says_all(other.text):
            continue  # all of it is said in words; the figure is about something else
        if _less(one, other, superior, item, ranked):
            return one.text, other.text
    part = _part_of_all(superior, asked, item, given)
    if part is not None:
        return part
    return _shorter(superior, item)


def says_all(text: str) -> tuple[int, int] | None:
    """Where a text says *all* of something, or 100 %; None when it does not."""
    match = _WHOLE.search(text)
    return match.span() if match else None


def _targets(text: str, product: str) -> list[Amount]:
    """The figures that set a target: of the text, else of the product; lengths of time are no such figures."""
    for one in (text, product):
        found = _of_text(one)
        if found:
            return found
    return []


def _of_text(text: str) -> list[Amount]:
    found = [
        one
        for one in figures(text)
        if one.kind != "span"
        and (one.kind != "age" or not _OLDEST.search(text))
        and not (one.kind == "count" and names_a_class(text, one.span))
    ]
    # A cell of a table of targets: "… (% dân số): 99", "(Số doanh nghiệp/1000 dân): 1".
    head, colon, cell = text.rpartition(":")
    cell = cell.strip()
    if not colon or not cell:
        return found
    per = re.search(r"/\s?(\d{1,3}(?:\.\d{3})+|\d{2,6})\s+[^\W\d]+[^()]*\)\s*$", head)
    inside = [one for one in figures(cell) if one.kind == "count"] or figures(f"{cell} đơn vị")
    if per and re.fullmatch(r"\D{0,4}\d[\d.,]*", cell) and inside:
        whole = float(per[1].replace(".", ""))
        low, high = ((None if end is None else end / whole) for end in (inside[0].low, inside[0].high))
        return [Amount(cell, (len(head) + 1, len(text)), "rate", inside[0].value / whole, low, high, ())]
    if not found:
        unit = "%" if "%" in head else ""
        for one in figures(f"{cell}{unit}" if unit and "%" not in cell else f"{cell} đơn vị"):
            found.append(Amount(cell, (len(head) + 1, len(text)), one.kind, one.value, one.low, one.high, ()))
    elif "%" in head and "%" not in cell:
        found = [
            Amount(one.text, one.span, "share", one.value, one.low, one.high, one.noun)
            if one.span[0] > len(head)
            else one
            for one in found
        ]
    return found


# --- Which asks for less ----------------------------------------------------------------------------------------------


def _less(one: Amount, other: Amount, text: str, item: str, ranked: bool) -> bool:
    if one.kind == "rank" or (ranked and other.kind == "rank"):
        best = one.high if one.high is not None else one.value
        theirs = other.high if other.high is not None else other.value
        return theirs > best
    # "một phần ba" is 33.33…, "33%" is meant by it
    near = 0.5 if one.kind == "share" and any(end.value != round(end.value, 1) for end in (one, other)) else 1e-9
    if one.low is None and one.high is not None:  # at most so much: more is weaker
        if one.kind == "share" and other.low is not None and one.high < 50 < other.low:
            return False  # "under 5 % late" and "over 95 % in time" are one target
        if other.high is None:
            return other.low is not None and other.low > one.high + near
        return other.high > one.high + near
    least = one.low if one.low is not None else one.value
    if other.low is None:  # *at most* where *at least* was asked
        return not (one.kind == "share" and _complement(one, other, text, item))
    return other.low < least - near


def _complement(one: Amount, other: Amount, text: str, item: str) -> bool:
    """ "at least 80 % without cash" and "at most 20 % in cash" are one target."""
    denied = [any(word in side.casefold() for word in _NEGATES) for side in (text, item)]
    return denied[0] != denied[1] and (other.high or 0) <= 100 - (one.low or one.value) + 1e-9


def _part_of_all(superior: str, asked: list[Amount], item: str, given: list[Amount]) -> tuple[str, str] | None:
    """A share below 100 % of what the superior wants all of."""
    if any(one.kind == "share" for one in asked):
        return None
    shares = [
        one
        for one in given
        if one.kind == "share"
        and (one.high is None or one.high < 100)
        and not _CHANGES.search(item[: one.span[0]])
        and not _OF_THEM.search(item[: one.span[0]])
    ]
    if not shares or any(one.kind == "share" and one.value >= 100 for one in given):
        return None
    others = [_nouns(match["noun"]) for form in (_ALL, _EVERY_ONE, _NO_ONE) for match in form.finditer(item)]
    for match in _ALL.finditer(superior):
        wanted = _nouns(match["noun"])
        for share in shares:
            noun = _nouns(_after_figure(item, share))
            if _meet(wanted, noun) and not any(_meet(other, noun) for other in others):
                return match[0][: match.start("noun") - match.start()].strip() + match["noun"], share.text
    whole = says_all(superior)
    wanted_all = [_nouns(match["noun"]) for match in _ALL.finditer(superior)]
    if whole and not says_all(item) and not any(_meet(one, other) for one in wanted_all for other in others):
        return superior[slice(*whole)], shares[0].text
    return None


def _after_figure(text: str, one: Amount) -> str:
    """What stands after a figure, also where its own span goes on: "95% of legally binding requests"."""
    sign = re.search(r"%|phần\s+trăm|per\s?cent", one.text, re.IGNORECASE)
    start = one.span[0] + sign.end() if sign else one.span[1]
    return text[start : start + 60]


def _nouns(text: str) -> list[str]:
    """The noun that a text begins with: up to four words, before what is said of it."""
    text = re.sub(
        r"^\s*(?:(?:of|the|all|our|its|their|số|tổng|tổng số|các|những|toàn)\s+)+", " ", text, flags=re.IGNORECASE
    )
    head = re.split(
        r"[.,;:()]|\s(?:in|of|for|with|that|who|which|and|to|on|at|by|from|và|trong|cho|có|được|đã|đạt)\s",
        text,
        maxsplit=1,
    )
    words = [singular(word.casefold()) for word in _WORD.findall(head[0])]
    return [word for word in words if word not in EMPTY and word not in _NO_NOUN][:4]


def _meet(one: list[str], other: list[str]) -> bool:
    """Two nouns are of the same thing: in Vietnamese by two syllables (or a noun of one), in English by one word."""
    if not one or not other:
        return False
    if one[0] == other[0] and one[0] in _SHORT_NOUNS:
        return True
    pairs = [set(itertools.pairwise(words)) for words in (one[:3], other[:3])]
    if pairs[0] & pairs[1]:
        return True
    return any(word in other[:3] and word.isascii() and len(word) > 3 for word in one[:3])


def _shorter(superior: str, item: str) -> tuple[str, str] | None:
    """A least length of time (how long a record is kept, how much training is had) that the item shortens."""
    asked, given = least_lengths(superior), least_lengths(item, loose=True)
    if not given:  # "niêm yết trong 20 ngày", where at least 30 are asked for the same
        about = _words_near(superior, asked[0].span) if len(asked) == 1 else set()
        given = [
            one
            for one in lengths(item)
            if one.role == "term" and _FOR.search(item[: one.span[0]]) and len(about & _words_near(item, one.span)) > 1
        ]
    if len(asked) == 1 and len(given) == 1 and given[0].days < asked[0].days * 0.98:
        return asked[0].text, given[0].text
    return None


_FOR = re.compile(r"(?<!\w)(?:trong(?:\s+thời\s+gian)?|for|thời\s+gian\s+[^.;:\d]{0,40}?(?::|\slà))\s+$", re.IGNORECASE)


def _words_near(text: str, span: tuple[int, int]) -> set[str]:
    words = _WORD.findall(text[max(0, span[0] - 60) : span[0]].rsplit(";")[-1])
    return {singular(word.casefold()) for word in words} - EMPTY - {"thời", "gian"}
