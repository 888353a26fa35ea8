"""Short relative addresses of the heat map, for it has thousands of links.

Below a board's own address stand ``<obligation>``, ``<unit>.<requirement>`` (tasks of the unit and all under it) or
``<unit>~<requirement>`` (of the unit alone), ``<unit>.`` (all its tasks; the mark doubled: the overdue ones) and
``.<requirement>`` (its thread); numbers in base 36. After it, at "-", the two dates where the board names them.
:mod:`soichieu.board.views.short` leads on to the full address.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
EPOCH = dt.date(1970, 1, 1)
UNDER, ALONE = ".", "~"
PATTERN = r"[0-9a-z]*[.~]{0,2}[0-9a-z]*(?:-[0-9a-z_-]*)?"
_WHERE = re.compile(r"([0-9a-z]*)([.~]{0,2})([0-9a-z]*)")
_LARGEST = 2**62


def base36(number: int) -> str:
    """A whole number, not negative, in base 36; ValueError for one that is."""
    if number < 0:
        raise ValueError(number)
    out = ""
    while True:
        number, digit = divmod(number, 36)
        out = DIGITS[digit] + out
        if not number:
            return out


def _signed(number: int) -> str:
    """A whole number in base 36; "_" before it says that it is below nought (days before 1970)."""
    return f"_{base36(-number)}" if number < 0 else base36(number)


def _read_signed(text: str) -> int:
    return -int(text[1:], 36) if text.startswith("_") else int(text, 36)


def dates_code(as_at: dt.date | None, known_at: dt.datetime | None, basis: str = "time") -> str:
    """The question at the end of a short address: "-" day "-" moment "-d" for units of the date; empty parts at its end
    are left out. A moment is its second (whose end is meant, as typed moments mean it) or "_" and its microsecond."""
    day = _signed((as_at - EPOCH).days) if as_at else ""
    moment = ""
    if known_at is not None:
        micros = round(known_at.timestamp() * 1_000_000)
        seconds, rest = divmod(micros, 1_000_000)
        moment = base36(seconds) if rest == 999_999 and seconds >= 0 else f"_{_signed(micros)}"
    return f"-{day}-{moment}-{'d' if basis == 'date' else ''}".rstrip("-")


@dataclass(frozen=True)
class Place:
    """Where a short address leads. ``alone``: the unit without those under it; ``overdue``: only what is overdue."""

    obligation: int | None = None
    unit: int | None = None
    requirement: int | None = None
    alone: bool = False
    overdue: bool = False
    as_at: dt.date | None = None
    known_at: dt.datetime | None = None
    basis: str = "time"


def read(code: str) -> Place:
    """What a short address means; ValueError for what is none."""
    where, *dates = code.split("-")
    found = _WHERE.fullmatch(where)
    if found is None or len(dates) > 3:
        raise ValueError(code)
    first, mark, second = found.groups()
    day, moment, basis = (*dates, "", "", "")[:3]
    try:
        as_at = EPOCH + dt.timedelta(days=_read_signed(day)) if day else None
        known_at = None
        if moment:
            micros = _read_signed(moment[1:]) if moment.startswith("_") else int(moment, 36) * 1_000_000 + 999_999
            known_at = dt.datetime.fromtimestamp(0, dt.UTC) + dt.timedelta(microseconds=micros)
    except OverflowError as error:
        raise ValueError(code) from error
    asked = as_at, known_at, "date" if basis == "d" else "time"
    numbers = [int(part, 36) if part else None for part in (first, second)]
    if any(number is not None and number >= _LARGEST for number in numbers):
        raise ValueError(code)
    if not mark:
        if numbers[0] is None:
            raise ValueError(code)
        return Place(numbers[0], None, None, False, False, *asked)
    if numbers[0] is None and numbers[1] is None:
        raise ValueError(code)
    return Place(None, numbers[0], numbers[1], mark.startswith(ALONE), len(mark) == 2, *asked)
