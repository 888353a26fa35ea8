"""Finding conferences: one that the asker sees, all of them, those of a unit."""

from __future__ import annotations

from django.http import Http404

from soichieu.conferences import rights
from soichieu.conferences.models import Conference
from soichieu.conferences.state import State, state_of
from soichieu.organisation.askers import Asker


def conference_seen(asker: Asker, key: str) -> tuple[Conference, State]:
    """The conference and its newest state; 404 unless it is there and the asker sees it."""
    conference = Conference.objects.filter(key=key).first()
    if conference is None:
        raise Http404
    state = state_of(conference)
    if not rights.sees(asker, conference, state):
        raise Http404
    return conference, state


def conferences_seen(asker: Asker) -> list[tuple[Conference, State]]:
    """All conferences that the asker sees, the newest first by the day on which they are held."""
    found = [(one, state_of(one)) for one in Conference.objects.all()]
    seen = [(one, state) for one, state in found if rights.sees(asker, one, state)]
    return sorted(seen, key=lambda pair: (pair[1].held_on is not None, pair[1].held_on, pair[0].pk), reverse=True)


def latest_before(asker: Asker, conference: Conference, state: State) -> tuple[Conference, State] | None:
    """The conference that this one starts from."""
    if not state.follows:
        return None
    before = Conference.objects.filter(key=state.follows).first()
    if before is None:
        return None
    known = state_of(before)
    return (before, known) if rights.sees(asker, before, known) else None
