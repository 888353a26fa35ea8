"""``soichieu links``: weights learnt from what people of this instance decided, and which are in force."""

from __future__ import annotations

import click

# First of ours: it wakes Django, which everything after it needs.
from soichieu.cli.django_setup import BadInput, asker_option  # isort: skip

from soichieu.cli.links_table import table
from soichieu.ledger.errors import Refusal
from soichieu.links.commands.weights import ASIDE, Learnt, Measured, learn_weights, weights_in_force
from soichieu.links.models import WeightsVersion
from soichieu.organisation.askers import Asker, NotAllowed
from soichieu.web.dates import write_moment


@click.group()
def links() -> None:
    """Decided pairs of lines and sentences, and the weights by which pairs are suggested."""


links.add_command(table)


@links.command()
@click.option("--preview", is_flag=True, help="Learn and measure, and keep nothing.")
@click.option(
    "--aside", type=click.FloatRange(0.05, 0.5), default=ASIDE, show_default=True,
    help="The share of lines that is not learnt from, and measured on.",
)  # fmt: skip
@asker_option
def learn(preview: bool, aside: float, asker: Asker) -> None:
    """Learn weights from the standing decisions. Those that do worse on the lines kept aside are not kept (exit 1)."""
    try:
        found = learn_weights(asker=asker, preview=preview, aside=aside, say=lambda words: click.echo(words, err=True))
    except (Refusal, NotAllowed) as wrong:
        raise BadInput(str(wrong)) from wrong
    for one in found:
        _tell(one, preview)
    if any(one.refused for one in found):
        raise SystemExit(1)


def _tell(one: Learnt, preview: bool) -> None:
    click.echo(f"{one.language}: {one.decisions} decisions learnt from, {one.before.lines} lines kept aside")
    click.echo(f"  in force  {one.before_name}  {_measured(one.before)}")
    click.echo(f"  learnt    {one.weights.name}  {_measured(one.after)}")
    if one.refused:
        click.echo(f"  not kept: {one.refused}")
    else:
        click.echo("  better or equal; nothing is kept in a preview" if preview else "  kept, and in force from now on")


def _measured(of: Measured) -> str:
    return f"first {of.first:.3f}  MRR {of.mrr:.3f}  log loss {of.log_loss:.3f}"


@links.command()
@asker_option
def weights(asker: Asker) -> None:
    """Name the weights of this instance, the newest first, with what they measured; then what is in force."""
    if not (asker.operator or "administrator" in asker.roles):
        raise BadInput("only an administrator or the instance's operator sees the weights")
    for one in WeightsVersion.objects.order_by("-pk"):
        after = one.measured["after"]
        click.echo(
            f"{one.name}\t{write_moment(one.made_at)}\t{one.learnt_from} decisions\t"
            f"{_measured(Measured(**after))}\tafter {one.measured['before']['weights']}"
        )
    for language in ("vi", "en"):
        click.echo(f"in force for {language}: {weights_in_force(language).name}")
