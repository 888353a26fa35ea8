"""Suggestions for a plan and a document: made by the engine, kept per lines, text and weights; nothing is decided."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from soichieu.documents.hashes import canonical_hash
from soichieu.links import engine
from soichieu.links.commands.weights import weights_in_force
from soichieu.links.items import Holding, Item
from soichieu.links.offered import Offer, Offered

TOP = 5
"""How many sentences are proposed for a line; a person may choose any other."""

OFFERED_FROM = 0.2
"""Below this probability a sentence is not put before a person; the line counts as without a clear basis."""

LIKELY_FROM = 0.5
"""From this probability a further sentence of a line that is tied already is proposed too."""

TWIN_FROM = 0.35
"""From this probability a sentence of a second superior is laid beside the one that it is likest to."""

DIFFERENCES = frozenset({"target_weaker", "deadline_later"})
"""What of two superiors is a contradiction that a lower unit cannot settle."""

_PLANS, _PAIRS = 16, 20_000

V = TypeVar("V")


class _Kept(Generic[V]):
    """The values used last, for every thread of this process."""

    def __init__(self, most: int) -> None:
        self.most, self.held, self.lock = most, OrderedDict[Hashable, V](), Lock()

    def get(self, name: Hashable, make: Callable[[], V]) -> V:
        with self.lock:
            if name in self.held:
                self.held.move_to_end(name)
                return self.held[name]
        made = make()
        with self.lock:
            self.held[name] = made
            while len(self.held) > self.most:
                self.held.popitem(last=False)
        return made

    def clear(self) -> None:
        with self.lock:
            self.held.clear()


@dataclass(frozen=True)
class Suggestions:
    """What the engine proposes for each line, best first, and by which weights; ``ranking`` explains any pair."""

    weights: str
    of: dict[str, tuple[engine.Candidate, ...]]
    ranking: engine.Ranking

    def about(self, item_key: str, identity: int) -> engine.Candidate | None:
        """The suggestion of one pair, or None when it was not proposed."""
        return next((one for one in self.of.get(item_key, ()) if one.identity == identity), None)


_languages: _Kept[str] = _Kept(200)
_suggestions: _Kept[Suggestions] = _Kept(_PLANS)
_reasons: _Kept[list[engine.Reason]] = _Kept(2_000)
_taken: _Kept[engine.Taken] = _Kept(_PAIRS)
_drifts: _Kept[tuple[engine.Drifted, ...]] = _Kept(_PAIRS)
_clears: _Kept[tuple[str, ...]] = _Kept(_PAIRS)


def forget() -> None:
    """Drop everything kept; for tests."""
    for kept in (_languages, _suggestions, _reasons, _taken, _drifts, _clears):
        kept.clear()


def suggestions(holding: Holding, document: Offered) -> Suggestions:
    """What the engine proposes for the lines of a plan among the sentences of a document's newest text."""
    return _ranked(holding.items, document.offers, TOP, OFFERED_FROM)


def twins(first: Offered, second: Offered) -> dict[int, list[tuple[Offer, float]]]:
    """Identity in the first document → sentences of the second that ask the same, with how likely that is."""
    ranked = _ranked([_as_item(one) for one in second.offers], first.offers, 1, TWIN_FROM)
    found: dict[int, list[tuple[Offer, float]]] = {}
    for one in second.offers:
        for candidate in ranked.of.get(one.key, ()):
            found.setdefault(candidate.identity, []).append((one, candidate.score))
    return found


def _ranked(lines: Sequence[Item], offers: Sequence[Offer], top: int, least: float) -> Suggestions:
    """Suggestions for these lines among these sentences, kept while neither a word nor the weights change."""
    texts = canonical_hash(
        [[[one.key, one.text, one.heading] for one in lines], [[one.key, one.text, one.heading] for one in offers]]
    )
    weights = weights_in_force(_languages.get(texts, lambda: engine.language_of(lines, offers)))

    def make() -> Suggestions:
        ranking = engine.Ranking(lines, offers, top, weights)
        found = {
            line.key: tuple(one for one in ranking.of(line.key) if one.score >= least and one.relation != "none")
            for line in lines
        }
        return Suggestions(weights.name, found, ranking)

    return _suggestions.get((texts, weights.name, top, least), make)


def reasons(found: Suggestions, line: Item, offer: Offer) -> Sequence[engine.Reason]:
    """Why a pair was suggested."""
    return _reasons.get(
        (line.text, line.heading, offer.hash, offer.heading, found.weights),
        lambda: found.ranking.reasons(line.key, offer.key),
    )


def taken(line: Item, offer: Offer, unit: str) -> engine.Taken:
    """How much of a line was taken over from a sentence. ``unit``: the name of the plan's unit."""
    return _taken.get((line.hash, line.text, offer.hash, unit), lambda: engine.taken(line, offer, unit))


def drifts(line: Item, offer: Offer, unit: str = "") -> tuple[engine.Drifted, ...]:
    """Where a line falls behind a sentence. ``unit``: the name of the plan's unit."""
    return _drifts.get(
        (line.hash, line.text, line.deadline_text, offer.hash, unit), lambda: engine.drifts(line, offer, unit)
    )


def differences(first: Offer, second: Offer) -> tuple[engine.Drifted, ...]:
    """Where two superiors ask for the same with another date or target: what each says. Other words, or a part of the
    matter, are no contradiction: of two superiors one is often the more detailed."""
    there = drifts(_as_item(second), first)
    back = (engine.Drifted(one.kind, one.item, one.superior) for one in drifts(_as_item(first), second))
    return tuple(one for one in (*there, *back) if one.kind in DIFFERENCES)


def missing_clears(line: Item) -> tuple[str, ...]:
    """Which of the six clears a line leaves open."""
    return _clears.get((line.hash, line.text), lambda: engine.missing_clears(line))


def _as_item(one: Offer) -> Item:
    """A sentence of a second superior, held up against the first as a line is."""
    return Item(
        key=one.key,
        text=one.text,
        heading=one.heading,
        hash=one.hash,
        leads=(one.leads,) if one.leads else (),
        output=one.output,
        deadline_text=one.deadline_text,
        deadline=one.deadline,
    )
