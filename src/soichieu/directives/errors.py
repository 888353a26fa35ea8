"""What this room answers besides the ledger's refusals."""

from __future__ import annotations

from soichieu.ledger.errors import Refusal
from soichieu.ledger.models import Requirement


class Conflict(Refusal):
    """Somebody else saved in between. ``current`` is what stands there now; nothing of either is lost."""

    def __init__(self, message: object, current: Requirement) -> None:
        super().__init__(message)
        self.current = current
