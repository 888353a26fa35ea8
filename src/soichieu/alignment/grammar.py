"""The small grammar by which scopes are compared: words, what opens and closes a phrase, verbs, quantifiers.

Nothing here belongs to one directive: prepositions, conjunctions, words of all and of some, and lists of verbs.
Texts are comparison keys (small letters, tone marks placed in one style).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources

from soichieu.alignment.classes import nouns
from soichieu.alignment.segmentation import segment
from soichieu.alignment.shipped import word_list
from soichieu.alignment.tokens import Language

_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]")


@cache
def words_that(do: str) -> frozenset[str]:
    """The words of ``data/grammar.txt`` that do something (``opens``, ``bounds``, ``wide`` …)."""
    text = resources.files(__package__).joinpath("data", "grammar.txt").read_text(encoding="utf-8")
    lines = (line.split(":", 1) for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for name, words in lines if name == do for word in words.split())


OPENS = words_that("opens")
"""Words that open a phrase."""

RESTRICTS = words_that("restricts")
"""Those of them after which a class says who or where is covered."""

BOUNDS = words_that("bounds")
"""Words that, right after a class, begin what cuts it down."""

WIDE = words_that("wide")
"""Words of all."""

FUNCTION = words_that("function")
"""Words that say nothing of their own."""

QUALITIES = words_that("qualities")
"""Qualities and manners: leaving one of them out of a list leaves no one and nothing out."""


EMPTY = words_that("empty")
"""Words that add nothing to what is meant."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word (Vietnamese syllables of one word joined by an underscore) or a sign, and where it stands."""

    word: str
    start: int
    end: int

    @property
    def sign(self) -> bool:
        """Whether it is no word but a sign."""
        return not self.word[0].isalnum()


def tokens(text: str, language: Language) -> list[Token]:
    """The words and signs of a comparison key, in order."""
    return list(_tokens(text, language))


@lru_cache(maxsize=256)
def _tokens(text: str, language: Language) -> tuple[Token, ...]:
    return tuple(_read(text, language))


def _read(text: str, language: Language) -> list[Token]:
    found = [Token(match[0], *match.span()) for match in _TOKEN.finditer(text)]
    if language != "vi":
        return found
    joined: list[Token] = []
    run: list[Token] = []
    place = 0
    while place < len(found):
        size = 1 if found[place].sign else _listed(found, place)
        if size > 1 or found[place].sign:
            joined += [*_joined(run), _one(found[place : place + size])]
            run = []
        else:
            run.append(found[place])
        place += size
    return [*joined, *_joined(run)]


def _one(parts: list[Token]) -> Token:
    return Token("_".join(one.word for one in parts), parts[0].start, parts[-1].end)


def _joined(run: list[Token]) -> list[Token]:
    """What no list knows is put together by how often its syllables stand together."""
    words = []
    place = 0
    for word in segment([one.word for one in run]):
        size = word.count("_") + 1
        words.append(_one(run[place : place + size]))
        place += size
    return words


def _listed(found: list[Token], place: int) -> int:
    """How many syllables the longest listed word has that begins at a place."""
    for size in (4, 3, 2):
        parts = found[place : place + size]
        if len(parts) == size and "_".join(one.word for one in parts) in _words_of_lists():
            return size
    return 1


@cache
def _words_of_lists() -> frozenset[str]:
    listed = word_list("verbs-vi") | word_list("nouns-vi") | FUNCTION | WIDE | OPENS | BOUNDS | EMPTY | QUALITIES
    return frozenset(word for word in listed if "_" in word) | {
        noun.replace(" ", "_") for noun in nouns() if " " in noun
    }


@cache
def _verbs() -> frozenset[str]:
    text = resources.files(__package__).joinpath("data", "verbs-en.txt").read_text(encoding="utf-8")
    english = {line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")}
    return frozenset(english) | word_list("acts-en") | word_list("verbs-vi")


def is_verb(word: str) -> bool:
    """Whether a word says what is done, or how (so that it cuts no class down)."""
    if word in _verbs():
        return True
    return word.isascii() and (word.endswith("ly") or bool(forms(word) & _verbs()))


_ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
    ("es", ""),
    ("s", ""),
    ("'s", ""),
)


