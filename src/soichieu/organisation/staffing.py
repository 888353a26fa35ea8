"""Posts as whoever administers them sees them: who sits on each, its roles, and on whose behalf it may act."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.organisation.dated import holding
from soichieu.organisation.models import Appointment, Delegation, Post, PostRole
from soichieu.organisation.names import name_of


@dataclass(frozen=True)
class StaffedPost:
    """A post on a day. ``person`` is empty while nobody holds it; ``roles`` sorted; ``principals`` are the codes of the
    posts on whose behalf it may act."""

    code: str
    unit: str
    unit_name: str
    title: str
    person: str
    roles: Sequence[str]
    principals: Sequence[str]


def posts_on(asker: Asker, on: dt.date, unit_id: int | None = None) -> list[StaffedPost]:
    """The posts that the asker administers (of one unit where it is named), by unit and in its order. Five queries
    however many they are."""
    all_of = Post.objects.select_related("unit").order_by("unit__code", "order", "pk")
    posts = list(all_of if unit_id is None else all_of.filter(unit=unit_id))
    units = [post.unit_id for post in posts]
    mine = permissions.may_many(asker, "manage_accounts", holder_ids=units, issuer_ids=units, on=on)
    posts = [post for post, allowed in zip(posts, mine, strict=True) if allowed]
    people = holding(
        Appointment.objects.filter(valid_from__lte=on).select_related("person").order_by("recorded_at", "pk"), "post_id"
    )
    roles: dict[int, list[PostRole]] = defaultdict(list)
    for role in PostRole.objects.filter(valid_from__lte=on).order_by("recorded_at", "pk"):
        roles[role.post_id].append(role)
    acts_for: dict[int, list[Delegation]] = defaultdict(list)
    given = Delegation.objects.filter(valid_from__lte=on).select_related("principal")
    for delegation in given.order_by("recorded_at", "pk"):
        acts_for[delegation.agent_id].append(delegation)
    names = name_of(set(units), on)
    return [
        StaffedPost(
            code=post.code,
            unit=post.unit.code,
            unit_name=names[post.unit_id],
            title=post.title,
            person=people[post.pk].person.name if post.pk in people and people[post.pk].person else "",
            roles=sorted(role for role, row in holding(roles[post.pk], "role").items() if row.held),
            principals=sorted(
                row.principal.code for row in holding(acts_for[post.pk], "principal_id").values() if row.holds
            ),
        )
        for post in posts
    ]
