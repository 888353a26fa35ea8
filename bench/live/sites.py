"""``python -m bench.live.sites PLAN``: the sites, in a process of their own, on plain sockets.

PLAN is a file of JSON: ``ports`` (sites are spread over them, and come back to the next one), ``path``, ``after`` (the
position from which they listen), ``sites`` (sessions), ``drop_share`` and ``drop_every_s``. Says ``ready_s`` when every
site has its first parts, or after 90 s. Reads one line, ``{"posts": [[position, item, moment], …], "position": n}``,
waits until every site that is connected is there, and prints what was seen.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

TOGETHER = 64  # that many connect at once
ARRIVAL_S = 90.0
PATIENCE_S = 20.0


class Site(asyncio.Protocol):
    """One site: what it was told, and when."""

    def __init__(self, number: int, plan: dict[str, Any]) -> None:
        self.number, self.plan = number, plan
        self.told: list[int] = []
        self.parts: dict[str, bytes] = {}
        self.calls: list[tuple[int, str, float]] = []  # (id, item that has the floor, when)
        self.last = plan["after"]
        self.tries = 0
        self.dropped = False
        self.refused: Counter[str] = Counter()
        self.transport: asyncio.Transport | None = None
        self.first = asyncio.Event()
        self._buffer = b""
        self._text = b""

    async def connect(self) -> None:
        ports = self.plan["ports"]
        while True:
            port = ports[(self.number + self.tries) % len(ports)]
            self.tries += 1
            self.dropped, self._buffer, self._text = False, b"", b""
            self.first.clear()
            try:
                await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", port)
                return
            except OSError as wrong:
                self.refused[type(wrong).__name__] += 1
                await asyncio.sleep(0.5)

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(
            f"GET {self.plan['path']} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n"
            f"Cookie: sessionid={self.plan['sites'][self.number]}\r\nLast-Event-ID: {self.last}\r\n\r\n".encode()
        )

    def drop(self) -> None:
        self.dropped = True
        if self.transport is not None:
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        if not self.dropped:
            # The server ended it: come back as a browser does.
            self.refused["ended"] += 1
            asyncio.get_running_loop().call_later(1.0, lambda: asyncio.ensure_future(self.connect()))

    def data_received(self, data: bytes) -> None:
        if self.dropped:
            return
        now = time.monotonic()
        self._buffer += data
        if not self._text and self._buffer.startswith(b"HTTP/1.1 "):
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if not head.startswith(b"HTTP/1.1 200"):
                self.refused[head[9:12].decode()] += 1
                if self.transport is not None:
                    self.transport.abort()
                return
            self._buffer = rest
        while True:
            size, found, rest = self._buffer.partition(b"\r\n")
            if not found or len(rest) < (length := int(size, 16)) + 2:
                break
            self._text += rest[:length]
            self._buffer = rest[length + 2 :]
        while b"\n\n" in self._text:
            message, _, self._text = self._text.partition(b"\n\n")
            self._message(message, now)

    def _message(self, message: bytes, now: float) -> None:
        if not message.startswith(b"id: "):
            return
        head, event, data = message.split(b"\n", 2)
        self.last = int(head[4:])
        name = event[7:].decode()
        if name == "change":
            self.told.append(self.last)
            return
        self.parts[name] = data
        if name == "speaking":
            at = data.find(b'data-item="') + 11
            self.calls.append((self.last, data[at : data.index(b'"', at)].decode(), now))
        if len(self.parts) >= self.plan["parts"]:
            self.first.set()


async def _drops(sites: list[Site], share: float, every_s: float) -> None:
    async def gone(site: Site) -> None:
        site.drop()
        await asyncio.sleep(random.uniform(0.0, 1.0))
        await site.connect()

    while True:
        await asyncio.sleep(every_s)
        chosen = random.sample([site for site in sites if not site.dropped], int(len(sites) * share))
        for site in chosen:
            asyncio.ensure_future(gone(site))


async def main(plan: dict[str, Any]) -> None:
    loop = asyncio.get_running_loop()
    sites = [Site(number, plan) for number in range(len(plan["sites"]))]
    room = asyncio.Semaphore(TOGETHER)

    async def arrive(site: Site) -> None:
        async with room:
            await site.connect()
            await site.first.wait()

    began = time.monotonic()
    # Whoever is not there by then keeps trying; what it misses is counted.
    await asyncio.wait([loop.create_task(arrive(site)) for site in sites], timeout=ARRIVAL_S)
    print(json.dumps({"ready_s": time.monotonic() - began}), flush=True)
    dropping = None
    if plan["drop_share"]:
        dropping = loop.create_task(_drops(sites, plan["drop_share"], plan["drop_every_s"]))
    said = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    if dropping is not None:
        dropping.cancel()
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and any(site.last < said["position"] or not _has_last(site, said) for site in sites):
        await asyncio.sleep(0.1)
    await asyncio.sleep(1.0)  # what should not come any more
    print(json.dumps(_seen(sites, said, plan["after"])), flush=True)


def _has_last(site: Site, said: dict[str, Any]) -> bool:
    return not said["posts"] or bool(site.calls) and site.calls[-1][1] == said["posts"][-1][1]


def _seen(sites: list[Site], said: dict[str, Any], after: int) -> dict[str, Any]:
    """Latencies: from just before the press was sent to the part that shows it (or a later one), for every site and
    every press, also where the site was away meanwhile."""
    whole = list(range(after + 1, said["position"] + 1))
    latencies, never, posts = [], 0, said["posts"]
    for site in sites:
        calls = iter(site.calls)
        call = next(calls, None)
        for number, (position, item, moment) in enumerate(posts):
            beyond = posts[number + 1][0] if number + 1 < len(posts) else position + 1
            while call is not None and not (call[0] >= beyond or call[0] >= position and call[1] == item):
                call = next(calls, None)
            if call is None:
                never += 1
            else:
                latencies.append(call[2] - moment)
    faces = Counter(str(hash(tuple(sorted(site.parts.items())))) for site in sites)
    refused: Counter[str] = sum((site.refused for site in sites), Counter())
    return {
        "latencies": latencies,
        "never": never,
        "missed": sum(site.told != whole for site in sites),
        "faces": len(faces),
        "connections": sum(site.tries for site in sites),
        "refused": dict(refused),
    }


if __name__ == "__main__":
    asyncio.run(main(json.loads(Path(sys.argv[1]).read_text())))
