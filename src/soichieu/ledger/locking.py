"""The locks of several chains, in one order everywhere: two commands that want the same ones wait and never block each
other."""

from __future__ import annotations

from collections.abc import Iterable

from soichieu.ledger.models import Chain, Obligation


def lock_chains(chains: Iterable[int]) -> None:
    """Take the lock of each chain until commit, in the order of primary keys. Before the state is read: what is checked
    then still holds when the line is written."""
    for chain in sorted(set(chains)):
        Chain.objects.select_for_update().get(pk=chain)


def lock_chains_of(obligations: Iterable[int]) -> None:
    """The same for the chains of some tasks; a task that there is not is left to whoever looks for it."""
    lock_chains(Obligation.objects.filter(pk__in=list(obligations)).values_list("chain_id", flat=True))
