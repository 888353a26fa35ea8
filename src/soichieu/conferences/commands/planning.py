"""A conference is planned, and what is known of it changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.conferences import book, rights
from soichieu.conferences.kinds import ConferenceKind, EventKind, Mode, Phase
from soichieu.conferences.models import Conference, Event
from soichieu.conferences.state import State, state_of
from soichieu.documents import queries as documents
from soichieu.documents.models import Document
from soichieu.documents.storing import new_key
from soichieu.language.text import typed
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.organisation.models import Unit

PLAIN = ("title", "place", "chair", "secretary", "host", "source_note", "follows")
LISTS = ("co_chairs", "seniors")
LONGEST = {"source_note": 4000}
MOST_NAMED = 40
"""Co-chairs, or senior guests: more would be a list of participants."""
FLAGS = ("published_only", "sites_stated")


@transaction.atomic
def plan(*, asker: Asker, unit_id: int, facts: Mapping[str, Any]) -> Conference:
    """Plan a conference that the unit holds. ``facts``: fields of ``State``: title, kind, mode, held_on (date),
    starts_at (time), place, layout, chair, co_chairs, seniors, secretary, host, directives (ids), follows, …

    Planned a second time by the same post with the same facts (a double click), it is the conference that is there.
    Raises ``Refusal`` naming the field, ``Forbidden``.
    """
    verdict = permissions.may(asker, rights.PREPARE, holder_id=unit_id, on=clock.today())
    if not verdict.allowed:
        raise Forbidden(verdict.reason)
    said = checked(asker, facts)
    for name in ("title", "kind", "held_on"):
        if not said.get(name):
            raise Refusal(_("This is needed."), field=name)
    if not said.get("directives"):
        raise Refusal(_("Choose at least one directive that is reviewed."), field="directives")
    if said.get("published_only"):
        _published(said["directives"])
    # Whoever plans for one unit takes turns, on both engines: the second finds what the first made.
    Unit.objects.select_for_update().get(pk=unit_id)
    planned = Event.objects.filter(conference__unit=unit_id, kind=EventKind.PLANNED, post=asker.post_id, payload=said)
    if (first := planned.select_related("conference").order_by("pk").first()) is not None:
        return first.conference
    conference = Conference.objects.create(key=new_key(), unit_id=unit_id, made_at=clock.now())
    book.write(asker, conference, EventKind.PLANNED, said)
    return conference


@transaction.atomic
def change(*, asker: Asker, conference: Conference, facts: Mapping[str, Any]) -> Event:
    """Change what is known of it; the fields that are not named stay."""
    rights.require(asker, conference, rights.PREPARE)
    state = locked_state(conference)
    if state.phase in (Phase.OVER, Phase.ARCHIVED):
        raise Refusal(_("The conference is over; what was known of it then stays as it is."))
    said = checked(asker, facts)
    if said.get("published_only", state.published_only) != state.published_only:
        raise Refusal(_("Whether only published facts are kept is said when it is planned."), field="published_only")
    if state.published_only:
        _published(said.get("directives", state.directives))
    return book.write(asker, conference, EventKind.CHANGED, said)


def locked_state(conference: Conference) -> State:
    """The newest state, with the book locked until the transaction ends: what is checked by it still holds when the
    line is written."""
    book.locked(conference)
    return state_of(conference)


def checked(asker: Asker, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as they are kept; ``Refusal`` naming the field that cannot stand."""
    said: dict[str, Any] = {}
    for name, value in facts.items():
        if name in PLAIN:
            said[name] = _line(name, value)
        elif name in LISTS:
            said[name] = [line for one in value if (line := _line(name, one))]
            if len(said[name]) > MOST_NAMED:
                raise Refusal(_("At most %(n)d lines.") % {"n": MOST_NAMED}, field=name)
        elif name in FLAGS:
            said[name] = bool(value)
        elif name == "kind":
            said[name] = _one_of(name, value, ConferenceKind.values)
        elif name == "mode":
            said[name] = _one_of(name, value, Mode.values)
        elif name == "layout":
            said[name] = _one_of(name, value, ["state", "party"])
        elif name == "held_on":
            said[name] = value.isoformat() if isinstance(value, dt.date) else None
        elif name == "starts_at":
            said[name] = value.strftime("%H:%M") if isinstance(value, dt.time) else None
        elif name == "directives":
            said[name] = _directives(asker, value)
        else:
            raise Refusal(_("“%(name)s” is no field of a conference.") % {"name": name}, field=name)
    return said


def _line(name: str, value: Any) -> str:
    line = " ".join(typed(str(value or "")).split())
    if len(line) > LONGEST.get(name, 255):
        raise Refusal(_("At most %(longest)d characters.") % {"longest": LONGEST.get(name, 255)}, field=name)
    return line


def _published(directives: list[int]) -> None:
    """A conference of which only published facts are kept is seen by whoever may sign in: so it reviews only public
    directives of which that is so too."""
    if Document.objects.filter(pk__in=directives).exclude(public=True, published_only=True).exists():
        raise Refusal(
            _("Only published facts are kept of a conference over public directives, of which that is so too."),
            field="published_only",
        )


def _one_of(name: str, value: Any, values: list[str]) -> str:
    if value not in values:
        raise Refusal(
            _("“%(value)s” is none of: %(words)s.") % {"value": value, "words": ", ".join(values)}, field=name
        )
    return str(value)


def _directives(asker: Asker, ids: Any) -> list[int]:
    wanted = list(dict.fromkeys(int(one) for one in ids))
    seen = set(documents.visible_documents(asker).filter(pk__in=wanted).values_list("pk", flat=True))
    for one in wanted:
        if one not in seen:
            raise Refusal(_("This document is not in the register, or not yours to see."), field="directives")
    return wanted
