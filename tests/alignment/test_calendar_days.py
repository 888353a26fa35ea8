"""The first days of the lunar year and the names of the years, held against the moon and the round of sixty."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from soichieu.alignment.calendar_days import parts_of_year
from tests.language.moon import new_moons

YEARS = range(2020, 2036)


def tet(text: str) -> date:
    """The first day of the lunar year that a text names, by the day before it."""
    ((_, _, (early, late), _),) = parts_of_year(f"xong trước Tết Nguyên đán {text}", 2025)
    assert early == late
    return late + timedelta(days=1)


def moons_after_solstice(year: int) -> list[date]:
    """The new moons after 21 December of the year before, the day of the solstice in Việt Nam or the day before it."""
    return sorted(day for day in new_moons(year) | new_moons(year - 1) if day > date(year - 1, 12, 21))


@pytest.mark.parametrize("year", YEARS)
def test_tet_is_the_second_new_moon_after_the_solstice(year: int) -> None:
    first = tet(str(year))
    # The month of the solstice of 2033 is followed by a leap month, the only one of its kind in these years.
    assert first == moons_after_solstice(year)[2 if year == 2034 else 1]
    assert date(year, 1, 21) <= first <= date(year, 2, 20)


@pytest.mark.parametrize(
    ("name", "year"),
    [("Canh Tý", 2020), ("Quý Mão", 2023), ("Ất Tỵ", 2025), ("Bính Ngọ", 2026), ("Kỷ Dậu", 2029)],
)
def test_a_year_is_known_by_its_name(name: str, year: int) -> None:
    assert tet(name) == tet(str(year))


def test_a_year_beyond_the_table_is_not_guessed() -> None:
    assert not list(parts_of_year("xong trước Tết Nguyên đán 2036", 2025))
