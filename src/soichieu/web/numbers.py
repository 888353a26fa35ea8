"""Whole numbers as a browser sends them: what is none, or too large for a database, is told apart and never raised."""

from __future__ import annotations

LARGEST = 2**63 - 1
"""The largest that a column of a database holds."""


def whole_number(text: str | None) -> int | None:
    """A whole number from 0 to :data:`LARGEST` in plain digits; None for all else ("²", "-1", a thousand nines)."""
    if not text or not (text.isascii() and text.isdecimal()) or len(text) > len(str(LARGEST)):
        return None
    number = int(text)
    return number if number <= LARGEST else None
