"""What goes into an alignment and what comes out of it: plain values without behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Relation = Literal["equivalent", "subset", "superset", "intersects", "none"]
RELATIONS: tuple[Relation, ...] = ("equivalent", "subset", "superset", "intersects", "none")
"""From the item's side: its content is the same as the provision's, part of it, more than it, overlaps it, none."""


Kind = Literal["word", "phrase", "concept"]


@dataclass(frozen=True, slots=True)
class Text:
    """An item or a provision: an opaque `id`, its `text`, and the `heading` it stands under where one is known.

    The order of a list of them is the order of the document; the id says nothing.
    """

    id: str
    text: str
    heading: str = ""


Item = Text
"""One line of a plan or programme: the left side."""
Provision = Text
"""One sentence, point or article of a directive: the right side."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One provision suggested for one item.

    `rank` counts from 1 within the item; `score` is the probability, 0 to 1, that a person would accept the link;
    `relation` what it would be, from the item's side ('none' where acceptance is unlikely).
    """

    left: str
    right: str
    rank: int
    score: float
    relation: Relation


@dataclass(frozen=True, slots=True)
class SharedTerm:
    """A word, word group or concept found on both sides, and its share (0 to 1) of all that the two share.

    `left` and `right` are as they stand in the texts: the same words, or two that mean the same (`kind` 'concept').
    """

    left: str
    right: str
    weight: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a provision was suggested for an item: what a person can check by eye. Wording is the pages' business.

    `numbers`, `dates`, `bodies` and `documents` are printed forms found on both sides. `heading` has the terms that
    the two headings share. `parts` says what each part of the engine added to this pair against the average
    provision, in units of log-odds, strongest first: 'order' is the place among the neighbours.
    """

    terms: tuple[SharedTerm, ...] = ()
    numbers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    heading: tuple[SharedTerm, ...] = ()
    parts: tuple[tuple[str, float], ...] = ()
