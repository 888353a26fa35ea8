"""Two people at once: one of them saves, the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from soichieu.ledger.errors import Refusal
from soichieu.ledger.fold import answer as fold
from soichieu.plans.commands.acts import Issue, approve_plan
from soichieu.plans.commands.answers import answer_with_plan
from soichieu.plans.commands.editions import write_edition
from soichieu.plans.errors import ChangedMeanwhile
from soichieu.plans.lines import Line
from soichieu.plans.models import Answer, PlanAct, PlanEdition
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
