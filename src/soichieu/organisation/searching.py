"""Search without tones over the names that units and places bear or bore: "da nang" finds Đà Nẵng."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from soichieu.language.collation import sort_key
from soichieu.language.text import fold
from soichieu.organisation.columns import Editions, columns
from soichieu.organisation.kinds import Level
from soichieu.organisation.places import last_states, place_columns
from soichieu.organisation.unit_views import views_of

_LEVELS = {level: rank for rank, level in enumerate(Level.values)}


@dataclass(frozen=True)
class Hit:
    """A unit or place that was found: its code (of a place its key), its name on the day, and where it is.

    ``as_named`` is the name that matched when it is not the one of the day.
    """

    subject: str
    id: int
    code: str
    name: str
    kind: str
    where: str
    alive: bool
    as_named: str = ""


@dataclass(frozen=True)
class _Name:
    folded: str
    name: str
    position: int


def search(text: str, on: dt.date, *, subject: str | None = None, limit: int = 50) -> list[Hit]:
    """What bears or bore a name like the text, best first: the whole name, its beginning, its words, a part of it;
    then who is alive on the day, then the higher level. ``subject`` limits it to ``unit`` or ``place``.

    A code or key written out finds its bearers too. Marks, case and kinds of dash make no difference.
    """
    query = fold(text)
    if not query:
        return []
    best: dict[tuple[str, int], tuple[int, str]] = {}
    sources: list[tuple[str, list[_Name], list[str]]] = []
    if subject in (None, "unit"):
        of = columns()
        sources.append(("unit", of.remembered("search", lambda: _folded(of.states, ("name", "short_name"))), of.code))
    if subject in (None, "place"):
        places = place_columns()
        found = places.cache.get("search")
        if found is None:
            found = places.cache["search"] = _folded(places.states, ("full_name", "name"))
        sources.append(("place", found, places.key))
    for what, names, codes in sources:
        for one in names:
            rank = _rank(query, one.folded)
            if rank is not None and rank < best.get((what, one.position), (9, ""))[0]:
                best[what, one.position] = (rank, one.name)
        for position, code in enumerate(codes):
            if code == text.strip() or code.startswith(f"{text.strip()}-"):
                best[what, position] = (0, "")
    return [hit for _key, hit in sorted(_hits(best, on), key=lambda pair: pair[0])[:limit]]


def _folded(states: Editions, columns_: Iterable[str]) -> list[_Name]:
    seen: set[tuple[int, str]] = set()
    names = []
    folded: dict[str, str] = {}
    for column in columns_:
        for position, name in zip(states.subject, states.values[column], strict=True):
            if name and (int(position), name) not in seen:
                seen.add((int(position), name))
                if name not in folded:
                    folded[name] = fold(name)
                names.append(_Name(folded[name], name, int(position)))
    return names


def _rank(query: str, folded: str) -> int | None:
    if query not in folded:
        words = folded.split()
        at = 0
        for part in query.split():
            while at < len(words) and not words[at].startswith(part):
                at += 1
            if at == len(words):
                return None
            at += 1
        return 3
    if query == folded:
        return 0
    if folded.startswith(query):
        return 1
    return 2 if f" {query}" in folded else 4


def _hits(best: dict[tuple[str, int], tuple[int, str]], on: dt.date) -> list[tuple[tuple[object, ...], Hit]]:
    of, places = columns(), place_columns()
    units = views_of([int(of.ids[at]) for what, at in best if what == "unit"], on)
    states = last_states([int(places.ids[at]) for what, at in best if what == "place"], on)
    seats = last_states([view.place_id for view in units.values() if view.place_id], on)
    around = {place.parent_id for place in [*states.values(), *seats.values()] if place.parent_id}
    parents = last_states([one for one in around if one is not None], on)
    hits: list[tuple[tuple[object, ...], Hit]] = []
    for (what, at), (rank, matched) in best.items():
        if what == "unit":
            view = units[int(of.ids[at])]
            seat = seats.get(view.place_id or 0)
            level = _LEVELS.get(seat.level, -1) if seat else -1
            parent = parents.get(seat.parent_id or 0) if seat else None
            hit = Hit(
                "unit", view.id, view.code, view.name, view.kind, parent.full_name if parent else "", view.alive,
                matched if matched not in ("", view.name, view.short_name) else "",
            )  # fmt: skip
        else:
            place = states.get(int(places.ids[at]))
            if place is None:
                continue
            alive = place.begins_on <= on and (place.ends_on is None or on < place.ends_on)
            level, parent = _LEVELS[place.level], parents.get(place.parent_id or 0)
            hit = Hit(
                "place", place.id, place.key, place.full_name, place.level, parent.full_name if parent else "", alive,
                matched if matched not in ("", place.name, place.full_name) else "",
            )  # fmt: skip
        hits.append(((rank, not hit.alive, level, what, sort_key(hit.name), hit.code), hit))
    return hits
