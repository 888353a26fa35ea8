"""Quoted counts: a total that a source gives without names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.ledger.commands.requirements import _may, open_chain
from soichieu.ledger.errors import Refusal
from soichieu.ledger.models import QuotedCount, Requirement
from soichieu.ledger.sources import Source
from soichieu.organisation.askers import Asker


@transaction.atomic
def quote_count(
    *,
    asker: Asker,
    directive: Document,
    ladder: str,
    label: str,
    over: str,
    n: int | None,
    of: int | None,
    happened_on: dt.date,
    source: Source,
    requirement: Requirement | None = None,
    breakdown: Mapping[str, int] | None = None,
    printed: Mapping[str, Any] | None = None,
    not_later_than: bool = False,
    withdraws: QuotedCount | None = None,
) -> QuotedCount:
    """Write a count down as its source gives it. ``breakdown``: named integers of the source; ``printed``: its
    percentages, quoted.

    Raises :class:`Refusal` when n exceeds what it is counted over, or parts exceed their whole.
    """
    _may(asker, "confirm_requirement", open_chain(directive=directive))
    if n is not None and of is not None and n > of:
        raise Refusal(
            _("%(n)s of %(of)s cannot be: a count never exceeds what it is counted over.") % {"n": n, "of": of}
        )
    parts = dict(breakdown or {})
    if (
        n is not None
        and (late := parts.get("done_late")) is not None
        and (timely := parts.get("done_in_time")) is not None
        and late + timely != n
    ):
        raise Refusal(
            _("Done in time %(timely)s and late %(late)s do not make %(n)s.")
            % {"timely": timely, "late": late, "n": n},
            field="breakdown",
        )
    return QuotedCount.objects.create(
        directive=directive,
        requirement=requirement,
        ladder=ladder,
        label=label,
        over=over,
        n=n,
        of=of,
        breakdown=parts,
        printed=dict(printed or {}),
        happened_on=happened_on,
        not_later_than=not_later_than,
        recorded_at=clock.now(),
        source_room=source.room,
        source_kind=source.kind,
        source_id=source.id,
        source_hash=source.hash,
        withdraws=withdraws,
    )
