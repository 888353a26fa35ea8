"""The writer's process as the driver holds it: start, tell, kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.simulator.book import WRITER_NAME
from tests.simulator.compare import Difference

Command = dict[str, Any]


class Writer:
    """One writer. ``tell`` waits for its answer; ``tell_and_kill`` does not."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("ab") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.simulator.writer"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=os.environ | environment | {"PGAPPNAME": WRITER_NAME},
                text=True,
            )
        self._answer()

    def _send(self, command: Command) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line.endswith("\n"):
            tail = self.log.read_text(errors="replace")[-3000:]
            raise Difference(f"the writer ended by itself (exit code {self.process.wait()}):\n{tail}")
        answer = json.loads(line)
        if "error" in answer:
            raise Difference(f"the writer failed:\n{answer['error']}")
        return answer

    def tell(self, command: Command) -> dict[str, Any]:
        """Do it and say what came of it."""
        self._send(command)
        return self._answer()

    def tell_and_kill(self, command: Command, after: float) -> bool:
        """Send the command and, ``after`` seconds later, SIGKILL; whether it was answered before that."""
        assert self.process.stdout is not None
        self._send(command)
        time.sleep(after)
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        rest = self.process.stdout.read()
        self.process.stdout.close()
        if '"error"' in rest:
            raise Difference(f"the writer failed:\n{rest}")
        return rest.endswith("\n")

    def stop(self) -> None:
        if self.process.poll() is None:
            assert self.process.stdin is not None
            self.process.stdin.close()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
