"""Everything that stands on the page of one finding."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse

from soichieu.documents.rights import visible_documents
from soichieu.findings import occasions, terms
from soichieu.findings.commands import base, proposals
from soichieu.findings.models import Finding, Kind, Sameness, Step, Version
from soichieu.findings.queries.follow_up import Followed, of_finding
from soichieu.findings.queries.identity import identity_of
from soichieu.findings.queries.returning import Returning, returning
from soichieu.findings.queries.shown import Shown
from soichieu.findings.queries.similar import Similar, suggestions
from soichieu.findings.queries.told import Row, names_in, occurrence_json, rows
from soichieu.findings.rights import visible_findings
from soichieu.ledger import clock
from soichieu.ledger.fold import Cell
from soichieu.ledger.models import Obligation
from soichieu.ledger.queries import Question, rows_of, visible_mask
from soichieu.links.queries.questions import Sentence, sentences
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of

State = Step.State
MOST_TASKS = 30


@dataclass(frozen=True)
class Clear:
    """One of the six: its name, what is written of it, whether it is not clear."""

    code: str
    label: str
    text: str
    missing: bool


@dataclass(frozen=True)
class Task:
    """An obligation that came out of a conclusion, as it stands now."""

    obligation: Obligation
    unit: str
    cell: Cell

    @property
    def url(self) -> str:
        return _url("board:obligation", self.obligation.pk)


@dataclass
class Page:
    """The page. ``shown`` is the finding asked for, ``row`` its identity."""

    shown: Shown
    row: Row
    names: dict[int, str]
    sentences: list[Sentence] = field(default_factory=list)
    clears: list[Clear] = field(default_factory=list)
    followed: Followed | None = None
    tasks: list[Task] = field(default_factory=list)
    more_tasks: int = 0
    returning: list[Returning] = field(default_factory=list)
    suggested: list[Similar] = field(default_factory=list)
    said: list[Sameness] = field(default_factory=list)
    answerer: str = ""
    may_answer: bool = False
    may_write: bool = False
    may_end: bool = False
    seen_documents: frozenset[int] = frozenset()

    @property
    def finding(self) -> Finding:
        return self.shown.finding

    @property
    def holder(self) -> int:
        """The unit that holds the occasion at which it was raised."""
        return self.shown.raising.occasion_unit_id

    @property
    def heads(self) -> list[Version]:
        return self.shown.heads

    @property
    def statement_url(self) -> str:
        one = self.shown.raising
        return occasions.item_url(one.room, one.kind, one.occasion, self.shown.version.statement or one.item)

    @property
    def returning_others(self) -> list[tuple[Returning, Shown]]:
        """What was found by comparing, each with the finding that is not this page's."""
        mine = self.finding.pk
        return [(one, one.older if one.newer.finding.pk == mine else one.newer) for one in self.returning]

    @property
    def cooperators(self) -> list[int]:
        return [int(one) for one in self.shown.version.terms.get("cooperators", ())]

    def as_json(self) -> dict[str, Any]:
        """The page for a machine: the identity, its wordings and raisings, answers, steps, what came out of it."""
        made = self.row.as_json()
        version = self.shown.version
        made["finding"] = self.shown.key
        made["terms"] = version.terms
        made["missing_clears"] = [one.code for one in self.clears if one.missing]
        made["heads"] = [one.pk for one in self.heads]
        made["wordings"] = [
            {
                "id": one.pk,
                "after": one.after,
                "words": one.words,
                "objective_cause": one.objective_cause,
                "subjective_cause": one.subjective_cause,
                "made_at": one.made_at.isoformat(),
                "by": one.made_by.get("label", ""),
            }
            for one in self.shown.versions
        ]
        made["raised"] = [occurrence_json(one, self.names) for one in self.row.occurrences]
        made["answers"] = [
            {
                "choice": one.choice,
                "reason": one.reason,
                "unit": self.names.get(one.unit_id or 0, ""),
                "document": one.document.number if one.document and one.document_id in self.seen_documents else "",
                "answered_on": one.answered_on.isoformat(),
            }
            for one in self.shown.answers
        ]
        made["steps"] = [
            {
                "step": one.step,
                "on": one.on.isoformat(),
                "document": one.document.number if one.document and one.document_id in self.seen_documents else "",
                "requirement": one.requirement.code if one.requirement else "",
                "reason": one.reason,
            }
            for one in self.shown.steps
        ]
        made["sentences"] = [{"place": one.place, "words": one.words} for one in self.sentences]
        made["tasks"] = [
            {
                "unit": one.unit,
                "lifecycle": one.cell.lifecycle,
                "timeliness": one.cell.timeliness,
                "verification": one.cell.verification,
                "deadline": one.cell.current_deadline.isoformat() if one.cell.current_deadline else None,
                "url": one.url,
            }
            for one in self.tasks
        ]
        return made


