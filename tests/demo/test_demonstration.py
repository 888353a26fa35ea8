"""The demonstration as ``demo --load-only`` leaves it, asked from the command line as anyone would."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.demo.loaded import Ask, asking

pytestmark = pytest.mark.slow


def coverage(ask: Ask, directive: str, *more: str) -> dict[str, Any]:
    return json.loads(ask("coverage", "--directive", directive, "--format", "json", *more).stdout)


def test_63_of_63_on_two_ladders_by_the_conference(ask: Ask) -> None:
    counts = coverage(ask, "118-KH/ĐUCA", "--as-at", "2022-11-14")["counts"]
    assert {count["ladder"] for count in counts if (count["n"], count["of"]) == (63, 63)} == {
        "made_concrete",
        "disseminated",
    }


def test_22_and_31_of_63_are_quoted_and_our_own_count_is_missing(ask: Ask) -> None:
    report = coverage(ask, "12-NQ/TW", "--as-at", "2022-12-09")
    assert [(count["n"], count["of"], count["quoted"]) for count in report["quoted"]] == [
        (22, 63, True),
        (31, 63, True),
    ]
    (own,) = report["counts"]
    assert own["n"] is None and own["of"] == 63


def test_two_plans_voided_in_march_change_what_is_known_now_and_not_what_was_known_then(ask: Ask) -> None:
    def plans(*more: str) -> tuple[int, int]:
        report = coverage(ask, "15/KH-BHĐ", "--as-at", "2025-11-14", "--ladder", "made_concrete", *more)
        (row,) = [row for row in report["counts"][0]["requirements"] if row["requirement"] == "2"]
        return row["n"], row["of"]

    assert plans("--known-at", "2025-11-14") == (63, 63)
    assert plans() == (61, 63)
    # A plan of March that was written down in August was not known in June.
    assert plans("--known-at", "2025-06-30")[0] < 63


@pytest.mark.parametrize(("before", "after"), [("2025-02-28", "2025-03-01"), ("2025-06-30", "2025-07-01")])
@pytest.mark.parametrize("directive", ["03/NQ-CP", "57-NQ/TW", "15/KH-BHĐ"])
def test_a_reorganisation_changes_no_count_by_units_of_the_time(
    ask: Ask, directive: str, before: str, after: str
) -> None:
    def by_requirement(day: str) -> dict[str, tuple[int | None, int]]:
        report = coverage(ask, directive, "--as-at", day)
        return {
            row["requirement"]: (row["n"], row["of"]) for count in report["counts"] for row in count["requirements"]
        }

    found = by_requirement(before)
    assert found and found == by_requirement(after)


def test_by_units_of_the_date_n_is_the_number_of_distinct_holders(ask: Ask) -> None:
    report = coverage(ask, "57-NQ/TW", "--as-at", "2025-07-01", "--basis", "date")
    whole = coverage(ask, "57-NQ/TW", "--as-at", "2025-07-01")
    assert report["counts"][0]["of"] < whole["counts"][0]["of"]
    assert whole["heirs_to_be_named"], "the districts ended without an heir: the provinces hold, and it is said"


def test_places_of_two_days_come_from_one_database(ask: Ask) -> None:
    def places(day: str) -> list[int]:
        levels = ("province", "district", "commune")
        return [int(ask("units", "at", day, "--level", level, "--count").stdout) for level in levels]

    assert places("2022-11-14") == [63, 705, 10_599]
    assert places("2025-07-01") == [34, 0, 3_321]


def test_the_book_is_whole_and_a_copy_that_was_tampered_with_is_not(home: Path, ask: Ask, tmp_path: Path) -> None:
    ask("verify")
    printed = tmp_path / "checkpoints"
    printed.write_text(ask("verify", "--print-checkpoints").stdout)
    ask("verify", "--checkpoints", str(printed))
    for number, (sql, named) in enumerate(
        (
            (
                "UPDATE documents_provision SET text = text || '.' WHERE text LIKE 'Các ty hải đăng tổ chức quán%'",
                "changed",
            ),
            ("DELETE FROM ledger_entry WHERE id = (SELECT MAX(id) FROM ledger_entry WHERE kind = 'accepted')", "gap"),
        )
    ):
        copy = tmp_path / f"copy-{number}"
        shutil.copytree(home, copy)
        database = sqlite3.connect(copy / "soichieu.sqlite3")
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{trigger}"')
        database.execute(sql)
        database.commit()
        database.close()
        told = asking(copy)("verify", "--checkpoints", str(printed), code=1).stdout
        assert named in told
    copy = tmp_path / "copy-file"
    shutil.copytree(home, copy)
    cited = json.loads(
        sqlite3.connect(home / "soichieu.sqlite3")
        .execute("SELECT evidence FROM ledger_entry WHERE evidence <> '[]' ORDER BY id DESC LIMIT 1")
        .fetchone()[0]
    )[0]
    (stored,) = [path for path in copy.rglob("*") if path.is_file() and (path.parent.name + path.name) == cited]
    stored.chmod(0o644)
    stored.write_bytes(b"another text")
    assert cited[:12] in asking(copy)("verify", code=1).stdout


def test_an_office_that_held_up_all_six_counts_on_its_ladder_and_one_that_came_half_way_does_not(ask: Ask) -> None:
    report = coverage(ask, "15/KH-BHĐ", "--as-at", "2025-11-14", "--ladder", "held_up")
    (row,) = [row for row in report["counts"][0]["requirements"] if row["requirement"] == "5"]
    assert (row["n"], row["of"]) == (62, 63)


def test_plans_verdicts_pairs_and_questions_are_there(home: Path) -> None:
    database = sqlite3.connect(home / "soichieu.sqlite3")

    def ask(sql: str) -> list[tuple[Any, ...]]:
        return database.execute(sql).fetchall()

    lines = ask(
        "SELECT COUNT(*) FROM plans_planitem i JOIN plans_planedition e ON e.id = i.edition_id"
        " JOIN plans_plan p ON p.id = e.plan_id JOIN organisation_unit u ON u.id = p.unit_id WHERE u.code = 'chinh-phu'"
    )
    assert lines == [(140,)]
    verdicts = ask(
        "SELECT u.code, COUNT(*) FROM plans_verdict v JOIN plans_plan p ON p.id = v.plan_id"
        " JOIN organisation_unit u ON u.id = p.unit_id GROUP BY u.code ORDER BY u.code"
    )
    by_office = dict(verdicts)
    assert (by_office["ty-01"], by_office["ty-02"]) == (3, 6) and len(by_office) == 63
    assert [act for (act,) in ask("SELECT act FROM links_questionact ORDER BY id")] == [
        "asked", "answered", "decided", "asked",
    ]  # fmt: skip
    acts = {act for (act,) in ask("SELECT DISTINCT act FROM plans_planact")}
    assert acts == {"submitted", "returned", "approved"}
    assert ask("SELECT COUNT(*) FROM links_leftopen WHERE reason <> ''")[0][0] >= 3
    # Nobody decided anything about a real unit's plan.
    assert ask(
        "SELECT COUNT(*) FROM links_decision d JOIN organisation_unit u ON u.id = d.unit_id WHERE NOT u.fictitious"
    ) == [(0,)]
    # The engine had proposed most of what the officers took, and the decisions say by which weights.
    told = ask("SELECT COUNT(*), SUM(weights <> '') FROM links_decision")
    assert told[0][0] >= 30 and told[0][1] > told[0][0] / 2


def test_loading_it_again_changes_nothing(home: Path, ask: Ask) -> None:
    database = sqlite3.connect(home / "soichieu.sqlite3")
    before = database.execute("SELECT COUNT(*), MAX(hash) FROM ledger_entry").fetchone()
    ask("demo", "--load-only")
    assert database.execute("SELECT COUNT(*), MAX(hash) FROM ledger_entry").fetchone() == before


def test_the_entries_stand_in_the_one_table_whose_name_says_so(home: Path) -> None:
    database = sqlite3.connect(home / "soichieu.sqlite3")
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%entry%'").fetchall()
    assert tables == [("ledger_entry",)]
    columns = database.execute("PRAGMA table_info(ledger_entry)").fetchall()
    assert [column[1] for column in columns if column[5]] == ["id"]
    assert database.execute("SELECT COUNT(*) FROM ledger_entry WHERE happened_on IS NULL").fetchone() == (0,)
    assert database.execute("SELECT happened_on FROM ledger_entry LIMIT 1").fetchone()[0].count("-") == 2


def test_a_claim_and_its_check_from_the_command_line(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(home, copy)
    ask = asking(copy)
    task = ("--directive", "15/KH-BHĐ", "--requirement", "2", "--unit", "ty-11")
    ask("act", "noted", *task, "--reason", "đã nhắc", "--as", "van-phong", code=2)
    ask("act", "noted", *task, "--reason", "đã nhắc")
    ask("act", "verified", *task, "--choice", "sung", code=2)
    ask("verify")
