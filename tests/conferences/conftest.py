"""The house of the directives' tests with a head, and a conference of its ministry with a site for each department."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

from soichieu.accounts.commands import create_account
from soichieu.conferences import book
from soichieu.conferences.commands import planning
from soichieu.conferences.kinds import EventKind
from soichieu.conferences.models import Conference
from soichieu.conferences.state import State, state_of
from soichieu.documents.commands import register_document
from soichieu.ledger import clock
from soichieu.organisation.askers import Asker, asker_for_post
from soichieu.organisation.commands import appoint, create_post, delegate
from tests.directives.conftest import BEGINS, House, _clean, house  # noqa: F401

HELD_ON = dt.date(2025, 11, 14)


@dataclass
class Meeting:
    """A conference ready to be opened. ``chair``: head of the ministry; ``secretary``: who acts on the chair's behalf;
    ``site``: an officer of the first department. Sites are named ``centre``, ``s1`` … ``s5``, agenda lines ``opening``,
    ``st1`` … ``st3``, ``break``, ``closing``."""

    house: House
    conference: Conference
    directive: Any
    chair: Asker
    secretary: Asker
    site: Asker

    @property
    def state(self) -> State:
        return state_of(self.conference)


@pytest.fixture
def meeting(house) -> Meeting:  # noqa: F811
    operator = house.operator
    head = create_post(asker=operator, unit=house.ministry, code="head", title="Bộ trưởng", roles=["head"], on=BEGINS)
    aide = create_post(asker=operator, unit=house.ministry, code="aide", title="Thư ký", roles=["secretary"], on=BEGINS)
    for post, name in ((head, "Người đứng đầu"), (aide, "Người thư ký")):
        person = appoint(asker=operator, post=post, person=name, on=BEGINS)
        house.accounts[post.code] = create_account(
            asker=operator, username=post.code, password="mat-khau-thu-10", person=person
        )
    delegate(asker=operator, agent=aide, principal=head, on=BEGINS, basis="phân công")
    directive = register_document(
        house.askers["steering"], number="05/KH-BTN", issuer="Bộ Thử nghiệm", signed_on=dt.date(2025, 1, 9),
        title="Kế hoạch thử", issuer_unit=house.ministry, public=True,
    )  # fmt: skip
    with clock.injected(dt.datetime(2025, 11, 10, 2, tzinfo=dt.UTC)):
        conference = planning.plan(
            asker=house.askers["steering"], unit_id=house.ministry.pk,
            facts={"title": "Hội nghị sơ kết (thử)", "kind": "interim", "held_on": HELD_ON,
                   "starts_at": dt.time(8), "directives": [directive.pk], "chair": "Bộ trưởng"},
        )  # fmt: skip
        steering = house.askers["steering"]
        book.write(steering, conference, EventKind.SITE, {"key": "centre", "name": "Điểm cầu trung tâm",
                   "unit": house.ministry.pk, "order": 0})  # fmt: skip
        for number, unit in enumerate(house.units[:5], start=1):
            book.write(steering, conference, EventKind.SITE, {"key": f"s{number}", "name": f"Điểm cầu Cục Số {number}",
                       "unit": unit.pk, "order": number, "parent": "centre"})  # fmt: skip
        items = [{"key": "opening", "kind": "opening", "title": "Khai mạc", "minutes": 5, "site": "centre"}]
        items += [
            {"key": f"st{n}", "kind": "statement", "title": f"Tham luận {n}", "minutes": 7, "site": f"s{n}"}
            for n in (1, 2, 3)
        ]
        items += [
            {"key": "break", "kind": "break", "title": "Giải lao", "minutes": 15},
            {"key": "closing", "kind": "closing", "title": "Bế mạc", "minutes": 5, "site": "centre"},
        ]
        book.write(steering, conference, EventKind.AGENDA, {"items": items})
    return Meeting(
        house, conference, directive, asker_for_post(head), asker_for_post(aide, on_behalf_of=head),
        house.askers["staff"],
    )  # fmt: skip
