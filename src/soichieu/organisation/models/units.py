"""Units: what obliges and what owes."""

from __future__ import annotations

from django.db import models

from soichieu.organisation.kinds import Kind, Level, Line, Share, Standing
from soichieu.organisation.models.base import AppendOnly, Dated
from soichieu.organisation.models.places import Place


class Unit(AppendOnly):
    """A node of the organisation. What never changes stands here; names, life, superiors are dated rows."""

    code = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="units")
    fictitious = models.BooleanField(default=False)

    class Meta:
        db_table = "organisation_unit"

    def __str__(self) -> str:
        return self.code


class UnitState(Dated):
    """What a unit was called from a day on, and where it stands in the official order. ``alive`` False: it ended, and
    ``valid_from`` is the first day on which it no longer existed."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="states")
    alive = models.BooleanField(default=True)
    name = models.CharField(max_length=250, blank=True)
    short_name = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=250, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "organisation_unit_state"
        # For the state of one unit on a day, and its history.
        indexes = [models.Index(fields=["unit", "valid_from", "recorded_at"], name="unit_state_history")]

    def __str__(self) -> str:
        return f"{self.name or self.unit_id} from {self.valid_from}"


class Superior(Dated):
    """Under whom a unit stands on a line from a day on; an empty ``superior`` ends the last one."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="superiors")
    line = models.CharField(max_length=10, choices=Line.choices)
    superior = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="subordinates")

    class Meta:
        db_table = "organisation_superior"
        # For the superiors of one unit on one line, by day.
        indexes = [models.Index(fields=["unit", "line", "valid_from"], name="superior_history")]

    def __str__(self) -> str:
        return f"{self.unit_id} under {self.superior_id} ({self.line}) from {self.valid_from}"


class Counterpart(Dated):
    """The party organisation of a unit: same house, other seal and number series. Empty ends the last one."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="counterparts")
    counterpart = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="counterpart_of")

    class Meta:
        db_table = "organisation_counterpart"

    def __str__(self) -> str:
        return f"{self.unit_id} ↔ {self.counterpart_id} from {self.valid_from}"


class UnitSuccession(AppendOnly):
    """An old unit's work goes to a new one on a day. Of the rows of one (old, new, on) the last recorded holds."""

    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="heirs")
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="origins")
    on = models.DateField()
    share = models.CharField(max_length=5, choices=Share.choices, default=Share.WHOLE)
    main = models.BooleanField(default=True, help_text="The main heir of the old unit.")
    status = models.CharField(max_length=10, choices=Standing.choices)
    source = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=300, blank=True, help_text="Who confirmed or rejected it, in words.")

    class Meta:
        db_table = "organisation_unit_succession"
        # For all successions in the order of their days, of each the last recorded.
        indexes = [models.Index(fields=["on", "old", "new"], name="unit_succession_day")]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id} on {self.on}: {self.status}"


class Seating(AppendOnly):
    """An order of a person: in every place of a level sits a unit of this kind. It follows the places from then on."""

    kind = models.CharField(max_length=30, choices=Kind.choices)
    level = models.CharField(max_length=10, choices=Level.choices)
    line = models.CharField(max_length=10, choices=Line.choices)
    under = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", help_text="Above those with no seat above them."
    )

    class Meta:
        db_table = "organisation_seating"
        constraints = [
            models.UniqueConstraint(fields=["kind", "level", "line"], name="one_seating_per_kind_level_line")
        ]

    def __str__(self) -> str:
        return f"{self.kind} in every {self.level}"
