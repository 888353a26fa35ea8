"""Pages: a plan handed in as it is, its facts and lines read from the file; and the file itself, given back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from soichieu.documents import files
from soichieu.documents.guarding import asker_of, guarded
from soichieu.language.text import comparison_key
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import NotAllowed
from soichieu.plans.commands.register import make_plan, require_write
from soichieu.plans.forms.editions import UploadForm, keep, kept, kept_name
from soichieu.plans.forms.register import EnterForm
from soichieu.plans.importing import ReadPlan, read_plan
from soichieu.plans.items import title_of
from soichieu.plans.models import Plan, PlanFacts
from soichieu.plans.outgoing_kinds import in_force, kind_of
from soichieu.plans.queries import editions
from soichieu.plans.queries.register import duplicate_of, plan_of, standing_facts
from soichieu.plans.views.register import tell, writable_units


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def hand_in(request: HttpRequest) -> HttpResponseBase:
    """A plan from its file: read, its facts looked at and mended, then its lines. Nothing is written before that."""
    asker = asker_of(request)
    request.nav_current = "plans"  # type: ignore[attr-defined]
    units = writable_units(asker)
    if not units:
        require_write(asker, asker.unit_id or 0)
        raise NotAllowed(_("only someone on a post may do this"))
    if request.method != "POST":
        return render(request, "plans/hand_in.html", {"upload": UploadForm()})
    if "read" in request.POST or request.FILES:
        return _read(request, units)
    token = request.POST.get("kept", "")
    stored, _read_by, _warnings = kept(token)
    form = EnterForm(request.POST, units=units)
    if form.is_valid():
        try:
            plan = make_plan(asker=asker, unit=form.unit_id, facts=form.facts())
        except (Refusal, ValidationError) as wrong:
            tell(form, wrong)
        else:
            messages.success(
                request,
                _("“%(title)s” is in the register. Look at its lines, then save them.")
                % {"title": form.cleaned_data["title"]},
            )
            return redirect(_lines_url(plan, token if stored is not None else ""))
    context = {"form": form, "kept": token, "kept_name": kept_name(token)}
    return render(request, "plans/hand_in.html", context, status=422)


def _read(request: HttpRequest, units: list[tuple[int, str]]) -> HttpResponseBase:
    upload = UploadForm(request.POST, request.FILES)
    if upload.is_valid():
        stored = upload.cleaned_data["file"]
        try:
            read = read_plan(files.read(stored.pk), upload.name, unit_id=units[0][0])
        except Refusal as refused:
            upload.add_error("file", str(refused))
        else:
            said = ngettext("%(n)d line was read in it.", "%(n)d lines were read in it.", len(read.lines))
            facts = facts_in(read)
            token = keep(stored, {}, (), upload.name)
            context = {
                "form": EnterForm(initial=facts, units=units),
                "there": [(title_of(one), _lines_url(one.plan, token)) for one in there_already(units, facts)],
                "kept": token,
                "kept_name": upload.name,
                "said": said % {"n": len(read.lines)},
            }
            return render(request, "plans/hand_in.html", context)
    return render(request, "plans/hand_in.html", {"upload": upload}, status=422)


def _lines_url(plan: Plan, token: str) -> str:
    """Where the lines of a plan are looked at. ``token``: which file they are read from; it is read again there, and
    its remarks, which would make a long address, are not carried along."""
    lines = reverse("plans:lines", args=[plan.key])
    return f"{lines}?{urlencode({'kept': token})}" if token else lines


def there_already(units: Iterable[tuple[int, str]], facts: Mapping[str, Any]) -> list[PlanFacts]:
    """Plans of the units that the file may be a new version of: of its number and day, or, while it has no number, of
    its title."""
    number, title = facts.get("number", ""), comparison_key(facts.get("title", ""))
    ids = [unit for unit, _name in units]
    if number:
        found = [duplicate_of(unit, number, facts.get("signed_on")) for unit in ids]
        return [one for one in found if one is not None]
    drafts = standing_facts(plans=Plan.objects.filter(unit_id__in=ids).values("pk")).filter(number="")
    return [one for one in drafts.select_related("plan") if title and comparison_key(one.title) == title]


def facts_in(read: ReadPlan) -> dict[str, Any]:
    """What the file says of itself, as the form of a plan's facts takes it. Its term and days in force are read from
    its title by the rules of a register of outgoing documents; what is to come is no date of issue."""
    facts = dict(read.facts)
    signed = facts.get("signed_on")
    if signed is not None and signed > clock.today():
        facts.pop("signed_on")
        signed = None
    kind, _why = kind_of("", facts.get("number", ""), facts.get("title", ""))
    facts["kind"] = kind or PlanFacts.Kind.PLAN
    if signed is not None:
        first, last, _notes = in_force(facts.get("title", ""), signed, None, None)
        within = last is not None and (last - first).days <= 366
        facts |= {"from_day": first, "to_day": last, "term": PlanFacts.Term.YEAR if within else PlanFacts.Term.TERM}
    return facts


@require_safe
@guarded
def file(request: HttpRequest, key: str, ordinal: int) -> HttpResponseBase:
    """The file that a version of a plan was read from, to whoever sees that version. Saved, never opened as a page."""
    asker = asker_of(request)
    edition = editions.editions_of(asker, plan_of(asker, key)).filter(ordinal=ordinal).first()
    stored = edition.named_file if edition is not None else None
    if stored is None:
        raise Http404
    try:
        opened = files.path_of(stored.pk).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(opened, as_attachment=True, filename=stored.name, content_type=files.served_as(stored))
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
