"""Pages of one plan: its facts, its lines, what stands above it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from soichieu.documents.guarding import asker_of, guarded
from soichieu.organisation.askers import today
from soichieu.organisation.names import name_of
from soichieu.plans.items import title_of
from soichieu.plans.queries import editions
from soichieu.plans.queries.register import newest_facts, plan_of
from soichieu.web.lists import Column, List, Search

LINES = List(
    key="plan-lines",
    title=gettext_lazy("Lines of the plan"),
    columns=[
        Column("number", gettext_lazy("No.")),
        Column("text", gettext_lazy("Task"), width=60),
        Column("leads", pgettext_lazy("of a line", "Lead"), value=lambda row: leads_said(row)),
        Column("output", gettext_lazy("Product")),
        Column("deadline_text", gettext_lazy("Deadline")),
    ],
    filters=[Search(value=lambda row: f"{row.number} {row.text} {leads_said(row)} {row.output}")],
    group=lambda row: row.group,
    empty=gettext_lazy("The plan has no lines yet."),
)


def leads_said(item: Any) -> str:
    """The leads of a line as printed."""
    return "; ".join(str(lead["text"]) for lead in item.leads)


@require_GET
@guarded
def plan(request: HttpRequest, key: str) -> HttpResponseBase:
    """One plan with its lines."""
    asker = asker_of(request)
    found = plan_of(asker, key)
    facts = newest_facts([found.pk]).get(found.pk)
    edition = editions.newest_edition(asker, found)
    request.nav_current = "plans"  # type: ignore[attr-defined]
    context = {
        "plan": found,
        "facts": facts,
        "title": title_of(facts),
        "unit": name_of([found.unit_id], today())[found.unit_id],
        "unit_url": reverse("board:unit", args=[found.unit_id]),
        "edition": edition,
        "superiors": editions.superiors(asker, {found.pk: facts})[found.pk],
    }
    lines = list(editions.items_of(edition)) if edition else []
    return LINES.respond(request, lines, "plans/plan.html", context)
