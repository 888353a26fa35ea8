"""Vietnamese alphabetical order, as a key that sorts alike in Python and in any database.

Letters first (a ă â b c d đ e ê … y, with f j w z in their Latin places), then tones (ngang, huyền, hỏi, ngã,
sắc, nặng), then case (lower before upper): the order of the dictionaries and of the Unicode locale data for "vi".
Numbers inside a name sort by value ("Quận 2" before "Quận 10"); punctuation and dashes count as spaces.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from .syllables import TONES

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER = {letter: f"{0x30 + place:02x}" for place, letter in enumerate(_ALPHABET)}
_TONE = {tone: str(place + 1) for place, tone in enumerate(TONES)}
_MODIFIERS = "\u0302\u0306\u031b"  # circumflex, breve, horn: they make another letter


@lru_cache(maxsize=65_536)
def sort_key(s: str) -> str:
    """A key for `sorted`, `ORDER BY` and comparison: lower-case hexadecimal digits only.

    Any byte-wise or linguistic collation of a database orders such keys alike, so the key may be stored. NFC and
    NFD of one text give one key; different texts give different keys, so the order is total.
    """
    primary: list[str] = []
    secondary: list[str] = []
    tertiary: list[str] = []
    decomposed = unicodedata.normalize("NFD", s)
    place, size = 0, len(decomposed)
    pending_space = False
    while place < size:
        char = decomposed[place]
        if char.isascii() and char.isdigit():
            end = place
            while end < size and decomposed[end].isascii() and decomposed[end].isdigit():
                end += 1
            digits = decomposed[place:end].lstrip("0") or "0"
            weight = "2" + f"{min(len(digits), 0xFFF):03x}" + digits
            tone = case = ""
        else:
            end = place + 1
            while end < size and unicodedata.combining(decomposed[end]):
                end += 1
            marks = decomposed[place + 1 : end]
            letter = unicodedata.normalize("NFC", char.lower() + "".join(m for m in marks if m in _MODIFIERS))
            if letter in _LETTER:
                weight = _LETTER[letter]
            elif letter[0] in _LETTER:
                weight = _LETTER[letter[0]]
            elif char.isalnum():
                weight = "f" + f"{ord(char.lower()[0]):06x}"
            else:
                pending_space = bool(primary)
                place = end
                continue
            tone = next((_TONE[m] for m in marks if m in _TONE), "0")
            case = "1" if char != char.lower() else "0"
        if pending_space:
            primary.append("10")
            secondary.append("0")
            tertiary.append("0")
            pending_space = False
        primary.append(weight)
        secondary.append(tone or "0")
        tertiary.append(case or "0")
        place = end
    identity = unicodedata.normalize("NFC", s).encode("utf-8", "surrogatepass").hex()
    return "".join(primary) + "00" + "".join(secondary) + "a" + "".join(tertiary) + "a" + identity
