"""Where an instance lives: its folder, its secret, its database.

The folder is ``SOICHIEU_HOME`` or the platform's user data folder. It holds no path of its own, so a copy of it works
(of a book under load only by SQLite's own backup, of one on PostgreSQL by ``pg_dump``: README).
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import platformdirs

DATABASE_NAME = "soichieu.sqlite3"


def home() -> Path:
    """The instance's folder, made (private to its owner) when it is not there yet."""
    named = os.environ.get("SOICHIEU_HOME")
    folder = Path(named) if named else Path(platformdirs.user_data_dir("soichieu", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder.resolve()


def secret_key(folder: Path) -> str:
    """``SOICHIEU_SECRET_KEY`` or a key kept, readable by its owner alone, in the instance's folder."""
    given = os.environ.get("SOICHIEU_SECRET_KEY")
    if given:
        return given
    path = folder / "secret.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as out:
        key = secrets.token_urlsafe(50)
        out.write(key)
    return key


def keep_compiled(folder: Path) -> None:
    """Keep the compiled fold in the instance's folder where it cannot lie beside its source: a service whose user owns
    nothing else, not even a home of its own, could not start otherwise. ``NUMBA_CACHE_DIR`` names another folder."""
    beside = Path(__file__).parent / "ledger" / "fold"
    if "NUMBA_CACHE_DIR" not in os.environ and not os.access(beside, os.W_OK):
        os.environ["NUMBA_CACHE_DIR"] = str(folder / "compiled")
