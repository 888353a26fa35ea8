"""The agenda: set as a whole by somebody who says which state was looked at; lines added, a standard one offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.conferences import book
from soichieu.conferences.commands.base import in_office_words, line_of, minutes_of, preparing, text_of
from soichieu.conferences.errors import MovedOn
from soichieu.conferences.kinds import AgendaKind, EventKind, ItemState, Review
from soichieu.conferences.models import Conference, Event
from soichieu.conferences.state import Item, State, Statement
from soichieu.documents.storing import new_key
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import Asker

MOST_LINES = 400
# The course of a review conference; statements stand between the reports and the discussion.
USUAL: tuple[tuple[str, int], ...] = (
    (AgendaKind.OPENING, 10), (AgendaKind.CENTRAL_REPORT, 25), (AgendaKind.BREAK, 15), (AgendaKind.DISCUSSION, 30),
    (AgendaKind.CONCLUSION, 20), (AgendaKind.CLOSING, 5),
)  # fmt: skip
WITH_SENIORS: tuple[tuple[str, int], ...] = ((AgendaKind.DIRECTING_SPEECH, 20), (AgendaKind.REPLY, 5))
# What other events of the book change in the agenda: since one of them, a form that was open shows another agenda.
MOVES_AGENDA = (
    EventKind.AGENDA, EventKind.FLOOR_GIVEN, EventKind.PASSED_OVER, EventKind.SITE_REMOVED,
)  # fmt: skip


@transaction.atomic
def set_agenda(
    *, asker: Asker, conference: Conference, items: Sequence[Mapping[str, Any]], seen: int | None = None
) -> Event:
    """Set all lines in their order: {key (empty: a new line), kind, title, minutes, site, statement, speaker, lead_in}.

    ``seen``: the position of the state that the asker looked at; ``MovedOn`` when the agenda changed since. What has
    had the floor stays as it was. Raises ``Refusal`` whose field is ``<name>-<place from 0>``.
    """
    state = preparing(asker, conference)
    _agenda_unmoved(conference, state, seen)
    if len(items) > MOST_LINES:
        raise Refusal(_("At most %(n)d lines.") % {"n": MOST_LINES}, field="items")
    lines, taken = [], set()
    for place, one in enumerate(items):
        line = _line(state, one, place)
        if line["statement"] and line["statement"] in taken:
            raise Refusal(_("This statement stands in the agenda twice."), field=f"statement-{place}")
        taken.add(line["statement"])
        lines.append(line)
    return book.write(asker, conference, EventKind.AGENDA, {"items": lines})


@transaction.atomic
def add_line(
    *, asker: Asker, conference: Conference, kind: str, minutes: Any, title: str = "", site: str = "",
    speaker: str = "", lead_in: str = "", before: str = "",
) -> Event:  # fmt: skip
    """A further line, before another one (its key) or at the end."""
    state = preparing(asker, conference)
    line = {"kind": kind, "title": title, "minutes": minutes, "site": site, "speaker": speaker, "lead_in": lead_in}
    try:
        made = _line(state, line, 0)
    except Refusal as wrong:
        raise Refusal(str(wrong), field=(wrong.field or "").removesuffix("-0")) from wrong
    lines = [as_line(item) for item in state.agenda]
    at = next((place for place, item in enumerate(state.agenda) if item.key == before), len(lines))
    return set_agenda(asker=asker, conference=conference, items=[*lines[:at], made, *lines[at:]])


@transaction.atomic
def put_statements(*, asker: Asker, conference: Conference, statements: Sequence[str] = ()) -> Event:
    """Put statements into the agenda, in the order given; none named: all spoken ones that were accepted, reserves left
    out. They stand after the last statement, else before the first break, discussion or conclusion."""
    state = preparing(asker, conference)
    there = {item.statement for item in state.agenda if item.statement}
    wanted = list(statements) or [
        one.key
        for one in state.statements.values()
        if one.review == Review.ACCEPTED and not one.reserve and one.delivery == "spoken"
    ]
    lines = [as_line(item) for item in state.agenda]
    made = []
    for key in wanted:
        statement = state.statements.get(key)
        if statement is None:
            raise MovedOn(_("There is no such statement in this conference."))
        if statement.review == Review.RETURNED:
            raise Refusal(_("“%(subject)s” was returned for mending.") % {"subject": statement.subject})
        if key not in there:
            made.append(line_of_statement(state, statement))
    if not made:
        raise Refusal(_("Nothing to put in: no further statement was accepted."))
    at = _place_of_statements(state)
    return set_agenda(asker=asker, conference=conference, items=[*lines[:at], *made, *lines[at:]])


@transaction.atomic
def offer_usual(*, asker: Asker, conference: Conference) -> Event:
    """The usual course where there is no agenda yet, with the statements accepted so far; all of it can be changed."""
    state = preparing(asker, conference)
    if state.agenda:
        raise MovedOn(_("There is an agenda already."))
    centre = next((site.key for site in state.ordered_sites if not site.parent), "")
    kinds = list(USUAL)
    if state.seniors:
        kinds[-2:-2] = WITH_SENIORS
    spoken = [one for one in state.statements.values() if one.delivery == "spoken" and not one.reserve]
    accepted = [line_of_statement(state, one) for one in spoken if one.review == Review.ACCEPTED]
    lines: list[dict[str, Any]] = []
    for kind, minutes in kinds:
        if kind == AgendaKind.BREAK:
            lines += accepted
        lines.append({
            "key": "", "kind": kind, "title": "", "minutes": minutes, "statement": "", "lead_in": "",
            "site": "" if kind == AgendaKind.BREAK else centre, "speaker": _usual_speaker(state, kind),
        })  # fmt: skip
    return set_agenda(asker=asker, conference=conference, items=lines)


def line_of_statement(state: State, statement: Statement) -> dict[str, Any]:
    """A statement as a line of the agenda."""
    site = state.sites.get(statement.site)
    return {
        "key": "", "kind": AgendaKind.STATEMENT, "title": statement.subject, "minutes": statement.minutes,
        "site": statement.site, "statement": statement.key, "lead_in": "",
        "speaker": statement.author or (site.chair if site else ""),
    }  # fmt: skip


def as_line(item: Item) -> dict[str, Any]:
    """A line as ``set_agenda`` takes it."""
    return {
        "key": item.key, "kind": item.kind, "title": item.title, "minutes": item.minutes, "site": item.site,
        "statement": item.statement, "speaker": item.speaker, "lead_in": item.lead_in,
    }  # fmt: skip


def _usual_speaker(state: State, kind: str) -> str:
    if kind in (AgendaKind.OPENING, AgendaKind.CONCLUSION, AgendaKind.REPLY):
        return state.chair
    if kind == AgendaKind.DIRECTING_SPEECH:
        return state.seniors[0] if state.seniors else ""
    return ""


def _line(state: State, one: Mapping[str, Any], place: int) -> dict[str, Any]:
    kind, site, statement = str(one.get("kind", "")), str(one.get("site") or ""), str(one.get("statement") or "")
    if kind not in AgendaKind.values:
        raise Refusal(_("Choose what kind of line it is."), field=f"kind-{place}")
    if statement and statement not in state.statements:
        raise Refusal(_("There is no such statement in this conference."), field=f"statement-{place}")
    if statement:
        site = state.statements[statement].site
    if site and site not in state.sites:
        raise Refusal(_("There is no such site in this conference."), field=f"site-{place}")
    title = line_of(one.get("title"), f"title-{place}")
    if not title:
        if kind in (AgendaKind.STATEMENT, AgendaKind.SUMMARY):
            raise Refusal(_("Say what it is about."), field=f"title-{place}")
        title = in_office_words(lambda: AgendaKind(kind).label).capitalize()
    return {
        "key": str(one.get("key") or "") or new_key(), "kind": kind, "title": title,
        "minutes": minutes_of(one.get("minutes"), f"minutes-{place}"), "site": site, "statement": statement,
        "speaker": line_of(one.get("speaker"), f"speaker-{place}"),
        "lead_in": text_of(one.get("lead_in"), f"lead_in-{place}"),
    }  # fmt: skip


def _place_of_statements(state: State) -> int:
    last = [place for place, item in enumerate(state.agenda) if item.kind == AgendaKind.STATEMENT]
    if last:
        return last[-1] + 1
    after = (
        AgendaKind.BREAK, AgendaKind.DISCUSSION, AgendaKind.AWARDS, AgendaKind.DIRECTING_SPEECH, AgendaKind.CONCLUSION,
        AgendaKind.CLOSING,
    )  # fmt: skip
    waiting = [
        place for place, item in enumerate(state.agenda) if item.kind in after and item.state == ItemState.WAITING
    ]
    return waiting[0] if waiting else len(state.agenda)


def _agenda_unmoved(conference: Conference, state: State, seen: int | None) -> None:
    if seen is None or seen >= state.position:
        return
    if conference.events.filter(position__gt=seen, kind__in=MOVES_AGENDA).exists():
        raise MovedOn(
            _("Somebody changed the agenda meanwhile. What you typed stands below; look at the agenda, and save again.")
        )
