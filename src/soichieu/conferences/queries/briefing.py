"""What a briefing book says: each unit as it stood at the cut, what is open about it, what became of the last time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from django.utils.functional import Promise

from soichieu.conferences.models import Conference
from soichieu.conferences.occasions import occasion_of
from soichieu.conferences.queries.cuts import at_cut
from soichieu.conferences.queries.finding import latest_before
from soichieu.conferences.state import Cut, Site, State, Statement
from soichieu.documents.models import Document
from soichieu.findings.models import Kind, Step
from soichieu.findings.queries import conclusions_of, findings_of, proposals_unanswered
from soichieu.findings.queries.follow_up import Followed, with_tasks
from soichieu.findings.queries.returning import Returning, returning
from soichieu.findings.queries.shown import Shown
from soichieu.findings.queries.told import Row, rows
from soichieu.ledger import clock
from soichieu.ledger.coverage import Count, Members, count, mask_of, members
from soichieu.ledger.fold import Answer, answer
from soichieu.ledger.fold import states as st
from soichieu.ledger.fold.columns import from_day
from soichieu.ledger.kinds import Ladder
from soichieu.ledger.models import Requirement
from soichieu.ledger.queries import visible_mask
from soichieu.organisation.askers import Asker
from soichieu.web.dates import TwoDates

Counted = list[tuple[str | Promise, Count]]


@dataclass(frozen=True)
class Late:
    """A task that was not done by its day. ``days``: how long past it."""

    code: str
    title: str
    deadline: dt.date | None
    days: int
    state: str


@dataclass(frozen=True)
class Reviewed:
    """One directive under review at its newest cut; without a cut as at today, and the paper says that none is frozen.
    ``ladders``: over all that the asker sees; ``units``: unit → the same of what it holds, and its late tasks."""

    document: Document
    cut: Cut | None
    two: TwoDates
    ladders: Counted
    whole: Count
    units: dict[int, tuple[Counted, list[Late]]]


@dataclass
class Unit:
    """One site's page of the book."""

    site: Site
    figures: list[tuple[Document, Counted, list[Late]]] = field(default_factory=list)
    shortcomings: list[Row] = field(default_factory=list)
    returning: list[Returning] = field(default_factory=list)
    proposals: list[Shown] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    last: list[Followed] = field(default_factory=list)


@dataclass
class Book:
    """The whole briefing. ``before``: the conference that this one starts from, with what became of each conclusion."""

    two: TwoDates
    reviewed: list[Reviewed]
    units: list[Unit]
    before: State | None
    last: list[Followed]


def two_dates(state: State) -> TwoDates:
    """The dates of the newest cut; without one today, as known now."""
    cut = state.standing_cut
    return TwoDates(cut.as_at, cut.known_at) if cut else TwoDates(clock.today())


def book_of(asker: Asker, conference: Conference, state: State) -> Book:
    """The briefing book as the asker sees the units, their findings and the conference before."""
    two = two_dates(state)
    reviewed = [_reviewed(asker, state, one) for one in _directives(state)]
    before = latest_before(asker, conference, state)
    last = became(asker, *before, two) if before else []
    sites = [site for site in state.ordered_sites if site.unit is not None]
    pages = {site.unit: Unit(site) for site in sites if site.unit is not None}
    for one in reviewed:
        for unit, page in pages.items():
            if unit in one.units:
                page.figures.append((one.document, *one.units[unit]))
    open_, again = shortcomings(asker, pages, two)
    for row in open_:
        for unit in {unit for member in row.members for unit in member.units} & pages.keys():
            pages[unit].shortcomings.append(row)
    for pair in again:
        for unit in set(pair.units) & pages.keys():
            pages[unit].returning.append(pair)
    for proposal in proposals_unanswered(asker, pages, two):
        for unit in set(proposal.concerned.get("author", ())) & pages.keys():
            pages[unit].proposals.append(proposal)
    for followed in last:
        for unit in set(followed.shown.leads) & pages.keys():
            pages[unit].last.append(followed)
    by_site = {page.site.key: page for page in pages.values()}
    for statement in state.statements.values():
        if statement.site in by_site:
            by_site[statement.site].statements.append(statement)
    return Book(two, reviewed, list(pages.values()), before[1] if before else None, last)


def became(asker: Asker, conference: Conference, state: State, two: TwoDates | None = None) -> list[Followed]:
    """What became of the conclusions of a conference, in the order in which they were drafted; drafts that the chair
    never concluded are left out, what was withdrawn stays."""
    said = [
        Followed(one)
        for one in conclusions_of(asker, occasion_of(conference, state))
        if any(step.step == Step.State.CONCLUDED for step in one.steps)
    ]
    with_tasks(asker, said, two)
    return said


def shortcomings(asker: Asker, units: Iterable[int], two: TwoDates | None) -> tuple[list[Row], list[Returning]]:
    """The open shortcomings about some units, one row for each identity, and those that return with the same cause by
    comparison alone."""
    found = findings_of(asker, units=units, kind=Kind.SHORTCOMING, withdrawn=False, two=two)
    return [row for row in rows(asker, found, two) if row.state != Step.State.REMEDIED], returning(asker, units, two)


def _directives(state: State) -> list[Document]:
    known = Document.objects.in_bulk(state.directives)
    return [known[pk] for pk in state.directives if pk in known]


def _reviewed(asker: Asker, state: State, document: Document) -> Reviewed:
    cut = next((one for one in reversed(state.cuts.values()) if one.directive == document.pk), None)
    folded = at_cut(cut) if cut else answer(clock.today())
    known = {
        one.pk: one
        for one in Requirement.objects.filter(directive=document, status=Requirement.Status.CONFIRMED)
    }  # fmt: skip
    mask = mask_of(folded, requirements=list(known))
    seen = visible_mask(asker, folded)
    some = members(folded, "time", mask if seen is None else mask & seen)
    some = some.where(~some.standing)
    holder = folded.holder[some.rows]
    units = {
        int(unit): (_ladders(folded, mine, known), _late(folded, mine, known))
        for unit in np.unique(holder)
        if len(mine := some.where(holder == unit))
    }
    two = TwoDates(cut.as_at, cut.known_at) if cut else TwoDates(clock.today())
    return Reviewed(document, cut, two, _ladders(folded, some, known), count(folded, some), units)


def _ladders(folded: Answer, some: Members, known: dict[int, Requirement]) -> Counted:
    found: Counted = []
    for ladder, label in Ladder.choices:
        mine = some.where(np.isin(some.requirement, [pk for pk, one in known.items() if one.ladder == ladder]))
        if len(mine):
            found.append((label, count(folded, mine)))
    return found


def _late(folded: Answer, some: Members, known: dict[int, Requirement]) -> list[Late]:
    found = []
    for at in np.flatnonzero(some.timeliness == st.T_OVERDUE):
        one = known[int(some.requirement[at])]
        found.append(
            Late(one.code, one.title, from_day(int(some.current[at])), int(some.late[at]),
                 st.LIFECYCLE[some.lifecycle[at]])
        )  # fmt: skip
    return sorted(found, key=lambda one: (-one.days, one.code))
