"""One rule for every command: its own words are English, an answer that a page gives too is in the language asked for,
days that people read are written 14-11-2022, and what a machine reads is ISO."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from soichieu.cli.main import COMMANDS, cli

VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
EXAMPLES = re.compile(
    r"“[^”]*”|\"[^\"]*\"|[A-Z0-9/-]*[A-ZĐƯ]+-[A-ZĐƯ]+|Bộ trưởng|Chuyên viên|Soi Chiếu|Đà Nẵng|[0-9/]+NĐ-CP"
)
READ_ALOUD = {"coverage", "links table", "plans report", *(f"findings {one}" for one in ("list", "show", "expected"))}
READ_ALOUD |= {"findings follow-up"}


def every() -> Iterator[tuple[str, click.Command]]:
    for name in sorted(COMMANDS):
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        if not isinstance(command, click.Group):
            yield name, command
            continue
        for below in command.list_commands(click.Context(command)):
            found = command.get_command(click.Context(command), below)
            assert found is not None
            yield f"{name} {below}", found


NAMED = dict(every())


@pytest.mark.parametrize("name", NAMED)
def test_help_is_english(name: str) -> None:
    said = CliRunner().invoke(cli, [*name.split(), "--help"])
    assert said.exit_code == 0, said.output
    assert not VIETNAMESE.search(EXAMPLES.sub("", said.output)), said.output


def test_an_answer_of_a_page_takes_its_language_and_no_other_command_does() -> None:
    takes = {name for name, command in NAMED.items() if any(one.name == "lang" for one in command.params)}
    assert takes == READ_ALOUD | {name for name in NAMED if name.startswith("conference ")}
    for name in takes:
        (option,) = [one for one in NAMED[name].params if one.name == "lang"]
        assert isinstance(option, click.Option) and option.envvar == "SOICHIEU_LANGUAGE" and option.default == "vi"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [
        "findings list --unit no-such",
        "findings show no-such",
        "findings list --as-at 31-2-2025",
        "coverage --directive 1/KH",
        "conference show no-such",
        "links table --plan no-such --document 1/KH",
        "plans show no-such",
        "plans in-force --unit no-such",
        "units show no-such",
        "units at 31-2-2025",
        "documents show 1/KH",
        "documents register --number 1/KH --issuer X --date 31-2-2025",
        "documents receive 1/KH --unit no-such --on 1-13-2025",
        "posts vacate no-such",
        "accounts close no-such",
        "act noted --directive 1/KH --requirement 1",
        "coverage --directive 1/KH --as no-such",
    ],
)
def test_errors_are_english_in_an_instance_that_speaks_vietnamese(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOICHIEU_LANGUAGE", "vi")
    said = CliRunner().invoke(cli, words.split())
    assert said.exit_code == 2, said.output
    assert not VIETNAMESE.search(said.output), said.output


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "begins"), [("vi", "Kết luận giao nhiệm vụ"), ("en", "Tasks given by notices")])
def test_the_language_may_stand_in_the_environment(language: str, begins: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOICHIEU_LANGUAGE", language)
    assert CliRunner().invoke(cli, ["findings", "follow-up"]).output.startswith(begins)
    other = "en" if language == "vi" else "vi"
    assert not CliRunner().invoke(cli, ["findings", "follow-up", "--lang", other]).output.startswith(begins)


def test_no_command_writes_a_day_in_a_way_of_its_own() -> None:
    from pathlib import Path

    import soichieu.cli

    for path in Path(soichieu.cli.__file__).parent.glob("*.py"):
        ways = re.findall(r":%d-%m-%Y|%Y-%m-%d(?=\})|strftime\(", path.read_text("utf-8"))
        assert not ways, f"{path.name}: {ways}; write_day writes a day for people, isoformat() for machines"
