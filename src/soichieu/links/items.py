"""The lines of plans as this room knows them: by room, kind and key. Rooms that have lines register a provider.

So the light table and the matrix live here, below the rooms, and import none of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.core.exceptions import ObjectDoesNotExist

from soichieu.documents.models import Document
from soichieu.organisation.askers import Asker


@dataclass(frozen=True)
class Item:
    """One line of a plan, as it stands in its newest version. ``hash`` is over its words; ``key`` outlives versions."""

    key: str
    text: str
    heading: str = ""
    number: str = ""
    hash: str = ""
    leads: tuple[str, ...] = ()
    person: str = ""
    cooperators: str = ""
    output: str = ""
    deciding_body: str = ""
    deadline_text: str = ""
    deadline: dt.date | None = None
    url: str = ""


@dataclass(frozen=True)
class Holding:
    """A plan whose lines are held up: whose it is, what it is called, where its page is, which documents stand above
    it. ``begun_on``: since when it is in force, to point at work that was there before a directive."""

    room: str
    kind: str
    key: str
    unit_id: int
    title: str
    url: str
    items: tuple[Item, ...]
    superiors: tuple[Document, ...] = ()
    begun_on: dt.date | None = None
    edition: int = 0
    """The version's ordinal."""


@dataclass(frozen=True)
class Slip:
    """The least of a plan to hold up, for lists of very many: its key, whose it is, the primary keys of the documents
    above it, whoever may see them."""

    room: str
    kind: str
    key: str
    unit_id: int
    superiors: tuple[int, ...]


@dataclass(frozen=True)
class Head:
    """A plan in a list of plans to hold up: like :class:`Holding`, with the count of its lines in their place."""

    room: str
    kind: str
    key: str
    unit_id: int
    title: str
    url: str
    edition: int
    lines: int


class Provider(Protocol):
    """What a room answers about its plans. A plan that the asker may not see raises the room's ``DoesNotExist``."""

    def holding(self, asker: Asker, key: str) -> Holding:
        """One plan with the lines of its newest version, as far as the asker may see it."""

    def slips(self, asker: Asker) -> Sequence[Slip]:
        """Every plan with lines that the asker may see, in official order of units; a few queries for all of them."""

    def heads(self, asker: Asker, keys: Collection[str]) -> Sequence[Head]:
        """Of the plans named those with lines that the asker may see; a few queries for all of them."""

    def line_counts(self, asker: Asker, keys: Collection[str]) -> Mapping[str, int]:
        """Plan key → how many lines its newest version has that the asker sees; one query for all of them."""

    def state(self) -> Hashable:
        """A value that is another as soon as any plan has a new version; one small query."""

    def titles(self, keys: Collection[str]) -> Mapping[str, tuple[str, str]]:
        """Plan key → (title, address of its page), for lists; keys that are not there are left out."""

    def item_hashes(self, keys: Collection[str]) -> Mapping[str, str]:
        """Item key → the hash of its words now; what is no longer in the newest version is left out."""

    def items(self, keys: Collection[str]) -> Mapping[str, Item]:
        """Item key → the line as it stands in the newest version that held it."""

    def changed_since(self, key: str, hash: str) -> Sequence[tuple[str, str, str]]:
        """What a line says otherwise than when its words had a hash: (field in words, then, now); empty where that
        wording is not known any more."""

    def shown_shares(self, asker: Asker, holding: Holding, document: Document) -> bool:
        """Whether the asker may be shown how much of the plan is taken over: its own unit always (and from then on it
        counts as shown), those above only after that."""


@dataclass
class _Registry:
    providers: dict[tuple[str, str], Provider] = field(default_factory=dict)


_registry = _Registry()


def register(room: str, kind: str, provider: Provider) -> None:
    """Say who answers for lines of a kind. Called once when Django starts."""
    if (room, kind) in _registry.providers:
        raise ValueError(f"lines of kind {room}/{kind} have a provider already")
    _registry.providers[(room, kind)] = provider


def provider_of(room: str, kind: str) -> Provider:
    """The provider of a kind; ``KeyError`` when no room registered one."""
    return _registry.providers[(room, kind)]


def registered() -> Sequence[tuple[str, str]]:
    """The (room, kind) of every provider."""
    return sorted(_registry.providers)


def holding(asker: Asker, key: str) -> Holding:
    """The plan of a key, from whichever room has it; ``ObjectDoesNotExist`` when none has or the asker sees none."""
    for provider in _registry.providers.values():
        try:
            return provider.holding(asker, key)
        except ObjectDoesNotExist:
            continue
    raise ObjectDoesNotExist(key)


def slips(asker: Asker) -> list[Slip]:
    """The plans of every room that the asker may hold up or look at."""
    return [slip for provider in _registry.providers.values() for slip in provider.slips(asker)]


def heads(asker: Asker, slips: Iterable[Slip]) -> dict[str, Head]:
    """Plan key → what a list says of it."""
    named = _by_provider(slips)
    return {head.key: head for name, ones in named.items() for head in provider_of(*name).heads(asker, ones)}


def line_counts(asker: Asker, slips: Iterable[Slip]) -> dict[str, int]:
    """Plan key → how many lines it has, without anything else of it."""
    counted: dict[str, int] = {}
    for name, keys in _by_provider(slips).items():
        counted.update(provider_of(*name).line_counts(asker, keys))
    return counted


def _by_provider(slips: Iterable[Slip]) -> dict[tuple[str, str], set[str]]:
    keys: dict[tuple[str, str], set[str]] = {}
    for slip in slips:
        keys.setdefault((slip.room, slip.kind), set()).add(slip.key)
    return keys
