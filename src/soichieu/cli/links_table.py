"""``soichieu links table``: a plan held up against a document, as the page shows it."""

from __future__ import annotations

import json

import click

# First of ours: it wakes Django, which everything after it needs.
from soichieu.cli.django_setup import BadInput, asker_option, lang_option  # isort: skip

from django.core.exceptions import ObjectDoesNotExist
from django.utils import translation

from soichieu.documents import queries as documents
from soichieu.documents.models import Document
from soichieu.links.leaving import as_text, data
from soichieu.links.queries.table import table as light_table
from soichieu.links.showing import LABELS, Shown
from soichieu.organisation.askers import Asker
from soichieu.web.dates import write_day


@click.command()
@click.option("--plan", required=True, metavar="KEY", help="The plan's key, as in the address of its page.")
@click.option("--document", required=True, metavar="NUMBER", help="The superior document's number as printed.")
@click.option(
    "--show", type=click.Choice(sorted(LABELS)), default=None, help="Only what this filter of the page keeps."
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@lang_option
@asker_option
def table(plan: str, document: str, show: str | None, form: str, lang: str, asker: Asker) -> None:
    """Lines with what they are tied to and what is suggested; sentences with who answers them; the counts and rule."""
    chosen = _document(asker, document)
    try:
        found = light_table(asker, plan, chosen.pk)
    except ObjectDoesNotExist as missing:
        raise BadInput(
            f"there is no plan {plan} for you to see here, or the text of {document} is not in the register"
            " (`soichieu plans in-force`, `soichieu documents list`)"
        ) from missing
    with translation.override(lang):
        shown = Shown.of(found, "", {"show": show or ""})
        click.echo(json.dumps(data(found, shown), ensure_ascii=False, indent=2) if form == "json" else as_text(shown))


def _document(asker: Asker, number: str) -> Document:
    found = documents.by_number(asker, number)
    if len(found) == 1:
        return found[0]
    if not found:
        raise BadInput(
            f"no document {number} is registered here, or it is not yours to see (`soichieu documents list`)"
        )
    listed = "; ".join(f"{one.number} of {write_day(one.signed_on)} ({one.issuer})" for one in found)
    raise BadInput(f"several documents are called {number}: {listed}. Give the number as printed")
