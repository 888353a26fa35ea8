"""What became of a conference: the notice, the conclusions with their threads, proposals and shortcomings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from soichieu.conferences import rules
from soichieu.conferences.commands.closing import awaiting_notice
from soichieu.conferences.kinds import EventKind
from soichieu.conferences.models import Conference
from soichieu.conferences.occasions import occasion_of
from soichieu.conferences.queries.briefing import became
from soichieu.conferences.queries.given import Task, tasks_of
from soichieu.conferences.state import State
from soichieu.documents.models import Document, Provision, ProvisionIdentity, TableRow
from soichieu.documents.rights import visible_documents
from soichieu.findings import occasions
from soichieu.findings.models import ConclusionKind, Kind, Step
from soichieu.findings.queries import Shown, findings_of
from soichieu.findings.queries.follow_up import Followed, Summary, summary
from soichieu.findings.queries.told import Row, names_in, rows
from soichieu.findings.words import ENDED, PUBLISHED
from soichieu.ledger import clock
from soichieu.organisation.askers import Asker
from soichieu.web.dates import write_day

NOTICE = "notice_of_conclusions"
FOREMOST, NAMED = 4, 3
"""How many tasks, and how many leads by name, a conclusion shows at once; the rest it counts and leads to."""


@dataclass(frozen=True)
class Said:
    """A sentence with its place: of the directive under review, or of the notice."""

    words: str
    place: str
    url: str

    def as_json(self) -> dict[str, Any]:
        return {"words": self.words, "place": self.place, "url": self.url}


@dataclass
class Thread:
    """One conclusion from the sentence that it rests on to what was done. ``why``: of one that was left out or
    withdrawn; ``whom``: who leads a task, or to whom a proposal is put; ``open_lead``: the notice names no one who
    leads it, so it is not given out yet; ``untold``: the source does not say what became of it."""

    followed: Followed
    sentences: list[Said] = field(default_factory=list)
    statement_url: str = ""
    in_notice: Said | None = None
    tasks: list[Task] = field(default_factory=list)
    why: str = ""
    whom: list[str] = field(default_factory=list)
    open_lead: bool = False
    untold: bool = False
    tasks_url: str = ""

    @property
    def shown(self) -> Shown:
        return self.followed.shown

    @property
    def key(self) -> str:
        return self.followed.key

    @property
    def words(self) -> str:
        return self.shown.words

    @property
    def foremost(self) -> list[Task]:
        """A few of its tasks: what is overdue first, then what is open; of many only what is not done."""
        order = {"overdue": 0, "claimed_late": 1}
        ranked = sorted(
            self.tasks, key=lambda one: (one.lifecycle == "done", order.get(one.timeliness, 2), -one.days_late)
        )
        if len(ranked) > FOREMOST:
            ranked = [one for one in ranked if one.lifecycle != "done"] or ranked
        return ranked[:FOREMOST]

    @property
    def more(self) -> int:
        return len(self.tasks) - len(self.foremost)

    @property
    def named(self) -> list[str]:
        """Whom a list names at once: all of few, the first of many."""
        return self.whom if len(self.whom) <= NAMED + 1 else self.whom[:NAMED]

    @property
    def further(self) -> list[str]:
        """Who is named when it is asked for."""
        return self.whom[len(self.named) :]

    @property
    def all_named(self) -> str:
        return "; ".join(self.whom)

    @property
    def stands(self) -> str:
        """A word of ``findings.words.STATES``: its newest step, or of a proposal the answer to it."""
        one = self.followed
        if self.untold and one.state == Step.State.CONCLUDED:
            return PUBLISHED
        if one.kind == ConclusionKind.PROPOSAL and self.shown.answer is not None and one.state not in ENDED:
            return str(self.shown.answer.choice)
        return one.state

    @property
    def share(self) -> float:
        """What part of its tasks is done, to sort by; without any it comes before all others."""
        count = self.followed.count
        return -1.0 if count is None or not count.of or count.n is None else count.n / count.of

    @property
    def kind_label(self) -> str:
        return str(ConclusionKind(self.followed.kind).label) if self.followed.kind else ""

    def as_json(self) -> dict[str, Any]:
        one = self.followed
        count = one.count
        return {
            "key": one.key, "kind": one.kind, "words": self.words, "state": one.state, "whom": named_briefly(self.whom),
            "named": self.whom,
            "why": self.why, "deadline": one.deadline.isoformat() if one.deadline else None,
            "url": reverse("findings:finding", args=[one.key]),
            "thread": {
                "sentences": [said.as_json() for said in self.sentences], "statement": self.statement_url or None,
                "notice": {"number": one.notice.number, "signed_on": one.notice.signed_on.isoformat()}
                if one.notice
                else None,
                "sentence_of_notice": self.in_notice.as_json() if self.in_notice else None,
                "requirements": [{"code": each.code, "title": each.title} for each in one.requirements],
                "obligations": [each.as_json() for each in self.tasks],
            },
            "done": {"n": count.n, "of": count.of, "overdue": count.overdue} if count else None,
            "carried_by": {"label": one.carried, "on": one.carried_on.isoformat() if one.carried_on else None}
            if one.carried
            else None,
        }  # fmt: skip


@dataclass
class After:
    """All that the page says."""

    notices: list[dict[str, Any]]
    due_on: dt.date | None
    waiting: int
    counts: Summary
    threads: list[Thread]
    proposals: list[Row]
    shortcomings: list[Row]
    next: occasions.Following | None

    @property
    def left_out(self) -> list[Thread]:
        return [one for one in self.threads if one.followed.state == Step.State.LEFT_OUT]

    def as_json(self) -> dict[str, Any]:
        return {
            "notices": [
                {**one, "signed_on": one["signed_on"].isoformat(), "url": one["url"] or None} for one in self.notices
            ],
            "due_on": self.due_on.isoformat() if self.due_on else None, "waiting": self.waiting,
            "conclusions": [one.as_json() for one in self.threads],
            "proposals": [one.as_json() for one in self.proposals],
            "shortcomings": [one.as_json() for one in self.shortcomings],
            "next": {"label": self.next.label, "on": self.next.on.isoformat(), "url": self.next.url}
            if self.next
            else None,
        }  # fmt: skip


def after_of(asker: Asker, conference: Conference, state: State) -> After:
    """What became of the conference, as far as the asker sees it."""
    followed = became(asker, conference, state)
    on = state.held_on or clock.today()
    occasion = occasion_of(conference, state)
    found = findings_of(asker, occasion=occasion, withdrawn=False)
    registered = [event.payload for event in conference.events.filter(kind=EventKind.NOTICE).order_by("position")]
    return After(
        notices=_notices(asker, registered), due_on=notice_due(state),
        waiting=sum(one.state == Step.State.CONCLUDED for one in followed), counts=summary(followed),
        threads=_threads(asker, conference, state, registered, followed),
        proposals=rows(asker, [one for one in found if one.kind == Kind.PROPOSAL]),
        shortcomings=rows(asker, [one for one in found if one.kind == Kind.SHORTCOMING]),
        next=occasions.following(conference.unit_id, on),
    )  # fmt: skip


def _notices(asker: Asker, made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The notices registered, the oldest first."""
    seen = set(visible_documents(asker).filter(pk__in=[one["document"] for one in made]).values_list("pk", flat=True))
    return [
        {
            "number": one["number"], "signed_on": dt.date.fromisoformat(one["signed_on"]),
            "url": reverse("documents:document", args=[one["document"]]) if one["document"] in seen else "",
            "included": len(one["included"]), "left_out": len(one["left_out"]),
        }
        for one in made
    ]  # fmt: skip


