"""``soichieu coverage``: n of N over a directive, as at any day, as known at any moment."""

from __future__ import annotations

import json

import click
from django.utils import translation

from soichieu.cli.django_setup import BadInput, asker_option, lang_option
from soichieu.cli.ledger_options import a_day, a_directive, a_moment
from soichieu.ledger import clock
from soichieu.ledger.kinds import Ladder
from soichieu.ledger.queries import Question
from soichieu.ledger.report import coverage_report
from soichieu.ledger.report_text import as_text
from soichieu.organisation.askers import Asker


@click.command()
@click.option("--directive", required=True, metavar="NUMBER", help="The directive's number as printed.")
@click.option("--as-at", metavar="DATE", help="What had happened by the end of this day (default: today).")
@click.option("--known-at", metavar="TIME", help="What was known at this moment (default: now; a day means its end).")
@click.option("--basis", type=click.Choice(["time", "date"]), default="time", help="Units of the time, or of the date.")
@click.option(
    "--by", metavar="LEVEL|line", help="Break down by province, district, commune, or by the directive's line."
)
@click.option("--ladder", type=click.Choice(Ladder.values), help="One ladder only.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@lang_option
@asker_option
def coverage(
    directive: str,
    as_at: str | None,
    known_at: str | None,
    basis: str,
    by: str | None,
    ladder: str | None,
    form: str,
    lang: str,
    asker: Asker,
) -> None:
    """n of N, what it is over, its rule in words, both dates, and the breakdown by the axes."""
    if by is not None and by not in ("line", "province", "district", "commune"):
        raise BadInput(f"--by {by}: figures are not broken down so; give one of line, province, district, commune")
    document = a_directive(asker, directive)
    question = Question(
        as_at=a_day(as_at, "--as-at") or clock.today(), known_at=a_moment(known_at, "--known-at"), basis=basis
    )
    with translation.override(lang):
        report = coverage_report(asker, document, question, ladder=ladder, by=by)
        click.echo(json.dumps(report, ensure_ascii=False, indent=2) if form == "json" else as_text(report))
