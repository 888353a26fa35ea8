"""Addresses that several pages lead to; a page that is not in this house gives an empty one."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import NoReverseMatch, reverse

from soichieu.board.ask import with_query


def unit_url(unit_id: int, query: Mapping[str, str] | None = None) -> str:
    """The sheet of a unit, or empty."""
    try:
        return with_query(reverse("board:unit", args=[unit_id]), query or {})
    except NoReverseMatch:
        return ""


def document_url(pk: int, query: Mapping[str, str] | None = None) -> str:
    """The page of a document, or empty."""
    try:
        return with_query(reverse("documents:document", args=[pk]), query or {})
    except NoReverseMatch:
        return ""


def place_url(key: str, query: Mapping[str, str] | None = None) -> str:
    """The sentence with this identity in its document, or empty."""
    try:
        return with_query(reverse("documents:place", args=[key]), query or {})
    except NoReverseMatch:
        return ""


def obligation_url(pk: int, query: Mapping[str, str] | None = None) -> str:
    return with_query(reverse("board:obligation", args=[pk]), query or {})


def thread_url(requirement: int, query: Mapping[str, str] | None = None) -> str:
    return with_query(reverse("board:thread", args=[requirement]), query or {})


def list_url(directive: int, *queries: Mapping[str, object]) -> str:
    return with_query(reverse("board:list", args=[directive]), *queries)
