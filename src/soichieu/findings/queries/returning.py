"""Shortcomings that return with the same cause, word for word, found by comparing and not by anybody's word.

It is told to the unit that they are about, and to those who write for the occasion of the newer one; nobody else is
told what no person has said yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from soichieu.findings.models import Kind, Part, Step
from soichieu.findings.queries.identity import Identities, oldest_first
from soichieu.findings.queries.listing import concerning
from soichieu.findings.queries.shown import Shown, shown
from soichieu.findings.queries.telling import own_house, prepares
from soichieu.findings.rights import visible_findings
from soichieu.organisation.askers import Asker
from soichieu.web.dates import TwoDates


@dataclass(frozen=True)
class Returning:
    """``newer`` names a cause that ``older`` named before about a unit of both; ``cause``: ``subjective`` or
    ``objective``. ``units``: the units that both are about."""

    newer: Shown
    older: Shown
    cause: str
    units: tuple[int, ...]

    @property
    def words(self) -> str:
        return str(getattr(self.newer.version, f"{self.cause}_cause"))


def returning(asker: Asker, unit_ids: Iterable[int], two: TwoDates | None = None) -> list[Returning]:
    """What returns about some units, as far as it is told to the asker; the newest first. What a unit says of itself
    is left out on both sides, and so are pairs of which a person said that they are one, or that they are not."""
    wanted = {int(one) for one in unit_ids}
    about = concerning(visible_findings(asker).filter(kind=Kind.SHORTCOMING), wanted, [Part.ABOUT])
    return returning_among(asker, shown(about, two), wanted, two)


def returning_among(
    asker: Asker, found: Iterable[Shown], wanted: set[int], two: TwoDates | None = None
) -> list[Returning]:
    """The same among findings that are at hand; others than shortcomings are left out."""
    short = [one for one in found if one.kind == Kind.SHORTCOMING]
    there = [one for one in oldest_first(short) if one.state != Step.State.WITHDRAWN and not one.own]
    if len(there) < 2:
        return []
    identities = Identities(two.known_at if two else None)
    first: dict[tuple[str, str, int], Shown] = {}
    units_of: dict[tuple[int, int, str], set[int]] = {}
    pairs: dict[tuple[int, int, str], tuple[Shown, Shown]] = {}
    for one in there:
        for cause in ("subjective", "objective"):
            key = getattr(one.version, f"{cause}_key")
            for unit in set(one.units) & wanted if key else ():
                older = first.setdefault((cause, key, unit), one)
                if older is one or older.raising.occasion == one.raising.occasion:
                    continue
                pair = (one.finding.pk, older.finding.pk, cause)
                units_of.setdefault(pair, set()).add(unit)
                pairs[pair] = one, older
    made = [
        Returning(*pairs[pair], pair[2], tuple(sorted(units)))
        for pair, units in units_of.items()
        if pair[1] not in identities.of(pair[0]) and not identities.said_apart(pair[0], pair[1])
    ]
    return [one for one in made[::-1] if _told(asker, one)]


def _told(asker: Asker, one: Returning) -> bool:
    return bool(set(one.units) & own_house(asker)) or prepares(asker, one.newer)
