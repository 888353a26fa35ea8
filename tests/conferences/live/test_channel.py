"""The rule of a stream: each line of the book once, in order, whoever drops when; nobody waits for a slow client."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from soichieu.conferences.live import messages
from soichieu.conferences.live.admission import Admission
from soichieu.conferences.live.channel import QUEUE_BYTES, Channel, Stream


def admission(after: int = 0) -> Admission:
    return Admission(1, 1, "k", "site", "vi", after, "s")


def channel_over(book: list[Any]) -> Channel:
    """A channel that reads from a list and draws its length."""
    read: list[Any] = []

    async def look(_function: Any, _pk: int, position: int) -> list[Any]:
        await asyncio.sleep(0)
        return book[position:]

    async def draw(_function: Any, _face: str, _language: str) -> dict[str, str]:
        await asyncio.sleep(0)
        return {"part": f"drawn from {len(read)}"}

    channel = Channel(admission(), look, draw)
    channel._book = SimpleNamespace(take=read.extend, draw=None)  # type: ignore[assignment]
    return channel


def in_a_thread(run: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run it on a loop of a thread of its own: another test's browser may keep a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, run()).result()


def lines_in(data: bytes) -> list[int]:
    return [int(found) for found in re.findall(rb"id: (\d+)\nevent: change", data)]


@given(st.lists(st.sampled_from(["write", "read", "drop", "come"]), max_size=40))
def test_whoever_drops_when_is_told_each_line_once_and_in_order(steps: list[str]):
    async def run() -> None:
        book: list[Any] = [SimpleNamespace(position=1, kind="planned")]
        channel = channel_over(book)
        told: list[int] = []
        stream: Stream | None = None

        async def take() -> None:
            nonlocal last
            if stream is not None and stream.waiting:
                last = await stream.next()
                told.extend(lines_in(last))

        last = b""
        for step in [*steps, "come", "write", "read"]:
            if step == "write":
                book.append(SimpleNamespace(position=len(book) + 1, kind="noted"))
            elif step == "read":
                await channel.catch_up()
                await take()
            elif step == "drop" and stream is not None:
                channel.leave(stream)  # what waits unread is lost
                stream = None
            elif step == "come" and stream is None:
                stream = await channel.join(admission(told[-1] if told else 0))
                await take()
        await asyncio.sleep(0.05)
        await take()
        assert told == list(range(1, len(book) + 1))
        assert last.decode().rstrip().endswith(f"drawn from {len(book)}")
        channel.end()

    in_a_thread(run)


def test_a_client_that_takes_nothing_is_broken_off():
    stream = Stream(admission())
    stream.put(b"x" * QUEUE_BYTES)
    assert not stream.ended
    stream.put(b"y")
    assert stream.dropped and stream.ended and not stream.waiting


def test_what_is_no_position_is_the_beginning():
    assert [messages.position_of(said) for said in ("17", "", "-1", "x", "٣", "9" * 11)] == [17, 0, 0, 0, 0, 0]
