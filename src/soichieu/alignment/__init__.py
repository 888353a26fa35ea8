"""Soi chiếu: hold items (tasks of a plan) up against provisions (sentences of a directive).

    from soichieu.alignment import Item, Provision, align

    found = align([Item("1", "…")], [Provision("a", "…"), Provision("b", "…")], top=5)
    for suggestion in found.of("1"):
        print(suggestion.right, suggestion.score, suggestion.relation)
    found.reasons("1", "a")

Plain Python with NumPy and SciPy, offline, Vietnamese and English. `align` is the act; `Weights` are what it goes by
and `learn` makes new ones from decisions; a sentence model can be plugged in (`vector_model`) and none is needed.
"""

from .engine import Alignment, align
from .learning import Judged, learn
from .model import RELATIONS, Item, Provision, Reasons, Relation, SharedTerm, Suggestion, Text
from .tokens import Cache, language_of
from .vector_model import Embedder
from .weights import Weights, default_weights

__all__ = [
    "RELATIONS",
    "Alignment",
    "Cache",
    "Embedder",
    "Item",
    "Judged",
    "Provision",
    "Reasons",
    "Relation",
    "SharedTerm",
    "Suggestion",
    "Text",
    "Weights",
    "align",
    "default_weights",
    "language_of",
    "learn",
]
