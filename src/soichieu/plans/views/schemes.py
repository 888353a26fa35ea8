"""The page of a scheme: a line of a plan with its roadmap, picture and table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from soichieu.documents.guarding import asker_of, guarded
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import Asker, today
from soichieu.organisation.names import name_of
from soichieu.plans import gantt
from soichieu.plans.commands import schemes as commands
from soichieu.plans.commands.register import require_write
from soichieu.plans.forms.schemes import DependencyForm, MilestoneForm, MoveForm, SchemeForm
from soichieu.plans.items import title_of
from soichieu.plans.queries.register import newest_facts, plan_of
from soichieu.plans.queries.schemes import Roadmap, Step, roadmap
from soichieu.plans.views.plan import allowed


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def scheme(request: HttpRequest, key: str, item: str) -> HttpResponseBase:
    """A line's roadmap; what is sent names the scheme, adds a step, moves one, or says what waits for what."""
    asker = asker_of(request)
    found = roadmap(asker, plan_of(asker, key), item)
    if request.method != "POST":
        return _show(request, found)
    require_write(asker, found.plan.unit_id)
    return _ACTS.get(request.POST.get("do", ""), _name)(request, asker, found)


def _name(request: HttpRequest, asker: Asker, of: Roadmap) -> HttpResponseBase:
    form = SchemeForm(request.POST)

    def act(given: dict[str, Any]) -> None:
        commands.name_scheme(
            asker=asker,
            item=of.identity,
            seen=given["seen"],
            title=given["title"],
            owner=given["owner"],
            approver=given["approver"],
        )

    return _do(request, of, "scheme_form", form, act)


def _add(request: HttpRequest, asker: Asker, of: Roadmap) -> HttpResponseBase:
    form = MilestoneForm(request.POST, steps=of.steps)

    def act(given: dict[str, Any]) -> None:
        commands.add_milestone(
            asker=asker,
            item=of.identity,
            title=given["title"],
            starts_on=given["starts_on"],
            due_on=given["due_on"],
            after=[form.milestone(pk) for pk in given.get("after", [])],
        )

    return _do(request, of, "milestone_form", form, act)


def _move(request: HttpRequest, asker: Asker, of: Roadmap) -> HttpResponseBase:
    form = MoveForm(request.POST)

    def act(given: dict[str, Any]) -> None:
        step = next((one for one in of.steps if one.milestone.pk == given["milestone"]), None)
        if step is None:
            raise Refusal(_("There is no such step in this roadmap."))
        commands.move_milestone(
            asker=asker,
            milestone=step.milestone,
            seen=given["seen"],
            starts_on=given["starts_on"],
            due_on=given["due_on"],
            done_on=given["done_on"],
            dropped=given["dropped"],
            reason=given["reason"],
        )

    return _do(request, of, "move_form", form, act)


def _depend(request: HttpRequest, asker: Asker, of: Roadmap) -> HttpResponseBase:
    form = DependencyForm(request.POST, steps=of.steps)

    def act(given: dict[str, Any]) -> None:
        commands.add_dependency(
            asker=asker,
            before=form.milestone(given["before"]),
            after=form.milestone(given["after"]),
            holds=not given["ends"],
        )

    return _do(request, of, "dependency_form", form, act)


_ACTS: dict[str, Callable[[HttpRequest, Asker, Roadmap], HttpResponseBase]] = {
    "name": _name,
    "add": _add,
    "move": _move,
    "depend": _depend,
}


def _do(
    request: HttpRequest, of: Roadmap, name: str, form: Form, act: Callable[[dict[str, Any]], None]
) -> HttpResponseBase:
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as wrong:
            form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong))
        else:
            messages.success(request, _("Saved."))
            return redirect(reverse("plans:scheme", args=[of.plan.key, of.identity.key]))
    return _show(request, of, wrong=True, **{name: form})


def _show(request: HttpRequest, of: Roadmap, *, wrong: bool = False, **forms: Any) -> HttpResponseBase:
    asker = asker_of(request)
    request.nav_current = "plans"  # type: ignore[attr-defined]
    may_write = allowed(asker, "write_plan", of.plan)
    on = today()
    context: dict[str, Any] = {
        "plan": of.plan,
        "plan_title": title_of(newest_facts([of.plan.pk]).get(of.plan.pk)),
        "unit": name_of([of.plan.unit_id], on)[of.plan.unit_id],
        "of": of,
        "title": of.scheme.title if of.scheme else of.line.text,
        "steps": [(step, step.overdue(on)) for step in of.steps],
        "late": sum(step.overdue(on) for step in of.steps),
        "beyond": [step for step in of.standing if of.line.deadline_to and step.now.due_on > of.line.deadline_to],
        "picture": gantt.draw(of.standing, on),
        "may_write": may_write,
    }
    if may_write:
        scheme = of.scheme
        given = {"title": scheme.title, "owner": scheme.owner, "approver": scheme.approver} if scheme else {}
        context["scheme_form"] = SchemeForm(
            initial={"seen": scheme.pk if scheme else 0, "title": of.line.text, **given}
        )
        if scheme is not None:
            context["milestone_form"] = MilestoneForm(steps=of.standing)
            step = _edited(request, of)
            context["move_form"] = MoveForm.of(step) if step is not None else None
            if len(of.standing) > 1:
                context["dependency_form"] = DependencyForm(steps=of.standing)
    return render(request, "plans/scheme.html", {**context, **forms}, status=422 if wrong else 200)


def _edited(request: HttpRequest, of: Roadmap) -> Step | None:
    asked = request.GET.get("step", "")
    return next((step for step in of.steps if str(step.milestone.ordinal) == asked), None)
