"""The database's own refusal: the book of a conference is only added to, each line in its place."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from soichieu.organisation import guards

TABLE = "conferences_event"
_PLACE = f"{TABLE}_in_order"
# INSERT OR REPLACE of a place that is taken would remove its line without a delete trigger.
_SQLITE_IN_ORDER = f"""
CREATE TRIGGER IF NOT EXISTS {_PLACE} BEFORE INSERT ON {TABLE}
WHEN NEW.position <> 1 + COALESCE((SELECT MAX(position) FROM {TABLE} WHERE conference_id = NEW.conference_id), 0)
BEGIN SELECT RAISE(ABORT, '{TABLE}: positions are gapless'); END
"""  # noqa: S608  # names of ours


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards up; those that stand already stay."""
    guards.install(connection, [TABLE])
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_SQLITE_IN_ORDER)


def expected(vendor: str) -> set[str]:
    """The names of the guards that must be there; ``verify`` names one that is not."""
    if vendor == "postgresql":
        return {f"{TABLE}_append_only"}
    return {f"{TABLE}_{what}" for what in ("never_changed", "never_removed", "never_replaced")} | {_PLACE}


def present(connection: BaseDatabaseWrapper) -> set[str]:
    """The names of the guards that stand in this database, enabled."""
    return guards.standing(connection) & expected(connection.vendor)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guards down: for a migration that rebuilds the table, for the tests, and for nothing else."""
    with connection.cursor() as cursor:
        for name in sorted(present(connection)):
            cursor.execute(
                f"DROP TRIGGER {name} ON {TABLE}" if connection.vendor == "postgresql" else f"DROP TRIGGER {name}"
            )
