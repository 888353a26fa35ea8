"""Reading a text into an edition, and mending the tree that came out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from soichieu import reading as reader
from soichieu.documents import citing, files, rights, searching, storing, words
from soichieu.documents.errors import EditConflict
from soichieu.documents.mending import SENTENCE, CannotMend, Mending, lay_over, mend_tree
from soichieu.documents.models import Correction, Document, Edition, StoredFile
from soichieu.organisation.askers import Asker


def read_bytes(data: bytes, name: str) -> dict[str, Any]:
    """The reading of a file as plain JSON, and by which versions it was read.

    Raises ``ValidationError`` for an empty or too large file, ``reading.UnreadableFile`` for one that cannot be read.
    """
    files.check(data, name)
    read = reader.read_bytes(data, name).to_json()
    for cited in read["citations"]:
        # A reason carries its Vietnamese beside its English; JSON alone would lose it.
        if reason := cited.get("reason"):
            cited["reasons"] = [{"en": str(reason), "vi": getattr(reason, "vi", str(reason))}]
    return {**read, "read_by": {"reader": read.get("reader", ""), "soichieu": version("soichieu")}}


def read_edition(
    asker: Asker,
    document: Document,
    data: bytes,
    name: str,
    *,
    corrections: Iterable[Mapping[str, Any]] = (),
    act: str = rights.REGISTER,
) -> Edition:
    """Read a file as the document's next edition. Corrections made to earlier readings are laid over this one.

    ``corrections``: mendings made before confirming, as ``Mending.to_json`` gives them. The same file read by the same
    reader a second time gives the edition that is there already. ``act`` as in ``register_document``. Raises
    ``UnreadableFile``, ``ValidationError``, ``NotAllowed``.
    """
    rights.require_edit(asker, document, act)
    if document.classification != Document.Classification.NONE:
        raise ValidationError(_("The text of a classified document is not kept here."))
    read = read_bytes(data, name)
    with transaction.atomic():
        stored = files.store(data, name)
        return store_reading(asker, document, read, stored, [Mending.from_json(one) for one in corrections])


def store_reading(
    asker: Asker, document: Document, read: Mapping[str, Any], stored: StoredFile | None, mendings: Sequence[Mending]
) -> Edition:
    """Write a reading as the next edition, inside the caller's transaction."""
    # Writers of one document take turns here, on both engines.
    Document.objects.select_for_update().get(pk=document.pk)
    previous = document.editions.order_by("-ordinal").first()
    kept = [
        Mending(one.kind, one.anchor["citation"], one.values, one.anchor["hash"])
        for one in document.corrections.order_by("sequence")
    ]
    tree, _laid, lost = lay_over(read["provisions"], kept)
    try:
        tree, fresh = mend_tree(tree, mendings)
    except CannotMend as wrong:
        raise ValidationError(explain(wrong)) from wrong
    warnings = [*read.get("warnings", []), *(_not_laid(mending) for mending in lost)]
    edition = Edition(
        document=document,
        ordinal=storing.next_ordinal(document),
        file=stored,
        file_name=stored.name if stored is not None else "",
        source_text=read.get("source_text", ""),
        reading={
            "document": read.get("document", {}),
            "tables": [
                {key: value for key, value in table.items() if key != "rows"} for table in read.get("tables", [])
            ],
        },
        read_by=read.get("read_by", {}),
        warnings=warnings,
        made_at=timezone.now(),
        made_by=rights.record_of(asker),
    )
    _store(asker, edition, tree, read.get("tables", []), previous, fresh)
    citing.store_citations(edition, read.get("citations", []))
    return edition


