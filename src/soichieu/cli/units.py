"""``soichieu units``: places and units through time."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from soichieu.cli.django_setup import BadInput, asker_option
from soichieu.organisation import commands
from soichieu.organisation.askers import Asker, NotAllowed, today
from soichieu.organisation.gaps import TOPICS, gaps
from soichieu.organisation.kinds import Kind, Level, Line, Share
from soichieu.organisation.models import Place, Unit
from soichieu.organisation.place_links import PlaceStep, place_predecessors, place_successors
from soichieu.organisation.places import last_states, places_at
from soichieu.organisation.queries import ancestors, name_of, predecessors, successors, unit_view, units_at
from soichieu.organisation.searching import Hit, search
from soichieu.web.dates import write_day

FORMATS = click.Choice(["table", "json", "csv"])


class Day(click.ParamType):
    """A day, as 2022-11-14 or 14-11-2022."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day, or exit code 2 with an example."""
        if isinstance(value, dt.date):
            return value
        for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
            try:
                return dt.datetime.strptime(value, form).date()
            except ValueError:
                continue
        self.fail(f"{value!r} is not a day; write it as 2022-11-14 or 14-11-2022", param, ctx)


@click.group()
def units() -> None:
    """Places and units: import, ask for a day, search, succession."""


@units.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@asker_option
def import_(paths: tuple[Path, ...], asker: Asker) -> None:
    """Import files, or folders of files, of places, ministries or units; all of them or none."""
    try:
        done = commands.import_units(asker=asker, paths=paths)
    except (commands.OrganisationError, NotAllowed) as error:
        raise BadInput(f"{error}\nNothing was imported.") from error
    for name in done.known:
        click.echo(f"{name}: imported before, left as it is")
    for name in done.files:
        click.echo(f"{name}: imported")
    click.echo(
        f"{done.places:,} new places, {done.states:,} dated states, {done.successions:,} successions of places,"
        f" {done.units:,} new units; `soichieu units gaps` shows what is not known"
    )


@units.command("at")
@click.argument("day", type=Day())
@click.option("--kind", type=click.Choice(Kind.values), help="Units of this kind instead of places.")
@click.option("--level", type=click.Choice(Level.values), help="Only this level.")
@click.option("--count", is_flag=True, help="Print the number alone.")
@click.option("--format", "form", type=FORMATS, default="table")
@asker_option
def at(day: dt.date, kind: str | None, level: str | None, count: bool, form: str, asker: Asker) -> None:
    """The places of a DAY (or with --kind the units), in official order."""
    if kind is None:
        rows = [
            {"code": place.code, "key": place.key, "level": place.level, "name": place.full_name}
            for place in places_at(day, level)
        ]
    else:
        found = units_at(day, kind)
        if level is not None:
            seats = last_states([unit.place_id for unit in found if unit.place_id], day)
            found = [unit for unit in found if unit.place_id and seats[unit.place_id].level == level]
        rows = [{"code": unit.code, "kind": unit.kind, "name": unit.name} for unit in found]
    if count:
        click.echo(len(rows))
        return
    if not rows:
        click.echo(f"nothing is known for {write_day(day)}", err=True)
    print_rows(rows, form)


@units.command("gaps")
@click.option("--topic", type=click.Choice(list(TOPICS)), help="Only this kind of gap.")
@click.option("--count", is_flag=True, help="Print the number of each kind.")
@click.option("--format", "form", type=FORMATS, default="table")
@asker_option
def gaps_(topic: str | None, count: bool, form: str, asker: Asker) -> None:
    """What has no known heir or origin, and what was decided on evidence that a person should see."""
    found = gaps(topic)
    if count:
        counts = Counter(gap.topic for gap in found)
        print_rows(
            [{"topic": name, "count": counts[name], "what": TOPICS[name]} for name in TOPICS if counts[name]], form
        )
        return
    print_rows([{**dataclasses.asdict(gap), "on": _day(gap.on, form)} for gap in found], form)


