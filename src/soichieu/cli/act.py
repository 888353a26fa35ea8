"""``soichieu act KIND``: every act of the ledger from the command line, through the same command as the pages."""

from __future__ import annotations

import json
from pathlib import Path

import click
from django.core.exceptions import ValidationError

from soichieu.cli.django_setup import BadInput, asker_option
from soichieu.cli.ledger_options import a_day, a_directive, a_unit, some_obligations
from soichieu.documents import files
from soichieu.documents import queries as documents
from soichieu.documents.models import StoredFile
from soichieu.ledger import clock
from soichieu.ledger.commands import record, refuse_before_given, transfer_for_succession
from soichieu.ledger.document_sources import source_of_document
from soichieu.ledger.errors import Refusal
from soichieu.ledger.kinds import SPECS, Kind
from soichieu.ledger.sources import Source, by_telephone
from soichieu.organisation.askers import Asker
from soichieu.web.dates import write_day

OPTIONS = {
    "happened_on": "--on",
    "deadline": "--deadline",
    "choice": "--choice",
    "unit": "--to",
    "voids": "--voids",
    "reason": "--reason",
    "number": "--number",
    "method": "--method",
    "sample": "--sample",
    "source": "--source",
    "obligations": "--unit",
}
"""The option that a refused field is given by."""
KINDS = [kind for kind in Kind.values if kind != Kind.OPENED]


@click.command()
@click.argument("kind", type=click.Choice([*KINDS, "transfer-for-succession"]))
@click.option("--directive", metavar="NUMBER", help="The directive whose task it is.")
@click.option("--requirement", metavar="CODE", help="The requirement's code.")
@click.option(
    "--unit", "units", multiple=True, metavar="UNIT", help="The unit that owes it; none: all of them. May repeat."
)
@click.option("--period", default="", help="The period of a periodic requirement.")
@click.option("--on", metavar="DATE", help="The day on which it happened (default: today).")
@click.option(
    "--choice",
    default="",
    help="What the kind asks to choose: "
    + "; ".join(
        f"{kind}: {', '.join(spec.choices)}" for kind, spec in SPECS.items() if spec.choices and kind != Kind.OPENED
    ),
)
@click.option("--deadline", metavar="DATE", help="The new deadline.")
@click.option("--to", "to", metavar="UNIT", help="The new holder, or the cooperator asked.")
@click.option("--voids", type=int, metavar="LINE", help="The number of the line that never was so.")
@click.option("--reason", default="", help="Why.")
@click.option("--number", default="", help="Number and symbol of the document issued or reported with.")
@click.option("--signer", default="", help="Who signed it, in which form (KT., TL. …).")
@click.option("--method", default="", help="Of a verification: how it was checked.")
@click.option("--sample", default="", help="Of a verification: what was looked at, of how many, and how it was chosen.")
@click.option("--source", metavar="NUMBER", help="A registered document that it comes from.")
@click.option("--telephone", metavar="CALLER", help="It was told by telephone by this post or office: no paper yet.")
@click.option(
    "--evidence", multiple=True, type=click.Path(path_type=Path), help="A file that bears it out. May repeat."
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@asker_option
def act(
    kind: str,
    directive: str | None,
    requirement: str | None,
    units: tuple[str, ...],
    period: str,
    on: str | None,
    choice: str,
    deadline: str | None,
    to: str | None,
    voids: int | None,
    reason: str,
    number: str,
    signer: str,
    method: str,
    sample: str,
    source: str | None,
    telephone: str | None,
    evidence: tuple[Path, ...],
    form: str,
    asker: Asker,
) -> None:
    """Write one line of KIND about the tasks of a requirement and some units; all of them or none."""
    day = a_day(on, "--on") or clock.today()
    said = {"reason": reason, "number": number, "signer": signer, "method": method, "sample": sample}
    try:
        if kind == "transfer-for-succession":
            lines = transfer_for_succession(asker=asker, on=day)
        else:
            if directive is None or requirement is None:
                raise BadInput("name the task: --directive NUMBER --requirement CODE [--unit UNIT]")
            document = a_directive(asker, directive)
            obligations = some_obligations(document, requirement, units, period, day)
            refuse_before_given(obligations, day)
            lines = record(
                asker=asker,
                kind=kind,
                obligations=obligations,
                happened_on=day,
                choice=choice,
                deadline=a_day(deadline, "--deadline"),
                unit_id=a_unit(to, day) if to else None,
                voids=voids,
                source=_source(asker, source, telephone),
                evidence=[_stored(path) for path in evidence],
                payload={name: value for name, value in said.items() if value},
            )
    except Refusal as refusal:
        where = f"{OPTIONS.get(refusal.field, refusal.field)}: " if refusal.field else ""
        raise BadInput(f"{where}{refusal}") from refusal
    if form == "json":
        rows = [{"position": line.position, "obligation": line.obligation_id, "hash": line.hash} for line in lines]
        click.echo(json.dumps(rows))
    else:
        for line in lines:
            click.echo(
                f"{line.position}\t{line.kind}\t{write_day(line.happened_on)}\t{line.obligation_id}\t{line.hash[:12]}"
            )


def _source(asker: Asker, number: str | None, telephone: str | None) -> Source | None:
    if telephone:
        return by_telephone(telephone)
    if number is None:
        return Source(room="ledger", kind="operator", id="cli") if asker.operator else None
    found = documents.by_number(asker, number)
    if len(found) != 1:
        raise BadInput(
            f"--source {number}: {len(found)} registered documents are called so; one is needed"
            " (`soichieu documents list` names them, `soichieu documents register` puts one there)"
        )
    return source_of_document(found[0])


def _stored(path: Path) -> StoredFile:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(
            f"--evidence {path}: {error.strerror or error}; check the path and that you may read it"
        ) from error
    try:
        return files.store(data, path.name)
    except ValidationError as wrong:
        raise BadInput(f"--evidence {path}: {' '.join(wrong.messages)}") from wrong
