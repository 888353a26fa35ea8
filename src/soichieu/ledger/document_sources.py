"""How the ledger resolves what it cites of the register: documents, editions, provisions, rows, files, and
sentences by identity."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from soichieu.documents import hashes
from soichieu.documents.models import Document, Edition, Provision, StoredFile, TableRow
from soichieu.ledger.sources import Resolver, Source, register


def source_of_document(document: Document) -> Source:
    """A registered document as the source of an entry."""
    return Source(room="documents", kind="document", id=str(document.pk), hash=hashes.document_hash(document))


def source_of_directive(directive: Document) -> tuple[Source, list[str]]:
    """What a directive's tasks are given from: its newest text when it is here, with the file that it was read from as
    evidence; otherwise the document as it is registered."""
    edition = directive.editions.order_by("-ordinal").first()
    if edition is None:
        return source_of_document(directive), []
    digest = hashes.text_hash_of("edition", edition.pk) or ""
    source = Source(room="documents", kind="edition", id=str(edition.pk), hash=digest)
    return source, [edition.file_id] if edition.file_id else []


def texts_by_identity(keys: Iterable[str]) -> dict[str, str]:
    """``identity:hash`` → the hash, for those keys whose text still stands in some edition and still gives that
    hash."""
    wanted: dict[int, set[str]] = {}
    for key in keys:
        number, _colon, digest_wanted = key.partition(":")
        wanted.setdefault(int(number), set()).add(digest_wanted)
    there: dict[str, str] = {}

    def look(identity: int, digest: str) -> None:
        if digest in wanted.get(identity, ()):
            there[f"{identity}:{digest}"] = digest

    ids = list(wanted)
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        for identity, heading, text in Provision.objects.filter(identity__in=some).values_list(
            "identity_id", "heading", "text"
        ):
            look(identity, hashes.provision_hash(heading, text))
        for identity, data in TableRow.objects.filter(identity__in=some).values_list("identity_id", "data"):
            look(identity, hashes.row_hash(data))
    return there


def _document_label(pk: str) -> str:
    document = Document.objects.filter(pk=pk).first()
    return document.number if document else pk


def _file_label(sha256: str) -> str:
    return StoredFile.objects.filter(pk=sha256).values_list("name", flat=True).first() or sha256[:12]


def _edition_label(pk: str) -> str:
    edition = Edition.objects.select_related("document").filter(pk=pk).first()
    if edition is None:
        return pk
    return _("%(number)s, edition %(ordinal)s") % {"number": edition.document.number, "ordinal": edition.ordinal}


def _edition_url(pk: str) -> str | None:
    edition = Edition.objects.filter(pk=pk).first()
    return None if edition is None else _url("documents:edition", edition.document_id, edition.ordinal)


def _url(name: str, *arguments: object) -> str | None:
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return None


def register_all() -> None:
    """Called once when Django starts."""

    labels = {"document": _document_label, "file": _file_label, "edition": _edition_label}
    urls: dict[str, Callable[[str], str | None]] = {
        "document": lambda pk: _url("documents:document", pk),
        "file": lambda pk: _url("documents:file", pk),
        "edition": _edition_url,
    }

    def of_kind(kind: str) -> Resolver:
        return Resolver(
            hashes=lambda ids: hashes.text_hashes_of(kind, ids),
            label=labels.get(kind, str),
            url=urls.get(kind, lambda _pk: None),
        )

    for kind in hashes.RESOLVERS:
        register("documents", kind, of_kind(kind))
    register("documents", "text", Resolver(hashes=texts_by_identity, label=str, url=lambda _key: None))
