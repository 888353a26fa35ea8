"""What the history does not know: who has no heir, who no origin, and what a person should look at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from soichieu.organisation.columns import columns, moment_number
from soichieu.organisation.kinds import Level, Standing
from soichieu.organisation.models import PlaceRemark, PlaceState, PlaceSuccession
from soichieu.organisation.names import name_of
from soichieu.organisation.places import PlaceView, last_states
from soichieu.organisation.unit_views import views_of

# In the order in which they are listed, with what each asks of a person.
TOPICS: dict[str, str] = {
    "no_heir": "ended, and nothing says what it went into: its superior holds what it owed until an heir is named",
    "no_origin": "began, and nothing says out of what",
    "doubtful": "a succession taken from the code and the parent alone: look at it",
    "unit_no_heir": "the unit ended without a successor: its superior holds, heir to be named",
    "to_confirm": "successions of units that wait for a person to confirm them",
    "data_gap": "missing from a state and back later: taken to have existed in between",
    "code_changed": "taken for the same place under another code, by name and parent",
    "code_mended": "the succession table has a wrong code",
    "name_differs": "the succession table has another name",
}


@dataclass(frozen=True)
class Gap:
    """One line of what is not known. ``subject``: place or unit; ``code``: its key; ``on``: the day it concerns."""

    topic: str
    subject: str
    code: str
    name: str
    level: str
    on: dt.date
    text: str


def gaps(topic: str | None = None) -> list[Gap]:
    """Everything that has no known heir or origin, or was decided on evidence that a person should see."""
    found = [*_places(), *_doubtful(), *_units(), *_remarks()]
    rank = {name: at for at, name in enumerate(TOPICS)}
    found.sort(key=lambda gap: (rank[gap.topic], gap.on, gap.level != Level.PROVINCE, gap.level, gap.code))
    return [gap for gap in found if topic is None or gap.topic == topic]


def _place_gap(topic: str, place: PlaceView, on: dt.date, text: str) -> Gap:
    return Gap(topic, "place", place.key, place.full_name, place.level, on, text)


def _places() -> list[Gap]:
    edges = list(PlaceSuccession.objects.filter(retracted=False).values_list("old_id", "new_id", "on"))
    # What split off while a place lived on is no heir of it.
    has_heir, has_origin = {(old, on) for old, _new, on in edges}, {(new, on) for _old, new, on in edges}
    first = PlaceState.objects.order_by("valid_from").values_list("valid_from", flat=True).first()
    every = last_states(list(PlaceState.objects.values_list("place_id", flat=True).distinct()))
    levels: dict[dt.date, set[str]] = {}
    said: dict[tuple[int, dt.date], list[str]] = {}
    candidates = PlaceRemark.objects.filter(topic="candidates")
    for place_id, on, text in candidates.values_list("place_id", "on", "text"):
        said.setdefault((place_id, on), []).append(text)
    found = []
    ends = {place.ends_on for place in every.values() if place.ends_on}
    for day in ends:
        levels[day] = {
            place.level for place in every.values() if place.begins_on <= day and (place.ends_on or dt.date.max) > day
        }
    for place in every.values():
        if place.ends_on and (place.id, place.ends_on) not in has_heir:
            text = "; ".join(said.get((place.id, place.ends_on), []))
            if not text and place.level not in levels[place.ends_on]:
                text = "its level was abolished on that day: the place around it holds"
            found.append(_place_gap("no_heir", place, place.ends_on, text))
        if place.begins_on != first and (place.id, place.begins_on) not in has_origin:
            text = "; ".join(said.get((place.id, place.begins_on), []))
            found.append(_place_gap("no_origin", place, place.begins_on, text))
    return found


def _doubtful() -> list[Gap]:
    rows = list(PlaceSuccession.objects.filter(retracted=False, doubtful=True))
    places = last_states([place for row in rows for place in (row.old_id, row.new_id)])
    return [
        _place_gap(
            "doubtful",
            places[row.new_id],
            row.on,
            f"from {places[row.old_id].full_name} ({places[row.old_id].key}): {row.evidence}",
        )
        for row in rows
    ]


def _remarks() -> list[Gap]:
    rows = list(PlaceRemark.objects.exclude(topic="candidates"))
    places = last_states([row.place_id for row in rows])
    return [_place_gap(row.topic, places[row.place_id], row.on, row.text) for row in rows]


def _units() -> list[Gap]:
    of = columns()
    standing = of.heirs(moment_number(None))
    found = []
    waiting: dict[int, int] = {}
    for _old, _new, day, _main, _share, status in standing:
        if status == Standing.PROPOSED:
            waiting[day] = waiting.get(day, 0) + 1
    for day, count in sorted(waiting.items()):
        on = dt.date.fromordinal(day)
        text = f"{count} proposed successions of units: soichieu units confirm-succession {on}"
        found.append(Gap("to_confirm", "unit", "", "", "", on, text))
    with_heir = {(int(of.ids[old]), day) for old, _new, day, *_rest in standing}
    # A unit seated in a place follows its place, which is listed itself.
    free = [int(of.ids[at]) for at in range(of.ids.size) if of.place[at] == 0]
    for view in views_of(free, dt.date.max).values():
        if view.ends_on and (view.id, view.ends_on.toordinal()) not in with_heir:
            name = name_of([view.id], view.ends_on)[view.id]
            found.append(Gap("unit_no_heir", "unit", view.code, name, "", view.ends_on, ""))
    return found
