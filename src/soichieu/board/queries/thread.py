"""The thread of one requirement: sentence, requirement, units, lines, evidence, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from soichieu.board import links
from soichieu.board import signs as sg
from soichieu.board.queries.cut import Cut
from soichieu.board.queries.grid import official_places
from soichieu.board.queries.history import source_words, who_wrote
from soichieu.ledger.fold import states as st
from soichieu.ledger.kinds import Kind
from soichieu.ledger.models import Entry
from soichieu.organisation.columns import columns as organisation_columns
from soichieu.organisation.names import name_of
from soichieu.web.heat import SIGNS, Sign

MOST = 100
_ANSWERING = (Kind.CLAIMED, Kind.ISSUED, Kind.RESPONDED, Kind.SUBMITTED)


@dataclass
class Bearer:
    """A unit on the thread: its task, its state, the line that answers (the last claim or issue), its source; and the
    line by which that was returned, where nothing answers since."""

    obligation: int
    url: str
    unit: str
    unit_url: str
    period: str
    sign: Sign
    lifecycle: str
    verification: str
    answer: Entry | None = None
    who: str = ""
    source: str = ""
    source_url: str | None = None
    files: int = 0
    returned: Entry | None = None


def bearers_of(cut: Cut, column: int, query: dict[str, str], sign: str = "") -> tuple[list[Bearer], int]:
    """The units of a requirement, worst first then official order, at most ``MOST`` of them, and how many there are."""
    keep = cut.column == column
    if sign in sg.ORDER:
        keep &= cut.sign == sg.ORDER.index(sign)
    at = np.flatnonzero(keep)
    ranks = cut.remembered("official", lambda: official_places(organisation_columns(), cut.units, cut.question.as_at))
    at = at[np.lexsort((ranks[cut.unit[at]], cut.sign[at]))]
    total, at = len(at), at[:MOST]
    answer = cut.answer
    ids = [int(answer.columns.ids[row]) for row in cut.rows[at]]
    names = name_of(cut.units[cut.unit[at]].tolist(), cut.question.as_at)
    found: list[Bearer] = []
    for place, pk in zip(at.tolist(), ids, strict=True):
        row, unit = int(cut.rows[place]), int(cut.units[cut.unit[place]])
        found.append(
            Bearer(
                pk, links.obligation_url(pk, query), names[unit], links.unit_url(unit, query),
                str(answer.columns.period[row]), SIGNS[sg.ORDER[cut.sign[place]]],
                st.LIFECYCLE[cut.axis("lifecycle")[place]], st.VERIFICATION[cut.axis("verification")[place]],
            )
        )  # fmt: skip
    _answers(cut, found, ids)
    return found, total


def _answers(cut: Cut, found: list[Bearer], ids: list[int]) -> None:
    """The line that answers for each, as known on the question: one query."""
    lines = Entry.objects.filter(
        obligation__in=ids, kind__in=(*_ANSWERING, Kind.RETURNED),
        happened_on__lte=cut.question.as_at,
    ).select_related("post", "person", "on_behalf_of").order_by("happened_on", "position")  # fmt: skip
    voided = set(Entry.objects.filter(obligation__in=ids, kind="voided").values_list("chain_id", "voids", "position"))
    known = cut.answer.known
    gone = {(chain, named) for chain, named, position in voided if position <= known.get(chain, 0)}
    last: dict[int, Entry] = {}
    returned: dict[int, Entry] = {}
    for line in lines:
        if line.position > known.get(line.chain_id, 0) or (line.chain_id, line.position) in gone:
            continue
        if line.kind == Kind.RETURNED:
            returned[line.obligation_id] = line
        else:
            last[line.obligation_id] = line
            returned.pop(line.obligation_id, None)
    posts = {post.unit_id for line in last.values() for post in (line.post, line.on_behalf_of) if post}
    names = name_of(posts, cut.question.as_at)
    words: dict[tuple[str, str, str], Any] = {}
    for one in found:
        found_line = last.get(one.obligation)
        if found_line is None:
            continue
        line = found_line
        key = (line.source_room, line.source_kind, line.source_id)
        if key not in words:
            words[key] = source_words(*key)
        one.answer, one.who, one.files = line, who_wrote(line, names), len(line.evidence_hashes)
        one.source, one.source_url = words[key]
        # A return that had no effect leaves what was reported as it is.
        one.returned = returned.get(one.obligation) if one.verification == "none" else None
