"""Where a conference, and one statement or line of it, stand: what findings link to. Asks no rights; the pages do."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from soichieu.conferences.kinds import EventKind
from soichieu.conferences.models import Conference, Event
from soichieu.conferences.state import state_of
from soichieu.findings.occasions import Following, Places


def _occasion(key: str) -> str | None:
    return reverse("conferences:conference", args=[key]) if key else None


def _item(key: str, item: str) -> str | None:
    conference = Conference.objects.filter(key=key).first()
    if conference is None:
        return None
    if item in state_of(conference).statements:
        return reverse("conferences:statement", args=[key, item])
    return f"{reverse('conferences:agenda', args=[key])}#line-{item}"


def _following(unit_id: int, after: dt.date) -> Following | None:
    found = []
    for conference in Conference.objects.filter(unit_id=unit_id):
        state = state_of(conference)
        if state.held_on is not None and state.held_on > after:
            found.append(Following(state.title, state.held_on, _occasion(conference.key) or ""))
    return min(found, key=lambda one: one.on) if found else None


def _published() -> QuerySet[Any]:
    """Keys of the conferences of which only published facts are kept: they are planned so, and stay so."""
    return Event.objects.filter(kind=EventKind.PLANNED, payload__published_only=True).values("conference__key")


PLACES = Places(_occasion, _item, _following, _published)
