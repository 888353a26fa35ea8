"""A web process loads what comparing needs beside its pages, so that nobody's first light table waits for it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

PROCESS = """
import asyncio, sys, threading
from soichieu import alignment, asgi
from soichieu.links import engine
from soichieu.links.items import Item
from soichieu.links.offered import Offer

asgi.WARM_UP_AFTER_S = 0.2
at_start = set(sys.modules)

async def main():
    said = asyncio.Queue()
    said.put_nowait({"type": "lifespan.startup"})
    answered = asyncio.Event()
    async def send(_message): answered.set()
    task = asyncio.ensure_future(asgi.application({"type": "lifespan"}, said.get, send))
    await answered.wait()
    assert "warm-up" not in {one.name for one in threading.enumerate()}, "the port comes first"
    await asyncio.sleep(0.5)
    while "warm-up" in {one.name for one in threading.enumerate()}:
        await asyncio.sleep(0.05)
    said.put_nowait({"type": "lifespan.shutdown"})
    await task

asyncio.run(main())
warm = set(sys.modules)
words = [f"Việc {n}: trình đề án {n} về chuyển đổi số trước ngày {n + 1}-6-2025" for n in range(25)]
lines = [Item(text, text) for text in words]
offers = [Offer(n, text, str(n), text, text) for n, text in enumerate(words)]
ranking = engine.Ranking(lines, offers, 5, alignment.default_weights("vi"))
assert ranking.of(words[3])[0].identity == 3 and ranking.reasons(words[3], words[3])
engine.taken(lines[3], offers[4], "Tổng cục"), engine.drifts(lines[3], offers[4]), engine.missing_clears(lines[3])
print(len(warm - at_start) > 20, sorted(set(sys.modules) - warm))
"""


def test_what_comparing_loads_late_is_there_before_the_first_light_table():
    ended = subprocess.run(
        [sys.executable, "-c", PROCESS], env=dict(os.environ), capture_output=True, text=True, timeout=120
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "True []\n", "")
