"""What can go wrong in the register, by name. Wrong input is Django's ``ValidationError``, by field."""

from __future__ import annotations


class EditConflict(Exception):
    """Someone else saved first. The message says who and when; what was typed is kept by whoever asked.

    ``newest`` is what stands there now: an ``Edition`` or a ``PendingReading``.
    """

    def __init__(self, message: str, newest: object) -> None:
        super().__init__(message)
        self.newest = newest
