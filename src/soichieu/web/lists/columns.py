"""A column of a list: its value, how it is drawn, sorted and exported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from soichieu.language.collation import sort_key
from soichieu.web.dates import with_dates, write_day, write_moment

Row = Any
Label = str | Promise


def value_of(row: Row, key: str) -> Any:
    """``row[key]`` of a mapping, else its attribute; dots and ``__`` go deeper."""
    if type(row) is dict and key in row:  # by far the most rows are plain
        return row[key]
    found = row
    for part in key.replace("__", ".").split("."):
        if found is None:
            return None
        found = found[part] if isinstance(found, Mapping) else getattr(found, part)
        if callable(found) and not isinstance(found, Model):
            found = found()
    return found


def vietnamese(key: str) -> Callable[[Row], Any]:
    """Sorts by a text in the order of the Vietnamese alphabet."""
    return lambda row: sort_key(str(value_of(row, key) or ""))


def official(key: str = "order") -> Callable[[Row], Any]:
    """Sorts by a number, rows without one last: the official order of units."""
    return lambda row: _last_if_none(value_of(row, key))


def _last_if_none(value: Any) -> tuple[bool, Any]:
    return (value is None, value if value is not None else 0)


@dataclass(frozen=True)
class Column:
    """One column.

    ``key`` names it in the address and, without ``value``, is where the row keeps it. ``text`` turns the value into
    the words shown and exported. ``draw`` gives safe markup for the page alone, ``template`` a partial that gets
    ``row`` and ``value``; ``url`` makes the words a link. ``sort``: True sorts by the value (texts in Vietnamese
    order), a function by what it gives, a tuple of field names is for a queryset's ``order_by``, None cannot be
    sorted. ``number`` stands to the right. ``page`` False keeps the column out of the page, ``export`` False out of
    the files; ``width`` is that of the exported column, in characters.
    """

    key: str
    label: Label
    value: Callable[[Row], Any] | None = None
    text: Callable[[Any], str | Promise] | None = None
    draw: Callable[[Row], SafeString] | None = None
    template: str = ""
    url: Callable[[Row], str] | None = None
    sort: bool | tuple[str, ...] | Callable[[Row], Any] | None = True
    number: bool = False
    page: bool = True
    export: bool = True
    width: int = 0

    def raw(self, row: Row) -> Any:
        """The value of this column in a row."""
        return self.value(row) if self.value else value_of(row, self.key)

    def words(self, row: Row) -> str:
        """The value in words, as shown, searched and exported."""
        value = self.raw(row)
        if self.text is not None:
            return str(self.text(value))
        if value is None:
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, dt.datetime):
            return write_moment(value)
        if isinstance(value, dt.date):
            return write_day(value)
        return str(value)

    def exported(self, row: Row) -> Any:
        """What goes into a cell of an exported table: a number or a date as such, else the words."""
        if self.text is None:
            value = self.raw(row)
            if isinstance(value, int | float | dt.date | dt.datetime) and not isinstance(value, bool):
                return value
        return self.words(row)

    def drawn(self, row: Row, asked: Mapping[str, str] | None = None) -> Any:
        """The cell as the page shows it. ``asked``: the two dates of a dated page, which its links keep."""
        if self.draw is not None:
            return self.draw(row)
        if self.template:
            # Stripped: a cell of nothing but blanks would keep its label on a card.
            said = {"row": row, "value": self.raw(row), "asked_dates": asked}
            return SafeString(render_to_string(self.template, said).strip())
        words: Any = self.words(row)
        value = self.raw(row) if self.text is None else None
        if isinstance(value, dt.date):
            words = format_html('<time datetime="{}">{}</time>', value.isoformat(), words)
        elif self.number and isinstance(value, int):
            words = number_format(value, use_l10n=True, force_grouping=True)
        address = self.url(row) if self.url and words else ""
        return format_html('<a href="{}">{}</a>', with_dates(address, asked or {}), words) if address else words

    @property
    def sortable(self) -> bool:
        return bool(self.sort)

    def sort_value(self, row: Row) -> Any:
        """What rows are compared by: missing values last, texts in Vietnamese order."""
        if callable(self.sort):
            return self.sort(row)
        value = self.raw(row)
        if isinstance(value, str | Promise):
            return (value == "", sort_key(str(value)))
        return _last_if_none(value)

    @property
    def css(self) -> str:
        return "num" if self.number else ""
