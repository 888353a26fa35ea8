"""The two dates of every sheet: as at (what had happened) and as known at (what had been written down)."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _

_DAY = re.compile(r"^\s*(?:ngày\s+)?(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})\s*$")
_ISO = re.compile(r"^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$")
_MOMENT = re.compile(r"^\s*(\d{1,2})[:h](\d{2})?(?::(\d{2}))?\s*,?\s*(.+)$")


FIRST_YEAR, LAST_YEAR = 1900, 2200


class BadDate(ValueError):
    """What was typed is not a day; the message says why and what was perhaps meant."""


def write_day(day: dt.date | None) -> str:
    """A day as the office writes it: 30-6-2025. Empty for None."""
    return f"{day.day}-{day.month}-{day.year}" if day else ""


def write_moment(moment: dt.datetime | None) -> str:
    """A moment in the instance's zone: 17:00, 10-7-2025. Empty for None."""
    if moment is None:
        return ""
    here = timezone.localtime(moment)
    return f"{here:%H:%M}, {write_day(here.date())}"


def read_day(text: str) -> dt.date:
    """A day from 30-6-2025, 30/6/2025, 30.6.2025 or 2025-06-30; ``BadDate`` otherwise."""
    if match := _ISO.match(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY.match(text):
        day, month, year = (int(part) for part in match.groups())
    else:
        raise BadDate(_("Write the day as day-month-year, for example 30-6-2025."))
    if not 1 <= month <= 12:
        raise BadDate(
            _("There is no month %(month)d. Write the day as day-month-year, for example 30-6-2025.") % {"month": month}
        )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadDate(_("The year %(year)d is out of range: 1900 to 2200.") % {"year": year})
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise BadDate(
            _("Month %(month)d of %(year)d has %(last)d days. Is %(last)d-%(month)d-%(year)d meant?")
            % {"month": month, "year": year, "last": last}
        )
    return dt.date(year, month, day)


def read_moment(text: str) -> dt.datetime:
    """A moment from "17:00, 10-7-2025" or an ISO time; a bare day means the end of that day. ``BadDate`` otherwise."""
    zone = timezone.get_current_timezone()
    stripped = text.strip()
    if "T" in stripped:
        try:
            moment = dt.datetime.fromisoformat(stripped)
        except ValueError:
            moment = None
        if moment is not None:
            if not FIRST_YEAR <= moment.year <= LAST_YEAR:
                raise BadDate(_("The year %(year)d is out of range: 1900 to 2200.") % {"year": moment.year})
            return moment if timezone.is_aware(moment) else moment.replace(tzinfo=zone)
    if match := _MOMENT.match(stripped):
        hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 59)
        if hour > 23 or minute > 59 or second > 59:
            raise BadDate(_("There is no such time of day. Write for example 17:00, 10-7-2025."))
        # "17:00" names a minute and means its end, as a day means its end.
        return dt.datetime.combine(read_day(match[4]), dt.time(hour, minute, second, 999_999), zone)
    return dt.datetime.combine(read_day(stripped), dt.time(23, 59, 59, 999_999), zone)


@dataclass(frozen=True)
class TwoDates:
    """The dates a sheet is drawn for. ``known_at`` None means: as known now. ``errors``: field → what was wrong."""

    as_at: dt.date
    known_at: dt.datetime | None = None
    as_at_text: str = ""
    known_at_text: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Mapping[str, str], *, default: dt.date | None = None) -> TwoDates:
        """Read ``as_at`` and ``known_at`` from a query. What cannot be read falls back to the default and is in
        ``errors``, with what was typed kept for the field."""
        errors: dict[str, str] = {}
        as_at = default or timezone.localdate()
        known_at: dt.datetime | None = None
        as_at_text, known_at_text = data.get("as_at", "").strip(), data.get("known_at", "").strip()
        if as_at_text:
            try:
                as_at = read_day(as_at_text)
            except BadDate as bad:
                errors["as_at"] = str(bad)
        if known_at_text:
            try:
                known_at = read_moment(known_at_text)
            except BadDate as bad:
                errors["known_at"] = str(bad)
        return cls(as_at, known_at, as_at_text, known_at_text, errors)

    @property
    def as_at_field(self) -> str:
        """What stands in the first field: what was typed when it was wrong, else the day as the office writes it."""
        return self.as_at_text if "as_at" in self.errors else write_day(self.as_at)

    @property
    def known_at_field(self) -> str:
        """What stands in the second field; empty means now."""
        return self.known_at_text if "known_at" in self.errors else write_moment(self.known_at)

    def query(self) -> dict[str, str]:
        """The dates as query values for a link that keeps them."""
        kept = {"as_at": self.as_at.isoformat()}
        if self.known_at is not None:
            kept["known_at"] = self.known_at.isoformat()
        return kept

    def said(self) -> str:
        """Both dates in words, for print and export."""
        known = write_moment(self.known_at or timezone.now())
        return _("As at %(day)s / as known at %(moment)s") % {"day": write_day(self.as_at), "moment": known}


# --- Links that keep the dates ---------------------------------------------------------------------------------------

View = TypeVar("View", bound=Callable[..., object])
DATES = ("as_at", "known_at")


def takes_dates(view: View) -> View:
    """Marks a page that asks its question as at ``as_at`` and as known at ``known_at`` of its address: whoever leads to
    it from a dated page gives both along."""
    view.takes_dates = True  # type: ignore[attr-defined]
    return view


def leads_to_dates(path: str) -> bool:
    """Whether the page at a path takes the two dates."""
    try:
        return bool(getattr(resolve(path).func, "takes_dates", False))
    except Resolver404:
        return False


def asked_dates(request: HttpRequest) -> dict[str, str]:
    """The two dates that a dated page was asked for, as query values; what cannot be read is not handed on."""
    match = request.resolver_match
    if match is None or not getattr(match.func, "takes_dates", False):
        return {}
    errors = TwoDates.of(request.GET).errors
    return {name: said for name in DATES if (said := request.GET.get(name)) and name not in errors}


def with_dates(url: str | None, query: Mapping[str, str]) -> str:
    """An address of ours with the two dates of a query, where the page takes them and does not name its own."""
    kept = {name: query[name] for name in DATES if query.get(name)}
    parts = urlsplit(url or "")
    if not kept or parts.netloc or not leads_to_dates(parts.path):
        return url or ""
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    if any(name in asked for name in DATES):
        return url or ""
    return urlunsplit(parts._replace(query=urlencode([*parse_qsl(parts.query, keep_blank_values=True), *kept.items()])))
