"""Reads of what was held against the light: the verdict that stands about each plan in force, what changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Max
from django.utils.translation import gettext as _

from soichieu.documents import queries as documents
from soichieu.documents import rights
from soichieu.documents.models import Document
from soichieu.ledger import queries as ledger
from soichieu.ledger.fold import Cell
from soichieu.ledger.kinds import Kind, Ladder
from soichieu.ledger.models import Entry, Obligation
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker, today
from soichieu.organisation.models import Unit
from soichieu.plans.facts import Facts, differences
from soichieu.plans.models import PlanFacts, Review, Verdict
from soichieu.plans.queries.register import in_force
from soichieu.plans.sources import REVIEW, ROOM
from soichieu.web.dates import write_day


@dataclass(frozen=True)
class Held:
    """A plan in force and the verdict that stands about it on the day asked, if any. ``changed``: what is different in
    the facts from when that verdict was given; ``later``: one decided after the day, which does not count."""

    facts: PlanFacts
    verdict: Verdict | None = None
    changed: tuple[str, ...] = ()
    later: Verdict | None = None

    @property
    def newest(self) -> Verdict | None:
        """The verdict that stands whatever the day asked: the one that a new verdict takes the place of."""
        return self.later or self.verdict


@dataclass(frozen=True)
class Sheet:
    """What of one unit is in force on a day, held up against one directive. A count of the register: the ladder counts
    obligations, and the two are never added."""

    unit_id: int
    directive: Document
    on: dt.date
    rows: tuple[Held, ...]

    @property
    def of(self) -> int:
        """How many programmes, plans and key tasks are in force."""
        return len(self.rows)

    @property
    def n(self) -> int:
        """How many of them have a verdict decided by the day."""
        return sum(row.verdict is not None for row in self.rows)

    @property
    def later(self) -> int:
        """About how many of them a verdict was decided only after the day."""
        return sum(row.later is not None for row in self.rows)

    @property
    def missing(self) -> list[PlanFacts]:
        """Those without a verdict."""
        return [row.facts for row in self.rows if row.verdict is None]

    @property
    def by_choice(self) -> dict[str, int]:
        """How many of each verdict, in the order of the verdicts."""
        given = [row.verdict.choice for row in self.rows if row.verdict is not None]
        return {choice: given.count(choice) for choice in Verdict.Choice.values}


@dataclass(frozen=True)
class Since:
    """What is different from what a registered review counted."""

    review: Review
    changes: list[str] = field(default_factory=list)


def sees_unit(asker: Asker, unit_id: int) -> bool:
    """Whether the plans of a unit, drafts and verdicts too, are the asker's to see."""
    ids = permissions.visible_units(asker, on=today())
    return ids is None or unit_id in ids


def unit_seen(asker: Asker, unit_id: int) -> Unit:
    """The unit, when its plans are the asker's to see; ``Unit.DoesNotExist`` otherwise."""
    if not sees_unit(asker, unit_id):
        raise Unit.DoesNotExist
    return Unit.objects.get(pk=unit_id)


def directives_held_against(asker: Asker) -> list[Document]:
    """The documents that plans may be held up against: those with a book, and those some verdict names already."""
    named = Verdict.objects.values("directive")
    seen = documents.visible_documents(asker)
    return list((seen.filter(chain__isnull=False) | seen.filter(pk__in=named)).distinct().order_by("-signed_on", "-pk"))


def standing_verdicts(
    directive_id: int,
    plan_ids: Collection[int],
    *,
    known_at: dt.datetime | None = None,
    decided_by: dt.date | None = None,
) -> dict[int, Verdict]:
    """Plan id → the newest verdict against a directive; of those decided by a day, as known at a moment."""
    rows = Verdict.objects.filter(directive_id=directive_id, plan_id__in=rights.id_list(plan_ids))
    if known_at is not None:
        rows = rows.filter(made_at__lte=known_at)
    if decided_by is not None:
        rows = rows.filter(decided_on__lte=decided_by)
    newest = rows.order_by().values("plan").annotate(newest=Max("pk")).values("newest")
    return {row.plan_id: row for row in Verdict.objects.filter(pk__in=newest)}


def sheets(
    unit_ids: Iterable[int],
    directive: Document,
    on: dt.date,
    *,
    known_at: dt.datetime | None = None,
    decided_by: dt.date | None = None,
) -> dict[int, Sheet]:
    """Unit id → its programmes in force on a day with the verdicts that stood at the end of ``decided_by`` (that day).
    Asks no rights: give units that the asker sees (:func:`unit_seen`)."""
    force = in_force(unit_ids, on, known_at=known_at)
    every = [row for rows in force.values() for row in rows]
    last = decided_by or on
    verdicts = standing_verdicts(directive.pk, [row.plan_id for row in every], known_at=known_at)
    later = {plan: one for plan, one in verdicts.items() if one.decided_on > last}
    if later:
        before = standing_verdicts(directive.pk, later, known_at=known_at, decided_by=last)
        verdicts = {plan: one for plan, one in verdicts.items() if plan not in later} | before
    then = _facts_at_verdict(every, verdicts)
    return {unit: _sheet(unit, directive, on, rows, verdicts, then, later) for unit, rows in force.items()}


