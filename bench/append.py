"""``make bench BENCH=append``: writing into the book, one line at a time and a hundred thousand at once.

The peer writes the same rows with plain INSERT statements into the same table of a like database, without hashes,
lock or rights: what the chain costs over bare storage.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from bench.harness import Timing, note, once, report

SINGLE, BULK, RUNS = 200, 100_000, 5
DAY = dt.date(2025, 2, 1)


def main() -> None:
    home = Path(tempfile.mkdtemp(prefix="soichieu-bench-"))
    os.environ["SOICHIEU_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "soichieu.settings"
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    operator, task = _instance()
    bare = _bare(home)
    note("append: a line at a time through the command (rights, lock, hash, commit) against a bare INSERT and commit")
    report(
        "append",
        "single",
        "sqlite insert",
        _alternate(lambda: _record(operator, task), lambda: _insert(bare, SINGLE, True)),
    )
    note(f"append: {BULK:,} lines in one batch against executemany of the same rows")
    report(
        "append",
        "bulk",
        "sqlite executemany",
        _alternate(lambda: _append(operator, task), lambda: _insert(bare, BULK, False)),
    )


def _alternate(ours: Any, peer: Any) -> Timing:
    ours()
    peer()
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(RUNS):
        for side in (0, 1) if number % 2 == 0 else (1, 0):
            times[side].append(once((ours, peer)[side])[0])
    return Timing(tuple(times[0]), tuple(times[1]))


def _instance() -> Any:
    from soichieu.documents.commands import register_document
    from soichieu.ledger.commands import define_requirement, open_obligations
    from soichieu.organisation.askers import Asker
    from soichieu.organisation.commands import found_unit

    operator = Asker.operator_of_instance()
    unit = found_unit(
        asker=operator, code="bo-do", kind="ministry", name="Bộ Đo", begins_on=dt.date(2020, 1, 1), fictitious=True
    )
    document = register_document(
        operator, number="05/KH-BĐ", issuer="Bộ Đo", signed_on=dt.date(2025, 1, 9), issuer_unit=unit
    )
    requirement = define_requirement(
        asker=operator, directive=document, code="1", title="Việc", ladder="carried_out", closing="accepted"
    )
    (task,) = open_obligations(
        asker=operator, requirement=requirement, unit_ids=[unit.pk], happened_on=dt.date(2025, 1, 9)
    )
    return operator, task


def _record(operator: Any, task: Any) -> None:
    from soichieu.ledger.commands import record

    for _number in range(SINGLE):
        record(asker=operator, kind="noted", obligations=[task.pk], happened_on=DAY, payload={"reason": "ghi"})


def _append(operator: Any, task: Any) -> None:
    from django.db import transaction

    from soichieu.ledger.append import Draft, append

    draft = Draft(obligation_id=task.pk, kind="noted", happened_on=DAY, payload={"reason": "ghi"})
    with transaction.atomic():
        append(asker=operator, chain_id=task.chain_id, drafts=[draft] * BULK)


def _bare(home: Path) -> sqlite3.Connection:
    """A database with the same table and indexes, without the guards."""
    source = sqlite3.connect(home / "soichieu.sqlite3")
    made = source.execute(
        "SELECT sql FROM sqlite_master WHERE tbl_name = 'ledger_entry' AND type IN ('table', 'index')"
    )
    statements = [sql for (sql,) in made if sql]
    source.close()
    bare = sqlite3.connect(home / "bare.sqlite3", isolation_level=None)
    bare.execute("PRAGMA journal_mode=WAL")
    bare.execute("PRAGMA synchronous=FULL")
    for sql in statements:
        bare.execute(sql)
    return bare


def _insert(bare: sqlite3.Connection, count: int, one_by_one: bool) -> None:
    names = [row[1] for row in bare.execute("PRAGMA table_info(ledger_entry)")]
    start = bare.execute("SELECT COALESCE(MAX(position), 0) FROM ledger_entry").fetchone()[0]
    base: dict[str, Any] = {
        "chain_id": 1,
        "obligation_id": 1,
        "kind": "noted",
        "happened_on": "2025-02-01",
        "recorded_at": "2025-02-01 00:00:00",
        "deadline": None,
        "choice": "",
        "unit_id": None,
        "paper": 1,
        "voids": None,
        "post_id": None,
        "person_id": None,
        "on_behalf_of_id": None,
        "source_room": "",
        "source_kind": "",
        "source_id": "",
        "source_hash": "",
        "evidence": "[]",
        "payload": '{"reason":"ghi"}',
    }
    rows: list[list[Any]] = []
    for position in range(start + 1, start + count + 1):
        values = {
            **base,
            "id": (1 << 32) + position,
            "position": position,
            "previous_hash": f"{position - 1:064}",
            "hash": f"{position:064}",
        }
        rows.append([values[name] for name in names])
    sql = f"INSERT INTO ledger_entry ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    if one_by_one:
        for row in rows:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute(sql, row)
            bare.execute("COMMIT")
        return
    bare.execute("BEGIN IMMEDIATE")
    bare.executemany(sql, rows)
    bare.execute("COMMIT")
