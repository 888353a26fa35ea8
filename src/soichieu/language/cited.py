"""The value `Citation`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .numbers import DocumentNumber, NumberCandidate
from .reasons import Reason


@dataclass(frozen=True, slots=True)
class Citation:
    """A place where a text cites a document: `text[start:end]`, the part cited included.

    `number` and `date` are as printed, or taken over from the citation at index `antecedent`, which `reason`
    then says. `name` is the name of a law. `candidates` are readings of a damaged number, or the documents that
    a short form may mean; `reason` says in words what was done.
    """

    start: int
    end: int
    text: str
    kind_word: str | None
    number: DocumentNumber | None
    date: date | None
    issuer_text: str
    part: str
    antecedent: int | None
    candidates: tuple[NumberCandidate, ...]
    reason: Reason
    name: str | None = None
    full: bool = True
    year: int | None = None


def squeezed(text: str) -> str:
    """`text` on one line, single-spaced."""
    return " ".join(text.split())
