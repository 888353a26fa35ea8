"""From which address a visitor comes."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

LONGEST = 64
"""Letters of an address that are kept; one of version 6 with its zone is shorter."""


def visitor_address(request: HttpRequest) -> str:
    """The address of whoever asks; behind a proxy the one that it names last, for what stands before it the visitor
    may have written."""
    if settings.BEHIND_PROXY:
        named = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if named:
            return str(named)[:LONGEST]
    return str(request.META.get("REMOTE_ADDR", ""))
