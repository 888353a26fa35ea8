"""The oracle's coverage: docs/ledger.md section 8, on both bases, in plain Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from tests.simulator.oracle import Cell, Oracle, timeliness
from tests.simulator.rule import ADVANCE

OUT_OF_N = ("AB", "WA", "SS")


@dataclass(slots=True)
class Count:
    """``n`` over ``of``; ``n`` is None when it is missing. ``missing``: members of N on which nothing is published."""

    of: int = 0
    n: int | None = 0
    missing: int = 0
    submitted: int = 0
    awaiting_confirmation: int = 0
    in_time: int = 0
    late: int = 0
    without_deadline: int = 0
    verified: int = 0
    accepted: int = 0
    by_act_only: int = 0
    not_confirmed: int = 0
    directly: int = 0
    overdue: int = 0
    due_soon: int = 0
    not_due: int = 0
    open_without_deadline: int = 0
    suspended: int = 0
    standing: int = 0


def group(cells: Iterable[Cell], as_at: dt.date) -> Cell:
    """A group of one holder: its least advanced member (order of section 7), the earliest current deadline of all."""
    members = list(cells)
    least = min(
        members,
        key=lambda cell: (ADVANCE.index(cell.state), -(cell.claim_day or dt.date.min).toordinal()),
    )
    deadlines = [cell.current_deadline for cell in members if cell.current_deadline is not None]
    # READING 2: timeliness of the group is that of its governing claim day, against its earliest deadline.
    shown = replace(least, current_deadline=min(deadlines, default=None))
    shown.timeliness, shown.days_late = timeliness(shown, shown.current_deadline, as_at)
    return shown


def coverage(
    oracle: Oracle,
    own: Mapping[int, Cell],
    as_at: dt.date,
    *,
    basis: str = "time",
    requirements: Collection[int] | None = None,
) -> Count:
    """N and n over the obligations of some requirements (None: all). ``basis``: "time" or "date".

    ``own``: the oracle's own cells on the question.
    """
    shown = oracle.shown(own)
    count = Count()
    counted: list[int] = []
    for number, duty in oracle.duties.items():
        if duty.part_of is not None or (requirements is not None and duty.requirement not in requirements):
            continue
        if shown[number].state in OUT_OF_N:
            continue
        if duty.standing:
            count.standing += 1
        else:
            counted.append(number)
    if basis == "time":
        members = [shown[number] for number in counted]
    else:
        members = _by_holder(oracle, own, shown, counted, as_at)
    return _tally(count, members)


def _by_holder(
    oracle: Oracle, own: Mapping[int, Cell], shown: Mapping[int, Cell], counted: Iterable[int], as_at: dt.date
) -> list[Cell]:
    """Units of the date: one member of N per requirement, period and holder."""
    members: list[int] = []
    for number in counted:
        # READING 3: a whole is replaced by those of its parts that are neither absent, waived nor superseded.
        parts = [part for part in oracle.parts.get(number, ()) if own[part].state not in OUT_OF_N]
        members += parts or [number]
    groups: dict[tuple[int, str, int | None], list[Cell]] = {}
    for member in sorted(members):  # of equals the lowest number shows: it comes first
        duty, cell = oracle.duties[member], shown[member]
        groups.setdefault((duty.requirement, duty.period, cell.holder_id), []).append(cell)
    return [group(cells, as_at) for cells in groups.values()]


def _tally(count: Count, members: list[Cell]) -> Count:
    def in_state(*states: str) -> int:
        return sum(member.state in states for member in members)

    count.of = len(members)
    count.missing = in_state("ND")
    count.submitted, count.awaiting_confirmation, count.suspended = in_state("SU"), in_state("AC"), in_state("SP")
    done = [member for member in members if member.state == "DO"]
    still = [member for member in members if member.state != "DO"]
    # READING 4: an N of nothing has n = 0; n is missing only where there is something and nothing is published on it.
    count.n = None if members and count.missing == len(members) else len(done)
    count.in_time = sum(member.timeliness == "done_in_time" for member in done)
    count.late = sum(member.timeliness == "done_late" for member in done)
    count.without_deadline = sum(member.timeliness == "no_deadline" for member in done)
    count.verified = sum(member.verification == "verified" for member in done)
    count.accepted = sum(member.verification == "accepted" for member in done)
    count.by_act_only = sum(member.verification == "claimed" for member in done)
    count.not_confirmed = sum(member.verification == "not_confirmed" for member in done)
    count.directly = sum(member.directly for member in done)
    count.overdue = sum(member.timeliness == "overdue" for member in still)
    count.due_soon = sum(member.timeliness == "due_soon" for member in still)
    count.not_due = sum(member.timeliness == "not_due" for member in still)
    count.open_without_deadline = sum(member.timeliness == "no_deadline" for member in still)
    return count
