"""Every read of this room. Each takes the asker and answers only what the asker may see."""

from soichieu.findings.queries.follow_up import Followed, follow_up, last_time, summary
from soichieu.findings.queries.identity import Occurrence, identity_of, recurrences
from soichieu.findings.queries.listing import (
    conclusions_of,
    expected_tasks,
    findings_of,
    proposals_unanswered,
    shortcomings_open,
)
from soichieu.findings.queries.returning import Returning, returning
from soichieu.findings.queries.shown import Shown, shown
from soichieu.findings.queries.similar import Similar, similar, suggestions
from soichieu.findings.rights import visible_findings

__all__ = [
    "Followed",
    "Occurrence",
    "Returning",
    "Shown",
    "Similar",
    "conclusions_of",
    "expected_tasks",
    "findings_of",
    "follow_up",
    "identity_of",
    "last_time",
    "proposals_unanswered",
    "recurrences",
    "returning",
    "shortcomings_open",
    "shown",
    "similar",
    "suggestions",
    "summary",
    "visible_findings",
]
