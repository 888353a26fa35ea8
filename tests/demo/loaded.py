"""Asking a loaded demonstration from the command line, as anyone would."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Ask = Callable[..., subprocess.CompletedProcess[str]]


def environment_of(home: Path) -> dict[str, str]:
    """The environment of a process that serves the instance in a folder."""
    environment = {**os.environ, "SOICHIEU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "soichieu.settings"}
    environment.pop("DATABASE_URL", None)
    return environment


def asking(home: Path) -> Ask:
    """A function that runs ``soichieu`` with some words on an instance and expects an exit code."""
    environment = environment_of(home)

    def ask(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "soichieu.cli", *words], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stdout[-2000:] + done.stderr[-2000:]
        return done

    return ask
