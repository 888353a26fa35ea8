"""The pages of the matrix and of one sentence, and what leaves them."""
# ruff: noqa: F811 - fixtures are asked for by their names

from __future__ import annotations

import io
from typing import Any

import openpyxl
from django.test import Client
from django.urls import reverse

from soichieu.documents.models import Receipt
from soichieu.ledger import clock
from soichieu.ledger.commands import define_requirement, open_obligations
from soichieu.links import drawing
from soichieu.links.queries.matrix import SILENT, Asked, matrix_of
from tests.baselines import assert_query_baseline
from tests.links.matrix import (  # noqa: F401  # noqa: F401
    TEXT,
    Lines,
    _forget,
    decide,
    decided_pairs,
    directive,
    give,
    leave_open,
    lines,
    register,
    sentence,
)


def client_of(house: Any, who: str = "steering") -> Client:
    client = Client()
    client.force_login(house.accounts[who])
    return client


def test_the_page_is_light_and_costs_few_queries(house: Any, directive: Any, decided_pairs: Any) -> None:
    client = client_of(house)
    address = reverse("links:matrix", args=[directive.pk])
    client.get(address)
    with assert_query_baseline("links:matrix", maximum=25):
        answer = client.get(address)
    assert answer.status_code == 200 and len(answer.content) < 300_000
    assert "05/KH-BTN" in answer.content.decode()


def test_the_sheet_holds_exactly_the_rows_and_columns_that_are_filtered(
    house: Any, directive: Any, decided_pairs: Any
) -> None:
    client = client_of(house)
    address = reverse("links:matrix", args=[directive.pk])
    query = {"depth": "9", "show": "silent", "nature": ["task"], "units": "all"}
    answer = client.get(address, {**query, "export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(at for at, row in enumerate(rows) if row[0] in ("Vị trí", "Place"))
    asked = Asked(depth=9, show="silent", natures=frozenset({"task"}), everyone=True)
    made = matrix_of(house.askers["steering"], directive, asked)
    assert [row[0] for row in rows[head + 1 :]] == [one.node.citation for one in made.all_rows()]
    assert len([one for one in rows[head] if one]) == 8 + len(made.crowd.columns)
    for got, row in zip(rows[head + 1 :], made.all_rows(), strict=True):
        for at in range(len(made.shown)):
            expected = drawing.cell_words(row, at) if row.states[SILENT, at] else None
            assert got[8 + at] == expected
    csv = b"".join(client.get(address, {**query, "export": "csv"}).streaming_content).decode("utf-8-sig")
    assert sum(line.startswith("II") for line in csv.splitlines()) == len(made.all_rows())


def test_a_sentence_says_who_answers_who_touches_who_left_it_open_and_who_is_silent(
    house: Any, directive: Any, decided_pairs: Any
) -> None:
    decide(directive, house.units[4], "line5", sentence(directive, "I.1.-1.s1"), "equivalent")
    key = directive.editions.get().provisions.get(citation="II.1.-2.s1").identity.key
    address = reverse("links:provision", args=[key])
    answer = client_of(house).get(address)
    lines_ = answer.context["list"].kept
    assert [(one.kind, one.unit) for one in lines_] == [
        ("answered", house.units[0].pk),
        ("touched", house.units[1].pk),
        ("open", house.units[3].pk),
        ("silent", house.units[4].pk),
    ]
    assert "Đầu việc line1" in answer.content.decode()
    assert (
        lines_[0].table_url
        == f"{reverse('links:table', args=[lines_[0].plan_key, directive.pk])}?item=line1&with={key}"
    )
    only = client_of(house).get(address, {"unit": house.units[1].pk})
    assert [one.unit for one in only.context["list"].kept] == [house.units[1].pk]
    assert client_of(house, "staff").get(address).status_code == 404
    Receipt.objects.create(
        document=directive, unit=house.units[0], received_on=clock.today(), recorded_at=clock.now(), recorded_by={}
    )
    mine = client_of(house, "staff").get(address)
    assert [one.unit for one in mine.context["list"].kept] == [house.units[0].pk]
    client = client_of(house)
    with assert_query_baseline("links:provision", maximum=30):
        client.get(address)


def test_silent_are_those_to_whom_the_sentence_itself_gave_a_task(
    house: Any, directive: Any, decided_pairs: Any
) -> None:
    place = directive.editions.get().provisions.get(citation="II.2.-1.s1")
    requirement = define_requirement(
        asker=house.operator, directive=directive, code="1", title="Lập danh mục", ladder="carried_out",
        closing="accepted", provisions=[(place.identity, place.text_hash)],
    )  # fmt: skip
    open_obligations(
        asker=house.operator, requirement=requirement, unit_ids=[one.pk for one in house.units[1:4]],
        happened_on=clock.today(),
    )  # fmt: skip
    answer = client_of(house).get(reverse("links:provision", args=[place.identity.key]))
    assert [(one.kind, one.unit) for one in answer.context["list"].kept] == [
        ("answered", house.units[1].pk),
        ("silent", house.units[2].pk),
        ("silent", house.units[3].pk),
    ]


def test_page_sheet_filter_and_the_page_of_a_sentence_agree_on_who_was_asked(
    house: Any, directive: Any, decided_pairs: Any
) -> None:
    place = directive.editions.get().provisions.get(citation="II.1.-2.s1")
    give(house, directive, place.identity_id, house.units[:3])
    give(house, directive, sentence(directive, "II.1.-1.s1"), house.units[:5])
    # The first answers, the second touches, the third is silent; the fourth left it open unasked, the fifth is blank.
    client, address = client_of(house), reverse("links:matrix", args=[directive.pk])
    page = client.get(address, {"depth": 9}).content.decode()
    row = next(one for one in page.split("<tr") if place.identity.key in one)
    assert "<b>1</b>/4</td>" in row and row.count("○") == 1 and row.count('<td class="c"></td>') == 1
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(address, {"depth": 9, "export": "xlsx"}).getvalue())).active
    assert sheet is not None
    cells = next([one.value for one in line] for line in sheet.iter_rows() if line[0].value == place.citation)
    assert cells[8:] == [1, "~1", "○", "–", None]
    lines_ = client.get(reverse("links:provision", args=[place.identity.key])).context["list"].kept
    assert [one.unit for one in lines_ if one.kind == "silent"] == [house.units[2].pk]
    for unit, kept in ((house.units[2], True), (house.units[4], False)):
        filtered = client.get(address, {"depth": 9, "show": "silent", "unit": unit.pk}).context["matrix"].all_rows()
        assert (place.identity_id in {one.node.identity for one in filtered}) is kept


def test_a_part_leads_to_its_matrix_and_what_one_does_not_see_is_not_there(
    house: Any, directive: Any, decided_pairs: Any
) -> None:
    edition = directive.editions.get()
    part = edition.provisions.get(citation="II").identity.key
    answer = client_of(house).get(reverse("links:provision", args=[part]))
    assert answer.headers["Location"] == f"{reverse('links:matrix', args=[directive.pk])}?node={part}"
    opened = client_of(house).get(answer.headers["Location"]).context["matrix"]
    assert {one.node.citation.split(".")[0] for one in opened.all_rows()} == {"II"}
    assert client_of(house, "other").get(reverse("links:provision", args=[part])).status_code == 404
    assert client_of(house, "other").get(reverse("links:matrix", args=[directive.pk])).status_code == 404
