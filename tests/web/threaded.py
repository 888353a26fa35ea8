"""A WSGI application for a real server in front of :mod:`soichieu.web.threads`: each path does one thing that can go
wrong, and what happened is written into the folder THREADED_FOLDER, a file for each."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from soichieu.web.threads import Pages

Start = Callable[..., Any]
SECRET = "what-nobody-outside-may-read"
PIECE = b"0123456789abcdef" * 4096


def happened(name: str, text: str = "") -> None:
    folder = Path(os.environ["THREADED_FOLDER"])
    (folder / f"{name}.part").write_text(text)
    (folder / f"{name}.part").rename(folder / name)


class Pieces:
    """A response without end, or with one after ``count`` pieces."""

    def __init__(self, count: int | None = None) -> None:
        self.count = count

    def __iter__(self) -> Iterator[bytes]:
        sent = 0
        while self.count is None or sent < self.count:
            yield PIECE
            sent += 1

    def close(self) -> None:
        happened("closed")


def broken() -> Iterator[bytes]:
    for _piece in range(40):
        yield PIECE
    raise RuntimeError(SECRET)


def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    path = environ["PATH_INFO"]
    plain = [("Content-Type", "text/plain")]
    if path == "/cookies":
        start("200 OK", [*plain, ("Set-Cookie", "a=1; Path=/"), ("Set-Cookie", "b=2; Path=/")])
        return [environ.get("HTTP_COOKIE", "").encode()]
    if path == "/upload":
        body = environ["wsgi.input"]
        happened("first", str(len(body.read(10))))
        try:
            rest = body.read()
        except OSError as gone:
            happened("cut-off", type(gone).__name__)
            raise
        happened("whole", str(10 + len(rest)))
        start("200 OK", plain)
        return [hashlib.sha256(rest).hexdigest().encode()]
    if path == "/long":
        start("200 OK", plain)
        return Pieces(200)
    if path == "/endless":
        start("200 OK", plain)
        return Pieces()
    if path == "/broken":
        start("200 OK", plain)
        return broken()
    if path == "/raises":
        raise RuntimeError(SECRET)
    if path == "/slow":
        time.sleep(0.5)
    start("200 OK", plain)
    return [path.encode("latin-1"), b"?", environ["QUERY_STRING"].encode("latin-1")]


pages = Pages(application, 4)


async def asgi(scope: Any, receive: Any, send: Any) -> None:
    """What a server is given."""
    if scope["type"] == "http":
        await pages(scope, receive, send)
        return
    while True:
        said = await receive()
        await send({"type": f"{said['type']}.complete"})
        if said["type"] == "lifespan.shutdown":
            return
