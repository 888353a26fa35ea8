"""A fictitious ministry whose steering office gives tasks from the real 03/NQ-CP; and its people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import soichieu
from soichieu.accounts.commands import create_account
from soichieu.accounts.models import Account
from soichieu.documents.commands import register_document
from soichieu.documents.models import Document
from soichieu.ledger.fold import forget_columns
from soichieu.organisation.askers import Asker, asker_for_post
from soichieu.organisation.commands import appoint, create_post, found_unit
from soichieu.organisation.models import Unit

DATA = Path(soichieu.__file__).parent / "demo" / "data" / "directives"
BEGINS = dt.date(2020, 1, 1)
SIGNED = dt.date(2025, 1, 9)


@dataclass
class House:
    operator: Asker
    ministry: Unit
    units: list[Unit]
    elsewhere: Unit
    askers: dict[str, Asker] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)


@pytest.fixture(autouse=True)
def _clean(settings, tmp_path) -> Iterator[None]:
    settings.FILES_ROOT = tmp_path / "files"
    forget_columns()
    yield
    forget_columns()


@pytest.fixture
def house(db) -> House:
    operator = Asker.operator_of_instance()
    ministry = found_unit(
        asker=operator, code="bo-thu", kind="ministry", name="Bộ Thử nghiệm", begins_on=BEGINS, fictitious=True
    )
    elsewhere = found_unit(
        asker=operator, code="bo-khac", kind="ministry", name="Bộ Khác", begins_on=BEGINS, fictitious=True
    )
    units = [
        found_unit(
            asker=operator, code=f"cuc-{n}", kind="department", name=f"Cục Số {n}", begins_on=BEGINS, fictitious=True,
            superiors={"sector": ministry}, order=n,
        )
        for n in range(1, 6)
    ]  # fmt: skip
    units += [
        found_unit(
            asker=operator, code=f"phong-{n}", kind="division", name=f"Phòng Ba {n}", begins_on=BEGINS,
            fictitious=True, superiors={"sector": units[2]}, order=n,
        )
        for n in range(1, 3)
    ]  # fmt: skip
    made = House(operator, ministry, units, elsewhere)
    for key, unit, role in (
        ("steering", ministry, "steering_office"),
        ("observer", ministry, "observer"),
        ("staff", units[0], "staff_officer"),
        ("clerk", units[0], "records_clerk"),
        ("other", elsewhere, "steering_office"),
    ):
        post = create_post(asker=operator, unit=unit, code=key, title=f"Chức danh {key}", roles=[role], on=BEGINS)
        person = appoint(asker=operator, post=post, person=f"Người {key}", on=BEGINS)
        made.askers[key] = asker_for_post(post)
        made.accounts[key] = create_account(asker=operator, username=key, password="mat-khau-thu-10", person=person)
    return made


@pytest.fixture
def directive(house: House) -> Document:
    """03/NQ-CP with its table of tasks, registered by the ministry's steering office."""
    name = "03-NQ-CP-annex-2-tasks.md"
    return register_document(
        house.askers["steering"],
        number="03/NQ-CP",
        issuer="Chính phủ",
        signed_on=SIGNED,
        title="Chương trình hành động của Chính phủ thực hiện Nghị quyết số 57-NQ/TW",
        file=((DATA / name).read_bytes(), name),
    )
