"""How units are called is read once and kept while nothing is written about the organisation."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from soichieu.directives import addressees
from soichieu.directives.addressees import Finder, forget_names
from soichieu.directives.commands import propose
from soichieu.documents.models import Document
from soichieu.organisation import queries
from soichieu.organisation.commands import found_unit
from soichieu.organisation.queries import UnitView
from tests.baselines import assert_query_baseline
from tests.directives.conftest import BEGINS, SIGNED, House


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    forget_names()


def test_the_units_are_read_once_for_many_pages(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[dt.date] = []

    def units_at(on: dt.date) -> list[UnitView]:
        read.append(on)
        return []

    monkeypatch.setattr(queries, "units_at", units_at)
    for _page in range(3):
        assert Finder(SIGNED).find("Cục Số 1") == []
    assert read == [SIGNED]
    Finder(BEGINS)
    assert read == [SIGNED], "a finder that is asked nothing reads nothing"


def test_a_unit_founded_afterwards_is_found(house: House) -> None:
    assert Finder(SIGNED).find("Cục Số 77") == []
    found_unit(
        asker=house.operator, code="cuc-77", kind="department", name="Cục Số 77", begins_on=BEGINS, fictitious=True,
        superiors={"sector": house.ministry}, order=77,
    )  # fmt: skip
    assert [one.code for one in Finder(SIGNED).find("cục số 77")] == ["cuc-77"]


def test_days_are_kept_apart_and_few_of_them(house: House) -> None:
    days = [SIGNED.replace(day=day) for day in range(1, 8)]
    for day in days:
        Finder(day).find("Cục Số 1")
    assert len(addressees._names) == addressees.KEPT and days[-1] in addressees._names
    assert Finder(BEGINS.replace(year=2019)).find("Cục Số 1") == []


def test_the_list_of_many_requirements_costs_few_queries(house: House, directive: Document, client: Client) -> None:
    assert len(propose(asker=house.askers["steering"], directive=directive)) == 140
    client.force_login(house.accounts["steering"])
    url = reverse("directives:requirements", args=[directive.pk])
    client.get(url)
    with assert_query_baseline("directives:requirements", maximum=20):
        answer = client.get(url)
    assert answer.context["list"].total == 140
