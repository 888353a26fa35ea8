"""Directed histories: for each row and state of the table some short ones that come to just that cell.

Written for tests/mutate.py. A history is a list of raw lines about one obligation; the oracle says what is right.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.simulator.rule import LIFECYCLE, STATES

START = dt.date(2026, 1, 10)
TARGET = START + dt.timedelta(days=30)  # the day of the line under test
LOOKS = tuple(TARGET + dt.timedelta(days=days) for days in (0, 6, 12, 60))

Fields = dict[str, Any]

_OPENED: Fields = {"kind": "opened", "unit": 1, "deadline": START + dt.timedelta(days=35)}
_CLAIMED: Fields = {"kind": "claimed", "paper": False}  # a claim that waits, whatever the closing
_ASKED: Fields = {"kind": "extension_asked"}
_HANDED: Fields = {"kind": "handed", "choice": "own_head"}

# Ways to each state. From the second on they leave something behind that a wrong effect would change: a request, a
# clock with the own head, another remembered state, a claim by "directly", a check.
PATHS: dict[str, list[list[Fields]]] = {
    "AB": [[]],
    "NS": [[_OPENED], [_OPENED, _ASKED, _HANDED], [_OPENED, {"kind": "declined"}, _HANDED]],
    "ND": [[_OPENED | {"choice": "published_only"}], [_OPENED | {"choice": "published_only"}, _ASKED]],
    "IP": [
        [_OPENED, {"kind": "started"}],
        [_OPENED, {"kind": "started"}, _ASKED, _HANDED],
        [_OPENED, _CLAIMED, {"kind": "accepted"}, {"kind": "reversed"}],
    ],
    "SU": [[_OPENED, {"kind": "submitted"}], [_OPENED, _ASKED, {"kind": "submitted"}]],
    "AC": [
        [_OPENED, _CLAIMED],
        [_OPENED, _ASKED, _CLAIMED],
        [_OPENED, _CLAIMED, {"kind": "verified", "choice": "not_confirmed"}],
        [_OPENED, {"kind": "responded", "choice": "directly", "paper": False}],
    ],
    "DO": [
        [_OPENED, _CLAIMED, {"kind": "accepted"}],
        [_OPENED, {"kind": "declined"}, _CLAIMED, {"kind": "accepted"}],
        [_OPENED, _CLAIMED, {"kind": "verified", "choice": "confirmed"}, {"kind": "accepted"}],
        [_OPENED, {"kind": "responded", "choice": "directly"}],
    ],
    "RE": [[_OPENED, _CLAIMED, {"kind": "returned"}], [_OPENED, _CLAIMED, {"kind": "returned"}, _ASKED, _HANDED]],
    "SP": [
        [_OPENED, {"kind": "started"}, {"kind": "suspended"}],
        [_OPENED, {"kind": "submitted"}, {"kind": "suspended"}, _ASKED],
        [_OPENED, _CLAIMED, {"kind": "suspended"}],
    ],
    "WA": [
        [_OPENED, {"kind": "started"}, {"kind": "waived"}],
        [_OPENED, {"kind": "submitted"}, {"kind": "suspended"}, {"kind": "waived"}],
        [_OPENED, _CLAIMED, {"kind": "waived"}],
    ],
    "SS": [[_OPENED, {"kind": "superseded"}], [_OPENED, _CLAIMED, {"kind": "superseded"}]],
}

# What is written after the line under test, to show what it left behind.
PROBES: list[list[Fields]] = [
    [],
    [{"kind": "reopened"}],
    [{"kind": "suspended"}, {"kind": "reopened"}],
    [{"kind": "waived"}, {"kind": "reopened"}],
]

# How a line comes to take a row: fields of the line, ladder and closing of the requirement.
_LADDER, _CLOSING = "made_concrete", "issued"
ROWS: dict[str, list[tuple[Fields, str, str]]] = {
    "opened, published_only": [({"choice": "published_only"}, _LADDER, _CLOSING)],
    "responded": [
        ({"choice": "own_plan"}, _LADDER, _CLOSING),
        ({"choice": "directly"}, "carried_out", _CLOSING),
        ({"choice": "directly"}, _LADDER, "accepted"),
        ({"choice": "directly"}, _LADDER, "claimed"),
    ],
    "responded, closing": [({"choice": "directly"}, _LADDER, _CLOSING)],
    "responded, claiming": [({"choice": "directly", "paper": False}, _LADDER, _CLOSING)],
    "issued, closing": [({}, "carried_out", "issued")],
    "issued, claiming": [
        ({"paper": False}, "carried_out", "issued"),
        ({}, "carried_out", "claimed"),
        ({}, "held_up", "accepted"),
    ],
    "claimed, closing": [({}, "carried_out", "claimed")],
    "claimed, claiming": [
        ({"paper": False}, "carried_out", "claimed"),
        ({}, "carried_out", "issued"),
        ({}, "held_up", "accepted"),
    ],
    "accepted, without paper": [({"paper": False}, _LADDER, _CLOSING)],
    "verified": [({"choice": "confirmed"}, _LADDER, _CLOSING), ({"choice": "not_confirmed"}, _LADDER, _CLOSING)],
    "handed": [({"choice": choice}, _LADDER, _CLOSING) for choice in ("cooperator", "own_head", "lead")],
    "extended, without a date": [({"deadline": None}, _LADDER, _CLOSING)],
}
# Fields that a row does not read are given all the same: a wrong effect would read them.
SPARE: Fields = {"unit": 2, "deadline": START + dt.timedelta(days=50), "choice": "own_head", "paper": True}


@dataclass(frozen=True)
class Directed:
    """One history. ``lines`` carry ``kind``, ``happened_on`` and what else they say; units are 1 and 2."""

    row: str
    state: str
    ladder: str
    closing: str
    lines: list[Fields] = field(hash=False)


def histories() -> Iterator[Directed]:
    """Every one; each (row, state) has several."""
    for row in LIFECYCLE:
        kind = row.split(",")[0]
        for fields, ladder, closing in ROWS.get(row, [({}, _LADDER, _CLOSING)]):
            for state in STATES:
                for path in PATHS[state]:
                    if _falls_short(path, ladder, closing):
                        continue
                    for probe in PROBES:
                        target = SPARE | fields | {"kind": kind}
                        yield Directed(row, state, ladder, closing, _dated(path, target, probe))


def _falls_short(path: list[Fields], ladder: str, closing: str) -> bool:
    """Whether the path goes through "directly" where that claims nothing."""
    return any(line["kind"] == "responded" for line in path) and (ladder, closing) != (_LADDER, _CLOSING)


def _dated(path: list[Fields], target: Fields, probe: list[Fields]) -> list[Fields]:
    lines = [line | {"happened_on": START + dt.timedelta(days=5 * at)} for at, line in enumerate(path)]
    lines.append(target | {"happened_on": TARGET})
    lines += [line | {"happened_on": TARGET + dt.timedelta(days=4 + 4 * at)} for at, line in enumerate(probe)]
    return lines
