"""The oracle: what is true of every obligation, in plain Python, from docs/ledger.md sections 2 to 7 alone.

Its author has not read the fold. It is written to be checked against the page line by line; where the page leaves
something open, ``READING n`` says how it is read here, and docs/simulator.md lists them.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from tests.simulator.rule import ADVANCE, HOLDER_OF_STATE, LIFECYCLE, NO, REMEMBERED, STATES, STAYS

Known = Mapping[int, int] | dt.datetime | None


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation: what of it never changes. ``part_of``: the id of the whole."""

    id: int
    chain: int
    requirement: int
    unit: int
    ladder: str
    closing: str
    period: str = ""
    part_of: int | None = None
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """An entry, with the fields of section 1 that a fold may read."""

    chain: int
    position: int
    obligation: int
    kind: str
    happened_on: dt.date
    recorded_at: dt.datetime
    deadline: dt.date | None = None
    choice: str = ""
    unit: int | None = None
    paper: bool = True
    voids: int | None = None


@dataclass(slots=True)
class Cell:
    """What is shown of one obligation. ``days_late``, ``timeliness``: against the current deadline; ``_original``: the
    original one. ``clock``: calendar days by holder of the work, up to the as at, without holders of no day."""

    state: str = "AB"
    timeliness: str = "no_deadline"
    timeliness_original: str = "no_deadline"
    verification: str = "none"
    holder_id: int | None = None
    claim_day: dt.date | None = None
    done_day: dt.date | None = None
    original_deadline: dt.date | None = None
    current_deadline: dt.date | None = None
    days_late: int = 0
    days_late_original: int = 0
    clock: dict[str, int] = field(default_factory=dict)
    directly: bool = False
    request: str = "none"
    flagged: int = 0

    @property
    def lifecycle(self) -> str:
        return STATES[self.state]


def row_of(line: Line, duty: Duty) -> str:
    """Section 3, "Which row an entry takes"."""
    kind = line.kind
    if kind == "opened" and line.choice == "published_only":
        return "opened, published_only"
    if kind in ("issued", "claimed"):
        return f"{kind}, closing" if duty.closing == kind and line.paper else f"{kind}, claiming"
    if (
        kind == "responded"
        and line.choice == "directly"
        and duty.ladder == "made_concrete"
        and duty.closing == "issued"
    ):
        return "responded, closing" if line.paper else "responded, claiming"
    if kind == "accepted" and not line.paper:
        return "accepted, without paper"
    if kind == "extended" and line.deadline is None:
        return "extended, without a date"
    return kind


def counting(lines: Iterable[Line], as_at: dt.date, known: int) -> list[Line]:
    """Section 2: the entries of one obligation that count and change something, in their order."""
    heard = [line for line in lines if line.position <= known]
    voidings = [line for line in heard if line.kind == "voided"]
    voided = {v.voids for v in voidings if v.voids is not None and v.position > v.voids}
    left = [
        line for line in heard if line.kind != "voided" and line.position not in voided and line.happened_on <= as_at
    ]
    return sorted(left, key=lambda line: (line.happened_on, line.position))


class _Run:
    """One obligation while its entries are taken in order (sections 3, 4 and 5)."""

    def __init__(self, duty: Duty) -> None:
        self.duty = duty
        self.cell = Cell()
        self.remembered = ""
        self.with_whom = ""  # whose the clock is; empty before it starts
        self.since: dt.date | None = None

    def take(self, line: Line) -> None:
        cell = self.cell
        before = cell.state
        code = LIFECYCLE[row_of(line, self.duty)][before]
        if code == NO:
            cell.flagged += 1
            return
        if code == REMEMBERED:
            after = self.remembered
        elif code == STAYS:
            after = before
        else:
            after = code
        if line.kind in ("suspended", "waived") and before != "SP":
            self.remembered = before
        cell.state = after
        if after == "DO" and before != "DO":
            cell.done_day = line.happened_on
        elif after != "DO":
            cell.done_day = None
        self._effects(line, before, after)
        self._move_the_clock(line, before, after)

    def _effects(self, line: Line, before: str, after: str) -> None:
        """The table of section 4, row by row."""
        cell, kind = self.cell, line.kind
        if kind == "opened":
            cell.holder_id = line.unit
            cell.original_deadline = cell.current_deadline = line.deadline
            self._no_claim("none")
            cell.request = "none"
        if kind in ("reassigned", "transferred"):
            cell.holder_id = line.unit
        if kind in ("responded", "issued", "claimed") and after != before and after in ("AC", "DO"):
            cell.claim_day = line.happened_on
            cell.verification = "claimed"
            cell.directly = kind == "responded"
        if kind == "accepted" and cell.verification not in ("verified", "not_confirmed"):
            cell.verification = "accepted"
        if kind == "verified":
            cell.verification = "not_confirmed" if line.choice == "not_confirmed" else "verified"
        if kind == "returned":
            self._no_claim("none")
            if line.deadline is not None:
                cell.current_deadline = line.deadline
        if kind == "reversed":
            self._no_claim("reversed")
        if kind == "reopened" and before == "DO":
            self._no_claim("none")
        if kind == "extended":
            cell.current_deadline = line.deadline
        if kind == "declined":
            cell.request = "decline"
        if kind == "extension_asked":
            cell.request = "extension"
        if kind in ("acknowledged", "extended", "reassigned", "returned", "suspended", "waived", "superseded"):
            cell.request = "none"

    def _no_claim(self, verification: str) -> None:
        self.cell.claim_day = None
        self.cell.verification = verification
        self.cell.directly = False

    def _move_the_clock(self, line: Line, before: str, after: str) -> None:
        if line.kind == "handed":
            self._clock_to(line.choice, line.happened_on)
        elif after != before:
            self._clock_to(HOLDER_OF_STATE[after], line.happened_on)
        elif line.kind == "reassigned" and before in ("NS", "ND", "IP", "RE"):
            self._clock_to("lead", line.happened_on)

    def _clock_to(self, holder: str, day: dt.date) -> None:
        self._count_to(day)
        self.with_whom, self.since = holder, day

    def _count_to(self, day: dt.date) -> None:
        if self.since is not None and day > self.since:
            clock = self.cell.clock
            clock[self.with_whom] = clock.get(self.with_whom, 0) + (day - self.since).days

    def finish(self, as_at: dt.date) -> Cell:
        cell = self.cell
        self._count_to(as_at)
        cell.timeliness, cell.days_late = timeliness(cell, cell.current_deadline, as_at)
        cell.timeliness_original, cell.days_late_original = timeliness(cell, cell.original_deadline, as_at)
        if cell.state == "ND":
            cell.verification = "no_published_data"
        return cell


