"""What changed between two states of knowledge: the same day looked at, known at two moments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from soichieu.board.queries.cut import Cut, cut_of
from soichieu.board.queries.history import who_wrote
from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.ledger.fold import Answer
from soichieu.ledger.fold import states as st
from soichieu.ledger.kinds import Ladder
from soichieu.ledger.models import POSITION_BITS, Entry
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of

Pairs = Callable[[Answer, Answer], np.ndarray]

# code → which obligations: (then, now) of one book.
KINDS: dict[str, Pairs] = {
    "done": lambda then, now: (now.lifecycle == st.DO) & (then.lifecycle != st.DO),
    "undone": lambda then, now: (now.lifecycle != st.DO) & (then.lifecycle == st.DO),
    "verified": lambda then, now: (now.verification == st.V_VERIFIED) & (then.verification != st.V_VERIFIED),
    "reported": lambda then, now: (
        np.isin(now.lifecycle, (st.AC, st.SU)) & ~np.isin(then.lifecycle, (st.AC, st.SU, st.DO))
    ),
    "returned": lambda then, now: (now.lifecycle == st.RE) & (then.lifecycle != st.RE),
    "deadline": lambda then, now: (now.current != then.current) & (then.lifecycle != st.AB) & (now.lifecycle != st.AB),
    "given": lambda then, now: (now.lifecycle != st.AB) & (then.lifecycle == st.AB),
    "left": lambda then, now: (
        np.isin(now.lifecycle, (st.WA, st.SS, st.AB)) & ~np.isin(then.lifecycle, (st.WA, st.SS, st.AB))
    ),
}


def words_of(kind: str) -> str:
    return {
        "done": _("done"),
        "undone": _("no longer done"),
        "verified": _("verified"),
        "reported": _("reported or submitted"),
        "returned": _("returned"),
        "deadline": _("with another deadline"),
        "given": _("newly given"),
        "left": _("waived, superseded or voided"),
    }[kind]


@dataclass
class Change:
    """How many tasks changed in one way; ``units``: names of the first of them; ``bad``: something no longer stands."""

    kind: str
    words: str
    many: int
    units: str
    bad: bool


@dataclass
class Difference:
    """A ladder whose n was another when known earlier."""

    label: str
    n_then: int | None
    of_then: int
    n_now: int | None
    of_now: int


TOLD = 50


@dataclass
class Told:
    """A line that was recorded after the day looked at, although it is about that day or one before: who wrote it."""

    entry: Entry
    unit: str
    who: str


@dataclass
class Learnt:
    """What was learnt about a day after it: lines recorded later, and the ladders that look different for it."""

    moment: dt.datetime
    lines: int
    differences: list[Difference]
    told: list[Told]
    """Those lines themselves, the last recorded first, at most ``TOLD`` of them."""

    @property
    def most(self) -> int:
        """How many are told at most, where there are more."""
        return TOLD if self.lines > TOLD else 0


def mask_of_change(asker: Asker, directive: Document, cut: Cut, since: dt.datetime, kind: str) -> np.ndarray:
    """Which obligations of the columns changed in one way since a moment of knowledge."""
    then = cut_of(asker, directive, replace(cut.question, known_at=since))
    now, before = cut.answer, then.answer
    if len(now.lifecycle) != len(before.lifecycle):  # the book grew between the two: what is new was absent
        return np.zeros(len(now.lifecycle), bool)
    mine = np.zeros(len(now.lifecycle), bool)
    mine[cut.rows] = True
    mine[then.rows] = True
    return mine & KINDS[kind](before, now) & (now.columns.whole < 0)


def changes_since(asker: Asker, directive: Document, cut: Cut, since: dt.datetime) -> list[Change]:
    """Every way in which something changed, the broken first."""

    def make() -> list[tuple[str, int, list[int]]]:
        found = []
        for kind in ("undone", "returned", "done", "verified", "reported", "deadline", "given", "left"):
            rows = np.flatnonzero(mask_of_change(asker, directive, cut, since, kind))
            if len(rows):
                units = list(dict.fromkeys(cut.answer.columns.first_unit[rows[:200]].tolist()))
                found.append((kind, len(rows), units))
        return found

    out = []
    for kind, many, units in cut.remembered(("changes", since), make):
        names = name_of(units[:2], cut.question.as_at, short=True)
        said = ", ".join(names[unit] for unit in units[:2])
        if len(units) > 2:
            said = _("%(names)s and others") % {"names": said}
        out.append(Change(kind, words_of(kind), many, said, kind in ("undone", "returned")))
    return out


def learnt_later(asker: Asker, directive: Document, cut: Cut) -> Learnt | None:
    """What the same board would have said at the end of the day looked at, where that is another answer."""
    end = clock.end_of(cut.question.as_at)
    known = cut.question.known_at or timezone.now()
    if end >= known or cut.question.as_at >= clock.today():
        return None

    def make() -> tuple[list[int], Cut]:
        then = cut_of(asker, directive, replace(cut.question, known_at=end))
        return _lines_later(cut, then, end), then

    lines, then = cut.remembered(("learnt", end), make)
    if not lines:
        return None
    differences = []
    for ladder in Ladder.values:
        now, before = cut.count(ladder), then.count(ladder)
        if (now.n, now.of) != (before.n, before.of):
            differences.append(Difference(str(Ladder(ladder).label), before.n, before.of, now.n, now.of))
    return Learnt(end, len(lines), differences, _told(lines[:TOLD], cut.question.as_at))


def _told(keys: list[int], on: dt.date) -> list[Told]:
    parts = ("obligation", "person", "post", "on_behalf_of")
    found = sorted(Entry.objects.filter(pk__in=keys).select_related(*parts), key=lambda one: keys.index(one.pk))
    units = {one.obligation.unit_id for one in found}
    units |= {post.unit_id for one in found for post in (one.post, one.on_behalf_of) if post}
    names = name_of(units, on)
    return [Told(one, names.get(one.obligation.unit_id, ""), who_wrote(one, names)) for one in found]


def _lines_later(cut: Cut, then: Cut, end: dt.datetime) -> list[int]:
    """Lines about visible tasks that happened by the day looked at and were recorded after it, and those that voided
    such a line since; the last written first, of each its key. A voiding happens on a day of its own, and still
    changes what is known of the day of the line that it names."""
    columns = cut.answer.columns
    mine = np.zeros(len(columns.ids), bool)
    mine[cut.rows] = True
    day = (cut.question.as_at - dt.date(1970, 1, 1)).days
    at = np.flatnonzero((columns.day <= day) & mine[columns.obligation])
    chains = columns.chain[columns.obligation[at]].astype(np.int64)
    now, before = np.zeros(len(at), np.int64), np.zeros(len(at), np.int64)
    for chain in np.unique(chains).tolist():
        now[chains == chain] = cut.answer.known.get(chain, 0)
        before[chains == chain] = then.answer.known.get(chain, 0)
    position, voided = columns.position[at].astype(np.int64), columns.void_at[at].astype(np.int64)
    late = (columns.recorded[at] > int(end.timestamp() * 1_000_000)) & (position <= now)
    gone = (voided > before) & (voided <= now)
    keys = np.concatenate(
        [(chains[late] << POSITION_BITS) + position[late], (chains[gone] << POSITION_BITS) + voided[gone]]
    )
    return np.unique(keys)[::-1].tolist()


def threads_of(cut: Cut, most: int = 16) -> list[tuple[dt.date, dt.date]]:
    """(day, day of recording) of some lines of the cut: the latest ones, the delayed before the prompt."""

    def make() -> list[tuple[dt.date, dt.date]]:
        columns = cut.answer.columns
        mine = np.zeros(len(columns.ids), bool)
        mine[cut.rows] = True
        step = max(1, len(columns.day) // 200_000)
        at = np.arange(0, len(columns.day), step)
        at = at[mine[columns.obligation[at]]]
        day = (cut.question.as_at - dt.date(1970, 1, 1)).days
        at = at[columns.day[at] <= day]
        recorded = ((columns.recorded[at] // 1_000_000 + 7 * 3600) // 86_400).astype(np.int64)
        near = columns.day[at] > day - 240
        at, recorded = at[near], recorded[near]
        pairs = np.unique(np.stack([columns.day[at].astype(np.int64), recorded], axis=1), axis=0)
        lag = pairs[:, 1] - pairs[:, 0] if len(pairs) else np.empty(0, np.int64)
        slow = np.argsort(-lag, kind="stable")[: most // 2]
        even = np.linspace(0, len(pairs) - 1, most // 2).astype(int) if len(pairs) else np.empty(0, int)
        chosen = np.unique(np.concatenate([slow, even]))
        epoch = dt.date(1970, 1, 1)
        return [
            (epoch + dt.timedelta(days=int(a)), epoch + dt.timedelta(days=int(b))) for a, b in pairs[chosen].tolist()
        ]

    return cut.remembered("threads", make)
