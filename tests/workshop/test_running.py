"""What the page for operators says is so: each setting that is read stands there, each command and option exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from soichieu.cli.main import cli

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
READ = re.compile(r"""(?:environ(?:\.get\(|\[)\s*|envvar=)["'](SOICHIEU_\w+|DATABASE_URL)["']""")
SHOWN = re.compile(r"^soichieu (.+?)(?:\s{2,}#.*)?$", re.M)


def test_every_setting_that_is_read_stands_on_the_page_for_operators() -> None:
    modules = (ROOT / "src").rglob("*.py")
    read = {name for module in modules for name in READ.findall(module.read_text(encoding="utf-8"))}
    listed = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.M))
    assert len(read) > 8
    assert read - listed == set(), "read, and named in no row of docs/running.md"
    assert listed - read - {"NUMBA_CACHE_DIR"} == set(), "in docs/running.md, and read by nothing"


@pytest.mark.parametrize("line", sorted(set(SHOWN.findall(PAGE))))
def test_every_command_on_the_page_for_operators_exists_with_its_options(line: str) -> None:
    words = shlex.split(line.partition(" > ")[0])
    command: click.Command = cli
    context = click.Context(cli)
    while isinstance(command, click.Group):
        found = command.get_command(context, words.pop(0))
        assert found is not None, line
        command = found
    known = {name for parameter in command.params for name in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known
    arguments = [word for word in words if not word.startswith("--")]
    required = [one for one in command.params if isinstance(one, click.Argument) and one.required]
    assert len(arguments) >= len(required)
