"""The conferences of the demonstration: what was concluded, given out, done, left out; what came back; what waits."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.demo.loaded import Ask

pytestmark = pytest.mark.slow
FIRST, SECOND, THIRD = "bo-hai-dang-2025-11-14", "bo-hai-dang-2026-05-15", "bo-hai-dang-2026-12-15"


def told(ask: Ask, what: str, name: str, *more: str) -> dict[str, Any]:
    return json.loads(ask("conference", what, name, "--format", "json", "--lang", "en", *more).stdout)


def sql(home: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    return sqlite3.connect(home / "soichieu.sqlite3").execute(query, values).fetchall()


def test_there_are_three_of_the_ministry_and_the_published_one(ask: Ask) -> None:
    found = json.loads(ask("conference", "list", "--format", "json", "--lang", "en").stdout)["rows"]
    assert [(one["name"], one["phase"], one["sites"]) for one in found] == [
        (THIRD, "in preparation", 64),
        (SECOND, "over", 64),
        (FIRST, "handed to the archive", 64),
        ("bo-cong-an-2022-11-14", "over", None),
    ]
    assert told(ask, "show", SECOND)["follows"] == FIRST


def test_conclusions_are_of_four_kinds_and_counted_by_what_became_of_them(ask: Ask) -> None:
    first, second = told(ask, "conclusions", FIRST), told(ask, "conclusions", SECOND)
    for one in (first, second):
        assert {row["code"] for row in one["rows"]} == {"task", "standing", "proposal", "record"}
        (left,) = [row for row in one["rows"] if row["step"] == "left_out"]
        assert left["reason"] and left["obligations"] is None
        # A standing demand, a proposal and a record open nothing.
        assert {row["code"] for row in one["rows"] if row["obligations"]} == {"task"}
    assert first["done"] == {"n": 3, "of": 4} and second["done"] == {"n": 2, "of": 3}
    assert first["notice"]["number"] == "61/TB-BHĐ" and second["notice"]["number"] == "29/TB-BHĐ"


def test_tasks_are_obligations_from_the_notice_on_and_not_before(ask: Ask, home: Path) -> None:
    def counted(day: str, *more: str) -> list[tuple[int | None, int]]:
        report = ask("coverage", "--directive", "61/TB-BHĐ", "--as-at", day, "--format", "json", *more).stdout
        return [(count["n"], count["of"]) for count in json.loads(report)["counts"]]

    assert counted("2025-11-19") == []
    assert counted("2025-11-20") == [(0, 37)]
    # The notice of the 20th was registered on the 21st: on the evening of the 20th nobody knew of a task.
    assert counted("2025-11-20", "--known-at", "2025-11-20") == []
    assert 20 < (counted("2026-05-15")[0][0] or 0) < 37
    steps = sql(
        home,
        "SELECT step, MIN(date(made_at)), COUNT(*) FROM findings_step"
        " WHERE \"on\" BETWEEN '2025-11-12' AND '2025-11-30' GROUP BY step",
    )
    known = {step: (day, many) for step, day, many in steps}
    assert known["concluded"] == ("2025-11-14", 9) and known["opened"] == ("2025-11-21", 4)
    assert known["left_out"] == ("2025-11-21", 1)


def test_a_task_keeps_its_thread_to_the_conclusion_and_the_sentence_of_the_plan(home: Path) -> None:
    sources = sql(
        home,
        "SELECT DISTINCT e.source_room, e.source_kind FROM ledger_entry e"
        " JOIN ledger_obligation o ON o.id = e.obligation_id"
        " JOIN ledger_requirement r ON r.id = o.requirement_id JOIN documents_document d ON d.id = r.directive_id"
        " WHERE d.number = '61/TB-BHĐ' AND e.kind = 'opened'",
    )
    assert sources == [("findings", "conclusion")]
    cited = sql(
        home,
        "SELECT d2.number, p.gives, COUNT(*) FROM ledger_requirementprovision p"
        " JOIN ledger_requirement r ON r.id = p.requirement_id JOIN documents_document d ON d.id = r.directive_id"
        " JOIN documents_provisionidentity i ON i.id = p.identity_id"
        " JOIN documents_document d2 ON d2.id = i.document_id"
        " WHERE d.number = '61/TB-BHĐ' GROUP BY d2.number, p.gives ORDER BY p.gives",
    )
    # Each of the four stands in a sentence of the notice; three of them rest on one of the plan.
    assert cited == [("15/KH-BHĐ", 0, 3), ("61/TB-BHĐ", 1, 4)]


def test_a_shortcoming_returns_with_the_same_cause_word_for_word(ask: Ask) -> None:
    rows = told(ask, "findings", SECOND, "--kind", "shortcoming")["rows"]
    same = [row for row in rows if row["same_cause_as"]]
    assert [(row["nth"], row["about"]) for row in same] == [(2, ["Ty Hải đăng vùng Thiên Yến"])]
    assert same[0]["same_cause_as"] == "Hội nghị sơ kết đợt một thực hiện Kế hoạch số 15/KH-BHĐ"
    # Another one came back for another cause, and one that a unit says of itself is not counted against it.
    assert sorted(row["nth"] or 0 for row in rows) == [0, 2, 2]
    assert [row["nth"] for row in rows if row["own"]] == [None]


def test_proposals_are_answered_refused_with_a_reason_and_left_waiting(ask: Ask) -> None:
    rows = told(ask, "findings", FIRST, "--kind", "proposal")["rows"]
    states = {row["to"]: row["state"] for row in rows}
    assert sorted(states.values()) == ["accepted", "being considered", "not accepted", "not answered yet"]
    assert all(row["answer"] for row in rows if row["state"] == "not accepted")


def test_the_cut_of_the_first_conference_is_seen_again_beside_what_is_known_now(ask: Ask) -> None:
    rows = told(ask, "cuts", FIRST)["rows"]
    differing = [(row["at_the_cut"], row["known_now"]) for row in rows if row["differs"]]
    # Two plans were voided in March 2026.
    assert differing == [("68 of 69", "66 of 69")]


def test_statements_sites_and_the_roll_call(ask: Ask) -> None:
    for name in (FIRST, SECOND):
        statements = told(ask, "statements", name)
        assert statements["registered"]["n"] == 12
        written = [row for row in statements["rows"] if row["delivery"] == "sent in writing"]
        assert len(written) == 1 and written[0]["registered"]
        sites = told(ask, "sites", name)
        assert sites["rolled"] == {"n": 63, "of": 64}
        assert any(row["rolled_by"] == "by telephone, written by the secretary" for row in sites["rows"])


def test_the_books_were_written_in_the_order_in_which_things_happened(home: Path) -> None:
    late = sql(
        home,
        "SELECT COUNT(*) FROM conferences_event e JOIN conferences_conference c ON c.id = e.conference_id"
        " JOIN organisation_unit u ON u.id = c.unit_id WHERE u.fictitious AND e.happened_at <> e.recorded_at",
    )
    assert late == [(0,)]
    # Of the published one what happened on the morning of the 14th was written down on the evening of the 15th.
    told = sql(
        home,
        "SELECT DISTINCT date(e.happened_at), date(e.recorded_at) FROM conferences_event e"
        " JOIN conferences_conference c ON c.id = e.conference_id JOIN organisation_unit u ON u.id = c.unit_id"
        " WHERE NOT u.fictitious AND e.kind IN ('opened', 'site', 'noted', 'closed')",
    )
    assert told == [("2022-11-14", "2022-11-15")]


def test_the_secretary_worked_on_the_chairs_behalf(home: Path) -> None:
    lines = sql(
        home,
        "SELECT p.code, b.code, COUNT(*) FROM conferences_event e JOIN organisation_post p ON p.id = e.post_id"
        " LEFT JOIN organisation_post b ON b.id = e.on_behalf_of_id"
        " WHERE e.kind IN ('floor_given', 'concluded', 'opened', 'closed') GROUP BY p.code, b.code",
    )
    assert [(post, behalf) for post, behalf, _many in lines] == [("thu-ky", "bo-truong")]


def test_the_third_is_in_preparation(ask: Ask) -> None:
    sheet = told(ask, "show", THIRD)
    assert sheet["notice"] is None and sheet["notice_reason"] == "nothing written yet" and sheet["follows"] == SECOND
    registered = told(ask, "statements", THIRD)["registered"]
    assert registered == {"n": 5, "of": 8}
    answered = told(ask, "participants", THIRD)["answered"]
    assert 0 < answered["n"] < answered["of"]


def test_of_real_units_nothing_but_published_facts(home: Path) -> None:
    concerned = sql(
        home,
        "SELECT DISTINCT f.kind, c.part, u.code FROM findings_concern c JOIN findings_finding f ON f.id = c.finding_id"
        " JOIN organisation_unit u ON u.id = c.unit_id WHERE NOT u.fictitious ORDER BY f.kind",
    )
    assert concerned == [("conclusion", "holder", "bo-cong-an"), ("result", "holder", "bo-cong-an")]


def test_a_post_sees_its_own_ministry_and_what_was_published(ask: Ask) -> None:
    found = json.loads(ask("conference", "list", "--format", "json", "--as", "can-bo-ty").stdout)["rows"]
    assert {row["name"] for row in found} == {FIRST, SECOND, THIRD, "bo-cong-an-2022-11-14"}
    # Of a conference in which it has a site it is told the own participants alone.
    told_of = told(ask, "participants", FIRST, "--as", "can-bo-ty")["rows"]
    assert {row["site"] for row in told_of} == {"Điểm cầu Ty Hải đăng Bạch Liên"}
    ask("conference", "show", "--of", "15/KH-BHĐ", code=2)  # three fit
    ask("conference", "show", "no-such-conference", code=2)
