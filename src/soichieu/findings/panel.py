"""What this room puts on the sheet of a unit: tasks to expect, shortcomings raised about it, its proposals."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from soichieu.findings.models import Kind, Part, Step
from soichieu.findings.queries.listing import concerning, expected_tasks
from soichieu.findings.queries.returning import returning
from soichieu.findings.queries.shown import shown
from soichieu.findings.queries.told import rows
from soichieu.findings.queries.visible import visible_findings
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
    seen = visible_findings(asker)
    short = shown(concerning(seen.filter(kind=Kind.SHORTCOMING), [unit.id], [Part.ABOUT]), two)
    shortcomings = rows(asker, [one for one in short if one.state != Step.State.WITHDRAWN], two)
    put = shown(concerning(seen.filter(kind=Kind.PROPOSAL), [unit.id], [Part.AUTHOR, Part.ADDRESSEE]), two)
    proposals = [row for row in rows(asker, put, two) if row.state != Step.State.WITHDRAWN]
    made = [row for row in proposals if unit.id in row.newest.concerned.get(Part.AUTHOR, [])]
    to_answer = [row for row in proposals if row not in made and not row.newest.answered]
    expected = rows(asker, expected_tasks(asker, [unit.id], two), two)
    if not (shortcomings or made or to_answer or expected):
        return SafeString("")
    query = urlencode([*two.query().items(), ("unit", unit.id)])
    context = {
        "unit": unit,
        "two": two,
        "expected": expected,
        "shortcomings": shortcomings[:SHOWN],
        "more_shortcomings": max(0, len(shortcomings) - SHOWN),
        "returning": returning(asker, [unit.id], two)[:SHOWN],
        "made": made[:SHOWN],
        "more_made": max(0, len(made) - SHOWN),
        "to_answer": to_answer[:SHOWN],
        "list_url": f"{reverse('findings:findings')}?{query}",
    }
    return SafeString(render_to_string("findings/parts/unit_panel.html", context, request))
