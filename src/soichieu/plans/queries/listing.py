"""The rows of the register of what is in force: each plan on a day, with its verdict against a directive."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from soichieu.documents import queries as documents
from soichieu.documents.models import Document
from soichieu.organisation.askers import Asker
from soichieu.organisation.kinds import Kind
from soichieu.organisation.unit_views import views_of
from soichieu.plans.models import PlanFacts, Verdict
from soichieu.plans.queries.register import in_force_on, standing_facts, visible_plans
from soichieu.plans.queries.reviews import directives_held_against, standing_verdicts

IN_FORCE, TO_COME, ENDED, DRAFT = "in_force", "to_come", "ended", "draft"
STATES: dict[str, str | Promise] = {
    IN_FORCE: pgettext_lazy("of a plan", "in force"),
    TO_COME: pgettext_lazy("of a plan", "not in force yet"),
    ENDED: pgettext_lazy("of a plan", "no longer in force"),
    DRAFT: pgettext_lazy("of a plan", "draft, no first day"),
}
NO_VERDICT = "none"
VERDICTS: list[tuple[str, str | Promise]] = [*Verdict.Choice.choices, (NO_VERDICT, gettext_lazy("no verdict yet"))]
_RANK = {kind: at for at, kind in enumerate(Kind.values)}


@dataclass(frozen=True)
class Line:
    """One plan in the register. ``against``: the directive chosen, as text, empty for none."""

    facts: PlanFacts
    unit_id: int
    unit: str
    heading: str
    order: tuple[int, int, str, int]
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


def state_on(row: PlanFacts, on: dt.date) -> str:
    """Whether a plan is in force on a day, was, will be, or has no first day."""
    if row.from_day is None:
        return DRAFT
    if row.from_day > on:
        return TO_COME
    return ENDED if row.to_day is not None and row.to_day < on else IN_FORCE


def chosen_directive(asker: Asker, asked: str) -> Document | None:
    """The directive that the address names, when the asker sees it."""
    if not asked.isdigit() or len(asked) > 18:
        return None
    return documents.visible_documents(asker).filter(pk=int(asked)).first()


def directive_choices(asker: Asker) -> list[tuple[str, str]]:
    """(id, number and title) of each directive that plans may be held up against."""
    return [
        (str(one.pk), one.number + (f", {one.title[:60]}" if one.title else ""))
        for one in directives_held_against(asker)
    ]


def register_lines(
    asker: Asker,
    on: dt.date,
    *,
    known_at: dt.datetime | None = None,
    everything: bool = False,
    against: Document | None = None,
) -> list[Line]:
    """The plans that the asker sees: in force on a day, or with ``everything`` also drafts, what is to come and what
    has ended; by unit in official order, under a heading that counts them."""
    rows = standing_facts(known_at=known_at, plans=visible_plans(asker).values("pk"))
    if not everything:
        rows = in_force_on(rows, on)
    # What no column shows is left in the database: a register of thousands is read at once.
    rows = rows.select_related("plan").defer("source", "reason", "made_at", "made_by", "plan__made_at", "plan__made_by")
    found = [(row, state_on(row, on)) for row in rows]
    verdicts = (
        standing_verdicts(against.pk, [row.plan_id for row, _state in found], known_at=known_at) if against else {}
    )
    views = views_of({row.plan.unit_id for row, _state in found}, on, known_at)
    many = Counter(row.plan.unit_id for row, state in found if state == IN_FORCE)
    judged = Counter(row.plan.unit_id for row, state in found if state == IN_FORCE and row.plan_id in verdicts)
    headings = {unit: _heading(view.name, many[unit], judged[unit], against) for unit, view in views.items()}
    chosen = str(against.pk) if against is not None else ""
    lines = [
        Line(
            facts=row, unit_id=view.id, unit=view.name, heading=headings[view.id], state=state,
            order=(_RANK.get(view.kind, len(_RANK)), view.order, view.code, row.plan_id),
            against=chosen, verdict=verdicts.get(row.plan_id),
        )
        for row, state in found
        for view in (views[row.plan.unit_id],)
    ]  # fmt: skip
    lines.sort(key=lambda one: (one.order[:3], one.facts.from_day or dt.date.max, one.facts.plan_id))
    return lines


def _heading(unit: str, many: int, judged: int, against: Document | None) -> str:
    """The heading of a unit's rows, with its count of what is in force."""
    if against is None:
        return _("%(unit)s: %(n)d in force") % {"unit": unit, "n": many}
    return _("%(unit)s: %(n)d of %(of)d in force have a verdict") % {"unit": unit, "n": judged, "of": many}
