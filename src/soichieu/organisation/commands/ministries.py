"""The ministries and ministry-level bodies, and what became of them on a day."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict

from soichieu.language.text import fold, nfc
from soichieu.organisation.askers import Asker
from soichieu.organisation.commands.place_files import Table, complain, the_day
from soichieu.organisation.commands.succession import Proposal, propose_succession
from soichieu.organisation.commands.units import end_unit, found_unit, rename_unit
from soichieu.organisation.kinds import Kind
from soichieu.organisation.models import Unit

MINISTRY_HEADER = ("old", "new", "kind", "note")
GOVERNMENT = "chinh-phu"
# The 22 bodies of the term that began in 2021 stand in resolution 08/2021/QH15 of this day.
FIRST_DAY = dt.date(2021, 7, 23)
_FIRST_SOURCE = "nghị quyết 08/2021/QH15"


def slug(name: str) -> str:
    """A name as a code: "Bộ Văn hóa, Thể thao và Du lịch" gives "bo-van-hoa-the-thao-va-du-lich"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(nfc(name))).strip("-")


def import_ministry_table(asker: Asker, table: Table, at: dt.datetime) -> int:
    """Found the bodies of a table old → new; ``same`` and ``renamed`` go on as one unit, ``merged`` ones end and begin
    anew with a proposed succession. Returns how many units were founded."""
    day = the_day(table)
    problems: list[str] = []
    into: dict[str, list[str]] = defaultdict(list)
    kinds: dict[str, str] = {}
    for line, cells in table.rows:
        where = f"{table.name}, line {line}"
        if not cells["old"] or not cells["new"]:
            problems.append(f"{where}: old and new must both name a body")
        elif cells["kind"] not in ("same", "renamed", "merged"):
            problems.append(f"{where}: kind {cells['kind']!r}; write same, renamed or merged")
        elif cells["old"] in kinds:
            problems.append(f"{where}: {cells['old']} stands here twice; a body has one row")
        else:
            into[cells["new"]].append(cells["old"])
            kinds[cells["old"]] = cells["kind"]
    for new, olds in into.items():
        for old in olds:
            if kinds[old] != "merged" and len(olds) > 1:
                problems.append(
                    f"{table.name}: {old} is {kinds[old]}, but {len(olds)} bodies become {new}; write merged"
                )
    complain(problems)
    government = Unit.objects.filter(code=GOVERNMENT).first()
    founded = 0
    if government is None:
        government = found_unit(
            asker=asker,
            code=GOVERNMENT,
            kind=Kind.GOVERNMENT,
            name="Chính phủ",
            name_en="Government",
            begins_on=FIRST_DAY,
            source=_FIRST_SOURCE,
            recorded_at=at,
        )
        founded += 1
    units: dict[str, Unit] = {}
    for order, old in enumerate(kinds, start=1):
        existing = Unit.objects.filter(code=slug(old)).first()
        units[old] = existing or found_unit(
            asker=asker,
            code=slug(old),
            kind=_kind(old),
            name=old,
            begins_on=FIRST_DAY,
            order=order,
            superiors={"sector": government},
            source=_FIRST_SOURCE,
            recorded_at=at,
        )
        founded += existing is None
    proposals: list[Proposal] = []
    for new, olds in into.items():
        order = list(kinds).index(new) + 1 if new in kinds else min(list(kinds).index(old) for old in olds) + 1
        if len(olds) == 1:
            if olds[0] != new:
                rename_unit(asker=asker, unit=units[olds[0]], on=day, name=new, source=table.name, recorded_at=at)
            continue
        code = slug(new) if new not in kinds else f"{slug(new)}-{day:%Y%m%d}"
        heir = found_unit(
            asker=asker,
            code=code,
            kind=_kind(new),
            name=new,
            begins_on=day,
            order=order,
            superiors={"sector": government},
            source=table.name,
            recorded_at=at,
        )
        founded += 1
        for old in olds:
            end_unit(asker=asker, unit=units[old], on=day, source=table.name, recorded_at=at)
            proposals.append(Proposal(units[old].pk, heir.pk, day, source=table.name))
    propose_succession(asker=asker, proposals=proposals, recorded_at=at)
    return founded


def _kind(name: str) -> str:
    return Kind.MINISTRY if name.startswith("Bộ ") else Kind.MINISTRY_AGENCY
