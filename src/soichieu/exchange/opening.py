"""From the rows of a tracking sheet to what the book would say: a preview, and the same written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.directives.addressees import Finder
from soichieu.documents.errors import BadSheet, Fault
from soichieu.documents.models import Document
from soichieu.exchange.planning import KINDS, Known, Planned, planned
from soichieu.exchange.tracking import Line, Tracking
from soichieu.ledger import clock
from soichieu.ledger.append import Draft, append
from soichieu.ledger.commands import confirm_requirement, define_requirement, edit_requirement, open_obligations
from soichieu.ledger.commands.requirements import open_chain
from soichieu.ledger.errors import Forbidden
from soichieu.ledger.kinds import Given, Kind
from soichieu.ledger.models import Chain, Obligation, Requirement
from soichieu.ledger.proposals import closing_of, ladder_of
from soichieu.ledger.sources import Source
from soichieu.organisation import permissions
from soichieu.organisation.addressees import AddresseeRule
from soichieu.organisation.askers import Asker
from soichieu.organisation.queries import UnitView


@dataclass(frozen=True)
class Opening:
    """A whole sheet made ready. Nothing of it is written before :func:`take_over`."""

    directive: Document
    name: str
    as_at: dt.date
    tracking: Tracking
    rows: tuple[Planned, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Rows, new requirements and obligations, lines by kind, rows that add nothing."""
        made = {(row.code) for row in self.rows if not row.requirement}
        return {
            "rows": len(self.rows),
            "requirements": len(made),
            "obligations": sum(row.new for row in self.rows),
            "claimed": sum(row.kind == Kind.CLAIMED for row in self.rows),
            "started": sum(row.kind == Kind.STARTED for row in self.rows),
            "submitted": sum(row.kind == Kind.SUBMITTED for row in self.rows),
            "nothing": sum(not row.new and not row.kind for row in self.rows),
        }


def require(asker: Asker, directive: Document) -> None:
    """Raise ``Forbidden`` unless the asker may take a sheet over into this directive's book."""
    assigner = directive.issuer_unit_id or directive.registering_unit_id
    if assigner is None and not asker.operator:
        raise Forbidden(_("this document is kept by the operator of the instance"))
    line = Chain.objects.filter(directive=directive).values_list("line", flat=True).first() or "sector"
    verdict = permissions.may(asker, "open_book", on=clock.today(), holder_id=assigner, issuer_id=assigner, line=line)
    if not verdict.allowed:
        raise Forbidden(verdict.reason)


def prepare(
    *, asker: Asker, directive: Document, tracking: Tracking, name: str, as_at: dt.date | None = None
) -> Opening:
    """What the sheet would write; nothing is written. ``as_at``: the day the sheet was drawn up, the latest on which
    what it says without a date can have happened. Raises ``BadSheet`` with every fault, ``Forbidden``."""
    require(asker, directive)
    today = clock.today()
    day = as_at or today
    faults: list[Fault] = []
    if day > today:
        raise BadSheet([Fault("", _("The sheet's day has not come yet."))])
    if day < directive.signed_on:
        raise BadSheet([Fault("", _("The sheet's day lies before the directive was signed."))])
    chain = Chain.objects.filter(directive=directive).first()
    line_of = chain.line if chain else "sector"
    finders = [Finder.for_directive(directive, on, line_of) for on in dict.fromkeys((day, directive.signed_on, today))]
    known = Known.of(directive)
    seen: dict[tuple[str, int], Line] = {}
    drafts: list[tuple[Line, UnitView, str, str]] = []
    for line in tracking.lines:
        unit = _unit(line, finders, faults)
        given = line.given_on or directive.signed_on
        _check_days(line, directive, given, today, faults)
        if unit is None:
            continue
        code, there = known.code_of(line)
        before = seen.get((code, unit.id))
        if before is not None:
            faults.append(
                Fault(
                    line.cells["lead"],
                    _("%(unit)s has this task already in %(cell)s. Keep one of the two rows.")
                    % {"unit": unit.name, "cell": before.cells["lead"]},
                )
            )
            continue
        seen[code, unit.id] = line
        drafts.append((line, unit, code, there))
    _check_rights(asker, directive, line_of, drafts, faults)
    if faults:
        raise BadSheet(faults)
    return Opening(directive, name, day, tracking, tuple(planned(drafts, directive, day)))


