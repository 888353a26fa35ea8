"""Drift: where an item asks for less than its superior (target, deadline, scope, product).

Two texts (and, where a table gives them, their cells of deadline and product) are compared figure by figure, time by
time, scope by scope. What the item does not state is no drift, a product excepted; what is equal though otherwise
written, or stricter, earlier or wider, is none. When in doubt nothing is said: a question that is put to an author
without ground costs more than one that is not put.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from soichieu.alignment.later_times import later
from soichieu.alignment.products import missing_product
from soichieu.alignment.scope import narrower_scope
from soichieu.alignment.targets import says_all, weaker_target
from soichieu.language.text import nfc

Kind = Literal["target_weaker", "deadline_later", "scope_narrower", "product_missing"]
KINDS: tuple[Kind, ...] = ("target_weaker", "deadline_later", "scope_narrower", "product_missing")


@dataclass(frozen=True, slots=True)
class Stated:
    """One side of a pair: its text, and what the table's own columns say of deadline and product (else empty)."""

    text: str
    deadline: str = ""
    product: str = ""


@dataclass(frozen=True, slots=True)
class Drift:
    """One finding: its kind, and the words on both sides that were compared (empty where there are none)."""

    kind: Kind
    superior: str
    item: str


def drifts(superior: Stated, item: Stated, unit: str = "") -> tuple[Drift, ...]:
    """Where the item asks for less than the superior, at most one finding of each kind, in the order of ``KINDS``.
    ``unit``: the owing unit's own name, which cuts nothing down."""
    superior = Stated(nfc(superior.text), nfc(superior.deadline), nfc(superior.product))
    item = Stated(nfc(item.text), nfc(item.deadline), nfc(item.product))
    weaker = _weaker(superior, item)
    narrower = _narrower(superior, item, unit)
    if weaker is not None and narrower is not None and says_all(weaker.superior):
        narrower = None  # a share of all is one finding, not two
    missing = _missing(superior, item)
    if missing is not None:
        narrower = None  # it makes another thing: for whom it does that is not compared
    found = (weaker, _later(superior, item), narrower, missing)
    return tuple(one for one in found if one is not None)


# --- Each kind -------------------------------------------------------------------------------------------------------


def _weaker(superior: Stated, item: Stated) -> Drift | None:
    found = weaker_target(superior.text, superior.product, item.text, item.product)
    return Drift("target_weaker", *found) if found else None


def _later(superior: Stated, item: Stated) -> Drift | None:
    found = later(superior.text, superior.deadline, item.text, item.deadline)
    return Drift("deadline_later", *found) if found else None


def _narrower(superior: Stated, item: Stated, unit: str) -> Drift | None:
    found = narrower_scope(superior.text, item.text, unit)
    return Drift("scope_narrower", *found) if found else None


def _missing(superior: Stated, item: Stated) -> Drift | None:
    found = missing_product(superior.text, superior.product, item.text, item.product)
    return Drift("product_missing", *found) if found else None
