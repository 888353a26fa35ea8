"""The lines of the book when a version of a plan goes up and comes back: *submitted* and *returned* about the tasks
that it is to answer, so that who handed in which version to whom, and when, stands in the thread of the task."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from soichieu.ledger import queries as ledger
from soichieu.ledger.append import Draft, append
from soichieu.ledger.errors import Refusal
from soichieu.ledger.kinds import Kind, Ladder
from soichieu.ledger.locking import lock_chains_of
from soichieu.ledger.models import Entry, Obligation
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of
from soichieu.plans.commands.answers import open_to_answer
from soichieu.plans.models import PlanAct
from soichieu.plans.queries.acts import SUBMITTABLE, lines_of_acts
from soichieu.plans.sources import source_of_act


def write_submitted(asker: Asker, act: PlanAct, obligations: Sequence[int]) -> list[Entry]:
    """Write *submitted* about each task that the submitted version is to answer; all of them or none.

    The room's own verb (*write_plan*) was checked, as the version is the unit's own: a records clerk hands it in too.
    Raises ``Refusal`` naming the field, ``Obligation.DoesNotExist`` for a task that the asker does not see.
    """
    wanted = list(dict.fromkeys(obligations))
    lock_chains_of(wanted)
    for pk in wanted:
        obligation, cell = ledger.obligation(asker, pk)
        words = {"code": obligation.requirement.code, "number": obligation.chain.directive.number}
        holder = cell.holder_id if cell.holder_id is not None else obligation.unit_id
        if holder != act.plan.unit_id or obligation.requirement.ladder != Ladder.MADE_CONCRETE:
            raise Refusal(
                _("Task %(code)s of %(number)s is none that a plan of this unit answers. Choose one of the list.")
                % words,
                field="obligations",
            )
        if cell.own_lifecycle not in SUBMITTABLE:
            raise Refusal(
                _("Task %(code)s of %(number)s waits for an answer already, or takes none. Leave it out.") % words,
                field="obligations",
            )
        open_to_answer(obligation, cell, Kind.SUBMITTED, act.happened_on, "happened_on")
    to = name_of([act.with_unit_id], act.happened_on)[act.with_unit_id] if act.with_unit_id is not None else ""
    return _append(asker, act, Kind.SUBMITTED, wanted, {"to": to})


def write_returned(asker: Asker, act: PlanAct, submitted: PlanAct) -> list[Entry]:
    """Write *returned*, with the reason, about each task that still waits with the version that was ``submitted``: the
    clock goes back to its unit. The room's own verb (*return_plan*) was checked: a superior returns what was submitted
    to it, also where another gave the task."""
    waiting = [line.obligation_id for line in lines_of_acts(asker, [submitted], waiting=True)]
    lock_chains_of(waiting)
    return _append(asker, act, Kind.RETURNED, waiting, {})


def _append(asker: Asker, act: PlanAct, kind: Kind, obligations: Sequence[int], payload: dict[str, Any]) -> list[Entry]:
    said = {**payload, **({"reason": act.reason} if act.reason else {})}
    if act.edition is not None:
        said["version"] = act.edition.ordinal
    source = source_of_act(act)
    written: list[Entry] = []
    chains: dict[int, list[int]] = {}
    for pk, chain in Obligation.objects.filter(pk__in=obligations).order_by("pk").values_list("pk", "chain_id"):
        chains.setdefault(chain, []).append(pk)
    for chain, ones in sorted(chains.items()):
        drafts = [
            Draft(obligation_id=pk, kind=kind, happened_on=act.happened_on, source=source, payload=said) for pk in ones
        ]
        ids = append(asker=asker, chain_id=chain, drafts=drafts).ids
        written.extend(Entry.objects.filter(pk__gte=ids.start, pk__lt=ids.stop).order_by("position"))
    return written
