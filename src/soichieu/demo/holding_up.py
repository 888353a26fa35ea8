"""How the other offices of the fictitious ministry hold what is in force against the light: one programme each, its
verdict, the report that closes the task."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from soichieu.ledger import clock
from soichieu.ledger.models import Obligation
from soichieu.organisation.models import Unit
from soichieu.plans.commands.register import make_plan
from soichieu.plans.commands.reviews import Given, give_verdicts, register_review
from soichieu.plans.facts import Facts
from soichieu.plans.queries.reviews import sheet

if TYPE_CHECKING:
    from soichieu.demo.life import Life

TITLE = "Chương trình bảo dưỡng đèn biển giai đoạn 2023 - 2028"
SIGNED, LAST = dt.date(2023, 1, 16), dt.date(2028, 12, 31)


def hold_up(life: Life, task: Obligation, held: dt.date, recorded: dt.date, number: str) -> None:
    """Plan an office's review of ``held``, which the book learns of on ``recorded``."""

    def run() -> None:
        from soichieu.demo.life import at

        with clock.injected(at(recorded, 9 + task.pk % 7, task.pk % 60)):
            asker = life.who(task, "claimed")
            facts = Facts(
                kind="programme", term="term", title=TITLE, number="12/CTr-THĐ", signed_on=SIGNED, from_day=SIGNED,
                to_day=LAST,
            )  # fmt: skip
            make_plan(asker=asker, unit=Unit.objects.get(pk=task.unit_id), facts=facts)
            # An office whose own plan is in force by then holds that up too.
            counted = sheet(task.unit_id, life.directive, held, decided_by=held)
            given = [Given(facts.plan, "keep") for facts in counted.missing]
            give_verdicts(asker=asker, directive=life.directive, given=given, decided_on=held)
            register_review(asker=asker, obligation_id=task.pk, on=held, number=number, signed_on=held)

    life.later(recorded, run)
