"""Which figure of an item answers which of its superior's: by kind and noun, by the words about it, by order."""

from __future__ import annotations

import itertools
import re

from soichieu.alignment.amounts import Amount

_REQUIRED = re.compile(
    r"(?<!\w)(?:phải|chỉ|điều\s+kiện|được\s+phép|tuổi\s+tối\s+thiểu|must|shall|only|may|lawful|consent"
    r"|allowed|permitted"
    r"|eligible|minimum\s+age)(?!\w)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+|(?<!\d)20\d\d(?!\d)")
EMPTY = frozenset(
    """
    của do được về và các cho những có là đạt từ trên dưới ít nhất tối thiểu đa trong với theo ở tại the a an of
    by and for in on to with or at least most than tỷ tỉ lệ phấn đấu bảo đảm đảm
    """.split()  # noqa: SIM905
)
"""Words that say nothing of what a figure is of."""
_MANY = 20
"""Figures of one kind in a text beyond which they are only compared in their order."""


def paired(
    asked: list[Amount], given: list[Amount], superior: str, item: str, ranked: bool
) -> list[tuple[Amount, Amount]]:
    """Each figure of the superior with the item's about the same thing; those without one are left out.

    ``ranked``: the superior speaks of ranks, so that a bare number of the item may be one.
    """
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
    values = [sorted(one.value for one in side) for side in (mine, alike)]
    if values[0] == values[1]:
        return list(zip(*(sorted(side, key=lambda one: one.value) for side in (mine, alike)), strict=True))
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
    """The words of a figure's clause; where that has none but the figure, those back to the stop or figure before."""
    start = max([0, *(match.end() for match in re.finditer(r"[.;:,]\s", text[: one.span[0]])),
                 *(other.span[1] for other in all_ if other.span[1] <= one.span[0])])  # fmt: skip
    stop = re.search(r"[.;:,](?:\s|$)", text[one.span[1] :])
    end = min([one.span[1] + stop.start() if stop else len(text),
               *(other.span[0] for other in all_ if other.span[0] >= one.span[1])])  # fmt: skip
    words = {singular(word.casefold()) for word in _WORD.findall(text[start:end])} - EMPTY
    if len(words) < 2:
        start = max([0, *(match.end() for match in re.finditer(r"[.;:]\s", text[: one.span[0]])),
                     *(other.span[1] for other in all_ if other.span[1] <= one.span[0])])  # fmt: skip
        words = {singular(word.casefold()) for word in _WORD.findall(text[start:end])} - EMPTY
    return words


def singular(word: str) -> str:
    """An English word without the s of its plural; any other as it is."""
    if not word.isascii() or len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]
