"""Findings: things with an identity that conferences and reports share. Only ever added to; the database refuses the
rest."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What is found (glossary §5)."""

    RESULT = "result", pgettext_lazy("finding", "result")
    SHORTCOMING = "shortcoming", pgettext_lazy("finding", "shortcoming")
    LESSON = "lesson", pgettext_lazy("finding", "lesson")
    PROPOSAL = "proposal", pgettext_lazy("finding", "proposal")
    CONCLUSION = "conclusion", pgettext_lazy("finding", "conclusion")


class ConclusionKind(models.TextChoices):
    """What a conclusion is (glossary §6)."""

    TASK = "task", pgettext_lazy("conclusion", "task given")
    STANDING = "standing", pgettext_lazy("conclusion", "standing demand")
    PROPOSAL = "proposal", pgettext_lazy("conclusion", "proposal to a higher authority or another body")
    RECORD = "record", pgettext_lazy("conclusion", "for the record")


class Part(models.TextChoices):
    """How a unit is concerned by a finding."""

    HOLDER = "holder", pgettext_lazy("concerned", "holds the occasion")
    ABOUT = "about", pgettext_lazy("concerned", "it is about this unit")
    AUTHOR = "author", pgettext_lazy("concerned", "raised it")
    ADDRESSEE = "addressee", pgettext_lazy("concerned", "it is put to this unit")
    LEAD = "lead", pgettext_lazy("concerned", "leads the task")
    COOPERATOR = "cooperator", pgettext_lazy("concerned", "cooperates in the task")


class Finding(models.Model):
    """One thing found. What it says are its versions; where and when it was raised, its raisings."""

    key = models.CharField(max_length=26, unique=True)
    kind = models.CharField(max_length=11, choices=Kind.choices)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    class Meta:
        # For the list narrowed to one kind, and for suggestions: the newest of a kind.
        indexes = [models.Index(fields=["kind", "-id"], name="finding_of_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Version(models.Model):
    """One wording of a finding. *Heads* are those that no other names in ``after``: two people who reword the same
    at once leave two heads, and a person settles them by one that names both."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="versions")
    # Ids of the versions that this one replaces; none: the first words.
    after = models.JSONField(default=list)
    words = models.TextField()
    objective_cause = models.TextField(blank=True)
    subjective_cause = models.TextField(blank=True)
    # SHA-256 of each cause as causes are compared word for word; empty where none is named.
    objective_key = models.CharField(max_length=64, blank=True)
    subjective_key = models.CharField(max_length=64, blank=True)
    # Of a proposal: to whom it is put, a unit of the tree or a body outside it.
    addressee_unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    addressee = models.TextField(blank=True)
    conclusion_kind = models.CharField(max_length=8, choices=ConclusionKind.choices, blank=True)
    # Of a task: the six clears (``findings.terms``).
    terms = models.JSONField(default=dict)
    # Ids of the sentences of directives that it rests on.
    provisions = models.JSONField(default=list)
    # The statement that it was said in, as its occasion knows it.
    statement = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    class Meta:
        # For shortcomings that return with the same cause.
        indexes = [
            models.Index(fields=["objective_key"], name="version_objective_cause"),
            models.Index(fields=["subjective_key"], name="version_subjective_cause"),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id}: {self.words[:60]}"


class Raising(models.Model):
    """One occurrence of a finding: at which occasion, by whom, about which units."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="raisings")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    room = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    occasion = models.CharField(max_length=64)
    occasion_label = models.TextField()
    # The unit that holds the occasion.
    occasion_unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    # The statement or item of the agenda, as the occasion knows it.
    item = models.CharField(max_length=64, blank=True)
    on = models.DateField()
    author_unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    author = models.TextField(blank=True)
    # The unit says it of itself: it never counts against it.
    own = models.BooleanField(default=False)
    units = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    class Meta:
        # For the findings raised at one occasion.
        indexes = [models.Index(fields=["room", "kind", "occasion"], name="raising_of_occasion")]

    def __str__(self) -> str:
        return f"{self.finding_id} at {self.occasion_label}"


class Concern(models.Model):
    """That a finding concerns a unit, and how: by it findings are found and shown."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="concerns")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    part = models.CharField(max_length=10, choices=Part.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "unit", "part"], name="finding_concerns_unit_once"),
        ]
        # For the findings that concern some units, in one part.
        indexes = [models.Index(fields=["unit", "part", "finding"], name="findings_of_unit")]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.part} {self.unit_id}"


class Sameness(models.Model):
    """A person says that two findings are one, or that they are not. The newest row of a pair stands; the identity is
    then that of the older one."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="same_as_older")
    same_as = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="same_as_newer")
    holds = models.BooleanField(default=True)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.finding_id} {'=' if self.holds else '≠'} {self.same_as_id}"


class Told(models.Model):
    """That a shortcoming returns was shown to a unit it is about: only from then on may anyone above read it who does
    not prepare the occasion."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="told")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "unit"], name="finding_told_once")]

    def __str__(self) -> str:
        return f"{self.finding_id} told to {self.unit_id}"


class Answer(models.Model):
    """What was answered to a proposal. The newest stands; none, or *considering*: it is open."""

    class Choice(models.TextChoices):
        CONSIDERING = "considering", pgettext_lazy("answer to a proposal", "being considered")
        ACCEPTED = "accepted", pgettext_lazy("answer to a proposal", "accepted")
        REFUSED = "refused", pgettext_lazy("answer to a proposal", "not accepted")

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="answers")
    choice = models.CharField(max_length=11, choices=Choice.choices)
    reason = models.TextField(blank=True)
    # Who answers; none: a body outside the tree, whose answer the holder of the occasion records.
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.finding_id}: {self.choice}"


class Step(models.Model):
    """A step in the life of a conclusion; its state is the newest. Any other finding knows *withdrawn*, a shortcoming
    also *remedied*."""

    class State(models.TextChoices):
        DRAFTED = "drafted", pgettext_lazy("conclusion", "drafted")
        CONCLUDED = "concluded", pgettext_lazy("conclusion", "concluded, waiting for the notice of conclusions")
        WITHDRAWN = "withdrawn", pgettext_lazy("conclusion", "withdrawn")
        IN_NOTICE = "in_notice", pgettext_lazy("conclusion", "in the notice of conclusions")
        LEFT_OUT = "left_out", pgettext_lazy("conclusion", "left out of the notice")
        OPENED = "opened", pgettext_lazy("conclusion", "given as a task")
        REMEDIED = "remedied", pgettext_lazy("finding", "remedied")

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=9, choices=State.choices)
    on = models.DateField()
    version = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    requirement = models.ForeignKey(
        "ledger.Requirement", null=True, on_delete=models.PROTECT, related_name="conclusion_steps"
    )
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    class Meta:
        # For the conclusions that were concluded, and the findings withdrawn or remedied: whether one has such a step.
        indexes = [models.Index(fields=["step", "finding"], name="step_of_finding")]

    def __str__(self) -> str:
        return f"{self.finding_id}: {self.step}"
