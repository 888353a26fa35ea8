"""Schemes: a line of a plan with its own roadmap of milestones, each with its first dates kept as the baseline."""

from __future__ import annotations

from django.db import models


class Scheme(models.Model):
    """A line of a plan that has its own roadmap (đề án thành phần). The newest row of an identity stands."""

    item = models.ForeignKey("plans.ItemIdentity", on_delete=models.PROTECT, related_name="schemes")
    title = models.TextField()
    # Which post or office owns it; who approves it.
    owner = models.CharField(max_length=255, blank=True)
    approver = models.CharField(max_length=255, blank=True)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.title


class Milestone(models.Model):
    """One step of a roadmap. Its dates stand in :class:`MilestoneDates`."""

    item = models.ForeignKey("plans.ItemIdentity", on_delete=models.PROTECT, related_name="milestones")
    ordinal = models.PositiveIntegerField()
    title = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "ordinal"], name="milestone_in_order")]

    def __str__(self) -> str:
        return self.title


class MilestoneDates(models.Model):
    """When a milestone is planned, or was reached. The first row is the baseline; the newest stands."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="dates")
    starts_on = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    dropped = models.BooleanField(default=False)
    # Why the dates moved; empty in the baseline.
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(due_on__gte=models.F("starts_on")), name="milestone_ends_after"),
        ]
        # For the dates of a milestone from its baseline to those that stand.
        indexes = [models.Index(fields=["milestone", "id"], name="milestone_dates_in_order")]

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.due_on}"


class Dependency(models.Model):
    """A milestone that cannot begin before another is reached, or no longer. The newest row of a pair stands."""

    before = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="holds_up")
    after = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="waits_for")
    holds = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(before=models.F("after")), name="dependency_not_on_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"
