"""Where two superiors ask a unit for the same with another date, target, scope or product: what it may ask upward.

Found between sentences of different documents that one line of the unit answers by decision; nothing is guessed beyond
what people tied.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import urlencode

from django.urls import reverse

from soichieu.documents import rights
from soichieu.documents.models import Document, Edition
from soichieu.links import items, suggesting
from soichieu.links.commands.questions import may_ask
from soichieu.links.engine import Drifted
from soichieu.links.models import ANSWERS, Decision, Question
from soichieu.links.offered import Offer, offered
from soichieu.organisation.askers import Asker

ABOUT = {
    "target_weaker": "target",
    "deadline_later": "deadline",
    "scope_narrower": "scope",
    "product_missing": "product",
}


@dataclass(frozen=True)
class Conflict:
    """Two sentences that one line answers, and what the second says otherwise."""

    line: str
    documents: tuple[Document, Document]
    offers: tuple[Offer, Offer]
    drifts: tuple[Drifted, ...]

    @property
    def about(self) -> str:
        """What differs first: the code of a question's subject."""
        return ABOUT[self.drifts[0].kind]

    @property
    def ask_url(self) -> str:
        """Where the question is put, with what differs chosen."""
        address = reverse("links:ask", args=[self.offers[0].key, self.offers[1].key])
        return f"{address}?{urlencode({'about': self.about})}"


def conflicts(asker: Asker) -> list[Conflict]:
    """What the asker may ask upward for their own unit and nobody has asked yet; empty for those who do not ask."""
    if asker.unit_id is None or not may_ask(asker, asker.unit_id):
        return []
    tied, lines = _tied(asker.unit_id)
    seen = {one.pk: one for one in rights.visible_documents(asker).filter(pk__in=_documents(tied))}
    told = _offers(seen)
    asked = {
        frozenset(pair) for pair in Question.objects.filter(unit_id=asker.unit_id).values_list("first_id", "second_id")
    }
    found: dict[frozenset[int], Conflict] = {}
    for item, places in tied.items():
        here = [(seen[doc], told[place]) for doc, place in sorted(places) if doc in seen and place in told]
        for (one, first), (other, second) in combinations(here, 2):
            pair = frozenset((first.identity, second.identity))
            if one.pk == other.pk or pair in asked or pair in found:
                continue
            if drifts := suggesting.differences(first, second):
                found[pair] = Conflict(lines.get(item, ""), (one, other), (first, second), drifts)
    return list(found.values())


def _documents(tied: dict[str, set[tuple[int, int]]]) -> set[int]:
    return {document for places in tied.values() for document, _sentence in places}


def _tied(unit_id: int) -> tuple[dict[str, set[tuple[int, int]]], dict[str, str]]:
    """Line → (document, sentence) that it answers by standing decisions of a unit, for lines that answer sentences of
    several documents and still stand; and the words of those lines."""
    newest: dict[tuple[str, int], tuple[int, str, str, tuple[str, str]]] = {}
    columns = ("item_key", "provision_id", "document_id", "relation", "origin", "room", "kind")
    for item, provision, document, relation, origin, *name in (
        Decision.objects.filter(unit_id=unit_id).order_by("id").values_list(*columns)
    ):
        newest[item, provision] = (document, relation, origin, (name[0], name[1]))
    tied: dict[str, set[tuple[int, int]]] = defaultdict(set)
    rooms: dict[str, tuple[str, str]] = {}
    for (item, provision), (document, relation, origin, name) in newest.items():
        if relation in ANSWERS and origin != Decision.Origin.WITHDRAWN:
            tied[item].add((document, provision))
            rooms[item] = name
    kept = {item: places for item, places in tied.items() if len({document for document, _ in places}) > 1}
    there: dict[str, str] = {}
    for name in {rooms[item] for item in kept}:
        keys = [item for item in kept if rooms[item] == name]
        provider = items.provider_of(*name)
        now = provider.item_hashes(keys)
        there |= {key: one.text for key, one in provider.items(keys).items() if key in now}
    return {item: places for item, places in kept.items() if item in there}, there


def _offers(documents: dict[int, Document]) -> dict[int, Offer]:
    newest: dict[int, Edition] = {}
    for edition in Edition.objects.filter(document__in=list(documents)).order_by("ordinal").defer("source_text"):
        newest[edition.document_id] = edition
    return {identity: one for edition in newest.values() for identity, one in offered(edition).by_identity.items()}
