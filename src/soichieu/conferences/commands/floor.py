"""The conference under way: opened, the floor given, paused, ended, asked for; the roll-call; the hall screen; closed.

Whoever runs it writes; the secretary does so on the chair's behalf, and the line names both. ``seen`` is the position
of the state that the asker looked at: where somebody else moved the floor since, nothing is written and the message
says what holds now, so that one press is never taken for another.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.conferences import book, rights
from soichieu.conferences.commands.planning import locked_state
from soichieu.conferences.errors import MovedOn
from soichieu.conferences.kinds import AgendaKind, EventKind, ItemState, Mode, Phase, RequestState, RollBy, Screen
from soichieu.conferences.models import Conference, Event
from soichieu.conferences.state import Item, Site, State
from soichieu.documents.storing import new_key
from soichieu.language.text import typed
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import Asker

LONGEST = 2000
_FLOOR = (
    EventKind.FLOOR_GIVEN,
    EventKind.FLOOR_PAUSED,
    EventKind.FLOOR_RESUMED,
    EventKind.FLOOR_ENDED,
    EventKind.CLOSED,
)


@transaction.atomic
def open_conference(*, asker: Asker, conference: Conference) -> Event:
    """The chair opens. A conference in writing is opened too: what was sent in is then its statements."""
    rights.require(asker, conference, rights.RUN)
    state = locked_state(conference)
    if state.phase != Phase.PREPARING:
        raise MovedOn(_("The conference has been opened already."))
    if not state.agenda and state.mode == Mode.MEETING:
        raise Refusal(_("Set the agenda first: there is nobody to call."))
    return book.write(asker, conference, EventKind.OPENED)


@transaction.atomic
def close_conference(*, asker: Asker, conference: Conference, seen: int | None = None) -> Event:
    """The chair closes; whoever still has the floor ends."""
    rights.require(asker, conference, rights.RUN)
    state = _running(conference)
    _not_moved(conference, state, seen)
    return book.write(asker, conference, EventKind.CLOSED)


@transaction.atomic
def decide_recording(*, asker: Asker, conference: Conference, on: bool) -> Event:
    """The chair decides whether the conference is recorded. Until then nothing is (DESIGN §8)."""
    rights.require(asker, conference, rights.RUN)
    locked_state(conference)
    return book.write(asker, conference, EventKind.RECORDING, {"on": bool(on)})


@transaction.atomic
def give_floor(*, asker: Asker, conference: Conference, item: str, seen: int | None = None) -> Event:
    """Call a line of the agenda; whoever has the floor ends. One that is done may be called again."""
    rights.require(asker, conference, rights.RUN)
    state = _running(conference)
    _not_moved(conference, state, seen)
    wanted = _item(state, item)
    if wanted.state == ItemState.SPEAKING:
        raise MovedOn(_("“%(title)s” has the floor already.") % {"title": wanted.title})
    return book.write(asker, conference, EventKind.FLOOR_GIVEN, {"item": item})


@transaction.atomic
def call_next(*, asker: Asker, conference: Conference, seen: int | None = None) -> Event:
    """Call what the script says comes next."""
    rights.require(asker, conference, rights.RUN)
    state = _running(conference)
    _not_moved(conference, state, seen)
    following = state.following
    if following is None:
        raise Refusal(_("Nothing is left on the agenda."))
    return book.write(asker, conference, EventKind.FLOOR_GIVEN, {"item": following.key})


@transaction.atomic
def give_floor_to_site(
    *, asker: Asker, conference: Conference, site: str, request: str = "", minutes: int = 3, seen: int | None = None
) -> Event:
    """Give the floor outside the script: to a site that asked (``request``), or whom the chair calls. The line stands
    in the agenda from now on, as a discussion."""
    rights.require(asker, conference, rights.RUN)
    state = _running(conference)
    _not_moved(conference, state, seen)
    place = site_of(state, site)
    if request and (state.requests.get(request) is None or state.requests[request].state != RequestState.WAITING):
        raise MovedOn(_("This request was answered already."))
    if not 1 <= minutes <= 240:
        raise Refusal(_("Between 1 and 240 minutes."), field="minutes")
    return book.write(
        asker,
        conference,
        EventKind.FLOOR_GIVEN,
        {
            "item": new_key(), "kind": AgendaKind.DISCUSSION, "title": place.name, "minutes": minutes, "site": site,
            "statement": "", "speaker": "", "lead_in": "", "request": request,
        },
    )  # fmt: skip


def pause_floor(*, asker: Asker, conference: Conference, seen: int | None = None) -> Event:
    """The clock of whoever speaks stands still."""
    return _move(asker, conference, EventKind.FLOOR_PAUSED, (ItemState.SPEAKING,), seen)


def resume_floor(*, asker: Asker, conference: Conference, seen: int | None = None) -> Event:
    return _move(asker, conference, EventKind.FLOOR_RESUMED, (ItemState.PAUSED,), seen)


def end_floor(*, asker: Asker, conference: Conference, seen: int | None = None) -> Event:
    return _move(asker, conference, EventKind.FLOOR_ENDED, (ItemState.SPEAKING, ItemState.PAUSED), seen)


@transaction.atomic
def pass_over(*, asker: Asker, conference: Conference, item: str) -> Event:
    """A line of the script that will not be called."""
    rights.require(asker, conference, rights.RUN)
    state = _running(conference)
    if _item(state, item).state != ItemState.WAITING:
        raise MovedOn(_("This line of the agenda does not wait any more."))
    return book.write(asker, conference, EventKind.PASSED_OVER, {"item": item})


@transaction.atomic
def show(*, asker: Asker, conference: Conference, what: str, ref: str = "", directive: int | None = None) -> Event:
    """What stands on the hall screen: a figure or map at a cut (``ref``: its key), a sentence (``ref``: id of its
    identity), a conclusion (``ref``: key of the finding), the agenda, the speaker, the name."""
    rights.require(asker, conference, rights.RUN)
    state = locked_state(conference)
    if what not in Screen.values:
        raise Refusal(_("Choose what the hall shows."), field="what")
    if what in (Screen.FIGURE, Screen.MAP):
        cut = state.cuts.get(ref)
        if cut is None:
            raise Refusal(_("Choose one of the cuts of this conference: the hall shows no other figures."), field="ref")
        if cut.shown_from is not None and cut.shown_from > clock.today():
            raise Refusal(
                _("Each unit has its own figure for one working day before it is shown. It may be shown from %(day)s.")
                % {"day": f"{cut.shown_from:%-d-%-m-%Y}"},
                field="ref",
            )
    if what == Screen.CONCLUSION and ref not in state.conclusions:
        raise Refusal(_("Choose one of the conclusions of this conference."), field="ref")
    return book.write(asker, conference, EventKind.SCREEN, {"what": what, "ref": ref, "directive": directive})


@transaction.atomic
def call_roll(
    *, asker: Asker, conference: Conference, site: str, present: int, of: int | None = None, by: str = RollBy.SITE,
    remark: str = "",
) -> Event:  # fmt: skip
    """A site says how many are there: heads, no names. By telephone the secretary writes it."""
    state = locked_state(conference)
    place = site_of(state, site)
    if by == RollBy.TELEPHONE:
        rights.require(asker, conference, rights.PREPARE)
    else:
        rights.require_for_site(asker, conference, place)
    if by not in RollBy.values:
        raise Refusal(_("Say whether the site or the secretary wrote it."), field="by")
    if not 0 <= present <= 100_000:
        raise Refusal(_("How many are present: 0 or more."), field="present")
    if of is not None and not 0 <= of <= 100_000:
        raise Refusal(_("How many were expected: 0 or more."), field="of")
    _before_end(state)
    return book.write(
        asker, conference, EventKind.ROLL,
        {"site": site, "present": present, "of": of, "by": by, "remark": words(remark, "remark")},
    )  # fmt: skip


@transaction.atomic
def ask_floor(*, asker: Asker, conference: Conference, site: str, about: str = "") -> Event:
    """A site asks for the floor; one request of a site waits at a time."""
    state = _running(conference)
    rights.require_for_site(asker, conference, site_of(state, site))
    if any(one.site == site and one.state == RequestState.WAITING for one in state.requests.values()):
        raise MovedOn(_("This site has asked for the floor already, and waits."))
    return book.write(
        asker, conference, EventKind.FLOOR_ASKED, {"key": new_key(), "site": site, "words": words(about, "about")}
    )


@transaction.atomic
def withdraw_request(*, asker: Asker, conference: Conference, request: str) -> Event:
    """The site does not want the floor any more."""
    state = locked_state(conference)
    one = _waiting(state, request)
    rights.require_for_site(asker, conference, site_of(state, one.site))
    return book.write(
        asker, conference, EventKind.FLOOR_ANSWERED, {"key": request, "state": RequestState.WITHDRAWN, "reason": ""}
    )


@transaction.atomic
def decline_request(*, asker: Asker, conference: Conference, request: str, reason: str = "") -> Event:
    """The chair declines; the site is told why, and may send its words in writing."""
    rights.require(asker, conference, rights.RUN)
    state = locked_state(conference)
    _waiting(state, request)
    return book.write(
        asker, conference, EventKind.FLOOR_ANSWERED,
        {"key": request, "state": RequestState.DECLINED, "reason": words(reason, "reason")},
    )  # fmt: skip


def words(text: str, name: str, longest: int = LONGEST) -> str:
    """What somebody typed, its blanks at the ends left out; ``Refusal`` when it is too long to keep."""
    said = typed(text.replace("\r\n", "\n")).strip()
    if len(said) > longest:
        raise Refusal(_("At most %(longest)d characters.") % {"longest": longest}, field=name)
    return said


def site_of(state: State, key: str) -> Site:
    """A site of the conference; ``Refusal`` when there is none such."""
    site = state.sites.get(key)
    if site is None:
        raise Refusal(_("There is no such site in this conference."), field="site")
    return site


def _item(state: State, key: str) -> Item:
    item = state.item(key)
    if item is None:
        raise MovedOn(_("This line is not on the agenda any more."))
    return item


def _waiting(state: State, key: str) -> Any:
    request = state.requests.get(key)
    if request is None or request.state != RequestState.WAITING:
        raise MovedOn(_("This request was answered already."))
    return request


def _running(conference: Conference) -> State:
    state = locked_state(conference)
    if state.phase == Phase.PREPARING:
        raise Refusal(_("The conference has not been opened yet."))
    _before_end(state)
    return state


def _before_end(state: State) -> None:
    if state.phase in (Phase.OVER, Phase.ARCHIVED):
        raise MovedOn(_("The conference is over."))


def _not_moved(conference: Conference, state: State, seen: int | None) -> None:
    if seen is None or seen >= state.position:
        return
    if not conference.events.filter(position__gt=seen, kind__in=_FLOOR).exists():
        return
    current = state.current
    raise MovedOn(
        _("Somebody moved the floor meanwhile: now “%(title)s”. Look, and press again.")
        % {"title": current.title if current else "—"}
    )


@transaction.atomic
def _move(asker: Asker, conference: Conference, kind: str, from_states: tuple[str, ...], seen: int | None) -> Event:
    rights.require(asker, conference, rights.RUN)
    state = _running(conference)
    _not_moved(conference, state, seen)
    current = state.current
    if current is None or current.state not in from_states:
        raise MovedOn(_("Nobody has the floor in that way now."))
    return book.write(asker, conference, kind, {"item": current.key})
