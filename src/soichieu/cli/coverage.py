"""``soichieu coverage``: n of N over a directive, as at any day, as known at any moment."""

from __future__ import annotations

import json
from typing import Any

import click
from django.utils import translation

from soichieu.cli.django_setup import BadInput, asker_option
from soichieu.cli.ledger_options import a_day, a_directive, a_moment
from soichieu.ledger import clock
from soichieu.ledger.kinds import Ladder
from soichieu.ledger.queries import Question
from soichieu.ledger.report import coverage_report
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
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi")
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
        raise BadInput(f"--by {by}: one of province, district, commune, line")
    document = a_directive(asker, directive)
    question = Question(
        as_at=a_day(as_at, "--as-at") or clock.today(), known_at=a_moment(known_at, "--known-at"), basis=basis
    )
    with translation.override(lang):
        report = coverage_report(asker, document, question, ladder=ladder, by=by)
        click.echo(json.dumps(report, ensure_ascii=False, indent=2) if form == "json" else as_table(report))


def as_table(report: dict[str, Any]) -> str:
    """The report for people: one line a count, what it is over below it."""
    head = report["directive"]
    lines = [
        f"{head['number']}, {head['signed_on']}. {head['title']}",
        f"Tính đến ngày {report['as_at']}; theo dữ liệu ghi nhận đến {report['known_at'] or 'nay'};"
        f" {report['basis_words']}",
    ]
    for count in report["counts"]:
        lines.append("")
        lines.append(_line(count["ladder_words"], count))
        lines.append(f"    {count['over']}")
        lines.append(f"    {count['rule']}")
        for group in count.get("groups", ()):
            lines.append(_line("  " + group["name"], group))
        for requirement in count.get("requirements", ()):
            lines.append(_line(f"  {requirement['requirement']} {requirement['title'][:60]}", requirement))
    for quoted in report["quoted"]:
        lines.append("")
        lines.append(_line(f"[dẫn theo nguồn] {quoted['label']}", quoted))
        lines.append(f"    {quoted['over']}")
        for share in quoted["shares"]:
            printed = f", nguồn in {share['printed']} %, chênh {share['difference']}" if share["printed"] else ""
            lines.append(f"    {share['words']} = {share['n']}/{share['of']} = {share['percent']} %{printed}")
    standing = report["standing"]
    if standing["of"]:
        reported = "chưa có số liệu" if standing["reported"] is None else standing["reported"]
        lines.append("")
        lines.append(f"Thường xuyên (đếm riêng): {reported} trên {standing['of']}")
    return "\n".join(lines)


def _line(label: str, count: dict[str, Any]) -> str:
    n = "chưa có số liệu" if count["n"] is None else count["n"]
    of = "?" if count["of"] is None else count["of"]
    return f"{label}: {n} trên {of}"
