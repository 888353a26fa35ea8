"""A drawing that failed is tried again by itself: nobody looks at an old face until the next line is written."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

from soichieu.conferences.live.channel import Channel
from tests.conferences.live.test_channel import admission, in_a_thread, lines_in


def test_a_face_that_could_not_be_drawn_comes_as_soon_as_it_can():
    async def run() -> None:
        book = [SimpleNamespace(position=1, kind="planned")]
        away = False

        async def look(_function: Any, _pk: int, position: int) -> list[Any]:
            return book[position:]

        async def draw(_function: Any, _face: str, _language: str) -> dict[str, str]:
            if away:
                raise ConnectionError("the database is away")
            return {"part": f"drawn from {len(book)}"}

        channel = Channel(admission(), look, draw)
        channel._book = SimpleNamespace(take=lambda _found: None, draw=None)  # type: ignore[assignment]
        stream = await channel.join(admission())
        assert b"drawn from 1" in await stream.next()
        away = True
        book.append(SimpleNamespace(position=2, kind="noted"))
        await channel.catch_up()
        told = await stream.next()
        assert lines_in(told) == [2] and b"drawn" not in told
        away = False
        again = await asyncio.wait_for(stream.next(), 20)
        assert lines_in(again) == [] and b"drawn from 2" in again
        channel.end()

    in_a_thread(run)
