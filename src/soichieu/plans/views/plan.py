"""The page of one plan: its facts, its lines, what stands above it, what was done with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from soichieu.documents.guarding import asker_of, guarded
from soichieu.documents.models import Document
from soichieu.documents.rights import visible_documents
from soichieu.ledger.models import Entry
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker, today
from soichieu.organisation.names import name_of
from soichieu.plans import clears
from soichieu.plans.forms.acts import AnswerForm, ApproveForm, ReturnForm, SubmitForm, SuperiorForm
from soichieu.plans.items import title_of
from soichieu.plans.lines import unknown_leads
from soichieu.plans.models import Plan, PlanAct, PlanEdition, PlanFacts, PlanItem
from soichieu.plans.queries import acts as act_queries
from soichieu.plans.queries import editions
from soichieu.plans.queries.acts import Standing
from soichieu.plans.queries.listing import said_of
from soichieu.plans.queries.offering import offered_beside, offered_superiors
from soichieu.plans.queries.register import newest_facts, plan_of
from soichieu.plans.shares import share_of
from soichieu.plans.views import beside
from soichieu.web.lists import Choice, Column, Days, Flag, List, Search
from soichieu.web.templatetags.soichieu import unbroken


@dataclass(frozen=True)
class Row:
    """A line of the plan in its list. ``has_scheme``: it has a roadmap of its own; ``may_write``: it may get one.
    ``written_on``: the day of the version."""

    item: PlanItem
    plan_key: str
    has_scheme: bool = False
    may_write: bool = False
    written_on: dt.date | None = None

    @cached_property
    def unknown(self) -> list[str]:
        """Names of leads that no unit bore on the day the version was written."""
        return unknown_leads(self.item.leads, self.written_on or today())

    @property
    def leads(self) -> str:
        """The leads as printed, and who is in charge."""
        return "; ".join([*(str(lead["text"]) for lead in self.item.leads), *filter(None, [self.item.person])])

    @property
    def due(self) -> dt.date | None:
        """The last day of its deadline."""
        return self.item.deadline_to or self.item.deadline_from

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Codes of the clears that are missing."""
        return clears.missing(self.item)

    @property
    def unclear(self) -> str:
        """What is not clear, in words."""
        return clears.said(self.missing)


LINES = List(
    key="plan-lines",
    title=gettext_lazy("Lines of the plan"),
    rule=gettext_lazy(
        "The lines of this version as its unit wrote them. “Not clear yet” says which of the six clears of conclusion"
        " 226-KL/TW nothing is written about; whoever wrote this version may write it."
    ),
    columns=[
        Column("number", gettext_lazy("No."), value=lambda row: row.item.number, width=8),
        Column(
            "text", pgettext_lazy("of a plan", "Task"), value=lambda row: row.item.text, width=60,
            template="plans/parts/line_cell.html",
        ),
        Column("leads", pgettext_lazy("of a line", "Lead"), width=28, template="plans/parts/lead_cell.html"),
        Column("cooperators", gettext_lazy("Cooperators"), value=lambda row: row.item.cooperators, page=False),
        Column("output", gettext_lazy("Product"), value=lambda row: row.item.output),
        Column("deciding_body", gettext_lazy("Deciding body"), value=lambda row: row.item.deciding_body, page=False),
        Column("deadline", gettext_lazy("Deadline"), value=lambda row: row.item.deadline_text, sort=lambda row: (
            row.due is None, row.due or dt.date.max), draw=lambda row: unbroken(row.item.deadline_text), width=18),
        Column("due", gettext_lazy("Last day"), page=False, width=12),
        Column("unclear", gettext_lazy("Not clear yet"), sort=lambda row: len(row.missing)),
    ],
    filters=[
        Search(value=lambda row: f"{row.item.number} {row.item.text} {row.leads} {row.item.output} {row.item.group}"),
        Choice("unclear", gettext_lazy("Not clear yet"), list(clears.LABELS.items()), value=lambda row: row.missing),
        Days("due", gettext_lazy("Deadline"), value=lambda row: row.due),
        Flag("scheme", gettext_lazy("Only with a roadmap"), value=lambda row: row.has_scheme),
    ],
    group=lambda row: row.item.group,
    empty=gettext_lazy("The plan has no lines yet."),
    empty_hint=gettext_lazy("Write them, or read them from the plan's file."),
)  # fmt: skip


