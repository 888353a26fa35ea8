"""The sentences of an edition that order something, each with who, by when and what is to come of it.

A paragraph is one proposal, unless several of its sentences each name somebody: then each of those is one. What stands
above a paragraph ("3. Cục Đèn biển:", "Hoàn thành trước ngày 30-6:") holds for what stands below it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from soichieu.documents import keys
from soichieu.documents.models import Edition, Provision
from soichieu.reading.bodies import Lead
from soichieu.reading.due import Due, due_in, products_in
from soichieu.reading.orders import Order, bodies_in_heading, opens_with_act, order_of

TASK = (Provision.Nature.TASK, Provision.Nature.SOLUTION)
NO_TASK = (Provision.Nature.VIEWPOINT, Provision.Nature.GOAL)
_APART = frozenset(
    ("letterhead", "title", "recipients", "signature", "dissemination", "footnote", "note", "addressee", "enacting")
) | {"table"}
_BEFORE_BODY = frozenset(("preamble", "basis"))
# Kinds that tell others what to do; in them a point that begins with a verb orders something, whoever is named above.
_DIRECTING = frozenset(("CT", "TB", "KH", "CTr", "CTHĐ", "KL", "CĐ", "HD", "NQ", ""))
# What binds for good (a law, a decree, a numbered-by-year decision) says of many what they do; only plain words of
# duty make a requirement of it.
_RULES = frozenset(("normative", "assembly"))
_DUTY = re.compile(
    r"(?:có trách nhiệm|chịu trách nhiệm|chủ trì|phải|hoàn thành|báo cáo|triển khai|khẩn trương|trách nhiệm)(?!\w)"
)
_PERMITTED = re.compile(r"có quyền|có thể|được quyền|có thẩm quyền", re.IGNORECASE)
# Under such headings nothing is ordered: they look back, define, or say what a body is for.
_LOOKS_BACK = re.compile(
    r"(?:về |những |một số |các )*(?:đánh giá(?: chung| tình hình| kết quả|$)|tình hình|kết quả(?: đạt| thực hiện|$)"
    r"|tồn tại|hạn chế|nguyên nhân|ưu điểm|khuyết điểm|bối cảnh|thực trạng|phạm vi điều chỉnh|đối tượng áp dụng"
    r"|giải thích từ ngữ|vị trí|chức năng|nhiệm vụ(?: và|,)? quyền hạn|cơ cấu tổ chức)(?!\w)",
    re.IGNORECASE,
)
_AGREES = re.compile(
    r"(?:Cơ bản )?(?:[Đđ]ồng ý|[Tt]hống nhất|[Nn]hất trí|[Gg]hi nhận|[Bb]iểu dương|[Đđ]ánh giá cao)(?!\w)"
)
_EACH = re.compile(r"(?:các|từng|mỗi|người đứng đầu|thủ trưởng|cán bộ|cơ quan|đơn vị)(?!\w)", re.IGNORECASE)
_TO_FOLLOW = re.compile(
    r"(?:nội dung|nhiệm vụ|giải pháp|công việc|yêu cầu|công tác|việc)(?: chủ yếu| trọng tâm| cụ thể| chính)*"
    r"(?: như)? sau(?: đây)?\s*:$"
)


@dataclass(frozen=True)
class Ordered:
    """One thing that is ordered. ``doing``: its words from the verb on; ``each``: every one named is
    to do it, not one of them; ``places``: the paragraph or sentences."""

    code: str
    section: str
    text: str
    doing: str
    agent: str
    leads: tuple[Lead, ...]
    each: bool
    together: str
    due: Due
    products: tuple[str, ...]
    places: tuple[Provision, ...]


@dataclass(frozen=True)
class _Around:
    """What stands above a paragraph and holds for it."""

    heading: str = ""
    agent: str = ""
    leads: tuple[Lead, ...] = ()
    due: Due = Due()
    back: bool = False


@dataclass(frozen=True)
class _Text:
    """What of the whole document decides how its sentences are taken."""

    signed_on: dt.date
    rules: bool
    directing: bool
    beside_table: bool
    addressees: tuple[str, ...]


def ordered_in(edition: Edition, *, beside_table: bool) -> Iterator[Ordered]:
    """What an edition's sentences order, in reading order."""
    nodes = list(edition.provisions.select_related("identity").order_by("ordinal"))
    parents = {node.parent_id for node in nodes if node.kind != "sentence"}
    sentences: dict[int | None, list[Provision]] = {}
    for node in nodes:
        if node.kind == "sentence":
            sentences.setdefault(node.parent_id, []).append(node)
    about = _about(edition, beside_table)
    around: dict[int | None, _Around] = {None: _Around()}
    for node in nodes:
        if node.kind == "sentence":
            continue
        above = around.get(node.parent_id, _Around())
        mine = sentences.get(node.pk, [])
        if node.kind in _APART:
            around[node.pk] = above
            continue
        here = _below(node, mine, above, about)
        if node.pk in parents:
            around[node.pk] = here
            mine = [one for one in mine if not one.text.rstrip().endswith(":")]
        elif (node.kind in _BEFORE_BODY or node.parent_id is None) and (mine or [node])[-1].text.rstrip().endswith(":"):
            # "Bộ trưởng yêu cầu các đơn vị:" stands beside the points it opens, not above them.
            around[None] = replace(here, heading=around[None].heading)
        if node.nature not in NO_TASK and not here.back:
            whole = node.pk not in parents
            yield from _of_paragraph(node, mine, above, about, whole=whole)


