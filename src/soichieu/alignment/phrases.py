"""A text as a row of words, and what stands in it of a list of heads: the ground on which added parts are found.

In Vietnamese a word is a syllable and the head of a phrase stands first ("tổ an ninh cơ sở"); in English it stands last
("the records technician").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources

from soichieu.alignment.grammar import forms, is_verb, tokens
from soichieu.alignment.shipped import word_list
from soichieu.alignment.stemming import stem
from soichieu.alignment.tokens import Language
from soichieu.language.text import comparison_key

_WORD = re.compile(r"[^\W_]+(?:[-'’&.][^\W_]+)*")
_MARK = re.compile(r"[,;:.()\[\]!?–—…/]|\s-\s")
_INITIALS = re.compile(r"^(?=.{3,8}$).*[b-df-hj-np-tv-xzđ]{3}")  # three consonants on end are no syllable
_YEAR = re.compile(r"(?:19|20)\d\d$")
_QUOTE = re.compile(r"[\"“”«»„]")
_QUOTED = re.compile(r"[\"“«„]([^\"“”«»„]{2,80})[\"”»]")


@cache
def _sets() -> dict[str, frozenset[str]]:
    text = resources.files(__package__).joinpath("data", "phrases.txt").read_text(encoding="utf-8")
    lines = (line.split(":", 1) for line in text.splitlines() if not line.startswith("#"))
    return {name: frozenset(words.split()) for name, words in lines}


def words_of(name: str) -> frozenset[str]:
    """The words of one set of ``data/phrases.txt``."""
    return _sets()[name]


STOPS_VI = words_of("ends-vi")
"""Small words at which a Vietnamese noun phrase ends."""

DETERMINERS = words_of("determiners")
STOPS_EN = DETERMINERS | words_of("ends-en")
"""Small words at which an English noun phrase ends."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its key (small letters, tone marks in one style), where it stands, and how it is printed."""

    key: str
    start: int
    end: int
    capital: bool
    code: bool
    """It has a capital within, or letters with digits: a made-up name ("PhoiNet", "QC-7")."""


@lru_cache(maxsize=20_000)
def key_of(printed: str) -> str:
    """The key of one word."""
    return comparison_key(printed)


