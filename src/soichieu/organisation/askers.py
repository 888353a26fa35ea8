"""Who asks: a post, the person on it, its roles, and on whose behalf it acts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from soichieu.organisation.dated import holding
from soichieu.organisation.models import Appointment, Delegation, Person, Post, PostRole
from soichieu.organisation.names import name_of


class NotAllowed(PermissionError):
    """The asker may not do this. The message says which rule stands against it."""


@dataclass(frozen=True)
class Asker:
    """Who asks. ``unit_id`` and ``roles`` are those by whose right the asker acts: on behalf of another post they are
    that post's, and ``on_behalf_of_id`` names it while ``post_id`` and ``person_id`` stay the hand that writes."""

    person_id: int | None
    post_id: int | None
    unit_id: int | None
    roles: frozenset[str] = field(default_factory=frozenset)
    on_behalf_of_id: int | None = None
    operator: bool = False

    @classmethod
    def operator_of_instance(cls) -> Asker:
        """The person at the machine: reads the whole instance, stands on no post, and is recorded as what he is."""
        return cls(person_id=None, post_id=None, unit_id=None, operator=True)

    def label(self) -> str:
        """Who this is, for an entry: person, post, unit, and on whose behalf. Vietnamese, as kept for ever."""
        if self.operator:
            return "người vận hành hệ thống"
        if self.post_id is None:
            return "người xem không có chức danh"
        person = Person.objects.filter(pk=self.person_id or 0).values_list("name", flat=True).first()
        post = Post.objects.get(pk=self.post_id)
        words = ", ".join(part for part in (person, _titled(post)) if part)
        if self.on_behalf_of_id is not None:
            words += f", thay mặt {_titled(Post.objects.get(pk=self.on_behalf_of_id))}"
        return words


def _titled(post: Post) -> str:
    return f"{post.title} ({name_of([post.unit_id], today())[post.unit_id]})"


def today() -> dt.date:
    """The day in the instance's zone."""
    return timezone.localdate()


def roles_of(post_id: int, on: dt.date) -> frozenset[str]:
    """The roles that hang on a post on a day."""
    rows = PostRole.objects.filter(post_id=post_id, valid_from__lte=on).order_by("recorded_at", "pk")
    return frozenset(role for role, row in holding(rows, "role").items() if row.held)


def person_on(post_id: int, on: dt.date) -> int | None:
    """Who holds a post on a day, or nobody."""
    rows = Appointment.objects.filter(post_id=post_id, valid_from__lte=on).order_by("recorded_at", "pk")
    row = holding(rows, "post_id").get(post_id)
    return row.person_id if row else None


def posts_of(person_id: int, on: dt.date) -> list[Post]:
    """The posts a person holds on a day, in the order of units' posts."""
    touched = Appointment.objects.filter(person_id=person_id, valid_from__lte=on).values_list("post_id", flat=True)
    held = [post for post in set(touched) if person_on(post, on) == person_id]
    return list(Post.objects.filter(pk__in=held).order_by("order", "pk"))


def principals_of(post_id: int, on: dt.date) -> list[Post]:
    """The posts on whose behalf a post may act on a day."""
    rows = Delegation.objects.filter(agent_id=post_id, valid_from__lte=on).order_by("recorded_at", "pk")
    held = [principal for principal, row in holding(rows, "principal_id").items() if row.holds]
    return list(Post.objects.filter(pk__in=held).order_by("order", "pk"))


def asker_for_post(
    post: Post | int,
    *,
    person: Person | int | None = None,
    on_behalf_of: Post | int | None = None,
    on: dt.date | None = None,
) -> Asker:
    """The asker who sits on ``post`` on a day (default: today); ``person`` when it is not its holder by appointment.

    Raises NotAllowed when the post acts on behalf of one that did not give it that right on the day.
    """
    day = on or today()
    of = post if isinstance(post, Post) else Post.objects.get(pk=post)
    person_id = person.pk if isinstance(person, Person) else person
    if person_id is None:
        person_id = person_on(of.pk, day)
    if on_behalf_of is None:
        return Asker(person_id, of.pk, of.unit_id, roles_of(of.pk, day))
    principal = on_behalf_of if isinstance(on_behalf_of, Post) else Post.objects.get(pk=on_behalf_of)
    if principal not in principals_of(of.pk, day):
        raise NotAllowed(
            f"post {of.code} has no right to act on behalf of {principal.code} on {day:%d-%m-%Y};"
            " an administrator records the delegation first"
        )
    return Asker(person_id, of.pk, principal.unit_id, roles_of(principal.pk, day), on_behalf_of_id=principal.pk)
