"""The cast of the room's tests: a small wholly fictitious ministry, and posts in it made as they are asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from soichieu.organisation import commands
from soichieu.organisation.askers import Asker, asker_for_post
from soichieu.organisation.models import Post, Unit

OPERATOR = Asker.operator_of_instance()
BEGIN = dt.date(2022, 1, 1)
DAY = dt.date(2022, 6, 1)
DATA = Path(__file__).resolve().parents[2] / "src" / "soichieu" / "demo" / "data" / "units"


@dataclass
class House:
    """Units by code, and posts in them by (unit, role)."""

    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[tuple[str, str], Post] = field(default_factory=dict)

    def found(
        self, code: str, under: str | None = None, kind: str = "department", line: str = "sector", **more
    ) -> Unit:
        self.units[code] = commands.found_unit(
            asker=OPERATOR,
            code=code,
            kind=kind,
            name=more.pop("name", f"Đơn vị {code}"),
            begins_on=more.pop("begins_on", BEGIN),
            superiors={line: self.units[under]} if under else None,
            fictitious=True,
            **more,
        )
        return self.units[code]

    def post(self, unit: str, role: str) -> Post:
        if (unit, role) not in self.posts:
            self.posts[unit, role] = commands.create_post(
                asker=OPERATOR,
                unit=self.units[unit],
                code=f"{unit}-{role}".replace("_", "-"),
                title=role,
                roles=[role],
                on=BEGIN,
            )
        return self.posts[unit, role]

    def asker(self, unit: str, role: str) -> Asker:
        return asker_for_post(self.post(unit, role), on=DAY)


@pytest.fixture
def house(db: None) -> House:
    """bo → cuc-a → phong-a1, and bo → cuc-b, on the sector line; ngoai is another ministry."""
    made = House()
    made.found("bo", kind="ministry", name="Bộ Mô phỏng")
    made.found("cuc-a", "bo", name="Cục A", order=2)
    made.found("cuc-b", "bo", name="Cục B", order=1)
    made.found("phong-a1", "cuc-a", kind="division", name="Phòng A1")
    made.found("ngoai", kind="ministry", name="Bộ khác")
    return made
