"""One compiled pass over the columns: the rule of ``docs/ledger.md`` sections 2 to 6, obligation by obligation.

Compiled by Numba and kept beside this file; the transition table and the effects come in as arrays, so a changed
table needs no new compilation. Days are int32 days since 1970-01-01, ``NO_DAY`` where there is none.
"""

from __future__ import annotations

import numba
import numpy as np

from soichieu.ledger.fold import states as st
from soichieu.ledger.fold import table as tb

AB, DO, AC, ND, RE, SU, SP, WA, SS = st.AB, st.DO, st.AC, st.ND, st.RE, st.SU, st.SP, st.WA, st.SS
NO_DAY = st.NO_DAY
CONFIRMED_CODE = st.CHOICES.index("confirmed")
COOPERATOR_CODE, OWN_HEAD_CODE = st.CHOICES.index("cooperator"), st.CHOICES.index("own_head")
# Whose clock runs in which state (section 5).
CLOCK_OF = np.array(
    [
        st.H_NOBODY, st.H_LEAD, st.H_LEAD, st.H_LEAD, st.H_DECIDING_BODY, st.H_CONFIRMER, st.H_NOBODY, st.H_LEAD,
        st.H_NOBODY, st.H_NOBODY, st.H_NOBODY,
    ],
    dtype=np.int8,
)  # fmt: skip


@numba.njit(cache=True, inline="always")
def _timeliness(state: int, claim: int, deadline: int, as_at: int, soon: int) -> tuple[int, int]:
    """Section 6: the word for one deadline, and the days late."""
    if state == ND:
        return st.T_NO_DATA, 0
    if state in (SP, WA, SS):
        return st.T_STOPPED, 0
    if deadline == NO_DAY:
        return st.T_NO_DEADLINE, 0
    if state == DO:
        return (st.T_DONE_IN_TIME, 0) if claim <= deadline else (st.T_DONE_LATE, claim - deadline)
    if state == AC:
        return (st.T_CLAIMED_IN_TIME, 0) if claim <= deadline else (st.T_CLAIMED_LATE, claim - deadline)
    if as_at > deadline:
        return st.T_OVERDUE, as_at - deadline
    if deadline - as_at <= soon:
        return st.T_DUE_SOON, 0
    return st.T_NOT_DUE, 0


@numba.njit(cache=True, nogil=True)
def fold(  # type: ignore[no-untyped-def]  # arrays, typed by the compiler
    starts, day, position, row, deadline, unit, choice, void_at, cut, as_at, soon, lifecycle_table, effects, clock_of,
    out_lifecycle, out_timeliness, out_timeliness_original, out_verification, out_holder, out_claim, out_done,
    out_original, out_current, out_late, out_late_original, out_clock, out_clock_with, out_directly, out_request,
    out_flagged,
):  # fmt: skip
    """Fill the ``out_`` arrays (one element an obligation; ``out_clock`` has five columns of days).

    ``starts`` (n + 1) says where each obligation's entries lie in the entry columns, which are ordered by
    (obligation, day, position); ``cut`` (n) is the last known position in the obligation's chain; ``void_at`` is the
    position of the first entry that voids this one.
    """
    for ob in range(starts.shape[0] - 1):
        known = cut[ob]
        state = AB
        remembered = AB
        holder = -1
        claim = NO_DAY
        done = NO_DAY
        original = NO_DAY
        current = NO_DAY
        verification = st.V_NONE
        directly = False
        request = st.R_NONE
        flagged = 0
        clock_with = st.H_NOBODY
        since = 0
        for column in range(5):
            out_clock[ob, column] = 0
        for i in range(starts[ob], starts[ob + 1]):
            if day[i] > as_at:
                break
            if position[i] > known or void_at[i] <= known:
                continue
            r = row[i]
            if r < 0:
                continue
            target = lifecycle_table[r, state]
            if target == tb.NO_EFFECT:
                flagged += 1
                continue
            before = state
            if target == tb.REMEMBERED:
                state = remembered
            elif target != tb.STAY:
                state = target
            effect = effects[r]
            if effect & tb.OPENS:
                holder = unit[i]
                original = deadline[i]
                current = deadline[i]
                claim = NO_DAY
                verification = st.V_NONE
                directly = False
                request = st.R_NONE
            if effect & tb.SETS_HOLDER:
                holder = unit[i]
            if effect & tb.CLAIMS:
                claim = day[i]
                verification = st.V_CLAIMED
                directly = (effect & tb.IS_DIRECT) != 0
            if effect & tb.ACCEPTS and verification != st.V_VERIFIED and verification != st.V_NOT_CONFIRMED:
                verification = st.V_ACCEPTED
            if effect & tb.VERIFIES:
                verification = st.V_VERIFIED if choice[i] == CONFIRMED_CODE else st.V_NOT_CONFIRMED
            if effect & tb.UNCLAIMS or (effect & tb.REOPENS and before == DO):
                claim = NO_DAY
                verification = st.V_REVERSED if effect & tb.REVERSES else st.V_NONE
                directly = False
            if effect & tb.SETS_DEADLINE and deadline[i] != NO_DAY:
                current = deadline[i]
            if effect & tb.ASKS_DECLINE:
                request = st.R_DECLINE
            if effect & tb.ASKS_EXTENSION:
                request = st.R_EXTENSION
            if effect & tb.ANSWERS:
                request = st.R_NONE
            if effect & tb.REMEMBERS and before != SP:
                remembered = before
            if state == DO:
                if before != DO:
                    done = day[i]
            else:
                done = NO_DAY
            now_with = clock_with
            if state != before:
                now_with = clock_of[state]
            if effect & tb.TO_LEAD and clock_of[state] == st.H_LEAD:
                now_with = st.H_LEAD
            if effect & tb.HANDS:
                if choice[i] == COOPERATOR_CODE:
                    now_with = st.H_COOPERATOR
                elif choice[i] == OWN_HEAD_CODE:
                    now_with = st.H_OWN_HEAD
                else:
                    now_with = st.H_LEAD
            if now_with != clock_with:
                if clock_with != st.H_NOBODY:
                    out_clock[ob, clock_with] += day[i] - since
                clock_with = now_with
                since = day[i]
        if clock_with != st.H_NOBODY:
            out_clock[ob, clock_with] += as_at - since
        out_lifecycle[ob] = state
        out_holder[ob] = holder
        out_claim[ob] = claim
        out_done[ob] = done
        out_original[ob] = original
        out_current[ob] = current
        out_verification[ob] = st.V_NO_DATA if state == ND else verification
        out_directly[ob] = directly
        out_request[ob] = request
        out_flagged[ob] = flagged
        out_clock_with[ob] = clock_with
        word, late = _timeliness(state, claim, current, as_at, soon)
        out_timeliness[ob] = word
        out_late[ob] = late
        word, late = _timeliness(state, claim, original, as_at, soon)
        out_timeliness_original[ob] = word
        out_late_original[ob] = late
