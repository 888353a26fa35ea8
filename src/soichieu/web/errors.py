"""What a page refuses to answer, with words for the asker."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import Http404


class Unanswerable(BadRequest):
    """A request that would be answered with something else than was asked; the message says what and what to do."""


class NotYet(Http404):
    """A page that the asker may look at once there is something on it. ``why`` says what it waits for; ``way`` is the
    address, in ``words``, where one waits for it."""

    def __init__(self, why: str, *, way: str, words: str) -> None:
        super().__init__(why)
        self.way, self.words = way, words