@units.command("search")
@click.argument("text")
@click.option("--at", "day", type=Day(), default=None, help="Names as on this day (default: today).")
@click.option("--limit", default=20, show_default=True)
@click.option("--format", "form", type=FORMATS, default="table")
@asker_option
def search_(text: str, day: dt.date | None, limit: int, form: str, asker: Asker) -> None:
    """Search units and places by name, without tones: "da nang" finds Đà Nẵng."""
    found = search(text, day or today(), limit=limit)
    if not found:
        raise BadInput(f"nothing bears or bore a name like {text!r}; try fewer words")
    print_rows([_hit_row(hit) for hit in found], form)


def _hit_row(hit: Hit) -> dict[str, Any]:
    return {
        "what": hit.subject,
        "code": hit.code,
        "kind": hit.kind,
        "name": hit.name,
        "in": hit.where,
        "alive": "yes" if hit.alive else "ended",
        "found as": hit.as_named,
    }


@units.command("show")
@click.argument("what", metavar="CODE_OR_NAME")
@click.option("--at", "day", type=Day(), default=None, help="As on this day (default: today).")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@asker_option
def show(what: str, day: dt.date | None, form: str, asker: Asker) -> None:
    """A place or unit with its life, predecessors and successors. Of a code with several bearers all are shown."""
    on = day or today()
    hits = search(what, on, limit=12)
    exact = [hit for hit in hits if hit.code == what or hit.code.startswith(f"{what}-") or hit.name == what]
    chosen = exact or hits[:1]
    if not chosen:
        raise BadInput(f"there is no unit or place {what!r}; `soichieu units search` finds names and codes")
    sheets = [_place_sheet(hit, on, form) if hit.subject == "place" else _unit_sheet(hit, on, form) for hit in chosen]
    if form == "json":
        click.echo(json.dumps(sheets, ensure_ascii=False, indent=2))
        return
    for sheet in sheets:
        around = f", {sheet['in']}" if sheet["in"] else ""
        click.echo(f"{sheet['name']} ({sheet['what']} {sheet['code']}, {sheet['kind']}{around})")
        click.echo(f"  from {sheet['from']} until {sheet['until'] or 'now'}")
        for side in ("predecessors", "successors"):
            for step in sheet[side]:
                mark = "  " * step["generation"]
                click.echo(f"{mark}{side[:-1]}: {step['name']} ({step['code']}) on {step['on']}, {step['how']}")
    if not exact and len(hits) > 1:
        click.echo(f"also found: {', '.join(f'{hit.name} ({hit.code})' for hit in hits[1:6])}", err=True)


def _day(day: dt.date | None, form: str) -> str:
    """A day as people read it in a table, as machines do elsewhere; empty for None."""
    return write_day(day) if form == "table" else day.isoformat() if day else ""


def _place_sheet(hit: Hit, on: dt.date, form: str) -> dict[str, Any]:
    place = last_states([hit.id], on)[hit.id]
    before, after = place_predecessors(hit.id), place_successors(hit.id)
    names = last_states([one for step in [*before, *after] for one in (step.old_id, step.new_id)], on)

    def row(step: PlaceStep, other: int) -> dict[str, Any]:
        return {
            "code": names[other].key,
            "name": names[other].full_name,
            "on": _day(step.on, form),
            "how": ", ".join(_how(step.share, step.main, "doubtful" if step.doubtful else "")) + f"; {step.evidence}",
            "generation": step.generation,
        }

    return {
        **_hit_row(hit),
        "from": _day(place.begins_on, form),
        "until": _day(place.ends_on, form),
        "predecessors": [row(step, step.old_id) for step in before],
        "successors": [row(step, step.new_id) for step in after],
    }


def _how(share: str, main: bool, more: str) -> list[str]:
    return [word for word in (share, "main heir" if main else "", more) if word]


def _unit_sheet(hit: Hit, on: dt.date, form: str) -> dict[str, Any]:
    view = unit_view(hit.id, on)

    def row(other: int, step: Any) -> dict[str, Any]:
        other_view = unit_view(other, on)
        return {
            "code": other_view.code,
            "name": other_view.name,
            "on": _day(step.on, form),
            "how": ", ".join(_how(step.share, step.main, step.status)),
            "generation": step.generation,
        }

    above = {line: ancestors(hit.id, line, on) for line in Line.values}
    return {
        **_hit_row(hit),
        "from": _day(view.begins_on, form),
        "until": _day(view.ends_on, form),
        "superiors": {line: list(name_of(chain, on).values()) for line, chain in above.items() if chain},
        "predecessors": [row(step.old_id, step) for step in predecessors(hit.id)],
        "successors": [row(step.new_id, step) for step in successors(hit.id)],
    }


