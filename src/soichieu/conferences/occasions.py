"""A conference as an occasion of findings."""

from __future__ import annotations

from soichieu.conferences.models import Conference
from soichieu.conferences.state import State
from soichieu.findings.occasions import Occasion


def occasion_of(conference: Conference, state: State) -> Occasion:
    """What findings keep of a conference: its key, what it is called, the unit that holds it."""
    return Occasion("conferences", "conference", conference.key, state.title, conference.unit_id)
