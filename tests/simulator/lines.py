"""Random lines: which kind fits (or does not), what it carries, on which day it happened."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from tests.simulator.oracle import Cell, Duty, Line, row_of
from tests.simulator.rule import LIFECYCLE, NO

SIGNED_ON = dt.date(2024, 12, 30)  # the directives of the stage
KINDS = (
    "opened", "acknowledged", "declined", "reassigned", "responded", "started", "noted", "handed", "submitted",
    "issued", "claimed", "accepted", "returned", "verified", "reversed", "extension_asked", "extended", "suspended",
    "waived", "transferred", "superseded", "reopened",
)  # fmt: skip
# So that work goes on: what ends an obligation for good is rarer than what moves it.
WEIGHTS = {
    "opened": 0.5,
    "responded": 1.8,
    "waived": 0.4,
    "superseded": 0.15,
    "suspended": 0.6,
    "noted": 0.5,
    "reopened": 2.0,
}
CHOICES = {
    "responded": [
        "own_plan",
        "own_programme",
        "directly",
        "directly",
        "directly",
        "directly",
        "disseminates_only",
        "outside_scope",
    ],
    "handed": ["cooperator", "own_head", "lead"],
    "verified": ["confirmed", "confirmed", "not_confirmed"],
}
UNIT_MUST = ("opened", "reassigned", "transferred")
REASON_MUST = (
    "declined", "noted", "returned", "reversed", "extension_asked", "suspended", "waived", "superseded", "reopened",
    "voided",
)  # fmt: skip
SAYS = {
    "issued": ("number",), "claimed": ("number",), "responded": ("number", "reason"), "verified": ("method", "sample"),
}  # fmt: skip
TELEPHONE = ("issued", "claimed", "responded", "accepted", "acknowledged", "started")
DOER = (
    "acknowledged",
    "declined",
    "responded",
    "started",
    "noted",
    "handed",
    "submitted",
    "claimed",
    "extension_asked",
)
ASSIGNER = ("accepted", "returned", "reversed", "extended", "suspended", "waived", "reassigned", "reopened")


def has_effect(kind: str, fields: dict[str, Any], duty: Duty, cell: Cell) -> bool:
    """Whether a line of the kind, written now, would change anything."""
    moment = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    line = Line(
        0, 0, duty.id, kind, moment.date(), moment, deadline=moment.date() if fields.get("deadline") else None,
        choice=fields.get("choice", ""), paper=fields.get("paper", True),
    )  # fmt: skip
    return LIFECYCLE[row_of(line, duty)][cell.state] != NO


class Lines:
    """Draws the fields of lines from the seed."""

    def __init__(self, rng: random.Random, begin: dt.date) -> None:
        self.rng = rng
        self.begin = begin

    def day_before(self, today: dt.date) -> dt.date:
        """Mostly of this week, often late, sometimes long ago; never after today."""
        draw = self.rng.random()
        if draw < 0.55:
            back = self.rng.randint(0, 5)
        elif draw < 0.85:
            back = self.rng.randint(0, 60)
        else:
            back = self.rng.randint(0, max(1, (today - self.begin).days))
        return today - dt.timedelta(days=back)

    def deadline(self, day: dt.date) -> str:
        """A date around the day, before it too, but not before the directives were signed."""
        days = self.rng.choice([-20, -3, -1, 0, 1, 5, 7, 8, 15, 30, 60, 120, 300])
        return max(day + dt.timedelta(days=days), SIGNED_ON).isoformat()

    def kind(self, duty: Duty, cell: Cell) -> str:
        """Two times in three one that has effect now, else any."""
        pool = list(KINDS)
        if self.rng.random() < 0.67:
            pool = [kind for kind in KINDS if has_effect(kind, {"deadline": "x"}, duty, cell)] or pool
        return self.rng.choices(pool, [WEIGHTS.get(kind, 1.0) for kind in pool])[0]

    def fields(self, kind: str, day: dt.date, units: list[int]) -> dict[str, Any]:
        """What a line of the kind carries, as the commands want it. ``units``: those that may be named on the day."""
        rng = self.rng
        fields: dict[str, Any] = {"kind": kind, "happened_on": day.isoformat()}
        if kind in CHOICES:
            fields["choice"] = rng.choice(CHOICES[kind])
        if kind == "opened" and rng.random() < 0.35:
            fields["choice"] = "published_only"
        if kind == "extended" or (kind in ("opened", "returned", "extension_asked") and rng.random() < 0.6):
            fields["deadline"] = self.deadline(day)
        if kind in UNIT_MUST or (kind == "handed" and rng.random() < 0.3):
            fields["unit"] = rng.choice(units)
        if kind in REASON_MUST:
            fields["payload"] = {"reason": f"lý do {rng.randint(1, 999)}"}
        if kind in SAYS:
            fields["payload"] = {name: f"{name} {rng.randint(1, 999)}" for name in SAYS[kind]}
        if kind in TELEPHONE and rng.random() < 0.25:
            fields["paper"] = False
        return fields
