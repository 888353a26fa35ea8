"""From a text to what is counted: words, word pairs, concepts.

Preparing is the slow part of an alignment, so it is done once for each text and kept under the hash of the text
(`Cache`): any mapping will do, in memory by default.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from ..language.text import fold_tone_placement
from .concepts import concepts_in
from .matrices import Bag, call
from .segmentation import segment
from .stemming import stem

Language = Literal["vi", "en"]
VERSION = "2"
"""Part of the key of a prepared text: raised whenever preparing gives something else."""

LONGEST = 40
"""Letters of a word that its parts are taken from: more is no word."""
_WORD = re.compile(r"[^\W_]+")
_VIETNAMESE = frozenset("ăđơưảạẩẫậấầằẳẵắặẻẽẹềểễếệỉĩịỏọồổỗốộờởỡớợủũụừửữứựỷỹỵ")
"""Letters that no other language written in Latin letters has many of: é or ô would be French as well."""
_SHARE = 0.04
"""From this share of Vietnamese letters on a text is Vietnamese: running text has 0.15 or more, others next to none."""


HEAD = 12
"""Words from the beginning of a text that count as its head: what it is about stands first."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What is counted of a text: `words` (syllables in Vietnamese, stems in English), `groups` (pairs of words that
    stand together), `concepts` (the lists of words that mean the same), `forms` (Vietnamese words of several
    syllables; runs of letters inside English words) and the words of its `head`."""

    words: Bag
    groups: Bag
    concepts: Bag
    forms: Bag
    head: Bag


Cache = MutableMapping[str, Prepared]
"""Prepared texts under `key`; a dictionary, or anything that behaves like one."""


def language_of(texts: Iterable[str]) -> Language:
    """The language most of the letters are in. A text without letters is Vietnamese."""
    letters = marked = 0
    for text in texts:
        for char in text.casefold():
            if char.isalpha():
                letters += 1
                marked += char in _VIETNAMESE
        if letters > 20_000:
            break
    return "vi" if marked >= _SHARE * letters else "en"


def key(text: str, language: Language) -> str:
    """The name under which a prepared text is kept."""
    return hashlib.blake2b(f"{VERSION}\0{language}\0{text}".encode(errors="surrogatepass"), digest_size=16).hexdigest()


def raw_words(text: str) -> list[str]:
    """The words of `text` in small letters, tone marks placed in one style."""
    return _WORD.findall(fold_tone_placement(text).casefold())


def prepare(text: str, language: Language) -> Prepared:
    """What is counted of `text`."""
    words = raw_words(text)
    if language == "en":
        words = [stem(word) for word in words]
    pairs = (f"{one}_{next_}" for one, next_ in zip(words, words[1:], strict=False))
    forms = Bag.of(segment(words)) if language == "vi" else _parts(words)
    return Prepared(Bag.of(words), Bag.of(pairs), Bag.of(concepts_in(words, language)), forms, Bag.of(words[:HEAD]))


def _parts(words: Sequence[str]) -> Bag:
    """Runs of three to five letters inside the words: "encrypt" and "decryption" meet there."""
    return Bag.of_calls(np.concatenate([_parts_of(word) for word in words] or [np.zeros(0, np.int64)]))


@lru_cache(maxsize=50_000)
def _parts_of(word: str) -> np.ndarray:
    shown = f" {word[:LONGEST]} "
    runs = [shown[place : place + length] for length in (3, 4, 5) for place in range(len(shown) - length + 1)]
    return np.array([call(run) for run in runs], np.int64)


def prepared(texts: Iterable[str], language: Language, cache: Cache) -> list[Prepared]:
    """`texts` prepared, from the cache where they are in it."""
    found = []
    for text in texts:
        name = key(text, language)
        ready = cache.get(name)
        if ready is None:
            ready = cache[name] = prepare(text, language)
        found.append(ready)
    return found
