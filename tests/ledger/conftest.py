"""A small cast: a fictitious ministry, its steering office, three departments, a verifier, one directive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from soichieu.documents.commands import register_document
from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.ledger.commands import define_requirement, open_obligations
from soichieu.ledger.fold import forget_columns
from soichieu.ledger.models import Obligation, Requirement
from soichieu.organisation.askers import Asker, asker_for_post
from soichieu.organisation.commands import create_post, found_unit
from soichieu.organisation.models import Unit

SIGNED = dt.date(2025, 1, 9)
NOW = dt.datetime(2025, 12, 1, 3, 0, tzinfo=dt.UTC)


def day(text: str) -> dt.date:
    """ "25-6" in 2025."""
    d, m = text.split("-")
    return dt.date(2025, int(m), int(d))


@dataclass
class Cast:
    operator: Asker
    ministry: Unit
    units: list[Unit]
    steering: Asker
    staff: list[Asker]
    verifier: Asker
    observer: Asker
    directive: Document
    requirements: dict[str, Requirement] = field(default_factory=dict)

    def require(self, code: str, closing: str = "accepted", ladder: str = "carried_out", **rest: object) -> Requirement:
        self.requirements[code] = define_requirement(
            asker=self.operator,
            directive=self.directive,
            code=code,
            title=f"Việc {code}",
            ladder=ladder,
            closing=closing,
            **rest,
        )
        return self.requirements[code]

    def open(
        self, code: str, closing: str = "accepted", ladder: str = "carried_out", units: int = 1, **rest: object
    ) -> list[Obligation]:
        requirement = self.requirements.get(code) or self.require(code, closing, ladder)
        return open_obligations(
            asker=self.operator,
            requirement=requirement,
            unit_ids=[unit.pk for unit in self.units[:units]],
            happened_on=SIGNED,
            **rest,
        )


@pytest.fixture(autouse=True)
def _fresh_columns() -> Iterator[None]:
    forget_columns()
    with clock.injected(NOW):
        yield
    forget_columns()


@pytest.fixture
def cast(db: None) -> Cast:
    operator = Asker.operator_of_instance()
    begins = dt.date(2020, 1, 1)
    ministry = found_unit(
        asker=operator, code="bo-thu", kind="ministry", name="Bộ Thử", begins_on=begins, fictitious=True
    )
    units = [
        found_unit(
            asker=operator,
            code=f"cuc-{n}",
            kind="department",
            name=f"Cục {n}",
            begins_on=begins,
            fictitious=True,
            superiors={"sector": ministry},
            order=n,
        )
        for n in range(1, 4)
    ]

    def sit(unit: Unit, code: str, *roles: str) -> Asker:
        post = create_post(asker=operator, unit=unit, code=code, title=code, roles=roles, on=begins)
        return asker_for_post(post)

    return Cast(
        operator=operator,
        ministry=ministry,
        units=units,
        steering=sit(ministry, "thuong-truc", "steering_office"),
        staff=[sit(unit, f"can-bo-{n}", "staff_officer") for n, unit in enumerate(units, start=1)],
        verifier=sit(ministry, "kiem-chung", "verifier"),
        observer=sit(ministry, "nguoi-xem", "observer"),
        directive=register_document(
            operator, number="05/KH-BT", issuer="Bộ Thử", signed_on=SIGNED, title="Kế hoạch thử", issuer_unit=ministry
        ),
    )
