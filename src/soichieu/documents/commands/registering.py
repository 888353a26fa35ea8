"""Registering a document, and what stands beside it: links, receipts."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from soichieu.documents import citing, keys, rights, searching
from soichieu.documents.commands.editions import read_edition
from soichieu.documents.models import Document, DocumentLink, Receipt
from soichieu.documents.twins import take_turns, twins
from soichieu.organisation.askers import Asker
from soichieu.organisation.models import Unit


def register_document(
    asker: Asker,
    *,
    number: str,
    issuer: str,
    signed_on: dt.date,
    kind: str = "",
    title: str = "",
    signer: str = "",
    signing_form: str = "",
    issuer_unit: Unit | None = None,
    classification: str = Document.Classification.NONE,
    public: bool = False,
    published_only: bool = False,
    source: str = "",
    file: tuple[bytes, str] | None = None,
    another: bool = True,
    act: str = rights.REGISTER,
) -> Document:
    """Put a document into the register; its text (``file``: bytes and name) may come now, later or never. ``act``: the
    verb of a room of which this is a part (``rights.require_register``).

    ``another``: a person has said, or it is known, that it is none of those that look like it (``twins``); with False
    such a one is refused (code ``looks_registered``).

    Raises ``ValidationError`` (by field) for a number that is none, for a document that is there already and for a
    classified one that brings more than number, issuer and date; ``NotAllowed``; ``UnreadableFile`` when the
    text cannot be read: then nothing is registered.
    """
    with transaction.atomic():
        document = register_facts(
            asker,
            number=number,
            issuer=issuer,
            signed_on=signed_on,
            kind=kind,
            title=title,
            signer=signer,
            signing_form=signing_form,
            issuer_unit=issuer_unit,
            classification=classification,
            public=public,
            published_only=published_only,
            source=source,
            has_file=file is not None,
            another=another,
            act=act,
        )
        searching.index_document(document, None)
        if file:
            read_edition(asker, document, *file, act=act)
        citing.try_open_citations(document)
    return document


def register_facts(
    asker: Asker,
    *,
    number: str,
    issuer: str,
    signed_on: dt.date,
    kind: str = "",
    title: str = "",
    signer: str = "",
    signing_form: str = "",
    issuer_unit: Unit | None = None,
    classification: str = Document.Classification.NONE,
    public: bool = False,
    published_only: bool = False,
    source: str = "",
    has_file: bool = False,
    another: bool = True,
    act: str = rights.REGISTER,
) -> Document:
    """The document alone, checked and stored, inside the caller's transaction; see ``register_document``."""
    rights.require_register(asker, act)
    document = Document(
        number=keys.printed(number),
        number_key=keys.number_key(number),
        kind=keys.kind_code(kind.strip()) or keys.kind_of(number),
        issuer=" ".join(issuer.split()),
        issuer_key=keys.issuer_key(issuer),
        issuer_unit=issuer_unit,
        signed_on=signed_on,
        title=title.strip(),
        signer=signer.strip(),
        signing_form=signing_form.strip(),
        classification=classification,
        public=public,
        published_only=published_only,
        source=source.strip(),
        registered_at=timezone.now(),
        registered_by=rights.record_of(asker),
        registering_unit_id=asker.unit_id,
    )
    _check(document, has_file)
    if not another:
        take_turns(document.number)
        same = Document.objects.filter(
            number_key=document.number_key, issuer_key=document.issuer_key, signed_on=signed_on
        ).exists()
        if not same and twins(asker, number=document.number, issuer=document.issuer, signed_on=signed_on):
            raise ValidationError(
                {
                    "number": ValidationError(
                        _("The register has a document that may be this one: look at it above, then say which it is."),
                        code="looks_registered",
                    )
                }
            )
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except IntegrityError:
        raise _already_there(document) from None
    return document


def _check(document: Document, has_file: bool) -> None:
    errors: dict[str, str] = {}
    if not keys.has_digits(document.number):
        errors["number"] = _("Write the number as it is printed, for example 57-NQ/TW.")
    if not document.issuer:
        errors["issuer"] = _("Say who issued it.")
    if document.signed_on > timezone.localdate():
        errors["signed_on"] = _("This day is still to come.")
    more = document.title or document.signer or document.source or document.public or has_file
    if document.classification != Document.Classification.NONE and more:
        errors["classification"] = _(
            "A classified document is registered by number, issuer and date alone. Take out title, signer, source"
            " and file, or do not register it."
        )
    if errors:
        raise ValidationError(errors)
    document.clean_fields(exclude=["registered_by", "issuer_unit", "registering_unit"])


def _already_there(document: Document) -> ValidationError:
    return ValidationError(
        {
            "number": ValidationError(
                _("%(number)s of %(day)s by %(issuer)s is in the register already. Open it and add an edition there."),
                code="already_there",
                params={
                    "number": document.number,
                    "day": f"{document.signed_on.day}-{document.signed_on.month}-{document.signed_on.year}",
                    "issuer": document.issuer,
                },
            )
        }
    )


def link_documents(
    asker: Asker, *, source: Document, target: Document, relation: str, from_day: dt.date | None = None
) -> DocumentLink:
    """Say how ``source`` stands to ``target`` (``DocumentLink.Relation``). Saying it twice changes nothing."""
    rights.require_edit(asker, source)
    rights.require_see(asker, target)
    if relation not in DocumentLink.Relation.values:
        raise ValidationError({"relation": _("Choose how the one stands to the other.")})
    if source.pk == target.pk:
        raise ValidationError({"target": _("A document cannot be linked to itself.")})
    backwards = relation in ("implements", "amends", "replaces", "withdraws", "concludes")
    if backwards and target.signed_on > source.signed_on:
        raise ValidationError(
            {
                "target": _("%(target)s is later than %(source)s. Link them the other way round.")
                % {"target": target.number, "source": source.number}
            }
        )
    link, _made = DocumentLink.objects.get_or_create(
        source=source,
        target=target,
        relation=relation,
        defaults={"from_day": from_day, "made_at": timezone.now(), "made_by": rights.record_of(asker)},
    )
    return link


def receive(
    asker: Asker,
    *,
    document: Document,
    unit: Unit,
    received_on: dt.date,
    incoming_number: str = "",
    act: str = rights.REGISTER,
) -> Receipt:
    """Record that a unit received the document on a day. The last record for a unit stands. ``act`` as in
    :func:`register_document`."""
    rights.require_receive(asker, document, unit, act)
    if received_on < document.signed_on:
        raise ValidationError({"received_on": _("It cannot be received before it was signed.")})
    if received_on > timezone.localdate():
        raise ValidationError({"received_on": _("This day is still to come.")})
    return Receipt.objects.create(
        document=document,
        unit=unit,
        received_on=received_on,
        incoming_number=incoming_number.strip(),
        recorded_at=timezone.now(),
        recorded_by=rights.record_of(asker),
    )
