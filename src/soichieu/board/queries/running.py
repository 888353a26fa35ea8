"""The lines about a unit's tasks as one ledger page, with a running balance brought forward and carried over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from soichieu.board import links
from soichieu.board.queries.history import Line as BookLine
from soichieu.board.queries.history import _dress, _lag
from soichieu.board.queries.sheet import OWED, Owed
from soichieu.ledger.fold import states as st
from soichieu.ledger.models import POSITION_BITS, Entry, Requirement

PER_PAGE = 20


@dataclass
class Balance:
    """Tasks of the unit after a line: still to do, reported and not yet confirmed, done, and of these verified."""

    owed: int = 0
    reported: int = 0
    done: int = 0
    verified: int = 0

    @property
    def whole(self) -> int:
        return self.owed + self.reported + self.done


@dataclass
class Line:
    entry: Entry
    code: str
    title: str
    url: str
    had_effect: bool
    voided: bool
    lag: int
    who: str
    choice: str
    unit: str
    balance: Balance


@dataclass
class BookPage:
    """One page of the unit's ledger. ``page`` counts from 1, the last one is the newest."""

    lines: list[Line] = field(default_factory=list)
    before: Balance = field(default_factory=Balance)
    after: Balance = field(default_factory=Balance)
    page: int = 1
    pages: int = 1
    many: int = 0
    first: int = 0


def _moved(balance: Balance, state: int, verified: bool, by: int) -> Balance:
    if state in OWED:
        return Balance(balance.owed + by, balance.reported, balance.done, balance.verified)
    if state == st.AC:
        return Balance(balance.owed, balance.reported + by, balance.done, balance.verified)
    if state == st.DO:
        seal = by if verified else 0
        return Balance(balance.owed, balance.reported, balance.done + by, balance.verified + seal)
    return balance


def book_of_unit(owed: Owed, page: int | None, query: dict[str, str] | None = None) -> BookPage:
    """The page asked for (None: the newest), its links with ``query``; two queries whatever its length."""
    columns = owed.answer.columns
    told: list[tuple[tuple[int, int, int], int, Any]] = []
    for row in owed.rows.tolist():
        chain = int(columns.chain[row])
        for step in owed.steps[row]:
            told.append(((int(columns.day[step.line]), chain, int(columns.position[step.line])), row, step))
    told.sort(key=lambda one: one[0])
    pages = max(1, -(-len(told) // PER_PAGE))
    page = min(max(1, page if page is not None else pages), pages)
    first, last = (page - 1) * PER_PAGE, page * PER_PAGE
    balance, verified = Balance(), dict.fromkeys(owed.rows.tolist(), False)
    shown: list[tuple[int, int, Any, Balance]] = []
    out = BookPage(page=page, pages=pages, many=len(told), first=first + 1)
    for number, ((_day, chain, position), row, step) in enumerate(told[:last]):
        if number == first:
            out.before = balance
        balance = _moved(balance, step.before, verified[row], -1)
        verified[row] = step.verified
        balance = _moved(balance, step.after, verified[row], 1)
        if number >= first:
            shown.append(((chain << POSITION_BITS) | position, row, step, balance))
    out.after = balance
    entries = (
        Entry.objects.filter(pk__in=[pk for pk, *_rest in shown])
        .select_related("unit", "post__unit", "person", "on_behalf_of")
        .in_bulk()
    )
    requirements = Requirement.objects.in_bulk({int(columns.requirement[row]) for _pk, row, *_rest in shown})
    dressed = {pk: BookLine(entry, "", lag=_lag(entry)) for pk, entry in entries.items()}
    _dress(list(dressed.values()))
    for pk, row, step, after in shown:
        entry, requirement = entries[pk], requirements[int(columns.requirement[row])]
        line = dressed[pk]
        out.lines.append(
            Line(
                entry=entry,
                code=requirement.code,
                title=requirement.title,
                url=f"{links.obligation_url(int(columns.ids[row]), query or {})}#line-{entry.position}",
                had_effect=step.had_effect,
                voided=bool(columns.void_at[step.line] <= owed.answer.known.get(int(columns.chain[row]), 0)),
                lag=line.lag,
                who=line.who,
                choice=line.choice,
                unit=line.unit if entry.kind != "opened" else "",
                balance=after,
            )  # fmt: skip
        )
    return out
