"""*My work* holds the questions that wait: for those above who answer, and for the unit that asked."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from soichieu.board.queries.waiting import forget_waiting, waiting
from soichieu.links.commands.questions import answer_question
from soichieu.links.waiting import ANSWERED, ASKED, TO_ANSWER
from soichieu.organisation.askers import asker_for_post
from soichieu.organisation.commands import create_post
from tests.directives.conftest import BEGINS
from tests.links.test_questions import asked, pair, task  # noqa: F401

URL = "/my-work/"


@pytest.fixture(autouse=True)
def _forget() -> None:
    forget_waiting()


def queues(house: Any, who: str) -> dict[str, list[str]]:
    found = waiting(house.askers[who])
    return {code: [row["url"] for row in rows] for code, rows in found.beside.items() if code.startswith("questions")}


def test_a_question_waits_above_then_with_the_unit_that_asked(house: Any, pair: Any) -> None:  # noqa: F811
    made = asked(house, pair)
    url = f"/soi-chieu/questions/{made.pk}/"
    assert queues(house, "steering") == {TO_ANSWER: [url]}, "the superior is waited for"
    assert queues(house, "staff") == {ASKED: [url]}
    assert queues(house, "clerk") == queues(house, "observer") == queues(house, "other") == {}
    (row,) = waiting(house.askers["steering"]).beside[TO_ANSWER]
    assert (row["directive"], row["unit"]) == ("07/KH-BTN ↔ 06/CTr-BTN", "Cục Số 1")
    answer_question(asker=house.askers["steering"], question_id=made.pk, text="Văn phòng đang xin ý kiến.")
    assert queues(house, "steering") == {} and queues(house, "staff") == {ANSWERED: [url]}


def test_it_waits_above_and_not_with_the_unit_s_own_steering_office(house: Any, pair: Any) -> None:  # noqa: F811
    post = create_post(
        asker=house.operator, unit=house.units[0], code="own", title="Thường trực", roles=["steering_office"], on=BEGINS
    )
    house.askers["own"] = asker_for_post(post)
    asked(house, pair)
    assert queues(house, "own") == {}


def test_the_page_counts_it_and_leads_there(client: Client, house: Any, pair: Any) -> None:  # noqa: F811
    before = waiting(house.askers["steering"]).pressing
    made = asked(house, pair)
    assert waiting(house.askers["steering"]).pressing == before + 1
    client.force_login(house.accounts["steering"])
    page = client.get(URL, {"queue": TO_ANSWER}).content.decode()
    assert "Câu hỏi gửi đến, cần trả lời" in page and f"/soi-chieu/questions/{made.pk}/" in page
