"""The pages in a real browser: readable for everyone, whole at both widths, done without a mouse."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from soichieu.findings import commands
from soichieu.findings.models import Answer
from tests.findings.conftest import OBJECTIVE, SUBJECTIVE, Hall, done, given

pytestmark = pytest.mark.browser


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1440, 390])
def test_readable_and_whole(
    hall: Hall,
    notice: Any,
    page_for: Any,
    assert_accessible: Any,
    screenshot: Any,
    width: int,
) -> None:
    first = hall.raise_(objective_cause=OBJECTIVE, subjective_cause=SUBJECTIVE)
    hall.raise_(subjective_cause=SUBJECTIVE, same_as=first, occasion=hall.autumn)
    for who in ("steering", "secretary"):
        commands.word(
            asker=hall.asker(who), holder_unit_id=hall.ministry, finding=first,
            after=[first.versions.order_by("pk")[0]], words=f"Câu của {who} " * 12,
        )  # fmt: skip
    hall.raise_(words="Thiếu vật tư.", subjective_cause=SUBJECTIVE, occasion=hall.autumn)
    proposal = hall.raise_("proposal", author_unit=hall.unit(0), addressee="", addressee_unit=hall.ministry)
    task, tasks = given(hall, notice, [hall.unit(0), hall.unit(1)])
    done(hall, tasks[0], notice.signed_on)
    hall.conclude(hall.draft(terms=hall.terms(product="")), despite=True)
    page = page_for(hall.house.accounts["steering"], width=width)
    addresses = {
        "list": reverse("findings:findings"),
        "follow-up": reverse("findings:follow-up"),
        "sheet": reverse("board:unit", args=[hall.unit(0)]),
        **{one.kind: reverse("findings:finding", args=[one.key]) for one in (first, proposal, task)},
    }
    for name, address in addresses.items():
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        screenshot(page, f"findings-{name}-{width}")


@pytest.mark.django_db(transaction=True)
def test_a_proposal_is_answered_from_the_keyboard(hall: Hall, page_for: Any) -> None:
    proposal = hall.raise_("proposal", author_unit=hall.unit(0), addressee="", addressee_unit=hall.unit(1))
    page = page_for(hall.house.accounts["peer"])
    page.goto(reverse("findings:finding", args=[proposal.key]))
    page.focus("[name=answer-choice]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Đã bố trí trong kế hoạch.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notices .good")
    made = Answer.objects.get()
    assert (made.choice, made.reason) == ("accepted", "Đã bố trí trong kế hoạch.")
