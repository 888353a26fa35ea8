"""The register makes only the lines of a page; what it keeps, and in which order, is what making all of them says."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from soichieu.plans.commands.register import make_plan
from soichieu.plans.facts import Facts
from soichieu.plans.queries.listing import SEARCH, VERDICT, Register
from soichieu.plans.views.register import REGISTER, STATE
from soichieu.plans.views.register import VERDICT as VERDICT_COLUMNS
from soichieu.web.lists import Choice, Search
from soichieu.web.lists.columns import value_of
from tests.plans.test_reviews import ADJUST, ON, judge, six, task  # noqa: F401

COLUMNS = [*REGISTER.columns, STATE, *VERDICT_COLUMNS]


@pytest.fixture
def register(house, directive, six):  # noqa: F811
    """Plans of two units, with gaps: no number, no first day, no last day; two of them judged."""
    for number, unit in enumerate((house.units[1], house.units[1], house.units[0])):
        make_plan(
            asker=house.operator, unit=unit,
            facts=Facts(
                kind="key_task" if number else "plan", term="year", title=f"Ấn phẩm {number}",
                from_day=dt.date(2025, 3, number + 1) if number != 1 else None,
            ),
        )  # fmt: skip
    judge(house, directive, six[:2], **ADJUST)
    return Register(house.askers["steering"], ON, everything=True, against=directive)


def test_any_column_sorts_as_the_rows_themselves_would(register):
    every = list(register.kept([], ""))
    assert len(every) == 11
    for column in COLUMNS:
        for down in (False, True):
            rows = sorted(every, key=column.sort_value, reverse=down)
            rows.sort(key=lambda row: column.raw(row) in (None, ""))
            kept = list(register.kept([], f"-{column.key}" if down else column.key))
            assert [row.facts.pk for row in kept] == [row.facts.pk for row in rows], (column.key, down)


def test_any_filter_keeps_what_the_rows_themselves_say(register, house):
    every = list(register.kept([], ""))
    said = {
        "unit": lambda row: row.unit_id, "kind": lambda row: row.facts.kind, "term": lambda row: row.facts.term,
        VERDICT: lambda row: row.choice,
    }  # fmt: skip
    for key, value in said.items():
        choices = sorted({str(value(row)) for row in every})
        assert len(choices) > 1, key
        for one in choices:
            lookup = {"unit": "plan__unit_id"}.get(key, "")
            bound = Choice(key, key, [(code, code) for code in choices], lookup=lookup).bind(
                QueryDict(f"{key}={one}"), ""
            )
            kept = [row.facts.pk for row in register.kept([bound], "")]
            assert kept == [row.facts.pk for row in every if str(value(row)) == one], (key, one)
    for words in ("an pham", "cuc so 2", "01/ctr-cs1", "khong co"):
        text = Search(value=lambda row: f"{row.unit} {row.facts.title} {row.facts.number} {row.facts.signer}")
        bound = text.bind(QueryDict(f"{SEARCH}={words}"), "")
        kept = [row.facts.pk for row in register.kept([bound], "")]
        assert kept == [row.facts.pk for row in every if text.keeps(row, bound.asked)], words
    assert value_of(every[0], "unit") == "Cục Số 1"


def test_a_page_makes_its_own_lines_only_and_an_export_all_of_them(client, house):
    for number in range(130):
        make_plan(
            asker=house.operator, unit=house.units[number % 2],
            facts=Facts(kind="plan", term="year", title=f"Kế hoạch {number:03}", from_day=dt.date(2025, 1, 1)),
        )  # fmt: skip
    client.force_login(house.accounts["steering"])
    made: list[int] = []
    real = Register.lines
    Register.lines = lambda self, facts: made.append(len(facts)) or real(self, facts)  # type: ignore[method-assign]
    try:
        page = client.get(reverse("plans:register"), {"as_at": "2025-05-10", "page": "2"})
    finally:
        Register.lines = real  # type: ignore[method-assign]
    assert page.context["list"].total == 130 and made == [30]
    with CaptureQueriesContext(connection) as seen:
        sheet = client.get(reverse("plans:register"), {"as_at": "2025-05-10", "export": "csv"}).getvalue().decode()
    assert sheet.count("Kế hoạch ") == 130 and len(seen) < 20
    assert "Cục Số 1: 65 " in page.content.decode() or "Cục Số 2: 65 " in page.content.decode()
