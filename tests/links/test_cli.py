"""``soichieu links table`` gives what the page gives."""

from __future__ import annotations

import json

from click.testing import CliRunner

from soichieu.cli.links import links
from soichieu.links.queries.table import table
from tests.links.test_table import accept


def run(*arguments):
    return CliRunner().invoke(links, ["table", *arguments])


def test_the_table_as_data_and_as_text(desk):
    made = accept(desk, 0, "equivalent")
    found = table(desk.house.askers["staff"], desk.key, desk.document.pk)
    answer = run("--plan", desk.key, "--document", "57-NQ/TW", "--format", "json", "--as", "staff")
    assert answer.exit_code == 0, answer.output
    given = json.loads(answer.output)
    assert (given["counts"]["decided"], given["counts"]["lines"]) == (1, 24)
    place = found.sentence_by_identity[made.provision_id].offer.citation
    assert [(tie["place"], tie["relation"], tie["by"]) for tie in given["lines"][0]["ties"]] == [
        (place, "equivalent", made.made_by["label"])
    ]
    assert next(one for one in given["sentences"] if one["place"] == place)["answered_by"] == ["a"]
    text = run("--plan", desk.key, "--document", "57-NQ/TW", "--as", "staff").output
    assert f"— {place} đáp ứng trọn vẹn" in text
    assert "Đầu việc đã quyết: 1 trên 24" in text
    waiting = run(
        "--plan", desk.key, "--document", "57-NQ/TW", "--show", "todo", "--lang", "en", "--as", "staff"
    ).output
    assert found.lines[0].item.text not in waiting
    assert found.lines[1].item.text in waiting


def test_what_is_not_there_ends_with_exit_code_2(desk):
    for arguments in (
        ("--plan", "no-such-plan", "--document", "57-NQ/TW"),
        ("--plan", desk.key, "--document", "99-NQ/TW"),
        ("--plan", desk.key, "--document", "57-NQ/TW", "--as", "other"),
    ):
        answer = run(*arguments)
        assert answer.exit_code == 2, arguments
        assert "Error" in answer.output
