"""The sites: written one by one or made in one go, in the tree; who chairs, who is expected, what they answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from soichieu.conferences import book, rights
from soichieu.conferences.commands.base import before_end, in_office_words, line_of, link_of, preparing
from soichieu.conferences.commands.floor import site_of
from soichieu.conferences.commands.planning import locked_state
from soichieu.conferences.errors import MovedOn
from soichieu.conferences.kinds import Answer, EventKind
from soichieu.conferences.models import Conference, Event
from soichieu.conferences.state import Site, State
from soichieu.documents.storing import new_key
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.organisation import queries as organisation
from soichieu.organisation.addressees import AddresseeRule
from soichieu.organisation.askers import Asker
from soichieu.organisation.columns import LINES
from soichieu.organisation.names import name_of

MOST_SITES = 12_000
MOST_EXPECTED = 500
LINES_OF_SITE = ("good", "poor", "none")
LONGEST = {"chair": 255, "telephone": 60}


@transaction.atomic
def write_site(*, asker: Asker, conference: Conference, facts: Mapping[str, Any], key: str = "") -> Event:
    """Write a site, or what is known of it anew (``key``). ``facts``: fields of ``state.Site``: name, unit (id), parent
    (key), order, chair, co_chairs, join_link, telephone (of an office), line (good, poor, none).

    Raises ``Refusal`` naming the field: a link that is none, a parent under itself, a unit that has a site already.
    """
    state = preparing(asker, conference)
    before = state.sites.get(key) if key else None
    if key and before is None:
        raise MovedOn(_("This site was taken out meanwhile."))
    said = _facts(state, facts, key)
    if before is None:
        said = {"name": "", "unit": None, "parent": "", "order": _next_order(state), **said}
        if not said["name"]:
            raise Refusal(_("This is needed."), field="name")
    return book.write(asker, conference, EventKind.SITE, {"key": key or new_key(), **said})


@transaction.atomic
def remove_site(*, asker: Asker, conference: Conference, site: str) -> Event:
    """Take a site out; those under it move up. Not one that is in the agenda, has a statement or was called already."""
    state = preparing(asker, conference)
    gone = site_of(state, site)
    if any(item.site == site for item in state.agenda):
        raise Refusal(_("“%(name)s” stands in the agenda. Take its line out there first.") % {"name": gone.name})
    if any(one.site == site for one in state.statements.values()):
        raise Refusal(_("“%(name)s” has a statement. Give the statement to another site first.") % {"name": gone.name})
    if gone.present is not None:
        raise Refusal(_("“%(name)s” was called already; it stays.") % {"name": gone.name})
    return book.write(asker, conference, EventKind.SITE_REMOVED, {"key": site})


@transaction.atomic
def make_sites(
    *, asker: Asker, conference: Conference, units: Sequence[int], centre: bool = True, naming: str = ""
) -> list[Event]:
    """Sites in one go, in the order given; a unit that has one is left alone. A site stands under that of the nearest
    superior that has one, else under the central site. ``naming``: how a site is called, with ``{unit}``.

    ``units``: from ``units_under`` or ``units_by_rule``. ``centre``: make the central site too when there is none.
    """
    state = preparing(asker, conference)
    naming = line_of(naming, "naming") or in_office_words(lambda: _("Site of {unit}"))
    if "{unit}" not in naming:
        raise Refusal(_("The way of naming contains {unit}, where the name of the unit goes."), field="naming")
    day = state.held_on or clock.today()
    sites = {site.unit: site.key for site in state.sites.values() if site.unit is not None}
    wanted = [one for one in dict.fromkeys(int(unit) for unit in units) if one not in sites]
    if len(wanted) + len(state.sites) > MOST_SITES:
        raise Refusal(_("At most %(n)d sites.") % {"n": MOST_SITES}, field="units")
    names = name_of([*wanted, conference.unit_id], day)
    order, written = _next_order(state), []
    if centre and not any(not site.parent for site in state.sites.values()) and conference.unit_id not in sites:
        key = new_key()
        written.append(book.write(
            asker, conference, EventKind.SITE,
            {"key": key, "name": in_office_words(lambda: _("Central site")), "unit": conference.unit_id, "parent": "",
             "order": 0, "chair": state.chair},
        ))  # fmt: skip
        sites[conference.unit_id] = key
        wanted = [one for one in wanted if one != conference.unit_id]
        order = max(order, 1)
    top = sites.get(conference.unit_id) or next((s.key for s in state.ordered_sites if not s.parent), "")
    for unit in wanted:
        sites[unit] = new_key()
    for unit in wanted:
        above = next((sites[one] for one in _superiors(unit, day) if one in sites), top)
        written.append(book.write(
            asker, conference, EventKind.SITE,
            {"key": sites[unit], "name": naming.replace("{unit}", names[unit]), "unit": unit,
             "parent": above if above != sites[unit] else "", "order": order},
        ))  # fmt: skip
        order += 1
    return written


def units_under(conference: Conference, day: dt.date, *, line: str = "sector", deep: bool = False) -> list[int]:
    """The units directly under the one that holds it (``deep``: also those under them), in official order."""
    if deep:
        return [int(one) for one in organisation.subtree(conference.unit_id, line, day) if one != conference.unit_id]
    return organisation.subordinates(conference.unit_id, line, day)


def units_by_rule(rule: AddresseeRule, day: dt.date) -> list[int]:
    """The units that a rule of addressees means on a day, in official order."""
    return rule.members(day)


@transaction.atomic
def expect(
    *, asker: Asker, conference: Conference, site: str, posts: Sequence[Mapping[str, str]], heads: int | None = None
) -> Event:
    """Who is expected at a site, by post ({key, post, name}; key empty for a new one), and how many heads in all.
    Whoever stays on the list keeps the answer. A name only where the work needs it."""
    state = preparing(asker, conference)
    place = site_of(state, site)
    if len(posts) > MOST_EXPECTED:
        raise Refusal(_("At most %(n)d participants at one site.") % {"n": MOST_EXPECTED}, field="posts")
    if heads is not None and not 0 <= heads <= 100_000:
        raise Refusal(_("How many were expected: 0 or more."), field="heads")
    rows = []
    for one in posts:
        post = line_of(one.get("post"), "posts")
        if not post:
            continue
        key = str(one.get("key") or "")
        rows.append({"key": key if key in place.expected else new_key(), "post": post,
                     "name": line_of(one.get("name"), "posts", longest=120)})  # fmt: skip
    return book.write(
        asker, conference, EventKind.EXPECTED,
        {"site": site, "heads": heads if heads is not None else place.expected_heads, "expected": rows},
    )  # fmt: skip


@transaction.atomic
def answer(
    *, asker: Asker, conference: Conference, site: str, key: str, answer: str, substitute: str = "", reason: str = ""
) -> Event:
    """What an expected participant answers: by the site's own officer, or written down by whoever prepares the
    conference. Excused needs a reason, a substitute its post."""
    state = locked_state(conference)
    place = site_of(state, site)
    rights.require_for_site(asker, conference, place)
    before_end(state)
    if key not in place.expected:
        raise MovedOn(_("This participant is not expected any more."))
    if answer not in Answer.values:
        raise Refusal(_("Choose one of the answers."), field="answer")
    substitute, reason = line_of(substitute, "substitute"), line_of(reason, "reason", longest=500)
    if answer == Answer.SUBSTITUTE and not substitute:
        raise Refusal(_("Name the post of the substitute."), field="substitute")
    if answer == Answer.EXCUSED and not reason:
        raise Refusal(_("Say why."), field="reason")
    return book.write(
        asker, conference, EventKind.ANSWERED,
        {"site": site, "key": key, "answer": answer,
         "substitute": substitute if answer == Answer.SUBSTITUTE else "", "reason": reason},
    )  # fmt: skip


@transaction.atomic
def own_line(*, asker: Asker, conference: Conference, site: str, chair: str, telephone: str, line: str) -> Event:
    """What a site says of itself: who chairs there, the telephone of its office, how good its line is."""
    state = locked_state(conference)
    place = site_of(state, site)
    rights.require_for_site(asker, conference, place)
    before_end(state)
    said = _facts(state, {"chair": chair, "telephone": telephone, "line": line}, site)
    return book.write(asker, conference, EventKind.SITE, {"key": site, **said})


@transaction.atomic
def reorder(*, asker: Asker, conference: Conference, keys: Sequence[str]) -> list[Event]:
    """The order of introduction, as a list of all sites; only those that move are written."""
    state = preparing(asker, conference)
    if set(keys) != set(state.sites) or len(keys) != len(state.sites):
        raise MovedOn(_("The sites changed meanwhile. Look, and order them again."))
    return [
        book.write(asker, conference, EventKind.SITE, {"key": key, "order": place})
        for place, key in enumerate(keys)
        if state.sites[key].order != place
    ]


@transaction.atomic
def move_site(*, asker: Asker, conference: Conference, site: str, up: bool) -> list[Event]:
    """One place up or down among the sites under the same one; at the end nothing happens."""
    state = preparing(asker, conference)
    here = site_of(state, site)
    beside = [one for one in state.ordered_sites if one.parent == here.parent]
    at = beside.index(here)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(beside):
        return []
    keys = [one.key for one in state.ordered_sites]
    a, b = keys.index(here.key), keys.index(beside[other].key)
    keys[a], keys[b] = keys[b], keys[a]
    return reorder(asker=asker, conference=conference, keys=keys)


def _facts(state: State, facts: Mapping[str, Any], key: str) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, value in facts.items():
        if name == "name":
            said[name] = line_of(value, name, needed=True)
        elif name in ("chair", "telephone"):
            said[name] = line_of(value, name, longest=LONGEST[name])
        elif name == "co_chairs":
            said[name] = [line_of(one, name) for one in value if str(one).strip()]
        elif name == "join_link":
            said[name] = link_of(value)
        elif name == "line":
            if value not in LINES_OF_SITE:
                raise Refusal(_("Say how good its line is."), field=name)
            said[name] = value
        elif name == "order":
            said[name] = int(value or 0)
        elif name == "unit":
            said[name] = _unit(state, value, key)
        elif name == "parent":
            said[name] = _parent(state, str(value or ""), key)
        else:
            raise Refusal(_("“%(name)s” is no field of a site.") % {"name": name}, field=name)
    return said


def _unit(state: State, value: Any, key: str) -> int | None:
    if value in (None, ""):
        return None
    unit = int(value)
    if not organisation.views_of([unit], state.held_on or clock.today()):
        raise Refusal(_("There is no such unit."), field="unit")
    if any(site.unit == unit and site.key != key for site in state.sites.values()):
        raise Refusal(_("This unit has a site already."), field="unit")
    return unit


def _parent(state: State, parent: str, key: str) -> str:
    seen, at = {key} if key else set(), parent
    while at:
        if at not in state.sites:
            raise Refusal(_("There is no such site in this conference."), field="parent")
        if at in seen:
            raise Refusal(_("A site cannot stand under itself."), field="parent")
        seen.add(at)
        at = state.sites[at].parent
    return parent


def _superiors(unit: int, day: dt.date) -> list[int]:
    return [above for line in LINES for above in organisation.ancestors(unit, line, day)]


def _next_order(state: State) -> int:
    return max((site.order for site in state.sites.values()), default=-1) + 1


def chairs_of(site: Site) -> list[str]:
    """Who chairs a site, the chair first."""
    return [one for one in (site.chair, *site.co_chairs) if one]
