"""Pages of the register: what is in force on a day, entering and correcting by hand, taking a sheet over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from soichieu.documents import files
from soichieu.documents.errors import BadSheet
from soichieu.documents.guarding import asker_of, guarded
from soichieu.documents.workbook import open_workbook
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker, NotAllowed, today
from soichieu.organisation.names import name_of
from soichieu.organisation.queries import counterpart_of
from soichieu.plans.commands import importing
from soichieu.plans.commands.register import correct_facts, make_plan, require_write
from soichieu.plans.errors import ChangedMeanwhile
from soichieu.plans.facts import Facts
from soichieu.plans.forms.register import CorrectForm, EnterForm, SheetForm
from soichieu.plans.models import PlanFacts
from soichieu.plans.outgoing import read_outgoing
from soichieu.plans.queries import listing
from soichieu.plans.queries.register import newest_facts, plan_of
from soichieu.web.dates import TwoDates, takes_dates
from soichieu.web.lists import Choice, Column, Flag, List, Search, vietnamese

SHOWN = 200
CHOICES = 300
"""So many units are offered in a choice."""
_SALT = "plans.outgoing"


def _number(row: listing.Line) -> SafeString:
    """The number on one line; nothing where there is none."""
    return format_html('<span class="nb">{}</span>', row.facts.number) if row.facts.number else SafeString("")


REGISTER = List(
    key="in-force",
    title=gettext_lazy("Programmes and plans in force"),
    rule=gettext_lazy(
        "Programmes, plans and key tasks of the units you see, and approved plans of your superiors: from the first to"
        " the last day in force, both included. As the units themselves entered them (self-reported)."
    ),
    columns=[
        Column("unit", gettext_lazy("Unit"), sort=vietnamese("unit"), width=32),
        Column("title", gettext_lazy("Title"), value=lambda row: row.facts.title, url=lambda row: row.url, width=60),
        Column(
            "number", gettext_lazy("Number and symbol"), value=lambda row: row.facts.number, width=18,
            draw=_number,
        ),
        Column("signed_on", gettext_lazy("Date of issue"), value=lambda row: row.facts.signed_on, width=14),
        Column(
            "kind", gettext_lazy("Kind"), value=lambda row: row.facts.kind,
            text=lambda code: PlanFacts.Kind(code).label, width=16,
        ),
        Column(
            "term", gettext_lazy("Term"), value=lambda row: row.facts.term,
            text=lambda code: PlanFacts.Term(code).label, width=16,
        ),
        Column("from_day", gettext_lazy("In force from"), value=lambda row: row.facts.from_day, width=14),
        Column("to_day", gettext_lazy("In force to"), value=lambda row: row.facts.to_day, width=14),
    ],
    per_page=100,
    group=lambda row: row.heading,
    empty=gettext_lazy("Nothing is in force on this day, as far as the register of the units you see says."),
    empty_hint=gettext_lazy("Choose another day, or enter what is in force: by hand or from a register of documents."),
)  # fmt: skip
STATE = Column("state", pgettext_lazy("of a plan", "State"), text=lambda code: listing.STATES[code], width=20)
VERDICT = (
    Column(
        "verdict", gettext_lazy("Verdict"), value=lambda row: row.choice,
        text=lambda code: dict(listing.VERDICTS).get(code, ""), width=18,
    ),
    Column("due", gettext_lazy("Until"), value=lambda row: row.verdict.due_on if row.verdict else None, width=14),
    Column("owner", gettext_lazy("Seen to by"), value=lambda row: row.verdict.owner if row.verdict else "", width=28),
    Column("reason", gettext_lazy("Reason"), value=lambda row: row.verdict.reason if row.verdict else "", page=False,
           width=40),
)  # fmt: skip


@takes_dates
@require_safe
@guarded
def register(request: HttpRequest) -> HttpResponseBase:
    """Every programme, plan and key task in force on a day, of the units that the asker sees."""
    asker = asker_of(request)
    two = TwoDates.of(request.GET)
    everything = request.GET.get("all") == "1"
    against = listing.chosen_directive(asker, request.GET.get("against", ""))
    rows = listing.Register(asker, two.as_at, known_at=two.known_at, everything=everything, against=against)
    units = rows.units
    asked = request.GET.getlist("unit")
    # A choice among thousands is none: they are found by the search; an address that names one still does.
    offered = units if len(units) <= CHOICES else [one for one in units if one[0] in asked]
    filters = [
        Search(),
        *([Choice("unit", _("Unit"), offered, lookup="plan__unit_id")] if offered else []),
        Choice("kind", _("Kind"), PlanFacts.Kind.choices),
        Choice("term", _("Term"), PlanFacts.Term.choices),
        Choice("against", _("Held up against"), listing.directive_choices(asker)),
    ]
    columns = list(REGISTER.columns)
    if against is not None:
        filters.append(Choice(listing.VERDICT, _("Verdict"), listing.VERDICTS))
        columns += VERDICT
    filters.append(Flag("all", _("Also drafts, what is to come and what has ended")))
    if everything:
        columns.insert(6, STATE)
    if len(units) <= 1:
        # The heading names the unit; every exported row still does.
        columns[0] = replace(columns[0], page=False)
    own = writable_units(asker)
    context = {
        "may_write": bool(own),
        "against": against,
        "reviewed": [(pk, name) for pk, name in own] if against is not None else [],
    }
    definition = replace(REGISTER, columns=columns, filters=filters)
    return definition.respond(request, rows, "plans/register.html", context, two=two)


def writable_units(asker: Asker) -> list[tuple[int, str]]:
    """(id, name) of the units whose register the asker may write: the own one and its counterpart."""
    if asker.unit_id is None:
        return []
    mate = counterpart_of(asker.unit_id, today())
    house = [asker.unit_id, *([mate] if mate is not None else [])]
    allowed = [unit for unit in house if permissions.may(asker, "write_plan", holder_id=unit, on=today())]
    names = name_of(allowed, today())
    return [(unit, names[unit]) for unit in allowed]


def _own_units(asker: Asker) -> list[tuple[int, str]]:
    """The units that may be written for; refused with the rule when there is none."""
    units = writable_units(asker)
    if not units:
        require_write(asker, asker.unit_id or 0)
        raise NotAllowed(_("only someone on a post may do this"))
    return units


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def enter(request: HttpRequest) -> HttpResponseBase:
    """A programme, plan or key task entered by hand."""
    asker = asker_of(request)
    request.nav_current = "plans"  # type: ignore[attr-defined]
    units = _own_units(asker)
    form = EnterForm(request.POST if request.method == "POST" else None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            plan = make_plan(asker=asker, unit=form.unit_id, facts=form.facts())
        except (Refusal, ValidationError) as wrong:
            tell(form, wrong)
        else:
            messages.success(request, _("“%(title)s” is in the register.") % {"title": form.cleaned_data["title"]})
            if "again" in request.POST:
                return redirect("plans:enter")
            return redirect("plans:plan", key=plan.key)
    return render(request, "plans/register_enter.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def correct(request: HttpRequest, key: str) -> HttpResponseBase:
    """What is known of a plan, corrected with a reason; who saves second is told what changed."""
    asker = asker_of(request)
    request.nav_current = "plans"  # type: ignore[attr-defined]
    plan = plan_of(asker, key)
    require_write(asker, plan.unit_id)
    row = newest_facts([plan.pk])[plan.pk]
    initial = {**vars(Facts.of(row)), "seen": row.pk}
    form = CorrectForm(request.POST if request.method == "POST" else None, initial=initial)
    changed: ChangedMeanwhile | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            correct_facts(
                asker=asker, plan=plan, seen=given["seen"], facts=form.facts(Facts.of(row)), reason=given["reason"]
            )
        except ChangedMeanwhile as meanwhile:
            changed = meanwhile
            # What was typed stays; saved again, it is put over the newest row knowingly.
            form.data = form.data.copy()  # type: ignore[attr-defined]
            form.data["seen"] = str(row.pk)  # type: ignore[index]
            form.add_error(None, str(meanwhile))
        except (Refusal, ValidationError) as wrong:
            tell(form, wrong)
        else:
            messages.success(request, _("Corrected. What stood before stays readable."))
            return redirect("plans:plan", key=plan.key)
    context = {"form": form, "plan": plan, "facts": row, "changed": changed, "history": _history(plan.pk)}
    return render(request, "plans/register_correct.html", context, status=422 if form.errors else 200)


def _history(plan_id: int) -> list[PlanFacts]:
    return list(PlanFacts.objects.filter(plan_id=plan_id).order_by("-pk")[:20])


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def take_over(request: HttpRequest) -> HttpResponseBase:
    """A register of outgoing documents: hand in, look, then write. Nothing is written before the last."""
    asker = asker_of(request)
    request.nav_current = "plans"  # type: ignore[attr-defined]
    units = _own_units(asker)
    if request.method == "POST" and request.POST.get("do") == "confirm":
        return _confirm(request, asker)
    posted = request.method == "POST"
    form = SheetForm(request.POST if posted else None, request.FILES if posted else None, units=units)
    context: dict[str, Any] = {"form": form}
    if posted and form.is_valid():
        upload = form.cleaned_data["file"]
        data, name = upload.read(), upload.name
        try:
            stored = files.store(data, name)
            planned = _prepare(asker, form.unit_id, data, name, form.cleaned_data["sheet"], stored.pk)
        except BadSheet as bad:
            context["faults"] = bad.faults[:SHOWN]
            context["more_faults"] = max(0, len(bad.faults) - SHOWN)
        except (Refusal, ValidationError) as wrong:
            tell(form, wrong)
        else:
            token = {
                "unit": form.unit_id, "file": stored.pk, "name": name, "sheet": planned.outgoing.sheet,
            }  # fmt: skip
            return render(
                request,
                "plans/register_preview.html",
                {
                    "importing": planned,
                    "counts": planned.counts,
                    "entered": [one for one in planned.rows if one.fate != importing.LEFT_OUT][:SHOWN],
                    "left_out": [one for one in planned.rows if one.fate == importing.LEFT_OUT][:SHOWN],
                    "token": signing.dumps(token, salt=_SALT),
                },
            )
    wrong_input = bool(form.errors or context.get("faults"))
    return render(request, "plans/register_import.html", context, status=422 if wrong_input else 200)


def _confirm(request: HttpRequest, asker: Asker) -> HttpResponseBase:
    try:
        said = signing.loads(request.POST.get("token", ""), salt=_SALT, max_age=86400)
    except signing.BadSignature:
        messages.error(request, _("This preview has grown too old. Hand the sheet in again; nothing was written."))
        return redirect("plans:import")
    try:
        planned = _prepare(asker, said["unit"], files.read(said["file"]), said["name"], said["sheet"], said["file"])
        plans = importing.take_over(asker=asker, importing=planned)
    except (BadSheet, Refusal) as wrong:
        messages.error(request, _("Nothing was written: %(why)s") % {"why": str(wrong).splitlines()[0]})
        return redirect("plans:import")
    if plans:
        messages.success(
            request, _("%(n)d programmes and plans are in the register of %(unit)s.")
            % {"n": len(plans), "unit": planned.unit},
        )  # fmt: skip
    else:
        messages.info(request, _("The sheet was taken over before: nothing was added."))
    return redirect(f"{reverse('plans:register')}?unit={said['unit']}&all=1")


def _prepare(asker: Asker, unit: int, data: bytes, name: str, sheet: str, evidence: str) -> importing.Importing:
    require_write(asker, unit)
    outgoing = read_outgoing(open_workbook(data, name), name, today=clock.today(), sheet=sheet)
    return importing.prepare(asker=asker, unit_id=unit, outgoing=outgoing, name=name, evidence=evidence)


def tell(form: Form, wrong: Refusal | ValidationError) -> None:
    """An error of a command under the field it is about."""
    if isinstance(wrong, PermissionDenied):
        raise wrong
    if isinstance(wrong, Refusal):
        form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong))
    elif hasattr(wrong, "error_dict"):
        for field, errors in wrong.error_dict.items():
            form.add_error(field if field in form.fields else None, errors)
    else:
        form.add_error(None, wrong)
