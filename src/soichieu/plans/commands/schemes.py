"""Schemes: a line of a plan gets an owner and a roadmap of milestones. All of it is only added to; the first dates of a
milestone are its baseline, and moving them asks why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from soichieu.documents import rights
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import Asker, today
from soichieu.plans.commands.register import require_write
from soichieu.plans.errors import ChangedMeanwhile
from soichieu.plans.facts import clean
from soichieu.plans.models import Dependency, ItemIdentity, Milestone, MilestoneDates, Plan, Scheme
from soichieu.plans.queries.schemes import standing_pairs
from soichieu.web.dates import write_day, write_moment


@transaction.atomic
def name_scheme(
    *, asker: Asker, item: ItemIdentity, seen: int, title: str, owner: str = "", approver: str = ""
) -> Scheme:
    """Make a line a scheme, or say anew what it is called, which post or office owns it and who approves it.

    ``seen``: the primary key of the row the asker saw, 0 for none. Raises ``ChangedMeanwhile``, ``Refusal`` naming the
    field, ``NotAllowed``.
    """
    _lock(asker, item)
    standing = Scheme.objects.filter(item=item).order_by("-pk").first()
    if (standing.pk if standing is not None else 0) != seen and standing is not None:
        raise _changed(standing.made_by, standing.made_at, standing)
    given = {"title": clean(title), "owner": clean(owner), "approver": clean(approver)}
    if not given["title"]:
        raise Refusal(_("Say what it is called."), field="title")
    for name in ("owner", "approver"):
        if len(given[name]) > 255:
            raise Refusal(_("At most %(longest)d characters.") % {"longest": 255}, field=name)
    if standing is not None and all(getattr(standing, name) == value for name, value in given.items()):
        return standing
    return Scheme.objects.create(item=item, **given, made_at=clock.now(), made_by=rights.record_of(asker))


@transaction.atomic
def add_milestone(
    *,
    asker: Asker,
    item: ItemIdentity,
    title: str,
    starts_on: dt.date,
    due_on: dt.date,
    after: Sequence[Milestone] = (),
) -> Milestone:
    """Add a step to a scheme's roadmap; these dates are its baseline. ``after``: the steps it waits for.

    Raises ``Refusal`` naming the field, ``NotAllowed``.
    """
    _lock(asker, item)
    if not Scheme.objects.filter(item=item).exists():
        raise Refusal(_("Say first what the scheme is called and who owns it."))
    if not clean(title):
        raise Refusal(_("Say what it is called."), field="title")
    _check_order(starts_on, due_on)
    last = Milestone.objects.filter(item=item).aggregate(last=Max("ordinal"))["last"] or 0
    record, now = rights.record_of(asker), clock.now()
    milestone = Milestone.objects.create(item=item, ordinal=last + 1, title=clean(title), made_at=now, made_by=record)
    MilestoneDates.objects.create(milestone=milestone, starts_on=starts_on, due_on=due_on, made_at=now, made_by=record)
    for other in after:
        add_dependency(asker=asker, before=other, after=milestone)
    return milestone


@transaction.atomic
def move_milestone(
    *,
    asker: Asker,
    milestone: Milestone,
    seen: int,
    starts_on: dt.date,
    due_on: dt.date,
    done_on: dt.date | None = None,
    dropped: bool = False,
    reason: str = "",
) -> MilestoneDates:
    """Say the dates of a milestone anew, that it was reached, or that it is dropped.

    ``seen``: the primary key of the dates the asker saw. A reason is asked for whatever moves, takes back or drops,
    and none for writing down the day it was reached. Raises ``ChangedMeanwhile``, ``Refusal`` naming the field,
    ``NotAllowed``.
    """
    _lock(asker, milestone.item)
    standing = MilestoneDates.objects.filter(milestone=milestone).order_by("-pk")[0]
    if standing.pk != seen:
        raise _changed(standing.made_by, standing.made_at, standing)
    _check_order(starts_on, due_on)
    if done_on is not None and done_on > today():
        raise Refusal(_("This day is still to come."), field="done_on")
    if done_on is not None and dropped:
        raise Refusal(_("What was reached is not dropped. Empty the day, or do not drop it."), field="dropped")
    before = (standing.starts_on, standing.due_on, standing.done_on, standing.dropped)
    after = (starts_on, due_on, done_on, dropped)
    if before == after:
        raise Refusal(_("Nothing is different from what stands there."))
    only_reached = before[:2] == after[:2] and standing.done_on is None and not dropped and not standing.dropped
    words = clean(reason)
    if not words and not only_reached:
        raise Refusal(_("Say why, in a sentence."), field="reason")
    return MilestoneDates.objects.create(
        milestone=milestone,
        starts_on=starts_on,
        due_on=due_on,
        done_on=done_on,
        dropped=dropped,
        reason=words,
        made_at=clock.now(),
        made_by=rights.record_of(asker),
    )


@transaction.atomic
def add_dependency(*, asker: Asker, before: Milestone, after: Milestone, holds: bool = True) -> Dependency | None:
    """Say that ``after`` waits until ``before`` is reached, or no longer; None when that stands already.

    A circle is refused, naming the steps it would run through. Raises ``Refusal``, ``NotAllowed``.
    """
    if before.item_id != after.item_id:
        raise Refusal(_("Choose two steps of one roadmap."), field="before")
    _lock(asker, after.item)
    steps = {one.pk: one for one in Milestone.objects.filter(item=after.item_id)}
    pairs = standing_pairs(steps)
    if ((before.pk, after.pk) in pairs) == holds:
        return None
    if holds:
        chain = _chain(pairs, after.pk, before.pk)
        if chain:
            told = " → ".join(steps[one].title for one in [*chain, after.pk])
            raise Refusal(
                _("These steps would wait for each other in a circle: %(chain)s. Leave one of them out.")
                % {"chain": told},
                field="before",
            )
    return Dependency.objects.create(
        before=before, after=after, holds=holds, made_at=clock.now(), made_by=rights.record_of(asker)
    )


def _chain(pairs: Sequence[tuple[int, int]], start: int, end: int) -> list[int]:
    """The steps from ``start`` to ``end`` along the pairs, both included; empty when there is no way."""
    following: dict[int, list[int]] = {}
    for before, after in pairs:
        following.setdefault(before, []).append(after)
    came: dict[int, int | None] = {start: None}
    waiting = [start]
    while waiting:
        here = waiting.pop(0)
        if here == end:
            chain: list[int] = []
            at: int | None = here
            while at is not None:
                chain.insert(0, at)
                at = came[at]
            return chain
        for one in following.get(here, ()):
            if one not in came:
                came[one] = here
                waiting.append(one)
    return []


def _lock(asker: Asker, item: ItemIdentity) -> None:
    """Check the right to write, and let writers of one plan take turns."""
    require_write(asker, item.plan.unit_id)
    Plan.objects.select_for_update().get(pk=item.plan_id)


def _check_order(starts_on: dt.date, due_on: dt.date) -> None:
    if due_on < starts_on:
        raise Refusal(
            _("It would end on %(due)s, before it begins on %(start)s.")
            % {"due": write_day(due_on), "start": write_day(starts_on)},
            field="due_on",
        )


def _changed(made_by: dict[str, object], made_at: dt.datetime, newest: object) -> ChangedMeanwhile:
    words = _("%(who)s saved first, at %(when)s. Look at what stands there and save again.")
    return ChangedMeanwhile(words % {"who": made_by.get("label", "?"), "when": write_moment(made_at)}, newest)
