"""A book of the size of the country, for the benches: 11,368 units × 100 requirements, 3.4 million entries.

Histories are well formed and drawn from a fixed seed: nothing done yet, started, claimed, claimed and accepted,
returned and claimed again, extended, verified, and one in fifty with a voided claim.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

UNITS, REQUIREMENTS = 11_368, 100
FIRST_DAY = dt.date(2025, 1, 9)
EPOCH = dt.date(1970, 1, 1)
NO_DAY = -(2**31)

# What happens, in order, with days after the opening (low, high).
COURSES: tuple[tuple[tuple[str, int, int], ...], ...] = (
    (("opened", 0, 0),),
    (("opened", 0, 0), ("started", 5, 40)),
    (("opened", 0, 0), ("started", 5, 40), ("claimed", 60, 200)),
    (("opened", 0, 0), ("claimed", 60, 200), ("accepted", 201, 260)),
    (("opened", 0, 0), ("claimed", 60, 200), ("accepted", 201, 260), ("verified", 261, 300)),
    (("opened", 0, 0), ("claimed", 60, 120), ("returned", 121, 150), ("claimed", 151, 200), ("accepted", 201, 260)),
    (("opened", 0, 0), ("extended", 50, 90), ("claimed", 91, 220), ("accepted", 221, 260)),
    (("opened", 0, 0), ("claimed", 60, 120), ("voided", 130, 160)),
)
WEIGHTS = (0.08, 0.10, 0.14, 0.34, 0.12, 0.08, 0.08, 0.06)


@dataclass(frozen=True)
class Book:
    """One element an entry, ordered by (obligation, day, position). ``voids`` is a position, 0 where nothing is
    voided."""

    obligation: np.ndarray
    position: np.ndarray
    day: np.ndarray
    kind: np.ndarray
    deadline: np.ndarray
    confirmed: np.ndarray
    voids: np.ndarray

    def __len__(self) -> int:
        return len(self.position)


def make(units: int = UNITS, requirements: int = REQUIREMENTS, seed: int = 7) -> Book:
    """The book; ``obligation`` counts from 0, requirement = obligation // units, unit = obligation % units."""
    rng = np.random.default_rng(seed)
    count = units * requirements
    course = rng.choice(len(COURSES), count, p=WEIGHTS)
    lengths = np.array([len(steps) for steps in COURSES])[course]
    starts = np.concatenate([[0], np.cumsum(lengths)])
    total = int(starts[-1])
    obligation = np.repeat(np.arange(count), lengths).astype(np.int32)
    kind = np.empty(total, dtype="U9")
    day = np.empty(total, dtype=np.int32)
    deadline = np.full(total, NO_DAY, dtype=np.int32)
    zero = (FIRST_DAY - EPOCH).days
    for number, steps in enumerate(COURSES):
        mine = starts[:-1][course == number]
        for step, (name, low, high) in enumerate(steps):
            at = mine + step
            kind[at] = name
            day[at] = zero + rng.integers(low, high + 1, len(at))
            if name == "opened":
                deadline[at] = zero + rng.integers(90, 240, len(at))
            elif name in ("returned", "extended"):
                deadline[at] = day[at] + rng.integers(20, 70, len(at))
    # Positions in the order of the days: what happened first was written first, as a book mostly is.
    order = np.lexsort((np.arange(total), day))
    position = np.empty(total, dtype=np.int32)
    position[order] = np.arange(1, total + 1)
    voids = np.zeros(total, dtype=np.int32)
    voiding = np.flatnonzero(kind == "voided")
    voids[voiding] = position[voiding - 1]
    confirmed = rng.random(total) < 0.8
    return Book(obligation, position, day, kind, deadline, confirmed, voids)
