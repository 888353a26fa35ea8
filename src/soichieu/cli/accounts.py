"""``soichieu accounts``: who may sign in. The first account of an instance is made here, by its operator."""

from __future__ import annotations

import sys

import click

# First of ours: it wakes Django, which everything after it needs.
from soichieu.cli.django_setup import BadInput, asker_option  # isort: skip

from django.core.exceptions import ValidationError

from soichieu.accounts import commands
from soichieu.accounts.models import Account
from soichieu.organisation.askers import Asker, NotAllowed, person_on, today
from soichieu.organisation.models import Person, Post


@click.group()
def accounts() -> None:
    """Who may sign in."""


def _account(name: str) -> Account:
    account = Account.objects.filter(username=name.strip().lower()).first()
    if account is None:
        raise BadInput(f"there is no account {name}; `soichieu accounts list` names them")
    return account


def _password() -> str:
    """Asked twice at a terminal, else one line of what is piped in; it never stands on the command line."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


@accounts.command()
@click.argument("name")
@click.option("--post", "code", metavar="POST", help="The account is for the person who holds this post today.")
@asker_option
def create(name: str, code: str | None, asker: Asker) -> None:
    """Make the account NAME. The password is asked for, or read from standard input."""
    person = None
    if code is not None:
        post = Post.objects.filter(code=code).first()
        if post is None:
            raise BadInput(
                f"there is no post {code}; `soichieu posts list` names them, `soichieu posts create` makes one"
            )
        holder = person_on(post.pk, today())
        if holder is None:
            raise BadInput(f'nobody holds the post {code} today; first `soichieu posts appoint {code} "NAME"`')
        person = Person.objects.get(pk=holder)
    try:
        account = commands.create_account(asker=asker, username=name, password=_password(), person=person)
    except (ValueError, NotAllowed) as error:
        raise BadInput(str(error)) from error
    except ValidationError as error:
        raise BadInput(" ".join(error.messages)) from error
    click.echo(f"account {account.username} made" + (f" for {person.name}" if person else ", on no post"))


@accounts.command()
@click.argument("name")
@asker_option
def password(name: str, asker: Asker) -> None:
    """Give the account NAME a new password, asked for or read from standard input."""
    try:
        commands.set_password(asker=asker, account=_account(name), password=_password())
    except NotAllowed as error:
        raise BadInput(str(error)) from error
    except ValidationError as error:
        raise BadInput(" ".join(error.messages)) from error
    click.echo(f"account {name}: password changed")


@accounts.command()
@click.argument("name")
@asker_option
def close(name: str, asker: Asker) -> None:
    """The account NAME can no longer sign in."""
    try:
        commands.close_account(asker=asker, account=_account(name))
    except NotAllowed as error:
        raise BadInput(str(error)) from error
    click.echo(f"account {name}: closed")


@accounts.command(name="list")
@asker_option
def list_accounts(asker: Asker) -> None:
    """Name the accounts, whom they are for, and whether they are closed."""
    if not (asker.operator or "administrator" in asker.roles):
        raise BadInput("only an administrator or the instance's operator sees all accounts")
    for account in Account.objects.select_related("person").order_by("username"):
        person = account.person.name if account.person else "-"
        click.echo(f"{account.username}\t{person}\t{'' if account.is_active else 'closed'}".rstrip("\t"))
