"""The six clears of conclusion 226-KL/TW for a line of a plan: which are missing, in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from soichieu.alignment.clears import CLEARS, Task, missing_clears
from soichieu.plans.models import PlanItem

LABELS: dict[str, str | Promise] = {
    "who": pgettext_lazy("clear", "who"),
    "what": pgettext_lazy("clear", "what"),
    "when": pgettext_lazy("clear", "when"),
    "responsibility": pgettext_lazy("clear", "responsibility"),
    "authority": pgettext_lazy("clear", "authority"),
    "product": pgettext_lazy("clear", "product"),
}
assert tuple(LABELS) == CLEARS


def missing(item: PlanItem) -> tuple[str, ...]:
    """Codes of the clears that nothing, or nothing clear, is written about; in the order of the conclusion."""
    return missing_clears(
        Task(
            item.text,
            leads=[str(lead["text"]) for lead in item.leads],
            person=item.person,
            output=item.output,
            deadline=item.deadline_text,
            deciding=item.deciding_body,
        )
    )


def said(codes: Iterable[str]) -> str:
    """Clears in words: "who, when"."""
    return ", ".join(str(LABELS[code]) for code in codes)
