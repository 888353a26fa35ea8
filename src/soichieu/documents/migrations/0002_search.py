"""The full-text index over the folded words, each engine its own."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE documents_search USING fts5(
        folded, content='documents_searchrow', content_rowid='id', tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TRIGGER documents_search_added AFTER INSERT ON documents_searchrow BEGIN
        INSERT INTO documents_search(rowid, folded) VALUES (new.id, new.folded);
    END""",
    """CREATE TRIGGER documents_search_removed AFTER DELETE ON documents_searchrow BEGIN
        INSERT INTO documents_search(documents_search, rowid, folded) VALUES ('delete', old.id, old.folded);
    END""",
    """CREATE TRIGGER documents_search_changed AFTER UPDATE ON documents_searchrow BEGIN
        INSERT INTO documents_search(documents_search, rowid, folded) VALUES ('delete', old.id, old.folded);
        INSERT INTO documents_search(rowid, folded) VALUES (new.id, new.folded);
    END""",
]
SQLITE_BACK = [
    "DROP TRIGGER documents_search_added",
    "DROP TRIGGER documents_search_removed",
    "DROP TRIGGER documents_search_changed",
    "DROP TABLE documents_search",
]
POSTGRESQL = ["CREATE INDEX documents_search ON documents_searchrow USING gin (to_tsvector('simple', folded))"]
POSTGRESQL_BACK = ["DROP INDEX documents_search"]


def _run(editor, sqlite, postgresql):
    for statement in sqlite if editor.connection.vendor == "sqlite" else postgresql:
        editor.execute(statement)


def forwards(apps, editor):
    _run(editor, SQLITE, POSTGRESQL)


def backwards(apps, editor):
    _run(editor, SQLITE_BACK, POSTGRESQL_BACK)


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
