"""A document is seen by those whom it obliges: the units that owe something of it, those to which a task of it came by
a later line, and whoever stands above them."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from soichieu.ledger.models import HANDED_ON, Entry, Obligation
from soichieu.organisation.askers import Asker


def widen(asker: Asker, units: Any) -> Q:
    """Documents on which a unit of the asker's subtree owes something, holds it now, or was asked for an opinion
    (DESIGN §4, *who sees what*)."""
    owing = Exists(Obligation.objects.filter(chain__directive=OuterRef("pk"), unit_id__in=units))
    return Q(owing) | Q(chain__in=_handed_on_to(units))


def _handed_on_to(units: Any) -> RawSQL:
    """The books in which a task was handed on to one of the units, by a line that is not voided. Asked last, and once a
    query at most. The kinds are written out: only so does a database use the index over just these lines."""
    table, kinds = Entry._meta.db_table, ", ".join(f"'{kind}'" for kind in HANDED_ON)
    return RawSQL(  # noqa: S611  # names of ours
        f"SELECT line.chain_id FROM {table} line WHERE line.kind IN ({kinds}) AND line.unit_id IN ({units.sql})"  # noqa: S608  # names of ours
        f" AND NOT EXISTS (SELECT 1 FROM {table} later WHERE later.obligation_id = line.obligation_id"
        " AND later.voids = line.position AND later.position > line.position)",
        units.params,
    )
