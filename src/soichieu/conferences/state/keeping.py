"""States kept in the process. A kept one is caught up with the events after its position; the oldest give way."""

from __future__ import annotations

import copy
import datetime as dt
import threading
from collections import OrderedDict

from soichieu.conferences.models import Conference, Event
from soichieu.conferences.state.folding import apply
from soichieu.conferences.state.parts import State

KEPT = 64
_kept: OrderedDict[int, State] = OrderedDict()
_lock = threading.Lock()


def state_of(conference: Conference) -> State:
    """The newest state; a copy of one's own, so that nobody changes what others read.

    Kept states are of committed events only: inside a transaction that wrote some, the state is folded apart.
    """
    newest = Event.objects.filter(conference_id=conference.pk).order_by("-position")
    last = newest.values_list("position", flat=True).first() or 0
    with _lock:
        kept = _kept.get(conference.pk)
    if kept is not None and (kept.key != conference.key or kept.position > last):
        # A transaction that was rolled back, or another database of the same process (tests).
        kept = None
    state = copy.deepcopy(kept) if kept is not None else State(key=conference.key, unit=conference.unit_id)
    if state.position == last:
        return state
    for event in Event.objects.filter(conference_id=conference.pk, position__gt=state.position).order_by("position"):
        apply(state, event)
    if not _inside_transaction():
        with _lock:
            _kept[conference.pk] = copy.deepcopy(state)
            _kept.move_to_end(conference.pk)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
    return state


def as_known(conference: Conference, *, position: int | None = None, known_at: dt.datetime | None = None) -> State:
    """The state as its book told it up to a position, or at a moment; never kept."""
    events = Event.objects.filter(conference_id=conference.pk)
    if position is not None:
        events = events.filter(position__lte=position)
    if known_at is not None:
        events = events.filter(recorded_at__lte=known_at)
    state = State(key=conference.key, unit=conference.unit_id)
    for event in events.order_by("position"):
        apply(state, event)
    return state


def _inside_transaction() -> bool:
    from django.db import connection

    return connection.in_atomic_block
