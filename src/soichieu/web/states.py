"""The three axes of an obligation's state as a reader meets them: word, mark and tone of every code.

The codes are the ledger's; the shell only knows how each is drawn. Ring = lifecycle, pennant = time, seal =
verification.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

PLAIN, ANSWERED, BAD, QUIET = "", "ans", "bad", "quiet"


@dataclass(frozen=True)
class State:
    """One state of one axis. ``mark`` is the symbol in ``marks.svg``; ``tone`` a class: "", "ans", "bad" or "quiet"."""

    code: str
    label: Promise
    mark: str
    tone: str = PLAIN


@dataclass(frozen=True)
class Axis:
    """One of the three axes, its heading and its states in their order."""

    code: str
    label: Promise
    states: dict[str, State]

    def __getitem__(self, code: str) -> State:
        """The state of that code; ``KeyError`` for a code that is not of this axis."""
        return self.states[code]

    def choices(self) -> list[tuple[str, Promise]]:
        """(code, word) pairs for a filter or a form."""
        return [(state.code, state.label) for state in self.states.values()]


def _axis(code: str, label: Promise, prefix: str, rows: list[tuple[str, Promise, str]]) -> Axis:
    return Axis(code, label, {row[0]: State(row[0], row[1], f"{prefix}-{row[0]}", row[2]) for row in rows})


LIFECYCLE = _axis(
    "lifecycle",
    pgettext_lazy("axis", "State"),
    "lc",
    [
        ("not_started", pgettext_lazy("lifecycle", "Not started"), PLAIN),
        ("in_progress", pgettext_lazy("lifecycle", "In progress"), PLAIN),
        ("submitted", pgettext_lazy("lifecycle", "Submitted, waiting for the deciding body"), PLAIN),
        ("awaiting_confirmation", pgettext_lazy("lifecycle", "Awaiting confirmation"), PLAIN),
        ("done", pgettext_lazy("lifecycle", "Done"), ANSWERED),
        ("returned", pgettext_lazy("lifecycle", "Returned"), BAD),
        ("suspended", pgettext_lazy("lifecycle", "Suspended"), PLAIN),
        ("waived", pgettext_lazy("lifecycle", "Waived"), PLAIN),
        ("superseded", pgettext_lazy("lifecycle", "Superseded"), PLAIN),
        ("no_published_data", pgettext_lazy("state", "No published data"), QUIET),
    ],
)
TIMELINESS = _axis(
    "timeliness",
    pgettext_lazy("axis", "Timeliness"),
    "tm",
    [
        ("no_deadline", pgettext_lazy("timeliness", "No deadline"), PLAIN),
        ("not_due", pgettext_lazy("timeliness", "Not due"), PLAIN),
        ("due_soon", pgettext_lazy("timeliness", "Due soon"), PLAIN),
        ("overdue", pgettext_lazy("timeliness", "Overdue"), BAD),
        ("claimed_in_time", pgettext_lazy("timeliness", "Claimed in time"), PLAIN),
        ("claimed_late", pgettext_lazy("timeliness", "Claimed late"), BAD),
        ("done_in_time", pgettext_lazy("timeliness", "Done in time"), ANSWERED),
        ("done_late", pgettext_lazy("timeliness", "Done late"), BAD),
        ("no_published_data", pgettext_lazy("state", "No published data"), QUIET),
    ],
)
VERIFICATION = _axis(
    "verification",
    pgettext_lazy("axis", "Verification"),
    "vf",
    [
        ("none", pgettext_lazy("verification", "Nothing reported yet"), PLAIN),
        ("claimed", pgettext_lazy("verification", "Claimed by the unit"), PLAIN),
        ("accepted", pgettext_lazy("verification", "Accepted on papers"), ANSWERED),
        ("verified", pgettext_lazy("verification", "Verified"), ANSWERED),
        ("not_confirmed", pgettext_lazy("verification", "Not confirmed by a check"), BAD),
        ("reversed", pgettext_lazy("verification", "Confirmation reversed"), BAD),
        ("no_published_data", pgettext_lazy("state", "No published data"), QUIET),
    ],
)
AXES = {axis.code: axis for axis in (LIFECYCLE, TIMELINESS, VERIFICATION)}
