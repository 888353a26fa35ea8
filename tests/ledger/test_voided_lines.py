"""A line that never was so has no say any more: not on who owes, who sees, who may, who holds."""

from __future__ import annotations

import pytest

from soichieu.ledger import queries
from soichieu.ledger.append import Draft, append
from soichieu.ledger.commands import record, refuse_before_given, transfer_for_succession
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.fold import answer
from soichieu.ledger.models import Entry, Obligation
from soichieu.organisation.askers import Asker
from soichieu.organisation.commands import end_unit
from tests.ledger.conftest import Cast, day


def void(asker: Asker, task: Obligation, kind: str) -> None:
    line = Entry.objects.filter(obligation=task, kind=kind).latest("position")
    record(
        asker=asker, kind="voided", obligations=[task.pk], happened_on=day("1-11"), voids=line.position,
        payload={"reason": "ghi nhầm"},
    )  # fmt: skip


def test_a_task_whose_giving_was_voided_is_given_again(cast: Cast) -> None:
    first, second = cast.open("1", deadline=day("30-6"), units=2)
    void(cast.steering, first, "opened")
    assert answer(day("1-12")).cell(first.pk).lifecycle == "absent"
    again = cast.open("1", deadline=day("30-7"), units=2)
    assert [one.pk for one in again] == [first.pk]
    cell = answer(day("1-12")).cell(first.pk)
    assert (cell.lifecycle, cell.original_deadline) == ("not_started", day("30-7"))
    assert answer(day("1-12")).cell(second.pk).original_deadline == day("30-6")
    assert Obligation.objects.count() == 2
    with pytest.raises(Refusal):
        refuse_before_given([first.pk], day("8-1"))


def test_a_cooperator_asked_by_mistake_sees_nothing_and_hands_nothing_back(cast: Cast) -> None:
    (task,) = cast.open("1")
    record(
        asker=cast.staff[0], kind="handed", choice="cooperator", unit_id=cast.units[1].pk, obligations=[task.pk],
        happened_on=day("1-3"),
    )  # fmt: skip
    assert queries.obligation(cast.staff[1], task.pk)
    void(cast.staff[0], task, "handed")
    with pytest.raises(Obligation.DoesNotExist):
        queries.obligation(cast.staff[1], task.pk)
    with pytest.raises(Forbidden):
        record(asker=cast.staff[1], kind="handed", choice="lead", obligations=[task.pk], happened_on=day("2-3"))


def to_be_named(cast: Cast) -> list[int]:
    return [task.pk for task, _line in queries.heirs_to_be_named(cast.operator, queries.Question.now())]


def test_an_heir_that_a_person_named_is_named_even_where_it_is_the_superior(cast: Cast) -> None:
    (task,) = cast.open("1")
    end_unit(asker=cast.operator, unit=cast.units[0], on=day("1-7"))
    transfer_for_succession(asker=cast.operator, on=day("1-7"))
    assert to_be_named(cast) == [task.pk]
    record(
        asker=cast.operator, kind="transferred", obligations=[task.pk], happened_on=day("2-7"),
        unit_id=cast.ministry.pk,
    )  # fmt: skip
    assert to_be_named(cast) == []
    void(cast.operator, task, "transferred")
    assert to_be_named(cast) == [task.pk]


def test_a_voided_hand_over_asks_for_no_heir(cast: Cast) -> None:
    (task,) = cast.open("1")
    record(
        asker=cast.operator, kind="reassigned", obligations=[task.pk], happened_on=day("1-2"), unit_id=cast.ministry.pk
    )
    marked = Draft(task.pk, "transferred", day("1-3"), unit_id=cast.ministry.pk, payload={"heir_to_be_named": True})
    append(asker=cast.operator, chain_id=task.chain_id, drafts=[marked])
    assert to_be_named(cast) == [task.pk]
    void(cast.operator, task, "transferred")
    assert to_be_named(cast) == []
