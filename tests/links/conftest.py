"""A department whose plan lies against the real 57-NQ/TW, and a provider that holds plans in memory.

The room of links knows plans only through a provider; here one of its own stands in for the rooms that have lines.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist

from soichieu.documents.commands import link_documents, read_edition, register_document
from soichieu.documents.hashes import canonical_hash
from soichieu.documents.models import Document
from soichieu.links import items
from soichieu.links.items import Head, Holding, Item, Slip
from soichieu.organisation import permissions
from soichieu.organisation.askers import today
from soichieu.reading import read_bytes
from tests.directives.conftest import DATA, SIGNED, _clean, house  # noqa: F401

ROOM, KIND = "tests", "plan"


@dataclass
class Plans:
    """What a room with lines answers, from memory; ``shown`` are the plans whose own unit has seen the shares."""

    holdings: dict[str, Holding] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)

    def _sees(self, asker: Any, unit_id: int) -> bool:
        ids = permissions.visible_units(asker, on=today())
        return ids is None or unit_id in set(ids)

    def holding(self, asker: Any, key: str) -> Holding:
        found = self.holdings.get(key)
        if found is None or not self._sees(asker, found.unit_id):
            raise ObjectDoesNotExist(key)
        return found

    def slips(self, asker: Any) -> list[Slip]:
        return [
            Slip(one.room, one.kind, one.key, one.unit_id, tuple(above.pk for above in one.superiors))
            for one in self.holdings.values()
            if self._sees(asker, one.unit_id)
        ]

    def heads(self, asker: Any, keys: Any) -> list[Head]:
        return [
            Head(one.room, one.kind, one.key, one.unit_id, one.title, one.url, one.edition, len(one.items))
            for one in self.holdings.values()
            if self._sees(asker, one.unit_id) and one.key in keys
        ]

    def line_counts(self, asker: Any, keys: Any) -> dict[str, int]:
        return {head.key: head.lines for head in self.heads(asker, keys)}

    def state(self) -> Any:
        return tuple((key, held.edition) for key, held in self.holdings.items())

    def titles(self, keys: Any) -> dict[str, tuple[str, str]]:
        return {key: (self.holdings[key].title, self.holdings[key].url) for key in keys if key in self.holdings}

    def items(self, keys: Any) -> dict[str, Item]:
        wanted = set(keys)
        return {one.key: one for held in self.holdings.values() for one in held.items if one.key in wanted}

    def item_hashes(self, keys: Any) -> dict[str, str]:
        return {key: one.hash for key, one in self.items(keys).items()}

    def changed_since(self, key: str, hash: str) -> list[tuple[str, str, str]]:
        return []

    def shown_shares(self, asker: Any, holding: Holding, document: Document) -> bool:
        if asker.unit_id == holding.unit_id:
            self.shown.add(holding.key)
        return holding.key in self.shown

    def edit(self, key: str, item_key: str, **changes: Any) -> None:
        """A new version of a plan in which one line reads otherwise."""
        held = self.holdings[key]
        lines = tuple(
            rehashed(dataclasses.replace(one, **changes)) if one.key == item_key else one for one in held.items
        )
        self.holdings[key] = dataclasses.replace(held, items=lines, edition=held.edition + 1)


def rehashed(item: Item) -> Item:
    """A line with the hash of what it says now."""
    words = [item.text, item.heading, list(item.leads), item.output, item.deadline_text]
    return dataclasses.replace(item, hash=canonical_hash(words))


@pytest.fixture
def plans() -> Iterator[Plans]:
    made = Plans()
    items._registry.providers[ROOM, KIND] = made
    yield made
    del items._registry.providers[ROOM, KIND]


@dataclass
class Desk:
    """A plan on the light table."""

    house: Any
    plans: Plans
    document: Document
    programme: Document
    key: str

    @property
    def holding(self) -> Holding:
        return self.plans.holdings[self.key]

    def call(self, command: Any, asker: str = "staff", **values: Any) -> Any:
        return command(asker=self.house.askers[asker], room=ROOM, kind=KIND, plan_key=self.key, **values)

    def place(self, citation: str) -> str:
        """The key of the sentence at a citation in the newest text."""
        edition = self.document.editions.order_by("-ordinal").first()
        assert edition is not None
        return edition.provisions.get(citation=citation).identity.key


def programme_rows() -> list[dict[str, Any]]:
    """The 140 tasks of 03/NQ-CP's annex 2 as the reader gives them."""
    name = "03-NQ-CP-annex-2-tasks.md"
    return list(read_bytes((DATA / name).read_bytes(), name).tables[0].rows)


def lines_of_annex_2(many: int | None = None) -> tuple[Item, ...]:
    """Lines of a plan made from rows of the real annex."""
    made = []
    for at, row in enumerate(programme_rows()[:many], 1):
        deadline = row.get("deadline") or {}
        until = deadline.get("to")
        made.append(
            rehashed(
                Item(
                    key=f"line{at:022d}",
                    text=row["task"],
                    heading=row.get("group") or "",
                    number=str(row.get("number") or ""),
                    leads=tuple(lead["text"] for lead in row.get("leads") or []),
                    cooperators=row.get("cooperators") or "",
                    output=row.get("output") or "",
                    deadline_text=deadline.get("text") or "",
                    deadline=dt.date.fromisoformat(until) if until else None,
                )
            )
        )
    return tuple(made)


@pytest.fixture
def desk(house: Any, plans: Plans) -> Desk:  # noqa: F811
    """57-NQ/TW with its text, 03/NQ-CP with its tasks, and a department's plan of 24 lines."""
    steering = house.askers["steering"]
    document = register_document(
        steering, number="57-NQ/TW", issuer="Bộ Chính trị", signed_on=dt.date(2024, 12, 22), public=True,
        title="về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
        file=((DATA / "57-NQ-TW.txt").read_bytes(), "57-NQ-TW.txt"),
    )  # fmt: skip
    programme = register_document(
        steering, number="03/NQ-CP", issuer="Chính phủ", signed_on=SIGNED, public=True,
        title="Chương trình hành động của Chính phủ thực hiện Nghị quyết số 57-NQ/TW",
    )  # fmt: skip
    name = "03-NQ-CP-annex-2-tasks.md"
    read_edition(steering, programme, (DATA / name).read_bytes(), name)
    link_documents(steering, source=programme, target=document, relation="implements")
    key = "plan0000000000000000000001"
    plans.holdings[key] = Holding(
        room=ROOM, kind=KIND, key=key, unit_id=house.units[0].pk,
        title="12/KH-CS1 – Kế hoạch triển khai Nghị quyết số 57-NQ/TW", url="/plans/", items=lines_of_annex_2(24),
        superiors=(document, programme), begun_on=dt.date(2025, 2, 1), edition=1,
    )  # fmt: skip
    return Desk(house, plans, document, programme, key)
