"""``soichieu align``: which provision each item serves. Needs no instance."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.command()
@click.option("--left", required=True, type=click.Path(path_type=Path), help="The items: a TSV.")
@click.option("--right", required=True, type=click.Path(path_type=Path), help="The provisions: a TSV.")
@click.option("--top", type=click.IntRange(min=1), default=None, help="So many provisions an item (default: all).")
@click.option("--format", "form", type=click.Choice(["tsv", "json"]), default="tsv", show_default=True)
@click.option(
    "--weights", type=click.Path(path_type=Path), help="Weights as JSON, instead of those that ship for the language."
)
@click.option("--embedder", metavar="PATH|URL", help="A sentence model: its folder, or an address on your network.")
@click.option("--reasons", is_flag=True, help="With --format json: why, for each suggestion.")
def align(
    left: Path, right: Path, top: int | None, form: str, weights: Path | None, embedder: str | None, reasons: bool
) -> None:
    """Hold items up against provisions: for each item the provisions it may serve, best first.

    Both files are TSV in UTF-8 with a header line, then id, a tab, the text; a third column named heading is used,
    further columns are not. The score is the probability that a person would accept the link. Ids mean nothing; the
    order of the lines is taken as the order of the document. A file that cannot be used ends with exit code 2 and a
    message that names the file, the line and the remedy. A text that is empty is named on standard error, and every
    pair with it has the score 0.
    """
    from ..alignment import Weights
    from ..alignment import align as hold_up
    from ..alignment.tables import UnusableTable, read_texts
    from ..alignment.vector_model import UnusableModel, embedder_at

    try:
        items, provisions = read_texts(left, _say), read_texts(right, _say)
        given = None if weights is None else Weights.from_json(weights.read_text("utf-8"))
        model = None if embedder is None else embedder_at(embedder)
        found = hold_up(items, provisions, weights=given, top=top, embedder=model)
    except (UnusableTable, UnusableModel) as error:
        _say(str(error))
        sys.exit(2)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        _say(f"--weights {weights}: {why}; name a file of weights in JSON and UTF-8, or leave it out")
        sys.exit(2)
    if form == "tsv":
        if reasons:
            _say("--reasons: a TSV has no room for them; add --format json to have them")
        click.echo("left\trank\tright\tscore\trelation")
        for one in found:
            click.echo(f"{one.left}\t{one.rank}\t{one.right}\t{one.score:.6f}\t{one.relation}")
        return
    from dataclasses import asdict

    rows = []
    for one in found:
        row = asdict(one) | {"score": round(one.score, 6)}
        if reasons:
            row["reasons"] = asdict(found.reasons(one.left, one.right))
        rows.append(row)
    click.echo(json.dumps({"weights": found.weights.name, "suggestions": rows}, ensure_ascii=False, indent=1))


def _say(words: str) -> None:
    click.echo(f"soichieu align: {words}", err=True)
