"""Decides the steps of a history from its seed: what the writer is told, and what must then stand in the book.

Decisions are drawn from the seed and from the book as it stands, in order of opening and never by numbers of the
database, so that one seed plays the same history on either engine, wherever the kills fall.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from tests.simulator.book import Book, Expected, Wanted
from tests.simulator.lines import KINDS, SIGNED_ON, Lines
from tests.simulator.oracle import Cell, Duty, Line, own_cell
from tests.simulator.others import OFFICERS, by_post, refused
from tests.simulator.world import ROOT, World

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
BEGIN = dt.datetime(2025, 1, 6, 2, 0, tzinfo=dt.UTC)
DIRECTIVES = ("90-NQ/TW", "91-KH/BO", "92/TB-BO")
LADDERS = ("disseminated", "made_concrete", "held_up", "carried_out", "checked", "reviewed", "made_concrete")
CLOSINGS = ("issued", "claimed", "accepted")
REQUIREMENTS = 24

Command = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One requirement as the driver knows it."""

    id: int
    chain: int
    ladder: str
    closing: str
    standing: bool


@dataclass(frozen=True)
class Step:
    name: str
    command: Command
    expected: Expected
    now: dt.datetime
    kill: float | None = None  # from 0 (at once) to 1 (most often just after the answer)


