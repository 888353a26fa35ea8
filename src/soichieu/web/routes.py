"""Every address of the site by name, for whatever must walk them all (the permission table, the check of names)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """One address. ``name`` with its namespace ("board:unit"), empty when it has none; ``pattern`` as written;
    ``arguments`` are its placeholders; ``public``: nobody need be signed in."""

    name: str
    pattern: str
    arguments: tuple[str, ...]
    view: Any
    public: bool


def routes(resolver: URLResolver | None = None) -> list[Route]:
    """All routes, in the order in which they are tried."""
    return list(_walk(resolver or get_resolver(), "", "", ()))


def _walk(resolver: URLResolver, space: str, before: str, arguments: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        found = (*arguments, *entry.pattern.converters)
        if isinstance(entry, URLPattern):
            view = entry.callback
            yield Route(
                f"{space}{entry.name}" if entry.name else "",
                "/" + pattern,
                found,
                view,
                not getattr(view, "login_required", True),
            )
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, inner, pattern, found)
