"""Settings of the tests: a throw-away instance, never the developer's own. DATABASE_URL chooses the engine."""

import os
import tempfile
from pathlib import Path

os.environ["SOICHIEU_HOME"] = os.environ.get("SOICHIEU_TEST_HOME") or tempfile.mkdtemp(prefix="soichieu-test-")
os.environ.setdefault("SOICHIEU_SECRET_KEY", "tests")

from soichieu.settings import *  # noqa: F403
from soichieu.settings import DATABASES, HOME

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

_database = DATABASES["default"]
# A connection kept by a thread of the live server would stop the test database from being dropped.
_database["CONN_MAX_AGE"] = 0
if _database["ENGINE"].endswith("sqlite3"):
    # A file, not memory: each thread has its own connection and waits for its turn, as in a real instance.
    _database["TEST"] = {"NAME": str(Path(HOME) / "test.sqlite3")}
    _database["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
