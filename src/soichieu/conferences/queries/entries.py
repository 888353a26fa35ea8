"""The book of a conference as it is read: each line with what it is about, who wrote it, and on whose behalf."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from soichieu.conferences.kinds import EventKind, Screen
from soichieu.conferences.models import Conference, Event
from soichieu.conferences.papers import PaperKind
from soichieu.ledger import clock

K = EventKind
# What a line is about: (keys of its payload that name what an earlier line wrote, fields that say it in words).
_ABOUT: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    K.PLANNED: ((), ("title",)), K.CHANGED: ((), ("title",)), K.PREPARATION: (("key",), ("title",)),
    K.PREPARED: (("key",), ("note",)), K.SITE: (("key",), ("name",)), K.SITE_REMOVED: (("key",), ()),
    K.EXPECTED: (("site",), ()), K.ANSWERED: (("site", "key"), ("substitute",)), K.STATEMENT: (("key",), ("subject",)),
    K.STATEMENT_TEXT: (("key",), ("file_name",)), K.STATEMENT_REVIEWED: (("key",), ()), K.OWN_REVIEW: ((), ("label",)),
    K.CUT: ((), ("label",)), K.ROLL: (("site",), ("present",)), K.FLOOR_GIVEN: (("item",), ("title",)),
    K.FLOOR_PAUSED: (("item",), ()), K.FLOOR_RESUMED: (("item",), ()), K.FLOOR_ENDED: (("item",), ()),
    K.PASSED_OVER: (("item",), ()), K.FLOOR_ASKED: (("site",), ()), K.FLOOR_ANSWERED: (("key",), ()),
    K.CORRECTION_ASKED: (("site", "cut"), ()), K.CORRECTION_ANSWERED: (("key",), ()), K.SCREEN: (("ref",), ()),
    K.NOTED: (("item",), ()), K.PAPER: ((), ("label",)), K.NOTICE: ((), ("number",)), K.ARCHIVED: ((), ("receiver",)),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line of the book. ``happened_at``: when it took place; ``recorded_at``: when it was written; ``by``: the hand
    that wrote; ``on_behalf_of``: the post for which it wrote, empty where it wrote for itself."""

    position: int
    kind: str
    about: str
    happened_at: dt.datetime
    recorded_at: dt.datetime
    by: str
    on_behalf_of: str

    @property
    def label(self) -> str | Promise:
        return EventKind(self.kind).label

    def as_json(self) -> dict[str, Any]:
        return {
            "position": self.position, "kind": self.kind, "about": self.about or None,
            "happened_at": self.happened_at.astimezone(clock.ZONE).isoformat(),
            "recorded_at": self.recorded_at.astimezone(clock.ZONE).isoformat(),
            "by": self.by, "on_behalf_of": self.on_behalf_of or None,
        }  # fmt: skip


def lines_of(conference: Conference) -> list[Line]:
    """Every line in the order of the book. What a finding or a draft says is not told here: it has a page of its own,
    which asks who may read it."""
    names: dict[str, str] = {}
    found = []
    events = Event.objects.filter(conference=conference).select_related("on_behalf_of").order_by("position")
    for event in events:
        found.append(
            Line(
                event.position, event.kind, _about(event.kind, event.payload, names), event.happened_at,
                event.recorded_at, event.by, event.on_behalf_of.title if event.on_behalf_of else "",
            )
        )  # fmt: skip
    return found


def _about(kind: str, said: dict[str, Any], names: dict[str, str]) -> str:
    """What a line is about, in words that stand in it or in the lines before it; ``names`` learns from it."""
    keys, fields = _ABOUT.get(kind, ((), ()))
    before = [names[said[key]] for key in keys if said.get(key) in names]
    own = [str(said[field]) for field in fields if said.get(field) not in (None, "")]
    if kind == K.SCREEN:
        own = [str(Screen(said["what"]).label)]
    elif kind == K.PAPER:
        own.insert(0, str(PaperKind(said["what"]).label))
    elif kind == K.RECORDING:
        own = [_("it is recorded") if said["on"] else _("it is not recorded")]
    for one in (*said.get("items", ()), *said.get("expected", ())):
        names[one["key"]] = one.get("title") or one.get("post", "")
    if "key" in said and (own or before) and kind not in (K.ANSWERED, K.PREPARED, K.STATEMENT_TEXT):
        names[said["key"]] = (own or before)[0]
    if kind == K.FLOOR_GIVEN and own:
        names[said["item"]] = own[0]
    return " · ".join(dict.fromkeys([*before, *own]))
