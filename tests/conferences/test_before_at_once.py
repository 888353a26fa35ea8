"""Two people prepare at once: nothing is lost, one of two who write over each other is told, the book has no gap."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from soichieu.conferences.commands import agenda, sites, statements
from soichieu.conferences.models import Event
from soichieu.ledger.errors import Refusal

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """What each act gave, or what it was told; run in threads of their own."""

    def one(act):
        try:
            return act()
        except Refusal as told:
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(one, acts))


def gapless(meeting):
    positions = list(
        Event.objects.filter(conference=meeting.conference).order_by("position").values_list("position", flat=True)
    )
    return positions == list(range(1, len(positions) + 1))


def test_one_of_two_agendas_is_set_and_the_other_is_told(meeting):
    seen, steering = meeting.state.position, meeting.house.askers["steering"]
    lines = [agenda.as_line(item) for item in meeting.state.agenda]

    def put(who, items):
        return agenda.set_agenda(asker=who, conference=meeting.conference, items=items, seen=seen)

    made = at_once(lambda: put(steering, lines[::-1]), lambda: put(meeting.chair, lines[:3]))
    assert sorted(type(one).__name__ for one in made) == ["Event", "MovedOn"]
    assert gapless(meeting)


def test_many_sites_are_written_at_once_and_a_unit_gets_one(meeting):
    steering, unit = meeting.house.askers["steering"], meeting.house.units[5].pk

    def write(number):
        facts = {"name": f"Điểm cầu {number}", "unit": unit, "parent": "centre"}
        return sites.write_site(asker=steering, conference=meeting.conference, facts=facts)

    made = at_once(*(lambda number=number: write(number) for number in range(4)))
    assert sorted(type(one).__name__ for one in made) == ["Event", "Refusal", "Refusal", "Refusal"]
    assert sum(site.unit == unit for site in meeting.state.sites.values()) == 1 and gapless(meeting)


def test_of_two_texts_of_one_statement_the_second_is_told(meeting):
    steering = meeting.house.askers["steering"]
    key = statements.commission(
        asker=steering, conference=meeting.conference, site="s1", subject="Bảo trì", minutes=7
    ).payload["key"]

    def register(who, words):
        return statements.register_text(asker=who, conference=meeting.conference, statement=key, text=words, seen=0)

    made = at_once(lambda: register(meeting.site, "Của điểm cầu"), lambda: register(steering, "Của Văn phòng"))
    assert sorted(type(one).__name__ for one in made) == ["Event", "MovedOn"]
    assert meeting.state.statements[key].edition == 1 and gapless(meeting)


def test_answers_of_different_sites_are_all_kept(meeting):
    steering = meeting.house.askers["steering"]
    for site in ("s1", "s2", "s3"):
        sites.expect(asker=steering, conference=meeting.conference, site=site, posts=[{"post": "Cục trưởng"}])
    keys = {site: next(iter(meeting.state.sites[site].expected)) for site in ("s1", "s2", "s3")}

    def answer(site):
        return sites.answer(asker=steering, conference=meeting.conference, site=site, key=keys[site], answer="coming")

    at_once(*(lambda site=site: answer(site) for site in keys))
    assert all(meeting.state.sites[site].expected[key].answer == "coming" for site, key in keys.items())
    assert gapless(meeting)
