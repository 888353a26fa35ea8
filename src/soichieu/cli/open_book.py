"""``soichieu open-book FILE.xlsx``: an office's tracking sheet as the opening balance of a directive's book."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click

from soichieu.cli.django_setup import BadInput, asker_option
from soichieu.cli.ledger_options import a_day
from soichieu.documents import files
from soichieu.documents import queries as documents
from soichieu.documents.errors import BadSheet
from soichieu.documents.models import Document
from soichieu.documents.workbook import open_workbook
from soichieu.exchange.opening import Opening, prepare, take_over
from soichieu.exchange.tracking import read_tracking
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import Asker
from soichieu.web.dates import write_day

SHOWN = 50


@click.command("open-book")
@click.argument("path", metavar="FILE.xlsx", type=click.Path(path_type=Path))
@click.option("--directive", required=True, metavar="NUMBER", help="The registered directive whose tasks it tracks.")
@click.option("--preview", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--sheet", default="", help="The sheet, when it is not the first whose heads are recognised.")
@click.option("--as-at", "as_at", metavar="DATE", help="The day the sheet was drawn up (default: today).")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@asker_option
def open_book(
    path: Path, directive: str, preview: bool, sheet: str, as_at: str | None, form: str, asker: Asker
) -> None:
    """Take a tracking sheet (task × lead × deadline × status) over as opening balance: claimed only, all or nothing."""
    data = _bytes(path)
    document = _document(asker, directive)
    day = a_day(as_at, "--as-at") or clock.today()
    _open(path, data, document, day, preview, sheet, form, asker)


def _open(
    path: Path, data: bytes, document: Document, day: dt.date, preview: bool, sheet: str, form: str, asker: Asker
) -> None:
    try:
        tracking = read_tracking(open_workbook(data, path.name), path.name, sheet=sheet, reference=document.signed_on)
        opening = prepare(asker=asker, directive=document, tracking=tracking, name=path.name, as_at=day)
        written = None
        if not preview:
            stored = files.store(data, path.name)
            written = take_over(asker=asker, opening=opening, evidence=stored.pk)
    except BadSheet as bad:
        told = "\n".join(str(fault) for fault in bad.faults[:SHOWN])
        more = f"\nand {len(bad.faults) - SHOWN} more" if len(bad.faults) > SHOWN else ""
        raise BadInput(f"{path.name}: nothing was written\n{told}{more}") from bad
    except Refusal as refusal:
        raise BadInput(f"{path.name}: nothing was written: {refusal}") from refusal
    if form == "json":
        click.echo(json.dumps(_json(opening, written), ensure_ascii=False, indent=1))
    else:
        _say(opening, written)


def _say(opening: Opening, written: object) -> None:
    for key, (cell, head) in opening.tracking.columns.items():
        click.echo(f"column {key}: {cell} “{head}”")
    for warning in opening.tracking.warnings:
        click.echo(f"warning: {warning}", err=True)
    for row in opening.rows:
        acts = (["opened"] if row.new else []) + ([row.kind] if row.kind else [])
        said = "+".join(acts) or f"nothing ({row.why_not or 'it stands already'})"
        due = write_day(row.line.deadline) if row.line.deadline else row.line.deadline_text or "-"
        click.echo(f"{row.line.cells['status']}\t{row.code}\t{row.unit.name}\t{due}\t{said}")
    counts = ", ".join(f"{name} {count}" for name, count in opening.counts.items())
    if written is None:
        click.echo(f"preview, nothing was written: {counts}")
    else:
        click.echo("written: " + ", ".join(f"{name} {count}" for name, count in dict(written).items()))  # type: ignore[call-overload]


def _json(opening: Opening, written: object) -> dict[str, object]:
    return {
        "sheet": opening.tracking.sheet,
        "columns": {key: list(found) for key, found in opening.tracking.columns.items()},
        "warnings": [str(one) for one in opening.tracking.warnings],
        "rows": [
            {
                "cell": row.line.cells["status"],
                "requirement": row.code,
                "task": row.line.task,
                "unit": row.unit.code,
                "deadline": row.line.deadline.isoformat() if row.line.deadline else None,
                "opened": row.new,
                "kind": row.kind or None,
                "happened_on": row.happened_on.isoformat() if row.kind else None,
                "why_not": row.why_not or None,
            }
            for row in opening.rows
        ],
        "counts": opening.counts,
        "written": written,
    }


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as wrong:
        raise BadInput(f"{path}: {wrong.strerror or wrong}; check the path and that you may read it") from wrong


def _document(asker: Asker, number: str) -> Document:
    found = documents.by_number(asker, number)
    if len(found) == 1:
        return found[0]
    if not found:
        raise BadInput(f"{number}: no such document in the register; `soichieu documents register` puts it there")
    listed = "; ".join(f"{one.number} of {write_day(one.signed_on)} ({one.issuer})" for one in found)
    raise BadInput(f"{number} fits {len(found)} documents: {listed}. Give the number as printed")
