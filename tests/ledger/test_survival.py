"""kill -9 in the middle of a large append: all of a batch is there or nothing of it, and the book is whole."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

WRITER = """
import datetime as dt, sys
from soichieu.cli import django_setup
from django.core.management import call_command
from django.db import transaction
call_command("migrate", verbosity=0)
from soichieu.documents.commands import register_document
from soichieu.ledger.append import Draft, append
from soichieu.ledger.commands import define_requirement, open_obligations
from soichieu.organisation.askers import Asker
from soichieu.organisation.commands import found_unit
operator = Asker.operator_of_instance()
unit = found_unit(asker=operator, code="u", kind="ministry", name="Bộ", begins_on=dt.date(2020, 1, 1), fictitious=True)
day = dt.date(2025, 1, 9)
document = register_document(operator, number="05/KH-BT", issuer="Bộ Thử", signed_on=day, issuer_unit=unit)
need = define_requirement(
    asker=operator, directive=document, code="1", title="Việc", ladder="carried_out", closing="accepted")
(task,) = open_obligations(asker=operator, requirement=need, unit_ids=[unit.pk], happened_on=dt.date(2025, 1, 9))
draft = Draft(obligation_id=task.pk, kind="noted", happened_on=dt.date(2025, 2, 1), payload={"reason": "ghi"})
print("ready", flush=True)
while True:
    with transaction.atomic():
        append(asker=operator, chain_id=task.chain_id, drafts=[draft] * 100_000)
    print("written", flush=True)
"""


@pytest.mark.slow
def test_a_kill_in_the_middle_of_100_000_entries_leaves_all_or_nothing(tmp_path: Path) -> None:
    environment = {**os.environ, "SOICHIEU_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "soichieu.settings"}
    environment.pop("DATABASE_URL", None)
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER], env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert writer.stdout is not None
    try:
        assert writer.stdout.readline() == "ready\n"
        time.sleep(1.5)
    finally:
        os.killpg(writer.pid, signal.SIGKILL)
        acknowledged = writer.stdout.read().count("written")
        writer.wait()
    database = sqlite3.connect(tmp_path / "soichieu.sqlite3")
    lines = database.execute("SELECT COUNT(*) FROM ledger_entry").fetchone()[0]
    database.close()
    assert (lines - 1) % 100_000 == 0 and (lines - 1) // 100_000 in (acknowledged, acknowledged + 1)
    verify = subprocess.run(
        [sys.executable, "-c", "from soichieu.cli.main import main; main()", "verify"], env=environment, check=False
    )
    assert verify.returncode == 0
