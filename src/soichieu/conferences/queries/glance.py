"""What the faces show of a state: the lines of the agenda with their times, who comes when, and the roll-call.

Nothing here reads a database, and nothing depends on the moment of drawing unless ``now`` is given: a part of a page
that is drawn once for all who look must come out the same for the same state.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from soichieu.conferences.kinds import AgendaKind, Delivery, ItemState, Phase, RequestState
from soichieu.conferences.state import Item, Request, Site, State
from soichieu.language.text import fold
from soichieu.ledger import clock


def in_ms(moment: dt.datetime | None) -> str:
    """A moment as a script reads it, in milliseconds of 1970: plain digits, no separators of a language."""
    return "" if moment is None else str(round(moment.timestamp() * 1000))


@dataclass(frozen=True)
class Line:
    """A line of the agenda. ``spent``, ``planned``, ``over``: seconds. ``planned_at``: when it begins by the plan;
    ``expected_at``: when it begins by what has happened so far (only of lines that wait). ``written``: its statement is
    sent in writing, so nobody is called for it."""

    item: Item
    number: int
    site: Site | None
    spent: int
    planned: int
    planned_at: dt.datetime | None
    expected_at: dt.datetime | None
    written: bool = False

    @property
    def over(self) -> int:
        """How many seconds more than planned it took, so far."""
        return max(0, self.spent - self.planned)

    @property
    def left(self) -> int:
        return max(0, self.planned - self.spent)

    @property
    def before(self) -> int:
        """Seconds of its spans that have ended: what a running clock starts from."""
        return round(sum((until - since).total_seconds() for since, until in self.item.spans if until is not None))

    @property
    def since_ms(self) -> str:
        """The moment since which its clock runs, in milliseconds of 1970 for a script; empty while it stands."""
        return in_ms(self.item.running_since)

    @property
    def expected_ms(self) -> str:
        return in_ms(self.expected_at)

    @property
    def who(self) -> str:
        """Who has the floor: the site that speaks, or of the chair's own lines what they are."""
        if self.site is not None and self.item.kind in (AgendaKind.STATEMENT, AgendaKind.DISCUSSION):
            return self.site.name
        return self.item.title

    @property
    def what(self) -> str:
        """About what, or who speaks there; empty where it says no more than :attr:`who`."""
        others = [self.item.title, self.item.speaker] if self.who != self.item.title else [self.item.speaker]
        return " · ".join(one for one in others if one and one != self.who)

    @property
    def kind(self) -> str:
        return str(AgendaKind(self.item.kind).label)

    @property
    def state(self) -> str:
        return str(ItemState(self.item.state).label)

    @property
    def begun_at(self) -> dt.datetime | None:
        return self.item.spans[0][0] if self.item.spans else None

    @property
    def waits(self) -> bool:
        return self.item.state == ItemState.WAITING

    @property
    def speaks(self) -> bool:
        return self.item.state in (ItemState.SPEAKING, ItemState.PAUSED)


@dataclass(frozen=True)
class Course:
    """The agenda as it goes: its lines, who has the floor, who is next, when the one who speaks ends by plan, and how
    many seconds later than planned the next one begins (None where no time was planned)."""

    lines: list[Line]
    current: Line | None
    following: Line | None
    ends_at: dt.datetime | None
    delay: int | None

    @property
    def ends_ms(self) -> str:
        return in_ms(self.ends_at)

    @property
    def waiting(self) -> list[Line]:
        """The lines that wait, in the order in which they will be called."""
        found = [(one.expected_at, one.number, one) for one in self.lines if one.expected_at is not None]
        return [one for _at, _number, one in sorted(found, key=lambda each: each[:2])]


def planned_start(state: State) -> dt.datetime | None:
    """When the conference begins by its plan, in the instance's zone."""
    if state.held_on is None or state.starts_at is None:
        return None
    return dt.datetime.combine(state.held_on, state.starts_at, clock.ZONE)


