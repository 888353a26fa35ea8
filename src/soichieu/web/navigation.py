"""The site's menu, where a role starts, and the few places of the shell that a room may fill.

Rooms register from their ``AppConfig.ready``; the shell names none of them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

Label = str | Promise


@dataclass(frozen=True)
class Item:
    """One entry of the menu. ``roles``: shown only to askers holding one of them; None shows it to all signed in."""

    name: str
    label: Label
    url_name: str
    order: int
    roles: frozenset[str] | None = None


@dataclass(frozen=True)
class Link:
    """An item made ready for one request."""

    name: str
    label: Label
    url: str
    current: bool


@dataclass(frozen=True)
class _Home:
    url_name: str
    order: int
    roles: frozenset[str] | None


_items: dict[str, Item] = {}
_homes: dict[str, _Home] = {}
_slots: dict[str, str] = {}


def register(name: str, label: Label, url_name: str, order: int, roles: Collection[str] | None = None) -> None:
    """Put an item into the menu. Registering ``name`` again replaces it. ``order``: lower stands further left."""
    _items[name] = Item(name, label, url_name, order, frozenset(roles) if roles is not None else None)


def register_home(url_name: str, order: int, roles: Collection[str] | None = None) -> None:
    """Say where "/" leads for askers of these roles; the lowest order that fits wins."""
    _homes[url_name] = _Home(url_name, order, frozenset(roles) if roles is not None else None)


def register_slot(slot: str, template: str) -> None:
    """Fill a place of the shell with a room's template. Places: ``who`` (who is signed in, in which post)."""
    _slots[slot] = template


def slots() -> dict[str, str]:
    """Place of the shell → template that fills it."""
    return dict(_slots)


def roles_of(request: HttpRequest) -> frozenset[str]:
    """The role codes of who asks; empty for nobody."""
    asker = getattr(request, "asker", None)
    return frozenset(str(role) for role in getattr(asker, "roles", ()) or ())


def _fits(roles: frozenset[str] | None, held: frozenset[str]) -> bool:
    return roles is None or bool(roles & held)


def links(request: HttpRequest) -> list[Link]:
    """The menu for this request, in order, with the current item marked.

    Current is the item a view named in ``request.nav_current``, else the one whose view is shown, else the one with
    the longest address that the shown address begins with.
    """
    held = roles_of(request)
    found: list[tuple[Item, str]] = []
    for item in sorted(_items.values(), key=lambda each: (each.order, each.name)):
        if _fits(item.roles, held):
            try:
                found.append((item, reverse(item.url_name)))
            except NoReverseMatch:
                continue
    current = getattr(request, "nav_current", None)
    match = request.resolver_match
    if current is None and match is not None:
        current = next((item.name for item, _ in found if item.url_name == match.view_name), None)
    if current is None:
        under = [(len(url), item.name) for item, url in found if url != "/" and request.path.startswith(url)]
        current = max(under)[1] if under else None
    return [Link(item.name, item.label, url, item.name == current) for item, url in found]


ROOM_IN_THE_BAR = 9


def in_the_bar(menu: list[Link]) -> tuple[list[Link], list[Link]]:
    """What of a menu stands in the bar at the top, and what under "More": a bar of a dozen words pushes out who is
    signed in. Where the reader is always stands in the bar."""
    if len(menu) <= ROOM_IN_THE_BAR + 1:
        return menu, []
    shown = menu[:ROOM_IN_THE_BAR]
    hidden = menu[ROOM_IN_THE_BAR:]
    here = next((link for link in hidden if link.current), None)
    if here is not None:
        hidden = [shown[-1], *(link for link in hidden if link is not here)]
        shown = [*shown[:-1], here]
    return shown, hidden


def home_url(request: HttpRequest) -> str:
    """Where this asker starts: the first home that fits their roles, else the first item of their menu."""
    held = roles_of(request)
    for home in sorted(_homes.values(), key=lambda each: each.order):
        if _fits(home.roles, held):
            try:
                return reverse(home.url_name)
            except NoReverseMatch:
                continue
    menu = links(request)
    return menu[0].url if menu else reverse("web:about")
