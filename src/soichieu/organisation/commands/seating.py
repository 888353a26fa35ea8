"""Units seated in places: one in every place of a level, following the places through their history."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from soichieu.organisation.askers import Asker
from soichieu.organisation.columns import Editions, columns, moment_number
from soichieu.organisation.commands.base import OrganisationError, moment, require, writing
from soichieu.organisation.commands.succession import propose_from_places
from soichieu.organisation.kinds import COMMITTEE_LEVELS, Kind, Level
from soichieu.organisation.models import Seating, Superior, Unit, UnitState
from soichieu.organisation.places import PlaceColumns, place_columns
from soichieu.organisation.tree import check_line

BATCH = 2000
PREFIX = {
    Kind.PROVINCE_COMMITTEE: "ubnd",
    Kind.DISTRICT_COMMITTEE: "ubnd",
    Kind.COMMUNE_COMMITTEE: "ubnd",
    Kind.COUNCIL: "hdnd",
    Kind.POLICE: "ca",
    Kind.PARTY_COMMITTEE: "cap-uy",
}
SEATED_KINDS = frozenset(str(kind) for kind in PREFIX)
_WORDS = {
    Kind.PROVINCE_COMMITTEE: "Ủy ban nhân dân",
    Kind.DISTRICT_COMMITTEE: "Ủy ban nhân dân",
    Kind.COMMUNE_COMMITTEE: "Ủy ban nhân dân",
    Kind.COUNCIL: "Hội đồng nhân dân",
    Kind.POLICE: "Công an",
}
_PARTY = {"tỉnh": "Tỉnh ủy", "thành phố": "Thành ủy", "quận": "Quận ủy", "huyện": "Huyện ủy", "thị xã": "Thị ủy"}


@dataclass(frozen=True)
class Edition:
    """What a unit is to be from a day on; ``name`` empty: it has ended."""

    day: int
    name: str
    short_name: str
    name_en: str
    order: int


def seat_name(kind: str, level: str, full_name: str, name: str) -> str:
    """A unit's name by kind and place: "Công an tỉnh Vĩnh Phúc", "Thành ủy Hà Nội", "Đảng ủy phường Ba Đình"."""
    type_word = full_name.removesuffix(name).strip().lower()
    # The city of Hồ Chí Minh writes its type with a capital as part of its name.
    inside = full_name if name == "Hồ Chí Minh" else f"{type_word} {name}".strip()
    if kind == Kind.PARTY_COMMITTEE:
        return f"Đảng ủy {inside}" if level == Level.COMMUNE else f"{_PARTY.get(type_word, 'Cấp ủy')} {name}"
    return f"{_WORDS[Kind(kind)]} {inside}"


def seat_units(
    *,
    asker: Asker,
    kind: str,
    level: str,
    line: str = "territory",
    under: Unit | None = None,
    recorded_at: dt.datetime | None = None,
) -> int:
    """A unit of a kind in every place of a level, past and present; returns how many units were founded.

    A place that was renamed or went on one to one keeps its unit; of places that ended the units end, and the
    succession of the units is proposed for a person to confirm. Above each stands the unit of that kind in the place
    around it, above the topmost ``under``. Seat the higher levels first. Later imports of places are followed.
    """
    require(asker, "import_units")
    check_line(line)
    if kind not in PREFIX:
        raise OrganisationError(f"units of kind {kind!r} are not seated in places; those that are: {', '.join(PREFIX)}")
    if COMMITTEE_LEVELS.get(kind, level) != level or level not in Level.values:
        raise OrganisationError(f"{kind} does not sit in places of level {level!r}; choose another kind or level")
    at = moment(recorded_at)
    with writing():
        if Seating.objects.filter(kind=kind, level=level, line=line).exists():
            raise OrganisationError(
                f"units of kind {kind} are seated at level {level} already; they follow by themselves"
            )
        seating = Seating.objects.create(kind=kind, level=level, line=line, under=under, recorded_at=at)
        founded = _follow(seating, at)
        propose_from_places(asker=asker, recorded_at=at)
    return founded


def follow_seats(*, asker: Asker, recorded_at: dt.datetime | None = None) -> int:
    """Bring the seated units up to the places as they are now known; returns how many units were founded."""
    require(asker, "import_units")
    at = moment(recorded_at)
    seatings = list(Seating.objects.order_by("pk"))
    founded = 0
    with writing():
        for seating in sorted(seatings, key=lambda one: list(Level.values).index(one.level)):
            founded += _follow(seating, at)
        if seatings:
            propose_from_places(asker=asker, recorded_at=at)
    return founded


def _family(kind: str) -> list[str]:
    return list(COMMITTEE_LEVELS) if kind in COMMITTEE_LEVELS else [kind]


