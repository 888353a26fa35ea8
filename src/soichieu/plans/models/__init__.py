"""The tables of this room, by concept. Every one of them is only added to; what holds now is the newest row."""

from soichieu.plans.models.answers import Answer
from soichieu.plans.models.plans import (
    ItemIdentity,
    Plan,
    PlanAct,
    PlanEdition,
    PlanFacts,
    PlanItem,
    PlanSuperior,
    SharesShown,
)
from soichieu.plans.models.reviews import Review, Verdict
from soichieu.plans.models.schemes import Dependency, Milestone, MilestoneDates, Scheme

__all__ = [
    "Answer",
    "Dependency",
    "ItemIdentity",
    "Milestone",
    "MilestoneDates",
    "Plan",
    "PlanAct",
    "PlanEdition",
    "PlanFacts",
    "PlanItem",
    "PlanSuperior",
    "Review",
    "Scheme",
    "SharesShown",
    "Verdict",
]
