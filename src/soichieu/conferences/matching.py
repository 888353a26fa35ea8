"""Where the words of a conclusion stand in the text of the signed notice: the sentence, point or row that says it.

Word for word as far as the office left them so: a conclusion belongs to the place that holds the most of its words, in
their order of two and two, and of several such places to the one that says little else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from soichieu.documents.models import Edition, ProvisionIdentity
from soichieu.language.text import fold

ENOUGH = 0.6
"""The share of a conclusion's words that a place must hold."""
ROW = 0.75
"""A row of an annex repeats what the text says: it gives the task only where no sentence does."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Place:
    """A place of the notice. ``text_hash``: of its text as it stands there."""

    identity: ProvisionIdentity
    text_hash: str
    citation: str
    text: str
    row: bool = False


def places_of(edition: Edition | None, wanted: Mapping[str, Sequence[str]]) -> dict[str, Place]:
    """key → the place where it is said. ``wanted``: key → wordings, any of which may stand there. A place is taken by
    one key only, the nearest first; keys whose words stand nowhere are left out."""
    if edition is None:
        return {}
    places = _places(edition)
    pieces = [_pieces(place.text) for place in places]
    scored: list[tuple[float, int, str]] = []
    for key, texts in wanted.items():
        asked = [piece for text in texts if (piece := _pieces(text))]
        for at, there in enumerate(pieces):
            score = max((_score(one, there) for one in asked), default=0.0) * (ROW if places[at].row else 1)
            if score:
                scored.append((-score, at, key))
    found: dict[str, Place] = {}
    taken: set[int] = set()
    for _minus, at, key in sorted(scored):
        if key not in found and at not in taken:
            found[key] = places[at]
            taken.add(at)
    return found


def _places(edition: Edition) -> list[Place]:
    nodes = [
        Place(one.identity, one.text_hash, one.citation, f"{one.heading} {one.text}".strip())
        for one in edition.provisions.select_related("identity").order_by("ordinal")
        if one.text.strip()
    ]
    rows = edition.rows.select_related("identity").order_by("ordinal")
    return nodes + [Place(row.identity, row.text_hash, row.row_id, row.text, row=True) for row in rows]


def _pieces(text: str) -> frozenset[str]:
    words = _WORD.findall(fold(text))
    return frozenset([*words, *(f"{one} {other}" for one, other in zip(words, words[1:], strict=False))])


def _score(asked: frozenset[str], there: frozenset[str]) -> float:
    """0 unless enough of what is asked is there; else that share, less a little for all else that is said there."""
    if not there:
        return 0.0
    both = len(asked & there)
    held = both / len(asked)
    return 0.8 * held + 0.2 * both / len(there) if held >= ENOUGH else 0.0
