"""From a register of outgoing documents to the register of what is in force: a preview, and the same written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.documents import keys, rights
from soichieu.documents.errors import BadSheet, Fault
from soichieu.documents.models import Document
from soichieu.documents.storing import new_key
from soichieu.language.text import comparison_key
from soichieu.ledger import clock
from soichieu.organisation.askers import Asker
from soichieu.organisation.models import Unit
from soichieu.organisation.names import name_of
from soichieu.plans.commands.register import require_write
from soichieu.plans.facts import Facts, clean, differences
from soichieu.plans.models import Plan, PlanFacts
from soichieu.plans.outgoing import Outgoing, Row
from soichieu.plans.queries.register import standing_facts

NEW, THERE, LEFT_OUT = "new", "there", "left_out"


@dataclass(frozen=True)
class Planned:
    """One row and what becomes of it: entered as ``facts``; or in the register already (``there``), with what is
    different in the sheet; or left out, and why."""

    row: Row
    fate: str
    facts: Facts | None = None
    why: str = ""
    there: PlanFacts | None = None
    differs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Importing:
    """A whole sheet made ready. Nothing of it is written before :func:`take_over`."""

    unit_id: int
    unit: str
    name: str
    outgoing: Outgoing
    rows: tuple[Planned, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Rows by what becomes of them."""
        found = Counter(one.fate for one in self.rows)
        return {"rows": len(self.rows), **{fate: found[fate] for fate in (NEW, THERE, LEFT_OUT)}}


@dataclass
class _Known:
    """What the unit's register holds, by number and day; filled up with the rows of the sheet as they come."""

    by_key: dict[tuple[str, object], PlanFacts]
    seen: dict[tuple[str, object], Row] = field(default_factory=dict)

    @classmethod
    def of(cls, unit_id: int) -> _Known:
        rows = standing_facts(plans=Plan.objects.filter(unit_id=unit_id).values("pk")).exclude(number="")
        return cls({(keys.number_key(row.number), row.signed_on): row for row in rows.select_related("plan")})


def prepare(*, asker: Asker, unit_id: int, outgoing: Outgoing, name: str, evidence: str = "") -> Importing:
    """What the sheet would enter into a unit's register; nothing is written. ``evidence``: SHA-256 of the file.

    Raises ``BadSheet`` with every fault, ``NotAllowed``.
    """
    require_write(asker, unit_id)
    known = _Known.of(unit_id)
    documents = _documents(unit_id)
    unit = name_of([unit_id], clock.today())[unit_id]
    faults: list[Fault] = []
    rows = []
    for row in outgoing.rows:
        planned = _planned(row, unit_id, known, faults, {"sheet": name, "cell": row.cell, "file": evidence}, documents)
        rows.append(planned)
    if faults:
        raise BadSheet(faults)
    return Importing(unit_id, unit, name, outgoing, tuple(rows))


def _planned(
    row: Row,
    unit_id: int,
    known: _Known,
    faults: list[Fault],
    source: Mapping[str, str],
    documents: Mapping[tuple[str, object], Document],
) -> Planned:
    if not row.kind:
        return Planned(row, LEFT_OUT, why=row.why)
    if row.issuer and not _is_own(row.issuer, unit_id, row):
        return Planned(row, LEFT_OUT, why=_("issued by %(issuer)s, not by this unit") % {"issuer": row.issuer})
    key = (keys.number_key(row.number), row.signed_on)
    facts = Facts(
        kind=row.kind, term=row.term, title=clean(row.title), number=row.number, signed_on=row.signed_on,
        signer=clean(row.signer), from_day=row.from_day, to_day=row.to_day, source=dict(source),
        document=documents.get(key),
    )  # fmt: skip
    before = known.seen.get(key)
    if before is not None:
        if comparison_key(before.title) == comparison_key(row.title):
            return Planned(row, LEFT_OUT, why=_("the same document as in %(cell)s") % {"cell": before.cell})
        faults.append(
            Fault(
                row.cell,
                _("%(number)s of the same day stands in %(cell)s with another title. Correct one of the two.")
                % {"number": row.number, "cell": before.cell},
            )
        )
        return Planned(row, LEFT_OUT)
    known.seen[key] = row
    there = known.by_key.get(key)
    if there is None:
        return Planned(row, NEW, facts)
    told = Facts.of(there)
    compared = ("kind", "term", "title", "from_day", "to_day", *(("signer",) if facts.signer else ()))
    same = {name: value for name, value in vars(told).items() if name not in compared}
    return Planned(
        row, THERE, facts, why=_("in the register already"), there=there,
        differs=tuple(differences(told, Facts(**{**vars(facts), **same}))),
    )  # fmt: skip


def _is_own(issuer: str, unit_id: int, row: Row) -> bool:
    """Whether an issuer's name is that of the unit: today, or on the day of the document."""
    days = [clock.today(), *([row.signed_on] if row.signed_on is not None else [])]
    names = {name_of([unit_id], day, short=short)[unit_id] for day in days for short in (False, True)}
    return keys.issuer_key(issuer) in {keys.issuer_key(one) for one in names}


def _documents(unit_id: int) -> dict[tuple[str, object], Document]:
    """The unit's own documents in the register, by number and day: a plan that stands there is not entered twice."""
    return {(one.number_key, one.signed_on): one for one in Document.objects.filter(issuer_unit_id=unit_id)}


@transaction.atomic
def take_over(*, asker: Asker, importing: Importing) -> list[Plan]:
    """Enter every new row of a prepared sheet, or none of them.

    What was entered since the preview was drawn is recognised here again. Raises ``BadSheet``, ``NotAllowed``.
    """
    require_write(asker, importing.unit_id)
    # Two people who take one sheet over at once wait for each other; the second finds everything there already.
    Unit.objects.select_for_update().get(pk=importing.unit_id)
    known = _Known.of(importing.unit_id).by_key
    new = [
        one.facts
        for one in importing.rows
        if one.fate == NEW
        and one.facts is not None
        and (keys.number_key(one.facts.number), one.facts.signed_on) not in known
    ]
    now, record = clock.now(), rights.record_of(asker)
    plans = Plan.objects.bulk_create(
        [Plan(key=new_key(), unit_id=importing.unit_id, made_at=now, made_by=record) for _facts in new], batch_size=200
    )
    PlanFacts.objects.bulk_create(
        [
            PlanFacts(plan=plan, **{**vars(facts), "source": dict(facts.source)}, made_at=now, made_by=record)
            for plan, facts in zip(plans, new, strict=True)
        ],
        batch_size=100,
    )
    return plans
