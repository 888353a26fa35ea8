"""What a conference produced: findings with who raised them and how often before, conclusions and what became of them,
the papers of its file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import pgettext as _p

from soichieu.conferences.kinds import EventKind, Phase
from soichieu.conferences.models import Conference
from soichieu.conferences.occasions import occasion_of
from soichieu.conferences.queries.file import documents_of
from soichieu.conferences.queries.summary import sees_inside
from soichieu.conferences.state import State
from soichieu.conferences.telling.answers import Answer, Fact, Missing, not_said, or_missing
from soichieu.conferences.telling.basics import head, notice_of, unit_names
from soichieu.conferences.telling.course import counted
from soichieu.findings.models import ConclusionKind, Kind, Raising, Step
from soichieu.findings.queries import Shown, conclusions_of, findings_of, recurrences
from soichieu.findings.queries.follow_up import Followed, summary, with_tasks
from soichieu.ledger import clock
from soichieu.organisation.askers import Asker
from soichieu.web.dates import write_day

STATED = "stated"
ASSESSMENT = "assessment"
"""Of a conference kept from a source. A line *noted* may carry ``stated``: kinds of findings that a speech is said to
have raised, where the source does not say which. A line *finding* may carry ``assessment``: a general assessment, a
sentence with an author and no figure."""


def findings(asker: Asker, conference: Conference, state: State, *, kind: str = "") -> Answer:
    """Results, shortcomings with causes, lessons, proposals; of a published conference also that some were stated."""
    answer = Answer(
        state.title,
        head(conference, state),
        columns=[
            ("kind", _p("told", "kind")),
            ("words", _p("told", "words")),
            ("by", _p("told", "raised by")),
            ("about", _p("told", "about")),
            ("objective_cause", _p("told", "objective cause")),
            ("subjective_cause", _p("told", "subjective cause")),
            ("nth", _p("told", "raised for the nth time")),
            ("same_cause_as", _p("told", "same cause, word for word, as")),
            ("state", _p("told", "state")),
        ],
    )
    assessed = _payloads(conference, EventKind.FINDING, ASSESSMENT)
    for shown in findings_of(asker, occasion=occasion_of(conference, state), kind=kind or None):
        if shown.kind == Kind.CONCLUSION or shown.key in {one["finding"] for one in assessed}:
            continue
        answer.rows.insert(0, _finding(asker, conference, state, shown))
    if not kind or kind in ("result", "shortcoming", "lesson"):
        answer.rows += _stated(conference, state, kind)
    if state.published_only:
        answer.notes.append(
            _p(
                "told",
                "The source says that these were stated, and by whom for example; not which they were.",
            )
        )
    elif not answer.rows:
        answer.notes.append(_p("told", "No findings are written."))
    return answer


def _finding(asker: Asker, conference: Conference, state: State, shown: Shown) -> dict[str, Any]:
    held = state.held_on or clock.today()
    here = next((one for one in shown.raisings if one.occasion == conference.key), shown.raising)
    row: dict[str, Any] = {
        "kind": str(Kind(shown.kind).label),
        "key": shown.key,
        "words": shown.words,
        "by": _raised_by(here, held),
        "about": unit_names(shown.units, held),
        "own": here.own,
        "objective_cause": shown.version.objective_cause or None,
        "subjective_cause": shown.version.subjective_cause or None,
        "nth": None,
        "same_cause_as": None,
        "state": _state(shown),
        "code": shown.kind,
    }
    if shown.kind == Kind.SHORTCOMING:
        times = recurrences(asker, shown.finding)
        for one in times:
            if one.raising.pk == here.pk:
                row["nth"] = one.nth or None
                before = one.same_objective or one.same_subjective
                row["same_cause_as"] = times[before - 1].raising.occasion_label if before else None
    if shown.kind == Kind.PROPOSAL:
        row["to"] = _addressee(shown, held)
        row["answer"] = _answered(shown)
    return row


def _stated(conference: Conference, state: State, kind: str) -> list[dict[str, Any]]:
    """That speeches raised findings of some kinds, which of them nobody published."""
    rows = []
    for said in _payloads(conference, EventKind.NOTED, STATED):
        item = state.item(said["item"])
        for one in said[STATED]:
            if kind in ("", one):
                unknown = not_said(state)
                causes = unknown if one == Kind.SHORTCOMING else None
                rows.append(
                    {
                        "kind": str(Kind(one).label),
                        "words": unknown,
                        "by": item.speaker if item else None,
                        "about": unknown,
                        "objective_cause": causes,
                        "subjective_cause": causes,
                        "nth": None,
                        "same_cause_as": None,
                        "state": _p("told", "stated"),
                        "code": one,
                    }
                )
    return rows


def assessments(asker: Asker, conference: Conference, state: State) -> Answer:
    """General assessments: sentences with an author; they carry no figure of ours and are counted nowhere."""
    answer = Answer(
        state.title,
        head(conference, state),
        columns=[("words", _p("told", "words")), ("by", _p("told", "by whom")), ("figure", _p("told", "figure"))],
    )
    keys = [one["finding"] for one in _payloads(conference, EventKind.FINDING, ASSESSMENT)]
    shown = {one.key: one for one in findings_of(asker, occasion=occasion_of(conference, state))}
    for key in keys:
        if one := shown.get(key):
            answer.rows.append({"words": one.words, "by": one.raising.author or not_said(state), "figure": _none()})
    if not answer.rows:
        answer.notes.append(_p("told", "No general assessments are written."))
    return answer


def _none() -> Missing:
    return Missing(_p("told", "no figure stands behind it"))


def conclusions(asker: Asker, conference: Conference, state: State) -> Answer:
    """What the chair concluded, of four kinds; in the notice or left out; the tasks given, n of N done."""
    held = state.held_on or clock.today()
    answer = Answer(
        state.title,
        [*head(conference, state), notice_of(state)],
        columns=[
            ("kind", _p("told", "kind")),
            ("words", _p("told", "words")),
            ("to", _p("told", "to whom")),
            ("deadline", _p("told", "deadline")),
            ("state", _p("told", "state")),
            ("on", _p("told", "since")),
            ("reason", _p("told", "reason")),
            ("answer", _p("told", "answer")),
            ("done", _p("told", "tasks done")),
            ("carried", _p("told", "reported in")),
        ],
    )
    found = [Followed(one) for one in conclusions_of(asker, occasion_of(conference, state))]
    with_tasks(asker, found, None)
    answer.rows = [_conclusion(state, one, held) for one in found]
    counts = summary(found)
    if counts.tasks:
        told = {"n": counts.done, "of": counts.tasks}
        label = _p("told", "tasks of which every unit is done")
        answer.facts.append(Fact("done", label, told, counted(counts.done, counts.tasks)))
    if counts.left_out:
        answer.facts.append(Fact("left_out", _p("told", "left out of the notice"), counts.left_out))
    if state.published_only:
        answer.notes.append(
            _p("told", "Demands of the chair as the source cites them. Whether a notice was signed, it does not say.")
        )
    elif not found:
        answer.notes.append(_p("told", "Nothing is concluded."))
    return answer


def _conclusion(state: State, one: Followed, held: dt.date) -> dict[str, Any]:
    shown, last, terms = one.shown, one.shown.last_step, one.shown.version.terms
    to = _addressee(shown, held) or or_missing(state, unit_names([*shown.leads, *shown.units], held))
    n = one.count.n or 0 if one.count else 0
    of = one.count.of if one.count else 0
    return {
        "kind": str(ConclusionKind(one.kind).label),
        "code": one.kind,
        "key": one.key,
        "words": shown.words,
        "to": to,
        "deadline": one.deadline or terms.get("deadline_text") or None,
        "product": terms.get("product") or None,
        "state": _p("told", "demanded by the chair") if state.published_only else _state(shown),
        "step": last.step if last else None,
        "on": last.on if last else None,
        "reason": (last.reason if last else "") or None,
        "answer": _answered(shown),
        "done": counted(n, of) if of else None,
        "obligations": {"n": n, "of": of} if of else None,
        "carried": not_said(state) if state.published_only else one.carried or None,
    }


def file(asker: Asker, conference: Conference, state: State) -> Answer:
    """The documents of the conference's file, in the order of the work, and whether it went to the archive."""
    answer = Answer(
        state.title,
        [
            *head(conference, state),
            notice_of(state),
            Fact("archived", _p("told", "handed to the archive"), state.phase == Phase.ARCHIVED),
        ],
        columns=[
            ("number", _p("told", "number")),
            ("paper", _p("told", "paper")),
            ("document", _p("told", "document")),
            ("day", _p("told", "day")),
            ("author", _p("told", "author")),
            ("remark", _p("told", "remark")),
        ],
    )
    if state.published_only:
        answer.notes.append(_p("told", "No paper of it is public; the source does not say which there were."))
        return answer
    if not sees_inside(asker, conference):
        answer.notes.append(_p("told", "The file is seen by those who prepare or run the conference."))
        return answer
    answer.rows = [
        {
            "number": place,
            "paper": one.label,
            "document": one.number or None,
            "day": one.day,
            "author": one.author,
            "remark": one.remark or None,
            "sha256": one.file,
        }
        for place, one in enumerate(documents_of(asker, conference, state), start=1)
    ]
    if not answer.rows:
        answer.notes.append(_p("told", "No paper is in the file yet."))
    return answer


