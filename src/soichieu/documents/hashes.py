"""Hashes of what the register keeps, computed from the stored words and bytes themselves.

The ledger's entries cite a text by (room, kind, id, hash). ``soichieu verify`` asks again, through
``text_hash_of``, what the hash is *now*; the answer never comes from a column that holds a hash.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from soichieu.documents import files
from soichieu.documents.models import Document, Edition, Provision, TableRow

ROOM = "documents"


def canonical_hash(value: Any) -> str:
    """SHA-256 over canonical JSON: keys sorted, no blanks, UTF-8, NFC."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def provision_hash(heading: str, text: str) -> str:
    """Of a provision: its own heading and text, to the character. Its label and place are left out, they may shift.

    (``Reading``'s own hash takes white space as one; a hash that an entry cites must not.)
    """
    return canonical_hash([heading, text])


def row_hash(data: Mapping[str, Any]) -> str:
    """Of a table row: everything that the reader took from it but the place it stands at."""
    return canonical_hash({key: value for key, value in data.items() if key not in ("id", "source", "confidence")})


def edition_hash(
    provisions: Iterable[tuple[str, str, str, str, str]], rows: Iterable[tuple[str, Mapping[str, Any]]]
) -> str:
    """Of a whole edition: (citation, label, heading, text, nature) of each provision, (id, data) of each row."""
    return canonical_hash(
        {"provisions": [list(part) for part in provisions], "rows": [[row_id, row_hash(data)] for row_id, data in rows]}
    )


def document_hash(document: Document) -> str:
    """Of what is registered about a document, its text left out."""
    return canonical_hash(
        {
            "number": document.number,
            "kind": document.kind,
            "issuer": document.issuer,
            "signed_on": document.signed_on.isoformat(),
            "title": document.title,
            "signer": document.signer,
            "signing_form": document.signing_form,
            "source": document.source,
        }
    )


def _documents(ids: list[str]) -> dict[str, str]:
    return {str(document.pk): document_hash(document) for document in Document.objects.filter(pk__in=ids)}


def _editions(ids: list[str]) -> dict[str, str]:
    """All that an edition shows: its tree and rows, the text they were read from, what was read of its first lines, and
    which file it came in."""
    kept = Edition.objects.filter(pk__in=ids).values_list("pk", "source_text", "reading", "file_id")
    found = {pk: [source_text, reading, file_id] for pk, source_text, reading, file_id in kept}
    provisions: dict[int, list[tuple[str, str, str, str, str]]] = {pk: [] for pk in found}
    rows: dict[int, list[tuple[str, Mapping[str, Any]]]] = {pk: [] for pk in found}
    columns = ("edition_id", "citation", "label", "heading", "text", "nature")
    for edition, *parts in Provision.objects.filter(edition__in=list(found)).order_by("ordinal").values_list(*columns):
        provisions[edition].append(tuple(parts))
    row_columns = ("edition_id", "row_id", "data")
    for edition, row_id, data in (
        TableRow.objects.filter(edition__in=list(found)).order_by("ordinal").values_list(*row_columns)
    ):
        rows[edition].append((row_id, data))
    return {str(pk): canonical_hash([edition_hash(provisions[pk], rows[pk]), *whole]) for pk, whole in found.items()}


def _provisions(ids: list[str]) -> dict[str, str]:
    found = Provision.objects.filter(pk__in=ids).values_list("pk", "heading", "text")
    return {str(pk): provision_hash(heading, text) for pk, heading, text in found}


def _rows(ids: list[str]) -> dict[str, str]:
    return {str(pk): row_hash(data) for pk, data in TableRow.objects.filter(pk__in=ids).values_list("pk", "data")}


def _files(ids: list[str]) -> dict[str, str]:
    return {sha256: found for sha256 in ids if (found := files.recomputed_hash(sha256)) is not None}


RESOLVERS: dict[str, Callable[[list[str]], dict[str, str]]] = {
    "document": _documents,
    "edition": _editions,
    "provision": _provisions,
    "row": _rows,
    "file": _files,
}


def text_hashes_of(kind: str, ids: Iterable[str | int]) -> dict[str, str]:
    """Current hashes of many things of one kind, by id as text; what is no longer there is left out.

    Kinds: ``document`` ``edition`` ``provision`` ``row`` (database ids) and ``file`` (its SHA-256). Raises ``KeyError``
    for any other kind.
    """
    resolve = RESOLVERS[kind]
    wanted = [str(one) for one in ids]
    if kind != "file":
        # An entry that was tampered with may cite what can be no key.
        wanted = [one for one in wanted if one.isascii() and one.isdigit() and len(one) < 19]
    answer: dict[str, str] = {}
    for start in range(0, len(wanted), 500):
        answer |= resolve(wanted[start : start + 500])
    return answer


def text_hash_of(kind: str, one: str | int) -> str | None:
    """Current hash of one thing, or None when it is no longer there."""
    return text_hashes_of(kind, [one]).get(str(one))
