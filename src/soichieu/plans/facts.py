"""What is told of a plan, as a value: compared field by field, and said in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from django.utils.translation import gettext_lazy

from soichieu.documents.models import Document
from soichieu.language.text import nfc
from soichieu.plans.models import PlanFacts
from soichieu.web.dates import write_day

NAMES = {
    "kind": gettext_lazy("Kind"),
    "term": gettext_lazy("Term"),
    "title": gettext_lazy("Title"),
    "number": gettext_lazy("Number and symbol"),
    "signed_on": gettext_lazy("Date of issue"),
    "signer": gettext_lazy("Signer"),
    "signing_form": gettext_lazy("Signing form"),
    "document": gettext_lazy("Document in the register"),
    "from_day": gettext_lazy("In force from"),
    "to_day": gettext_lazy("In force to"),
}
"""What people may correct, in words."""


@dataclass(frozen=True)
class Facts:
    """What is told of a plan. ``from_day`` and ``to_day`` are the first and last day in force, both included; no first
    day: not in force yet (a draft); no last day: until it is stopped. ``source``: file and cell it was read from."""

    kind: str
    term: str
    title: str
    number: str = ""
    signed_on: dt.date | None = None
    signer: str = ""
    signing_form: str = ""
    document: Document | None = None
    from_day: dt.date | None = None
    to_day: dt.date | None = None
    source: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, row: PlanFacts) -> Facts:
        """The facts of a stored row."""
        return cls(**{one.name: getattr(row, one.name) for one in fields(cls)})

    @property
    def kind_word(self) -> str:
        """The kind in words."""
        return str(PlanFacts.Kind(self.kind).label)

    @property
    def term_word(self) -> str:
        """The term in words."""
        return str(PlanFacts.Term(self.term).label)


def differences(before: Facts, after: Facts) -> list[str]:
    """What is different, field by field, in words: "Title: A → B"."""
    told = []
    for name, label in NAMES.items():
        one, other = getattr(before, name), getattr(after, name)
        if one != other:
            told.append(f"{label}: {_shown(name, one)} → {_shown(name, other)}")
    return told


def clean(text: str) -> str:
    """Words as they are kept: NFC, blanks as one, no control characters (PostgreSQL stores no NUL)."""
    return " ".join("".join(one if one.isprintable() else " " for one in nfc(text)).split())


def _shown(name: str, value: Any) -> str:
    if isinstance(value, dt.date):
        return write_day(value)
    if name == "kind":
        return str(PlanFacts.Kind(value).label)
    if name == "term":
        return str(PlanFacts.Term(value).label)
    return str(value or "–")
