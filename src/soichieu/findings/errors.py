"""What this room answers besides the ledger's refusals."""

from __future__ import annotations

from collections.abc import Sequence

from soichieu.findings.models import Version
from soichieu.ledger.errors import Refusal


class TwoHeads(Refusal):
    """Two people worded it at once and nobody has settled which holds. ``heads`` are both wordings."""

    def __init__(self, message: object, heads: Sequence[Version]) -> None:
        super().__init__(message, field="version")
        self.heads = list(heads)


class Unclear(Refusal):
    """A task of which some of the six clears are missing. ``missing`` are their codes, in the conclusion's order."""

    def __init__(self, message: object, missing: Sequence[str]) -> None:
        super().__init__(message, field="terms")
        self.missing = list(missing)