def _follow(seating: Seating, at: dt.datetime) -> int:
    of = place_columns()
    rows = of.states.known(moment_number(None))
    by_place: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        by_place[int(of.states.subject[row])].append(int(row))
    level = of.states.values["level"]
    here = [place for place, own in by_place.items() if level[own[0]] == seating.level]
    units = dict(
        Unit.objects.filter(kind=seating.kind, place__isnull=False, fictitious=False).values_list("place_id", "pk")
    )
    fresh = [place for place in here if int(of.ids[place]) not in units]
    created = Unit.objects.bulk_create(
        [
            Unit(
                code=f"{PREFIX[Kind(seating.kind)]}-{of.key[place]}",
                kind=seating.kind,
                place_id=int(of.ids[place]),
                recorded_at=at,
            )
            for place in fresh
        ],
        batch_size=BATCH,
    )
    units.update({unit.place_id: unit.pk for unit in created if unit.place_id})
    known = columns()
    states: list[UnitState] = []
    for place in here:
        unit = units[int(of.ids[place])]
        wanted = _editions(of, by_place[place], seating)
        states += _missing_states(known.states, known.position(unit), unit, wanted, at)
    UnitState.objects.bulk_create(states, batch_size=BATCH)
    _place_under(seating, of, by_place, here, units, at)
    return len(created)


def _editions(of: PlaceColumns, rows: list[int], seating: Seating) -> list[Edition]:
    editions: list[Edition] = []
    values = of.states.values
    for row in rows:
        day = int(of.states.day[row])
        if not values["alive"][row]:
            editions.append(Edition(day, "", "", "", 0))
            continue
        full_name, name = values["full_name"][row], values["name"][row]
        edition = Edition(
            day,
            seat_name(seating.kind, seating.level, full_name, name),
            name if seating.level == Level.PROVINCE else full_name,
            f"{values['full_name_en'][row]}: {Kind(seating.kind).value.replace('_', ' ')}",
            int(values["order"][row]),
        )
        if not editions or (edition.name, edition.order) != (editions[-1].name, editions[-1].order):
            editions.append(edition)
    return editions


def _missing_states(
    known: Editions, position: int, unit: int, wanted: list[Edition], at: dt.datetime
) -> list[UnitState]:
    """Rows that the unit lacks; an end that was taken back at the place is taken back here too."""
    have: dict[int, int] = {}
    if position >= 0:
        first, last = np.searchsorted(known.subject, [position, position + 1])
        index = np.arange(first, last)
        have = {int(known.day[row]): int(row) for row in index if not known.retracted[row]}
        for row in index:
            if known.retracted[row]:
                have.pop(int(known.day[row]), None)
    rows = []
    for edition in wanted:
        row = have.get(edition.day)
        if row is not None and bool(known.values["alive"][row]) == bool(edition.name):
            continue
        rows.append(
            UnitState(
                unit_id=unit,
                valid_from=dt.date.fromordinal(edition.day),
                alive=bool(edition.name),
                name=edition.name,
                short_name=edition.short_name,
                name_en=edition.name_en,
                order=edition.order,
                recorded_at=at,
            )
        )
    days = {edition.day for edition in wanted}
    for day, row in have.items():
        if day not in days and not known.values["alive"][row]:
            rows.append(
                UnitState(
                    unit_id=unit, valid_from=dt.date.fromordinal(day), alive=False, retracted=True, recorded_at=at
                )
            )
    return rows


def _place_under(
    seating: Seating,
    of: PlaceColumns,
    by_place: dict[int, list[int]],
    here: list[int],
    units: dict[int, int],
    at: dt.datetime,
) -> None:
    """Superiors: on every day on which places changed, the seat in the nearest place around, written if it differs."""
    seats = dict(
        Unit.objects.filter(kind__in=_family(seating.kind), place__isnull=False, fictitious=False).values_list(
            "place_id", "pk"
        )
    )
    under = seating.under_id
    values = of.states.values
    days = sorted({int(day) for day in of.states.day})
    on_day: dict[int, np.ndarray] = {}
    for day in days:
        found = np.full(of.ids.size, -1, np.int64)
        index = of.states.at(day, moment_number(None))
        found[of.states.subject[index]] = index
        on_day[day] = found
    have: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    latest: dict[tuple[int, dt.date], int | None] = {}
    placed = Superior.objects.filter(line=seating.line, unit_id__in=Unit.objects.filter(kind=seating.kind).values("pk"))
    for row in placed.order_by("recorded_at", "pk"):
        if row.retracted:
            latest.pop((row.unit_id, row.valid_from), None)
        else:
            latest[row.unit_id, row.valid_from] = row.superior_id
    for (unit, since), above in sorted(latest.items(), key=lambda item: item[0]):
        have[unit].append((since.toordinal(), above))
    rows = []
    for place in here:
        unit = units[int(of.ids[place])]
        begins = int(of.states.day[by_place[place][0]])
        last: int | None = None
        for day in days:
            state = on_day[day][place]
            if day < begins or state < 0 or not values["alive"][state]:
                continue
            around = int(values["parent"][state])
            while around >= 0 and int(of.ids[around]) not in seats:
                outer = on_day[day][around]
                around = int(values["parent"][outer]) if outer >= 0 and values["alive"][outer] else -1
            superior = seats[int(of.ids[around])] if around >= 0 else under
            stated = [one for from_day, one in have[unit] if from_day <= day]
            if superior != (stated[-1] if stated else last):
                rows.append(
                    Superior(
                        unit_id=unit,
                        line=seating.line,
                        superior_id=superior,
                        valid_from=dt.date.fromordinal(day),
                        recorded_at=at,
                    )
                )
            last = superior
    Superior.objects.bulk_create(rows, batch_size=BATCH)
