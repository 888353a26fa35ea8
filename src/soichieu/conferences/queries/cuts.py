"""A cut beside what is known now, for whoever asks: ladder by ladder, site by site, and which tasks came to differ.

What an asker sees here is what the board at those dates shows the same asker: obligations beyond are in no count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode

from soichieu.conferences.state import Cut, Site, State
from soichieu.ledger import clock
from soichieu.ledger.coverage import Count, Members, count, mask_of, members
from soichieu.ledger.fold import Answer, answer
from soichieu.ledger.fold import states as st
from soichieu.ledger.fold.columns import current_columns
from soichieu.ledger.kinds import Ladder
from soichieu.ledger.models import Chain, Requirement
from soichieu.ledger.queries import visible_mask
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of

LINKED = ("n", "of", "late", "awaiting_confirmation", "overdue")
"""The figures of a ladder that lead to their tasks."""


@dataclass(frozen=True)
class Pair:
    """One ladder: the count at the cut, of the same day as known now, and of today. None: nothing stood on it."""

    ladder: str
    label: str | Promise
    then: Count | None
    same_day: Count | None
    today: Count | None
    cut: Cut

    @property
    def sides(self) -> list[tuple[Count | None, dict[str, str]]]:
        """Each count with the addresses of what its figures count: at the cut, of that day, of today."""
        dates: tuple[dict[str, str], ...] = (board_query(self.cut), {"as_at": self.cut.as_at.isoformat()}, {})
        return [
            (one, {name: list_url(self.cut.directive, asked, ladder=self.ladder, figure=name) for name in LINKED})
            for one, asked in zip((self.then, self.same_day, self.today), dates, strict=True)
        ]

    @property
    def differs(self) -> bool:
        """Whether what is known now of that day is another count than the one that was shown."""
        return _n_of(self.then) != _n_of(self.same_day)


@dataclass(frozen=True)
class Change:
    """A task whose state on the day of the cut is known otherwise now."""

    obligation: int
    unit: str
    code: str
    title: str
    then: str
    now: str

    @property
    def url(self) -> str:
        return reverse("board:obligation", args=[self.obligation])


@dataclass(frozen=True)
class SiteFigure:
    """What the unit of a site owed at a cut: n of N, overdue, and reported (submitted or claimed) beside n."""

    site: Site
    n: int
    of: int
    overdue: int
    reported: int
    cut: Cut

    def url(self, figure: str) -> str:
        """Where the tasks are listed that a figure of this site counts, on the dates of the cut; empty for none."""
        many = self.reported if figure == "claimed" else getattr(self, figure)
        if not many:
            return ""
        return list_url(self.cut.directive, board_query(self.cut), held=str(self.site.unit), figure=figure)


def list_url(directive: int, dates: Mapping[str, str], **which: str) -> str:
    """The board's list of what stands in N and a figure counts."""
    return f"{reverse('board:list', args=[directive])}?{urlencode({**dates, 'counted': '1', **which})}"


def at_cut(cut: Cut) -> Answer:
    """The book as the cut froze it: up to the position of the directive's chain."""
    known = current_columns().known_at(cut.known_at)
    chain = Chain.objects.filter(directive_id=cut.directive).values_list("pk", flat=True).first()
    if chain is not None:
        known[chain] = cut.position
    return answer(cut.as_at, known)


def compared(asker: Asker, cut: Cut) -> list[Pair]:
    """The ladders of the directive on which anything stood, in their order."""
    ladders = _requirements(cut)
    answers = [at_cut(cut), answer(cut.as_at), answer(clock.today())]
    counted = [(folded, _numbers(asker, folded, list(ladders))) for folded in answers]
    pairs = []
    for ladder, label in Ladder.choices:
        ids = [pk for pk, (on, _code, _title) in ladders.items() if on == ladder]
        then, same, today = (_count(folded, some, ids) for folded, some in counted)
        if then or same or today:
            pairs.append(Pair(ladder, label, then, same, today, cut))
    return pairs


