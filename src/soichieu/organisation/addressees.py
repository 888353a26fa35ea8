"""Who is addressed: a rule over the tree as at a date, kept as a value, counted and said in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from soichieu.organisation.columns import Columns, columns
from soichieu.organisation.kinds import COMMITTEE_LEVELS, Kind, Level
from soichieu.organisation.names import name_of
from soichieu.organisation.places import place_columns, places_on
from soichieu.organisation.tree import alive_at, check_line, tree_at


class AddresseeError(ValueError):
    """A rule that cannot be run: it names a unit, kind or line that there is not. The message says which."""


@dataclass(frozen=True)
class AddresseeRule:
    """Which units are addressed. All conditions hold together; ``units`` are addressed besides, by code.

    ``kinds``: kinds of units (empty: any, unless only ``units`` are named). ``place_level``: only units seated in
    places of this level. ``under``: only units under this unit (its code) along ``line``, itself left out;
    ``depth`` limits how far below (1: its direct subordinates). ``exclude``: codes left out. Without ``under``
    fictitious units are addressed only when ``fictitious`` is set, so that real and invented never mix by chance.
    """

    kinds: tuple[str, ...] = ()
    place_level: str | None = None
    units: tuple[str, ...] = ()
    under: str | None = None
    line: str = "territory"
    depth: int | None = None
    exclude: tuple[str, ...] = ()
    fictitious: bool = False

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> AddresseeRule:
        """From what ``as_json`` gave. An unknown field or word raises AddresseeError."""
        known = {name: entry for name, entry in value.items() if name in cls.__dataclass_fields__}
        if len(known) != len(value):
            raise AddresseeError(f"an addressee rule has no field {', '.join(sorted(set(value) - set(known)))}")
        for name in ("kinds", "units", "exclude"):
            if name in known:
                known[name] = tuple(known[name])
        rule = cls(**known)
        rule.check()
        return rule

    def as_json(self) -> dict[str, Any]:
        """A plain value for storage: lists for tuples, defaults left out."""
        default = asdict(AddresseeRule())
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value != default[name]
        }

    def check(self) -> None:
        """Raise AddresseeError for a kind, level or line that there is not."""
        for kind in self.kinds:
            if kind not in Kind.values:
                raise AddresseeError(f"there is no kind of unit {kind!r}; the kinds are {', '.join(Kind.values)}")
        if self.place_level is not None and self.place_level not in Level.values:
            raise AddresseeError(f"there is no level {self.place_level!r}; the levels are {', '.join(Level.values)}")
        try:
            check_line(self.line)
        except ValueError as error:
            raise AddresseeError(str(error)) from error

    def by_rule(self) -> bool:
        """Whether anything but a plain list of units is asked."""
        return bool(self.kinds or self.place_level or self.under)

    def members(self, on: dt.date, known_at: dt.datetime | None = None) -> list[int]:
        """The ids of the addressed units alive on a day, in official order, each once."""
        self.check()
        of = columns()
        chosen = np.zeros(of.ids.size, bool)
        alive = alive_at(of, on, known_at)
        if self.by_rule():
            chosen |= alive.alive
            if self.kinds:
                chosen &= np.isin(of.kind.astype(str), self.kinds)
            if self.place_level:
                chosen &= _seated(of, self.place_level, on, known_at)
            if self.under:
                tree = tree_at(self.line, on, known_at, of)
                root = _position(of, self.under)
                below = tree.within(root)
                inside = np.zeros(of.ids.size, bool)
                inside[below] = (below != root) & (
                    True if self.depth is None else tree.depth[below] <= tree.depth[root] + self.depth
                )
                chosen &= inside
            elif not self.fictitious:
                chosen &= ~of.fictitious
        for code in self.units:
            at = _position(of, code)
            chosen[at] = alive.alive[at]
        for code in self.exclude:
            chosen[_position(of, code)] = False
        return [int(of.ids[at]) for at in in_order(of, np.flatnonzero(chosen), alive.row)]

    def missing(self, on: dt.date) -> list[str]:
        """Codes of units named one by one that do not exist on the day: a person must say who takes their place."""
        of = columns()
        alive = alive_at(of, on)
        return [code for code in self.units if not alive.alive[_position(of, code)]]

    def in_words(self, language: str = "vi", on: dt.date | None = None) -> str:
        """The rule as a sentence fragment, e.g. "công an, cấp tỉnh; trực thuộc Bộ Công an (tuyến ngành dọc)"."""
        with translation.override(language):
            parts = []
            if self.kinds:
                parts.append(", ".join(str(Kind(kind).label) for kind in self.kinds))
            elif self.by_rule():
                parts.append(_("all units"))
            if self.place_level and COMMITTEE_LEVELS.get(self.kinds[0] if len(self.kinds) == 1 else "") is None:
                parts.append(str(_LEVEL_WORDS[self.place_level]))
            if self.under:
                parts.append(
                    _("under %(unit)s (%(line)s)")
                    % {"unit": self._named([self.under], on), "line": _LINE_WORDS[self.line]}
                )
                if self.depth == 1:
                    parts.append(_("directly"))
            said = ", ".join(parts)
            if self.units:
                named = self._named(self.units, on)
                said = _("%(rule)s, and also %(units)s") % {"rule": said, "units": named} if said else named
            if self.exclude:
                said = _("%(rule)s, except %(units)s") % {"rule": said, "units": self._named(self.exclude, on)}
            return said

    def _named(self, codes: tuple[str, ...] | list[str], on: dt.date | None) -> str:
        of = columns()
        ids = [int(of.ids[_position(of, code)]) for code in codes]
        names = name_of(ids, on or dt.date.max)
        return ", ".join(names[unit] for unit in ids)


_LEVEL_WORDS: dict[str, Any] = {
    Level.PROVINCE: gettext_lazy("of provincial level"),
    Level.DISTRICT: gettext_lazy("of district level"),
    Level.COMMUNE: gettext_lazy("of communal level"),
}
_LINE_WORDS = {
    "sector": gettext_lazy("sector line"),
    "territory": gettext_lazy("territorial line"),
    "force": gettext_lazy("force system"),
}


def _position(of: Columns, code: str) -> int:
    at = of.by_code.get(code)
    if at is None:
        raise AddresseeError(f"there is no unit with the code {code!r}; `soichieu units search` finds codes")
    return at


def _seated(of: Columns, level: str, on: dt.date, known_at: dt.datetime | None) -> np.ndarray:
    places = place_columns()
    then = places_on(places, on, known_at)
    fits = np.zeros(places.ids.size + 1, bool)
    have = np.flatnonzero(then.alive)
    fits[have] = places.states.values["level"][then.row[have]] == level
    at = np.searchsorted(places.ids, of.place)
    at = np.minimum(at, max(places.ids.size - 1, 0))
    known = (of.place > 0) & (places.ids.size > 0)
    if places.ids.size:
        known &= places.ids[at] == of.place
    return known & fits[at]


_KIND_RANK: dict[Any, int] = {kind: rank for rank, kind in enumerate(Kind.values)}


def in_order(of: Columns, at: np.ndarray, row: np.ndarray) -> list[int]:
    """Positions in official order: by kind as ``Kind`` lists them, then by the unit's own order, then by code."""
    order = of.states.values["order"]
    return sorted(
        (int(one) for one in at),
        key=lambda one: (_KIND_RANK[of.kind[one]], order[row[one]] if row[one] >= 0 else 0, of.code[one]),
    )


# The classes that directives name in words, by code.
CLASSES: dict[str, AddresseeRule] = {
    "ministries": AddresseeRule(kinds=(Kind.MINISTRY, Kind.MINISTRY_AGENCY)),
    "ministries_proper": AddresseeRule(kinds=(Kind.MINISTRY,)),
    "central_bodies": AddresseeRule(kinds=(Kind.MINISTRY, Kind.MINISTRY_AGENCY, Kind.GOVERNMENT_AGENCY)),
    "provinces": AddresseeRule(kinds=(Kind.PROVINCE_COMMITTEE,)),
    "districts": AddresseeRule(kinds=(Kind.DISTRICT_COMMITTEE,)),
    "communes": AddresseeRule(kinds=(Kind.COMMUNE_COMMITTEE,)),
    "ministries_and_provinces": AddresseeRule(kinds=(Kind.MINISTRY, Kind.MINISTRY_AGENCY, Kind.PROVINCE_COMMITTEE)),
    "provincial_police": AddresseeRule(kinds=(Kind.POLICE,), place_level=Level.PROVINCE),
    "provincial_party_committees": AddresseeRule(kinds=(Kind.PARTY_COMMITTEE,), place_level=Level.PROVINCE),
}
