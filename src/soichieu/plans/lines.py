"""A line of a plan before it is stored: its words made plain, its leads found among the units, its deadline as days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from soichieu.documents.hashes import canonical_hash
from soichieu.language.dates import parse_period
from soichieu.language.text import fold
from soichieu.organisation import queries as organisation
from soichieu.organisation.columns import LINES, columns
from soichieu.organisation.names import row_for_name
from soichieu.plans.facts import clean
from soichieu.reading.bodies import split_leads


@dataclass(frozen=True)
class Line:
    """One line of a plan (đầu việc) as read or as typed. ``leads``: ``{"text": as printed, "unit": id or None}`` each.

    ``place``: where it was read ("T1.3", "Sheet1!7"), empty when typed. ``doubts``: what was guessed, for the preview;
    they are no part of what is stored.
    """

    text: str
    number: str = ""
    group: str = ""
    leads: tuple[Mapping[str, Any], ...] = ()
    person: str = ""
    cooperators: str = ""
    output: str = ""
    deciding_body: str = ""
    deadline_text: str = ""
    deadline_from: dt.date | None = None
    deadline_to: dt.date | None = None
    place: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def said(self) -> dict[str, Any]:
        """All that it says but its number and place: what its hash is over."""
        return {
            "group": self.group,
            "text": self.text,
            "leads": [lead["text"] for lead in self.leads],
            "person": self.person,
            "cooperators": self.cooperators,
            "output": self.output,
            "deciding_body": self.deciding_body,
            "deadline": self.deadline_text,
            "days": [day.isoformat() if day else None for day in (self.deadline_from, self.deadline_to)],
        }

    @property
    def hash(self) -> str:
        """SHA-256 over what it says: a renumbered line, and one that was found elsewhere in a file, is the same."""
        return canonical_hash(self.said)

    @property
    def words(self) -> str:
        """What it is found again by in another version; its heading left out, for that may be reworded on its own."""
        parts = [self.text, *(str(lead["text"]) for lead in self.leads), self.person, self.cooperators, self.output]
        return " | ".join(part for part in (*parts, self.deciding_body, self.deadline_text) if part)


_TEXTS = ("text", "number", "group", "person", "cooperators", "output", "deciding_body", "deadline_text", "place")


def made_plain(line: Line) -> Line:
    """The line as it is kept: its words plain, leads without a name left out."""
    texts: dict[str, Any] = {name: clean(getattr(line, name)) for name in _TEXTS}
    leads = [(clean(str(lead.get("text") or "")), lead.get("unit")) for lead in line.leads]
    return replace(line, **texts, leads=tuple({"text": text, "unit": unit} for text, unit in leads if text))


def days_of(text: str, reference: dt.date | None = None) -> tuple[dt.date | None, dt.date | None]:
    """First and last day that a deadline's words state, None where they state none. ``reference``: the day from which
    relative ones count ("trong 30 ngày kể từ ngày ban hành")."""
    found = parse_period(text, reference) if text.strip() else None
    return (found.start, found.end) if found is not None else (None, None)


def leads_of(text: str, unit_id: int, on: dt.date) -> tuple[dict[str, Any], ...]:
    """The leads that a cell names, each with the unit of that name where there is exactly one near ``unit_id``."""
    names = [lead.text for lead in split_leads(text)] if text.strip() else []
    return tuple({"text": clean(name), "unit": unit_named(name, unit_id, on)} for name in names if clean(name))


def with_units(leads: Iterable[Mapping[str, Any]], unit_id: int, on: dt.date) -> tuple[dict[str, Any], ...]:
    """Leads with their unit looked up where none is named yet."""
    return tuple(
        {"text": lead["text"], "unit": lead.get("unit") or unit_named(str(lead["text"]), unit_id, on)} for lead in leads
    )


def unit_named(name: str, unit_id: int, on: dt.date) -> int | None:
    """The unit that bears a name on a day: the only one under ``unit_id`` (itself counts), or the only one at all."""
    bearers = _by_name(on).get(fold(clean(name)), ())
    if len(bearers) <= 1:
        return bearers[0] if bearers else None
    near = {int(one) for line in LINES for one in organisation.subtree(unit_id, line, on)}
    close = [one for one in bearers if one in near]
    return close[0] if len(close) == 1 else None


_MANY = re.compile(r"(các|những|mọi|mỗi|từng|tất cả|toàn bộ|toàn thể|all|each|every)\b", re.IGNORECASE)


def unknown_leads(leads: Iterable[Mapping[str, Any]], on: dt.date) -> list[str]:
    """Of the leads those whose name no unit bears on a day. A class of units ("các đơn vị") is no name, and a body of
    the published lists is known though it stands in no tree here."""
    return [
        str(lead["text"])
        for lead in leads
        if lead.get("unit") is None
        and fold(clean(str(lead["text"]))) not in _by_name(on)
        and not _MANY.match(clean(str(lead["text"])))
        and not any(one.unit or one.of_class for one in split_leads(str(lead["text"])))
    ]


def _by_name(on: dt.date) -> Mapping[str, Sequence[int]]:
    of = columns()

    def make() -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        full, short = of.states.values["name"], of.states.values["short_name"]
        for at, row in enumerate(row_for_name(of, on, None)):
            if row >= 0:
                for name in {fold(str(full[row])), fold(str(short[row]))} - {""}:
                    found.setdefault(name, []).append(int(of.ids[at]))
        return found

    return of.remembered(("units by name", on), make)
