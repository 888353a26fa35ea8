"""The sentences that give a requirement: tied, tied anew and untied by a person, and who did it when."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from soichieu.directives import commands, forms, queries
from soichieu.directives.guarding import asker_of, guarded
from soichieu.ledger.errors import Forbidden, Overtaken, Refusal
from soichieu.ledger.models import Requirement
from soichieu.ledger.ties import tie_changes


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def sentences(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Which sentences give a requirement, and the change of them."""
    request.nav_current = "directives"  # type: ignore[attr-defined]
    asker = asker_of(request)
    one = queries.requirement(asker, pk)
    standing = queries.sentences(one)
    form = forms.TieForm(
        request.POST if request.method == "POST" else None,
        sentences=[sentence for sentence in standing if sentence.gives],
        confirmed=one.status == Requirement.Status.CONFIRMED,
        initial={"seen": queries.last_tie(one)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            commands.tie(
                asker=asker, requirement_id=pk, places=form.cleaned_data["places"], untie=form.cleaned_data["untie"],
                seen=form.cleaned_data["seen"], reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except Forbidden:
            raise
        except Overtaken as late:
            form.add_error(None, str(late))
            # What stands now is on the page: sending again is a decision made in sight of it.
            forms.retyped(form, "seen", late.position)
        except Refusal as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("Written down: what gives requirement %(code)s.") % {"code": one.code})
            return redirect("directives:requirement", pk)
    context = {
        "document": one.directive,
        "one": one,
        "form": form,
        "sentences": standing,
        "changes": tie_changes(one),
        "confirmed": one.status == Requirement.Status.CONFIRMED,
    }
    return render(request, "directives/sentences.html", context, status=422 if form.errors else 200)
