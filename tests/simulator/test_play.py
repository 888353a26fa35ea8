"""One seed is one history, wherever the kills fall; and the simulator sees what is broken."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

PLAY = [sys.executable, "-m", "tests.simulator", "--seed", "20", "--steps", "260"]


def play() -> str:
    engine = "postgres" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    # An instance of its own: nothing of this test process's database.
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SOICHIEU_HOME")}
    done = subprocess.run([*PLAY, "--engine", engine], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_seed_replays_with_kills() -> None:
    first, second = play(), play()
    assert "kills: {" in first
    history = re.search(r"history ([0-9a-f]{12})", first)
    assert history and history[0] in second
