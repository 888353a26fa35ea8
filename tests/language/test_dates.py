from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soichieu.language.dates import add_months, find_periods, format_date, parse_period

from .real import directive, table_rows

ISSUED = date(2025, 1, 9)


def test_every_deadline_of_annex_2_is_read() -> None:
    cells = {row[5] for row in table_rows("03-NQ-CP-annex-2-tasks.md", 6)}
    assert len(cells) > 25
    unread = {cell for cell in cells if parse_period(cell) is None}
    assert unread == set()


@pytest.mark.parametrize(
    ("cell", "kind", "start", "end"),
    [
        ("2025", "year", "2025-01-01", "2025-12-31"),
        ("12/2025", "month", "2025-12-01", "2025-12-31"),
        ("03/2025", "month", "2025-03-01", "2025-03-31"),
        ("Tháng 10/2025", "month", "2025-10-01", "2025-10-31"),
        ("2/2025", "month", "2025-02-01", "2025-02-28"),
        ("Quý II/2025", "quarter", "2025-04-01", "2025-06-30"),
        ("Quý IV/2025", "quarter", "2025-10-01", "2025-12-31"),
        ("quý 4 năm 2025", "quarter", "2025-10-01", "2025-12-31"),
        ("Quý I, II/2025", "range", "2025-01-01", "2025-06-30"),
        ("2025 - 2026", "range", "2025-01-01", "2026-12-31"),
        ("2025-2026", "range", "2025-01-01", "2026-12-31"),
        ("giai đoạn 2025-2030", "range", "2025-01-01", "2030-12-31"),
        ("2025 và những năm tiếp theo", "standing", "2025-01-01", None),
        ("Thường xuyên", "standing", None, None),
        ("Nhiệm vụ thường xuyên", "standing", None, None),
        ("ngày 16-3-2022", "date", "2022-03-16", "2022-03-16"),
        ("16/3/2022", "date", "2022-03-16", "2022-03-16"),
        ("22 tháng 12 năm 2024", "date", "2024-12-22", "2024-12-22"),
        ("trước ngày 30/6/2025", "before", None, "2025-06-29"),
        ("chậm nhất ngày 30-6-2025", "until", None, "2025-06-30"),
        ("đến năm 2030", "until", None, "2030-12-31"),
        ("đến hết quý I năm 2026", "until", None, "2026-03-31"),
        ("Trong năm 2025", "year", "2025-01-01", "2025-12-31"),
        ("6 tháng đầu năm 2025", "range", "2025-01-01", "2025-06-30"),
        ("6 tháng cuối năm 2025", "range", "2025-07-01", "2025-12-31"),
        ("9 tháng đầu năm 2025", "range", "2025-01-01", "2025-09-30"),
        ("từ ngày 15/6 đến ngày 30/6/2025", "range", "2025-06-15", "2025-06-30"),
        ("từ năm 2025 đến năm 2030", "range", "2025-01-01", "2030-12-31"),
        ("kể từ ngày 01 tháng 7 năm 2025", "range", "2025-07-01", None),
        ("sau năm 2030", "range", "2031-01-01", None),
        ("22 December 2024", "date", "2024-12-22", "2024-12-22"),
        ("December 22, 2024", "date", "2024-12-22", "2024-12-22"),
        ("2024-12-22", "date", "2024-12-22", "2024-12-22"),
        ("by 30 June 2025", "until", None, "2025-06-30"),
        ("by 2030", "until", None, "2030-12-31"),
        ("Q4 2025", "quarter", "2025-10-01", "2025-12-31"),
        ("June 2025", "month", "2025-06-01", "2025-06-30"),
        ("first half of 2025", "range", "2025-01-01", "2025-06-30"),
        ("", "none", None, None),
        ("…", "none", None, None),
    ],
)
def test_a_cell_is_read_as_an_interval(cell: str, kind: str, start: str | None, end: str | None) -> None:
    period = parse_period(cell)
    assert period is not None
    days = [day.isoformat() if day else None for day in (period.start, period.end)]
    assert (period.kind, *days) == (kind, start, end)


@pytest.mark.parametrize(
    ("cell", "recurrence"),
    [
        ("Hằng năm", "P1Y"),
        ("Hàng năm", "P1Y"),
        ("hằng quý", "P3M"),
        ("hằng tháng", "P1M"),
        ("Định kỳ hằng năm", "P1Y"),
        ("định kỳ 6 tháng", "P6M"),
        ("annually", "P1Y"),
        ("quarterly", "P3M"),
        ("trước ngày 15 tháng 6 hằng năm", "P1Y"),
    ],
)
def test_what_recurs_says_how_often(cell: str, recurrence: str) -> None:
    period = parse_period(cell)
    assert period is not None
    assert (period.kind, period.recurrence) == ("periodic", recurrence)


def test_a_relative_deadline_names_its_event_and_counts_from_the_reference() -> None:
    period = parse_period("trong 30 ngày kể từ ngày ban hành", ISSUED)
    assert period is not None
    assert (period.kind, period.anchor, period.offset_days, period.working) == ("relative", "ngày ban hành", 30, False)
    assert period.end == date(2025, 2, 8)
    assert parse_period("trong 30 ngày kể từ ngày ban hành").end is None  # type: ignore[union-attr]


