"""Drift: where an item asks for less than its superior (target, deadline, scope, product).

Two texts (and, where a table gives them, their cells of deadline and product) are compared figure by figure, time by
time, scope by scope. What the item does not state is no drift, a product excepted; what is equal though otherwise
written, or stricter, earlier or wider, is none. When in doubt nothing is said: a question that is put to an author
without ground costs more than one that is not put.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from soichieu.alignment.amounts import Amount, amounts, says_all
from soichieu.alignment.deadlines import Due, at_once, due_of_cell, dues
from soichieu.alignment.products import missing_product
from soichieu.alignment.scope import narrower_scope, says_otherwise
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


def drifts(superior: Stated, item: Stated) -> tuple[Drift, ...]:
    """Where the item asks for less than the superior, at most one finding of each kind, in the order of ``KINDS``."""
    superior = Stated(nfc(superior.text), nfc(superior.deadline), nfc(superior.product))
    item = Stated(nfc(item.text), nfc(item.deadline), nfc(item.product))
    weaker = _weaker(superior, item)
    narrower = _narrower(superior, item)
    if weaker is not None and narrower is not None and says_all(weaker.superior):
        narrower = None  # a share of all is one finding, not two
    missing = _missing(superior, item)
    if missing is not None and narrower is not None and says_otherwise(superior.text, item.text):
        narrower = None  # it does another thing: for whom it does that is not compared
    found = (weaker, _later(superior, item), narrower, missing)
    return tuple(one for one in found if one is not None)


# --- Targets ---------------------------------------------------------------------------------------------------------


def _weaker(superior: Stated, item: Stated) -> Drift | None:
    asked = _targets(superior)
    given = _targets(item)
    ranked = any(one.kind == "rank" for one in asked)
    for at, one in enumerate(asked):
        other = _counterpart(one, at, asked, given, ranked)
        if other is None:
            continue
        if _less(one, other, superior.text, item.text, ranked):
            return Drift("target_weaker", one.text, other.text)
    whole = says_all(superior.text)
    if whole and not says_all(item.text):
        shares = [one for one in given if one.kind == "share" and (one.high is None or one.high < 100)]
        if shares and not any(one.kind == "share" for one in asked):
            return Drift("target_weaker", superior.text[slice(*whole)], shares[0].text)
    return None


def _targets(stated: Stated) -> list[Amount]:
    """The figures that set a target: of the text, else of the product; lengths of time are no targets."""
    for text in (stated.text, stated.product):
        found = [one for one in amounts(text) if one.kind != "span"]
        # A cell of a table of targets: "… (% dân số): 99".
        head, colon, cell = text.rpartition(":")
        if colon and not found and (cell := cell.strip()):
            unit = "%" if "%" in head else ""
            for one in amounts(f"{cell}{unit}" if unit and "%" not in cell else f"{cell} đơn vị"):
                found.append(Amount(cell, (len(head) + 1, len(text)), one.kind, one.value, one.low, one.high, ()))
        elif colon and "%" in head and "%" not in cell:
            found = [
                Amount(one.text, one.span, "share", one.value, one.low, one.high, one.noun)
                if one.span[0] > len(head)
                else one
                for one in found
            ]
        if found:
            return found
    return []


def _counterpart(one: Amount, at: int, asked: list[Amount], given: list[Amount], ranked: bool) -> Amount | None:
    """The item's figure about the same thing: of the same kind, by its noun, else the one at the same place."""
    alike = [other for other in given if other.kind == one.kind or (ranked and other.kind in ("rank", "count"))]
    if one.noun and one.kind == "count":
        named = [other for other in alike if set(other.noun[:3]) & set(one.noun[:3]) or not other.noun]
        if named:
            return _nearest(one, named)
        return None if any(other.noun for other in alike) and one.noun else (alike[0] if len(alike) == 1 else None)
    if not alike:
        return None
    mine = [other for other in asked if other.kind == one.kind]
    if len(mine) == len(alike):
        return alike[mine.index(one)]
    if any(other.value == one.value for other in alike):
        return next(other for other in alike if other.value == one.value)
    return alike[0] if len(mine) == 1 or at == 0 else None