def _sheet(
    unit: int,
    directive: Document,
    on: dt.date,
    rows: Iterable[PlanFacts],
    verdicts: Mapping[int, Verdict],
    then: Mapping[int, PlanFacts],
    later: Mapping[int, Verdict],
) -> Sheet:
    held = [
        Held(row, verdicts.get(row.plan_id), _changed(then.get(row.plan_id), row), later.get(row.plan_id))
        for row in rows
    ]
    return Sheet(unit, directive, on, tuple(held))


def held_from(
    unit_id: int, directive: Document, rows: Sequence[PlanFacts], on: dt.date, known_at: dt.datetime | None
) -> Sheet:
    """A sheet over rows in force that one has read already: n of N without asking for them again."""
    verdicts = standing_verdicts(directive.pk, [row.plan_id for row in rows], known_at=known_at, decided_by=on)
    return _sheet(unit_id, directive, on, rows, verdicts, {}, {})


def sheet(
    unit_id: int,
    directive: Document,
    on: dt.date,
    *,
    known_at: dt.datetime | None = None,
    decided_by: dt.date | None = None,
) -> Sheet:
    """:func:`sheets` of one unit."""
    return sheets([unit_id], directive, on, known_at=known_at, decided_by=decided_by)[unit_id]


def held_up_tasks(asker: Asker, unit_id: int, directive: Document) -> list[tuple[Obligation, Cell]]:
    """The tasks of the directive on the ladder *held against the light* that the unit holds and the asker
    sees, as they stand now."""
    now = ledger.Question.now().answer()
    mask = ledger.visible_mask(asker, now)
    found = []
    wanted = Obligation.objects.filter(chain__directive=directive, requirement__ladder=Ladder.HELD_UP)
    for one in wanted.select_related("requirement", "chain__directive").order_by("requirement__ordinal", "pk"):
        row = now.columns.row_of(one.pk)
        if mask is not None and not bool(np.asarray(mask)[row]):
            continue
        cell = now.at(row)
        if (cell.holder_id or one.unit_id) == unit_id:
            found.append((one, cell))
    return found


def standing_reviews(unit_id: int, directive: Document) -> list[Review]:
    """The registered reviews of a unit whose line in the book is not voided, the newest first."""
    rows = Review.objects.filter(unit_id=unit_id, directive=directive).select_related("document", "obligation")
    reviews = list(rows.order_by("-on", "-pk"))
    lines = Entry.objects.filter(
        source_room=ROOM, source_kind=REVIEW, source_id__in=[str(one.pk) for one in reviews]
    ).values_list("chain_id", "position", "source_id")
    voided = set(
        Entry.objects.filter(kind=Kind.VOIDED, chain__directive=directive).values_list("chain_id", "voids")
    )  # fmt: skip
    good = {source for chain, position, source in lines if (chain, position) not in voided}
    return [one for one in reviews if str(one.pk) in good]


def since(review: Review, now: Sheet) -> Since:
    """What is different today from what a registered review counted, in words."""
    counted = {one["plan"]: one for one in review.counted}
    facts = {row.pk: row for row in PlanFacts.objects.filter(pk__in=[one["facts"] for one in review.counted])}
    verdicts = {row.pk: row for row in Verdict.objects.filter(pk__in=[one["verdict"] for one in review.counted])}
    changes: list[str] = []
    for held in now.rows:
        before = counted.pop(held.facts.plan.key, None)
        title = _titled(held.facts)
        if before is None:
            changes.append(_("%(plan)s: in force, and not counted then") % {"plan": title})
            continue
        if before["facts"] != held.facts.pk and before["facts"] in facts:
            for told in differences(Facts.of(facts[before["facts"]]), Facts.of(held.facts)):
                changes.append(f"{title}: {told}")
        # Of an earlier day an earlier verdict stands, which is no change since.
        if held.verdict is not None and held.verdict.pk > before["verdict"]:
            old = verdicts.get(before["verdict"])
            changes.append(
                _("%(plan)s: %(old)s → %(new)s, decided on %(day)s")
                % {
                    "plan": title,
                    "old": old.get_choice_display() if old is not None else "?",
                    "new": held.verdict.get_choice_display(),
                    "day": write_day(held.verdict.decided_on),
                }
            )
    for gone in counted.values():
        row = facts.get(gone["facts"])
        changes.append(_("%(plan)s: no longer in force") % {"plan": _titled(row) if row is not None else gone["plan"]})
    return Since(review, changes)


def _titled(row: PlanFacts) -> str:
    return f"{row.number}, {row.title}" if row.number else row.title


def _facts_at_verdict(rows: Collection[PlanFacts], verdicts: Mapping[int, Verdict]) -> dict[int, PlanFacts]:
    """Plan id → its facts when the verdict was given, of plans whose facts were corrected after it."""
    later = {row.plan_id for row in rows if row.plan_id in verdicts and row.made_at > verdicts[row.plan_id].made_at}
    found: dict[int, PlanFacts] = {}
    for row in PlanFacts.objects.filter(plan_id__in=rights.id_list(later)).order_by("pk"):
        if row.made_at <= verdicts[row.plan_id].made_at or row.plan_id not in found:
            found[row.plan_id] = row
    return found


def _changed(then: PlanFacts | None, now: PlanFacts) -> tuple[str, ...]:
    return tuple(differences(Facts.of(then), Facts.of(now))) if then is not None else ()
