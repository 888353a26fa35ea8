"""The succession of units: proposed from what happened to their places, confirmed by a person in one go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from soichieu.organisation.askers import Asker, NotAllowed
from soichieu.organisation.columns import columns, moment_number
from soichieu.organisation.commands.base import OrganisationError, moment, require, writing
from soichieu.organisation.kinds import Share, Standing
from soichieu.organisation.models import Place, PlaceSuccession, Unit, UnitSuccession
from soichieu.organisation.names import name_of
from soichieu.organisation.permissions import may_many
from soichieu.organisation.tree import alive_at

BATCH = 2000


@dataclass(frozen=True)
class Proposal:
    """One step of succession to be written: by unit ids."""

    old_id: int
    new_id: int
    on: dt.date
    share: str = Share.WHOLE
    main: bool = True
    source: str = ""


def propose_succession(*, asker: Asker, proposals: Iterable[Proposal], recorded_at: dt.datetime | None = None) -> int:
    """Write steps of succession as proposed, those that are there already left out; returns how many were written."""
    require(asker, "import_units")
    at = moment(recorded_at)
    with writing():
        known = {(old, new, day) for old, new, day in UnitSuccession.objects.values_list("old_id", "new_id", "on")}
        rows = []
        for one in proposals:
            if one.old_id == one.new_id:
                raise OrganisationError(f"unit {one.old_id} cannot succeed itself; a renamed unit stays the same unit")
            if (one.old_id, one.new_id, one.on) not in known:
                known.add((one.old_id, one.new_id, one.on))
                rows.append(
                    UnitSuccession(
                        old_id=one.old_id,
                        new_id=one.new_id,
                        on=one.on,
                        share=one.share,
                        main=one.main,
                        status=Standing.PROPOSED,
                        source=one.source,
                        recorded_at=at,
                    )
                )
        UnitSuccession.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def propose_from_places(*, asker: Asker, recorded_at: dt.datetime | None = None) -> int:
    """For every unit seated in a place that went into others: the unit of its kind there is proposed as its heir."""
    seated: dict[int, list[tuple[str, int]]] = {}
    for unit, kind, place in Unit.objects.filter(place__isnull=False, fictitious=False).values_list(
        "pk", "kind", "place_id"
    ):
        seated.setdefault(place, []).append((kind, unit))
    proposals = []
    for edge in PlaceSuccession.objects.filter(retracted=False).order_by("on", "pk"):
        heirs = dict(seated.get(edge.new_id, ()))
        for kind, unit in seated.get(edge.old_id, ()):
            if kind in heirs:
                proposals.append(
                    Proposal(unit, heirs[kind], edge.on, edge.share, edge.main, f"place: {edge.evidence}"[:300])
                )
    return propose_succession(asker=asker, proposals=proposals, recorded_at=recorded_at)


def confirm_succession(
    *,
    asker: Asker,
    on: dt.date,
    accept: Collection[tuple[int, int]] | None = None,
    reject: Collection[tuple[int, int]] = (),
    recorded_at: dt.datetime | None = None,
) -> int:
    """Confirm the proposed successions of a day in one go; returns how many.

    ``accept`` names (old, new) unit ids and is, when absent, everything proposed for the day in the asker's subtree;
    ``reject`` names those that are refused. An old unit that went into several has one main heir.
    """
    from_day = columns()
    last = {
        (int(from_day.ids[old]), int(from_day.ids[new])): (main, share, status)
        for old, new, day, main, share, status in from_day.heirs(moment_number(None))
        if day == on.toordinal()
    }
    open_ = [pair for pair, (_main, _share, status) in last.items() if status == Standing.PROPOSED]
    if not open_:
        waiting = {step[2] for step in from_day.heirs(moment_number(None)) if step[5] == Standing.PROPOSED}
        days = ", ".join(f"{dt.date.fromordinal(day):%d-%m-%Y}" for day in sorted(waiting))
        raise OrganisationError(
            f"no proposed succession of {on:%d-%m-%Y} waits for confirmation"
            + (" (it is confirmed or rejected already)" if last else "")
            + (f"; some wait for {days}" if days else "")
        )
    unknown = (set(accept or ()) | set(reject)) - set(last)
    if unknown:
        raise OrganisationError(f"no succession of {on:%d-%m-%Y} is proposed between the units {sorted(unknown)[0]}")
    mine = dict(zip(open_, _allowed(asker, [new for _old, new in open_], on), strict=True))
    chosen = [pair for pair in open_ if mine[pair]] if accept is None else list(accept)
    refused = [pair for pair in [*chosen, *reject] if not mine.get(pair, True)]
    if refused or not (chosen or reject):
        raise NotAllowed("only the steering office above a unit, or the operator, confirms its succession")
    chosen = [pair for pair in chosen if pair not in set(reject)]
    _check(chosen, last, on)
    at, label = moment(recorded_at), asker.label()
    with writing():
        UnitSuccession.objects.bulk_create(
            [
                UnitSuccession(
                    old_id=old,
                    new_id=new,
                    on=on,
                    share=last[old, new][1],
                    main=last[old, new][0],
                    status=status,
                    decided_by=label,
                    recorded_at=at,
                )
                for status, pairs in ((Standing.CONFIRMED, chosen), (Standing.REJECTED, reject))
                for old, new in pairs
            ],
            batch_size=BATCH,
        )
    return len(chosen)


def name_heir(
    *,
    asker: Asker,
    old: Unit,
    new: Unit,
    on: dt.date,
    share: str = Share.WHOLE,
    main: bool = True,
    source: str = "",
    recorded_at: dt.datetime | None = None,
) -> None:
    """A person names the heir of a unit that has none, or a further one of a split: proposed and confirmed at once."""
    if not all(_allowed(asker, [old.pk, new.pk], on)):
        raise NotAllowed("only the steering office above both units, or the operator, names an heir")
    if old.pk == new.pk:
        raise OrganisationError(f"{old.code} cannot succeed itself; a renamed unit stays the same unit")
    of = columns()
    if alive_at(of, on).alive[of.position(old.pk)] and main:
        name = name_of([old.pk], on)[old.pk]
        raise OrganisationError(f"{name} still exists on {on:%d-%m-%Y}: end it first, or name a part that split off")
    standing = {(one[0], one[1], one[2]): one[3:] for one in of.heirs(moment_number(None))}
    day = on.toordinal()
    confirmed = {
        (int(of.ids[a]), int(of.ids[b])): (is_main, how, status)
        for (a, b, when), (is_main, how, status) in standing.items()
        if when == day and a == of.position(old.pk) and status == Standing.CONFIRMED
    }
    _check([*confirmed, (old.pk, new.pk)], {**confirmed, (old.pk, new.pk): (main, share, "")}, on)
    with writing():
        UnitSuccession.objects.create(
            old=old,
            new=new,
            on=on,
            share=share,
            main=main,
            status=Standing.CONFIRMED,
            source=source,
            decided_by=asker.label(),
            recorded_at=moment(recorded_at),
        )


def link_places(
    *,
    asker: Asker,
    old: Place,
    new: Place,
    on: dt.date,
    share: str = Share.WHOLE,
    main: bool = True,
    source: str,
    recorded_at: dt.datetime | None = None,
) -> None:
    """A person adds what the files do not say: an old place went into a new one; its units are proposed as heirs."""
    require(asker, "import_units")
    if old.pk == new.pk:
        raise OrganisationError(f"place {old.key} cannot succeed itself")
    if not source.strip():
        raise OrganisationError("say by which document this is known")
    with writing():
        if PlaceSuccession.objects.filter(old=old, new=new, on=on, retracted=False).exists():
            raise OrganisationError(f"{old.key} → {new.key} on {on:%d-%m-%Y} is known already")
        PlaceSuccession.objects.create(
            old=old,
            new=new,
            on=on,
            share=share,
            main=main,
            evidence=f"named by {asker.label()}"[:300],
            source=source,
            recorded_at=moment(recorded_at),
        )
        propose_from_places(asker=asker, recorded_at=recorded_at)


def _allowed(asker: Asker, units: list[int], on: dt.date) -> np.ndarray:
    return may_many(asker, "confirm_succession", holder_ids=units, issuer_ids=units, on=on)


def _check(chosen: list[tuple[int, int]], last: dict[tuple[int, int], tuple[bool, str, str]], on: dt.date) -> None:
    """The heir lives on the day, and nobody has two main heirs."""
    of = columns()
    alive = alive_at(of, on).alive
    main: dict[int, int] = {}
    for old, new in chosen:
        names = name_of([old, new], on)
        if not alive[of.position(new)]:
            raise OrganisationError(
                f"{names[new]} cannot succeed {names[old]} on {on:%d-%m-%Y}: it does not exist on that day; reject this"
                " proposal or correct the life of the unit"
            )
        if last[old, new][0]:
            if old in main:
                other = name_of([main[old]], on)[main[old]]
                raise OrganisationError(
                    f"{names[old]} would have two main heirs on {on:%d-%m-%Y}, {other} and {names[new]}; reject one"
                )
            main[old] = new
