"""Lists in running text, and whether an item keeps some members of a list and says nothing of others.

Where a list begins and ends is nowhere marked: its inner members say how long a member is, a head that they repeat
says where the first one begins, and a verb, a preposition or a sign ends the last one. A list of verbs, of manners or
of qualities is none that could be cut: only things, fields, bodies and persons are members.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from soichieu.alignment.classes import classes, groups
from soichieu.alignment.grammar import (
    BOUNDS,
    FUNCTION,
    OPENS,
    QUALITIES,
    WIDE,
    Token,
    Words,
    is_content,
    is_verb,
    tokens,
)
from soichieu.alignment.products import heads
from soichieu.alignment.shipped import word_list
from soichieu.alignment.tokens import Language

LONGEST = 5
"""Words of a member: what is longer is a clause."""

_JOINS = frozenset(("và", "hoặc", "hay", "lẫn", "cùng", "cũng_như", "and", "or"))
_JOINED = re.compile(r"(?<!\w)(?:và|hoặc|hay|lẫn|cùng|cũng như|and|or)(?!\w)")
_BREAKS = frozenset(".;:()-–…")
_EXAMPLES = re.compile(r"^(?:như|gồm|bao_gồm|e\.?g|i\.?e|such|including)$")
_ADDS = re.compile(
    r"^(?:are|is|was|were|will|shall|must|được|phải|cần|nhất_là|trong_đó|trọng_tâm|bao_gồm|including|such|where)$"
)
SMALL = frozenset(
    ("phát_triển", "lĩnh_vực", "các", "những", "mọi", "mỗi", "tất_cả", "cả", "the", "a", "an", "its", "their", "all",
     "any", "relevant", "other")
)  # fmt: skip
"""Small words in front of a member."""

_AUXILIARY = frozenset(("be", "is", "are", "was", "were", "been", "to", "will", "được", "bị"))
_OTHERS = frozenset(("other", "others", "khác", "etc", "vv"))


@dataclass(frozen=True, slots=True)
class List:
    """A list: its members' words, the whole as it stands in the text, and the words on both sides of it."""

    members: tuple[tuple[str, ...], ...]
    text: str
    before: str
    after: str
    joined: str
    """The conjunction that stands in it, if any."""


def lists(text: str, language: Language) -> Iterator[List]:
    """The lists of a comparison key, the longest at each place."""
    text = re.sub(
        r"\b(?:e\.g\.|i\.e\.),?|\bas well as\b", lambda match: _STANDS_FOR[match[0][0]].ljust(len(match[0])), text
    )
    text = re.sub(r"(?<!\w)(\w+ \w+)( [^;.]{3,60}); (?=\1(?!\w))", r"\1\2, ", text)
    bare = re.sub(r"\([^()]*\)", lambda match: " " * len(match[0]), text)
    for sentence, bracket in [
        *_sentences(tokens(text, language)),
        *(_sentences(tokens(bare, language)) if bare != text else ()),
    ]:
        parts = _parts(sentence)
        first = 0
        while first < len(parts) - 1:
            last = first + 1
            free = bracket or _free(parts[first])
            while (
                last < len(parts) - 1 and _member(parts[last], free) and not _ends(parts[last], parts[last + 1], free)
            ):
                last += 1
            found = _list(parts[first : last + 1], text, free)
            if found is not None:
                yield found
            first = last


_STANDS_FOR = {"e": "such", "i": "such", "a": "and"}


def _sentences(words: list[Token]) -> Iterator[tuple[list[Token], bool]]:
    """What stands between signs that break a sentence, and whether it stands in brackets."""
    run: list[Token] = []
    bracket = False
    for token in words:
        if token.word in _BREAKS:
            yield run, bracket
            run, bracket = [], token.word == "("
        else:
            run.append(token)
    yield run, bracket


def _parts(sentence: list[Token]) -> list[list[Token]]:
    """What stands between the commas and conjunctions of a sentence."""
    parts: list[list[Token]] = [[]]
    for token in sentence:
        if token.word == "," or token.word in _JOINS:
            if parts[-1]:
                parts.append([])
        elif not token.sign:
            parts[-1].append(token)
    return [part for part in parts if part]


def _breaks(token: Token) -> bool:
    word = token.word
    if word.isascii() and word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word in FUNCTION  # "grants" in a list are things
    if word.isascii() and classes(word):
        return False  # "staff" is a verb elsewhere
    return word in OPENS or word in BOUNDS or word in FUNCTION or word in WIDE or is_verb(word)


