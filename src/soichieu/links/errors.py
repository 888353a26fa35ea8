"""What this room answers besides the ledger's refusals."""

from __future__ import annotations

from soichieu.ledger.errors import Refusal
from soichieu.links.models import Decision, LeftOpen


class Conflict(Refusal):
    """Somebody decided in between. ``current`` is what stands now; nothing was written."""

    def __init__(self, message: object, current: Decision | LeftOpen | None) -> None:
        super().__init__(message)
        self.current = current
