"""What the tests of the matrix share: a directive, lines that a provider hands out, decisions about them."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from soichieu.documents.models import ProvisionIdentity
from soichieu.ledger import clock
from soichieu.ledger.commands import define_requirement, open_obligations
from soichieu.ledger.models import Requirement
from soichieu.links import items
from soichieu.links.items import Item
from soichieu.links.models import Decision, LeftOpen
from soichieu.links.queries.decided import forget_decided
from tests.links.conftest import KIND, ROOM, Plans

TEXT = """KẾ HOẠCH
Thử ma trận

I- MỤC TIÊU

1. Đến năm 2026

- Có ít nhất 95% số đèn sáng đúng giờ.

- Toàn bộ trạm có nhật ký điện tử.

II- NHIỆM VỤ

1. Quán triệt

- Các đơn vị tổ chức quán triệt Kế hoạch này. Các đơn vị báo cáo kết quả trước ngày 30-6-2025.

- Các đơn vị ban hành kế hoạch thực hiện.

2. Thiết bị

- Các đơn vị lập danh mục thiết bị.

III- TỔ CHỨC THỰC HIỆN

1. Văn phòng theo dõi, đôn đốc.
"""


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    forget_decided()
    yield
    forget_decided()


def register(house: Any) -> Any:
    from soichieu.documents.commands import register_document

    return register_document(
        house.askers["steering"], number="05/KH-BTN", issuer="Bộ Thử nghiệm", title="Kế hoạch thử ma trận",
        signed_on=clock.today().replace(year=2025, month=1, day=9), issuer_unit=house.ministry,
        file=(TEXT.encode(), "05.txt"),
    )  # fmt: skip


@pytest.fixture
def directive(house: Any) -> Any:
    return register(house)


def decide(directive: Any, unit: Any, item: str, identity: int, relation: str, origin: str = "added") -> Decision:
    return Decision.objects.create(
        unit=unit, room=ROOM, kind=KIND, plan_key=f"plan-{unit.pk}", item_key=item, provision_id=identity,
        document=directive, relation=relation, origin=origin, item_hash="", provision_hash="", made_at=clock.now(),
    )  # fmt: skip


def leave_open(directive: Any, unit: Any, identity: int, reason: str) -> LeftOpen:
    return LeftOpen.objects.create(
        unit=unit, plan_key=f"plan-{unit.pk}", provision_id=identity, document=directive, reason=reason,
        provision_hash="", made_at=clock.now(),
    )  # fmt: skip


def give(house: Any, directive: Any, identity: int, units: Any) -> Requirement:
    """A task that one sentence gave to some units."""
    code = str(Requirement.objects.filter(directive=directive).count() + 1)
    requirement = define_requirement(
        asker=house.operator, directive=directive, code=code, title="Việc", ladder="carried_out", closing="accepted",
        provisions=[(ProvisionIdentity.objects.get(pk=identity), "")],
    )  # fmt: skip
    ids = [one.pk for one in units]
    open_obligations(asker=house.operator, requirement=requirement, unit_ids=ids, happened_on=clock.today())
    return requirement


class Lines(Plans):
    """A provider whose newest versions hold the lines of ``there``, whoever asks."""

    there: set[str]

    def item_hashes(self, keys: Any) -> dict[str, str]:
        return {key: "" for key in keys if key in self.there}

    def state(self) -> Any:
        return frozenset(self.there)

    def items(self, keys: Any) -> dict[str, Item]:
        return {key: Item(key=key, text=f"Đầu việc {key}", number=key[-1]) for key in keys}

    def titles(self, keys: Any) -> dict[str, tuple[str, str]]:
        return {key: (f"Kế hoạch {key}", "/plans/") for key in keys}


@pytest.fixture
def lines() -> Iterator[Lines]:
    made = Lines()
    made.there = {f"line{number}" for number in range(30)}
    items._registry.providers[ROOM, KIND] = made
    yield made
    del items._registry.providers[ROOM, KIND]


# --- The oracle ------------------------------------------------------------------------------------------------------


def sentence(directive: Any, citation: str) -> int:
    return directive.editions.get().provisions.get(citation=citation).identity_id


@pytest.fixture
def decided_pairs(house: Any, directive: Any, lines: Lines) -> Any:
    place = sentence(directive, "II.1.-2.s1")
    decide(directive, house.units[0], "line1", place, "equivalent")
    decide(directive, house.units[1], "line2", place, "intersects")
    leave_open(directive, house.units[3], place, "việc của đơn vị khác")
    decide(directive, house.units[1], "line3", sentence(directive, "II.2.-1.s1"), "subset")
    return SimpleNamespace(place=place)
