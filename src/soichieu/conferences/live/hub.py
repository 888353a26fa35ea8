"""The live streams of one process: which conferences are watched, and that their books are looked at often.

One cheap query ten times a second says which book has grown; a book that grows by this very process is looked at as
soon as its transaction is committed. Processes do not talk to each other: each reads the book.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from soichieu.conferences.live import messages, reading
from soichieu.conferences.live.admission import Admission
from soichieu.conferences.live.channel import Channel, Stream
from soichieu.conferences.models import Event

log = logging.getLogger(__name__)

POLL_S = 0.1
KEEP_ALIVE_S = 15.0
KEEP_CHANNEL_S = 60.0
STREAMS = int(os.environ.get("SOICHIEU_LIVE_STREAMS", "2000"))
"""Streams that one process holds; one more is refused with 503, and its page asks again."""
STREAMS_OF_SESSION = 12


class Full(Exception):
    """No more streams, in this process or for this session. ``status``: 503 or 429."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Hub:
    """Lives in the event loop of its process."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        # Drawing may be slow, and after a restart all want to be admitted at once; looking waits for neither.
        self._pools = {
            name: ThreadPoolExecutor(max_workers=threads, thread_name_prefix=f"live-{name}")
            for name, threads in (("look", 1), ("admit", 2), ("draw", 2))
        }
        self.channels: dict[int, Channel] = {}
        self.count = 0
        self.ended = False
        self._of_session: Counter[str] = Counter()
        self._news = asyncio.Event()
        self._tasks = [self.loop.create_task(self._poll()), self.loop.create_task(self._keep_alive())]
        post_save.connect(self._written, sender=Event, weak=False, dispatch_uid=f"live-{id(self)}")

    async def look(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Run a short question to the database."""
        return await self.loop.run_in_executor(self._pools["look"], partial(function, *arguments))

    async def admit(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Run what finds out who asks."""
        return await self.loop.run_in_executor(self._pools["admit"], partial(function, *arguments))

    async def draw(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Run what draws a face."""
        return await self.loop.run_in_executor(self._pools["draw"], partial(function, *arguments))

    async def join(self, admission: Admission) -> Stream:
        """A stream for who was admitted; ``Full`` where there is no room."""
        if self.ended or self.count >= STREAMS:
            raise Full(503)
        if self._of_session[admission.session] >= STREAMS_OF_SESSION:
            raise Full(429)
        self.count += 1
        self._of_session[admission.session] += 1
        try:
            channel = self.channels.get(admission.conference)
            if channel is None:
                channel = self.channels[admission.conference] = Channel(admission, self.look, self.draw)
            return await channel.join(admission)
        except BaseException:
            self._release(admission)
            raise

    def leave(self, stream: Stream) -> None:
        if (channel := self.channels.get(stream.admission.conference)) is not None:
            channel.leave(stream)
        self._release(stream.admission)

    def _release(self, admission: Admission) -> None:
        self.count -= 1
        self._of_session[admission.session] -= 1
        if not self._of_session[admission.session]:
            del self._of_session[admission.session]

    def _written(self, instance: Event, created: bool, **_said: Any) -> None:
        """In a thread that writes: look when it has committed."""
        if created and not self.ended and instance.conference_id in self.channels:
            transaction.on_commit(lambda: self.loop.call_soon_threadsafe(self._news.set), robust=True)

    async def _poll(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), POLL_S)
            self._news.clear()
            if not self.channels:
                continue
            try:
                found = await self.look(reading.positions, list(self.channels))
                await asyncio.gather(*(self._compare(pk, found.get(pk, 0)) for pk in list(self.channels)))
            except Exception:
                # Whatever it was, a database that was away or a defect: the next look must come.
                log.exception("the live streams could not look at the books")
                await asyncio.sleep(1)

    async def _compare(self, pk: int, position: int) -> None:
        channel = self.channels.get(pk)
        if channel is None:
            return
        if position < channel.position:
            # The database was set back, from a copy: nothing that was told holds.
            self._drop(channel)
        elif position > channel.position:
            await channel.catch_up()
        elif channel.streams:
            channel.idle_since = None
        elif channel.idle_since is None:
            channel.idle_since = time.monotonic()
        elif time.monotonic() - channel.idle_since > KEEP_CHANNEL_S:
            self._drop(channel)

    def _drop(self, channel: Channel) -> None:
        channel.end()
        self.channels.pop(channel.pk, None)

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(KEEP_ALIVE_S)
            for channel in self.channels.values():
                for stream in channel.streams:
                    if not stream.waiting:
                        stream.put(messages.KEEP_ALIVE)

    def end(self) -> None:
        """The server stops: every stream is closed, and comes back to whoever serves then."""
        self.ended = True
        post_save.disconnect(sender=Event, dispatch_uid=f"live-{id(self)}")
        for task in self._tasks:
            task.cancel()
        for channel in list(self.channels.values()):
            self._drop(channel)
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)
