"""What every page's template may use, as ``shell``."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from soichieu.web import instance_flags, navigation

LIGHT_COOKIE = "light"


class Shell:
    """The frame around one page. Nothing is computed before a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def links(self) -> list[navigation.Link]:
        """The menu; empty for somebody who has not signed in."""
        return navigation.links(self._request) if self.signed_in else []

    @cached_property
    def bar(self) -> tuple[list[navigation.Link], list[navigation.Link]]:
        """The menu as it stands at the top of a wide page: in the bar, and under "More"."""
        return navigation.in_the_bar(self.links)

    @cached_property
    def signed_in(self) -> bool:
        user = getattr(self._request, "user", None)
        return bool(user is not None and user.is_authenticated)

    @cached_property
    def flags(self) -> dict[str, str]:
        """What the instance says about itself."""
        return instance_flags.flags()

    @property
    def demonstration(self) -> bool:
        return instance_flags.DEMONSTRATION in self.flags

    @property
    def injected_clock(self) -> bool:
        return instance_flags.INJECTED_CLOCK in self.flags

    @property
    def light(self) -> str:
        """``dim`` when this browser asked for the lamp turned down, else empty."""
        return "dim" if self._request.COOKIES.get(LIGHT_COOKIE) == "dim" else ""

    @cached_property
    def who(self) -> str:
        """The template that says who is signed in, or empty."""
        return navigation.slots().get("who", "") if self.signed_in else ""

    @property
    def here(self) -> str:
        """Where the switches of language and light come back to: this page, or of a sent form the page it was sent
        from, because what a form is sent to need not be a page."""
        request = self._request
        came = request.headers.get("Referer", "") if request.method == "POST" else ""
        if came and url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure()):
            from_page = urlsplit(came)
            return from_page.path + (f"?{from_page.query}" if from_page.query else "")
        return request.get_full_path()

    @property
    def other_languages(self) -> list[tuple[str, str]]:
        """(code, name in that language) of the languages that this page is not in."""
        names = {"vi": "Tiếng Việt", "en": "English"}
        return [(code, names.get(code, code)) for code, _ in settings.LANGUAGES if code != get_language()]

    @property
    def printed_at(self) -> Any:
        return timezone.localtime()


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``shell`` for every template."""
    return {"shell": Shell(request)}
