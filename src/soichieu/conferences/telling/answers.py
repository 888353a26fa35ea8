"""The form of an answer: facts, rows, notes; each value may be missing, with the reason in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import pgettext as _p

from soichieu.conferences.state import State
from soichieu.web.dates import write_day, write_moment

MOST_NAMED = 6
"""Of a longer list only the first are printed; JSON has all."""


@dataclass(frozen=True)
class Missing:
    """A value that is not known. ``reason``: why, in words; JSON has null and, beside it, the reason."""

    reason: str


@dataclass(frozen=True)
class Fact:
    """One thing known. ``key``: its name in JSON; ``label``: its name on paper; ``said``: how the value is printed,
    when not as it stands."""

    key: str
    label: str
    value: Any
    said: str = ""


@dataclass
class Answer:
    """What is answered: facts at the head, then rows under ``columns`` (key, label), then notes in sentences."""

    title: str
    facts: list[Fact] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Data: days and moments in ISO form, a missing value as null with ``<name>_reason`` beside it."""
        told: dict[str, Any] = {}
        for fact in self.facts:
            told |= _named(fact.key, fact.value)
        if self.columns:
            told["rows"] = [
                {k: v for key, value in row.items() for k, v in _named(key, value).items()} for row in self.rows
            ]
        if self.notes:
            told["notes"] = list(self.notes)
        return told

    def as_text(self) -> str:
        """For people at a terminal: a line for each fact and row."""
        lines = [self.title] if self.title else []
        lines += [f"  {fact.label}: {fact.said or written(fact.value)}" for fact in self.facts]
        if self.columns and self.rows:
            lines.append("\t".join(label for _key, label in self.columns))
            lines += ["\t".join(written(row.get(key)) for key, _label in self.columns) for row in self.rows]
        lines += self.notes
        return "\n".join(lines)


def not_said(state: State) -> Missing:
    """Why something is not known: of a conference kept from a source, that the source does not say it."""
    if state.published_only:
        return Missing(_p("told", "the source does not say"))
    return Missing(_p("told", "nothing written yet"))


def or_missing(state: State, value: Any) -> Any:
    """The value, or why it is not known."""
    return not_said(state) if value is None or value == "" or value == [] else value


def written(value: Any) -> str:
    """A value on paper: days and moments as the office writes them, several joined."""
    if isinstance(value, Missing):
        return value.reason
    if isinstance(value, bool):
        return _p("told", "yes") if value else _p("told", "no")
    if isinstance(value, dt.datetime):
        return write_moment(value)
    if isinstance(value, dt.date):
        return write_day(value)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {written(one)}" for key, one in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        if len(value) > MOST_NAMED:
            first = "; ".join(written(one) for one in value[:2])
            return _p("told", "%(first)s and %(count)d more") % {"first": first, "count": len(value) - 2}
        return "; ".join(written(one) for one in value) or "–"
    return "–" if value is None or value == "" else " ".join(str(value).split())


def _named(key: str, value: Any) -> dict[str, Any]:
    if isinstance(value, Missing):
        return {key: None, f"{key}_reason": value.reason}
    return {key: _plain(value)}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dict):
        return {k: v for key, one in value.items() for k, v in _named(key, one).items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return None if isinstance(value, Missing) else value if isinstance(value, int | float | str | None) else str(value)
