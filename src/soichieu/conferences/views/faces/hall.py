"""The hall screen: nothing on it is pressed; it shows what the chair chose, and whatever happens to the floor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from soichieu.conferences.queries.face_json import told
from soichieu.conferences.queries.finding import conference_seen
from soichieu.conferences.views.faces import common
from soichieu.documents.guarding import asker_of, guarded

FACE = "hall"


@require_safe
@guarded
def hall(request: HttpRequest, key: str) -> HttpResponseBase:
    """16:9, dim, without animation, legible from the back of the hall."""
    asker = asker_of(request)
    conference, state = conference_seen(asker, key)
    if request.GET.get("part") == "all":
        return common.changed(request, FACE, conference, [])
    if request.GET.get("format") == "json":
        return JsonResponse(told(asker, conference, state))
    context = {
        **common.frame(request, FACE, conference, state, asker),
        "parts": dict(common.drawn(request, FACE, state)),
    }
    return render(request, "conferences/faces/hall.html", context)
