"""``soichieu posts``: who sits where, with which roles, and who acts for whom. Rights hang on posts, so an instance
begins with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

import click

# First of ours: it wakes Django, which everything after it needs.
from soichieu.cli.django_setup import BadInput, asker_option  # isort: skip

from django.db import transaction

from soichieu.accounts.models import Account
from soichieu.cli.units import FORMATS, Day, print_rows, unit_of_code
from soichieu.organisation import commands
from soichieu.organisation.askers import Asker, NotAllowed, person_on, roles_of, today
from soichieu.organisation.kinds import Role
from soichieu.organisation.models import Appointment, Person, Post
from soichieu.organisation.staffing import posts_on
from soichieu.web.dates import write_day

T = TypeVar("T")
ROLES = click.Choice(Role.values)
since = click.option("--on", "day", type=Day(), default=None, help="The day from which it holds (default: today).")


@click.group()
def posts() -> None:
    """Posts in units, the people on them, their roles, and who acts on whose behalf."""


@posts.command("list")
@click.option("--unit", "unit_code", metavar="CODE", help="Only the posts of this unit.")
@click.option("--at", "day", type=Day(), default=None, help="As on this day (default: today).")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
@asker_option
def list_posts(unit_code: str | None, day: dt.date | None, form: str, asker: Asker) -> None:
    """The posts that you administer: who holds each, its roles, and on whose behalf it may act."""
    if not (asker.operator or Role.ADMINISTRATOR in asker.roles):
        raise BadInput("only an administrator or the instance's operator sees all posts")
    found = posts_on(asker, day or today(), unit_of_code(unit_code).pk if unit_code else None)
    if not found:
        click.echo("no posts; `soichieu posts create` makes one", err=True)
    print_rows(
        [
            {
                "code": post.code,
                "unit": post.unit,
                "title": post.title,
                "person": post.person,
                "roles": ", ".join(post.roles),
                "acts for": ", ".join(post.principals),
            }
            for post in found
        ],
        form,
    )


@posts.command()
@click.argument("code")
@click.option("--unit", "unit_code", metavar="CODE", required=True, help="The unit in which the post stands.")
@click.option("--title", required=True, help="What it is called: Bộ trưởng, Chuyên viên.")
@click.option("--role", "roles", multiple=True, type=ROLES, help="What it may do; may be given several times.")
@click.option("--order", default=0, show_default=True, type=click.IntRange(0), help="Its place among the unit's posts.")
@since
@asker_option
def create(
    code: str, unit_code: str, title: str, roles: tuple[str, ...], order: int, day: dt.date | None, asker: Asker
) -> None:
    """Make the post CODE in a unit. Nobody sits on it until `soichieu posts appoint`."""
    unit, on = unit_of_code(unit_code), day or today()
    made = _told(
        lambda: commands.create_post(
            asker=asker, unit=unit, code=code, title=title, roles=dict.fromkeys(roles), on=on, order=order
        )
    )
    click.echo(f"post {made.code} made in {unit.code} from {write_day(on)}, roles: {', '.join(roles) or 'none'}")


@posts.command()
@click.argument("code")
@click.argument("name", required=False)
@click.option("--holder-of", metavar="POST", help="The person who holds this post, instead of a new one by NAME.")
@click.option("--account", metavar="NAME", help="The person of this account, instead of a new one by NAME.")
@since
@asker_option
def appoint(
    code: str, name: str | None, holder_of: str | None, account: str | None, day: dt.date | None, asker: Asker
) -> None:
    """A person sits on the post CODE from a day on, and whoever did before no longer does.

    NAME is somebody new here. Somebody who was on another post keeps the account by --holder-of or --account.
    """
    post, on = _post(code), day or today()
    if sum(one is not None for one in (name, holder_of, account)) != 1:
        raise BadInput("name one person: by NAME, --holder-of POST or --account NAME")
    if holder_of is not None:
        person: Person | str = _holder(_post(holder_of), on)
    else:
        person = _person_of(account) if account is not None else str(name)
    found = _told(lambda: commands.appoint(asker=asker, post=post, person=person, on=on))
    assert found is not None
    click.echo(f"{found.name} holds {post.code} from {write_day(on)}{_until_the_next(post, on)}")


@posts.command()
@click.argument("code")
@since
@asker_option
def vacate(code: str, day: dt.date | None, asker: Asker) -> None:
    """Nobody sits on the post CODE from a day on. Its account, when it has no other post, sees only what all see."""
    post, on = _post(code), day or today()
    person = _holder(post, on)
    _told(lambda: commands.appoint(asker=asker, post=post, person=None, on=on))
    click.echo(f"{post.code} is vacant from {write_day(on)}{_until_the_next(post, on)}; {person.name} held it")


@posts.command()
@click.argument("code")
@click.argument("roles", nargs=-1, required=True, type=ROLES, metavar="ROLE…")
@since
@asker_option
def grant(code: str, roles: tuple[str, ...], day: dt.date | None, asker: Asker) -> None:
    """The post CODE has these roles too, from a day on."""
    _set_roles(code, roles, day, asker, held=True)


@posts.command()
@click.argument("code")
@click.argument("roles", nargs=-1, required=True, type=ROLES, metavar="ROLE…")
@since
@asker_option
def withdraw(code: str, roles: tuple[str, ...], day: dt.date | None, asker: Asker) -> None:
    """The post CODE has these roles no longer, from a day on."""
    _set_roles(code, roles, day, asker, held=False)


@posts.command()
@click.argument("agent")
@click.argument("principal")
@click.option(
    "--until", type=Day(), default=None, help="The first day without that right (default: until it is ended)."
)
@click.option("--basis", default="", help="The paper that says so.")
@since
@asker_option
def delegate(agent: str, principal: str, until: dt.date | None, basis: str, day: dt.date | None, asker: Asker) -> None:
    """The post AGENT may act on behalf of the post PRINCIPAL, from a day on."""
    for_whom, by, on = _post(principal), _post(agent), day or today()
    _told(lambda: commands.delegate(asker=asker, agent=by, principal=for_whom, on=on, until=until, basis=basis))
    ends = f" until {write_day(until)}, that day not included" if until else ""
    click.echo(f"{by.code} acts for {for_whom.code} from {write_day(on)}{ends}")


@posts.command("end-delegation")
@click.argument("agent")
@click.argument("principal")
@click.option("--on", "day", type=Day(), default=None, help="The first day without that right (default: today).")
@asker_option
def end_delegation(agent: str, principal: str, day: dt.date | None, asker: Asker) -> None:
    """The post AGENT may no longer act on behalf of the post PRINCIPAL, from a day on."""
    for_whom, by, on = _post(principal), _post(agent), day or today()
    _told(lambda: commands.end_delegation(asker=asker, agent=by, principal=for_whom, on=on))
    click.echo(f"{by.code} no longer acts for {for_whom.code} from {write_day(on)}")


def _told(change: Callable[[], T]) -> T:
    """What the change answers; what cannot be, or is not the asker's to do, ends with exit code 2."""
    try:
        return change()
    except (commands.OrganisationError, NotAllowed) as error:
        raise BadInput(str(error)) from error


