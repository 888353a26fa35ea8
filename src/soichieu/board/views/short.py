"""The short addresses of the heat map lead on to the full ones (see :mod:`soichieu.board.codes`)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from soichieu.board import codes, links


@require_safe
def short(request: HttpRequest, pk: str, code: str) -> HttpResponse:
    """Where a cell, a row or a column leads; who may see what stands there is that page's to say."""
    try:
        place = codes.read(code)
    except ValueError as error:
        raise Http404 from error
    query = {"as_at": place.as_at.isoformat()} if place.as_at else {}
    if place.known_at:
        query["known_at"] = place.known_at.isoformat()
    if place.basis != "time":
        query["basis"] = place.basis
    if place.obligation is not None:
        return redirect(links.obligation_url(place.obligation, query))
    if place.unit is None:
        return redirect(links.thread_url(place.requirement or 0, query))
    where = {"unit" if place.alone else "under": place.unit, "requirement": place.requirement}
    # A cell leads to its tasks whatever they are; a row's two figures to what they count, and nothing else.
    of_row = {} if place.requirement else {"counted": "1", "figure": "overdue" if place.overdue else ""}
    kept = {**of_row, "ladder": request.GET.get("ladder", "")}
    return redirect(links.list_url(int(pk), query, where, kept))
