"""The tasks of the preparation and the invitations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from soichieu.conferences import rules
from soichieu.conferences.commands import preparing
from soichieu.conferences.forms.preparing import DoneForm, InviteForm, TaskForm
from soichieu.conferences.queries.as_json import counts_json, preparation_json
from soichieu.conferences.queries.summary import late_task, summary_of
from soichieu.conferences.state import Preparation
from soichieu.conferences.views.common import Page, asked, json_answer, status_of, tried
from soichieu.language.collation import sort_key
from soichieu.ledger import clock
from soichieu.web.dates import TwoDates, write_day
from soichieu.web.lists import Choice, Column, Days, Flag, List, Search

STATES = (
    ("open", pgettext_lazy("preparation", "not done yet")),
    ("done", pgettext_lazy("preparation", "done")),
)


@dataclass(frozen=True)
class Row:
    """A task in the list. ``form``: to say that it is done, for whoever may; ``token``: against forged ones."""

    task: Preparation
    late: bool
    form: DoneForm
    may: bool
    token: str

    @property
    def state(self) -> str:
        return "done" if self.task.done_on else "open"


TASKS = List(
    key="preparation",
    title=gettext_lazy("Tasks of the preparation"),
    rule=gettext_lazy("Late: the day it was due has passed, and it is not done, or it was done after that day."),
    columns=[
        Column("title", pgettext_lazy("preparation", "Task"), value=lambda row: row.task.title,
               template="conferences/parts/task_title.html", width=60),
        Column("owner", gettext_lazy("Whose"), value=lambda row: row.task.owner, width=30),
        Column("due", gettext_lazy("Due"), value=lambda row: row.task.due_on, width=14,
               template="conferences/parts/task_due.html"),
        Column("done", gettext_lazy("Done on"), value=lambda row: row.task.done_on, width=14,
               template="conferences/parts/task_done.html"),
        Column("late", pgettext_lazy("preparation", "late"), page=False, width=10),
        Column("note", gettext_lazy("Note"), value=lambda row: row.task.note, page=False, width=40),
    ],
    empty=gettext_lazy("No task is written down yet."),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@asked
def prepare(request: HttpRequest, key: str) -> HttpResponseBase:
    """Every task with its owner and day, what is late; the standard set; the invitations by the rule of the office."""
    page = Page(request, key)
    page.require_inside()
    if page.wants_json:
        return json_answer({"tasks": preparation_json(page.state), **counts_json(page.state)})
    sent: dict[str, Any] = {}
    if request.method == "POST":
        page.require_prepare()
        done, sent = _pressed(page)
        if done:
            return redirect(page.url("prepare"))
    return _show(page, sent)


def _pressed(page: Page) -> tuple[bool, dict[str, Any]]:
    """Whether what was pressed went through; else the form that is to be mended, by name."""
    request, asker, conference = page.request, page.asker, page.conference
    do = request.POST.get("do", "")
    if do == "standard":
        written = preparing.offer_standard(asker=asker, conference=conference)
        if written:
            messages.success(
                request, _("%(n)d tasks were written; change their days and owners.") % {"n": len(written)}
            )
        else:
            messages.info(request, _("The standard set stands here already."))
        return True, {}
    if do == "invite":
        invite = InviteForm(request.POST, prefix="invite")
        went = tried(invite, lambda: preparing.invite(asker=asker, conference=conference, on=invite.cleaned_data["on"]))
        return went, {"invite": invite}
    if do == "done":
        task = request.POST.get("key", "")
        form = DoneForm(request.POST, prefix=f"done-{task}")
        went = tried(
            form, lambda: preparing.finish_task(
                asker=asker, conference=conference, key=task, done_on=form.cleaned_data["done_on"],
                note=form.cleaned_data["note"],
            )
        )  # fmt: skip
        return went, {"done": (task, form)}
    given = TaskForm(request.POST, prefix="task")
    went = tried(
        given, lambda: preparing.write_task(
            asker=asker, conference=conference, title=given.cleaned_data["title"], owner=given.cleaned_data["owner"],
            due_on=given.cleaned_data["due_on"], key=given.cleaned_data["key"],
        )
    )  # fmt: skip
    return went, {"task": given}


def _show(page: Page, sent: dict[str, Any]) -> HttpResponseBase:
    state, today = page.state, clock.today()
    wrong_key, wrong = sent.get("done", ("", None))
    edited = state.preparations.get(page.request.GET.get("task", ""))
    task = sent.get("task") or TaskForm(
        prefix="task",
        initial={"title": edited.title, "owner": edited.owner, "due_on": edited.due_on, "key": edited.key}
        if edited
        else None,
    )
    may = page.may_prepare and state.phase in ("preparing", "open")
    token = get_token(page.request)
    ordered = sorted(state.preparations.values(), key=lambda one: (one.due_on is None, one.due_on or today, one.title))
    rows = [
        Row(one, late_task(one, today), _done_form(one, wrong if one.key == wrong_key else None), may, token)
        for one in ordered
    ]
    listing = _listed(page.request, rows)
    if page.request.method != "POST" and (answer := listing.answer(page.request)) is not None:
        return answer
    last = preparing.last_day_of_invitations(state)
    context = page.context(
        "prepare", list=listing, rows=rows,
        task=task, edited=edited or (task.data.get("task-key") if task.is_bound else ""),
        invite=sent.get("invite") or InviteForm(prefix="invite", initial={"on": today}),
        last=last, rule=rules.rule(preparing.INVITATIONS), summary=summary_of(state), rules_wrong=rules.problem(),
        said_late=summary_of(state).invitations,
        standard_left=[one for one in preparing.standard_for(state) if one.key not in state.preparations],
        last_said=write_day(last),
    )  # fmt: skip
    return render(page.request, "conferences/prepare.html", context, status=status_of(task, context["invite"], wrong))


def _listed(request: HttpRequest, rows: Sequence[Row]) -> Any:
    """The tasks as the address asks for them."""
    owners = sorted({row.task.owner for row in rows if row.task.owner}, key=sort_key)
    filters = [
        Search(value=lambda row: f"{row.task.title} {row.task.owner} {row.task.note}"),
        Choice("owner", gettext_lazy("Whose"), [(one, one) for one in owners], value=lambda row: row.task.owner),
        Choice("state", gettext_lazy("State"), STATES),
        Flag("late", pgettext_lazy("preparation", "Only late ones")),
        Days("due", gettext_lazy("Due"), value=lambda row: row.task.due_on),
    ]
    return replace(TASKS, filters=filters).bind(request, rows, two=TwoDates(clock.today()))


def _done_form(one: Any, wrong: DoneForm | None) -> DoneForm:
    if wrong is not None:
        return wrong
    return DoneForm(prefix=f"done-{one.key}", initial={"done_on": one.done_on or clock.today(), "note": one.note})
