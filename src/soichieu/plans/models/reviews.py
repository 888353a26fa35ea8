"""Holding up what is in force: a person's verdict on each programme, and the review report that closes the ladder."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.Model):
    """What a person concluded about one plan in force, held up against a directive. The newest row stands."""

    class Choice(models.TextChoices):
        KEEP = "keep", _("keep")
        ADJUST = "adjust", _("adjust")
        REPLACE = "replace", _("replace")
        STOP = "stop", _("stop")

    plan = models.ForeignKey("plans.Plan", on_delete=models.PROTECT, related_name="verdicts")
    directive = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="plan_verdicts")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    # Of all but *keep*: until when, and which post or office sees to it (no person's name is needed).
    due_on = models.DateField(null=True)
    owner = models.CharField(max_length=255, blank=True)
    reason = models.TextField(blank=True)
    decided_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    class Meta:
        # For "the newest verdict of each plan against a directive".
        indexes = [models.Index(fields=["directive", "plan", "-id"], name="verdict_newest")]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.choice}"


class Review(models.Model):
    """A registered review report: every programme in force on its day, with the verdict that stood. Never changed: an
    entry cites it."""

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="reviews")
    directive = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="plan_reviews")
    obligation = models.ForeignKey("ledger.Obligation", on_delete=models.PROTECT, related_name="reviews")
    on = models.DateField(help_text="The day on which the programmes counted were in force.")
    # The report itself, registered by number and date, with its file when there is one.
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("documents.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    # [{"plan": key, "facts": id, "verdict": id, "choice": …}] as counted.
    counted = models.JSONField(default=list)
    registered_at = models.DateTimeField()
    registered_by = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.on}"
