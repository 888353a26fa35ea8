"""Conclusions: drafted, concluded by the chair, withdrawn, in the signed notice or left out of it, opened as tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.documents import rights
from soichieu.documents.models import Document
from soichieu.findings import terms as six
from soichieu.findings.commands import base
from soichieu.findings.errors import TwoHeads, Unclear
from soichieu.findings.models import ConclusionKind, Finding, Kind, Step, Version
from soichieu.findings.occasions import Occasion
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.ledger.models import Requirement
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.organisation.columns import LINES, columns
from soichieu.organisation.names import name_of
from soichieu.organisation.queries import subtree
from soichieu.web.dates import write_day

State = Step.State
AWAITING_NOTICE = frozenset({State.CONCLUDED, State.LEFT_OUT})
"""From these a conclusion may go into a notice: what one notice left out, a later one may still say."""


@transaction.atomic
def draft_conclusion(
    *,
    asker: Asker,
    holder_unit_id: int,
    occasion: Occasion,
    on: dt.date,
    conclusion_kind: str,
    words: str,
    terms: Mapping[str, Any] | None = None,
    provisions: Iterable[Any] = (),
    statement: str = "",
    units: Iterable[int] = (),
    addressee: str = "",
    addressee_unit: int | None = None,
) -> Finding:
    """Draft a conclusion, before the conference or during it. Nobody outside the holder sees it until it is concluded.

    ``on``: the day of the conference. ``terms``: of a task, see :mod:`soichieu.findings.terms`. Raises ``Refusal``
    naming the field, and ``Forbidden``.
    """
    base.require(base.may(asker, base.WRITE, holder_unit_id))
    base.holder_of(occasion, holder_unit_id)
    if conclusion_kind not in ConclusionKind.values:
        raise Refusal(_("Choose what kind of conclusion it is."), field="conclusion_kind")
    made = base.fields_of(
        asker,
        {
            "conclusion_kind": conclusion_kind,
            "terms": terms,
            "provisions": provisions,
            "statement": statement,
            "addressee": addressee,
            "addressee_unit": addressee_unit,
        },
    )
    about = base.units_there(units, "units")
    finding = base.make(
        asker,
        kind=Kind.CONCLUSION,
        words=base.words_of(words),
        columns=made,
        occasion=occasion,
        on=on,
        units=about,
    )
    base.step(asker, finding, State.DRAFTED, min(on, clock.today()), version=base.heads_of(finding)[0])
    return finding


@transaction.atomic
def conclude(
    *,
    asker: Asker,
    holder_unit_id: int,
    finding: Finding | str,
    version: Version | int,
    on: dt.date,
    despite: bool = False,
) -> Step:
    """The chair concludes a wording: from now on a task is *expected* on the pages of its leads.

    ``version``: the wording that the chair had before them; another one meanwhile is refused (``TwoHeads`` where two
    stand). A task of which a clear is missing is refused (``Unclear``) unless ``despite``, and then the step names what
    is missing. A task's leads stand under the holder, a proposal's addressee beyond it.
    """
    held = base.locked(finding)
    base.is_kind(held, Kind.CONCLUSION)
    base.stands_at(held, holder_unit_id)
    base.require(base.may(asker, base.CONCLUDE, holder_unit_id))
    last = _last(held)
    if last.step in base.SIGNED:
        raise Refusal(_("This conclusion stands in a signed notice already."))
    words = _head(held, version.pk if isinstance(version, Version) else int(version))
    if last.step == State.CONCLUDED and last.version_id == words.pk:
        return last  # said twice: a key pressed twice concludes once
    day = base.not_ahead(on)
    reason = _checked(words, holder_unit_id, day, despite)
    return base.step(asker, held, State.CONCLUDED, day, version=words, reason=reason)


@transaction.atomic
def settle_in_notice(
    *,
    asker: Asker,
    holder_unit_id: int,
    finding: Finding | str,
    document: Document,
    on: dt.date,
    requirement: Requirement | None = None,
    included: bool = True,
    reason: str = "",
) -> Step:
    """Say what the signed notice of conclusions made of a conclusion: it is in it, or it was left out.

    ``document``: the notice as registered, with number and date; ``requirement``: of a task, what was opened in the
    ledger from it (may follow in a second call). What was left out stays to be seen as left out, with the reason.
    """
    held = base.locked(finding)
    base.is_kind(held, Kind.CONCLUSION)
    base.stands_at(held, holder_unit_id)
    base.require(base.may(asker, base.WRITE, holder_unit_id))
    rights.require_see(asker, document)
    last = _last(held)
    day = base.not_ahead(on)
    concluded = held.steps.filter(step=State.CONCLUDED).order_by("-pk").first()
    if concluded is None or last.step in (State.WITHDRAWN, State.DRAFTED):
        raise Refusal(_("The chair has not concluded this, or withdrew it."))
    words = concluded.version
    if day < concluded.on:
        raise Refusal(
            _("It was concluded on %(day)s; the notice cannot be earlier.") % {"day": write_day(concluded.on)},
            field="on",
        )
    if not included:
        if last.step in base.SIGNED:
            raise Refusal(_("This conclusion stands in a signed notice already."))
        return base.step(
            asker, held, State.LEFT_OUT, day, document=document, reason=base.text_of(reason), version=words
        )
    made = last
    if last.step in AWAITING_NOTICE:
        made = base.step(asker, held, State.IN_NOTICE, day, document=document, version=words)
    elif held.steps.filter(step=State.IN_NOTICE).values_list("document_id", flat=True).last() != document.pk:
        raise Refusal(_("This conclusion stands in another notice."), field="document")
    if requirement is not None:
        made = _opened(asker, held, document, requirement, words, day)
    return made


def _opened(
    asker: Asker, held: Finding, document: Document, requirement: Requirement, words: Version | None, day: dt.date
) -> Step:
    if words is None or words.conclusion_kind != ConclusionKind.TASK:
        raise Refusal(_("Only a task is opened in the ledger."), field="requirement")
    if requirement.directive_id != document.pk:
        raise Refusal(_("The requirement is of another document."), field="requirement")
    there = held.steps.filter(step=State.OPENED, requirement=requirement).first()
    return there or base.step(asker, held, State.OPENED, day, document=document, requirement=requirement, version=words)


def _last(finding: Finding) -> Step:
    last = finding.steps.order_by("-pk").first()
    if last is None:
        raise Refusal(_("This conclusion was never drafted."))
    return last


def _head(finding: Finding, version_id: int) -> Version:
    heads = base.heads_of(finding)
    if len(heads) > 1:
        raise TwoHeads(_("Two wordings stand; choose one of them, or write a third that takes both in."), heads)
    if heads[0].pk != version_id:
        raise Refusal(
            _("Meanwhile it was worded anew: “%(words)s”. Read it, then conclude.") % {"words": heads[0].words},
            field="version",
        )
    return heads[0]


def under(unit_id: int, on: dt.date) -> set[int]:
    """The units of a house and everything under it, on any line."""
    of = columns()
    at = of.position(unit_id)
    mates = [int(of.ids[one]) for one in permissions.house(of, at, on)] if at >= 0 else [unit_id]
    found: set[int] = set(mates)
    for line in LINES:
        for root in mates:
            found |= {int(one) for one in np.asarray(subtree(root, line, on))}
    return found


def _checked(words: Version, holder_unit_id: int, on: dt.date, despite: bool) -> str:
    """What a step says about a wording that may be concluded; raises ``Refusal`` for one that may not."""
    if words.conclusion_kind == ConclusionKind.PROPOSAL:
        if not (words.addressee_unit_id or words.addressee):
            raise Refusal(_("Say to whom the proposal is put."), field="addressee")
        if words.addressee_unit_id and words.addressee_unit_id in under(holder_unit_id, on):
            raise Refusal(
                _("%(unit)s stands under the chair: give it a task, or demand it; a proposal goes beyond.")
                % {"unit": name_of([words.addressee_unit_id], on)[words.addressee_unit_id]},
                field="addressee_unit",
            )
    if words.conclusion_kind != ConclusionKind.TASK:
        return ""
    beyond = [one for one in words.terms["leads"] if one not in under(holder_unit_id, on)]
    if beyond:
        raise Refusal(
            _("%(units)s stands beyond the chair: a task cannot be given there, make it a proposal.")
            % {"units": ", ".join(name_of(beyond, on).values())},
            field="leads",
        )
    deadline = six.deadline_of(words.terms)
    if deadline is not None and deadline < on:
        raise Refusal(_("The deadline %(day)s is past.") % {"day": write_day(deadline)}, field="deadline")
    lacking = six.missing(words.terms)
    if not lacking:
        return ""
    if not despite:
        raise Unclear(_("Not clear yet: %(clears)s.") % {"clears": six.said(lacking)}, lacking)
    return _("concluded although not clear: %(clears)s") % {"clears": six.said(lacking)}
