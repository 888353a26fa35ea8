"""Taking a finding back, and saying that a shortcoming is remedied."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.findings.commands import base
from soichieu.findings.models import Finding, Kind, Step
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import Asker

State = Step.State


@transaction.atomic
def withdraw(
    *, asker: Asker, holder_unit_id: int, finding: Finding | str, reason: str, on: dt.date | None = None
) -> Step:
    """Take a finding back, with the reason; it stays to be read. What stands in a signed notice is not taken back."""
    held = base.locked(finding)
    base.stands_at(held, holder_unit_id)
    last = held.steps.order_by("-pk").first()
    concluded = last is not None and last.step in (State.CONCLUDED, State.LEFT_OUT)
    base.require(base.may(asker, base.CONCLUDE if concluded else base.WRITE, holder_unit_id))
    if last is not None and last.step in base.SIGNED:
        raise Refusal(_("This conclusion stands in a signed notice already."))
    if last is not None and last.step == State.WITHDRAWN:
        raise Refusal(_("This is withdrawn already."))
    why = base.text_of(reason)
    if not why:
        raise Refusal(_("Say why it is withdrawn."), field="reason")
    return base.step(asker, held, State.WITHDRAWN, base.not_ahead(on or clock.today()), reason=why)


@transaction.atomic
def remedy(
    *, asker: Asker, holder_unit_id: int, finding: Finding | str, reason: str, on: dt.date | None = None
) -> Step:
    """Say that a shortcoming is remedied, and by what that is seen. Said by the holder of the occasion that raised it,
    not by the unit it is about; raised again later, it is open again."""
    held = base.locked(finding)
    base.is_kind(held, Kind.SHORTCOMING)
    base.stands_at(held, holder_unit_id)
    base.require(base.may(asker, base.WRITE, holder_unit_id))
    last = held.steps.order_by("-pk").first()
    if last is not None:
        raise Refusal(
            _("This is withdrawn already.") if last.step == State.WITHDRAWN else _("This is remedied already.")
        )
    why = base.text_of(reason)
    if not why:
        raise Refusal(_("Say by what it is seen that it is remedied."), field="reason")
    return base.step(asker, held, State.REMEDIED, base.not_ahead(on or clock.today()), reason=why)
