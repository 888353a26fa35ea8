"""When units end: each obligation they hold goes to its heir from that day. Nothing is merged or closed (DESIGN §3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.ledger import clock
from soichieu.ledger.append import Draft, append
from soichieu.ledger.commands.acts import issuer_of
from soichieu.ledger.errors import Forbidden
from soichieu.ledger.fold import Answer, answer
from soichieu.ledger.fold import states as st
from soichieu.ledger.kinds import Kind
from soichieu.ledger.locking import lock_chains
from soichieu.ledger.models import Chain, Entry
from soichieu.organisation import permissions
from soichieu.organisation import queries as organisation
from soichieu.organisation.askers import Asker


@transaction.atomic
def transfer_for_succession(*, asker: Asker, on: dt.date) -> list[Entry]:
    """Hand over, from the day ``on``, whatever is held by a unit that no longer exists on that day.

    To the confirmed heir (the main one of a split), followed until one is alive; where none is confirmed to the
    nearest living
    superior, the line marked *heir to be named*. Returns the lines written; none when every holder is alive. Of the
    steering office only what it may transfer one by one: tasks that its unit gave, to units under it.
    """
    if not asker.operator and "steering_office" not in asker.roles:
        raise Forbidden(_("Only the steering office or the operator hands tasks over after a reorganisation."))
    # Before it is read who holds what: of two who hand over at once the second finds it handed over.
    lines = dict(Chain.objects.values_list("id", "line"))
    lock_chains(lines)
    state = answer(on)
    columns = state.columns
    there = np.flatnonzero((state.lifecycle != st.AB) & (state.holder >= 0))
    if not len(there):
        return []
    holders = np.unique(state.holder[there])
    views = organisation.views_of([int(unit) for unit in holders], on)
    gone = [unit for unit, view in views.items() if not view.alive]
    if not gone:
        return []
    mine = _given_by(asker, on, state, there[np.isin(state.holder[there], gone)], lines)
    heirs: dict[tuple[int, str], organisation.Heir] = {}
    drafts: dict[int, list[Draft]] = {}
    for row in mine:
        holder, chain = int(state.holder[row]), int(columns.chain[row])
        key = (holder, lines[chain])
        heir = heirs.get(key) or heirs.setdefault(key, organisation.heir(holder, on, lines[chain] or None))
        if heir.unit_id is None or heir.unit_id == holder:
            continue  # nobody is left, or the holder has not begun yet on that day
        payload: dict[str, object] = {"from": holder}
        if heir.to_be_named:
            payload["heir_to_be_named"] = True
        drafts.setdefault(chain, []).append(
            Draft(
                obligation_id=int(columns.ids[row]),
                kind=Kind.TRANSFERRED,
                happened_on=on,
                unit_id=heir.unit_id,
                payload=payload,
            )
        )
    written: list[Entry] = []
    for chain in sorted(drafts):
        ids = append(asker=asker, chain_id=chain, drafts=drafts[chain]).ids
        written.extend(Entry.objects.filter(pk__gte=ids.start, pk__lt=ids.stop).order_by("position"))
    return written


def _given_by(asker: Asker, on: dt.date, state: Answer, rows: np.ndarray, lines: Mapping[int, str]) -> np.ndarray:
    """Of some rows those that the asker may transfer."""
    if asker.operator:
        return rows
    chains = state.columns.chain[rows]
    kept = np.zeros(len(rows), bool)
    for chain in Chain.objects.filter(pk__in=np.unique(chains).tolist()).select_related("directive"):
        issuer = issuer_of(chain)
        at = np.flatnonzero(chains == chain.pk)
        if issuer is not None:
            kept[at] = permissions.may_many(
                asker,
                Kind.TRANSFERRED,
                holder_ids=state.holder[rows[at]],
                issuer_ids=issuer,
                line=lines[chain.pk] or None,
                on=max(on, clock.today()),
            )
    return rows[kept]
