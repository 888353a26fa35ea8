"""How far the preparation is, in counts with their rule, and what follows next for the person who looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from soichieu.conferences import rights
from soichieu.conferences.commands.preparing import invitations_late, last_day_of_invitations
from soichieu.conferences.kinds import Mode, Phase
from soichieu.conferences.models import Conference
from soichieu.conferences.queries.finding import conferences_seen
from soichieu.conferences.state import Preparation, Site, State, Statement
from soichieu.ledger import clock
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.web.dates import write_day


@dataclass(frozen=True)
class Summary:
    """Counts of a conference. A site has answered when each participant expected there has; only sites that expect
    somebody are counted (``sites_asked``), and beside them stand those that expect nobody yet."""

    tasks: int
    tasks_done: int
    tasks_late: list[Preparation]
    sites: int
    sites_asked: int
    sites_answered: int
    people: int
    people_answered: int
    statements: int
    registered: int
    accepted: int
    in_writing: int
    statements_late: list[Statement]
    invitations: str


@dataclass(frozen=True)
class Next:
    """What somebody may do next: in words, where, and by when. ``dated``: whether the day is said beside the words,
    which it is not where they are about today."""

    words: str
    url: str
    due: dt.date | None = None
    late: bool = False
    dated: bool = True


def summary_of(state: State) -> Summary:
    """The counts as at today."""
    today = clock.today()
    asked = [site for site in state.sites.values() if site.expected]
    people = [one for site in asked for one in site.expected.values()]
    statements = list(state.statements.values())
    return Summary(
        tasks=len(state.preparations),
        tasks_done=sum(one.done_on is not None for one in state.preparations.values()),
        tasks_late=[one for one in state.preparations.values() if late_task(one, today)],
        sites=len(state.sites),
        sites_asked=len(asked),
        sites_answered=sum(all(one.answer for one in site.expected.values()) for site in asked),
        people=len(people),
        people_answered=sum(bool(one.answer) for one in people),
        statements=len(statements),
        registered=sum(one.edition > 0 for one in statements),
        accepted=sum(one.review == "accepted" for one in statements),
        in_writing=sum(one.edition > 0 and one.delivery == "written" for one in statements),
        statements_late=[one for one in statements if late_statement(one, today)],
        invitations=_invitations(state, today),
    )


def late_task(one: Preparation, on: dt.date) -> bool:
    """Whether a task of the preparation is late on a day: due before it, and not done or done after."""
    return one.due_on is not None and (one.done_on or on) > one.due_on


def late_statement(one: Statement, on: dt.date) -> bool:
    """Whether a statement's text is late: due before the day, and not registered."""
    return one.due_on is not None and not one.edition and on > one.due_on


def _invitations(state: State, today: dt.date) -> str:
    """What is to be said about the invitations: late, or due soon and not sent; else nothing."""
    if state.phase != Phase.PREPARING:
        return ""
    if state.invited_on is not None:
        return invitations_late(state, state.invited_on)
    last = last_day_of_invitations(state)
    return invitations_late(state, today) if last is not None and today > last else ""


def own_sites(asker: Asker, conference: Conference, state: State) -> list[Site]:
    """The sites for which the asker answers as an officer of their unit."""
    if asker.operator:
        return []
    units = sorted({site.unit for site in state.sites.values() if site.unit is not None})
    if not units:
        return []
    allowed = permissions.may_many(asker, rights.FOR_SITE, holder_ids=units, issuer_ids=units, on=clock.today())
    mine = {unit for unit, may in zip(units, allowed, strict=True) if may}
    return [site for site in state.ordered_sites if site.unit in mine]


def sees_inside(asker: Asker, conference: Conference) -> bool:
    """Whether the asker sees the preparation of all sites, and not only what each site sees: he sees the unit that
    holds the conference, or prepares or runs it."""
    if asker.operator or rights.runs_or_prepares(asker, conference):
        return True
    return permissions.may(asker, "view_unit", holder_id=conference.unit_id, on=clock.today()).allowed


def owed_by(state: State, site: Site) -> tuple[list[str], list[Statement]]:
    """What a site still owes: keys of participants that have not answered, statements without a text or returned."""
    if state.phase in (Phase.OVER, Phase.ARCHIVED):
        return [], []
    waiting = [key for key, one in site.expected.items() if not one.answer]
    texts = [
        one
        for one in state.statements.values()
        if one.site == site.key and (not one.edition or one.review == "returned")
    ]
    return waiting, texts


