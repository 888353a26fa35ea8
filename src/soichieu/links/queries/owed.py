"""What the asker's own house owes on the ladder *held against the light*: the directives on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from django.urls import NoReverseMatch, reverse

from soichieu.documents import rights
from soichieu.documents.models import Document
from soichieu.ledger import queries as ledger
from soichieu.ledger.fold import Cell
from soichieu.ledger.kinds import Ladder
from soichieu.ledger.models import Obligation
from soichieu.organisation.askers import Asker, today
from soichieu.organisation.queries import counterpart_of

PASSED = frozenset({"waived", "superseded"})


@dataclass(frozen=True)
class Owed:
    """One task to hold what is in force against the light. ``url``: where it is done; empty where no room has it."""

    obligation: Obligation
    cell: Cell
    unit_id: int

    @property
    def directive(self) -> Document:
        """Against what."""
        return self.obligation.chain.directive

    @property
    def url(self) -> str:
        try:
            return reverse("plans:review", args=[self.unit_id, self.directive.pk])
        except NoReverseMatch:
            return ""


def owed(asker: Asker) -> list[Owed]:
    """The tasks that the asker's unit and its counterpart hold, those still to be done first, then by deadline."""
    if asker.unit_id is None:
        return []
    house = [one for one in (asker.unit_id, counterpart_of(asker.unit_id, today())) if one is not None]
    now = ledger.Question.now().answer()
    held = now.columns.ids[np.isin(now.holder, house)]
    wanted = Obligation.objects.filter(
        pk__in=rights.id_list(int(one) for one in held),
        requirement__ladder=Ladder.HELD_UP,
        chain__directive__in=rights.visible_documents(asker).values("pk"),
    )
    found = []
    for one in wanted.select_related("requirement", "chain__directive").order_by("pk"):
        cell = now.cell(one.pk)
        if cell.lifecycle not in PASSED:
            found.append(Owed(one, cell, cell.holder_id or one.unit_id))
    return sorted(found, key=lambda one: (one.cell.lifecycle == "done", one.cell.current_deadline or dt.date.max))
