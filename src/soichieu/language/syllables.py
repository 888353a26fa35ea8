"""The shape of a Vietnamese syllable, by which one tells Vietnamese letters from misread bytes."""

from __future__ import annotations

import re
import unicodedata

TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Combining grave, hook above, tilde, acute, dot below: huyền, hỏi, ngã, sắc, nặng, in alphabetical order."""

_ONSET = "(?:ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
_RHYME = (
    "(?:oa|oe|uy|uê|uơ|ia|ua|ưa|yê|iê|uô|ươ|uyê|uya|oă|uâ|oai|oay|oeo|uây|oao|uyu|ai|ao|au|ay|âu|ây|eo|êu|iu|iêu"
    "|yêu|oi|ôi|ơi|ui|ưi|ưu|uôi|ươi|ươu|oo|uêu|[aăâeêioôơuưy])"
)
_SYLLABLE = re.compile(f"{_ONSET}{_RHYME}(?:ch|ng|nh|[cmnpt])?")


def is_syllable(word: str) -> bool:
    """Whether `word` has the shape of a Vietnamese syllable ("nghị", "Đảng"): at most one tone, a known rhyme."""
    split = unicodedata.normalize("NFD", word.casefold())
    if sum(char in TONES for char in split) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(char for char in split if char not in TONES))
    return _SYLLABLE.fullmatch(bare) is not None
