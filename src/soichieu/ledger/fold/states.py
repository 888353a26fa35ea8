"""Codes and words of the three axes and of who holds the work. The codes are the indices into the tuples."""

from __future__ import annotations

LIFECYCLE = (
    "absent",
    "not_started",
    "no_published_data",
    "in_progress",
    "submitted",
    "awaiting_confirmation",
    "done",
    "returned",
    "suspended",
    "waived",
    "superseded",
)
AB, NS, ND, IP, SU, AC, DO, RE, SP, WA, SS = range(11)

TIMELINESS = (
    "no_deadline",
    "not_due",
    "due_soon",
    "overdue",
    "claimed_in_time",
    "claimed_late",
    "done_in_time",
    "done_late",
    "stopped",
    "no_published_data",
)
(
    T_NO_DEADLINE,
    T_NOT_DUE,
    T_DUE_SOON,
    T_OVERDUE,
    T_CLAIMED_IN_TIME,
    T_CLAIMED_LATE,
    T_DONE_IN_TIME,
    T_DONE_LATE,
    T_STOPPED,
    T_NO_DATA,
) = range(10)

VERIFICATION = ("none", "claimed", "accepted", "verified", "not_confirmed", "reversed", "no_published_data")
V_NONE, V_CLAIMED, V_ACCEPTED, V_VERIFIED, V_NOT_CONFIRMED, V_REVERSED, V_NO_DATA = range(7)

HOLDERS = ("lead", "cooperator", "own_head", "deciding_body", "confirmer")
H_LEAD, H_COOPERATOR, H_OWN_HEAD, H_DECIDING_BODY, H_CONFIRMER, H_NOBODY = range(6)

REQUESTS = ("", "decline", "extension")
R_NONE, R_DECLINE, R_EXTENSION = range(3)

CHOICES = (
    "",
    "published_only",
    "own_plan",
    "own_programme",
    "directly",
    "disseminates_only",
    "outside_scope",
    "cooperator",
    "own_head",
    "lead",
    "confirmed",
    "not_confirmed",
)

# The least advanced first: which part governs a whole, which member a group shows (docs/ledger.md section 7).
ADVANCEMENT = (RE, ND, NS, IP, SU, AC, SP, DO)

DUE_SOON_DAYS = 7
NO_DAY = -(2**31)
"""Where a column of days (since 1970-01-01) has no day."""
