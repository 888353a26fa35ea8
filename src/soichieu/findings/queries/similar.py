"""Which earlier findings may be the one that is being written: the engine proposes, a person says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from soichieu.alignment import Item, align, copying, default_weights, language_of
from soichieu.findings.causes import plain
from soichieu.findings.models import Part, Step
from soichieu.findings.queries.identity import Identities
from soichieu.findings.queries.listing import concerning
from soichieu.findings.queries.shown import Shown, shown
from soichieu.findings.rights import visible_findings
from soichieu.organisation.askers import Asker

MOST = 5
SHARED = 0.3
"""A suggestion shares at least this much of its words with what is written: with few candidates the engine's chance
alone says too much."""
CANDIDATES = 400


@dataclass(frozen=True)
class Similar:
    """An earlier finding that may be the same. ``score``: the engine's chance, 0 to 1; 1 where the words are the
    same."""

    shown: Shown
    score: float
    same_words: bool


def similar(words: str, candidates: Sequence[Shown], most: int = MOST) -> list[Similar]:
    """The candidates that may say the same as ``words``, likeliest first."""
    if not words.strip() or not candidates:
        return []
    texts = [one.words for one in candidates]
    found = align(
        [Item("said", words)],
        [Item(str(at), text) for at, text in enumerate(texts)],
        weights=default_weights(language_of([words, *texts])),
        top=min(len(texts), 4 * most),
    )
    compared = plain(words)
    suggested = []
    for one in found.of("said"):
        candidate = candidates[int(one.right)]
        same = plain(candidate.words) == compared
        if same or copying.compare(candidate.words, words, chance=1.0).taken >= SHARED:
            suggested.append(Similar(candidate, 1.0 if same else round(float(one.score), 4), same))
    return sorted(suggested, key=lambda one: -one.score)[:most]


def suggestions(
    asker: Asker, words: str, *, kind: str, units: Iterable[int] = (), but: Shown | None = None
) -> list[Similar]:
    """Earlier findings of a kind that the asker sees and that may be the one in ``words``: about the same units where
    some are named. What people said to be the same, or not to be, is not suggested again; of one identity its newest
    stands for all."""
    about = list(units)
    found = visible_findings(asker).filter(kind=kind)
    if about:
        found = concerning(found, about, [Part.ABOUT, Part.AUTHOR, Part.LEAD])
    identities = Identities()
    out = identities.of(but.finding.pk) if but else set()
    there = [
        one
        for one in shown(found.order_by("-pk")[:CANDIDATES])
        if one.state != Step.State.WITHDRAWN
        and one.finding.pk not in out
        and not (but and any(identities.said_apart(one.finding.pk, mine) for mine in out))
    ]
    return similar(words, [group[-1] for group in identities.groups(there)])
