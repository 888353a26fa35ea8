"""What the register keeps.

Nothing that a board shows is changed in place: an edition, its provisions and its rows are written once; a mended
tree is a new edition; links, receipts and corrections are only ever added. The two exceptions are derived or not yet
shown to anyone: the search index, and a reading that waits for confirmation.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """The bytes of one file, named by their SHA-256. They lie under ``settings.FILES_ROOT`` (see ``files``)."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    # What the bytes are, decided from the bytes and the name; only pdf and plain text are ever shown in the browser.
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=255)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Document(models.Model):
    """A document known to the instance: by number and date alone, or with its text in one or more editions."""

    class Classification(models.TextChoices):
        NONE = "none", _("Not classified")
        CONFIDENTIAL = "confidential", _("Confidential")
        SECRET = "secret", _("Secret")
        TOP_SECRET = "top_secret", _("Top secret")

    number = models.CharField(max_length=100)
    # Canonical form for finding and comparing; see ``keys.number_key``.
    number_key = models.CharField(max_length=100)
    kind = models.CharField(max_length=40, blank=True, default="")
    issuer = models.CharField(max_length=255)
    issuer_key = models.CharField(max_length=255)
    issuer_unit = models.ForeignKey(
        "organisation.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="issued_documents"
    )
    signed_on = models.DateField()
    title = models.TextField(blank=True, default="")
    signer = models.CharField(max_length=255, blank=True, default="")
    signing_form = models.CharField(max_length=20, blank=True, default="")
    classification = models.CharField(max_length=12, choices=Classification, default=Classification.NONE)
    # Open to everyone who may sign in, not only to those it is addressed to.
    public = models.BooleanField(default=False)
    # On real units only what was published is recorded; the ledger opens its obligations as *no published data*.
    published_only = models.BooleanField(default=False)
    # Where the facts about it are from, when its text is not here ("Báo CAND, 15-11-2022").
    source = models.TextField(blank=True, default="")
    registered_at = models.DateTimeField()
    registered_by = models.JSONField(default=dict)
    registering_unit = models.ForeignKey(
        "organisation.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="registered_documents"
    )

    class Meta:
        constraints = [
            # Party numbers start again every term: one number, one issuer, one day is one document.
            models.UniqueConstraint(fields=["number_key", "issuer_key", "signed_on"], name="document_once"),
            # What is classified is registered by number and date alone.
            models.CheckConstraint(
                condition=Q(classification="none") | Q(title="", signer="", public=False, source=""),
                name="document_classified_bare",
            ),
        ]
        indexes = [
            # For resolving citations, and for the register in its usual order.
            models.Index(fields=["number_key", "signed_on"], name="document_by_number"),
            models.Index(fields=["-signed_on", "id"], name="document_by_day"),
        ]

    def __str__(self) -> str:
        return self.number


class Edition(models.Model):
    """One text of a document, as read or as mended. Never changed."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="editions")
    ordinal = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="editions")
    # What the file was called when it was handed in here: others may have handed in the same bytes under another name.
    file_name = models.CharField(max_length=255, blank=True, default="")
    # The edition that this one mends; empty when it is a reading of its own.
    mends = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="mended_by")
    # The text that the reader took from the file; spans of provisions count its characters.
    source_text = models.TextField(blank=True, default="")
    text_hash = models.CharField(max_length=64)
    # The reading's ``document`` object and what else belongs to the whole: number, issuer, signer, recipients …
    reading = models.JSONField(default=dict)
    # Versions of what read it: {"soichieu": "0.1.0", "reader": "txt"}.
    read_by = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "ordinal"], name="edition_once")]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.ordinal}"

    @property
    def named_file(self) -> StoredFile | None:
        """The file under the name that it was handed in by here; None without one."""
        from soichieu.documents.files import named

        return named(self.file, self.file_name) if self.file is not None else None


class ProvisionIdentity(models.Model):
    """What stays the same when the text is read or published again: a provision's or a table row's opaque identity."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="identities")
    # 26 characters that say nothing; used in addresses, so that a permalink survives a new edition.
    key = models.CharField(max_length=26, unique=True)

    def __str__(self) -> str:
        return self.key


