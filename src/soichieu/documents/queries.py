"""Every reading of the register takes the asker and gives only what the asker sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.urls import reverse

from soichieu.documents import citing, dated, files, keys, rights, searching, words
from soichieu.documents.identity import SUSPECT
from soichieu.documents.models import (
    Document,
    DocumentCitation,
    DocumentLink,
    Edition,
    IdentityChange,
    PendingReading,
    Provision,
    ProvisionIdentity,
    Receipt,
    SearchRow,
    StoredFile,
    TableRow,
)
from soichieu.documents.rights import visible_documents
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker, today

__all__ = [
    "Change",
    "Hit",
    "by_number",
    "citations_of",
    "compare",
    "document",
    "edition",
    "file",
    "links_of",
    "pending",
    "pending_of",
    "place_of",
    "receipts_of",
    "register",
    "search",
    "suspects",
    "visible_documents",
]


def register(asker: Asker) -> QuerySet[Document]:
    """The list of documents, newest first, with ``editions_count``, ``last_edition`` and ``received_on`` (the last
    receipt by the asker's own unit)."""
    own = Receipt.objects.filter(document=OuterRef("pk"), unit=asker.unit_id or 0).order_by("-pk")
    return (
        visible_documents(asker)
        .annotate(
            editions_count=Count("editions", distinct=True),
            last_edition=Max("editions__ordinal"),
            received_on=Subquery(own.values("received_on")[:1]),
        )
        .order_by("-signed_on", "-id")
    )


def document(asker: Asker, pk: int) -> Document:
    """One document; ``Document.DoesNotExist`` when there is none or it is not the asker's to see."""
    return visible_documents(asker).select_related("issuer_unit", "registering_unit").get(pk=pk)


def by_number(asker: Asker, number: str) -> list[Document]:
    """The documents that bear this number, as printed or damaged, newest first."""
    found = visible_documents(asker).filter(Q(number=keys.printed(number)) | Q(number_key=keys.number_key(number)))
    return list(found.order_by("-signed_on", "-id"))


def edition(asker: Asker, of: Document, ordinal: int | None = None, dates: dated.Dates = dated.NOW) -> Edition | None:
    """One edition of a document that the asker sees, without a number the one of a day, without that the newest; None
    when it has none of it."""
    rights.require_see(asker, of)
    if ordinal is None:
        return dated.edition_of(of, dates)
    return of.editions.select_related("file", "mends").filter(ordinal=ordinal).first()


def file(asker: Asker, sha256: str, document_id: int | None = None) -> StoredFile:
    """A file of a document that the asker sees, or of an upload of the asker's own, under the name that it was handed
    in by there; ``StoredFile.DoesNotExist``. ``document_id``: of the documents with these bytes, the one meant."""
    stored = StoredFile.objects.get(pk=sha256)
    seen = Edition.objects.filter(file=stored, document__in=visible_documents(asker).values("pk")).order_by("pk")
    meant = seen.filter(document=document_id).last() if document_id is not None else None
    if (edition := meant or seen.first()) is not None:
        return files.named(stored, edition.file_name)
    if (own := PendingReading.objects.filter(file=stored, asker_key=rights.asker_key(asker)).first()) is not None:
        return files.named(stored, own.file_name)
    if asker.operator:
        return stored
    raise StoredFile.DoesNotExist


def links_of(asker: Asker, of: Document) -> list[DocumentLink]:
    """Links from and to a document, those to documents that the asker does not see left out."""
    seen = visible_documents(asker).values("pk")
    links = DocumentLink.objects.filter(Q(source=of, target__in=seen) | Q(target=of, source__in=seen))
    return list(links.select_related("source", "target").order_by("relation", "pk"))


def receipts_of(asker: Asker, of: Document) -> QuerySet[Receipt]:
    """The last receipt of a document by each unit that the asker sees."""
    last = Receipt.objects.filter(document=of).values("unit").annotate(last=Max("pk")).values("last")
    receipts = Receipt.objects.filter(pk__in=last).select_related("unit").order_by("received_on", "pk")
    ids = permissions.visible_units(asker, on=today())
    return receipts if ids is None else receipts.filter(unit_id__in=rights.id_list(ids))


@dataclass
class Cited:
    """A citation as an asker may see it: its document and candidates only where the asker sees them."""

    citation: DocumentCitation
    document: Document | None
    candidates: list[tuple[Document, list[dict[str, object]]]]

    @property
    def hidden(self) -> bool:
        """It is resolved to a document that the asker does not see."""
        return self.citation.document_id is not None and self.document is None


def citations_of(asker: Asker, of: Edition) -> list[Cited]:
    """The citations of an edition in order."""
    rows = list(of.citations.select_related("provision").order_by("ordinal"))
    wanted = {row.document_id for row in rows if row.document_id}
    wanted |= {one["document"] for row in rows for one in row.candidates}
    seen = {one.pk: one for one in visible_documents(asker).filter(pk__in=wanted)}
    return [
        Cited(
            row,
            seen.get(row.document_id) if row.document_id else None,
            [(seen[one["document"]], one["reasons"]) for one in row.candidates if one["document"] in seen],
        )
        for row in rows
    ]


def resolve(asker: Asker, cited: citing.Cited) -> tuple[Document | None, list[citing.Candidate]]:
    """What a citation means, among the documents that the asker sees."""
    certain, found = citing.resolve(cited)
    seen = set(visible_documents(asker).filter(pk__in=[one.document.pk for one in found]).values_list("pk", flat=True))
    return (certain if certain and certain.pk in seen else None), [one for one in found if one.document.pk in seen]


# --- Editions beside each other --------------------------------------------------------------------------------------


def suspects(of: Edition) -> QuerySet[IdentityChange]:
    """The identities that this edition reworded or lost: what hangs on them must be looked at again."""
    return of.changes.filter(verdict__in=SUSPECT).select_related("identity").order_by("pk")


@dataclass
class Change:
    """One identity in two editions. ``verdict`` as in ``IdentityChange``."""

    verdict: str
    old: Provision | TableRow | None
    new: Provision | TableRow | None

    @property
    def label(self) -> str:
        """The verdict in words."""
        return str(IdentityChange.Verdict(self.verdict).label)

    @property
    def words(self) -> tuple[str, str]:
        """What it said and what it says."""
        return _said(self.old), _said(self.new)


def _said(one: Provision | TableRow | None) -> str:
    if one is None:
        return ""
    if isinstance(one, TableRow):
        return searching.row_words(one.data)
    return " ".join(part for part in (one.label, one.heading, one.text) if part)


def compare(asker: Asker, old: Edition, new: Edition) -> list[Change]:
    """Two editions of one document, by identity: in the order of the newer, what is gone at its old place."""
    rights.require_see(asker, new.document)
    changes = _compared(
        list(old.provisions.order_by("ordinal")), list(new.provisions.order_by("ordinal")), lambda one: one.text_hash
    )
    return changes + _compared(
        list(old.rows.order_by("ordinal")), list(new.rows.order_by("ordinal")), lambda one: one.text_hash
    )


def _compared(old: Sequence, new: Sequence, words: object) -> list[Change]:
    before = {one.identity_id: one for one in old}
    places = {one.identity_id: at for at, one in enumerate(old)}
    left = [one for one in old if one.identity_id not in {other.identity_id for other in new}]
    changes: list[Change] = []
    reached = -1
    for one in new:
        known = before.get(one.identity_id)
        if known is None:
            changes.append(Change("new", None, one))
            continue
        at = places[one.identity_id]
        while left and places[left[0].identity_id] < at:
            changes.append(Change("gone", left.pop(0), None))
        moved = at < reached
        reached = max(reached, at)
        verdict = "changed" if words(known) != words(one) else "moved" if moved else "same"  # type: ignore[operator]
        changes.append(Change(verdict, known, one))
    return changes + [Change("gone", one, None) for one in left]


# --- Search and permalinks -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hit:
    """A place that was found: a document, or a provision or row of it."""

    document: Document
    provision: Provision | None
    row: TableRow | None
    snippet: list[searching.Piece]

    @property
    def place(self) -> str:
        """The citation within the document; empty for the document itself."""
        return self.provision.citation if self.provision else self.row.row_id if self.row else ""

    @property
    def place_words(self) -> str:
        """The same as a reader says it."""
        return words.place(self.place)

    @property
    def url(self) -> str:
        """An address that stays right when a new edition comes."""
        found = self.provision or self.row
        if found is None:
            return reverse("documents:document", args=[self.document.pk])
        return reverse("documents:place", args=[found.identity.key])


def search(asker: Asker, text: str, *, limit: int = 50, offset: int = 0) -> list[Hit]:
    """Documents and places that hold all the words, without tones; those first that hold them side by side, in the
    order in which they were typed."""
    beside = " ".join(searching.words_of(text))
    rows = (
        searching.matching(text)
        .annotate(apart=Case(When(folded__contains=beside, then=Value(0)), default=Value(1)))
        .filter(document__in=visible_documents(asker).values("pk"))
        .select_related("document", "provision__identity", "row__identity")
        .order_by("apart", F("rank"), "pk")[offset : offset + limit]
    )
    return [Hit(row.document, row.provision, row.row, searching.snippet(_words(row), text)) for row in rows]


def _words(row: SearchRow) -> str:
    if row.provision is not None:
        return f"{row.provision.heading} {row.provision.text}".strip()
    if row.row is not None:
        return searching.row_words(row.row.data)
    one = row.document
    return " · ".join(part for part in (one.number, one.title, one.issuer, one.signer) if part)


def place_of(asker: Asker, key: str, dates: dated.Dates = dated.NOW) -> tuple[Edition, str]:
    """Where an identity stands: (edition, citation), in the edition of a day, without one in the newest that holds it.

    Raises ``ProvisionIdentity.DoesNotExist`` when there is none or its document is not the asker's to see.
    """
    identity = ProvisionIdentity.objects.get(key=key, document__in=visible_documents(asker).values("pk"))
    found = dated.edition_with(identity, dates)
    if found is None:
        raise ProvisionIdentity.DoesNotExist
    return found


# --- Uploads that wait -----------------------------------------------------------------------------------------------


def pending(asker: Asker, pk: int) -> PendingReading:
    """One upload of the asker's own; ``PendingReading.DoesNotExist``."""
    return PendingReading.objects.select_related("file", "document").get(pk=pk, asker_key=rights.asker_key(asker))


def pending_of(asker: Asker) -> QuerySet[PendingReading]:
    """The asker's uploads that wait to be confirmed, newest first."""
    return PendingReading.objects.filter(asker_key=rights.asker_key(asker)).order_by("-changed_at")
