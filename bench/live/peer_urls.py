"""The peer: the same stream as Django's documentation shows it, an asynchronous view with a StreamingHttpResponse.

Each stream asks the database for itself, twice a second; parts are drawn once for each position, which is more than the
documentation does. Everything else is the product: the same pages, middleware, rights and parts.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import include, path

from soichieu.conferences.live import faces, messages
from soichieu.conferences.models import Conference, Event
from soichieu.conferences.queries.finding import conference_seen
from soichieu.conferences.state import state_of

ASK_S = 0.5
_drawn: dict[tuple[int, int, str], tuple[int, dict[str, str]]] = {}


async def stream(request: HttpRequest, key: str, face: str) -> StreamingHttpResponse:
    """The stream of one site."""
    conference, _state = await sync_to_async(lambda: conference_seen(request.asker, key))()  # type: ignore[attr-defined]
    after = messages.position_of(request.headers.get("Last-Event-ID", ""))
    return StreamingHttpResponse(_told(conference, face, after), content_type="text/event-stream")


async def _told(conference: Conference, face: str, last: int) -> AsyncIterator[bytes]:
    yield messages.HEAD
    shown: dict[str, str] = {}
    while True:
        rows = Event.objects.filter(conference=conference, position__gt=last).order_by("position")
        found = [row async for row in rows.values_list("position", "kind")]
        for position, kind in found:
            yield messages.change(position, kind)
            last = position
        if found or not shown:
            at = (conference.pk, last, face)
            if at not in _drawn:
                _drawn[at] = await sync_to_async(_draw)(conference, face)
            _position, parts = _drawn[at]
            changed = {name: html for name, html in parts.items() if shown.get(name) != html}
            yield messages.fragments(last, changed)
            shown = parts
        await asyncio.sleep(ASK_S)


def _draw(conference: Conference, face: str) -> tuple[int, dict[str, str]]:
    state = state_of(conference)
    return state.position, {name: render(state, "vi") for name, render in faces.parts_of(face).items()}


urlpatterns = [path("live/conference/<str:key>/<slug:face>/", stream), path("", include("soichieu.urls"))]
