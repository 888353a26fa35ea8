"""What the reader takes for requirements in an edition: a proposal for a person, with what was guessed left easy to
change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from soichieu.documents.models import Edition, Provision, ProvisionIdentity
from soichieu.language.text import fold
from soichieu.ledger.kinds import Closing, Given, Ladder

Proposal = tuple[dict[str, Any], ProvisionIdentity, str]

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


def proposals_of(edition: Edition) -> Iterator[Proposal]:
    """Proposed requirements in reading order: the rows of task tables, or, when there are none, points that order
    something."""
    rows = edition.rows.filter(table_kind="tasks").select_related("identity").order_by("table", "ordinal")
    found = False
    for row in rows:
        found = True
        yield _from_row(row.row_id, row.group, row.number, row.data), row.identity, row.text_hash
    if not found:
        yield from _from_provisions(edition)


def _from_row(row_id: str, group: str, number: str, data: dict[str, Any]) -> dict[str, Any]:
    leads = data.get("leads") or []
    deadline = data.get("deadline") or {}
    output = str(data.get("output") or "")
    task = str(data.get("task") or "")
    units = [lead["unit"] for lead in leads if lead.get("unit")]
    classes = [lead["class"] for lead in leads if lead.get("class")]
    each = bool(classes)
    standing = deadline.get("kind") in ("standing", "periodic")
    return {
        "code": number.rstrip(".") or row_id,
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


def _from_provisions(edition: Edition) -> Iterator[Proposal]:
    ordering = (Provision.Nature.TASK, Provision.Nature.SOLUTION)
    nodes = list(edition.provisions.select_related("identity").order_by("ordinal"))
    sentences: dict[int, list[Provision]] = {}
    inner: set[int] = set()
    for node in nodes:
        if node.kind == "sentence":
            sentences.setdefault(node.parent_id or 0, []).append(node)
        elif node.parent_id is not None:
            inner.add(node.parent_id)
    headings: dict[int, str] = {}
    for node in nodes:
        headings[node.pk] = node.heading or headings.get(node.parent_id or 0, "")
        if node.kind == "sentence" or node.nature not in ordering or node.pk in inner:
            continue
        text = " ".join(part.text for part in sentences.get(node.pk, [])) or node.text or node.heading
        if not text.strip():
            continue
        fields = {
            "code": node.citation,
            "section": headings.get(node.parent_id or 0, ""),
            "title": text,
            "ladder": ladder_of(text, ""),
            "closing": Closing.ACCEPTED,
            "given": Given.EACH,
            "products": [],
        }
        yield fields, node.identity, node.text_hash


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
