"""Changes of single units: founding, renaming, ending, placing under a superior, naming a counterpart."""

from __future__ import annotations

import datetime as dt

from soichieu.organisation.askers import Asker
from soichieu.organisation.commands.base import OrganisationError, moment, require, writing
from soichieu.organisation.dated import is_alive, placed_under, state_of, superior_of
from soichieu.organisation.kinds import Kind
from soichieu.organisation.models import Counterpart, Place, Superior, Unit, UnitState
from soichieu.organisation.names import name_of
from soichieu.organisation.tree import check_line


def found_unit(
    *,
    asker: Asker,
    code: str,
    kind: str,
    name: str,
    begins_on: dt.date,
    short_name: str = "",
    name_en: str = "",
    ends_on: dt.date | None = None,
    place: Place | None = None,
    order: int = 0,
    fictitious: bool = False,
    superiors: dict[str, Unit] | None = None,
    counterpart: Unit | None = None,
    source: str = "",
    recorded_at: dt.datetime | None = None,
) -> Unit:
    """A new unit with its first name. ``superiors``: line → the unit above. ``ends_on``: first day without it."""
    for above in (superiors or {}).values():
        require(asker, "import_units", above.pk)
    if not superiors:
        require(asker, "import_units")
    if kind not in Kind.values:
        raise OrganisationError(f"unit {code}: there is no kind {kind!r}; the kinds are {', '.join(Kind.values)}")
    if ends_on is not None and ends_on <= begins_on:
        raise OrganisationError(
            f"unit {code} ends on {ends_on:%d-%m-%Y}, before it begins; correct one of the two days"
        )
    at = moment(recorded_at)
    with writing():
        if Unit.objects.filter(code=code).exists():
            raise OrganisationError(f"there is a unit with the code {code} already; choose another code")
        unit = Unit.objects.create(code=code, kind=kind, place=place, fictitious=fictitious, recorded_at=at)
        UnitState.objects.create(
            unit=unit,
            valid_from=begins_on,
            name=name,
            short_name=short_name,
            name_en=name_en,
            order=order,
            source=source,
            recorded_at=at,
        )
        for line, superior in (superiors or {}).items():
            _stand_under(unit, line, superior, begins_on, source, at)
        if counterpart is not None:
            _stand_beside(unit, counterpart, begins_on, source, at)
        if ends_on is not None:
            UnitState.objects.create(unit=unit, valid_from=ends_on, alive=False, source=source, recorded_at=at)
        for line, superior in (superiors or {}).items():
            _refuse_outliving(unit, line, superior, begins_on)
    return unit


def rename_unit(
    *,
    asker: Asker,
    unit: Unit,
    on: dt.date,
    name: str,
    short_name: str = "",
    name_en: str = "",
    order: int | None = None,
    source: str = "",
    recorded_at: dt.datetime | None = None,
) -> None:
    """From a day on the unit bears another name. It stays the same unit."""
    require(asker, "import_units", unit.pk, on)
    with writing():
        state = _require_alive(unit, on)
        order = state.order if order is None else order
        UnitState.objects.create(
            unit=unit,
            valid_from=on,
            name=name,
            short_name=short_name,
            name_en=name_en,
            order=order,
            source=source,
            recorded_at=moment(recorded_at),
        )


def end_unit(
    *, asker: Asker, unit: Unit, on: dt.date, source: str = "", recorded_at: dt.datetime | None = None
) -> None:
    """The unit exists no longer from a day on. Refused while a unit stands under it: that is moved or ended first."""
    require(asker, "import_units", unit.pk, on)
    with writing():
        _require_alive(unit, on)
        below = placed_under(unit.pk, on)
        if below:
            child, line = below[0]
            raise OrganisationError(
                f"{_called(unit, on)} cannot end on {on:%d-%m-%Y}: {name_of([child], on)[child]}"
                f" ({Unit.objects.get(pk=child).code}) still stands under it on the {line} line"
                + (f" and {len(below) - 1} more" if len(below) > 1 else "")
                + "; end it or place it under another unit on that day first"
            )
        UnitState.objects.create(unit=unit, valid_from=on, alive=False, source=source, recorded_at=moment(recorded_at))


