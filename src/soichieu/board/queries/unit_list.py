"""The units of a day as a list over arrays: ten thousand of them are filtered and ordered without being made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from soichieu.board import links
from soichieu.language.collation import sort_key
from soichieu.language.text import fold
from soichieu.organisation.addressees import in_order
from soichieu.organisation.columns import LINES, Columns, columns
from soichieu.organisation.kinds import Kind
from soichieu.organisation.names import row_for_name
from soichieu.organisation.places import last_states, places_at
from soichieu.organisation.tree import alive_at, parents_at
from soichieu.organisation.unit_views import views_at
from soichieu.web.lists.listing import Listing

_CHUNK = 1_000


class UnitRows(Sequence[dict[str, Any]]):
    """Units at some positions of the organisation's columns, in order; ``query`` goes into their addresses."""

    def __init__(
        self, of: Columns, at: np.ndarray, on: dt.date, known_at: dt.datetime | None, query: dict[str, str]
    ) -> None:
        self.of, self.at, self.on, self.known_at, self.query = of, at, on, known_at, query

    def __len__(self) -> int:
        return len(self.at)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return self._made(self.at[index])
        return self._made(self.at[index : index + 1])[0]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for start in range(0, len(self.at), _CHUNK):
            yield from self._made(self.at[start : start + _CHUNK])

    def _made(self, at: np.ndarray) -> list[dict[str, Any]]:
        views = views_at(self.of, at.tolist(), self.on, self.known_at)
        above = {line: parents_at(self.of, line, self.on, self.known_at) for line in LINES}
        wanted = sorted({int(parents[one]) for parents in above.values() for one in at if parents[one] >= 0})
        named = dict(zip(wanted, views_at(self.of, wanted, self.on, self.known_at), strict=True))
        seats = last_states([view.place_id for view in views if view.place_id], self.on)
        rows = []
        for one, view in zip(at.tolist(), views, strict=True):
            seat = seats.get(view.place_id or 0)
            row: dict[str, Any] = {
                "id": view.id, "code": view.code, "name": view.name, "kind": view.kind, "begins_on": view.begins_on,
                "ends_on": view.ends_on, "alive": view.alive, "fictitious": view.fictitious, "order": view.order,
                "level": seat.level if seat else "", "url": links.unit_url(view.id, self.query),
            }  # fmt: skip
            for line, parents in above.items():
                upper = int(parents[one])
                row[line] = named[upper].name if upper >= 0 else ""
                row[f"{line}_url"] = links.unit_url(named[upper].id, self.query) if upper >= 0 else ""
            rows.append(row)
        return rows


class UnitListing(Listing):
    """A list of units whose filters and orders are worked out on arrays."""

    @property
    def kept(self) -> UnitRows:  # type: ignore[override]
        found = self.__dict__.get("_kept")
        if found is None:
            found = self.__dict__["_kept"] = self._narrowed()
        return found

    def _narrowed(self) -> UnitRows:
        rows = self.source
        assert isinstance(rows, UnitRows)
        of, at = rows.of, rows.at
        for bound in self.active:
            match bound.filter.key:
                case "q":
                    names = folded_names(of, rows.on, rows.known_at)
                    at = np.array(
                        [one for one in at.tolist() if all(word in names[one] for word in bound.asked)], np.int64
                    )
                case "kind":
                    at = at[np.isin(of.kind[at], list(bound.asked))]
                case "level":
                    at = at[np.isin(levels(of, rows.on)[at], list(bound.asked))]
        key, down = self._order.lstrip("-"), self._order.startswith("-")
        if key == "name":
            names = [sort_key(view.name) for view in views_at(of, at.tolist(), rows.on, rows.known_at)]
            at = at[sorted(range(len(names)), key=names.__getitem__, reverse=down)]
        elif down:
            at = at[::-1]
        return UnitRows(of, at, rows.on, rows.known_at, rows.query)


def folded_names(of: Columns, on: dt.date, known_at: dt.datetime | None) -> list[str]:
    """Name, short name and code of every unit on a day, without tones, by position."""

    def make() -> list[str]:
        chosen, values = row_for_name(of, on, known_at), of.states.values
        return [
            fold(f"{values['name'][row]} {values['short_name'][row]} {code}" if row >= 0 else code)
            for row, code in zip(chosen.tolist(), of.code, strict=True)
        ]

    return list(of.remembered(("folded names", on, known_at), make))


def levels(of: Columns, on: dt.date) -> np.ndarray:
    """The level of the place in which each unit sits; empty text for none."""

    def make() -> np.ndarray:
        known = {place.id: str(place.level) for place in places_at(on)}
        missing = [int(place) for place in set(of.place.tolist()) if place and place not in known]
        known |= {pk: str(state.level) for pk, state in last_states(missing, on).items()}
        return np.array([known.get(int(place), "") for place in of.place], object)

    return np.asarray(of.remembered(("levels", on), make))


def units_of_day(
    on: dt.date, known_at: dt.datetime | None, query: dict[str, str], *, under: int | None = None, ended: bool = False
) -> UnitRows:
    """The units alive on a day (``ended``: those that had ended too) in official order; ``under``: right under one."""
    of = columns()
    alive = alive_at(of, on, known_at)
    mask = (alive.row >= 0) if ended else alive.alive.copy()
    if under is not None:
        upper = of.position(under)
        below = np.zeros(of.ids.size, bool)
        for line in LINES:
            below |= (parents_at(of, line, on, known_at) == upper) & (upper >= 0)
        mask &= below

    def order() -> np.ndarray:
        return np.asarray(in_order(of, np.flatnonzero(alive.row >= 0), alive.row), np.int64)

    at = of.remembered(("official order", on, known_at), order)
    return UnitRows(of, at[mask[at]], on, known_at, query)


def kinds_there() -> list[tuple[str, Any]]:
    """The kinds of which there is a unit, in the order of kinds."""
    there = set(columns().kind.tolist())
    return [(code, label) for code, label in Kind.choices if code in there]
