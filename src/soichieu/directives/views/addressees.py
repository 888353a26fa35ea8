"""The page on which addressees are chosen: a rule over the tree, in words, with today's list and count."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from soichieu.directives import commands, queries, rights
from soichieu.directives.addressees import Finder, Suggestion
from soichieu.directives.errors import Conflict
from soichieu.directives.forms import AddresseesForm
from soichieu.directives.guarding import asker_of, guarded
from soichieu.directives.views.requirements import say_confirmed, ticked
from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.models import Requirement
from soichieu.organisation import queries as organisation
from soichieu.organisation.addressees import AddresseeError, AddresseeRule
from soichieu.organisation.askers import Asker
from soichieu.web.dates import write_day

SHOWN = 200
"""Units of a list that the page names; beyond that it says how many more there are."""


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def addressees(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One rule for one or several requirements. The same address answers htmx with the list alone."""
    request.nav_current = "directives"  # type: ignore[attr-defined]
    asker = asker_of(request)
    of = queries.directive(asker, pk)
    asked = ticked(request)
    chosen = [one for one in queries.chosen(asker, of, asked) if one.status != Requirement.Status.CONFIRMED]
    if not chosen:
        messages.error(request, _("Choose requirements that are not confirmed yet: tick them in the list."))
        return redirect("directives:requirements", pk)
    today = clock.today()
    finder = Finder.for_directive(of, today, rights.line_of(of))
    suggestion = queries.suggestion_of(chosen[0]) if len(chosen) == 1 else Suggestion(None)
    kinds = queries.kinds_present(of, today)
    form = AddresseesForm(
        request.POST if request.method == "POST" else None,
        kinds=kinds,
        finder=finder,
        # A rule over the whole country that was read or decided stays what it is.
        home="" if suggestion.rule is not None and suggestion.rule.kinds else queries.home_of(of),
        initial=_initial(of, chosen, suggestion, today),
    )
    bound = request.method == "POST" and form.is_valid()
    rule = form.rule() if request.method == "POST" else suggestion.rule or AddresseeRule(line=rights.line_of(of))
    on = (form.cleaned_data.get("on") if request.method == "POST" else None) or today
    htmx = bool(getattr(request, "htmx", False))
    pressed = request.POST.get("do", "show")
    if bound and not htmx and pressed in ("save", "confirm"):
        try:
            return _save(request, asker, of, chosen, asked, rule, on, form.cleaned_data["given"])
        except Forbidden:
            raise
        except Conflict as conflict:
            asked[conflict.current.pk] = conflict.current.version
            form.add_error(
                None,
                _("%(code)s was saved by somebody else in the meantime. Look at it, then save again.")
                % {"code": conflict.current.code},
            )
        except Refusal as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    context = {
        "document": of,
        "chosen": chosen,
        "marks": [(one, asked.get(one.pk) or one.version) for one in chosen],
        "form": form,
        "suggestion": suggestion,
        **_list(asker, of, rule, on, form, finder),
    }
    template = "directives/_todays_list.html" if htmx else "directives/addressees.html"
    status = 422 if form.errors and pressed in ("save", "confirm") and not htmx else 200
    return render(request, template, context, status=status)


def _initial(of: Document, chosen: list[Requirement], suggestion: Suggestion, today: dt.date) -> dict[str, Any]:
    rule = suggestion.rule
    names: dict[str, str] = {}
    if rule is not None and rule.under:
        unit = organisation.unit_by_code(rule.under)
        if unit is not None:
            names[rule.under] = organisation.unit_view(unit, today).name
    initial = {"line": rights.line_of(of), "on": today, "given": chosen[0].given}
    return {**initial, **AddresseesForm.initial_of(rule, names)}


def _list(
    asker: Asker, of: Document, rule: AddresseeRule, on: dt.date, form: AddresseesForm, finder: Finder
) -> dict[str, Any]:
    """What the list shows: the rule in words, the units of the day, those found by the search."""
    said: dict[str, Any] = {"on": on, "today": clock.today(), "rule_error": "", "addressed": None, "found": []}
    if rule.by_rule() or rule.units:
        try:
            addressed = queries.addressed(asker, of, rule, on)
        except AddresseeError as wrong:
            said["rule_error"] = str(wrong)
        else:
            said |= {
                "addressed": addressed,
                "shown": addressed.units[:SHOWN],
                "more": max(0, addressed.count - SHOWN),
                "outside": [view for view in addressed.units if view.id in addressed.outside][:20],
            }
            if on != said["today"]:
                said["count_today"] = len(rule.members(said["today"]))
    words = form.data.get("find", "") if form.is_bound else ""
    if words.strip():
        members = {view.id for view in said["addressed"].units} if said["addressed"] else set()
        said["found"] = [(view, view.id in members) for view in finder.search(words)]
        said["nothing_found"] = not said["found"]
    said["excluded"] = said["addressed"].excluded if said["addressed"] else ()
    said["named"] = said["addressed"].named if said["addressed"] else ()
    return said


def _save(
    request: HttpRequest,
    asker: Asker,
    of: Document,
    chosen: list[Requirement],
    asked: dict[int, int],
    rule: AddresseeRule,
    on: dt.date,
    given: str,
) -> HttpResponseBase:
    versions = {one.pk: asked.get(one.pk) or one.version for one in chosen}
    saved = commands.choose_addressees(asker=asker, versions=versions, rule=rule, on=on, given=given)
    count = len(rule.members(on))
    messages.success(
        request,
        ngettext(
            "Kept: %(rule)s. On %(day)s that is %(n)d unit.",
            "Kept: %(rule)s. On %(day)s that is %(n)d units.",
            count,
        )
        % {"rule": queries.in_words(rule, on), "day": write_day(on), "n": count},
    )
    query = "&".join(f"r={one.pk}" for one in saved)
    if request.POST.get("do") == "confirm":
        result = commands.confirm(asker=asker, directive=of, requirement_ids=[one.pk for one in saved])
        say_confirmed(request, result)
        if not result.left:
            return redirect(f"{reverse('directives:open', args=[of.pk])}?{query}&happened_on={write_day(on)}")
    if len(saved) == 1:
        return redirect("directives:requirement", saved[0].pk)
    return redirect("directives:requirements", of.pk)