def _store(
    asker: Asker,
    edition: Edition,
    tree: Sequence[Mapping[str, Any]],
    tables: Sequence[Mapping[str, Any]],
    previous: Edition | None,
    mendings: Sequence[Mending],
) -> None:
    try:
        with transaction.atomic():
            storing.store_edition(edition, tree, tables, previous)
    except IntegrityError as clash:
        newest = edition.document.editions.order_by("-ordinal").first()
        if newest is None or newest.ordinal < edition.ordinal:
            raise
        raise _conflict(newest) from clash
    start = edition.document.corrections.count()
    Correction.objects.bulk_create(
        [
            Correction(
                document=edition.document,
                edition=edition,
                sequence=start + at,
                kind=mending.kind,
                anchor={"citation": mending.citation, "hash": mending.hash},
                values=dict(mending.values),
                made_at=edition.made_at,
                made_by=edition.made_by,
            )
            for at, mending in enumerate(mendings, 1)
        ]
    )
    searching.index_document(edition.document, edition)


def mend(asker: Asker, edition: Edition, corrections: Iterable[Mapping[str, Any]]) -> Edition:
    """Mend the tree of the newest edition; the outcome is a new edition, so what anyone saw before stays as it was.

    ``corrections``: ``{"kind", "citation", "values"}`` in the order to lay them (``mending.KINDS``). Raises
    ``EditConflict`` when ``edition`` is no longer the newest, ``ValidationError`` naming the place of a correction
    that makes no sense; nothing is changed then.
    """
    document = edition.document
    rights.require_edit(asker, document, "mend_reading")
    mendings = [Mending.from_json(one) for one in corrections]
    if not mendings:
        raise ValidationError(_("Nothing was mended yet."))
    with transaction.atomic():
        # Writers of one document take turns here, on both engines.
        Document.objects.select_for_update().get(pk=document.pk)
        newest = document.editions.order_by("-ordinal").first()
        if newest is not None and newest.pk != edition.pk:
            raise _conflict(newest)
        try:
            tree, laid = mend_tree(tree_of(edition), mendings)
        except CannotMend as wrong:
            raise ValidationError(explain(wrong)) from wrong
        mended = Edition(
            document=document,
            ordinal=edition.ordinal + 1,
            file=edition.file,
            file_name=edition.file_name,
            mends=edition,
            source_text=edition.source_text,
            reading=edition.reading,
            read_by=edition.read_by,
            warnings=edition.warnings,
            made_at=timezone.now(),
            made_by=rights.record_of(asker),
        )
        _store(asker, mended, tree, tables_of(edition), edition, laid)
        citing.copy_citations(edition, mended)
    return mended


def tree_of(edition: Edition) -> list[dict[str, Any]]:
    """An edition's stored tree in the reading's form."""
    provisions = list(edition.provisions.order_by("ordinal"))
    names = {one.pk: one.citation for one in provisions}
    # A paragraph keeps the words of its sentences beside them; in the tree they stand once.
    divided = {one.parent_id for one in provisions if one.kind == SENTENCE}
    return [
        {
            "id": one.citation,
            "parent": names[one.parent_id] if one.parent_id else None,
            "kind": one.kind,
            "label": one.label,
            "heading": one.heading,
            "text": "" if one.pk in divided else one.text,
            "nature": one.nature,
            "confidence": one.confidence,
            "source": {"start": one.span_start, "end": one.span_end} if one.span_start is not None else None,
        }
        for one in provisions
    ]


def tables_of(edition: Edition) -> list[dict[str, Any]]:
    """An edition's stored rows as the reading's tables."""
    tables: list[dict[str, Any]] = [{**table, "rows": []} for table in edition.reading.get("tables", [])]
    for row in edition.rows.order_by("ordinal"):
        tables[row.table - 1]["rows"].append(row.data)
    return tables


def _conflict(newest: Edition) -> EditConflict:
    message = _(
        "%(who)s saved edition %(ordinal)d meanwhile. Your corrections are kept below: look at the newest text, then"
        " save again."
    )
    return EditConflict(message % {"who": newest.made_by.get("label", ""), "ordinal": newest.ordinal}, newest)


def explain(wrong: CannotMend) -> str:
    """Why a correction makes no sense, in the language of the page."""
    return _("%(place)s: %(reason)s.") % {"place": wrong.citation.lstrip("\0"), "reason": words.cannot_mend(wrong)}


def _not_laid(mending: Mending) -> str:
    return f"{mending.citation}: the correction '{mending.kind}' made to an earlier reading found no such words here"
