"""What is done with a plan from its page: submitted, returned, approved, answering tasks, standing under documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soichieu.documents.guarding import asker_of, guarded
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker, today
from soichieu.plans.commands import acts as commands
from soichieu.plans.forms.acts import AnswerForm, ApproveForm, ReturnForm, SubmitForm, SuperiorForm
from soichieu.plans.models import Plan
from soichieu.plans.queries.acts import Task, submittable
from soichieu.plans.queries.editions import editions_of
from soichieu.plans.queries.register import newest_facts, plan_of
from soichieu.plans.views import beside
from soichieu.plans.views.plan import may_answer, offered_tasks, show, superior_choices
from soichieu.web.dates import write_day


@require_POST
@guarded
def submit(request: HttpRequest, key: str) -> HttpResponseBase:
    """A version goes up to a superior."""
    asker, plan = _asked(request, key, "write_plan")
    form = SubmitForm(request.POST, units=superior_choices(plan), tasks=_submittable(asker, plan))

    def act(given: dict[str, Any]) -> str:
        done = commands.submit_plan(
            asker=asker,
            plan=plan,
            edition=given["edition"] or 0,
            seen=given["seen"],
            to_unit=given["to_unit"],
            happened_on=given["happened_on"],
            note=given["note"],
            obligations=given.get("obligations", []),
        )
        return _("Submitted on %(day)s.") % {"day": write_day(done.happened_on)}

    return _do(request, plan, "submit_form", form, act)


@require_POST
@guarded
def give_back(request: HttpRequest, key: str) -> HttpResponseBase:
    """A submitted plan goes back, with reasons."""
    asker, plan = _asked(request, key, "return_plan")
    form = ReturnForm(request.POST)

    def act(given: dict[str, Any]) -> str:
        commands.return_plan(
            asker=asker, plan=plan, seen=given["seen"], happened_on=given["happened_on"], reason=given["reason"]
        )
        return _("The plan is returned; its unit reads why.")

    return _do(request, plan, "return_form", form, act)


@require_POST
@guarded
def approve(request: HttpRequest, key: str) -> HttpResponseBase:
    """An approval is registered by number, day, signer and signing form."""
    asker, plan = _asked(request, key, "approve_plan")
    tasks = offered_tasks(asker, plan, newest_facts([plan.pk]).get(plan.pk)) if may_answer(asker, plan) else []
    form = ApproveForm(request.POST, request.FILES, tasks=tasks)

    def act(given: dict[str, Any]) -> str:
        done = commands.approve_plan(
            asker=asker, plan=plan, edition=given["edition"] or 0, seen=given["seen"], issue=form.issue()
        )
        if done.unread:
            messages.info(
                request,
                _("Its file is kept as evidence; its text is not in the register: %(why)s") % {"why": done.unread},
            )
        number = done.act.document.number if done.act.document is not None else ""
        return _("%(number)s is registered.") % {"number": number}

    return _do(request, plan, "approve_form", form, act)


@require_POST
@guarded
def answer_tasks(request: HttpRequest, key: str) -> HttpResponseBase:
    """An approved plan answers further tasks."""
    asker, plan = _asked(request, key, "register_plan")
    form = AnswerForm(request.POST, tasks=offered_tasks(asker, plan, newest_facts([plan.pk]).get(plan.pk)))

    def act(given: dict[str, Any]) -> str:
        commands.answer_tasks(asker=asker, plan=plan, obligations=given["obligations"])
        return _("Written down: the plan answers what you chose.")

    return _do(request, plan, "answer_form", form, act)


@require_POST
@guarded
def superior(request: HttpRequest, key: str) -> HttpResponseBase:
    """A document is to stand above the plan, or no longer."""
    asker, plan = _asked(request, key, "write_plan")
    form = SuperiorForm(request.POST, asker=asker)

    def act(given: dict[str, Any]) -> str:
        if form.chosen is None:
            raise Refusal(_("No document of this number is in the register, or it is not yours to see."))
        holds = not given.get("remove")
        commands.choose_superior(asker=asker, plan=plan, document=form.chosen, holds=holds)
        words = _("%(number)s stands above the plan.") if holds else _("%(number)s stands no longer above the plan.")
        return words % {"number": form.chosen.number}

    def onward() -> str:
        """An offer says *hold it up against*: it leads to the light table, where both have a text to lay there."""
        if not form.cleaned_data.get("document"):
            return ""
        return beside.address(form, plan, editions_of(asker, plan).first())

    return _do(request, plan, "superior_form", form, act, onward)


def _submittable(asker: Asker, plan: Plan) -> list[Task]:
    return submittable(offered_tasks(asker, plan, newest_facts([plan.pk]).get(plan.pk)))


def _asked(request: HttpRequest, key: str, act: str) -> tuple[Asker, Plan]:
    """Who asks, and the plan; 404 when it is not theirs to see, 403 with the rule when they may not do this."""
    asker = asker_of(request)
    plan = plan_of(asker, key)
    permissions.may(asker, act, holder_id=plan.unit_id, on=today()).require()
    return asker, plan


def _do(
    request: HttpRequest,
    plan: Plan,
    name: str,
    form: Form,
    act: Callable[[dict[str, Any]], str],
    onward: Callable[[], str] = str,
) -> HttpResponseBase:
    """The act with what was sent, and back to the page or where ``onward`` leads; or the page with what is wrong under
    its field."""
    if form.is_valid():
        try:
            said = act(form.cleaned_data)
        except Forbidden as refused:
            raise PermissionDenied(str(refused)) from refused
        except Refusal as wrong:
            form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong))
        except ValidationError as wrong:
            tell(form, wrong)
        else:
            messages.success(request, said)
            return redirect(onward() or reverse("plans:plan", args=[plan.key]))
    if isinstance(form, ApproveForm):
        form.keep_file()
    return show(request, plan, wrong=True, **{name: form})


def tell(form: Form, wrong: ValidationError) -> None:
    """An error of a command under the field it is about."""
    if not hasattr(wrong, "error_dict"):
        form.add_error(None, wrong)
        return
    for field, errors in wrong.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)
