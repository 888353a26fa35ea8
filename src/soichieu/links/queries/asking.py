"""Of whom a sentence asks something: the one rule of the matrix, its exports and the page of a sentence.

A sentence asks those to whom it gave a task. Where it gave none to anybody it asks all that the document concerns.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Max
from numpy.typing import NDArray

from soichieu.documents.models import Document
from soichieu.ledger.models import Obligation, RequirementTie
from soichieu.ledger.ties import giving

Ints = NDArray[np.int64]

KEPT = 8
"""Of so many documents it is kept in memory whom their sentences ask."""


@dataclass(frozen=True)
class Asking:
    """Pairs of a sentence and a unit to which it gave a task, as places in ``identities`` and ``units``."""

    identities: Ints
    units: Ints
    sentence: Ints
    unit: Ints

    def of(self, identities: Iterable[int]) -> Ints | None:
        """The units to which some sentences (all of one line of the text) gave a task; None where they gave none."""
        wanted = np.isin(self.identities, list(identities))
        found = self.units[np.unique(self.unit[wanted[self.sentence]])]
        return found if found.size else None


_NONE = np.empty(0, np.int64)
NOBODY = Asking(_NONE, _NONE, _NONE, _NONE)
_kept: dict[int, tuple[Hashable, Hashable, Asking]] = {}


def asking(document: Document) -> Asking:
    """Whom the sentences of a document ask; read again when a task was given or a sentence was tied or untied."""
    chain = getattr(document, "chain", None)
    if chain is None:
        return NOBODY
    newest = {"newest": Max("id"), "many": Count("id")}
    ties = tuple(RequirementTie.objects.filter(chain=chain).aggregate(**newest).values())
    book: Hashable = (chain.pk, chain.last_position, chain.last_hash, ties)
    held = _kept.get(document.pk)
    if held is not None and held[0] == book:
        return held[2]
    # The book grows with every word about a task; tasks are given seldom, and none is ever changed or taken away.
    given: Hashable = (chain.pk, *Obligation.objects.filter(chain=chain).aggregate(**newest).values(), ties)
    fresh = held[2] if held is not None and held[1] == given else _read(document)
    _kept.pop(document.pk, None)
    while len(_kept) >= KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[document.pk] = (book, given, fresh)
    return fresh


def forget_asking() -> None:
    """Empty the memory: a test rolls back rows whose numbers are given again."""
    _kept.clear()


def _read(document: Document) -> Asking:
    sentences: dict[int, list[int]] = {}
    for requirement, identity in giving(document):
        sentences.setdefault(requirement, []).append(identity)
    rows = (
        Obligation.objects.filter(requirement__directive=document).order_by().values_list("requirement_id", "unit_id")
    )
    pairs = np.array(
        [(one, unit) for requirement, unit in rows.order_by().iterator(5000) for one in sentences.get(requirement, ())],
        np.int64,
    ).reshape(-1, 2)
    identities, sentence = np.unique(pairs[:, 0], return_inverse=True)
    units, unit = np.unique(pairs[:, 1], return_inverse=True)
    return Asking(identities, units, sentence.reshape(-1), unit.reshape(-1))
