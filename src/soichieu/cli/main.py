"""``soichieu``: the one command. Subcommands load when they are called, so that ``read`` needs no instance."""

from __future__ import annotations

import importlib
import sys

import click

COMMANDS: dict[str, str] = {
    "read": "soichieu.cli.read:read",
    "align": "soichieu.cli.align:align",
    "accounts": "soichieu.cli.accounts:accounts",
    "posts": "soichieu.cli.posts:posts",
    "units": "soichieu.cli.units:units",
    "documents": "soichieu.cli.documents:documents",
    "act": "soichieu.cli.act:act",
    "coverage": "soichieu.cli.coverage:coverage",
    "links": "soichieu.cli.links:links",
    "findings": "soichieu.cli.findings:findings",
    "plans": "soichieu.cli.plans:plans",
    "conference": "soichieu.cli.conference:conference",
    "verify": "soichieu.cli.verify:verify",
    "open-book": "soichieu.cli.open_book:open_book",
    "demo": "soichieu.cli.demo:demo",
    "serve": "soichieu.cli.serve:serve",
    "migrate": "soichieu.cli.serve:migrate",
}


class LazyGroup(click.Group):
    """A group that imports a subcommand's module when the subcommand is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        target = COMMANDS.get(name)
        if target is None:
            return None
        module, attribute = target.split(":")
        return getattr(importlib.import_module(module), attribute)


@click.group(cls=LazyGroup)
@click.version_option(package_name="soichieu")
def cli() -> None:
    """Soi Chiếu: from each sentence of a directive to the act that answers it, and back."""


def main() -> None:
    """Run the command line. Exit code 2 means: what was given cannot be used, and the message says where and why."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    cli()
