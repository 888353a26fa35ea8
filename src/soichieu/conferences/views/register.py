"""The list of conferences, and a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from soichieu.conferences import rights
from soichieu.conferences.commands.planning import plan
from soichieu.conferences.forms.conference import ConferenceForm
from soichieu.conferences.kinds import ConferenceKind, Mode, Phase
from soichieu.conferences.models import Conference
from soichieu.conferences.queries.finding import conferences_seen
from soichieu.conferences.queries.summary import Summary, summary_of
from soichieu.conferences.state import State
from soichieu.conferences.views.common import asked, json_answer, status_of, tried
from soichieu.documents import queries as documents
from soichieu.documents.guarding import asker_of
from soichieu.ledger import clock
from soichieu.ledger import queries as ledger
from soichieu.ledger.errors import Forbidden
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of
from soichieu.organisation.queries import counterpart_of
from soichieu.web.dates import TwoDates, write_day
from soichieu.web.lists import Choice, Column, List, Search


@dataclass(frozen=True)
class Row:
    """A conference as a line of the list."""

    conference: Conference
    state: State
    unit: str
    summary: Summary

    @property
    def url(self) -> str:
        return reverse("conferences:conference", args=[self.conference.key])

    @property
    def year(self) -> str:
        return str(self.state.held_on.year) if self.state.held_on else ""

    @property
    def sites(self) -> int | None:
        """How many sites; None where the source does not say."""
        return self.summary.sites if self.state.sites_stated else None


CONFERENCES = List(
    key="conferences",
    title=gettext_lazy("Conferences"),
    rule=gettext_lazy(
        "Review conferences that the units you see hold, and those in which one of them has a site; the newest first."
    ),
    columns=[
        Column("held_on", gettext_lazy("Held on"), value=lambda row: row.state.held_on, width=14),
        Column("title", pgettext_lazy("of a conference", "Name"), value=lambda row: row.state.title,
               url=lambda row: row.url, width=60),
        Column("unit", pgettext_lazy("of a conference", "Held by"), width=32),
        Column("kind", pgettext_lazy("of a conference", "Kind"), value=lambda row: row.state.kind,
               text=lambda code: ConferenceKind(code).label if code else "", width=24),
        Column("mode", gettext_lazy("How it is held"), value=lambda row: row.state.mode,
               text=lambda code: Mode(code).label, width=18),
        Column("phase", gettext_lazy("Phase"), value=lambda row: row.state.phase,
               text=lambda code: Phase(code).label, width=18),
        Column("sites", gettext_lazy("Sites"), number=True),
        Column("statements", gettext_lazy("Statements"), value=lambda row: row.summary.statements, number=True),
    ],
    sort="-held_on",
    per_page=50,
    empty=gettext_lazy("No conference is written down yet for the units you see."),
    empty_hint=gettext_lazy("Whoever prepares one for a unit begins it here."),
)  # fmt: skip


@require_safe
@asked
def conferences(request: HttpRequest) -> HttpResponseBase:
    """Every conference that the asker sees."""
    asker = asker_of(request)
    seen = conferences_seen(asker)
    names = name_of({one.unit_id for one, _state in seen}, clock.today())
    rows = [Row(one, state, names[one.unit_id], summary_of(state)) for one, state in seen]
    if request.GET.get("format") == "json":
        return json_answer([_json_of(row) for row in rows])
    years = sorted({row.year for row in rows if row.year}, reverse=True)
    units = list(dict.fromkeys((str(row.conference.unit_id), row.unit) for row in rows))
    definition = replace(
        CONFERENCES,
        filters=[
            Search(value=lambda row: f"{row.state.title} {row.unit} {row.state.place}"),
            Choice(
                "kind", pgettext("of a conference", "Kind"), ConferenceKind.choices, value=lambda row: row.state.kind
            ),
            Choice("phase", _("Phase"), Phase.choices, value=lambda row: row.state.phase),
            Choice("unit", pgettext("of a conference", "Held by"), units, value=lambda row: row.conference.unit_id),
            Choice("year", _("Year"), [(year, year) for year in years], value=lambda row: row.year),
        ],
    )
    context = {"may_plan": bool(own_units(asker))}
    return definition.respond(request, rows, "conferences/conferences.html", context, two=TwoDates(clock.today()))


@require_http_methods(["GET", "HEAD", "POST"])
@asked
def new(request: HttpRequest) -> HttpResponseBase:
    """A conference is planned."""
    asker = asker_of(request)
    request.nav_current = "conferences"  # type: ignore[attr-defined]
    units = own_units(asker)
    if not units:
        verdict = permissions.may(asker, rights.PREPARE, holder_id=asker.unit_id, on=clock.today())
        raise Forbidden(verdict.reason)
    form = ConferenceForm(
        request.POST if request.method == "POST" else None, units=units, directives=directive_choices(asker),
        earlier=earlier_choices(asker), initial={"mode": Mode.MEETING, "layout": "state", "kind": "interim"},
    )  # fmt: skip
    made: list[Conference] = []
    if request.method == "POST" and tried(
        form, lambda: made.append(plan(asker=asker, unit_id=form.unit_id, facts=form.facts()))
    ):
        return redirect("conferences:conference", made[0].key)
    return render(request, "conferences/conference_form.html", {"form": form}, status=status_of(form))


def own_units(asker: Asker) -> list[tuple[int, str]]:
    """(id, name) of the units for which the asker may prepare a conference: the own one and its counterpart."""
    if asker.unit_id is None:
        return []
    on = clock.today()
    mate = counterpart_of(asker.unit_id, on)
    house = [asker.unit_id, *([mate] if mate is not None else [])]
    allowed = [unit for unit in house if permissions.may(asker, rights.PREPARE, holder_id=unit, on=on)]
    names = name_of(allowed, on)
    return [(unit, names[unit]) for unit in allowed]


def directive_choices(asker: Asker, also: list[int] | None = None) -> list[tuple[int, str]]:
    """The directives that may be reviewed: those with a book that the asker sees, and those chosen already."""
    seen = ledger.directives(asker)
    rows = seen | documents.visible_documents(asker).filter(pk__in=also or [])
    found = rows.distinct().values_list("pk", "number", "signed_on", "title")
    return [
        (pk, f"{number}, {write_day(signed_on)}" + (f": {title}" if title else ""))
        for pk, number, signed_on, title in found
    ]


def earlier_choices(asker: Asker, but: str = "") -> list[tuple[str, str]]:
    """The conferences from which another may start."""
    return [
        (one.key, f"{state.title}, {write_day(state.held_on)}")
        for one, state in conferences_seen(asker)
        if one.key != but
    ]


def _json_of(row: Row) -> dict[str, Any]:
    state = row.state
    return {
        "key": row.conference.key, "title": state.title,
        "held_on": state.held_on.isoformat() if state.held_on else None,
        "held_by": row.unit, "kind": state.kind, "mode": state.mode, "phase": state.phase, "sites": row.sites,
        "statements": row.summary.statements, "url": row.url,
    }  # fmt: skip
