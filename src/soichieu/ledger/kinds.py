"""The words of the ledger: kinds of entries, ladders, closings, and what each kind must carry.

DESIGN §3; the Vietnamese of every word is in the catalogue (``docs/glossary.md``).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    OPENED = "opened", _("task given")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    DECLINED = "declined", _("asks not to take it")
    REASSIGNED = "reassigned", _("given to another lead")
    RESPONDED = "responded", _("way of carrying out chosen")
    STARTED = "started", _("work started")
    NOTED = "noted", _("note, no change of state")
    HANDED = "handed", _("handed for an opinion or a signature")
    SUBMITTED = "submitted", _("submitted to the deciding body")
    ISSUED = "issued", _("issued, approved")
    CLAIMED = "claimed", _("reported done")
    ACCEPTED = "accepted", _("confirmed done")
    RETURNED = "returned", _("returned, more asked")
    VERIFIED = "verified", _("verification")
    REVERSED = "reversed", _("confirmation reversed")
    EXTENSION_ASKED = "extension_asked", _("asks for a new deadline")
    EXTENDED = "extended", _("deadline changed")
    SUSPENDED = "suspended", _("suspended")
    WAIVED = "waived", _("waived")
    TRANSFERRED = "transferred", _("handed over to the successor")
    SUPERSEDED = "superseded", _("superseded")
    REOPENED = "reopened", _("given again, goes on")
    VOIDED = "voided", _("wrong line voided")


class Ladder(TextChoices):
    DISSEMINATED = "disseminated", _("disseminated")
    MADE_CONCRETE = "made_concrete", _("made concrete")
    HELD_UP = "held_up", _("held against the light")
    CARRIED_OUT = "carried_out", _("carried out")
    CHECKED = "checked", _("checked")
    REVIEWED = "reviewed", _("reviewed")


class Closing(TextChoices):
    """How a requirement is done: by act (*issued*, *claimed*) or by acceptance (*accepted*)."""

    ISSUED = "issued", _("by act: the document is issued")
    CLAIMED = "claimed", _("by act: the session or report is registered")
    ACCEPTED = "accepted", _("by acceptance of the assigner")


class Given(TextChoices):
    ONE = "one", _("given to one")
    EACH = "each", _("given to each of a class")


class Choice(TextChoices):
    """The one choice an entry may carry; which kinds take which stands in :data:`SPECS`."""

    PUBLISHED_ONLY = "published_only", _("published facts only")
    OWN_PLAN = "own_plan", _("own plan")
    OWN_PROGRAMME = "own_programme", _("own action programme")
    DIRECTLY = "directly", _("carries out the superior's plan directly")
    DISSEMINATES_ONLY = "disseminates_only", _("disseminates only")
    OUTSIDE_SCOPE = "outside_scope", _("outside its scope")
    COOPERATOR = "cooperator", _("to a cooperator, for an opinion")
    OWN_HEAD = "own_head", _("to the own head, for signature")
    LEAD = "lead", _("back to the lead")
    CONFIRMED = "confirmed", _("the check bears it out")
    NOT_CONFIRMED = "not_confirmed", _("the check does not bear it out")


@dataclass(frozen=True)
class Spec:
    """What an entry of a kind must and may carry.

    ``choices``: the values of ``choice``, the first the default when ``choice_needed`` is false.
    ``deadline``, ``unit``, ``reason``: "must", "may" or "" (never). ``says``: what its payload must say besides.
    """

    choices: tuple[str, ...] = ()
    choice_needed: bool = False
    deadline: str = ""
    unit: str = ""
    reason: str = "may"
    assigner: bool = False
    says: tuple[str, ...] = ()


SPECS: dict[str, Spec] = {
    Kind.OPENED: Spec(choices=(Choice.PUBLISHED_ONLY,), deadline="may", unit="must", assigner=True),
    Kind.ACKNOWLEDGED: Spec(),
    Kind.DECLINED: Spec(reason="must"),
    Kind.REASSIGNED: Spec(unit="must", assigner=True),
    Kind.RESPONDED: Spec(
        choices=(
            Choice.OWN_PLAN,
            Choice.OWN_PROGRAMME,
            Choice.DIRECTLY,
            Choice.DISSEMINATES_ONLY,
            Choice.OUTSIDE_SCOPE,
        ),
        choice_needed=True,
    ),
    Kind.STARTED: Spec(),
    Kind.NOTED: Spec(reason="must"),
    Kind.HANDED: Spec(choices=(Choice.COOPERATOR, Choice.OWN_HEAD, Choice.LEAD), choice_needed=True, unit="may"),
    Kind.SUBMITTED: Spec(),
    Kind.ISSUED: Spec(),
    Kind.CLAIMED: Spec(),
    Kind.ACCEPTED: Spec(assigner=True),
    Kind.RETURNED: Spec(deadline="may", reason="must", assigner=True),
    Kind.VERIFIED: Spec(
        choices=(Choice.CONFIRMED, Choice.NOT_CONFIRMED), choice_needed=True, says=("method", "sample")
    ),
    Kind.REVERSED: Spec(reason="must", assigner=True),
    Kind.EXTENSION_ASKED: Spec(deadline="may", reason="must"),
    Kind.EXTENDED: Spec(deadline="must", assigner=True),
    Kind.SUSPENDED: Spec(reason="must", assigner=True),
    Kind.WAIVED: Spec(reason="must", assigner=True),
    Kind.TRANSFERRED: Spec(unit="must", assigner=True),
    Kind.SUPERSEDED: Spec(reason="must", assigner=True),
    Kind.REOPENED: Spec(reason="must", assigner=True),
    Kind.VOIDED: Spec(reason="must"),
}
