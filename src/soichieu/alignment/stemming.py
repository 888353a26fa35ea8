"""A light stemmer for English: "establishing", "established" and "establishment" fall together.

It removes one ending, the longest that leaves at least three letters. Porter's rules go further and join words that
differ in administrative texts ("general", "generate"); what is needed here is inflection and the commonest nouns of
verbs.
"""

from __future__ import annotations

from functools import lru_cache

_ENDINGS: tuple[tuple[str, str], ...] = tuple(
    sorted(
        {
            "ational": "ate", "ization": "ize", "isation": "ize", "ations": "at", "ation": "at", "fulness": "ful",
            "ousness": "ous", "iveness": "ive", "ements": "", "ement": "", "ments": "", "ment": "", "ities": "",
            "ity": "", "ies": "y", "ness": "", "ings": "", "ing": "", "ers": "", "ive": "", "ions": "", "ion": "",
            "edly": "", "ed": "", "es": "", "ly": "", "s": "", "e": "",
        }.items(),
        key=lambda pair: -len(pair[0]),
    )
)  # fmt: skip


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """`word`, in small letters, without its ending. Words of up to three letters stay as they are."""
    if len(word) <= 3 or not word.isascii() or word.isdigit():
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: len(word) - len(ending)] + instead
    return word
