"""What an item does with a sentence of its superior: copied, reworded, made specific, or another matter.

Copying is forbidden since conclusion 226-KL/TW of 11-12-2025; saying the same in other words adds nothing either. What
counts is what was *added* that can be checked (``additions``). The rest of the item is compared with the superior word
by word, pair by pair and by meaning (concepts; in Vietnamese vectors learnt from laws); two small logistic models,
learnt from the development rows of the test sets (``tools/learn_copying.py``), tell the same matter from another one
and copied words from other words.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

import numpy as np

from soichieu.alignment.additions import Addition, additions
from soichieu.alignment.amounts import in_digits
from soichieu.alignment.concepts import concept_spans
from soichieu.alignment.names import without_own
from soichieu.alignment.segmentation import segment
from soichieu.alignment.shipped import word_list
from soichieu.alignment.stemming import stem
from soichieu.alignment.tokens import Language, language_of, raw_words
from soichieu.alignment.vectors import word_vectors

Class = Literal["copied", "reworded", "specific", "own"]
CLASSES: tuple[Class, ...] = ("copied", "reworded", "specific", "own")

FEATURES = ("covered", "covered_rare", "covers", "pairs", "run", "scattered", "concepts", "concepts_left", "meaning",
            "meaning_left", "soft", "added", "vi")  # fmt: skip
"""Share of the item's words that the superior has, the same with everyday words counting less, share of the superior's
words that the item has; share of neighbouring pairs kept; longest run kept; share of kept words outside that run;
shared concepts of all words and of the words not shared; likeness of the vectors of all words and of the words not
shared; mean likeness of each word to its nearest; number of additions; 1 in Vietnamese."""


_PER_CENT = re.compile(r"phần\s+trăm|per\s?cent|%", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How an item stands to one sentence. ``taken``: the share of the item's own words that stand in the superior
    (0 … 1, additions left out); ``related``: how sure it is that both are one matter; ``additions``: what was added
    that can be checked, empty unless the class is *specific*."""

    kind: Class
    taken: float
    related: float
    additions: tuple[Addition, ...]


def compare(
    superior: str, item: str, unit: str = "", *, chance: float | None = None, language: Language | None = None
) -> Comparison:
    """What an item does with a sentence. ``unit``: the owing unit's own name, which is no addition.

    ``chance``: how sure it is from elsewhere that both are one matter: 1 for a pair that a person linked (it is then
    never *own*), the score of a suggestion; None when only the two texts are known.
    """
    language = language or language_of([superior, item])
    added = tuple(additions(superior, item, unit))
    values = features(superior, item, unit, language, added)
    related = _probability("related", values) if chance is None else chance
    if related < 0.5:
        return Comparison("own", values["covered"], related, ())
    if added:
        return Comparison("specific", values["covered"], related, added)
    # A short sentence with two words changed about keeps no pairs of neighbours and is copied all the same.
    whole = values["covered"] >= 0.8 and values["covers"] >= 0.8
    kind: Class = "copied" if whole or _probability("copied", values) >= 0.5 else "reworded"
    return Comparison(kind, values["covered"], related, ())


def words_of(text: str, language: Language) -> list[str]:
    """The words of a text that carry meaning, in order: stems in English, segmented words in Vietnamese."""
    # Numbers in words and in digits are the same word; so are "phần trăm" and "%".
    words = raw_words(_PER_CENT.sub(" ", in_digits(text)[0]))
    if language == "en":
        return [stem(word) for word in words if word not in word_list("empty-words-en")]
    return [word for word in segment(words) if word not in word_list("empty-words-vi")]


def features(
    superior: str, item: str, unit: str, language: Language, added: Sequence[Addition] | None = None
) -> dict[str, float]:
    """The measures of a pair (:data:`FEATURES`), the added parts and the unit's own name left out of the item."""
    added = additions(superior, item, unit) if added is None else added
    rest = list(item)
    for part in added:
        rest[part.span[0] : part.span[1]] = " " * (part.span[1] - part.span[0])
    text = "".join(rest)
    if unit:
        text = without_own(text.replace(unit, " "), unit, language)
    mine, theirs = words_of(text, language), words_of(superior, language)
    there, here = set(theirs), set(mine)
    shared = [word in there for word in mine]
    pairs = set(zip(theirs, theirs[1:], strict=False))
    own_pairs = list(zip(mine, mine[1:], strict=False))
    run = _longest_run(mine, theirs)
    many = max(1, len(mine))
    left, right = [word for word in mine if word not in there], [word for word in theirs if word not in here]
    concepts = [_concepts(words, language) for words in (text, superior)]
    left_concepts = [_concepts(" ".join(words).replace("_", " "), language) for words in (left, right)]
    common, rare = sum(shared), sum(_weight(word) for word, is_shared in zip(mine, shared, strict=True) if is_shared)
    return {
        "covered": common / many,
        "covered_rare": rare / max(1e-9, sum(_weight(word) for word in mine)),
        "covers": sum(word in here for word in theirs) / max(1, len(theirs)),
        "pairs": sum(pair in pairs for pair in own_pairs) / max(1, len(own_pairs)),
        "run": run / many,
        "scattered": (common - run) / many,
        "concepts": _overlap(*concepts),
        "concepts_left": _overlap(*left_concepts),
        "meaning": _likeness(mine, theirs, language),
        "meaning_left": _likeness(left, right, language),
        "soft": _soft(mine, theirs, language),
        "added": float(min(3, len(added))),
        "vi": float(language == "vi"),
    }


def _longest_run(mine: Sequence[str], theirs: Sequence[str]) -> int:
    best = 0
    row = [0] * (len(theirs) + 1)
    for word in mine:
        new = [0] * (len(theirs) + 1)
        for at, other in enumerate(theirs, 1):
            if word == other:
                new[at] = row[at - 1] + 1
                best = max(best, new[at])
        row = new
    return best


def _weight(word: str) -> float:
    return 0.25 if word in word_list("frame-words") else 1.0


def _concepts(text: str, language: Language) -> set[str]:
    words = raw_words(text)
    if language == "en":
        words = [stem(word) for word in words]
    return {concept for _start, _end, concepts in concept_spans(words, language) for concept in concepts}


def _overlap(one: set[str], two: set[str]) -> float:
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0


def _vectors(words: Sequence[str]) -> np.ndarray:
    known, table = word_vectors()
    return table[[known[word] for word in words if word in known]]


def _likeness(mine: Sequence[str], theirs: Sequence[str], language: Language) -> float:
    if language != "vi":
        return 0.0
    one, two = _vectors(mine), _vectors(theirs)
    if not len(one) or not len(two):
        return 0.0
    one, two = one.mean(0), two.mean(0)
    return float(one @ two / max(1e-9, float(np.linalg.norm(one) * np.linalg.norm(two))))


def _soft(mine: Sequence[str], theirs: Sequence[str], language: Language) -> float:
    if language != "vi":
        return 0.0
    one, two = _vectors(mine), _vectors(theirs)
    return float((one @ two.T).max(1).mean()) if len(one) and len(two) else 0.0


@lru_cache(maxsize=1)
def _models() -> dict[str, dict[str, float]]:
    return json.loads(resources.files(__package__).joinpath("data", "copying.json").read_text(encoding="utf-8"))


def _probability(model: str, values: dict[str, float]) -> float:
    weights = _models()[model]
    score = weights["bias"] + sum(weights.get(name, 0.0) * values[name] for name in FEATURES)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
