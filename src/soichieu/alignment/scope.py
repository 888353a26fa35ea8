"""For whom and where: whether an item covers fewer bodies, persons, places or objects than its superior names."""

from __future__ import annotations

import re

from soichieu.alignment.amounts import amounts
from soichieu.alignment.classes import classes, groups
from soichieu.alignment.contents import part_of_contents
from soichieu.alignment.coverage import cut_down
from soichieu.alignment.enumerations import part_of_list
from soichieu.alignment.grammar import carries, in_words_of, is_content
from soichieu.alignment.item import Reading
from soichieu.alignment.left_aside import left_aside
from soichieu.alignment.names import without_own
from soichieu.alignment.narrowing import narrowed
from soichieu.alignment.no_less import covers_no_less
from soichieu.alignment.owner import leading_left_out, without_owner
from soichieu.alignment.spelling import as_printed, capitals_spelled, key, spelled_as, unstressed, without_times
from soichieu.alignment.tokens import Language, language_of
from soichieu.alignment.verbatim import one_change
from soichieu.language.text import nfc

_YEARS = re.compile(r"(?<!\d)(20\d\d)(?:\s*(?:-|–|to|through|đến)\s*(20\d\d))?(?!\d)")

LONGEST = 400
"""Words of a text whose scope is compared; the work grows with the cube of what repeats in it."""


FEW = 3
"""Things or qualities of its own that an item may name and still be held beside its superior word by word: on rows
written for practice, what was told of items with more of them was wrong four times of five."""

MOST = 4
"""The same with what it does (verbs) counted too."""


def is_reworded(above: str, below: str, language: Language) -> bool:
    """Whether an item (comparison keys) says it in its own words, by how many of them its superior has in no form."""
    reading = Reading(above, below, language)
    own = [one for one in reading.tokens if carries(one) and reading.is_strange(one)]
    return len(own) > MOST or sum(is_content(one) for one in own) > FEW


def narrower_scope(superior: str, item: str, unit: str = "") -> tuple[str, str] | None:
    """What the superior covers and the narrower thing that the item covers, in their words; None when it is not so, and
    where either is longer than LONGEST. ``unit``: the owing unit's own name."""
    if max(len(superior.split()), len(item.split())) > LONGEST:
        return None
    above = key(superior)
    language = language_of([superior, item])
    spelled = spelled_as(key(capitals_spelled(item, above)), above)
    bodies, printed = _bodies_lost(above, spelled), item
    if unit and not bodies:
        item = without_own(item, unit, language)
    item = without_owner(item, language, bodies=bodies, above=above)
    below = in_words_of(spelled_as(key(capitals_spelled(item, above)), above), above, language)
    aside = left_aside(above, below, language)
    untimed = spelled_as(key(capitals_spelled(without_times(item), above)), above)
    if aside is None and is_reworded(above, untimed, language):
        return None
    untimed = in_words_of(untimed, above, language)
    found = aside or _years(above, below) or _articles(above, below)
    if found is None:
        found = narrowed(above, unstressed(below))
        if found and (_is_time(found[0]) or covers_no_less(above, below, found, language)):
            found = None
    if found is None:
        found = part_of_list(above, untimed, language)
        if found and without_times(found[0]) != nfc(found[0]):
            found = None  # a time in the list stands for no member
    if found is None:
        found = part_of_contents(above, untimed, language)
    if found is None:
        counts = any(one.kind != "span" for one in amounts(superior)) or re.search(r":\s*\d", superior) is not None
        found = cut_down(above, unstressed(untimed), language, counts)
        if found and covers_no_less(above, untimed, found, language):
            found = None
    if found is None:
        found = _one_change(superior, untimed, language)
        if found and covers_no_less(above, untimed, found, language):
            return None
    return (as_printed(superior, found[0]), as_printed(printed, found[1])) if found else None


def _one_change(superior: str, untimed: str, language: Language) -> tuple[str, str] | None:
    """:func:`one_change` between what both say apart from who acts, whose territory it is, and when."""
    bare = leading_left_out(superior, language)
    task, given = (
        _AS_WELL.sub("and", _LEVEL.sub("", _LABEL.sub("", text))) for text in (key(without_times(bare)), untimed)
    )
    found = one_change(task, given, language)
    acts = key(superior)[: len(bare) - len(bare.lstrip())]
    if found and _ENDS.sub("", found[0]) in acts:
        return None  # one of those who act says it of itself ("Bộ, cơ quan ngang Bộ … của Bộ, cơ quan ngang Bộ")
    return found


_ENDS = re.compile(r"^(?:,|và|and)\s*|\s*[,;.]$|\s(?:đến|tới|to)$")
_AS_WELL = re.compile(r"\bas well as\b")
_LABEL = re.compile(r"^\s*(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})*)[).]\s+")
_LEVEL = re.compile(r"(?<=\w) (?:cấp tỉnh|cấp huyện|cấp xã|cùng cấp|các cấp)(?!\w)")
_AMONG = re.compile(r"(?<!\w)(?:trong|tại|ở|của|cho|in|of|across|within|among|between|for)(?:\s+\w+){0,2}\s*$")


def _bodies_lost(above: str, below: str) -> bool:
    """Whether the superior says in which bodies something is to be, and the item names them no more."""
    kept = groups(below)
    return any(
        one.kind == "body" and one.noun != "địa phương" and one.group not in kept and _AMONG.search(above[: one.start])
        for one in classes(above)
    )


def _is_time(words: str) -> bool:
    """Whether words that seem to say all of a class begin with a rhythm ("every 90 days")."""
    return not without_times(words).split()[0].isalpha()


def _years(above: str, below: str) -> tuple[str, str] | None:
    """A list of three years or more, of which the item names fewer."""
    asked, given = _years_of(above), _years_of(below)
    listed = re.search(
        r"20\d\d(?:\s*,\s*(?:and\s+|và\s+)?20\d\d){2,}|20\d\d,\s*20\d\d\s*(?:,\s*)?(?:and|và)\s*20\d\d", above
    )
    if listed and given and given < asked:
        return listed[0], " ".join(str(one) for one in sorted(given))
    return None


_ARTICLES = re.compile(
    r"(?<!\w)(?P<what>article|paragraph|section|điều|khoản|điểm|mục)s?\s+(?P<first>\d{1,3})(?:\s*(?:-|–|to|through|đến)\s*(?P<last>\d{1,3}))?"
)


def _articles(above: str, below: str) -> tuple[str, str] | None:
    """A span of articles or paragraphs, of which the item names a part."""
    asked, given = (
        [
            (one["what"], set(range(int(one["first"]), int(one["last"] or one["first"]) + 1)), one[0])
            for one in _ARTICLES.finditer(text)
        ]
        for text in (above, below)
    )
    for what, numbers, words in asked:
        same = [one for one in given if one[0] == what]
        if len(numbers) > 1 and same and set().union(*(one[1] for one in same)) < numbers:
            return words, same[0][2]
    return None


def _years_of(text: str) -> set[int]:
    found: set[int] = set()
    for match in _YEARS.finditer(text):
        first = int(match[1])
        found |= set(range(first, min(int(match[2] or first), first + 30) + 1))
    return found
