"""Writing into a conference's book: gapless positions under the conference's lock, two clocks, who and for whom, and
the hash of each line over that of the line before."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.conferences.errors import MovedOn
from soichieu.conferences.hashing import event_hash
from soichieu.conferences.kinds import EventKind
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

    ``recorded_at`` never goes backwards, also when the machine's clock is set back. Raises ``MovedOn`` when the file
    was handed to the archive: that is the last line of a book, whatever asks to add one.
    """
    held = locked(conference)
    now = clock.now()
    last = Event.objects.filter(conference=held).order_by("-position").only("kind", "recorded_at").first()
    if last is not None and last.kind == EventKind.ARCHIVED:
        raise MovedOn(_("The file of the conference was handed to the archive; nothing is added to it."))
    recorded = max(now, last.recorded_at) if last is not None else now
    columns: dict[str, Any] = {
        "conference_id": held.pk,
        "position": held.last_position + 1,
        "kind": str(kind),
        "happened_at": min(happened_at or recorded, recorded),
        "recorded_at": recorded,
        "payload": json.loads(json.dumps(dict(payload or {}))),
        "by": asker.label()[:400],
        "post_id": asker.post_id,
        "person_id": asker.person_id,
        "on_behalf_of_id": asker.on_behalf_of_id,
        "previous_hash": held.last_hash,
    }
    event = Event.objects.create(**columns, hash=event_hash(columns))
    held.last_position, held.last_hash = event.position, event.hash
    held.save(update_fields=["last_position", "last_hash"])
    conference.last_position, conference.last_hash = event.position, event.hash
    return event
