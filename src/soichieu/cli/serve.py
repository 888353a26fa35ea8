"""``soichieu migrate`` and ``soichieu serve``: an instance's database and its web server."""

from __future__ import annotations

import errno
import os
import resource
import socket
import sys
import time

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

# First of ours: it wakes Django, which everything after it needs.
from soichieu.cli.django_setup import BadInput, require_migrated  # isort: skip

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.http.request import validate_host

from soichieu.accounts.queries import demonstration_accounts
from soichieu.web import instance_flags

EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - named, not listened on
PATIENCE_S = 3.0
"""So long a port may still be held: web processes whose first one was killed notice it within a second, and stop."""


@click.command()
def migrate() -> None:
    """Make the instance's database, or bring it up to this version."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        call_command("migrate", verbosity=0, interactive=False)
    click.echo(f"{len(pending)} steps taken; the database is up to date.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option(
    "--workers", default=0, show_default="cores, at most 4", type=click.IntRange(0, 64), help="Web processes."
)
def serve(host: str, port: int, workers: int) -> None:
    """Serve the instance in this terminal until Ctrl-C or SIGTERM."""
    require_migrated()
    _refuse_taken(host, port)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Soi Chiếu: http://{shown}:{port}/")
    _say_names(host, shown)
    if instance_flags.is_demonstration():
        _print_accounts()
    click.echo("Ctrl-C stops it.")
    sys.stdout.flush()
    run(host, port, workers or min(os.cpu_count() or 1, 4))


def _say_names(host: str, shown: str) -> None:
    """Under which names it answers, where somebody who comes by the address it listens on would be refused."""
    names = settings.ALLOWED_HOSTS
    everywhere = host in EVERY_ADDRESS
    only_here = all(name in settings.LOOPBACK_HOSTS for name in names)
    if only_here if everywhere else not validate_host(shown, names):
        example = "10.0.0.5" if everywhere else host
        click.echo(
            f"It answers under these names alone: {', '.join(names)}. To be reached by another, name all of them in"
            f" SOICHIEU_HOSTS, as in SOICHIEU_HOSTS={example},localhost,127.0.0.1, and start it anew."
        )


def _print_accounts() -> None:
    accounts, password = demonstration_accounts()
    if accounts:
        click.echo(f"This is a demonstration. Accounts (password of all: {password}):")
        width = max(len(account.username) for account in accounts)
        for account in accounts:
            click.echo(f"  {account.username:<{width}}  {account.demonstration_note}")


def _refuse_taken(host: str, port: int) -> None:
    """Exit code 2 when something else listens there and goes on doing so."""
    end = time.monotonic() + PATIENCE_S
    while (error := _cannot_listen(host, port)) is not None:
        if error.errno != errno.EADDRINUSE or time.monotonic() > end:
            raise BadInput(f"cannot listen on {host}:{port} ({error.strerror}); choose another with --port or --host")
        time.sleep(0.1)


def _cannot_listen(host: str, port: int) -> OSError | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None


def run(host: str, port: int, workers: int) -> None:
    """Serve until SIGINT or SIGTERM. The processes load the application themselves, so no connection is shared."""
    connections.close_all()
    _allow_many_connections()
    Granian(
        "soichieu.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        # Each site of a conference keeps a connection open, and after a restart all of them come at once.
        backlog=8192,
        backpressure=8192,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    ).serve()


def _allow_many_connections() -> None:
    """As many open files as this user may have: a live stream is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (65536 if hard == resource.RLIM_INFINITY else hard, hard))
