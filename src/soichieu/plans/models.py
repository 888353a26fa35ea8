"""A unit's plan as the answer to a task. Its words are in the register of documents; here stands what it answers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Plan(models.Model):
    """A plan or programme that a unit issued in answer to an obligation. Never changed: an entry cites it."""

    class Kind(models.TextChoices):
        OWN_PLAN = "own_plan", _("own plan")
        OWN_PROGRAMME = "own_programme", _("own action programme")

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="plans")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="plans")
    obligation = models.ForeignKey("ledger.Obligation", on_delete=models.PROTECT, related_name="plans")
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
