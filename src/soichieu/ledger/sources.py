"""What an entry comes from: (room, kind, id, hash), and who can say what such a thing hashes to now, is called and
where it stands.

Rooms register a resolver for each kind of source of theirs when Django starts; the ledger imports no room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from soichieu.ledger.kinds import Closing


@dataclass(frozen=True)
class Source:
    """Where an entry comes from. ``paper`` is false for a telephone call with no paper yet.

    ``hash``: SHA-256 of what is cited, empty where there is nothing to hash (a document registered by number alone).
    """

    room: str
    kind: str
    id: str
    hash: str = ""
    paper: bool = True

    @property
    def key(self) -> tuple[str, str]:
        return self.room, self.kind


TELEPHONE = "telephone"


def by_telephone(caller: str) -> Source:
    """A call from ``caller`` (post or office, no private number), no paper yet."""
    return Source(room="ledger", kind=TELEPHONE, id=caller[:80], paper=False)


@dataclass(frozen=True)
class Resolver:
    """``hashes``: ids → the hash of what is stored now (an id that is gone is left out). ``label`` and ``url`` are
    for people."""

    hashes: Callable[[Iterable[str]], Mapping[str, str]]
    label: Callable[[str], str]
    url: Callable[[str], str | None]


_resolvers: dict[tuple[str, str], Resolver] = {}


def register(room: str, kind: str, resolver: Resolver) -> None:
    """Say how sources of a kind are resolved. A second registration of one kind is a mistake of the programmer."""
    if (room, kind) in _resolvers:
        raise ValueError(f"sources of kind {room}/{kind} have a resolver already")
    _resolvers[(room, kind)] = resolver


def resolver_of(room: str, kind: str) -> Resolver:
    """The resolver of a kind; ``KeyError`` when no room registered one."""
    return _resolvers[(room, kind)]


def registered_kinds() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(_resolvers))


@dataclass(frozen=True)
class ClosingPage:
    """Where the thing is registered that closes a task. ``label``: what the way there says; ``url``: its address, for
    the unit that holds the task and the directive that gives it."""

    label: Any
    url: Callable[[int, int], str]


_closed_by: dict[str, tuple[str, str]] = {}
_closing_pages: dict[str, ClosingPage] = {}


def close_by(ladder: str, room: str, kind: str, page: ClosingPage | None = None) -> None:
    """Say that tasks of a ladder which are done *by claim* are done by a registered thing of this kind and by no bare
    claim (DESIGN §3: *claimed* whose source is the registered session or report), and on which page it is registered.
    Called once, by the room of it."""
    if ladder in _closed_by:
        raise ValueError(f"the ladder {ladder} has its source already")
    _closed_by[ladder] = (room, kind)
    if page is not None:
        _closing_pages[ladder] = page


def closing_page(ladder: str, closing: str) -> ClosingPage | None:
    """The page that closes a task which no bare claim closes; None where the claim itself does, or no page is known."""
    return _closing_pages.get(ladder) if closing == Closing.CLAIMED else None


def closes(ladder: str, source: Source | None) -> bool:
    """Whether a claim from this source may close a task of the ladder by act. A call with no paper closes nothing and
    may always be written; so may what an office's old tracking sheet says, as opening balance."""
    needed = _closed_by.get(ladder)
    if needed is None or (source is not None and (not source.paper or source.key == ("ledger", "sheet"))):
        return True
    return source is not None and source.key == needed


def _says_itself(ids: Iterable[str]) -> dict[str, str]:
    return dict.fromkeys(ids, "")


# Sources that are words only: nothing is stored that could be changed behind the entry.
for _kind in (TELEPHONE, "operator", "sheet", "spoken"):
    register("ledger", _kind, Resolver(hashes=_says_itself, label=str, url=lambda _id: None))
