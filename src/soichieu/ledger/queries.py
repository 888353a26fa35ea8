"""Reads of the ledger: what an asker may see of obligations, their lines, and the counts over them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet

from soichieu.documents.models import Document
from soichieu.documents.queries import visible_documents
from soichieu.ledger import clock
from soichieu.ledger.commands.acts import asked, claimant_of, issuer_of
from soichieu.ledger.fold import Answer, Cell, Columns, answer
from soichieu.ledger.fold import states as st
from soichieu.ledger.fold import table as tb
from soichieu.ledger.fold.columns import NEVER
from soichieu.ledger.kinds import SPECS, Choice, Closing, Kind, Ladder
from soichieu.ledger.models import Chain, Entry, Obligation, QuotedCount, Requirement
from soichieu.organisation import permissions
from soichieu.organisation import queries as organisation
from soichieu.organisation.askers import Asker
from soichieu.organisation.kinds import Role

Known = Mapping[int, int] | dt.datetime | None


@dataclass(frozen=True)
class Question:
    """*As at* (a day), *as known at* (a moment; None: now), and the basis of coverage."""

    as_at: dt.date
    known_at: dt.datetime | None = None
    basis: str = "time"

    @classmethod
    def now(cls) -> Question:
        return cls(as_at=clock.today())

    def answer(self) -> Answer:
        return answer(self.as_at, self.known_at)


def _asked(columns: Columns, units: np.ndarray) -> np.ndarray:
    """Which obligations were handed to a cooperator among ``units`` for an opinion: it sees them and owes nothing."""
    handed = np.flatnonzero((columns.row == tb.ROW["handed"]) & (columns.void_at == NEVER))
    asked = np.zeros(len(columns.ids), dtype=bool)
    asked[columns.obligation[handed[np.isin(columns.unit[handed], units)]]] = True
    return asked


def visible_mask(asker: Asker, answer_: Answer) -> np.ndarray | None:
    """Which obligations (rows of the columns) the asker sees: holder or first unit in the asker's subtree **along each
    directive's line** (DESIGN §4), or a cooperator asked there; and whatever is published anyway. None: all."""
    if asker.operator:
        return None
    columns = answer_.columns
    # Of a public document on which only published facts are kept there is nothing to hide from whoever may sign in.
    published = Chain.objects.filter(directive__public=True, directive__published_only=True).values_list(
        "id", flat=True
    )
    mask = np.isin(columns.chain, list(published))
    for line in set(Chain.objects.values_list("line", flat=True)):
        units = permissions.visible_units(asker, on=clock.today(), line=line or None)
        chains = list(Chain.objects.filter(line=line).values_list("id", flat=True))
        mine = np.isin(columns.chain, chains)
        if units is None:
            mask |= mine
        else:
            mask |= mine & (
                np.isin(answer_.holder, units) | np.isin(columns.first_unit, units) | _asked(columns, units)
            )
    return mask


def obligation(asker: Asker, pk: int) -> tuple[Obligation, Cell]:
    """One obligation as it stands now; ``Obligation.DoesNotExist`` when there is none or it is not the asker's to
    see."""
    found = Obligation.objects.select_related("requirement", "chain__directive", "unit", "part_of").get(pk=pk)
    now = Question.now().answer()
    row = now.columns.row_of(pk)
    mask = visible_mask(asker, now)
    if mask is not None and not mask[row]:
        raise Obligation.DoesNotExist
    return found, now.at(row)


def entries_of(asker: Asker, of: Obligation) -> QuerySet[Entry]:
    """The lines about an obligation that the asker sees (checked by :func:`obligation`), by the day they happened."""
    return (
        Entry.objects.filter(obligation=of)
        .select_related("unit", "post__unit", "person", "on_behalf_of")
        .order_by("happened_on", "position")
    )


def entry(asker: Asker, pk: int) -> Entry:
    """One line; ``Entry.DoesNotExist`` when there is none or it is about an obligation that the asker does not see."""
    line = Entry.objects.select_related("chain__directive", "post__unit", "person", "on_behalf_of", "unit").get(pk=pk)
    try:
        obligation(asker, line.obligation_id)
    except Obligation.DoesNotExist:
        raise Entry.DoesNotExist from None
    return line


def directives(asker: Asker) -> QuerySet[Document]:
    """The documents with a book of their own that the asker sees, newest first."""
    return visible_documents(asker).filter(chain__isnull=False).order_by("-signed_on", "-id")


def requirements_of(directive: Document, *, ladder: str | None = None) -> list[Requirement]:
    """The confirmed requirements of a directive, in its order."""
    found = Requirement.objects.filter(directive=directive, status=Requirement.Status.CONFIRMED)
    return list(found.filter(ladder=ladder) if ladder else found)


