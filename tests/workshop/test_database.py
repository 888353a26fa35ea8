"""The databases that the tests stand on."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction

from tests import baselines


@pytest.fixture
def guarded_table(transactional_db: None):
    """A table that refuses DELETE the way the book does."""
    table = ContentType._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION workshop_refuse() RETURNS trigger LANGUAGE plpgsql"
                " AS $$ BEGIN RAISE EXCEPTION 'kept for ever'; END $$"
            )
            cursor.execute(
                f"CREATE TRIGGER workshop_guard BEFORE DELETE ON {table} FOR EACH ROW"
                " EXECUTE FUNCTION workshop_refuse()"
            )
        else:
            cursor.execute(
                f"CREATE TRIGGER workshop_guard BEFORE DELETE ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'kept for ever'); END"
            )
    yield ContentType
    with connection.cursor() as cursor:
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER workshop_guard{on}")


def test_it_clears_tables_that_refuse_deletion_and_refuses_again_afterwards(guarded_table):
    guarded_table.objects.create(app_label="workshop", model="row")
    for _ in range(2):
        with pytest.raises(DatabaseError, match="kept for ever"), transaction.atomic():
            guarded_table.objects.filter(app_label="workshop").delete()
        table = guarded_table._meta.db_table
        # Alone, TRUNCATE would meet the foreign keys of other tables; DELETE is what both engines understand.
        connection.ops.execute_sql_flush([f"DELETE FROM {table} WHERE app_label = 'workshop'"])
        assert not guarded_table.objects.filter(app_label="workshop").exists()
        guarded_table.objects.create(app_label="workshop", model="row")


@pytest.mark.parametrize("number", [1, 2])
def test_it_starts_each_committing_test_with_empty_tables(transactional_db, number):
    assert not ContentType.objects.filter(app_label="workshop").exists()
    ContentType.objects.create(app_label="workshop", model="left behind")


@pytest.fixture
def own_baselines(tmp_path, monkeypatch):
    """Baselines of this test alone, neither updated nor reported."""
    monkeypatch.setattr(baselines, "FILE", tmp_path / "queries.json")
    monkeypatch.setattr(baselines, "update", False)
    monkeypatch.setattr(baselines, "lowered", [])


def ask(times: int) -> None:
    for _ in range(times):
        ContentType.objects.count()


def test_it_fails_a_page_without_a_baseline(db, own_baselines):
    with pytest.raises(pytest.fail.Exception, match="no baseline"), baselines.assert_query_baseline("page"):
        ask(1)


def test_it_fails_a_page_that_costs_more_and_notes_one_that_costs_less(db, own_baselines, monkeypatch):
    monkeypatch.setattr(baselines, "update", True)
    with baselines.assert_query_baseline("page"):
        ask(2)
    monkeypatch.setattr(baselines, "update", False)
    with baselines.assert_query_baseline("page"):
        ask(2)
    assert baselines.lowered == []
    with pytest.raises(pytest.fail.Exception, match="3 queries, baseline 2"), baselines.assert_query_baseline("page"):
        ask(3)
    with baselines.assert_query_baseline("page"):
        ask(1)
    assert baselines.lowered == ["page: 1 queries, baseline 2"]


def test_it_never_raises_a_baseline_past_its_limit(db, own_baselines, monkeypatch):
    monkeypatch.setattr(baselines, "update", True)
    with pytest.raises(pytest.fail.Exception, match="over its limit of 2"), baselines.assert_query_baseline("page", 2):
        ask(3)
