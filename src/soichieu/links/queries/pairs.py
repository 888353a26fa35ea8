"""Which plans may be held up against which documents, and how far each pair of them is decided."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from soichieu.documents import queries as documents
from soichieu.documents import rights
from soichieu.documents.models import Document, Edition
from soichieu.links import items
from soichieu.links.items import Head
from soichieu.links.models import ANSWERS, Decision, LeftOpen
from soichieu.links.offered import Offered, offered
from soichieu.organisation.askers import Asker, today
from soichieu.organisation.names import name_of


@dataclass(frozen=True)
class Row:
    """A plan against a superior document. ``decided`` of ``lines`` were decided about; of ``sentences`` there are
    ``without`` that no line answers and nobody left open; None where the document has no text here."""

    head: Head
    document: Document
    unit: str
    decided: int
    sentences: int | None
    without: int | None

    @property
    def plan(self) -> str:
        return self.head.title

    @property
    def number(self) -> str:
        return self.document.number

    @property
    def lines(self) -> int:
        return self.head.lines


def rows(asker: Asker, *, document_id: int | None = None) -> list[Row]:
    """Every plan that the asker sees × every superior document of it that they see, plans in official order; with
    ``document_id`` against that one alone."""
    heads = [
        dataclasses.replace(head, superiors=tuple(one for one in head.superiors if document_id in (None, one.pk)))
        for head in items.heads(asker)
    ]
    heads = [head for head in heads if head.superiors]
    if not heads:
        return []
    wanted = {document.pk for head in heads for document in head.superiors}
    seen = {one.pk: one for one in documents.visible_documents(asker).filter(pk__in=rights.id_list(wanted))}
    texts = _texts(seen)
    decided, answered = _counts(heads)
    names = name_of({head.unit_id for head in heads}, today())
    found = []
    for head in heads:
        for document in head.superiors:
            if document.pk not in seen:
                continue
            text = texts.get(document.pk)
            here = set(text.by_identity) if text else set()
            without = len(here - answered[head.key, document.pk]) if text else None
            found.append(
                Row(
                    head,
                    seen[document.pk],
                    names[head.unit_id],
                    len(decided[head.key, document.pk]),
                    len(here) if text else None,
                    without,
                )
            )
    return found


def of_document(asker: Asker, document: Document) -> list[Row]:
    """The plans that may be held up against one document."""
    return rows(asker, document_id=document.pk)


def _texts(seen: Iterable[int]) -> dict[int, Offered]:
    newest: dict[int, Edition] = {}
    for edition in Edition.objects.filter(document__in=list(seen)).order_by("ordinal").defer("source_text"):
        newest[edition.document_id] = edition
    return {pk: offered(edition) for pk, edition in newest.items()}


def _counts(
    heads: Sequence[Head],
) -> tuple[dict[tuple[str, int], set[str]], dict[tuple[str, int], set[int]]]:
    """(plan, document) → lines of the newest version that were decided about; and sentences answered or left open."""
    keys = [head.key for head in heads]
    newer = Decision.objects.filter(
        plan_key=OuterRef("plan_key"),
        document=OuterRef("document"),
        item_key=OuterRef("item_key"),
        provision=OuterRef("provision"),
        pk__gt=OuterRef("pk"),
    )
    standing = Decision.objects.filter(~Exists(newer), plan_key__in=keys).exclude(origin=Decision.Origin.WITHDRAWN)
    found = list(
        standing.values_list("room", "kind", "plan_key", "document_id", "item_key", "provision_id", "relation")
    )
    there: set[str] = set()
    for name in {(room, kind) for room, kind, *_rest in found}:
        own = {item for room, kind, _plan, _document, item, *_rest in found if (room, kind) == name}
        there |= set(items.provider_of(*name).item_hashes(own))
    decided: dict[tuple[str, int], set[str]] = defaultdict(set)
    answered: dict[tuple[str, int], set[int]] = defaultdict(set)
    for _room, _kind, plan, document, item, provision, relation in found:
        if item in there:
            decided[plan, document].add(item)
            if relation in ANSWERS:
                answered[plan, document].add(provision)
    latest: dict[tuple[str, int, int], str] = {}
    opened = LeftOpen.objects.filter(plan_key__in=keys).order_by("pk")
    for plan, document, provision, reason in opened.values_list("plan_key", "document_id", "provision_id", "reason"):
        latest[plan, document, provision] = reason
    for (plan, document, provision), reason in latest.items():
        if reason:
            answered[plan, document].add(provision)
    return decided, answered