def timeliness(cell: Cell, deadline: dt.date | None, as_at: dt.date) -> tuple[str, int]:
    """Section 6: the first line that fits, and days late."""
    if cell.state == "ND":
        return "no_published_data", 0
    if cell.state in ("SP", "WA", "SS"):
        return "stopped", 0
    if deadline is None:
        return "no_deadline", 0
    if cell.state in ("DO", "AC"):
        word = "done" if cell.state == "DO" else "claimed"
        claim_day = cell.claim_day
        assert claim_day is not None, "a state DO or AC without a claim day"
        return (f"{word}_in_time", 0) if claim_day <= deadline else (f"{word}_late", (claim_day - deadline).days)
    if as_at > deadline:
        return "overdue", (as_at - deadline).days
    return ("due_soon", 0) if (deadline - as_at).days <= 7 else ("not_due", 0)


def own_cell(duty: Duty, lines: Iterable[Line], as_at: dt.date, known: int) -> Cell:
    """Sections 2 to 6 for one obligation, as if it had no parts."""
    run = _Run(duty)
    for line in counting(lines, as_at, known):
        run.take(line)
    return run.finish(as_at)


def with_parts(whole: Cell, parts: Mapping[int, Cell]) -> Cell:
    """Section 7: what a whole shows. ``parts``: cell of each part by obligation number."""
    if whole.state == "AB" or all(cell.state == "AB" for cell in parts.values()):
        return whole
    live = {number: cell for number, cell in parts.items() if cell.state not in ("WA", "SS", "AB")}
    if live:
        governing = min(
            live,
            key=lambda number: (
                ADVANCE.index(live[number].state),
                -(live[number].claim_day or dt.date.min).toordinal(),
                number,
            ),
        )
    else:
        state = "WA" if any(cell.state == "WA" for cell in parts.values()) else "SS"
        governing = min(number for number, cell in parts.items() if cell.state == state)
    shown = parts[governing]
    # READING 1: holder, clock, directly, request and flagged lines stay the whole's own.
    return replace(
        whole,
        state=shown.state,
        timeliness=shown.timeliness,
        timeliness_original=shown.timeliness_original,
        verification=shown.verification,
        claim_day=shown.claim_day,
        done_day=shown.done_day,
        original_deadline=shown.original_deadline,
        current_deadline=shown.current_deadline,
        days_late=shown.days_late,
        days_late_original=shown.days_late_original,
    )


class Oracle:
    """A whole book. Give it obligations and entries as they come; ask it any question (as at, as known)."""

    def __init__(self) -> None:
        self.duties: dict[int, Duty] = {}
        self.lines: dict[int, list[Line]] = {}  # by obligation, in the order of section 2
        self.parts: dict[int, list[int]] = {}
        self.moments: dict[int, list[dt.datetime]] = {}  # by chain: recorded_at of position 1, 2, …

    def add_duty(self, duty: Duty) -> None:
        self.duties[duty.id] = duty
        self.lines[duty.id] = []
        if duty.part_of is not None:
            self.parts.setdefault(duty.part_of, []).append(duty.id)

    def add(self, line: Line) -> None:
        """Raises ValueError when the chain has a gap or its time goes backwards: then the book itself is broken."""
        moments = self.moments.setdefault(line.chain, [])
        if line.position != len(moments) + 1:
            raise ValueError(f"chain {line.chain}: position {line.position} follows {len(moments)}")
        if moments and line.recorded_at < moments[-1]:
            raise ValueError(f"chain {line.chain}: position {line.position} was recorded before the one before it")
        moments.append(line.recorded_at)
        bisect.insort(self.lines[line.obligation], line, key=lambda other: (other.happened_on, other.position))

    def positions(self, known: Known) -> dict[int, int]:
        """Section 2: a moment is the last position recorded no later than it; None is everything."""
        if known is None:
            return {chain: len(moments) for chain, moments in self.moments.items()}
        if isinstance(known, dt.datetime):
            return {chain: bisect.bisect_right(moments, known) for chain, moments in self.moments.items()}
        return dict(known)

    def own_cells(self, as_at: dt.date, known: Known = None) -> dict[int, Cell]:
        positions = self.positions(known)
        return {
            number: own_cell(duty, self.lines[number], as_at, positions.get(duty.chain, 0))
            for number, duty in self.duties.items()
        }

    def cells(self, as_at: dt.date, known: Known = None) -> dict[int, Cell]:
        """Every cell as shown, parts and wholes, by obligation number."""
        return self.shown(self.own_cells(as_at, known))

    def shown(self, own: Mapping[int, Cell]) -> dict[int, Cell]:
        """What obligations show, from their own cells: a whole shows its governing part (section 7)."""
        shown = dict(own)
        for whole, parts in self.parts.items():
            shown[whole] = with_parts(own[whole], {number: own[number] for number in parts})
        return shown
