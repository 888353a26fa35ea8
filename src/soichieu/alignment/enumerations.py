"""Whether an item keeps some members of a list of its superior and says nothing of others."""

from __future__ import annotations

import re

from soichieu.alignment.classes import classes, groups
from soichieu.alignment.grammar import FUNCTION, OPENS, QUALITIES, WIDE, Token, Words, is_content, is_verb, tokens
from soichieu.alignment.lists import OTHERS, SMALL, List, lists
from soichieu.alignment.products import heads
from soichieu.alignment.shipped import word_list
from soichieu.alignment.tokens import Language

_AUXILIARY = frozenset(("be", "is", "are", "was", "were", "been", "to", "will", "được", "bị"))


def part_of_list(above: str, below: str, language: Language) -> tuple[str, str] | None:
    """A list of the superior of which the item keeps some members and leaves others out (comparison keys)."""
    below = re.sub(r"\bas well as\b", "and", below)
    kept = Words(below, language)
    given = tokens(below, language)
    if any(token.word in OTHERS or token.word == "otherwise" for token in given):
        return None
    if language == "en" and kept.has("both") and "both" not in above:
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
    others = any(word in OTHERS for word in one.text.split())
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
        if not own or any(word in OTHERS or re.search(r"\d", word) for word in member) or _quality(own):
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
    """Whether one of two members is a class of persons or bodies and the other none: then a clause begins between."""
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