class Player:
    """The whole history. ``first_steps`` sets the stage; then ``next`` as often as wanted."""

    def __init__(self, seed: int, book: Book, steps: int) -> None:
        self.rng = random.Random(seed)
        self.book, self.oracle, self.steps = book, book.oracle, steps
        self.base, self.set_back = BEGIN, dt.timedelta()
        self.today = BEGIN.date()
        self.world = World(self.rng, dt.date(2024, 1, 1))
        self.lines = Lines(self.rng, BEGIN.date() - dt.timedelta(days=30))
        self.units: dict[str, int] = {}
        self.codes: dict[int, str] = {}
        self.asked: list[Asked] = []
        self.queue: list[Callable[[], Step | None]] = []
        self.crash_at = self.rng.randint(130, 250)

    # --- The stage ------------------------------------------------------------------------------------------------

    def set_units(self, units: dict[str, int]) -> None:
        self.units = units
        self.codes = {number: code for code, number in units.items()}

    def staff_command(self) -> Command:
        posts = [["chi-dao", ROOT, "steering_office"], ["quan-sat", ROOT, "observer"]]
        posts += [[f"can-bo-{code}", code, "staff_officer"] for code in OFFICERS]
        return {"do": "staff", "posts": posts, "from": "2024-01-01"}

    def direct_command(self) -> Command:
        return {"do": "direct", "issuer": ROOT, "numbers": DIRECTIVES, "signed_on": SIGNED_ON.isoformat()}

    def requirements(self) -> list[list[Any]]:
        """[number, code, ladder, closing, standing] of each."""
        wanted: list[list[Any]] = []
        for at in range(REQUIREMENTS):
            # Every fourth may be carried out by following the superior's plan, which has rows of its own.
            ladder, closing = LADDERS[at % len(LADDERS)], CLOSINGS[(at // 3) % 3]
            if (ladder, closing) == ("held_up", "claimed"):
                ladder = "carried_out"  # closed by a registered review alone, and reviews are not played here
            if at % 4 == 0:
                ladder, closing = "made_concrete", "issued"
            wanted.append([DIRECTIVES[at % 3], f"R{at + 1}", ladder, closing, at % 12 == 11])
        return wanted

    # --- Time -----------------------------------------------------------------------------------------------------

    def _tick(self) -> None:
        """The clock of the machine goes on by hours, and now and then somebody sets it back by some days."""
        self.base += dt.timedelta(
            seconds=int(self.rng.expovariate(1 / 8000)), microseconds=self.rng.randint(0, 999_999)
        )
        if self.set_back and self.rng.random() < 0.1:
            self.set_back = dt.timedelta()
        elif self.rng.random() < 0.01:
            self.set_back = dt.timedelta(hours=self.rng.randint(1, 120))
        self.today = self.now.astimezone(ZONE).date()

    @property
    def now(self) -> dt.datetime:
        return self.base - self.set_back

    def _next_crash(self, after: int) -> int:
        return after + self.rng.randint(150, 450)

    # --- Steps ----------------------------------------------------------------------------------------------------

    def next(self, number: int) -> Step:
        self._tick()
        crash = number >= self.crash_at
        if crash:
            self.crash_at = self._next_crash(number)
        step = None
        while step is None:
            step = self._any(crash)
        return replace(step, kill=self.rng.random()) if crash else step

    def _any(self, crash: bool) -> Step | None:
        if crash:
            ways: list[tuple[Callable[[], Step | None], float]] = [
                (self._bulk_raw, 4), (self._bulk, 3), (self._open, 3), (self._act, 1), (self._allocate, 1),
                (self._transfer, 1),
            ]  # fmt: skip
        elif self.queue:
            return self.queue.pop(0)()
        elif len(self.oracle.duties) < 120:
            ways = [(self._open, 1)]
        else:
            grown = self.book.size > 1.7 * self.steps + 2000  # bulk steps must not outgrow the rest
            ways = [
                (self._act, 73), (self._void, 8), (self._raw, 4), (lambda: refused(self), 6),
                (lambda: by_post(self), 3), (self._open, 1.6), (self._allocate, 1), (self._reorganise, 0.8),
                (self._transfer, 0.5), (self._bulk, 0 if grown else 0.2), (self._bulk_raw, 0 if grown else 0.05),
            ]  # fmt: skip
        return self.rng.choices([way for way, _ in ways], [weight for _, weight in ways])[0]()

    def step(self, name: str, command: Command, expected: Expected) -> Step:
        return Step(name, command | {"now": self.now.isoformat()}, expected, self.now)

    def _duties(self) -> list[Duty]:
        return list(self.oracle.duties.values())

    def some_duty(self) -> Duty:
        """Most of the time one of forty that are worked on in these weeks, so that histories become long."""
        duties = self._duties()
        if self.rng.random() < 0.7:
            start = (self.book.size // 700) * 31 % len(duties)
            return duties[(start + self.rng.randrange(40)) % len(duties)]
        return self.rng.choice(duties)

    def cell(self, duty: Duty) -> Cell:
        """The duty's own cell as at today, as known now."""
        return own_cell(duty, self.oracle.lines[duty.id], self.today, self.book.last[duty.chain])

    def nameable(self, day: dt.date) -> list[int]:
        codes = self.world.alive(day) if self.rng.random() < 0.85 else self.world.born_by(day)
        return [self.units[code] for code in codes]

    @staticmethod
    def wanted(fields: dict[str, Any], obligation: int | None) -> Wanted:
        deadline = fields.get("deadline")
        return Wanted(
            obligation,
            fields["kind"],
            dt.date.fromisoformat(fields["happened_on"]),
            dt.date.fromisoformat(deadline) if deadline else None,
            fields.get("choice", ""),
            fields.get("unit"),
            fields.get("paper", True),
            fields.get("voids"),
        )

    def recorded(self, name: str, fields: dict[str, Any], duties: list[Duty], asker: str | None = None) -> Step:
        lines: dict[int, list[Wanted]] = {}
        for duty in dict.fromkeys(duties):
            lines.setdefault(duty.chain, []).append(self.wanted(fields, duty.id))
        command = {"do": "record", "asker": asker, "obligations": [duty.id for duty in duties]} | fields
        return self.step(name, command, Expected(lines))

    def _act(self) -> Step:
        duty = self.some_duty()
        kind = self.lines.kind(duty, self.cell(duty))
        day = self.lines.day_before(self.today)
        duties = [duty]
        if self.rng.random() < 0.12:
            duties += [self.some_duty() for _ in range(self.rng.randint(1, 5))]
        return self.recorded(kind, self.lines.fields(kind, day, self.nameable(day)), duties)

    def _bulk(self) -> Step:
        """One line about every obligation of a chain, or of all chains."""
        chain = self.rng.choice([*self.book.last, None])
        duties = [duty for duty in self._duties() if chain in (None, duty.chain)]
        kind = self.rng.choice(["noted", "acknowledged", "extended", "started", "claimed", "declined"])
        day = self.lines.day_before(self.today)
        return self.recorded(f"bulk {kind}", self.lines.fields(kind, day, self.nameable(day)), duties)

    def line_of(self, duty: Duty, *, voidable: bool) -> Line | None:
        lines = self.oracle.lines[duty.id]
        voided = {line.voids for line in lines if line.kind == "voided"}
        pool = [line for line in lines if (line.kind != "voided" and line.position not in voided) == voidable]
        return self.rng.choice(pool) if pool else None

    def _void(self) -> Step | None:
        duty = self.some_duty()
        line = self.line_of(duty, voidable=True)
        if line is None:
            return None
        day = self.lines.day_before(self.today)
        fields = self.lines.fields("voided", day, []) | {"voids": line.position}
        return self.recorded("voided", fields, [duty])

    def _senseless(self, duty: Duty) -> dict[str, Any]:
        """A line that no command writes: undated extension, voiding of a voiding or of nothing, the future …"""
        day = self.lines.day_before(self.today)
        what = self.rng.randrange(7)
        if what == 0:
            return {"kind": "extended", "happened_on": day.isoformat()}
        if what == 1:
            return {"kind": "accepted", "happened_on": day.isoformat(), "paper": False}
        if what == 2:
            line = self.line_of(duty, voidable=False)
            return {"kind": "voided", "happened_on": day.isoformat(), "voids": line.position if line else 1}
        if what == 3:
            last = self.book.last[duty.chain]
            return {"kind": "voided", "happened_on": day.isoformat(), "voids": self.rng.randint(1, last + 30)}
        if what == 4:
            day = self.today + dt.timedelta(days=self.rng.randint(1, 40))
        kind = self.rng.choice(KINDS)
        fields = self.lines.fields(kind, day, self.nameable(self.today))
        fields.pop("payload", None)
        return fields

    def _raw_lines(self, chain: int, number: int) -> tuple[list[dict[str, Any]], Expected]:
        pool = [duty for duty in self._duties() if duty.chain == chain]
        lines = []
        for _ in range(number):
            duty = self.rng.choice(pool)
            lines.append(self._senseless(duty) | {"obligation": duty.id})
        return lines, Expected({chain: [self.wanted(line, line["obligation"]) for line in lines]})

    def _raw(self) -> Step | None:
        chain = self.rng.choice([duty.chain for duty in self._duties()])
        lines, expected = self._raw_lines(chain, self.rng.randint(1, 3))
        return self.step("raw", {"do": "raw", "chain": chain, "lines": lines}, expected)

    def _bulk_raw(self) -> Step | None:
        """Hundreds of notes and some senseless lines in one append."""
        chain = self.rng.choice([duty.chain for duty in self._duties()])
        some, _ = self._raw_lines(chain, 20)
        pool = [duty.id for duty in self._duties() if duty.chain == chain]
        day = self.today.isoformat()
        notes = [
            {"kind": "noted", "happened_on": day, "obligation": self.rng.choice(pool)}
            for _ in range(self.rng.choice([200, 400, 700]))
        ]
        lines = notes + some
        self.rng.shuffle(lines)
        expected = Expected({chain: [self.wanted(line, line["obligation"]) for line in lines]})
        return self.step("bulk raw", {"do": "raw", "chain": chain, "lines": lines}, expected)

    def _open(self) -> Step | None:
        asked = self.rng.choice(self.asked)
        period = self.rng.choice(["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]) if self.rng.random() < 0.25 else ""
        alive = self.world.alive(self.today)
        units = [self.units[code] for code in self.rng.sample(alive, self.rng.choice([1, 2, 5, 12]))]
        there = {
            duty.unit: duty
            for duty in self._duties()
            if (duty.requirement, duty.period, duty.part_of) == (asked.id, period, None)
        }
        anew = sorted(there[unit].id for unit in units if unit in there and self._given_on(there[unit]) is None)
        day = self.lines.day_before(self.today)
        fields: dict[str, Any] = {"kind": "opened", "happened_on": day.isoformat()}
        if self.rng.random() < 0.75:
            due = day + dt.timedelta(days=self.rng.randint(0, 200))
            fields["deadline"] = max(due, SIGNED_ON).isoformat()
        published_only = self.rng.random() < 0.12
        if published_only:
            fields["choice"] = "published_only"
        fresh = [self._duty(asked, unit, period) for unit in units if unit not in there]
        lines = [replace(self.wanted(fields, None), unit=duty.unit) for duty in fresh]
        lines += [replace(self.wanted(fields, pk), unit=self.oracle.duties[pk].unit) for pk in anew]
        command = {
            "do": "open", "requirement": asked.id, "units": units, "happened_on": fields["happened_on"],
            "deadline": fields.get("deadline"), "period": period, "published_only": published_only,
        }  # fmt: skip
        return self.step("open", command, Expected({asked.chain: lines} if lines else {}, fresh))

    @staticmethod
    def _duty(asked: Asked, unit: int, period: str, part_of: int | None = None) -> Duty:
        return Duty(0, asked.chain, asked.id, unit, asked.ladder, asked.closing, period, part_of, asked.standing)

    def _given_on(self, duty: Duty) -> dt.date | None:
        """The first day on which it was given by a line that is not voided."""
        lines = self.oracle.lines[duty.id]
        voided = {line.voids for line in lines if line.kind == "voided" and (line.voids or 0) < line.position}
        return min(
            (one.happened_on for one in lines if one.kind == "opened" and one.position not in voided), default=None
        )

    def _allocate(self) -> Step | None:
        whole = self.some_duty()
        day = self.lines.day_before(self.today)
        given = self._given_on(whole)
        if whole.part_of is not None or given is None or day < given:
            return None
        if self.cell(whole).state not in ("NS", "ND", "IP", "SU", "AC", "RE"):
            return None
        if any(self._given_on(self.oracle.duties[part]) for part in self.oracle.parts.get(whole.id, ())):
            return None
        codes = self.rng.sample(self.world.alive(self.today), self.rng.choice([2, 2, 3]))
        own = self.cell(whole).current_deadline
        parts: list[tuple[int, str | None]] = [
            (self.units[code], self.lines.deadline(day) if self.rng.random() < 0.6 else None) for code in codes
        ]
        fresh = [replace(whole, id=0, unit=unit, part_of=whole.id) for unit, _ in parts]
        lines = [
            Wanted(None, "opened", day, dt.date.fromisoformat(due) if due else own, unit=unit) for unit, due in parts
        ]
        command = {"do": "allocate", "obligation": whole.id, "parts": parts, "happened_on": day.isoformat()}
        return self.step("allocate", command, Expected({whole.chain: lines}, fresh))

    def _reorganise(self) -> Step | None:
        change = self.world.reorganise(self.today)
        if change is None:
            return None
        name, command = change
        day = self.world.last_change
        self.queue.append(lambda: self._transfer(day))
        return self.step(name, command, Expected())

    def _transfer(self, on: dt.date | None = None) -> Step:
        """Section 9: whatever an ended unit holds on the day goes to its heir, else to the nearest living superior."""
        on = on or self.lines.day_before(self.today)
        lines: dict[int, list[Wanted]] = {}
        for duty in self._duties():
            cell = own_cell(duty, self.oracle.lines[duty.id], on, self.book.last[duty.chain])
            if cell.state == "AB" or cell.holder_id is None:
                continue
            code = self.codes[cell.holder_id]
            if self.world.units[code].alive(on):
                continue
            heir, confirmed = self.world.heir_on(code, on)
            if heir is not None:
                wanted = Wanted(duty.id, "transferred", on, unit=self.units[heir], heir_to_be_named=not confirmed)
                lines.setdefault(duty.chain, []).append(wanted)
        return self.step("transfer", {"do": "transfer", "on": on.isoformat()}, Expected(lines, in_order=False))
