"""The two tables of this room: a conference, and the lines of its book. Lines are only added to."""

from __future__ import annotations

from django.db import models

from soichieu.conferences.kinds import EventKind


class Conference(models.Model):
    """A review conference. Nothing is known of it here: its state is a fold of its events. The row is its book's lock.

    ``unit`` holds the conference (the chair's unit). ``last_position`` and ``last_hash`` are those of its newest event.
    """

    key = models.CharField(max_length=26, unique=True)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="conferences")
    last_position = models.PositiveIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="", blank=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class Event(models.Model):
    """One line of a conference's book. ``happened_at``: when it took place; ``recorded_at``: when it was written, never
    before the line ahead of it. ``post`` and ``person``: the hand; ``on_behalf_of``: for whom. ``hash``: over
    all the others (``hashing``); ``previous_hash``: that of the line ahead."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="events", db_index=False)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=30, choices=EventKind.choices)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    payload = models.JSONField(default=dict)
    by = models.CharField(max_length=400)
    post = models.ForeignKey("organisation.Post", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    on_behalf_of = models.ForeignKey(
        "organisation.Post", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    previous_hash = models.CharField(max_length=64, default="", blank=True)
    hash = models.CharField(max_length=64, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conference", "position"], name="one_event_per_position")]
        ordering = ["conference", "position"]

    def __str__(self) -> str:
        return f"{self.conference_id}:{self.position} {self.kind}"
