"""Tags of this room's pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from soichieu.organisation.askers import today
from soichieu.organisation.names import name_of
from soichieu.plans.items import title_of
from soichieu.plans.models import PlanAct
from soichieu.plans.queries import acts
from soichieu.plans.queries.register import newest_facts
from soichieu.plans.waiting import RETURNED, TO_DECIDE

register = template.Library()
MOST = 10


@register.inclusion_tag("plans/parts/waiting.html", takes_context=True)
def waiting_plans(context: template.Context) -> dict[str, Any]:
    """Plans that wait for whoever asks: submitted ones to be answered, returned ones to be mended."""
    asker = getattr(context["request"], "asker", None)
    found = acts.open_acts(asker) if asker is not None else acts.Open()
    # The oldest of them; all of them, with filters and pages, stand in *My work*.
    submitted, returned = found.to_decide[:MOST], found.returned[:MOST]
    if not submitted and not returned:
        return {}
    facts = newest_facts([act.plan_id for act in (*submitted, *returned)])
    names = name_of({act.plan.unit_id for act in (*submitted, *returned)}, today())

    def told(act: PlanAct) -> dict[str, Any]:
        return {
            "act": act,
            "title": title_of(facts.get(act.plan_id)),
            "unit": names[act.plan.unit_id],
            "url": reverse("plans:plan", args=[act.plan.key]),
        }

    return {
        "submitted": [told(act) for act in submitted],
        "returned": [told(act) for act in returned],
        "more": [
            (code, len(acts) - MOST)
            for code, acts in ((TO_DECIDE, found.to_decide), (RETURNED, found.returned))
            if len(acts) > MOST
        ],
    }
