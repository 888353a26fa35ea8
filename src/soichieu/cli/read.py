"""``soichieu read``: what the reader finds in a file. Needs no instance."""

from __future__ import annotations

import json
import sys

import click


@click.command()
@click.argument("file", type=click.Path(path_type=str))
@click.option(
    "--format",
    "form",
    type=click.Choice(["tree", "json", "csv"]),
    default="tree",
    show_default=True,
    help="tree for people; json with everything; csv with one provision a line.",
)
def read(file: str, form: str) -> None:
    """Read a document into provisions, down to its sentences, with its task and target tables.

    FILE is .docx, .pdf with a text layer, .md, .html or .txt; .doc, .odt and .rtf where LibreOffice is installed.
    A file that cannot be read ends with exit code 2 and a message that names the file, the place and the remedy.
    """
    from ..reading import UnreadableFile, read_file
    from ..reading.rendering import as_csv, as_tree

    try:
        reading = read_file(file)
    except UnreadableFile as error:
        click.echo(f"soichieu read: {error}", err=True)
        sys.exit(2)
    if form == "json":
        click.echo(json.dumps(reading.to_json(), ensure_ascii=False, indent=1))
    elif form == "csv":
        click.echo(as_csv(reading), nl=False)
    else:
        click.echo(as_tree(reading))
