"""What this room answers besides the ledger's refusals."""

from __future__ import annotations

from soichieu.ledger.errors import Refusal


class MovedOn(Refusal):
    """The conference went on while the asker looked at an older state of it; nothing was written."""