@dataclass(frozen=True)
class Above:
    """A document that the plan stands under: why, where the two are held up against each other."""

    document: Document
    why: str
    url: str
    table_url: str


@require_safe
@guarded
def plan(request: HttpRequest, key: str) -> HttpResponseBase:
    """One plan with its lines; asked to be laid beside a document, it leads there, for this look alone."""
    asker = asker_of(request)
    of = plan_of(asker, key)
    if not beside.is_asked(request.GET):
        return show(request, of)
    form = beside.beside_form(asker, request.GET)
    led = beside.address(form, of, editions.editions_of(asker, of).first())
    return redirect(led) if led else show(request, of, wrong=True, beside_form=form)


def show(request: HttpRequest, of: Plan, *, wrong: bool = False, **forms: Any) -> HttpResponseBase:
    """The page of a plan; ``forms``: those that were sent and are to be mended, by name."""
    asker = asker_of(request)
    request.nav_current = "plans"  # type: ignore[attr-defined]
    facts = newest_facts([of.pk]).get(of.pk)
    versions = list(editions.editions_of(asker, of))
    edition = versions[0] if versions else None
    with_schemes = editions.with_schemes(of)
    standing_under = above(asker, of, facts)
    asked_shares = request.GET.get("shares") == "1" and edition is not None
    may_write = allowed(asker, "write_plan", of)
    items = editions.items_of(edition) if edition else []
    written_on = timezone.localdate(edition.made_at) if edition else None
    lines = [Row(one, of.key, one.identity_id in with_schemes, may_write, written_on) for one in items]
    listing = replace(LINES, title=_sheet_title(facts, edition)).bind(request, lines)
    if request.method == "GET" and (answer := listing.answer(request)) is not None:
        return answer
    acts = act_queries.acts_of(asker, of)
    last = acts[-1] if acts else None
    context = {
        "plan": of,
        "facts": facts,
        "title": title_of(facts),
        "unit": name_of([of.unit_id], today())[of.unit_id],
        "unit_url": reverse("board:unit", args=[of.unit_id]),
        "edition": edition,
        "versions": versions,
        "list": listing,
        "unclear": sum(bool(row.missing) for row in lines),
        "acts": _with_lines(asker, acts),
        "last": last,
        "with_unit": name_of([last.with_unit_id], today())[last.with_unit_id] if last and last.with_unit_id else "",
        "document_url": _document_url(asker, facts),
        "correct_url": _url("plans:correct", of.key),
        "standing": act_queries.standing_of(last).label if last is not None else said_of(facts, today()),
        "draft": facts is None or not (facts.from_day or (facts.number and facts.signed_on)),
        "newer": edition is not None and last is not None and last.edition_id != edition.pk,
        "above": [(one, share_of(asker, of.key, one.document) if asked_shares else None) for one in standing_under],
        "offered": [
            one
            for one in (offered_superiors(asker, of, facts, versions) if may_write else [])
            if one.document.pk not in {above.document.pk for above in standing_under}
        ],
        "asked_shares": asked_shares,
        "answers": act_queries.answered_tasks(asker, of),
        "schemes": [row for row in lines if row.has_scheme],
        **_forms(asker, of, [one.document.pk for one in standing_under], acts, edition.ordinal if edition else 0),
        **forms,
    }
    if "beside_form" in context:
        context["beside"] = offered_beside(asker, facts, [one.document.pk for one in standing_under])
    return render(request, "plans/plan.html", context, status=422 if wrong else 200)


def _sheet_title(facts: PlanFacts | None, edition: PlanEdition | None) -> str:
    """What the list is called where it leaves the page: of which plan and which version its lines are."""
    if edition is None:
        return str(LINES.title)
    return _("Lines of %(plan)s, version %(n)d") % {"plan": title_of(facts), "n": edition.ordinal}


