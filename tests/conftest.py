"""What every test may use: a database of either engine, a browser, query baselines.

The engine is chosen by DATABASE_URL (none: SQLite); no test asks which one it is. The same tests run on both.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests import baselines
from tools import chromium

pytest_plugins = ["tests.web.browser"]

# Playwright keeps an event loop in the thread of the test, and Django would take the test for a coroutine.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The gate (make test) installs what the tests need, so there a missing browser is a failure and not a skip.
IN_GATE = os.environ.get("SOICHIEU_GATE") == "1"

# No deadline: two cores are shared. Not derandomized: every run tries other examples, and a failure prints its blob.
_FIXTURES = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
hypothesis_settings.register_profile("quick", max_examples=30, deadline=None, suppress_health_check=_FIXTURES)
hypothesis_settings.register_profile(
    "ci", max_examples=100, deadline=None, derandomize=False, print_blob=True, suppress_health_check=_FIXTURES
)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if IN_GATE else "quick"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-baselines", action="store_true", help="write the query counts that are measured")


def pytest_configure(config: pytest.Config) -> None:
    baselines.update = config.getoption("--update-baselines")


def pytest_unconfigure(config: pytest.Config) -> None:
    # The throw-away instance of this process (tests/settings.py).
    if settings.configured and not os.environ.get("SOICHIEU_TEST_HOME"):
        shutil.rmtree(os.environ["SOICHIEU_HOME"], ignore_errors=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of pytest-xdist hands its findings to the process that reports."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["lowered_baselines"] = baselines.lowered


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    baselines.lowered.extend(getattr(node, "workeroutput", {}).get("lowered_baselines", []))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if baselines.lowered:
        terminalreporter.write_line("Pages that cost less than their baseline (pytest --update-baselines lowers it):")
        for line in sorted(baselines.lowered):
            terminalreporter.write_line(f"  {line}")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("libreoffice") and not (shutil.which("soffice") or shutil.which("libreoffice")):
        pytest.skip("LibreOffice is not on this machine")


@contextmanager
def _guards_lifted(connection: Any) -> Iterator[None]:
    """The triggers that refuse DELETE and TRUNCATE on the book stand aside while a test's rows are cleared.

    Tests that commit (``transactional_db``, ``live_server``) are cleaned up by emptying every table, which is just
    what the database of an instance refuses. Only here; a test of the refusal itself goes straight to the database.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SET session_replication_role = origin")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE%'")
        guards = cursor.fetchall()
        for name, _ in guards:
            cursor.execute(f'DROP TRIGGER "{name}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _, sql in guards:
                cursor.execute(sql)


@pytest.fixture(scope="session", autouse=True)
def _flush_past_the_guards() -> Iterator[None]:
    """Django's clearing of tables after a committing test, with the guards of the book lifted."""
    from django.db import connection

    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def lifted(self: Any, sql_list: list[str]) -> None:
        with _guards_lifted(self.connection):
            flush(self, sql_list)

    patch = pytest.MonkeyPatch()
    patch.setattr(operations, "execute_sql_flush", lifted)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real Chromium (Playwright's Browser), one for the session. Make contexts from it for several people at once."""
    found = chromium.find()
    if found is None:
        if IN_GATE:
            pytest.fail("no Chromium here, and make test could not install one")
        pytest.skip("no Chromium here (make test installs one)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(found), args=chromium.ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page of a new visitor, 1440 wide, in Vietnamese; the test fails if a script on it failed."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
    )
    context.set_default_timeout(15_000)
    opened = context.new_page()
    failures: list[str] = []
    opened.on("pageerror", lambda error: failures.append(str(error)))
    yield opened
    context.close()
    assert not failures, f"scripts failed on the page: {failures}"
