"""Dated editions: rows that are only added, never changed, so that any board can be drawn again as it was."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import connection, models
from django.utils import timezone

M = TypeVar("M", bound=models.Model)


FRESH_FOR = 0.025


class _Seen(threading.local):
    """What this thread last saw of the token: (token, connection and transaction, when)."""

    token: tuple[str, object, float] | None = None
    pinned = False


_seen = _Seen()


def forget_token(**_signal: Any) -> None:
    """Read the token from the database when it is next asked for."""
    _seen.token, _seen.pinned = None, False


def pin_token(**_signal: Any) -> None:
    """From now on one look at the token serves until it is forgotten (at the end of the request) or something is
    written: a page shows one state of the organisation and asks for it once."""
    _seen.token, _seen.pinned = None, True


class AppendOnlyError(TypeError):
    """Someone tried to change or remove a row of the organisation's history. Add a later row instead."""


class Revision(models.Model):
    """One row: a token that every writing of this room renews. It tells a process that its columns are stale.

    The row is also the lock under which writers take turns (see ``commands.base.writing``). Nothing shows it.
    """

    token = models.CharField(max_length=32)

    class Meta:
        db_table = "organisation_revision"

    def __str__(self) -> str:
        return self.token

    @classmethod
    def renew(cls) -> None:
        """Give the history a new token, in the transaction of what was written."""
        token = uuid.uuid4().hex
        _seen.token = None
        if not cls.objects.filter(pk=1).update(token=token):
            cls.objects.create(pk=1, token=token)

    @classmethod
    def current(cls) -> str:
        """The token now; empty while nothing was ever written.

        Asked once in a request (``pin_token``), elsewhere at most every ``FRESH_FOR`` seconds and again in each
        transaction: a loop over 10,000 units asks the database once.
        """
        seen = getattr(_seen, "token", None)
        where = (id(connection.connection), tuple(connection.savepoint_ids), connection.in_atomic_block)
        if seen is not None and seen[1] == where and (_seen.pinned or time.monotonic() - seen[2] < FRESH_FOR):
            return str(seen[0])
        token = cls.objects.filter(pk=1).values_list("token", flat=True).first() or ""
        _seen.token = (token, where, time.monotonic())
        return token


class AppendOnlyQuerySet(models.QuerySet[M]):
    """Rows are added. UPDATE, DELETE and upsert are refused here; the database refuses them too."""

    def update(self, **kwargs: Any) -> int:
        raise AppendOnlyError(f"rows of {self.model.__name__} are not changed; add a later row")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError(f"rows of {self.model.__name__} are not removed; add a later row")

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        if kwargs.get("update_conflicts") or kwargs.get("ignore_conflicts"):
            raise AppendOnlyError(f"rows of {self.model.__name__} are not overwritten; add a later row")
        created = super().bulk_create(objs, *args, **kwargs)
        Revision.renew()
        return created


class AppendOnly(models.Model):
    """A row that stays as it was written."""

    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; a stored one is refused."""
        if not self._state.adding:
            raise AppendOnlyError(f"rows of {type(self).__name__} are not changed; add a later row")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)
        Revision.renew()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Always refused."""
        raise AppendOnlyError(f"rows of {type(self).__name__} are not removed; add a later row")


class Dated(AppendOnly):
    """An edition that holds from ``valid_from`` on, until the next one.

    For the same ``valid_from`` the row recorded last wins; ``retracted`` says that on this day nothing changed after
    all. A board *as known at* a moment leaves out what was recorded later.
    """

    valid_from = models.DateField()
    retracted = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
