"""What waits for a person and is no task of the book: a plan to be returned, a question to be answered. A room
registers its queues from its ``AppConfig.ready``; whoever draws *My work* names none of the rooms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from soichieu.organisation.askers import Asker


@dataclass(frozen=True)
class Queue:
    """Why something waits. ``order``: its place among all queues, the smaller the higher (those of tasks stand at whole
    tens); ``step``: the label of the next step; ``waits``: False where it is shown but waits for somebody else."""

    code: str
    label: Any
    order: int
    step: Any = ""
    waits: bool = True


@dataclass(frozen=True)
class Row:
    """One thing that waits. ``code`` and ``title`` name it, ``url`` is where the next step is taken, ``about`` says
    between or under which documents it stands, ``since`` the day from which it waits, ``note`` what was written."""

    code: str
    title: str
    url: str
    unit_id: int
    since: dt.date
    about: str = ""
    note: str = ""


Filler = Callable[[Asker], Mapping[str, Sequence[Row]]]
"""Gives the rows of its room's queues for an asker, by the queue's code, the longest waiting first."""

_rooms: list[tuple[tuple[Queue, ...], Filler]] = []


def register(queues: Sequence[Queue], filler: Filler) -> None:
    """Let a room put queues into *My work*. Registering the same filler again changes nothing; a code that another room
    took is a mistake of the programmer."""
    if filler in [one for _queues, one in _rooms]:
        return
    taken = {queue.code for queue in registered()}
    if double := sorted(taken & {queue.code for queue in queues}):
        raise ValueError(f"there is a queue {double[0]!r} already")
    _rooms.append((tuple(queues), filler))


def registered() -> tuple[Queue, ...]:
    """The queues of all rooms, by their order."""
    return tuple(sorted((queue for queues, _filler in _rooms for queue in queues), key=lambda queue: queue.order))


def waiting_for(asker: Asker) -> dict[str, list[Row]]:
    """Code of a queue → what waits in it for the asker; queues without anything left out."""
    found: dict[str, list[Row]] = {}
    for _queues, filler in _rooms:
        for code, rows in filler(asker).items():
            if rows:
                found[code] = list(rows)
    return found
