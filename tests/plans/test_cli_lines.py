"""A plan's lines from the command line: read, previewed, shown; exit code 2 with a reason for what cannot be used."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from soichieu.plans.models import Plan, PlanEdition
from tests.plans import making


@pytest.fixture
def run(house):
    from soichieu.cli.plans import plans

    def call(*words: str):
        return CliRunner().invoke(plans, list(words))

    return call


@pytest.fixture
def word(tmp_path):
    path = tmp_path / "ke-hoach.docx"
    path.write_bytes(making.word())
    return str(path)


def test_a_new_plan_is_imported_again_and_shown(run, house, word):
    done = run("import", word, "--unit", "cuc-1", "--title", "Kế hoạch năm 2025", "--as", "staff")
    assert done.exit_code == 0, done.output
    key = Plan.objects.get().key
    assert f"{key}: version 1, 3 lines" in done.output
    again = run("import", word, "--plan", key)
    assert again.exit_code == 0 and "nothing differs from version 1" in again.output
    shown = json.loads(run("show", key, "--format", "json").output)
    assert (shown["title"], shown["version"], shown["standing"]) == ("Kế hoạch năm 2025", 1, "draft")
    assert [line["number"] for line in shown["lines"]] == ["1", "2", "3"]
    assert "authority" in shown["lines"][0]["not_clear"]
    table = run("show", key).output
    assert "Nâng cấp mạng truyền số liệu" in table and "not clear" in table


def test_a_script_reads_what_an_import_did(run, house, word):
    looked = json.loads(run("import", word, "--unit", "cuc-1", "--preview", "--format", "json").stdout)
    assert looked["saved"] is False and looked["lines"][0]["text"]
    title = ("--title", "Kế hoạch năm 2025")
    done = json.loads(run("import", word, "--unit", "cuc-1", *title, "--format", "json").stdout)
    assert done["version"] == 1 and done["saved"] is True and done["lines"] == len(looked["lines"])
    again = json.loads(run("import", word, "--plan", done["plan"], "--format", "json").stdout)
    assert again == {**done, "saved": False}


def test_a_preview_saves_nothing_and_says_doubts(run, house, tmp_path):
    path = tmp_path / "lech.xlsx"
    path.write_bytes(making.excel([(*making.ROWS[1][:5], "khi nào xong")]))
    done = run("import", str(path), "--unit", "cuc-1", "--preview")
    assert done.exit_code == 0 and "nothing was saved" in done.output
    assert "Nhiệm vụ!4: “khi nào xong” was not understood" in done.output
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "/no/such/file", "--unit", "cuc-1"), "/no/such/file"),
        (("import", "/no/such/file", "--unit", "cuc-1"), "check the path"),
        (("import", "FILE"), "--plan"),
        (("import", "FILE", "--unit", "khong-co"), "`soichieu units search`"),
        (("show", "khong-co"), "`soichieu plans in-force --unit CODE`"),
        (("import", "FILE", "--unit", "khong-co"), "khong-co"),
        (("import", "FILE", "--plan", "khong-co"), "khong-co"),
        (("import", "FILE", "--unit", "cuc-1", "--title", "Kế hoạch", "--as", "steering"), "roles"),
        (("import", "FILE", "--unit", "cuc-1", "--title", "Kế hoạch", "--as", "other"), "roles"),
        (("show", "khong-co"), "khong-co"),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_a_reason(run, word, words, said):
    done = run(*(word if one == "FILE" else one for one in words))
    assert done.exit_code == 2 and said in done.output
    assert not Plan.objects.exists() and not PlanEdition.objects.exists()


def test_a_damaged_file_ends_with_2_and_makes_no_plan(run, tmp_path):
    path = tmp_path / "cut.docx"
    path.write_bytes(making.word()[:900])
    done = run("import", str(path), "--unit", "cuc-1", "--title", "Kế hoạch")
    assert done.exit_code == 2 and "cut.docx" in done.output and not Plan.objects.exists()
