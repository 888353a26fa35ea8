"""What is done with a version of a plan: submitted, returned with reasons, its approval registered. Nothing is signed
here: legal value is in the signed, numbered document, which is registered by number, day and signer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.documents import keys, rights
from soichieu.documents.commands import receive
from soichieu.documents.models import Document, StoredFile
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.ledger.locking import lock_chains_of
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker, today
from soichieu.plans.commands.answers import Answered, answer_with_plan, own_document, take_text
from soichieu.plans.commands.handing import write_returned, write_submitted
from soichieu.plans.commands.register import require_write
from soichieu.plans.errors import ChangedMeanwhile
from soichieu.plans.facts import Facts, clean
from soichieu.plans.models import Answer, Plan, PlanAct, PlanEdition, PlanFacts, PlanSuperior
from soichieu.plans.queries.acts import superior_units
from soichieu.plans.queries.editions import is_own
from soichieu.plans.queries.register import duplicate_of, newest_facts
from soichieu.web.dates import write_day


@dataclass(frozen=True)
class Approved:
    """A registered approval, and the tasks that it answers. ``unread``: why the file's text is not in the register."""

    act: PlanAct
    answers: tuple[Answered, ...] = ()
    unread: str = ""


@dataclass(frozen=True)
class Issue:
    """The numbered document by which a plan is approved or issued, and from when to when the plan is in force by it
    (both days included; no first day: from the day it was signed)."""

    number: str
    signed_on: dt.date
    signer: str = ""
    signing_form: str = ""
    stored: StoredFile | None = None
    from_day: dt.date | None = None
    to_day: dt.date | None = None
    obligations: Sequence[int] = field(default_factory=tuple)
    """Tasks of the unit that it answers."""


@transaction.atomic
def submit_plan(
    *,
    asker: Asker,
    plan: Plan,
    edition: int,
    seen: int,
    to_unit: int,
    happened_on: dt.date,
    note: str = "",
    obligations: Sequence[int] = (),
) -> PlanAct:
    """Hand a version up to a superior unit, which returns it or approves it.

    ``edition``: the ordinal of the version the asker saw, which must be the newest; ``seen``: the primary key of the
    last act the asker saw, 0 for none. ``obligations``: the tasks of the unit that it is to answer; about each the
    line *submitted* is written. Raises ``ChangedMeanwhile``, ``Refusal`` naming the field, ``NotAllowed``,
    ``Obligation.DoesNotExist``.
    """
    require_write(asker, plan.unit_id)
    last, newest = _standing(plan, edition, seen)
    if last is not None and last.act == PlanAct.Act.SUBMITTED:
        raise Refusal(_("It was submitted already and waits for an answer."))
    if last is not None and last.act == PlanAct.Act.APPROVED and last.edition_id == newest.pk:
        raise Refusal(_("This version is approved already. Write a new version first."))
    if to_unit not in superior_units(plan, today()):
        raise Refusal(_("Choose a unit above this one."), field="to_unit")
    _check_day(happened_on, "happened_on", last)
    act = _act(asker, plan, newest, PlanAct.Act.SUBMITTED, happened_on, with_unit=to_unit, reason=clean(note))
    write_submitted(asker, act, obligations)
    return act


@transaction.atomic
def return_plan(*, asker: Asker, plan: Plan, seen: int, happened_on: dt.date, reason: str) -> PlanAct:
    """Give a submitted plan back to its unit, saying why; the tasks that wait with it are returned in the book.
    Raises like :func:`submit_plan`."""
    permissions.may(asker, "return_plan", holder_id=plan.unit_id, on=today()).require()
    last, newest = _standing(plan, None, seen)
    if last is None or last.act != PlanAct.Act.SUBMITTED:
        raise Refusal(_("Only a plan that was submitted is returned."))
    if not clean(reason):
        raise Refusal(_("Say why, in a sentence."), field="reason")
    _check_day(happened_on, "happened_on", last)
    edition = last.edition or newest
    act = _act(asker, plan, edition, PlanAct.Act.RETURNED, happened_on, with_unit=asker.unit_id, reason=clean(reason))
    write_returned(asker, act, last)
    return act


