"""The tables of the ledger. Entries, obligations and quoted counts are append-only; the database itself refuses the
rest."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from soichieu.ledger.kinds import Closing, Given, Kind, Ladder

POSITION_BITS = 32
HANDED_ON = ("handed", "reassigned", "transferred")
"""Kinds of line that bring a task to another unit than the one that first owed it."""


class Chain(models.Model):
    """The book of one directive: where its entries stand in order. The row is its lock and remembers its last entry."""

    directive = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="chain")
    line = models.CharField(
        max_length=10,
        default="sector",
        blank=True,
        help_text="The line of superiors that the directive follows; empty: any line.",
    )
    last_position = models.PositiveIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="", blank=True)
    last_recorded_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.directive)


class Requirement(models.Model):
    """What one or more provisions oblige. Proposed by the reader, confirmed by a person; from then on it never changes.

    What is asked differently later is a requirement of its own that supersedes this one.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        DROPPED = "dropped", _("dropped")

    directive = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="requirements")
    code = models.CharField(max_length=60)
    ordinal = models.PositiveIntegerField(default=0)
    section = models.TextField(blank=True)
    title = models.TextField()
    ladder = models.CharField(max_length=16, choices=Ladder.choices)
    closing = models.CharField(max_length=10, choices=Closing.choices)
    given = models.CharField(max_length=4, choices=Given.choices, default=Given.EACH)
    products = models.JSONField(default=list, help_text="Alternatives: any one of them answers.")
    deciding_body = models.TextField(blank=True)
    deadline = models.DateField(null=True, blank=True)
    deadline_text = models.TextField(blank=True)
    standing = models.BooleanField(default=False)
    leads_text = models.TextField(blank=True)
    cooperators_text = models.TextField(blank=True)
    addressees = models.JSONField(default=dict, help_text="The rule over the tree as at a date.")
    needs_one_lead = models.BooleanField(
        default=False, help_text="Not one lead: held by the issuer until a person chooses."
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROPOSED)
    confirmed_by = models.ForeignKey("organisation.Post", null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    content_hash = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Counts savings: two people at once are told.")

    class Meta:
        ordering = ["directive", "ordinal", "id"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "code"], name="one_requirement_per_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class RequirementProvision(models.Model):
    """The sentence that gives a requirement (or that it cites), by identity, with the text as it stood at
    confirmation."""

    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="provisions")
    identity = models.ForeignKey("documents.ProvisionIdentity", on_delete=models.PROTECT, related_name="requirements")
    text_hash = models.CharField(max_length=64)
    gives = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["requirement", "identity"], name="one_link_per_requirement_and_provision"),
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id} ← {self.identity_id}"


class RequirementTie(models.Model):
    """A change of the sentences that give a requirement, laid over those that it was written with: one line for each
    sentence that was tied to it or untied from it. Only ever added to; ``ledger.ties`` says what stands.

    ``confirmed``: the requirement was confirmed already, so that what was confirmed stays what it was (its hash covers
    the lines before) and this is a correction of where it comes from. Chained by directive, as entries are.
    """

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="ties", db_index=False)
    position = models.PositiveIntegerField()
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="ties")
    identity = models.ForeignKey("documents.ProvisionIdentity", on_delete=models.PROTECT, related_name="ties")
    text_hash = models.CharField(max_length=64)
    gives = models.BooleanField(help_text="Tied; false: untied.")
    confirmed = models.BooleanField()
    reason = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["chain", "position"]
        constraints = [models.UniqueConstraint(fields=["chain", "position"], name="one_tie_per_position")]

    def __str__(self) -> str:
        return f"{self.requirement_id} {'←' if self.gives else '↚'} {self.identity_id}"


class Obligation(models.Model):
    """One requirement × one owing unit (× one period). Nothing of it changes; who holds it is told by the entries."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="obligations")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="obligations")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="obligations")
    period = models.CharField(max_length=20, blank=True)
    part_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "unit", "period"],
                condition=models.Q(part_of__isnull=True),
                name="one_obligation_per_requirement_unit_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id} × {self.unit_id}"


class Entry(models.Model):
    """One line of the book. The key is ``chain << 32 | position``; the hash covers every other column and the key's
    parts."""

    id = models.BigAutoField(primary_key=True)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries", db_index=False)
    position = models.PositiveIntegerField()
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    deadline = models.DateField(null=True)
    choice = models.CharField(max_length=20, blank=True)
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    paper = models.BooleanField(default=True)
    voids = models.PositiveIntegerField(null=True)
    post = models.ForeignKey("organisation.Post", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    on_behalf_of = models.ForeignKey(
        "organisation.Post", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    source_room = models.CharField(max_length=20, blank=True)
    source_kind = models.CharField(max_length=30, blank=True)
    source_id = models.CharField(max_length=80, blank=True)
    source_hash = models.CharField(max_length=64, blank=True)
    evidence = models.TextField(default="[]", help_text="Canonical JSON: SHA-256 of each file.")
    payload = models.TextField(default="{}", help_text="Canonical JSON: reason, number, signer, method, sample …")
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        db_table = "ledger_entry"
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [models.UniqueConstraint(fields=["chain", "position"], name="one_line_per_position")]
        # For "which directives came to this unit by a later line": few lines among millions.
        indexes = [
            models.Index(fields=["unit"], condition=models.Q(kind__in=HANDED_ON), name="entry_handed_on_to"),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id}:{self.position} {self.kind}"

    @property
    def details(self) -> dict[str, Any]:
        """The payload as a dict."""
        return json.loads(self.payload)

    @property
    def evidence_hashes(self) -> list[str]:
        return json.loads(self.evidence)


class QuotedCount(models.Model):
    """A total that a source gives without names: quoted beside our own count, never mixed with it."""

    directive = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="quoted_counts")
    requirement = models.ForeignKey(Requirement, null=True, on_delete=models.PROTECT, related_name="quoted_counts")
    ladder = models.CharField(max_length=16, choices=Ladder.choices)
    label = models.TextField(help_text="What is counted, in the words of the source.")
    over = models.TextField(help_text="What it is counted over, in words.")
    n = models.PositiveIntegerField(null=True, help_text="Empty: the source does not say.")
    of = models.PositiveIntegerField(null=True, help_text="Empty: the source does not say.")
    breakdown = models.JSONField(default=dict)
    printed = models.JSONField(default=dict, help_text="Percentages as the source prints them.")
    happened_on = models.DateField()
    not_later_than = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    source_room = models.CharField(max_length=20)
    source_kind = models.CharField(max_length=30)
    source_id = models.CharField(max_length=80)
    source_hash = models.CharField(max_length=64, blank=True)
    withdraws = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="withdrawn_by")

    class Meta:
        ordering = ["happened_on", "id"]

    def __str__(self) -> str:
        return f"{self.label}: {self.n}/{self.of}"