@lru_cache(maxsize=10_000)
def forms(word: str) -> frozenset[str]:
    """An English word and what is left of it without the endings of plural and verb."""
    found = {word}
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 - len(instead) and not word.endswith("ss"):
            left = word[: -len(ending)] + instead
            found.add(left)
            if len(left) > 3 and left[-1] == left[-2] and ending in ("ed", "ing"):
                found.add(left[:-1])
    return frozenset(found)


def is_content(token: Token) -> bool:
    """Whether a token can say which things are meant: no sign, number, function word, verb or word of all."""
    word = token.word
    return not (
        token.sign
        or word in FUNCTION
        or word in EMPTY
        or word in OPENS
        or word in WIDE
        or re.search(r"\d", word)
        or is_verb(word)
    )


@cache
def _groups(language: Language) -> dict[str, frozenset[str]]:
    text = resources.files(__package__).joinpath("data", f"synonyms-{language}.txt").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        words = [one.strip() for one in line.split(";")] if not line.startswith("#") else []
        for word in words:
            found.setdefault(word, set()).update(words)
    return {word: frozenset(others - {word}) for word, others in found.items()}


@cache
def _phrases(language: Language) -> re.Pattern[str]:
    """Groups' entries of several words, the longest first."""
    several = sorted((one for one in _groups(language) if " " in one), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, several))})(?!\w)")


def in_words_of(below: str, above: str, language: Language) -> str:
    """A text (comparison keys) with phrases of several words put as the other text has them ("không thu tiền": "miễn
    phí")."""

    def put(match: re.Match[str]) -> str:
        if match[0] in above:
            return match[0]
        same = (
            one for one in sorted(_groups(language)[match[0]]) if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", above)
        )
        return next(same, match[0])

    return _phrases(language).sub(put, below)


@lru_cache(maxsize=20_000)
def synonyms(word: str, language: Language) -> frozenset[str]:
    """Other words that say the same as a word (``data/synonyms-*.txt``), an English one in any of its forms."""
    groups = _groups(language)
    if language == "vi":
        return groups.get(word.replace("_", " "), frozenset())
    return frozenset().union(*(groups.get(form, frozenset()) for form in forms(word)))


_SMALL = FUNCTION | EMPTY | OPENS | WIDE | BOUNDS


def carries(token: Token) -> bool:
    """Whether a word says something: a thing, a quality, or what is done."""
    word = token.word
    return not (token.sign or word.isdigit() or word in _SMALL)


class Words:
    """What words a text has: a Vietnamese one with its syllables in a row, an English one in any of its forms."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.forms = (
            {form for one in re.findall(r"[^\W_]+", text) for form in forms(one)} if language == "en" else set()
        )

    def has(self, word: str) -> bool:
        """Whether the text has a word."""
        if self.language == "en":
            return all(forms(part) & self.forms for part in re.findall(r"[^\W_]+", word))
        return re.search(rf"(?<!\w){re.escape(word.replace('_', ' '))}(?!\w)", self.text) is not None

    def says(self, word: str) -> bool:
        """Whether the text has a word, or another that says the same."""
        return self.has(word) or any(self.has(other) for other in synonyms(word, self.language))

    def shortens(self, word: str) -> bool:
        """Whether a word is made of the first letters of words of the text that follow each other ("sdl", "ttgcp")."""
        letters = word.replace("_", "")
        return 2 <= len(letters) <= 6 and letters.isalpha() and letters in self._initials

    @cached_property
    def _initials(self) -> str:
        return "".join(part[0] for part in re.findall(r"[^\W\d_]+", self.text))

    def hints(self, word: str) -> bool:
        """Whether the text has a word of the same family ("rotational", "rotations"; "an ninh mạng", "an ninh")."""
        if self.language == "vi":
            parts = word.split("_")
            return len(parts) > 2 and self.has("_".join(parts[:2]))
        return len(word) > 5 and any(form.startswith(word[:5]) or word in form for form in self.forms)
