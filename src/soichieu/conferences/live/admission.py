"""Who gets a live stream: the address of the streams as a page, so that the rules of pages decide.

A server with an event loop asks this view who comes and then streams itself (:mod:`soichieu.conferences.live.server`).
Without one (a plain WSGI server, a test's) the view answers with what is new and ends: the browser asks again after
a second, with the id of the last message, and nothing is missed either.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_GET

from soichieu.conferences import rights
from soichieu.conferences.live import faces, messages
from soichieu.conferences.models import Event
from soichieu.conferences.queries.finding import conference_seen

STREAMS_ITSELF = "soichieu.live"
"""In the environ of a request whose server streams itself."""
INSIDE = frozenset({"chair", "secretary"})
"""Faces of those who prepare or run the conference; the others are for all who see it."""


@dataclass(frozen=True)
class Admission:
    """Somebody may read a stream: of which conference, which face, in which language, from which position on.

    ``session`` tells streams of one session from those of others; it is compared, never logged.
    """

    conference: int
    unit: int
    key: str
    face: str
    language: str
    after: int
    session: str


class Admitted(HttpResponse):
    """The answer to a server that streams itself: it carries the admission, and no body."""

    def __init__(self, admission: Admission) -> None:
        super().__init__(content_type="text/event-stream")
        self.admission = admission


@require_GET
def stream(request: HttpRequest, key: str, face: str) -> HttpResponse:
    """The stream of a face. 404 without a conference that the asker sees, 403 for a face that is not the asker's."""
    if not same_origin(request):
        raise PermissionDenied
    conference, state = conference_seen(request.asker, key)  # type: ignore[attr-defined]
    if face not in faces.faces():
        raise Http404
    if face in INSIDE and not rights.runs_or_prepares(request.asker, conference):  # type: ignore[attr-defined]
        raise PermissionDenied
    language = translation.get_language() or settings.LANGUAGE_CODE
    after = messages.position_of(request.headers.get("Last-Event-ID") or request.GET.get("from", ""))
    if STREAMS_ITSELF in request.META:
        session = request.session.session_key or ""
        return Admitted(Admission(conference.pk, conference.unit_id, key, face, language, after, session))
    events = Event.objects.filter(conference=conference, position__gt=after, position__lte=state.position)
    body = [messages.HEAD]
    body += [messages.change(*one) for one in events.order_by("position").values_list("position", "kind")]
    parts = {part: render(state, language) for part, render in faces.parts_of(face).items()}
    body.append(messages.fragments(state.position, parts))
    return HttpResponse(b"".join(body), content_type="text/event-stream", headers={"Cache-Control": "no-store"})


def same_origin(request: HttpRequest) -> bool:
    """Whether a page of this site asks. A browser says so itself, in one of two ways; a program that says nothing is
    no page of another site."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    if origin is None or origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    return urlsplit(origin).netloc == request.get_host()