@units.command("seat")
@click.argument("kind", type=click.Choice(sorted(commands.SEATED_KINDS)))
@click.option("--level", type=click.Choice(Level.values), required=True)
@click.option("--line", type=click.Choice(Line.values), default=Line.TERRITORY.value, show_default=True)
@click.option("--under", metavar="CODE", help="The unit above the topmost ones, e.g. chinh-phu.")
@asker_option
def seat(kind: str, level: str, line: str, under: str | None, asker: Asker) -> None:
    """Seat a unit of a KIND in every place of a level, past and present; the succession of units is proposed."""
    try:
        above = unit_of_code(under) if under else None
        founded = commands.seat_units(asker=asker, kind=kind, level=level, line=line, under=above)
    except (commands.OrganisationError, NotAllowed) as error:
        raise BadInput(str(error)) from error
    click.echo(f"{founded:,} units founded")


@units.command("confirm-succession")
@click.argument("day", type=Day())
@click.option("--reject", multiple=True, metavar="OLD:NEW", help="A proposal (codes of units) that is not true.")
@asker_option
def confirm_succession(day: dt.date, reject: tuple[str, ...], asker: Asker) -> None:
    """Confirm in one go every succession of units proposed for a DAY."""
    try:
        refused = [
            (unit_of_code(old).pk, unit_of_code(new).pk)
            for old, _colon, new in (pair.partition(":") for pair in reject)
        ]
        count = commands.confirm_succession(asker=asker, on=day, reject=refused)
    except (commands.OrganisationError, NotAllowed) as error:
        raise BadInput(str(error)) from error
    click.echo(f"{count:,} successions of {write_day(day)} confirmed, {len(refused)} rejected")


@units.command("name-heir")
@click.argument("old")
@click.argument("new")
@click.option("--on", "day", type=Day(), required=True, help="The day from which NEW holds what OLD owed.")
@click.option("--split", is_flag=True, help="Only a part of OLD went there.")
@click.option("--beside", is_flag=True, help="Not the main heir.")
@click.option("--source", default="", help="The document that says so (needed for places).")
@asker_option
def name_heir(old: str, new: str, day: dt.date, split: bool, beside: bool, source: str, asker: Asker) -> None:
    """Name the heir of a unit (by codes), or of a place (by keys), where the files do not say."""
    share = Share.SPLIT if split else Share.WHOLE
    places = {place.key: place for place in Place.objects.filter(key__in=[old, new])}
    try:
        if len(places) == 2:
            commands.link_places(
                asker=asker, old=places[old], new=places[new], on=day, share=share, main=not beside, source=source
            )
        else:
            commands.name_heir(
                asker=asker,
                old=unit_of_code(old),
                new=unit_of_code(new),
                on=day,
                share=share,
                main=not beside,
                source=source,
            )
    except (commands.OrganisationError, NotAllowed) as error:
        raise BadInput(str(error)) from error
    click.echo(f"{old} → {new} on {write_day(day)}")


def unit_of_code(code: str) -> Unit:
    """The unit with a code; exit 2 when there is none."""
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise BadInput(f"there is no unit with the code {code!r}; `soichieu units search` finds codes")
    return unit


def print_rows(rows: Sequence[dict[str, Any]], form: str) -> None:
    """Rows with the same keys as a table with heads, as CSV or as JSON."""
    if form == "json":
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=2))
        return
    if not rows:
        return
    if form == "csv":
        writer = csv.DictWriter(sys.stdout, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return
    cells = [list(rows[0].keys()), *([str(value) for value in row.values()] for row in rows)]
    widths = [min(60, max(len(row[at]) for row in cells)) for at in range(len(cells[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells)
    click.echo("\n".join(line.rstrip() for line in lines))