def _free(part: list[Token]) -> bool:
    """Whether a list of examples begins: there nouns of action are members too ("như quản lý năng lượng, …")."""
    return any(_EXAMPLES.match(token.word) for token in part)


def _bare(part: list[Token]) -> list[Token]:
    """A part without the small words in front of it."""
    start = 0
    while start < len(part) and part[start].word in SMALL:
        start += 1
    return part[start:]


def _member(part: list[Token], free: bool) -> bool:
    """Whether a part can begin a member."""
    bare = _bare(part)
    if not bare or _ADDS.match(bare[0].word):
        return False
    if len(bare) == 1 and bare[0].word == "tổ_chức":
        return True  # a body, where nothing is organised
    return free and bare[0].word not in OPENS | FUNCTION or not _breaks(bare[0])


def _repeats(part: list[Token], after: list[Token]) -> bool:
    """Whether the next part begins with two words that stand in this one: then it is the same kind of thing."""
    begins = [token.word for token in _bare(after)[:2]]
    words = [token.word for token in part]
    return len(begins) == 2 and any(words[place : place + 2] == begins for place in range(len(words) - 1))


def _ends(part: list[Token], after: list[Token], free: bool) -> bool:
    """Whether a part goes on after its member, so that the list ends there; not where the next one repeats its head."""
    bare, coming = _bare(part), _bare(after)
    if coming and bare[0].word == coming[0].word and len(bare) <= LONGEST:
        return False
    return len(bare) > 1 and len(_last(bare, LONGEST, free)) < len(bare)


def _list(parts: list[list[Token]], text: str, free: bool) -> List | None:
    if not _member(parts[-1], free) and not _repeats(parts[-2], parts[-1]):
        parts = parts[:-1]
    if len(parts) < 2:
        return None
    inner, end = [_bare(part)[:LONGEST] for part in parts[1:-1]], _bare(parts[-1])
    repeated = {part[0].word for part in [*inner, end] if part}
    size = max((len(part) for part in inner), default=2)
    first = _first(parts[0], size, repeated, _bare(parts[1]))
    if first and not first[0].word.isascii():
        size = LONGEST  # a Vietnamese member begins with its head and goes on as far as it likes
    elif not inner:
        size = min(2, len(first))
    last = _last(end, size, free or _repeats(parts[-2], parts[-1]))
    chosen = [one for one in (first, *inner, last) if one]
    if not first or len(chosen) < 2:
        return None
    start, stop = chosen[0][0].start, chosen[-1][-1].end
    before = [token.word for token in parts[0] if token.end <= start and token.word not in SMALL]
    after = [token.word for token in parts[-1] if token.start >= stop]
    members = tuple(tuple(token.word for token in part) for part in chosen)
    joined = _JOINED.search(text, start, stop)
    return List(
        members,
        text[start:stop],
        before[-1] if before else "",
        after[0] if after else "",
        joined[0] if joined else "",
    )


def _first(part: list[Token], size: int, heads: set[str], after: list[Token]) -> list[Token]:
    """The end of the first part that is a member: from a head that the others repeat, else after what breaks.

    A Vietnamese member begins with its head, so that all after the break belongs to it; an English one ends with it.
    """
    for place in range(len(part) - 1, -1, -1):
        if _EXAMPLES.match(part[place].word):
            return [token for token in part[place + 1 :] if token.word != "as"]
    for place in range(len(part) - 1, -1, -1):
        if len(after) > 1 and [token.word for token in part[place : place + 2]] == [token.word for token in after[:2]]:
            return part[place:]
    chosen: list[Token] = []
    for token in reversed(part):
        if token.word in ("thuộc", "trực_thuộc") and chosen:
            chosen.insert(0, token)
            continue
        if _breaks(token) and not (token.word.endswith("ing") and token is not part[0]):
            break
        chosen.insert(0, token)
    attached = any(token.word in ("thuộc", "trực_thuộc") for token in chosen)
    for place, token in enumerate(chosen if not attached else ()):
        if token.word in heads:
            return chosen[place:]
    if not chosen or not chosen[0].word.isascii():
        return chosen[-2 * LONGEST if attached else -LONGEST :]
    return chosen[-max(size, 1) :]


