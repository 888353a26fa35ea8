"""Holding up what is in force: a verdict on each programme, and the registered review report that closes the task."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.documents import rights
from soichieu.documents.models import Document, StoredFile
from soichieu.ledger import clock
from soichieu.ledger import commands as ledger
from soichieu.ledger.errors import Refusal
from soichieu.ledger.kinds import Kind, Ladder
from soichieu.ledger.models import Entry
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker, today
from soichieu.organisation.models import Unit
from soichieu.plans.commands.answers import open_to_answer, own_document, require, take_text, task_under_lock
from soichieu.plans.errors import ChangedMeanwhile
from soichieu.plans.facts import clean
from soichieu.plans.models import Plan, Review, Verdict
from soichieu.plans.queries.register import newest_facts
from soichieu.plans.queries.reviews import Sheet, sheet, standing_verdicts
from soichieu.plans.sources import source_of_review
from soichieu.web.dates import write_day, write_moment

NAMED = 5
"""How many programmes without a verdict a refusal names; the rest it counts."""


@dataclass(frozen=True)
class Given:
    """One verdict as a person gives it. ``seen``: the primary key of the verdict that stood when they looked, 0 for
    none. Of all but *keep*: until when, and which post or office sees to it."""

    plan: Plan
    choice: str
    due_on: dt.date | None = None
    owner: str = ""
    reason: str = ""
    seen: int = 0


class NotSaved(Refusal):
    """Some verdicts cannot stand, and so none was saved. ``faults``: plan id → what is wrong with its verdict."""

    def __init__(self, faults: Mapping[int, Refusal]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults.values()))
        self.faults = dict(faults)


def give_verdict(*, asker: Asker, directive: Document, given: Given, decided_on: dt.date | None = None) -> Verdict:
    """:func:`give_verdicts` of one; raises what is wrong with it itself."""
    try:
        (verdict,) = give_verdicts(asker=asker, directive=directive, given=[given], decided_on=decided_on)
    except NotSaved as wrong:
        raise wrong.faults[given.plan.pk] from None
    return verdict


@transaction.atomic
def give_verdicts(
    *, asker: Asker, directive: Document, given: Sequence[Given], decided_on: dt.date | None = None
) -> list[Verdict]:
    """Write what a person concluded about plans of one unit, held up against a directive: all of them, or none.

    ``decided_on``: the day of the conclusions (default: today). A verdict that says what stands already is left as it
    is. Raises ``NotSaved`` with what is wrong by plan (``ChangedMeanwhile`` where somebody saved first), ``Refusal``
    naming the field, ``NotAllowed``.
    """
    day = decided_on or today()
    if not given:
        raise Refusal(_("Choose a verdict for at least one programme."))
    if day > today():
        raise Refusal(_("This day is still to come."), field="decided_on")
    if day < directive.signed_on:
        raise Refusal(
            _("The directive was signed on %(day)s; nothing was held up against it before.")
            % {"day": write_day(directive.signed_on)},
            field="decided_on",
        )
    units = {one.plan.unit_id for one in given}
    for unit in units:
        require_judge(asker, unit)
    rights.require_see(asker, directive)
    for unit in sorted(units):
        # Whoever corrects facts or registers the report of this unit waits here.
        Unit.objects.select_for_update().get(pk=unit)
    plans = [one.plan.pk for one in given]
    standing = standing_verdicts(directive.pk, plans)
    facts = newest_facts(plans)
    faults: dict[int, Refusal] = {}
    for one in given:
        try:
            _check(one, day, standing.get(one.plan.pk))
            first = facts[one.plan.pk].from_day
            if first is None or first > day:
                raise Refusal(
                    _("Not in force on %(day)s yet: there is nothing to hold against the light.")
                    % {"day": write_day(day)}
                )
        except Refusal as wrong:
            faults[one.plan.pk] = wrong
    if faults:
        raise NotSaved(faults)
    record = rights.record_of(asker)
    return [
        before
        if (before := standing.get(one.plan.pk)) is not None and _same(one, before)
        else Verdict.objects.create(
            plan=one.plan,
            directive=directive,
            choice=one.choice,
            due_on=one.due_on,
            owner=clean(one.owner),
            reason=clean(one.reason),
            decided_on=day,
            made_at=clock.now(),
            made_by=record,
        )
        for one in given
    ]


def require_judge(asker: Asker, unit_id: int) -> None:
    """Raise ``NotAllowed`` with the rule unless the asker may give verdicts on the unit's plans."""
    permissions.may(asker, "judge_plan", holder_id=unit_id, on=today()).require()


def _same(one: Given, verdict: Verdict) -> bool:
    return (one.choice, one.due_on, clean(one.owner), clean(one.reason)) == (
        verdict.choice, verdict.due_on, verdict.owner, verdict.reason,
    )  # fmt: skip


