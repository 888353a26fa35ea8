"""``soichieu findings`` gives what the pages give."""

from __future__ import annotations

import json
from typing import Any

from click.testing import CliRunner, Result

from soichieu.cli.findings import findings
from tests.findings.conftest import SUBJECTIVE, Hall, given


def run(*arguments: str) -> Result:
    return CliRunner().invoke(findings, list(arguments))


def rows(*arguments: str) -> list[dict[str, Any]]:
    answer = run(*arguments, "--format", "json")
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.output)["rows"]


def test_list_by_unit_and_kind_as_a_post(hall: Hall) -> None:
    first = hall.raise_(words="Chậm.", subjective_cause=SUBJECTIVE)
    hall.raise_(words="Vẫn chậm.", subjective_cause=SUBJECTIVE, same_as=first, occasion=hall.autumn)
    hall.raise_("result", words="Tốt.", units=[hall.unit(1)])
    assert {row["words"] for row in rows("list")} == {"Vẫn chậm.", "Tốt."}
    assert [row["words"] for row in rows("list", "--unit", "cuc-2")] == ["Tốt."]
    assert [row["words"] for row in rows("list", "--kind", "result")] == ["Tốt."]
    assert [row["words"] for row in rows("list", "--as", "staff")] == ["Vẫn chậm."]
    assert [row["words"] for row in rows("list", "--as", "staff", "--as-at", "1-5-2025")] == ["Chậm."]
    told = run("list", "--as", "staff", "--lang", "en").output
    assert "\t1-10-2025\t" in told and "Raised 2 times, same cause word for word" in told
    assert "Đã nêu 2 lần, cùng nguyên nhân, trùng từng chữ" in run("list", "--as", "staff").output


def test_show(hall: Hall) -> None:
    finding = hall.draft()
    hall.conclude(finding)
    text = run("show", finding.key, "--as", "steering").output
    assert "Giao Cục Số 1 xây dựng đề án." in text and "rõ sản phẩm: Đề án" in text
    data = json.loads(run("show", finding.key, "--format", "json").output)
    assert (data["state"], data["missing_clears"], data["steps"][-1]["step"]) == ("concluded", [], "concluded")


def test_follow_up_and_expected(hall: Hall, notice: Any) -> None:
    given(hall, notice, [hall.unit(0)])
    hall.conclude(hall.draft(words="Giao Cục Số 1 rà soát."))
    text = run("follow-up", "--lang", "en").output
    assert text.startswith("Tasks given by notices, done: 0 of 1; overdue: 1\nExpected, waiting for the notice: 1\n")
    assert run("follow-up").output.startswith("Kết luận giao nhiệm vụ đã hoàn thành: 0/1; quá hạn: 1\n")
    data = json.loads(run("follow-up", "--format", "json").output)
    assert data["counts"]["tasks"] == 1 and len(data["rows"]) == 2
    assert rows("follow-up", "--unit", "cuc-2") == []
    assert [row["words"] for row in rows("expected", "--unit", "cuc-1", "--as", "staff")] == ["Giao Cục Số 1 rà soát."]
    assert rows("expected", "--unit", "cuc-1", "--as", "peer") == []


def test_what_is_not_there_ends_with_exit_code_2(hall: Hall) -> None:
    finding = hall.raise_()
    for arguments in (
        ("show", "no-such-finding"),
        ("show", finding.key, "--as", "other"),
        ("list", "--unit", "no-such-unit"),
        ("list", "--as-at", "31-2-2025"),
        ("expected",),
    ):
        assert run(*arguments).exit_code == 2, arguments
