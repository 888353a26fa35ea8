"""That a shortcoming returns is shown to the unit it is about first, and to those who prepare the occasion; to anyone
else from the moment at which the unit has seen it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from soichieu.documents import rights
from soichieu.findings.commands import base
from soichieu.findings.models import Kind, Told
from soichieu.findings.queries.shown import Shown
from soichieu.ledger import clock
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.organisation.columns import columns


def own_house(asker: Asker) -> set[int]:
    """The asker's unit and its counterpart."""
    if asker.unit_id is None:
        return set()
    of = columns()
    at = of.position(asker.unit_id)
    return {int(of.ids[mate]) for mate in permissions.house(of, at, clock.today())} if at >= 0 else set()


def prepares(asker: Asker, one: Shown) -> bool:
    """Whether the asker writes for the occasion that raised it; the operator reads everything."""
    return asker.operator or bool(base.may(asker, base.WRITE, one.raising.occasion_unit_id))


def told(asker: Asker, groups: Iterable[Sequence[Shown]]) -> set[int]:
    """Of identities (their findings, oldest first) those whose return is told to the asker, each by the id of its
    newest finding. Asking as one of a unit that it is about counts as having been shown to that unit."""
    again = {
        group[-1].finding.pk: group[-1] for group in groups if len(group) > 1 and group[-1].kind == Kind.SHORTCOMING
    }
    if not again:
        return set()
    mine = own_house(asker)
    seen: dict[int, set[int]] = {}
    for finding, unit in Told.objects.filter(finding__in=rights.id_list(again)).values_list("finding_id", "unit_id"):
        seen.setdefault(finding, set()).add(unit)
    found = set()
    for pk, one in again.items():
        about = set(one.units)
        for unit in about & mine - seen.get(pk, set()):
            Told.objects.get_or_create(
                finding=one.finding,
                unit_id=unit,
                defaults={"made_at": clock.now(), "made_by": rights.record_of(asker)},
            )
        if about & mine or prepares(asker, one) or about <= seen.get(pk, set()):
            found.add(pk)
    return found


def tells(asker: Asker, members: Sequence[Shown]) -> bool:
    """Whether it is told to the asker how often one identity was raised and what returns; where nothing returns there
    is nothing to keep back."""
    if len(members) < 2 or members[-1].kind != Kind.SHORTCOMING:
        return True
    return members[-1].finding.pk in told(asker, [members])
