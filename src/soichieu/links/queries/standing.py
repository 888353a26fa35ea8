"""What stands: of everything that was ever decided about a pair or a sentence, the newest."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from soichieu.links.models import Decision, LeftOpen

Pair = tuple[str, int]
"""A line's key and the primary key of a ``ProvisionIdentity``."""


def newest(plan_key: str, document_ids: Collection[int]) -> dict[Pair, Decision]:
    """Pair → its newest row, those taken back included: what ``seen`` of the next decision must name. One query."""
    rows = Decision.objects.filter(plan_key=plan_key, document_id__in=list(document_ids)).order_by("pk")
    return {(one.item_key, one.provision_id): one for one in rows}


def standing(found: Mapping[Pair, Decision]) -> dict[Pair, Decision]:
    """Of the newest rows those that stand; what was taken back is undecided again."""
    return {pair: one for pair, one in found.items() if one.origin != Decision.Origin.WITHDRAWN}


def left_open(plan_key: str, document_ids: Collection[int]) -> dict[int, LeftOpen]:
    """Identity → the newest row about leaving it open, those taken up again included (without a reason). One query."""
    rows = LeftOpen.objects.filter(plan_key=plan_key, document_id__in=list(document_ids)).order_by("pk")
    return {one.provision_id: one for one in rows}
