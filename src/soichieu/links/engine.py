"""The one place where this room calls ``soichieu.alignment``: what it gives, in the words of the light table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from soichieu import alignment
from soichieu.alignment import clears, copying, drift
from soichieu.links.items import Item
from soichieu.links.offered import Offer


@dataclass(frozen=True)
class Candidate:
    """A sentence that a line may answer: ``rank`` from 1, ``score`` the probability that a person would accept it."""

    identity: int
    rank: int
    score: float
    relation: str


@dataclass(frozen=True)
class Reason:
    """Why a pair was suggested: ``kind`` words, meaning, numbers, dates, bodies, documents or headings; its terms, each
    with its share of all the words that the two have in common (None where it is no word)."""

    kind: str
    terms: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True)
class Taken:
    """How much of a line was taken over: ``copied``, ``reworded``, ``specific`` or ``own``; ``added`` (kind, words);
    ``share`` of the line's words that stand in the sentence."""

    how: str
    added: tuple[tuple[str, str], ...] = ()
    share: float = 0.0


@dataclass(frozen=True)
class Drifted:
    """Where a line falls behind what it answers: ``kind`` target_weaker, deadline_later, scope_narrower or
    product_missing; what the superior says and what the line says."""

    kind: str
    superior: str
    item: str


class Ranking:
    """Lines held up against sentences at once, for order is evidence too; explains any pair of them when asked."""

    def __init__(self, lines: Sequence[Item], offers: Sequence[Offer], top: int, weights: alignment.Weights) -> None:
        self.weights = weights.name
        self._of = {one.key: one.identity for one in offers}
        self._found = (
            alignment.align(
                [alignment.Item(one.key, one.text, one.heading) for one in lines],
                [alignment.Provision(one.key, one.text, one.heading) for one in offers],
                weights=weights,
                top=top,
            )
            if lines and offers
            else None
        )

    def of(self, line_key: str) -> list[Candidate]:
        """The sentences suggested for a line, best first."""
        if self._found is None:
            return []
        return [
            Candidate(self._of[one.right], one.rank, round(one.score, 4), one.relation)
            for one in self._found.of(line_key)
        ]

    def reasons(self, line_key: str, offer_key: str) -> list[Reason]:
        """What both texts name, in their own words, the weightiest first."""
        if self._found is None:
            return []
        why = self._found.reasons(line_key, offer_key)
        same = tuple((one.left, one.weight) for one in why.terms if one.kind != "concept")
        alike = tuple((f"{one.left} ~ {one.right}", one.weight) for one in why.terms if one.kind == "concept")
        plain = (("numbers", why.numbers), ("dates", why.dates), ("bodies", why.bodies), ("documents", why.documents))
        found = [
            Reason("words", same),
            Reason("meaning", alike),
            *(Reason(kind, tuple((text, None) for text in texts)) for kind, texts in plain),
            Reason("headings", tuple((one.left, None) for one in why.heading[:3])),
        ]
        return [one for one in found if one.terms]


def warm_up() -> None:
    """Compare two lines with two sentences, so that all that comparing loads late is there before anyone waits for it:
    most of the first light table of a process was that. Touches no database."""
    words = [f"Thay nguồn sáng của {n} đèn biển trước ngày 30-6-2025" for n in (6, 8)]
    alignment.align(
        [alignment.Item(text, text, "") for text in words], [alignment.Provision(text, text, "") for text in words]
    )


def language_of(lines: Sequence[Item], offers: Sequence[Offer]) -> str:
    """The language of a plan and a document together: it says which weights are in force."""
    return alignment.language_of([*(one.text for one in offers), *(one.text for one in lines)])


def taken(line: Item, offer: Offer, unit: str) -> Taken:
    """How much of a line was taken over from what it answers (or may answer best: the caller chose the pair).
    ``unit``: the unit's own name, which adds nothing."""
    found = copying.compare(offer.text, line.text, unit, chance=1.0)
    return Taken(found.kind, tuple((one.kind, one.text) for one in found.additions), found.taken)


def drifts(line: Item, offer: Offer, unit: str = "") -> tuple[Drifted, ...]:
    """Where a line falls behind what it answers. ``unit``: the unit's own name, which cuts nothing down."""
    asked = drift.Stated(offer.text, offer.deadline_text, offer.output)
    given = drift.Stated(line.text, line.deadline_text, line.output)
    return tuple(Drifted(one.kind, one.superior, one.item) for one in drift.drifts(asked, given, unit))


def missing_clears(line: Item) -> tuple[str, ...]:
    """Which of the six clears of conclusion 226-KL/TW a line leaves open, in its order."""
    return clears.missing_clears(
        clears.Task(line.text, line.leads, line.person, line.output, line.deadline_text, line.deciding_body)
    )
