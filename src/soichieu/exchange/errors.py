"""What is wrong with a file that was handed in: where, what, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


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