def _about(edition: Edition, beside_table: bool) -> _Text:
    document = edition.document
    said = edition.reading.get("document") or {}
    number = keys.understood(document.number)
    # Registered before kinds were codes: "Chỉ thị".
    kind = keys.kind_code(document.kind)
    family = number.family if number else said.get("number_family")
    addressees = said.get("addressee") or ()
    return _Text(
        signed_on=document.signed_on,
        rules=family in _RULES and kind not in ("CT", "KH"),
        directing=kind in _DIRECTING,
        beside_table=beside_table,
        addressees=tuple([addressees] if isinstance(addressees, str) else addressees),
    )


def _below(node: Provision, mine: Sequence[Provision], above: _Around, about: _Text) -> _Around:
    """What holds below a paragraph: its heading, and who and when its opening words say."""
    heading = node.heading or above.heading
    back = above.back or bool(_LOOKS_BACK.match(node.heading or ""))
    agent, leads, due = above.agent, above.leads, above.due
    named = bodies_in_heading(node.heading) if node.heading else ()
    if named:
        agent, leads = node.heading.strip(" .:;"), named
    opening = mine[-1].text if mine else node.text
    if opening.rstrip().endswith(":"):
        order = order_of(opening)
        if order is not None:
            agent, leads = order.agent, order.leads
        said = due_in(opening, about.signed_on)
        due = said if said.day else due
    return _Around(heading, agent, leads, due, back)


def _of_paragraph(
    node: Provision, mine: Sequence[Provision], above: _Around, about: _Text, *, whole: bool
) -> Iterator[Ordered]:
    if not mine:
        text = (node.text or (node.heading if whole else "")).strip()
        if text and whole and node.kind not in _BEFORE_BODY:
            order = order_of(text)
            if _taken(node, text, order, above, about):
                yield _made(node.citation, [node], text, order, above, about)
        return
    groups: list[tuple[list[Provision], Order | None]] = []
    orders = [_own(one.text, node, about) for one in mine]
    any_own = any(orders)
    for one, order in zip(mine, orders, strict=True):
        if order is not None:
            groups.append(([one], order))
        elif groups and not (_LOOSE_END.search(one.text) or "\n" in _between(node, groups[-1][0][-1], one)):
            groups[-1][0].append(one)
        elif _taken(node, one.text, None, above, about, alone=any_own):
            groups.append(([one], None))
    if len(groups) == 1 and whole and not (any_own and len(groups[0][0]) < len(mine)):
        places, order = groups[0]
        text = " ".join(one.text for one in mine)
        yield _made(
            node.citation, [node], text if not order else " ".join(one.text for one in places), order, above, about
        )
        return
    for places, order in groups:
        text = " ".join(one.text for one in places)
        yield _made(places[0].citation, places, text, order, above, about)


