"""A unit's own name in all the ways in which it speaks of itself: none of them is an addition.

"Ủy ban nhân dân phường Bến Sậy" is also "UBND phường", "phường Bến Sậy", "Chủ tịch UBND phường"; "Sở Khoa học và Công
nghệ" is "Sở KH&CN"; "Port Authority of Ellenhaven" is "the Authority". A body within it is another ("Phòng Văn hóa").
"""

from __future__ import annotations

import re
from functools import lru_cache

from soichieu.alignment.phrases import Text, words_of
from soichieu.alignment.tokens import Language

_SHORT = {
    "ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "thpt": "trung học phổ thông", "thcs": "trung học cơ sở",
    "gdtx": "giáo dục thường xuyên", "mttq": "mặt trận tổ quốc", "tnhh": "trách nhiệm hữu hạn", "mtv": "một thành viên",
    "htx": "hợp tác xã", "tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "ttyt": "trung tâm y tế",
    "bv": "bệnh viện",
    "ql": "quản lý", "cp": "cổ phần", "đh": "đại học", "cđ": "cao đẳng", "vp": "văn phòng",
    "clb": "câu lạc bộ", "vhtt": "văn hóa thông tin", "tdtt": "thể dục thể thao", "kt": "kinh tế", "tv": "thư viện",
}  # fmt: skip
_BARE_HEADS = words_of("own-heads")
"""Words of the title of a unit's own head: the unit itself, when it acts."""

_OWN_WORDS = words_of("own-words")


class Own:
    """What belongs to a unit's own name in a text of its own."""

    def __init__(self, unit: str, language: Language) -> None:
        self.language = language
        self._rows, self._initials, self._words = _forms(unit, language)

    def __bool__(self) -> bool:
        return bool(self._rows)

    def is_own(self, keys: list[str]) -> bool:
        """Whether a phrase says no more than the unit itself, or its head."""
        if not self._rows:
            return False
        if self.language == "en":
            said = [key.removesuffix("'s").removesuffix("’s") for key in keys if key not in _OWN_WORDS]
            rest = [key for key in said if key not in self._words]
            titles = [key for key in rest if key in _BARE_HEADS]
            return bool(said) and len(rest) == len(titles) and len(titles) <= 2
        rest = [key for place, key in enumerate(keys) if place not in self.places(keys)]
        return all(key in _BARE_HEADS or key in _OWN_WORDS for key in rest)

    def opening(self, keys: list[str]) -> int:
        """How many words at the beginning of a phrase are the unit itself, or its head."""
        place = 0
        while place < len(keys) and keys[place] in _BARE_HEADS and not self._run(keys, place):
            place += 1
        size = self._run(keys, place, first=True) if place < len(keys) else 0
        return place + size if size else 0

    def places(self, keys: list[str]) -> frozenset[int]:
        """The places of words that stand in the unit's name, in the same row."""
        found: set[int] = set()
        place = 0
        while place < len(keys):
            size = self._run(keys, place)
            found.update(range(place, place + size))
            place += size or 1
        return frozenset(found)

    def _run(self, keys: list[str], place: int, first: bool = False) -> int:
        """How many words from a place on stand in the unit's name; ``first``: at its beginning."""
        if keys[place] in self._initials:
            return 1
        best = 0
        for row in self._rows:
            for start, key in enumerate(row):
                if key != keys[place] or (first and start):
                    continue
                size = 1
                while place + size < len(keys) and start + size < len(row) and keys[place + size] == row[start + size]:
                    size += 1
                best = max(best, size)
        return best


def without_own(text: str, unit: str, language: Language) -> str:
    """A text without the names by which a unit speaks of itself: "UBND xã", "Chủ tịch UBND xã", "the Registry"."""
    own, words = Own(unit, language), Text(text, language)
    out, place, copied = [], 0, 0
    while place < len(words):
        size = own.opening(words.keys[place : place + 16])
        if size > 1 or (size and words.opens(place)):
            out.append(text[copied : words.words[place].start])
            copied = words.words[place + size - 1].end
        place += max(1, size)
    return " ".join([*out, text[copied:]])


@lru_cache(maxsize=256)
def _forms(unit: str, language: Language) -> tuple[tuple[tuple[str, ...], ...], frozenset[str], frozenset[str]]:
    """The unit's name in its long and short forms, the initials of its parts, and its words."""
    keys = [key for key in Text(re.sub(r"\(hư cấu\)", "", unit), language).keys if key]
    if not keys:
        return (), frozenset(), frozenset()
    long: list[str] = []
    for key in keys:
        long += _SHORT.get(key, key).split()
    text = " ".join(long)
    rows = {tuple(keys), tuple(long)}
    for short, full in _SHORT.items():
        text_short = re.sub(rf"(?<!\w){full}(?!\w)", short, text)
        if text_short != text:
            rows.add(tuple(text_short.split()))
            rows.add(tuple(re.sub(rf"(?<!\w){full}(?!\w)", short, " ".join(keys)).split()))
    without = tuple(key for key in long if key not in ("và", "các"))  # "Phòng Kinh tế - Hạ tầng"
    rows.add(without)
    parts = [key for key in long if key not in ("và", "của", "các", "of", "and", "the", "for")]
    letters = "".join(key[0] for key in parts)
    initials = {letters[start:end] for start in range(len(letters)) for end in range(start + 2, len(letters) + 1)}
    for small in list(initials):
        if 3 < len(small) < 7:
            initials |= {small[:size] + "&" + small[size:] for size in range(2, len(small) - 1)}
    words = frozenset(
        key.removesuffix("'s").removesuffix("’s") for key in long if key not in ("of", "and", "the", "for")
    )
    # Three consonants on end are no syllable, so that initials are not taken for a word.
    return tuple(rows), frozenset(one for one in initials if re.search(r"[b-df-hj-np-tv-xzđ&]{3}", one)), words
