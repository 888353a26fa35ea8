"""Lists in running text: their members, and where they begin and end.

Where a list begins and ends is nowhere marked: its inner members say how long a member is, a head that they repeat
says where the first one begins, and a verb, a preposition or a sign ends the last one. A list of verbs, of manners or
of qualities is none that could be cut: only things, fields, bodies and persons are members.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from soichieu.alignment.classes import classes
from soichieu.alignment.grammar import (
    BOUNDS,
    FUNCTION,
    OPENS,
    WIDE,
    Token,
    is_verb,
    tokens,
)
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

OTHERS = frozenset(("other", "others", "khác", "etc", "vv"))
"""What closes a list without naming its last members."""


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
            return [token for token in part[place + 1 :] if token.word not in ("as", "where", "possible", "if")]
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
