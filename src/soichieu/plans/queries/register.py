"""Reads of the register of what is in force: the newest facts of each plan, on a day, as known at a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from soichieu.documents import keys, rights
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker, today
from soichieu.organisation.columns import LINES
from soichieu.organisation.queries import ancestors, counterpart_of
from soichieu.plans.models import Plan, PlanAct, PlanFacts


def standing_facts(*, known_at: dt.datetime | None = None, plans: Any = None) -> QuerySet[PlanFacts]:
    """The newest row of facts of each plan, as known at a moment (default: now). Whoever asks: narrow it to what the
    asker sees. ``plans``: what may stand in ``plan__in``."""
    rows = PlanFacts.objects.all()
    if plans is not None:
        rows = rows.filter(plan__in=plans)
    if known_at is not None:
        rows = rows.filter(made_at__lte=known_at)
    newest = rows.order_by().values("plan").annotate(newest=Max("pk")).values("newest")
    return PlanFacts.objects.filter(pk__in=newest)


def newest_facts(plan_ids: Collection[int], *, known_at: dt.datetime | None = None) -> dict[int, PlanFacts]:
    """Plan id → its newest facts; of a plan not yet known at the moment nothing."""
    found = standing_facts(known_at=known_at, plans=rights.id_list(plan_ids)).select_related("plan", "document")
    return {row.plan_id: row for row in found}


def in_force_on(rows: QuerySet[PlanFacts], on: dt.date) -> QuerySet[PlanFacts]:
    """Of some newest facts those in force on a day: begun, and not yet ended; both days included."""
    return rows.filter(Q(to_day__isnull=True) | Q(to_day__gte=on), from_day__lte=on)


def in_force(
    unit_ids: Iterable[int], on: dt.date, *, known_at: dt.datetime | None = None
) -> dict[int, list[PlanFacts]]:
    """Unit id → what of it is in force on a day, as known at a moment: by first day, then as entered.

    Asks no rights: for a page, give units whose plans the asker sees.
    """
    wanted = [int(one) for one in unit_ids]
    plans = Plan.objects.filter(unit_id__in=rights.id_list(wanted)).values("pk")
    rows = in_force_on(standing_facts(known_at=known_at, plans=plans), on)
    found: dict[int, list[PlanFacts]] = {one: [] for one in wanted}
    for row in rows.select_related("plan", "document").order_by("from_day", "plan_id"):
        found[row.plan.unit_id].append(row)
    return found


def superiors_of(asker: Asker, on: dt.date) -> list[int]:
    """The units above the asker's on any line, and above its counterpart."""
    if asker.operator or asker.unit_id is None or not asker.roles & permissions.SEEING:
        return []
    house = [asker.unit_id]
    mate = counterpart_of(asker.unit_id, on)
    if mate is not None:
        house.append(mate)
    return sorted({above for unit in house for line in LINES for above in ancestors(unit, line, on)})


def visible_plans(asker: Asker) -> QuerySet[Plan]:
    """The plans an asker sees: those of the own subtree, of superiors those whose approval is registered, and whatever
    was published: a public document of which only published facts are kept hides nothing from whoever may sign in."""
    ids = permissions.visible_units(asker, on=today())
    if ids is None:
        return Plan.objects.all()
    if not len(ids):
        return Plan.objects.none()
    approved = PlanAct.objects.filter(plan=OuterRef("pk"), act=PlanAct.Act.APPROVED)
    published = approved.filter(document__public=True, document__published_only=True)
    return Plan.objects.filter(
        Q(unit_id__in=rights.id_list(ids))
        | (Q(unit_id__in=rights.id_list(superiors_of(asker, today()))) & Exists(approved))
        | Exists(published)
    )


def plan_of(asker: Asker, key: str) -> Plan:
    """One plan by its key; ``Plan.DoesNotExist`` when there is none or it is not the asker's to see."""
    return visible_plans(asker).select_related("unit").get(key=key)


def duplicate_of(unit_id: int, number: str, signed_on: dt.date | None) -> PlanFacts | None:
    """The unit's plan that bears this number of this day, when there is one. Two printings of a number are one."""
    if not number or signed_on is None:
        return None
    plans = Plan.objects.filter(unit_id=unit_id).values("pk")
    wanted = keys.number_key(number)
    for row in standing_facts(plans=plans).filter(signed_on=signed_on).exclude(number=""):
        if keys.number_key(row.number) == wanted:
            return row
    return None
