"""The units of a day: who there is, under whom, found without tones."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from soichieu.board.queries.unit_list import UnitListing, kinds_there, units_of_day
from soichieu.documents.guarding import asker_of
from soichieu.ledger import clock
from soichieu.organisation.kinds import Kind, Level
from soichieu.organisation.names import name_of
from soichieu.web.dates import TwoDates, takes_dates
from soichieu.web.lists import Choice, Column, Flag, List, Search

UNITS = List(
    key="units",
    title=gettext_lazy("Units"),
    rule=gettext_lazy(
        "Units that exist on the day, in official order: under each superior on the sector line, by rank."
    ),
    columns=[
        Column("name", gettext_lazy("Unit"), url=lambda row: row["url"], width=44),
        Column(
            "kind", pgettext_lazy("of a unit", "Kind"), text=lambda code: Kind(code).label if code else "",
            sort=None, width=26,
        ),
        Column(
            "level", gettext_lazy("Level"), text=lambda code: Level(code).label if code else "", sort=None, width=12,
        ),
        Column("sector", gettext_lazy("Superior, sector line"), url=lambda row: row["sector_url"], sort=None, width=36),
        Column(
            "territory", gettext_lazy("Superior, territorial line"), url=lambda row: row["territory_url"], sort=None,
            width=36,
        ),
        Column("force", gettext_lazy("Superior, force system"), page=False, sort=None, width=30),
        Column("begins_on", gettext_lazy("Exists since"), sort=None, width=14),
        Column("ends_on", gettext_lazy("Ended on"), sort=None, page=False, width=14),
        Column("code", pgettext_lazy("of a unit", "Code"), sort=None, width=24),
    ],
    filters=[
        Search(("name", "code")),
        Choice("kind", pgettext_lazy("of a unit", "Kind"), kinds_there, several=False),
        Choice("level", gettext_lazy("Level"), Level.choices),
        Flag("ended", gettext_lazy("Also units that have ended")),
    ],
    empty=gettext_lazy("No unit exists on this day."),
)  # fmt: skip


def number_of(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


def dates_of(request: HttpRequest, two: TwoDates) -> dict[str, str]:
    """Both dates as query values, only where the address names them."""
    kept = {}
    if request.GET.get("as_at") and "as_at" not in two.errors:
        kept["as_at"] = two.as_at.isoformat()
    if two.known_at is not None:
        kept["known_at"] = two.known_at.isoformat()
    return kept


@takes_dates
@require_safe
def units(request: HttpRequest) -> HttpResponseBase:
    """Structure is open to everyone who is signed in."""
    asker_of(request)
    two = TwoDates.of(request.GET, default=clock.today())
    under = number_of(request.GET.get("under"))
    rows = units_of_day(
        two.as_at, two.known_at, dates_of(request, two), under=under, ended=request.GET.get("ended") == "1"
    )
    listing = UnitListing(UNITS, request.GET, request.path, rows, two=two)
    answer = listing.answer(request)
    if answer is not None:
        return answer
    context: dict[str, Any] = {"list": listing, "two": two, "under": ""}
    if under is not None:
        try:
            context["under"] = _("directly under %(unit)s") % {"unit": name_of([under], two.as_at)[under]}
        except KeyError:
            context["under"] = _("under a unit that there is not")
        query = request.GET.copy()
        query.pop("under")
        context["without_under"] = "?" + query.urlencode()
    return render(request, "board/units.html", context)
