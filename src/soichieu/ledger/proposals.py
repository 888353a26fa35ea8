"""What the reader takes for requirements in an edition: a proposal for a person, with what was guessed left easy to
change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from soichieu.documents.models import Edition, ProvisionIdentity
from soichieu.language.text import fold
from soichieu.ledger.kinds import Closing, Given, Ladder
from soichieu.ledger.ordered import Ordered, ordered_in

Proposal = tuple[dict[str, Any], list[tuple[ProvisionIdentity, str]]]
"""The fields of a requirement with ``place``, its code where the number is taken; and the places that give it with the
hashes of their words."""

# Products that are documents: done when issued (DESIGN §2, *closing*).
_DOCUMENTS = (
    "luat", "phap lenh", "nghi quyet", "nghi dinh", "quyet dinh", "thong tu", "chi thi", "de an", "ke hoach",
    "chuong trinh", "chien luoc", "quy hoach", "van ban", "huong dan", "ho so", "bo tieu chi", "quy che", "quy dinh",
    "law", "decree", "decision", "plan", "programme", "strategy", "guidance", "report",
)  # fmt: skip
_PLANS = ("ke hoach", "chuong trinh hanh dong", "chuong trinh cong tac", "action plan")
_DISSEMINATION = ("quan triet", "pho bien", "tuyen truyen", "hoc tap")
_CHECKS = ("kiem tra", "don doc", "giam sat")
_REVIEWS = ("so ket", "tong ket", "danh gia ket qua thuc hien")


def proposals_of(edition: Edition, *, tables_only: bool = False) -> Iterator[Proposal]:
    """Proposed requirements in reading order: the rows of task tables, then the sentences that order something. Beside
    a table only those count that say who is to do it; with ``tables_only`` none of them, where there is one."""
    rows = edition.rows.filter(table_kind="tasks").select_related("identity").order_by("table", "ordinal")
    found = False
    for row in rows:
        found = True
        yield _from_row(row.row_id, row.group, row.number, row.data), [(row.identity, row.text_hash)]
    if found and tables_only:
        return
    for ordered in ordered_in(edition, beside_table=found):
        yield _from_text(ordered), [(one.identity, one.text_hash) for one in ordered.places]


def _from_row(row_id: str, group: str, number: str, data: dict[str, Any]) -> dict[str, Any]:
    leads = data.get("leads") or []
    deadline = data.get("deadline") or {}
    output = str(data.get("output") or "")
    task = str(data.get("task") or "")
    # A body that no list of the reader knows ("Vụ Pháp chế") may well be a unit of the tree: its printed name is kept.
    units = [lead.get("unit") or lead.get("text") for lead in leads if not lead.get("class")]
    classes = [lead["class"] for lead in leads if lead.get("class")]
    each = bool(classes)
    standing = deadline.get("kind") in ("standing", "periodic")
    return {
        "code": number.rstrip(".") or row_id,
        "place": row_id,
        "section": group,
        "title": task,
        "ladder": ladder_of(task, output),
        "closing": closing_of(output),
        "given": Given.EACH if each else Given.ONE,
        "products": [output] if output else [],
        "deadline": None if standing else _day(deadline.get("to")),
        "deadline_text": str(deadline.get("text") or ""),
        "standing": standing,
        "leads_text": "; ".join(str(lead.get("text", "")) for lead in leads),
        "cooperators_text": _words(data.get("cooperators")),
        "addressees": {"names": units, "classes": classes},
        "needs_one_lead": len(leads) > 1 and not each,
    }


def _from_text(ordered: Ordered) -> dict[str, Any]:
    classes = [lead.of_class for lead in ordered.leads if lead.of_class]
    names = [lead.unit or lead.text for lead in ordered.leads if not lead.of_class]
    return {
        "code": ordered.code,
        "place": ordered.code,
        "section": ordered.section,
        "title": ordered.text,
        "ladder": ladder_of(ordered.doing, ordered.products[0] if ordered.products else ""),
        "closing": closing_of(ordered.products[0]) if ordered.products else Closing.ACCEPTED,
        "given": Given.EACH if ordered.each else Given.ONE,
        "products": list(ordered.products),
        "deadline": ordered.due.day,
        "deadline_text": ordered.due.text,
        "standing": ordered.due.standing,
        "leads_text": ordered.agent,
        "cooperators_text": ordered.together,
        "addressees": {"names": names, "classes": classes} if names or classes else {},
        "needs_one_lead": len(names) > 1 and not ordered.each,
    }


def ladder_of(task: str, output: str) -> str:
    """The ladder a task most likely stands on, from its first words and its product; a person decides."""
    start, product = fold(task)[:80], fold(output)
    if any(word in product for word in _PLANS) or start.startswith(("xay dung ke hoach", "ban hanh ke hoach")):
        return Ladder.MADE_CONCRETE
    if any(start.startswith(word) or f"to chuc {word}" in start for word in _DISSEMINATION):
        return Ladder.DISSEMINATED
    if any(start.startswith(word) for word in _CHECKS):
        return Ladder.CHECKED
    if any(start.startswith(word) for word in _REVIEWS):
        return Ladder.REVIEWED
    return Ladder.CARRIED_OUT


def closing_of(output: str) -> str:
    product = fold(output)
    return Closing.ISSUED if any(product.startswith(word) for word in _DOCUMENTS) else Closing.ACCEPTED


def _day(text: object) -> dt.date | None:
    return dt.date.fromisoformat(str(text)) if text else None


def _words(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(str(item.get("text", "")) if isinstance(item, dict) else str(item) for item in value)
    return str(value or "")
