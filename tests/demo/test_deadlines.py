"""The demonstration's tasks are due on the day that their own sentence says, by the reader's one rule."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from soichieu.demo.conferences_words import FIRST, SECOND
from soichieu.demo.deadlines import last_day
from soichieu.language.dates import parse_period


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("Các ty báo cáo kết quả soi chiếu, xong trước ngày 30-5-2025.", dt.date(2025, 5, 29)),
        ("Các ty sơ kết sáu tháng thực hiện, gửi báo cáo trước ngày 31-8-2025.", dt.date(2025, 8, 30)),
        ("Các ty bảo đảm chế độ trực ca; thực hiện thường xuyên.", None),
    ],
)
def test_a_sentence_leaves_until_the_day_before_the_one_it_names(words: str, last: dt.date | None) -> None:
    assert last_day(words) == last


def test_what_a_conference_concludes_is_due_as_its_words_say() -> None:
    due = {one.key: one.deadline for one in (*FIRST.concluded, *SECOND.concluded)}
    assert due["mau-chung"] == dt.date(2026, 1, 14) and due["doi-chieu"] == dt.date(2026, 7, 14)
    assert due["soi-chieu"] is None and due["cap-cang"] is None


@pytest.mark.slow
def test_a_task_and_the_line_of_a_plan_with_its_words_are_due_on_one_day(home: Path) -> None:
    (database,) = home.glob("*.sqlite3")
    with sqlite3.connect(database) as book:
        (due,) = book.execute(
            "SELECT deadline FROM ledger_requirement WHERE code = '5' AND title LIKE '%trước ngày 30-5-2025%'"
        ).fetchone()
    line = parse_period("trước ngày 30-5-2025")
    assert line is not None and line.end is not None and due == line.end.isoformat() == "2025-05-29"
