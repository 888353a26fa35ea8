"""Two people at once: one of them saves, the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from soichieu.documents.commands import register_document
from soichieu.ledger.commands import define_requirement, open_obligations
from soichieu.ledger.errors import Refusal
from soichieu.ledger.fold import answer as fold
from soichieu.plans.commands import acts
from soichieu.plans.commands.acts import Issue, approve_plan
from soichieu.plans.commands.answers import answer_with_plan
from soichieu.plans.commands.editions import write_edition
from soichieu.plans.commands.register import Facts, make_plan
from soichieu.plans.errors import ChangedMeanwhile
from soichieu.plans.lines import Line
from soichieu.plans.models import Answer, PlanAct, PlanEdition
from tests.plans.conftest import GIVEN
from tests.plans.test_acts import DAY


def at_once(*acts):
    """What each act gave, or what it was told; run in threads of their own."""

    def one(act):
        try:
            return act()
        except Refusal as told:
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(one, acts))


@pytest.mark.django_db(transaction=True)
def test_one_of_two_versions_is_written(house, plan):
    def write(text):
        return write_edition(
            asker=house.askers["staff"], plan=plan, lines=[Line(text)], read_by={"reader": "typed"}, seen=0
        )  # fmt: skip

    made = at_once(lambda: write("Việc của người này"), lambda: write("Việc của người kia"))
    assert sorted(type(one).__name__ for one in made) == ["ChangedMeanwhile", "PlanEdition"]
    assert PlanEdition.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_of_two_approvals_is_registered_and_the_task_answered_once(house, plan, tasks):
    write_edition(asker=house.askers["staff"], plan=plan, lines=[Line("Một việc")], read_by={"reader": "typed"}, seen=0)

    def approve(number):
        issue = Issue(number, DAY, obligations=[tasks["1"][0].pk])
        return approve_plan(asker=house.askers["clerk"], plan=plan, edition=1, seen=0, issue=issue)

    made = at_once(lambda: approve("07/KH-CS1"), lambda: approve("08/KH-CS1"))
    assert sum(isinstance(one, ChangedMeanwhile) for one in made) == 1
    assert PlanAct.objects.count() == Answer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_of_two_answers_is_registered_and_no_line_is_without_effect(house, tasks):
    task = tasks["1"][0]

    def answer(number):
        return answer_with_plan(
            asker=house.askers["staff"], obligation_id=task.pk, number=number, signed_on=DAY, title="Kế hoạch"
        )

    made = at_once(lambda: answer("07/KH-CS1"), lambda: answer("08/KH-CS1"))
    assert sorted(type(one).__name__ for one in made) == ["Answered", "Refusal"]
    assert Answer.objects.count() == 1
    assert fold(DAY).cell(task.pk).flagged == 0


@pytest.mark.django_db(transaction=True)
def test_two_approvals_that_answer_the_same_tasks_in_opposite_orders_do_not_block_each_other(
    house, plan, tasks, monkeypatch
):
    """Each waits after its first task for the other: whoever locks as it goes stands before the other's lock then."""
    other = register_document(
        house.operator, number="06/KH-BTN", issuer="Bộ Thử nghiệm", signed_on=GIVEN, title="Kế hoạch khác",
        issuer_unit=house.ministry,
    )  # fmt: skip
    requirement = define_requirement(
        asker=house.operator, directive=other, code="1", title="Việc khác", ladder="made_concrete", closing="issued"
    )
    (second,) = open_obligations(
        asker=house.operator, requirement=requirement, unit_ids=[house.units[0].pk], happened_on=GIVEN
    )
    order = [tasks["1"][0].pk, second.pk]
    beside = make_plan(
        asker=house.askers["staff"], unit=house.units[0], facts=Facts(kind="plan", term="year", title="K")
    )
    for one in (plan, beside):
        write_edition(asker=house.askers["staff"], plan=one, lines=[Line("Việc")], read_by={"reader": "typed"}, seen=0)
    together, answered = Barrier(2), acts.answer_with_plan

    def waiting(**given):
        made = answered(**given)
        with suppress(BrokenBarrierError):
            together.wait(1)
        return made

    monkeypatch.setattr(acts, "answer_with_plan", waiting)

    def approve(one, number, obligations):
        issue = Issue(number, DAY, obligations=obligations)
        return approve_plan(asker=house.askers["clerk"], plan=one, edition=1, seen=0, issue=issue)

    made = at_once(
        lambda: approve(plan, "07/KH-CS1", order), lambda: approve(beside, "08/KH-CS1", order[::-1])
    )  # fmt: skip
    assert sorted(type(one).__name__ for one in made) == ["Approved", "Refusal"], made
    assert Answer.objects.count() == 2 and PlanAct.objects.count() == 1
