"""What stands on the hall screen: who speaks and for how long, and what the chair shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from soichieu.conferences.kinds import ItemState, Screen
from soichieu.conferences.queries import figures, glance, said
from soichieu.conferences.state import State
from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.web import instance_flags

FEW, MANY = 44, 87
"""How many units the strip shows large, in two rows, and one by one at all, in three; more are counted by their
signs."""
NAMED = (4, 2)
"""How many late units are named: without the strip on two lines, beside it on one."""


def sentence_shown(state: State) -> figures.Sentence | None:
    """The sentence on the screen, if one is."""
    return figures.sentence_of(state.screen.ref) if state.screen.what == Screen.SENTENCE else None


def context(state: State, now: dt.datetime | None = None) -> dict[str, Any]:
    """Everything the hall screen needs, for the one thing that it shows."""
    course = glance.course_of(state, now)
    shown = state.screen
    found: dict[str, Any] = {
        "course": course,
        "place": glance.place_of(state, course.current.site) if course.current and course.current.site else None,
        "many": len(state.sites),
        "what": str(shown.what),
        "demonstration": instance_flags.is_demonstration(),
        "directives": list(Document.objects.filter(pk__in=state.directives)),
    }
    if shown.what in (Screen.FIGURE, Screen.MAP):
        cut = figures.shown_cut(state, shown)
        if cut is None or not figures.may_show(state, cut, clock.today()):
            found["what"] = str(Screen.NAME.value)
        elif shown.what == Screen.FIGURE:
            found["figure"] = figures.figure_of(state, cut)
        else:
            found |= _strip(state, cut)
    elif shown.what == Screen.SENTENCE:
        found["sentence"] = sentence_shown(state)
        found["size"] = size_of(found["sentence"].text if found["sentence"] else "")
    elif shown.what == Screen.CONCLUSION:
        card = next(iter(said.cards(state, [shown.ref])), None)
        found["card"] = card
        found["size"] = size_of(card.standing.words if card else "")
    elif shown.what == Screen.AGENDA:
        found["lines"] = _around(course)
    return found


def _strip(state: State, cut: Any) -> dict[str, Any]:
    tiles = figures.strip_of(state, cut)
    counts: dict[str, int] = {}
    for tile in tiles:
        counts[tile.sign.code] = counts.get(tile.sign.code, 0) + 1
    wrong = [tile for tile in tiles if tile.sign.code in ("overdue", "returned")]
    signs = [(tile.sign, counts[tile.sign.code]) for tile in {one.sign.code: one for one in tiles}.values()]
    order = list(figures.SIGNS)
    named = NAMED[len(tiles) <= MANY]
    return {
        "cut": cut,
        "document": Document.objects.get(pk=cut.directive),
        "tiles": tiles if len(tiles) <= MANY else [],
        "size": "few" if len(tiles) <= FEW else "many",
        "signs": sorted(signs, key=lambda pair: order.index(pair[0].code)),
        "units": len(tiles),
        "wrong": wrong[:named],
        "wrong_rest": max(0, len(wrong) - named),
    }


def size_of(text: str) -> str:
    """How large a text may stand so that all of it fits the screen."""
    for size, longest in (("xl", 110), ("l", 230), ("m", 420), ("s", 700)):
        if len(text) <= longest:
            return size
    return "xs"


def _around(course: glance.Course) -> list[glance.Line]:
    """The lines of the agenda around the one that has the floor: as many as the screen holds."""
    lines = course.lines
    begun = [at for at, one in enumerate(lines) if one.item.state != ItemState.WAITING]
    first = max(0, min((begun[-1] if begun else 0) - 2, len(lines) - 9))
    return lines[first : first + 9]
