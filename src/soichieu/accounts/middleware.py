"""Who asks, and that somebody must."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.functional import SimpleLazyObject
from django_htmx.http import HttpResponseClientRedirect

from soichieu.accounts.acting import asker_of


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Every view needs somebody signed in unless it says otherwise (``login_not_required``).

    A part of a page that is asked for after the session ended takes the whole page to the sign-in, not a sign-in
    form into the part.
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if getattr(request, "htmx", False):
            try:
                shown = urlsplit(request.htmx.current_url or "/")  # type: ignore[attr-defined]
            except ValueError:  # an address that no browser sends
                shown = urlsplit("/")
            back = shown.path + (f"?{shown.query}" if shown.query else "")
            answer = redirect_to_login(back, self.get_login_url(view_func), self.get_redirect_field_name(view_func))
            return HttpResponseClientRedirect(answer.url)
        return super().handle_no_permission(request, view_func)


class AskerMiddleware:
    """Sets ``request.asker``: the organisation's ``Asker``, worked out when first asked for; None for nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated
        request.asker = SimpleLazyObject(lambda: asker_of(request)) if signed_in else None  # type: ignore[attr-defined]
        return self.get_response(request)
