"""Words for pages: levels of provisions, corrections."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from soichieu.documents.mending import CannotMend
from soichieu.documents.models import Correction, Provision

_NAMED = re.compile(r"([a-z]{4,})(\d*)")
_SENTENCE = re.compile(r"[ .]s(\d+)$")

LEVELS = {
    "part": gettext_lazy("Part (Phần)"),
    "chapter": gettext_lazy("Chapter (Chương)"),
    "section": gettext_lazy("Section (Mục)"),
    "subsection": gettext_lazy("Subsection (Tiểu mục)"),
    "article": gettext_lazy("Article (Điều)"),
    "clause": gettext_lazy("Clause (Khoản)"),
    "point": gettext_lazy("Point (Điểm)"),
    "bullet": gettext_lazy("Bullet"),
    "sentence": gettext_lazy("Sentence"),
    "paragraph": gettext_lazy("Paragraph"),
    "heading": gettext_lazy("Heading"),
    "head": gettext_lazy("Letterhead"),
    "letterhead": gettext_lazy("Letterhead"),
    "title": pgettext_lazy("level of a provision", "Title"),
    "preamble": gettext_lazy("Preamble"),
    "basis": gettext_lazy("Legal basis"),
    "enacting": gettext_lazy("Enacting words"),
    "signature": gettext_lazy("Signature"),
    "recipients": gettext_lazy("Recipients"),
    "annex": gettext_lazy("Annex"),
    "table": gettext_lazy("Table"),
    "caption": gettext_lazy("Caption"),
    "note": gettext_lazy("Note"),
    "addressee": gettext_lazy("Addressee"),
    "dissemination": gettext_lazy("Extent of dissemination"),
}


# The reasons of ``mending.CannotMend``, which knows no catalogue.
CANNOT = {
    "there is no such place in the text": gettext_lazy("there is no such place in the text"),
    "a text cannot be empty; leave the place out instead": gettext_lazy(
        "a text cannot be empty; leave the place out instead"
    ),
    "%(nature)s is no nature of a provision": gettext_lazy("%(nature)s is no nature of a provision"),
    "%(kind)s is no kind of correction": gettext_lazy("%(kind)s is no kind of correction"),
    "a place cannot be moved into itself": gettext_lazy("a place cannot be moved into itself"),
    "it does not stand under %(parent)s": gettext_lazy("it does not stand under %(parent)s"),
    "there must be words before and after the place where it is split": gettext_lazy(
        "there must be words before and after the place where it is split"
    ),
    "it holds other places; split one of those": gettext_lazy("it holds other places; split one of those"),
    "it is cut into sentences; mend one of those": gettext_lazy("it is cut into sentences; mend one of those"),
    "nothing stands before it at the same level": gettext_lazy("nothing stands before it at the same level"),
}


def cannot_mend(wrong: CannotMend) -> str:
    """Why a correction makes no sense."""
    said = str(CANNOT.get(wrong.reason, wrong.reason))
    return said % wrong.values if wrong.values else said


def level(kind: str) -> str:
    """The word for a level; an unknown one as the reader names it."""
    return str(LEVELS.get(kind, kind))


def place(citation: str) -> str:
    """Where a provision stands, as a reader says it. A label printed in the text stays as it is ("III.4.-3.s1"); what
    has none bears the reader's own name, which is put into words ("preamble.1.s1": the preamble 1, sentence 1)."""
    first, *rest = citation.split(".")
    named = _NAMED.fullmatch(first)
    if named is None or named[1] not in LEVELS:
        return citation
    numbers = ".".join(part for part in (named[2], *rest) if part)
    words = f"{level(named[1])} {numbers}".strip()
    match = _SENTENCE.search(words)
    if match is None:
        return words
    return _("%(place)s, sentence %(n)s") % {"place": words[: match.start()], "n": match[1]}


def nature(code: str) -> str:
    """The word for the nature of a provision."""
    return str(Provision.Nature(code).label) if code in Provision.Nature.values else ""


def correction(one: Mapping[str, Any]) -> str:
    """A correction in one line: where and what."""
    values = one.get("values") or {}
    what = str(Correction.Kind(one["kind"]).label)
    match one["kind"]:
        case "relabel" | "retitle" | "reword":
            to = str(values.get("label") or values.get("heading") or values.get("text") or "–")
            what = f"{what} → {to[:80]}"
        case "nature":
            what = f"{what} → {nature(values.get('nature', '')) or '–'}"
        case "level":
            what = f"{what} → {level(values.get('kind', ''))}"
        case "move":
            what = _("%(what)s: under %(parent)s, after %(after)s") % {
                "what": what, "parent": values.get("parent") or "–", "after": values.get("after") or "–",
            }  # fmt: skip
    return f"{one['citation']}: {what}"


def day_of(text: object) -> dt.date | None:
    """A day from ISO text, or None."""
    return dt.date.fromisoformat(text) if isinstance(text, str) and len(text) == 10 else None
