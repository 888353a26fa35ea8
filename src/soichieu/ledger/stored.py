"""Rows as they are stored, past the model layer: for ``verify``, which trusts nothing that was written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

_WHOLE_SECONDS = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})?")


def rows(table: str, columns: Sequence[str], owner: str, key: int) -> Iterator[dict[str, Any]]:
    """The rows of a table that belong to one owner (its column and key), in the order of their positions.

    What someone wrote need not even be a date: SQLite keeps any value in any column. The plus signs keep its driver
    from converting, so that a number with a tail, a blob and a text that is no UTF-8 arrive as what they are, and give
    another hash.
    """
    quoted = ", ".join(f"+{name}" if connection.vendor == "sqlite" else name for name in columns)
    named = connection.ops.quote_name(table)
    sql = f"SELECT {quoted} FROM {named} WHERE {owner} = %s ORDER BY position"  # noqa: S608  # names of ours
    with connection.cursor() as cursor, _any_text():
        cursor.execute(sql, [key])
        while found := cursor.fetchmany(5000):
            for values in found:
                yield dict(zip(columns, values, strict=True))


@contextmanager
def _any_text() -> Iterator[None]:
    """Read texts of SQLite that are no UTF-8, too, instead of failing."""
    if connection.vendor != "sqlite":
        yield
        return
    driver = connection.connection
    before, driver.text_factory = driver.text_factory, lambda raw: raw.decode(errors="replace")
    try:
        yield
    finally:
        driver.text_factory = before


def moment(value: object) -> object:
    """A stored moment in the form that is hashed; what is none stays what it is."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, str) and _WHOLE_SECONDS.fullmatch(value) and not value.endswith(".000000"):
        whole, _point, fraction = value.partition(".")
        return f"{whole.replace(' ', 'T')}.{fraction or '000000'}Z"
    return value
