"""Files into the database, all or nothing: places through time, the ministries, an office's own tree of units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from soichieu.organisation.askers import Asker
from soichieu.organisation.commands.base import moment, require, writing
from soichieu.organisation.commands.ministries import MINISTRY_HEADER, import_ministry_table
from soichieu.organisation.commands.place_files import (
    STATE_HEADER,
    SUCCESSION_HEADER,
    ImportProblem,
    State,
    StateRow,
    Succession,
    Table,
    complain,
    read_state,
    read_succession,
    read_table,
)
from soichieu.organisation.commands.place_history import Draft, History, order_of
from soichieu.organisation.commands.place_story import advance
from soichieu.organisation.commands.seating import follow_seats
from soichieu.organisation.commands.unit_files import UNIT_HEADER, import_unit_table
from soichieu.organisation.models import ImportedFile, Place, PlaceRemark, PlaceState, PlaceSuccession
from soichieu.organisation.places import PlaceColumns, lives, place_columns, places_on

BATCH = 2000


@dataclass
class Imported:
    """What an import added: files taken in, files that were in already, and counts of rows."""

    files: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    places: int = 0
    states: int = 0
    successions: int = 0
    remarks: int = 0
    units: int = 0


def import_units(*, asker: Asker, paths: Iterable[Path | str], recorded_at: dt.datetime | None = None) -> Imported:
    """Take in files and folders of files: states and successions of places, ministries, unit trees, in one transaction.

    Which is which is told by the headers. Raises ImportProblem naming file, line and remedy; then nothing is imported.
    """
    require(asker, "import_units")
    tables = [read_table(path) for path in _files(paths)]
    done = Imported()
    at = moment(recorded_at)
    with writing():
        known = set(ImportedFile.objects.values_list("sha256", "name"))
        done.known = [table.name for table in tables if (table.sha256, table.name) in known]
        tables = [table for table in tables if (table.sha256, table.name) not in known]
        states = [read_state(table) for table in tables if _is(table, STATE_HEADER)]
        successions = [read_succession(table) for table in tables if _is(table, SUCCESSION_HEADER)]
        if states or successions:
            _import_places(asker, states, successions, at, done)
        for table in tables:
            if _is(table, MINISTRY_HEADER):
                done.units += import_ministry_table(asker, table, at)
        for table in tables:
            if _is(table, UNIT_HEADER) and not _is(table, STATE_HEADER):
                done.units += import_unit_table(asker, table, at)
        for table in tables:
            kind = next((kind for kind, header in _KINDS if _is(table, header)), None)
            if kind is None:
                raise ImportProblem(
                    f"{table.name}, line 1: the header {', '.join(table.header)} is none of those known; "
                    + "; ".join(f"{kind}: {', '.join(header)}" for kind, header in _KINDS)
                )
            ImportedFile.objects.create(
                kind=kind,
                day=table.day or at.date(),
                name=table.name,
                sha256=table.sha256,
                rows=len(table.rows),
                by=asker.label(),
                recorded_at=at,
            )
            done.files.append(table.name)
    return done


_KINDS = (
    ("succession", SUCCESSION_HEADER),
    ("state", STATE_HEADER),
    ("ministries", MINISTRY_HEADER),
    ("units", UNIT_HEADER),
)


def _is(table: Table, header: tuple[str, ...]) -> bool:
    return set(header) <= set(table.header)


def _files(paths: Iterable[Path | str]) -> list[Path]:
    files: list[Path] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            inside = sorted(path.glob("*.csv"))
            if not inside:
                raise ImportProblem(f"{path}: no .csv file in this folder; name the folder that holds the files")
            files += inside
        elif path.exists():
            files.append(path)
        else:
            raise ImportProblem(f"{path}: there is no such file or folder; check the path")
    return files


def _import_places(
    asker: Asker, states: list[State], successions: list[Succession], at: dt.datetime, done: Imported
) -> None:
    days = [state.day for state in states]
    complain(
        [
            f"{state.table.name}: another of the files holds from {state.day:%d-%m-%Y} on too; give one state for a day"
            for state in states
            if days.count(state.day) > 1
        ]
    )
    history, last = _so_far()
    if last is not None:
        complain(
            [
                f"{state.table.name}: a state of {last:%d-%m-%Y} is imported already, and history is carried forward"
                " only; import all states into a new instance in one go"
                for state in states
                if state.day <= last
            ]
        )
    by_day = {one.day: one for one in successions}
    complain(
        [
            f"{one.table.name}: no state of {one.day:%d-%m-%Y} comes with it; give the file of that state as well,"
            " in the same import"
            for one in successions
            if one.day not in days
        ]
    )
    for state in sorted(states, key=lambda one: one.day):
        advance(history, state, by_day.get(state.day))
    _store(history, at, done)
    follow_seats(asker=asker, recorded_at=at)


def _so_far() -> tuple[History, dt.date | None]:
    """The history in the database, ready to go on, and the day of its last state."""
    last = ImportedFile.objects.filter(kind="state").order_by("-day").values_list("day", flat=True).first()
    history = History(keys=set(Place.objects.values_list("key", flat=True)))
    if last is None:
        return history, None
    of = place_columns()
    drafts: dict[int, Draft] = {}
    _begins, ends = lives(of)
    with_heir = set(PlaceSuccession.objects.filter(retracted=False).values_list("old_id", "on"))
    for day in sorted({*(int(end) - 1 for end in ends if end), last.toordinal()}):
        on = places_on(of, dt.date.fromordinal(day))
        for at in on.tree.walk:
            gone = bool(ends[at])
            if gone and int(ends[at]) - 1 != day:
                continue
            draft = _draft(of, int(at), int(on.row[at]), drafts)
            drafts[int(at)] = draft
            history.stored.append(draft)
            if not gone:
                history.alive[draft.code] = draft
            else:
                draft.ended, draft.stored_end = dt.date.fromordinal(int(ends[at])), True
                if (draft.pk, draft.ended) not in with_heir:
                    history.gone[draft.level, draft.code] = draft
    for draft in history.gone.values():
        at = of.position(draft.pk or 0)
        row = places_on(of, (draft.ended or last) - dt.timedelta(days=1)).row[at]
        parent = int(of.states.values["parent"][row])
        draft.parent = drafts.get(parent)
    return history, last


def _draft(of: PlaceColumns, at: int, row: int, drafts: dict[int, Draft]) -> Draft:
    values = {name: array[row] for name, array in of.states.values.items()}
    parent = drafts.get(int(values["parent"])) if values["parent"] >= 0 else None
    state = StateRow(
        values["code"],
        parent.code if parent else "",
        values["level"],
        values["name"],
        values["full_name"],
        values["full_name_en"],
        0,
    )
    return Draft(of.key[at], state, parent, pk=int(of.ids[at]))


def _store(history: History, at: dt.datetime, done: Imported) -> None:
    """Write what an import added. One insertion per table and batch, so that 11,367 places take seconds."""
    fresh = history.places
    for draft, place in zip(
        fresh,
        Place.objects.bulk_create([Place(key=draft.key, recorded_at=at) for draft in fresh], batch_size=BATCH),
        strict=True,
    ):
        draft.pk = place.pk
    rows = []
    for draft in [*history.stored, *fresh]:
        for row in draft.rows:
            state = PlaceState(
                place_id=draft.stored,
                valid_from=row.day,
                alive=row.row is not None,
                retracted=row.retracted,
                source=row.source,
                recorded_at=at,
            )
            if row.row is not None:
                state.code, state.level, state.order = row.row.code, row.row.level, order_of(row.row)
                state.name, state.full_name, state.full_name_en = row.row.name, row.row.full_name, row.row.full_name_en
                state.parent_id = row.parent.pk if row.parent else None
            rows.append(state)
    PlaceState.objects.bulk_create(rows, batch_size=BATCH)
    PlaceSuccession.objects.bulk_create(
        [
            PlaceSuccession(
                old_id=edge.old.stored,
                new_id=edge.new.stored,
                on=edge.on,
                share=edge.share,
                main=edge.main,
                evidence=edge.evidence,
                doubtful=edge.doubtful,
                source=edge.source,
                recorded_at=at,
            )
            for edge in history.edges
        ],
        batch_size=BATCH,
    )
    PlaceRemark.objects.bulk_create(
        [
            PlaceRemark(
                place_id=one.place.stored, on=one.on, topic=one.topic, text=one.text, source=one.source, recorded_at=at
            )
            for one in history.remarks
            if isinstance(one.place, Draft)
        ],
        batch_size=BATCH,
    )
    done.places += len(fresh)
    done.states += len(rows)
    done.successions += len(history.edges)
    done.remarks += len(history.remarks)
