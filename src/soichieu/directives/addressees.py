"""From what a directive prints as its leads to a rule over the tree, and from a rule to the units of a day.

A requirement keeps one of three shapes in ``addressees``: what the reader took from the print (``names``, ``classes``),
the units a person chose by code (``codes``), or a rule (:class:`~soichieu.organisation.addressees.AddresseeRule`).
Only the last two are decisions; the first is a suggestion, and what it could not find is said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from soichieu.documents.models import Document
from soichieu.language.text import comparison_key, fold
from soichieu.organisation import queries
from soichieu.organisation.addressees import CLASSES, AddresseeRule
from soichieu.organisation.models import Revision
from soichieu.organisation.queries import UnitView

_PRINTED = frozenset({"names", "classes"})

# The classes that the reader finds in print → the rules that say them. What a text leaves open ("một số địa phương",
# "các cơ quan liên quan") is in none of them: a person says who is meant.
_RULES: dict[str, AddresseeRule] = {
    "ministries": CLASSES["central_bodies"],
    "localities": CLASSES["provinces"],
    "ministries_and_localities": AddresseeRule(kinds=(*CLASSES["central_bodies"].kinds, *CLASSES["provinces"].kinds)),
    "local_police": CLASSES["provincial_police"],
    "party_committees": CLASSES["provincial_party_committees"],
}
CLASS_WORDS = {
    "ministries": _("ministries and central bodies"),
    "localities": _("localities"),
    "ministries_and_localities": _("ministries, central bodies and localities"),
    "provinces": _("provinces"),
    "districts": _("districts"),
    "communes": _("communes"),
    "departments": _("departments of a province"),
    "local_police": _("local police"),
    "police_units": _("units of the police"),
    "police_units_and_local_police": _("units of the police and local police"),
    "party_committees": _("party committees"),
    "enterprises": _("enterprises"),
    "units": _("units, not said which"),
    "agencies": _("agencies, not said which"),
    "some_ministries": _("some ministries, not said which"),
    "some_localities": _("some localities, not said which"),
}


@dataclass(frozen=True)
class Suggestion:
    """What is known of the addressees. ``decided``: a person said so. ``rule`` None: nothing could be made of it.

    ``unresolved``: (words as printed, units that they may mean; empty when none was found).
    """

    rule: AddresseeRule | None
    decided: bool = False
    unresolved: tuple[tuple[str, tuple[UnitView, ...]], ...] = ()


Named = Mapping[str, Sequence[UnitView]]
KEPT = 4
"""Of so many days it is kept in memory how the units were called."""
_names: dict[dt.date, tuple[str, Named, Named]] = {}


def _names_on(on: dt.date) -> tuple[Named, Named]:
    """The units of a day by their names (and codes) as written, and without tones. Thousands of names are folded once;
    they are the same while nothing is written about the organisation."""
    token = Revision.current()
    held = _names.get(on)
    if held is not None and held[0] == token and token:
        return held[1], held[2]
    exact: dict[str, list[UnitView]] = {}
    folded: dict[str, list[UnitView]] = {}
    for view in queries.units_at(on):
        for name in {view.name, view.short_name, view.name_en} - {""}:
            exact.setdefault(comparison_key(name), []).append(view)
            folded.setdefault(fold(name), []).append(view)
        exact.setdefault(view.code, []).append(view)
    while len(_names) >= KEPT:
        _names.pop(next(iter(_names)), None)
    # Under the token from before the reading: a change in between only makes it old, so the next asker reads again.
    _names[on] = (token, exact, folded)
    return exact, folded


def forget_names() -> None:
    """Forget how units are called: for benches and tests that measure the reading."""
    _names.clear()


@dataclass
class Finder:
    """Units of a day by what they are called.

    ``near``: ids preferred where several units have one name (those under the assigner).
    """

    on: dt.date
    near: frozenset[int] = frozenset()
    _fitting: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def _named(self) -> tuple[Named, Named]:
        return _names_on(self.on)

    def fits(self, rule: AddresseeRule) -> bool:
        """Whether any unit of the day fits a rule."""
        key = str(rule)
        if key not in self._fitting:
            self._fitting[key] = bool(rule.members(self.on))
        return self._fitting[key]

    @classmethod
    def for_directive(cls, directive: Document, on: dt.date, line: str) -> Finder:
        """The finder whose preferred units stand under the directive's assigner."""
        assigner = directive.issuer_unit_id or directive.registering_unit_id
        near = queries.subtree(assigner, line, on) if assigner else ()
        return cls(on, frozenset(int(unit) for unit in near))

    def find(self, words: str) -> list[UnitView]:
        """The units that the words may mean: one when it is certain, several to choose from, or none."""
        exact, folded = self._named
        for table, key in ((exact, comparison_key(words)), (folded, fold(words))):
            found = _once(table.get(key, ()))
            close = [view for view in found if view.id in self.near]
            if len(close) == 1:
                return close
            if found:
                return close or found
        return []

    def search(self, words: str, limit: int = 12) -> list[UnitView]:
        """Units whose name holds every word, without tones; those under the assigner first."""
        wanted = fold(words).split()
        if not wanted:
            return []
        exact, folded = self._named
        found = _once(view for key, views in folded.items() if all(one in key for one in wanted) for view in views)
        by_code = [view for view in exact.get(words.strip(), ()) if view not in found]
        found.sort(key=lambda view: (view.id not in self.near, len(view.name), view.order, view.code))
        return (by_code + found)[:limit]


def _once(views: Iterable[UnitView]) -> list[UnitView]:
    return list({view.id: view for view in views}.values())


def decided(value: Mapping[str, Any]) -> AddresseeRule | None:
    """The rule that a person chose, or None while there is only what was printed."""
    if "codes" in value:
        return AddresseeRule(units=tuple(value["codes"]))
    if value and not set(value) <= _PRINTED:
        return AddresseeRule.from_json(dict(value))
    return None


def suggest(
    value: Mapping[str, Any], *, finder: Finder, assigner_code: str | None = None, line: str = "sector"
) -> Suggestion:
    """The rule as it is decided, or the first suggestion made of the printed names and classes.

    ``assigner_code``: the unit from which tasks are given; a class is then taken within it along ``line``.
    """
    chosen = decided(value)
    if chosen is not None:
        return Suggestion(chosen, decided=True)
    units: list[str] = []
    unresolved: list[tuple[str, tuple[UnitView, ...]]] = []
    for words in value.get("names") or ():
        found = finder.find(words)
        if len(found) == 1:
            units.append(found[0].code)
        else:
            unresolved.append((words, tuple(found)))
    rule: AddresseeRule | None = None
    for code in value.get("classes") or ():
        fresh = _RULES.get(code) or CLASSES.get(code)
        if fresh is not None and assigner_code:
            fresh = replace(fresh, under=assigner_code, line=line)
        merged = _merge(rule, fresh) if fresh is not None and finder.fits(fresh) else None
        if merged is None:
            unresolved.append((str(CLASS_WORDS.get(code, code)), ()))
        else:
            rule = merged
    if units:
        rule = replace(rule or AddresseeRule(), units=tuple(dict.fromkeys(units)))
    return Suggestion(rule, unresolved=tuple(unresolved))


def _merge(one: AddresseeRule | None, other: AddresseeRule) -> AddresseeRule | None:
    """Two classes as one rule, or None when no one rule says both."""
    if one is None:
        return other
    if one.place_level != other.place_level:
        return None
    return replace(one, kinds=tuple(dict.fromkeys((*one.kinds, *other.kinds))))
