"""What every command of the preparation begins with, and the checks that several share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.translation import gettext as _

from soichieu.conferences import rights
from soichieu.conferences.commands.planning import locked_state
from soichieu.conferences.errors import MovedOn
from soichieu.conferences.kinds import Phase
from soichieu.conferences.models import Conference
from soichieu.conferences.state import State
from soichieu.language.text import typed
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import Asker

NAME = 255
WORDS = 4000


def preparing(asker: Asker, conference: Conference) -> State:
    """The newest state, its book locked, for somebody who may prepare; refused when the conference is over."""
    rights.require(asker, conference, rights.PREPARE)
    state = locked_state(conference)
    before_end(state)
    return state


def before_end(state: State) -> None:
    """Refuse once the conference is over: what was prepared stays as it was."""
    if state.phase in (Phase.OVER, Phase.ARCHIVED):
        raise MovedOn(_("The conference is over; what was prepared for it stays as it was."))


def line_of(text: Any, field: str, *, needed: bool = False, longest: int = NAME) -> str:
    """One line of what somebody typed, its blanks tidied."""
    said = " ".join(typed(str(text or "")).split())
    if needed and not said:
        raise Refusal(_("This is needed."), field=field)
    if len(said) > longest:
        raise Refusal(_("At most %(longest)d characters.") % {"longest": longest}, field=field)
    return said


def text_of(text: Any, field: str, *, longest: int = WORDS) -> str:
    """What somebody typed over several lines."""
    said = typed(str(text or "").replace("\r\n", "\n")).strip()
    if len(said) > longest:
        raise Refusal(_("At most %(longest)d characters.") % {"longest": longest}, field=field)
    return said


def minutes_of(minutes: Any, field: str = "minutes", *, least: int = 1, most: int = 240) -> int:
    """A length in whole minutes."""
    try:
        said = int(minutes)
    except (TypeError, ValueError) as wrong:
        raise Refusal(_("Whole minutes, please."), field=field) from wrong
    if not least <= said <= most:
        raise Refusal(_("Between %(least)d and %(most)d minutes.") % {"least": least, "most": most}, field=field)
    return said


def link_of(address: Any, field: str = "join_link") -> str:
    """A link that a browser may follow: http or https with a host, nothing else."""
    said = str(address or "").strip()
    if not said:
        return ""
    try:
        parts = urlsplit(said)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and not any(c.isspace() for c in said)
    except ValueError:
        fits = False
    if not fits or len(said) > 2000:
        raise Refusal(_("A join link begins with https:// or http:// and names a host."), field=field)
    return said


def in_office_words(words: Callable[[], Any]) -> str:
    """Words of ours that go into the book: in Vietnamese, whichever language the asker reads the pages in."""
    with translation.override("vi"):
        return str(words())
