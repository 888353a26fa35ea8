"""The ASGI entry point of a web process: live streams in its event loop, pages in threads."""

from __future__ import annotations

import asyncio
import signal
import threading
from types import FrameType
from typing import Any

from soichieu.wsgi import application as pages_application  # isort: skip  # First of ours: it wakes Django.

from soichieu.conferences.live.server import Live
from soichieu.web.threads import Pages, Receive, Scope, Send, environ_of

PAGE_THREADS = 4
"""A page is work for the processor and the database; more threads than this only wait for each other."""

pages = Pages(pages_application, PAGE_THREADS)
live = Live(pages_application, environ_of)


def _end_streams_when_told_to_stop() -> None:
    """The server waits for its connections before it says that it stops, and a stream would never end by itself."""
    loop = asyncio.get_running_loop()
    if threading.current_thread() is not threading.main_thread():
        return

    def stop(received: int) -> None:
        if not live.ended:
            live.end()
            # When many streams end at that very moment the loop may not hear of the number: say it once more.
            loop.call_later(0.5, signal.raise_signal, received)

    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def told(received: int, frame: FrameType | None, before: Any = before) -> None:
            loop.call_soon_threadsafe(stop, received)
            if callable(before):
                before(received, frame)

        # The server's own handlers are woken by the loop, which hears of the number and not of this function.
        signal.signal(number, told)
        signal.siginterrupt(number, False)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """One connection: a stream, a page, or the server's own word that it starts or stops."""
    if scope["type"] == "http":
        await (live if scope["path"].startswith("/live/") else pages)(scope, receive, send)
    elif scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1000})
    else:
        while True:
            said = await receive()
            if said["type"] == "lifespan.startup":
                _end_streams_when_told_to_stop()
            else:
                live.end()
            await send({"type": f"{said['type']}.complete"})
            if said["type"] == "lifespan.shutdown":
                return
