"""Two sheets at once: each task keeps a requirement of its own, and what both name stands once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from soichieu.documents import files
from soichieu.exchange.opening import take_over
from soichieu.ledger.models import Entry, Obligation, Requirement
from soichieu.ledger.verification import verify
from tests.exchange.conftest import HEAD
from tests.exchange.test_open_book import ready


def one(sheet, task, unit="Cục Số 1"):
    return sheet([HEAD, [1, task, unit, "30/6/2025", "Đã hoàn thành", "25/6/2025"]])


def write(house, opening, data):
    return take_over(asker=house.askers["steering"], opening=opening, evidence=files.store(data, "theo-doi.xlsx").pk)


def test_a_number_that_another_task_took_after_the_preview_is_not_shared(house, directive, sheet):
    data = [one(sheet, "Việc của bảng này"), one(sheet, "Việc của bảng kia")]
    previews = [ready(house, directive, each) for each in data]
    assert [each.rows[0].code for each in previews] == ["1", "1"]
    for opening, each in zip(previews, data, strict=True):
        assert write(house, opening, each)["claimed"] == 1
    titles = dict(Requirement.objects.values_list("code", "title"))
    assert titles == {"1": "Việc của bảng này", "S1": "Việc của bảng kia"}
    assert sorted(Obligation.objects.values_list("requirement__code", flat=True)) == ["1", "S1"]
    assert not verify()


def test_a_task_that_another_sheet_brought_after_the_preview_stands_once(house, directive, sheet):
    data = [one(sheet, "Một việc"), one(sheet, "Một việc", "Cục Số 2")]
    previews = [ready(house, directive, each) for each in data]
    written = [write(house, opening, each) for opening, each in zip(previews, data, strict=True)]
    assert [each["requirements"] for each in written] == [1, 0]
    assert Requirement.objects.count() == 1 and Obligation.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_sheets_over_at_once_each_task_has_its_own_requirement(house, directive, sheet):
    data = [one(sheet, "Việc của bảng này"), one(sheet, "Việc của bảng kia")]
    previews = [ready(house, directive, each) for each in data]
    together = Barrier(2)

    def act(at):
        try:
            together.wait(10)
            return write(house, previews[at], data[at])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        written = list(people.map(act, range(2)))
    assert [each["claimed"] for each in written] == [1, 1]
    assert set(Requirement.objects.values_list("title", flat=True)) == {"Việc của bảng này", "Việc của bảng kia"}
    assert Obligation.objects.count() == 2 and Entry.objects.filter(kind="claimed").count() == 2
    assert not verify()
