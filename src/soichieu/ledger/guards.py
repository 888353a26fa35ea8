"""The database's own refusal: what is written in the book is never changed, removed or replaced.

SQLite: ``INSERT OR REPLACE`` and upsert are caught before they touch the row, since conflict resolution fires no
delete trigger. PostgreSQL: statement-level triggers fire for ``ON CONFLICT DO UPDATE`` and ``TRUNCATE`` too.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from soichieu.organisation.guards import standing

ENTRIES = "ledger_entry"
TIES = "ledger_requirementtie"
APPEND_ONLY = (ENTRIES, "ledger_obligation", "ledger_quotedcount", "ledger_requirementprovision", TIES)
CONFIRMED = "ledger_requirement"

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_never_changed BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only: UPDATE refused'); END;
CREATE TRIGGER IF NOT EXISTS {table}_never_removed BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only: DELETE refused'); END;
CREATE TRIGGER IF NOT EXISTS {table}_never_replaced BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id{unique})
BEGIN SELECT RAISE(ABORT, '{table} is append-only: REPLACE and upsert refused'); END;
"""
_SQLITE_UNIQUE = " OR hash = NEW.hash OR (chain_id = NEW.chain_id AND position = NEW.position)"
_SQLITE_IN_ORDER = """
CREATE TRIGGER IF NOT EXISTS ledger_entry_in_order BEFORE INSERT ON ledger_entry
WHEN NEW.position <> 1 + COALESCE((SELECT MAX(position) FROM ledger_entry WHERE chain_id = NEW.chain_id), 0)
BEGIN SELECT RAISE(ABORT, 'ledger_entry: positions are gapless'); END;
"""
_SQLITE_CONFIRMED = """
CREATE TRIGGER IF NOT EXISTS ledger_requirement_stays BEFORE UPDATE ON ledger_requirement WHEN OLD.status = 'confirmed'
BEGIN SELECT RAISE(ABORT, 'a confirmed requirement never changes'); END;
CREATE TRIGGER IF NOT EXISTS ledger_requirement_never_removed BEFORE DELETE ON ledger_requirement WHEN OLD.status =
'confirmed' BEGIN SELECT RAISE(ABORT, 'a confirmed requirement is never removed'); END;
"""
_POSTGRES_FUNCTIONS = """
CREATE OR REPLACE FUNCTION soichieu_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP; END $$;
CREATE OR REPLACE FUNCTION soichieu_confirmed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF OLD.status = 'confirmed' THEN RAISE EXCEPTION 'a confirmed requirement never changes'; END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$;
"""
_POSTGRES = """
CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION soichieu_append_only();
"""
_POSTGRES_CONFIRMED = """
CREATE OR REPLACE TRIGGER ledger_requirement_stays BEFORE UPDATE OR DELETE ON ledger_requirement
FOR EACH ROW EXECUTE FUNCTION soichieu_confirmed_stays();
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards up (again), on the tables that are there: a migration may run before another makes its table."""
    with connection.cursor() as cursor:
        made = set(connection.introspection.table_names(cursor))
        guarded = [table for table in APPEND_ONLY if table in made]
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTIONS)
            for table in guarded:
                cursor.execute(_POSTGRES.format(table=table))
            cursor.execute(_POSTGRES_CONFIRMED)
            return
        for table in guarded:
            unique = _SQLITE_UNIQUE if table in (ENTRIES, TIES) else ""
            _run_script(cursor, _SQLITE.format(table=table, unique=unique))
        _run_script(cursor, _SQLITE_IN_ORDER)
        _run_script(cursor, _SQLITE_CONFIRMED)


def expected(vendor: str) -> set[str]:
    """The names of the guards that must be there; ``verify`` names one that is not."""
    if vendor == "postgresql":
        return {f"{table}_append_only" for table in APPEND_ONLY} | {"ledger_requirement_stays"}
    guards = {
        f"{table}_{what}" for table in APPEND_ONLY for what in ("never_changed", "never_removed", "never_replaced")
    }
    return guards | {"ledger_entry_in_order", "ledger_requirement_stays", "ledger_requirement_never_removed"}


def present(connection: BaseDatabaseWrapper) -> set[str]:
    """The names of the guards that stand in this database, enabled."""
    return standing(connection) & expected(connection.vendor)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guards down: for the tests, which empty their throw-away tables between cases, and for nothing else."""
    with connection.cursor() as cursor:
        for name in sorted(present(connection)):
            if connection.vendor == "postgresql":
                table = CONFIRMED if name.startswith(CONFIRMED + "_stays") else name.removesuffix("_append_only")
                cursor.execute(f"DROP TRIGGER {name} ON {table}")
            else:
                cursor.execute(f"DROP TRIGGER {name}")


def _run_script(cursor, script: str) -> None:  # type: ignore[no-untyped-def]  # Django's cursors have no public type
    for statement in script.split("END;"):
        if statement.strip():
            cursor.execute(statement + "END;")