def came_to_differ(asker: Asker, cut: Cut) -> list[Change]:
    """The tasks whose lifecycle on the cut's day is known otherwise now."""
    requirements = _requirements(cut)
    then, now = at_cut(cut), answer(cut.as_at)
    mask = mask_of(now, requirements=list(requirements)) & (now.columns.whole < 0)
    seen = visible_mask(asker, now)
    if seen is not None:
        mask &= seen
    before, after = _word_numbers(then), _word_numbers(now)
    rows = np.flatnonzero(mask & (before != after))
    units = name_of(np.unique(now.columns.first_unit[rows]), cut.as_at) if len(rows) else {}
    made = []
    for row in rows:
        _ladder, code, title = requirements[int(now.columns.requirement[row])]
        made.append(
            Change(
                int(now.columns.ids[row]), units[int(now.columns.first_unit[row])], code, title,
                st.LIFECYCLE[before[row]], st.LIFECYCLE[after[row]],
            )
        )  # fmt: skip
    return made


def by_site(asker: Asker, state: State, cut: Cut, sites: list[Site]) -> list[SiteFigure]:
    """The own figures of some sites at a cut; a site of no unit of the tree, or of a unit that owed nothing, is left
    out: nothing owed is not zero done."""
    folded = at_cut(cut)
    some = _numbers(asker, folded, list(_requirements(cut)))
    holder = folded.holder[some.rows]
    whose = np.concatenate([some.unit, holder[holder != some.unit]])
    which = np.concatenate([np.arange(len(some)), np.flatnonzero(holder != some.unit)])
    wanted = {site.unit: site for site in sites if site.unit is not None}
    made = {}
    for unit, site in wanted.items():
        at = which[whose == unit]
        if len(at):
            made[site.key] = SiteFigure(
                site=site, of=len(at), n=int((some.lifecycle[at] == st.DO).sum()),
                overdue=int((some.timeliness[at] == st.T_OVERDUE).sum()),
                reported=int(np.isin(some.lifecycle[at], (st.SU, st.AC)).sum()), cut=cut,
            )  # fmt: skip
    return [made[site.key] for site in state.ordered_sites if site.key in made]


def as_json(pairs: list[Pair]) -> list[dict[str, Any]]:
    """The comparison as data; ``n`` null is missing."""
    return [
        {
            "ladder": pair.ladder, "label": str(pair.label), "at_the_cut": _json_of(pair.then),
            "that_day_as_known_now": _json_of(pair.same_day), "today": _json_of(pair.today), "differs": pair.differs,
        }
        for pair in pairs
    ]  # fmt: skip


def board_query(cut: Cut) -> dict[str, str]:
    """The query with which the board shows exactly this cut."""
    return {"as_at": cut.as_at.isoformat(), "known_at": cut.known_at.astimezone(dt.UTC).isoformat()}


def _requirements(cut: Cut) -> dict[int, tuple[str, str, str]]:
    found = Requirement.objects.filter(directive_id=cut.directive, status=Requirement.Status.CONFIRMED)
    return {pk: (ladder, code, title) for pk, ladder, code, title in found.values_list("pk", "ladder", "code", "title")}


def _numbers(asker: Asker, folded: Answer, requirements: list[int]) -> Members:
    mask = mask_of(folded, requirements=requirements)
    seen = visible_mask(asker, folded)
    if seen is not None:
        mask &= seen
    some = members(folded, "time", mask)
    return some.where(~some.standing)


def _count(folded: Answer, some: Members, ids: list[int]) -> Count | None:
    mine = some.where(np.isin(some.requirement, ids))
    return count(folded, mine) if len(mine) else None


def _word_numbers(folded: Answer) -> np.ndarray:
    return np.asarray(folded.lifecycle)


def _n_of(one: Count | None) -> tuple[int | None, int] | None:
    return None if one is None else (one.n, one.of)


def _json_of(one: Count | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "n": one.n, "of": one.of, "in_time": one.in_time, "late": one.late, "overdue": one.overdue,
        "awaiting_confirmation": one.awaiting_confirmation, "submitted": one.submitted,
    }  # fmt: skip
