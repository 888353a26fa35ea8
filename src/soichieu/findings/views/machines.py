"""The data of a page as JSON: the same address with ``format=json``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, JsonResponse

from soichieu.web.dates import TwoDates
from soichieu.web.lists.listing import Listing


def asked(request: HttpRequest) -> bool:
    """Whether a machine asks."""
    return request.GET.get("format") == "json"


def answer(data: dict[str, Any]) -> JsonResponse:
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


def listing(of: Listing, rows: Iterable[dict[str, Any]], two: TwoDates, **more: Any) -> JsonResponse:
    """A list as filtered, all of its rows, with its rule and both dates."""
    return answer(
        {
            "title": str(of.definition.title),
            "rule": str(of.definition.rule),
            "as_at": two.as_at.isoformat(),
            "known_at": two.known_at.isoformat() if two.known_at else None,
            "filters": [words for words, _url in of.pills()],
            **more,
            "rows": list(rows),
        }
    )
