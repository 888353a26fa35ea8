"""A unit's plans: the programmes, plans and key tasks it has in force or prepares, with their lines."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soichieu.documents import files
from soichieu.documents.models import StoredFile


class Plan(models.Model):
    """A programme, plan or key task of a unit, older ones too. What is known of it stands in :class:`PlanFacts`."""

    # 26 characters that say nothing: addresses and decisions about its lines name the plan by it.
    key = models.CharField(max_length=26, unique=True)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="plans")
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.key


class PlanFacts(models.Model):
    """What is known of a plan from a moment on: title, number, in force from when to when. The newest row stands;
    older ones stay, so that what a review counted can be shown again."""

    class Kind(models.TextChoices):
        PROGRAMME = "programme", _("programme")
        PLAN = "plan", _("plan")
        KEY_TASK = "key_task", _("key task")

    class Term(models.TextChoices):
        TERM = "term", _("for the term")
        YEAR = "year", _("for the year")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    term = models.CharField(max_length=4, choices=Term.choices)
    title = models.TextField()
    # As printed; empty while the plan has no number yet.
    number = models.CharField(max_length=100, blank=True)
    signed_on = models.DateField(null=True)
    signer = models.CharField(max_length=255, blank=True)
    signing_form = models.CharField(max_length=20, blank=True)
    document = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="plan_facts")
    # In force: first and last day, both included. No first day: not in force yet (a draft). No last day: until stopped.
    from_day = models.DateField(null=True)
    to_day = models.DateField(null=True)
    # Where the facts are from: {"sheet": file name, "cell": "Sheet1!A7"}, or empty when typed in.
    source = models.JSONField(default=dict)
    # Why they were corrected; empty in the first row.
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    class Meta:
        # For "the newest row of each plan".
        indexes = [models.Index(fields=["plan", "-id"], name="plan_facts_newest")]

    def __str__(self) -> str:
        return self.title


class PlanEdition(models.Model):
    """One version of a plan's lines, as read from a file or as typed. Never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="editions")
    ordinal = models.PositiveIntegerField()
    file = models.ForeignKey("documents.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    # What the file was called when it was handed in here: others may have handed in the same bytes under another name.
    file_name = models.CharField(max_length=255, blank=True, default="")
    # {"reader": "docx" | "xlsx" | "typed", "table": …}: what read it, and from which table of the file.
    read_by = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    # SHA-256 over the lines in order; two versions with the same words have the same hash.
    text_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "ordinal"], name="plan_edition_once")]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.ordinal}"

    @property
    def named_file(self) -> StoredFile | None:
        """The file under the name that it was handed in by here; None without one."""
        return files.named(self.file, self.file_name) if self.file is not None else None


class ItemIdentity(models.Model):
    """What stays the same when a plan's lines are read again: a line's opaque identity, which decisions hang on."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="identities")
    key = models.CharField(max_length=26, unique=True)

    def __str__(self) -> str:
        return self.key


class PlanItem(models.Model):
    """One line of a version of a plan (đầu việc): who, what, when, which product, who decides."""

    edition = models.ForeignKey(PlanEdition, on_delete=models.PROTECT, related_name="items")
    identity = models.ForeignKey(ItemIdentity, on_delete=models.PROTECT, related_name="items")
    ordinal = models.PositiveIntegerField()
    number = models.CharField(max_length=40, blank=True)
    # The heading under which it stands ("I. Nâng cao …").
    group = models.TextField(blank=True)
    text = models.TextField()
    # [{"text": as printed, "unit": id or null}]; the six clears ask for exactly one.
    leads = models.JSONField(default=list)
    person = models.CharField(max_length=255, blank=True)
    cooperators = models.TextField(blank=True)
    output = models.TextField(blank=True)
    deciding_body = models.TextField(blank=True)
    deadline_text = models.CharField(max_length=255, blank=True)
    deadline_from = models.DateField(null=True)
    deadline_to = models.DateField(null=True)
    # Where it was read: a cell, a row of a table; empty when typed.
    place = models.CharField(max_length=120, blank=True)
    # SHA-256 over everything but number and place: a renumbered line is the same line.
    text_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "ordinal"], name="plan_item_in_order"),
            models.UniqueConstraint(fields=["edition", "identity"], name="plan_item_identity_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:60]}".strip()


class PlanAct(models.Model):
    """What was done with a version of a plan. Approval is registered by number and date: nothing is signed here."""

    class Act(models.TextChoices):
        SUBMITTED = "submitted", _("submitted to the superior")
        RETURNED = "returned", _("returned, with reasons")
        APPROVED = "approved", _("approval registered")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="acts")
    edition = models.ForeignKey(PlanEdition, null=True, on_delete=models.PROTECT, related_name="acts")
    act = models.CharField(max_length=10, choices=Act.choices)
    happened_on = models.DateField()
    # To whom it was submitted, by whom it was returned or approved.
    with_unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    # The numbered document by which it was approved or issued.
    document = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.act} {self.plan_id}"


class PlanSuperior(models.Model):
    """A document that a plan is to stand under, as a person chose it, or no longer. The newest row of a pair stands.

    What follows from a registered answer or from the register of documents is derived and not kept here.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="superiors")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    holds = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    class Meta:
        # For "the newest row of each document of a plan".
        indexes = [models.Index(fields=["plan", "document", "-id"], name="plan_superior_newest")]

    def __str__(self) -> str:
        return f"{self.plan_id} → {self.document_id}"


class SharesShown(models.Model):
    """How much of a version is taken over was shown to its own unit: only from then on may anyone above see it."""

    edition = models.ForeignKey(PlanEdition, on_delete=models.PROTECT, related_name="shares_shown")
    directive = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "directive"], name="shares_shown_once")]

    def __str__(self) -> str:
        return f"{self.edition_id}"