@transaction.atomic
def approve_plan(*, asker: Asker, plan: Plan, edition: int, seen: int, issue: Issue) -> Approved:
    """Register the approval of a version by the number, day, signer and signing form of the signed document.

    Of the unit's own house the document is the unit's; of a superior it is the superior's, and the unit is recorded to
    have received it. The facts of the plan follow, and each task named is answered by it: a registered answer and the
    line *issued*, all of it or nothing. Raises like :func:`submit_plan`, and as ``answer_with_plan`` does.
    """
    permissions.may(asker, "approve_plan", holder_id=plan.unit_id, on=today()).require()
    last, newest = _standing(plan, edition, seen)
    if last is not None and last.act == PlanAct.Act.APPROVED and last.edition_id == newest.pk:
        raise Refusal(_("The approval of this version is registered already."))
    lock_chains_of(issue.obligations)
    issue = _checked(issue, last)
    facts = newest_facts([plan.pk])[plan.pk]
    issuer = _issuer(asker, plan, last)
    _refuse_duplicate(plan, issue)
    document = own_document(
        asker, issuer, issue.number, issue.signed_on, facts.title, issue.signer, issue.signing_form, act="approve_plan"
    )
    unread = take_text(asker, document, issue.stored, act="approve_plan") if issue.stored is not None else ""
    if issuer != plan.unit_id:
        receive(asker, document=document, unit=plan.unit, received_on=today(), act="approve_plan")
    _follow(asker, plan, facts, document, issue)
    act = _act(asker, plan, newest, PlanAct.Act.APPROVED, issue.signed_on, with_unit=issuer, document=document)
    answers = tuple(_answer(asker, plan, pk, facts.kind, document, issue) for pk in dict.fromkeys(issue.obligations))
    return Approved(act, answers, unread)


@transaction.atomic
def answer_tasks(*, asker: Asker, plan: Plan, obligations: Sequence[int]) -> tuple[Answered, ...]:
    """Let a plan whose approval is registered answer further tasks of its unit. Raises as ``answer_with_plan`` does."""
    last = (
        PlanAct.objects.filter(plan=plan, act=PlanAct.Act.APPROVED).select_related("document").order_by("-pk").first()
    )
    if last is None or last.document is None:
        raise Refusal(_("Register its approval first: a task is answered by a signed, numbered document."))
    if not obligations:
        raise Refusal(_("Choose the task that it answers."), field="obligations")
    lock_chains_of(obligations)
    facts = newest_facts([plan.pk])[plan.pk]
    document = last.document
    issue = Issue(document.number, document.signed_on, document.signer, document.signing_form)
    return tuple(_answer(asker, plan, pk, facts.kind, document, issue) for pk in dict.fromkeys(obligations))


@transaction.atomic
def choose_superior(*, asker: Asker, plan: Plan, document: Document, holds: bool = True) -> PlanSuperior:
    """Say that a plan is to stand under a document, or no longer. Saying what stands already changes nothing."""
    require_write(asker, plan.unit_id)
    rights.require_see(asker, document)
    Plan.objects.select_for_update().get(pk=plan.pk)
    facts = newest_facts([plan.pk]).get(plan.pk)
    if facts is not None and facts.document_id == document.pk:
        raise Refusal(_("This is the plan itself. Choose a document above it."), field="number")
    standing = PlanSuperior.objects.filter(plan=plan, document=document).order_by("-pk").first()
    if standing is not None and standing.holds == holds:
        return standing
    if standing is None and not holds:
        raise Refusal(_("Nobody chose this document: it follows from the register or from a task that is answered."))
    return PlanSuperior.objects.create(
        plan=plan, document=document, holds=holds, made_at=clock.now(), made_by=rights.record_of(asker)
    )


