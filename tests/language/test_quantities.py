from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soichieu.language.quantities import find_quantities, parse_decimal

from .real import directive, table_rows


def test_every_numeric_target_of_annex_1_is_read() -> None:
    rows = [row for row in table_rows("03-NQ-CP-annex-1-targets.md", 5) if any(char.isdigit() for char in row[3])]
    assert len(rows) > 45
    unread = [row[3] for row in rows if not find_quantities(row[3])]
    assert unread == []


@pytest.mark.parametrize(
    ("cell", "relation", "value", "unit"),
    [
        ("≤ 3", "<=", "3", None),
        ("≥ 5", ">=", "5", None),
        (">= 30", ">=", "30", None),
        ("> 0,7", ">", "0.7", None),
        ("09", "=", "9", None),
        ("≥ 03", ">=", "3", None),
        ("100%", "=", "100", "%"),
        ("trên 55%", ">", "55", "%"),
        ("tối thiểu 40%", ">=", "40", "%"),
        ("ít nhất 3%", ">=", "3", "%"),
        ("hơn 60%", ">", "60", "%"),
        ("dưới 5%", "<", "5", "%"),
        ("không quá 10%", "<=", "10", "%"),
        ("12,5%", "=", "12.5", "%"),
        ("12.5%", "=", "12.5", "%"),
        ("1.000", "=", "1000", None),
        ("1,000 people", "=", "1000", "people"),
        ("1.234.567,89 đồng", "=", "1234567.89", "đồng"),
        ("6.500 tỷ đồng", "=", "6500", "tỷ đồng"),
        ("at least 40% of companies", ">=", "40", "%"),
        ("từ 15 tuổi trở lên", ">=", "15", "tuổi"),
        ("≥ 3% và tăng dần theo yêu cầu phát triển", ">=", "3", "%"),
        ("trên 1Gb/s", ">", "1", "Gb/s"),
        ("Top 50", "top", "50", None),
        ("nhóm 3 nước dẫn đầu", "top", "3", "nước"),
        ("xếp hạng thứ 40 thế giới", "rank", "40", None),
        ("không dưới 20 doanh nghiệp", ">=", "20", "doanh nghiệp"),
    ],
)
def test_a_target_is_read(cell: str, relation: str, value: str, unit: str | None) -> None:
    (quantity,) = find_quantities(cell)
    assert (quantity.relation, quantity.value, quantity.unit) == (relation, Decimal(value), unit)


@pytest.mark.parametrize(
    ("cell", "low", "high", "unit"),
    [
        ("40 - 50", "40", "50", None),
        ("16 - 18", "16", "18", None),
        ("20% - 50%", "20", "50", "%"),
        ("8 - 10%", "8", "10", "%"),
        ("từ 30 - 50 tỉ USD", "30", "50", "tỉ USD"),
        ("tăng từ 10% lên 20%", "10", "20", "%"),
        ("from 10 to 20 countries", "10", "20", "countries"),
    ],
)
def test_a_range_is_read(cell: str, low: str, high: str, unit: str | None) -> None:
    (quantity,) = find_quantities(cell)
    assert (quantity.relation, quantity.low, quantity.high, quantity.unit) == (
        "range",
        Decimal(low),
        Decimal(high),
        unit,
    )


def test_shares_rates_changes_and_ranks_say_of_what() -> None:
    (share,) = find_quantities("2% GDP")
    assert (share.of, share.unit) == ("GDP", "%")
    (rate,) = find_quantities("tăng 10%/năm")
    assert (rate.change, rate.per) == ("increase", "năm")
    (fall,) = find_quantities("giảm ít nhất 20% so với năm 2020")
    assert (fall.change, fall.relation) == ("decrease", ">=")
    (people,) = find_quantities("đạt 12 người trên một vạn dân")
    assert (people.value, people.unit, people.per) == (Decimal(12), "người", "vạn dân")
    (money,) = find_quantities("từ 30 - 50 tỉ USD")
    assert money.factor == Decimal(10) ** 9
    first, second = find_quantities("≤ 3 Đông Nam Á; ≤ 50 Thế giới")
    assert [(q.value, q.of) for q in (first, second)] == [(Decimal(3), "Đông Nam Á"), (Decimal(50), "Thế giới")]
    (budget,) = find_quantities("bố trí ít nhất 3% tổng chi ngân sách hằng năm cho phát triển")
    assert (budget.relation, budget.of, budget.per) == (">=", "tổng chi ngân sách", "năm")


@pytest.mark.parametrize(
    "text",
    [
        "5G, 6G",
        "Điều 5",
        "năm 2030",
        "57-NQ/TW",
        "ngày 22 tháng 12 năm 2024",
        "trong 30 ngày",
        "định kỳ 6 tháng",
        "1. Phát triển",
        "Kế hoạch 118",
        "khoản 2 Điều 10",
        "Quận 1",
    ],
)
def test_other_figures_are_no_quantities(text: str) -> None:
    assert find_quantities(text) == []


def test_the_goals_of_57_nq_tw_are_found() -> None:
    goals = directive("57-NQ-TW.txt").split("II- MỤC TIÊU")[1].split("III- NHIỆM VỤ")[0]
    found = [(q.relation, q.value, q.low, q.high, q.unit) for q in find_quantities(goals)]
    for wanted in [
        (">", Decimal(55), None, None, "%"),
        (">=", Decimal(50), None, None, "%"),
        (">=", Decimal(30), None, None, "%"),
        (">", Decimal("0.7"), None, None, None),
        ("range", None, Decimal(40), Decimal(50), "tổ chức khoa học và công nghệ"),
        ("range", None, Decimal(16), Decimal(18), "%"),
        ("top", Decimal(3), None, None, "nước"),
        ("top", Decimal(30), None, None, "nước"),
        (">=", Decimal(5), None, None, "doanh nghiệp"),
        ("=", Decimal(12), None, None, "người"),
    ]:
        assert wanted in found, wanted


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_a_number_written_either_way_is_the_same(whole: int, cents: int) -> None:
    vietnamese = f"{whole:,}".replace(",", ".") + f",{cents:02d}"
    assert parse_decimal(vietnamese) == Decimal(f"{whole}.{cents:02d}")
    assert parse_decimal(f"{whole:,}.{cents:02d}") == Decimal(f"{whole}.{cents:02d}")
    assert parse_decimal(f"{whole:,}".replace(",", ".")) == whole


def test_it_refuses_what_is_no_number() -> None:
    with pytest.raises(ValueError, match="is not a number"):
        parse_decimal("1..2")


@given(st.text(alphabet="0123456789%.,-–≥≤<>/ tăngừđếnrêthiểuốGDP()", max_size=60))
def test_any_text_is_read_without_failing(text: str) -> None:
    place = 0
    for quantity in find_quantities(text):
        assert quantity.text
        assert place <= quantity.span[0] < quantity.span[1]
        place = quantity.span[1]
        assert (quantity.value is None) == (quantity.relation == "range")
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high
