"""The house of the directives' tests, with a plan asked of two departments and a directive that asks for it."""

from __future__ import annotations

import datetime as dt

import pytest

from soichieu.documents.commands import register_document
from soichieu.ledger.commands import define_requirement, open_obligations
from soichieu.plans.commands.register import Facts, make_plan
from tests.directives.conftest import _clean, house  # noqa: F401

SIGNED = dt.date(2025, 1, 9)
GIVEN = dt.date(2025, 1, 20)


@pytest.fixture
def directive(house):  # noqa: F811
    return register_document(
        house.askers["steering"], number="05/KH-BTN", issuer="Bộ Thử nghiệm", signed_on=SIGNED,
        title="Kế hoạch thử", issuer_unit=house.ministry, public=True,
    )  # fmt: skip


@pytest.fixture
def tasks(house, directive):  # noqa: F811
    """One obligation of each ladder and closing for the first department, and the plan's for the second."""
    made = {}
    for code, ladder, closing in (("1", "made_concrete", "issued"), ("2", "carried_out", "accepted")):
        requirement = define_requirement(
            asker=house.operator, directive=directive, code=code, title=f"Xây dựng kế hoạch {code}", ladder=ladder,
            closing=closing, deadline=dt.date(2025, 6, 30),
        )  # fmt: skip
        opened = open_obligations(
            asker=house.operator, requirement=requirement, unit_ids=[unit.pk for unit in house.units[:2]],
            happened_on=GIVEN,
        )  # fmt: skip
        made[code] = opened
    return made


@pytest.fixture
def plan(house):  # noqa: F811
    """A plan of the first department, without lines."""
    return make_plan(
        asker=house.askers["staff"],
        unit=house.units[0],
        facts=Facts(kind="plan", term="year", title="Kế hoạch công tác năm 2025"),
    )
