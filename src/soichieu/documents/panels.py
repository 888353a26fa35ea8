"""Places on the page of a document that rooms above fill: the margin beside each sentence, the contents, the side.

A room registers one callable from its ``AppConfig.ready``; documents name none of them. It is called once a page with
everything on it, so that it can ask its questions in bulk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from soichieu.documents.models import Document, Edition


@dataclass(frozen=True)
class Margin:
    """The answer beside one sentence. ``html`` is shown in the margin; ``tone`` colours its number: ``full`` (all
    answered), ``open``, ``hole`` (something is late), or nothing."""

    html: SafeString
    tone: str = ""


@dataclass(frozen=True)
class Filling:
    """What a room puts on the page of one edition.

    ``margin`` and ``contents`` by identity (primary key of ``ProvisionIdentity``): beside a sentence, bullet or table
    row, and beside a heading in the list of contents. ``head`` stands above the sheet, ``side`` below the contents,
    ``actions`` beside the page's own buttons, ``legend`` under the contents.
    """

    margin: Mapping[int, Margin] = field(default_factory=dict)
    contents: Mapping[int, SafeString] = field(default_factory=dict)
    head: SafeString = SafeString("")
    side: SafeString = SafeString("")
    actions: SafeString = SafeString("")
    legend: SafeString = SafeString("")


Filler = Callable[[HttpRequest, Document, Edition | None], Filling]

_fillers: list[Filler] = []


def register(filler: Filler) -> Filler:
    """Let a room fill its part of every document's page. Registering it again changes nothing."""
    if filler not in _fillers:
        _fillers.append(filler)
    return filler


def filled(request: HttpRequest, document: Document, edition: Edition | None) -> Filling:
    """All that the rooms put on this page, joined; of two margins at one place the first gives the tone."""
    fillings = [filler(request, document, edition) for filler in _fillers]
    if len(fillings) == 1:
        return fillings[0]
    margin: dict[int, Margin] = {}
    contents: dict[int, SafeString] = {}
    for filling in fillings:
        for key, one in filling.margin.items():
            before = margin.get(key)
            margin[key] = Margin(_join([before.html, one.html]), before.tone or one.tone) if before else one
        for key, html in filling.contents.items():
            contents[key] = _join([contents[key], html]) if key in contents else html
    return Filling(
        margin,
        contents,
        *(_join(getattr(filling, part) for filling in fillings) for part in ("head", "side", "actions", "legend")),
    )


def _join(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 (each part is safe already)