class Text:
    """The words of a text, what stands between them, and the quoted titles in it."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.words = [
            Word(key_of(m[0]), m.start(), m.end(), m[0][0].isupper(), _is_code(m[0])) for m in _WORD.finditer(text)
        ]
        self.keys = [word.key for word in self.words]
        self.joined = f" {' '.join(self.keys)} "

    def __len__(self) -> int:
        return len(self.words)

    def gap(self, place: int) -> str:
        """What is printed between a word and the one before it."""
        start = self.words[place - 1].end if place else 0
        return self.text[start : self.words[place].start if place < len(self.words) else len(self.text)]

    def opens(self, place: int) -> bool:
        """Whether a word begins a clause: it is the first, or a mark stands before it."""
        return place == 0 or bool(_MARK.search(self.gap(place)))

    def breaks(self, place: int) -> bool:
        """Whether no phrase can go over to this word: a mark or quotation mark stands before it, or there is none."""
        gap = self.gap(place) if place < len(self.words) else "."
        return bool(_MARK.search(gap) or _QUOTE.search(gap))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of words ``start`` to ``end`` (the latter not among them)."""
        return self.words[start].start, self.words[end - 1].end

    def has(self, keys: list[str]) -> bool:
        """Whether these words stand here one after the other."""
        return f" {' '.join(keys)} " in self.joined

    @cached_property
    def known(self) -> frozenset[str]:
        """All words, in English without their endings."""
        return frozenset(stem(key) for key in self.keys) if self.language == "en" else frozenset(self.keys)

    def knows(self, key: str) -> bool:
        """Whether a word stands here, in English in any of its forms, or the initials of words that do ("TN&MT")."""
        if (stem(key) if self.language == "en" else key) in self.known:
            return True
        letters = key.replace("&", "").replace("-", "")
        return bool(_INITIALS.search(letters)) and (letters in self._initials[0] or letters in self._initials[1])

    @cached_property
    def _initials(self) -> tuple[str, str]:
        """The first letters of all words, and of those other than "and"."""
        return "".join(key[0] for key in self.keys), "".join(key[0] for key in self.keys if key not in ("và", "and"))

    @cached_property
    def quoted(self) -> list[tuple[int, int]]:
        """The titles in quotation marks, the marks among them (characters)."""
        return [match.span() for match in _QUOTED.finditer(self.text)]

    @cached_property
    def inner(self) -> frozenset[int]:
        """The places of syllables within a head of any list."""
        found: set[int] = set()
        place = 0
        while place < len(self.words):
            size = max(head_from(name, self.keys, place) for name in _LISTS_VI)
            if size > 1:
                found.update(range(place + 1, place + size))
            place += max(1, size)
        return frozenset(found)

    @cached_property
    def parts(self) -> frozenset[int]:
        """The places of syllables that are but a part of a listed word ("tổ chức", "báo cáo")."""
        found: set[int] = set()
        for at, size, word in self._tokens:
            # A capital within ("Phòng Vật tư") begins a name instead.
            if (
                size > 1
                and (is_verb(word) or word in _nouns())
                and not any(one.capital for one in self.words[at + 1 : at + size])
            ):
                found.update(range(at + 1, at + size))
                if not any(head_from(name, self.keys, at) > 1 for name in _LISTS_VI):
                    found.add(at)
        return frozenset(found)

    @cached_property
    def _tokens(self) -> list[tuple[int, int, str]]:
        """Vietnamese words: where they begin, how many syllables they have, and their key."""
        folded = list(self.text)
        for word in self.words:
            if len(word.key) == word.end - word.start:
                folded[word.start : word.end] = word.key
        at = {word.start: place for place, word in enumerate(self.words)}
        return [
            (at[one.start], one.word.count("_") + 1, one.word)
            for one in tokens("".join(folded), "vi")
            if one.start in at
        ]

    @cached_property
    def _within(self) -> frozenset[int]:
        listed = [(at, size) for at, size, word in self._tokens if size > 1 and (is_verb(word) or word in _nouns())]
        return frozenset(place for at, size in listed for place in range(at, at + size))

    def stops(self, place: int) -> bool:
        """Whether a Vietnamese phrase ends before this small word; "bị" in "thiết bị" is none."""
        return self.keys[place] in STOPS_VI and place not in self._within

    def verb_before(self, place: int) -> str:
        """The Vietnamese verb that ends right before a word, syllables joined by an underscore; "" where none does."""
        return next((word for at, size, word in self._tokens if at + size == place and is_verb(word)), "")

    def hints(self, key: str) -> bool:
        """Whether an English word of the same family stands here ("inventory", "inventoried")."""
        return len(key) > 5 and any(other.startswith(key[:6]) for other in self.keys)

    def acronym(self, place: int) -> bool:
        """Whether a word is printed in capitals only, three or more."""
        return self.text[self.words[place].start : self.words[place].end].isupper() and len(self.keys[place]) > 2

    def in_title(self, start: int, end: int) -> bool:
        """Whether some of these words stand in quotation marks."""
        first, last = self.span(start, end)
        return any(first < stop and last > begin for begin, stop in self.quoted)

    @cached_property
    def verbs(self) -> frozenset[int]:
        """The places at which a verb begins."""
        if self.language == "en":
            return frozenset(place for place, key in enumerate(self.keys) if is_verb(key))
        return frozenset(at for at, _size, word in self._tokens if is_verb(word) and word not in STOPS_VI)


