"""One history from dated states and successions: which place is the same, which ended, which came. No database here.

Never by code alone. The rules and what stands behind each are in ``docs/organisation.md``; every decision carries its
evidence in words, and what stays in doubt is marked for a person.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from soichieu.language.text import comparison_key
from soichieu.organisation.commands.place_files import StateRow
from soichieu.organisation.kinds import Level

_OFFSET = {Level.PROVINCE: 0, Level.DISTRICT: 1_000, Level.COMMUNE: 100_000}


@dataclass(eq=False)
class Draft:
    """A place in the making, or one of the database (``pk``) that goes on. Rows are (day, values or None: ended)."""

    key: str
    row: StateRow
    parent: Draft | None
    pk: int | None = None
    ended: dt.date | None = None
    rows: list[DraftRow] = field(default_factory=list)
    stored_end: bool = False

    @property
    def code(self) -> str:
        return self.row.code

    @property
    def level(self) -> str:
        return self.row.level

    @property
    def stored(self) -> int:
        """Its key in the database, once it has one."""
        if self.pk is None:
            raise AssertionError(f"{self.named()} is not in the database yet")
        return self.pk

    def begins_here(self) -> bool:
        """Whether nothing of it is written yet."""
        return self.pk is None and not self.rows

    def named(self) -> str:
        """Its name with its code, for messages."""
        return f"{self.row.full_name} ({self.row.code})"


@dataclass(frozen=True)
class DraftRow:
    """An edition of a place to be written: ``row`` None ends it; ``retracted`` takes an earlier end back."""

    day: dt.date
    row: StateRow | None
    parent: Draft | None
    source: str
    retracted: bool = False


@dataclass(frozen=True)
class Edge:
    """An old place went into a new one."""

    old: Draft
    new: Draft
    on: dt.date
    share: str
    main: bool
    evidence: str
    doubtful: bool
    source: str


@dataclass(frozen=True)
class Link:
    """An edge whose new place is still named by its code in the state being read."""

    old: Draft
    new_code: str
    share: str
    main: bool
    evidence: str
    doubtful: bool = False


@dataclass(frozen=True)
class Remark:
    """What a person should know. ``place`` may be the code of a new place while its state is being read."""

    place: Draft | str
    on: dt.date
    topic: str
    text: str
    source: str


@dataclass
class History:
    """The places, edges and remarks that an import adds."""

    places: list[Draft] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    stored: list[Draft] = field(default_factory=list)  # places of the database that may go on
    keys: set[str] = field(default_factory=set)
    alive: dict[str, Draft] = field(default_factory=dict)  # by code
    gone: dict[tuple[str, str], Draft] = field(default_factory=dict)  # by level and code, ended by absence

    def begin(self, row: StateRow, day: dt.date) -> Draft:
        """A new place; its key is its code, with the day when another place bore the code before."""
        key = row.code if row.code not in self.keys else f"{row.code}-{day:%Y%m%d}"
        self.keys.add(key)
        draft = Draft(key, row, None)
        self.places.append(draft)
        return draft


def order_of(row: StateRow) -> int:
    """The official order: the number in the list of administrative units (decision 124/2004/QĐ-TTg), level by level."""
    number = int(row.code) if row.code.isdigit() else row.line
    return _OFFSET[Level(row.level)] + number


def same_text(one: StateRow, other: StateRow) -> bool:
    """Whether two states name a place alike; where the tone mark stands, and capitals, make no difference."""
    return comparison_key(one.full_name) == comparison_key(other.full_name) and comparison_key(
        one.name
    ) == comparison_key(other.name)
