"""The ASGI entry point of a web process: live streams in its event loop, pages in threads."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import socket
import threading

from soichieu.wsgi import application as pages_application  # isort: skip  # First of ours: it wakes Django.

from soichieu.conferences.live.server import Live
from soichieu.links.engine import warm_up
from soichieu.web.threads import Pages, Receive, Scope, Send, environ_of

PAGE_THREADS = 4
"""A page is work for the processor and the database; more threads than this only wait for each other."""
WARM_UP_AFTER_S = float(os.environ.get("SOICHIEU_WARM_UP_AFTER_S", "4"))
"""So long after a web process started it loads what comparing needs (some 100 MB): earlier its first page would wait
with it. Below 0: never, so that the first light table waits for it."""
PARENT_S = 0.5
"""How often a web process looks whether the one that started it is still there."""

pages = Pages(pages_application, PAGE_THREADS)
live = Live(pages_application, environ_of)


def _hear_signals() -> None:
    """End the streams when the server is told to stop: it waits for its connections first, and a stream would never end
    by itself.

    The loop hears of signals by the same line on which threads wake it. When hundreds of streams end at once that line
    is full, and a signal at that moment would be lost. So signals get a line of their own, and are passed on from it.
    """
    loop = asyncio.get_running_loop()
    if threading.current_thread() is not threading.main_thread():
        return
    hears, tells = socket.socketpair()
    hears.setblocking(False)
    tells.setblocking(False)
    before = signal.set_wakeup_fd(tells.fileno(), warn_on_full_buffer=False)

    def heard(_kept_open: socket.socket = tells) -> None:
        numbers = hears.recv(256)
        if {signal.SIGTERM, signal.SIGINT} & set(numbers):
            live.end()
        if before != -1:
            pass_on(numbers)

    def pass_on(numbers: bytes) -> None:
        """To the loop, whose handlers are the server's own."""
        try:
            numbers = numbers[os.write(before, numbers) :]
        except BlockingIOError:
            loop.call_later(0.01, pass_on, numbers)

    loop.add_reader(hears, heard)


async def _end_with_parent() -> None:
    """Stop when the process that started this one is gone, killed: nobody would ever stop this one, and it holds the
    port."""
    parent = multiprocessing.parent_process()
    while parent is not None and os.getppid() == parent.pid:
        await asyncio.sleep(PARENT_S)
    if parent is not None:
        signal.raise_signal(signal.SIGTERM)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """One connection: a stream, a page, or the server's own word that it starts or stops."""
    if scope["type"] == "http":
        await (live if scope["path"].startswith("/live/") else pages)(scope, receive, send)
    elif scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1000})
    else:
        watch: asyncio.Task[None] | None = None
        while True:
            said = await receive()
            if said["type"] == "lifespan.startup":
                _hear_signals()
                watch = asyncio.create_task(_end_with_parent())
            else:
                live.end()
                if watch is not None:
                    watch.cancel()
            await send({"type": f"{said['type']}.complete"})
            if said["type"] == "lifespan.startup" and WARM_UP_AFTER_S >= 0:
                # Beside the pages, and after those that a browser asks for first: nobody waits for it, nor does a stop.
                warming = threading.Thread(target=warm_up, name="warm-up", daemon=True)
                asyncio.get_running_loop().call_later(WARM_UP_AFTER_S, warming.start)
            if said["type"] == "lifespan.shutdown":
                return
