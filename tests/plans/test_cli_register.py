"""What is in force from the command line: taken over, listed, judged, reported, registered; exit 2 with the reason."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from docx import Document as read_docx

from soichieu.ledger import queries as ledger
from soichieu.plans.models import Plan, Verdict
from tests.exchange.conftest import book
from tests.plans.test_importing import HEAD, PLAN
from tests.plans.test_reviews import six, task  # noqa: F401


@pytest.fixture
def run(house):
    from soichieu.cli.plans import plans

    def call(*words: str):
        return CliRunner().invoke(plans, [str(word) for word in words])

    return call


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "so.xlsx"
    path.write_bytes(book([HEAD, PLAN, ["02/CS1-TH", PLAN[1], "V/v họp", "", "", None, None]]))
    return path


def test_a_register_is_previewed_then_entered_then_known(run, house, sheet):
    preview = run("register", sheet, "--unit", "cuc-1", "--preview")
    assert preview.exit_code == 0 and "nothing was written: rows 2, new 1, there 0, left_out 1" in preview.output
    assert not Plan.objects.exists()
    done = json.loads(run("register", sheet, "--unit", "cuc-1", "--as", "clerk", "--format", "json").output)
    assert done["counts"]["new"] == 1 and len(done["entered"]) == 1
    assert [row["fate"] for row in done["rows"]] == ["new", "left_out"]
    assert "entered 0" in run("register", sheet, "--unit", "cuc-1").output
    told = json.loads(run("in-force", "--unit", "cuc-1", "--on", "2025-06-01", "--format", "json").output)
    assert told["in_force"] == 1 and told["plans"][0]["number"] == "01/KH-CS1"
    assert "0 in force" in run("in-force", "--unit", "Cục Số 1", "--on", "1-1-2020").output
    assert json.loads(
        run("in-force", "--unit", "cuc-1", "--on", "2025-06-01", "--known-at", "2020-01-01", "--format", "json").output
    )["in_force"] == 0  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("register", "/no/such.xlsx", "--unit", "cuc-1"), "/no/such.xlsx"),
        (("register", "SHEET", "--unit", "khong-co"), "khong-co"),
        (("register", "BAD", "--unit", "cuc-1"), "Theo dõi!B2"),
        (("register", "SHEET", "--unit", "cuc-1", "--as", "observer"), "nothing was written"),
        (("in-force", "--unit", "cuc-1", "--on", "31-2-2025"), "--on"),
        (("in-force", "--unit", "cuc-1", "--as", "other"), "not yours to see"),
        (("in-force", "--unit", "cuc-1", "--against", "99/KH"), "99/KH"),
        (("judge", "nokey", "--against", "05/KH-BTN", "--verdict", "keep"), "nokey"),
        (("register-review", "--unit", "cuc-1", "--against", "05/KH-BTN", "--number", "1/BC", "--signed-on",
          "2025-05-20"), "0 such tasks"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_exits_with_two_and_says_why(run, house, directive, sheet, tmp_path, words, said):
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(book([HEAD, [PLAN[0], "31/2/2025", *PLAN[2:]]]))
    given = [str({"SHEET": sheet, "BAD": bad}.get(word, word)) for word in words]
    done = run(*given)
    assert done.exit_code == 2 and said in done.output and not Plan.objects.exists()


def test_verdicts_report_and_registration_from_a_script(run, house, directive, six, task, tmp_path):  # noqa: F811
    against = ("--against", "05/KH-BTN")
    for plan in six[:5]:
        done = run("judge", plan.key, *against, "--verdict", "keep", "--on", "2025-05-12", "--as", "staff")
        assert done.exit_code == 0, done.output
    review = ("register-review", "--unit", "cuc-1", *against, "--number", "15/BC-CS1", "--signed-on", "2025-05-20")
    early = run(*review, "--on", "2025-05-10", "--as", "staff")
    assert early.exit_code == 2 and "06/CTr-CS1" in early.output
    stop = ("judge", six[5].key, *against, "--verdict", "stop", "--on", "2025-05-12", "--as", "staff")
    assert run(*stop).exit_code == 2
    more = ("--until", "2025-09-30", "--owner", "Phòng Tổng hợp", "--reason", "Trùng")
    assert run(*stop, *more).exit_code == 0
    second = run(*stop, *more)
    assert second.exit_code == 2 and "--instead" in second.output
    assert run(*stop, *more, "--instead").exit_code == 0 and Verdict.objects.filter(choice="stop").count() == 1
    out = tmp_path / "bao-cao.docx"
    told = run("report", out, "--unit", "cuc-1", *against, "--on", "2025-05-12", "--as", "staff")
    counted = json.loads(
        run("report", out, "--unit", "cuc-1", *against, "--on", "2025-05-12", "--format", "json").stdout
    )
    assert (counted["file"], counted["with_verdict"], counted["in_force"]) == (str(out), 6, 6)
    judged = json.loads(run(*stop, *more, "--instead", "--format", "json").stdout)
    assert (judged["plan"], judged["verdict"]["choice"]) == (six[5].key, "stop")
    assert "6 of 6" in told.output and read_docx(str(out)).paragraphs
    assert run("report", tmp_path / "no" / "x.docx", "--unit", "cuc-1", *against).exit_code == 2
    listed = json.loads(run("in-force", "--unit", "cuc-1", "--on", "2025-05-12", *against, "--format", "json").output)
    assert (listed["with_verdict"], listed["in_force"]) == (6, 6)
    done = run(*review, "--on", "2025-05-10", "--file", out, "--as", "staff", "--format", "json")
    assert done.exit_code == 0 and json.loads(done.stdout)["with_verdict"] == 6
    assert ledger.obligation(house.operator, task.pk)[1].lifecycle == "done"
