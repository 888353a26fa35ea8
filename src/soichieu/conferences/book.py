"""Writing into a conference's book: gapless positions under the conference's lock, two clocks, who and for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from soichieu.conferences.models import Conference, Event
from soichieu.ledger import clock
from soichieu.organisation.askers import Asker


def locked(conference: Conference | int) -> Conference:
    """The conference with its book locked until the transaction ends; call it before what is checked is read."""
    pk = conference if isinstance(conference, int) else conference.pk
    return Conference.objects.select_for_update().get(pk=pk)


@transaction.atomic
def write(
    asker: Asker,
    conference: Conference,
    kind: str,
    payload: Mapping[str, Any] | None = None,
    *,
    happened_at: dt.datetime | None = None,
) -> Event:
    """Add a line. ``happened_at``: when it took place, default now and never later than now.

    ``recorded_at`` never goes backwards, also when the machine's clock is set back.
    """
    held = locked(conference)
    now = clock.now()
    last = Event.objects.filter(conference=held).order_by("-position").values_list("recorded_at", flat=True).first()
    recorded = max(now, last) if last is not None else now
    event = Event.objects.create(
        conference=held,
        position=held.last_position + 1,
        kind=kind,
        happened_at=min(happened_at or recorded, recorded),
        recorded_at=recorded,
        payload=dict(payload or {}),
        by=asker.label()[:400],
        post_id=asker.post_id,
        person_id=asker.person_id,
        on_behalf_of_id=asker.on_behalf_of_id,
    )
    held.last_position = event.position
    held.save(update_fields=["last_position"])
    conference.last_position = event.position
    return event
