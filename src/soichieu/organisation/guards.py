"""The database's own refusal: the history of the organisation is added to, never changed or removed.

``organisation_revision``, the token of the caches, is the one table that changes in place; no page shows it.
"""

from __future__ import annotations

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

CHANGES_IN_PLACE = {"organisation_revision"}

_SQLITE = (
    "CREATE TRIGGER IF NOT EXISTS {table}_never_changed BEFORE UPDATE ON {table}"
    " BEGIN SELECT RAISE(ABORT, '{table} is append-only: UPDATE refused'); END",
    "CREATE TRIGGER IF NOT EXISTS {table}_never_removed BEFORE DELETE ON {table}"
    " BEGIN SELECT RAISE(ABORT, '{table} is append-only: DELETE refused'); END",
    # Conflict resolution by REPLACE fires no delete trigger, so it is caught before it touches the row.
    "CREATE TRIGGER IF NOT EXISTS {table}_never_replaced BEFORE INSERT ON {table}"
    " WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
    " BEGIN SELECT RAISE(ABORT, '{table} is append-only: REPLACE and upsert refused'); END",
)
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION organisation_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP; END $$
"""
_POSTGRES = """
CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION organisation_append_only()
"""


def guarded_tables() -> list[str]:
    """The tables of this room that are only added to."""
    models = apps.get_app_config("organisation").get_models()
    return sorted({model._meta.db_table for model in models} - CHANGES_IN_PLACE)


def install(connection: BaseDatabaseWrapper, tables: list[str] | None = None) -> None:
    """Put the guards up; those that stand already stay."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for table in tables or guarded_tables():
            for statement in (_POSTGRES,) if connection.vendor == "postgresql" else _SQLITE:
                cursor.execute(statement.format(table=table))


def standing(connection: BaseDatabaseWrapper) -> set[str]:
    """The names of all triggers that stand in this database, enabled; each room looks for its own among them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in cursor.fetchall()}
