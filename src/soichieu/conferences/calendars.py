"""A conference as iCalendar (RFC 5545): itself, the lines of its agenda, what is due for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from soichieu.conferences.models import Conference
from soichieu.conferences.queries.glance import course_of, planned_start
from soichieu.conferences.state import Site, State
from soichieu.ledger import clock

DOMAIN = "soichieu.invalid"  # RFC 2606: a name that is nobody's, so that our ids are no address of anyone


def calendar_of(conference: Conference, state: State, *, url: str, inside: bool, own: list[Site]) -> bytes:
    """The calendar of a conference. ``inside``: with what the preparation owes; else only what the own sites owe.

    All moments are in UTC, so that no table of zones has to travel with them; what is due on a day is a whole day.
    """
    made = Calendar()
    made.add("prodid", "-//Soi Chieu//Conferences//VI")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", state.title)
    stamp = clock.now()

    def add(key: str, words: str, **more: Any) -> None:
        event = Event()
        event.add("uid", f"{key}.{conference.key}@{DOMAIN}")
        event.add("dtstamp", stamp)
        event.add("sequence", state.position)
        event.add("summary", words)
        for name, value in more.items():
            if value not in (None, ""):
                event.add(name, value)
        made.add_component(event)

    _conference(add, state, url)
    _agenda(add, state, url)
    mine = {site.key for site in own}
    for one in state.statements.values():
        if one.due_on is not None and not one.edition and (inside or one.site in mine):
            site = state.sites.get(one.site)
            words = _("Text due: %(subject)s") % {"subject": one.subject}
            _due(add, f"statement-{one.key}", f"{words} ({site.name})" if site else words, one.due_on, url)
    if inside:
        for task in state.preparations.values():
            if task.due_on is not None and task.done_on is None:
                words = _("Due: %(task)s (%(owner)s)") % {"task": task.title, "owner": task.owner}
                _due(add, f"task-{task.key}", words, task.due_on, url)
    return bytes(made.to_ical())


def _conference(add: Callable[..., None], state: State, url: str) -> None:
    start = planned_start(state)
    if start is None:
        if state.held_on is not None:
            add("conference", state.title, dtstart=state.held_on, dtend=state.held_on + dt.timedelta(days=1),
                location=state.place, url=url)  # fmt: skip
        return
    minutes = sum(item.minutes for item in state.agenda if not item.unscripted) or 240
    add(
        "conference", state.title, dtstart=start.astimezone(dt.UTC),
        dtend=(start + dt.timedelta(minutes=minutes)).astimezone(dt.UTC), location=state.place, url=url,
        description=_("Chair: %(chair)s") % {"chair": state.chair} if state.chair else "",
    )  # fmt: skip


def _agenda(add: Callable[..., None], state: State, url: str) -> None:
    for line in course_of(state).lines:
        if line.planned_at is None:
            continue
        end = line.planned_at + dt.timedelta(minutes=line.item.minutes)
        said = [one for one in (line.site.name if line.site else "", line.item.speaker) if one]
        add(
            f"line-{line.item.key}", f"{line.number}. {line.item.title}", dtstart=line.planned_at.astimezone(dt.UTC),
            dtend=end.astimezone(dt.UTC), description="; ".join(said), url=url,
        )  # fmt: skip


def _due(add: Callable[..., None], key: str, words: str, on: dt.date, url: str) -> None:
    add(key, words, dtstart=on, dtend=on + dt.timedelta(days=1), transp="TRANSPARENT", url=url)