def place_under(
    *,
    asker: Asker,
    unit: Unit,
    line: str,
    superior: Unit | None,
    on: dt.date,
    source: str = "",
    recorded_at: dt.datetime | None = None,
) -> None:
    """From a day on the unit stands under another on a line (None: under nobody). A cycle is refused."""
    require(asker, "import_units", unit.pk, on)
    if superior is not None:
        require(asker, "import_units", superior.pk, on)
    with writing():
        _stand_under(unit, line, superior, on, source, moment(recorded_at))
        if superior is not None:
            _refuse_outliving(unit, line, superior, on)


def name_counterpart(
    *,
    asker: Asker,
    unit: Unit,
    counterpart: Unit | None,
    on: dt.date,
    source: str = "",
    recorded_at: dt.datetime | None = None,
) -> None:
    """From a day on ``counterpart`` is the party organisation of ``unit`` (None: it has none)."""
    require(asker, "import_units", unit.pk, on)
    with writing():
        _stand_beside(unit, counterpart, on, source, moment(recorded_at))


def _stand_under(unit: Unit, line: str, superior: Unit | None, on: dt.date, source: str, at: dt.datetime) -> None:
    check_line(line)
    _require_alive(unit, on)
    if superior is not None:
        _require_alive(superior, on)
        # On the day itself and on each later day on which an edge of this line changes: a cycle may wait there.
        later = Superior.objects.filter(line=line, valid_from__gt=on).values_list("valid_from", flat=True)
        below = Superior.objects.filter(line=line, superior=unit).exists()
        for day in sorted({on, *later}) if below or unit.pk == superior.pk else ():
            path: list[int] = [unit.pk]
            here: int | None = superior.pk
            while here is not None and here != unit.pk and len(path) < 200:
                path.append(here)
                here = superior_of(here, line, day)
            if here == unit.pk:
                names = name_of(path, day)
                raise OrganisationError(
                    f"a cycle on the {line} line on {day:%d-%m-%Y}: {' under '.join(names.values())} under"
                    f" {_called(unit, day)} again; choose a superior outside the unit's own subtree"
                )
    Superior.objects.create(unit=unit, line=line, superior=superior, valid_from=on, source=source, recorded_at=at)


def _refuse_outliving(unit: Unit, line: str, superior: Unit, on: dt.date) -> None:
    """A unit placed under one whose end is known must end, or be placed elsewhere, by then."""
    ends = UnitState.objects.filter(unit=superior, alive=False, retracted=False, valid_from__gt=on)
    day = ends.order_by("valid_from").values_list("valid_from", flat=True).first()
    if day is None or is_alive(superior.pk, day) or not is_alive(unit.pk, day):
        return
    if superior_of(unit.pk, line, day) == superior.pk:
        raise OrganisationError(
            f"{_called(unit, on)} would outlive its superior {_called(superior, on)}, which ends on {day:%d-%m-%Y};"
            " end it by then, or place it under another unit from that day on first"
        )


def _stand_beside(unit: Unit, counterpart: Unit | None, on: dt.date, source: str, at: dt.datetime) -> None:
    _require_alive(unit, on)
    if counterpart is not None:
        _require_alive(counterpart, on)
        if counterpart.pk == unit.pk:
            raise OrganisationError(f"unit {unit.code} cannot be its own counterpart; name its party organisation")
    Counterpart.objects.create(unit=unit, counterpart=counterpart, valid_from=on, source=source, recorded_at=at)


def _called(unit: Unit, on: dt.date) -> str:
    return f"{name_of([unit.pk], on)[unit.pk]} ({unit.code})"


def _require_alive(unit: Unit, on: dt.date) -> UnitState:
    state = state_of(unit.pk, on)
    if state is None or not state.alive:
        raise OrganisationError(
            f"{_called(unit, on)} does not exist on {on:%d-%m-%Y}; choose a day of its life or another unit"
        )
    return state
