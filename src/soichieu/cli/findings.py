"""``soichieu findings``: results, shortcomings, lessons, proposals and conclusions, and what became of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

# First of ours: it wakes Django, which everything after it needs.
from soichieu.cli.django_setup import BadInput, asker_option, lang_option  # isort: skip

from django.utils import translation

from soichieu.cli.ledger_options import a_day, a_moment, a_unit
from soichieu.findings import lines
from soichieu.findings.models import Finding, Kind
from soichieu.findings.queries.follow_up import follow_up, summary
from soichieu.findings.queries.followed import followed_rows
from soichieu.findings.queries.listing import expected_tasks, findings_of
from soichieu.findings.queries.page import page_of
from soichieu.findings.queries.told import Row, rows
from soichieu.ledger import clock
from soichieu.organisation.askers import Asker
from soichieu.web.dates import TwoDates

F = TypeVar("F", bound=Callable[..., Any])
format_option = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)


def dates_options(command: F) -> F:
    """``--as-at DAY`` and ``--known-at MOMENT``."""
    command = click.option("--known-at", metavar="MOMENT", help="As known at a moment; default now.")(command)
    return click.option("--as-at", metavar="DAY", help="As at the end of a day; default today.")(command)


def _two(as_at: str | None, known_at: str | None) -> TwoDates:
    return TwoDates(a_day(as_at, "--as-at") or clock.today(), a_moment(known_at, "--known-at"))


@click.group()
def findings() -> None:
    """What was found and concluded at conferences, and what became of it."""


@findings.command("list")
@click.option("--unit", "units", multiple=True, metavar="CODE", help="Only what concerns this unit; may be repeated.")
@click.option("--kind", type=click.Choice(Kind.values), help="Only this kind.")
@dates_options
@format_option
@lang_option
@asker_option
def list_(
    units: tuple[str, ...],
    kind: str | None,
    as_at: str | None,
    known_at: str | None,
    form: str,
    lang: str,
    asker: Asker,
) -> None:
    """One line for each finding; what people said to be the same is one."""
    two = _two(as_at, known_at)
    found = findings_of(asker, units=_units(units), kind=kind, two=two)
    with translation.override(lang):
        _tell(rows(asker, found, two), form, lines.of_finding)


@findings.command()
@click.argument("key")
@format_option
@lang_option
@asker_option
def show(key: str, form: str, lang: str, asker: Asker) -> None:
    """One finding: its wordings, every time it was raised, answers, what came out of it."""
    with translation.override(lang):
        try:
            page = page_of(asker, key)
        except Finding.DoesNotExist:
            raise BadInput(
                f"there is no finding {key}, or it is not yours to see; `soichieu findings list` names them"
            ) from None
        if form == "json":
            click.echo(json.dumps(page.as_json(), ensure_ascii=False, indent=2))
        else:
            click.echo("\n".join(lines.of_page(page)))


@findings.command("follow-up")
@click.option("--unit", "units", multiple=True, metavar="CODE", help="Only what concerns this unit; may be repeated.")
@dates_options
@format_option
@lang_option
@asker_option
def follow_up_(
    units: tuple[str, ...], as_at: str | None, known_at: str | None, form: str, lang: str, asker: Asker
) -> None:
    """Conclusions of all conferences, n of N done, and the state of each."""
    wanted = set(_units(units) or ())
    with translation.override(lang):
        made = [
            row
            for row in followed_rows(follow_up(asker, _two(as_at, known_at)))
            if not wanted or wanted & row.concerned
        ]
        counts = summary(row.followed for row in made)
        if form == "json":
            _tell(made, form, lines.of_followed, counts=vars(counts))
            return
        click.echo("\n".join(lines.of_counts(counts)))
        _tell(made, form, lines.of_followed)


@findings.command()
@click.option("--unit", "units", multiple=True, required=True, metavar="CODE", help="The unit; may be repeated.")
@dates_options
@format_option
@lang_option
@asker_option
def expected(
    units: tuple[str, ...], as_at: str | None, known_at: str | None, form: str, lang: str, asker: Asker
) -> None:
    """Tasks that the chair concluded and no signed notice has given yet: in no figure of the ledger."""
    two = _two(as_at, known_at)
    found = expected_tasks(asker, _units(units) or [], two)
    with translation.override(lang):
        _tell(rows(asker, found, two), form, lines.of_finding)


def _units(codes: tuple[str, ...]) -> list[int] | None:
    return [a_unit(code, clock.today()) for code in codes] if codes else None


def _tell(made: Iterable[Row], form: str, line: Callable[[Any], str], **more: Any) -> None:
    if form == "json":
        click.echo(json.dumps({**more, "rows": [row.as_json() for row in made]}, ensure_ascii=False, indent=2))
        return
    for row in made:
        click.echo(line(row))