def course_of(state: State, now: dt.datetime | None = None) -> Course:
    """The agenda as it goes. Without ``now`` a running clock is taken at its start, and nothing is late yet."""
    # What was not called when the chair closed is not next: nothing is.
    current, following = state.current, state.following if state.phase in (Phase.PREPARING, Phase.OPEN) else None
    anchor = _ends(state, current)
    if now is not None and anchor is not None and state.phase == Phase.OPEN:
        anchor = max(anchor, now)
    expected: dict[str, dt.datetime] = {}
    if anchor is not None:
        at = anchor
        for item in _order(state, following):
            expected[item.key] = at
            at += dt.timedelta(minutes=item.minutes)
    planned: dict[str, dt.datetime] = {}
    at_plan = planned_start(state)
    if at_plan is not None:
        for item in state.agenda:
            if not item.unscripted:
                planned[item.key] = at_plan
                at_plan += dt.timedelta(minutes=item.minutes)
    lines = [
        Line(
            item, number, state.sites.get(item.site),
            item.seconds(now or item.running_since or item.spans[-1][0]) if item.spans else 0,
            item.minutes * 60, planned.get(item.key), expected.get(item.key),
            bool(item.statement in state.statements and state.statements[item.statement].delivery == Delivery.WRITTEN),
        )
        for number, item in enumerate(state.agenda, start=1)
    ]  # fmt: skip
    by_key = {one.item.key: one for one in lines}
    after = by_key[following.key] if following else None
    delay = None
    if after is not None and after.planned_at is not None and after.expected_at is not None:
        delay = round((after.expected_at - after.planned_at).total_seconds())
    return Course(lines, by_key[current.key] if current else None, after, anchor, delay)


def _order(state: State, following: Item | None) -> list[Item]:
    """The lines that wait, as ``following`` will name them one after the other."""
    waiting = [one for one in state.agenda if one.state == ItemState.WAITING]
    if following is None:
        return []
    at = waiting.index(following)
    return waiting[at:] + waiting[:at]


def _ends(state: State, current: Item | None) -> dt.datetime | None:
    """When whoever has the floor ends by plan; where nobody has it, since when it is free."""
    if current is not None and current.spans:
        since, until = current.spans[-1]
        before = sum(((end - begin).total_seconds() for begin, end in current.spans[:-1] if end is not None), 0.0)
        if until is not None:
            before += (until - since).total_seconds()
        left = dt.timedelta(seconds=max(0.0, current.minutes * 60 - before))
        return (since if until is None else until) + left
    ended = [until for item in state.agenda for _since, until in item.spans if until is not None]
    if ended:
        return max(ended)
    return state.opened_at or planned_start(state)


@dataclass(frozen=True)
class Roll:
    """The roll-call: n of N sites have answered, and heads present of heads expected where both are known."""

    sites: int
    answered: int
    present: int | None
    expected: int | None
    counted: int
    missing: list[Site]

    @property
    def parts(self) -> dict[str, int]:
        return {"ok": self.answered}


def roll_of(state: State) -> Roll:
    """Sites that answered and those that did not. Heads are added only over sites that said both numbers: what is
    missing is not zero."""
    sites = state.ordered_sites
    answered = [one for one in sites if one.present is not None]
    both = [one for one in answered if one.expected_heads is not None]
    return Roll(
        sites=len(sites),
        answered=len(answered),
        present=sum(one.present or 0 for one in answered) if answered else None,
        expected=sum(one.expected_heads or 0 for one in both) if both and len(both) == len(answered) else None,
        counted=len(both),
        missing=[one for one in sites if one.present is None],
    )


def sites_like(state: State, words: str = "", *, missing: bool = False) -> list[Site]:
    """The sites whose name holds every word, written without tones too, in the order of introduction."""
    wanted = fold(words).split()
    return [
        site
        for site in state.ordered_sites
        if (not missing or site.present is None) and all(one in fold(site.name) for one in wanted)
    ]


def asking(state: State) -> list[Request]:
    """The requests for the floor that wait, the oldest first."""
    return [one for one in state.requests.values() if one.state == RequestState.WAITING]


def place_of(state: State, site: Site) -> int:
    """The number of a site in the order of introduction, from 1."""
    return state.ordered_sites.index(site) + 1