class Provision(models.Model):
    """A node of an edition's tree, down to the sentence."""

    class Nature(models.TextChoices):
        VIEWPOINT = "viewpoint", _("Viewpoint")
        GOAL = "goal", _("Goal")
        TASK = "task", _("Task")
        SOLUTION = "solution", _("Solution")
        ORGANISATION = "organisation", _("Organisation of implementation")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="provisions")
    identity = models.ForeignKey(ProvisionIdentity, on_delete=models.PROTECT, related_name="provisions")
    # Path and ordinal: ``III.2.-3.s1``. One edition holds each once; the next may give it to another sentence.
    citation = models.CharField(max_length=120)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    ordinal = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField(default=0)
    # Level as the reader names it: part, chapter, section, article, clause, point, bullet, sentence …
    kind = models.CharField(max_length=30)
    label = models.CharField(max_length=120, blank=True, default="")
    heading = models.TextField(blank=True, default="")
    # Its own words; of a paragraph that was cut into sentences, all of theirs.
    text = models.TextField(blank=True, default="")
    text_hash = models.CharField(max_length=64)
    nature = models.CharField(max_length=12, choices=Nature, blank=True, default="")
    confidence = models.FloatField(default=1.0)
    # Characters [start, end) of the edition's ``source_text``; empty when a person wrote the node.
    span_start = models.PositiveIntegerField(null=True, blank=True)
    span_end = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "citation"], name="provision_citation_once"),
            models.UniqueConstraint(fields=["edition", "identity"], name="provision_identity_once"),
        ]
        # For the text of an edition, in reading order.
        indexes = [models.Index(fields=["edition", "ordinal"], name="provision_in_order")]

    def __str__(self) -> str:
        return self.citation

    @property
    def place(self) -> str:
        """Where it stands in its edition."""
        return self.citation