def _unit(line: Line, finders: Sequence[Finder], faults: list[Fault]) -> UnitView | None:
    for finder in finders:
        found = finder.find(line.lead)
        if len(found) == 1:
            return found[0]
        if found:
            listed = "; ".join(f"{view.name} ({view.code})" for view in found[:6])
            faults.append(
                Fault(
                    line.cells["lead"],
                    _("“%(lead)s” may be several units: %(units)s. Write the code of the one.")
                    % {"lead": line.lead, "units": listed},
                )
            )
            return None
    near = [view.name for finder in finders[:1] for view in finder.search(line.lead, 3)]
    hint = " " + _("Perhaps: %(units)s.") % {"units": "; ".join(near)} if near else ""
    faults.append(
        Fault(
            line.cells["lead"],
            _("there is no unit “%(lead)s”. Write one unit in each row, by its name or code.") % {"lead": line.lead}
            + hint,
        )
    )
    return None


def _check_days(line: Line, directive: Document, given: dt.date, today: dt.date, faults: list[Fault]) -> None:
    if line.deadline is not None and line.deadline < directive.signed_on:
        faults.append(
            Fault(
                line.cells["deadline"],
                _("the deadline lies before the directive itself (%(day)s). Check the year.")
                % {"day": f"{directive.signed_on:%d-%m-%Y}"},
            )
        )
    if line.given_on is not None and not directive.signed_on <= line.given_on <= today:
        faults.append(Fault(line.cells["given_on"], _("this day lies before the directive, or has not come yet.")))
    if line.done_on is not None and not given <= line.done_on <= today:
        faults.append(Fault(line.cells["done_on"], _("this day lies before the task was given, or has not come yet.")))


def _check_rights(
    asker: Asker,
    directive: Document,
    line_of: str,
    drafts: Sequence[tuple[Line, UnitView, str, str]],
    faults: list[Fault],
) -> None:
    units = sorted({unit.id for _line, unit, _code, _there in drafts})
    assigner = directive.issuer_unit_id or directive.registering_unit_id
    allowed = permissions.may_many(
        asker,
        Kind.OPENED,
        holder_ids=units,
        issuer_ids=assigner if assigner is not None else units,
        line=line_of,
        on=clock.today(),
    )
    outside = {unit for unit, right in zip(units, allowed, strict=True) if not right}
    for line, unit, _code, _there in drafts:
        if unit.id in outside:
            faults.append(
                Fault(
                    line.cells["lead"],
                    _("%(unit)s does not stand under the unit that gives the tasks.") % {"unit": unit.name},
                )
            )


