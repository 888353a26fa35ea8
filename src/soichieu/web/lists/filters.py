"""What a list can be narrowed by. Each filter reads the address, draws itself and says in words what it keeps."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from soichieu.language.text import fold
from soichieu.web.dates import BadDate, read_day, write_day
from soichieu.web.lists.columns import Label, Row, value_of

# The same names are searched again and again, letter by letter.
_folded = lru_cache(maxsize=65_536)(fold)

Choices = Iterable[tuple[str, Label]]


@dataclass
class Bound:
    """A filter with what the address asked of it: the values kept, words for the pill, an error if unreadable."""

    filter: Filter
    name: str
    values: list[str]
    asked: Any = None
    said: str = ""
    error: str = ""
    options: list[tuple[str, str, bool]] = field(default_factory=list)

    @property
    def active(self) -> bool:
        return bool(self.said)

    @property
    def names(self) -> list[str]:
        """The keys of the address that belong to this filter."""
        return [self.name + suffix for suffix in self.filter.suffixes]


class Filter(ABC):
    """Base of all. ``key`` names it in the address; ``value`` or the key finds what it looks at in a row; ``lookup`` is
    the field of a queryset."""

    kind = ""
    suffixes: tuple[str, ...] = ("",)

    def __init__(self, key: str, label: Label, *, value: Callable[[Row], Any] | None = None, lookup: str = "") -> None:
        self.key, self.label, self.value, self.lookup = key, label, value, lookup or key

    def of(self, row: Row) -> Any:
        """What this filter looks at in a row."""
        return self.value(row) if self.value else value_of(row, self.key)

    @abstractmethod
    def bind(self, data: Any, prefix: str) -> Bound:
        """Read the address."""

    @abstractmethod
    def keeps(self, row: Row, asked: Any) -> bool:
        """Whether a row stays."""

    @abstractmethod
    def narrow(self, rows: QuerySet[Any], asked: Any) -> QuerySet[Any]:
        """The same for a queryset."""


class Search(Filter):
    """Words looked for in several columns, without tones and case: "da nang" finds Đà Nẵng. Every word must occur.

    ``keys`` are looked at in rows. For a queryset ``lookup`` names a stored, folded text (see ``language.text.fold``).
    """

    kind = "search"
    LABEL = gettext_lazy("Search, without tones")

    def __init__(
        self,
        keys: Sequence[str] = (),
        *,
        label: Label = LABEL,
        key: str = "q",
        value: Callable[[Row], str] | None = None,
        lookup: str = "",
    ) -> None:
        super().__init__(key, label, value=value, lookup=lookup)
        self.keys = tuple(keys)

    def of(self, row: Row) -> str:
        text = self.value(row) if self.value else " ".join(str(value_of(row, key) or "") for key in self.keys)
        return _folded(text)

    def bind(self, data: Any, prefix: str) -> Bound:
        name = prefix + self.key
        typed = data.get(name, "").strip()
        asked = fold(typed).split()
        said = pgettext("quoted search", "“%(words)s”") % {"words": typed} if asked else ""
        return Bound(self, name, [typed], asked, said)

    def keeps(self, row: Row, asked: list[str]) -> bool:
        text = self.of(row)
        return all(word in text for word in asked)

    def narrow(self, rows: QuerySet[Any], asked: list[str]) -> QuerySet[Any]:
        for word in asked:
            rows = rows.filter(**{f"{self.lookup}__contains": word})
        return rows


class Choice(Filter):
    """One or several of a set of values. ``choices``: pairs, or a function that gives them when the page is drawn."""

    kind = "choice"

    def __init__(
        self,
        key: str,
        label: Label,
        choices: Choices | Callable[[], Choices],
        *,
        value: Callable[[Row], Any] | None = None,
        lookup: str = "",
        several: bool = False,
    ) -> None:
        super().__init__(key, label, value=value, lookup=lookup)
        self._choices, self.several = choices, several

    def choices(self) -> list[tuple[str, str]]:
        given = self._choices() if callable(self._choices) else self._choices
        return [(str(code), str(word)) for code, word in given]

    def bind(self, data: Any, prefix: str) -> Bound:
        name, choices = prefix + self.key, self.choices()
        known = dict(choices)
        values = [one for one in data.getlist(name) if one in known]
        if not self.several:
            values = values[-1:]
        said = f"{self.label}: " + ", ".join(known[one] for one in values) if values else ""
        options = [(code, word, code in values) for code, word in choices]
        return Bound(self, name, values, frozenset(values), said, options=options)

    def keeps(self, row: Row, asked: frozenset[str]) -> bool:
        found = self.of(row)
        if isinstance(found, str | Promise) or not isinstance(found, Iterable):
            return str(found) in asked
        return any(str(one) in asked for one in found)

    def narrow(self, rows: QuerySet[Any], asked: frozenset[str]) -> QuerySet[Any]:
        return rows.filter(**{f"{self.lookup}__in": sorted(asked)})


class Flag(Filter):
    """Yes or nothing: only the rows of which something holds."""

    kind = "flag"

    def bind(self, data: Any, prefix: str) -> Bound:
        name = prefix + self.key
        on = data.get(name, "") == "1"
        return Bound(self, name, ["1"] if on else [], on, str(self.label) if on else "")

    def keeps(self, row: Row, asked: bool) -> bool:
        return bool(self.of(row))

    def narrow(self, rows: QuerySet[Any], asked: bool) -> QuerySet[Any]:
        return rows.filter(**{self.lookup: True})


class _Range(Filter):
    """From … to …, both ends belong to it."""

    suffixes = ("-from", "-to")

    @abstractmethod
    def read(self, text: str) -> Any: ...

    @abstractmethod
    def write(self, value: Any) -> str: ...

    def bind(self, data: Any, prefix: str) -> Bound:
        name, ends, error = prefix + self.key, [], ""
        typed = [data.get(name + suffix, "").strip() for suffix in self.suffixes]
        for text in typed:
            try:
                ends.append(self.read(text) if text else None)
            except (BadDate, ValueError) as bad:
                error = str(bad)
                ends.append(None)
        low, high = ends
        if low is not None and high is not None and low > high:
            error, low, high = _("The end lies before the beginning; nothing is filtered by it."), None, None
        said = ""
        if low is not None and high is not None:
            said = _("%(what)s: %(low)s to %(high)s") % {
                "what": self.label, "low": self.write(low), "high": self.write(high),
            }  # fmt: skip
        elif low is not None:
            said = _("%(what)s: from %(low)s") % {"what": self.label, "low": self.write(low)}
        elif high is not None:
            said = _("%(what)s: to %(high)s") % {"what": self.label, "high": self.write(high)}
        return Bound(self, name, typed, (low, high), said, error)

    def keeps(self, row: Row, asked: tuple[Any, Any]) -> bool:
        found = self.of(row)
        if isinstance(found, dt.datetime):
            found = found.date()
        if found is None:
            return False
        low, high = asked
        return (low is None or found >= low) and (high is None or found <= high)

    def narrow(self, rows: QuerySet[Any], asked: tuple[Any, Any]) -> QuerySet[Any]:
        low, high = asked
        kept = Q()
        if low is not None:
            kept &= Q(**{f"{self.lookup}__gte": low})
        if high is not None:
            kept &= Q(**{f"{self.lookup}__lte": high})
        return rows.filter(kept)


class Days(_Range):
    """A span of days, written as the office writes them."""

    kind = "days"

    def read(self, text: str) -> dt.date:
        return read_day(text)

    def write(self, value: dt.date) -> str:
        return write_day(value)


class Numbers(_Range):
    """A span of whole numbers."""

    kind = "numbers"

    def read(self, text: str) -> int:
        try:
            return int(text)
        except ValueError:
            raise ValueError(_("Write a whole number, for example 12.")) from None

    def write(self, value: int) -> str:
        return str(value)


def bound_query(filters: Iterable[Bound]) -> Mapping[str, list[str]]:
    """What the bound filters asked, as it stands in the address."""
    kept: dict[str, list[str]] = {}
    for bound in filters:
        if len(bound.names) == 1:
            if bound.active:
                kept[bound.name] = bound.values
        else:
            for name, typed in zip(bound.names, bound.values, strict=True):
                if typed:
                    kept[name] = [typed]
    return kept
