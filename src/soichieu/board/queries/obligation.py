"""Everything that the page of one obligation shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np

from soichieu.board.queries.history import Line, book_of
from soichieu.board.words import MAIN_ACTS
from soichieu.documents.dated import Dates, nodes_of
from soichieu.documents.models import DocumentCitation, Provision
from soichieu.ledger import clock, queries
from soichieu.ledger.commands.acts import issuer_of
from soichieu.ledger.fold import Answer, Cell
from soichieu.ledger.fold import states as st
from soichieu.ledger.kinds import Kind
from soichieu.ledger.models import Obligation, Requirement
from soichieu.ledger.queries import Question
from soichieu.ledger.ties import TieChange, tie_changes, ties_of
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.organisation.kinds import Role
from soichieu.organisation.names import name_of


@dataclass
class Sentence:
    """A provision or table row that gives (or is cited by) a requirement, in the edition of the day looked at."""

    text: str
    heading: str
    citation: str
    key: str
    identity: int
    gives: bool
    suspect: bool
    citations: list[DocumentCitation] = field(default_factory=list)


@dataclass
class Other:
    """Another obligation that belongs with this one: a part, the whole, or one of the same requirement and holder."""

    id: int
    unit: str
    period: str
    lifecycle: str


@dataclass
class Page:
    """One obligation on one question. ``cell`` None: the book has no line about it yet. ``now``: as it stands today."""

    obligation: Obligation
    requirement: Requirement
    question: Question
    answer: Answer
    cell: Cell | None
    now: Cell
    lines: list[Line]
    sentences: list[Sentence]
    names: dict[int, str]
    parts: list[Other]
    whole: Other | None
    held_with: list[Other]
    heir_to_be_named: bool
    tie_changes: list[TieChange] = field(default_factory=list)

    @property
    def owing(self) -> str:
        return self.names.get(self.obligation.unit_id, "")

    @property
    def holder_id(self) -> int:
        cell = self.cell or self.now
        return cell.holder_id if cell.holder_id is not None else self.obligation.unit_id

    @property
    def holder(self) -> str:
        return self.names.get(self.holder_id, "")

    @property
    def opened(self) -> dt.date | None:
        return next((line.entry.happened_on for line in self.lines if line.entry.kind == Kind.OPENED), None)

    @property
    def absent(self) -> bool:
        return self.cell is None or self.cell.lifecycle == "absent"


def page_of(asker: Asker, pk: int, question: Question) -> Page:
    """The page; ``Obligation.DoesNotExist`` when there is none or it is not the asker's to see."""
    found, now = queries.obligation(asker, pk)
    answer = question.answer()
    try:
        cell: Cell | None = answer.cell(pk)
    except KeyError:
        cell = None
    lines = book_of(asker, found, answer)
    parts, whole, held_with = _beside(asker, found, answer, cell or now)
    units = {found.unit_id, now.holder_id or found.unit_id}
    if cell is not None and cell.holder_id is not None:
        units.add(cell.holder_id)
    if (issuer := issuer_of(found.chain)) is not None:
        units.add(issuer)
    moved = [line.entry for line in lines if line.entry.kind == Kind.TRANSFERRED and line.standing == "counts"]
    return Page(
        obligation=found, requirement=found.requirement, question=question, answer=answer, cell=cell, now=now,
        lines=lines, sentences=sentences_of(found.requirement, question), names=name_of(units, question.as_at),
        parts=parts, whole=whole, held_with=held_with,
        tie_changes=tie_changes(found.requirement, Dates(question.as_at, question.known_at)),
        heir_to_be_named=bool(moved and moved[-1].details.get("heir_to_be_named")),
    )  # fmt: skip


