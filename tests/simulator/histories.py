"""A short way to write a history by hand, for the tests of the oracle."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.simulator.oracle import Cell, Duty, Known, Line, Oracle

CHAIN = 1
START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def day(text: str) -> dt.date:
    """``"30-6"`` in 2026, or ``"30-6-2027"``."""
    parts = [int(part) for part in text.split("-")]
    return dt.date(parts[2] if len(parts) == 3 else 2026, parts[1], parts[0])


class History:
    """One book of one chain: ``history(kind, day, …)`` writes the next entry and gives its position."""

    def __init__(self, closing: str = "accepted", ladder: str = "carried_out") -> None:
        self.oracle = Oracle()
        self.closing, self.ladder = closing, ladder
        self.position = 0
        self.duty(1)

    def duty(self, number: int, **fields: Any) -> None:
        given = {"chain": CHAIN, "requirement": 1, "unit": number, "ladder": self.ladder, "closing": self.closing}
        self.oracle.add_duty(Duty(number, **(given | fields)))

    def __call__(
        self, kind: str, happened_on: str, *, on: int = 1, deadline: str = "", unit: int | None = None, **fields: Any
    ) -> int:
        self.position += 1
        if kind == "opened" and unit is None:
            unit = on
        line = Line(
            CHAIN,
            self.position,
            on,
            kind,
            day(happened_on),
            START + dt.timedelta(hours=self.position),
            deadline=day(deadline) if deadline else None,
            unit=unit,
            **fields,
        )
        self.oracle.add(line)
        return self.position

    def cell(self, as_at: str, known: Known | int = None, on: int = 1) -> Cell:
        known = {CHAIN: known} if isinstance(known, int) else known
        return self.oracle.cells(day(as_at), known)[on]