def _nearest(one: Amount, named: list[Amount]) -> Amount:
    return max(named, key=lambda other: (len(set(other.noun) & set(one.noun)), other.value == one.value))


_REDUCES = ("giảm", "cắt giảm", "hạ", "reduce", "decrease", "cut", "không quá", "tối đa")
_NEGATES = ("không dùng", "không sử dụng", "non-", "without")


def _less(one: Amount, other: Amount, text: str, item: str, ranked: bool) -> bool:
    if one.kind == "rank" or (ranked and other.kind == "rank"):
        best = one.high if one.high is not None else one.value
        theirs = other.high if other.high is not None else other.value
        return theirs > best
    upper = one.low is None and one.high is not None
    if upper:  # at most so much: more is weaker
        if other.high is None:
            return other.low is not None and other.low > (one.high or 0)
        return other.high > (one.high or 0)
    least = one.low if one.low is not None else one.value
    if other.low is None:  # *at most* where *at least* was asked
        return not (one.kind == "share" and _complement(one, other, text, item))
    return other.low < least - 1e-9


def _complement(one: Amount, other: Amount, text: str, item: str) -> bool:
    """ "at least 80 % without cash" and "at most 20 % in cash" are one target."""
    denied = [any(word in side.casefold() for word in _NEGATES) for side in (text, item)]
    return denied[0] != denied[1] and (other.high or 0) <= 100 - (one.low or one.value) + 1e-9


# --- Deadlines -------------------------------------------------------------------------------------------------------


def _later(superior: Stated, item: Stated) -> Drift | None:
    asked = _times(superior)
    given = _times(item)
    for pick in (_terms, _rhythms, _days):
        mine, theirs = pick(asked), pick(given)
        if not mine or not theirs:
            continue
        for one, other in _paired(mine, theirs):
            if _comes_later(one, other):
                return Drift("deadline_later", one.text, other.text)
    return None


def _times(stated: Stated) -> list[Due]:
    cell = due_of_cell(stated.deadline)
    if cell is not None:
        return [cell]
    found = [due for due in dues(stated.text) if not _is_part_of_name(stated.text, due)]
    return found or at_once(stated.text)


def _is_part_of_name(text: str, due: Due) -> bool:
    """ "Nghị quyết … ngày 22-12-2024" dates a document, not a deadline."""
    before = text[max(0, due.span[0] - 40) : due.span[0]].casefold()
    return any(word in before for word in ("nghị quyết số", "quyết định số", "kế hoạch số", "-nq/tw", "/qđ-"))


def _terms(found: list[Due]) -> list[Due]:
    return [due for due in found if due.term is not None]


def _rhythms(found: list[Due]) -> list[Due]:
    return [due for due in found if due.every is not None and due.last is None]


def _days(found: list[Due]) -> list[Due]:
    return [due for due in found if due.last is not None]


def _paired(mine: list[Due], theirs: list[Due]) -> list[tuple[Due, Due]]:
    if len(mine) == len(theirs):
        return list(zip(mine, theirs, strict=True))
    last = max if mine[0].last is not None else min
    key = lambda due: due.last or date.min  # noqa: E731
    return [(last(mine, key=key), last(theirs, key=key))]


def _comes_later(one: Due, other: Due) -> bool:
    if one.term is not None and other.term is not None:
        return other.term > one.term * 1.02 + (1 if one.term > 27 else 0)
    if one.every is not None and other.every is not None and one.last is None:
        return other.every > one.every * 1.05
    return one.last is not None and other.last is not None and other.last > one.last


# --- Scope and product -----------------------------------------------------------------------------------------------


def _narrower(superior: Stated, item: Stated) -> Drift | None:
    found = narrower_scope(superior.text, item.text)
    return Drift("scope_narrower", *found) if found else None


def _missing(superior: Stated, item: Stated) -> Drift | None:
    found = missing_product(superior.text, superior.product, item.text, item.product)
    return Drift("product_missing", *found) if found else None