_LOOSE_END = re.compile(
    r"thông báo (?:để|đến|tới)|^(?:Trân trọng|Nơi nhận|(?:Quyết định|Chỉ thị|Kế hoạch|Thông báo|Nghị quyết) này)"
)


def _between(node: Provision, before: Provision, after: Provision) -> str:
    """What stands in the paragraph between two of its sentences."""
    start = node.text.find(before.text)
    end = node.text.find(after.text, start + len(before.text)) if start >= 0 else -1
    return node.text[start + len(before.text) : end] if end >= 0 else ""


def _own(text: str, node: Provision, about: _Text) -> Order | None:
    """The order of a sentence that says itself whom it orders; in what binds for good only a plain duty."""
    order = order_of(text)
    if order is None or order.intro:
        return None
    if node.kind in _BEFORE_BODY and (
        not re.search(r"yêu cầu|đề nghị|giao", text) or _TO_FOLLOW.search(text) or text.startswith(("Căn cứ", "Theo"))
    ):
        return None
    if about.rules:
        duty = _DUTY.search(text, order.act, order.act + 110) or due_in(text, about.signed_on).text
        if _PERMITTED.search(text) or not duty:
            return None
    return order


def _taken(
    node: Provision, text: str, order: Order | None, above: _Around, about: _Text, *, alone: bool = False
) -> bool:
    """Whether what names nobody itself is proposed. ``alone``: others in its paragraph name somebody."""
    if node.kind in _BEFORE_BODY or (order is not None and order.intro):
        return False
    if order is not None and _own(text, node, about) is not None:
        return True
    acts = opens_with_act(text)
    if about.beside_table:
        return acts and bool(above.leads)
    if node.nature in TASK:
        return acts if about.rules else not (alone and _AGREES.match(text))
    return acts and (bool(above.leads) or (about.directing and not about.rules))


def _made(
    code: str, places: Sequence[Provision], text: str, order: Order | None, above: _Around, about: _Text
) -> Ordered:
    agent, leads = (order.agent, order.leads) if order is not None else (above.agent, above.leads)
    each = not leads or any(lead.of_class or _EACH.match(lead.text) for lead in leads)
    if about.addressees and (agent.lower().startswith("quý ") or [lead.of_class for lead in leads] == ["units"]):
        # A letter's "các đơn vị", "Quý cơ quan" are those it is sent to, each of them.
        agent, leads, each = _those_addressed(about, agent, leads)
    due = due_in(text, about.signed_on)
    return Ordered(
        code=code,
        section=above.heading,
        text=text,
        doing=text[order.act :] if order is not None else text,
        agent=agent,
        leads=leads,
        each=each,
        together=order.together if order is not None else "",
        due=due if due.text else above.due,
        products=tuple(products_in(text)),
        places=tuple(places),
    )


def _those_addressed(about: _Text, agent: str, leads: tuple[Lead, ...]) -> tuple[str, tuple[Lead, ...], bool]:
    """Whom a letter is addressed to, in the place of its "các đơn vị"; the same where that names no bodies."""
    words = (re.sub(r"^Kính gửi\s*:?\s*", "", one).strip(" -–;.") for one in about.addressees)
    sent_to = "; ".join(filter(None, words))
    named = bodies_in_heading(sent_to)
    return (sent_to, named, True) if named else (agent, leads, True)
