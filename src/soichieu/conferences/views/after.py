"""What became of a conference, as lists: its conclusions, the tasks that came out of them, what was raised there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from soichieu.conferences import rules
from soichieu.conferences.kinds import Phase
from soichieu.conferences.queries import after as became
from soichieu.conferences.queries.given import Task, tasks_given
from soichieu.conferences.views.common import Page, asked, bound, json_answer
from soichieu.findings.models import ConclusionKind, Kind
from soichieu.findings.queries.told import Row
from soichieu.findings.words import STATES
from soichieu.ledger import clock
from soichieu.web.dates import TwoDates
from soichieu.web.errors import NotYet
from soichieu.web.lists import Choice, Column, Days, Flag, List, Search, vietnamese
from soichieu.web.states import LIFECYCLE, TIMELINESS, VERIFICATION, Axis

LATE = frozenset({"overdue", "claimed_late", "done_late"})

CONCLUSIONS = List(
    key="conclusions-after",
    title=gettext_lazy("What the chair concluded"),
    rule=gettext_lazy(
        "Every conclusion that you see, those left out of the notice or withdrawn among them, in the order in which"
        " they were drafted. A task is done when all that came out of it is done; its state is the ledger's."
    ),
    columns=[
        Column("words", pgettext_lazy("conclusion", "Conclusion"), template="conferences/parts/after_words.html",
               sort=None, width=70),
        Column("kind", pgettext_lazy("conclusion", "Kind"), value=lambda row: row.followed.kind, page=False, width=20,
               text=lambda code: capfirst(str(ConclusionKind(code).label)) if code else ""),
        Column("who", gettext_lazy("Who"), value=lambda row: row.all_named, template="conferences/parts/named.html",
               width=32),
        Column("deadline", gettext_lazy("Deadline"), value=lambda row: row.followed.deadline, width=14),
        Column("became", pgettext_lazy("conclusion", "Stands"), value=lambda row: became.stands_in_words(row),
               template="conferences/parts/after_became.html", width=36),
        Column("done", pgettext_lazy("conclusion", "Done"), value=lambda row: _counted(row, "n"), page=False,
               number=True),
        Column("of", gettext_lazy("of N"), value=lambda row: _counted(row, "of"), page=False, number=True),
        Column("overdue", gettext_lazy("Overdue"), value=lambda row: _counted(row, "overdue"), page=False,
               number=True),
        Column("reason", gettext_lazy("Reason"), value=lambda row: row.why, page=False, width=36),
        Column("carried", gettext_lazy("Carried by"), page=False, width=28,
               value=lambda row: row.followed.carried if row.followed.to_carry and not row.untold else ""),
        Column("notice", gettext_lazy("Notice"), page=False, width=18,
               value=lambda row: row.followed.notice.number if row.followed.notice_seen else ""),
        Column("rests", gettext_lazy("Rests on"), page=False, width=50,
               value=lambda row: "; ".join(f"{one.place}: {one.words}" for one in row.sentences)),
    ],
    empty=gettext_lazy("The chair concluded nothing."),
)  # fmt: skip

TASKS = List(
    key="tasks-after",
    title=gettext_lazy("Tasks that came out of the conference"),
    rule=gettext_lazy(
        "One row for each unit that owes a task of the notice, of what you see: its state in the ledger today. Days"
        " late: against the deadline now in force."
    ),
    columns=[
        Column("unit", gettext_lazy("Unit"), url=lambda row: row.url, sort=vietnamese("unit"), width=36),
        Column("words", pgettext_lazy("conclusion", "Conclusion"), page=False, sort=None, width=60,
               template="conferences/parts/task_words.html"),
        Column("code", pgettext_lazy("of a requirement", "No."), page=False, width=10),
        Column("deadline", gettext_lazy("Deadline"), width=14),
        Column("lifecycle", pgettext_lazy("axis", "State"), template="web/parts/lifecycle_cell.html", width=26,
               text=lambda code: _word(LIFECYCLE, code)),
        Column("timeliness", pgettext_lazy("axis", "Timeliness"), template="conferences/parts/timeliness_cell.html",
               width=24, text=lambda code: _word(TIMELINESS, code)),
        Column("days_late", gettext_lazy("Days late"), number=True, page=False,
               value=lambda row: row.days_late if row.timeliness in LATE else None),
        Column("verification", pgettext_lazy("axis", "Verification"), template="web/parts/verification_cell.html",
               width=26, text=lambda code: _word(VERIFICATION, code)),
        Column("notice", gettext_lazy("Notice"), page=False, width=18),
    ],
    group=lambda row: row.words,
    empty=gettext_lazy("No task came out of the conference yet that is yours to see."),
    empty_hint=gettext_lazy("What the chair concluded becomes a task when the signed notice is registered."),
)  # fmt: skip

RAISED = List(
    key="raised-after",
    title=gettext_lazy("Proposals and shortcomings raised"),
    rule=gettext_lazy(
        "Raised how often: by others about the unit; what a unit says of itself is shown and never counts against it."
    ),
    columns=[
        Column("kind", pgettext_lazy("finding", "Kind"), page=False, width=16,
               text=lambda code: capfirst(str(Kind(code).label))),
        Column("words", pgettext_lazy("finding", "What was found"), template="conferences/parts/raised_words.html",
               sort=None, width=70),
        Column("units", gettext_lazy("Unit"), template="conferences/parts/named.html", sort=vietnamese("units"),
               width=32),
        Column("addressee", gettext_lazy("Put to"), width=28),
        Column("state", pgettext_lazy("finding", "State"), value=lambda row: row.state_label,
               template="conferences/parts/raised_state.html", width=28),
        Column("times", pgettext_lazy("finding", "Times"), value=lambda row: row.times or None, page=False,
               number=True),
        Column("answer_reason", gettext_lazy("Reason of the answer"), page=False, width=40),
        Column("objective_cause", gettext_lazy("Objective cause"), page=False, width=40),
        Column("subjective_cause", gettext_lazy("Subjective cause"), page=False, width=40),
        Column("own", gettext_lazy("Said by the unit of itself"), page=False, width=10),
    ],
    prefix="raised-",
    group=lambda row: capfirst(row.kind_label),
)  # fmt: skip


@require_safe
@asked
def after(request: HttpRequest, key: str) -> HttpResponseBase:
    """What became: conclusions in and out of the notice, tasks with their live state, proposals, shortcomings."""
    page = _over(request, key)
    told = became.after_of(page.asker, page.conference, page.state)
    if page.wants_json:
        return json_answer(told.as_json())
    two = TwoDates(clock.today())
    found = [*told.proposals, *told.shortcomings]
    concluded = bound(_conclusions(told.threads), request, told.threads, two)
    raised = bound(_raised(found, page), request, found, two)
    for listing in (concluded, raised):
        if (answer := listing.answer(request)) is not None:
            return answer
    context = page.context(
        "after", told=told, heading=_("After the conference"), today=clock.today(), rule=rules.rule(became.NOTICE),
        two=two, list=concluded, raised=raised, tasks_there=any(one.tasks for one in told.threads),
    )  # fmt: skip
    return render(request, "conferences/after.html", context)


@require_safe
@asked
def tasks(request: HttpRequest, key: str) -> HttpResponseBase:
    """Every task that came out of the conclusions, unit by unit; the address keeps which conclusion it is of."""
    page = _over(request, key)
    found = tasks_given(page.asker, page.conference, page.state)
    two = TwoDates(clock.today())
    # Sorted by something else the rows do not stand under their conclusions: each then says which is its own.
    alone = [replace(one, page=one.page or one.key == "words") for one in TASKS.columns]
    asked_order = request.GET.get("sort", "").lstrip("-")
    moved = any(one.sortable and one.key == asked_order for one in TASKS.columns)
    definition = replace(TASKS, filters=_of_tasks(found), columns=alone if moved else TASKS.columns)
    listing = definition.bind(request, found, two=two)
    if page.wants_json:
        rows = [{**one.as_json(), "conclusion": one.finding, "notice": one.notice} for one in listing.kept]
        return json_answer({"as_at": two.as_at.isoformat(), "rows": rows})
    if (answer := listing.answer(request)) is not None:
        return answer
    context = page.context("after", heading=_("Tasks that came out of it"), two=two, list=listing)
    return render(request, "conferences/after_tasks.html", context)


def _over(request: HttpRequest, key: str) -> Page:
    """The page of a conference that is over; before, it is not there yet."""
    page = Page(request, key)
    if page.state.phase in (Phase.PREPARING, Phase.OPEN):
        raise NotYet(
            _("The conference is not over. What became of it stands here once it is."),
            way=page.url("conference"),
            words=_("To the conference"),
        )
    return page


def _counted(row: became.Thread, what: str) -> int | None:
    count = row.followed.count
    return getattr(count, what) if count is not None and count.of else None


def _word(axis: Axis, code: str) -> Any:
    return axis.states[code].label if code in axis.states else ""


def _conclusions(threads: Sequence[became.Thread]) -> List:
    kinds = {one.followed.kind for one in threads}
    stand = {one.stands for one in threads}
    # A column that nothing stands in is left to the export.
    empty = {"who"} if not any(one.whom for one in threads) else set()
    empty |= {"deadline"} if not any(one.followed.deadline for one in threads) else set()
    columns = [replace(one, page=False) if one.key in empty else one for one in CONCLUSIONS.columns]
    filters = [
        Search(value=lambda row: f"{row.words} {row.all_named} {row.why}"),
        Choice("kind", pgettext_lazy("conclusion", "Kind"), [
            (code, capfirst(str(label))) for code, label in ConclusionKind.choices if code in kinds
        ], value=lambda row: row.followed.kind),
        Choice("stands", pgettext_lazy("conclusion", "Stands"), [
            (code, capfirst(str(label))) for code, label in STATES.items() if code in stand
        ]),
        Flag("overdue", gettext_lazy("Only overdue"), value=lambda row: row.followed.overdue),
        Days("deadline", gettext_lazy("Deadline"), value=lambda row: row.followed.deadline),
    ]  # fmt: skip
    return replace(CONCLUSIONS, columns=columns, filters=filters)


def _of_tasks(found: Sequence[Task]) -> list[Any]:
    conclusions = {one.finding: Truncator(one.words).chars(90) for one in found}
    return [
        Search(value=lambda row: f"{row.unit} {row.words}"),
        Choice("conclusion", pgettext_lazy("conclusion", "Conclusion"), conclusions.items(),
               value=lambda row: row.finding),
        Choice("lifecycle", pgettext_lazy("axis", "State"), LIFECYCLE.choices),
        Choice("timeliness", pgettext_lazy("axis", "Timeliness"), TIMELINESS.choices),
        Choice("verification", pgettext_lazy("axis", "Verification"), VERIFICATION.choices),
        Days("deadline", gettext_lazy("Deadline")),
    ]  # fmt: skip


def _raised(found: Sequence[Row], page: Page) -> List:
    labels = {one.state: one.state_label for one in found if one.state != "open"}
    if any(one.state == "open" for one in found):
        labels["open"] = str(STATES["open"])
    nothing = _("None was raised.") if page.inside else _("None was raised that is yours to see.")
    if page.state.published_only:
        nothing = _("the source does not say")
    empty = {"addressee"} if not any(one.addressee for one in found) else set()
    filters = [
        Search(value=lambda row: f"{row.words} {row.units} {row.addressee} {row.answer_reason}"),
        Choice("kind", pgettext_lazy("finding", "Kind"), [
            (str(code), capfirst(str(code.label))) for code in (Kind.PROPOSAL, Kind.SHORTCOMING)
        ]),
        Choice("state", pgettext_lazy("finding", "State"), [(one, capfirst(said)) for one, said in labels.items()]),
    ]  # fmt: skip
    return replace(
        RAISED,
        filters=filters,
        columns=[replace(one, page=False) if one.key in empty else one for one in RAISED.columns],
        empty=capfirst(nothing),
        rule=RAISED.rule if found else "",
    )
