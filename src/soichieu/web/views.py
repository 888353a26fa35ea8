"""The shell's own pages: home, what is real here, language and light, health, errors, the components."""

from __future__ import annotations

import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http.request import split_domain_port
from django.middleware.csrf import REASON_BAD_ORIGIN
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language as django_set_language

from soichieu.web import gallery, navigation
from soichieu.web.context import LIGHT_COOKIE
from soichieu.web.errors import NotYet, Unanswerable

log = logging.getLogger(__name__)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where this asker starts."""
    return redirect(navigation.home_url(request))


@require_GET
@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    """What is real in a demonstration and what is invented; on a real instance, what the software is."""
    return render(request, "web/about.html")


@require_GET
def components(request: HttpRequest) -> HttpResponseBase:
    """Every part of the design system in every state, on one page."""
    context = gallery.context(request)
    return context["list"].answer(request) or render(request, "web/components.html", context)


@require_GET
@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """200 while the database answers, 503 otherwise; for whatever watches the server."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        log.exception("the database does not answer")
        return JsonResponse({"ok": False}, status=503)
    return JsonResponse({"ok": True})


# The browser keeps the language in a cookie; nobody need be signed in for that.
set_language = login_not_required(django_set_language)


@require_POST
@login_not_required
def light(request: HttpRequest) -> HttpResponse:
    """Turn the lamp up or down for this browser."""
    wanted = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        wanted = "/"
    answer = redirect(wanted)
    if request.POST.get("light") == "dim":
        answer.set_cookie(
            LIGHT_COOKIE, "dim", max_age=365 * 86400, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        answer.delete_cookie(LIGHT_COOKIE, samesite="Lax")
    return answer


def _error(request: HttpRequest, status: int, title: str, why: str, hint: str, **more: str) -> HttpResponse:
    context = {"status": status, "title": title, "why": why, "hint": hint, **more}
    return render(request, "web/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 for a form that carries too much, with how much it may. A name that the instance was not given is told
    with the setting that gives it one."""
    if isinstance(exception, DisallowedHost):
        # Without the frame of our pages: what asks the request for its host fails again.
        host, _port = split_domain_port(request.META.get("HTTP_HOST", ""))
        return HttpResponse(render_to_string("web/unknown_host.html", {"host": host}), status=400)
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return _error(
            request,
            413,
            _("More was sent than a form may carry"),
            _("A form may carry %(size)s of text and %(fields)s fields, files apart; nothing was saved.")
            % {
                "size": filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
                "fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
            },
            _("Go back: what you typed still stands in the form. Send less at once, or attach it as a file."),
        )
    return _error(
        request,
        400,
        _("This request cannot be read"),
        str(exception)
        if isinstance(exception, Unanswerable)
        else _("The address or the form that was sent is not whole."),
        _("Go back, load the page anew and try again."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403; a message of ours is shown, so that the asker learns which rule stands against it."""
    said = str(exception) if exception and str(exception) else ""
    return _error(
        request,
        403,
        _("This is not yours to see or do"),
        _sentence(said) or _("The post you work in has no right to this page."),
        _(
            "If you hold another post, or may act on behalf of one that has the right, change to it. Otherwise ask the"
            " unit that runs this directive."
        ),
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose page has grown too old, or that came by an address the server does not know as its own."""
    if reason == REASON_BAD_ORIGIN % request.META.get("HTTP_ORIGIN"):
        return _error(
            request,
            403,
            _("The form came from another address"),
            _("It was sent from %(origin)s, and this server does not know that address as its own; nothing was saved.")
            % {"origin": request.META["HTTP_ORIGIN"]},
            _(
                "Open this site by its own address and try again. If this is its address, tell whoever runs the"
                " instance: behind a proxy with HTTPS it needs the settings SOICHIEU_PROXY=1 or SOICHIEU_ORIGINS."
            ),
        )
    return _error(
        request,
        403,
        _("The form had grown too old"),
        _("You signed in or out in another window since this page was opened, or cookies are switched off."),
        _("Go back, load the page anew and send the form again; nothing was saved."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; also for what exists but is not the asker's to see. What only is not there yet says what it waits for."""
    if isinstance(exception, NotYet):
        title = _("This page is not there yet")
        return _error(request, 404, title, str(exception), "", way=exception.way, words=exception.words)
    return _error(
        request,
        404,
        _("There is no such page"),
        _("Nothing stands at this address, or it is not yours to see."),
        _("Check the address, or start from the menu above."),
    )


def _sentence(said: str) -> str:
    """A reason, written to follow a colon, as a sentence of its own."""
    return capfirst(said) + ("." if said[-1:].isalnum() else "")


def server_error(request: HttpRequest) -> HttpResponse:
    """500, drawn without the database, which may be what failed."""
    return HttpResponse(render_to_string("web/500.html"), status=500)
