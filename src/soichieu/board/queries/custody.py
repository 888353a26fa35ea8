"""Who held one task on which days: the clock of the fold, kept as runs instead of sums."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from soichieu.ledger.fold import Answer, kernel
from soichieu.ledger.fold import states as st
from soichieu.ledger.fold import table as tb
from soichieu.ledger.fold.columns import to_day

_COOPERATOR, _OWN_HEAD = st.CHOICES.index("cooperator"), st.CHOICES.index("own_head")
_CONFIRMED = st.CHOICES.index("confirmed")


@dataclass(frozen=True)
class Step:
    """One line about a task: where it stands (index of the entry columns), and what it left."""

    line: int
    before: int
    after: int
    verified: bool
    had_effect: bool


@dataclass(frozen=True)
class Run:
    """From one day to another the work was with one holder (a code of ``states.HOLDERS``)."""

    first: int
    last: int
    holder: int


def told(answer: Answer, row: int) -> tuple[list[Step], list[Run]]:
    """The lines about one task that count on a question, and the runs of who held it, up to the day looked at."""
    columns = answer.columns
    known, today = answer.known.get(int(columns.chain[row]), 0), to_day(answer.as_at)
    state, kept, verified = st.AB, st.AB, False
    held, since = st.H_NOBODY, 0
    steps: list[Step] = []
    runs: list[Run] = []
    for at in range(int(columns.starts[row]), int(columns.starts[row + 1])):
        if columns.day[at] > today:
            break
        if columns.position[at] > known:
            continue
        code = int(columns.row[at])
        if code < 0 or columns.void_at[at] <= known:
            steps.append(Step(at, state, state, verified, False))
            continue
        target = int(tb.LIFECYCLE[code, state])
        if target == tb.NO_EFFECT:
            steps.append(Step(at, state, state, verified, False))
            continue
        before, effect = state, int(tb.EFFECTS[code])
        state = kept if target == tb.REMEMBERED else state if target == tb.STAY else target
        if effect & tb.VERIFIES:
            verified = int(columns.choice[at]) == _CONFIRMED
        if effect & (tb.UNCLAIMS | tb.CLAIMS | tb.OPENS) or (effect & tb.REOPENS and before == st.DO):
            verified = False
        if effect & tb.REMEMBERS and before != st.SP:
            kept = before
        now = held
        if state != before:
            now = int(kernel.CLOCK_OF[state])
        if effect & tb.TO_LEAD and kernel.CLOCK_OF[state] == st.H_LEAD:
            now = st.H_LEAD
        if effect & tb.HANDS:
            choice = int(columns.choice[at])
            now = st.H_COOPERATOR if choice == _COOPERATOR else st.H_OWN_HEAD if choice == _OWN_HEAD else st.H_LEAD
        if now != held:
            if held != st.H_NOBODY:
                runs.append(Run(since, int(columns.day[at]), held))
            held, since = now, int(columns.day[at])
        steps.append(Step(at, before, state, verified, True))
    if held != st.H_NOBODY:
        runs.append(Run(since, today, held))
    return steps, runs


def clock_of(runs: list[Run]) -> np.ndarray:
    """The days of each holder, as the fold gives them (a test holds the two against each other)."""
    out = np.zeros(len(st.HOLDERS), np.int64)
    for run in runs:
        out[run.holder] += run.last - run.first
    return out


def lateness(answer: Answer, row: int, runs: list[Run]) -> list[Run]:
    """The runs cut to the days after the current deadline, up to the report or the day looked at."""
    due = int(answer.current[row])
    if due == st.NO_DAY or not answer.late[row]:
        return []
    end = due + int(answer.late[row])
    cut = [Run(max(run.first, due), min(run.last, end), run.holder) for run in runs]
    cut = [run for run in cut if run.last > run.first]
    # A report that was given and taken back leaves no gap in the lateness: it was with the confirmer then.
    return cut or [Run(due, end, st.H_LEAD)]
