"""The list of conferences."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from soichieu.conferences.queries.finding import conferences_seen
from soichieu.documents.guarding import asker_of, guarded


@require_safe
@guarded
def conferences(request: HttpRequest) -> HttpResponseBase:
    """Every conference that the asker sees."""
    return render(request, "conferences/conferences.html", {"found": conferences_seen(asker_of(request))})
