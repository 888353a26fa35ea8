"""kill -9 in the middle of an import of 11,367 places: all of it is there afterwards, or none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.organisation.conftest import DATA

# The import as the command line runs it; every batch that reaches the database says so, so that the test can kill
# the process after a chosen one, in the middle of the writing.
CHILD = """
import sys
from django.db.models.query import QuerySet
from django.db import transaction
insert = QuerySet._insert
def telling(self, *args, **kwargs):
    done = insert(self, *args, **kwargs)
    print(self.model.__name__, flush=True)
    return done
QuerySet._insert = telling
from soichieu.cli.main import main
sys.argv = ["soichieu", *sys.argv[1:]]
main()
"""
COUNT = """
import soichieu.cli.django_setup
from soichieu.organisation.models import ImportedFile, Place, PlaceState
print(Place.objects.count(), PlaceState.objects.count(), ImportedFile.objects.count())
"""


@pytest.fixture
def instance(tmp_path: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """The environment of a fresh, migrated instance on the engine of this test run."""
    environment = {**os.environ, "SOICHIEU_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "soichieu.settings"}
    name = f"soichieu_killed_{os.getpid()}"
    postgres = connection.vendor == "postgresql"
    if postgres:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
        given = settings.DATABASES["default"]
        host = given["HOST"] or ""
        login = given["USER"] + (f":{given['PASSWORD']}" if given["PASSWORD"] else "")
        where = f"{host}:{given['PORT']}" if given["PORT"] and not host.startswith("/") else host.replace("/", "%2F")
        environment["DATABASE_URL"] = f"postgres://{login}@{where}/{name}"
        if host.startswith("/") and given["PORT"]:
            environment["PGPORT"] = str(given["PORT"])
    else:
        environment.pop("DATABASE_URL", None)
    run(environment, "from soichieu.cli.main import main; import sys; sys.argv = ['soichieu', 'migrate']; main()")
    yield environment
    if postgres:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def run(environment: dict[str, str], code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_an_import_that_is_killed_leaves_nothing_and_one_that_is_not_leaves_everything(
    instance: dict[str, str],
) -> None:
    path = str(DATA / "vn-units-2021-11-01.csv")
    for model, batch in (("Place", 1), ("PlaceState", 1), ("PlaceState", 5)):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, "units", "import", path], env=instance, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        seen = 0
        for line in child.stdout:
            seen += line.strip() == model
            if seen == batch:
                child.send_signal(signal.SIGKILL)
                break
        child.stdout.close()
        assert child.wait(60) == -signal.SIGKILL
        assert run(instance, COUNT).split() == ["0", "0", "0"], (model, batch)
    run(instance, CHILD, "units", "import", path)
    assert run(instance, COUNT).split() == ["11367", "11367", "1"]