# --- shared ---------------------------------------------------------------------------------------------------------


def _payloads(conference: Conference, kind: str, name: str) -> list[dict[str, Any]]:
    """What lines of one kind carry, of those in which a name stands."""
    lines = conference.events.filter(kind=kind).order_by("position").values_list("payload", flat=True)
    return [one for one in lines if one.get(name)]


def _state(shown: Shown) -> str | None:
    if shown.steps:
        return str(Step.State(shown.steps[-1].step).label)
    if shown.is_proposal:
        return str(shown.answer.get_choice_display()) if shown.answer else _p("told", "not answered yet")
    return _p("told", "open") if shown.kind == Kind.SHORTCOMING else None


def _answered(shown: Shown) -> str | None:
    """The answer to a proposal that stands, with its day and reason."""
    if not shown.is_proposal or shown.answer is None:
        return None
    one = shown.answer
    return ": ".join(filter(None, (f"{one.get_choice_display()}, {write_day(one.answered_on)}", one.reason)))


def _raised_by(raising: Raising, on: dt.date) -> str | None:
    """The unit and the post that said it."""
    unit = unit_names([raising.author_unit_id], on)[0] if raising.author_unit_id else ""
    return f"{unit} ({raising.author})" if unit and raising.author else unit or raising.author or None


def _addressee(shown: Shown, on: dt.date) -> str | None:
    version = shown.version
    if version.addressee_unit_id:
        return unit_names([version.addressee_unit_id], on)[0]
    return version.addressee or None
