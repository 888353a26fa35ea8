"""Followed conclusions as rows of a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from soichieu.findings.queries.follow_up import Followed
from soichieu.findings.queries.told import Row, names_in, published_among
from soichieu.web.dates import write_day


@dataclass
class FollowedRow(Row):
    """A conclusion in the follow-up."""

    followed: Followed = None  # type: ignore[assignment]

    @property
    def heading(self) -> str:
        return f"{self.occasion}, {write_day(self.on)}"

    @property
    def deadline(self) -> dt.date | None:
        """The day now in force where a task runs, else the one that was concluded."""
        return self.followed.deadline

    @property
    def done_of(self) -> str:
        """n of N in words, for the export."""
        count = self.followed.count
        return "" if count is None else f"{'–' if count.n is None else count.n}/{count.of}"

    @property
    def share(self) -> float:
        count = self.followed.count
        return -1.0 if count is None or not count.of or count.n is None else count.n / count.of

    @property
    def lifecycle(self) -> str:
        return self.followed.cell.lifecycle if self.followed.cell else ""

    @property
    def timeliness(self) -> str:
        return self.followed.cell.timeliness if self.followed.cell else ""

    @property
    def verification(self) -> str:
        return self.followed.cell.verification if self.followed.cell else ""

    @property
    def whose(self) -> str:
        """Whose state it is, where of many units' tasks the asker sees one: the conclusion names the others too."""
        one = self.followed
        return self.names.get(one.cell.holder_id or 0, "") if one.in_part and one.cell else ""

    @property
    def notice(self) -> str:
        return self.followed.notice.number if self.followed.notice and self.followed.notice_seen else ""

    @property
    def reason(self) -> str:
        last = self.newest.last_step
        return last.reason if last else ""

    def as_json(self) -> dict[str, Any]:
        one = self.followed
        return super().as_json() | {
            "deadline": one.deadline.isoformat() if one.deadline else None,
            "notice": self.notice,
            "count": one.count.as_json() if one.count else None,
            "in_part": one.in_part,
            "lifecycle": self.lifecycle,
            "timeliness": self.timeliness,
            "verification": self.verification,
            "carried": one.carried,
        }


def followed_rows(said: Sequence[Followed]) -> list[FollowedRow]:
    """Followed conclusions as rows; each conclusion keeps its own, for each is followed by its own tasks."""
    names = names_in(one.shown for one in said)
    known = published_among(one.shown for one in said)
    return [FollowedRow([one.shown], names, followed=one, published=one.shown.finding.pk in known) for one in said]
