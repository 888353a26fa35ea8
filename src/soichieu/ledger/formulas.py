"""Shares, each with its formula and its fraction: never a lone percentage (DESIGN §3).

The golden figures are of a published government report of 2017: 21,914 tasks given, 16,051 done (14,068 in time,
1,983 late), 5,863
open (5,640 not yet due, 223 overdue). It prints 98.62 % and 1.38 %; its own counts give 16,051 / 16,274 and 223 /
16,274.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Share:
    """``n / of`` under the name of its formula. ``printed`` is what the source prints, when it prints one."""

    formula: str
    words: str | Promise
    n: int
    of: int
    printed: Decimal | None = None

    @property
    def percent(self) -> Decimal | None:
        """To two decimals, halves up; None over nothing."""
        if self.of == 0:
            return None
        return (Decimal(100 * self.n) / Decimal(self.of)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)

    @property
    def difference(self) -> Decimal | None:
        """What the source prints less what its counts give, in points."""
        if self.printed is None or self.percent is None:
            return None
        return self.printed - self.percent


DONE_OF_DUE = _("done ÷ (done + overdue)")
OVERDUE_OF_DUE = _("overdue ÷ (done + overdue)")
IN_TIME_OF_DUE = _("done in time ÷ (done + overdue)")
DONE_OF_ALL = _("done ÷ all given")


def shares_of(n: int | None, of: int | None, breakdown: Mapping[str, int], printed: Mapping[str, str]) -> list[Share]:
    """Every share that the counts allow. ``breakdown`` keys: ``done_in_time``, ``done_late``, ``not_due``,
    ``overdue``."""

    def as_printed(formula: str) -> Decimal | None:
        return Decimal(str(printed[formula])) if formula in printed else None

    out: list[Share] = []
    if n is None:
        return out
    overdue = breakdown.get("overdue")
    if overdue is not None:
        due = n + overdue
        out.append(Share("done_of_due", DONE_OF_DUE, n, due, as_printed("done_of_due")))
        out.append(Share("overdue_of_due", OVERDUE_OF_DUE, overdue, due, as_printed("overdue_of_due")))
        if "done_in_time" in breakdown:
            timely = breakdown["done_in_time"]
            out.append(Share("in_time_of_due", IN_TIME_OF_DUE, timely, due, as_printed("in_time_of_due")))
    if of:
        out.append(Share("done_of_all", DONE_OF_ALL, n, of, as_printed("done_of_all")))
    return out
