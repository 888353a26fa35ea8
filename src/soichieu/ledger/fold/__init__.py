"""The fold: from the entries that count to what is true of each obligation (``docs/ledger.md`` sections 2 to 7).

``states``: the words and their codes. ``table``: kind × state → state, and the effects. ``columns``: the book's
columns, held by a process and caught up by position. ``kernel``: one compiled pass. ``answer``: what comes out.
"""

from soichieu.ledger.fold.answer import Answer, Cell, answer, answer_for
from soichieu.ledger.fold.columns import Columns, current_columns, forget_columns

__all__ = ["Answer", "Cell", "Columns", "answer", "answer_for", "current_columns", "forget_columns"]
