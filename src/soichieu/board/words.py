"""Words that several pages of the board share."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

CUSTODY = {
    "lead": pgettext_lazy("custody", "the lead unit"),
    "cooperator": pgettext_lazy("custody", "the cooperating unit (asked for an opinion)"),
    "own_head": pgettext_lazy("custody", "the unit's own head (for signature)"),
    "deciding_body": pgettext_lazy("custody", "the deciding body"),
    "confirmer": pgettext_lazy("custody", "the assigner (to confirm)"),
}
"""Who holds the work, by the code of the ledger's clock."""

FACTS = {
    "reason": pgettext_lazy("of an entry", "reason"),
    "note": pgettext_lazy("of an entry", "note"),
    "number": pgettext_lazy("of an entry", "number and symbol"),
    "number_date": pgettext_lazy("of an entry", "dated"),
    "signer": pgettext_lazy("of an entry", "signer"),
    "signing_form": pgettext_lazy("of an entry", "signing form"),
    "to": pgettext_lazy("of an entry", "to"),
    "method": pgettext_lazy("of an entry", "method"),
    "sample": pgettext_lazy("of an entry", "sample"),
    "share": pgettext_lazy("of an entry", "share"),
    "product": pgettext_lazy("of an entry", "product"),
    "version": pgettext_lazy("of an entry", "version of the plan"),
}
"""What a line may say beside its columns (its payload), by key."""

MAIN_ACTS = frozenset(
    (
        "acknowledged", "responded", "started", "issued", "claimed", "submitted", "accepted", "returned", "verified",
        "extension_asked", "extended", "noted",
    )
)  # fmt: skip
"""The acts of every day; the others stand folded under them."""
