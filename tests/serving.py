"""The product as it is served: ``soichieu serve`` in a group of processes of its own, on an instance of its own.

The instance's database is of the engine under test: a file, or a new database of the server that DATABASE_URL names.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

SOICHIEU = [sys.executable, "-m", "soichieu.cli"]
LIMIT_S = 120.0
"""Only so that nothing hangs: machines that run tests are busy."""


@contextmanager
def instance(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a new instance, nothing in it yet."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SOICHIEU", "DATABASE", "DJANGO"))}
    with _database() as database:
        # What comparing needs would weigh in what is measured of the streams.
        yield {**kept, **database, "SOICHIEU_HOME": str(folder / "home"), "SOICHIEU_WARM_UP_AFTER_S": "-1"}


@contextmanager
def _database() -> Iterator[dict[str, str]]:
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield {}
        return
    import psycopg
    from psycopg.sql import SQL, Identifier

    name = f"served_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            yield {"DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
        finally:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def soichieu(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of ours on an instance."""
    return subprocess.run([*SOICHIEU, *arguments], env=environment, capture_output=True, text=True, timeout=LIMIT_S)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """``soichieu serve``, up and answering. ``up_s``: what that took. ``errors``: the file of its standard error."""

    def __init__(self, environment: dict[str, str], port: int, workers: int = 1) -> None:
        self.port = port
        self.errors = Path(environment["SOICHIEU_HOME"]) / f"errors-{uuid.uuid4().hex[:8]}"
        began = time.monotonic()
        self.errors.parent.mkdir(parents=True, exist_ok=True)
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [*SOICHIEU, "serve", "--port", str(port), "--workers", str(workers)],
                env=environment, stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True,
            )  # fmt: skip
        self.wait_until_up()
        assert self.process.poll() is None, f"another server answers there: {self.said}"
        self.up_s = time.monotonic() - began

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def said(self) -> str:
        """What stands on its standard error."""
        return self.errors.read_text(errors="replace")

    def wait_until_up(self) -> None:
        end = time.monotonic() + LIMIT_S
        while True:
            try:
                urllib.request.urlopen(f"{self.address}/health", timeout=LIMIT_S).read()
                return
            except (urllib.error.URLError, OSError):
                assert self.process.poll() is None, f"the server ended: {self.said}"
                assert time.monotonic() < end, f"the server did not come up: {self.said}"
                time.sleep(0.02)

    def workers(self) -> list[int]:
        """The ids of its web processes."""
        found: list[int] = []
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            with contextlib.suppress(OSError):
                found += [int(child) for child in (task / "children").read_text().split()]
        return found

    def resident_mb(self) -> float:
        """Memory of its web processes."""
        status = [Path(f"/proc/{pid}/status").read_text() for pid in self.workers()]
        return sum(int(one.split("VmRSS:")[1].split()[0]) for one in status) / 1024

    def kill(self) -> None:
        """``kill -9`` of all its processes at once: as when the machine's power is drawn from under them."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(LIMIT_S)

    def stop(self) -> int:
        """Tell it to stop, and its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(LIMIT_S)
