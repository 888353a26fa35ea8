"""Every change of this room, one module for each family."""

from soichieu.findings.commands.conclusions import conclude, draft_conclusion, settle_in_notice
from soichieu.findings.commands.ending import remedy, withdraw
from soichieu.findings.commands.proposals import answer, may_answer
from soichieu.findings.commands.raising import may_raise, raise_finding, say_same, word

__all__ = [
    "answer",
    "conclude",
    "draft_conclusion",
    "may_answer",
    "may_raise",
    "raise_finding",
    "remedy",
    "say_same",
    "settle_in_notice",
    "withdraw",
    "word",
]
