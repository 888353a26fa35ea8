"""``soichieu demo``: load the demonstration and serve it."""

from __future__ import annotations

import click

from soichieu.cli import django_setup  # noqa: F401  # wakes Django before anything below
from soichieu.demo.load import load_demonstration


@click.command()
@click.option("--load-only", is_flag=True, help="Load it and stop, without serving.")
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8000, type=int)
@click.pass_context
def demo(ctx: click.Context, load_only: bool, host: str, port: int) -> None:
    """Make or migrate the instance, load the demonstration where it is not there yet, and serve it."""
    if load_demonstration(say=lambda words: click.echo(f"  {words}", err=True)):
        click.echo("the demonstration is loaded", err=True)
    else:
        click.echo("the demonstration was loaded already", err=True)
    if load_only:
        return
    from soichieu.cli.serve import serve

    ctx.invoke(serve, host=host, port=port)
