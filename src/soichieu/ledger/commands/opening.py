"""Giving tasks out: from a confirmed requirement and its addressees to one obligation a unit; and allocating parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.ledger import clock
from soichieu.ledger.append import Draft, append
from soichieu.ledger.commands.acts import issuer_of, refuse_before_given
from soichieu.ledger.commands.requirements import open_chain
from soichieu.ledger.document_sources import source_of_directive
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.fold import answer_for
from soichieu.ledger.kinds import Choice, Given, Kind
from soichieu.ledger.models import Chain, Obligation, Requirement
from soichieu.ledger.sources import Source
from soichieu.ledger.standing import given_on
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of

ALLOCATED_IN = frozenset(
    {"not_started", "no_published_data", "in_progress", "submitted", "awaiting_confirmation", "returned"}
)
"""Lifecycles in which a task is divided: one that is done or taken from its unit would seem open again by its parts."""


@transaction.atomic
def open_obligations(
    *,
    asker: Asker,
    requirement: Requirement,
    unit_ids: Sequence[int],
    happened_on: dt.date,
    deadline: dt.date | None = None,
    period: str = "",
    published_only: bool | None = None,
    source: Source | None = None,
    evidence: Sequence[str] = (),
) -> list[Obligation]:
    """Give a confirmed requirement to units: one obligation each, each with its *opened* line.

    ``deadline`` defaults to the requirement's; ``published_only`` to the directive's (a real unit on which only
    published facts
    are kept shows *no published data* until something is). Units that owe it already are left as they are; where the
    giving was voided, the same obligation is opened again.
    Raises :class:`Refusal` when the requirement is not confirmed, waits for its one lead, or the deadline lies
    before the directive.
    """
    if requirement.status != Requirement.Status.CONFIRMED:
        raise Refusal(_("Confirm the requirement before it is given to anyone."))
    if requirement.needs_one_lead:
        raise Refusal(_("The directive names several leads: choose the one who answers before it is given out."))
    if requirement.given == Given.ONE and len(set(unit_ids)) > 1:
        raise Refusal(_("This requirement is given to one: choose one lead."), field="addressees")
    directive = requirement.directive
    due = deadline if deadline is not None else requirement.deadline
    if due is not None and due < directive.signed_on:
        raise Refusal(_("The deadline lies before the directive itself. Check the year."), field="deadline")
    if happened_on > clock.today():
        raise Refusal(_("A task cannot be given on a day that has not come yet."), field="happened_on")
    chain = open_chain(directive=directive)
    wanted = list(dict.fromkeys(unit_ids))
    _require(asker, chain, Kind.OPENED, wanted)
    # Taken before it is read who owes it: two people who give out at once come one after the other.
    Chain.objects.select_for_update().get(pk=chain.pk)
    there = {
        one.unit_id: one
        for one in Obligation.objects.filter(requirement=requirement, period=period, part_of=None, unit_id__in=wanted)
    }
    owed = given_on([one.pk for one in there.values()])
    anew = [one for one in there.values() if one.pk not in owed]
    fresh = Obligation.objects.bulk_create(
        [
            Obligation(chain=chain, requirement=requirement, unit_id=unit, period=period)
            for unit in wanted
            if unit not in there
        ],
        batch_size=2000,
    )
    fresh += sorted(anew, key=lambda one: one.pk)
    if source is None:
        source, evidence = source_of_directive(directive)
    only = directive.published_only if published_only is None else published_only
    append(
        asker=asker,
        chain_id=chain.pk,
        drafts=[_opened(obligation, happened_on, due, only, source, evidence, requirement) for obligation in fresh],
    )
    return fresh


def _require(asker: Asker, chain: Chain, act: str, units: Sequence[int]) -> None:
    """Raise ``Forbidden``, naming the unit, unless the asker may do an act of the assigner about tasks of the units."""
    issuer = issuer_of(chain)
    rights = permissions.may_many(
        asker,
        act,
        holder_ids=units,
        issuer_ids=issuer if issuer is not None else units,
        line=chain.line or None,
        on=clock.today(),
    )
    for unit, allowed in zip(units, rights, strict=True):
        if not allowed:
            name = name_of([unit], clock.today())[unit]
            raise Forbidden(
                _("%(unit)s is not yours to give tasks to: only units under the issuer are.") % {"unit": name}
            )


def _opened(
    obligation: Obligation,
    happened_on: dt.date,
    deadline: dt.date | None,
    published_only: bool,
    source: Source | None,
    evidence: Sequence[str],
    requirement: Requirement,
) -> Draft:
    payload = {"requirement": requirement.content_hash}
    if obligation.part_of_id is not None:
        payload["part_of"] = str(obligation.part_of_id)
    if obligation.period:
        payload["period"] = obligation.period
    return Draft(
        obligation_id=obligation.pk,
        kind=Kind.OPENED,
        happened_on=happened_on,
        deadline=deadline,
        choice=Choice.PUBLISHED_ONLY if published_only else "",
        unit_id=obligation.unit_id,
        source=source,
        evidence=evidence,
        payload=payload,
    )


@transaction.atomic
def allocate_parts(
    *,
    asker: Asker,
    obligation: Obligation,
    parts: Sequence[tuple[int, dt.date | None]],
    happened_on: dt.date,
    source: Source | None = None,
) -> list[Obligation]:
    """Allocate an obligation that a split left to several heirs: one part each (unit, deadline or the whole's own).

    Raises :class:`Refusal` for a task that is allocated already or not open, a day that it cannot be; ``Forbidden``
    where the task, or a unit named, is not the asker's to give.
    """
    if obligation.part_of_id is not None:
        raise Refusal(_("A part is not divided again: allocate the whole."))
    if len(parts) < 2 or len({unit for unit, _deadline in parts}) != len(parts):
        raise Refusal(_("Name at least two different units, one for each part."), field="parts")
    if happened_on > clock.today():
        raise Refusal(_("A task cannot be given on a day that has not come yet."), field="happened_on")
    chain = Chain.objects.select_for_update(of=("self",)).select_related("directive").get(pk=obligation.chain_id)
    signed = chain.directive.signed_on
    if any(deadline is not None and deadline < signed for _unit, deadline in parts):
        raise Refusal(_("The deadline lies before the directive itself. Check the year."), field="deadline")
    cell = answer_for([obligation.pk], clock.today()).cell(obligation.pk)
    holder = cell.holder_id if cell.holder_id is not None else obligation.unit_id
    _require(asker, chain, Kind.TRANSFERRED, [holder])
    _require(asker, chain, Kind.OPENED, [unit for unit, _deadline in parts])
    refuse_before_given([obligation.pk], happened_on)
    if cell.lifecycle not in ALLOCATED_IN:
        raise Refusal(_("In its present state this task is not divided: look at its lines first."))
    if given_on(list(obligation.parts.values_list("pk", flat=True))):
        raise Refusal(_("This task is divided already: void the lines that gave its parts first."), field="parts")
    made = Obligation.objects.bulk_create(
        [
            Obligation(
                chain=chain,
                requirement=obligation.requirement,
                unit_id=unit,
                period=obligation.period,
                part_of=obligation,
            )
            for unit, _deadline in parts
        ]
    )
    drafts = [
        _opened(part, happened_on, deadline or cell.current_deadline, False, source, (), obligation.requirement)
        for part, (_unit, deadline) in zip(made, parts, strict=True)
    ]
    append(asker=asker, chain_id=chain.pk, drafts=drafts)
    return made
