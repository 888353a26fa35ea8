"""What every command that needs the instance does first: wake Django, find the instance migrated, learn who asks and
in which language it answers.

Help, errors and what was done are English, whatever the language of the instance; an answer that a page gives too is
in the language of ``--lang``. Days that people read are written as the office writes them, 14-11-2022; in JSON, CSV and
TSV they are ISO.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import Any, TypeVar

import click
import django

F = TypeVar("F", bound=Callable[..., Any])

# Before anything imports a model: every command module imports this module first.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "soichieu.settings")
django.setup()

from django.utils import translation  # noqa: E402

from soichieu.organisation.askers import Asker, NotAllowed, asker_for_post  # noqa: E402
from soichieu.organisation.models import Post  # noqa: E402

BAD_INPUT = 2
OWN = "en"
"""The language of the command line's own words."""


class BadInput(click.ClickException):
    """What was given cannot be used; the message says what, where, and what to do. Exit code 2."""

    exit_code = BAD_INPUT


def require_migrated() -> None:
    """End with exit code 2 and advice unless the instance's database has every table this version knows."""
    from django.conf import settings
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    where = settings.DATABASES["default"]["NAME"]
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise BadInput(f"the database {where} cannot be read: {error}") from error
    if missing:
        raise BadInput(
            f"the instance in {where} is not set up for this version ({len(missing)} migrations are missing);"
            " run `soichieu migrate`, or `soichieu demo --load-only` for the demonstration"
        )


def in_own_language(call: F) -> F:
    """The function, with refusals and words of the rooms in English while it runs."""

    @functools.wraps(call)
    def told(*given: Any, **named: Any) -> Any:
        with translation.override(OWN):
            return call(*given, **named)

    return told  # type: ignore[return-value]


def asker_option(command: F) -> F:
    """``--as POST``: the command receives ``asker``. Without it the asker is the instance's operator. It runs in the
    language of the command line.

    A post is named by its code; ``CODE/PRINCIPAL`` acts on behalf of the post PRINCIPAL.
    """

    @in_own_language
    def resolve(ctx: click.Context, param: click.Parameter, value: str | None) -> Asker:
        require_migrated()
        if value is None:
            return Asker.operator_of_instance()
        code, _slash, behalf = value.partition("/")
        try:
            principal = _post(behalf) if behalf else None
            return asker_for_post(_post(code), on_behalf_of=principal)
        except NotAllowed as error:
            raise BadInput(f"--as {value}: {error}") from error

    return click.option(
        "--as",
        "asker",
        metavar="POST",
        callback=resolve,
        help="The post that asks, by its code; CODE/PRINCIPAL acts on behalf of another. Default: the operator.",
    )(in_own_language(command))


def lang_option(command: F) -> F:
    """``--lang vi|en``: the command receives ``lang``, the language of its answer."""
    return click.option(
        "--lang",
        type=click.Choice(["vi", "en"]),
        default="vi",
        show_default=True,
        envvar="SOICHIEU_LANGUAGE",
        show_envvar=True,
        help="The language of the answer.",
    )(command)


def _post(code: str) -> Post:
    post = Post.objects.filter(code=code).first()
    if post is None:
        near = list(Post.objects.filter(code__icontains=code).order_by("code").values_list("code", flat=True)[:5])
        hint = f"; did you mean {', '.join(near)}" if near else ""
        raise BadInput(f"--as: there is no post with the code {code!r}{hint}; `soichieu posts list` names them")
    return post
