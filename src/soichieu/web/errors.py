"""What a page refuses to answer, with words for the asker."""

from __future__ import annotations

from django.core.exceptions import BadRequest


class Unanswerable(BadRequest):
    """A request that would be answered with something else than was asked; the message says what and what to do."""
