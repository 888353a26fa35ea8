"""What the commands about the ledger share: days, moments, directives and units as they are written on a command
line."""

from __future__ import annotations

import datetime as dt

import click

from soichieu.cli.django_setup import BadInput
from soichieu.documents import queries as documents
from soichieu.documents.models import Document
from soichieu.language.text import fold
from soichieu.ledger import clock
from soichieu.ledger.models import Obligation, Requirement
from soichieu.organisation import queries as organisation
from soichieu.organisation.askers import Asker
from soichieu.web.dates import write_day


def a_day(text: str | None, option: str) -> dt.date | None:
    """``2022-11-14`` or ``14-11-2022``; exit 2 for anything else."""
    if text is None:
        return None
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise BadInput(f"{option} {text}: not a day; write it as 2022-11-14 or 14-11-2022")


def a_moment(text: str | None, option: str) -> dt.datetime | None:
    """A moment in ISO form (without a zone: the instance's), or a day, which means its end. None means now; so does a
    moment that has not come yet, and standard error says so."""
    if text is None:
        return None
    try:
        if len(text) <= 10:
            day = a_day(text, option)
            assert day is not None
            moment = clock.end_of(day)
        else:
            moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{option} {text}: not a moment; write it as 2022-11-14 or 2022-11-14T17:00") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=clock.ZONE)
    if moment <= clock.now():
        return moment
    if moment > clock.end_of(clock.today()):
        click.echo(f"{option} {text} has not come yet: answered as known now", err=True)
    return None


def a_directive(asker: Asker, number: str) -> Document:
    """The one directive with a number that has a book; exit 2, with the candidates, when it is none or several."""
    found = documents.by_number(asker, number)
    with_book = [document for document in found if hasattr(document, "chain")]
    if len(with_book) == 1:
        return with_book[0]
    if not found:
        raise BadInput(
            f"no document {number} is registered here, or it is not yours to see (`soichieu documents list`)"
        )
    if not with_book:
        raise BadInput(f"{number} is registered, but nothing was given out from it yet")
    listed = "; ".join(f"{one.number} of {write_day(one.signed_on)} ({one.issuer})" for one in with_book)
    raise BadInput(f"several documents are called {number}: {listed}. Give the number as printed")


def a_unit(text: str, on: dt.date) -> int:
    """A unit by its code or its whole name (tones may be left out); exit 2 when it is none or several."""
    found = organisation.unit_by_code(text)
    if found is not None:
        return found
    named = [view for view in organisation.units_at(on) if fold(view.name) == fold(text)]
    if len(named) == 1:
        return named[0].id
    if named:
        raise BadInput(f"several units are called {text!r}: {', '.join(view.code for view in named)}; give the code")
    raise BadInput(f"there is no unit {text!r} on {write_day(on)}; `soichieu units search` finds codes")


def some_obligations(directive: Document, code: str, units: tuple[str, ...], period: str, on: dt.date) -> list[int]:
    """The obligations of a requirement and some units (none named: all of them); exit 2 names the one that is not
    there."""
    requirement = Requirement.objects.filter(directive=directive, code=code).first()
    if requirement is None:
        raise BadInput(f"{directive.number} has no requirement {code}")
    found = Obligation.objects.filter(requirement=requirement, period=period)
    if not units:
        return list(found.values_list("id", flat=True))
    wanted = []
    for text in units:
        unit = a_unit(text, on)
        mine = list(found.filter(unit_id=unit).values_list("id", flat=True))
        if not mine:
            raise BadInput(f"{text} owes nothing of requirement {code} of {directive.number}")
        wanted.extend(mine)
    return wanted