def notice_due(state: State) -> dt.date | None:
    """The last day on which the notice is in time; of a conference known by published facts alone it is not asked: that
    a notice was not published says nothing about whether there was one."""
    if state.published_only:
        return None
    ended = state.closed_at.astimezone(clock.ZONE).date() if state.closed_at else state.held_on
    return rules.first_day_after(NOTICE, ended) if ended else None


def hanging(state: State) -> list[Shown]:
    """The conclusions that no notice has settled."""
    return [one for one in awaiting_notice(state) if one.state == Step.State.CONCLUDED]


def archived(conference: Conference) -> dict[str, Any] | None:
    """When, to whom and under which number the file was handed over."""
    event = conference.events.filter(kind=EventKind.ARCHIVED).order_by("-position").first()
    if event is None:
        return None
    day = event.payload.get("on")
    on = dt.date.fromisoformat(day) if day else timezone.localdate(event.happened_at)
    return {**event.payload, "on": on, "by": event.by}


def names_of(some: Iterable[Shown]) -> dict[int, str]:
    return names_in(list(some))


def said_json(one: Shown) -> dict[str, Any]:
    """A conclusion that waits, as data."""
    return {
        "key": one.key, "kind": one.version.conclusion_kind, "words": one.words, "state": one.state,
        "terms": one.version.terms,
    }  # fmt: skip


