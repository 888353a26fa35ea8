"""*My work* holds the questions that wait: for those above who answer, and for the unit that asked."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from soichieu.board.queries.waiting import forget_waiting, waiting
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.models import Entry
from soichieu.ledger.verification import verify
from soichieu.links.commands.questions import answer_question, decide_question, write_back
from soichieu.links.errors import Conflict
from soichieu.links.queries.questions import question
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


def test_the_unit_asks_further_and_takes_the_decision_up_and_each_moves_the_queue(
    house: Any,
    pair: Any,  # noqa: F811
    task: Any,  # noqa: F811
) -> None:
    made = asked(house, pair, obligation_id=task[0].pk)
    url, staff, steering = f"/soi-chieu/questions/{made.pk}/", house.askers["staff"], house.askers["steering"]
    with pytest.raises(Forbidden):
        write_back(asker=staff, question_id=made.pk, text="Chưa ai trả lời.")
    answer_question(asker=steering, question_id=made.pk, text="Đơn vị vướng ở điểm nào?")
    for who in ("steering", "clerk"):
        with pytest.raises(Forbidden):
            write_back(asker=house.askers[who], question_id=made.pk, text="Không phải việc của tôi.")
    seen = made.acts.order_by("pk").last()
    assert seen is not None
    write_back(asker=staff, question_id=made.pk, text="Vướng ở thời hạn.", seen=seen.pk)
    with pytest.raises(Conflict):
        write_back(asker=staff, question_id=made.pk, text="Gửi lần nữa.", seen=seen.pk)
    assert queues(house, "steering") == {TO_ANSWER: [url]} and queues(house, "staff") == {ASKED: [url]}
    decide_question(asker=steering, question_id=made.pk, text="Theo Kế hoạch số 07.", holds=1)
    assert queues(house, "steering") == {} and queues(house, "staff") == {ANSWERED: [url]}
    write_back(asker=staff, question_id=made.pk, text="Đã sửa thời hạn trong kế hoạch.")
    assert queues(house, "steering") == queues(house, "staff") == {}
    found = question(staff, made.pk)
    assert (found.state, found.first_holds) == ("taken", True)
    assert [act.act for act in found.acts] == ["asked", "answered", "asked", "decided", "taken"]
    lines = Entry.objects.filter(obligation=task[0], kind="noted").order_by("position")
    assert [line.details["question"] for line in lines] == ["asked", "answered", "asked", "decided", "taken"]
    for who in (staff, steering):
        with pytest.raises(Refusal):
            (write_back if who is staff else answer_question)(asker=who, question_id=made.pk, text="Thêm nữa.")
    assert not list(verify())


def test_the_page_offers_it_to_the_unit_alone(client: Client, house: Any, pair: Any) -> None:  # noqa: F811
    made = asked(house, pair)
    url = f"/soi-chieu/questions/{made.pk}/"
    said = {"act": "back", "back-text": "Xin hỏi thêm.", "back-happened_on": ""}
    client.force_login(house.accounts["staff"])
    assert client.post(url, said).status_code == 403  # nothing was answered yet
    answer_question(asker=house.askers["steering"], question_id=made.pk, text="Đang xem xét.")
    page = client.get(url)
    assert page.context["forms"] is None and "Hỏi thêm" in page.content.decode()
    initial = page.context["back"].initial
    said |= {"back-seen": initial["seen"], "back-happened_on": f"{initial['happened_on']:%d-%m-%Y}"}
    wrong = client.post(url, {**said, "back-text": " "})
    assert wrong.status_code == 422 and "back-text" in wrong.content.decode()
    assert client.post(url, said).status_code == 302
    assert question(house.askers["staff"], made.pk).state == "asked"
    client.force_login(house.accounts["observer"])
    assert client.get(url).context["back"] is None and client.post(url, said).status_code == 403
