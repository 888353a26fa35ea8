"""Unicode forms of Vietnamese text: what is stored, what is searched and what is compared.

Stored text is NFC and otherwise as it was printed. The other forms are keys, never shown:

- `fold` for searching: no case, no marks, đ as d;
- `comparison_key` for "is it the same text": case, placing of the tone mark, kinds of dash, of space and of
  quotation mark make no difference, tones and vowels do.

Bytes of unknown encoding are in `encodings`, re-exported here.
"""

from __future__ import annotations

import re
import unicodedata

from .encodings import Decoded, UnreadableText, decode, encode, mend_legacy
from .syllables import TONES, is_syllable

__all__ = [
    "DASHES",
    "Decoded",
    "UnreadableText",
    "comparison_key",
    "decode",
    "encode",
    "fold",
    "fold_tone_placement",
    "is_syllable",
    "mend_legacy",
    "nfc",
    "typed",
]

DASHES = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\ufffe"
"""Characters that stand for a hyphen or dash in files, U+FFFE (pdfium's broken hyphen) among them."""


_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\ufffe]")
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_DASH = re.compile("[" + re.escape(DASHES) + "]")
_DOUBLE = re.compile("[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02]")
_SINGLE = re.compile("[\u2018\u2019\u201a\u201b\u2032\u00b4`\uff07]")


def nfc(s: str) -> str:
    """`s` in Unicode form NFC, the only form that is stored."""
    return unicodedata.normalize("NFC", s)


def typed(s: str) -> str:
    """`s` as it is kept when a person typed it: NFC, without control characters and without the marks that turn the
    direction of reading, by which a line can be made to look like another. Line breaks and tabs stay."""
    return nfc(_STEERING.sub("", s))


def _toned(base: str) -> dict[str, str]:
    """Each toned form of a plain or marked vowel with its combining tone."""
    return {unicodedata.normalize("NFC", base + tone): tone for tone in TONES}


_TONE_OF = {form: tone for base in "aeoyuiưAEOYUIƯ" for form, tone in _toned(base).items()}
_BARE = {form: unicodedata.normalize("NFD", form)[0] for form in _TONE_OF} | {
    form: "ư" if form.islower() else "Ư" for base in "ưƯ" for form in _toned(base)
}


def _forms(base: str) -> str:
    return "".join(_toned(base) | _toned(base.upper()))


# Three families of placement, each rewritten to the older style, the one of most official texts of the 2010s:
# open oa, oe, uy carry the tone on the first vowel (hòa, khỏe, thủy); the same closed by a consonant or a glide
# carry it on the second (hoàn, ngoài, huỳnh); ia, ua, ưa carry it on the first (nghĩa, của, nửa). u after q and
# i after g belong to the consonant.
_SECOND_OPEN = re.compile(rf"(?<![qQ])([oOuU])((?<=[oO])[{_forms('a')}{_forms('e')}]|(?<=[uU])[{_forms('y')}])(?!\w)")
_FIRST_CLOSED = re.compile(
    rf"(?<![qQ])([{_forms('o')}])([aAeE])(?=[a-zA-Z])|(?<![qQ])([{_forms('u')}])([yY])(?=[a-zA-Z])"
    rf"|(?<=[qQ])([{_forms('u')}])([aAeEyYiI])|(?<=[gG])([{_forms('i')}])([aAoOuU])"
)
_SECOND_FALLING = re.compile(rf"(?<![gGqQ])([iIuUưƯ])([{_forms('a')}])(?!\w)")


def _tone_back(match: re.Match[str]) -> str:
    first, second = match[1], match[2]
    return nfc(first + _TONE_OF[second]) + _BARE[second]


def _tone_on(match: re.Match[str]) -> str:
    first, second = (group for group in match.groups() if group)
    return _BARE[first] + nfc(second + _TONE_OF[first])


def fold_tone_placement(s: str) -> str:
    """`s` with tone marks placed in one style: hoà and hòa both give "hòa". For comparison only, never stored.

    Mistyped places go the same way ("tòan" gives "toàn", "qúy" gives "quý").
    """
    s = nfc(s)
    if s.isascii():
        return s
    s = _SECOND_OPEN.sub(_tone_back, s)
    s = _FIRST_CLOSED.sub(_tone_on, s)
    return _SECOND_FALLING.sub(_tone_back, s)


def fold(s: str) -> str:
    """The search key: casefolded, without tones and vowel marks, đ as d, single spaces. "Đà Nẵng" gives "da nang"."""
    if not s.isascii():
        s = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", s).casefold())
        s = _INVISIBLE.sub("", s)
        s = "".join(char for char in s if not unicodedata.combining(char)).replace("đ", "d")
    return " ".join(s.casefold().split())


def comparison_key(s: str) -> str:
    """The key under which two printings of one text are equal.

    NFC, casefolded, tone placement folded, runs of whitespace one space, kinds of dash and of quotation mark one.
    Tones and vowels stay: "hoà" equals "hòa" but not "hoa".
    """
    s = nfc(s)
    if not s.isascii():
        s = _DASH.sub("-", s)
        s = _SINGLE.sub("'", _DOUBLE.sub('"', _INVISIBLE.sub("", s)))
        s = fold_tone_placement(nfc(s.casefold()))
        return " ".join(s.split())
    return " ".join(s.casefold().split())
