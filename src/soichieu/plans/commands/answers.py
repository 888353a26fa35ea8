"""Every change of this room: a plan answers a task; or the superior's plan is carried out directly."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from soichieu.documents import files, keys, rights
from soichieu.documents.commands import read_edition, register_document
from soichieu.documents.models import Document, StoredFile
from soichieu.documents.told import unreadable as why_unreadable
from soichieu.ledger import commands as ledger
from soichieu.ledger import queries as ledger_queries
from soichieu.ledger.commands.acts import issuer_of
from soichieu.ledger.document_sources import source_of_document
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.fold import Cell
from soichieu.ledger.kinds import Choice, Kind
from soichieu.ledger.models import Chain, Entry, Obligation
from soichieu.ledger.standing import given_on
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker, today
from soichieu.organisation.models import Unit
from soichieu.organisation.names import name_of
from soichieu.plans.models import Answer, Plan
from soichieu.plans.sources import source_of
from soichieu.reading import UnreadableFile
from soichieu.web.dates import write_day


@dataclass(frozen=True)
class Answered:
    """A registered answer. ``unread``: why the file's text is not in the register (it is kept all the same)."""

    answer: Answer
    entry: Entry
    unread: str = ""


@transaction.atomic
def answer_with_plan(
    *,
    asker: Asker,
    obligation_id: int,
    number: str,
    signed_on: dt.date,
    kind: str = Answer.Kind.OWN_PLAN,
    title: str = "",
    signer: str = "",
    signing_form: str = "",
    stored: StoredFile | None = None,
    plan: Plan | None = None,
    issued: Document | None = None,
) -> Answered:
    """Register the unit's plan by number and date, with its file when there is one, and write *issued* about the task.

    A task whose closing is the issued document is done by this act; any other waits for confirmation. One plan may
    answer several tasks: a document registered already by its number, issuer and day is taken as it is. ``plan``: the
    plan of this room whose lines it holds; ``issued``: the document by which that plan was approved, in the place of
    one of the unit's own.

    Raises ``Refusal`` or ``ValidationError`` naming the field, ``Forbidden``, ``NotAllowed``,
    ``Obligation.DoesNotExist``.
    """
    obligation, cell = task_under_lock(asker, obligation_id)
    holder = open_to_answer(obligation, cell, Kind.ISSUED, signed_on, "signed_on")
    require(asker, obligation, holder, Kind.ISSUED)
    require(asker, obligation, holder, "register_plan")
    if kind not in Answer.Kind.values:
        raise Refusal(_("Choose whether it is a plan or an action programme."), field="kind")
    document = issued or own_document(
        asker, holder, number, signed_on, title, signer, signing_form, act="register_plan"
    )
    if issued is not None:
        rights.require_see(asker, issued)
    if Answer.objects.filter(obligation=obligation, document=document).exists():
        raise Refusal(_("%(number)s answers this task already.") % {"number": document.number}, field="number")
    unread = take_text(asker, document, stored, act="register_plan") if stored is not None else ""
    answer = Answer.objects.create(
        unit_id=holder,
        document=document,
        obligation=obligation,
        plan=plan,
        kind=kind,
        file=stored,
        registered_at=timezone.now(),
        registered_by=rights.record_of(asker),
    )
    payload = {"number": document.number, "number_date": signed_on.isoformat(), "response": kind}
    payload |= {name: value for name, value in (("signer", signer), ("signing_form", signing_form)) if value.strip()}
    (entry,) = ledger.record(
        asker=asker,
        kind=Kind.ISSUED,
        obligations=[obligation.pk],
        happened_on=signed_on,
        source=source_of(answer),
        evidence=[stored] if stored is not None else [],
        payload=payload,
    )
    return Answered(answer, entry, unread)


