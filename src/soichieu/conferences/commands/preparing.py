"""The preparation: tasks with owner and day, a standard set of them, and the invitations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from soichieu.conferences import book, rules
from soichieu.conferences.commands.base import in_office_words, line_of, preparing, text_of
from soichieu.conferences.errors import MovedOn
from soichieu.conferences.kinds import EventKind, Mode
from soichieu.conferences.models import Conference, Event
from soichieu.conferences.state import State
from soichieu.documents.storing import new_key
from soichieu.language.calendar import WorkingCalendar
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import Asker
from soichieu.web.dates import write_day

INVITATIONS = "invitations"


@dataclass(frozen=True)
class Standard:
    """A task of the standard set: how many working days before the conference it is due. ``meeting``: not asked of a
    conference in writing alone."""

    key: str
    title: object
    owner: object
    days: int
    meeting: bool = False


# From the usage of ministries' organising plans; the days of the invitations are those of the rule file.
STANDARD = (
    Standard("plan", gettext_lazy("Organising plan of the conference"), gettext_lazy("the office"), 20),
    Standard("committee", gettext_lazy("Organising committee and its sub-committees"), gettext_lazy("the office"), 18),
    Standard("report", gettext_lazy("Central report"), gettext_lazy("the content sub-committee"), 7),
    Standard("statements", gettext_lazy("Statements reviewed and ordered"), gettext_lazy("the content sub-committee"),
             5),
    Standard(INVITATIONS, gettext_lazy("Invitations and summons"), gettext_lazy("the office"), -1),
    Standard("documents", gettext_lazy("Documents sent to the sites"), gettext_lazy("the office"), 3),
    Standard("conclusions", gettext_lazy("Draft conclusions and running script"),
             gettext_lazy("the content sub-committee"), 2),
    Standard("rehearsal", gettext_lazy("Technical rehearsal with all sites"), gettext_lazy("the technical team"), 1,
             True),
)  # fmt: skip


@transaction.atomic
def write_task(
    *, asker: Asker, conference: Conference, title: str, owner: str, due_on: dt.date | None = None, key: str = ""
) -> Event:
    """Write a task of the preparation, or write it anew (``key``); what was done of it stays done."""
    state = preparing(asker, conference)
    if key and key not in state.preparations:
        raise MovedOn(_("There is no such task of the preparation any more."))
    _not_after(state, due_on)
    return book.write(
        asker, conference, EventKind.PREPARATION,
        {
            "key": key or new_key(), "title": line_of(title, "title", needed=True),
            "owner": line_of(owner, "owner", needed=True), "due_on": due_on.isoformat() if due_on else None,
        },
    )  # fmt: skip


@transaction.atomic
def finish_task(*, asker: Asker, conference: Conference, key: str, done_on: dt.date | None, note: str = "") -> Event:
    """A task is done on a day, or (``done_on`` None) not done after all."""
    state = preparing(asker, conference)
    if key not in state.preparations:
        raise MovedOn(_("There is no such task of the preparation any more."))
    if done_on is not None and done_on > clock.today():
        raise Refusal(_("This day has not come yet."), field="done_on")
    return book.write(
        asker, conference, EventKind.PREPARED,
        {"key": key, "done_on": done_on.isoformat() if done_on else None, "note": text_of(note, "note", longest=500)},
    )  # fmt: skip


@transaction.atomic
def offer_standard(*, asker: Asker, conference: Conference) -> list[Event]:
    """Write the standard set with its days; what stands there already is left as it is."""
    state = preparing(asker, conference)
    if state.held_on is None:
        raise Refusal(_("Say first on which day the conference is held."))
    written = []
    for one in standard_for(state):
        if one.key in state.preparations:
            continue
        payload = {
            "key": one.key, "title": in_office_words(partial(str, one.title)),
            "owner": in_office_words(partial(str, one.owner)),
            "due_on": standard_day(one, state.held_on).isoformat(),
        }  # fmt: skip
        written.append(book.write(asker, conference, EventKind.PREPARATION, payload))
    return written


def standard_for(state: State) -> list[Standard]:
    """The standard set of this conference: one in writing alone needs no rehearsal."""
    return [one for one in STANDARD if not (one.meeting and state.mode == Mode.WRITING)]


def standard_day(one: Standard, held_on: dt.date) -> dt.date:
    """Until when a task of the standard set is due, in working days before the conference."""
    if one.days < 0:
        return rules.last_day_before(one.key, held_on)
    return WorkingCalendar.load().add_working_days(held_on, -one.days)


@transaction.atomic
def invite(*, asker: Asker, conference: Conference, on: dt.date) -> Event:
    """The invitations went out on a day. A day too late is refused, or only said, as the rule file has it; the task of
    the invitations is done with it."""
    state = preparing(asker, conference)
    if on > clock.today():
        raise Refusal(_("This day has not come yet."), field="on")
    late = invitations_late(state, on)
    if late and rules.rule(INVITATIONS).refuses:
        raise Refusal(late, field="on")
    event = book.write(asker, conference, EventKind.INVITED, {"on": on.isoformat()})
    task = state.preparations.get(INVITATIONS)
    if task is not None and task.done_on is None:
        event = book.write(
            asker, conference, EventKind.PREPARED, {"key": INVITATIONS, "done_on": on.isoformat(), "note": ""}
        )
    return event


def last_day_of_invitations(state: State) -> dt.date | None:
    """The last day on which invitations lawfully go out."""
    return rules.last_day_before(INVITATIONS, state.held_on) if state.held_on else None


def invitations_late(state: State, on: dt.date | None) -> str:
    """What is to be said when invitations go out on ``on``: empty when in time, else the last lawful day and the legal
    basis."""
    last = last_day_of_invitations(state)
    if last is None or on is None or on <= last:
        return ""
    asked = rules.rule(INVITATIONS)
    return _(
        "Invitations go out at least %(n)d working days before the conference, here by %(last)s (%(basis)s)."
        " %(on)s is later."
    ) % {"n": asked.working_days, "last": write_day(last), "basis": asked.legal_basis, "on": write_day(on)}


def _not_after(state: State, due_on: dt.date | None) -> None:
    if due_on is not None and state.held_on is not None and due_on > state.held_on:
        raise Refusal(
            _("The conference is held on %(day)s; what prepares it is due by then.")
            % {"day": write_day(state.held_on)},
            field="due_on",
        )
