"""What may be an added part: a phrase of an item, its kind, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["quantity", "place", "person", "date", "product"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words ``start`` to ``end`` of an item. ``sure``: it has a name or a place in the sentence that nothing else has;
    what is not sure counts only beside something that is, or where the rest is the superior's own wording."""

    kind: Kind
    start: int
    end: int
    sure: bool
