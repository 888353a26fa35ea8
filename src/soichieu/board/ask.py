"""What an address of the board asks: two dates, basis, ladder, rows, order, page. All of it a permalink."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from soichieu.ledger.kinds import Ladder
from soichieu.ledger.queries import Question
from soichieu.organisation.askers import Asker
from soichieu.organisation.kinds import Role
from soichieu.web.dates import BadDate, TwoDates, read_moment, write_moment

BASES = ("time", "date")


def may_sort_by_worst(asker: Asker) -> bool:
    """The order by what is worst is a tool of whoever drives the work; everyone else reads in official order."""
    return asker.operator or Role.STEERING_OFFICE in asker.roles


@dataclass(frozen=True)
class Ask:
    """One question to the board.

    ``rows``: "units" (all, paged), "tree" (one level) or "" (by size). ``under``: the unit whose level is open.
    ``only``: "open" keeps holes and what is late. ``since``: what changed after this moment.
    """

    two: TwoDates
    basis: str = "time"
    ladder: str = ""
    rows: str = ""
    under: int | None = None
    only: str = ""
    sort: str = "official"
    page: int = 1
    since: dt.datetime | None = None
    since_text: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Mapping[str, str], asker: Asker, today: dt.date) -> Ask:
        """Read an address; what cannot be read falls back to its default and is named in ``errors``."""
        two = TwoDates.of(data, default=today)
        errors = dict(two.errors)
        since, since_text = None, data.get("since", "").strip()
        if since_text:
            try:
                since = read_moment(since_text)
            except BadDate as bad:
                errors["since"] = str(bad)
        under, page = data.get("under", ""), data.get("page", "")
        sort = "official"
        if may_sort_by_worst(asker):
            sort = data.get("sort", "") if data.get("sort") in ("official", "worst") else "worst"
        return cls(
            two=two,
            basis=data.get("basis", "") if data.get("basis") in BASES else "time",
            ladder=data.get("ladder", "") if data.get("ladder") in Ladder.values else "",
            rows=data.get("rows", "") if data.get("rows") in ("units", "tree") else "",
            under=int(under) if under.isdecimal() and len(under) < 10 else None,
            only="open" if data.get("only") == "open" else "",
            sort=sort,
            page=max(1, int(page)) if page.isdecimal() and len(page) < 7 else 1,
            since=since,
            since_text=since_text,
            errors=errors,
        )

    @property
    def question(self) -> Question:
        return Question(self.two.as_at, self.two.known_at, self.basis)

    @property
    def since_field(self) -> str:
        """What stands in the field: what was typed when it was wrong, else the moment."""
        return self.since_text if "since" in self.errors else write_moment(self.since)

    def dates(self, data: Mapping[str, str]) -> dict[str, str]:
        """Both dates and the basis as query values, where the address names them: a link without them means today."""
        kept = {}
        if data.get("as_at") and "as_at" not in self.errors:
            kept["as_at"] = self.two.as_at.isoformat()
        if self.two.known_at is not None:
            kept["known_at"] = self.two.known_at.isoformat()
        if self.basis != "time":
            kept["basis"] = self.basis
        return kept


def with_query(url: str, *maps: Mapping[str, object]) -> str:
    """An address with query values; empty ones are left out."""
    merged: dict[str, str] = {}
    for values in maps:
        for key, value in values.items():
            if value in (None, ""):
                merged.pop(key, None)
            else:
                merged[key] = str(value)
    return f"{url}?{urlencode(merged)}" if merged else url
