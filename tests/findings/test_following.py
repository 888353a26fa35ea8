"""What became of conclusions: n of N, live from the ledger; which report carries them; as at and as known at."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from soichieu.documents.models import Document
from soichieu.findings import commands, occasions, queries
from soichieu.findings.queries.follow_up import Followed, follow_up, summary
from soichieu.findings.queries.page import page_of
from soichieu.ledger import clock
from soichieu.ledger.verification import verify
from soichieu.web.dates import TwoDates
from tests.findings.conftest import AUTUMN, SIGNED, SPRING, Hall, done, given


def one_of(hall: Hall, finding: Any, who: str = "steering", two: TwoDates | None = None) -> Followed:
    return next(one for one in follow_up(hall.asker(who), two) if one.shown.finding == finding)


def test_a_task_is_done_when_all_that_came_of_it_is_done(hall: Hall, notice: Document) -> None:
    finding, tasks = given(hall, notice, [hall.unit(0), hall.unit(1)])
    one = one_of(hall, finding)
    assert (one.count.of, one.count.n, one.done, one.cell) == (2, 0, False, None)
    done(hall, tasks[0], dt.date(2025, 9, 1))
    one = one_of(hall, finding)
    assert (one.count.n, one.done) == (1, False)
    done(hall, tasks[1], dt.date(2025, 10, 5))
    one = one_of(hall, finding)
    assert (one.count.n, one.count.in_time, one.count.late, one.done) == (2, 1, 1, True)
    assert (summary([one]).done, summary([one]).tasks) == (1, 1)


def test_each_sees_the_part_that_is_theirs(hall: Hall, notice: Document) -> None:
    finding, tasks = given(hall, notice, [hall.unit(0), hall.unit(1)])
    done(hall, tasks[0], dt.date(2025, 9, 1))
    mine = one_of(hall, finding, "staff")
    assert (mine.count.of, mine.count.n, mine.cell.lifecycle) == (1, 1, "done")
    peer = one_of(hall, finding, "peer")
    assert (peer.count.of, peer.count.n, peer.cell.lifecycle, peer.cell.timeliness) == (1, 0, "not_started", "overdue")
    assert follow_up(hall.asker("other")) == []
    assert (mine.in_part, peer.in_part, one_of(hall, finding).in_part) == (True, True, False)


def test_the_book_verifies_with_what_came_from_a_conclusion(hall: Hall, notice: Document) -> None:
    given(hall, notice, [hall.unit(0)])
    assert verify() == []


def test_counts_stand_beside_each_other_and_none_is_added(hall: Hall, notice: Document) -> None:
    given(hall, notice, [hall.unit(0)])
    hall.conclude(hall.draft(words="Giao Cục Số 1 rà soát."))
    left = hall.draft(words="Giao Cục Số 1 tổng kết.")
    hall.conclude(left)
    commands.settle_in_notice(
        asker=hall.asker("steering"), holder_unit_id=hall.ministry, finding=left, document=notice, on=SIGNED,
        included=False, reason="Đã có.",
    )  # fmt: skip
    for kind in ("standing", "record", "proposal"):
        hall.conclude(hall.draft(kind, words=f"Kết luận {kind}."))
    hall.draft(words="Chưa kết luận.")
    counts = summary(follow_up(hall.asker("steering")))
    assert vars(counts) == {
        "tasks": 1, "done": 0, "overdue": 1, "expected": 1, "without_book": 0, "left_out": 1, "standing": 1,
        "proposals": 1, "answered": 0, "records": 1,
    }  # fmt: skip


def test_as_at_and_as_known_at(hall: Hall, notice: Document) -> None:
    finding, tasks = given(hall, notice, [hall.unit(0)])
    before = clock.now()
    done(hall, tasks[0], dt.date(2025, 9, 1))
    assert one_of(hall, finding, two=TwoDates(dt.date(2025, 8, 1))).count.n == 0
    assert one_of(hall, finding, two=TwoDates(dt.date(2025, 9, 2))).count.n == 1
    assert one_of(hall, finding, two=TwoDates(dt.date(2025, 9, 2), known_at=before)).count.n == 0
    assert one_of(hall, finding, two=TwoDates(dt.date(2025, 4, 2))).state == "concluded"
    assert follow_up(hall.asker("steering"), TwoDates(dt.date(2025, 3, 1))) == []


def test_the_page_leads_from_the_words_to_the_units(hall: Hall, notice: Document) -> None:
    finding, tasks = given(hall, notice, [hall.unit(0), hall.unit(1)])
    page = page_of(hall.asker("steering"), finding.key)
    assert [(one.unit, one.cell.lifecycle) for one in page.tasks] == [
        ("Cục Số 1", "not_started"),
        ("Cục Số 2", "not_started"),
    ]
    assert page.tasks[0].url == reverse("board:obligation", args=[tasks[0].pk])
    assert [one.missing for one in page.clears] == [False] * 6
    assert [one.unit for one in page_of(hall.asker("staff"), finding.key).tasks] == ["Cục Số 1"]


def test_which_report_will_carry_it(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        occasions._places,
        ("tests", "conference"),
        occasions.Places(
            occasion=lambda key: f"/hall/{key}/",
            item=lambda key, item: f"/hall/{key}/{item}/",
            following=lambda unit, after: (
                occasions.Following("Hội nghị tổng kết năm", AUTUMN, "/hall/autumn/")
                if unit == hall.ministry and after < AUTUMN
                else None
            ),
        ),
    )
    named = hall.draft("standing", words="Báo cáo hằng quý.", terms={"report": "Báo cáo quý III"}, statement="s1")
    left_to_rule = hall.draft("standing", words="Kiểm tra hằng tuần.")
    record = hall.draft("record", words="Ghi nhận.")
    for one in (named, left_to_rule, record):
        hall.conclude(one)
    assert one_of(hall, named).carried == "Báo cáo quý III"
    assert (one_of(hall, left_to_rule).carried, one_of(hall, left_to_rule).carried_on) == (
        "Hội nghị tổng kết năm",
        AUTUMN,
    )
    assert not one_of(hall, record).to_carry
    page = page_of(hall.asker("steering"), named.key)
    assert (page.shown.occasion_url, page.statement_url) == ("/hall/spring/", "/hall/spring/s1/")


def test_conclusions_of_one_conference_keep_their_order(hall: Hall) -> None:
    made = [hall.draft(words=f"Câu {at}.") for at in (1, 2, 3)]
    commands.withdraw(asker=hall.asker("steering"), holder_unit_id=hall.ministry, finding=made[1], reason="Trùng.")
    found = queries.conclusions_of(hall.asker("steering"), hall.spring)
    assert [(one.finding, one.state) for one in found] == [
        (made[0], "drafted"),
        (made[1], "withdrawn"),
        (made[2], "drafted"),
    ]
    assert queries.conclusions_of(hall.asker("steering"), hall.autumn) == []
    assert found[0].on == SPRING
