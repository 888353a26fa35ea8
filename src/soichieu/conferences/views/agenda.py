"""The agenda: its lines with their planned times, changed as a whole; a further line; the usual course offered."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from soichieu.conferences.commands import agenda as commands
from soichieu.conferences.errors import MovedOn
from soichieu.conferences.forms.agenda import Lines, NewLineForm
from soichieu.conferences.kinds import AgendaKind, ItemState
from soichieu.conferences.queries.as_json import agenda_json
from soichieu.conferences.queries.glance import Line, course_of
from soichieu.conferences.state import Item
from soichieu.conferences.views.common import Page, asked, json_answer, status_of, tried
from soichieu.conferences.views.sites import in_tree
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.web.dates import TwoDates
from soichieu.web.lists import Choice, Column, List, Search, official
from soichieu.web.numbers import whole_number

MANY_SITES = 120


def _hour(moment: dt.datetime | None) -> str:
    return moment.astimezone(clock.ZONE).strftime("%H:%M") if moment else ""


AGENDA = List(
    key="agenda",
    title=gettext_lazy("Agenda"),
    rule=gettext_lazy(
        "Every line, in the order in which it is called. Planned: when it begins if each takes its minutes."
    ),
    columns=[
        Column("number", pgettext_lazy("agenda", "No."), number=True, width=8),
        Column("planned", pgettext_lazy("time", "Planned"), value=lambda line: line.planned_at, text=_hour,
               template="conferences/parts/line_planned.html", width=12),
        Column("what", pgettext_lazy("agenda", "What"), value=lambda line: line.item.title, sort=None,
               template="conferences/parts/line_what.html", width=60),
        Column("kind", pgettext_lazy("agenda", "Kind"), value=lambda line: line.item.kind, page=False, width=20,
               text=lambda code: AgendaKind(code).label),
        Column("site", gettext_lazy("Site"), value=lambda line: line.site.name if line.site else "",
               template="conferences/parts/line_site.html", width=36),
        Column("speaker", gettext_lazy("Speaker"), value=lambda line: line.item.speaker, page=False, width=30),
        Column("minutes", gettext_lazy("Minutes"), value=lambda line: line.item.minutes or None, number=True),
        Column("begun", pgettext_lazy("floor", "Began"), value=lambda line: line.begun_at, text=_hour, width=12),
        Column("taken", pgettext_lazy("floor", "Minutes taken"), number=True,
               value=lambda line: round(line.spent / 60, 1) if line.item.spans else None,
               template="conferences/parts/line_taken.html", sort=official("spent")),
        Column("state", gettext_lazy("State"), value=lambda line: line.item.state, page=False, width=20,
               text=lambda code: ItemState(code).label),
    ],
    per_page=200,
)  # fmt: skip
HELD = frozenset({"begun", "taken"})
"""The columns of what happened: on the page once anybody had the floor."""
TAKEN = gettext_lazy(
    "Every line, in the order in which it is called. Planned: when it begins if each takes its minutes; taken: how long"
    " it had the floor, pauses left out."
)


@require_http_methods(["GET", "HEAD", "POST"])
@asked
def agenda(request: HttpRequest, key: str) -> HttpResponseBase:
    """The agenda for all who see the conference; for whoever prepares it, to be changed."""
    page = Page(request, key)
    if page.wants_json:
        return json_answer({"position": page.state.position, "lines": agenda_json(page.state)})
    if request.method != "POST":
        return _show(page, {})
    page.require_prepare()
    do = request.POST.get("do", "save")
    try:
        if do == "usual":
            commands.offer_usual(asker=page.asker, conference=page.conference)
            return redirect(page.url("agenda") + "?edit=1")
        if do == "statements":
            commands.put_statements(asker=page.asker, conference=page.conference)
            return redirect(page.url("agenda"))
    except Refusal as wrong:
        messages.error(request, str(wrong))
        return redirect(page.url("agenda"))
    if do == "add":
        form = NewLineForm(request.POST, prefix="new", sites=_sites(page), lines=_lines(page))
        if tried(
            form,
            lambda: commands.add_line(asker=page.asker, conference=page.conference, **form.cleaned_data),
        ):
            return redirect(page.url("agenda") + "?edit=1")
        return _show(page, {"new": form})
    return _save(page, do)


def _save(page: Page, do: str) -> HttpResponseBase:
    """Save all lines: in the order of their numbers, or with one moved up, down or taken out."""
    request = page.request
    lines = Lines(request.POST, prefix="l", form_kwargs={"sites": _likely_sites(page)})
    if not lines.is_valid():
        return _show(page, {"lines": lines})
    order = list(range(len(lines.forms)))
    press, _dash, at = do.partition("-")
    number = whole_number(at)
    place = number if number is not None and number < len(order) else -1
    if press in ("up", "down") and place >= 0:
        other = place + (-1 if press == "up" else 1)
        if 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
    elif press == "drop" and place >= 0:
        order.remove(place)
    else:
        order.sort(key=lambda one: (lines.forms[one].cleaned_data.get("place") or 0, one))
    items = [lines.forms[one].cleaned_data for one in order]
    try:
        commands.set_agenda(
            asker=page.asker, conference=page.conference, items=items,
            seen=whole_number(request.POST.get("seen")),
        )  # fmt: skip
    except MovedOn as moved:
        return _show(page, {"lines": lines, "moved": str(moved)})
    except Refusal as wrong:
        name, _dash, which = (wrong.field or "").rpartition("-")
        line = whole_number(which)
        if line is not None and line < len(order) and name in lines.forms[order[line]].fields:
            lines.forms[order[line]].add_error(name, str(wrong))
        else:
            messages.error(request, str(wrong))
        return _show(page, {"lines": lines})
    if press == "save":
        messages.success(request, _("The agenda is kept."))
        return redirect(page.url("agenda"))
    return redirect(page.url("agenda") + "?edit=1#line-" + str(max(0, place)))


def _listed(page: Page, lines: list[Line]) -> Any:
    """The agenda to be read, as the address asks for it."""
    state = page.state
    held = any(line.item.spans for line in lines)
    kinds, sites = {line.item.kind for line in lines}, {line.site.key: line.site.name for line in lines if line.site}
    states = {line.item.state for line in lines}
    definition = replace(
        AGENDA,
        rule=TAKEN if held else AGENDA.rule,
        columns=[replace(one, page=held) if one.key in HELD else one for one in AGENDA.columns],
        filters=[
            Search(value=lambda line: f"{line.item.title} {line.site.name if line.site else ''} {line.item.speaker}"),
            Choice("kind", pgettext_lazy("agenda", "Kind"), [
                (code, label) for code, label in AgendaKind.choices if code in kinds
            ], value=lambda line: line.item.kind),
            Choice("site", gettext_lazy("Site"), sites.items(), value=lambda line: line.item.site),
            Choice("state", gettext_lazy("State"), [
                (code, label) for code, label in ItemState.choices if code in states
            ], value=lambda line: line.item.state),
        ],
        empty=gettext_lazy("The source does not tell the agenda.") if state.published_only
        else gettext_lazy("No agenda is set yet."),
    )  # fmt: skip
    return definition.bind(page.request, lines, two=TwoDates(clock.today()))


def _show(page: Page, sent: dict[str, Any]) -> HttpResponseBase:
    state = page.state
    course = course_of(state)
    listing = _listed(page, course.lines)
    if page.request.method != "POST" and (answer := listing.answer(page.request)) is not None:
        return answer
    editing = page.may_prepare and state.phase in ("preparing", "open") and (
        page.request.GET.get("edit") == "1" or bool(sent)
    )  # fmt: skip
    lines = sent.get("lines") or Lines(
        prefix="l", initial=[_initial(item, number) for number, item in enumerate(state.agenda, start=1)],
        form_kwargs={"sites": _likely_sites(page)},
    )  # fmt: skip
    new = sent.get("new") or NewLineForm(
        prefix="new", sites=_sites(page), lines=_lines(page), initial={"minutes": 10, "kind": AgendaKind.SUMMARY}
    )
    begun = {item.key for item in state.agenda if item.state != ItemState.WAITING}
    planned = {line.item.key: line for line in course.lines}
    last = next((line for line in reversed(course.lines) if line.planned_at is not None), None)
    accepted = [
        one for one in state.statements.values()
        if one.review == "accepted" and not one.reserve and one.delivery == "spoken"
        and one.key not in {item.statement for item in state.agenda}
    ]  # fmt: skip
    context = page.context(
        "agenda", lines=course.lines, list=listing, minutes=sum(item.minutes for item in state.agenda),
        breaks=sum(item.minutes for item in state.agenda if item.kind == AgendaKind.BREAK),
        ends=_ends(last), editing=editing, formset=lines, new=new, moved=sent.get("moved", ""),
        rows=[
            (form, planned.get(str(form["key"].value() or "")), str(form["key"].value() or "") in begun)
            for form in lines.forms
        ],
        written=[line for line in course.lines if line.written and line.waits],
        seen=page.request.POST.get("seen") if sent.get("lines") and not sent.get("moved") else state.position,
        accepted=accepted, kinds=dict(AgendaKind.choices),
        may_edit=page.may_prepare and state.phase in ("preparing", "open"),
    )  # fmt: skip
    wrong = 422 if sent.get("moved") or (lines.is_bound and not lines.is_valid()) or (
        lines.is_bound and any(form.errors for form in lines.forms)
    ) else status_of(new)  # fmt: skip
    return render(page.request, "conferences/agenda.html", context, status=wrong)


def _ends(last: Any) -> dt.datetime | None:
    """When the last line ends by the plan."""
    return last.planned_at + dt.timedelta(minutes=last.item.minutes) if last else None


def _initial(item: Item, number: int) -> dict[str, Any]:
    return {**commands.as_line(item), "place": number}


def _sites(page: Page) -> list[tuple[str, str]]:
    return [(site.key, "– " * depth + site.name) for site, depth in in_tree(page.state)]


def _likely_sites(page: Page) -> list[tuple[str, str]]:
    """The sites that a line that stands may be given to. Of very many those that have to do with the agenda: central
    ones, those with a statement, those named in it; any other is chosen where a line is added."""
    every = _sites(page)
    if len(every) <= MANY_SITES:
        return every
    state = page.state
    near = {one.site for one in state.statements.values()} | {item.site for item in state.agenda}
    near |= {site.key for site in state.sites.values() if not site.parent}
    return [(key, words) for key, words in every if key in near]


def _lines(page: Page) -> list[tuple[str, str]]:
    return [(item.key, f"{number}. {item.title}") for number, item in enumerate(page.state.agenda, start=1)]
