"""Who handed in which version, to whom and when, stands in the book of the task that the plan is to answer."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from soichieu.ledger import queries as ledger
from soichieu.ledger.commands import record
from soichieu.ledger.errors import Refusal
from soichieu.ledger.models import Entry, Obligation
from soichieu.ledger.sources import resolver_of
from soichieu.ledger.verification import verify
from soichieu.plans.commands.acts import answer_tasks, choose_superior, return_plan, submit_plan
from soichieu.plans.commands.editions import write_edition
from soichieu.plans.lines import Line
from soichieu.plans.models import PlanAct, PlanItem
from tests.plans.test_acts import DAY, approve, submit, written  # noqa: F401


def state(house, pk):
    return ledger.obligation(house.operator, pk)[1]


def give_back(house, plan, sent, who="steering", reason="Thiếu sản phẩm"):
    return return_plan(asker=house.askers[who], plan=plan, seen=sent.pk, happened_on=DAY, reason=reason)


def test_each_version_that_goes_up_is_a_line_with_who_to_whom_and_when(house, written, tasks):  # noqa: F811
    task = tasks["1"][0].pk
    sent = submit(house, written, obligations=[task], note="Kính trình")
    (line,) = Entry.objects.filter(obligation=task, kind="submitted")
    assert (line.post_id, line.happened_on) == (house.askers["staff"].post_id, DAY)
    assert line.details == {"to": "Bộ Thử nghiệm", "version": 1, "reason": "Kính trình"}
    cell = state(house, task)
    assert (cell.lifecycle, cell.clock_with) == ("submitted", "deciding_body")
    give_back(house, written, sent)
    (back,) = Entry.objects.filter(obligation=task, kind="returned")
    assert back.details == {"reason": "Thiếu sản phẩm", "version": 1}
    assert back.post_id == house.askers["steering"].post_id
    assert (state(house, task).lifecycle, state(house, task).clock_with) == ("returned", "lead")
    write_edition(
        asker=house.askers["staff"], plan=written, lines=[Line("Xây dựng cơ sở dữ liệu, nghiệm thu")],
        read_by={"reader": "typed"}, seen=1,
    )  # fmt: skip
    last = PlanAct.objects.get(act="returned")
    submit(house, written, seen=last.pk, edition=2, obligations=[task])
    lines = Entry.objects.filter(obligation=task, kind="submitted").order_by("position")
    assert [one.details["version"] for one in lines] == [1, 2]
    assert [resolver_of("plans", "act").label(one.source_id) for one in lines] == [
        "Kế hoạch công tác năm 2025, phiên bản 1", "Kế hoạch công tác năm 2025, phiên bản 2",
    ]  # fmt: skip
    assert not list(verify())


def test_a_line_of_a_version_changed_afterwards_is_named_by_verify(house, written, tasks):  # noqa: F811
    submit(house, written, obligations=[tasks["1"][0].pk])
    assert not list(verify())
    PlanItem.objects.filter(edition__plan=written, ordinal=2).update(output="Sửa sau khi trình")
    assert any("act" in str(fault) for fault in verify())


def test_a_clerk_hands_it_in_too(house, written, tasks):  # noqa: F811
    submit_plan(
        asker=house.askers["clerk"], plan=written, edition=1, seen=0, to_unit=house.ministry.pk, happened_on=DAY,
        obligations=[tasks["1"][0].pk],
    )  # fmt: skip
    assert Entry.objects.get(kind="submitted").post_id == house.askers["clerk"].post_id


@pytest.mark.parametrize("case", ["waits already", "other ladder", "before the task"])
def test_what_cannot_wait_is_refused_and_nothing_is_written(house, written, tasks, case):  # noqa: F811
    task, day, field = tasks["1"][0].pk, DAY, "obligations"
    if case == "waits already":
        record(asker=house.askers["staff"], kind="submitted", obligations=[task], happened_on=DAY)
    elif case == "other ladder":
        task = tasks["2"][0].pk
    else:
        day, field = dt.date(2025, 1, 19), "happened_on"
    before = Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        submit(house, written, obligations=[tasks["1"][0].pk, task], happened_on=day)
    assert refused.value.field == field
    assert Entry.objects.count() == before and not PlanAct.objects.exists()


def test_the_task_of_another_unit_is_not_to_be_found(house, written, tasks):  # noqa: F811
    with pytest.raises(Obligation.DoesNotExist):
        submit(house, written, obligations=[tasks["1"][1].pk])
    assert not PlanAct.objects.exists()


def test_only_what_still_waits_with_this_version_is_returned(house, written, tasks):  # noqa: F811
    """A line that never was so does not wait; and a line written by hand is not the plan's."""
    task = tasks["1"][0].pk
    sent = submit(house, written, obligations=[task])
    line = Entry.objects.get(kind="submitted")
    staff = house.askers["staff"]
    record(asker=staff, kind="voided", obligations=[task], happened_on=DAY, voids=line.position,
           payload={"reason": "Nhầm việc"})  # fmt: skip
    record(asker=staff, kind="submitted", obligations=[task], happened_on=DAY, payload={"to": "Bộ Thử nghiệm"})
    give_back(house, written, sent)
    assert not Entry.objects.filter(kind="returned").exists()
    assert state(house, task).lifecycle == "submitted"


