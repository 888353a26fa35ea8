"""Answers to proposals."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.documents import rights
from soichieu.documents.models import Document
from soichieu.findings.commands import base
from soichieu.findings.models import Answer, ConclusionKind, Finding, Kind, Raising, Step, Version
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.web.dates import write_day


def answering_unit(finding: Finding, version: Version) -> int:
    """The unit that owns the answer: the addressee; of a body outside the tree the holder of the occasion, which
    forwards the proposal and records what came back."""
    if version.addressee_unit_id:
        return version.addressee_unit_id
    return Raising.objects.filter(finding=finding).order_by("pk").values_list("occasion_unit_id", flat=True)[0]


def may_answer(asker: Asker, finding: Finding, version: Version) -> permissions.Verdict:
    """Whether the asker may answer a proposal."""
    return base.may(asker, base.ANSWER, answering_unit(finding, version))


@transaction.atomic
def answer(
    *,
    asker: Asker,
    finding: Finding | str,
    choice: str,
    reason: str = "",
    answered_on: dt.date | None = None,
    document: Document | None = None,
) -> Answer:
    """Answer a proposal: *considering* leaves it open, *accepted* or *refused* (with the reason) ends it; a later
    answer takes the place of an earlier one, and both stay. ``document``: the paper by which it was answered.

    Raises ``Refusal`` naming the field, and ``Forbidden``: only the unit to which it is put answers.
    """
    held = base.locked(finding)
    version = base.heads_of(held)[-1]
    last = held.steps.order_by("-pk").values_list("step", flat=True).first()
    is_proposal = held.kind == Kind.PROPOSAL or (
        held.kind == Kind.CONCLUSION and version.conclusion_kind == ConclusionKind.PROPOSAL
    )
    if not is_proposal:
        raise Refusal(_("Only a proposal is answered."))
    base.require(may_answer(asker, held, version))
    if last in (Step.State.WITHDRAWN, Step.State.DRAFTED):
        raise Refusal(_("This proposal was not made, or was taken back."))
    if choice not in Answer.Choice.values:
        raise Refusal(_("Choose the answer."), field="choice")
    why = base.text_of(reason)
    if choice == Answer.Choice.REFUSED and not why:
        raise Refusal(_("Say why the proposal is not accepted."), field="reason")
    day = base.not_ahead(answered_on or clock.today(), "answered_on")
    raised = min(Raising.objects.filter(finding=held).values_list("on", flat=True))
    if day < raised:
        raise Refusal(
            _("The proposal was made on %(day)s; an answer cannot be earlier.") % {"day": write_day(raised)},
            field="answered_on",
        )
    if document is not None:
        rights.require_see(asker, document)
    return Answer.objects.create(
        finding=held,
        choice=choice,
        reason=why,
        unit_id=version.addressee_unit_id,
        document=document,
        answered_on=day,
        made_at=clock.now(),
        made_by=rights.record_of(asker),
    )
