"""Occasions on which findings are raised. Rooms above hold them; each says here where one stands.

This room names none of them: what it keeps of an occasion is (room, kind, id), its label and the unit that holds it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet


@dataclass(frozen=True)
class Occasion:
    """A conference or a report. ``label``: what it is called, as kept for ever; ``unit_id``: the unit that holds it."""

    room: str
    kind: str
    id: str
    label: str
    unit_id: int

    @property
    def key(self) -> tuple[str, str, str]:
        return self.room, self.kind, self.id


@dataclass(frozen=True)
class Following:
    """The occasion of a holder that comes next, as it is planned."""

    label: str
    on: dt.date
    url: str = ""


@dataclass(frozen=True)
class Places:
    """Where an occasion and one item of it (a statement) stand; None where there is no page. ``following``: the first
    occasion of this kind that a unit holds after a day, planned or past, for whom may see it; None when there is
    none. ``published``: the ids of those of which only published facts are kept, as one subquery."""

    occasion: Callable[[str], str | None]
    item: Callable[[str, str], str | None]
    following: Callable[[int, dt.date], Following | None] | None = None
    published: Callable[[], QuerySet[Any]] | None = None


_places: dict[tuple[str, str], Places] = {}


def register(room: str, kind: str, places: Places) -> None:
    """Say where occasions of a kind stand. A second registration of one kind is a mistake of the programmer."""
    if (room, kind) in _places:
        raise ValueError(f"occasions of kind {room}/{kind} have their places already")
    _places[room, kind] = places


def published() -> Q | None:
    """Which raisings are of an occasion that only published facts are kept of: nothing in them is to be hidden from
    whoever may sign in. None when no kind of occasion knows such."""
    found: Q | None = None
    for (room, kind), places in _places.items():
        if places.published is not None:
            one = Q(room=room, kind=kind, occasion__in=places.published())
            found = one if found is None else found | one
    return found


def url_of(room: str, kind: str, occasion: str) -> str:
    """The address of an occasion; empty where there is none."""
    places = _places.get((room, kind))
    return (places.occasion(occasion) or "") if places else ""


def item_url(room: str, kind: str, occasion: str, item: str) -> str:
    """The address of an item of an occasion (a statement); empty where there is none."""
    places = _places.get((room, kind))
    return (places.item(occasion, item) or "") if places and item else ""


def following(unit_id: int, after: dt.date) -> Following | None:
    """The first occasion of any kind that a unit holds after a day; None when none is known."""
    found = [
        one for places in _places.values() if places.following and (one := places.following(unit_id, after)) is not None
    ]
    return min(found, key=lambda one: one.on) if found else None
