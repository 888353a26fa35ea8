"""The driver's own hierarchy: it stays a tree of living units, however it is reorganised."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from tests.simulator.world import ROOT, World

BORN = dt.date(2024, 1, 1)


def reorganised(seed: int, changes: int) -> tuple[World, list[dt.date]]:
    world = World(random.Random(seed), BORN)
    today, days = dt.date(2025, 1, 6), []
    for _ in range(changes):
        today += dt.timedelta(days=world.rng.randint(0, 12))
        world.reorganise(today)
        days.append(world.last_change)
    return world, days


@pytest.mark.parametrize("seed", range(6))
def test_on_every_day_each_unit_stands_under_a_living_one(seed: int) -> None:
    world, days = reorganised(seed, 90)
    for day in days:
        for near in (day - dt.timedelta(days=1), day):
            for code in world.alive(near):
                above = world.units[code].superior(near)
                assert (above is None) == (code == ROOT)
                assert above is None or world.units[above].alive(near), (near, code, above)


@pytest.mark.parametrize("seed", range(6))
def test_it_keeps_at_least_sixty_units(seed: int) -> None:
    world, days = reorganised(seed, 90)
    assert all(len(world.alive(day)) >= 60 for day in days)
    assert len(world.alive(BORN)) >= 60
    assert len([unit for unit in world.units.values() if unit.ended]) > 20


@pytest.mark.parametrize("seed", range(6))
def test_whatever_an_ended_unit_held_has_a_living_heir(seed: int) -> None:
    world, days = reorganised(seed, 90)
    for code, unit in world.units.items():
        if unit.ended:
            heir, confirmed = world.heir_on(code, days[-1])
            assert heir is not None and world.units[heir].alive(days[-1])
            assert not confirmed or unit.heir is not None


def test_the_heir_of_a_split_is_the_main_one_and_of_an_abolished_unit_its_superior() -> None:
    world = World(random.Random(1), BORN)
    command = world.first_command()
    assert len(command["units"]) == len(world.units) == 67
    from tests.simulator.world import _Change

    day = dt.date(2025, 7, 1)
    change = _Change(world, day)
    change.born("a", ROOT)
    change.born("b", ROOT)
    change.ended("phong-0-0", ["b", "a"])
    change.ended("phong-0-1", [], proposed="a")
    assert world.heir_on("phong-0-0", day) == ("b", True)
    assert world.heir_on("phong-0-1", day) == ("cuc-0", False)
    assert world.heir_on("phong-0-0", day - dt.timedelta(days=1)) == ("phong-0-0", True)
    assert world.heir_on("a", BORN) == (None, False)
    change.ended("cuc-0", ["a"])
    assert world.heir_on("phong-0-1", day) == ("a", False)
