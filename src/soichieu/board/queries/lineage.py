"""The history of a unit: names, superiors on each line, who came before and after, posts, who is under it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q

from soichieu.board import links
from soichieu.organisation import queries as organisation
from soichieu.organisation.columns import Columns, columns, moment_number
from soichieu.organisation.dated import holding
from soichieu.organisation.kinds import Line, Role, Share
from soichieu.organisation.models import Post, PostRole, UnitSuccession
from soichieu.organisation.names import name_of
from soichieu.organisation.unit_views import UnitView

MOST_UNDER = 24


@dataclass(frozen=True)
class Named:
    """A unit by its name on the day, with the address of its sheet."""

    id: int
    name: str
    url: str


@dataclass(frozen=True)
class NameRow:
    since: dt.date
    name: str
    short_name: str
    alive: bool


@dataclass(frozen=True)
class SuperiorRow:
    since: dt.date
    line: str
    unit: Named | None


@dataclass(frozen=True)
class SuccessionRow:
    """One step: the other unit, the day, whole or part, whether a person confirmed it, and the paper that says so."""

    unit: Named
    on: dt.date
    share: str
    main: bool
    status: str
    generation: int
    source: str
    decided_by: str


@dataclass(frozen=True)
class PostRow:
    title: str
    roles: str


@dataclass
class Lineage:
    names: list[NameRow] = field(default_factory=list)
    superiors: list[SuperiorRow] = field(default_factory=list)
    standing_under: list[tuple[str, list[Named]]] = field(default_factory=list)
    before: list[SuccessionRow] = field(default_factory=list)
    after: list[SuccessionRow] = field(default_factory=list)
    counterpart: Named | None = None
    posts: list[PostRow] = field(default_factory=list)
    under: list[tuple[str, list[Named], int]] = field(default_factory=list)


def lineage_of(unit: UnitView, on: dt.date, known_at: dt.datetime | None, query: dict[str, str]) -> Lineage:
    """Everything that the organisation tells of a unit on a day, as known at a moment: four queries."""
    of = columns()
    at = of.position(unit.id)
    superiors = _superiors(of, at, known_at)
    before = organisation.predecessors(unit.id, 3, known_at)
    after = organisation.successors(unit.id, 3, known_at)
    above = {str(line): organisation.ancestors(unit.id, line, on, known_at) for line in Line.values}
    under = {str(line): organisation.subordinates(unit.id, line, on, known_at) for line in Line.values}
    mate = organisation.counterpart_of(unit.id, on, known_at)
    wanted = {one for _day, _line, one in superiors if one} | {one for ids in above.values() for one in ids}
    wanted |= {step.old_id for step in before} | {step.new_id for step in after} | ({mate} if mate else set())
    for ids in under.values():
        wanted |= set(ids[:MOST_UNDER])
    names = name_of(wanted, on, known_at=known_at)

    def named(one: int) -> Named:
        return Named(one, names[one], links.unit_url(one, query))

    papers = _papers(unit.id)

    def row(step: organisation.Step, other: int) -> SuccessionRow:
        source, decided = papers.get((step.old_id, step.new_id, step.on), ("", ""))
        return SuccessionRow(
            named(other),
            step.on,
            str(Share(step.share).label),
            step.main,
            step.status,
            step.generation,
            source,
            decided,
        )

    return Lineage(
        names=_names(of, at, known_at),
        superiors=[
            SuperiorRow(day, str(Line(line).label), named(one) if one else None) for day, line, one in superiors
        ],
        standing_under=[(str(Line(line).label), [named(one) for one in ids]) for line, ids in above.items() if ids],
        before=[row(step, step.old_id) for step in before],
        after=[row(step, step.new_id) for step in after],
        counterpart=named(mate) if mate else None,
        posts=_posts(unit.id, on),
        under=[
            (str(Line(line).label), [named(one) for one in ids[:MOST_UNDER]], len(ids))
            for line, ids in under.items()
            if ids
        ],
    )


def _names(of: Columns, at: int, known_at: dt.datetime | None) -> list[NameRow]:
    states = of.states
    rows = states.known(moment_number(known_at))
    rows = rows[states.subject[rows] == at]
    found: list[NameRow] = []
    for row in rows.tolist():
        one = NameRow(
            dt.date.fromordinal(int(states.day[row])), states.values["name"][row], states.values["short_name"][row],
            bool(states.values["alive"][row]),
        )  # fmt: skip
        if not found or (found[-1].name, found[-1].alive) != (one.name, one.alive):
            found.append(one)
    return found


def _superiors(of: Columns, at: int, known_at: dt.datetime | None) -> list[tuple[dt.date, str, int]]:
    found = []
    for line, edges in of.superiors.items():
        rows = edges.known(moment_number(known_at))
        for row in rows[edges.subject[rows] == at].tolist():
            upper = int(edges.values["superior"][row])
            found.append((dt.date.fromordinal(int(edges.day[row])), str(line), int(of.ids[upper]) if upper >= 0 else 0))
    return sorted(found, key=lambda one: (list(of.superiors).index(one[1]), one[0]))


def _papers(unit_id: int) -> dict[tuple[int, int, dt.date], tuple[str, str]]:
    """(old, new, day) → source and who decided, as last recorded; the nearest steps only."""
    rows = UnitSuccession.objects.filter(Q(old=unit_id) | Q(new=unit_id)).order_by("recorded_at", "pk")
    found: dict[tuple[int, int, dt.date], tuple[str, str]] = {}
    for row in rows:
        source, decided = found.get((row.old_id, row.new_id, row.on), ("", ""))
        found[row.old_id, row.new_id, row.on] = (row.source or source, row.decided_by or decided)
    return found


def _posts(unit_id: int, on: dt.date) -> list[PostRow]:
    """Posts and what they may do; who sits on them is no matter of this sheet."""
    posts = list(Post.objects.filter(unit=unit_id).order_by("order", "pk"))
    rows = list(PostRole.objects.filter(post__in=posts, valid_from__lte=on).order_by("recorded_at", "pk"))
    found = []
    for post in posts:
        held = holding([row for row in rows if row.post_id == post.pk], "role")
        roles = [str(Role(role).label) for role, row in held.items() if row.held]
        found.append(PostRow(post.title, ", ".join(roles)))
    return found
