"""Between two states without a succession: which place is the same, by code, name and what lies around and inside."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from soichieu.language.text import comparison_key, fold
from soichieu.organisation.commands.place_files import State, StateRow
from soichieu.organisation.commands.place_history import Draft, History, Link, Remark
from soichieu.organisation.kinds import Level, Share


def match_by_evidence(history: History, state: State) -> tuple[dict[str, Draft], list[Link]]:
    """New code → the old place it is, and links from old places to new ones. What is in neither began or ended."""
    matched = by_code_and_name(history.alive, state)
    by_name_and_parent(history, state, matched)
    links = by_children(history, state, matched, Level.DISTRICT)
    links += by_children(history, state, matched, Level.PROVINCE)
    links += _other_name(history, state, matched, links)
    _tell_candidates(history, state, matched, links)
    return matched, links


def by_code_and_name(old: dict[str, Draft], state: State) -> dict[str, Draft]:
    """Same code, same level and same name (its type may change: a commune becomes a ward): the same place."""
    return {
        code: old[code]
        for code, row in state.rows.items()
        if code in old
        and old[code].level == row.level
        and comparison_key(old[code].row.name) == comparison_key(row.name)
    }


def by_name_and_parent(history: History, state: State, matched: dict[str, Draft]) -> None:
    """Same level, name and parent where the code is another, one on either side: the same place, its code changed."""
    for level in (Level.DISTRICT, Level.COMMUNE):
        taken = {id(draft) for draft in matched.values()}
        before: dict[tuple[str, int], list[Draft]] = defaultdict(list)
        for draft in history.alive.values():
            if draft.level == level and id(draft) not in taken:
                before[comparison_key(draft.row.name), id(draft.parent)].append(draft)
        after: dict[tuple[str, int], list[str]] = defaultdict(list)
        for code, row in state.rows.items():
            if row.level == level and code not in matched and row.parent_code in matched:
                after[comparison_key(row.name), id(matched[row.parent_code])].append(code)
        for key, codes in after.items():
            if len(codes) == 1 and len(before[key]) == 1:
                draft = before[key][0]
                matched[codes[0]] = draft
                history.remarks.append(
                    Remark(
                        draft,
                        state.day,
                        "code_changed",
                        f"{draft.named()} bears the code {codes[0]} from {state.day:%d-%m-%Y} on: same name, level and"
                        " parent, so it is taken for the same place",
                        state.table.name,
                    )
                )


def by_children(history: History, state: State, matched: dict[str, Draft], level: str) -> list[Link]:
    """Districts and provinces by where their communes went. All of one to all of one: the same place (added to
    ``matched``); else links from what ended, and to what began."""
    flows: dict[int, Counter[str]] = defaultdict(Counter)
    sources: dict[str, Counter[int]] = defaultdict(Counter)
    drafts: dict[int, Draft] = {}
    sizes: Counter[int] = Counter()
    for draft in history.alive.values():
        above = _above(draft, level)
        if draft.level == Level.COMMUNE and above is not None:
            sizes[id(above)] += 1
    for code, draft in matched.items():
        above, to = _above(draft, level), _new_above(state, code, level)
        if draft.level == Level.COMMUNE and above is not None and to:
            flows[id(above)][to] += 1
            sources[to][id(above)] += 1
            drafts[id(above)] = above
    taken = {id(draft) for draft in matched.values()}
    for to, origin in sources.items():
        (one, _count), *others = origin.most_common()
        if to not in matched and not others and len(flows[one]) == 1 and one not in taken:
            matched[to] = drafts[one]
            taken.add(one)
    identity = {id(draft): code for code, draft in matched.items() if draft.level == level}
    links = []
    for one, outflow in flows.items():
        ended = one not in identity
        main = outflow.most_common(1)[0][0]
        for to, count in outflow.items():
            if (ended or to not in matched) and identity.get(one) != to:
                links.append(
                    Link(
                        drafts[one],
                        to,
                        Share.WHOLE if ended and len(outflow) == 1 else Share.SPLIT,
                        ended and to == main,
                        f"{count} of its {sizes[one]} communes went there under their own code and name",
                    )
                )
    return links


def _above(draft: Draft, level: str) -> Draft | None:
    above = draft.parent
    while above is not None and above.level != level:
        above = above.parent
    return above


def _new_above(state: State, code: str, level: str) -> str:
    row = state.rows.get(state.rows[code].parent_code)
    while row is not None and row.level != level:
        row = state.rows.get(row.parent_code)
    return row.code if row else ""


def _other_name(history: History, state: State, matched: dict[str, Draft], above: list[Link]) -> list[Link]:
    """Communes with the code of an old one and another name: renamed, made of several, or in doubt."""
    went = {(id(link.old), link.new_code) for link in above}
    taken = {id(draft) for draft in matched.values()}
    pending = [
        code
        for code, row in state.rows.items()
        if code not in matched and code in history.alive and row.level == Level.COMMUNE == history.alive[code].level
    ]
    vanished: Counter[int] = Counter()
    siblings: dict[int, list[Draft]] = defaultdict(list)
    for draft in history.alive.values():
        if draft.level == Level.COMMUNE and id(draft) not in taken:
            siblings[id(draft.parent)].append(draft)
            if draft.code not in pending:
                vanished[id(draft.parent)] += 1
    links: list[Link] = []
    made_of = {code: _made_of(state.rows[code], siblings[id(history.alive[code].parent)]) for code in pending}
    # What went whole into a joined name does not go on under its own code as well.
    joined = {id(one) for parts in made_of.values() for one in parts}
    for code in pending:
        draft, row = history.alive[code], state.rows[code]
        parts = made_of[code]
        if id(draft) in taken or (id(draft) in joined and not parts):
            continue
        same_parent = matched.get(row.parent_code) is draft.parent
        if not same_parent and (id(draft.parent), row.parent_code) not in went:
            continue
        if alike(draft.row.name, row.name) or (same_parent and not parts and not vanished[id(draft.parent)]):
            matched[code] = draft
        elif parts:
            links += [Link(one, code, Share.WHOLE, True, "the new name is made of the old ones") for one in parts]
        else:
            links.append(
                Link(
                    draft,
                    code,
                    Share.WHOLE,
                    True,
                    f"same code and parent, another name; {vanished[id(draft.parent)]} neighbours vanished beside it",
                    doubtful=True,
                )
            )
    return links


def _made_of(row: StateRow, old: list[Draft]) -> list[Draft]:
    """The old places whose names the new name joins with a dash: at least two, or none."""
    parts = {comparison_key(part) for part in re.split(r"\s+[-–]\s+", row.name)}
    found = [draft for draft in old if comparison_key(draft.row.name) in parts]
    each_once = {comparison_key(draft.row.name) for draft in found} == parts and len(found) == len(parts)
    return found if len(parts) > 1 and each_once else []


def alike(one: str, other: str) -> bool:
    """Whether two names are one name spelled in two ways: equal without marks and spaces, or one letter apart."""
    first, second = (re.sub(r"\W", "", re.sub(r"\b0+(?=\d)", "", fold(name))) for name in (one, other))
    if re.sub(r"\D", "", first) != re.sub(r"\D", "", second):
        return False
    if first == second:
        return True
    if min(len(first), len(second)) < 4 or abs(len(first) - len(second)) > 1:
        return False
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    rest = (first[start:], second[start:])
    return rest[0][1:] == rest[1][1:] or rest[0][1:] == rest[1] or rest[0] == rest[1][1:]


def _tell_candidates(history: History, state: State, matched: dict[str, Draft], links: list[Link]) -> None:
    """Beside each commune that vanished without an heir: which names are new where it lay."""
    taken = {id(draft) for draft in matched.values()} | {id(link.old) for link in links}
    new_names: dict[int, list[StateRow]] = defaultdict(list)
    for code, row in state.rows.items():
        if code not in matched and row.level == Level.COMMUNE and row.parent_code in matched:
            new_names[id(matched[row.parent_code])].append(row)
    for draft in history.alive.values():
        if draft.level != Level.COMMUNE or id(draft) in taken or draft.parent is None:
            continue
        here = [f"{row.full_name} ({row.code})" for row in new_names[id(draft.parent)]]
        text = f"{draft.named()} in {draft.parent.named()} vanished; the files do not say into what"
        if here:
            text += f"; new names there on that day: {', '.join(sorted(here))}"
        history.remarks.append(Remark(draft, state.day, "candidates", text, state.table.name))
