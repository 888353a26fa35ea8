"""Words that mean the same or belong together: lists written by hand, one concept a line.

``data/concepts-<language>.txt``: phrases separated by semicolons, a comment after #. A phrase may stand in several
lines. The lists are about the work of administrations at large (laws, money, staff, schools, health, roads, data …),
not about one directive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from ..language.text import fold_tone_placement
from .stemming import stem

if TYPE_CHECKING:
    from .tokens import Language


@lru_cache(maxsize=2)
def _phrases(language: str) -> tuple[dict[tuple[str, ...], tuple[str, ...]], dict[str, int]]:
    """The concepts of each phrase, and the longest phrase that begins with each word."""
    found: dict[tuple[str, ...], set[int]] = {}
    text = (resources.files(__package__) / "data" / f"concepts-{language}.txt").read_text("utf-8")
    for number, line in enumerate(line for line in text.splitlines() if line.strip() and not line.startswith("#")):
        for phrase in line.split(";"):
            words = re.findall(r"[^\W_]+", fold_tone_placement(phrase).casefold())
            if language == "en":
                words = [stem(word) for word in words]
            if words:
                found.setdefault(tuple(words), set()).add(number)
    longest: dict[str, int] = {}
    for words_of in found:
        longest[words_of[0]] = max(longest.get(words_of[0], 0), len(words_of))
    return {words_of: tuple(f"c{n}" for n in sorted(numbers)) for words_of, numbers in found.items()}, longest


def concept_spans(words: Sequence[str], language: Language) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where concepts stand in `words`: start, end, concepts; the longest phrase at each place, none overlapping."""
    phrases, longest = _phrases(language)
    spans = []
    place = 0
    while place < len(words):
        for length in range(min(longest.get(words[place], 0), len(words) - place), 0, -1):
            concepts = phrases.get(tuple(words[place : place + length]))
            if concepts is not None:
                spans.append((place, place + length, concepts))
                place += length
                break
        else:
            place += 1
    return spans


def concepts_in(words: Sequence[str], language: Language) -> list[str]:
    """The concepts of `words`, in order, each as often as it is named."""
    return [concept for _, _, concepts in concept_spans(words, language) for concept in concepts]
