"""``docs/source-report.md``: every command of its table gives the answer that the table expects."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.demo.loaded import environment_of

pytestmark = pytest.mark.slow
PAGE = Path(__file__).parents[2] / "docs" / "source-report.md"
LONGEST = 20.0
"""Seconds for one command, the start of its process included."""


@dataclass(frozen=True)
class Row:
    """A line of the table. ``expected``: pieces that all stand in what the command prints."""

    sentence: str
    kind: str
    page: str
    command: str
    expected: tuple[str, ...]


def rows() -> list[Row]:
    found = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if line.startswith("| ") and len(cells) == 5 and "`soichieu " in cells[3]:
            sentence, kind, page, command, expected = cells
            pieces = tuple(re.findall(r"`([^`]+)`", expected))
            found.append(Row(sentence, kind, page, command.strip("`"), pieces))
    return found


ROWS = rows()
_printed: dict[str, tuple[int, str, str, float]] = {}


def run(home: Path, command: str) -> tuple[int, str, str, float]:
    """Run a command as a process of its own, each of them once: code, what it printed, what it complained, seconds."""
    if command not in _printed:
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "soichieu.cli", *shlex.split(command)[1:]],
            env=environment_of(home), capture_output=True, text=True, check=False,
        )  # fmt: skip
        _printed[command] = (done.returncode, done.stdout, done.stderr, time.monotonic() - began)
    return _printed[command]


def test_the_table_has_every_kind_of_sentence_and_twenty_different_commands() -> None:
    assert {row.kind for row in ROWS} == {"fact", "assessment", "demand"}
    assert len({row.command for row in ROWS}) >= 20
    assert all(row.expected for row in ROWS)
    assert not any("|" in row.command or "&" in row.command for row in ROWS)
    assert (
        len([line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]) == len(ROWS) + 1
    )


@pytest.mark.parametrize("row", ROWS, ids=[row.sentence[:50] for row in ROWS])
def test_the_command_gives_the_expected_answer(home: Path, row: Row) -> None:
    code, printed, complained, seconds = run(home, row.command)
    assert code == 0, complained[-2000:]
    missing = [piece for piece in row.expected if piece not in printed]
    assert not missing, f"{row.command}\nlacks {missing}\n{printed[:4000]}"
    assert seconds < LONGEST


VISIT = """
import json, sys, django
django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
from django.test import Client
from soichieu.accounts.models import Account
from soichieu.conferences.models import Conference
from soichieu.documents.models import Document
key = Conference.objects.get(unit__code="bo-cong-an").key
plan = str(Document.objects.get(number="118-KH/ĐUCA").pk)
client = Client()
client.force_login(Account.objects.get(username="nguoixem"))
pages = json.loads(sys.argv[1])
print(json.dumps({page: client.get(page.replace("<key>", key).replace("<id>", plan)).status_code for page in pages}))
"""


def test_every_page_of_the_table_is_there_for_whoever_may_sign_in(home: Path) -> None:
    pages = sorted({row.page.strip("`") for row in ROWS})
    done = subprocess.run(
        [sys.executable, "-c", VISIT, json.dumps(pages)], env=environment_of(home), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert set(json.loads(done.stdout.splitlines()[-1]).values()) == {200}, done.stdout
