"""The succession of places, through generations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from soichieu.organisation.models import PlaceSuccession


@dataclass(frozen=True)
class PlaceStep:
    """One step: the old place, the new one, the day, how it went, and how we know. ``generation`` counts from 1."""

    old_id: int
    new_id: int
    on: dt.date
    share: str
    main: bool
    evidence: str
    doubtful: bool
    generation: int


def place_predecessors(place_id: int, generations: int | None = None) -> list[PlaceStep]:
    """What went into a place, nearest generation first."""
    return _walk(place_id, "new_id", "old_id", generations)


def place_successors(place_id: int, generations: int | None = None) -> list[PlaceStep]:
    """What a place went into, nearest generation first, the main heir before the others."""
    return _walk(place_id, "old_id", "new_id", generations)


def _walk(start: int, here: str, there: str, generations: int | None) -> list[PlaceStep]:
    steps: list[PlaceStep] = []
    seen, wave, generation = {start}, {start}, 1
    while wave and (generations is None or generation <= generations):
        rows = list(
            PlaceSuccession.objects.filter(**{f"{here}__in": wave}, retracted=False).order_by("on", "-main", "pk")
        )
        steps += [
            PlaceStep(row.old_id, row.new_id, row.on, row.share, row.main, row.evidence, row.doubtful, generation)
            for row in rows
        ]
        wave = {getattr(row, there) for row in rows} - seen
        seen |= wave
        generation += 1
    return steps
