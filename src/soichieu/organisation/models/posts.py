"""Posts, the people on them, the roles that hang on them, and who acts for whom."""

from __future__ import annotations

from django.db import models

from soichieu.organisation.kinds import Role
from soichieu.organisation.models.base import AppendOnly, Dated
from soichieu.organisation.models.units import Unit


class Post(AppendOnly):
    """A post in a unit. ``code`` names it on the command line (``--as``)."""

    code = models.SlugField(max_length=120, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=200)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "organisation_post"

    def __str__(self) -> str:
        return self.title


class Person(AppendOnly):
    """Someone on a post: a name and nothing else, for of people we keep only what the work needs."""

    name = models.CharField(max_length=160)

    class Meta:
        db_table = "organisation_person"

    def __str__(self) -> str:
        return self.name


class Appointment(Dated):
    """Who holds a post from a day on; an empty ``person`` leaves it vacant."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="appointments")

    class Meta:
        db_table = "organisation_appointment"

    def __str__(self) -> str:
        return f"{self.person_id} on {self.post_id} from {self.valid_from}"


class PostRole(Dated):
    """A role that a post has from a day on; ``held`` False takes it away."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=Role.choices)
    held = models.BooleanField(default=True)

    class Meta:
        db_table = "organisation_post_role"

    def __str__(self) -> str:
        return f"{self.role} on {self.post_id} from {self.valid_from}"


class Delegation(Dated):
    """``agent`` may act on behalf of ``principal`` from a day on; ``holds`` False ends it."""

    agent = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="acts_for")
    principal = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="agents")
    holds = models.BooleanField(default=True)
    basis = models.CharField(max_length=300, blank=True, help_text="The paper that says so.")

    class Meta:
        db_table = "organisation_delegation"

    def __str__(self) -> str:
        return f"{self.agent_id} for {self.principal_id} from {self.valid_from}"