def _check(one: Given, day: dt.date, standing: Verdict | None) -> None:
    if (standing.pk if standing is not None else 0) != one.seen:
        raise _changed(standing)
    if one.choice not in Verdict.Choice.values:
        raise Refusal(_("Choose one: keep, adjust, replace or stop."), field="choice")
    if one.choice == Verdict.Choice.KEEP:
        if one.due_on is not None or clean(one.owner):
            raise Refusal(
                _("What is kept needs no day and nobody to see to it. Empty both, or choose another verdict."),
                field="choice",
            )
        return
    if one.due_on is None:
        raise Refusal(_("Say until when."), field="due_on")
    if one.due_on < day:
        raise Refusal(_("This lies before the day of the verdict."), field="due_on")
    if not clean(one.owner):
        raise Refusal(_("Say which post or office sees to it."), field="owner")
    if len(clean(one.owner)) > 255:
        raise Refusal(_("At most %(longest)d characters.") % {"longest": 255}, field="owner")
    if not clean(one.reason):
        raise Refusal(_("Say why, in a sentence."), field="reason")


def _changed(standing: Verdict | None) -> ChangedMeanwhile:
    if standing is None:
        return ChangedMeanwhile(_("The verdict you saw is not there any more. Look at the page again."), None)
    words = standing.get_choice_display()
    details = ", ".join(part for part in (write_day(standing.due_on), standing.owner, standing.reason) if part)
    message = _("%(who)s decided meanwhile, at %(when)s: %(what)s. Save again to put yours in its place.") % {
        "who": standing.made_by.get("label", "?"),
        "when": write_moment(standing.made_at),
        "what": f"{words} ({details})" if details else words,
    }
    return ChangedMeanwhile(message, standing, [str(words)])


@dataclass(frozen=True)
class Registered:
    """A registered review. ``unread``: why the report's text is not in the register (its file is kept all the same)."""

    review: Review
    entry: Entry
    counted: Sheet
    unread: str = ""


@transaction.atomic
def register_review(
    *,
    asker: Asker,
    obligation_id: int,
    on: dt.date,
    number: str,
    signed_on: dt.date,
    title: str = "",
    signer: str = "",
    signing_form: str = "",
    stored: StoredFile | None = None,
) -> Registered:
    """Register the signed review report by number, date and file, and write *claimed* about a task of the ladder
    *held against the light*.

    ``on``: the day whose programmes it counts. Every one of them must have a verdict decided by the day of the report;
    otherwise it is refused, naming those that have none. A task whose closing is the registered report is done by this
    act; any other waits for confirmation. Raises ``Refusal`` or ``ValidationError`` naming the field, ``Forbidden``,
    ``NotAllowed``, ``Obligation.DoesNotExist``.
    """
    obligation, cell = task_under_lock(asker, obligation_id)
    if obligation.requirement.ladder != Ladder.HELD_UP:
        raise Refusal(_("This task does not ask to hold what is in force against the light."), field="obligation")
    holder = open_to_answer(obligation, cell, Kind.CLAIMED, signed_on, "signed_on")
    require(asker, obligation, holder, Kind.CLAIMED)
    require_judge(asker, holder)
    if on > signed_on:
        raise Refusal(_("The report cannot count a day after its own date."), field="on")
    Unit.objects.select_for_update().get(pk=holder)
    directive = obligation.chain.directive
    counted = sheet(holder, directive, on, decided_by=signed_on)
    _require_whole(counted)
    document = own_document(
        asker, holder, number, signed_on, title or _title(directive), signer, signing_form, act="judge_plan"
    )
    if Review.objects.filter(obligation=obligation, document=document).exists():
        raise Refusal(_("%(number)s answers this task already.") % {"number": document.number}, field="number")
    unread = take_text(asker, document, stored, act="judge_plan") if stored is not None else ""
    review = Review.objects.create(
        unit_id=holder,
        directive=directive,
        obligation=obligation,
        on=on,
        document=document,
        file=stored,
        counted=[
            {"plan": row.facts.plan.key, "facts": row.facts.pk, "verdict": row.verdict.pk, "choice": row.verdict.choice}
            for row in counted.rows
            if row.verdict is not None
        ],
        registered_at=clock.now(),
        registered_by=rights.record_of(asker),
    )
    payload = {"number": document.number, "number_date": signed_on.isoformat(), "counted_on": on.isoformat()}
    payload |= {name: value for name, value in (("signer", signer), ("signing_form", signing_form)) if value.strip()}
    (entry,) = ledger.record(
        asker=asker,
        kind=Kind.CLAIMED,
        obligations=[obligation.pk],
        happened_on=signed_on,
        source=source_of_review(review),
        evidence=[stored] if stored is not None else [],
        payload={**payload, "programmes": counted.of, "verdicts": counted.by_choice},
    )
    return Registered(review, entry, counted, unread)


def _title(directive: Document) -> str:
    """What such a report is called, for the register: Vietnamese, as kept for ever."""
    return f"Báo cáo kết quả rà soát chương trình, kế hoạch theo {directive.number}"


def _require_whole(counted: Sheet) -> None:
    if not counted.of:
        raise Refusal(
            _("Nothing is in force on %(day)s in the unit's register. Enter its programmes and plans first.")
            % {"day": write_day(counted.on)},
            field="on",
        )
    missing = counted.missing
    if missing:
        named = "; ".join(row.number or row.title for row in missing[:NAMED])
        more = f" (+{len(missing) - NAMED})" if len(missing) > NAMED else ""
        raise Refusal(
            _(
                "%(n)d of %(of)d programmes in force on %(day)s have a verdict by the day of the report. Without one:"
                " %(named)s."
            )
            % {"n": counted.n, "of": counted.of, "day": write_day(counted.on), "named": named + more},
            field="on",
        )