def test_what_the_superior_approved_is_registered_by_the_unit_and_done(house, written, tasks):  # noqa: F811
    task = tasks["1"][0].pk
    sent = submit(house, written, obligations=[task])
    approve(house, written, who="steering", seen=sent.pk, number="11/QĐ-BTN")
    assert state(house, task).lifecycle == "submitted"
    answer_tasks(asker=house.askers["staff"], plan=written, obligations=[task])
    assert state(house, task).lifecycle == "done"
    assert not list(verify())


def test_a_ledger_with_bare_submissions_and_acts_without_lines_stays_readable(client, house, written, tasks):  # noqa: F811
    """As older books have them: submitted by hand with no source, a plan submitted with no line."""
    task = tasks["1"][0].pk
    record(asker=house.askers["staff"], kind="submitted", obligations=[task], happened_on=DAY, payload={"to": "Bộ"})
    sent = submit(house, written)
    client.force_login(house.accounts["staff"])
    assert client.get(reverse("board:obligation", args=[task])).status_code == 200
    assert client.get(reverse("plans:plan", args=[written.key])).status_code == 200
    give_back(house, written, sent)
    assert not Entry.objects.filter(kind="returned").exists() and not list(verify())


def test_on_the_page_the_task_is_ticked_and_the_thread_shows_the_version(client, house, written, tasks, directive):  # noqa: F811
    task = tasks["1"][0]
    choose_superior(asker=house.askers["staff"], plan=written, document=directive)
    client.force_login(house.accounts["staff"])
    page = client.get(reverse("plans:plan", args=[written.key])).content.decode()
    form = page[page.index('id="submit"') : page.index('id="superior"')]
    assert f'value="{task.pk}"' in form and "checked" in form
    sent = client.post(
        reverse("plans:submit", args=[written.key]),
        {"seen": 0, "edition": 1, "to_unit": house.ministry.pk, "happened_on": "3-3-2025", "obligations": [task.pk]},
    )
    assert sent.status_code == 302
    line = Entry.objects.get(kind="submitted")
    page = client.get(reverse("plans:plan", args=[written.key])).content.decode()
    assert reverse("board:entry", args=[line.pk]) in page
    # The superior reads it in the thread, in the book of the task and in the line itself.
    client.force_login(house.accounts["steering"])
    for name, pk in (("board:thread", task.requirement_id), ("board:obligation", task.pk), ("board:entry", line.pk)):
        shown = client.get(reverse(name, args=[pk])).content.decode()
        assert "Kế hoạch công tác năm 2025, phiên bản 1" in shown, name
        assert "Người staff" in shown, name
    url, label = reverse("plans:plan", args=[written.key]), "phiên bản của kế hoạch"
    assert url in shown and label in shown.lower()
