"""What people decided about lines and sentences, and by which weights the suggestions came. Only ever added to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Relation(models.TextChoices):
    """How a line stands to a sentence. Read as a sentence: "this line … this requirement"."""

    EQUIVALENT = "equivalent", pgettext_lazy("relation", "answers wholly")
    SUBSET = "subset", pgettext_lazy("relation", "answers in part")
    SUPERSET = "superset", pgettext_lazy("relation", "goes further than")
    INTERSECTS = "intersects", pgettext_lazy("relation", "only touches")
    NONE = "none", pgettext_lazy("relation", "has nothing to do with")


ANSWERS = frozenset({Relation.EQUIVALENT, Relation.SUBSET, Relation.SUPERSET})
"""Relations by which a line answers a sentence; *intersects* only touches it, *none* is a refusal."""


class Decision(models.Model):
    """A person's decision about one line and one sentence. The newest of a pair stands; a re-run never makes one."""

    class Origin(models.TextChoices):
        ACCEPTED = "accepted", _("suggestion accepted")
        CHANGED = "changed", _("suggestion accepted, relation changed")
        REFUSED = "refused", _("suggestion refused")
        ADDED = "added", _("added without a suggestion")
        WITHDRAWN = "withdrawn", _("taken back, undecided again")

    # Whose plan: the unit for which the line answers. Asked by the matrix without knowing the line's room.
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="link_decisions")
    room = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    plan_key = models.CharField(max_length=26)
    item_key = models.CharField(max_length=26)
    provision = models.ForeignKey(
        "documents.ProvisionIdentity", on_delete=models.PROTECT, related_name="link_decisions"
    )
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="link_decisions")
    relation = models.CharField(max_length=10, choices=Relation.choices)
    origin = models.CharField(max_length=9, choices=Origin.choices)
    # The suggestion as it stood, when there was one: rank from 1, score 0 … 1, its relation, by which weights.
    rank = models.PositiveIntegerField(null=True)
    score = models.FloatField(null=True)
    suggested = models.CharField(max_length=10, choices=Relation.choices, blank=True)
    weights = models.CharField(max_length=64, blank=True)
    # The texts as they were decided about: when one of them changes, the pair is to be looked at again.
    item_hash = models.CharField(max_length=64)
    provision_hash = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    class Meta:
        indexes = [
            # For the light table: the newest of each pair of one plan and one document.
            models.Index(fields=["plan_key", "document", "-id"], name="decision_of_plan"),
            # For the matrix: all pairs of a document, by unit.
            models.Index(fields=["document", "unit", "provision"], name="decision_of_document"),
        ]

    def __str__(self) -> str:
        return f"{self.item_key} {self.relation} {self.provision_id}"


class LeftOpen(models.Model):
    """A sentence that a plan leaves without a line, with the reason; or that is taken up again. The newest stands."""

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="left_open")
    plan_key = models.CharField(max_length=26)
    provision = models.ForeignKey("documents.ProvisionIdentity", on_delete=models.PROTECT, related_name="left_open")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="left_open")
    # Empty: no longer left open.
    reason = models.TextField(blank=True)
    provision_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    class Meta:
        # For the matrix: all sentences of a document that are left open, by unit.
        indexes = [models.Index(fields=["document", "unit", "provision"], name="left_open_of_document")]

    def __str__(self) -> str:
        return f"{self.plan_key} {self.provision_id}"


class WeightsVersion(models.Model):
    """Weights learnt from this instance's own decisions. The newest is used; none: those the engine came with."""

    name = models.CharField(max_length=64, unique=True)
    content = models.JSONField()
    # How many decisions it learnt from, and what it measured on those kept aside before and after.
    learnt_from = models.PositiveIntegerField()
    measured = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """Two superiors ask for the same with different dates or targets: put upward, not left to the lower unit."""

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="questions")
    obligation = models.ForeignKey("ledger.Obligation", null=True, on_delete=models.PROTECT, related_name="questions")
    first = models.ForeignKey("documents.ProvisionIdentity", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey("documents.ProvisionIdentity", on_delete=models.PROTECT, related_name="+")
    # What differs: "deadline", "target", "scope", "product".
    about = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.first_id} / {self.second_id}"


class QuestionAct(models.Model):
    """Asked, answered, asked further, decided, taken up: each a line of its own, and a *noted* entry about the task
    when there is one."""

    class Act(models.TextChoices):
        ASKED = "asked", pgettext_lazy("question", "asked")
        ANSWERED = "answered", pgettext_lazy("question", "answered")
        DECIDED = "decided", pgettext_lazy("question", "decided")
        TAKEN = "taken", pgettext_lazy("question", "taken up by the unit")

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="acts")
    act = models.CharField(max_length=8, choices=Act.choices)
    text = models.TextField()
    # Of a decision: which of the two holds (1 or 2), or empty when it is another.
    holds = models.PositiveSmallIntegerField(null=True)
    happened_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.question_id}: {self.act}"
