from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soichieu.language.calendar import HolidayTableError, WorkingCalendar, read_table
from tests.language.moon import new_moons

CALENDAR = WorkingCalendar.load()
DAYS = st.dates(date(2021, 6, 1), date(2028, 6, 1))


@pytest.mark.parametrize(
    "day",
    [
        "2022-02-01",
        "2022-04-11",
        "2023-01-26",
        "2023-05-03",
        "2024-02-14",
        "2024-04-29",
        "2025-01-27",
        "2025-05-02",
        "2025-09-01",
        "2026-02-20",
        "2022-09-01",
        "2024-09-03",
    ],
)
def test_announced_days_off_are_off(day: str) -> None:
    assert not CALENDAR.is_working(date.fromisoformat(day))
    assert CALENDAR.why_off(date.fromisoformat(day)) is not None


@pytest.mark.parametrize("day", ["2024-05-04", "2025-04-26", "2025-02-03", "2022-01-04"])
def test_swapped_saturdays_and_plain_days_are_worked(day: str) -> None:
    assert CALENDAR.is_working(date.fromisoformat(day))


def test_the_table_says_what_is_computed_and_on_what_basis() -> None:
    table = read_table()
    assert {holiday.day.year for holiday in table} == set(range(2022, 2028))
    assert all(holiday.legal_basis for holiday in table)
    assert {holiday.status for holiday in table if holiday.day.year == 2027} == {"fixed", "computed", "announced"} - {
        "announced"
    }
    for year in range(2022, 2028):
        named = {holiday.day for holiday in table if holiday.status == "fixed" and holiday.day.year == year}
        assert named == {date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)}


def test_each_swapped_day_is_a_weekend_and_each_lieu_day_is_not() -> None:
    for holiday in read_table():
        if holiday.kind == "swapped working day":
            assert holiday.day.weekday() >= 5
        elif "nghỉ bù" in holiday.name or "hoán đổi" in holiday.name:
            assert holiday.day.weekday() < 5, holiday


@given(DAYS, st.integers(0, 400))
def test_adding_working_days_and_counting_them_agree(day: date, count: int) -> None:
    end = CALENDAR.add_working_days(day, count)
    assert CALENDAR.is_working(end)
    if count:
        assert CALENDAR.working_days_between(day, end) == count
        assert CALENDAR.add_working_days(CALENDAR.add_working_days(day, 0), -count) < day + timedelta(days=5)


@given(DAYS, st.integers(0, 900))
def test_counting_equals_counting_day_by_day(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    one_by_one = sum(CALENDAR.is_working(start + timedelta(days=n)) for n in range(1, days + 1))
    assert CALENDAR.working_days_between(start, end) == one_by_one
    back = sum(CALENDAR.is_working(start + timedelta(days=n)) for n in range(days))
    assert CALENDAR.working_days_between(end, start) == -back


def test_far_beyond_the_table_only_weekends_count_and_it_says_so() -> None:
    assert CALENDAR.add_working_days(date(2040, 1, 2), 5000) == date(2040, 1, 2) + timedelta(weeks=1000)
    assert not CALENDAR.covers(date(2040, 1, 1), date(2040, 2, 1))
    assert CALENDAR.covers(date(2022, 1, 1), date(2027, 12, 31))


def test_an_office_gives_its_own_table(tmp_path: Path) -> None:
    path = tmp_path / "days.tsv"
    path.write_text(
        "year\tday\tname\tkind\tstatus\tlegal_basis\n2030\t2030-01-02\tX\tholiday\tannounced\tours\n", encoding="utf-8"
    )
    assert not WorkingCalendar.load(path).is_working(date(2030, 1, 2))


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("2030,2030-02-30,X,holiday,fixed,y", "line 2: “2030-02-30” is not a day"),
        ("2031,2030-01-02,X,holiday,fixed,y", "line 2: the year 2031"),
        ("2030,2030-01-02,X,feast,fixed,y", "line 2: the kind “feast”"),
        ("2030,2030-01-02,X,holiday,guess,y", "line 2: the status “guess”"),
        ("2030,2030-01-02,X,holiday,fixed,y\n2030,2030-01-02,X,holiday,fixed,y", "line 3: 2030-01-02 stands in line 2"),
    ],
)
def test_it_refuses_a_wrong_table_and_names_the_line(tmp_path: Path, line: str, wrong: str) -> None:
    path = tmp_path / "days.csv"
    path.write_text(f"year,day,name,kind,status,legal_basis\n{line}\n", encoding="utf-8")
    with pytest.raises(HolidayTableError, match=wrong):
        read_table(path)


def test_it_refuses_an_empty_table_and_one_without_a_column(tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text("", encoding="utf-8")
    with pytest.raises(HolidayTableError, match="is empty"):
        read_table(path)
    path.write_text("year,day,name\n", encoding="utf-8")
    with pytest.raises(HolidayTableError, match="column kind is missing"):
        read_table(path)


@pytest.mark.parametrize("year", range(2022, 2028))
def test_the_lunar_holidays_stand_on_the_moon(year: int) -> None:
    moons = new_moons(year)
    (hung,) = [h.day for h in read_table() if h.name == "Giỗ Tổ Hùng Vương" and h.day.year == year]
    assert hung - timedelta(days=9) in moons, "the tenth day of a lunar month"
    tet = [h.day for h in read_table() if h.name == "Tết Nguyên đán" and h.day.year == year]
    assert len(tet) == 5
    first = [day for day in tet if day in moons]
    assert len(first) == 1, "lunar New Year is among the five days"
    assert 58 <= (hung - timedelta(days=9) - first[0]).days <= 60 or year == 2023, (
        "the third month; 2023 had a leap month 2"
    )