def quoted_counts_of(directive: Document, question: Question) -> list[QuotedCount]:
    """The counts that sources give about a directive, happened by *as at*, recorded by *as known at*, not withdrawn
    by then."""
    counts = QuotedCount.objects.filter(directive=directive, happened_on__lte=question.as_at).select_related(
        "requirement"
    )
    withdrawals = QuotedCount.objects.exclude(withdraws=None)
    if question.known_at is not None:
        counts = counts.filter(recorded_at__lte=question.known_at)
        withdrawals = withdrawals.filter(recorded_at__lte=question.known_at)
    return list(counts.exclude(pk__in=withdrawals.values("withdraws")))


_ACKNOWLEDGED_ANEW = (Kind.REASSIGNED, Kind.TRANSFERRED, Kind.RETURNED, Kind.DECLINED, Kind.EXTENSION_ASKED)
"""After a line of these kinds an acknowledgement says something again: another holds it, or a request is taken back."""


def acknowledgement_of(of: Obligation) -> Entry | None:
    """The line by which whoever holds an obligation acknowledged it already, where a second one would say nothing."""
    lines = Entry.objects.filter(obligation=of)
    voided = lines.exclude(voids=None).values("voids")
    last = (
        lines.filter(kind__in=(Kind.ACKNOWLEDGED, *_ACKNOWLEDGED_ANEW))
        .exclude(position__in=voided)
        .order_by("-happened_on", "-position")
        .first()
    )
    return last if last is not None and last.kind == Kind.ACKNOWLEDGED else None


def _rows_for(kind: str, requirement: Requirement) -> list[int]:
    """The rows of the table that a line of a kind may take about a task of this requirement (``docs/ledger.md``
    section 3): with a paper behind it, or with none."""
    names = [name for name in tb.ROWS if name.split(",")[0] == kind]
    if kind in (Kind.ISSUED, Kind.CLAIMED) and requirement.closing != kind:
        names.remove(f"{kind}, closing")
    if kind == Kind.RESPONDED and (requirement.ladder, requirement.closing) != (Ladder.MADE_CONCRETE, Closing.ISSUED):
        names = [str(kind)]
    return [tb.ROW[name] for name in names]


def takes_effect(kind: str, requirement: Requirement, cell: Cell) -> bool:
    """Whether a line of a kind, with a paper behind it or none, would have an effect about a task of a requirement as
    it stands: by its own lines, not by what a whole in parts shows."""
    state = st.LIFECYCLE.index(cell.own_lifecycle)
    return any(tb.LIFECYCLE[row, state] != tb.NO_EFFECT for row in _rows_for(kind, requirement))


def _said_already(kind: str, of: Obligation, cell: Cell) -> bool:
    """Whether a line of this kind would say again what stands. What an act closed may still be accepted once."""
    if kind == Kind.ACCEPTED:
        return cell.own_lifecycle == "done" and cell.own_verification in ("accepted", "verified")
    return kind == Kind.ACKNOWLEDGED and acknowledgement_of(of) is not None


def _with_effect(of: Obligation, cell: Cell) -> list[str]:
    """The kinds of entry that would have an effect in the state of an obligation and say something new; giving it and
    voiding aside."""
    return [
        kind
        for kind in Kind.values
        if kind not in (Kind.OPENED, Kind.VOIDED)
        and takes_effect(kind, of.requirement, cell)
        and not _said_already(kind, of, cell)
    ]


@dataclass(frozen=True)
class Turn:
    """Whose turn it may be: posts with one of ``roles`` in a unit, and the kinds of entry that they may write.

    ``side``: where the unit stands (:mod:`soichieu.organisation.permissions`). ``unit_id`` None: a verifier's unit, any
    over the holder; or the operator, who gives out what no unit here gave.
    """

    side: str
    unit_id: int | None
    roles: tuple[str, ...]
    kinds: tuple[str, ...]


def turns_of(of: Obligation, cell: Cell) -> list[Turn]:
    """Who may write what about an obligation in the state it is in, by the one table: the unit that holds it, a
    cooperator asked for an opinion, the unit that gave it, verifiers; each with its kinds in their order."""
    units: dict[str, int | None] = {
        permissions.HOLDER: cell.holder_id if cell.holder_id is not None else of.unit_id,
        permissions.ASSIGNER: issuer_of(of.chain),
        permissions.CHECKER: None,
    }
    if cell.clock_with == "cooperator":
        lines = Entry.objects.filter(obligation=of)
        asked_last = lines.filter(kind=Kind.HANDED).exclude(position__in=lines.exclude(voids=None).values("voids"))
        last = asked_last.order_by("-happened_on", "-position").first()
        holder = units.pop(permissions.HOLDER)
        units = {permissions.HOLDER: holder, permissions.COOPERATOR: last.unit_id if last else None, **units}
    kinds = _with_effect(of, cell)
    found: dict[tuple[str, frozenset[str]], list[str]] = {}
    for kind in kinds:
        for side, roles in permissions.GRANTS[kind]:
            if side in units:
                found.setdefault((side, roles), []).append(kind)
    order = list(units)
    return [
        Turn(side, units[side], tuple(role for role in Role.values if role in roles), tuple(kinds))
        for (side, roles), kinds in sorted(found.items(), key=lambda one: order.index(one[0][0]))
    ]


