"""The real fold beside the oracle: the same question to both, every cell and every count compared."""

from __future__ import annotations

import datetime as dt
import hashlib
import operator
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from tests.simulator.counts import coverage
from tests.simulator.oracle import Cell, Known, Oracle, own_cell

ATTRIBUTES = (
    "lifecycle",
    "timeliness",
    "timeliness_original",
    "verification",
    "holder_id",
    "claim_day",
    "done_day",
    "original_deadline",
    "current_deadline",
    "days_late",
    "days_late_original",
    "directly",
    "flagged",
)
HOLDERS = ("lead", "cooperator", "own_head", "deciding_body", "confirmer")


class Difference(AssertionError):
    """The fold and the oracle, or the book and what was asked, are not the same."""


_read = operator.attrgetter(*ATTRIBUTES)
_NO_DAYS = (0,) * len(HOLDERS)


def seen(cell: Any) -> tuple[Any, ...]:
    """What is compared of a cell. Days of nobody are not: before the opening they have no beginning."""
    clock = cell.clock
    return (
        *_read(cell),
        cell.request or "none",
        *(map(clock.get, HOLDERS, _NO_DAYS) if clock else _NO_DAYS),
    )


def compare_cells(oracle: Oracle, own: Mapping[int, Cell], as_at: dt.date, known: Known) -> int:
    """Every obligation; the number of cells compared. ``own``: the oracle's own cells on this question.

    Raises Difference with the first ten cells that differ.
    """
    from soichieu.ledger.fold import answer

    return _compared(answer(as_at, known), oracle.shown(own), f"as at {as_at}, as known {known}")


def compare_few(oracle: Oracle, as_at: dt.date, numbers: Sequence[int]) -> int:
    """The short way that the commands take: a few obligations alone, as known now, parts and wholes for themselves."""
    from soichieu.ledger.fold import answer_for

    positions = oracle.positions(None)
    expected = {}
    for number in numbers:
        duty = oracle.duties[number]
        expected[number] = own_cell(duty, oracle.lines[number], as_at, positions[duty.chain])
    return _compared(answer_for(numbers, as_at), expected, f"as at {as_at}, {len(numbers)} obligations alone")


def _compared(given: Any, expected: Mapping[int, Cell], question: str) -> int:
    wrong = []
    for number, cell in expected.items():
        real = given.cell(number)
        if seen(real) != seen(cell):
            wrong.append(f"obligation {number}: {_named(real, cell)}")
    if wrong:
        lines = "\n  ".join(wrong[:10])
        raise Difference(f"{question}: {len(wrong)} cells differ (fold / oracle)\n  {lines}")
    return len(expected)


def _named(real: Any, cell: Any) -> str:
    names = (*ATTRIBUTES, "request", *(f"clock of {holder}" for holder in HOLDERS))
    pairs = zip(names, seen(real), seen(cell), strict=True)
    return ", ".join(f"{name} {one!s} / {other!s}" for name, one, other in pairs if one != other)


def digest(as_at: dt.date, known: Known, obligations: Iterable[int]) -> str:
    """One hash over every cell of the fold in this process."""
    from soichieu.ledger.fold import answer

    given = answer(as_at, known)
    whole = hashlib.sha256()
    for number in obligations:
        whole.update(repr((number, seen(given.cell(number)))).encode())
    return whole.hexdigest()


def compare_counts(
    oracle: Oracle, own: Mapping[int, Cell], as_at: dt.date, known: Known, requirements: Collection[int] | None
) -> int:
    """Coverage on both bases over some requirements (None: all); the number of counts compared."""
    from soichieu.ledger import coverage as real
    from soichieu.ledger.fold import answer

    given = answer(as_at, known)
    mask = real.mask_of(given, requirements=None if requirements is None else list(requirements))
    for basis in ("time", "date"):
        members = real.members(given, basis, mask)  # type: ignore[arg-type]
        count = real.count(given, members.where(~members.standing))
        expected = asdict(coverage(oracle, own, as_at, basis=basis, requirements=requirements))
        # By units of the date standing obligations are grouped too; by units of the time they are counted one by one.
        standing = expected.pop("standing")
        wrong = {
            name: (getattr(count, name), value) for name, value in expected.items() if getattr(count, name) != value
        }
        if basis == "time" and int(members.standing.sum()) != standing:
            wrong["standing"] = (int(members.standing.sum()), standing)
        if wrong:
            words = ", ".join(f"{name} {one} / {other}" for name, (one, other) in wrong.items())
            raise Difference(
                f"as at {as_at}, as known {known}, by units of the {basis}, requirements {requirements}:"
                f" counts differ (fold / oracle): {words}"
            )
    return 2
