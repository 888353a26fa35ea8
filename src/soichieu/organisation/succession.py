"""Who came before, who came after, and who holds what an ended unit owed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from soichieu.organisation.columns import Columns, columns, moment_number
from soichieu.organisation.kinds import Standing
from soichieu.organisation.tree import alive_at, is_heir, lines_from, parents_at


@dataclass(frozen=True)
class Heir:
    """Who holds on a day what a unit owed.

    ``by``: ``itself`` (still alive) · ``successor`` (a confirmed main heir) · ``superior`` (no heir is known: the
    superior holds, *heir to be named*) · ``nobody`` (not even a superior is left; someone must be named).
    ``shares`` are the confirmed heirs of a split with the main one first; ``proposed`` wait for a person to confirm.
    """

    unit_id: int | None
    by: str
    to_be_named: bool = False
    shares: tuple[int, ...] = ()
    proposed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of succession: the other unit, the day, how, and what is known of it. ``generation`` counts from 1."""

    old_id: int
    new_id: int
    on: dt.date
    share: str
    main: bool
    status: str
    generation: int = 1


def heir(unit_id: int, on: dt.date, line: str | None = None, known_at: dt.datetime | None = None) -> Heir:
    """Who holds on a day what a unit owed (DESIGN §3, Succession), through as many generations as it takes.

    ``line`` is the directive's: along it the superior is looked for first. Only confirmed successions count.
    """
    of = columns()
    at = of.position(unit_id)
    if at < 0:
        raise KeyError(f"there is no unit with the id {unit_id}")
    alive = alive_at(of, on, known_at)
    if alive.alive[at] or alive.row[at] < 0:
        return Heir(unit_id, "itself")
    by, named = "itself", True
    shares: tuple[int, ...] = ()
    proposed: tuple[int, ...] = ()
    for _step in range(64):
        confirmed, open_ = _heirs_of(of, at, on, known_at)
        if confirmed:
            by = "successor" if by == "itself" else by
            shares = shares or tuple(int(of.ids[one]) for one in confirmed)
            at = confirmed[0]
        else:
            by, named = "superior", False
            proposed = proposed or tuple(int(of.ids[one]) for one in open_)
            above = [int(parents_at(of, name, on, known_at)[at]) for name in lines_from(line)]
            at = next((one for one in above if one >= 0), -1)
            if at < 0:
                return Heir(None, "nobody", True, shares, proposed)
        if alive.alive[at]:
            return Heir(int(of.ids[at]), by, not named, shares if len(shares) > 1 else (), proposed)
    return Heir(None, "nobody", True, shares, proposed)


def _heirs_of(of: Columns, at: int, on: dt.date, known_at: dt.datetime | None) -> tuple[list[int], list[int]]:
    """Positions of the confirmed heirs, the main one first, and of the proposed ones."""
    today = on.toordinal()
    alive = alive_at(of, on, known_at)
    steps = [
        step for step in of.steps_from(moment_number(known_at)).get(at, ()) if is_heir(of, alive, at, step[1], today)
    ]
    return (
        [new for new, _day, _main, _share, status in steps if status == Standing.CONFIRMED],
        [new for new, _day, _main, _share, status in steps if status == Standing.PROPOSED],
    )


def _walk(unit_id: int, forward: bool, generations: int | None, known_at: dt.datetime | None) -> list[Step]:
    of = columns()
    start = of.position(unit_id)
    edges = of.heirs(moment_number(known_at))
    steps: list[Step] = []
    seen, wave, generation = {start}, {start}, 1
    while wave and (generations is None or generation <= generations):
        reached = set()
        for old, new, day, main, share, status in edges:
            here, there = (old, new) if forward else (new, old)
            if here in wave:
                steps.append(
                    Step(int(of.ids[old]), int(of.ids[new]), dt.date.fromordinal(day), share, main, status, generation)
                )
                reached.add(there)
        wave = reached - seen
        seen |= reached
        generation += 1
    return steps


def predecessors(unit_id: int, generations: int | None = None, known_at: dt.datetime | None = None) -> list[Step]:
    """What went into a unit, nearest generation first; proposed steps are there too and say so."""
    return _walk(unit_id, False, generations, known_at)


def successors(unit_id: int, generations: int | None = None, known_at: dt.datetime | None = None) -> list[Step]:
    """What a unit went into, nearest generation first; proposed steps are there too and say so."""
    return _walk(unit_id, True, generations, known_at)
