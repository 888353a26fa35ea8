"""Every change of the ledger. Each: check → change → entries, in one transaction; the asker is always named."""

from soichieu.ledger.commands.acts import record, refuse_before_given
from soichieu.ledger.commands.opening import allocate_parts, open_obligations
from soichieu.ledger.commands.quoting import quote_count
from soichieu.ledger.commands.requirements import (
    confirm_requirement,
    define_requirement,
    drop_requirement,
    edit_requirement,
    open_chain,
    propose_requirements,
)
from soichieu.ledger.commands.succession import transfer_for_succession
from soichieu.ledger.commands.tying import tie_requirement

__all__ = [
    "allocate_parts",
    "confirm_requirement",
    "define_requirement",
    "drop_requirement",
    "edit_requirement",
    "open_chain",
    "open_obligations",
    "propose_requirements",
    "quote_count",
    "record",
    "refuse_before_given",
    "tie_requirement",
    "transfer_for_succession",
]
