"""The units of a day and the sheet of one: what it owes is counted as the ledger counts it, and seen by whom it may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from soichieu.board.queries.custody import clock_of, told
from soichieu.board.queries.running import book_of_unit
from soichieu.board.queries.sheet import owed_by
from soichieu.ledger.coverage import count, members
from soichieu.ledger.fold import states as st
from soichieu.ledger.models import Entry
from soichieu.ledger.queries import Question
from soichieu.organisation.commands import found_unit
from tests.baselines import assert_query_baseline
from tests.board.house import BEGINS, NOW, House, day

Clients = Callable[[str], Client]


@pytest.mark.parametrize("as_at", [day("31-3"), day("31-7"), NOW.date()])
def test_the_runs_of_custody_add_up_to_the_clock_of_the_fold(house: House, as_at: dt.date) -> None:
    answer = Question(as_at).answer()
    for row in range(len(answer.lifecycle)):
        if answer.columns.whole[row] >= 0 or (answer.columns.whole == row).any():
            continue
        steps, runs = told(answer, row)
        assert clock_of(runs).tolist() == answer.clock[row].tolist()
        if steps:
            assert steps[-1].after == answer.lifecycle[row]


def test_the_counts_of_a_unit_are_the_ledger_s_own(house: House) -> None:
    question = Question(day("31-7"))
    unit = house.offices[0].pk
    owed = owed_by(house.askers["steering"], unit, question)
    answer = question.answer()
    some = members(answer)
    for of in owed.directives:
        for ladder in of.ladders:
            mine = [one.pk for one in house.requirements if str(one.get_ladder_display()) == ladder.label]
            here = some.where((some.unit == unit) & ~some.standing & np.isin(some.requirement, mine))
            if of.directive == house.directive:
                assert ladder.counted == count(answer, here)
    assert owed.overdue == sum(1 for task in owed.tasks if task["timeliness"] == "overdue")


def test_the_balance_of_the_last_page_is_the_state_of_the_unit_s_tasks(house: House) -> None:
    question = Question(NOW.date())
    owed = owed_by(house.askers["office"], house.offices[0].pk, question)
    book = book_of_unit(owed, None)
    life = owed.answer.lifecycle[owed.rows]
    assert book.page == book.pages
    assert book.after.done == int((life == st.DO).sum())
    assert book.after.reported == int((life == st.AC).sum())
    assert book.after.whole == sum(1 for code in life if code not in (st.AB, st.WA, st.SS))
    first = book_of_unit(owed, 1)
    assert (first.before.owed, first.before.done) == (0, 0)
    if book.pages > 1:
        assert book_of_unit(owed, 2).before == first.after
    assert book.many == Entry.objects.filter(obligation__in=[task["id"] for task in owed.tasks]).count()


def test_what_a_unit_owes_is_seen_by_itself_and_above_and_its_structure_by_all(house: House, as_: Clients) -> None:
    url = reverse("board:unit", args=[house.offices[0].pk])
    for who, sees in (("steering", True), ("office", True), ("second", False), ("outside", False), ("admin", False)):
        answer = as_(who).get(url)
        assert answer.status_code == 200
        page = answer.content.decode()
        assert house.offices[0].code in page
        assert ("05/KH-BT" in page) is sees, who


def test_both_dates_change_what_the_sheet_says(house: House, as_: Clients) -> None:
    url = reverse("board:unit", args=[house.offices[0].pk])
    client = as_("steering")
    before = client.get(url, {"as_at": "10-1-2025"}).content.decode()
    known = client.get(url, {"known_at": "10-1-2025"}).content.decode()
    now = client.get(url).content.decode()
    assert before != now and known != now
    assert client.get(url, {"as_at": "1-1-2024"}).status_code == 200
    assert client.get(url, {"as_at": "32-1-2024"}).status_code == 200


def test_a_unit_that_is_not_there_is_not_there(as_: Clients) -> None:
    assert as_("steering").get("/units/987654/").status_code == 404


def test_units_are_found_without_tones_by_kind_and_by_superior(house: House, as_: Clients) -> None:
    client = as_("observer")
    assert "Cục Thiên Đàn" in client.get("/units/", {"q": "cuc thien dan"}).content.decode()
    divisions = client.get("/units/", {"kind": "division", "export": "csv"}).getvalue().decode()
    assert divisions.count("phong-") == len(house.divisions)
    under = client.get("/units/", {"under": house.offices[1].pk, "export": "csv"}).getvalue().decode()
    assert under.count("phong-1-") == 2 and "phong-0-" not in under
    assert "bo-thu" not in client.get("/units/", {"as_at": "1-1-2019", "export": "csv"}).getvalue().decode()


def test_the_list_of_units_costs_the_same_for_ten_and_for_many(house: House, as_: Clients) -> None:
    client = as_("observer")
    client.get("/units/")
    with assert_query_baseline("board:units", maximum=15):
        client.get("/units/")
    for number in range(60):
        found_unit(
            asker=house.operator, code=f"to-{number}", kind="division", name=f"Tổ {number}", begins_on=BEGINS,
            fictitious=True, superiors={"sector": house.offices[0]},
        )  # fmt: skip
    client.get("/units/")
    with assert_query_baseline("board:units", maximum=15):
        client.get("/units/")


def test_the_sheet_of_a_unit_costs_as_many_queries_as_before(house: House, as_: Clients) -> None:
    client, url = as_("steering"), reverse("board:unit", args=[house.offices[0].pk])
    client.get(url)
    with assert_query_baseline("board:unit", maximum=35):
        client.get(url)
