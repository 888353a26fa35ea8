"""The floor: who has it, for how long, and that one press is never taken for another."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from soichieu.conferences.commands import floor
from soichieu.conferences.errors import MovedOn
from soichieu.conferences.kinds import ItemState, Phase, RollBy
from soichieu.conferences.models import Event
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden, Refusal

START = dt.datetime(2025, 11, 14, 1, tzinfo=dt.UTC)


def at(minutes: float):
    return clock.injected(START + dt.timedelta(minutes=minutes))


def test_the_script_is_called_in_order_and_the_clock_stands_in_a_pause(meeting):
    with at(0):
        floor.open_conference(asker=meeting.chair, conference=meeting.conference)
        floor.call_next(asker=meeting.secretary, conference=meeting.conference)
    with at(4):
        floor.call_next(asker=meeting.secretary, conference=meeting.conference)
    with at(6):
        floor.pause_floor(asker=meeting.chair, conference=meeting.conference)
    with at(9):
        floor.resume_floor(asker=meeting.chair, conference=meeting.conference)
    state = meeting.state
    assert [item.state for item in state.agenda[:3]] == [ItemState.DONE, ItemState.SPEAKING, ItemState.WAITING]
    assert state.agenda[0].seconds(START) == 240
    assert state.current.seconds(START + dt.timedelta(minutes=10)) == 180
    assert state.following.key == "st2"
    assert Event.objects.get(conference=meeting.conference, kind="floor_paused").on_behalf_of_id is None
    spoken_for = Event.objects.filter(conference=meeting.conference, kind="floor_given").first()
    assert "thay mặt" in spoken_for.by and spoken_for.on_behalf_of_id is not None


def test_two_presses_on_one_state_move_the_floor_once(meeting):
    floor.open_conference(asker=meeting.chair, conference=meeting.conference)
    floor.call_next(asker=meeting.chair, conference=meeting.conference)
    seen = meeting.state.position
    floor.call_next(asker=meeting.secretary, conference=meeting.conference, seen=seen)
    with pytest.raises(MovedOn, match="Tham luận 1"):
        floor.call_next(asker=meeting.chair, conference=meeting.conference, seen=seen)
    assert meeting.state.current.key == "st1"


def test_a_request_is_granted_outside_the_script_and_stands_in_the_agenda(meeting):
    floor.open_conference(asker=meeting.chair, conference=meeting.conference)
    floor.call_next(asker=meeting.chair, conference=meeting.conference)
    floor.ask_floor(asker=meeting.site, conference=meeting.conference, site="s1", about="Về tiến độ")
    with pytest.raises(MovedOn):
        floor.ask_floor(asker=meeting.site, conference=meeting.conference, site="s1")
    with pytest.raises(Forbidden):
        floor.ask_floor(asker=meeting.site, conference=meeting.conference, site="s2")
    (request,) = meeting.state.requests
    floor.give_floor_to_site(asker=meeting.chair, conference=meeting.conference, site="s1", request=request)
    state = meeting.state
    assert state.current.unscripted and state.current.site == "s1"
    assert [item.key for item in state.agenda].index(state.current.key) == 1
    assert state.following.key == "st1"
    assert state.requests[request].state == "granted"


def test_roll_call_by_the_site_or_by_telephone(meeting):
    floor.call_roll(asker=meeting.site, conference=meeting.conference, site="s1", present=12, of=15)
    with pytest.raises(Forbidden):
        floor.call_roll(asker=meeting.site, conference=meeting.conference, site="s2", present=3, by=RollBy.TELEPHONE)
    steering = meeting.house.askers["steering"]
    floor.call_roll(asker=steering, conference=meeting.conference, site="s2", present=3, by=RollBy.TELEPHONE)
    state = meeting.state
    assert (state.sites["s1"].present, state.sites["s1"].expected_heads) == (12, 15)
    assert (state.sites["s2"].present, state.sites["s2"].rolled_by) == (3, "telephone")
    assert state.sites["s3"].present is None


def test_who_does_not_run_it_moves_nothing(meeting):
    floor.open_conference(asker=meeting.chair, conference=meeting.conference)
    for asker in (meeting.site, meeting.house.askers["observer"], meeting.house.askers["other"]):
        with pytest.raises(Forbidden):
            floor.call_next(asker=asker, conference=meeting.conference)


def test_nothing_is_recorded_unless_the_chair_decides(meeting):
    assert meeting.state.recording is None
    with pytest.raises(Forbidden):
        floor.decide_recording(asker=meeting.site, conference=meeting.conference, on=True)
    floor.decide_recording(asker=meeting.secretary, conference=meeting.conference, on=True)
    assert meeting.state.recording is True


def test_the_hall_shows_no_figure_but_of_a_cut(meeting):
    with pytest.raises(Refusal):
        floor.show(asker=meeting.chair, conference=meeting.conference, what="figure", ref="none")


def test_the_book_refuses_changes_and_a_clock_set_back_changes_no_order(meeting):
    with at(10):
        floor.open_conference(asker=meeting.chair, conference=meeting.conference)
    with at(-600):
        floor.call_next(asker=meeting.chair, conference=meeting.conference)
    moments = list(Event.objects.filter(conference=meeting.conference).values_list("recorded_at", flat=True))
    assert moments == sorted(moments)
    event = Event.objects.filter(conference=meeting.conference).first()
    for statement in (
        "UPDATE conferences_event SET kind = 'x' WHERE id = %s",
        "DELETE FROM conferences_event WHERE id = %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [event.pk])


def test_a_closed_conference_calls_nobody_any_more(meeting):
    floor.open_conference(asker=meeting.chair, conference=meeting.conference)
    floor.call_next(asker=meeting.chair, conference=meeting.conference)
    floor.close_conference(asker=meeting.chair, conference=meeting.conference)
    assert meeting.state.phase == Phase.OVER and meeting.state.agenda[0].state == ItemState.DONE
    with pytest.raises(MovedOn):
        floor.call_next(asker=meeting.chair, conference=meeting.conference)
