"""``soichieu documents``: the register from the command line."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import click
from django.core.exceptions import ValidationError

from soichieu.cli.django_setup import BadInput, asker_option, in_own_language
from soichieu.documents import commands, queries
from soichieu.documents.errors import EditConflict
from soichieu.documents.models import Document, DocumentLink, Edition
from soichieu.organisation import queries as organisation
from soichieu.organisation.askers import Asker, NotAllowed
from soichieu.organisation.models import Unit
from soichieu.reading import UnreadableFile
from soichieu.web.dates import BadDate, read_day, write_day


class Day(click.ParamType):
    """A day as the office writes it (16-3-2022) or as ISO text."""

    name = "day"

    @in_own_language
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        if isinstance(value, dt.date):
            return value
        try:
            return read_day(value)
        except BadDate as bad:
            self.fail(f"{value}: {bad}", param, ctx)


DAY = Day()


@click.group()
def documents() -> None:
    """The register: documents, their editions, receipts and search."""


@documents.command()
@click.option("--number", required=True, help="As printed: 57-NQ/TW, 30/2020/NĐ-CP, 130/KH-UBND.")
@click.option("--issuer", required=True, help="Who issued it.")
@click.option("--date", "signed_on", required=True, type=DAY, help="The day it was signed: 22-12-2024.")
@click.option("--title", default="", help="Its title, as published.")
@click.option("--kind", default="", help="Abbreviation of its kind; read from the number when left out.")
@click.option("--signer", default="")
@click.option("--unit", "issuer_unit", default="", help="Code of the issuing unit, when it is in the tree.")
@click.option("--public", is_flag=True, help="Open to everyone who may sign in.")
@click.option("--published-only", is_flag=True, help="Real units: only what was published is recorded about it.")
@click.option("--source", default="", help="Where what is known of it was published.")
@click.option("--file", "path", type=click.Path(path_type=Path), help="Its text: .docx .pdf .txt .md .html .doc .odt")
@asker_option
def register(asker: Asker, path: Path | None, issuer_unit: str, **fields: Any) -> None:
    """Put a document into the register, with or without its text."""
    file = (_bytes(path), path.name) if path else None
    unit = _unit(issuer_unit) if issuer_unit else None
    document = _told(lambda: commands.register_document(asker, issuer_unit=unit, file=file, **fields))
    click.echo(f"registered: {_line(document)}")
    edition = document.editions.first()
    if edition:
        _say_edition(edition)


@documents.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--number", required=True, help="The registered document whose text this is.")
@click.option("--date", "signed_on", type=DAY, help="When several documents bear the number.")
@asker_option
def read(asker: Asker, path: Path, number: str, signed_on: dt.date | None) -> None:
    """Read FILE as the next edition of a registered document; say what became suspect."""
    document = _document(asker, number, signed_on)
    edition = _told(lambda: commands.read_edition(asker, document, _bytes(path), path.name))
    click.echo(f"{document.number}: edition {edition.ordinal}")
    _say_edition(edition)


@documents.command("list")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@asker_option
def list_documents(asker: Asker, form: str) -> None:
    """The documents that the asker sees, newest first."""
    found = list(queries.register(asker))
    if form == "json":
        click.echo(json.dumps([_json(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        click.echo(_line(one))
    if not found:
        click.echo("no documents", err=True)


@documents.command()
@click.argument("number")
@click.option("--date", "signed_on", type=DAY, help="When several documents bear the number.")
@click.option("--edition", "ordinal", type=int, help="Default: the newest.")
@click.option("--format", "form", type=click.Choice(["tree", "json"]), default="tree", show_default=True)
@asker_option
def show(asker: Asker, number: str, signed_on: dt.date | None, ordinal: int | None, form: str) -> None:
    """One document: what is registered, its text, its links and citations."""
    document = _document(asker, number, signed_on)
    edition = queries.edition(asker, document, ordinal)
    if ordinal is not None and edition is None:
        raise BadInput(f"{document.number} has no edition {ordinal}; it has {document.editions.count()}")
    if form == "json":
        click.echo(json.dumps(_json(document) | _text_json(asker, edition), ensure_ascii=False, indent=1))
        return
    click.echo(_line(document))
    for link in queries.links_of(asker, document):
        click.echo(f"  {link.source.number} {DocumentLink.Relation(link.relation).value} {link.target.number}")
    if edition is None:
        click.echo("  registered by number and date alone: there is no text here")
        return
    for one in edition.provisions.order_by("ordinal"):
        words = one.heading if one.heading else one.text if one.kind == "sentence" or not one.children.exists() else ""
        click.echo(f"{'  ' * (one.depth + 1)}{one.citation}  {' '.join(words.split())}".rstrip())
    for cited in queries.citations_of(asker, edition):
        meant = cited.document.number if cited.document else f"open, {len(cited.candidates)} candidate(s)"
        click.echo(f"  cites {cited.citation.text} → {meant}")


@documents.command()
@click.argument("text")
@click.option("--limit", default=20, show_default=True)
@asker_option
def search(asker: Asker, text: str, limit: int) -> None:
    """Find TEXT in documents and their provisions, without tones."""
    hits = queries.search(asker, text, limit=limit)
    for hit in hits:
        words = "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in hit.snippet)
        click.echo(f"{hit.document.number} {hit.place}  {' '.join(words.split())}")
    if not hits:
        click.echo("nothing found", err=True)


@documents.command()
@click.argument("number")
@click.option("--date", "signed_on", type=DAY, help="When several documents bear the number.")
@click.option("--unit", required=True, help="Code of the unit that received it.")
@click.option("--on", "received_on", required=True, type=DAY, help="The day it came in.")
@click.option("--incoming", default="", help="The unit's own number of documents coming in.")
@asker_option
def receive(
    asker: Asker, number: str, signed_on: dt.date | None, unit: str, received_on: dt.date, incoming: str
) -> None:
    """Record that a unit received a document on a day."""
    document = _document(asker, number, signed_on)
    receiver = _unit(unit)
    _told(
        lambda: commands.receive(
            asker, document=document, unit=receiver, received_on=received_on, incoming_number=incoming
        )
    )
    click.echo(f"{document.number}: received by {receiver.code} on {write_day(received_on)}")


@documents.command()
@click.argument("source")
@click.argument("relation", type=click.Choice(DocumentLink.Relation.values))
@click.argument("target")
@asker_option
def link(asker: Asker, source: str, relation: str, target: str) -> None:
    """Say that SOURCE implements, is based on, amends, replaces, withdraws or concludes about TARGET."""
    first, second = _document(asker, source, None), _document(asker, target, None)
    _told(lambda: commands.link_documents(asker, source=first, target=second, relation=relation))
    click.echo(f"{first.number} {relation} {second.number}")


def _told(act: Any) -> Any:
    """Do it; what was wrong with the input ends with its message and exit code 2."""
    try:
        return act()
    except ValidationError as wrong:
        if hasattr(wrong, "error_dict"):
            lines = [f"{field}: {text}" for field, texts in wrong.message_dict.items() for text in texts]
        else:
            lines = list(wrong.messages)
        raise BadInput("\n".join(lines)) from wrong
    except (UnreadableFile, NotAllowed, EditConflict) as wrong:
        raise BadInput(str(wrong)) from wrong


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as wrong:
        raise BadInput(f"{path}: {wrong.strerror or wrong}; check the path and that you may read it") from wrong


def _unit(code: str) -> Unit:
    found = organisation.unit_by_code(code)
    if found is None:
        raise BadInput(f"--unit: there is no unit with the code {code!r}; `soichieu units search` finds codes")
    return Unit.objects.get(pk=found)


def _document(asker: Asker, number: str, signed_on: dt.date | None) -> Document:
    found = queries.by_number(asker, number)
    if signed_on is not None:
        found = [one for one in found if one.signed_on == signed_on]
    if len(found) == 1:
        return found[0]
    if not found:
        raise BadInput(f"{number}: no such document in the register; `soichieu documents list` shows what is there")
    listed = "\n".join(f"  {_line(one)}" for one in found)
    raise BadInput(f"{number} fits {len(found)} documents; say which with --date:\n{listed}")


def _line(one: Document) -> str:
    return f"{one.number}  {write_day(one.signed_on)}  {one.issuer}  {one.title}".rstrip()


def _json(one: Document) -> dict[str, Any]:
    return {
        "number": one.number,
        "kind": one.kind,
        "issuer": one.issuer,
        "date": one.signed_on.isoformat(),
        "title": one.title,
        "editions": one.editions.count(),
    }


def _text_json(asker: Asker, edition: Edition | None) -> dict[str, Any]:
    if edition is None:
        return {"edition": None, "provisions": [], "citations": []}
    return {
        "edition": edition.ordinal,
        "provisions": [
            {
                "id": one.citation,
                "identity": one.identity.key,
                "kind": one.kind,
                "label": one.label,
                "heading": one.heading,
                "text": one.text,
                "hash": one.text_hash,
                "nature": one.nature or None,
            }
            for one in edition.provisions.select_related("identity").order_by("ordinal")
        ],
        "citations": [
            {
                "text": cited.citation.text,
                "document": cited.document.number if cited.document else None,
                "candidates": [
                    {"number": one.number, "date": one.signed_on.isoformat(), "reasons": reasons}
                    for one, reasons in cited.candidates
                ],
            }
            for cited in queries.citations_of(asker, edition)
        ],
    }


def _say_edition(edition: Edition) -> None:
    counts = dict.fromkeys(("same", "moved", "changed", "new", "gone"), 0)
    for verdict in edition.changes.values_list("verdict", flat=True):
        counts[verdict] += 1
    click.echo(f"  {edition.provisions.count()} provisions, {edition.rows.count()} table rows")
    if edition.ordinal > 1:
        click.echo("  " + ", ".join(f"{count} {verdict}" for verdict, count in counts.items()))
        for change in queries.suspects(edition):
            click.echo(f"  to look at again: {change.old_citation} ({change.verdict})")
    for warning in edition.warnings:
        click.echo(f"  warning: {warning}", err=True)
