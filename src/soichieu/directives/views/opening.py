"""Giving out: which requirements, to whom on the day, how many tasks that makes; many are written step by step."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from soichieu.directives import commands, forms, queries, rights
from soichieu.directives.guarding import asker_of, guarded
from soichieu.directives.views.requirements import ticked
from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.web.dates import BadDate, read_day
from soichieu.web.numbers import whole_number

STEP = 1500
"""Tasks written in one request: well under two seconds; the page shows how far it is and goes on by itself."""


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def open_out(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The lists of the day, then the giving itself."""
    request.nav_current = "directives"  # type: ignore[attr-defined]
    asker = asker_of(request)
    of = queries.directive(asker, pk, rights.OPEN)
    # Of a directive on real units the day is the published one; otherwise a task is given when it is given.
    default = of.signed_on if of.published_only else clock.today()
    chosen = list(ticked(request))
    data = request.POST if request.method == "POST" else request.GET if "happened_on" in request.GET else None
    form = forms.OpenForm(data, initial={"happened_on": default})
    on = _day_of(form, default)
    if request.method == "POST" and request.POST.get("do") == "open" and form.is_valid():
        try:
            given = commands.give_out(asker=asker, directive=of, requirement_ids=chosen, happened_on=on, limit=STEP)
        except Forbidden:
            raise
        except Refusal as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return _went_on(request, of, chosen, on, given)
    ready = queries.ready(asker, of, chosen or None, on)
    context = {
        "document": of,
        "form": form,
        "ready": ready,
        "at": 4 if ready else queries.step(of),
        "chosen": [one.requirement.pk for one in ready],
        "on": on,
        "total": sum(one.fresh for one in ready),
        "units": len({view.id for one in ready for view in one.addressed.units}),
        "outside": any(one.addressed.outside for one in ready),
    }
    return render(request, "directives/open.html", context, status=422 if form.errors else 200)


def _went_on(
    request: HttpRequest, of: Document, chosen: list[int], on: dt.date, given: commands.GivenOut
) -> HttpResponseBase:
    """The next step, or the end."""
    done = len(given.obligations) + (whole_number(request.POST.get("given")) or 0)
    if given.left:
        context = {"document": of, "chosen": chosen, "on": on, "done": done, "all": done + given.left}
        return render(request, "directives/opening.html", context)
    if done:
        words = ngettext("%(n)d task is given out.", "%(n)d tasks are given out.", done) % {"n": done}
        messages.success(request, words)
    else:
        messages.info(request, _("Nothing new was given out: every unit addressed owes it already."))
    end = reverse("directives:requirements", args=[of.pk])
    return HttpResponseClientRedirect(end) if getattr(request, "htmx", False) else redirect(end)


def _day_of(form: forms.OpenForm, default: dt.date) -> dt.date:
    if not form.is_bound:
        return default
    try:
        return read_day(str(form.data.get("happened_on", "")))
    except BadDate:
        return default
