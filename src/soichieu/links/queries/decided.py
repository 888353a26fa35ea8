"""All that stands about one document in columns: for the matrix, which counts ten thousand pairs in one go.

Of each pair the newest decision; *taken back* and *has nothing to do with* leave nothing. Lines that a plan's newest
version no longer has answer nothing. Held in memory until somebody decides or a plan gets a new version.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Max
from numpy.typing import NDArray

from soichieu.documents.models import Document
from soichieu.links import items
from soichieu.links.models import ANSWERS, Decision, LeftOpen, Relation
from soichieu.links.queries.asking import forget_asking

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

KEPT = 8
"""The columns of so many documents are kept in memory."""
MOST_LINES = 200_000
"""Of so many lines it is kept in memory whether they still stand."""


@dataclass(frozen=True)
class Decided:
    """One row for each standing pair: identity of the sentence, unit, code of the line (0 …), and whether the line
    answers it or only touches it. Beside them who left which sentence open."""

    identity: Ints
    unit: Ints
    item: Ints
    answers: Bools
    open_identity: Ints
    open_unit: Ints
    unit_of_item: Ints

    @property
    def pairs(self) -> int:
        return int(self.identity.size)


_kept: dict[int, tuple[Hashable, Decided]] = {}


def decided(document: Document) -> Decided:
    """The columns of a document: a few small queries when nothing is new, else read again."""
    state = _state(document)
    held = _kept.get(document.pk)
    if held is not None and held[0] == state:
        return held[1]
    fresh = _read(document)
    _kept.pop(document.pk, None)
    while len(_kept) >= KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[document.pk] = (state, fresh)
    return fresh


def forget_decided() -> None:
    """Empty the memory: a test rolls back rows whose numbers are given again."""
    _kept.clear()
    _known.clear()
    forget_asking()


def _state(document: Document) -> Hashable:
    """What tells whether anything is new. The count stands beside the newest id, because a transaction that began
    earlier may commit later with a lower one."""
    found: list[Hashable] = [
        tuple(sorted(model.objects.filter(document=document).aggregate(newest=Max("id"), many=Count("id")).items()))
        for model in (Decision, LeftOpen)
    ]
    found += [(name, items.provider_of(*name).state()) for name in items.registered()]
    return tuple(found)


def _read(document: Document) -> Decided:
    newest: dict[tuple[str, int], tuple[int, str, str]] = {}
    lines: dict[str, tuple[str, str]] = {}
    columns = ("room", "kind", "item_key", "provision_id", "unit_id", "relation", "origin")
    for room, kind, item, provision, *rest in (
        Decision.objects.filter(document=document).order_by("id").values_list(*columns).iterator(5000)
    ):
        newest[item, provision] = (rest[0], rest[1], rest[2])
        lines[item] = (room, kind)
    there = _still_there(lines)
    stands = [
        (provision, unit, item, relation in ANSWERS)
        for (item, provision), (unit, relation, origin) in newest.items()
        if origin != Decision.Origin.WITHDRAWN and relation != Relation.NONE and item in there
    ]
    code = {item: at for at, item in enumerate(dict.fromkeys(row[2] for row in stands))}
    unit_of_item = np.zeros(len(code), np.int64)
    for _provision, unit, item, _answers in stands:
        unit_of_item[code[item]] = unit
    opened: dict[tuple[str, int], tuple[int, bool]] = {}
    for plan, provision, unit, reason in (
        LeftOpen.objects.filter(document=document)
        .order_by("id")
        .values_list("plan_key", "provision_id", "unit_id", "reason")
    ):
        opened[plan, provision] = (unit, bool(reason))
    left = [(provision, unit) for (_plan, provision), (unit, holds) in opened.items() if holds]
    return Decided(
        identity=np.array([row[0] for row in stands], np.int64),
        unit=np.array([row[1] for row in stands], np.int64),
        item=np.array([code[row[2]] for row in stands], np.int64),
        answers=np.array([row[3] for row in stands], bool),
        open_identity=np.array([row[0] for row in left], np.int64),
        open_unit=np.array([row[1] for row in left], np.int64),
        unit_of_item=unit_of_item,
    )


def _still_there(lines: dict[str, tuple[str, str]]) -> set[str]:
    """The lines that still stand in the newest version of their plan."""
    by_room: dict[tuple[str, str], list[str]] = {}
    for item, name in lines.items():
        by_room.setdefault(name, []).append(item)
    there: set[str] = set()
    for name, keys in by_room.items():
        there |= _looked_up(name, keys)
    return there


_known: dict[tuple[str, str], tuple[Hashable, dict[str, bool]]] = {}


def _looked_up(name: tuple[str, str], keys: list[str]) -> set[str]:
    """Of some lines those that stand in their plan's newest version; asked again only when a plan got a new one."""
    provider = items.provider_of(*name)
    state = provider.state()
    held = _known.get(name)
    known = held[1] if held is not None and held[0] == state and len(held[1]) < MOST_LINES else {}
    unknown = [key for key in keys if key not in known]
    if unknown:
        now = provider.item_hashes(unknown)
        known |= {key: key in now for key in unknown}
    _known[name] = (state, known)
    return {key for key in keys if known[key]}
