"""An address to which forms are sent, asked for as a page, leads to the page on which the form stands."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve


class FormAddressMiddleware:
    """Whoever comes by GET to an address that takes only POST is taken to the nearest page above it.

    A refused form is answered at such an address, so it stands in the browser's line, in a bookmark, behind a reload
    and in what is to be opened after a sign-in. Programs, which do not ask for a page, still get their 405.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if (
            answer.status_code == 405
            and request.method in ("GET", "HEAD")
            and "text/html" in request.headers.get("Accept", "")
        ):
            return HttpResponseRedirect(_above(request.path_info))
        return answer


def _above(path: str) -> str:
    """The nearest address above one that leads anywhere."""
    while path := path.rstrip("/").rpartition("/")[0]:
        try:
            resolve(f"{path}/")
        except Resolver404:
            continue
        return f"{path}/"
    return "/"
