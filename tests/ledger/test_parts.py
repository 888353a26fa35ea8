"""A task that is divided: by whom, when, among whom, and only once."""

from __future__ import annotations

import datetime as dt

import pytest

from soichieu.ledger import queries
from soichieu.ledger.commands import allocate_parts, record
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.fold import answer
from soichieu.ledger.models import Entry, Obligation
from soichieu.organisation.commands import found_unit
from tests.ledger.conftest import Cast, day


def divide(cast: Cast, task: Obligation, **rest: object) -> list[Obligation]:
    ask = {"happened_on": day("1-3"), "parts": [(unit.pk, None) for unit in cast.units[1:]], **rest}
    return allocate_parts(asker=cast.steering, obligation=task, **ask)


def test_a_part_goes_to_nobody_outside_the_issuers_subtree(cast: Cast) -> None:
    (task,) = cast.open("1")
    stranger = found_unit(
        asker=cast.operator, code="bo-la", kind="ministry", name="Bộ Lạ", begins_on=dt.date(2020, 1, 1), fictitious=True
    )
    with pytest.raises(Forbidden, match="Bộ Lạ"):
        divide(cast, task, parts=[(cast.units[1].pk, None), (stranger.pk, None)])
    assert not task.parts.exists()


def test_a_task_is_divided_once_and_again_when_its_parts_were_voided(cast: Cast) -> None:
    (task,) = cast.open("1", deadline=day("30-6"))
    parts = divide(cast, task)
    with pytest.raises(Refusal):
        divide(cast, task)
    for part in parts:
        (line,) = Entry.objects.filter(obligation=part)
        record(
            asker=cast.steering, kind="voided", obligations=[part.pk], happened_on=day("2-3"), voids=line.position,
            payload={"reason": "chia nhầm"},
        )  # fmt: skip
    again = divide(cast, task)
    assert task.parts.count() == 4
    assert {answer(day("1-4")).cell(part.pk).lifecycle for part in parts} == {"absent"}
    assert {answer(day("1-4")).cell(part.pk).current_deadline for part in again} == {day("30-6")}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"happened_on": dt.date(2026, 3, 1)}, "happened_on"),
        ({"happened_on": dt.date(2024, 3, 1)}, "happened_on"),
        ({"deadline": dt.date(2024, 12, 31)}, "deadline"),
    ],
    ids=["a day to come", "before it was given", "a deadline before the directive"],
)
def test_a_day_that_cannot_be_is_refused(cast: Cast, wrong: dict, field: str) -> None:
    (task,) = cast.open("1")
    due = wrong.pop("deadline", None)
    with pytest.raises(Refusal) as refused:
        divide(cast, task, parts=[(unit.pk, due) for unit in cast.units[1:]], **wrong)
    assert refused.value.field == field


def test_what_is_offered_about_a_whole_is_what_has_effect_in_its_own_state(cast: Cast) -> None:
    """Shown is the state of its parts; a line about the whole meets the state of the whole."""
    (task,) = cast.open("1")
    record(asker=cast.staff[0], kind="claimed", obligations=[task.pk], happened_on=day("1-3"))
    parts = divide(cast, task)
    found, cell = queries.obligation(cast.operator, task.pk)
    assert (cell.lifecycle, cell.own_lifecycle) == ("not_started", "awaiting_confirmation")
    offered = queries.acts_for(cast.operator, found, cell)
    assert {"accepted", "returned"} <= set(offered) and "started" not in offered
    assert set(offered) == {kind for turn in queries.turns_of(found, cell) for kind in turn.kinds}
    record(asker=cast.steering, kind="accepted", obligations=[task.pk], happened_on=day("2-3"))
    found, cell = queries.obligation(cast.operator, task.pk)
    assert (cell.own_lifecycle, cell.own_verification, cell.flagged) == ("done", "accepted", 0)
    assert "accepted" not in queries.acts_for(cast.operator, found, cell)
    # A part, and what is not divided, has no other state than the one it shows.
    part = answer(day("1-4")).cell(parts[0].pk)
    assert (part.own_lifecycle, part.own_verification) == (part.lifecycle, part.verification)


def test_what_is_done_is_not_divided(cast: Cast) -> None:
    """Its parts would make it look open again, and take from n what was counted."""
    (task,) = cast.open("1", closing="claimed", ladder="disseminated")
    record(
        asker=cast.staff[0], kind="claimed", happened_on=day("1-3"), obligations=[task.pk],
        payload={"number": "7/BC-C1"},
    )  # fmt: skip
    with pytest.raises(Refusal):
        divide(cast, task, happened_on=day("5-3"))
    assert answer(day("1-4")).cell(task.pk).lifecycle == "done"
