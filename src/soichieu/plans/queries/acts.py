"""Reads of what was done with plans: how each stands, whom it waits for, which tasks it may answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Exists, OuterRef, Q, TextChoices
from django.utils.translation import pgettext_lazy

from soichieu.documents import rights
from soichieu.ledger import queries as ledger
from soichieu.ledger.fold import Cell
from soichieu.ledger.fold import states as st
from soichieu.ledger.kinds import Kind, Ladder
from soichieu.ledger.models import Entry, Obligation
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker, today
from soichieu.organisation.columns import LINES
from soichieu.organisation.queries import ancestors, counterpart_of
from soichieu.plans.models import Answer, Plan, PlanAct
from soichieu.plans.queries.editions import sees_drafts
from soichieu.plans.sources import ACT, ROOM

SUBMITTABLE = frozenset({"not_started", "no_published_data", "in_progress", "returned"})
"""Lifecycles in which the line *submitted* has effect (``docs/ledger.md`` section 3)."""
ANSWERING = frozenset(role for _side, roles in permissions.GRANTS["register_plan"] for role in roles)


class Standing(TextChoices):
    """How a plan stands. Its lines may be newer than the version that was acted on: the page says so."""

    DRAFT = "draft", pgettext_lazy("of a plan", "draft")
    SUBMITTED = "submitted", pgettext_lazy("of a plan", "submitted, waits for an answer")
    RETURNED = "returned", pgettext_lazy("of a plan", "returned, to be mended")
    APPROVED = "approved", pgettext_lazy("of a plan", "approval registered")


@dataclass(frozen=True)
class Task:
    """A task of the unit that a plan may answer. ``under``: its directive is one that the plan stands under."""

    obligation: Obligation
    cell: Cell
    under: bool


def standing_of(act: PlanAct | None) -> Standing:
    """How a plan stands by its last act."""
    return Standing(act.act) if act is not None else Standing.DRAFT


def acts_of(asker: Asker, plan: Plan) -> list[PlanAct]:
    """The acts of a plan in order; who sees only what was approved sees only approvals."""
    acts = PlanAct.objects.filter(plan=plan).select_related("edition", "document", "with_unit").order_by("pk")
    return list(acts if sees_drafts(asker, plan) else acts.filter(act=PlanAct.Act.APPROVED))


def superior_units(plan: Plan, on: dt.date) -> list[int]:
    """The units above a plan's unit on a day, the nearest first, each once: those it may be submitted to."""
    found: dict[int, int] = {}
    for line in LINES:
        for step, above in enumerate(ancestors(plan.unit_id, line, on)):
            found[above] = min(step, found.get(above, step))
    mate = counterpart_of(plan.unit_id, on)
    if mate is not None:
        # A unit and its party committee are one house: the committee may be the one that decides.
        found.setdefault(mate, 0)
    return sorted(found, key=lambda unit: (found[unit], unit))


@dataclass(frozen=True)
class Open:
    """The last acts of plans that are not at rest, the oldest first. ``to_decide``: submitted to the asker's house;
    ``returned``: come back to it, to be mended; ``sent``: of it, waiting with a superior."""

    to_decide: list[PlanAct] = field(default_factory=list)
    returned: list[PlanAct] = field(default_factory=list)
    sent: list[PlanAct] = field(default_factory=list)


def open_acts(asker: Asker) -> Open:
    """What waits for whoever asks, and what of theirs waits above: only what their roles may take further. One question
    to the database, and one to the rule for each verb."""
    house = _house(asker)
    if not house:
        return Open()
    submitted, returned = PlanAct.Act.SUBMITTED, PlanAct.Act.RETURNED
    later = PlanAct.objects.filter(plan=OuterRef("plan"), pk__gt=OuterRef("pk"))
    found = PlanAct.objects.filter(
        Q(act=submitted, with_unit__in=house) | Q(act__in=(submitted, returned), plan__unit__in=house), ~Exists(later)
    )
    acts = list(found.select_related("edition", "plan").order_by("happened_on", "pk"))
    own = [act for act in acts if act.plan.unit_id in house]
    return Open(
        to_decide=_allowed(
            asker, ("return_plan", "approve_plan"),
            [act for act in acts if act.act == submitted and act.with_unit_id in house],
        ),
        returned=_allowed(asker, ("write_plan",), [act for act in own if act.act == returned]),
        sent=_allowed(asker, ("write_plan",), [act for act in own if act.act == submitted]),
    )  # fmt: skip


