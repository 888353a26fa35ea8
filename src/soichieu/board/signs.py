"""The one sign of a cell as a small number: codes in the order of what is worst, for arrays of any length."""

from __future__ import annotations

import numpy as np

from soichieu.ledger.fold import states as st
from soichieu.web.heat import SIGNS, sign_of

ORDER = (
    "overdue", "returned", "not_started", "waiting", "done_late", "in_progress", "no_data", "done", "verified", "out",
)  # fmt: skip
"""Worst first: several tasks in one cell show the first of these that occurs."""
MANY = len(ORDER)
OVERDUE, RETURNED, NOT_STARTED, WAITING, DONE_LATE, IN_PROGRESS, NO_DATA, DONE, VERIFIED, OUT = range(MANY)
NONE = np.int8(-1)
OPEN = (OVERDUE, RETURNED, NOT_STARTED)
"""Holes and what is late or broken: what the filter keeps."""
FINISHED = (DONE_LATE, DONE, VERIFIED)
CSS = tuple(SIGNS[code].css for code in ORDER)
TEXT = tuple(SIGNS[code].text for code in ORDER)


def _table() -> np.ndarray:
    table = np.empty((len(st.LIFECYCLE), len(st.TIMELINESS), len(st.VERIFICATION)), np.int8)
    for life, life_code in enumerate(st.LIFECYCLE):
        for time, time_code in enumerate(st.TIMELINESS):
            for seal, seal_code in enumerate(st.VERIFICATION):
                table[life, time, seal] = ORDER.index(sign_of(life_code, time_code, seal_code))
    return table


_TABLE = _table()


def signs(lifecycle: np.ndarray, timeliness: np.ndarray, verification: np.ndarray) -> np.ndarray:
    """The sign of each row of three arrays of codes (``ledger.fold.states``)."""
    return _TABLE[lifecycle, timeliness, verification]
