"""Uploads that wait for a person: read, mended in steps, then confirmed or thrown away. No board shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from soichieu.documents import citing, files, rights, searching
from soichieu.documents.commands import editions
from soichieu.documents.commands.registering import register_facts
from soichieu.documents.errors import EditConflict
from soichieu.documents.mending import CannotMend, Mending, lay_over, mend_tree
from soichieu.documents.models import Document, Edition, PendingReading
from soichieu.organisation.askers import Asker


def start_upload(
    asker: Asker, data: bytes, name: str, *, document: Document | None = None, fields: Mapping[str, Any] | None = None
) -> PendingReading:
    """Read a file and keep it, unconfirmed. ``fields``: what was typed beside it. Raises ``UnreadableFile``."""
    if document is None:
        rights.require_register(asker)
    else:
        rights.require_edit(asker, document)
    read = editions.read_bytes(data, name)
    with transaction.atomic():
        stored = files.store(data, name)
        return _keep(asker, read, document=document, file=stored, file_name=stored.name, fields=dict(fields or {}))


@transaction.atomic
def start_mending(asker: Asker, edition: Edition) -> PendingReading:
    """Begin to mend an edition's tree; nothing is seen by others before it is confirmed. What the asker began and has
    not touched yet is given again: a second press leaves no second one."""
    rights.require_edit(asker, edition.document, "mend_reading")
    # One who presses twice takes turns with oneself, on both engines.
    Document.objects.select_for_update().get(pk=edition.document_id)
    begun = PendingReading.objects.filter(
        document=edition.document_id, asker_key=rights.asker_key(asker), version=1, corrections=[]
    )
    if (mine := begun.filter(fields__edition=edition.pk).order_by("-changed_at", "-pk").first()) is not None:
        return mine
    read = {
        "document": edition.reading.get("document", {}),
        "provisions": editions.tree_of(edition),
        "tables": editions.tables_of(edition),
        "source_text": edition.source_text,
        "warnings": edition.warnings,
        "read_by": edition.read_by,
    }
    return _keep(
        asker, read, document=edition.document, file=edition.file, file_name=edition.file_name,
        fields={"edition": edition.pk},
    )  # fmt: skip


def _keep(asker: Asker, read: Mapping[str, Any], **values: Any) -> PendingReading:
    now = timezone.now()
    return PendingReading.objects.create(
        reading=dict(read),
        started_at=now,
        changed_at=now,
        started_by=rights.record_of(asker),
        asker_key=rights.asker_key(asker),
        **values,
    )


def mended_tree(pending: PendingReading) -> list[dict[str, Any]]:
    """The tree of an upload after the corrections made so far."""
    tree, _laid = mend_tree(pending.reading["provisions"], [Mending.from_json(one) for one in pending.corrections])
    return tree


def add_corrections(
    asker: Asker, pending: PendingReading, corrections: Sequence[Mapping[str, Any]], *, version: int
) -> PendingReading:
    """Lay further corrections; each is tried at once. ``version`` is the one the form was opened at.

    Raises ``ValidationError`` naming the place of a correction that makes no sense, ``EditConflict`` when someone saved
    in between; nothing is changed then.
    """
    _own(asker, pending)
    try:
        mend_tree(
            pending.reading["provisions"], [Mending.from_json(one) for one in [*pending.corrections, *corrections]]
        )
    except CannotMend as wrong:
        raise ValidationError(editions.explain(wrong)) from wrong
    return _save(pending, version, corrections=[*pending.corrections, *corrections])


def take_back(asker: Asker, pending: PendingReading, *, version: int) -> PendingReading:
    """Take the last correction back."""
    _own(asker, pending)
    return _save(pending, version, corrections=pending.corrections[:-1])


def _save(pending: PendingReading, version: int, **values: Any) -> PendingReading:
    """Write only over the version that was seen: of two who save at once the second is told."""
    changed = PendingReading.objects.filter(pk=pending.pk, version=version).update(
        version=F("version") + 1, changed_at=timezone.now(), **values
    )
    newest = PendingReading.objects.filter(pk=pending.pk).first()
    if newest is None:
        raise EditConflict(_("This upload was confirmed or thrown away in another window."), None)
    if not changed:
        raise EditConflict(
            _("This upload was changed in another window meanwhile. What you typed is below; look, and save again."),
            newest,
        )
    return newest


def confirm_upload(asker: Asker, pending: PendingReading, facts: Mapping[str, Any] | None = None) -> Edition:
    """Make an upload an edition: of a new document (``facts`` as ``register_document`` takes them), of the one it was
    uploaded to, or, of a mending, the mended edition. The upload is gone afterwards."""
    _own(asker, pending)
    with transaction.atomic():
        held = PendingReading.objects.select_for_update().filter(pk=pending.pk).first()
        if held is None:
            raise EditConflict(_("This upload was confirmed or thrown away in another window."), None)
        mended_from = held.fields.get("edition")
        if mended_from:
            edition = editions.mend(asker, Edition.objects.get(pk=mended_from), held.corrections)
        else:
            mendings = [Mending.from_json(one) for one in held.corrections]
            document = held.document or register_facts(asker, **(facts or {}), has_file=True)
            rights.require_edit(asker, document)
            edition = editions.store_reading(asker, document, held.reading, held.named_file, mendings)
            if held.document is None:
                searching.index_document(document, edition)
                citing.try_open_citations(document)
        held.delete()
    return edition


def lay_over_newest(asker: Asker, pending: PendingReading) -> list[Mending]:
    """After someone else's edition: lay the corrections of a mending over the newest text. Gives those that found no
    place there; they are dropped from the upload and shown to the person."""
    _own(asker, pending)
    document = pending.document
    assert document is not None
    newest = document.editions.order_by("-ordinal").first()
    assert newest is not None
    _tree, anchored = mend_tree(pending.reading["provisions"], [Mending.from_json(one) for one in pending.corrections])
    tree = editions.tree_of(newest)
    _mended, laid, lost = lay_over(tree, anchored)
    reading = {
        **pending.reading,
        "provisions": tree,
        "tables": editions.tables_of(newest),
        "source_text": newest.source_text,
    }
    _save(
        pending,
        pending.version,
        reading=reading,
        corrections=[one.to_json() for one in laid],
        fields={**pending.fields, "edition": newest.pk},
    )
    return lost


def discard_upload(asker: Asker, pending: PendingReading) -> None:
    """Throw an upload away. Its file stays among the stored ones; nothing refers to it."""
    _own(asker, pending)
    pending.delete()


def _own(asker: Asker, pending: PendingReading) -> None:
    if pending.asker_key != rights.asker_key(asker):
        rights.require_register(asker)
        raise ValidationError(_("This upload belongs to another post."))
