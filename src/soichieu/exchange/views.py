"""The page on which a tracking sheet is taken over: hand in, look, then write."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from soichieu.directives import queries as directives
from soichieu.documents import files
from soichieu.documents import queries as documents
from soichieu.documents.errors import BadSheet
from soichieu.documents.guarding import asker_of, guarded
from soichieu.documents.workbook import open_workbook
from soichieu.exchange import opening
from soichieu.exchange.forms import SheetForm
from soichieu.exchange.tracking import read_tracking
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker

SHOWN = 200
_SALT = "exchange.open-book"


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def open_book(request: HttpRequest) -> HttpResponseBase:
    """Upload → preview → confirm. Nothing is written before the last."""
    asker = asker_of(request)
    permissions.may(asker, "open_book", on=clock.today()).require()
    request.nav_current = "open-book"  # type: ignore[attr-defined]
    if request.method == "POST" and request.POST.get("do") == "confirm":
        return _confirm(request, asker)
    offered = list(directives.directives(asker))
    form = SheetForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        directives=offered,
        initial={"as_at": clock.today()},
    )
    context: dict[str, Any] = {"form": form, "offered": bool(offered)}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        data, name = given["file"].read(), given["file"].name
        try:
            planned = _prepare(asker, data, name, int(given["directive"]), given["as_at"], given["sheet"])
            stored = files.store(data, name)
        except BadSheet as bad:
            context["faults"] = bad.faults[:SHOWN]
            context["more_faults"] = max(0, len(bad.faults) - SHOWN)
        except (Refusal, ValidationError) as wrong:
            _refused(wrong)
            form.add_error("file", "; ".join(wrong.messages) if isinstance(wrong, ValidationError) else str(wrong))
        else:
            token = {
                "file": stored.pk, "name": name, "directive": planned.directive.pk, "as_at": planned.as_at.isoformat(),
                "sheet": planned.tracking.sheet,
            }  # fmt: skip
            return render(
                request,
                "exchange/preview.html",
                {
                    "opening": planned,
                    "counts": planned.counts,
                    "shown": planned.rows[:SHOWN],
                    "more": max(0, len(planned.rows) - SHOWN),
                    "token": signing.dumps(token, salt=_SALT),
                },
            )
    wrong_input = bool(form.errors or context.get("faults"))
    return render(request, "exchange/open_book.html", context, status=422 if wrong_input else 200)


def _confirm(request: HttpRequest, asker: Asker) -> HttpResponseBase:
    try:
        said = signing.loads(request.POST.get("token", ""), salt=_SALT, max_age=86400)
    except signing.BadSignature:
        messages.error(request, _("This preview has grown too old. Hand the sheet in again; nothing was written."))
        return redirect("exchange:open-book")
    try:
        data = files.read(said["file"])
        as_at = dt.date.fromisoformat(said["as_at"])
        planned = _prepare(asker, data, said["name"], said["directive"], as_at, said["sheet"])
        written = opening.take_over(asker=asker, opening=planned, evidence=said["file"])
    except (BadSheet, Refusal) as wrong:
        _refused(wrong)
        messages.error(request, _("Nothing was written: %(why)s") % {"why": str(wrong).splitlines()[0]})
        return redirect("exchange:open-book")
    if not any(written.values()):
        messages.info(request, _("The sheet was taken over before: nothing was added."))
    else:
        messages.success(
            request,
            _(
                "Taken over: %(obligations)d tasks, %(claimed)d of them reported done, waiting for confirmation;"
                " %(requirements)d new requirements."
            )
            % written,
        )
    return redirect(reverse("directives:requirements", args=[planned.directive.pk]))


def _prepare(asker: Asker, data: bytes, name: str, directive: int, as_at: dt.date, sheet: str) -> opening.Opening:
    document = documents.document(asker, directive)
    opening.require(asker, document)
    tracking = read_tracking(open_workbook(data, name), name, sheet=sheet, reference=document.signed_on)
    return opening.prepare(asker=asker, directive=document, tracking=tracking, name=name, as_at=as_at)


def _refused(wrong: Exception) -> None:
    if isinstance(wrong, Forbidden):
        raise PermissionDenied(str(wrong)) from wrong
