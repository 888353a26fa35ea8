"""What this room puts on the sheet of a unit (tasks to expect, shortcomings raised about it, its proposals) and on the
leader's page: the conclusions of last time."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from soichieu.documents.guarding import asker_of
from soichieu.findings.models import ConclusionKind, Kind, Part, Step
from soichieu.findings.queries.follow_up import last_time, summary
from soichieu.findings.queries.followed import followed_rows
from soichieu.findings.queries.listing import concerning, is_expected
from soichieu.findings.queries.returning import returning_among
from soichieu.findings.queries.shown import shown
from soichieu.findings.queries.told import rows
from soichieu.findings.rights import visible_findings
from soichieu.ledger import clock
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.organisation.panels import Block
from soichieu.organisation.unit_views import UnitView
from soichieu.web.dates import TwoDates

SHOWN = 8
SHOWN_TO_LEADER = 4


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


def leader_panel(request: HttpRequest, two: TwoDates) -> Block:
    """What the chair concluded last time and what became of it: n of N tasks, and those that are not done, the overdue
    ones first."""
    said = last_time(asker_of(request), two)
    waiting = [
        row
        for row in followed_rows(said)
        if row.followed.kind == ConclusionKind.TASK and not row.followed.done and row.state != Step.State.LEFT_OUT
    ]
    waiting.sort(key=lambda row: (not row.followed.overdue, row.deadline is None, row.deadline or row.on))
    first = said[0].shown if said else None
    query = {**two.query(), **({"occasion": first.raising.occasion} if first else {})}
    context = {
        "first": first,
        "counts": summary(said),
        "waiting": waiting[:SHOWN_TO_LEADER],
        "more": max(0, len(waiting) - SHOWN_TO_LEADER),
        "two": two,
    }
    html = render_to_string("findings/parts/leader_panel.html", context, request)
    url = f"{reverse('findings:follow-up')}{'?' if query else ''}{urlencode(query)}"
    return Block(_("Conclusions of last time"), SafeString(html), url, _("Follow-up of conclusions"))
