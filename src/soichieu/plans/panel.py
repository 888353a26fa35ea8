"""What this room puts on the sheet of a unit: what is in force, and how much of it was held up against a directive."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from soichieu.documents import queries as documents
from soichieu.ledger.kinds import Ladder
from soichieu.ledger.models import Obligation
from soichieu.organisation.unit_views import UnitView
from soichieu.plans.models import Verdict
from soichieu.plans.queries.register import in_force
from soichieu.plans.queries.reviews import held_from, sees_unit
from soichieu.web.dates import TwoDates

SHOWN = 8


def unit_panel(request: HttpRequest, unit: UnitView, two: TwoDates) -> SafeString:
    """The programmes in force on the day, and for each directive that asks to hold them up n of N that have a verdict:
    a count of the register, which stands beside the ladder and is never added to it."""
    asker = getattr(request, "asker", None)
    if asker is None or not sees_unit(asker, unit.id):
        return SafeString("")
    rows = in_force([unit.id], two.as_at, known_at=two.known_at)[unit.id]
    asked = Obligation.objects.filter(unit_id=unit.id, requirement__ladder=Ladder.HELD_UP).values("chain__directive")
    judged = Verdict.objects.filter(plan__unit_id=unit.id).values("directive")
    seen = documents.visible_documents(asker)
    against = (seen.filter(pk__in=asked) | seen.filter(pk__in=judged)).distinct().order_by("-signed_on", "-pk")
    query = urlencode(two.query())
    counts = [
        (held_from(unit.id, one, rows, two.as_at, two.known_at),
         f"{reverse('plans:review', args=[unit.id, one.pk])}?{query}")
        for one in against
    ]  # fmt: skip
    if not rows and not counts:
        return SafeString("")
    context = {
        "rows": rows[:SHOWN], "more": max(0, len(rows) - SHOWN), "many": len(rows), "counts": counts, "two": two,
        "unit": unit, "list_url": f"{reverse('plans:register')}?{query}&unit={unit.id}",
    }  # fmt: skip
    return SafeString(render_to_string("plans/parts/unit_panel.html", context, request))
