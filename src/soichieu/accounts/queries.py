"""Reads of accounts."""

from __future__ import annotations

from soichieu.accounts.models import Account
from soichieu.web import instance_flags

DEMONSTRATION_PASSWORD = "demonstration_password"  # noqa: S105 - the name of a flag, not a password


def demonstration_accounts() -> tuple[list[Account], str]:
    """The accounts that a demonstration offers on its sign-in page and their common password.

    Empty on an instance that is not a demonstration. Nobody is signed in yet, so there is no asker.
    """
    said = instance_flags.flags()
    if instance_flags.DEMONSTRATION not in said:
        return [], ""
    offered = (
        Account.objects.exclude(demonstration_note="").filter(is_active=True).select_related("person").order_by("pk")
    )
    return list(offered), said.get(DEMONSTRATION_PASSWORD, "")
