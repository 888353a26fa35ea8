"""Which lines of the book still stand, where a command or a list asks the database and not the fold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, Min, OuterRef, QuerySet

from soichieu.ledger.kinds import Kind
from soichieu.ledger.models import Entry, Obligation

MANY = 500


def standing(lines: QuerySet[Entry]) -> QuerySet[Entry]:
    """Of some lines those that are not voided (``docs/ledger.md`` section 2)."""
    voiding = Entry.objects.filter(
        obligation=OuterRef("obligation"),
        kind=Kind.VOIDED,
        voids=OuterRef("position"),
        position__gt=OuterRef("position"),
    )
    return lines.filter(~Exists(voiding))


def are_given(obligations: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Of some obligations those that are given: of another the giving was voided, and the unit owes nothing."""
    return obligations.filter(Exists(standing(Entry.objects.filter(obligation=OuterRef("pk"), kind=Kind.OPENED))))


def given_on(obligations: Sequence[int]) -> dict[int, dt.date]:
    """Task → the day on which it was given; those whose giving was voided are left out."""
    days: dict[int, dt.date] = {}
    for start in range(0, len(obligations), MANY):
        lines = Entry.objects.filter(obligation__in=obligations[start : start + MANY], kind=Kind.OPENED)
        days |= dict(standing(lines).order_by().values_list("obligation").annotate(first=Min("happened_on")))
    return days
