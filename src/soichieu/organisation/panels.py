"""Places on the sheet of a unit and on the leader's page that rooms above fill. A room registers one callable from its
``AppConfig.ready``; whoever draws the page names none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Block:
    """A block of the leader's page. ``url`` leads to where all of it stands, ``all_of`` is what that is called."""

    title: str
    html: SafeString
    url: str
    all_of: str


LeaderFiller = Callable[[HttpRequest, TwoDates], Block]
"""Gives a block of the leader's page, as at and as known at both dates; one that is empty says so."""

_leader_fillers: list[tuple[int, LeaderFiller]] = []


def register_for_leader(filler: LeaderFiller, order: int) -> LeaderFiller:
    """Let a room fill a block of the leader's page, after what waits; lower orders stand higher. Registering it again
    changes nothing."""
    if filler not in [one for _order, one in _leader_fillers]:
        _leader_fillers.append((order, filler))
        _leader_fillers.sort(key=lambda each: each[0])
    return filler


def leader_blocks(request: HttpRequest, two: TwoDates) -> list[Block]:
    """The blocks that rooms put on the leader's page, in order."""
    return [filler(request, two) for _order, filler in _leader_fillers]