def sentences_of(requirement: Requirement, question: Question) -> list[Sentence]:
    """The sentences of a requirement as known on a question, in the edition of its day; those that give it first."""
    links = {one.identity_id: one for one in ties_of([requirement], question.known_at)[requirement.pk]}
    if not links:
        return []
    stood = nodes_of(links, Dates(question.as_at, question.known_at))
    cited: dict[int, list[DocumentCitation]] = {}
    ids = [one.pk for one in stood.values() if isinstance(one, Provision)]
    for citation in DocumentCitation.objects.filter(provision__in=ids).select_related("document").order_by("ordinal"):
        cited.setdefault(citation.provision_id or 0, []).append(citation)
    out = []
    for identity, link in links.items():
        one = stood.get(identity)
        if one is None:
            continue
        out.append(
            Sentence(
                text=one.text or (one.heading if isinstance(one, Provision) else ""),
                heading=one.heading if isinstance(one, Provision) else one.group,
                citation=one.place, key=link.identity.key, identity=identity, gives=link.gives,
                suspect=one.text_hash != link.text_hash and bool(link.text_hash),
                citations=cited.get(one.pk, []) if isinstance(one, Provision) else [],
            )
        )  # fmt: skip
    return sorted(out, key=lambda one: (not one.gives, one.citation))


def _beside(asker: Asker, of: Obligation, answer: Answer, cell: Cell) -> tuple[list[Other], Other | None, list[Other]]:
    columns = answer.columns
    try:
        row = columns.row_of(of.pk)
    except KeyError:
        return [], None, []
    mask = queries.visible_mask(asker, answer)
    seen = np.ones(len(columns.ids), bool) if mask is None else mask
    parts = np.flatnonzero((columns.whole == row) & seen & (answer.lifecycle != st.AB))
    whole = int(columns.whole[row])
    together = np.empty(0, np.int64)
    if whole < 0 and cell.holder_id is not None:
        same = (columns.requirement == columns.requirement[row]) & (answer.holder == cell.holder_id)
        same &= (columns.whole < 0) & seen & ~np.isin(answer.lifecycle, (st.AB, st.WA, st.SS))
        same[row] = False
        together = np.flatnonzero(same & (columns.period == columns.period[row]))[:60]
    wanted = [*parts.tolist(), *together.tolist(), *([whole] if whole >= 0 and seen[whole] else [])]
    names = name_of({int(columns.first_unit[at]) for at in wanted}, answer.as_at)

    def other(at: int) -> Other:
        return Other(
            int(columns.ids[at]), names[int(columns.first_unit[at])], str(columns.period[at]),
            st.LIFECYCLE[answer.lifecycle[at]],
        )  # fmt: skip

    return (
        [other(int(at)) for at in parts],
        other(whole) if whole >= 0 and seen[whole] else None,
        [other(int(at)) for at in together],
    )


def voidable(asker: Asker, page: Page) -> None:
    """Mark the lines that the asker may void now."""
    standing = [line for line in page.lines if line.standing in ("counts", "no_effect", "later")]
    chain = page.obligation.chain
    verdicts: dict[str, bool] = {}
    for line in standing:
        kind = line.entry.kind
        if kind not in verdicts:
            verdicts[kind] = permissions.may(
                asker,
                Kind.VOIDED,
                holder_id=page.now.holder_id or page.obligation.unit_id,
                issuer_id=issuer_of(chain),
                line=chain.line or None,
                on=clock.today(),
                target_act=kind,
            ).allowed
        line.may_void = verdicts[kind]


@dataclass
class Turn:
    """One line of *by whom*: the unit ("" for a verifier's), the roles on its posts, what they may write."""

    unit: str
    side: str
    roles: list[str]
    acts: list[str]


def turns(page: Page) -> list[Turn]:
    """By whom which act of every day may be written now (DESIGN §7). Of real units of which only published facts are
    kept nobody writes anything: none."""
    if page.obligation.chain.directive.published_only:
        return []
    found = [
        (one, [str(Kind(kind).label) for kind in one.kinds if kind in MAIN_ACTS or one.side == permissions.COOPERATOR])
        for one in queries.turns_of(page.obligation, page.now)
    ]
    names = name_of({one.unit_id for one, acts in found if acts and one.unit_id is not None}, clock.today())
    return [
        Turn(names.get(one.unit_id or 0, ""), one.side, [str(Role(role).label) for role in one.roles], acts)
        for one, acts in found
        if acts
    ]
