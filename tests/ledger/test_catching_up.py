"""What a process holds of the book while others write: nothing twice, nothing at another's place."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from soichieu.documents.commands import register_document
from soichieu.ledger.append import append
from soichieu.ledger.commands import define_requirement, open_obligations, record
from soichieu.ledger.commands.opening import _opened
from soichieu.ledger.fold import answer, columns, current_columns, forget_columns
from soichieu.ledger.models import Entry, Obligation
from tests.ledger.conftest import SIGNED, Cast, day


@pytest.mark.parametrize("held", [False, True], ids=["whole", "caught up"])
def test_a_line_that_is_written_while_the_book_is_read_is_held_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, held: bool
) -> None:
    """The heads are read first. What comes in before the lines are read belongs to the next reading."""
    (task,) = cast.open("1", deadline=day("30-6"))
    if held:
        current_columns()
        record(
            asker=cast.staff[0], kind="noted", happened_on=day("1-2"), obligations=[task.pk], payload={"reason": "a"}
        )
    read = columns._load_obligations

    def written_meanwhile(condition: str) -> Any:
        monkeypatch.setattr(columns, "_load_obligations", read)
        record(asker=cast.staff[0], kind="started", happened_on=day("1-3"), obligations=[task.pk])
        return read(condition)

    monkeypatch.setattr(columns, "_load_obligations", written_meanwhile)
    current_columns()
    assert answer(day("1-4")).cell(task.pk).lifecycle == "in_progress"
    assert len(current_columns().position) == Entry.objects.count()
    assert answer(day("1-4")).cell(task.pk).flagged == 0


def test_a_task_with_a_lower_number_that_comes_later_is_not_taken_for_another(cast: Cast) -> None:
    """Two directives have two locks: on PostgreSQL the task that got its number first may be committed last."""
    (task,) = cast.open("1", deadline=day("30-6"))
    other = register_document(
        cast.operator, number="06/KH-BT", issuer="Bộ Thử", signed_on=SIGNED, title="Khác", issuer_unit=cast.ministry
    )
    requirement = define_requirement(
        asker=cast.operator, directive=other, code="1", title="Việc khác", ladder="carried_out", closing="accepted"
    )
    (quick,) = open_obligations(
        asker=cast.operator, requirement=requirement, unit_ids=[cast.units[0].pk], happened_on=SIGNED
    )
    # The next number is given past this one, as a transaction that is still open would leave it.
    slow = Obligation(pk=quick.pk + 1, chain_id=task.chain_id, requirement=cast.requirements["1"], unit=cast.units[1])
    last = Obligation.objects.create(
        pk=quick.pk + 2, chain_id=quick.chain_id, requirement=requirement, unit=cast.units[1]
    )
    with transaction.atomic():
        append(
            asker=cast.operator,
            chain_id=last.chain_id,
            drafts=[_opened(last, SIGNED, None, False, None, (), requirement)],
        )
    assert answer(day("1-4")).cell(last.pk).lifecycle == "not_started"
    with transaction.atomic():
        slow.save(force_insert=True)
        due = dt.date(2025, 2, 1)
        append(
            asker=cast.operator,
            chain_id=slow.chain_id,
            drafts=[_opened(slow, SIGNED, due, False, None, (), cast.requirements["1"])],
        )
    now = answer(day("1-4"))
    assert now.cell(slow.pk).timeliness == "overdue"
    assert (now.cell(last.pk).timeliness, now.cell(last.pk).flagged) == ("no_deadline", 0)
    forget_columns()
    assert len(current_columns().ids) == Obligation.objects.count()
