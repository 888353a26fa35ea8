"""The book of a conference is chained: whatever was changed, removed, reordered or cut off is named by ``verify``."""

from __future__ import annotations

import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from soichieu.conferences import guards
from soichieu.conferences.commands import floor
from soichieu.conferences.hashing import HASHED, event_hash
from soichieu.conferences.models import Conference, Event
from soichieu.conferences.verification import checkpoints, verify
from soichieu.ledger.verification import Checkpoint


@pytest.fixture
def book(meeting) -> list[Event]:
    floor.open_conference(asker=meeting.chair, conference=meeting.conference)
    floor.call_next(asker=meeting.chair, conference=meeting.conference)
    floor.call_next(asker=meeting.chair, conference=meeting.conference)
    return list(Event.objects.filter(conference=meeting.conference).order_by("position"))


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_whole_book_is_clean_also_against_its_checkpoints(book):
    assert verify() == []
    assert verify(checkpoints()) == []
    assert [one.position for one in checkpoints()] == [len(book)]


def test_each_line_holds_the_hash_of_the_line_ahead(book):
    assert [one.previous_hash for one in book] == ["", *(one.hash for one in book[:-1])]
    assert len({one.hash for one in book}) == len(book)
    assert book[-1].conference.last_hash == book[-1].hash


CHANGES = {
    "kind": "noted", "happened_at": "2025-01-01 00:00:00+00:00", "recorded_at": "2025-01-01 00:00:00.500000+00:00",
    "payload": '{"other": "words"}', "by": "ai đó", "previous_hash": "0" * 64, "hash": "f" * 64,
    "post_id": None, "person_id": None,
}  # fmt: skip


@pytest.mark.parametrize("column", sorted(CHANGES))
def test_any_changed_column_is_named(book, column):
    victim = next(one for one in book[1:] if getattr(one, column) != CHANGES[column])
    guards.remove(connection)
    run(f"UPDATE conferences_event SET {column} = %s WHERE id = %s", CHANGES[column], victim.pk)
    guards.install(connection)
    found = [str(one) for one in verify()]
    assert any(f"line {victim.position}: changed" in one for one in found), found


def test_a_changed_line_with_a_hash_that_fits_breaks_the_line_after_it(book):
    victim = book[2]
    columns = {name: getattr(victim, name) for name in HASHED} | {"payload": {"other": "words"}}
    guards.remove(connection)
    run(
        "UPDATE conferences_event SET payload = %s, hash = %s WHERE id = %s",
        json.dumps(columns["payload"]), event_hash(columns), victim.pk,
    )  # fmt: skip
    guards.install(connection)
    assert [one.where for one in verify()] == [f"conference {victim.conference.key}, line {victim.position + 1}"]


def test_a_removed_line_a_cut_tail_and_a_book_that_is_gone_are_named(book):
    key, known = book[0].conference.key, checkpoints()
    guards.remove(connection)
    run("DELETE FROM conferences_event WHERE id = %s", book[1].pk)
    guards.install(connection)
    assert f"conference {key}, line 2: removed: the book has a gap here" in map(str, verify())
    guards.remove(connection)
    run("DELETE FROM conferences_event WHERE position > 3 AND conference_id = %s", book[0].conference_id)
    guards.install(connection)
    assert any("cut off: the book ended at line" in str(one) for one in verify())
    # Who mends the conference's own row as well is named by what was printed before.
    Conference.objects.filter(pk=book[0].conference_id).update(last_position=3, last_hash=book[2].hash)
    assert any("a checkpoint was printed at this line and it is gone" in str(one) for one in verify(known))
    gone = Checkpoint("conference nobody", 7, "a" * 64)
    assert any("the whole book is gone" in str(one) for one in verify([gone]))


def test_a_guard_that_is_gone_is_named(book):
    guards.remove(connection)
    try:
        assert {one.where for one in verify()} == {"database"}
    finally:
        guards.install(connection)


def test_a_place_that_is_taken_is_not_replaced(book):
    names = ", ".join(column.column for column in Event._meta.local_concrete_fields if column.name != "id")
    again = f"INTO conferences_event ({names}) SELECT {names} FROM conferences_event WHERE id = %s"
    replace = f"INSERT OR REPLACE {again}"
    if connection.vendor == "postgresql":
        replace = f"INSERT {again} ON CONFLICT (conference_id, position) DO UPDATE SET kind = 'x'"
    with pytest.raises(DatabaseError), transaction.atomic():
        run(replace, book[1].pk)
    assert list(Event.objects.filter(conference=book[0].conference).order_by("position")) == book


@pytest.mark.django_db(transaction=True)
def test_a_book_from_before_is_chained_as_it_stands(book):
    executor = MigrationExecutor(connection)
    executor.migrate([("conferences", "0002_guards")])
    executor = MigrationExecutor(connection)
    executor.migrate([("conferences", "0003_chain")])
    assert verify() == []
    assert [one.hash for one in Event.objects.order_by("position")] == [one.hash for one in book]
