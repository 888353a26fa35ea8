"""What this room puts on the sheet of a unit: tasks to expect, shortcomings raised about it, its proposals."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from soichieu.findings.models import Kind, Part, Step
from soichieu.findings.queries.listing import concerning, is_expected
from soichieu.findings.queries.returning import returning_among
from soichieu.findings.queries.shown import shown
from soichieu.findings.queries.told import rows
from soichieu.findings.rights import visible_findings
from soichieu.ledger import clock
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.organisation.unit_views import UnitView
from soichieu.web.dates import TwoDates

SHOWN = 8


def sees(asker: Asker, unit_id: int) -> bool:
    """Whether the asker sees what is found about a unit."""
    ids = permissions.visible_units(asker, on=clock.today())
    return ids is None or unit_id in {int(one) for one in ids}


def unit_panel(request: HttpRequest, unit: UnitView, two: TwoDates) -> SafeString:
    """Expected tasks, shortcomings and proposals of a unit, as at and as known at both dates."""
    asker = getattr(request, "asker", None)
    if asker is None or not sees(asker, unit.id):
        return SafeString("")
    parts = [one for one in Part.values if one != Part.HOLDER]
    found = shown(concerning(visible_findings(asker), [unit.id], parts), two)
    told = [row for row in rows(asker, found, two) if row.state != Step.State.WITHDRAWN]
    shortcomings = [row for row in told if row.kind == Kind.SHORTCOMING and unit.id in row.newest.units]
    proposals = [row for row in told if row.kind == Kind.PROPOSAL]
    made = [row for row in proposals if unit.id in row.newest.concerned.get(Part.AUTHOR, [])]
    to_answer = [
        row
        for row in proposals
        if unit.id in row.newest.concerned.get(Part.ADDRESSEE, []) and row not in made and not row.newest.answered
    ]
    expected = [row for row in told if is_expected(row.newest, {unit.id})]
    if not (shortcomings or made or to_answer or expected):
        return SafeString("")
    query = urlencode([*two.query().items(), ("unit", unit.id)])
    context = {
        "unit": unit,
        "two": two,
        "expected": expected,
        "shortcomings": shortcomings[:SHOWN],
        "more_shortcomings": max(0, len(shortcomings) - SHOWN),
        "returning": returning_among(asker, found, {unit.id}, two)[:SHOWN],
        "made": made[:SHOWN],
        "more_made": max(0, len(made) - SHOWN),
        "to_answer": to_answer[:SHOWN],
        "list_url": f"{reverse('findings:findings')}?{query}",
    }
    return SafeString(render_to_string("findings/parts/unit_panel.html", context, request))
