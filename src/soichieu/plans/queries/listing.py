"""The rows of the register of what is in force: each plan on a day, with its verdict against a directive."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, overload

from django.db.models import F
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from soichieu.documents import queries as documents
from soichieu.documents import rights
from soichieu.documents.models import Document
from soichieu.language.collation import sort_key
from soichieu.language.text import fold
from soichieu.organisation.askers import Asker
from soichieu.organisation.kinds import Kind
from soichieu.organisation.unit_views import UnitView, views_of
from soichieu.plans.models import PlanFacts, Verdict
from soichieu.plans.queries.acts import Standing
from soichieu.plans.queries.register import in_force_on, standing_facts, visible_plans
from soichieu.plans.queries.reviews import directives_held_against, standing_verdicts
from soichieu.web.lists import Source
from soichieu.web.lists.filters import Bound
from soichieu.web.numbers import whole_number

IN_FORCE, TO_COME, ENDED, DRAFT = "in_force", "to_come", "ended", "draft"
STATES: dict[str, str | Promise] = {
    IN_FORCE: pgettext_lazy("of a plan", "in force"),
    TO_COME: pgettext_lazy("of a plan", "not in force yet"),
    ENDED: pgettext_lazy("of a plan", "no longer in force"),
    DRAFT: pgettext_lazy("of a plan", "draft, no first day"),
}
_ISSUED: dict[str, str | Promise] = {
    IN_FORCE: pgettext_lazy("of a plan", "issued, in force"),
    TO_COME: pgettext_lazy("of a plan", "issued, not in force yet"),
    ENDED: pgettext_lazy("of a plan", "issued, no longer in force"),
    DRAFT: pgettext_lazy("of a plan", "issued, first day in force not stated"),
}
NO_VERDICT = "none"
VERDICTS: list[tuple[str, str | Promise]] = [*Verdict.Choice.choices, (NO_VERDICT, gettext_lazy("no verdict yet"))]
_RANK = {kind: at for at, kind in enumerate(Kind.values)}
SEARCH, VERDICT, IN_DATABASE = "q", "verdict", frozenset({"unit", "kind", "term"})
"""Keys of the page's filters: words, the verdict, and those by which the database narrows."""
_OF_FACTS = frozenset({"title", "number", "signed_on", "kind", "term", "from_day", "to_day"})
AT_ONCE = 500
# The same titles are searched and sorted again and again.
_folded = lru_cache(maxsize=65_536)(fold)
_collated = lru_cache(maxsize=65_536)(sort_key)


@dataclass(frozen=True)
class Line:
    """One plan in the register. ``against``: the directive chosen, as text, empty for none."""

    facts: PlanFacts
    unit_id: int
    unit: str
    heading: str
    state: str
    against: str = ""
    verdict: Verdict | None = None

    @property
    def url(self) -> str:
        """The page of the plan."""
        return reverse("plans:plan", args=[self.facts.plan.key])

    @property
    def choice(self) -> str:
        """The code of the verdict; :data:`NO_VERDICT` when a directive is chosen, it is in force and none was given."""
        if self.verdict is not None:
            return self.verdict.choice
        return NO_VERDICT if self.against and self.state == IN_FORCE else ""


def state_of(first: dt.date | None, last: dt.date | None, on: dt.date) -> str:
    """Whether a plan of these days is in force on a day, was, will be, or has no first day."""
    if first is None:
        return DRAFT
    if first > on:
        return TO_COME
    return ENDED if last is not None and last < on else IN_FORCE


def said_of(facts: PlanFacts | None, on: dt.date) -> str:
    """What a plan with which nothing was done here is on a day, in words: with number and day it was issued elsewhere
    and is no draft, and neither is what is in force from a day on."""
    if facts is None:
        return str(Standing.DRAFT.label)
    state = state_of(facts.from_day, facts.to_day, on)
    if facts.number and facts.signed_on:
        return str(_ISSUED[state])
    return str(Standing.DRAFT.label if state == DRAFT else STATES[state])


