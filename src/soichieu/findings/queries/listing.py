"""Findings by occasion, unit and kind; what is open, unanswered, expected."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from soichieu.documents.rights import id_list
from soichieu.findings.models import Concern, ConclusionKind, Finding, Kind, Part, Raising, Step
from soichieu.findings.occasions import Occasion
from soichieu.findings.queries.identity import Identities
from soichieu.findings.queries.shown import Shown, shown
from soichieu.findings.rights import visible_findings
from soichieu.organisation.askers import Asker
from soichieu.web.dates import TwoDates

State = Step.State


def findings_of(
    asker: Asker,
    *,
    occasion: Occasion | None = None,
    units: Iterable[int] | None = None,
    kind: str | None = None,
    withdrawn: bool = True,
    two: TwoDates | None = None,
) -> list[Shown]:
    """The findings an asker sees: of one occasion, concerning some units, of one kind. Newest first."""
    found = visible_findings(asker)
    if occasion is not None:
        found = at_occasion(found, occasion)
    if units is not None:
        found = concerning(found, units)
    if kind is not None:
        found = found.filter(kind=kind)
    made = shown(found.order_by("-pk"), two)
    return made if withdrawn else [one for one in made if one.state != State.WITHDRAWN]


def at_occasion(findings: QuerySet[Finding], occasion: Occasion) -> QuerySet[Finding]:
    """Those raised at an occasion."""
    raised = Raising.objects.filter(room=occasion.room, kind=occasion.kind, occasion=occasion.id)
    return findings.filter(Exists(raised.filter(finding=OuterRef("pk"))))


def concerning(
    findings: QuerySet[Finding], units: Iterable[int], parts: Iterable[str] = tuple(Part.values)
) -> QuerySet[Finding]:
    """Those that concern some units, in some ways."""
    some = Concern.objects.filter(finding=OuterRef("pk"), unit_id__in=id_list(units), part__in=list(parts))
    return findings.filter(Exists(some))


def shortcomings_open(asker: Asker, unit_ids: Iterable[int], two: TwoDates | None = None) -> list[Shown]:
    """The shortcomings about some units that nobody withdrew or said to be remedied; of those that are one, the
    newest. Newest first."""
    about = concerning(visible_findings(asker).filter(kind=Kind.SHORTCOMING), unit_ids, [Part.ABOUT])
    identities = Identities(two.known_at if two else None)
    taken: set[int] = set()
    found = []
    for one in sorted(shown(about, two), key=lambda each: (each.raisings[-1].on, each.finding.pk), reverse=True):
        if one.state == State.WITHDRAWN or one.finding.pk in taken:
            continue
        taken |= identities.of(one.finding.pk)
        if one.state != State.REMEDIED:
            found.append(one)
    return found


def proposals_unanswered(asker: Asker, unit_ids: Iterable[int], two: TwoDates | None = None) -> list[Shown]:
    """The proposals that some units made, or that are put to them, and that are neither accepted nor refused. Oldest
    first: it is open since then."""
    mine = concerning(visible_findings(asker), unit_ids, [Part.AUTHOR, Part.ABOUT, Part.ADDRESSEE, Part.HOLDER])
    some = shown(mine.filter(kind__in=(Kind.PROPOSAL, Kind.CONCLUSION)), two)
    proposals = [one for one in some if one.is_proposal]
    made = (State.WITHDRAWN, State.DRAFTED)
    return sorted(
        (one for one in proposals if not one.answered and one.state not in made),
        key=lambda one: (one.on, one.finding.pk),
    )


def conclusions_of(asker: Asker, occasion: Occasion) -> list[Shown]:
    """The conclusions of an occasion in the order in which they were drafted, those withdrawn included."""
    found = at_occasion(visible_findings(asker).filter(kind=Kind.CONCLUSION), occasion)
    return shown(found.order_by("pk"))


def expected_tasks(asker: Asker, unit_ids: Iterable[int], two: TwoDates | None = None) -> list[Shown]:
    """Concluded tasks that some units lead or help in and that no notice has given or left out yet: *expected, waiting
    for the notice of conclusions*. Oldest first."""
    units = {int(one) for one in unit_ids}
    found = visible_findings(asker).filter(kind=Kind.CONCLUSION)
    made = shown(concerning(found, units, [Part.LEAD, Part.COOPERATOR]).order_by("pk"), two)
    return [one for one in made if is_expected(one, units)]


def is_expected(one: Shown, units: set[int]) -> bool:
    """Whether it is a concluded task of some units that waits for the notice."""
    concerned = {*one.leads, *one.version.terms.get("cooperators", ())}
    task = one.version.conclusion_kind == ConclusionKind.TASK
    return one.state == State.CONCLUDED and task and bool(units & concerned)
