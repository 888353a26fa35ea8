"""Where the work is stuck: ladder by ladder of one directive, a few units by name, and with whom the work lies."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from django.urls import reverse

from soichieu.board import links
from soichieu.board.ask import with_query
from soichieu.board.queries.custody import told
from soichieu.board.queries.cut import Cut
from soichieu.board.words import CUSTODY
from soichieu.documents.models import Document
from soichieu.ledger.coverage import Count
from soichieu.ledger.fold import states as st
from soichieu.ledger.kinds import Ladder
from soichieu.organisation.names import name_of

NAMES = 3


@dataclass(frozen=True)
class Name:
    """One unit that is late: its worst task, by how many days, with whom it lies now and since how many days."""

    unit: str
    url: str
    late: int
    with_whom: str
    days: int


@dataclass
class LadderStuck:
    ladder: str
    label: str
    counted: Count
    stuck: int
    list_url: str
    names: list[Name] = field(default_factory=list)
    more: int = 0


@dataclass
class Stuck:
    directive: Document
    board_url: str
    ladders: list[LadderStuck]
    partial: bool

    @property
    def total(self) -> int:
        return sum(one.stuck for one in self.ladders)


def stuck_of(cut: Cut, directive: Document, query: dict[str, str]) -> Stuck:
    """Every ladder on which something is counted; names only where something is overdue or returned."""
    bad = cut.stuck & cut.counted
    out = []
    for ladder in Ladder:
        counted = cut.count(ladder.value)
        if not counted.of:
            continue
        at = np.flatnonzero(bad & cut._in_ladder(ladder.value))
        late = cut.axis("late")[at]
        at = at[np.argsort(-late, kind="stable")]
        worst = list(dict.fromkeys(cut.unit[at].tolist()))
        url = links.list_url(directive.pk, query, {"ladder": ladder.value, "counted": "1", "figure": "stuck"})
        one = LadderStuck(ladder.value, str(ladder.label), counted, len(at), url, more=max(0, len(worst) - NAMES))
        units = name_of([int(cut.units[unit]) for unit in worst[:NAMES]], cut.question.as_at, short=True)
        for unit in worst[:NAMES]:
            place = next(each for each in at.tolist() if cut.unit[each] == unit)
            row = int(cut.rows[place])
            _steps, runs = told(cut.answer, row)
            holder = int(cut.answer.clock_with[row])
            one.names.append(
                Name(
                    units[int(cut.units[unit])],
                    links.obligation_url(int(cut.answer.columns.ids[row]), query),
                    int(cut.axis("late")[place]),
                    "" if holder == st.H_NOBODY else str(CUSTODY[st.HOLDERS[holder]]),
                    runs[-1].last - runs[-1].first if runs else 0,
                )  # fmt: skip
            )
        out.append(one)
    return Stuck(directive, with_query(reverse("board:board", args=[directive.pk]), query), out, cut.partial)
