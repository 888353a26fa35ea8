"""Every read of this room. Each takes the asker and answers only what the asker may see."""

from soichieu.findings.queries.identity import Occurrence, identity_of, recurrences
from soichieu.findings.queries.listing import (
    conclusions_of,
    expected_tasks,
    finding_of,
    findings_of,
    proposals_unanswered,
    shortcomings_open,
)
from soichieu.findings.queries.shown import Shown, shown
from soichieu.findings.queries.visible import visible_findings

__all__ = [
    "Occurrence",
    "Shown",
    "conclusions_of",
    "expected_tasks",
    "finding_of",
    "findings_of",
    "identity_of",
    "proposals_unanswered",
    "recurrences",
    "shortcomings_open",
    "shown",
    "visible_findings",
]
