"""What is noted while the conference goes: speeches, findings said in them, figures that a site wants looked at again.

A finding is a thing of its own (``soichieu.findings``); the book of the conference says only that it was written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.conferences import book, rights
from soichieu.conferences.commands.floor import site_of, words
from soichieu.conferences.commands.planning import locked_state
from soichieu.conferences.errors import MovedOn
from soichieu.conferences.kinds import EventKind, Phase
from soichieu.conferences.models import Conference, Event
from soichieu.conferences.occasions import occasion_of
from soichieu.conferences.state import Correction, Item, State, Statement
from soichieu.documents.storing import new_key
from soichieu.findings.commands import raise_finding
from soichieu.findings.models import Finding
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import Asker

LONGEST_NOTE = 20_000


@transaction.atomic
def note_speech(*, asker: Asker, conference: Conference, item: str, text: str) -> Event:
    """Note what was said in a line of the agenda, or stands in a statement sent in writing (``item``: its key); several
    notes of one line stand one after the other.

    Notes may still be written when the conference is over: the secretary completes them from what was written by hand.
    A form that was sent twice notes once.
    """
    rights.require(asker, conference, rights.PREPARE)
    state = _begun(conference)
    said_in(state, item)
    said = words(text, "text", LONGEST_NOTE)
    if not said:
        raise Refusal(_("Write down what was said."), field="text")
    last = state.notes[-1] if state.notes else None
    if last is not None and (last.item, last.words) == (item, said):
        return conference.events.get(position=last.position)
    return book.write(asker, conference, EventKind.NOTED, {"item": item, "words": said})


@transaction.atomic
def find(
    *,
    asker: Asker,
    conference: Conference,
    kind: str,
    text: str,
    item: str = "",
    units: Sequence[int] = (),
    own: bool = False,
    **fields: Any,
) -> Finding:
    """Write a result, shortcoming, lesson or proposal that was said in a line of the agenda, or stands in a statement
    sent in writing (``item``: the key of either). ``fields``: as of ``findings.commands.raise_finding``.

    ``own``: the unit whose site spoke says it of itself. Raises ``Refusal`` naming the field, and ``Forbidden``.
    """
    rights.require(asker, conference, rights.PREPARE)
    state = locked_state(conference)
    if state.phase == Phase.ARCHIVED:
        raise Refusal(_("The file of the conference was handed to the archive; nothing is added to it."))
    said = said_in(state, item)
    author_unit, author = _author(state, said)
    if own and author_unit is None:
        raise Refusal(_("Choose what a unit's site said or sent in writing: the unit says it of itself."), field="own")
    finding = raise_finding(
        asker=asker, holder_unit_id=conference.unit_id, kind=kind, words=text, occasion=occasion_of(conference, state),
        on=min(state.held_on or clock.today(), clock.today()), units=[author_unit] if own and author_unit else units,
        author_unit=author_unit, author=fields.pop("author", "") or author, own=own,
        statement=named_in(said), **fields,
    )  # fmt: skip
    book.write(asker, conference, EventKind.FINDING, {"finding": finding.key})
    return finding


@transaction.atomic
def ask_correction(*, asker: Asker, conference: Conference, site: str, text: str, cut: str = "") -> Event:
    """A site asks that a figure of its own at a cut be looked at again. It says what is wrong, and by which paper."""
    state = locked_state(conference)
    rights.require_for_site(asker, conference, site_of(state, site))
    if state.phase == Phase.ARCHIVED:
        raise Refusal(_("The file of the conference was handed to the archive; nothing is added to it."))
    if cut and cut not in state.cuts:
        raise Refusal(_("Choose one of the cuts of this conference."), field="cut")
    said = words(text, "text")
    if not said:
        raise Refusal(_("Say which figure is wrong, and by which paper it is seen."), field="text")
    for one in state.corrections.values():
        if (one.site, one.words) == (site, said) and not one.answer:
            raise MovedOn(_("This was asked already, and waits for an answer."))
    return book.write(
        asker, conference, EventKind.CORRECTION_ASKED, {"key": new_key(), "site": site, "cut": cut, "words": said}
    )


@transaction.atomic
def answer_correction(*, asker: Asker, conference: Conference, correction: str, text: str, mended: bool) -> Event:
    """Answer a site: ``mended`` when the book was put right (by an act in the ledger: nothing is changed here), and
    what was found either way."""
    rights.require(asker, conference, rights.PREPARE)
    state = locked_state(conference)
    one: Correction | None = state.corrections.get(correction)
    if one is None or one.answer:
        raise MovedOn(_("This was answered already."))
    said = words(text, "text")
    if not said:
        raise Refusal(_("Say what was found."), field="text")
    return book.write(
        asker, conference, EventKind.CORRECTION_ANSWERED, {"key": correction, "answer": said, "mended": bool(mended)}
    )


def said_in(state: State, key: str) -> Item | Statement | None:
    """Where something was said: a line of the agenda, or a statement sent in writing, which counts like one spoken.
    None for an empty key; ``MovedOn`` when there is no such place (any more)."""
    if not key:
        return None
    line = state.item(key)
    if line is not None:
        return line
    statement = state.statements.get(key)
    if statement is None or not statement.edition:
        raise MovedOn(_("This line is not on the agenda any more."))
    return statement


def named_in(said: Item | Statement | None) -> str:
    """The key by which a finding names where it was said: of a line that calls a statement, the statement."""
    if said is None:
        return ""
    return (said.statement or said.key) if isinstance(said, Item) else said.key


def _author(state: State, said: Item | Statement | None) -> tuple[int | None, str]:
    """Who spoke or wrote: the unit of the site, and the post or site named there."""
    if said is None:
        return None, ""
    site = state.sites.get(said.site)
    if isinstance(said, Item):
        called = state.statements.get(said.statement)
        author, title = said.speaker or (called.author if called else ""), said.title
    else:
        author, title = said.author, said.subject
    return (site.unit if site else None), author or (site.chair or site.name if site else "") or title


def _begun(conference: Conference) -> State:
    state = locked_state(conference)
    if state.phase == Phase.PREPARING:
        raise Refusal(_("The conference has not been opened yet."))
    if state.phase == Phase.ARCHIVED:
        raise Refusal(_("The file of the conference was handed to the archive; nothing is added to it."))
    return state
