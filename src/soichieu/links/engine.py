"""The one place where this room calls ``soichieu.alignment``: what it gives, in the words of the light table."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from soichieu.alignment import clears, drift
from soichieu.links.items import Item
from soichieu.links.models import WeightsVersion
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
    """Why a pair was suggested: ``kind`` words, numbers, dates, bodies, headings; its terms, each with its weight."""

    kind: str
    terms: tuple[tuple[str, float], ...]
    weight: float


@dataclass(frozen=True)
class Taken:
    """How much of a line was taken over: ``copied``, ``reworded``, ``specific`` or ``own``; ``added`` (kind, words)."""

    how: str
    added: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Drifted:
    """Where a line falls behind what it answers: ``kind`` target_weaker, deadline_later, scope_narrower or
    product_missing; what the superior says and what the line says."""

    kind: str
    superior: str
    item: str


def weights_in_force() -> str:
    """The name of the weights that suggestions are made by."""
    return WeightsVersion.objects.order_by("-pk").values_list("name", flat=True).first() or "interim"


def _terms(text: str) -> list[str]:
    words = re.findall(r"\w+", text.lower())
    return words + [f"{a} {b}" for a, b in zip(words, words[1:], strict=False)]


def rank(lines: Sequence[Item], offers: Sequence[Offer], top: int) -> list[list[Candidate]]:
    """For each line its best sentences, best first."""
    bags = [Counter(_terms(one.text)) for one in offers]
    df: Counter[str] = Counter(term for bag in bags for term in bag)
    idf = {term: math.log(1 + len(bags) / n) for term, n in df.items()}
    norms = [math.sqrt(sum((idf[t] * n) ** 2 for t, n in bag.items())) or 1.0 for bag in bags]
    found = []
    for line in lines:
        mine = Counter(_terms(line.text))
        norm = math.sqrt(sum((idf.get(t, 3.0) * n) ** 2 for t, n in mine.items())) or 1.0
        scored = [
            (sum(idf[t] ** 2 * n * mine[t] for t, n in bag.items() if t in mine) / norm / norms[at], at)
            for at, bag in enumerate(bags)
        ]
        scored.sort(key=lambda one: (-one[0], one[1]))
        found.append(
            [
                Candidate(
                    offers[at].identity,
                    place,
                    round(min(0.97, score * 2), 3),
                    "subset" if score > 0.15 else "intersects",
                )
                for place, (score, at) in enumerate(scored[:top], 1)
                if score > 0
            ]
        )
    return found


def explain(line: Item, offer: Offer) -> list[Reason]:
    """Why a pair was suggested, in terms that a person can check."""
    both = set(_terms(line.text)) & set(_terms(offer.text))
    pairs = sorted((one for one in both if " " in one), key=lambda one: -len(one))[:6]
    return [Reason("words", tuple((one, 0.1) for one in pairs), round(0.1 * len(pairs), 2))] if pairs else []


def taken(line: Item, offer: Offer) -> Taken:
    """How much of a line was taken over from what it answers."""
    a, b = set(_terms(line.text)), set(_terms(offer.text))
    share = len(a & b) / max(1, len(a))
    return Taken("copied" if share > 0.8 else "reworded" if share > 0.5 else "specific" if share > 0.25 else "own")


def drifts(line: Item, offer: Offer) -> tuple[Drifted, ...]:
    """Where a line falls behind what it answers."""
    asked = drift.Stated(offer.text, offer.deadline_text, offer.output)
    given = drift.Stated(line.text, line.deadline_text, line.output)
    return tuple(Drifted(one.kind, one.superior, one.item) for one in drift.drifts(asked, given))


def missing_clears(line: Item) -> tuple[str, ...]:
    """Which of the six clears a line leaves open."""
    return clears.missing_clears(
        clears.Task(line.text, line.leads, line.person, line.output, line.deadline_text, line.deciding_body)
    )
