"""What the live streams ask of the database, in threads: how far the books are, their new lines, faces drawn from them.

The connection of such a thread stays open: a poll that opened one each time would cost more than what it asks.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

from django.db import connection

from soichieu.conferences.live import faces
from soichieu.conferences.models import Conference, Event
from soichieu.conferences.state import State
from soichieu.conferences.state.folding import apply


def positions(conferences: Iterable[int]) -> dict[int, int]:
    """The newest position of each conference: one query, asked many times a second."""
    _mend()
    return dict(Conference.objects.filter(pk__in=list(conferences)).values_list("pk", "last_position"))


def lines_after(conference: int, position: int) -> list[Event]:
    """The lines of a book after a position, in order."""
    _mend()
    return list(Event.objects.filter(conference_id=conference, position__gt=position).order_by("position"))


class Book:
    """A state of one's own, folded line by line as lines are read. What draws has it alone meanwhile."""

    def __init__(self, key: str, unit: int) -> None:
        self._state = State(key=key, unit=unit)
        self._turn = threading.Lock()
        self._ahead: list[Event] = []

    def take(self, events: list[Event]) -> None:
        """The next lines; they are folded before the next drawing."""
        self._ahead.extend(events)

    def draw(self, face: str, language: str) -> dict[str, str]:
        """The parts of a face in a language, drawn from everything taken so far."""
        _mend()
        with self._turn:
            while self._ahead:
                apply(self._state, self._ahead.pop(0))
            return {part: render(self._state, language) for part, render in faces.parts_of(face).items()}


def _mend() -> None:
    """Give up a connection on which something failed; the next question opens another."""
    if connection.connection is not None and connection.errors_occurred:
        connection.close()