def _last(part: list[Token], size: int, free: bool) -> list[Token]:
    chosen: list[Token] = []
    for token in part:
        if (_breaks(token) and not (free and not chosen)) or len(chosen) >= size:
            break
        chosen.append(token)
    return chosen


def part_of_list(above: str, below: str, language: Language) -> tuple[str, str] | None:
    """A list of the superior of which the item keeps some members and leaves others out (comparison keys)."""
    below = re.sub(r"\bas well as\b", "and", below)
    kept = Words(below, language)
    given = tokens(below, language)
    if any(token.word in _OTHERS or token.word == "otherwise" for token in given):
        return None
    known = Words(above, language)
    added = [token for token in given if is_content(token) and not known.has(token.word)]
    content = [token for token in given if is_content(token)]
    every, same = list(lists(above, language)), list(lists(below, language))
    whole = {member for one in every if _whole(one, kept) for member in one.members}
    for one in every:
        found = _cut(one, kept)
        if (
            found is None
            or found[0] in whole
            or _as_long(one, found[0], same)
            or _named_whole(one, given, kept)
            or _no_cut(one)
            or not _same_sentence(one, above, kept, language)
            or _begins_elsewhere(one)
        ):
            continue
        if len(one.members) > 2:
            sure = len(added) <= 0.45 * len(content)
        elif not one.joined and len(one.members) == 2 and _unlike(one):
            sure = False
        elif one.joined in ("or", "hoặc", "hay") or (not one.joined and (language == "en" or not _nouns(one))):
            sure = False  # one of two may be chosen; a bare comma joins two nouns in Vietnamese only
        elif _papers(one):
            sure = False  # programmes, plans: one word for another
        else:
            sure = (
                (_persons(one) and not _swapped(below, above))
                or _verbatim(one, found[0], given, len(added), len(content))
                or (not added and _rest_kept(one, above, kept, language))
            )
        if sure:
            return one.text, _printed(found[0], below)
    return None


def _named_whole(one: List, given: list[Token], kept: Words) -> bool:
    """Whether an item names all of a list's last noun ("every kind of agreement": "contracts and other agreements")."""
    rest = one.text.split()[-1:]
    others = any(word in _OTHERS for word in one.text.split())
    return others and any(token.word in WIDE for token in given) and all(kept.has(word) for word in rest)


def _as_long(one: List, kept: tuple[str, ...], given: list[List]) -> bool:
    """Whether the item has a list as long as the superior's, so that its other members may say the same otherwise."""
    return any(len(each.members) >= len(one.members) and kept in each.members for each in given)


def _no_cut(one: List) -> bool:
    """Lists that cannot be cut: verbs after an auxiliary, words for any body, bodies by their names."""
    return one.before in _AUXILIARY or _generic(one) or any(member[0] in ("bộ", "sở", "ban") for member in one.members)


def _whole(one: List, kept: Words) -> bool:
    """Whether all members of a list are kept."""
    return all(kept.has(word) for member in one.members for word in member)


def _cut(one: List, kept: Words) -> tuple[tuple[str, ...], list[tuple[str, ...]]] | None:
    """The first member that is kept, and those that are lost; None where none of either is."""
    words = [word for member in one.members for word in set(member)]
    often = 1 if len(one.members) > 2 else len(one.members) - 1
    shared = {word for word in words if words.count(word) > often}
    named = groups(kept.text)
    there: list[tuple[str, ...]] = []
    lost: list[tuple[str, ...]] = []
    for member in one.members:
        own = [word for word in member if word not in shared]
        own = [word for word in own if word not in FUNCTION] or own
        if member is one.members[0] and len(one.members) == 2 and "".join(own).isascii():
            own = own[-1:]  # an English member ends with its head
        if not own or any(word in _OTHERS or re.search(r"\d", word) for word in member) or _quality(own):
            continue
        has = [kept.has(word) for word in own]
        if all(has) and not "".join(own).isascii() and not any("_" in word for word in own):
            has = [kept.has("_".join(member))]  # a single syllable stands in many words
        if all(has) or (has[0] and member is one.members[-1] and not "".join(own).isascii()):
            there.append(member)
        elif (
            not any(has)
            and not any(map(kept.says, own))
            and not kept.hints(own[0])
            and not named & groups(" ".join(own))
        ):
            lost.append(member)
    return (there[0], lost) if there and lost else None


def _quality(words: list[str]) -> bool:
    return words[-1] in QUALITIES or words[0] in QUALITIES or words[-1].removesuffix("s") in QUALITIES