def _is_code(printed: str) -> bool:
    """A made-up name ("PhoiNet", "QC-7"); "mid-September" and "CY2021" are none."""
    if len(printed) < 3 or _YEAR.search(printed):
        return False
    inner = any(re.search(r"[^\W\d_]", part) and any(c.isupper() for c in part[1:]) and not part.isupper()
                for part in printed.split("-"))  # fmt: skip
    return inner or (printed[0].isalpha() and any(c.isdigit() for c in printed))


@cache
def _nouns() -> frozenset[str]:
    return word_list("nouns-vi")


@cache
def _heads(name: str) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for head in sorted(word_list(name), key=lambda one: -one.count("_")):
        parts = tuple(key_of(part) for part in head.split("_"))
        found.setdefault(parts[0], []).append(parts)
    return found


def head_from(name: str, keys: list[str], place: int) -> int:
    """How many words the longest head of a list has that begins here (0: none)."""
    for parts in _heads(name).get(keys[place], ()):
        if tuple(keys[place : place + len(parts)]) == parts:
            return len(parts)
    return 0


@cache
def _last(name: str) -> frozenset[str]:
    return frozenset(head.replace("_", " ") for head in word_list(name))


def head_to(name: str, keys: list[str], end: int) -> int:
    """How many words the longest English head of a list has that ends before ``end``, in singular or plural."""
    last = _last(name)
    for size in (3, 2, 1):
        if end - size < 0:
            continue
        before = keys[end - size : end - 1]
        if any(" ".join([*before, form]) in last for form in _singulars(keys[end - 1])):
            return size
    return 0


@lru_cache(maxsize=10_000)
def _singulars(key: str) -> frozenset[str]:
    key = key.removesuffix("'s").removesuffix("’s")
    return frozenset({key} | {form for form in forms(key) if key in (form + "s", form + "es", form[:-1] + "ies")})


_LISTS_VI = ("bodies-vi", "posts-vi", "places-vi", "things-vi")


def vi_head(name: str, item: Text, place: int) -> int:
    """How many syllables the head of a Vietnamese list has that begins here; 0 where it is but a part of another word
    ("sở" in "trụ sở", "báo" in "báo cáo") or a longer head of another list begins here ("cụm" in "cụm công nghiệp")."""
    size = head_from(name, item.keys, place)
    if name == "posts-vi" and not size:
        size = 3 * _a_post(item, place)
    if not size or place in item.inner or (size == 1 and place in item.parts):
        return 0
    return size if all(head_from(other, item.keys, place) <= size for other in _LISTS_VI) else 0


def _a_post(item: Text, place: int) -> bool:
    """ "thuyết minh viên": whoever does what two syllables say."""
    after = item.keys[place + 1 : place + 4]
    whole = after[1:2] == ["viên"] and after[2:] != ["chức"] and after[0] not in ("nhân", "học", "sinh")
    return whole and not item.breaks(place + 1) and not item.breaks(place + 2) and item.keys[place] not in STOPS_VI


def kept(above: Text, item: Text, spans: list[tuple[int, int]]) -> float:
    """The share of the item's words outside the spans that it took from its superior in rows of three words or more
    (in Vietnamese four syllables): 0 … 1."""
    size = 4 if item.language == "vi" else 3
    rows = {tuple(above.keys[place : place + size]) for place in range(len(above) - size + 1)}
    taken = [False] * len(item)
    for place in range(len(item) - size + 1):
        if tuple(item.keys[place : place + size]) in rows:
            taken[place : place + size] = [True] * size
    outside = [
        took
        for took, word in zip(taken, item.words, strict=True)
        if not any(start < word.end and end > word.start for start, end in spans)
    ]
    return sum(outside) / len(outside) if outside else 0.0


def covered(above: Text, item: Text) -> float:
    """The share of the superior's words that are no small words and stand in the item: 0 … 1."""
    small = STOPS_VI if above.language == "vi" else STOPS_EN
    words = {key for key in above.keys if key not in small}
    return sum(item.knows(key) for key in words) / len(words) if words else 0.0
