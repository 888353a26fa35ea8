"""A PostgreSQL server of one's own, for as long as a ``with`` block or one command lasts.

It lives in a new folder under /tmp, listens on a socket in that folder and on no port, and is gone afterwards.
PostgreSQL refuses to run as root: started by root it runs as the system user ``postgres``.

    with postgres.server() as url: ...              # url is a DATABASE_URL
    python -m tools.postgres -- pytest tests/ledger  # runs the command with DATABASE_URL set
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import psycopg.sql

PORT = 5432  # Only part of the socket's file name: there is no network port.
USER = "soichieu"
START_LIMIT_S = 60.0

# These data are thrown away; what matters is speed, and the answers are the same.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_connections": "100",
    # /dev/shm is 64 MB in many containers, too little for a parallel query.
    "dynamic_shared_memory_type": "mmap",
    "timezone": "UTC",
}


class NoPostgresError(Exception):
    """No PostgreSQL server programs on this machine."""


def programs() -> Path:
    """The folder of ``initdb`` and ``postgres``, the newest version; raises NoPostgresError with the remedy."""
    candidates = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    candidates.sort(key=lambda path: int("".join(filter(str.isdigit, path.parent.name)) or 0))
    on_path = shutil.which("initdb")
    if on_path:
        candidates.insert(0, Path(on_path).resolve().parent)
    for folder in reversed(candidates):
        if (folder / "postgres").exists():
            return folder
    raise NoPostgresError("no PostgreSQL server here: apt-get install postgresql (make test does it when it may)")


def _identity() -> dict[str, Any]:
    """Whom to run the server as: arguments for Popen."""
    if os.geteuid() != 0:
        return {}
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        raise NoPostgresError("no system user 'postgres', and PostgreSQL refuses to run as root") from None
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _stop_with_parent() -> None:
    """In the child: a fast shutdown when the process that started the server dies, even by kill -9 (Linux)."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGINT)


def _url(folder: Path, database: str) -> str:
    return f"postgresql://{USER}@{str(folder).replace('/', '%2F')}:{PORT}/{database}"


def _wait(process: subprocess.Popen[bytes], folder: Path, log: Path) -> None:
    """Until the server answers; raises RuntimeError with the server's own words when it does not."""
    end = time.monotonic() + START_LIMIT_S
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            psycopg.connect(_url(folder, "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')[-4000:]}")


@contextmanager
def server(database: str = "soichieu", **settings: str) -> Iterator[str]:
    """Start a server with one empty database; yields its DATABASE_URL, stops the server and removes its folder after.

    ``settings`` are the server's own, beside and over SETTINGS. The role is a superuser, so that tests may try to get
    around the triggers of the book.
    """
    bin_folder, identity = programs(), _identity()
    # Not TMPDIR: the path of a socket must stay under 108 bytes.
    folder = Path(tempfile.mkdtemp(prefix="soichieu-pg-", dir="/tmp"))
    log = folder / "log"
    process: subprocess.Popen[bytes] | None = None
    try:
        if identity:
            os.chown(folder, identity["user"], identity["group"])
        initialise: list[str | Path] = [
            bin_folder / "initdb",
            "-D",
            folder / "data",
            "-U",
            USER,
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]
        made = subprocess.run(
            [*initialise, "--auth=trust", "--no-sync"], cwd=folder, capture_output=True, text=True, **identity
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")
        command: list[str | Path] = [bin_folder / "postgres", "-D", folder / "data", "-k", folder, "-p", str(PORT)]
        for name, value in {**SETTINGS, **settings}.items():
            command += ["-c", f"{name}={value}"]
        with log.open("wb") as output:
            process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C goes to us, and we stop it once nobody is connected.
                preexec_fn=_stop_with_parent,
                **identity,
            )
        _wait(process, folder, log)
        with psycopg.connect(_url(folder, "postgres"), autocommit=True) as connection:
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(database)))
        yield _url(folder, database)
    finally:
        if process is not None:
            _stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Fast shutdown, then an immediate one."""
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        process.send_signal(how)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            continue
        return


def main(arguments: list[str]) -> int:
    """Run a command with DATABASE_URL naming a server of its own; the command's exit code."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print("usage: python -m tools.postgres -- COMMAND [ARGUMENT]…", file=sys.stderr)
        return 2
    try:
        with server() as url:
            return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}).returncode
    except NoPostgresError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
