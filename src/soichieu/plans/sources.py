"""How the ledger resolves a plan that an entry comes from: hashed anew from the stored row and its document."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from soichieu.documents import hashes
from soichieu.ledger.sources import Resolver, Source, register
from soichieu.plans.models import Answer

ROOM, ANSWER = "plans", "answer"


def answer_hash(answer: Answer) -> str:
    """SHA-256 over what the row says and what the register says of its document; never read from a column.

    The bytes of the file are cited by the entry's evidence and checked there.
    """
    return hashes.canonical_hash(
        {
            "unit": answer.unit_id,
            "obligation": answer.obligation_id,
            "kind": answer.kind,
            "file": answer.file_id,
            "document": [answer.document_id, hashes.document_hash(answer.document)],
        }
    )


def source_of(answer: Answer) -> Source:
    """A plan as the source of an entry."""
    return Source(room=ROOM, kind=ANSWER, id=str(answer.pk), hash=answer_hash(answer))


def _hashes(ids: Iterable[str]) -> dict[str, str]:
    wanted = [int(one) for one in ids if str(one).isdigit()]
    found: dict[str, str] = {}
    for start in range(0, len(wanted), 500):
        answers = Answer.objects.filter(pk__in=wanted[start : start + 500]).select_related("document")
        found |= {str(answer.pk): answer_hash(answer) for answer in answers}
    return found


def _label(pk: str) -> str:
    return Answer.objects.filter(pk=pk).values_list("document__number", flat=True).first() or pk


def _url(pk: str) -> str | None:
    document = Answer.objects.filter(pk=pk).values_list("document_id", flat=True).first()
    return reverse("documents:document", args=[document]) if document else None


def register_all() -> None:
    """Called once when Django starts."""
    register(ROOM, ANSWER, Resolver(hashes=_hashes, label=_label, url=_url))
