"""A command that the documentation shows is there, with the options that it shows."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from soichieu.cli.main import cli

ROOT = Path(__file__).parents[2]
# In running text between backticks (a span may be broken over two lines), in a block from the start of a line.
SHOWN = re.compile(r"`soichieu ([^`]+)`|^soichieu ([^#\n]+)", re.MULTILINE)


def shown() -> list[tuple[str, str]]:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    found = []
    for page in pages:
        for one in SHOWN.finditer(page.read_text(encoding="utf-8")):
            found.append((page.name, " ".join((one[1] or one[2]).split())))
    return found


def fault(line: str) -> str:
    """What of a line is not there; empty when all is."""
    command: click.Command = cli
    words = line.replace("[", " ").replace("]", " ").split()
    while words and isinstance(command, click.Group) and re.match(r"[a-z][a-z-]*", words[0]):
        name = words.pop(0)
        several = name.split("|") if "|" in name else [name]
        context = click.Context(command)
        missing = [one for one in several if command.get_command(context, one) is None]
        if missing:
            return f"no command {', '.join(missing)}"
        command = command.get_command(context, several[0]) or command
        if len(several) > 1:
            break
    known = {"--help", *(option for one in command.params for option in one.opts)}
    return ", ".join(word for word in words if word.startswith("--") and word not in known)


@pytest.mark.parametrize("page, line", shown())
def test_what_the_documentation_shows_is_there(page: str, line: str) -> None:
    assert fault(line) == "", f"{page}: soichieu {line}"
