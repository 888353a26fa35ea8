"""The hierarchy as the driver knows it: units through time, reorganisations, and who is the heir of whom.

Independent of ``soichieu.organisation``: what it says an heir is follows docs/ledger.md section 9 and is compared with
what the book then holds.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

ROOT = "bo"
DEPARTMENTS = 10
OFFICES = 5  # under each department
STATIONS = 6  # directly under the ministry

Command = dict[str, Any]


@dataclass
class Unit:
    code: str
    born: dt.date
    ended: dt.date | None = None
    heir: str | None = None  # the confirmed main heir
    superiors: list[tuple[dt.date, str]] = field(default_factory=list)

    def alive(self, on: dt.date) -> bool:
        return self.born <= on and (self.ended is None or on < self.ended)

    def superior(self, on: dt.date) -> str | None:
        """As last stated on or before the day; later statements of one day win."""
        stated = [(day, at, code) for at, (day, code) in enumerate(self.superiors) if day <= on]
        return max(stated)[2] if stated else None


class World:
    """All units, and the commands that tell the instance of each change."""

    def __init__(self, rng: random.Random, born: dt.date) -> None:
        self.rng = rng
        self.units: dict[str, Unit] = {}
        self.last_change = born
        self.names = 0
        self._add(ROOT, born, None)
        for department in range(DEPARTMENTS):
            code = f"cuc-{department}"
            self._add(code, born, ROOT)
            for office in range(OFFICES):
                self._add(f"phong-{department}-{office}", born, code)
        for station in range(STATIONS):
            self._add(f"tram-{station}", born, ROOT)

    def _add(self, code: str, born: dt.date, superior: str | None) -> None:
        self.units[code] = Unit(code, born, superiors=[(born, superior)] if superior else [])

    def first_command(self) -> Command:
        """The whole tree as it begins."""
        units = list(self.units.values())
        return {
            "do": "organise",
            "units": [unit.code for unit in units],
            "states": [[unit.code, unit.born.isoformat(), True] for unit in units],
            "superiors": [[unit.code, day.isoformat(), code] for unit in units for day, code in unit.superiors],
            "successions": [],
        }

    def alive(self, on: dt.date) -> list[str]:
        return [code for code, unit in self.units.items() if unit.alive(on)]

    def born_by(self, on: dt.date) -> list[str]:
        """Units that exist or existed on the day."""
        return [code for code, unit in self.units.items() if unit.born <= on]

    def below(self, code: str, on: dt.date) -> list[str]:
        return [other for other in self.alive(on) if self.units[other].superior(on) == code]

    def heir_on(self, code: str, on: dt.date) -> tuple[str | None, bool]:
        """Who holds on a day what an ended unit owed, and whether confirmed heirs alone led there (section 9).

        READING 9: a superior that has ended itself is followed to its own heir, as any ended unit is.
        """
        if on < self.units[code].born:
            return None, False  # it has not ended: it has not begun
        confirmed = True
        at: str | None = code
        while at is not None and not self.units[at].alive(on):
            unit = self.units[at]
            if unit.heir is not None and unit.ended is not None and unit.ended <= on:
                at = unit.heir
            else:
                confirmed = False
                at = unit.superior(on)
        return at, confirmed

    # Reorganisations. Their days never go backwards, so that nobody is born under a superior that has already ended.

    def reorganise(self, today: dt.date) -> tuple[str, Command] | None:
        """One random change: its name and its command; None when nothing can change any more."""
        day = max(self.last_change, today + dt.timedelta(days=self.rng.randint(-20, 5)))
        candidates = [
            code
            for code in self.alive(day)
            if code != ROOT and self.units[code].born < day and not code.startswith("cuc")
        ]
        departments = [code for code in self.alive(day) if code.startswith("cuc") and self.units[code].born < day]
        what = self.rng.choice(["merge", "merge", "absorb", "split", "split", "abolish", "move", "move", "grow"])
        if what in ("merge", "absorb", "split", "abolish") and len(self.alive(day)) < 63:
            what = "grow"  # the hierarchy keeps at least sixty units
        if what in ("merge", "absorb", "abolish") and len(departments) > 5 and self.rng.random() < 0.25:
            candidates = departments
        if len(candidates) < 3:
            return None
        self.last_change = day
        change = _Change(self, day)
        getattr(self, f"_{what}")(change, candidates)
        return f"{what} on {day}", change.command()

    def _new(self, change: _Change, like: str, superior: str) -> str:
        self.names += 1
        code = f"{like.split('-')[0]}-moi-{self.names}"
        change.born(code, superior)
        return code

    def _superior_of(self, code: str, day: dt.date) -> str:
        found = self.units[code].superior(day)
        return found if found is not None and self.units[found].alive(day) else ROOT

    def _merge(self, change: _Change, candidates: list[str]) -> None:
        """Two or three units become a new one."""
        old = self.rng.sample(candidates, self.rng.choice([2, 2, 3]))
        new = self._new(change, old[0], self._superior_of(old[0], change.day))
        for code in old:
            change.ended(code, [new])

    def _absorb(self, change: _Change, candidates: list[str]) -> None:
        """One unit goes into another that stays."""
        old, into = self.rng.sample(candidates, 2)
        change.ended(old, [into])

    def _split(self, change: _Change, candidates: list[str]) -> None:
        """One unit becomes two or three new ones; the first is the main heir."""
        old = self.rng.choice(candidates)
        superior = self._superior_of(old, change.day)
        change.ended(old, [self._new(change, old, superior) for _ in range(self.rng.choice([2, 2, 3]))])

    def _abolish(self, change: _Change, candidates: list[str]) -> None:
        """A unit ends and nobody has confirmed an heir; sometimes one is proposed, which moves nothing."""
        old = self.rng.choice(candidates)
        others = [code for code in candidates if code != old]
        change.ended(old, [], proposed=self.rng.choice(others) if self.rng.random() < 0.5 else None)

    def _move(self, change: _Change, candidates: list[str]) -> None:
        """A unit stands under another superior from a day on."""
        code = self.rng.choice(candidates)
        superiors = [other for other in self.alive(change.day) if other.startswith("cuc")] + [ROOT]
        change.moved(code, self.rng.choice(superiors))

    def _grow(self, change: _Change, candidates: list[str]) -> None:
        self._new(change, "phong", self._superior_of(self.rng.choice(candidates), change.day))


class _Change:
    """Rows of one reorganisation, applied to the world as they are named."""

    def __init__(self, world: World, day: dt.date) -> None:
        self.world, self.day = world, day
        self.units: list[str] = []
        self.states: list[list[Any]] = []
        self.superiors: list[list[Any]] = []
        self.successions: list[list[Any]] = []

    def born(self, code: str, superior: str) -> None:
        self.world._add(code, self.day, superior)
        self.units.append(code)
        self.states.append([code, self.day.isoformat(), True])
        self.superiors.append([code, self.day.isoformat(), superior])

    def ended(self, code: str, heirs: list[str], proposed: str | None = None) -> None:
        """The first heir is the main one. What stood under the unit goes under that heir, else one level up."""
        unit = self.world.units[code]
        children = self.world.below(code, self.day)
        unit.ended = self.day
        unit.heir = heirs[0] if heirs else None
        self.states.append([code, self.day.isoformat(), False])
        share = "split" if len(heirs) > 1 else "whole"
        for at, heir in enumerate(heirs):
            self.successions.append([code, heir, self.day.isoformat(), share, at == 0, "confirmed"])
        if proposed:
            self.successions.append([code, proposed, self.day.isoformat(), "whole", True, "proposed"])
        above = heirs[0] if heirs else self.world._superior_of(code, self.day)
        for child in children:
            if child != above:
                self.moved(child, above)

    def moved(self, code: str, superior: str) -> None:
        if superior == code:
            return
        self.world.units[code].superiors.append((self.day, superior))
        self.superiors.append([code, self.day.isoformat(), superior])

    def command(self) -> Command:
        return {
            "do": "organise",
            "units": self.units,
            "states": self.states,
            "superiors": self.superiors,
            "successions": self.successions,
        }
