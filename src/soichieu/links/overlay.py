"""Two texts laid over each other: which words both have, what the answer added, what it left out. Plain Python.

Where they are nearly one text they are merged into one, as a proof-reader marks a copy; where they are not, each stays
whole with the words they share marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

MERGED_FROM = 0.5
"""From this share of common words, in order, two texts are shown as one."""

_WORD = re.compile(r"\w+", re.UNICODE)
_CHUNK = re.compile(r"\S+")
_SHORTEST = 2
"""Words that a run must have to count as shared; a single one ("và", "các") says nothing."""


@dataclass(frozen=True)
class Piece:
    """A stretch of text. ``kind``: ``both``, ``added`` (only the answer), ``gone`` (only the order), ``plain``;
    ``mark``: ``drift``, or the kind of what was made specific (quantity, place, person, date, product), or nothing."""

    kind: str
    text: str
    mark: str = ""


@dataclass(frozen=True)
class Overlay:
    """``merged`` holds one text made of both, or is empty; ``order`` and ``answer`` hold each whole."""

    alike: float
    merged: tuple[Piece, ...]
    order: tuple[Piece, ...]
    answer: tuple[Piece, ...]

    @property
    def shared(self) -> int:
        """How many words of the answer stand in the order too."""
        return sum(len(_WORD.findall(one.text)) for one in self.answer if one.kind == "both")

    @property
    def words(self) -> int:
        """How many words the answer has."""
        return sum(len(_WORD.findall(one.text)) for one in self.answer)


@lru_cache(maxsize=512)
def lay_over(order: str, answer: str, marks: tuple[tuple[str, str], ...] = ()) -> Overlay:
    """Lay an answer over what was ordered. ``marks``: (words of the answer, what they are) to be marked in it."""
    left, right = _CHUNK.findall(order), _CHUNK.findall(answer)
    a, b = [_key(one) for one in left], [_key(one) for one in right]
    in_left, in_right = _shared_runs(a, b)
    flags = _marked(answer, right, marks)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    alike = matcher.ratio() if a and b else 0.0
    merged: list[Piece] = []
    if alike >= MERGED_FROM:
        merged = _merge(matcher, left, right, flags)
    return Overlay(
        round(alike, 3),
        tuple(merged),
        tuple(_grouped(("both" if shared else "plain", word, "") for word, shared in zip(left, in_left, strict=True))),
        tuple(
            _grouped(
                ("both" if shared else "added", word, mark)
                for word, shared, mark in zip(right, in_right, flags, strict=True)
            )
        ),
    )


def _key(chunk: str) -> str:
    return "".join(_WORD.findall(chunk.lower())) or chunk


def _shared_runs(a: Sequence[str], b: Sequence[str]) -> tuple[list[bool], list[bool]]:
    """Which words of each stand in a run that both have, wherever it stands: order may differ."""
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(a) - _SHORTEST + 1):
        places.setdefault(tuple(a[at : at + _SHORTEST]), []).append(at)
    in_a, in_b = [False] * len(a), [False] * len(b)
    at = 0
    while at <= len(b) - _SHORTEST:
        best, where = 0, 0
        for start in places.get(tuple(b[at : at + _SHORTEST]), ()):
            long = _SHORTEST
            while at + long < len(b) and start + long < len(a) and a[start + long] == b[at + long]:
                long += 1
            if long > best:
                best, where = long, start
        if best:
            in_a[where : where + best] = [True] * best
            in_b[at : at + best] = [True] * best
        at += best or 1
    return in_a, in_b


def _marked(answer: str, chunks: Sequence[str], marks: Iterable[tuple[str, str]]) -> list[str]:
    """For each chunk of the answer what it is marked as."""
    spans = [(found.start(), found.end()) for found in _CHUNK.finditer(answer)]
    flags = [""] * len(chunks)
    for words, what in marks:
        start = answer.find(words) if words else -1
        if start < 0:
            continue
        for at, (begins, ends) in enumerate(spans):
            if begins < start + len(words) and ends > start:
                flags[at] = what
    return flags


def _merge(matcher: SequenceMatcher[str], left: list[str], right: list[str], flags: list[str]) -> list[Piece]:
    steps: list[tuple[str, str, str]] = []
    for what, a0, a1, b0, b1 in matcher.get_opcodes():
        if what == "equal" and (a1 - a0 >= _SHORTEST or a0 == 0 or a1 == len(left)):
            steps += [("both", word, flags[b0 + at]) for at, word in enumerate(right[b0:b1])]
            continue
        steps += [("gone", word, "") for word in left[a0:a1]]
        steps += [("added", word, flags[b0 + at]) for at, word in enumerate(right[b0:b1])]
    return _grouped(_sorted_changes(steps))


def _sorted_changes(steps: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Between two shared runs first what is gone, then what was added: single words do not alternate."""
    out: list[tuple[str, str, str]] = []
    gone: list[tuple[str, str, str]] = []
    added: list[tuple[str, str, str]] = []
    for step in steps:
        if step[0] == "both":
            out += [*gone, *added, step]
            gone, added = [], []
        else:
            (gone if step[0] == "gone" else added).append(step)
    return [*out, *gone, *added]


def _grouped(steps: Iterable[tuple[str, str, str]]) -> list[Piece]:
    pieces: list[Piece] = []
    for kind, word, mark in steps:
        if pieces and pieces[-1].kind == kind and pieces[-1].mark == mark:
            pieces[-1] = Piece(kind, f"{pieces[-1].text} {word}", mark)
        else:
            pieces.append(Piece(kind, word, mark))
    return pieces
