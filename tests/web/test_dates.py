"""Days as the office writes them, and the two dates of a sheet."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soichieu.web.dates import BadDate, TwoDates, read_day, read_moment, write_day, write_moment


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)))
def test_a_day_is_read_back_as_it_was_written(day: dt.date) -> None:
    assert read_day(write_day(day)) == day
    assert read_day(day.isoformat()) == day
    assert read_day(f"{day:%d/%m/%Y}") == day


@pytest.mark.parametrize(
    ("text", "hint"),
    [("31-6-2025", "30-6-2025"), ("29-2-2025", "28-2-2025"), ("1-13-2025", "13"), ("soon", "30-6-2025")],
)
def test_a_day_that_is_none_says_what_was_perhaps_meant(text: str, hint: str) -> None:
    with pytest.raises(BadDate, match=hint):
        read_day(text)


def test_a_moment_means_the_end_of_its_minute_and_a_day_the_end_of_the_day() -> None:
    assert write_moment(read_moment("17:00, 10-7-2025")) == "17:00, 10-7-2025"
    assert read_moment("17:00, 10-7-2025").second == 59
    assert write_moment(read_moment("10-7-2025")) == "23:59, 10-7-2025"
    assert read_moment("2025-07-10T10:00:00+00:00") == dt.datetime(2025, 7, 10, 10, tzinfo=dt.UTC)
    with pytest.raises(BadDate):
        read_moment("25:00, 10-7-2025")


def test_what_cannot_be_read_is_kept_in_its_field() -> None:
    two = TwoDates.of({"as_at": "31-6-2025", "known_at": "17:00, 10-7-2025"}, default=dt.date(2025, 1, 1))
    assert two.as_at == dt.date(2025, 1, 1)
    assert two.as_at_field == "31-6-2025" and "as_at" in two.errors
    assert two.known_at_field == "17:00, 10-7-2025"


def test_the_dates_survive_a_link() -> None:
    two = TwoDates.of({"as_at": "30-6-2025", "known_at": "17:00, 10-7-2025"})
    again = TwoDates.of(two.query())
    assert (again.as_at, again.known_at) == (two.as_at, two.known_at)
