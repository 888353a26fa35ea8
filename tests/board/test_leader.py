"""The leader's page and the search: five blocks that agree with the board, and nothing that is not the asker's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from soichieu.board.queries.cut import cut_of
from soichieu.board.queries.finding import find
from soichieu.board.queries.stuck import stuck_of
from soichieu.board.queries.waiting import forget_waiting
from soichieu.ledger.queries import Question
from tests.baselines import assert_query_baseline
from tests.board.house import NOW, House

Clients = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _forget() -> None:
    forget_waiting()


def test_where_it_is_stuck_names_the_longest_late_with_who_holds_the_work(house: House) -> None:
    cut = cut_of(house.askers["steering"], house.directive, Question(NOW.date()))
    stuck = stuck_of(cut, house.directive, {})
    assert stuck.total > 0
    for ladder in stuck.ladders:
        late = [name.late for name in ladder.names]
        assert late == sorted(late, reverse=True) and len(late) <= 3
        assert ladder.counted.of >= ladder.stuck
        assert all(name.with_whom for name in ladder.names)


def test_the_page_has_its_five_blocks_in_order_for_every_role(as_: Clients) -> None:
    for who in ("steering", "office", "staff", "observer", "admin"):
        answer = as_(who).get("/leader/")
        assert answer.status_code == 200
        page = answer.content.decode()
        assert page.count('<section class="block"') == 5
        heads = ["1. Việc đang chờ", "2. Kết luận lần trước", "3. Vướng ở đâu", "4. Có gì đổi", "5. Một đơn vị"]
        assert [page.find(head) for head in heads] == sorted(page.find(head) for head in heads)
        assert -1 not in [page.find(head) for head in heads]
        assert "print-a4" in page


def test_what_changed_is_against_the_moment_that_was_chosen(house: House, as_: Clients) -> None:
    client = as_("steering")
    early = client.get("/leader/", {"since": "10-1-2025"}).content.decode()
    late = client.get("/leader/", {"since": "1-12-2025"}).content.decode()
    assert early != late
    assert 'aria-invalid="true"' in client.get("/leader/", {"since": "hôm qua"}).content.decode()


def test_one_unit_is_chosen_by_name_and_its_sheet_is_not_shown_to_strangers(house: House, as_: Clients) -> None:
    page = as_("steering").get("/leader/", {"find": "cuc thien dan"}).content.decode()
    assert "Cục Thiên Đàn" in page
    stranger = as_("outside").get("/leader/", {"unit": house.offices[0].pk}).content.decode()
    assert "05/KH-BT" not in stranger
    assert as_("steering").get("/leader/", {"unit": "99999999"}).status_code == 200


def test_search_finds_documents_tasks_and_units_without_tones(house: House) -> None:
    asker = house.askers["steering"]
    assert {hit.document.pk for hit in find(asker, "ke hoach trien khai").documents} >= {house.directive.pk}
    assert find(asker, "ket noi du lieu").tasks
    assert [one.hit.name for one in find(asker, "cuc thien dan").units][:1] == ["Cục Thiên Đàn"]
    assert find(asker, "  ").many == 0
    assert find(asker, "không có chữ này đâu").many == 0


def test_search_shows_a_stranger_units_and_nothing_else(house: House) -> None:
    found = find(house.askers["outside"], "ket noi du lieu")
    assert not found.documents and not found.tasks
    assert find(house.askers["outside"], "cuc thien dan").units


def test_the_pages_cost_as_many_queries_as_before(house: House, as_: Clients) -> None:
    client = as_("office")
    client.get("/leader/")
    with assert_query_baseline("board:leader", maximum=50):
        client.get("/leader/")
    client.get("/search/", {"q": "du lieu"})
    with assert_query_baseline("board:search", maximum=25):
        client.get("/search/", {"q": "du lieu"})
    assert isinstance(NOW, dt.datetime)
