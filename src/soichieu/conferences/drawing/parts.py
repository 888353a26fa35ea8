"""The parts of the four faces, registered with the live channel, and drawn by the pages themselves with what only they
know: who asks (his token against forged forms), what he had seen, and when it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from soichieu.conferences.drawing import hall
from soichieu.conferences.kinds import Phase, RequestState, Screen
from soichieu.conferences.live import faces
from soichieu.conferences.queries import glance, said
from soichieu.conferences.state import State
from soichieu.ledger import clock

Context = Callable[[State, "dt.datetime | None"], Mapping[str, Any]]


def _phase(state: State, now: dt.datetime | None) -> dict[str, Any]:
    today = now.astimezone(clock.ZONE).date() if now is not None else clock.today()
    return {"another_day": state.held_on is not None and state.held_on != today}


def _floor(state: State, now: dt.datetime | None) -> dict[str, Any]:
    return {"course": glance.course_of(state, now), "many": len(state.sites)}


def _requests(state: State, _now: dt.datetime | None) -> dict[str, Any]:
    return {"asking": [(one, state.sites.get(one.site)) for one in glance.asking(state)]}


def _roll(state: State, _now: dt.datetime | None) -> dict[str, Any]:
    roll = glance.roll_of(state)
    return {"roll": roll, "some": roll.missing[:8], "rest": max(0, len(roll.missing) - 8)}


def _screen(state: State, _now: dt.datetime | None) -> dict[str, Any]:
    cuts = list(state.cuts.values())[::-1]
    return {"cuts": cuts, "screen": state.screen, "plain": _PLAIN, "sentence": hall.sentence_shown(state)}


# What the hall shows without a choice, with the keys that show it.
_PLAIN = [(str(Screen.SPEAKER.value), Screen.SPEAKER.label, "1"), (str(Screen.AGENDA.value), Screen.AGENDA.label, "2"),
          (str(Screen.NAME.value), Screen.NAME.label, "3")]  # fmt: skip


def _conclusions(state: State, _now: dt.datetime | None) -> dict[str, Any]:
    found = said.conclusion_cards(state)
    return {
        "waiting": [one for one in found if one.waits and not one.withdrawn],
        "concluded": [one for one in found if one.concluded and not one.waits][::-1],
        "withdrawn": [one for one in found if one.withdrawn],
        "open": state.phase != Phase.ARCHIVED,
    }


def _concluded(state: State, _now: dt.datetime | None) -> dict[str, Any]:
    return {"cards": said.concluded_cards(state)[:12], "more": max(0, len(state.concluded) - 12)}


def _notes(state: State, now: dt.datetime | None) -> dict[str, Any]:
    who = {line.item.key: line.who for line in glance.course_of(state, now).lines}
    for one in state.statements.values():
        site = state.sites.get(one.site)
        who[one.key] = site.name if site is not None else one.subject
    return {"notes": [(note, who.get(note.item, "")) for note in state.notes[::-1]]}


def _findings(state: State, _now: dt.datetime | None) -> dict[str, Any]:
    return {"cards": [one for one in said.finding_cards(state) if not one.withdrawn]}


def _corrections(state: State, _now: dt.datetime | None) -> dict[str, Any]:
    found = [(one, state.sites.get(one.site), state.cuts.get(one.cut)) for one in state.corrections.values()]
    return {
        "waiting": [each for each in found if not each[0].answer],
        "answered": [each for each in found if each[0].answer][::-1],
    }


def _told(state: State, _now: dt.datetime | None) -> dict[str, Any]:
    """Marks of the sites that asked for something, the newest ones: where its own mark changes, the page of a site asks
    for its own part again. Its words stay with those who prepare; here is only that something changed."""
    marks: dict[str, list[str]] = {}
    for one in list(state.requests.values())[-60:]:
        marks.setdefault(one.site, []).append(f"{one.key[-5:]}{RequestState(one.state).value[0]}")
    for each in list(state.corrections.values())[-60:]:
        marks.setdefault(each.site, []).append(f"{each.key[-5:]}{'a' if each.answer else 'w'}")
    return {"marks": [(key, "".join(each)[-48:]) for key, each in sorted(marks.items())]}


_CONTEXTS: dict[str, Context] = {
    "phase": _phase,
    "floor": _floor,
    "speaking": _floor,
    "agenda": _floor,
    "queue": _floor,
    "requests": _requests,
    "roll": _roll,
    "screen": _screen,
    "conclusions": _conclusions,
    "wordings": _conclusions,
    "concluded": _concluded,
    "notes": _notes,
    "findings": _findings,
    "corrections": _corrections,
    "told": _told,
    "hall": hall.context,
}
PARTS: dict[str, tuple[str, ...]] = {
    "chair": ("phase", "floor", "requests", "agenda", "conclusions", "screen", "roll"),
    "site": ("speaking", "queue", "concluded", "told"),
    "hall": ("hall",),
    "secretary": ("speaking", "requests", "corrections", "wordings", "findings", "notes", "roll"),
}
"""The parts of each face, in the order in which they are sent."""


def draw(face: str, part: str, state: State, *, now: dt.datetime | None = None, **page: Any) -> str:
    """A part in the language that is active. ``now`` and ``page`` (csrf_token, seen): only when a page itself draws it;
    without them it comes out the same for everybody."""
    return render_to_string(
        f"conferences/faces/parts/{part}.html",
        {"state": state, "face": face, "now": now, **_CONTEXTS[part](state, now), **page},
    )


def _render(face: str, part: str) -> faces.Render:
    def render(state: State, language: str) -> str:
        with translation.override(language):
            return draw(face, part, state)

    return render


for _face, _names in PARTS.items():
    faces.register(_face, {name: _render(_face, name) for name in _names})
