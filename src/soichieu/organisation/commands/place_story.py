"""The history carried from state to state."""

from __future__ import annotations

from dataclasses import replace

from soichieu.organisation.commands.place_files import State, StateRow, Succession
from soichieu.organisation.commands.place_history import Draft, DraftRow, Edge, History, Link, Remark, same_text
from soichieu.organisation.commands.place_matching import match_by_evidence
from soichieu.organisation.commands.place_succession import match_by_table


def advance(history: History, state: State, succession: Succession | None) -> None:
    """Carry the history on to the day of a state, by its succession where there is one, else by evidence."""
    source = state.table.name if succession is None else f"{state.table.name}, {succession.table.name}"
    matched: dict[str, Draft] = {}
    links: list[Link] = []
    if history.alive and succession is not None:
        matched, links = match_by_table(history, state, succession)
    elif history.alive:
        matched, links = match_by_evidence(history, state)
    _revive(history, state, matched, source)
    alive = {code: matched.get(code) or history.begin(row, state.day) for code, row in state.rows.items()}
    kept = {id(draft) for draft in alive.values()}
    for code, row in state.rows.items():
        draft, parent = alive[code], alive.get(row.parent_code)
        if draft.begins_here() or _changed(draft, row, parent):
            draft.rows.append(DraftRow(state.day, row, parent, source))
            draft.row, draft.parent = row, parent
    linked = {id(link.old) for link in links}
    for draft in history.alive.values():
        if id(draft) not in kept:
            draft.ended, draft.stored_end = state.day, False
            draft.rows.append(DraftRow(state.day, None, None, source))
            if id(draft) not in linked:
                history.gone[draft.level, draft.code] = draft
    history.edges += [
        Edge(one.old, alive[one.new_code], state.day, one.share, one.main, one.evidence, one.doubtful, source)
        for one in links
    ]
    history.remarks = [
        replace(one, place=alive[one.place]) if isinstance(one.place, str) else one for one in history.remarks
    ]
    history.alive = alive


def _changed(draft: Draft, row: StateRow, parent: Draft | None) -> bool:
    return (
        draft.row.code != row.code
        or draft.row.level != row.level
        or draft.parent is not parent
        or not same_text(draft.row, row)
    )


def _revive(history: History, state: State, matched: dict[str, Draft], source: str) -> None:
    """A place that was missing from a state in between and is back unchanged was there all the time."""
    for code, row in state.rows.items():
        gone = history.gone.get((row.level, code))
        if code in matched or gone is None or gone.ended is None or not same_text(gone.row, row):
            continue
        if gone.parent is not matched.get(row.parent_code):
            continue
        if gone.stored_end:
            gone.rows.append(DraftRow(gone.ended, None, None, source, retracted=True))
        else:
            gone.rows = [one for one in gone.rows if not (one.day == gone.ended and one.row is None)]
        history.remarks.append(
            Remark(
                gone,
                gone.ended,
                "data_gap",
                f"{gone.named()} is missing from the state of {gone.ended:%d-%m-%Y} and back, unchanged, in that of"
                f" {state.day:%d-%m-%Y}: a gap in the data, not in the world, so it exists in between",
                source,
            )
        )
        gone.ended, gone.stored_end = None, False
        del history.gone[row.level, code]
        matched[code] = gone
