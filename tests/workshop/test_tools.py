"""The tools of the workshop."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tools import chromium, postgres

ROOT = Path(__file__).parents[2]


def needs_postgres() -> None:
    try:
        postgres.programs()
    except postgres.NoPostgresError as error:
        pytest.skip(str(error))


def test_it_lends_a_server_and_leaves_nothing_behind():
    needs_postgres()
    with postgres.server("lent") as url:
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT current_database(), current_setting('listen_addresses')").fetchone()
        folder = Path(url.split("@")[1].split(":")[0].replace("%2F", "/"))
        assert row == ("lent", "")
        assert folder.exists()
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_it_stops_the_server_when_its_owner_is_killed():
    needs_postgres()
    script = "import os, time; print(os.environ['DATABASE_URL'], flush=True); time.sleep(60)"
    owner = subprocess.Popen(
        [sys.executable, "-m", "tools.postgres", "--", sys.executable, "-c", script],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert owner.stdout is not None
    url = owner.stdout.readline().strip()
    psycopg.connect(url).close()
    os.killpg(owner.pid, signal.SIGKILL)
    owner.wait()
    for _ in range(100):
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            break
        time.sleep(0.1)
    else:
        pytest.fail("the server outlived its owner")
    # Nobody was left to remove it.
    shutil.rmtree(url.split("@")[1].split(":")[0].replace("%2F", "/"), ignore_errors=True)


def test_it_passes_the_exit_code_of_the_command_on():
    needs_postgres()
    command = [sys.executable, "-m", "tools.postgres", "--", sys.executable, "-c", "raise SystemExit(3)"]
    assert subprocess.run(command, cwd=ROOT).returncode == 3


def test_it_takes_a_script_that_starts_a_snap_for_what_it_is(tmp_path):
    script = tmp_path / "chromium-browser"
    script.write_text('#!/bin/sh\nexec /snap/bin/chromium "$@"\n')
    assert chromium.is_snap(script)
    script.write_text('#!/bin/sh\nexec /usr/lib/chromium/chromium "$@"\n')
    assert not chromium.is_snap(script)


@pytest.mark.browser
def test_it_drives_a_real_browser(page):
    page.set_content("<h1>Soi chiếu</h1>")
    assert page.locator("h1").inner_text() == "Soi chiếu"
