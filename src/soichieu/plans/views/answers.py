"""Pages: the answers of the units one sees, and answering a task."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soichieu.documents.guarding import asker_of, guarded
from soichieu.ledger import queries as ledger
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.kinds import Kind
from soichieu.organisation.askers import today
from soichieu.organisation.names import name_of
from soichieu.plans import commands, queries
from soichieu.plans.forms.answers import DirectlyForm, PlanForm
from soichieu.plans.models import Answer
from soichieu.web.lists import Choice, Column, Days, List, Search, vietnamese

PLANS = List(
    key="plans",
    title=gettext_lazy("Plans"),
    rule=gettext_lazy("Plans and action programmes that the units you see registered in answer to a task."),
    columns=[
        Column("unit", gettext_lazy("Unit"), sort=vietnamese("unit"), width=36),
        Column(
            "number",
            gettext_lazy("Number and symbol"),
            value=lambda row: row.answer.document.number,
            url=lambda row: reverse("documents:document", args=[row.answer.document_id]),
        ),
        Column("signed_on", gettext_lazy("Date of issue"), value=lambda row: row.answer.document.signed_on),
        Column(
            "kind", gettext_lazy("Kind"), value=lambda row: row.answer.kind, text=lambda code: Answer.Kind(code).label
        ),
        Column("answers", gettext_lazy("Answers"), url=lambda row: _obligation_url(row.answer.obligation_id), width=24),
        Column(
            "signer",
            gettext_lazy("Signer"),
            value=lambda row: f"{row.answer.document.signing_form} {row.answer.document.signer}".strip(),
        ),
    ],
    filters=[
        Search(value=lambda row: f"{row.unit} {row.answer.document.number} {row.answer.document.title} {row.answers}"),
        Choice("kind", gettext_lazy("Kind"), Answer.Kind.choices, value=lambda row: row.answer.kind),
        Days("signed_on", gettext_lazy("Date of issue"), value=lambda row: row.answer.document.signed_on),
    ],
    empty=gettext_lazy("No plan is registered in answer to a task yet."),
    empty_hint=gettext_lazy("Open a task and answer it by number, date and file."),
)


@require_GET
@guarded
def plans(request: HttpRequest) -> HttpResponseBase:
    """The plans of the units that the asker sees."""
    return PLANS.respond(request, queries.answers(asker_of(request)), "plans/answers.html")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A task answered by number, date and file."""
    asker = asker_of(request)
    context = _context(request, pk)
    form = PlanForm(request.POST, request.FILES) if request.method == "POST" else PlanForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            answered = commands.answer_with_plan(
                asker=asker,
                obligation_id=pk,
                stored=form.stored,
                **{name: given[name] for name in ("number", "signed_on", "kind", "title", "signer", "signing_form")},
            )
        except Forbidden as refused:
            raise PermissionDenied(str(refused)) from refused
        except (Refusal, ValidationError) as wrong:
            _tell(form, wrong)
        else:
            messages.success(request, _("%(number)s is registered.") % {"number": answered.answer.document.number})
            if answered.unread:
                messages.info(
                    request,
                    _("Its file is kept as evidence; its text is not in the register: %(why)s")
                    % {"why": answered.unread},
                )
            return redirect(_obligation_url(pk))
    if form.errors:
        form.keep_file()
    return _show(request, pk, {**context, "form": form}, bool(form.errors))


@require_POST
@guarded
def directly(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The superior's plan is carried out directly."""
    asker = asker_of(request)
    context = _context(request, pk)
    form = DirectlyForm(request.POST, asker=asker, offered=context["offered"])
    if form.is_valid() and form.chosen is not None:
        try:
            commands.carry_out_directly(
                asker=asker,
                obligation_id=pk,
                document=form.chosen,
                happened_on=form.cleaned_data["happened_on"],
                reason=form.cleaned_data["reason"],
            )
        except Forbidden as refused:
            raise PermissionDenied(str(refused)) from refused
        except (Refusal, ValidationError) as wrong:
            _tell(form, wrong)
        else:
            messages.success(
                request, _("Written down: %(number)s is carried out directly.") % {"number": form.chosen.number}
            )
            return redirect(_obligation_url(pk))
    return _show(request, pk, {**context, "form": PlanForm(), "directly": form}, True)


def _context(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The task that the asker may answer; 404 when it is not theirs to see, 403 when only that."""
    asker = asker_of(request)
    obligation, cell = ledger.obligation(asker, pk)
    holder = cell.holder_id or obligation.unit_id
    acts = {}
    for act in (Kind.ISSUED, Kind.RESPONDED):
        try:
            commands.require(asker, obligation, holder, act)
            acts[str(act)] = True
        except Forbidden as refused:
            acts[str(act)] = False
            reason = str(refused)
    if not any(acts.values()):
        raise PermissionDenied(reason)
    return {
        "obligation": obligation,
        "requirement": obligation.requirement,
        "document": obligation.chain.directive,
        "cell": cell,
        "unit": name_of([holder], today())[holder],
        "back": _obligation_url(pk),
        "may_issue": acts["issued"],
        "may_respond": acts["responded"]
        and obligation.requirement.ladder == "made_concrete"
        and ledger.takes_effect(Kind.RESPONDED, obligation.requirement, cell),
        "offered": queries.superior_documents(asker, obligation),
        # Where a plan would have no effect, neither has any other answer (docs/ledger.md section 3).
        "closed": not ledger.takes_effect(Kind.ISSUED, obligation.requirement, cell),
    }


def _show(request: HttpRequest, pk: int, context: dict[str, Any], wrong: bool) -> HttpResponseBase:
    request.nav_current = "plans"  # type: ignore[attr-defined]
    if "directly" not in context:
        context["directly"] = DirectlyForm(
            asker=asker_of(request), offered=context["offered"], initial={"happened_on": today()}
        )
    return render(request, "plans/answer.html", context, status=422 if wrong else 200)


def _tell(form: Form, wrong: Refusal | ValidationError) -> None:
    """An error of a command under the field it is about."""
    if isinstance(wrong, Refusal):
        form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong))
    elif hasattr(wrong, "error_dict"):
        for field, errors in wrong.error_dict.items():
            form.add_error(field if field in form.fields else None, errors)
    else:
        form.add_error(None, wrong)


def _obligation_url(pk: int) -> str:
    try:
        return reverse("board:obligation", args=[pk])
    except NoReverseMatch:
        return reverse("plans:answers")
