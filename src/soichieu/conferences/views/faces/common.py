"""What the four faces have in common: who may look, the parts drawn for a page, and what is answered to a press.

A press is answered to a script with the parts of the face as they stand now (swapped where they stand, whether or not
the live channel works), and without one by leading back to the page. Nothing that was typed is lost either way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from soichieu.conferences import rights
from soichieu.conferences.drawing.parts import PARTS, draw
from soichieu.conferences.models import Conference
from soichieu.conferences.state import State, state_of
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.organisation.askers import Asker
from soichieu.organisation.models import Post

Said = list[tuple[str, str]]
"""(level, sentence): *success* or *error*."""


def behind_desk(asker: Asker, conference: Conference) -> None:
    """Refuse who neither prepares nor runs the conference, with the rule."""
    verdict = rights.may(asker, conference, rights.RUN)
    if not verdict and not rights.may(asker, conference, rights.PREPARE):
        raise PermissionDenied(verdict.reason)


def parts_for(request: HttpRequest, face: str, state: State, **page: Any) -> dict[str, SafeString]:
    """Every part of a face in its frame, as the page draws it: with its token, what it had seen, and now."""
    return {name: _framed(name, html) for name, html in drawn(request, face, state, **page)}


def drawn(request: HttpRequest, face: str, state: State, **page: Any) -> list[tuple[str, SafeString]]:
    token = get_token(request)
    return [
        (
            name,
            mark_safe(  # noqa: S308 - templates escaped it
                draw(face, name, state, now=clock.now(), csrf_token=token, seen=str(state.position), **page)
            ),
        )
        for name in PARTS[face]
    ]


def _framed(name: str, html: SafeString) -> SafeString:
    return render_to_string("conferences/faces/part.html", {"name": name, "html": html})


def frame(request: HttpRequest, face: str, conference: Conference, state: State, asker: Asker) -> dict[str, Any]:
    """What every face's page knows."""
    return {
        "state": state,
        "here": request.path,
        "live": f"/live/conference/{conference.key}/{face}/?from={state.position}",
        "now_ms": str(round(clock.now().timestamp() * 1000)),
        "on_behalf": _title(asker.on_behalf_of_id),
        "faces": faces_of(asker, conference, state, face),
    }


def _title(post_id: int | None) -> str:
    return Post.objects.get(pk=post_id).title if post_id is not None else ""


def faces_of(asker: Asker, conference: Conference, state: State, current: str = "") -> list[tuple[str, str, bool]]:
    """(address, name, is this one) of the faces that the asker may look at, his own sites among them."""
    found: list[tuple[str, str, bool]] = []
    if rights.runs_or_prepares(asker, conference):
        found.append((reverse("conferences:chair", args=[conference.key]), _("Chair's desk"), current == "chair"))
        found.append(
            (reverse("conferences:secretary", args=[conference.key]), _("Secretary's page"), current == "secretary")
        )
    found.append((reverse("conferences:hall", args=[conference.key]), _("Hall screen"), current == "hall"))
    for site in state.ordered_sites:
        if site.unit is not None and site.unit == asker.unit_id:
            found.append((reverse("conferences:site", args=[conference.key, site.key]), site.name, False))
    return found


def is_script(request: HttpRequest) -> bool:
    """Whether a script of the page asks, and swaps what it gets."""
    return bool(getattr(request, "htmx", False))


def changed(
    request: HttpRequest, face: str, conference: Conference, said: Said, *, extra: str = "", **page: Any
) -> HttpResponse:
    """The face's parts as they stand now, for the script to put in their places, and what was said."""
    state = state_of(conference)
    html = render_to_string(
        "conferences/faces/changed.html",
        {"parts": drawn(request, face, state, **page), "said": said, "extra": mark_safe(extra)},  # noqa: S308
        request=request,
    )
    answer = HttpResponse(html)
    answer["X-Position"] = str(state.position)
    answer["X-Now"] = str(round(clock.now().timestamp() * 1000))
    return answer


def tried(change: Callable[[], str]) -> tuple[Said, Refusal | None]:
    """Do a change; what to say of it, and the refusal where it was refused. Who may not at all is answered by 403."""
    try:
        text = change()
    except Forbidden as forbidden:
        raise PermissionDenied(str(forbidden)) from forbidden
    except Refusal as refusal:
        return [("error", str(refusal))], refusal
    return ([("success", text)] if text else []), None


def back(request: HttpRequest, url: str, said: Said) -> HttpResponseBase:
    """Without a script: say it on the page that one returns to."""
    for level, text in said:
        messages.add_message(request, messages.ERROR if level == "error" else messages.SUCCESS, text)
    return redirect(url)


def number(text: str | None) -> int | None:
    """A whole number that a page sent, or nothing."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else None
