"""What changed between two versions of a plan, line by line."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from soichieu.plans.models import PlanEdition, PlanItem
from soichieu.plans.queries.editions import items_of

SAME, MOVED, CHANGED, NEW, GONE = "same", "moved", "changed", "new", "gone"
VERDICTS: dict[str, str | Promise] = {
    SAME: pgettext_lazy("of a line", "unchanged"),
    MOVED: pgettext_lazy("of a line", "moved, words unchanged"),
    CHANGED: pgettext_lazy("of a line", "changed"),
    NEW: pgettext_lazy("of a line", "new"),
    GONE: pgettext_lazy("of a line", "no longer there"),
}
FIELDS: dict[str, str | Promise] = {
    "text": pgettext_lazy("of a plan", "Task"),
    "group": pgettext_lazy("of a line", "Heading"),
    "leads": pgettext_lazy("of a line", "Lead"),
    "person": gettext_lazy("Person in charge"),
    "cooperators": gettext_lazy("Cooperators"),
    "output": gettext_lazy("Product"),
    "deciding_body": gettext_lazy("Deciding body"),
    "deadline_text": gettext_lazy("Deadline"),
}


@dataclass(frozen=True)
class LineChange:
    """One line in two versions; ``differs``: (field in words, before, after) of what is different."""

    verdict: str
    old: PlanItem | None
    new: PlanItem | None
    differs: tuple[tuple[str, str, str], ...] = ()

    @property
    def label(self) -> str:
        """The verdict in words."""
        return str(VERDICTS[self.verdict])


def said(item: PlanItem, field: str) -> str:
    """What a line says in one field, as text."""
    if field == "leads":
        return "; ".join(str(lead["text"]) for lead in item.leads)
    return str(getattr(item, field))


def differences(was: PlanItem, now: PlanItem) -> tuple[tuple[str, str, str], ...]:
    """(field in words, before, after) of what a line says otherwise."""
    return tuple(
        (str(label), said(was, name), said(now, name))
        for name, label in FIELDS.items()
        if said(was, name) != said(now, name)
    )


def compare(old: PlanEdition, new: PlanEdition) -> list[LineChange]:
    """Two versions of one plan by identity: in the order of the newer, what is gone at its old place.

    A line is *moved* when others that stood after it stand before it now.
    """
    before, after = list(items_of(old)), list(items_of(new))
    place = {one.identity_id: at for at, one in enumerate(before)}
    stayed = {one.identity_id for one in after}
    left = [one for one in before if one.identity_id not in stayed]
    changes: list[LineChange] = []
    reached = -1
    for one in after:
        at = place.get(one.identity_id)
        if at is None:
            changes.append(LineChange(NEW, None, one))
            continue
        while left and place[left[0].identity_id] < at:
            changes.append(LineChange(GONE, left.pop(0), None))
        was = before[at]
        differs = differences(was, one)
        moved = at < reached
        reached = max(reached, at)
        changes.append(LineChange(CHANGED if differs else MOVED if moved else SAME, was, one, differs))
    return changes + [LineChange(GONE, one, None) for one in left]
