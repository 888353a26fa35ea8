"""One loaded demonstration for all modules here: whichever worker comes first loads it, the others wait. Nobody changes
it; a test that tampers takes a copy."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from tests.demo.loaded import Ask, asking


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an instance in which ``demo --load-only`` was run."""
    base = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent
    folder, done = base / "demonstration", base / "demonstration.loaded"
    with (base / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            folder.mkdir(exist_ok=True)
            asking(folder)("demo", "--load-only")
            done.touch()
    return folder


@pytest.fixture
def ask(home: Path) -> Ask:
    return asking(home)
