"""A unit's plan as the answer to a task. Its words are in the register of documents; here stands what it answers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.Model):
    """A plan or programme registered by number and date in answer to an obligation. Never changed: entries cite it."""

    class Kind(models.TextChoices):
        OWN_PLAN = "own_plan", _("own plan")
        OWN_PROGRAMME = "own_programme", _("own action programme")

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="answers")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="answers")
    obligation = models.ForeignKey("ledger.Obligation", on_delete=models.PROTECT, related_name="answers")
    # The plan of this room whose items it holds; empty where only number, date and file were given.
    plan = models.ForeignKey("plans.Plan", null=True, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    # Empty where the plan was registered by number and date alone.
    file = models.ForeignKey("documents.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    registered_by = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["obligation", "document"], name="one_plan_per_obligation_and_document"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} → {self.obligation_id}"
