"""What every change of the organisation shares: its lock, its errors, and the rows it writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from soichieu.organisation.askers import Asker, NotAllowed
from soichieu.organisation.columns import LINES
from soichieu.organisation.models import Revision
from soichieu.organisation.permissions import may
from soichieu.organisation.queries import ancestors


class OrganisationError(ValueError):
    """Something given cannot be true of an organisation. The message says what, where, and what to do."""


@contextmanager
def writing() -> Iterator[None]:
    """One transaction, one writer at a time: two people who together would make a cycle are put in order."""
    with transaction.atomic():
        Revision.objects.get_or_create(pk=1, defaults={"token": ""})
        Revision.objects.select_for_update().get(pk=1)
        Revision.renew()
        yield


def moment(recorded_at: dt.datetime | None) -> dt.datetime:
    """The moment of recording: now; only the demonstration and the simulator name another."""
    return recorded_at or timezone.now()


def require(asker: Asker, act: str, unit_id: int | None = None, on: dt.date | None = None) -> None:
    """Raise NotAllowed unless the asker may do the act on a unit (none: on the instance as a whole)."""
    day = on or timezone.localdate()
    if unit_id is None and not asker.operator:
        # What concerns the whole instance is for the administrator at its top, under whom everything stands.
        if asker.unit_id is None or any(ancestors(asker.unit_id, line, day) for line in LINES):
            raise NotAllowed("what concerns the whole instance is for an administrator at its top, or the operator")
        unit_id = asker.unit_id
    may(asker, act, holder_id=unit_id, on=day).require()
