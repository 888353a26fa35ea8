"""Places on the sheet of a unit that rooms above fill. A room registers one callable from its ``AppConfig.ready``;
whoever draws the sheet names none of them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from soichieu.organisation.unit_views import UnitView
from soichieu.web.dates import TwoDates

Filler = Callable[[HttpRequest, UnitView, TwoDates], SafeString]
"""Gives a section of the sheet, as at and as known at both dates; empty when there is nothing for this asker to see."""

_fillers: list[tuple[int, Filler]] = []


def register(filler: Filler, order: int) -> Filler:
    """Let a room fill a section of every unit's sheet; lower orders stand higher. Registering it again changes
    nothing."""
    if filler not in [one for _order, one in _fillers]:
        _fillers.append((order, filler))
        _fillers.sort(key=lambda each: each[0])
    return filler


def filled(request: HttpRequest, unit: UnitView, two: TwoDates) -> list[SafeString]:
    """The sections that rooms put on this sheet, in order."""
    return [html for _order, filler in _fillers if (html := filler(request, unit, two))]