def chosen_directive(asker: Asker, asked: str) -> Document | None:
    """The directive that the address names, when the asker sees it."""
    number = whole_number(asked)
    return None if number is None else documents.visible_documents(asker).filter(pk=number).first()


def directive_choices(asker: Asker) -> list[tuple[str, str]]:
    """(id, number and title) of each directive that plans may be held up against."""
    return [
        (str(one.pk), one.number + (f", {one.title[:60]}" if one.title else ""))
        for one in directives_held_against(asker)
    ]


class Register(Source):
    """The plans that the asker sees: in force on a day, or with ``everything`` also drafts, what is to come and what
    has ended; by unit in official order, under a heading that counts them. Only the lines of a page are made."""

    def __init__(
        self,
        asker: Asker,
        on: dt.date,
        *,
        known_at: dt.datetime | None = None,
        everything: bool = False,
        against: Document | None = None,
    ) -> None:
        self.on, self.known_at, self.against = on, known_at, against
        standing = standing_facts(known_at=known_at, plans=visible_plans(asker).values("pk"))
        self.standing = standing
        self.shown = standing if everything else in_force_on(standing, on)
        self.everything = everything

    @cached_property
    def _found(self) -> list[tuple[int, int, int]]:
        """(facts, plan, unit) of every line, by first day, then as entered."""
        rows = self.shown.order_by(F("from_day").asc(nulls_last=True), "plan_id")
        return list(rows.values_list("pk", "plan_id", "plan__unit_id"))

    @cached_property
    def _views(self) -> dict[int, UnitView]:
        return views_of({unit for _pk, _plan, unit in self._found}, self.on, self.known_at)

    @cached_property
    def _ranks(self) -> dict[int, int]:
        """Unit id → its place in official order."""
        views = sorted(self._views.values(), key=lambda one: (_RANK.get(one.kind, len(_RANK)), one.order, one.code))
        return {view.id: place for place, view in enumerate(views)}

    @cached_property
    def units(self) -> list[tuple[str, str]]:
        """(id, name) of the units of which something is listed, in official order."""
        return [(str(unit), self._views[unit].name) for unit in self._ranks]

    @cached_property
    def _verdicts(self) -> dict[int, Verdict]:
        if self.against is None:
            return {}
        plans = [plan for _pk, plan, _unit in self._found]
        return standing_verdicts(self.against.pk, plans, known_at=self.known_at, decided_by=self.on)

    # --- narrowed and sorted ---

    def kept(self, active: Sequence[Bound], order: str) -> Sequence[Line]:
        """The lines that the filters of the page keep, made when they are asked for."""
        rows = self._found
        narrowed = self.shown
        for bound in active:
            if bound.filter.key in IN_DATABASE:
                narrowed = bound.filter.narrow(narrowed, bound.asked)
        if narrowed is not self.shown:
            left = set(narrowed.order_by().values_list("pk", flat=True))
            rows = [row for row in rows if row[0] in left]
        for bound in active:
            if bound.filter.key == SEARCH:
                rows = self._searched(rows, bound.asked)
            elif bound.filter.key == VERDICT:
                rows = [row for row in rows if self._choice(row) in bound.asked]
        rows = sorted(rows, key=lambda row: self._ranks[row[2]])
        if order:
            rows = self._sorted(rows, order.lstrip("-"), down=order.startswith("-"))
        return Lines(self, [pk for pk, _plan, _unit in rows])

    def _searched(self, rows: list[tuple[int, int, int]], words: Sequence[str]) -> list[tuple[int, int, int]]:
        """The rows in whose unit, title, number or signer every word occurs, without tones."""
        texts = {pk: said for pk, *said in self.shown.order_by().values_list("pk", "title", "number", "signer")}
        units = {unit: _folded(self._views[unit].name) for unit in self._ranks}
        kept = []
        for row in rows:
            text = f"{units[row[2]]} {_folded(' '.join(texts[row[0]]))}"
            if all(word in text for word in words):
                kept.append(row)
        return kept

    def _choice(self, row: tuple[int, int, int]) -> str:
        verdict = self._verdicts.get(row[1])
        if verdict is not None:
            return verdict.choice
        return NO_VERDICT if self.against is not None and row[0] in self._in_force else ""

    @cached_property
    def _in_force(self) -> set[int]:
        """The facts of what is in force."""
        if not self.everything:
            return {pk for pk, _plan, _unit in self._found}
        return set(in_force_on(self.standing, self.on).order_by().values_list("pk", flat=True))

    def _sorted(self, rows: list[tuple[int, int, int]], key: str, *, down: bool) -> list[tuple[int, int, int]]:
        """By one column, equals in the order of the register, what says nothing last."""
        values: Mapping[int, Any]
        if key in _OF_FACTS:
            values = dict(self.shown.order_by().values_list("pk", key))
        elif key == "state":
            days = self.shown.order_by().values_list("pk", "from_day", "to_day")
            values = {pk: state_of(first, last, self.on) for pk, first, last in days}
        elif key == "unit":
            values = {row[0]: self._views[row[2]].name for row in rows}
        elif key == VERDICT:
            values = {row[0]: self._choice(row) for row in rows}
        else:
            name = {"due": "due_on"}.get(key, key)
            values = {row[0]: getattr(self._verdicts.get(row[1]), name, None) for row in rows}
        said = [row for row in rows if values[row[0]] not in (None, "")]
        silent = [row for row in rows if values[row[0]] in (None, "")]

        def placed(row: tuple[int, int, int]) -> Any:
            value = values[row[0]]
            return _collated(value) if isinstance(value, str) else value

        return [*sorted(said, key=placed, reverse=down), *silent]

    # --- made ---

    def lines(self, facts: Sequence[int]) -> list[Line]:
        """The lines of some facts, in their order."""
        rows = PlanFacts.objects.filter(pk__in=rights.id_list(facts)).select_related("plan")
        # What no column shows is left in the database.
        rows = rows.defer("source", "reason", "made_at", "made_by", "plan__made_at", "plan__made_by")
        found = {row.pk: row for row in rows}
        headings = self._headings({row.plan.unit_id for row in found.values()})
        chosen = str(self.against.pk) if self.against is not None else ""
        return [
            Line(
                facts=row, unit_id=view.id, unit=view.name, heading=headings[view.id],
                state=state_of(row.from_day, row.to_day, self.on), against=chosen,
                verdict=self._verdicts.get(row.plan_id),
            )
            for row in (found[pk] for pk in facts)
            for view in (self._views[row.plan.unit_id],)
        ]  # fmt: skip

    def _headings(self, units: Collection[int]) -> dict[int, str]:
        """The headings of some units' lines, each with its count of what is in force."""
        many: Counter[int] = Counter()
        judged: Counter[int] = Counter()
        for pk, plan, unit in self._found:
            if unit in units and pk in self._in_force:
                many[unit] += 1
                judged[unit] += plan in self._verdicts
        return {unit: _heading(self._views[unit].name, many[unit], judged[unit], self.against) for unit in units}


class Lines(Sequence[Line]):
    """The lines of a register by their facts, made page by page."""

    def __init__(self, register: Register, facts: list[int]) -> None:
        self.register, self.facts = register, facts

    def __len__(self) -> int:
        return len(self.facts)

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> list[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | list[Line]:
        if isinstance(at, slice):
            return self.register.lines(self.facts[at])
        return self.register.lines([self.facts[at]])[0]

    def __iter__(self) -> Iterator[Line]:
        for start in range(0, len(self.facts), AT_ONCE):
            yield from self.register.lines(self.facts[start : start + AT_ONCE])


def _heading(unit: str, many: int, judged: int, against: Document | None) -> str:
    """The heading of a unit's rows, with its count of what is in force."""
    if against is None:
        return _("%(unit)s: %(n)d in force") % {"unit": unit, "n": many}
    return _("%(unit)s: %(n)d of %(of)d in force have a verdict") % {"unit": unit, "n": judged, "of": many}
