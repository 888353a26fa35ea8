"""Pages: all findings that the asker sees, and the follow-up of conclusions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from soichieu.documents.guarding import asker_of, guarded
from soichieu.findings.models import ConclusionKind, Kind
from soichieu.findings.queries.follow_up import SAID, follow_up, summary
from soichieu.findings.queries.followed import followed_rows
from soichieu.findings.queries.listing import findings_of
from soichieu.findings.queries.told import Row, rows
from soichieu.findings.views import machines
from soichieu.findings.words import PUBLISHED, STATES
from soichieu.language.collation import sort_key
from soichieu.web.dates import TwoDates, takes_dates, write_day
from soichieu.web.lists import Choice, Column, Days, Flag, List, Search, vietnamese
from soichieu.web.states import LIFECYCLE, TIMELINESS, VERIFICATION

FINDINGS = List(
    key="findings",
    title=gettext_lazy("Findings"),
    rule=gettext_lazy(
        "One row for each finding that concerns a unit you see; what people said to be the same stands in one row."
        " Raised how often: by others about the unit; what a unit says of itself is shown and never counts against it."
        " Same cause: word for word as it was named before."
    ),
    columns=[
        Column("kind", pgettext_lazy("finding", "Kind"), template="findings/parts/kind.html", width=14,
               text=lambda code: Kind(code).label),
        Column("words", pgettext_lazy("finding", "What was found"), template="findings/parts/words.html", sort=None,
               width=70),
        Column("units", gettext_lazy("Unit"), template="findings/parts/units.html", sort=vietnamese("units"),
               width=32),
        Column("occasion", gettext_lazy("Raised last at"), template="findings/parts/occasion.html", width=32),
        Column("on", gettext_lazy("On"), page=False, width=12),
        Column("times", pgettext_lazy("finding", "Times"), template="findings/parts/times.html", number=True, width=8),
        Column("state", pgettext_lazy("finding", "State"), template="findings/parts/state.html", width=24,
               text=lambda code: STATES[code] if code else ""),
        Column("objective_cause", gettext_lazy("Objective cause"), page=False, width=40),
        Column("subjective_cause", gettext_lazy("Subjective cause"), page=False, width=40),
        Column("same_cause", gettext_lazy("Same cause word for word"), page=False, width=10),
        Column("own_times", gettext_lazy("Said by the unit of itself"), page=False, width=10),
        Column("addressee", gettext_lazy("Put to"), page=False, width=28),
        Column("answer_reason", gettext_lazy("Reason of the answer"), page=False, width=40),
        Column("numbers", gettext_lazy("Directives"), page=False, width=24),
        Column("since", gettext_lazy("Raised first on"), page=False, width=12),
    ],
    empty=gettext_lazy("No finding concerns a unit that you see."),
    empty_hint=gettext_lazy("Findings are noted at conferences; a unit may write down its own before them."),
)  # fmt: skip

FOLLOW_UP = List(
    key="follow-up",
    title=gettext_lazy("What became of conclusions"),
    rule=gettext_lazy(
        "Conclusions that the chair made, those that a notice left out among them. A task is done when every obligation"
        " that came out of it is done; its state is the ledger's, over the obligations that you see."
    ),
    columns=[
        Column("words", pgettext_lazy("conclusion", "Conclusion"), value=lambda row: row.words,
               template="findings/parts/words.html", sort=None, width=70),
        Column("kind", pgettext_lazy("conclusion", "Kind"), value=lambda row: row.followed.kind,
               text=lambda code: ConclusionKind(code).label, page=False, width=20),
        Column("occasion", gettext_lazy("Conference"), page=False, width=32),
        Column("on", gettext_lazy("On"), page=False, width=12),
        Column("units", gettext_lazy("Who"), template="findings/parts/units.html", sort=vietnamese("units"), width=30),
        Column("deadline", gettext_lazy("Deadline"), value=lambda row: row.followed.deadline, width=14),
        Column("state", pgettext_lazy("conclusion", "Stands"), template="findings/parts/followed.html", width=28,
               text=lambda code: STATES[code]),
        Column("done_of", pgettext_lazy("conclusion", "Done"), template="findings/parts/done_of.html", width=12,
               sort=lambda row: row.share),
        Column("lifecycle", pgettext_lazy("axis", "State"), page=False, width=20,
               text=lambda code: LIFECYCLE[code].label if code else ""),
        Column("timeliness", pgettext_lazy("axis", "Timeliness"), page=False, width=20,
               text=lambda code: TIMELINESS[code].label if code else ""),
        Column("verification", pgettext_lazy("axis", "Verification"), page=False, width=20,
               text=lambda code: VERIFICATION[code].label if code else ""),
        Column("carried", gettext_lazy("Carried by"), template="findings/parts/carried.html", width=28,
               value=lambda row: "" if row.published else row.followed.carried),
        Column("notice", gettext_lazy("Notice"), page=False, width=18),
        Column("reason", gettext_lazy("Reason"), page=False, width=40),
    ],
    group=lambda row: row.heading,
    empty=gettext_lazy("No conclusion concerns a unit that you see."),
    empty_hint=gettext_lazy("What a chair concludes at a conference stands here from that moment."),
)  # fmt: skip


@takes_dates
@require_safe
@guarded
def findings(request: HttpRequest) -> HttpResponseBase:
    """Results, shortcomings, lessons, proposals and conclusions that the asker sees."""
    asker = asker_of(request)
    request.nav_current = "findings"  # type: ignore[attr-defined]
    two = TwoDates.of(request.GET)
    made = rows(asker, findings_of(asker, two=two), two)
    filters = [
        Search(("words", "units", "occasion", "objective_cause", "subjective_cause", "addressee", "numbers")),
        Choice("kind", pgettext_lazy("finding", "Kind"), _labelled(Kind)),
        _units(made),
        Choice(
            "state", pgettext_lazy("finding", "State"), [(code, capfirst(str(label))) for code, label in STATES.items()]
        ),
        Choice("directive", gettext_lazy("Directive"), _directives(made), value=lambda row: row.directive_ids),
        _occasions(made),
        Flag("same_cause", gettext_lazy("Same cause word for word")),
        Days("on", gettext_lazy("Raised last")),
    ]
    listing = replace(FINDINGS, filters=filters).bind(request, made, two=two)
    if machines.asked(request):
        return machines.listing(listing, (row.as_json() for row in listing.kept), two)
    answer = listing.answer(request)
    if answer is not None:
        return answer
    return render(request, "findings/findings.html", {"list": listing, "two": two})


@takes_dates
@require_safe
@guarded
def following(request: HttpRequest) -> HttpResponseBase:
    """Conclusions of all conferences and what became of them."""
    asker = asker_of(request)
    request.nav_current = "findings"  # type: ignore[attr-defined]
    two = TwoDates.of(request.GET)
    made = followed_rows(follow_up(asker, two))
    states = [(code, capfirst(str(STATES[code]))) for code in (*SAID, PUBLISHED)]
    filters = [
        Search(("words", "units", "occasion", "notice")),
        Choice(
            "kind",
            pgettext_lazy("conclusion", "Kind"),
            _labelled(ConclusionKind),
            value=lambda row: row.followed.kind,
        ),
        Choice("state", pgettext_lazy("conclusion", "Stands"), states),
        _units(made),
        _occasions(made),
        Flag("overdue", gettext_lazy("Only overdue"), value=lambda row: row.followed.overdue),
        Days("deadline", gettext_lazy("Deadline"), value=lambda row: row.followed.deadline),
    ]
    listing = replace(FOLLOW_UP, filters=filters).bind(request, made, two=two)
    counts = summary(row.followed for row in listing.kept)
    if machines.asked(request):
        return machines.listing(listing, (row.as_json() for row in listing.kept), two, counts=vars(counts))
    answer = listing.answer(request)
    if answer is not None:
        return answer
    in_part = sum(row.followed.in_part for row in listing.kept)
    return render(
        request, "findings/follow_up.html", {"list": listing, "two": two, "counts": counts, "in_part": in_part}
    )


def _labelled(kinds: type[TextChoices]) -> list[tuple[str, str]]:
    return [(str(code), capfirst(str(label))) for code, label in kinds.choices]


def _units(made: Sequence[Row]) -> Choice:
    names: dict[int, str] = {}
    for row in made:
        names |= {unit: row.names[unit] for unit in row.concerned if unit in row.names}
    choices = sorted(((str(unit), name) for unit, name in names.items()), key=lambda pair: sort_key(pair[1]))
    return Choice("unit", gettext_lazy("Unit"), choices, value=lambda row: row.concerned)


def _directives(made: Sequence[Row]) -> list[tuple[str, str]]:
    return [(str(pk), number) for pk, number in {one.pk: one.number for row in made for one in row.directives}.items()]


def _occasions(made: Sequence[Row]) -> Choice:
    there = {
        raising.occasion: f"{raising.occasion_label}, {write_day(raising.on)}"
        for row in made
        for one in row.members
        for raising in one.raisings
    }
    return Choice(
        "occasion",
        gettext_lazy("Conference"),
        there.items(),
        value=lambda row: [raising.occasion for one in row.members for raising in one.raisings],
    )
