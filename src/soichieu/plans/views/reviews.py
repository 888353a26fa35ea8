"""Pages of holding up: what a unit has in force beside one directive, its verdicts, and the registered report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from soichieu.documents import queries as documents
from soichieu.documents.guarding import asker_of, guarded
from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.ledger import queries as ledger
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.kinds import Kind
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker, today
from soichieu.organisation.models import Unit
from soichieu.organisation.names import name_of
from soichieu.plans.commands.answers import require
from soichieu.plans.commands.reviews import NotSaved, give_verdicts, register_review, require_judge
from soichieu.plans.docx.review_report import review_report
from soichieu.plans.errors import ChangedMeanwhile
from soichieu.plans.forms.reviews import DecidedForm, ReportForm, VerdictForm
from soichieu.plans.models import PlanFacts, Verdict
from soichieu.plans.queries import editions, reviews
from soichieu.plans.views.register import tell
from soichieu.web.dates import TwoDates, takes_dates

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _found(request: HttpRequest, unit: int, directive: int) -> tuple[Unit, Document]:
    """The unit and the directive that the asker sees; 404 otherwise."""
    asker = asker_of(request)
    request.nav_current = "plans"  # type: ignore[attr-defined]
    return reviews.unit_seen(asker, unit), documents.document(asker, directive)


@takes_dates
@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def review(request: HttpRequest, unit: int, directive: int) -> HttpResponseBase:
    """Every programme in force on the day, with its verdict; all of them given in one pass."""
    asker = asker_of(request)
    holder, document = _found(request, unit, directive)
    two = TwoDates.of(request.GET)
    sheet = reviews.sheet(holder.pk, document, two.as_at, known_at=two.known_at)
    may_judge = bool(permissions.may(asker, "judge_plan", holder_id=holder.pk, on=today()))
    if request.method == "POST":
        require_judge(asker, holder.pk)
    posted = request.POST if request.method == "POST" else None
    open_to_verdicts = may_judge and two.known_at is None
    forms = [VerdictForm(posted, plan=row.facts.plan, standing=row.newest) for row in sheet.rows]
    decided = DecidedForm(posted, initial={"decided_on": today()})
    if posted is not None and _save(request, document, forms, decided):
        return redirect(request.get_full_path())
    wrong = posted is not None
    context: dict[str, Any] = {
        **_about(holder, document, sheet, two),
        "rows": [
            (row, form, way) for row, form, way in zip(sheet.rows, forms, _ways(asker, document, sheet), strict=True)
        ],
        "decided": decided,
        "may_judge": open_to_verdicts,
        "looking_back": two.known_at is not None,
        "tasks": reviews.held_up_tasks(asker, holder.pk, document),
        "reviews": [reviews.since(one, sheet) for one in reviews.standing_reviews(holder.pk, document)],
        "wrong": wrong,
        "first_wrong": next((form.plan.key for form in forms if form.errors), "") if wrong else "",
    }
    return render(request, "plans/review.html", context, status=422 if wrong else 200)


@dataclass(frozen=True)
class Way:
    """From a programme to its lines beside the directive. ``table_url`` is empty while it has no lines or does not
    stand under the directive."""

    lines: int
    plan_url: str
    table_url: str


def _ways(asker: Asker, document: Document, sheet: reviews.Sheet) -> list[Way]:
    """For each programme of the sheet how many lines of it are read in, and where they lie beside the directive."""
    facts: dict[int, PlanFacts | None] = {row.facts.plan_id: row.facts for row in sheet.rows}
    read = editions.newest_editions(asker, facts)
    under = {plan for plan, above in editions.superior_ids(facts).items() if document.pk in above}
    found = []
    for row in sheet.rows:
        plan = row.facts.plan
        lines = read[plan.pk][1] if plan.pk in read else 0
        laid = bool(lines) and plan.pk in under
        table = reverse("links:table", args=[plan.key, document.pk]) if laid else ""
        found.append(Way(lines, reverse("plans:plan", args=[plan.key]), table))
    return found


def _about(holder: Unit, document: Document, sheet: reviews.Sheet, two: TwoDates) -> dict[str, Any]:
    query = urlencode(two.query())
    return {
        "unit": name_of([holder.pk], two.as_at)[holder.pk],
        "unit_id": holder.pk,
        "unit_url": reverse("board:unit", args=[holder.pk]),
        "directive": document,
        "sheet": sheet,
        "two": two,
        "by_choice": [(Verdict.Choice(choice).label, n) for choice, n in sheet.by_choice.items()],
        "report_url": f"{reverse('plans:review-report', args=[holder.pk, document.pk])}?{query}",
        "register_url": f"{reverse('plans:review-register', args=[holder.pk, document.pk])}?{query}",
    }


def _save(request: HttpRequest, document: Document, forms: list[VerdictForm], decided: DecidedForm) -> bool:
    """Save what was decided differently from what the asker saw; every error stands under its field."""
    # Every form is asked, so that every error is shown at once.
    if [form for form in (*forms, decided) if not form.is_valid()]:
        return False
    ids = [form.cleaned_data.get("seen") or 0 for form in forms]
    seen = {one.pk: one for one in Verdict.objects.filter(pk__in=ids, directive=document)}
    given = []
    for form, pk in zip(forms, ids, strict=True):
        before = seen.get(pk)
        one = form.given(before if before is not None and before.plan_id == form.plan.pk else None)
        if one is not None:
            given.append(one)
    lost = _posted_keys(request) - {form.plan.key for form in forms}
    if not given:
        decided.add_error(None, _("No verdict was given or changed: nothing was saved."))
        return False
    try:
        saved = give_verdicts(
            asker=asker_of(request), directive=document, given=given, decided_on=decided.cleaned_data["decided_on"]
        )
    except NotSaved as wrong:
        by_plan = {form.plan.pk: form for form in forms}
        for plan, fault in wrong.faults.items():
            form = by_plan[plan]
            form.add_error(fault.field if fault.field in form.fields else None, str(fault))
            if isinstance(fault, ChangedMeanwhile):
                form.show_newest(fault.newest if isinstance(fault.newest, Verdict) else None)
        return False
    except Refusal as wrong_day:
        tell(decided, wrong_day)
        return False
    messages.success(request, _("Saved: %(n)d verdicts.") % {"n": len(saved)})
    if lost:
        messages.error(
            request,
            _("%(n)d programmes of this page are no longer in force on this day; nothing was saved about them.")
            % {"n": len(lost)},
        )
    return True


def _posted_keys(request: HttpRequest) -> set[str]:
    return {name.removesuffix("-choice") for name, value in request.POST.items() if name.endswith("-choice") and value}


@takes_dates
@require_safe
@guarded
def report(request: HttpRequest, unit: int, directive: int) -> HttpResponseBase:
    """The draft of the review report as .docx: for the head to sign, with both dates in it."""
    holder, document = _found(request, unit, directive)
    two = TwoDates.of(request.GET)
    sheet = reviews.sheet(holder.pk, document, two.as_at, known_at=two.known_at)
    response = HttpResponse(review_report(sheet, two, clock.now()), content_type=DOCX)
    name = f"bao-cao-ra-soat-{holder.code}-{two.as_at.isoformat()}.docx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@takes_dates
@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def register(request: HttpRequest, unit: int, directive: int) -> HttpResponseBase:
    """The signed report registered by number, date and file: the task that asks for it is closed by it."""
    asker = asker_of(request)
    holder, document = _found(request, unit, directive)
    require_judge(asker, holder.pk)
    two = TwoDates.of(request.GET)
    tasks = reviews.held_up_tasks(asker, holder.pk, document)
    waiting = [(one, cell) for one, cell in tasks if ledger.takes_effect(Kind.CLAIMED, one.requirement, cell)]
    for one, _cell in waiting:
        try:
            require(asker, one, holder.pk, "claimed")
        except Forbidden as refused:
            raise PermissionDenied(str(refused)) from refused
    posted = request.method == "POST"
    form = ReportForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={"on": two.as_at},
        tasks=[(one.pk, f"{one.requirement.code}: {one.requirement.title}") for one, _cell in waiting],
    )
    if posted and waiting and form.is_valid():
        given = form.cleaned_data
        said = {name: given[name] for name in ("number", "signed_on", "on", "title", "signer", "signing_form")}
        try:
            done = register_review(asker=asker, obligation_id=form.obligation_id, stored=form.stored, **said)
        except Forbidden as refused:
            raise PermissionDenied(str(refused)) from refused
        except (Refusal, ValidationError) as wrong:
            tell(form, wrong)
        else:
            messages.success(
                request,
                _("%(number)s is registered: %(n)d of %(of)d programmes have a verdict.")
                % {"number": done.review.document.number, "n": done.counted.n, "of": done.counted.of},
            )
            if done.unread:
                messages.info(
                    request,
                    _("Its file is kept as evidence; its text is not in the register: %(why)s") % {"why": done.unread},
                )
            return redirect("plans:review", unit=holder.pk, directive=document.pk)
    if form.errors:
        form.keep_file()
    sheet = reviews.sheet(holder.pk, document, two.as_at, decided_by=max(two.as_at, today()))
    context = {**_about(holder, document, sheet, two), "form": form, "tasks": tasks, "waiting": waiting}
    return render(request, "plans/review_register.html", context, status=422 if posted else 200)
