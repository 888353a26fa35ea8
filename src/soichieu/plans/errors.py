"""What this room answers when it cannot do what is asked."""

from __future__ import annotations

from collections.abc import Sequence

from soichieu.ledger.errors import Refusal


class ChangedMeanwhile(Refusal):
    """Somebody else saved first: nothing is written. ``newest`` is the row that stands now; ``changes`` says in words
    what is different in it from what the asker saw."""

    def __init__(self, message: object, newest: object, changes: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.newest = newest
        self.changes = tuple(changes)