def test_working_days_leave_out_tet() -> None:
    period = parse_period("trong thời hạn 15 ngày làm việc kể từ ngày nhận đủ hồ sơ", ISSUED)
    assert period is not None
    assert (period.working, period.anchor, period.end) == (True, "ngày nhận đủ hồ sơ", date(2025, 2, 6))


def test_working_days_beyond_the_holiday_table_are_noted() -> None:
    period = parse_period("5 ngày làm việc", date(2035, 1, 1))
    assert period is not None
    assert "only weekends" in period.note


def test_a_deadline_before_an_event_counts_backwards() -> None:
    period = parse_period("chậm nhất 05 ngày làm việc trước ngày họp", date(2025, 1, 9))
    assert period is not None
    assert (period.offset_days, period.end, period.start) == (-5, date(2025, 1, 2), None)


def test_a_day_without_a_year_takes_the_next_one_after_the_reference() -> None:
    assert parse_period("trước ngày 30/6").end is None  # type: ignore[union-attr]
    assert "no year" in parse_period("trước ngày 30/6").note  # type: ignore[union-attr]
    assert parse_period("trước ngày 30/6", ISSUED).end == date(2025, 6, 29)  # type: ignore[union-attr]
    assert parse_period("trước ngày 30/6", date(2025, 8, 1)).end == date(2026, 6, 29)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "cell",
    [
        "31/2/2025",
        "ngày 31/2",
        "tháng 13/2025",
        "30/2/2024",
        "0/0/2025",
        "2025-02-31",
        "32 tháng 12 năm 2024",
        "29/2/2025",
    ],
)
def test_a_day_that_does_not_exist_is_explained(cell: str) -> None:
    period = parse_period(cell)
    assert period is None or period.kind == "none" and period.note and period.note.vi


def test_an_american_date_is_read_and_said() -> None:
    period = parse_period("12/22/2024")
    assert period is not None
    assert period.start == date(2024, 12, 22)
    assert "month/day" in period.note


@pytest.mark.parametrize("cell", ["abc", "12", "Nghị quyết", "2 chương trình", "Quyết định của Thủ tướng"])
def test_what_is_no_period_gives_none(cell: str) -> None:
    assert parse_period(cell) is None


def test_a_cell_with_two_deadlines_gives_the_first_and_names_the_other() -> None:
    period = parse_period("Tháng 6/2025; Tháng 12/2025")
    assert period is not None
    assert period.end == date(2025, 6, 30)
    assert "Tháng 12/2025" in period.note


def test_the_dates_of_a_running_text_are_found_where_they_stand() -> None:
    text = directive("03-NQ-CP.md")
    found = find_periods(text)
    assert all(text[period.span[0] : period.span[1]] == period.text for period in found)
    assert [period.span for period in found] == sorted(period.span for period in found)
    days = [period.start for period in found if period.kind == "date"]
    assert days.count(date(2024, 12, 22)) == 6
    assert {date(2015, 6, 19), date(2019, 11, 22), date(2025, 1, 9), date(2023, 11, 24)} <= set(days)
    assert "2030-12-31" in {period.end.isoformat() for period in found if period.kind == "until" and period.end}


def test_yearly_reports_of_the_real_text_are_found() -> None:
    found = [period for period in find_periods(directive("03-NQ-CP.md")) if period.kind == "before"]
    assert any("15 tháng 6" in period.text for period in found)


@pytest.mark.parametrize(
    "text",
    [
        "tuyên truyền thường xuyên, sâu rộng",
        "có 2025 doanh nghiệp",
        "Nghị định số 30/2020/NĐ-CP",
        "63/63 tỉnh",
        "trong 5 năm qua",
    ],
)
def test_what_only_looks_like_a_date_is_left_out(text: str) -> None:
    assert find_periods(text) == []


DAYS = st.dates(date(1945, 9, 2), date(2099, 12, 31))


@given(DAYS, st.sampled_from(["vi", "en"]))
def test_a_printed_day_reads_back(day: date, language: str) -> None:
    period = parse_period(format_date(day, language))
    assert period is not None
    assert (period.kind, period.start, period.end) == ("date", day, day)


@given(DAYS, st.integers(-600, 600))
def test_adding_months_keeps_the_day_or_takes_the_last(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


@given(st.text(alphabet="0123456789/-. ngàythánămquýIVtừđếnrướcsau()hằkỳ", max_size=60), st.none() | DAYS)
def test_any_text_is_read_without_failing(text: str, reference: date | None) -> None:
    parse_period(text, reference)
    place = 0
    for period in find_periods(text, reference):
        assert place <= period.span[0] < period.span[1]
        place = period.span[1]
        if period.start and period.end:
            assert period.start <= period.end


def test_days_print_as_offices_write_them() -> None:
    assert format_date(date(2022, 11, 14), "vi") == "14-11-2022"
    assert format_date(date(2022, 3, 5), "vi") == "05-03-2022"
    assert format_date(date(2022, 11, 14), "en") == "14 November 2022"
    assert format_date(None) == ""
