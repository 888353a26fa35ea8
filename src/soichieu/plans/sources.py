"""How the ledger resolves a plan that an entry comes from: hashed anew from the stored row and its document."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from soichieu.documents import hashes
from soichieu.ledger.sources import Resolver, Source, register
from soichieu.plans.models import Plan

ROOM, KIND = "plans", "plan"


def plan_hash(plan: Plan) -> str:
    """SHA-256 over what the row says and what the register says of its document; never read from a column.

    The bytes of the file are cited by the entry's evidence and checked there.
    """
    return hashes.canonical_hash(
        {
            "unit": plan.unit_id,
            "obligation": plan.obligation_id,
            "kind": plan.kind,
            "file": plan.file_id,
            "document": [plan.document_id, hashes.document_hash(plan.document)],
        }
    )


def source_of(plan: Plan) -> Source:
    """A plan as the source of an entry."""
    return Source(room=ROOM, kind=KIND, id=str(plan.pk), hash=plan_hash(plan))


def _hashes(ids: Iterable[str]) -> dict[str, str]:
    wanted = [int(one) for one in ids if str(one).isdigit()]
    found: dict[str, str] = {}
    for start in range(0, len(wanted), 500):
        plans = Plan.objects.filter(pk__in=wanted[start : start + 500]).select_related("document")
        found |= {str(plan.pk): plan_hash(plan) for plan in plans}
    return found


def _label(pk: str) -> str:
    return Plan.objects.filter(pk=pk).values_list("document__number", flat=True).first() or pk


def _url(pk: str) -> str | None:
    document = Plan.objects.filter(pk=pk).values_list("document_id", flat=True).first()
    return reverse("documents:document", args=[document]) if document else None


def register_all() -> None:
    """Called once when Django starts."""
    register(ROOM, KIND, Resolver(hashes=_hashes, label=_label, url=_url))
