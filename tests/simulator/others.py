"""Steps of others than the operator, and steps that the commands must refuse."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from tests.simulator.book import Expected
from tests.simulator.lines import ASSIGNER, DOER
from tests.simulator.world import ROOT

if TYPE_CHECKING:
    from tests.simulator.player import Player, Step

OFFICERS = tuple(f"phong-{number}-0" for number in range(8))


def refused(player: Player) -> Step | None:
    """One of the many things that the operator, an observer or an officer may not write."""
    duty = player.some_duty()
    today = player.today.isoformat()
    fields: dict[str, Any] = {"do": "record", "asker": None, "obligations": [duty.id], "happened_on": today}
    unit, reason = player.units[ROOT], {"reason": "lý do"}
    line, voided = player.line_of(duty, voidable=True), player.line_of(duty, voidable=False)
    tomorrow = (player.today + dt.timedelta(days=1)).isoformat()
    wrong: list[dict[str, Any]] = [
        {"kind": "started", "happened_on": tomorrow},
        {"kind": "responded"},
        {"kind": "responded", "choice": "confirmed"},
        {"kind": "responded", "choice": "outside_scope"},
        {"kind": "issued"},
        {"kind": "verified", "choice": "confirmed"},
        {"kind": "extended"},
        {"kind": "reassigned"},
        {"kind": "started", "unit": unit},
        {"kind": "noted", "payload": {"reason": " "}},
        {"kind": "waived"},
        {"kind": "voided", "payload": reason},
        {"kind": "started", "voids": 1},
        {"kind": "finished"},
        {"kind": "started", "obligations": []},
        {"kind": "started", "obligations": [duty.id, 10**9]},
        {"kind": "voided", "payload": reason, "voids": player.book.last[duty.chain] + 1},
        {"kind": "accepted", "asker": "quan-sat"},
        {"kind": "returned", "payload": reason, "asker": f"can-bo-{player.rng.choice(OFFICERS)}"},
    ]
    if voided is not None:
        wrong += [{"kind": "voided", "payload": reason, "voids": voided.position}] * 6
    if line is not None:
        wrong.append({"kind": "voided", "payload": reason, "voids": line.position, "asker": "quan-sat"})
    chosen = player.rng.choice(wrong)
    return player.step(f"refused {chosen['kind']}", fields | chosen, Expected(refused=True))


def by_post(player: Player) -> Step | None:
    """By a staff officer about work of the own unit or of another, or by the steering office of the ministry."""
    duty = player.some_duty()
    holder = player.codes.get(player.cell(duty).holder_id or duty.unit, "")
    if not player.world.units[holder].alive(player.today):
        return None
    day = player.lines.day_before(player.today)
    if player.rng.random() < 0.4:
        kind = player.rng.choice(ASSIGNER)
        fields = player.lines.fields(kind, day, player.nameable(day))
        return player.recorded(f"steering office: {kind}", fields, [duty], asker="chi-dao")
    kind = player.rng.choice(DOER)
    fields = player.lines.fields(kind, day, player.nameable(day))
    if holder in OFFICERS:
        return player.recorded(f"officer: {kind}", fields, [duty], asker=f"can-bo-{holder}")
    stranger = player.rng.choice([code for code in OFFICERS if player.world.units[code].alive(player.today)] or [""])
    if not stranger:
        return None
    command = {"do": "record", "asker": f"can-bo-{stranger}", "obligations": [duty.id]} | fields
    return player.step(f"refused officer: {kind}", command, Expected(refused=True))
