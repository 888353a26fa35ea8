"""The list behind a figure: every task that it counts, to be filtered, sorted, paged and taken away as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from soichieu.board.ask import with_query
from soichieu.board.queries.changes import KINDS, mask_of_change, words_of
from soichieu.board.queries.tasks import TaskListing, TaskRows, chosen
from soichieu.board.views.board import cut_or_404
from soichieu.board.words import COUNTED, CUSTODY, FIGURE_WORDS
from soichieu.ledger.kinds import Ladder
from soichieu.ledger.report import rule_words
from soichieu.organisation.names import name_of
from soichieu.web import states
from soichieu.web.dates import takes_dates
from soichieu.web.heat import SIGNS
from soichieu.web.lists import Choice, Column, Days, List, Search


def _word(axis: states.Axis) -> Any:
    return lambda code: axis.states[code].label if code in axis.states else ""


def _signs() -> list[tuple[str, Any]]:
    return [(one.code, one.label) for one in SIGNS.values()]


TASKS = List(
    key="tasks",
    title=gettext_lazy("Tasks given"),
    columns=[
        Column("unit", gettext_lazy("Unit"), template="board/parts/unit_cell.html", width=34),
        Column("holder", gettext_lazy("Held by"), sort=None, page=False, width=28),
        Column("code", pgettext_lazy("of a requirement", "No."), url=lambda row: row["thread_url"], width=10),
        Column("title", gettext_lazy("Requirement"), sort=None, template="board/parts/title_cell.html", width=60),
        Column("period", gettext_lazy("Period"), sort=None, page=False, width=10),
        Column("ladder", gettext_lazy("Ladder"), text=lambda code: Ladder(code).label, sort=None, page=False, width=20),
        Column("due", gettext_lazy("Deadline"), template="board/parts/due_cell.html", width=14),
        Column("due0", gettext_lazy("Original deadline"), sort=None, page=False, width=14),
        Column(
            "lifecycle", pgettext_lazy("axis", "State"), text=_word(states.LIFECYCLE),
            template="web/parts/lifecycle_cell.html", width=26,
        ),
        Column(
            "timeliness", pgettext_lazy("axis", "Timeliness"), text=_word(states.TIMELINESS),
            template="board/parts/timeliness_cell.html", width=24,
        ),
        Column("late", gettext_lazy("Days late"), number=True, page=False),
        Column(
            "verification", pgettext_lazy("axis", "Verification"), text=_word(states.VERIFICATION),
            template="web/parts/verification_cell.html", width=26,
        ),
        Column("claim", gettext_lazy("Reported on"), page=False, width=14),
        Column("with", gettext_lazy("Now with"), text=lambda code: CUSTODY[code] if code else "", sort=None, width=22),
    ],
    filters=[
        Search(("unit", "title")),
        Choice("ladder", gettext_lazy("Ladder"), Ladder.choices),
        Choice("sign", gettext_lazy("Sign on the map"), _signs),
        Choice("verification", pgettext_lazy("axis", "Verification"), states.VERIFICATION.choices),
        Days("due", gettext_lazy("Deadline")),
    ],
    sort="unit",
    per_page=100,
    empty=gettext_lazy("No task stands behind this figure."),
)  # fmt: skip


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


@takes_dates
@require_safe
def tasks(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The tasks of a directive that a figure of its board counts."""
    directive, ask, cut = cut_or_404(request, pk)
    asker = request.asker  # type: ignore[attr-defined]
    unit, under = _number(request.GET.get("unit")), _number(request.GET.get("under"))
    requirement, held = _number(request.GET.get("requirement")), _number(request.GET.get("held"))
    counted, figure = request.GET.get("counted", ""), request.GET.get("figure", "")
    change = request.GET.get("change", "")
    changed = None
    if change in KINDS and ask.since:
        changed = mask_of_change(asker, directive, cut, ask.since, change)
    at = chosen(
        cut, requirement=requirement, unit=unit, under=under, held=held, counted=counted, figure=figure, change=changed
    )
    kept = ask.dates(request.GET)
    of_requirement = next((one for one in cut.requirements if one.pk == requirement), None)
    over = [of_requirement] if of_requirement else cut.requirements
    said = []
    if of_requirement:
        said.append((_("requirement %(code)s") % {"code": of_requirement.code}, "requirement"))
    named = unit if unit is not None else under
    if named is not None and named in (names := _names(named, cut.question.as_at)):
        words = names[named] if unit is not None else _("%(unit)s and all under it") % {"unit": names[named]}
        said.append((words, "unit" if unit is not None else "under"))
    if held is not None and held in (names := _names(held, cut.question.as_at)):
        said.append((_("%(unit)s first owed or holds it") % {"unit": names[held]}, "held"))
    if counted in COUNTED:
        said.append((str(COUNTED[counted]), "counted"))
    if figure in FIGURE_WORDS:
        said.append((str(FIGURE_WORDS[figure]), "figure"))
    if changed is not None and ask.since:
        said.append((words_of(change), "change"))
    definition = replace(
        TASKS,
        title=_("%(number)s: tasks given") % {"number": directive.number},
        rule=rule_words(over) if over else "",
    )
    narrowed = [words for words, _key in said]
    listing = TaskListing(
        definition, request.GET, request.path, TaskRows(cut, at, kept), two=ask.two, narrowed=narrowed
    )
    answer = listing.answer(request)
    if answer is not None:
        return answer
    context = {
        "ask": ask,
        "two": ask.two,
        "cut": cut,
        "directive": directive,
        "list": listing,
        "said": [(words, _without(request, key)) for words, key in said],
        "board_url": with_query(reverse("board:board", args=[directive.pk]), kept),
    }
    return render(request, "board/tasks.html", context)


def _without(request: HttpRequest, key: str) -> str:
    query = request.GET.copy()
    query.pop(key, None)
    query.pop("page", None)
    return "?" + query.urlencode()


def _names(unit: int, on: Any) -> dict[int, str]:
    try:
        return name_of([unit], on)
    except KeyError:
        return {}
