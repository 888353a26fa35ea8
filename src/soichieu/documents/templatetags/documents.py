"""Tags of the register's pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django import template
from django.utils.translation import gettext as _

from soichieu.documents import keys, reasons, words
from soichieu.documents.models import TableRow
from soichieu.documents.panels import Filling, Margin
from soichieu.documents.sheet import Block
from soichieu.documents.told import told
from soichieu.web.dates import write_day

register = template.Library()

register.filter("kind_name", keys.kind_name)
register.filter("level", words.level)
register.filter("place", words.place)
register.filter("nature", words.nature)
register.filter("told", told)


@register.filter
def of(table: Mapping[Any, Any], key: Any) -> Any:
    """``table[key]``, or nothing."""
    return table.get(key, "")


@register.simple_tag
def margin(filling: Filling, identity: int) -> Margin | None:
    """What rooms say beside one sentence, bullet or row."""
    return filling.margin.get(identity) if filling else None


@register.filter
def say_all(found: Iterable[Mapping[str, Any]]) -> str:
    """Reasons in one line."""
    return "; ".join(filter(None, (reasons.say(one) for one in found)))


def _labels() -> dict[str, str]:
    return {
        "number": _("No."),
        "task": _("Task"),
        "target": _("Target"),
        "leads": _("Lead"),
        "cooperators": _("Cooperators"),
        "output": _("Product"),
        "deadline": _("Deadline"),
        "unit": _("Measured in"),
        "value": _("Value"),
        "result": _("Value"),
    }


@register.simple_tag
def row_columns(block: Block) -> list[tuple[str, str]]:
    """The columns of a table as (key, words): what its rows hold, in the order known; of other tables the cells."""
    if not block.rows:
        return []
    held = {key for row in block.rows for key, value in row.data.items() if value not in (None, "", [])}
    labels = _labels()
    known = [(key, label) for key, label in labels.items() if key in held]
    if "cells" in held:
        many = max(len(row.data.get("cells", [])) for row in block.rows)
        titles = block.columns + [""] * many
        return [(f"cells:{at}", titles[at] or str(at + 1)) for at in range(many)]
    return known


@register.filter
def row_groups(block: Block) -> list[tuple[str, list[TableRow]]]:
    """A table's rows under the group rows they stood below."""
    return [(heading, list(rows)) for heading, rows in groupby(block.rows, key=lambda row: row.group)]


@register.filter
def row_cell(row: TableRow, key: str) -> str:
    """One cell in words."""
    name, _colon, at = key.partition(":")
    value = row.data.get(name)
    if at:
        cells = value if isinstance(value, list) else []
        return str(cells[int(at)]) if int(at) < len(cells) else ""
    return _words(value)


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        said = str(value.get("text") or "")
        return said or (write_day(words.day_of(value.get("to"))) if value.get("to") else "")
    if isinstance(value, list):
        return "; ".join(_words(one) for one in value)
    return "" if value is None else str(value)
