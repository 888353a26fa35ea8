"""Changes of posts: who sits on them, which roles they have, who acts for whom."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from soichieu.organisation.askers import Asker, principals_of
from soichieu.organisation.commands.base import OrganisationError, moment, require, writing
from soichieu.organisation.kinds import Role
from soichieu.organisation.models import Appointment, Delegation, Person, Post, PostRole, Unit

_CODE = re.compile(r"[A-Za-z0-9_-]+")


def create_post(
    *,
    asker: Asker,
    unit: Unit,
    code: str,
    title: str,
    roles: Iterable[str] = (),
    on: dt.date,
    order: int = 0,
    recorded_at: dt.datetime | None = None,
) -> Post:
    """A new post in a unit with its roles from a day on. ``code`` is what it is called by (``--as``), for ever."""
    require(asker, "manage_accounts", unit.pk)
    if not _CODE.fullmatch(code):
        raise OrganisationError(f"{code!r} is no code of a post; write letters a-z, digits, - and _, as in bo-truong")
    if not title.strip():
        raise OrganisationError(f"post {code}: a post needs a title, as in Bộ trưởng")
    _fits(Post, "code", code)
    _fits(Post, "title", title)
    at = moment(recorded_at)
    with writing():
        if Post.objects.filter(code=code).exists():
            raise OrganisationError(f"there is a post with the code {code} already; choose another code")
        post = Post.objects.create(code=code, unit=unit, title=title, order=order, recorded_at=at)
        for role in roles:
            grant_role(asker=asker, post=post, role=role, on=on, recorded_at=at)
    return post


def _fits(model: type[Post | Person | Delegation], name: str, text: str) -> None:
    longest = getattr(model._meta.get_field(name), "max_length", None)
    if longest is not None and len(text) > longest:
        raise OrganisationError(f"the {name} is {len(text)} letters long, at most {longest} fit; shorten it")


def grant_role(
    *, asker: Asker, post: Post, role: str, on: dt.date, held: bool = True, recorded_at: dt.datetime | None = None
) -> None:
    """From a day on the post has a role (or with ``held`` False has it no longer)."""
    require(asker, "manage_accounts", post.unit_id)
    if role not in Role.values:
        raise OrganisationError(f"there is no role {role!r}; the roles are {', '.join(Role.values)}")
    with writing():
        PostRole.objects.create(post=post, role=role, held=held, valid_from=on, recorded_at=moment(recorded_at))


def appoint(
    *, asker: Asker, post: Post, person: Person | str | None, on: dt.date, recorded_at: dt.datetime | None = None
) -> Person | None:
    """From a day on a person (given, or new by name) sits on the post; None leaves it vacant."""
    require(asker, "manage_accounts", post.unit_id)
    at = moment(recorded_at)
    with writing():
        if isinstance(person, str):
            if not person.strip():
                raise OrganisationError(f"post {post.code}: a person needs a name")
            _fits(Person, "name", person.strip())
            person = Person.objects.create(name=person.strip(), recorded_at=at)
        Appointment.objects.create(post=post, person=person, valid_from=on, recorded_at=at)
    return person


def delegate(
    *,
    asker: Asker,
    agent: Post,
    principal: Post,
    on: dt.date,
    until: dt.date | None = None,
    basis: str = "",
    recorded_at: dt.datetime | None = None,
) -> None:
    """From a day on ``agent`` may act on behalf of ``principal``; ``until`` is the first day without that right."""
    require(asker, "manage_accounts", principal.unit_id)
    if agent.pk == principal.pk:
        raise OrganisationError(f"post {agent.code} cannot act on behalf of itself; name another agent")
    if until is not None and until <= on:
        raise OrganisationError(
            f"the delegation of {principal.code} ends on {until:%d-%m-%Y}, before it begins on"
            f" {on:%d-%m-%Y}; name a later end"
        )
    _fits(Delegation, "basis", basis)
    at = moment(recorded_at)
    with writing():
        Delegation.objects.create(agent=agent, principal=principal, basis=basis, valid_from=on, recorded_at=at)
        if until is not None:
            Delegation.objects.create(
                agent=agent, principal=principal, holds=False, basis=basis, valid_from=until, recorded_at=at
            )


def end_delegation(
    *, asker: Asker, agent: Post, principal: Post, on: dt.date, recorded_at: dt.datetime | None = None
) -> None:
    """From a day on ``agent`` may no longer act on behalf of ``principal``, which until then it may."""
    require(asker, "manage_accounts", principal.unit_id)
    if principal not in principals_of(agent.pk, on):
        raise OrganisationError(
            f"post {agent.code} does not act on behalf of {principal.code} on {on:%d-%m-%Y}, so there is nothing to end"
        )
    with writing():
        Delegation.objects.create(
            agent=agent, principal=principal, holds=False, valid_from=on, recorded_at=moment(recorded_at)
        )