def _with_lines(asker: Asker, acts: Sequence[PlanAct]) -> list[tuple[PlanAct, list[Entry]]]:
    """Each act with the lines that it wrote about tasks that the asker sees."""
    written: dict[str, list[Entry]] = {}
    for line in act_queries.lines_of_acts(asker, acts):
        written.setdefault(line.source_id, []).append(line)
    return [(act, written.get(str(act.pk), [])) for act in acts]


def above(asker: Asker, of: Plan, facts: PlanFacts | None) -> list[Above]:
    """The documents above a plan, with the address of the page where the two are held up against each other."""
    return [
        Above(one, why, reverse("documents:document", args=[one.pk]), _url("links:table", of.key, one.pk))
        for one, why in editions.superiors(asker, {of.pk: facts})[of.pk]
    ]


def _url(name: str, *args: object) -> str:
    """The address of a page, empty when this house does not have it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _document_url(asker: Asker, facts: PlanFacts | None) -> str:
    """The page of the plan's document, when the asker sees it."""
    if facts is None or not visible_documents(asker).filter(pk=facts.document_id or 0).exists():
        return ""
    return reverse("documents:document", args=[facts.document_id])


def _forms(asker: Asker, of: Plan, under: Collection[int], acts: Sequence[PlanAct], edition: int) -> dict[str, Any]:
    """What the asker may do now, each with an empty form."""
    last = acts[-1] if acts else None
    standing = act_queries.standing_of(last)
    approved = last.edition if last is not None and standing == Standing.APPROVED else None
    approved_now = approved is not None and approved.ordinal == edition
    may = {name: allowed(asker, name, of) for name in ("write_plan", "return_plan", "approve_plan")}
    seen = {"seen": last.pk if last else 0, "edition": edition}
    found: dict[str, Any] = {"may_write": may["write_plan"]}
    tasks = act_queries.tasks_to_answer(asker, of, under) if edition else []
    if may["write_plan"]:
        found["superior_form"] = SuperiorForm(asker=asker)
        if edition and standing != Standing.SUBMITTED and not approved_now:
            initial = {**seen, "happened_on": today()}
            to_submit = act_queries.submittable(tasks)
            found["submit_form"] = SubmitForm(units=superior_choices(of), tasks=to_submit, initial=initial)
        if standing == Standing.APPROVED and tasks:
            found["answer_form"] = AnswerForm(tasks=tasks)
    if may["return_plan"] and standing == Standing.SUBMITTED:
        found["return_form"] = ReturnForm(initial={**seen, "happened_on": today()})
        if edition and not may["write_plan"]:
            found["beside_form"] = beside.beside_form(asker)
    if may["approve_plan"] and edition and not approved_now:
        found["approve_form"] = ApproveForm(tasks=tasks if may_answer(asker, of) else [], initial=seen)
    found["directly"] = [task for task in tasks if task.under] if may["write_plan"] else []
    return found


def allowed(asker: Asker, act: str, of: Plan) -> bool:
    """Whether the asker may do an act about the plan."""
    return permissions.may(asker, act, holder_id=of.unit_id, on=today()).allowed


def may_answer(asker: Asker, of: Plan) -> bool:
    """Whether the asker may register the plan as the answer to a task of its unit."""
    return allowed(asker, "register_plan", of)


def superior_choices(of: Plan) -> list[tuple[int, str]]:
    """(id, name) of the units that the plan may be submitted to, the nearest first."""
    units = act_queries.superior_units(of, today())
    names = name_of(units, today())
    return [(unit, names[unit]) for unit in units]


def offered_tasks(asker: Asker, of: Plan, facts: PlanFacts | None) -> list[act_queries.Task]:
    """The tasks that the plan may answer, those of its superior documents first."""
    return act_queries.tasks_to_answer(asker, of, editions.superior_ids({of.pk: facts})[of.pk])
