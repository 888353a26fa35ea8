"""Two people at once: what one of them gives or divides, the other finds given or divided."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connection, transaction

from soichieu.ledger.commands import allocate_parts, confirm_requirement, succession, transfer_for_succession, tying
from soichieu.ledger.commands.requirements import open_chain
from soichieu.ledger.errors import Refusal
from soichieu.ledger.fold import answer
from soichieu.ledger.locking import lock_chains
from soichieu.ledger.models import Chain, Entry, Obligation
from soichieu.organisation.commands import end_unit
from tests.ledger.conftest import Cast, day


def at_once(act: Callable[[], object]) -> list[object]:
    """What an act gave, or what it was told, of two people who do it in threads of their own."""

    def one(_number: int) -> object:
        try:
            return act()
        except Refusal as told:
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        return list(people.map(one, range(2)))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_a_task_out_one_gives_it(cast: Cast) -> None:
    cast.require("1")
    made = at_once(lambda: cast.open("1", units=3))
    assert sorted(len(ones) for ones in made if isinstance(ones, list)) == [0, 3]
    assert Obligation.objects.count() == Entry.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_who_divide_a_task_one_divides_it(cast: Cast) -> None:
    (task,) = cast.open("1")
    parts = [(unit.pk, None) for unit in cast.units[1:]]
    made = at_once(lambda: allocate_parts(asker=cast.steering, obligation=task, happened_on=day("1-3"), parts=parts))
    assert sum(isinstance(one, Refusal) for one in made) == 1
    assert task.parts.count() == 2


def both(act: Callable[..., Any]) -> Callable[..., Any]:
    """An act after which each of two waits a second for the other: one who holds a lock meanwhile waits in vain."""
    together = Barrier(2)

    def waiting(*given: Any, **named: Any) -> Any:
        made = act(*given, **named)
        with suppress(BrokenBarrierError):
            together.wait(1)
        return made

    return waiting


@pytest.mark.django_db(transaction=True)
def test_of_two_who_hand_over_after_a_reorganisation_one_hands_over(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    (task,) = cast.open("1")
    end_unit(asker=cast.operator, unit=cast.units[0], on=day("1-3"))
    monkeypatch.setattr(succession, "answer", both(succession.answer))
    made = at_once(lambda: transfer_for_succession(asker=cast.operator, on=day("1-3")))
    assert sorted(len(ones) for ones in made if isinstance(ones, list)) == [0, 1]
    assert Entry.objects.filter(obligation=task, kind="transferred").count() == 1
    assert answer(day("1-4")).cell(task.pk).holder_id == cast.ministry.pk


@pytest.mark.django_db(transaction=True)
def test_whoever_wants_a_book_and_a_requirement_takes_the_book_first(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One holds the book and then confirms, as a sheet does; the other ties. Neither waits for the other for ever."""
    requirement = cast.require("1", confirm=False)
    chain = Chain.objects.get(directive=cast.directive).pk
    together = Barrier(2)

    def meet() -> None:
        with suppress(BrokenBarrierError):
            together.wait(1)

    def opened(**given: Any) -> Chain:
        found = open_chain(**given)
        meet()
        return found

    monkeypatch.setattr(tying, "open_chain", opened)

    def confirm() -> object:
        with transaction.atomic():
            lock_chains([chain])
            meet()
            return confirm_requirement(asker=cast.steering, requirement=requirement)

    acts = iter((confirm, lambda: tying.tie_requirement(asker=cast.steering, requirement_id=requirement.pk)))
    made = at_once(lambda: next(acts)())
    assert sorted(type(one).__name__ for one in made) == ["Refusal", "Requirement"]  # nothing was to be tied
