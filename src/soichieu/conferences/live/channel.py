"""One watched conference in one process: its lines, what its faces look like now, and who is listening.

All of this lives in the event loop, but for reading the book and drawing, which go to threads. The rule of the
streams: a stream is told each line of the book once, in order; the parts follow, whole, as soon as they are drawn.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from soichieu.conferences.live import messages, reading
from soichieu.conferences.live.admission import Admission

log = logging.getLogger(__name__)

HOLD_S = 0.03
"""So long a line waits for the parts drawn from it, so that both leave in one piece."""
QUEUE_BYTES = 512 * 1024
"""What may wait for one slow client; then its stream is broken off, and it comes back for what it missed."""
AGAIN_S, LONGEST_AGAIN_S = 0.5, 30.0
"""After which time a drawing that failed is tried again: the first time, and at most."""

InThread = Callable[..., Awaitable[Any]]


@dataclass(eq=False)
class Stream:
    """One listener. ``task`` sends to it. ``ended``: nothing more is put in, and what waits is still sent."""

    admission: Admission
    waiting: deque[bytes] = field(default_factory=deque)
    size: int = 0
    ended: bool = False
    dropped: bool = False
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[Any] | None = None

    def put(self, data: bytes) -> None:
        """Let ``data`` wait to be sent. Who takes nothing is given up at once: no one else waits, nothing piles up."""
        if self.ended:
            return
        if self.waiting and self.size + len(data) > QUEUE_BYTES:
            self.drop()
            return
        self.waiting.append(data)
        self.size += len(data)
        self.wake.set()

    def end(self) -> None:
        self.ended = True
        self.wake.set()

    def drop(self) -> None:
        """Break off at once, also in the middle of a send that nobody takes."""
        self.dropped = True
        self.waiting.clear()
        self.end()
        if self.task is not None:
            self.task.cancel()

    async def next(self) -> bytes:
        """All that waits, in one piece; empty when the stream has ended."""
        while not self.waiting and not self.ended:
            self.wake.clear()
            await self.wake.wait()
        data = b"".join(self.waiting)
        self.waiting.clear()
        self.size = 0
        return data


@dataclass(eq=False)
class Group:
    """The listeners of one face in one language, and its parts as they were last drawn; ``unsent``: those that the
    listeners do not have yet; ``joining``: how many wait to listen."""

    streams: set[Stream] = field(default_factory=set)
    parts: dict[str, str] = field(default_factory=dict)
    unsent: dict[str, str] = field(default_factory=dict)
    drawn: asyncio.Event = field(default_factory=asyncio.Event)
    joining: int = 0


class Channel:
    """A conference that somebody listens to. ``lines``: its book as messages; ``told``: how many of them the streams
    were told. ``look`` and ``draw`` run something in threads for what is quick and for what may be slow."""

    def __init__(self, admission: Admission, look: InThread, draw: InThread) -> None:
        self.pk = admission.conference
        self.idle_since: float | None = None
        self._book = reading.Book(admission.key, admission.unit)
        self._look, self._draw = look, draw
        self._lines: list[bytes] = []
        self._told = 0
        self._groups: dict[tuple[str, str], Group] = {}
        self._ended = False
        self._reading = asyncio.Lock()
        self._dirty = asyncio.Event()
        self._flushed = asyncio.Event()
        self._drawer = asyncio.get_running_loop().create_task(self._draw_always())

    @property
    def position(self) -> int:
        """The newest line that was read here."""
        return len(self._lines)

    @property
    def streams(self) -> list[Stream]:
        return [stream for group in self._groups.values() for stream in group.streams]

    async def join(self, admission: Admission) -> Stream:
        """A new stream: it gets what it missed, then how its face looks, then everything that follows."""
        if not self._lines or admission.after > self.position:
            # It was told more elsewhere, by another process of this instance, than was read here: read on first.
            await self.catch_up()
        group = self._groups.setdefault((admission.face, admission.language), Group())
        group.joining += 1
        try:
            if not group.drawn.is_set():
                self._dirty.set()
                await group.drawn.wait()
            self._flush()
            # A position beyond the book is of another life of this database: it is told from its beginning.
            after = admission.after if admission.after <= self._told else 0
            stream = Stream(admission)
            missed = b"".join(self._lines[after : self._told])
            stream.put(messages.HEAD + missed + messages.fragments(self._told, group.parts))
            group.streams.add(stream)
        finally:
            group.joining -= 1
        if self._ended:
            stream.end()
        return stream

    def leave(self, stream: Stream) -> None:
        stream.end()
        if group := self._groups.get((stream.admission.face, stream.admission.language)):
            group.streams.discard(stream)

    async def catch_up(self) -> None:
        """Read the lines that are new, and tell them: with the parts drawn from them when those are quick, else ahead
        of them."""
        async with self._reading:
            found = await self._look(reading.lines_after, self.pk, self.position)
            self._book.take(found)
            self._lines.extend(messages.change(event.position, event.kind) for event in found)
        if self.position > self._told:
            self._flushed.clear()
            self._dirty.set()
            try:
                await asyncio.wait_for(self._flushed.wait(), HOLD_S)
            except TimeoutError:
                self._flush()

    def _flush(self) -> None:
        """Tell every stream what it was not told yet: lines first, then parts."""
        lines = b"".join(self._lines[self._told :])
        self._told = self.position
        for key, group in list(self._groups.items()):
            if data := lines + messages.fragments(self._told, group.unsent):
                group.unsent = {}
                for stream in group.streams:
                    stream.put(data)
                group.streams = {stream for stream in group.streams if not stream.ended}
            if not group.streams and not group.joining:
                del self._groups[key]
        self._flushed.set()

    async def _draw_always(self) -> None:
        again = 0.0
        while True:
            await self._dirty.wait()
            self._dirty.clear()
            failed = False
            for key, group in list(self._groups.items()):
                try:
                    drawn = await self._draw(self._book.draw, *key)
                except Exception:
                    # A part that cannot be drawn stops neither the lines nor the next drawing.
                    log.exception("the live face %s could not be drawn", key[0])
                    failed = True
                else:
                    group.unsent |= {part: html for part, html in drawn.items() if group.parts.get(part) != html}
                    group.parts = drawn
                group.drawn.set()
            self._flush()
            again = min(max(AGAIN_S, 2 * again), LONGEST_AGAIN_S) if failed else 0.0
            if failed:
                # Who listens must not look at what is out of date until the next line: the database may be back soon.
                asyncio.get_running_loop().call_later(again, self._dirty.set)

    def end(self) -> None:
        """Close every stream: the server stops, or the book was set back."""
        self._ended = True
        self._drawer.cancel()
        for group in self._groups.values():
            group.drawn.set()
            for stream in group.streams:
                stream.end()
