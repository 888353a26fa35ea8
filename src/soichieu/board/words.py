"""Words that several pages of the board share."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from soichieu.ledger.kinds import SPECS, Kind

CUSTODY = {
    "lead": pgettext_lazy("custody", "the lead unit"),
    "cooperator": pgettext_lazy("custody", "the cooperating unit (asked for an opinion)"),
    "own_head": pgettext_lazy("custody", "the unit's own head (for signature)"),
    "deciding_body": pgettext_lazy("custody", "the deciding body"),
    "confirmer": pgettext_lazy("custody", "the assigner (to confirm)"),
}
"""Who holds the work, by the code of the ledger's clock."""

COUNTED = {
    "1": pgettext_lazy("figure", "counted in N"),
    "standing": pgettext_lazy("figure", "standing, counted beside"),
}
FIGURE_WORDS = {
    "of": pgettext_lazy("figure", "all that N counts"),
    "n": pgettext_lazy("figure", "done"),
    "in_time": gettext_lazy("done in time"),
    "late": gettext_lazy("done late"),
    "without_deadline": gettext_lazy("done, without deadline"),
    "verified": pgettext_lazy("figure", "done and verified"),
    "accepted": pgettext_lazy("figure", "done and accepted on papers"),
    "by_act_only": pgettext_lazy("figure", "done by the unit's own act"),
    "not_confirmed": pgettext_lazy("figure", "done, not confirmed by a check"),
    "directly": pgettext_lazy("figure", "done by carrying out the superior's plan directly"),
    "claimed": pgettext_lazy("figure", "reported or submitted, waiting"),
    "awaiting_confirmation": pgettext_lazy("figure", "reported, waiting to be confirmed"),
    "open": pgettext_lazy("figure", "neither done nor reported"),
    "overdue": pgettext_lazy("figure", "overdue"),
    "missing": gettext_lazy("without published data"),
    "stuck": pgettext_lazy("figure", "overdue, returned or not borne out by a check"),
}
"""What a list behind a figure is narrowed to, by the codes of its address."""

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


def reason_label(kind: str) -> Any:
    """What the words of a line are: what happened, a reason that its kind must give, or else a note."""
    if kind == Kind.NOTED:
        return pgettext_lazy("of an entry", "what happened")
    return FACTS["reason"] if kind in SPECS and SPECS[kind].reason == "must" else FACTS["note"]
