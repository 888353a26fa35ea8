"""What the shell shows of who is signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from soichieu.accounts import acting


def who(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``acting``, the post of this session, for the masthead."""
    return {"acting": SimpleLazyObject(lambda: acting.current(request))}