@transaction.atomic
def take_over(*, asker: Asker, opening: Opening, evidence: str) -> Mapping[str, int]:
    """Write the opening balance: requirements, obligations, and *claimed* at most, each line with its sheet and cell.

    All or nothing. ``evidence``: SHA-256 of the stored sheet. What a sheet says is never a paper behind a claim
    (``paper`` false), so nothing is done by it: it waits for the confirmer. The same sheet again adds nothing.
    Gives the counts of what was written.
    """
    require(asker, opening.directive)
    directive = opening.directive
    chain = open_chain(directive=directive)
    Chain.objects.select_for_update().get(pk=chain.pk)
    # Between the preview and now others may have written: what is planned is read again under the lock, the codes
    # too, for another sheet may have taken a number for a task of its own.
    known = Known.of(directive)
    drafts = [(row.line, row.unit, *known.code_of(row.line)) for row in opening.rows]
    rows = planned(drafts, directive, opening.as_at)
    stem = PurePosixPath(opening.name).name
    obligations: dict[tuple[str, int], int] = {}
    requirements = _requirements(asker, directive, rows)
    opened = 0
    groups: dict[tuple[str, dt.date | None, dt.date], list[Planned]] = {}
    for row in rows:
        if row.new:
            given = row.line.given_on or directive.signed_on
            groups.setdefault((row.code, row.line.deadline, given), []).append(row)
    for (code, deadline, given), members in groups.items():
        made = open_obligations(
            asker=asker,
            requirement=requirements[code],
            unit_ids=[row.unit.id for row in members],
            happened_on=given,
            deadline=deadline,
            source=_source(stem, members[0].line.cells["task"]),
        )
        opened += len(made)
        obligations |= {(code, one.unit_id): one.pk for one in made}
    for pk, code, unit in Obligation.objects.filter(
        requirement__directive=directive, period="", part_of=None
    ).values_list("pk", "requirement__code", "unit_id"):
        obligations.setdefault((code, unit), pk)
    lines = [
        Draft(
            obligation_id=obligations[row.code, row.unit.id],
            kind=row.kind,
            happened_on=row.happened_on,
            source=_source(stem, row.line.cells["status"]),
            evidence=[evidence],
            payload={
                "sheet": row.line.cells["status"],
                "status": row.line.status_text,
                **({} if row.certain and row.kind == Kind.CLAIMED else {"not_later_than": True}),
            },
        )
        for row in rows
        if row.kind
    ]
    if lines:
        append(asker=asker, chain_id=chain.pk, drafts=lines)
    return {
        "requirements": sum(1 for code in {row.code for row in rows if not row.requirement}),
        "obligations": opened,
        **{str(kind): sum(draft.kind == kind for draft in lines) for kind in KINDS.values()},
    }


def _source(stem: str, cell: str) -> Source:
    """``file.xlsx!Sheet1!E7``, cut at the file's name where the whole would be too long."""
    room = 80 - len(cell) - 1
    name = stem if len(stem) <= room else "…" + stem[-(room - 1) :]
    return Source(room="ledger", kind="sheet", id=f"{name}!{cell}"[-80:], paper=False)


def _requirements(asker: Asker, directive: Document, rows: Sequence[Planned]) -> dict[str, Requirement]:
    """Code → the confirmed requirement; those that the sheet brings are written and confirmed now."""
    found = {one.code: one for one in Requirement.objects.filter(directive=directive).select_related("directive")}
    by_code: dict[str, list[Planned]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    last = max((one.ordinal for one in found.values()), default=0)
    for number, (code, members) in enumerate(by_code.items(), start=1):
        there = found.get(code)
        rule = AddresseeRule(units=tuple(dict.fromkeys(row.unit.code for row in members)))
        first = members[0].line
        given = Given.EACH if len(members) > 1 else Given.ONE
        if there is None:
            found[code] = define_requirement(
                asker=asker,
                directive=directive,
                code=code,
                title=first.task,
                ladder=ladder_of(first.task, first.product),
                closing=closing_of(first.product),
                given=given,
                deadline=first.deadline,
                standing=first.standing,
                ordinal=last + number,
                section=first.section,
                products=[first.product] if first.product else [],
                deadline_text=first.deadline_text,
                leads_text="; ".join(dict.fromkeys(row.line.lead for row in members)),
                cooperators_text=first.cooperators,
                addressees=rule.as_json(),
            )
        elif there.status == Requirement.Status.PROPOSED and any(row.new for row in members):
            edited = edit_requirement(
                asker=asker,
                requirement_id=there.pk,
                version=there.version,
                values={"addressees": rule.as_json(), "given": given, "needs_one_lead": False},
            )
            found[code] = confirm_requirement(asker=asker, requirement=edited)
    return found
