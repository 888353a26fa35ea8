"""Search without tones over everything: documents and their sentences, tasks, units. The address is a permalink."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from soichieu.board.queries.finding import MOST, find
from soichieu.documents.guarding import asker_of

LONGEST = 200


@require_safe
def search(request: HttpRequest) -> HttpResponseBase:
    """What fits the words, by kind."""
    asker = asker_of(request)
    text = request.GET.get("q", "").strip()[:LONGEST]
    return render(request, "board/search.html", {"q": text, "found": find(asker, text), "most": MOST})
