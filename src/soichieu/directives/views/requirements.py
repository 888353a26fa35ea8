"""Pages of this room: the requirements of a directive, one requirement, its one lead."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soichieu.directives import commands, forms, queries, rights
from soichieu.directives.addressees import Finder
from soichieu.directives.errors import Conflict
from soichieu.directives.guarding import asker_of, guarded
from soichieu.directives.listing import DIRECTIVES, REQUIREMENTS
from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.models import Chain, Requirement
from soichieu.ledger.ties import tie_changes
from soichieu.web.numbers import whole_number

_VIEWS = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
@guarded
def directives(request: HttpRequest) -> HttpResponseBase:
    """The documents that the asker's unit gives tasks from."""
    return DIRECTIVES.respond(request, queries.directives(asker_of(request)), "directives/directives.html")


@require_GET
@guarded
def requirements(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The requirements of a directive, and what is still to be decided about each."""
    request.nav_current = "directives"  # type: ignore[attr-defined]
    asker = asker_of(request)
    of = queries.directive(asker, pk)
    rows = queries.rows(asker, of)
    counts = {
        "all": sum(row.requirement.status != "dropped" for row in rows),
        "held": sum(row.held for row in rows),
        "todo": sum(bool(row.todo) for row in rows if row.requirement.status == "proposed"),
        "proposed": sum(row.requirement.status == "proposed" for row in rows),
        "confirmed": sum(row.requirement.status == "confirmed" for row in rows),
        "given": sum(row.given_out > 0 for row in rows),
        "obligations": sum(row.given_out for row in rows),
        "unreadable": sum(len(row.suggestion.unresolved) for row in rows),
    }
    context = {
        "document": of,
        "counts": counts,
        "has_text": of.editions.exists(),
        "has_book": Chain.objects.filter(directive=of).exists(),
        "line": rights.line_of(of),
        "propose_form": forms.ProposeForm(initial={"line": rights.line_of(of)}),
        "may_open": bool(rights.may(asker, of, rights.OPEN)),
    }
    return REQUIREMENTS.respond(request, rows, "directives/requirements.html", context)


@require_POST
@guarded
def propose(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Let the reader propose; what was proposed before stays as it is."""
    asker = asker_of(request)
    of = queries.directive(asker, pk)
    form = forms.ProposeForm(request.POST)
    line = form.cleaned_data["line"] if form.is_valid() else rights.line_of(of)
    try:
        made = commands.propose(asker=asker, directive=of, line=line)
    except Forbidden:
        raise
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        if made:
            messages.success(
                request,
                ngettext(
                    "%(n)d requirement is proposed. Look at it before you confirm.",
                    "%(n)d requirements are proposed. Look at them before you confirm.",
                    len(made),
                )
                % {"n": len(made)},
            )
        else:
            messages.info(request, _("Nothing new was found in the newest text."))
    return redirect("directives:requirements", pk)


def ticked(request: HttpRequest) -> dict[int, int]:
    """id → version of the requirements that were chosen in the list."""
    chosen: dict[int, int] = {}
    for value in request.POST.getlist("r") or request.GET.getlist("r"):
        one, _colon, version = value.partition(":")
        number, seen = whole_number(one), whole_number(version or "0")
        if number is not None and seen is not None:
            chosen[number] = seen
    return chosen


@require_POST
@guarded
def several(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was pressed for the chosen rows of the list: confirm, drop, or on to addressees or giving out."""
    asker = asker_of(request)
    of = queries.directive(asker, pk)
    chosen = ticked(request)
    pressed = request.POST.get("do", "")
    if not chosen:
        messages.error(request, _("Choose at least one requirement: tick it in the list."))
        return redirect("directives:requirements", pk)
    if pressed in ("addressees", "open"):
        query = "&".join(f"r={one}" for one in chosen)
        return redirect(f"{reverse(f'directives:{pressed}', args=[pk])}?{query}")
    try:
        if pressed == "drop":
            _say_dropped(request, commands.drop(asker=asker, versions=_of(of, chosen)))
        else:
            say_confirmed(request, commands.confirm(asker=asker, directive=of, requirement_ids=chosen))
    except Forbidden:
        raise
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect("directives:requirements", pk)


def _of(of: Document, chosen: dict[int, int]) -> dict[int, int]:
    mine = set(Requirement.objects.filter(directive=of, pk__in=chosen).values_list("pk", flat=True))
    return {pk: version for pk, version in chosen.items() if pk in mine}


def _say_dropped(request: HttpRequest, dropped: list[Requirement]) -> None:
    messages.success(
        request,
        ngettext("%(n)d proposal is left out.", "%(n)d proposals are left out.", len(dropped)) % {"n": len(dropped)},
    )


def say_confirmed(request: HttpRequest, result: commands.Confirmed) -> None:
    if result.done:
        messages.success(
            request,
            ngettext("%(n)d requirement is confirmed.", "%(n)d requirements are confirmed.", len(result.done))
            % {"n": len(result.done)},
        )
    for one, reason in result.left[:8]:
        messages.error(request, _("%(code)s is not confirmed: %(reason)s") % {"code": one.code, "reason": reason})
    if len(result.left) > 8:
        messages.error(
            request,
            ngettext("%(n)d more is not confirmed.", "%(n)d more are not confirmed.", len(result.left) - 8)
            % {"n": len(result.left) - 8},
        )


@_VIEWS
@guarded
def requirement(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One requirement beside the sentences that give it."""
    request.nav_current = "directives"  # type: ignore[attr-defined]
    asker = asker_of(request)
    one = queries.requirement(asker, pk)
    stands: list[tuple[str, str]] = []
    if request.method == "POST":
        form = forms.RequirementForm(request.POST)
        if form.is_valid():
            try:
                return _saved(request, one, form)
            except Forbidden:
                raise
            except Conflict as conflict:
                stands = form.stands_now(conflict.current)
                form.add_error(None, str(conflict))
                # The next saving is a decision made in sight of what stands there now.
                forms.retyped(form, "version", conflict.current.version)
            except Refusal as refused:
                form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    else:
        form = forms.RequirementForm(initial=forms.RequirementForm.initial_of(one))
    return render(
        request,
        "directives/requirement.html",
        {**_context_of(asker, one), "form": form, "stands": stands},
        status=422 if form.errors else 200,
    )


def _saved(request: HttpRequest, one: Requirement, form: forms.RequirementForm) -> HttpResponse:
    asker = asker_of(request)
    saved = commands.save_requirement(
        asker=asker, requirement_id=one.pk, version=form.cleaned_data["version"], values=form.values()
    )
    if request.POST.get("do") == "confirm":
        result = commands.confirm(asker=asker, directive=saved.directive, requirement_ids=[saved.pk])
        say_confirmed(request, result)
        if result.left:
            return redirect("directives:requirement", saved.pk)
        return redirect(f"{reverse('directives:open', args=[saved.directive_id])}?r={saved.pk}")
    messages.success(request, _("Saved."))
    return redirect("directives:requirement", saved.pk)


def _context_of(asker: Any, one: Requirement) -> dict[str, Any]:
    suggestion = queries.suggestion_of(one)
    today = clock.today()
    editable = one.status != Requirement.Status.CONFIRMED
    return {
        "document": one.directive,
        "one": one,
        "editable": editable,
        "sentences": queries.sentences(one),
        "changes": tie_changes(one),
        "has_text": one.directive.editions.exists(),
        "suggestion": suggestion,
        "words": queries.in_words(suggestion.rule, today) if suggestion.rule else "",
        "addressed": queries.addressed(asker, one.directive, suggestion.rule, today) if suggestion.rule else None,
        "held": one.needs_one_lead and editable,
        "todo": commands.why_not_confirmed(one) if editable else "",
        "given_out": one.obligations.filter(part_of=None).count(),
        "may_open": bool(rights.may(asker, one.directive, rights.OPEN)),
    }


@_VIEWS
@guarded
def new(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A requirement that the reader did not propose, written by a person."""
    request.nav_current = "directives"  # type: ignore[attr-defined]
    asker = asker_of(request)
    of = queries.directive(asker, pk)
    initial = {"version": 0, "ladder": "carried_out", "closing": "accepted", "given": "each"}
    form = forms.NewRequirementForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.write_requirement(
                asker=asker, directive=of, code=form.cleaned_data["code"], values=form.values(),
                places=form.cleaned_data["places"],
            )  # fmt: skip
        except Forbidden:
            raise
        except Refusal as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("Written down. Now say whom it addresses."))
            return redirect(f"{reverse('directives:addressees', args=[pk])}?r={made.pk}")
    return render(request, "directives/new.html", {"document": of, "form": form}, status=422 if form.errors else 200)


@_VIEWS
@guarded
def lead(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Of several leads the one who answers."""
    request.nav_current = "directives"  # type: ignore[attr-defined]
    asker = asker_of(request)
    one = queries.requirement(asker, pk)
    of = one.directive
    finder = Finder.for_directive(of, clock.today(), rights.line_of(of))
    leads = queries.leads_of(one)
    found = list({view.code: view for _words, views in leads for view in views}.values())
    form = forms.LeadForm(
        request.POST if request.method == "POST" else None,
        found=found,
        finder=finder,
        initial={"version": one.version},
    )
    if request.method == "POST" and form.is_valid():
        try:
            commands.choose_one_lead(
                asker=asker,
                requirement_id=one.pk,
                version=form.cleaned_data["version"],
                unit_code=form.cleaned_data["code"],
            )
        except Forbidden:
            raise
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            forms.retyped(form, "version", conflict.current.version)
        except Refusal as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("The lead is chosen. The others stay named as printed; they owe nothing in N."))
            return redirect("directives:requirement", one.pk)
    context = {"document": of, "one": one, "form": form, "leads": leads, "sentences": queries.sentences(one)}
    return render(request, "directives/lead.html", context, status=422 if form.errors else 200)
