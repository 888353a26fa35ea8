"""What of a document's newest text a line may answer: its leaf sentences and points, and the rows of its task tables.

Viewpoints open no task and are not offered; headings are context.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from soichieu.documents.hashes import canonical_hash
from soichieu.documents.identity import same_words
from soichieu.documents.models import Edition, Provision, TableRow
from soichieu.documents.sheet import PLAIN

NATURES = frozenset(
    {Provision.Nature.GOAL, Provision.Nature.TASK, Provision.Nature.SOLUTION, Provision.Nature.ORGANISATION}
)
ROWS = frozenset({"tasks", "targets"})
# Of a row, what says where it stands and not what it asks.
_PLACE = frozenset({"id", "source", "confidence", "hash", "number", "group", "parent"})
_KEPT = 64


@dataclass(frozen=True)
class Offer:
    """A sentence, point or row that a line may answer. ``identity`` is the primary key of its ``ProvisionIdentity``,
    ``key`` that identity's opaque key. ``hash`` is over its words alone: what is only renumbered is the same.
    ``headings`` lead to it, outermost first; ``number`` is its ordinal in its paragraph, or the row's number."""

    identity: int
    key: str
    citation: str
    text: str
    hash: str
    headings: tuple[tuple[str, str], ...] = ()
    number: str = ""
    deadline: dt.date | None = None
    deadline_text: str = ""
    leads: str = ""
    output: str = ""
    row: bool = False

    @property
    def heading(self) -> str:
        """The headings as one context, for comparing."""
        return " · ".join(words for _place, words in self.headings)


@dataclass(frozen=True)
class Offered:
    """All that a document's edition offers, in reading order. ``viewpoints``: how many sentences open no task."""

    document_id: int
    edition_id: int
    ordinal: int
    offers: tuple[Offer, ...]
    viewpoints: int

    @cached_property
    def by_identity(self) -> Mapping[int, Offer]:
        return {one.identity: one for one in self.offers}

    @cached_property
    def by_key(self) -> Mapping[str, Offer]:
        return {one.key: one for one in self.offers}


_cache: OrderedDict[tuple[int, str, str], Offered] = OrderedDict()
_lock = Lock()


def offered(edition: Edition) -> Offered:
    """What an edition offers. An edition is never changed, so it is laid out once in a process."""
    name = (edition.pk, edition.text_hash, edition.made_at.isoformat())
    with _lock:
        if name in _cache:
            _cache.move_to_end(name)
            return _cache[name]
    found = _read(edition)
    with _lock:
        _cache[name] = found
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return found


def words_hash(heading: str, text: str) -> str:
    """Of a sentence or point: its words; a line broken elsewhere is not another text."""
    return canonical_hash([same_words(heading), same_words(text)])


def row_words_hash(data: Mapping[str, Any]) -> str:
    """Of a row: all it asks, wherever in the table it stands."""
    return canonical_hash({key: value for key, value in data.items() if key not in _PLACE})


def _read(edition: Edition) -> Offered:
    provisions = list(edition.provisions.select_related("identity").order_by("ordinal"))
    parents = {one.pk: one for one in provisions}
    holding = {one.parent_id for one in provisions if one.text}
    said = any(one.nature for one in provisions)
    counts: dict[int | None, int] = {}
    offers: list[Offer] = []
    viewpoints = 0
    for one in provisions:
        if one.kind == "sentence":
            counts[one.parent_id] = counts.get(one.parent_id, 0) + 1
        if not one.text or one.pk in holding or one.kind in PLAIN or one.kind == "table":
            continue
        if said and one.nature not in NATURES:
            viewpoints += one.nature == Provision.Nature.VIEWPOINT
            continue
        offers.append(
            Offer(
                one.identity_id,
                one.identity.key,
                one.citation,
                one.text,
                words_hash(one.heading, one.text),
                _headings(one, parents),
                str(counts[one.parent_id]) if one.kind == "sentence" else one.label,
            )
        )
    rows = edition.rows.filter(table_kind__in=ROWS).select_related("identity").order_by("ordinal")
    return Offered(
        edition.document_id, edition.pk, edition.ordinal, (*offers, *(_row(one) for one in rows)), viewpoints
    )


def _headings(one: Provision, parents: Mapping[int, Provision]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    at = parents.get(one.parent_id or 0)
    while at is not None:
        if at.heading:
            found.append((at.citation, f"{at.label} {at.heading}".strip()))
        at = parents.get(at.parent_id or 0)
    return tuple(reversed(found))


def _row(one: TableRow) -> Offer:
    deadline = one.data.get("deadline") or {}
    until = deadline.get("to") if isinstance(deadline, Mapping) else None
    leads = one.data.get("leads") or []
    return Offer(
        one.identity_id,
        one.identity.key,
        one.row_id,
        one.text,
        row_words_hash(one.data),
        ((one.row_id.rpartition(".")[0], one.group),) if one.group else (),
        one.number,
        dt.date.fromisoformat(until) if until else None,
        str(deadline.get("text") or "") if isinstance(deadline, Mapping) else "",
        "; ".join(str(lead.get("text", "")) if isinstance(lead, Mapping) else str(lead) for lead in leads),
        str(one.data.get("output") or ""),
        row=True,
    )
