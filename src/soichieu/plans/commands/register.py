"""Changes of the register of what is in force: a plan is entered, and what is known of it is corrected."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.documents import keys, rights
from soichieu.documents.storing import new_key
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker, today
from soichieu.organisation.models import Unit
from soichieu.plans.errors import ChangedMeanwhile
from soichieu.plans.facts import Facts, clean, differences
from soichieu.plans.models import Plan, PlanFacts
from soichieu.plans.queries.register import duplicate_of, newest_facts
from soichieu.web.dates import write_day, write_moment

_LONGEST = {"number": 100, "signer": 255, "signing_form": 20}


@transaction.atomic
def make_plan(*, asker: Asker, unit: Unit | int, facts: Facts) -> Plan:
    """Enter a programme, plan or key task of a unit, with the first row of facts about it.

    A plan of the unit that bears the same number of the same day is refused. Raises ``Refusal`` naming the field,
    ``NotAllowed``.
    """
    unit_id = unit.pk if isinstance(unit, Unit) else unit
    require_write(asker, unit_id)
    facts = _checked(asker, facts)
    # Two people who enter one document at once wait for each other here, and the second is told.
    Unit.objects.select_for_update().get(pk=unit_id)
    _refuse_duplicate(unit_id, facts)
    plan = Plan.objects.create(key=new_key(), unit_id=unit_id, made_at=clock.now(), made_by=rights.record_of(asker))
    _write(asker, plan, facts, "")
    return plan


@transaction.atomic
def correct_facts(*, asker: Asker, plan: Plan, seen: int, facts: Facts, reason: str) -> PlanFacts:
    """Put a new row of facts in the place of the one the asker saw (``seen``: its primary key), saying why.

    Raises ``ChangedMeanwhile`` when a newer row stands, telling what is different in it; ``Refusal`` naming the field;
    ``NotAllowed``.
    """
    require_write(asker, plan.unit_id)
    Unit.objects.select_for_update().get(pk=plan.unit_id)
    before = newest_facts([plan.pk])[plan.pk]
    if before.pk != seen:
        raise _changed(plan, seen, before)
    facts = _checked(asker, facts)
    words = clean(reason)
    if not words:
        raise Refusal(_("Say why, in a sentence."), field="reason")
    if not differences(Facts.of(before), facts):
        raise Refusal(_("Nothing is different from what stands there."))
    _refuse_duplicate(plan.unit_id, facts, plan)
    return _write(asker, plan, facts, words)


def require_write(asker: Asker, unit_id: int) -> None:
    """Raise ``NotAllowed`` with the rule unless the asker may write plans of the unit."""
    permissions.may(asker, "write_plan", holder_id=unit_id, on=today()).require()


def _checked(asker: Asker, facts: Facts) -> Facts:
    kept: dict[str, Any] = {one.name: getattr(facts, one.name) for one in fields(facts)}
    kept |= {name: clean(kept[name]) for name in ("title", "number", "signer", "signing_form")}
    kept["number"] = keys.printed(kept["number"])
    if kept["kind"] not in PlanFacts.Kind.values:
        raise Refusal(_("Choose whether it is a programme, a plan or a key task."), field="kind")
    if kept["term"] not in PlanFacts.Term.values:
        raise Refusal(_("Choose whether it is for the term or for the year."), field="term")
    if not kept["title"]:
        raise Refusal(_("Say what it is called."), field="title")
    for name, longest in _LONGEST.items():
        if len(kept[name]) > longest:
            raise Refusal(_("At most %(longest)d characters.") % {"longest": longest}, field=name)
    if kept["number"] and not keys.has_digits(kept["number"]):
        raise Refusal(_("Write the number as it is printed, for example 57-NQ/TW."), field="number")
    if kept["number"] and kept["signed_on"] is None:
        raise Refusal(_("A number goes with the day of issue."), field="signed_on")
    if kept["signed_on"] is not None and kept["signed_on"] > today():
        raise Refusal(_("This day is still to come."), field="signed_on")
    first, last = kept["from_day"], kept["to_day"]
    if last is not None and first is None:
        raise Refusal(_("Say from which day it is in force, too."), field="from_day")
    if last is not None and last < first:
        raise Refusal(_("The last day in force is before the first."), field="to_day")
    if kept["document"] is not None:
        rights.require_see(asker, kept["document"])
    return Facts(**kept)


def _refuse_duplicate(unit_id: int, facts: Facts, but: Plan | None = None) -> None:
    there = duplicate_of(unit_id, facts.number, facts.signed_on)
    if there is not None and (but is None or there.plan_id != but.pk):
        raise Refusal(
            _("%(number)s of %(day)s is in the unit's register already: %(title)s.")
            % {"number": there.number, "day": write_day(there.signed_on), "title": there.title},
            field="number",
        )


def _write(asker: Asker, plan: Plan, facts: Facts, reason: str) -> PlanFacts:
    return PlanFacts.objects.create(
        plan=plan,
        **{one.name: getattr(facts, one.name) for one in fields(facts) if one.name != "source"},
        source=dict(facts.source),
        reason=reason,
        made_at=clock.now(),
        made_by=rights.record_of(asker),
    )


def _changed(plan: Plan, seen: int, newest: PlanFacts) -> ChangedMeanwhile:
    before = PlanFacts.objects.filter(pk=seen, plan=plan).first()
    changes = differences(Facts.of(before), Facts.of(newest)) if before is not None else []
    message = _("%(who)s saved first, at %(when)s. Changed: %(what)s. Look at it and save again.") % {
        "who": newest.made_by.get("label", "?"),
        "when": write_moment(newest.made_at),
        "what": "; ".join(changes) or "–",
    }
    return ChangedMeanwhile(message, newest, changes)
