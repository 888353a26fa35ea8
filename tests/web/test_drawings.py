"""The small drawings: bars, scales, rulers, the heat map; their widths and the words they say."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from soichieu.web import bars, heat, states

DAY = dt.date(2025, 6, 30)


@pytest.fixture(autouse=True)
def in_vietnamese() -> Any:
    with translation.override("vi"):
        yield


def drawn(source: str, **context: Any) -> str:
    return engines["django"].from_string("{% load soichieu %}" + source).render(context)


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_the_parts_of_a_bar_never_leave_it(ok: int, late: int, claimed: int, rest: int) -> None:
    text = bars.coverage_bar(ok + late + claimed + rest, ok=ok, late=late, claimed=claimed)
    if not ok + late + claimed + rest:
        assert text == ""
        return
    for rect in etree.fromstring(text).iterfind("rect"):
        start = float(rect.get("x", "0%").rstrip("%"))
        assert start + float(rect.get("width").rstrip("%")) <= 100.01


def test_a_bar_says_its_counts_in_words() -> None:
    text = bars.coverage_bar(63, ok=51, late=6, claimed=3)
    assert 'aria-label="51 đúng hạn, 6 quá hạn, 3 mới báo cáo, 3 chưa hoàn thành, trên 63"' in text


def test_missing_is_written_and_not_drawn() -> None:
    assert bars.coverage_bar(None) == ""
    shown = drawn("{% count None 63 %}")
    assert "chưa có số liệu" in shown and "<svg" not in shown and ">0<" not in shown


def test_a_count_gives_n_and_N_and_its_rule_and_no_percentage() -> None:
    shown = drawn('{% count 8453 10035 rule="Đơn vị đang tồn tại ngày 30-6-2025." over="Bộ Sao Mai" %}')
    assert "8.453" in shown and "10.035" in shown and "Bộ Sao Mai" in shown
    assert '<span class="nb">30-6-2025</span>' in shown and "%" not in shown


def test_a_quoted_count_says_that_it_is_quoted() -> None:
    assert "Số liệu dẫn theo nguồn" in drawn('{% count 22 63 quoted=True source="Báo cáo" %}')
    assert "Số liệu dẫn theo nguồn" in drawn('{% count 22 63 size="line" quoted=True %}')


@pytest.mark.parametrize("axis", list(states.AXES))
def test_every_state_has_a_drawn_sign_and_a_vietnamese_word(axis: str) -> None:
    sprite = Path(str(finders.find("soichieu/marks.svg"))).read_text(encoding="utf-8")
    for state in states.AXES[axis].states.values():
        assert f'id="{state.mark}"' in sprite
        shown = drawn("{% " + axis + f' "{state.code}"' + " %}")
        assert f"#{state.mark}" in shown and str(state.label) in shown
        with translation.override("en"):
            assert str(state.label) not in shown


def test_a_state_that_nobody_knows_is_said_and_not_drawn_as_another() -> None:
    shown = drawn("{% lifecycle 'unheard_of' %}")
    assert "unheard_of" in shown and "<svg" not in shown


def test_a_day_is_written_as_the_office_writes_it() -> None:
    assert drawn("{% daymark day %}", day=dt.date(2022, 11, 14)) == '<time datetime="2022-11-14">14-11-2022</time>'
    assert "không muộn hơn <time" in drawn("{% daymark '2022-11-14' 'not_later_than' %}")
    # 17:30 UTC is already the next day where the instance is.
    assert "15-11-2022" in drawn("{% daymark at %}", at=dt.datetime(2022, 11, 14, 17, 30, tzinfo=dt.UTC))
    assert drawn("{% daymark None %}") == ""


def test_lateness_runs_from_the_deadline_to_the_day_it_was_done() -> None:
    year = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    late = bars.time_scale(*year, due=dt.date(2025, 5, 31), done=DAY)
    in_time = bars.time_scale(*year, due=DAY, done=dt.date(2025, 5, 31), today=dt.date(2025, 9, 1))
    assert 'class="run"' in late and "dot late" in late
    assert 'class="run"' not in in_time


def test_only_what_was_written_after_the_day_looked_at_is_dashed() -> None:
    known = dt.datetime(2025, 7, 10, 10, tzinfo=dt.UTC)
    pairs = [(dt.date(2025, 6, 1), dt.date(2025, 6, 2)), (dt.date(2025, 6, 1), dt.date(2025, 7, 4))]
    unknown_yet = [(dt.date(2025, 6, 1), dt.date(2025, 8, 1))]
    text = bars.rulers(DAY, known, pairs + unknown_yet)
    assert len(re.findall('class="thread"', text)) == 1
    assert len(re.findall('class="thread open"', text)) == 1


def test_a_ruler_over_years_says_the_year_of_every_tick() -> None:
    def ticks(first: dt.date, last: dt.date, of: str = "") -> list[str]:
        text = bars.rulers(last, dt.datetime.combine(last, dt.time(5), dt.UTC), [(first, first)])
        return re.findall(rf'<text x="[^"]*" y="14" text-anchor="middle"{of}>([^<]*)</text>', text)

    minor = "(?: class=minor)?"
    assert ticks(dt.date(2020, 1, 15), dt.date(2025, 9, 30), minor) == [f"1-{year}" for year in range(2021, 2026)]
    assert ticks(dt.date(2024, 10, 10), dt.date(2025, 9, 30), minor) == ["11-2024", "1-2025", "3-2025", "5", "7"]
    # A narrow page shows the first of each two, and those alone still say their year.
    assert ticks(dt.date(2024, 10, 10), dt.date(2025, 9, 30)) == ["11-2024", "3-2025", "7"]
    assert ticks(dt.date(1950, 1, 1), dt.date(2025, 9, 30), minor)[0] == "1-1958"


@pytest.mark.parametrize(
    ("lifecycle", "timeliness", "verification", "sign"),
    [
        ("no_published_data", "no_published_data", "no_published_data", "no_data"),
        ("not_started", "overdue", "none", "overdue"),
        ("not_started", "not_due", "none", "not_started"),
        ("in_progress", "due_soon", "none", "in_progress"),
        ("submitted", "not_due", "none", "waiting"),
        ("awaiting_confirmation", "claimed_in_time", "claimed", "waiting"),
        ("done", "done_in_time", "verified", "verified"),
        ("done", "done_in_time", "accepted", "done"),
        ("done", "done_late", "verified", "done_late"),
        ("done", "done_in_time", "not_confirmed", "returned"),
        ("returned", "not_due", "none", "returned"),
        ("waived", "no_deadline", "none", "out"),
    ],
)
def test_a_cell_shows_what_is_wrong_first(lifecycle: str, timeliness: str, verification: str, sign: str) -> None:
    assert heat.sign_of(lifecycle, timeliness, verification) == sign


def test_every_state_of_the_three_axes_has_a_sign() -> None:
    for lifecycle in states.LIFECYCLE.states:
        for timeliness in states.TIMELINESS.states:
            for verification in states.VERIFICATION.states:
                assert heat.sign_of(lifecycle, timeliness, verification) in heat.SIGNS


def test_the_heat_map_escapes_its_words_and_has_a_cell_for_each_column() -> None:
    columns = [heat.Column("1", "<b>", part="I"), heat.Column("2", "x", part="II")]
    grid = heat.Grid(columns, [heat.Row("<i>", [("overdue", "/o/1"), None], "/u/1", "s", "<u>")], "caption")
    text = heat.render(grid)
    assert "<i>" not in text and "<u>" not in text and "&lt;b&gt;" in text
    body = etree.fromstring(text).find(".//tbody/tr")
    assert len(body.findall("td")) == 3
