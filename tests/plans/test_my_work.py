"""*My work* holds the plans that wait: for whoever returns or approves, for the unit they came back to, and above."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from soichieu.board.queries.waiting import forget_waiting, waiting
from soichieu.ledger.commands import define_requirement, open_obligations, record
from soichieu.organisation import waiting as rooms
from soichieu.plans.commands.acts import answer_tasks, return_plan
from soichieu.plans.commands.editions import write_edition
from soichieu.plans.commands.register import Facts, make_plan
from soichieu.plans.lines import Line
from soichieu.plans.waiting import RETURNED, SENT, TO_DECIDE, TO_REGISTER
from tests.plans.conftest import GIVEN
from tests.plans.test_acts import DAY, approve, submit, written  # noqa: F401
from tests.plans.test_reviews import task as review_task  # noqa: F401

URL = "/my-work/"


@pytest.fixture(autouse=True)
def _forget():
    forget_waiting()


def queues(house, who):
    found = waiting(house.askers[who])
    return {code: [row["url"] for row in rows] for code, rows in found.beside.items() if code.startswith("plans")}


def test_a_plan_waits_with_the_superior_then_with_its_unit_then_nowhere(house, written):  # noqa: F811
    url = reverse("plans:plan", args=[written.key])
    assert queues(house, "steering") == queues(house, "staff") == {}
    sent = submit(house, written)
    assert queues(house, "steering") == {TO_DECIDE: [url]}
    assert queues(house, "staff") == queues(house, "clerk") == {SENT: [url]}
    assert queues(house, "observer") == queues(house, "other") == {}
    back = return_plan(
        asker=house.askers["steering"], plan=written, seen=sent.pk, happened_on=DAY, reason="Thiếu sản phẩm"
    )
    assert queues(house, "steering") == {} and queues(house, "staff") == {RETURNED: [url]}
    (row,) = waiting(house.askers["staff"]).beside[RETURNED]
    assert (row["note"], row["directive"], row["unit"]) == ("Thiếu sản phẩm", "Bộ Thử nghiệm", "Cục Số 1")
    submit(house, written, seen=back.pk)
    approve(house, written, who="steering", seen=written.acts.last().pk, number="11/QĐ-BTN")
    assert queues(house, "steering") == queues(house, "staff") == {}


def test_what_was_approved_above_waits_with_the_unit_until_it_is_its_answer(house, written, tasks):  # noqa: F811
    url, task = reverse("plans:plan", args=[written.key]), tasks["1"][0].pk
    sent = submit(house, written, obligations=[task])
    assert queues(house, "staff") == {SENT: [url]}
    approve(house, written, who="steering", seen=sent.pk, number="11/QĐ-BTN")
    assert queues(house, "staff") == queues(house, "clerk") == {TO_REGISTER: [url]}
    assert queues(house, "steering") == queues(house, "observer") == {}
    answer_tasks(asker=house.askers["staff"], plan=written, obligations=[task])
    assert queues(house, "staff") == queues(house, "clerk") == {}


def test_the_count_presses_where_one_must_act_and_not_where_it_waits_above(client, house, written):  # noqa: F811
    before = {who: waiting(house.askers[who]).pressing for who in ("steering", "staff")}
    submit(house, written)
    assert waiting(house.askers["steering"]).pressing == before["steering"] + 1
    assert waiting(house.askers["staff"]).pressing == before["staff"]
    client.force_login(house.accounts["steering"])
    page = client.get(URL, {"queue": TO_DECIDE}).content.decode()
    assert "Kế hoạch trình đến: phê duyệt hoặc trả lại" in page and "Kế hoạch công tác năm 2025" in page
    assert reverse("plans:plan", args=[written.key]) in page and "Xem và quyết định" in page
    sheet = client.get(URL, {"queue": TO_DECIDE, "export": "csv"}).getvalue().decode()
    assert "Kế hoạch công tác năm 2025" in sheet
    assert "Kế hoạch công tác năm 2025" in client.get("/leader/").content.decode()
    client.force_login(house.accounts["other"])
    assert "Kế hoạch công tác năm 2025" not in client.get(URL).content.decode()


def test_many_plans_cost_no_more_questions_than_one(house):
    staff = house.askers["staff"]

    def handed_in(name):
        plan = make_plan(asker=staff, unit=house.units[0], facts=Facts(kind="plan", term="year", title=name))
        write_edition(asker=staff, plan=plan, lines=[Line("Việc")], read_by={"reader": "typed"}, seen=0)
        submit(house, plan)

    def cost():
        rooms.waiting_for(house.askers["steering"])
        with CaptureQueriesContext(connection) as seen:
            found = rooms.waiting_for(house.askers["steering"])
        # Whether the organisation changed is asked now and then, not each time.
        asked = [query for query in seen if "organisation_revision" not in query["sql"]]
        return len(asked), len(found[TO_DECIDE])

    handed_in("Kế hoạch 0")
    one = cost()
    for number in range(1, 8):
        handed_in(f"Kế hoạch {number}")
    assert cost() == (one[0], 8) and one[1] == 1


def test_two_rooms_cannot_take_one_queue(db):
    with pytest.raises(ValueError, match="plans_sent"):
        rooms.register([rooms.Queue(SENT, "khác", 1)], lambda _asker: {})


def test_a_task_to_hold_up_leads_to_the_programmes_and_not_to_a_claim_that_cannot_close_it(
    client,
    house,
    directive,
    review_task,  # noqa: F811
):
    def steps(who):
        return {row["code"]: (row["act"], row["act_url"]) for row in waiting(house.askers[who]).rows() if row["id"]}

    review = reverse("plans:review", args=[house.units[0].pk, directive.pk])
    assert steps("staff")["3"] == ("page", review)
    client.force_login(house.accounts["staff"])
    page = client.get(URL).content.decode()
    assert f'<a class="btn" href="{review}">Soi chiếu chương trình, kế hoạch hiện có</a>' in page
    assert client.get(review).status_code == 200
    # Where the assigner accepts, the claim is the unit's own step.
    accepted = define_requirement(
        asker=house.operator, directive=directive, code="4", title="Rà soát", ladder="held_up", closing="accepted"
    )
    (other,) = open_obligations(
        asker=house.operator, requirement=accepted, unit_ids=[house.units[0].pk], happened_on=GIVEN
    )
    record(asker=house.askers["staff"], kind="acknowledged", obligations=[other.pk], happened_on=DAY)
    forget_waiting()
    assert steps("staff")["4"] == ("claimed", reverse("board:obligation", args=[other.pk]) + "#act-claimed")
