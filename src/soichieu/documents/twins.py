"""Documents that may be the one about to be registered, under another day or another writing of its issuer.

Decree 30/2020/NĐ-CP, article 15: the numbers of an office begin anew on 1 January, and number with symbol occurs once a
year; the symbol names the kind. So the same number of one issuer on one day is the same document and is refused
(``document_once``). On another day of that year one of the two days is wrong, or the issuer gave the number twice: the
register says so and takes it when a person has looked. Party numbers begin anew with the term. A number that holds its
year (30/2020/NĐ-CP) is its year's, whenever it was signed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from soichieu.documents import keys
from soichieu.documents.models import Document
from soichieu.documents.rights import visible_documents
from soichieu.organisation.askers import Asker

_TERM = 5
_FIRST_TERM = 2016
"""The party's terms begin with its congresses: 2016, 2021, 2026 …"""


@dataclass(frozen=True)
class Twin:
    """A document that may be the same. ``same_day``: only its issuer is written otherwise."""

    document: Document
    same_day: bool


def twins(asker: Asker, *, number: str, issuer: str, signed_on: dt.date | None) -> list[Twin]:
    """The documents the asker sees that may be this one; none where number or day is missing. What is the same by all
    three is no twin: it is refused."""
    if signed_on is None or not keys.has_digits(number):
        return []
    key, by = keys.number_key(number), keys.issuer_key(issuer)
    found = []
    for one in visible_documents(asker).filter(number_key=key).order_by("-signed_on", "-id"):
        if one.issuer_key == by:
            if one.signed_on != signed_on and _counted_together(number, one.signed_on, signed_on):
                found.append(Twin(one, same_day=False))
        elif one.signed_on == signed_on:
            found.append(Twin(one, same_day=True))
    return found


def _counted_together(number: str, one: dt.date, other: dt.date) -> bool:
    """Whether two days lie in one run of numbers, in which each occurs once."""
    parsed = keys.understood(number)
    if parsed is not None and parsed.year is not None:
        return True
    if parsed is not None and parsed.family == "party":
        return (one.year - _FIRST_TERM) // _TERM == (other.year - _FIRST_TERM) // _TERM
    return one.year == other.year


def take_turns(number: str) -> None:
    """Within a transaction: whoever registers this number meanwhile waits, so that of two at once the second is told.
    SQLite writes one at a time by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"document:{keys.number_key(number)}"])
