"""What can go wrong in the register, by name. Wrong input is Django's ``ValidationError``, by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class EditConflict(Exception):
    """Someone else saved first. The message says who and when; what was typed is kept by whoever asked.

    ``newest`` is what stands there now: an ``Edition`` or a ``PendingReading``.
    """

    def __init__(self, message: str, newest: object) -> None:
        super().__init__(message)
        self.newest = newest


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. ``cell`` is "Sheet1!E7", or empty where it is the file as a whole."""

    cell: str
    message: str

    def __str__(self) -> str:
        return f"{self.cell}: {self.message}" if self.cell else self.message


class BadSheet(ValueError):
    """The sheet cannot be taken over; nothing was written. ``faults`` names every place that was found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)
