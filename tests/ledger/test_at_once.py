"""Two people at once: what one of them gives or divides, the other finds given or divided."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from soichieu.ledger.commands import allocate_parts
from soichieu.ledger.errors import Refusal
from soichieu.ledger.models import Entry, Obligation
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