def upcoming_of(asker: Asker, unit_id: int) -> list[tuple[Conference, State, Site | None]]:
    """The conferences ahead or under way that a unit holds or has a site in, the next first: with its site."""
    found = []
    for conference, state in conferences_seen(asker):
        if state.phase not in (Phase.PREPARING, Phase.OPEN):
            continue
        site = next((one for one in state.ordered_sites if one.unit == unit_id), None)
        if site is not None or conference.unit_id == unit_id:
            found.append((conference, state, site))
    return sorted(found, key=lambda one: (one[1].held_on or dt.date.max, one[0].pk))


def next_for(asker: Asker, conference: Conference, state: State) -> list[Next]:
    """What the person who looks may do next, the most pressing first."""
    steps: list[Next] = []
    if state.phase not in (Phase.OVER, Phase.ARCHIVED):
        steps += _for_sites(asker, conference, state)
    if rights.runs_or_prepares(asker, conference):
        steps += _for_committee(asker, conference, state)
    return sorted(steps, key=lambda one: (not one.late, one.due or dt.date.max))


def _for_sites(asker: Asker, conference: Conference, state: State) -> Iterable[Next]:
    key, today = conference.key, clock.today()
    for site in own_sites(asker, conference, state):
        waiting, texts = owed_by(state, site)
        if waiting:
            due = last_day_of_invitations(state)
            yield Next(
                ngettext(
                    "%(site)s: answer for %(n)d participant", "%(site)s: answer for %(n)d participants", len(waiting)
                )
                % {"site": site.name, "n": len(waiting)},
                reverse("conferences:site-sheet", args=[key, site.key]), state.held_on,
                bool(due and state.held_on and today > state.held_on),
            )  # fmt: skip
        for one in texts:
            words = _("Register the text of “%(subject)s”") if not one.edition else _("Mend the text of “%(subject)s”")
            yield Next(
                words % {"subject": one.subject}, reverse("conferences:statement", args=[key, one.key]), one.due_on,
                bool(one.due_on and today > one.due_on),
            )  # fmt: skip


def _for_committee(asker: Asker, conference: Conference, state: State) -> Iterable[Next]:
    def at(name: str) -> str:
        try:
            return reverse(f"conferences:{name}", args=[conference.key])
        except NoReverseMatch:
            return ""

    today = clock.today()
    if state.phase == Phase.OPEN:
        yield Next(_("The conference is under way: the chair's desk"), at("chair"), state.held_on, dated=False)
        return
    if state.phase == Phase.OVER:
        if state.notice is None:
            yield Next(_("Register the signed notice of conclusions"), at("notice"))
        return
    if state.phase == Phase.ARCHIVED:
        return
    if not rights.may(asker, conference, rights.PREPARE):
        return
    if not state.preparations:
        yield Next(_("Write the tasks of the preparation: the standard set is one press"), at("prepare"))
    for task in state.preparations.values():
        if task.done_on is None and late_task(task, today):
            yield Next(f"{task.title} ({task.owner})", at("prepare"), task.due_on, True)
    if len(state.sites) < 2 and state.mode == Mode.MEETING:
        yield Next(_("Make the sites"), at("sites"))
    elif any(not site.expected for site in state.sites.values()):
        without = sum(not site.expected for site in state.sites.values())
        yield Next(
            ngettext(
                "Say who is expected at %(n)d site", "Say who is expected at %(n)d sites", without
            ) % {"n": without},
            at("sites"),
        )  # fmt: skip
    if state.invited_on is None:
        last = last_day_of_invitations(state)
        yield Next(_("Send the invitations"), at("prepare") + "#invitations", last, bool(last and today > last))
    waiting = sum(one.edition > 0 and not one.review for one in state.statements.values())
    if waiting:
        yield Next(
            ngettext("Review %(n)d statement", "Review %(n)d statements", waiting) % {"n": waiting},
            at("statements") + "?state=registered",
        )
    if not state.agenda and state.mode == Mode.MEETING:
        yield Next(_("Set the agenda"), at("agenda"))
    if not state.cuts:
        yield Next(_("Freeze the figures"), at("cuts"))
    elif (cut := state.standing_cut) is not None and cut.shown_from and today < cut.shown_from:
        yield Next(
            _("Each unit looks at its own figure; the cut may be shown from %(day)s")
            % {"day": write_day(cut.shown_from)},
            at("cuts"), cut.shown_from,
        )  # fmt: skip
    if not state.conclusions:
        yield Next(_("Draft the conclusions"), at("conclusions"))
    if state.held_on is not None and today >= state.held_on:
        yield Next(_("Today: the chair's desk"), at("chair"), state.held_on, dated=False)
