"""Between two states with a succession table: what the table says, checked against both states."""

from __future__ import annotations

from collections import Counter, defaultdict

from soichieu.language.text import comparison_key
from soichieu.organisation.commands.place_files import State, Succession, SuccessionRow, complain
from soichieu.organisation.commands.place_history import Draft, History, Link, Remark
from soichieu.organisation.commands.place_matching import alike
from soichieu.organisation.kinds import Level, Share


def match_by_table(history: History, state: State, succession: Succession) -> tuple[dict[str, Draft], list[Link]]:
    """New code → the old place it is, and links. One commune, whole, into one that has no other: the same place.

    Provinces follow from their communes. Districts and communes that the table does not name are left to a person.
    """
    edges = _checked(history, state, succession)
    outgoing: dict[str, list[SuccessionRow]] = defaultdict(list)
    incoming: dict[str, list[SuccessionRow]] = defaultdict(list)
    for edge in edges:
        outgoing[edge.old_code].append(edge)
        incoming[edge.new_code].append(edge)
    matched: dict[str, Draft] = {}
    links: list[Link] = []
    for edge in edges:
        old = history.alive[edge.old_code]
        if edge.whole and len(outgoing[edge.old_code]) == len(incoming[edge.new_code]) == 1:
            matched[edge.new_code] = old
        else:
            share = Share.WHOLE if edge.whole else Share.SPLIT
            links.append(Link(old, edge.new_code, share, edge.main, f"{succession.table.name}, line {edge.line}"))
    links += _provinces(history, state, edges, matched)
    _tell_candidates(history, state, matched, links)
    return matched, links


def _checked(history: History, state: State, succession: Succession) -> list[SuccessionRow]:
    """The edges with both ends found, a wrong code mended by name and parent where only one place fits."""
    name = succession.table.name
    before = {code: draft for code, draft in history.alive.items() if draft.level == Level.COMMUNE}
    after = {code: row for code, row in state.rows.items() if row.level == Level.COMMUNE}
    named = {edge.new_code for edge in succession.rows}
    problems: list[str] = []
    edges: list[SuccessionRow] = []
    told: set[str] = set()
    for edge in succession.rows:
        old = before.get(edge.old_code)
        if old is None:
            problems.append(
                f"{name}, line {edge.line}: there is no commune {edge.old_code} ({edge.old_name}) before"
                f" {succession.day:%d-%m-%Y}; correct the code, or import the state before that day with this file"
            )
            continue
        parents = (old.parent.parent.code, old.parent.code) if old.parent and old.parent.parent else None
        agrees = comparison_key(old.row.full_name) == comparison_key(edge.old_name)
        if not agrees and not alike(old.row.full_name, edge.old_name):
            if parents != (edge.old_province, edge.old_district):
                problems.append(
                    f"{name}, line {edge.line}: {edge.old_code} is {edge.old_name} here and {old.named()} in the state"
                    " before, in another district; correct the code or the name"
                )
                continue
            if edge.old_code not in told:
                text = f"{old.named()} is called {edge.old_name} in {name}, line {edge.line}; code and parents agree"
                history.remarks.append(Remark(old, state.day, "name_differs", text, name))
                told.add(edge.old_code)
        if edge.new_code not in after:
            fits = [
                code
                for code, row in after.items()
                if comparison_key(row.full_name) == comparison_key(edge.new_name)
                and row.parent_code == edge.new_province
                and code not in named
            ]
            if len(fits) != 1:
                problems.append(
                    f"{name}, line {edge.line}: there is no commune {edge.new_code} ({edge.new_name}) on"
                    f" {state.day:%d-%m-%Y}; correct the code, or import the state of that day with this file"
                )
                continue
            if edge.new_code not in told:
                text = (
                    f"{edge.new_name} has the code {edge.new_code} in {name} and {fits[0]} in {state.table.name}:"
                    " the only place of that name in the province without an origin, so its code is taken"
                )
                history.remarks.append(Remark(fits[0], state.day, "code_mended", text, name))
                told.add(edge.new_code)
            edge = SuccessionRow(**{**{f: getattr(edge, f) for f in edge.__slots__}, "new_code": fits[0]})
        edges.append(edge)
    complain(problems)
    return edges


def _provinces(history: History, state: State, edges: list[SuccessionRow], matched: dict[str, Draft]) -> list[Link]:
    """Old provinces into the new ones that their communes went to; alone into one alone: the same province."""
    flows: dict[int, Counter[str]] = defaultdict(Counter)
    sources: dict[str, set[int]] = defaultdict(set)
    drafts: dict[int, Draft] = {}
    for edge in edges:
        old = history.alive[edge.old_code]
        while old.parent is not None:
            old = old.parent
        to = state.rows[edge.new_code].parent_code
        flows[id(old)][to] += 1
        sources[to].add(id(old))
        drafts[id(old)] = old
    links = []
    for one, outflow in flows.items():
        main = outflow.most_common(1)[0][0]
        if len(outflow) == 1 and len(sources[main]) == 1:
            matched[main] = drafts[one]
            continue
        for to in outflow:
            share = Share.WHOLE if len(outflow) == 1 else Share.SPLIT
            evidence = f"{outflow[to]} of {outflow.total()} edges of its communes lead there"
            links.append(Link(drafts[one], to, share, to == main, evidence))
    return links


def _tell_candidates(history: History, state: State, matched: dict[str, Draft], links: list[Link]) -> None:
    """Beside what has no heir or no origin: what bears the same name in the same province on the other side."""
    went = {(id(link.old), link.new_code) for link in links}
    linked = {link.new_code for link in links}
    old_ones: dict[str, list[Draft]] = defaultdict(list)
    has_heir = {id(link.old) for link in links} | {id(draft) for draft in matched.values()}
    for draft in history.alive.values():
        if id(draft) not in has_heir:
            old_ones[comparison_key(draft.row.name)].append(draft)
    for code, row in state.rows.items():
        if code in matched or code in linked:
            continue
        for draft in old_ones[comparison_key(row.name)]:
            top = draft.parent
            while top is not None and top.parent is not None:
                top = top.parent
            if top is not None and ((id(top), row.parent_code) in went or matched.get(row.parent_code) is top):
                text = (
                    f"{row.full_name} ({code}) bears the name of {draft.named()} in the same province;"
                    " no table says that it is its heir"
                )
                history.remarks.append(Remark(draft, state.day, "candidates", text, state.table.name))
                history.remarks.append(Remark(code, state.day, "candidates", text, state.table.name))
