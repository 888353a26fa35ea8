"""What this room puts on the sheet of a unit: its next conference, its site there, and what it still owes for it."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from soichieu.conferences.queries.summary import late_statement, owed_by, sees_inside, upcoming_of
from soichieu.ledger import clock
from soichieu.organisation import permissions
from soichieu.organisation.unit_views import UnitView
from soichieu.web.dates import TwoDates

SHOWN = 3


def unit_panel(request: HttpRequest, unit: UnitView, two: TwoDates) -> SafeString:
    """The conferences ahead that the unit holds or has a site in. Always as known now: what is ahead has no past.

    What it owes (answers, texts) is shown to whoever sees the unit, and nothing of it to others.
    """
    asker = getattr(request, "asker", None)
    if asker is None:
        return SafeString("")
    today = clock.today()
    if not asker.operator and not permissions.may(asker, "view_unit", holder_id=unit.id, on=today).allowed:
        return SafeString("")
    rows = []
    for conference, state, site in upcoming_of(asker, unit.id)[:SHOWN]:
        waiting, texts = owed_by(state, site) if site is not None else ([], [])
        inside = sees_inside(asker, conference)
        rows.append(
            {
                "state": state, "url": reverse("conferences:conference", args=[conference.key]), "site": site,
                "site_url": reverse("conferences:site-sheet", args=[conference.key, site.key])
                if site is not None and (inside or asker.unit_id == unit.id)
                else "",
                "holds": conference.unit_id == unit.id, "waiting": waiting,
                "answered": len(site.expected) - len(waiting) if site is not None else 0,
                "texts": [
                    (one, reverse("conferences:statement", args=[conference.key, one.key]), late_statement(one, today))
                    for one in texts
                ],
            }
        )  # fmt: skip
    if not rows:
        return SafeString("")
    return SafeString(render_to_string("conferences/parts/unit_panel.html", {"rows": rows}, request))
