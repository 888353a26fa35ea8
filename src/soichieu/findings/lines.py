"""Findings as lines of words, for whoever reads them without a page. Fields of a list are parted by tabs."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from soichieu.findings.queries.follow_up import Summary
from soichieu.findings.queries.followed import FollowedRow
from soichieu.findings.queries.page import Page
from soichieu.findings.queries.told import Row
from soichieu.web.dates import write_day
from soichieu.web.states import AXES


def of_finding(row: Row) -> str:
    """One finding: its key, kind, state, day, units, how often it was raised, and its words."""
    times = ngettext("Raised %(n)s time", "Raised %(n)s times", row.times) % {"n": row.times} if row.times > 1 else ""
    again = _("same cause word for word") if row.same_cause else ""
    own = pgettext("finding", "own") if row.own else ""
    marks = ", ".join(filter(None, [times, again, own]))
    return "\t".join([row.key, row.kind_label, row.state_label, write_day(row.on), row.units, marks, row.words])


def of_followed(row: FollowedRow) -> str:
    """One conclusion in the follow-up: its key, kind, state, n/N, deadline, units and words."""
    told = _axes(row.lifecycle, row.timeliness, row.verification) or row.state_label
    kind = row.conclusion_label or row.kind_label
    return "\t".join([row.key, kind, told, row.done_of, write_day(row.deadline), row.units, row.words])


def of_counts(counts: Summary) -> list[str]:
    """The counts of the follow-up, each by the name that it has on the page."""
    n_of = _("%(n)s of %(of)s")
    given = n_of % {"n": counts.done, "of": counts.tasks}
    answered = n_of % {"n": counts.answered, "of": counts.proposals}
    return [
        f"{_('Tasks given by notices, done')}: {given}; {pgettext('count', 'overdue')}: {counts.overdue}",
        f"{_('Expected, waiting for the notice')}: {counts.expected}",
        f"{_('In a notice, not in the ledger yet')}: {counts.without_book}",
        f"{_('Left out of the notice')}: {counts.left_out}",
        f"{_('Standing demands')}: {counts.standing}",
        f"{_('Proposals answered')}: {answered}",
        f"{_('For the record')}: {counts.records}",
    ]


def of_page(page: Page) -> list[str]:
    """A finding with its clears, each time it was raised, its answers, its steps and the tasks that came out of it."""
    row = page.row
    told = [" · ".join(filter(None, (row.kind_label, row.conclusion_label, row.state_label))), page.shown.words]
    for clear in page.clears:
        missing = f" ({_('not clear yet')})" if clear.missing else ""
        told.append(f"  {clear.label}: {clear.text or '–'}{missing}")
    for at, one in enumerate(row.occurrences, 1):
        own = pgettext("finding", "own") if one.raising.own else ""
        again = _("same cause word for word") if one.same_cause else ""
        marks = ", ".join(filter(None, (own, again)))
        told.append(f"{at}. {write_day(one.on)}  {one.raising.occasion_label}{f' ({marks})' if marks else ''}")
    for answer in page.shown.answers:
        told.append(f"{write_day(answer.answered_on)}  {answer.get_choice_display()}  {answer.reason}".rstrip())
    for step in page.shown.steps:
        document = step.document.number if step.document and step.document_id in page.seen_documents else ""
        told.append(f"{write_day(step.on)}  {step.get_step_display()}  {document}  {step.reason}".rstrip())
    for task in page.tasks:
        cell = task.cell
        told.append(f"{task.unit}: {_axes(cell.lifecycle, cell.timeliness, cell.verification)}")
    return told


def _axes(*codes: str) -> str:
    """A state on the three axes in words."""
    return ", ".join(str(axis[code].label) for axis, code in zip(AXES.values(), codes, strict=True) if code)
