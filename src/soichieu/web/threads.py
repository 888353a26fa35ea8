"""Pages in threads: the WSGI application, answered from within an ASGI one.

Live streams want an event loop (thousands wait at once), pages want a thread each (Django's database calls block).
:class:`Pages` gives each request to a small pool of threads, and keeps what a WSGI server keeps: a body is read as it
is asked for, never held whole; a response is iterated, closed, and broken off when the client goes away. An upload that
is cut off raises in whoever reads it, so that half a file is never taken for a file.
"""

from __future__ import annotations

import asyncio
import contextvars
import io
import sys
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote_to_bytes

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
WsgiApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# A response up to this size crosses from its thread to the loop once; a longer one in pieces of about this size.
PIECE_BYTES = 256 * 1024


class ClientGone(ConnectionError):
    """The client closed the connection before everything was read or sent."""


class Pages:
    """The ASGI application around a WSGI one. ``threads``: how many requests are worked on at once."""

    def __init__(self, application: WsgiApplication, threads: int) -> None:
        self.application = application
        self.pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="page")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = _Exchange(asyncio.get_running_loop(), receive, send, head=scope["method"] == "HEAD")
        environ = environ_of(scope)
        if "HTTP_TRANSFER_ENCODING" in environ and "CONTENT_LENGTH" not in environ:
            # WSGI knows no body of unknown length: it would be read as an empty one.
            await send({"type": "http.response.start", "status": 411, "headers": [(b"connection", b"close")]})
            await send({"type": "http.response.body", "body": b""})
            return
        if environ.get("CONTENT_LENGTH", "0") not in ("", "0"):
            environ["wsgi.input"] = io.BufferedReader(_Body(exchange), PIECE_BYTES)
        # A context of its own for each request: what one sets (its language) never reaches the next in this thread.
        context = contextvars.copy_context()
        try:
            await exchange.loop.run_in_executor(self.pool, context.run, _answer, self.application, environ, exchange)
            await exchange.flush(last=True)
        except ClientGone:
            pass
        finally:
            exchange.end()


class _Exchange:
    """One request and its response, between the loop and a thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop, receive: Receive, send: Send, *, head: bool) -> None:
        self.loop, self._receive, self._send, self.head = loop, receive, send, head
        self.started: Message | None = None
        self.pieces: list[bytes] = []
        self.held = 0
        self.gone = False
        self._sent_start = False
        self._watch: asyncio.Task[None] | None = None

    # In the loop

    async def read(self, wanted: int) -> tuple[bytes, bool]:
        """At least ``wanted`` bytes of the body unless it ends before, and whether more follow."""
        parts, size, more = [], 0, True
        while more and size < wanted:
            message = await self._receive()
            if message["type"] != "http.request":
                self.gone = True
                raise ClientGone("the client went away before its request was complete")
            part = message.get("body", b"")
            parts.append(part)
            size += len(part)
            more = message.get("more_body", False)
        return b"".join(parts), more

    async def flush(self, *, last: bool) -> None:
        if self.started is None:
            raise RuntimeError("the application answered without start_response")
        if not last and self._watch is None:
            # The server does not say of a send that nobody takes it: that the client went is heard by listening.
            self._watch = self.loop.create_task(self._until_gone())
        if not self._sent_start:
            self._sent_start = True
            await self._send(self.started)
        body = b"".join(self.pieces)
        self.pieces, self.held = [], 0
        await self._send({"type": "http.response.body", "body": body, "more_body": not last})

    async def _until_gone(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.gone = True

    def end(self) -> None:
        if self._watch is not None:
            self._watch.cancel()

    # In the thread

    def start_response(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> Callable[[bytes], None]:
        if exc_info and self._sent_start:
            raise exc_info[1].with_traceback(exc_info[2])
        self.started = {
            "type": "http.response.start",
            "status": int(status.split(" ", 1)[0]),
            "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        }
        return self.write

    def write(self, piece: bytes) -> None:
        if self.head or not piece:
            return
        if self.gone:
            raise ClientGone("the client went away before its answer was complete")
        self.pieces.append(piece)
        self.held += len(piece)
        if self.held >= PIECE_BYTES:
            asyncio.run_coroutine_threadsafe(self.flush(last=False), self.loop).result()


def _answer(application: WsgiApplication, environ: dict[str, Any], exchange: _Exchange) -> None:
    response = application(environ, exchange.start_response)
    try:
        if not exchange.head:
            for piece in response:
                exchange.write(piece)
    finally:
        if (close := getattr(response, "close", None)) is not None:
            close()


class _Body(io.RawIOBase):
    """The body of a request as WSGI reads it: blocking, once, forwards."""

    def __init__(self, exchange: _Exchange) -> None:
        self._exchange = exchange
        self._left = memoryview(b"")
        self._more = True

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        wanted = len(buffer)
        if not self._left and self._more:
            read = self._exchange.read(min(wanted, PIECE_BYTES))
            data, self._more = asyncio.run_coroutine_threadsafe(read, self._exchange.loop).result()
            self._left = memoryview(data)
        size = min(wanted, len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size


def environ_of(scope: Scope) -> dict[str, Any]:
    """The request without its body, as WSGI says it (PEP 3333). A header whose name has an underscore is left
    out: it would pass for the one with a hyphen."""
    path = scope.get("raw_path") or scope["path"].encode()
    server = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path.split(b"?", 1)[0]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 80),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if scope.get("client"):
        environ["REMOTE_ADDR"] = scope["client"][0]
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name:
            continue
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        if name not in ("CONTENT_LENGTH", "CONTENT_TYPE"):
            name = f"HTTP_{name}"
        if name in environ:
            value = f"{environ[name]}{'; ' if name == 'HTTP_COOKIE' else ','}{value}"
        environ[name] = value
    return environ