def acts_for(asker: Asker, of: Obligation, cell: Cell) -> list[str]:
    """The kinds of entry that the asker may write about an obligation now *and* that would have an effect in its
    state; what is acknowledged or accepted already is not to be so again."""
    allowed = []
    for kind in _with_effect(of, cell):
        verdict = permissions.may(
            asker,
            kind,
            holder_id=cell.holder_id if cell.holder_id is not None else of.unit_id,
            issuer_id=issuer_of(of.chain),
            line=of.chain.line or None,
            on=clock.today(),
            cooperator_ids=asked(of) if kind == Kind.HANDED and cell.clock_with == "cooperator" else (),
            claim=claimant_of(of) if kind == Kind.VERIFIED else None,
        )
        if verdict.allowed:
            allowed.append(str(kind))
    return allowed


def choices_for(asker: Asker, of: Obligation, cell: Cell, kind: str) -> tuple[str, ...]:
    """What a line of a kind that the asker may write (:func:`acts_for`) may choose: whoever does not hold the work but
    was asked for an opinion can only hand it back."""
    choices = SPECS[kind].choices
    if kind != Kind.HANDED:
        return choices
    holder = cell.holder_id if cell.holder_id is not None else of.unit_id
    line = of.chain.line or None
    holds = permissions.may(asker, kind, holder_id=holder, issuer_id=issuer_of(of.chain), line=line, on=clock.today())
    return choices if holds else (Choice.LEAD,)


_GIVES_HOLDER = (Kind.OPENED, Kind.REASSIGNED, Kind.TRANSFERRED)


def heirs_to_be_named(asker: Asker, question: Question) -> list[tuple[Obligation, Entry | None]]:
    """Obligations for which nobody is known to succeed: those whose last hand-over went to a superior and is marked
    *heir to be named*, with that line, and those whose holder no longer exists on the day, with None."""
    answer_ = question.answer()
    mask = visible_mask(asker, answer_)
    marked = Entry.objects.filter(kind=Kind.TRANSFERRED, payload__contains="heir_to_be_named").values("obligation")
    lines = Entry.objects.filter(
        obligation__in=marked, kind__in=_GIVES_HOLDER, happened_on__lte=question.as_at
    ).order_by("happened_on", "position")
    voids = Entry.objects.filter(obligation__in=marked, kind=Kind.VOIDED).values_list("chain_id", "voids", "position")
    known = answer_.known
    never_so = {(chain, named) for chain, named, position in voids if position <= known.get(chain, 0)}
    last: dict[int, Entry] = {}
    for line in lines:
        if line.position <= known.get(line.chain_id, 0) and (line.chain_id, line.position) not in never_so:
            last[line.obligation_id] = line
    # Whoever was named afterwards, the superior itself too, was named by a person.
    last = {pk: line for pk, line in last.items() if line.details.get("heir_to_be_named")}
    rows = {int(row): last[int(pk)] for pk, row in zip(last, rows_of(answer_, list(last)), strict=True)}
    there = np.flatnonzero((answer_.lifecycle != 0) & (answer_.holder >= 0))
    holders = organisation.views_of(np.unique(answer_.holder[there]), question.as_at)
    gone = [unit for unit, view in holders.items() if not view.alive]
    named: dict[int, Entry | None] = {int(row): None for row in there[np.isin(answer_.holder[there], gone)]}
    named |= {row: line for row, line in rows.items() if answer_.holder[row] == line.unit_id}
    seen = [row for row in sorted(named) if mask is None or mask[row]]
    found = Obligation.objects.select_related("requirement", "unit").in_bulk(
        [int(answer_.columns.ids[row]) for row in seen]
    )
    return [(found[int(answer_.columns.ids[row])], named[row]) for row in seen]


def rows_of(answer_: Answer, obligations: Sequence[int]) -> np.ndarray:
    """Rows of the columns of some obligations, in their order."""
    return np.searchsorted(answer_.columns.ids, np.asarray(obligations, dtype=np.int64))