def to_register(asker: Asker) -> list[PlanAct]:
    """The approvals by a superior after which a task of the asker's house still waits as *submitted*: only the unit
    registers the approved plan as its answer, for those who may."""
    house = _house(asker)
    if not house or not asker.roles & ANSWERING:
        return []
    now = ledger.Question.now().answer()
    at = np.flatnonzero(np.isin(now.holder, house) & (now.lifecycle == st.SU))
    if not len(at):
        return []
    lines = Entry.objects.filter(
        obligation__in=rights.id_list(now.columns.ids[at]), kind=Kind.SUBMITTED, source_room=ROOM, source_kind=ACT
    )
    acts = [int(one) for one in lines.values_list("source_id", flat=True)]
    later = PlanAct.objects.filter(plan=OuterRef("plan"), pk__gt=OuterRef("pk"))
    approved = PlanAct.objects.filter(
        ~Exists(later), act=PlanAct.Act.APPROVED, plan__in=PlanAct.objects.filter(pk__in=acts).values("plan")
    )
    found = list(approved.select_related("edition", "plan").order_by("happened_on", "pk"))
    return _allowed(asker, ("register_plan",), found)


def _house(asker: Asker) -> list[int]:
    """The asker's unit and its counterpart."""
    if asker.unit_id is None:
        return []
    mate = counterpart_of(asker.unit_id, today())
    return [asker.unit_id, *([mate] if mate is not None else [])]


def _allowed(asker: Asker, verbs: Iterable[str], acts: list[PlanAct]) -> list[PlanAct]:
    """Of some acts those with whose plan the asker may do one of the verbs: each asked once for all of them."""
    if not acts:
        return []
    units = np.array([act.plan.unit_id for act in acts], np.int64)
    may = np.zeros(units.size, bool)
    for verb in verbs:
        may |= permissions.may_many(asker, verb, holder_ids=units, issuer_ids=units, on=today())
    return [act for act, allowed in zip(acts, may, strict=True) if allowed]


def tasks_to_answer(asker: Asker, plan: Plan, under: Collection[int]) -> list[Task]:
    """The tasks on the ladder *made concrete* that the plan's unit holds, that an issued plan would answer with effect
    and that the asker sees, those of the directives in ``under`` first."""
    now = ledger.Question.now().answer()
    mask = ledger.visible_mask(asker, now)
    answered = set(Answer.objects.filter(plan=plan).values_list("obligation_id", flat=True))
    found = []
    wanted = Obligation.objects.filter(requirement__ladder=Ladder.MADE_CONCRETE)
    columns = now.columns
    held = np.flatnonzero(now.holder == plan.unit_id)
    if not len(held):
        return []
    ids = rights.id_list(columns.ids[held])
    for one in wanted.filter(pk__in=ids).select_related("requirement", "chain__directive").order_by("pk"):
        row = columns.row_of(one.pk)
        cell = now.at(row)
        if one.pk in answered or (mask is not None and not bool(mask[row])):
            continue
        if not ledger.takes_effect(Kind.ISSUED, one.requirement, cell):
            continue
        found.append(Task(one, cell, one.chain.directive_id in under))
    return sorted(found, key=lambda task: (not task.under, task.obligation.pk))


def submittable(tasks: Iterable[Task]) -> list[Task]:
    """Of tasks that a plan may answer those about which its submission is written: none that waits already."""
    return [task for task in tasks if task.cell.own_lifecycle in SUBMITTABLE]


def answered_tasks(asker: Asker, plan: Plan) -> list[tuple[Answer, Cell]]:
    """The tasks that the plan answers, as they stand now, as far as the asker sees them."""
    found = []
    answers = Answer.objects.filter(plan=plan).select_related("document", "obligation__requirement__directive")
    for answer in answers.order_by("pk"):
        try:
            found.append((answer, ledger.obligation(asker, answer.obligation_id)[1]))
        except Obligation.DoesNotExist:
            continue
    return found


def lines_of_acts(asker: Asker, acts: Collection[PlanAct], *, waiting: bool = False) -> list[Entry]:
    """The lines that stand in the book from acts of one plan, about tasks that the asker sees; in the order of the
    book. ``waiting``: only those whose task is *submitted* now, whoever sees it."""
    if not acts:
        return []
    now = ledger.Question.now().answer()
    unit = next(iter(acts)).plan.unit_id
    mine = (now.holder == unit) | (now.columns.first_unit == unit)
    if waiting:
        mine &= now.lifecycle == st.SU
    elif (seen := ledger.visible_mask(asker, now)) is not None:
        mine &= seen
    ids = rights.id_list(now.columns.ids[np.flatnonzero(mine)])
    lines = Entry.objects.filter(
        obligation__in=ids, source_room=ROOM, source_kind=ACT, source_id__in=[str(act.pk) for act in acts]
    ).order_by("chain_id", "position")
    found = list(lines.select_related("obligation__requirement__directive"))
    voided = set(
        Entry.objects.filter(obligation__in=[line.obligation_id for line in found], kind=Kind.VOIDED).values_list(
            "chain_id", "voids"
        )
    )
    return [line for line in found if (line.chain_id, line.position) not in voided]
