"""Words for what the engine finds. A difference is said as what it is; nothing accuses."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from soichieu.links.engine import Drifted
from soichieu.links.models import Relation

Words = str | Promise

HOW: dict[str, Words] = {
    "copied": pgettext_lazy("a line", "copied"),
    "reworded": pgettext_lazy("a line", "reworded"),
    "specific": pgettext_lazy("a line", "made specific"),
    "own": pgettext_lazy("a line", "of its own"),
}
ADDED: dict[str, Words] = {
    "quantity": gettext_lazy("how much"),
    "place": gettext_lazy("where"),
    "person": gettext_lazy("who"),
    "date": gettext_lazy("by when"),
    "product": gettext_lazy("which product"),
}
DRIFTS: dict[str, Words] = {
    "target_weaker": gettext_lazy("target lower"),
    "deadline_later": gettext_lazy("deadline later"),
    "scope_narrower": gettext_lazy("scope narrower"),
    "product_missing": gettext_lazy("product missing"),
}
DIFFERS: dict[str, Words] = {
    "target_weaker": gettext_lazy("another target"),
    "deadline_later": gettext_lazy("another deadline"),
    "scope_narrower": gettext_lazy("another scope"),
    "product_missing": gettext_lazy("another product"),
}
"""Between two superiors neither is the measure of the other: that they differ is all that is said."""
CLEARS: dict[str, Words] = {
    "who": pgettext_lazy("six clears", "who"),
    "what": pgettext_lazy("six clears", "what"),
    "when": pgettext_lazy("six clears", "when"),
    "responsibility": pgettext_lazy("six clears", "responsibility"),
    "authority": pgettext_lazy("six clears", "authority"),
    "product": pgettext_lazy("six clears", "product"),
}
AGAIN: dict[str, Words] = {
    "item": gettext_lazy("the line was reworded after the decision"),
    "provision": gettext_lazy("the sentence was reworded after the decision"),
    "gone": gettext_lazy("the sentence is no longer in the newest text"),
    "": "",
}
REASONS: dict[str, Words] = {
    "words": gettext_lazy("Words in common"),
    "meaning": gettext_lazy("Words that mean the same"),
    "numbers": gettext_lazy("Numbers in common"),
    "dates": gettext_lazy("Dates in common"),
    "bodies": gettext_lazy("Bodies named in both"),
    "documents": gettext_lazy("Documents cited in both"),
    "headings": gettext_lazy("Headings in common"),
}


def how_words(how: str) -> str:
    """How much of a line was taken over."""
    return str(HOW[how])


def drift_words(one: Drifted) -> str:
    """In what a line falls behind."""
    return str(DRIFTS[one.kind])


def differs_words(one: Drifted) -> str:
    """In what two superiors differ."""
    return str(DIFFERS[one.kind])


def clears_words(missing: Iterable[str]) -> list[str]:
    """Which of the six clears are missing, in the order of the conclusion."""
    return [str(CLEARS[one]) for one in missing]


def found_words(again: str) -> str:
    """Why a decision is to be looked at again."""
    return str(AGAIN[again])


def reason_words(kind: str) -> str:
    """What kind of reason it is."""
    return str(REASONS.get(kind, kind))


def relation_words(relation: str) -> str:
    """How a line stands to a sentence."""
    return str(Relation(relation).label)
