"""A coverage report for people at a terminal: one line a count, what it is over and its rule below it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from soichieu.web.dates import write_day

_TITLE = 70


def as_text(report: dict[str, Any]) -> str:
    """The report of :func:`~soichieu.ledger.report.coverage_report`, in the language that is active."""
    head = report["directive"]
    lines = [
        _("%(number)s, %(day)s. %(title)s")
        % {"number": head["number"], "day": _day(head["signed_on"]), "title": head["title"]},
        _("As at %(day)s, as known %(known)s; %(basis)s")
        % {
            "day": _day(report["as_at"]),
            "known": _moment(report["known_at"]) if report["known_at"] else _("now"),
            "basis": report["basis_words"],
        },
    ]
    for count in report["counts"]:
        lines += ["", _line(count["ladder_words"], count), f"    {count['over']}", f"    {count['rule']}"]
        lines += [_line("  " + group["name"], group) for group in count.get("groups", ())]
        lines += [
            _line(f"  {requirement['requirement']} {_short(requirement['title'])}", requirement)
            for requirement in count.get("requirements", ())
        ]
    for quoted in report["quoted"]:
        lines += ["", _line(_("[quoted from a source] %(label)s") % {"label": quoted["label"]}, quoted)]
        lines.append(f"    {quoted['over']}")
        lines += [f"    {_share(share)}" for share in quoted["shares"]]
    standing = report["standing"]
    if standing["of"]:
        reported = {"n": standing["reported"], "of": standing["of"]}
        lines += ["", _line(_("Standing tasks, counted beside, by their last report"), reported)]
    if heirs := report["heirs_to_be_named"]:
        lines += ["", _("Heir to be named: %(tasks)s tasks stand with the superior.") % {"tasks": _number(len(heirs))}]
    if not (report["counts"] or report["quoted"] or standing["of"] or heirs):
        lines += ["", _("On this day nothing was owed, among what was asked for and is yours to see.")]
    return "\n".join(lines)


def _line(label: str, count: dict[str, Any]) -> str:
    n = _("no data") if count["n"] is None else _number(count["n"])
    of = "?" if count["of"] is None else _number(count["of"])
    return _("%(label)s: %(n)s of %(of)s") % {"label": label, "n": n, "of": of}


def _share(share: dict[str, Any]) -> str:
    said = _("%(words)s = %(n)s/%(of)s = %(percent)s %%") % {
        "words": share["words"],
        "n": _number(share["n"]),
        "of": _number(share["of"]),
        "percent": _decimal(share["percent"]),
    }
    if not share["printed"]:
        return said
    return said + _("; the source printed %(printed)s %%, a difference of %(difference)s") % {
        "printed": _decimal(share["printed"]),
        "difference": _decimal(share["difference"]),
    }


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)


def _decimal(text: str) -> str:
    return number_format(Decimal(text), 2)


def _day(iso: str) -> str:
    return write_day(dt.date.fromisoformat(iso))


def _moment(iso: str) -> str:
    return f"{_day(iso[:10])} {iso[11:16]}"


def _short(title: str) -> str:
    """A title that fits a line, cut between words."""
    if len(title) <= _TITLE:
        return title
    return title[:_TITLE].rsplit(" ", 1)[0] + " …"
