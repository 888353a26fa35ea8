"""What this room puts into *My work*: plans that wait for a superior, and those that came back."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from soichieu.organisation.askers import Asker, today
from soichieu.organisation.names import name_of
from soichieu.organisation.waiting import Queue, Row
from soichieu.plans.items import title_of
from soichieu.plans.models import PlanAct
from soichieu.plans.queries.acts import open_acts, to_register
from soichieu.plans.queries.register import newest_facts

TO_DECIDE, RETURNED, SENT = "plans_to_decide", "plans_returned", "plans_sent"
TO_REGISTER = "plans_to_register"
QUEUES = (
    Queue(RETURNED, pgettext_lazy("queue", "Plans returned, to be mended"), 25, gettext_lazy("Mend the plan")),
    Queue(
        TO_REGISTER, pgettext_lazy("queue", "Plans approved above, to be registered as the answer"), 26,
        gettext_lazy("Answer a task with it"),
    ),
    Queue(
        TO_DECIDE, pgettext_lazy("queue", "Plans submitted to you: approve or return"), 95,
        gettext_lazy("Look and decide"),
    ),
    Queue(SENT, pgettext_lazy("queue", "Plans that wait with a superior"), 170, waits=False),
)  # fmt: skip


def fill(asker: Asker) -> dict[str, list[Row]]:
    """The plans that wait for whoever asks, and those of the own house that wait above."""
    found = open_acts(asker)
    approved = to_register(asker)
    acts = [*found.to_decide, *found.returned, *found.sent, *approved]
    if not acts:
        return {}
    facts = newest_facts({act.plan_id for act in acts})
    others = {act.with_unit_id for act in (*found.returned, *found.sent, *approved) if act.with_unit_id is not None}
    names = name_of(others, today())

    def rows(some: Iterable[PlanAct]) -> list[Row]:
        return [
            Row(
                code=_("version %(n)d") % {"n": act.edition.ordinal} if act.edition is not None else "",
                title=title_of(facts.get(act.plan_id)),
                url=reverse("plans:plan", args=[act.plan.key]),
                unit_id=act.plan.unit_id,
                since=act.happened_on,
                # With whom it is, or who gave it back; of what was submitted to the own unit its author is the unit.
                about=names.get(act.with_unit_id or 0, ""),
                note=act.reason,
            )
            for act in some
        ]

    return {
        TO_DECIDE: rows(found.to_decide),
        RETURNED: rows(found.returned),
        TO_REGISTER: rows(approved),
        SENT: rows(found.sent),
    }
