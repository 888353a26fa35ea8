"""Who may see a conference and do what in it, by the one rule of ``organisation.permissions``."""

from __future__ import annotations

from soichieu.conferences.models import Conference
from soichieu.conferences.state.parts import Site, State
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker

PREPARE, RUN, FOR_SITE = "prepare_conference", "run_conference", "answer_for_site"


def may(asker: Asker, conference: Conference, act: str) -> permissions.Verdict:
    """Whether the asker may prepare or run the conference: an act of the unit that holds it."""
    return permissions.may(asker, act, holder_id=conference.unit_id, on=clock.today())


def require(asker: Asker, conference: Conference, act: str) -> None:
    """Raise ``Forbidden`` with the rule unless the asker may."""
    verdict = may(asker, conference, act)
    if not verdict.allowed:
        raise Forbidden(verdict.reason)


def may_for_site(asker: Asker, conference: Conference, site: Site) -> permissions.Verdict:
    """Whether the asker speaks for a site: an officer of its unit, or (by telephone) whoever prepares the whole."""
    own = is_of_site(asker, site)
    return own if own is not None else may(asker, conference, PREPARE)


def is_of_site(asker: Asker, site: Site) -> permissions.Verdict | None:
    """That the asker is an officer of the site's own unit; None where he is not."""
    if site.unit is None:
        return None
    own = permissions.may(asker, FOR_SITE, holder_id=site.unit, on=clock.today())
    return own if own.allowed else None


def require_for_site(asker: Asker, conference: Conference, site: Site) -> None:
    verdict = may_for_site(asker, conference, site)
    if not verdict.allowed:
        raise Forbidden(verdict.reason)


def sees(asker: Asker, conference: Conference, state: State) -> bool:
    """Whether the asker sees a conference at all: he sees the unit that holds it, or a site of it is of his house. Of
    one of which only published facts are kept there is nothing to hide from whoever may sign in."""
    if asker.operator:
        return True
    if asker.unit_id is None or not asker.roles & permissions.SEEING:
        return False
    if state.published_only:
        return True
    on = clock.today()
    if permissions.may(asker, "view_unit", holder_id=conference.unit_id, on=on).allowed:
        return True
    units = [site.unit for site in state.sites.values() if site.unit is not None]
    if not units:
        return False
    seen = permissions.visible_units(asker, on=on)
    return seen is None or bool(set(units) & {int(one) for one in seen})


def runs_or_prepares(asker: Asker, conference: Conference) -> bool:
    """Whether the asker belongs to those who prepare or run the conference: he sees what is not public to its sites."""
    return bool(may(asker, conference, PREPARE)) or bool(may(asker, conference, RUN))
