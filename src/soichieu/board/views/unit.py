"""The sheet of a unit: what it owes, by when, from which sentence; its ledger; its history. One A4 in print."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from soichieu.board.ask import Ask, with_query
from soichieu.board.queries.lineage import lineage_of
from soichieu.board.queries.running import book_of_unit
from soichieu.board.queries.sheet import Owed, owed_by
from soichieu.board.views.units import number_of
from soichieu.board.words import CUSTODY
from soichieu.documents.guarding import asker_of
from soichieu.ledger import clock
from soichieu.ledger.report import BASIS_WORDS
from soichieu.organisation import panels
from soichieu.organisation.kinds import Kind
from soichieu.organisation.queries import unit_view
from soichieu.organisation.unit_views import UnitView
from soichieu.web import states
from soichieu.web.dates import takes_dates
from soichieu.web.lists import Choice, Column, Days, List, Search

PRINTED, EACH_DIRECTIVE, EACH_PANEL = 20, 3, 4
"""How many tasks of one directive a printed sheet holds, the late and the open first, and how many fewer for each
further directive and each panel of a room, whose counts take their room; the rest are counted under them."""


def _word(axis: states.Axis) -> Any:
    return lambda code: axis.states[code].label if code in axis.states else ""


TASKS = List(
    key="unit-tasks",
    title=gettext_lazy("What it owes"),
    columns=[
        Column(
            "title", gettext_lazy("Requirement, and the sentence that gives it"),
            template="board/parts/owed_cell.html", sort=None, width=60,
        ),
        Column("directive", gettext_lazy("Directive"), page=False, sort=None, width=18),
        Column("code", pgettext_lazy("of a requirement", "No."), page=False, width=10),
        Column("due", gettext_lazy("Deadline"), template="board/parts/due_cell.html", width=14),
        Column("due0", gettext_lazy("Original deadline"), sort=None, page=False, width=14),
        Column(
            "scale", gettext_lazy("On the scale of days"), template="board/parts/scale_cell.html", sort=None,
            export=False,
        ),
        Column(
            "lifecycle", pgettext_lazy("axis", "State"), text=_word(states.LIFECYCLE),
            template="web/parts/lifecycle_cell.html", width=24,
        ),
        Column(
            "timeliness", pgettext_lazy("axis", "Timeliness"),
            text=_word(states.TIMELINESS),
            template="board/parts/timeliness_cell.html", width=24,
        ),
        Column("late", gettext_lazy("Days late"), number=True, page=False),
        Column(
            "verification", pgettext_lazy("axis", "Verification"),
            text=_word(states.VERIFICATION),
            template="web/parts/verification_cell.html", width=24,
        ),
        Column(
            "with", gettext_lazy("Now with"), text=lambda held: CUSTODY[held[0]] if held else "", page=False,
            sort=None, width=24,
        ),
        Column("gone", gettext_lazy("Handed over to"), page=False, sort=None, width=28),
        Column("from", gettext_lazy("Taken over from"), page=False, sort=None, width=28),
    ],
    filters=[
        Search(("title", "code", "directive")),
        Choice("timeliness", pgettext_lazy("axis", "Timeliness"), states.TIMELINESS.choices),
        Choice("lifecycle", pgettext_lazy("axis", "State"), states.LIFECYCLE.choices),
        Days("due", gettext_lazy("Deadline")),
    ],
    per_page=60,
    empty=gettext_lazy("No task is given to this unit on these dates."),
    empty_hint=gettext_lazy("Choose a later day, or look at the units above it."),
    group=lambda row: row["group"],
    prefix="t-",
)  # fmt: skip


@takes_dates
@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The structure is open to whoever is signed in; what the unit owes only to itself and to those above it."""
    asker = asker_of(request)
    request.nav_current = "units"  # type: ignore[attr-defined]
    ask = Ask.of(request.GET, asker, clock.today())
    two = ask.two
    try:
        view = unit_view(pk, two.as_at, two.known_at)
    except KeyError:
        raise Http404 from None
    kept = ask.dates(request.GET)
    owed = owed_by(asker, pk, ask.question, kept)
    rows = [
        {**task, "directive": one.directive.number, "group": f"{one.directive.number}, {one.directive.issuer}"}
        for one in owed.directives
        for task in one.tasks
    ]
    filled = panels.filled(request, view, two)
    room = max(6, PRINTED - EACH_DIRECTIVE * max(0, len(owed.directives) - 1) - EACH_PANEL * len(filled))
    for number, row in enumerate(rows):
        row["printed"] = number < room
    definition = replace(TASKS, title=_("%(unit)s: what it owes") % {"unit": view.name})
    listing = definition.bind(request, rows, two=two)
    answer = listing.answer(request)
    if answer is not None:
        return answer
    book = book_of_unit(owed, number_of(request.GET.get("book")), kept)
    context: dict[str, Any] = {
        "ask": ask,
        "two": two,
        "kept": kept,
        "asked": with_query("", kept),
        "unit": view,
        "kind": Kind(view.kind).label,
        "headline": headline(view, owed),
        "owed": owed,
        "list": listing,
        "basis_words": BASIS_WORDS[ask.basis](),
        "book": book,
        "past": lineage_of(view, two.as_at, two.known_at, kept),
        "panels": filled,
        "left_out": max(0, len(rows) - room),
        "pairs": [(line.entry.happened_on, timezone.localdate(line.entry.recorded_at)) for line in book.lines],
    }
    return render(request, "board/unit.html", context)


def headline(view: UnitView, owed: Owed) -> str:
    """The sheet in one sentence."""
    if not owed.seen or not len(owed.rows):
        return view.name
    if owed.without_data == len(owed.rows):
        return _("%(unit)s: no published data") % {"unit": view.name}
    words = {"unit": view.name, "open": owed.open, "late": owed.overdue}
    if owed.overdue:
        return _("%(unit)s still owes %(open)s tasks, %(late)s of them overdue") % words
    if owed.open:
        return _("%(unit)s still owes %(open)s tasks, none overdue") % words
    return _("%(unit)s owes nothing on this day") % words