def _set_roles(code: str, roles: tuple[str, ...], day: dt.date | None, asker: Asker, *, held: bool) -> None:
    post, on = _post(code), day or today()

    def change() -> None:
        with transaction.atomic():
            for role in roles:
                commands.grant_role(asker=asker, post=post, role=role, on=on, held=held)

    _told(change)
    click.echo(f"roles of {post.code} from {write_day(on)}: {', '.join(sorted(roles_of(post.pk, on))) or 'none'}")


def _post(code: str) -> Post:
    post = Post.objects.filter(code=code).first()
    if post is None:
        raise BadInput(
            f"there is no post {code!r}; `soichieu posts list` names them, `soichieu posts create` makes one"
        )
    return post


def _holder(post: Post, on: dt.date) -> Person:
    holder = person_on(post.pk, on)
    if holder is None:
        raise BadInput(
            f"nobody holds the post {post.code} on {write_day(on)}; `soichieu posts appoint` puts somebody there"
        )
    return Person.objects.get(pk=holder)


def _until_the_next(post: Post, on: dt.date) -> str:
    """What was already said of the post for a later day: until then only does this hold. Empty when it is open."""
    later = (
        Appointment.objects.filter(post=post, valid_from__gt=on)
        .select_related("person")
        .order_by("valid_from", "-recorded_at", "-pk")
        .first()
    )
    if later is None:
        return ""
    who = f"{later.person.name} holds it" if later.person else "it is vacant"
    return f" until {write_day(later.valid_from)}, that day not included; from then on {who}, as said before"


def _person_of(name: str) -> Person:
    account = Account.objects.filter(username=name.strip().lower()).select_related("person").first()
    if account is None:
        raise BadInput(f"there is no account {name!r}; `soichieu accounts list` names them")
    if account.person is None:
        raise BadInput(
            f"the account {account.username} is for no person; appoint somebody by name, then make that person an"
            " account with `soichieu accounts create NAME --post POST`"
        )
    return account.person
