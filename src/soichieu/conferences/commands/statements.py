"""Statements: commissioned of a site, registered with their text, reviewed. One sent in writing counts like one
spoken."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.conferences import book, rights
from soichieu.conferences.commands.base import before_end, line_of, minutes_of, preparing, text_of
from soichieu.conferences.commands.floor import site_of
from soichieu.conferences.commands.planning import locked_state
from soichieu.conferences.errors import MovedOn
from soichieu.conferences.kinds import Delivery, EventKind, Mode, Review
from soichieu.conferences.models import Conference, Event
from soichieu.conferences.state import State, Statement
from soichieu.documents import files
from soichieu.documents.storing import new_key
from soichieu.documents.told import unreadable as why_unreadable
from soichieu.language.text import typed
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import Asker
from soichieu.reading import UnreadableFile
from soichieu.reading import read_bytes as read_file_bytes
from soichieu.reading.errors import ZIP_FAULTS
from soichieu.web.dates import write_day

SUFFIXES = (".docx", ".pdf", ".txt")
LONGEST_TEXT = 200_000
SYLLABLES_A_MINUTE = 130
"""How quickly a prepared Vietnamese text is read aloud, in written syllables: an estimate, said as one."""


@transaction.atomic
def commission(
    *, asker: Asker, conference: Conference, site: str, subject: str, minutes: Any, due_on: dt.date | None = None,
    reserve: bool = False, author: str = "", key: str = "",
) -> Event:  # fmt: skip
    """Commission a statement of a site, or change what was commissioned (``key``); its text stays."""
    state = preparing(asker, conference)
    if key and key not in state.statements:
        raise MovedOn(_("There is no such statement in this conference."))
    site_of(state, site)
    if due_on is not None and state.held_on is not None and due_on > state.held_on:
        raise Refusal(
            _("The conference is held on %(day)s; the text is due by then.") % {"day": write_day(state.held_on)},
            field="due_on",
        )
    return book.write(
        asker, conference, EventKind.STATEMENT,
        {
            "key": key or new_key(), "site": site, "subject": line_of(subject, "subject", needed=True),
            "minutes": minutes_of(minutes), "due_on": due_on.isoformat() if due_on else None, "reserve": bool(reserve),
            "author": line_of(author, "author"),
        },
    )  # fmt: skip


@transaction.atomic
def register_text(
    *, asker: Asker, conference: Conference, statement: str, text: str = "", file: tuple[bytes, str] | None = None,
    delivery: str = "", author: str = "", seen: int | None = None,
) -> Event:  # fmt: skip
    """The text of a statement, typed or from a file (bytes, name): by its site, or by whoever prepares the conference.
    The file is kept by its content; each text is an edition of its own, and a new one waits for its review again.
    What differs in nothing from the one that stands is refused: its review would be lost for nothing.

    ``seen``: the edition that the asker had before; ``MovedOn`` when another came meanwhile.
    """
    state = locked_state(conference)
    one = statement_of(state, statement)
    rights.require_for_site(asker, conference, site_of(state, one.site))
    before_end(state)
    if seen is not None and seen != one.edition:
        raise MovedOn(_("Another text of this statement was registered meanwhile. Look at it, and send yours again."))
    delivery = delivery or (Delivery.WRITTEN if state.mode == Mode.WRITING else one.delivery)
    if delivery not in Delivery.values:
        raise Refusal(_("Say whether it is spoken or sent in writing."), field="delivery")
    words, stored, name = (
        _of_file(file) if file is not None else (text_of(text, "text", longest=LONGEST_TEXT), None, "")
    )
    if not words:
        raise Refusal(_("Type the text, or choose its file."), field="text")
    words, author = typed(words), line_of(author, "author")
    if one.edition and _nothing_new(one, words, stored, delivery, author):
        raise Refusal(
            _(
                "This is the text that is registered already, word for word; nothing was sent, and its review stands."
                " Change the text, or choose another file."
            ),
            field="text" if file is None else "file",
        )
    return book.write(
        asker, conference, EventKind.STATEMENT_TEXT,
        {"key": statement, "text": words, "file": stored, "file_name": name, "delivery": delivery, "author": author},
    )  # fmt: skip


def _nothing_new(one: Statement, words: str, stored: str | None, delivery: str, author: str) -> bool:
    """Whether what is sent says what stands: an edition of it would only make a reviewed text wait again."""
    if delivery != one.delivery or (author and author != one.author) or (stored and stored != one.file):
        return False
    return words == one.text


@transaction.atomic
def review(
    *, asker: Asker, conference: Conference, statement: str, review: str, note: str = "", seen: int | None = None
) -> Event:
    """The committee accepts a registered text, or returns it with what is to be mended. ``seen``: its edition."""
    state = preparing(asker, conference)
    one = statement_of(state, statement)
    if not one.edition:
        raise Refusal(_("Its text is not registered yet."))
    if seen is not None and seen != one.edition:
        raise MovedOn(_("A newer text was registered meanwhile. Read it first."))
    if review not in Review.values:
        raise Refusal(_("Accept it, or return it."), field="review")
    note = text_of(note, "note", longest=2000)
    if review == Review.RETURNED and not note:
        raise Refusal(_("Say what is to be mended."), field="note")
    return book.write(
        asker, conference, EventKind.STATEMENT_REVIEWED, {"key": statement, "review": review, "note": note}
    )


def statement_of(state: State, key: str) -> Statement:
    """A statement of the conference; ``MovedOn`` when there is none such."""
    one = state.statements.get(key)
    if one is None:
        raise MovedOn(_("There is no such statement in this conference."))
    return one


def syllables(text: str) -> int:
    """How many written syllables a text has: what stands between blanks and holds a letter or a figure."""
    return sum(any(character.isalnum() for character in word) for word in text.split())


def estimated_minutes(text: str) -> int:
    """In how many whole minutes a text is read aloud, rounded up; 0 for an empty one."""
    return -(-syllables(text) // SYLLABLES_A_MINUTE)


def has_macros(data: bytes) -> bool:
    """Whether a Word file carries a program. One that came so is not handed on to all who read the statement."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return any(PurePosixPath(name.lower()).name.startswith("vba") for name in parts.namelist())
    except ZIP_FAULTS:
        return False


def _of_file(file: tuple[bytes, str]) -> tuple[str, str, str]:
    """The words of a file, the key of its stored bytes, its name."""
    data, name = file
    if PurePosixPath(name.lower()).suffix not in SUFFIXES:
        raise Refusal(_("A statement comes as .docx, .pdf or .txt."), field="file")
    if has_macros(data):
        raise Refusal(
            _("The file carries a program (macros). Save it as a Word document without macros, and send that."),
            field="file",
        )
    try:
        words = read_file_bytes(data, name).text.strip()
        if len(words) > LONGEST_TEXT:
            raise Refusal(_("At most %(longest)d characters.") % {"longest": LONGEST_TEXT}, field="file")
        stored = files.store(data, name)
    except UnreadableFile as wrong:
        raise Refusal(why_unreadable(wrong), field="file") from wrong
    except ValidationError as wrong:
        raise Refusal(" ".join(wrong.messages), field="file") from wrong
    return words, stored.pk, stored.name
