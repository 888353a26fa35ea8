"""The gate: every check and every test, on both engines. ``make test`` runs it, and nothing goes in that fails it.

    python -m tools.gate              # everything
    python -m tools.gate --lint       # the checks without the tests
    python -m tools.gate --summary    # what the last run counted, in one line

All phases run whatever the earlier ones said; the exit code is 1 when any of them failed. The last lines are
pytest's own summaries, SQLite's and PostgreSQL's.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tools import postgres

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
OUTPUT = ROOT / "var" / "gate"

# What stands on a database and must give the same answers on PostgreSQL: commands, fold, permissions, rooms.
ON_BOTH_ENGINES = [
    "workshop",
    "organisation",
    "documents",
    "ledger",
    "links",
    "findings",
    "directives",
    "conferences",
    "plans",
    "board",
    "accounts",
    "exchange",
]

CHECKS: dict[str, list[str]] = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "import-linter": ["lint-imports"],
    "migrations": ["django-admin", "makemigrations", "--check", "--dry-run"],
    "catalogues": ["python", "-m", "soichieu.web.catalogues", "--check"],
}


@dataclass(frozen=True)
class Phase:
    """One phase as it went: its exit code, its seconds, and pytest's last line when it was pytest."""

    name: str
    code: int
    seconds: float
    summary: str = ""


def environment(**extra: str) -> dict[str, str]:
    """Of the caller's environment everything but what would lead the tests to an instance of theirs."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "SOICHIEU_HOME")}
    return kept | {"SOICHIEU_GATE": "1", "PYTHONUTF8": "1", "DJANGO_SETTINGS_MODULE": "tests.settings"} | extra


def stream(command: list[str], env: dict[str, str]) -> tuple[int, str]:
    """Run a command showing its output as it comes; its exit code and its last line."""
    last = ""
    program = [str(BIN / command[0]), *command[1:]]
    with subprocess.Popen(
        program,
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            last = line.strip() or last
    return process.returncode, last


def phase(name: str, run: Callable[[], tuple[int, str]], summary: bool = False) -> Phase:
    """Run one phase under a heading, with its time."""
    print(f"\n── {name}", flush=True)
    start = time.monotonic()
    try:
        code, last = run()
    except (postgres.NoPostgresError, RuntimeError) as error:
        print(error, flush=True)
        code, last = 1, f"not run: {error}".splitlines()[0]
    seconds = time.monotonic() - start
    print(f"── {name}: {'ok' if code == 0 else 'FAILED'} in {seconds:.1f} s", flush=True)
    return Phase(name, code, seconds, last if summary else "")


def check(name: str) -> Phase:
    """One check. A throw-away home serves those that load the settings."""

    def run() -> tuple[int, str]:
        with tempfile.TemporaryDirectory(prefix="soichieu-gate-") as home:
            paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
            return stream(CHECKS[name], environment(SOICHIEU_TEST_HOME=home, SOICHIEU_HOME=home, PYTHONPATH=paths))

    return phase(name, run)


def pytest(engine: str, arguments: list[str], env: dict[str, str]) -> tuple[int, str]:
    """Pytest on two workers; tests of one file stay together, because files share what is slow to make."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    report = OUTPUT / f"{engine}.xml"
    report.unlink(missing_ok=True)
    workers = ["-n", os.environ.get("SOICHIEU_TEST_WORKERS", "2"), "--dist", "loadfile"]
    return stream(["pytest", *workers, "-rfEs", f"--junitxml={report}", *arguments], env)


def on_sqlite() -> tuple[int, str]:
    """Every test there is, those in a browser too."""
    return pytest("sqlite", ["tests"], environment())


def on_postgresql() -> tuple[int, str]:
    """What stands on a database, on a server started for it."""
    folders = [f"tests/{name}" for name in ON_BOTH_ENGINES if (ROOT / "tests" / name).is_dir()]
    with postgres.server() as url:
        return pytest("postgresql", ["-m", "not browser", *folders], environment(DATABASE_URL=url))


def counts() -> tuple[int, int]:
    """Passed and failed (errors among them) over both engines of the last run."""
    passed = failed = 0
    for engine in ("sqlite", "postgresql"):
        # Written by our own pytest a moment ago.
        suite = ElementTree.parse(OUTPUT / f"{engine}.xml").getroot().find("testsuite")
        if suite is None:
            raise ValueError(f"{OUTPUT / engine}.xml holds no test suite")
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        failed += bad
        passed += int(suite.get("tests", 0)) - bad - int(suite.get("skipped", 0))
    return passed, failed


def main() -> int:
    """Run the phases asked for."""
    parser = argparse.ArgumentParser(prog="python -m tools.gate")
    parser.add_argument("--lint", action="store_true", help="only the checks, no tests")
    parser.add_argument("--summary", action="store_true", help="print what the last run counted")
    options = parser.parse_args()
    if options.summary:
        try:
            print("{} passed, {} failed".format(*counts()))
        except (OSError, ElementTree.ParseError, ValueError) as error:
            print(f"the last run left no count: {error}", file=sys.stderr)
            return 1
        return 0
    if not options.lint:
        shutil.rmtree(OUTPUT, ignore_errors=True)
    phases = [check(name) for name in CHECKS]
    if not options.lint:
        phases.append(phase("tests on SQLite", on_sqlite, summary=True))
        phases.append(phase("tests on PostgreSQL", on_postgresql, summary=True))
    print()
    for done in phases:
        print(f"{done.seconds:8.1f} s  {'ok    ' if done.code == 0 else 'FAILED'}  {done.name}")
    for done in phases:
        if done.summary:
            print(f"\n{done.name}:\n{done.summary}")
    return max((1 for done in phases if done.code), default=0)


if __name__ == "__main__":
    sys.exit(main())
