"""A ministry that holds two review conferences, half a year apart, and the people of its departments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from soichieu.accounts.commands import create_account
from soichieu.documents.commands import register_document
from soichieu.documents.models import Document
from soichieu.findings import commands
from soichieu.findings.models import Finding
from soichieu.findings.occasions import Occasion
from soichieu.findings.queries import Shown, shown, visible_findings
from soichieu.findings.sources import source_of
from soichieu.ledger.commands import define_requirement, open_obligations, record
from soichieu.ledger.models import Obligation
from soichieu.organisation.askers import asker_for_post
from soichieu.organisation.commands import appoint, create_post
from tests.directives.conftest import BEGINS, _clean, house  # noqa: F401

SPRING, AUTUMN = dt.date(2025, 4, 1), dt.date(2025, 10, 1)
SIGNED = dt.date(2025, 4, 4)
DUE = dt.date(2025, 9, 30)
OBJECTIVE = "Đường truyền về các trạm còn yếu"
SUBJECTIVE = "Một số cán bộ chưa chủ động tham mưu"


@dataclass
class Hall:
    """The house with its two conferences."""

    house: Any
    spring: Occasion
    autumn: Occasion

    @property
    def ministry(self) -> int:
        return self.house.ministry.pk

    def unit(self, at: int) -> int:
        return self.house.units[at].pk

    def asker(self, name: str) -> Any:
        return self.house.askers[name]

    def shown(self, finding: Finding, to: str) -> Shown:
        """A finding as somebody sees it now."""
        return shown([visible_findings(self.asker(to)).get(key=finding.key)])[0]

    def raise_(self, kind: str = "shortcoming", words: str = "Việc cập nhật số liệu còn chậm.", **more: Any) -> Finding:
        occasion = more.pop("occasion", self.spring)
        values: dict[str, Any] = {
            "asker": self.asker("steering"),
            "holder_unit_id": self.ministry,
            "kind": kind,
            "words": words,
            "occasion": occasion,
            "on": AUTUMN if occasion is self.autumn else SPRING,
            "units": [self.unit(0)] if kind == "shortcoming" else [],
        }
        if kind == "proposal":
            values["addressee"] = "Chính phủ"
        return commands.raise_finding(**values | more)

    def terms(self, **more: Any) -> dict[str, Any]:
        return {
            "leads": [self.unit(0)],
            "given": "one",
            "task": "Xây dựng đề án hiện đại hóa hệ thống hải đăng",
            "deadline": "2025-12-31",
            "responsibility": "Cục trưởng Cục Số 1",
            "authority": "Bộ trưởng Bộ Thử nghiệm phê duyệt",
            "product": "Đề án",
        } | more

    def draft(self, kind: str = "task", words: str = "Giao Cục Số 1 xây dựng đề án.", **more: Any) -> Finding:
        values: dict[str, Any] = {
            "asker": self.asker("steering"),
            "holder_unit_id": self.ministry,
            "occasion": self.spring,
            "on": SPRING,
            "conclusion_kind": kind,
            "words": words,
        }
        if kind == "task":
            values["terms"] = self.terms()
        if kind == "proposal":
            values["addressee"] = "Chính phủ"
        return commands.draft_conclusion(**values | more)

    def conclude(self, finding: Finding, **more: Any) -> Any:
        values: dict[str, Any] = {
            "asker": self.asker("head"),
            "holder_unit_id": self.ministry,
            "finding": finding,
            "version": finding.versions.order_by("-pk")[0],
            "on": SPRING,
        }
        return commands.conclude(**values | more)


@pytest.fixture
def hall(house: Any) -> Hall:  # noqa: F811
    for name, unit, role in (
        ("head", house.ministry, "head"),
        ("secretary", house.ministry, "staff_officer"),
        ("peer", house.units[1], "staff_officer"),
    ):
        post = create_post(
            asker=house.operator, unit=unit, code=name, title=f"Chức danh {name}", roles=[role], on=BEGINS
        )
        person = appoint(asker=house.operator, post=post, person=f"Người {name}", on=BEGINS)
        house.askers[name] = asker_for_post(post)
        house.accounts[name] = create_account(
            asker=house.operator, username=name, password="mat-khau-thu-10", person=person
        )
    held = [
        Occasion("tests", "conference", key, label, house.ministry.pk)
        for key, label in (("spring", "Hội nghị sơ kết 6 tháng"), ("autumn", "Hội nghị tổng kết năm"))
    ]
    return Hall(house, *held)


@pytest.fixture
def signed_in(hall: Hall, client: Any) -> Callable[[str], Any]:
    """A visitor signed in as one of the people."""

    def sign_in(name: str) -> Any:
        client.force_login(hall.house.accounts[name])
        return client

    return sign_in


@pytest.fixture
def notice(hall: Hall) -> Document:
    return register_document(
        hall.asker("steering"), number="12/TB-BTN", issuer="Bộ Thử nghiệm", signed_on=SIGNED,
        title="Thông báo kết luận", issuer_unit=hall.house.ministry,
    )  # fmt: skip


def given(hall: Hall, document: Document, leads: list[int], code: str = "1") -> tuple[Any, list[Obligation]]:
    """A conclusion that was concluded, put into the notice and opened as a task of some units."""
    finding = hall.draft(terms=hall.terms(leads=leads, given="each", deadline=DUE.isoformat()))
    hall.conclude(finding)
    requirement = define_requirement(
        asker=hall.house.operator, directive=document, code=code, title="Xây dựng đề án", ladder="carried_out",
        closing="accepted", deadline=DUE,
    )  # fmt: skip
    made = open_obligations(
        asker=hall.house.operator, requirement=requirement, unit_ids=leads, happened_on=SIGNED,
        source=source_of(finding),
    )  # fmt: skip
    commands.settle_in_notice(
        asker=hall.asker("steering"), holder_unit_id=hall.ministry, finding=finding, document=document, on=SIGNED,
        requirement=requirement,
    )  # fmt: skip
    return finding, made


def done(hall: Hall, obligation: Obligation, on: dt.date) -> None:
    for kind in ("claimed", "accepted"):
        record(asker=hall.house.operator, kind=kind, obligations=[obligation.pk], happened_on=on)
