"""What the ledger answers when it cannot do what is asked: what, where, and what to do."""

from __future__ import annotations


class Refusal(Exception):
    """A change that is not made. ``str()`` is a sentence for the person who asked; ``field`` names the field it is
    about."""

    def __init__(self, message: object, *, field: str | None = None) -> None:
        super().__init__(str(message))
        self.field = field


class Forbidden(Refusal):
    """The asker may not do this; the message says why."""


class Overtaken(Refusal):
    """A line was written about the task since the asker looked. ``position``: that of the newest in its chain."""

    def __init__(self, message: object, position: int) -> None:
        super().__init__(message)
        self.position = position