class TableRow(models.Model):
    """A row of a task or target table of an edition, as the reader gives it."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="rows")
    identity = models.ForeignKey(ProvisionIdentity, on_delete=models.PROTECT, related_name="rows")
    table = models.PositiveIntegerField()
    table_kind = models.CharField(max_length=10)
    ordinal = models.PositiveIntegerField()
    # The row's citation within the edition, unique there ("T2.I.14").
    row_id = models.CharField(max_length=120)
    group = models.TextField(blank=True, default="")
    number = models.CharField(max_length=40, blank=True, default="")
    text = models.TextField(blank=True, default="")
    text_hash = models.CharField(max_length=64)
    # The whole row of the reading: task, leads, cooperators, output, deadline …
    data = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "row_id"], name="row_id_once"),
            models.UniqueConstraint(fields=["edition", "identity"], name="row_identity_once"),
        ]

    def __str__(self) -> str:
        return self.row_id

    @property
    def place(self) -> str:
        """Where it stands in its edition."""
        return self.row_id


class IdentityChange(models.Model):
    """What became of one identity in an edition, against the edition before it."""

    class Verdict(models.TextChoices):
        SAME = "same", _("Unchanged")
        MOVED = "moved", _("Moved, words unchanged")
        CHANGED = "changed", _("Reworded")
        NEW = "new", _("New")
        GONE = "gone", _("No longer there")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="changes")
    identity = models.ForeignKey(ProvisionIdentity, on_delete=models.PROTECT, related_name="changes")
    verdict = models.CharField(max_length=8, choices=Verdict)
    similarity = models.FloatField(default=1.0)
    old_citation = models.CharField(max_length=120, blank=True, default="")
    new_citation = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "identity"], name="identity_change_once")]
        # For the question after each new edition: what is suspect now?
        indexes = [models.Index(fields=["edition", "verdict"], name="identity_change_verdict")]

    def __str__(self) -> str:
        return f"{self.identity_id}: {self.verdict}"


class Correction(models.Model):
    """One mending by a person, laid over this and every later reading where its anchor is found again."""

    class Kind(models.TextChoices):
        RELABEL = "relabel", _("Label")
        RETITLE = "retitle", _("Heading")
        REWORD = "reword", _("Text as printed")
        NATURE = "nature", _("Nature")
        LEVEL = "level", _("Level")
        MOVE = "move", _("Move")
        SPLIT = "split", _("Split")
        MERGE = "merge", _("Merge with the one before")
        DROP = "drop", _("Leave out")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="corrections")
    # The edition that first showed it.
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="corrections")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    # {"citation", "hash"} of the node as it stood before; how a later reading finds it again.
    anchor = models.JSONField()
    values = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "sequence"], name="correction_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.anchor.get('citation', '')}"


class DocumentLink(models.Model):
    """How one document stands to another: the source *implements* the target, *replaces* it …"""

    class Relation(models.TextChoices):
        IMPLEMENTS = "implements", _("Implements")
        BASED_ON = "based_on", _("Based on")
        AMENDS = "amends", _("Amends")
        REPLACES = "replaces", _("Replaces")
        WITHDRAWS = "withdraws", _("Withdraws")
        CONCLUDES = "concludes", _("Conclusion about")

    source = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="links_in")
    relation = models.CharField(max_length=12, choices=Relation)
    # The day from which it holds, where that is not the day of the source.
    from_day = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "relation"], name="link_once"),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="link_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.relation} {self.target_id}"


class DocumentCitation(models.Model):
    """A citation found in an edition's text: resolved to a document of the register, or open with its candidates."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="citations")
    provision = models.ForeignKey(Provision, null=True, blank=True, on_delete=models.PROTECT, related_name="citations")
    ordinal = models.PositiveIntegerField()
    # As printed, and what it was taken to say.
    text = models.TextField()
    number = models.CharField(max_length=100, blank=True, default="")
    kind = models.CharField(max_length=40, blank=True, default="")
    issuer = models.CharField(max_length=255, blank=True, default="")
    signed_on = models.DateField(null=True, blank=True)
    # Laws are cited by name, and by year.
    name = models.TextField(blank=True, default="")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    # Tried again whenever a document is registered, so these may be filled later; never emptied.
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="cited_by")
    # [{"document": id, "number": …, "score": 0..1, "reasons": [text …]}], best first.
    candidates = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    settled_by = models.JSONField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "ordinal"], name="citation_in_order")]
        # For trying the open ones again when a document is registered.
        indexes = [models.Index(fields=["document", "edition"], name="citation_open")]

    def __str__(self) -> str:
        return self.text


class Receipt(models.Model):
    """A unit received a document on a day (văn bản đến). A wrong one is answered by a later one; the last stands."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="receipts")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="receipts")
    received_on = models.DateField()
    # The unit's own running number of documents coming in.
    incoming_number = models.CharField(max_length=60, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.JSONField(default=dict)

    class Meta:
        # For "what did this unit receive", and the last receipt of a document by a unit.
        indexes = [models.Index(fields=["unit", "document", "-id"], name="receipt_by_unit")]

    def __str__(self) -> str:
        return f"{self.document_id} → {self.unit_id}"


class PendingReading(models.Model):
    """An upload that waits for a person: what was typed, what was read, what was mended so far. Shown to no board."""

    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.CASCADE, related_name="pending")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # What the file was called when it was handed in here: others may have handed in the same bytes under another name.
    file_name = models.CharField(max_length=255, blank=True, default="")
    fields = models.JSONField(default=dict)
    reading = models.JSONField(default=dict)
    corrections = models.JSONField(default=list)
    # Counts the savings; a form that was opened at an older one is not laid over a newer one.
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    started_by = models.JSONField(default=dict)
    asker_key = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"pending {self.pk}"

    @property
    def named_file(self) -> StoredFile | None:
        """The file under the name that it was handed in by here; None without one."""
        from soichieu.documents.files import named

        return named(self.file, self.file_name) if self.file is not None else None


class SearchRow(models.Model):
    """One searchable piece of a document's newest edition, without tones. Derived: made again with each edition."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="search_rows")
    provision = models.ForeignKey(Provision, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    row = models.ForeignKey(TableRow, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    # Words only, folded, joined by single spaces: both engines split it the same way.
    folded = models.TextField()

    def __str__(self) -> str:
        return f"{self.document_id}"
