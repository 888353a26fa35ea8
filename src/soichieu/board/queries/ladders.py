"""Ladder by ladder: n of N, the breakdown, the rule, what it is over, and what sources say beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from soichieu.board.queries.cut import Cut
from soichieu.documents.models import Document
from soichieu.ledger.coverage import Count
from soichieu.ledger.kinds import Ladder
from soichieu.ledger.models import QuotedCount
from soichieu.ledger.queries import quoted_counts_of
from soichieu.ledger.report import over_words, quoted_as_json, rule_words
from soichieu.ledger.sources import resolver_of


@dataclass
class Quoted:
    """A count as its source gives it, with where the source stands."""

    count: QuotedCount
    shares: list[dict[str, Any]]
    breakdown: list[tuple[str, int]]
    source: str
    url: str | None


@dataclass
class Step:
    """One ladder. ``counted`` None: only a source speaks of it. ``parts`` for the bar; ``by_requirement`` (code, title,
    id, count) when only a few stand on it, or one."""

    ladder: str
    label: str
    counted: Count | None
    over: str = ""
    rule: str = ""
    units: int = 0
    by_requirement: list[tuple[str, str, int, Count]] = field(default_factory=list)
    quoted: list[Quoted] = field(default_factory=list)

    @property
    def parts(self) -> dict[str, int]:
        count = self.counted
        if count is None or count.n is None:
            return {}
        return {
            "ok": count.in_time + count.without_deadline,
            "late": count.late,
            "claimed": count.submitted + count.awaiting_confirmation,
        }

    @property
    def open(self) -> int:
        """Neither done nor reported."""
        return self.counted.of - sum(self.parts.values()) if self.counted else 0


_BREAKDOWN = {
    "done_in_time": lambda: pgettext("quoted count", "done in time"),
    "done_late": lambda: pgettext("quoted count", "done late"),
    "not_due": lambda: pgettext("quoted count", "not due"),
    "overdue": lambda: pgettext("quoted count", "overdue"),
    "open": lambda: pgettext("quoted count", "open"),
}


def steps_of(cut: Cut, directive: Document) -> list[Step]:
    """The ladders of a directive in their order: those on which something stands, or of which a source speaks."""
    counted = cut.remembered(("steps", get_language()), lambda: _counted(cut))
    steps = {step.ladder: Step(**{**step.__dict__, "quoted": []}) for step in counted}
    for quoted in quoted_counts_of(directive, cut.question):
        step = steps.setdefault(quoted.ladder, Step(quoted.ladder, str(Ladder(quoted.ladder).label), None))
        step.quoted.append(_quoted(quoted))
    return [steps[ladder] for ladder in Ladder.values if ladder in steps]


def _counted(cut: Cut) -> list[Step]:
    steps = []
    for ladder in Ladder.values:
        columns = [int(at) for at in cut.columns_of(ladder) if not cut.requirements[at].standing]
        count = cut.count(ladder)
        if not columns or not count.of:
            continue
        over = [cut.requirements[at] for at in columns]
        ids = {one.pk for one in over}
        some = cut.numbers.where(np.isin(cut.numbers.requirement, sorted(ids)))
        few = [
            (cut.requirements[at].code, cut.requirements[at].title, cut.requirements[at].pk, cut.count(ladder, at))
            for at in (columns if len(columns) <= 4 else [])
        ]
        steps.append(
            Step(
                ladder, str(Ladder(ladder).label), count, over_words(over, cut.question, some), rule_words(over),
                len(set(some.unit.tolist())), few,
            )
        )  # fmt: skip
    return steps


def _quoted(quoted: QuotedCount) -> Quoted:
    said = quoted_as_json(quoted)
    label, url = source_words(quoted.source_room, quoted.source_kind, quoted.source_id)
    breakdown = [
        (_BREAKDOWN[name]() if name in _BREAKDOWN else name.replace("_", " "), many)
        for name, many in quoted.breakdown.items()
    ]
    return Quoted(quoted, said["shares"], breakdown, label, url)


def source_words(room: str, kind: str, source_id: str) -> tuple[str, str | None]:
    """What a source is called, and where it stands; (empty, None) for none."""
    if not room:
        return "", None
    try:
        resolver = resolver_of(room, kind)
    except KeyError:
        return f"{room}/{kind} {source_id}", None
    return resolver.label(source_id), resolver.url(source_id)


# --- The headline ----------------------------------------------------------------------------------------------------

_SAID = {
    Ladder.DISSEMINATED: lambda: pgettext("headline", "%(n)s of %(of)s %(what)s disseminated"),
    Ladder.MADE_CONCRETE: lambda: pgettext("headline", "%(n)s of %(of)s %(what)s made concrete"),
    Ladder.HELD_UP: lambda: pgettext("headline", "%(n)s of %(of)s %(what)s held against the light"),
    Ladder.CARRIED_OUT: lambda: pgettext("headline", "%(n)s of %(of)s %(what)s carried out"),
    Ladder.CHECKED: lambda: pgettext("headline", "%(n)s of %(of)s %(what)s checked"),
    Ladder.REVIEWED: lambda: pgettext("headline", "%(n)s of %(of)s %(what)s reviewed"),
}


def figure(number: int) -> str:
    return str(number_format(number, use_l10n=True, force_grouping=True))


def _foremost(steps: list[Step]) -> list[Step]:
    """At most three ladders, in their order: what is carried out before what is only checked or reviewed."""
    first = ("made_concrete", "carried_out", "disseminated", "held_up", "reviewed", "checked")
    chosen = {step.ladder for step in sorted(steps, key=lambda step: first.index(step.ladder))[:3]}
    return [step for step in steps if step.ladder in chosen]


def headline(steps: list[Step], standing: int = 0) -> str:
    """The board in one sentence: the ladders that have a count, in their order. ``standing``: how many standing tasks
    are counted beside them; where nothing else was given they are not passed over."""
    said, missing = [], 0
    for step in _foremost(steps):
        count = step.counted
        if count is None:
            continue
        if count.n is None:
            missing += count.of
            continue
        what = pgettext("headline", "units") if step.units == count.of else pgettext("headline", "tasks")
        said.append(_SAID[Ladder(step.ladder)]() % {"n": figure(count.n), "of": figure(count.of), "what": what})
    if said:
        return "; ".join(said)
    quoted = [one.count for step in steps for one in step.quoted if one.count.n is not None and one.count.of]
    if quoted:
        return "; ".join(
            _("%(n)s of %(of)s: %(label)s (quoted)")
            % {"n": figure(one.n or 0), "of": figure(one.of or 0), "label": one.label}
            for one in quoted[:2]
        )
    if missing:
        return _("No published data on %(n)s tasks given") % {"n": figure(missing)}
    if any(step.quoted for step in steps):
        return _("Only counts that sources give")
    if standing:
        return ngettext("%(n)s standing task, counted beside", "%(n)s standing tasks, counted beside", standing) % {
            "n": figure(standing)
        }
    return _("No task is given yet by this day")