def _verbatim(one: List, there: tuple[str, ...], given: list[Token], added: int, content: int) -> bool:
    """Whether the item is the superior's sentence with one of two members taken out: the same words on both sides."""
    if added * 4 > content:
        return False
    words = [token.word for token in given if not token.sign and token.word not in SMALL]
    member = tuple(word for word in there if word not in SMALL)
    for place in range(len(words) - len(member) + 1):
        if tuple(words[place : place + len(member)]) == member:
            before = words[place - 1] if place else ""
            after = words[place + len(member)] if place + len(member) < len(words) else ""
            same_before = before == one.before or not one.before
            return same_before and (after == one.after or (_closes(one.after) and _closes(after)))
    return False


def _rest_kept(one: List, above: str, kept: Words, language: Language) -> bool:
    """Whether the item keeps nearly all of the superior's words outside a list."""
    place = above.find(one.text)
    rest = [
        token for token in tokens(above[:place] + " ; " + above[place + len(one.text) :], language) if is_content(token)
    ]
    return place >= 0 and len(rest) > 1 and sum(kept.has(token.word) for token in rest) >= 0.8 * len(rest)


def _same_sentence(one: List, above: str, kept: Words, language: Language) -> bool:
    """Whether the item is about the sentence in which a list stands: it has some of the words around it."""
    place = above.find(one.text)
    if place < 0:
        return True
    start = max(above.rfind(sign, 0, place) for sign in (". ", "; ", ": ")) + 1
    stop = min((end for sign in ".;:" if (end := above.find(sign, place + len(one.text))) >= 0), default=len(above))
    around = f"{above[start:place]} ; {above[place + len(one.text) : stop]}"
    words = [token.word for token in tokens(around, language) if not token.sign and token.word not in FUNCTION | OPENS]
    return len(words) < 2 or sum(kept.has(word) for word in words) >= 0.25 * len(words)


def _persons(one: List) -> bool:
    """Whether both members are classes of persons, bodies or places."""
    first = classes(" ".join(one.members[0]).replace("_", " "))
    last = classes(" ".join((*one.members[1], one.after)).replace("_", " ").replace("-", " "))
    kinds = {name.kind for name in (*first[:1], *last[:1])}
    return bool(first and last) and first[0].group != last[0].group and kinds <= {"person", "body", "place"}


def _begins_elsewhere(one: List) -> bool:
    """Whether a row of bodies only seems to begin with what ends the clause before it ("ngày …, cơ quan, tổ chức")."""
    bodies = [
        any(name.kind in ("body", "person") for name in classes(" ".join(member[:1]).replace("_", " ")))
        for member in one.members
    ]
    return len(bodies) > 2 and not bodies[0] and all(bodies[1:])


def _unlike(one: List) -> bool:
    """Whether one of two members is a class of persons or bodies and the other is none: then a clause begins between."""
    return len({bool(classes(" ".join(member[:1]).replace("_", " "))) for member in one.members}) == 2


def _nouns(one: List) -> bool:
    """Whether the members of a list begin with nouns that are known as such."""
    known = word_list("nouns-vi")
    return all(
        member[0] in known or classes(member[0].replace("_", " ")) or heads(" ".join(member).replace("_", " "))
        for member in one.members
    )


def _papers(one: List) -> bool:
    """Whether all members of a list are kinds of documents ("chương trình, kế hoạch")."""
    return all(heads(" ".join(member[:1]).replace("_", " ")) for member in one.members)


def _swapped(below: str, above: str) -> bool:
    """Whether an item names a person or body of its own: then it has put one in the place of another."""
    there = groups(above)
    return any(one.kind in ("person", "body") and one.group not in there for one in classes(below))


_BODIES = frozenset(("cơ_quan", "đơn_vị", "tổ_chức", "cá_nhân", "bộ", "ngành", "địa_phương", "lĩnh_vực"))


def _generic(one: List) -> bool:
    """A list of bare words for any body: one of them stands for all."""
    return all(len(member) == 1 and member[0] in _BODIES for member in one.members)


def _closes(word: str) -> bool:
    """Whether nothing more of the phrase comes with a word."""
    return not word or word in OPENS or word in FUNCTION or is_verb(word)


def _printed(member: tuple[str, ...], below: str) -> str:
    whole = " ".join(member).replace("_", " ")
    return whole if whole in below else member[0].replace("_", " ")
