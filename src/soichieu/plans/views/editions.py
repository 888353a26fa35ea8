"""Pages that write a version of a plan's lines: read from a file, mended, typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from soichieu.documents import files, searching
from soichieu.documents.guarding import asker_of, guarded
from soichieu.documents.models import StoredFile
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import today
from soichieu.organisation.names import name_of
from soichieu.plans.commands.editions import as_line, write_edition
from soichieu.plans.commands.register import require_write
from soichieu.plans.errors import ChangedMeanwhile
from soichieu.plans.forms.editions import LinesForm, UploadForm, keep, kept, kept_name
from soichieu.plans.importing import read_plan
from soichieu.plans.items import title_of
from soichieu.plans.models import Plan, PlanEdition
from soichieu.plans.queries import editions, versions
from soichieu.plans.queries.register import newest_facts, plan_of
from soichieu.web.numbers import whole_number

BLANK = 5


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def lines(request: HttpRequest, key: str) -> HttpResponseBase:
    """The lines of a plan to be written: a file is read into them, more rows are asked for, or they are saved."""
    asker = asker_of(request)
    plan = plan_of(asker, key)
    require_write(asker, plan.unit_id)
    newest = editions.newest_edition(asker, plan)
    if request.method != "POST":
        stored, _read_by, _warnings = kept(request.GET.get("kept", ""))
        if stored is not None:
            return _looked_at(request, plan, newest, stored, kept_name(request.GET["kept"]))
        before = [as_line(one) for one in editions.items_of(newest)] if newest else []
        return _show(request, plan, newest, LinesForm.of(before, BLANK if not before else 1))
    if "read" in request.POST or request.FILES:
        return _read(request, plan, newest)
    form = LinesForm.sent(request.POST)
    if "more" in request.POST:
        form.add(BLANK)
        return _show(request, plan, newest, form, kept=request.POST.get("kept", ""), seen=_seen(request))
    return _save(request, plan, newest, form)


def _read(request: HttpRequest, plan: Plan, newest: PlanEdition | None) -> HttpResponseBase:
    upload = UploadForm(request.POST, request.FILES)
    if upload.is_valid():
        try:
            return _looked_at(request, plan, newest, upload.cleaned_data["file"], upload.name)
        except Refusal as refused:
            upload.add_error("file", str(refused))
    before = [as_line(one) for one in editions.items_of(newest)] if newest else []
    return _show(request, plan, newest, LinesForm.of(before, BLANK), upload=upload, wrong=True)


def _looked_at(
    request: HttpRequest, plan: Plan, newest: PlanEdition | None, stored: StoredFile, name: str
) -> HttpResponseBase:
    """What was read of a file, to be mended before it is saved. Raises ``Refusal`` where nothing can be read."""
    read = read_plan(files.read(stored.pk), name, unit_id=plan.unit_id)
    context: dict[str, Any] = {
        "kept": keep(stored, read.read_by, read.warnings, name),
        "kept_name": name,
        "warnings": read.warnings,
        "doubtful": sum(bool(line.doubts) for line in read.lines),
    }
    return _show(request, plan, newest, LinesForm.of(read.lines, 1), **context)


def _save(request: HttpRequest, plan: Plan, newest: PlanEdition | None, form: LinesForm) -> HttpResponseBase:
    seen = _seen(request)
    token = request.POST.get("kept", "")
    stored, read_by, warnings = kept(token)
    context: dict[str, Any] = {"kept": token, "kept_name": kept_name(token)}
    written = form.cleaned(plan.unit_id)
    if written is not None:
        try:
            edition = write_edition(
                asker=asker_of(request),
                plan=plan,
                lines=written,
                read_by=read_by,
                warnings=warnings,
                file=stored,
                seen=seen,
            )
        except ChangedMeanwhile as changed:
            form.error = str(changed)
            # Whoever has read this may save over it knowingly.
            meanwhile = getattr(changed.newest, "ordinal", seen)
            context["meanwhile"] = {"old": seen, "new": meanwhile}
            seen = meanwhile
        except Refusal as refused:
            form.error = str(refused)
        else:
            if edition.ordinal == seen:
                messages.info(
                    request, _("Nothing differs from version %(n)d: it stands as it is.") % {"n": edition.ordinal}
                )
            else:
                messages.success(request, _("Version %(n)d is saved.") % {"n": edition.ordinal})
            return redirect(reverse("plans:plan", args=[plan.key]))
    return _show(request, plan, newest, form, wrong=True, seen=seen, **context)


def _seen(request: HttpRequest) -> int:
    return whole_number(request.POST.get("seen")) or 0


def _show(
    request: HttpRequest,
    plan: Plan,
    newest: PlanEdition | None,
    form: LinesForm,
    *,
    wrong: bool = False,
    seen: int | None = None,
    **context: Any,
) -> HttpResponseBase:
    request.nav_current = "plans"  # type: ignore[attr-defined]
    title = title_of(newest_facts([plan.pk]).get(plan.pk))
    shown = {
        "plan": plan,
        "title": title,
        "unit": name_of([plan.unit_id], today())[plan.unit_id],
        "newest": newest,
        "form": form,
        "upload": UploadForm(),
        "seen": seen if seen is not None else (newest.ordinal if newest else 0),
        **context,
    }
    return render(request, "plans/plan_lines.html", shown, status=422 if wrong else 200)


@require_safe
@guarded
def compare(request: HttpRequest, key: str) -> HttpResponseBase:
    """Two versions of a plan beside each other: what is new, gone, changed."""
    asker = asker_of(request)
    plan = plan_of(asker, key)
    shown = {one.ordinal: one for one in editions.editions_of(asker, plan)}
    if not shown:
        raise PlanEdition.DoesNotExist
    ordinals = sorted(shown)
    new = shown[_asked(request, "new", ordinals, ordinals[-1])]
    earlier = [one for one in ordinals if one < new.ordinal] or ordinals[:1]
    old = shown[_asked(request, "old", ordinals, earlier[-1])]
    changes = versions.compare(old, new)
    everything = request.GET.get("all") == "1"
    tally = Counter(one.verdict for one in changes)
    request.nav_current = "plans"  # type: ignore[attr-defined]
    context = {
        "plan": plan,
        "title": title_of(newest_facts([plan.pk]).get(plan.pk)),
        "old": old,
        "new": new,
        "ordinals": ordinals,
        "everything": everything,
        "counts": [(label, tally[code]) for code, label in versions.VERDICTS.items()],
        "changes": [
            (one, [(label, *searching.differences(before, after)) for label, before, after in one.differs])
            for one in changes
            if everything or one.verdict != versions.SAME
        ],
    }
    return render(request, "plans/plan_compare.html", context)


def _asked(request: HttpRequest, name: str, ordinals: Sequence[int], default: int) -> int:
    asked = whole_number(request.GET.get(name))
    return asked if asked is not None and asked in ordinals else default
