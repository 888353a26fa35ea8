"""The state of a conference: a fold of its book, kept in the process and caught up by position."""

from soichieu.conferences.state.keeping import state_of
from soichieu.conferences.state.parts import (
    Correction,
    Cut,
    Expected,
    Item,
    Note,
    Preparation,
    Request,
    Shown,
    Site,
    State,
    Statement,
)

__all__ = [
    "Correction",
    "Cut",
    "Expected",
    "Item",
    "Note",
    "Preparation",
    "Request",
    "Shown",
    "Site",
    "State",
    "Statement",
    "state_of",
]
