"""How a conference is named on a command line: by its key, by its short name, or by what it reviewed and its day."""

from __future__ import annotations

import datetime as dt

from soichieu.conferences.models import Conference
from soichieu.conferences.queries.finding import conferences_seen
from soichieu.conferences.state import State
from soichieu.documents.models import Document
from soichieu.organisation.askers import Asker
from soichieu.organisation.models import Unit


class NoSuchConference(LookupError):
    """There is none of that name, or the asker does not see it."""


class AmbiguousName(LookupError):
    """Several bear the name; ``names`` are their short names with their keys."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


Seen = tuple[Conference, State]


def slug_of(conference: Conference, state: State) -> str:
    """The short name: the holder's code and the day, ``bo-hai-dang-2025-11-14``. It is computed, never kept."""
    code = Unit.objects.values_list("code", flat=True).get(pk=conference.unit_id)
    return f"{code}-{state.held_on.isoformat()}" if state.held_on else f"{code}-{conference.key[:6].lower()}"


def named(asker: Asker, name: str = "", *, of: str = "", on: dt.date | None = None) -> Seen:
    """The one conference of that name (key or short name), or that reviewed the directive ``of`` (its number) on a day.

    Raises ``NoSuchConference``, ``AmbiguousName``.
    """
    found = conferences_seen(asker)
    if name:
        wanted = name.strip().lower()
        found = [pair for pair in found if wanted in (pair[0].key.lower(), slug_of(*pair))]
    if of:
        numbers = {pk: number.casefold() for pk, number in Document.objects.values_list("pk", "number")}
        found = [pair for pair in found if of.strip().casefold() in {numbers.get(pk) for pk in pair[1].directives}]
    if on is not None:
        found = [pair for pair in found if pair[1].held_on == on]
    if not found:
        raise NoSuchConference
    if len(found) > 1:
        raise AmbiguousName([f"{slug_of(*pair)} ({pair[0].key})" for pair in found])
    return found[0]
