"""Whatever was changed, removed, reordered or cut off is named; the database refuses the plain ways."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import DatabaseError, connection, transaction

from soichieu.cli.verify import verify as command
from soichieu.ledger import guards
from soichieu.ledger.commands import record
from soichieu.ledger.hashing import HASHED
from soichieu.ledger.models import Entry
from soichieu.ledger.verification import checkpoints, verify
from tests.ledger.conftest import Cast, day


@pytest.fixture
def book(cast: Cast) -> list[Entry]:
    tasks = cast.open("1", closing="claimed", ladder="disseminated", units=3)
    for number, task in enumerate(tasks, start=1):
        record(
            asker=cast.staff[number - 1],
            kind="claimed",
            happened_on=day(f"{number}-3"),
            obligations=[task.pk],
            payload={"number": f"0{number}/BC"},
        )
    return list(Entry.objects.order_by("position"))


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_whole_book_is_clean(book: list[Entry]) -> None:
    assert verify() == []
    assert verify(checkpoints()) == []


FORBIDDEN = [
    "UPDATE ledger_entry SET kind = 'accepted' WHERE id = {id}",
    "DELETE FROM ledger_entry WHERE id = {id}",
    "DELETE FROM ledger_entry",
]
SQLITE = [
    "INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry WHERE id = {id}",
    "REPLACE INTO ledger_entry SELECT * FROM ledger_entry WHERE id = {id}",
    "INSERT INTO ledger_entry SELECT * FROM ledger_entry WHERE id = {id} ON CONFLICT (id) DO UPDATE SET kind = 'x'",
    "INSERT INTO ledger_entry SELECT * FROM ledger_entry WHERE id = {id} ON CONFLICT DO NOTHING",
    "UPDATE OR REPLACE ledger_entry SET position = 1 WHERE id = {id}",
]
POSTGRES = [
    "TRUNCATE ledger_entry CASCADE",
    "INSERT INTO ledger_entry SELECT * FROM ledger_entry WHERE id = {id} ON CONFLICT (id) DO UPDATE SET kind = 'x'",
]


def test_the_database_refuses_to_change_remove_or_replace(book: list[Entry]) -> None:
    own = POSTGRES if connection.vendor == "postgresql" else SQLITE
    for sql in FORBIDDEN + own:
        with pytest.raises(DatabaseError), transaction.atomic():
            run(sql.format(id=book[2].pk))
    assert list(Entry.objects.order_by("position")) == book
    assert verify() == []


@pytest.mark.parametrize("column", [*HASHED, "hash"])
def test_any_changed_column_is_named(book: list[Entry], column: str) -> None:
    guards.remove(connection)
    entry = book[3]
    now: dict[str, Any] = {
        "id": entry.pk + 1000,
        "chain_id": None,
        "position": 99,
        "obligation_id": book[1].obligation_id,
        "paper": False,
        "happened_on": "2025-01-10",
        "recorded_at": "2025-12-01 03:00:01",
        "deadline": "2025-05-01",
        "voids": 1,
        "unit_id": book[0].unit_id,
        "kind": "accepted",
    }
    if column == "chain_id":
        from soichieu.documents.models import Document
        from soichieu.ledger.models import Chain

        other = Document.objects.create(
            number="06/KH-BT",
            number_key="06/kh-bt",
            issuer="x",
            issuer_key="x",
            signed_on=day("1-2"),
            registered_at=entry.recorded_at,
        )
        now["chain_id"] = Chain.objects.create(directive=other).pk
    if column in ("post_id", "person_id", "on_behalf_of_id"):
        value = getattr(book[3], column)
        now[column] = None if value is not None else (book[3].post_id if column != "person_id" else None)
        if now[column] is None and value is None:
            from soichieu.organisation.models import Person

            now[column] = Person.objects.create(name="Người Thử").pk
    value = now.get(column, "x" * 10)
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")
    run(f"UPDATE ledger_entry SET {column} = %s WHERE id = %s", value, entry.pk)
    guards.install(connection)
    problems = verify()
    assert any("line" in problem.where for problem in problems), problems


ODD: list[tuple[str, Any]] = [
    ("position", "4a"),
    ("position", b"\x00\xff"),
    ("kind", b"claimed"),
    ("paper", "1 and a tail"),
    ("happened_on", b"2025-03-01"),
    ("happened_on", 2025.5),
    ("recorded_at", b"\xff"),
    ("source_kind", b"document"),
    ("evidence", '[["x"], 7]'),
    ("payload", b"{}"),
    ("payload", '{"number":"Nha\u0300"}'),
]


@pytest.mark.parametrize(("column", "value"), ODD)
def test_what_no_line_can_hold_is_named_and_nothing_fails(book: list[Entry], column: str, value: Any) -> None:
    """SQLite keeps any value in any column; PostgreSQL refuses most of these by itself."""
    guards.remove(connection)
    try:
        with transaction.atomic():
            run(f"UPDATE ledger_entry SET {column} = %s WHERE id = %s", value, book[3].pk)
    except (DatabaseError, ValueError):
        guards.install(connection)
        assert verify() == []
        return
    guards.install(connection)
    assert any(f"line {book[3].position}" in problem.where for problem in verify())


def test_a_moment_in_another_spelling_is_named(book: list[Entry]) -> None:
    if connection.vendor == "sqlite":
        guards.remove(connection)
        run("UPDATE ledger_entry SET recorded_at = replace(recorded_at, ' ', 'T') WHERE id = %s", book[3].pk)
        guards.install(connection)
        assert any(f"line {book[3].position}" in problem.where for problem in verify())


@pytest.mark.parametrize("source", ["x", "9" * 40, ""])
def test_a_source_that_cannot_be_is_named(book: list[Entry], source: str) -> None:
    guards.remove(connection)
    run("UPDATE ledger_entry SET source_kind = 'document', source_room = 'documents' WHERE id = %s", book[3].pk)
    run("UPDATE ledger_entry SET source_id = %s WHERE id = %s", source, book[3].pk)
    guards.install(connection)
    assert any(f"line {book[3].position}" in problem.where for problem in verify())


def test_a_removed_line_a_cut_tail_and_a_reordering_are_named(book: list[Entry]) -> None:
    printed = checkpoints()
    guards.remove(connection)
    last = book[-1]
    run("DELETE FROM ledger_entry WHERE id = %s", last.pk)
    run(
        "UPDATE ledger_chain SET last_position = %s, last_hash = %s WHERE id = %s",
        last.position - 1,
        last.previous_hash,
        last.chain_id,
    )
    guards.install(connection)
    assert not [problem for problem in verify() if "task" not in problem.what]
    assert any("cut off" in problem.what for problem in verify(printed))
    guards.remove(connection)
    run("DELETE FROM ledger_entry WHERE id = %s", book[3].pk)
    guards.install(connection)
    assert any("gap" in problem.what for problem in verify())


def test_a_guard_that_is_gone_is_named(book: list[Entry]) -> None:
    guards.remove(connection)
    assert any("guard" in problem.what for problem in verify())
    guards.install(connection)


def test_a_changed_requirement_is_named(book: list[Entry]) -> None:
    guards.remove(connection)
    run("UPDATE ledger_requirement SET title = 'khác'")
    guards.install(connection)
    assert any("requirement" in problem.where for problem in verify())


def test_a_requirement_that_is_not_confirmed_any_more_is_named(book: list[Entry]) -> None:
    guards.remove(connection)
    run("UPDATE ledger_requirement SET status = 'proposed'")
    guards.install(connection)
    assert any("confirmed" in problem.what for problem in verify())


def test_a_file_without_the_checkpoints_proves_nothing(book: list[Entry], tmp_path: Path) -> None:
    """An empty file, a wrong one and half a printing are refused: "clean" would be taken for a proof of the tail."""

    def ask(*arguments: str) -> Result:
        return CliRunner().invoke(command, list(arguments))

    printed = ask("--print-checkpoints").output
    file = tmp_path / "checkpoints"
    file.write_text(printed, encoding="utf-8")
    whole = ask("--checkpoints", str(file))
    assert whole.exit_code == 0 and "held against 1 checkpoints" in whole.output
    assert "no checkpoints given" in ask().output
    for content, said in (
        ("", "holds no checkpoint"),
        ("# notes\n", "holds no checkpoint"),
        (printed.splitlines()[0], "1 checkpoints were printed, 0 stand in it"),
    ):
        file.write_text(content, encoding="utf-8")
        refused = ask("--checkpoints", str(file))
        assert refused.exit_code == 2 and said in refused.output, content
    # What was printed before it had a head is still good.
    file.write_text(printed.splitlines()[1] + "\n", encoding="utf-8")
    assert ask("--checkpoints", str(file)).exit_code == 0


def test_a_printing_of_a_book_without_a_line_is_no_empty_file(db: None, tmp_path: Path) -> None:
    file = tmp_path / "checkpoints"
    file.write_text(CliRunner().invoke(command, ["--print-checkpoints"]).output, encoding="utf-8")
    assert CliRunner().invoke(command, ["--checkpoints", str(file)]).exit_code == 0
