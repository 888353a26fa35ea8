"""The deadlines of the demonstration are read from its sentences, by the one rule that the pages read them by."""

from __future__ import annotations

import datetime as dt

from soichieu.language.dates import find_periods


def last_day(words: str) -> dt.date | None:
    """The last day that a sentence leaves, None where it names none: of "trước ngày 30-5-2025" it is 29-5-2025."""
    ends = [period.end for period in find_periods(words) if period.end is not None]
    return ends[-1] if ends else None
