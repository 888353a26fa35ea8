"""A web process hears that it is to stop however full the line is on which threads wake its loop."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

# As the server does it: its own handler first, then the application's start; then the loop is busy for a moment while
# threads wake it more often than its line holds, and the signal comes.
PROCESS = """
import asyncio, os, signal, sys, threading, time
from soichieu import asgi

async def main():
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, told.set)
    said = asyncio.Queue()
    said.put_nowait({"type": "lifespan.startup"})
    started = asyncio.Event()
    async def send(_message): started.set()
    task = asyncio.ensure_future(asgi.application({"type": "lifespan"}, said.get, send))
    await started.wait()
    woken = []
    def wake():
        for number in range(5000):
            loop.call_soon_threadsafe(woken.append, number)
    thread = threading.Thread(target=wake)
    thread.start()
    thread.join()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(told.wait(), 20)
    assert len(woken) == 5000 and asgi.live.ended
    said.put_nowait({"type": "lifespan.shutdown"})
    await task

asyncio.run(main())
print("heard")
"""


def test_it_hears_a_signal_while_its_loop_is_being_woken_by_many():
    ended = subprocess.run(
        [sys.executable, "-c", PROCESS], env=dict(os.environ), capture_output=True, text=True, timeout=120
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "heard\n", "")
