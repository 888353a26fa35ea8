"""The one clock of the ledger, and its zone.

Only the demonstration and the simulator put another time in its place; an instance in which that was done says so
for ever (:func:`soichieu.web.instance_flags.set_flag`).
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from contextvars import ContextVar
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_injected: ContextVar[dt.datetime | None] = ContextVar("soichieu_clock", default=None)


def now() -> dt.datetime:
    """This moment, aware, in UTC."""
    return _injected.get() or dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """This day in the instance's zone."""
    return now().astimezone(ZONE).date()


@contextlib.contextmanager
def injected(moment: dt.datetime) -> Iterator[None]:
    """Let the ledger believe that it is ``moment`` (aware)."""
    if moment.tzinfo is None:
        raise ValueError("an injected moment must carry its zone")
    token = _injected.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _injected.reset(token)


def end_of(day: dt.date) -> dt.datetime:
    """The last microsecond of a day in the instance's zone."""
    return dt.datetime.combine(day, dt.time.max, ZONE)