def _threads(
    asker: Asker, conference: Conference, state: State, registered: list[dict[str, Any]], followed: list[Followed]
) -> list[Thread]:
    names = names_in([one.shown for one in followed])
    sentences = _sentences(asker, {int(pk) for one in followed for pk in one.shown.version.provisions})
    tasks = tasks_of(asker, followed)
    all_tasks = reverse("conferences:after-tasks", args=[conference.key])
    places: dict[str, tuple[str, str]] = {}
    for notice in registered:
        places |= {one["finding"]: (one["identity"], one["place"]) for one in notice["included"] if one["identity"]}
    noticed = _by_key({identity for identity, _at in places.values()})
    made = []
    for one in followed:
        version, last = one.shown.version, one.shown.last_step
        raising = one.shown.raising
        identity, _at = places.get(one.key, ("", ""))
        in_notice = noticed.get(identity)
        whom = [names[unit] for unit in one.shown.leads if unit in names]
        if one.kind == ConclusionKind.PROPOSAL:
            put_to = names.get(version.addressee_unit_id or 0, "") or version.addressee
            whom = [put_to] if put_to else []
        gone = one.state in (Step.State.LEFT_OUT, Step.State.WITHDRAWN)
        made.append(
            Thread(
                one, [sentences[int(pk)] for pk in version.provisions if int(pk) in sentences],
                occasions.item_url(raising.room, raising.kind, raising.occasion, version.statement),
                in_notice if one.notice_seen else None, tasks.get(one.key, []),
                last.reason if gone and last else "", whom,
                one.kind == ConclusionKind.TASK and one.state == Step.State.IN_NOTICE,
                state.published_only and not registered, f"{all_tasks}?conclusion={one.key}",
            )
        )  # fmt: skip
    return made


def stands_in_words(thread: Thread) -> str:
    """What became of a conclusion, in words."""
    one, answer = thread.followed, thread.shown.answer
    if thread.untold:
        return _("the source does not say")
    if one.state == Step.State.CONCLUDED:
        expected = one.kind == ConclusionKind.TASK
        return (
            _("expected, waiting for the notice of conclusions")
            if expected
            else _("Waits for the notice of conclusions")
        )
    if one.state == Step.State.LEFT_OUT:
        return _("left out of the notice")
    if one.state == Step.State.WITHDRAWN:
        return _("Withdrawn")
    if one.kind == ConclusionKind.PROPOSAL and answer is not None:
        said = f"{capfirst(str(answer.get_choice_display()))}, {write_day(answer.answered_on)}"
        return f"{said}: {answer.reason}" if answer.reason else said
    if one.kind == ConclusionKind.PROPOSAL:
        return _("Not answered yet, open since %(day)s") % {"day": write_day(one.shown.on)}
    if one.kind == ConclusionKind.STANDING:
        return _("In force, followed in reports")
    if one.kind == ConclusionKind.RECORD:
        return _("In the notice, for the record")
    if thread.open_lead:
        return _("In the notice")
    return _("Done") if one.done else _("Given as a task")


def named_briefly(there: list[str]) -> str:
    """Who is bound, the first by name and of many the rest by number."""
    if len(there) <= NAMED + 1:
        return "; ".join(there)
    more = len(there) - NAMED
    return _("%(names)s and %(n)d more") % {"names": "; ".join(there[:NAMED]), "n": more}


def _sentences(asker: Asker, identities: set[int]) -> dict[int, Said]:
    """Sentences of directives by identity, of documents that the asker sees."""
    known = ProvisionIdentity.objects.filter(pk__in=identities).select_related("document")
    seen = visible_documents(asker).in_bulk({one.document_id for one in known})
    return {one.pk: said for one in known if one.document_id in seen and (said := _said(one, one.document))}


def _by_key(keys: set[str]) -> dict[str, Said]:
    known = ProvisionIdentity.objects.filter(key__in=keys).select_related("document")
    return {one.key: said for one in known if (said := _said(one, one.document))}


def _said(identity: ProvisionIdentity, document: Document) -> Said | None:
    newest: Provision | TableRow | None = (
        Provision.objects.filter(identity=identity).order_by("-edition__ordinal").first()
        or TableRow.objects.filter(identity=identity).order_by("-edition__ordinal").first()
    )
    if newest is None:
        return None
    url = reverse("documents:place", args=[identity.key])
    return Said(newest.text or getattr(newest, "heading", ""), f"{document.number}, {newest.place}", url)
