"""How much of a plan is taken over from a document above it: counts of lines, by the rule of the light table."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist

from soichieu.documents.models import Document
from soichieu.links.queries.table import table
from soichieu.organisation.askers import Asker


@dataclass(frozen=True)
class Share:
    """Of ``of`` lines how many are copied, reworded, made specific. ``shown`` False: it was not yet shown to the plan's
    own unit, and so to nobody above it; the counts are 0 then."""

    of: int
    copied: int = 0
    reworded: int = 0
    specific: int = 0
    shown: bool = True

    @property
    def mostly(self) -> bool:
        """At least half of the lines say nothing that the document does not say."""
        return self.shown and 2 * (self.copied + self.reworded) >= self.of > 0


def share_of(asker: Asker, plan_key: str, document: Document) -> Share | None:
    """The share of a plan against a document; None when the document has no text here to compare with.

    Shown to the plan's own unit first: asking as one of it counts as having been shown.
    """
    try:
        laid = table(asker, plan_key, document.pk)
    except ObjectDoesNotExist:
        return None
    if not laid.checked:
        return Share(len(laid.lines), shown=False)
    counts = laid.shares
    return Share(len(laid.lines), counts["copied"], counts["reworded"], counts["specific"])
