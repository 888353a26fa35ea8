"""The messages of a live stream, as text/event-stream writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping

HEAD = b"retry: 1000\n\n"
KEEP_ALIVE = b"event: alive\ndata: 1\n\n"
"""An event and not a comment, of which no script hears: the page, too, must notice that its line has fallen silent. It
has no id, so it moves nothing."""


def change(position: int, kind: str) -> bytes:
    """A line of the conference's book. Its position is the message's id."""
    data = json.dumps({"position": position, "kind": kind}, separators=(",", ":"))
    return f"id: {position}\nevent: change\ndata: {data}\n\n".encode()


def fragment(position: int, part: str, html: str) -> bytes:
    """The whole of a part. The id says up to where the stream has told the book, not what the part was drawn from."""
    lines = "".join(f"data: {line}\n" for line in html.splitlines() or [""])
    return f"id: {position}\nevent: {part}\n{lines}\n".encode()


def fragments(position: int, parts: Mapping[str, str]) -> bytes:
    """Several parts by name, one after the other."""
    return b"".join(fragment(position, part, html) for part, html in parts.items())


def position_of(said: str) -> int:
    """The position in a ``Last-Event-ID`` or ``from``; 0, the beginning, for what is none."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 10 else 0
