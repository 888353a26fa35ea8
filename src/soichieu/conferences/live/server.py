"""The live streams as a plain ASGI application: thousands wait in one event loop, none holds a thread."""

from __future__ import annotations

import asyncio
import contextvars
import random
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.signals import request_finished, request_started
from django.http import HttpResponseBase
from django.urls import set_script_prefix

from soichieu.conferences.live.admission import STREAMS_ITSELF, Admitted
from soichieu.conferences.live.channel import Stream
from soichieu.conferences.live.hub import Full, Hub

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Environ = Callable[[Scope], dict[str, Any]]

LONGEST_S = 600.0
"""A stream ends after about so long; the page comes back at once and it is asked again who it is."""
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-accel-buffering", b"no"),
]


class Live:
    """``pages``: Django, which says who is admitted. ``environ_of``: a request of ASGI as WSGI says it."""

    def __init__(self, pages: WSGIHandler, environ_of: Environ) -> None:
        self.pages, self.environ_of = pages, environ_of
        self._hub: Hub | None = None
        self.ended = False

    @property
    def hub(self) -> Hub:
        """The hub of this process, made in its event loop."""
        if self._hub is None:
            self._hub = Hub()
        return self._hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.ended:
            await _refuse(send, 503, [(b"retry-after", b"5")], b"")
            return
        context = contextvars.copy_context()
        response = await self.hub.admit(context.run, self._ask, scope)
        if not isinstance(response, Admitted):
            await _refuse(send, *response)
            return
        try:
            stream = await self.hub.join(response.admission)
        except Full as full:
            await _refuse(send, full.status, [(b"retry-after", b"5")], b"")
            return
        try:
            await _stream(stream, receive, send)
        finally:
            self.hub.leave(stream)

    def _ask(self, scope: Scope) -> Admitted | tuple[int, list[tuple[bytes, bytes]], bytes]:
        """In a thread: what Django answers, through all its middleware."""
        environ = self.environ_of(scope) | {STREAMS_ITSELF: True}
        set_script_prefix("/")
        request_started.send(sender=type(self), environ=environ)
        response: HttpResponseBase | None = None
        try:
            response = self.pages.get_response(WSGIRequest(environ))
            if isinstance(response, Admitted):
                return response
            if 300 <= response.status_code < 400:
                # To the sign-in: of no use to a stream.
                return 403, [], b""
            headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in response.items()]
            return response.status_code, headers, bytes(getattr(response, "content", b""))
        finally:
            if response is not None:
                response.close()
            else:
                request_finished.send(sender=type(self))

    def end(self) -> None:
        """Close all streams and begin no more."""
        self.ended = True
        if self._hub is not None:
            self._hub.end()


async def _refuse(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _stream(stream: Stream, receive: Receive, send: Send) -> None:
    loop = asyncio.get_running_loop()
    stream.task = asyncio.current_task()
    gone = loop.create_task(_until_gone(stream, receive))
    # Not all at the same moment: what came together after a restart goes apart.
    last = loop.call_later(LONGEST_S * random.uniform(0.8, 1.2), stream.end)  # noqa: S311 - no secret
    try:
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        while data := await stream.next():
            await send({"type": "http.response.body", "body": data, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    except asyncio.CancelledError:
        if not stream.dropped:
            raise
    finally:
        last.cancel()
        gone.cancel()


async def _until_gone(stream: Stream, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.drop()
