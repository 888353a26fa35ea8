"""Administrative places through time."""

from __future__ import annotations

from django.db import models

from soichieu.organisation.kinds import Level, Share
from soichieu.organisation.models.base import AppendOnly, Dated


class Place(AppendOnly):
    """One place, whatever it was called. Codes are reused, so ``key`` is the code and, from its second bearer on, the
    day on which this bearer began: ``00004``, ``00004-20250701``."""

    key = models.CharField(max_length=40, unique=True)

    class Meta:
        db_table = "organisation_place"

    def __str__(self) -> str:
        return self.key


class PlaceState(Dated):
    """What a place was from a day on: its name, level, code and the place around it. ``alive`` False: it ended."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="states")
    alive = models.BooleanField(default=True)
    code = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=10, choices=Level.choices, blank=True)
    name = models.CharField(max_length=120, blank=True)
    full_name = models.CharField(max_length=160, blank=True)
    full_name_en = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "organisation_place_state"
        # For the history of one place; the whole history is read in this order too.
        indexes = [models.Index(fields=["place", "valid_from", "recorded_at"], name="place_state_history")]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.code}) from {self.valid_from}"


class PlaceSuccession(AppendOnly):
    """An old place went into a new one on a day. ``evidence`` says how we know; ``doubtful`` asks a person to look."""

    old = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="heirs")
    new = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="origins")
    on = models.DateField()
    share = models.CharField(max_length=5, choices=Share.choices)
    main = models.BooleanField(default=True, help_text="The main heir of the old place.")
    evidence = models.CharField(max_length=300)
    doubtful = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    retracted = models.BooleanField(default=False)

    class Meta:
        db_table = "organisation_place_succession"

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id} on {self.on}"


class PlaceRemark(AppendOnly):
    """What the importer saw and a person should know: a gap in the data, a wrong code, an identity in doubt."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="remarks")
    on = models.DateField()
    topic = models.CharField(max_length=30)
    text = models.TextField()
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "organisation_place_remark"

    def __str__(self) -> str:
        return f"{self.topic}: {self.text}"


class ImportedFile(AppendOnly):
    """A file of dated states or successions that was taken in, whole."""

    kind = models.CharField(max_length=20)
    day = models.DateField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    by = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "organisation_imported_file"

    def __str__(self) -> str:
        return f"{self.name} ({self.day})"