def _standing(plan: Plan, edition: int | None, seen: int) -> tuple[PlanAct | None, PlanEdition]:
    """The last act and the newest version, under the plan's lock; refuses when they are not those the asker saw."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    last = PlanAct.objects.filter(plan=plan).select_related("edition", "plan").order_by("-pk").first()
    if (last.pk if last is not None else 0) != seen and last is not None:
        words = _("%(who)s acted meanwhile: %(act)s, %(day)s. Look at it first.")
        told = {"who": last.made_by.get("label", ""), "act": last.get_act_display(), "day": write_day(last.happened_on)}
        raise ChangedMeanwhile(words % told, last)
    newest = plan.editions.order_by("-ordinal").first()
    if newest is None:
        raise Refusal(_("The plan has no lines yet. Write them, or read them from its file."))
    if edition is not None and newest.ordinal != edition:
        words = _("%(who)s saved version %(ordinal)d meanwhile. Look at it first.")
        raise ChangedMeanwhile(words % {"who": newest.made_by.get("label", ""), "ordinal": newest.ordinal}, newest)
    return last, newest


def _issuer(asker: Asker, plan: Plan, last: PlanAct | None) -> int:
    """Whose document it is: the plan's own unit's, unless the asker's unit stands above it or was asked to decide."""
    if asker.unit_id is None or asker.unit_id == plan.unit_id:
        return plan.unit_id
    asked = last is not None and last.act == PlanAct.Act.SUBMITTED and last.with_unit_id == asker.unit_id
    return asker.unit_id if asked or not is_own(asker, plan) else plan.unit_id


def _check_day(day: dt.date, name: str, last: PlanAct | None) -> None:
    if day > today():
        raise Refusal(_("This day is still to come."), field=name)
    if last is not None and day < last.happened_on:
        raise Refusal(
            _("It cannot be before %(day)s, the day of the act before it.") % {"day": write_day(last.happened_on)},
            field=name,
        )


def _checked(issue: Issue, last: PlanAct | None) -> Issue:
    issue = replace(issue, number=keys.printed(clean(issue.number)), signer=clean(issue.signer))
    if not keys.has_digits(issue.number):
        raise Refusal(_("Write the number as it is printed, for example 57-NQ/TW."), field="number")
    if issue.signed_on > today():
        raise Refusal(_("This day is still to come."), field="signed_on")
    waiting = last if last is not None and last.act == PlanAct.Act.SUBMITTED else None
    _check_day(issue.signed_on, "signed_on", waiting)
    first = issue.from_day or issue.signed_on
    if issue.to_day is not None and issue.to_day < first:
        raise Refusal(_("The last day in force is before the first."), field="to_day")
    return replace(issue, from_day=first)


def _refuse_duplicate(plan: Plan, issue: Issue) -> None:
    there = duplicate_of(plan.unit_id, issue.number, issue.signed_on)
    if there is not None and there.plan_id != plan.pk:
        raise Refusal(
            _("%(number)s of %(day)s is in the unit's register already: %(title)s.")
            % {"number": there.number, "day": write_day(there.signed_on), "title": there.title},
            field="number",
        )


def _follow(asker: Asker, plan: Plan, before: PlanFacts, document: Document, issue: Issue) -> None:
    """The facts as the approval states them. Whoever may register it may say so, above the unit as well."""
    facts = replace(
        Facts.of(before),
        number=document.number,
        signed_on=issue.signed_on,
        signer=issue.signer,
        signing_form=issue.signing_form,
        document=document,
        from_day=issue.from_day,
        to_day=issue.to_day if issue.to_day is not None else before.to_day,
    )
    PlanFacts.objects.create(
        plan=plan,
        **{one.name: getattr(facts, one.name) for one in fields(facts)},
        reason=_("approval registered: %(number)s") % {"number": document.number},
        made_at=clock.now(),
        made_by=rights.record_of(asker),
    )


def _act(
    asker: Asker,
    plan: Plan,
    edition: PlanEdition,
    act: str,
    happened_on: dt.date,
    *,
    with_unit: int | None,
    reason: str = "",
    document: Document | None = None,
) -> PlanAct:
    return PlanAct.objects.create(
        plan=plan,
        edition=edition,
        act=act,
        happened_on=happened_on,
        with_unit_id=with_unit,
        document=document,
        reason=reason,
        made_at=clock.now(),
        made_by=rights.record_of(asker),
    )


def _answer(asker: Asker, plan: Plan, obligation: int, kind: str, document: Document, issue: Issue) -> Answered:
    programme = kind == PlanFacts.Kind.PROGRAMME
    return answer_with_plan(
        asker=asker,
        obligation_id=obligation,
        number=document.number,
        signed_on=document.signed_on,
        kind=Answer.Kind.OWN_PROGRAMME if programme else Answer.Kind.OWN_PLAN,
        signer=issue.signer,
        signing_form=issue.signing_form,
        stored=issue.stored,
        plan=plan,
        issued=document,
    )