def page_of(asker: Asker, key: str) -> Page:
    """The page of a finding; ``Finding.DoesNotExist`` when there is none or it is not the asker's to see."""
    finding = visible_findings(asker).get(key=key)
    members = identity_of(asker, finding)
    shown = next(one for one in members if one.finding.pk == finding.pk)
    row = rows(asker, members)[0]
    page = Page(shown, row, _names(shown, members))
    page.sentences = _sentences(asker, shown)
    page.clears = _clears(shown, page.names)
    page.seen_documents = _seen(asker, shown)
    if shown.kind == Kind.CONCLUSION:
        page.followed = of_finding(asker, shown)
        _tasks(asker, page)
    page.said = list(
        Sameness.objects.filter(finding__in=[one.finding.pk for one in members]).select_related("finding", "same_as")
    )
    if shown.is_proposal:
        unit = proposals.answering_unit(finding, shown.heads[-1])
        page.answerer = name_of([unit], clock.today())[unit]
        answerable = shown.state not in (State.DRAFTED, State.WITHDRAWN)
        page.may_answer = answerable and bool(proposals.may_answer(asker, finding, shown.heads[-1]))
    page.may_write = bool(base.may(asker, base.WRITE, page.holder))
    concluded = shown.state in (State.CONCLUDED, State.LEFT_OUT)
    signed = shown.state in base.SIGNED or shown.state == State.WITHDRAWN
    page.may_end = not signed and bool(base.may(asker, base.CONCLUDE if concluded else base.WRITE, page.holder))
    if shown.kind == Kind.SHORTCOMING:
        page.returning = [
            one for one in returning(asker, shown.units) if finding.pk in (one.newer.finding.pk, one.older.finding.pk)
        ]
    if page.may_write and shown.state != State.WITHDRAWN:
        units = row.subjects if shown.kind in (Kind.SHORTCOMING, Kind.PROPOSAL) else ()
        page.suggested = suggestions(asker, shown.words, kind=shown.kind, units=units, but=shown)
    return page


def _names(shown: Shown, members: list[Shown]) -> dict[int, str]:
    return names_in(members) | name_of({one.occasion_unit_id for one in shown.raisings}, clock.today())


def _sentences(asker: Asker, shown: Shown) -> list[Sentence]:
    ids = [int(one) for one in shown.version.provisions]
    found = sentences(asker, ids) if ids else {}
    return [found[one] for one in ids if one in found]


def _seen(asker: Asker, shown: Shown) -> frozenset[int]:
    named = {one.document_id for one in shown.steps if one.document_id}
    named |= {one.document_id for one in shown.answers if one.document_id}
    return (
        frozenset(visible_documents(asker).filter(pk__in=named).values_list("pk", flat=True)) if named else frozenset()
    )


def _clears(shown: Shown, names: dict[int, str]) -> list[Clear]:
    """The six of a task, in the conclusion's order."""
    of = shown.version.terms
    if shown.version.conclusion_kind != "task":
        return []
    lacking = terms.missing(of)
    deadline = terms.deadline_of(of)
    texts = {
        "who": "; ".join(names.get(one, "") for one in shown.leads),
        "what": of.get("task", ""),
        "when": of.get("deadline_text") or (f"{deadline.day}-{deadline.month}-{deadline.year}" if deadline else ""),
        "responsibility": of.get("responsibility", ""),
        "authority": of.get("authority", ""),
        "product": of.get("product", ""),
    }
    return [Clear(code, str(label), texts[code], code in lacking) for code, label in terms.LABELS.items()]


def _tasks(asker: Asker, page: Page) -> None:
    """The obligations of the task that the asker sees, as they stand now."""
    assert page.followed is not None
    wanted = [one.pk for one in page.followed.requirements]
    if not wanted:
        return
    answer = Question.now().answer()
    found = list(
        Obligation.objects.filter(requirement__in=wanted, part_of__isnull=True)
        .select_related("requirement", "unit")
        .order_by("requirement", "pk")
    )
    mask = visible_mask(asker, answer)
    at = rows_of(answer, [one.pk for one in found])
    seen = [(one, int(row)) for one, row in zip(found, at, strict=True) if mask is None or mask[int(row)]]
    names = name_of({one.unit_id for one, _row in seen}, clock.today())
    page.more_tasks = max(0, len(seen) - MOST_TASKS)
    page.tasks = [Task(one, names[one.unit_id], answer.at(row)) for one, row in seen[:MOST_TASKS]]


def _url(name: str, *arguments: object) -> str:
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
