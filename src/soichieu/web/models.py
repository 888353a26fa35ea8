"""What an instance says about itself."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone


class AddedOnly(models.QuerySet["InstanceFlag"]):
    """Rows that are only added."""

    def update(self, **kwargs: Any) -> int:
        """Always refused."""
        raise TypeError("what an instance said about itself is not changed; add a new row")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Always refused."""
        raise TypeError("what an instance said about itself is not taken back")


class InstanceFlag(models.Model):
    """A statement of the instance about itself, made once and never taken back: rows are only added.

    Known keys: ``demonstration`` (its contents are a demonstration), ``injected_clock`` (some recording times were
    set by the demonstration or the simulator and not by the system's clock).
    """

    key = models.CharField(max_length=64)
    value = models.CharField(max_length=400, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AddedOnly.as_manager()

    class Meta:
        db_table = "instance_flag"

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refused for a row that is already stored."""
        if self.pk is not None:
            raise TypeError("what an instance said about itself is not changed; add a new row")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Always refused."""
        raise TypeError("what an instance said about itself is not taken back")
