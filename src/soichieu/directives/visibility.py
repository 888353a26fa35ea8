"""A document is seen by those whom it obliges: the units that owe something of it, and whoever stands above them."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from soichieu.ledger.models import Obligation
from soichieu.organisation.askers import Asker


def widen(asker: Asker, units: Any) -> Q:
    """Documents on which a unit of the asker's subtree owes something (DESIGN §4, *who sees what*)."""
    return Q(Exists(Obligation.objects.filter(chain__directive=OuterRef("pk"), unit_id__in=units)))