@transaction.atomic
def carry_out_directly(
    *, asker: Asker, obligation_id: int, document: Document, happened_on: dt.date, reason: str = ""
) -> Entry:
    """The lawful alternative to a plan of its own (conclusion 226-KL/TW): the unit carries out the superior's plan.

    ``document``: the superior's, which the asker must see. Closes *made concrete* by act, counted apart from own plans.
    """
    obligation, cell = task_under_lock(asker, obligation_id)
    holder = open_to_answer(obligation, cell, Kind.RESPONDED, happened_on, "happened_on")
    require(asker, obligation, holder, Kind.RESPONDED)
    rights.require_see(asker, document)
    if document.issuer_unit_id == holder:
        raise Refusal(
            _("%(number)s is the unit's own. Register it as its plan instead.") % {"number": document.number},
            field="number",
        )
    if document.signed_on > happened_on:
        raise Refusal(
            _("%(number)s was signed on %(day)s, after this day.")
            % {"number": document.number, "day": write_day(document.signed_on)},
            field="happened_on",
        )
    (entry,) = ledger.record(
        asker=asker,
        kind=Kind.RESPONDED,
        choice=Choice.DIRECTLY,
        obligations=[obligation.pk],
        happened_on=happened_on,
        source=source_of_document(document),
        payload={"number": document.number, **({"reason": reason.strip()} if reason.strip() else {})},
    )
    return entry


def task_under_lock(asker: Asker, obligation_id: int) -> tuple[Obligation, Cell]:
    """A task as it stands, under the lock of its chain: of two who answer it at once the second sees it answered."""
    chain = Obligation.objects.values_list("chain_id", flat=True).get(pk=obligation_id)
    Chain.objects.select_for_update().get(pk=chain)
    return ledger_queries.obligation(asker, obligation_id)


def open_to_answer(obligation: Obligation, cell: Cell, kind: str, day: dt.date, field: str) -> int:
    """The unit that holds the task; raises when an answer that writes ``kind`` on this day would have no effect."""
    if not ledger_queries.takes_effect(kind, obligation.requirement, cell):
        raise Refusal(_("In its present state this task takes no answer: look at its lines first."))
    opened = given_on([obligation.pk]).get(obligation.pk)
    if opened is not None and day < opened:
        raise Refusal(
            _("The task was given on %(day)s; what is older is no answer to it. Check the date.")
            % {"day": write_day(opened)},
            field=field,
        )
    return cell.holder_id if cell.holder_id is not None else obligation.unit_id


def require(asker: Asker, obligation: Obligation, holder: int, act: str) -> None:
    """Raise ``Forbidden`` with the rule unless the asker may do an act about the task that ``holder`` holds."""
    verdict = permissions.may(
        asker,
        act,
        holder_id=holder,
        issuer_id=issuer_of(obligation.chain) if act != "register_plan" else None,
        line=obligation.chain.line,
        on=today(),
    )
    if not verdict.allowed:
        raise Forbidden(verdict.reason)


def own_document(
    asker: Asker,
    holder: int,
    number: str,
    signed_on: dt.date,
    title: str,
    signer: str,
    signing_form: str,
    *,
    act: str,
) -> Document:
    """The unit's own document in the register: as it stands there already, or entered now by number and date. ``act``:
    the verb of this room of which it is a part: whoever may do that may register this document."""
    issuer = name_of([holder], signed_on)[holder]
    there = Document.objects.filter(
        number_key=keys.number_key(number), issuer_key=keys.issuer_key(issuer), signed_on=signed_on
    ).first()
    if there is not None:
        rights.require_see(asker, there)
        return there
    return register_document(
        asker,
        number=number,
        issuer=issuer,
        signed_on=signed_on,
        title=title,
        signer=signer,
        signing_form=signing_form,
        issuer_unit=Unit.objects.get(pk=holder),
        act=act,
    )


def take_text(asker: Asker, document: Document, stored: StoredFile, *, act: str) -> str:
    """Take the file's text into the register when it can be read; a scan is kept as evidence and said to be one.
    ``act`` as in :func:`own_document`."""
    if document.editions.exists():
        return ""
    try:
        with transaction.atomic():
            read_edition(asker, document, files.read(stored.pk), stored.name, act=act)
    except UnreadableFile as unreadable:
        return why_unreadable(unreadable)
    except ValidationError as wrong:
        return "; ".join(wrong.messages)
    return ""
