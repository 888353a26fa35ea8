"""Where a figure of an item asks for less than the superior's figure of the same thing."""

from __future__ import annotations

import itertools
import re

from soichieu.alignment.amounts import Amount
from soichieu.alignment.lengths import least_lengths, lengths
from soichieu.alignment.ratios import figures

_REQUIRED = re.compile(
    r"(?<!\w)(?:phải|chỉ|điều\s+kiện|được\s+phép|tuổi\s+tối\s+thiểu|must|shall|only|may|lawful|consent"
    r"|allowed|permitted"
    r"|eligible|minimum\s+age)(?!\w)",
    re.IGNORECASE,
)
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
_EMPTY = frozenset(
    [
        "của",
        "do",
        "được",
        "về",
        "và",
        "các",
        "cho",
        "những",
        "có",
        "là",
        "đạt",
        "từ",
        "trên",
        "dưới",
        "ít",
        "nhất",
        "tối",
        "thiểu",
        "đa",
        "trong",
        "với",
        "theo",
        "ở",
        "tại",
        "the",
        "a",
        "an",
        "of",
        "by",
        "and",
        "for",
        "in",
        "on",
        "to",
        "with",
        "or",
        "at",
        "least",
        "most",
        "than",
        "tỷ",
        "tỉ",
        "lệ",
        "phấn",
        "đấu",
        "bảo",
        "đảm",
        "đảm",
    ]
)
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
_MANY = 20
"""Figures of one kind in a text beyond which they are only compared in their order."""
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
    asked, given = _targets(superior, superior_product), _targets(item, item_product)
    ranked = any(one.kind == "rank" for one in asked)
    for one, other in _paired(asked, given, superior, item, ranked):
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
    found = [one for one in figures(text) if one.kind != "span" and (one.kind != "age" or not _OLDEST.search(text))]
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


# --- Which figure answers which ---------------------------------------------------------------------------------------


def _paired(
    asked: list[Amount], given: list[Amount], superior: str, item: str, ranked: bool
) -> list[tuple[Amount, Amount]]:
    pairs: list[tuple[Amount, Amount]] = []
    for kind in dict.fromkeys(one.kind for one in asked):
        mine = [one for one in asked if one.kind == kind]
        alike = [one for one in given if one.kind == kind or (ranked and one.kind in ("rank", "count"))]
        if kind == "count":
            pairs += [(one, other) for one in mine if (other := _of_noun(one, alike)) is not None]
        elif kind == "age":
            if len(mine) == len(alike) == 1 and _REQUIRED.search(superior):
                pairs.append((mine[0], alike[0]))
        elif alike:
            pairs += _by_words(mine, alike, superior, item)
    return pairs


def _of_noun(one: Amount, alike: list[Amount]) -> Amount | None:
    if one.noun:
        named = [other for other in alike if set(other.noun[:3]) & set(one.noun[:3]) or not other.noun]
        if named:
            return max(named, key=lambda other: (len(set(other.noun) & set(one.noun)), other.value == one.value))
        return None if any(other.noun for other in alike) else (alike[0] if len(alike) == 1 else None)
    if any(other.value == one.value for other in alike):
        return next(other for other in alike if other.value == one.value)
    return alike[0] if len(alike) == 1 else None


def _by_words(mine: list[Amount], alike: list[Amount], superior: str, item: str) -> list[tuple[Amount, Amount]]:
    """Figures of one kind, paired by the words that stand about them; in their order where these do not tell."""
    if len(mine) == len(alike) == 1:
        return [(mine[0], alike[0])]
    if len(mine) > _MANY or len(alike) > _MANY:
        return list(zip(mine, alike, strict=True)) if len(mine) == len(alike) else []
    near = [_about(superior, one, mine) for one in mine]
    theirs = [_about(item, one, alike) for one in alike]
    common = [[len(left & right) for right in theirs] for left in near]
    if len(mine) == len(alike):
        order = tuple(range(len(mine)))
        best = order
        if len(mine) <= 4:
            best = max(
                itertools.permutations(order), key=lambda turn: sum(common[at][to] for at, to in enumerate(turn))
            )
        gain = sum(common[at][to] for at, to in enumerate(best)) - sum(common[at][at] for at in order)
        return [(mine[at], alike[to]) for at, to in enumerate(best if gain >= 2 else order)]
    ranks = sorted(
        (
            (common[at][to], mine[at].value == alike[to].value, -at, -to)
            for at in range(len(mine))
            for to in range(len(alike))
        ),
        reverse=True,
    )
    taken: set[tuple[str, int]] = set()
    pairs = []
    for words, same, at, to in ranks:
        if ("m", at) in taken or ("t", to) in taken or not (words or same or (len(mine) == 1 and to == 0)):
            continue
        taken |= {("m", at), ("t", to)}
        pairs.append((mine[-at], alike[-to]))
    if len(mine) == 1 and any(other.value == mine[0].value for other in alike):
        return [(mine[0], next(other for other in alike if other.value == mine[0].value))]
    return pairs


def _about(text: str, one: Amount, all_: list[Amount]) -> set[str]:
    """The words of a figure's clause: between the stops, and between the figures, about it."""
    start = max([0, *(match.end() for match in re.finditer(r"[.;:]\s", text[: one.span[0]])),
                 *(other.span[1] for other in all_ if other.span[1] <= one.span[0])])  # fmt: skip
    stop = re.search(r"[.;:](?:\s|$)", text[one.span[1] :])
    end = min([one.span[1] + stop.start() if stop else len(text),
               *(other.span[0] for other in all_ if other.span[0] >= one.span[1])])  # fmt: skip
    # What stands before the next figure may be that one's: "… dùng DVCTT; giao dịch … đạt 80%" is cut at the stop.
    words = {_singular(word.casefold()) for word in _WORD.findall(text[start:end])}
    return words - _EMPTY


def _singular(word: str) -> str:
    if not word.isascii() or len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


# --- Which asks for less ----------------------------------------------------------------------------------------------


def _less(one: Amount, other: Amount, text: str, item: str, ranked: bool) -> bool:
    if one.kind == "rank" or (ranked and other.kind == "rank"):
        best = one.high if one.high is not None else one.value
        theirs = other.high if other.high is not None else other.value
        return theirs > best
    # "một phần ba" is 33.33…, "33%" is meant by it
    near = 0.5 if one.kind == "share" and any(end.value != round(end.value, 1) for end in (one, other)) else 1e-9
    if one.low is None and one.high is not None:  # at most so much: more is weaker
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
    words = [_singular(word.casefold()) for word in _WORD.findall(head[0])]
    return [word for word in words if word not in _EMPTY and word not in _NO_NOUN][:4]


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
    return {_singular(word.casefold()) for word in words} - _EMPTY - {"thời", "gian"}
