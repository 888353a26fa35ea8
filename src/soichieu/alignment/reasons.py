"""Why a pair was suggested: what both texts name, found again in their own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from ..language.citations import find_citations
from ..language.dates import find_periods
from ..language.quantities import find_quantities
from ..language.text import comparison_key, fold_tone_placement, nfc
from .concepts import concept_spans
from .model import Kind, Reasons, SharedTerm, Text
from .segmentation import segment
from .shipped import word_list
from .stemming import stem
from .tokens import Language

MOST = 12
"""Terms shown of one pair."""
Rarity = Callable[[str], float]
"""How rare a word is in both documents together (inverse document frequency)."""

_WORD = re.compile(r"[^\W_]+")


def explain(
    left: Text, right: Text, language: Language, rarity: Rarity, parts: tuple[tuple[str, float], ...] = ()
) -> Reasons:
    """The reasons for one pair: `rarity` weighs the terms, `parts` is what each part of the engine added."""
    headings = bool(left.heading and right.heading)
    return Reasons(
        terms=shared_terms(left.text, right.text, language, rarity),
        numbers=_common(_numbers(left.text), _numbers(right.text)),
        dates=_common(_dates(left.text), _dates(right.text)),
        bodies=_common(_bodies(left.text), _bodies(right.text)),
        documents=_common(_documents(left.text), _documents(right.text)),
        heading=shared_terms(left.heading, right.heading, language, rarity) if headings else (),
        parts=parts,
    )


def shared_terms(left: str, right: str, language: Language, rarity: Rarity) -> tuple[SharedTerm, ...]:
    """Phrases, words and concepts on both sides, the weightiest first; weights sum to 1 over all that is shared."""
    printed_left, words_left = _words(left, language)
    printed_right, words_right = _words(right, language)
    there = _terms(words_right, language)
    found: dict[str, SharedTerm] = {}
    for start, other_start, length in _runs(words_left, words_right):
        one = " ".join(printed_left[start : start + length])
        two = " ".join(printed_right[other_start : other_start + length])
        weight = sum(rarity(word) for word in words_left[start : start + length])
        if weight > 0:
            found.setdefault(" ".join(words_left[start : start + length]), SharedTerm(one, two, weight, "phrase"))
    for name, (start, end, kind) in _terms(words_left, language).items():
        if name not in there:
            continue
        other_start, other_end, _ = there[name]
        one, two = " ".join(printed_left[start:end]), " ".join(printed_right[other_start:other_end])
        same = words_left[start:end] == words_right[other_start:other_end]
        weights = [rarity(word) for word in words_left[start:end]]
        # Words that only mean the same count half.
        weight = sum(weights) if same else max(weights) / 2
        shown: Kind = ("phrase" if end - start > 1 else "word") if same else kind
        place = " ".join(words_left[start:end])
        if weight > 0 and (place not in found or found[place].weight < weight):
            found[place] = SharedTerm(one, two, weight, shown)
    # A word inside a longer shared phrase says nothing more.
    kept = [
        term
        for place, term in found.items()
        if not any(f" {place} " in f" {other} " for other in found if other != place)
    ]
    # Nor does a word that stands in any text, where there is another.
    empty = word_list(f"empty-words-{language}")
    telling = [term for term in kept if not set(_words(term.left, language)[1]) <= empty]
    kept = telling or kept
    total = sum(term.weight for term in kept) or 1.0
    ordered = sorted(kept, key=lambda term: (-term.weight, term.left))[:MOST]
    return tuple(SharedTerm(term.left, term.right, round(term.weight / total, 4), term.kind) for term in ordered)


def _words(text: str, language: Language) -> tuple[list[str], list[str]]:
    printed = _WORD.findall(nfc(text))
    words = [fold_tone_placement(word).casefold() for word in printed]
    return printed, [stem(word) for word in words] if language == "en" else words


def _terms(words: list[str], language: Language) -> dict[str, tuple[int, int, Kind]]:
    """Where each term of a text first stands: concepts by number, words and word groups by themselves."""
    found: dict[str, tuple[int, int, Kind]] = {}
    for start, end, concepts in concept_spans(words, language):
        for concept in concepts:
            found.setdefault(f"concept {concept}", (start, end, "concept"))
    place = 0
    for word in segment(words) if language == "vi" else words:
        length = word.count("_") + 1
        found.setdefault(word, (place, place + length, "phrase" if length > 1 else "word"))
        place += length
    return found


def _runs(left: list[str], right: list[str]) -> Iterator[tuple[int, int, int]]:
    """Where the same words stand in a row on both sides, as long as they go: (start left, start right, length)."""
    lengths = [0] * (len(right) + 1)
    for at, word in enumerate(left):
        row = [0] * (len(right) + 1)
        for place, other in enumerate(right):
            if word != other:
                continue
            row[place + 1] = lengths[place] + 1
            goes_on = at + 1 < len(left) and place + 1 < len(right) and left[at + 1] == right[place + 1]
            if row[place + 1] > 1 and not goes_on:
                yield at + 1 - row[place + 1], place + 1 - row[place + 1], row[place + 1]
        lengths = row


def _common(left: Mapping[str, str], right: Mapping[str, str]) -> tuple[str, ...]:
    """What stands on both sides, as the left side prints it."""
    return tuple(printed for name, printed in left.items() if name in right)


def _numbers(text: str) -> dict[str, str]:
    found = {}
    for quantity in find_quantities(text):
        value = quantity.value if quantity.value is not None else (quantity.low, quantity.high)
        found[f"{value} {quantity.unit} {quantity.factor}"] = quantity.text
    return found


def _dates(text: str) -> dict[str, str]:
    return {f"{period.start} {period.end}": period.text for period in find_periods(text) if period.start or period.end}


def _documents(text: str) -> dict[str, str]:
    return {comparison_key(str(cited.number or cited.text)): cited.text for cited in find_citations(text)}


def _bodies(text: str) -> dict[str, str]:
    # Only here, because it brings the readers of files with it.
    from ..reading.bodies import known

    pattern, names = known()
    found = (names.get(" ".join(match[0].split())) for match in pattern.finditer(comparison_key(text)))
    return {name: name for name in found if name}
