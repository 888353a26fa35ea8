"""The desks of the chair and the secretary: everything is pressed here, and nothing that was typed is lost."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from soichieu.conferences.kinds import ItemState, Phase
from soichieu.conferences.models import Event
from soichieu.findings.models import Finding
from soichieu.ledger import clock
from tests.conferences.faces import HX, desk, signed_in

START = dt.datetime(2025, 11, 14, 1, tzinfo=dt.UTC)


@pytest.fixture
def chair(meeting: Any) -> Client:
    return signed_in(meeting, "head")


def test_the_desk_opens_calls_pauses_and_ends(meeting, chair):
    address = desk(meeting, "chair")
    page = chair.get(address)
    assert page.status_code == 200 and b'value="open-anyway"' in page.content
    for act in ("open-anyway", "next", "pause", "resume", "end"):
        seen = meeting.state.position
        assert chair.post(address, {"act": act, "seen": seen}).status_code == 302
    state = meeting.state
    assert state.phase == Phase.OPEN and state.agenda[0].state == ItemState.DONE
    kinds = Event.objects.filter(conference=meeting.conference).order_by("position").values_list("kind", flat=True)
    assert list(kinds)[-5:] == ["opened", "floor_given", "floor_paused", "floor_resumed", "floor_ended"]
    text = chair.get(address).content.decode()
    assert "Tham luận 1" in text


def test_nothing_is_next_once_the_chair_has_closed(meeting, chair):
    address = desk(meeting, "chair")
    for act in ("open-anyway", "next"):
        chair.post(address, {"act": act, "seen": meeting.state.position})
    assert "Kế tiếp:" in chair.get(address).content.decode()
    for act in ("end", "close"):
        chair.post(address, {"act": act, "seen": meeting.state.position})
    assert meeting.state.phase == Phase.OVER and meeting.state.following is not None
    text = chair.get(address).content.decode()
    assert "Kế tiếp:" not in text and "Hội nghị đã kết thúc." in text


def test_a_press_of_a_script_gets_every_part_as_it_stands_now(meeting, chair):
    address = desk(meeting, "chair")
    chair.post(address, {"act": "open-anyway"})
    answer = chair.post(address, {"act": "next", "seen": meeting.state.position}, headers=HX)
    text = answer.content.decode()
    assert answer.status_code == 200 and answer["X-Position"] == str(meeting.state.position)
    for part in ("phase", "floor", "requests", "agenda", "conclusions", "screen", "roll"):
        assert f'id="p-{part}" hx-swap-oob="innerHTML"' in text
    assert "data-since=" in text


def test_a_press_on_an_older_state_is_told_and_moves_nothing(meeting, chair):
    address = desk(meeting, "chair")
    chair.post(address, {"act": "open-anyway"})
    seen = meeting.state.position
    chair.post(address, {"act": "next", "seen": seen})
    answer = chair.post(address, {"act": "next", "seen": seen}, headers=HX)
    assert "Khai mạc" in answer.content.decode() and 'role="alert"' in answer.content.decode()
    assert meeting.state.current.key == "opening"


def test_the_secretary_acts_on_behalf_of_the_chair_and_the_book_names_both(meeting):
    client = signed_in(meeting, "aide", on_behalf="head")
    assert client.post(desk(meeting, "chair"), {"act": "open-anyway"}).status_code == 302
    event = Event.objects.get(conference=meeting.conference, kind="opened")
    assert event.on_behalf_of_id is not None and "thay mặt" in event.by
    alone = signed_in(meeting, "aide")
    assert alone.post(desk(meeting, "chair"), {"act": "next"}).status_code == 403


def test_the_secretary_who_chose_nothing_is_told_to_act_on_behalf_and_comes_back(meeting):
    alone, page = signed_in(meeting, "aide"), desk(meeting, "secretary")
    refused = alone.get(page, headers={"accept-language": "vi"})
    shown = refused.content.decode()
    assert refused.status_code == 403
    assert '<p class="lead">Việc này cần chức danh có một trong các vai trò' in shown
    assert "Thay mặt Bộ trưởng, " in shown
    (way,) = re.findall(rf'href="({reverse("accounts:post")}\?[^"]+)"', shown)
    values = dict(alone.get(way).context["form"].fields["post"].choices)
    (chair,) = [value for value in values if ":" in value]
    back = alone.post(way, {"post": chair})
    assert back["Location"] == page and alone.get(page).status_code == 200


def test_who_has_no_other_post_is_offered_none(meeting):
    shown = signed_in(meeting, "staff").get(desk(meeting, "chair")).content.decode()
    assert f"{reverse('accounts:post')}?" not in shown


@pytest.mark.parametrize("name", ["after", "after-tasks"])
def test_what_comes_after_says_that_it_is_not_there_yet_to_whoever_sees_the_conference(meeting, chair, name):
    for opened in (False, True):
        if opened:
            chair.post(desk(meeting, "chair"), {"act": "open-anyway"})
        answer = chair.get(desk(meeting, name), headers={"accept-language": "vi"})
        shown = answer.content.decode()
        assert answer.status_code == 404 and "Hội nghị chưa kết thúc." in shown
        assert f'href="{desk(meeting, "conference")}">Đến trang hội nghị' in shown
        assert "không thuộc phạm vi" not in shown
    stranger = signed_in(meeting, "other").get(desk(meeting, name), headers={"accept-language": "vi"})
    assert stranger.status_code == 404 and "Hội nghị chưa kết thúc" not in stranger.content.decode()


def test_who_neither_runs_nor_prepares_has_no_desk(meeting):
    for account in ("staff", "observer"):
        client = Client()
        client.force_login(meeting.house.accounts[account])
        for face in ("chair", "secretary"):
            assert client.get(desk(meeting, face)).status_code == 403
            assert client.post(desk(meeting, face), {"act": "open-anyway"}).status_code == 403
    stranger = Client()
    stranger.force_login(meeting.house.accounts["other"])
    for face in ("chair", "secretary", "hall"):
        assert stranger.get(desk(meeting, face)).status_code == 404


def test_a_conclusion_is_worded_by_the_secretary_and_concluded_with_one_press(meeting, chair):
    chair.post(desk(meeting, "chair"), {"act": "open-anyway"})
    page = desk(meeting, "secretary")
    unit = meeting.house.units[0]
    task = {
        "act": "word", "conclusion_kind": "task", "text": "Cục Số 1 ban hành kế hoạch tập huấn trước 30-6-2026.",
        "leads": [str(unit.pk)], "given": "one", "task": "Ban hành kế hoạch tập huấn", "deadline": "30-6-2026",
        "responsibility": "Cục trưởng Cục Số 1", "authority": "Cục Số 1", "product": "Kế hoạch tập huấn",
        "ladder": "made_concrete",
    }  # fmt: skip
    with clock.injected(START):
        answer = chair.post(page, task)
    assert answer.status_code == 302, answer.content.decode()
    (key,) = meeting.state.conclusions
    text = chair.get(desk(meeting, "chair")).content.decode()
    assert "Cục Số 1 ban hành kế hoạch tập huấn" in text and "data-conclude" in text
    version = Finding.objects.get(key=key).versions.get()
    with clock.injected(START):
        chair.post(desk(meeting, "chair"), {"act": "conclude", "finding": key, "version": version.pk})
        chair.post(desk(meeting, "chair"), {"act": "conclude", "finding": key, "version": version.pk})
    assert meeting.state.concluded == [key]
    assert Event.objects.filter(conference=meeting.conference, kind="concluded").count() == 1


def test_an_unclear_task_names_what_is_missing_and_keeps_what_was_typed(meeting, chair):
    chair.post(desk(meeting, "chair"), {"act": "open-anyway"})
    unclear = {"act": "word", "conclusion_kind": "task", "text": "Các đơn vị khẩn trương triển khai."}
    answer = chair.post(desk(meeting, "secretary"), unclear, headers=HX)
    assert answer.status_code == 200
    (key,) = meeting.state.conclusions
    text = chair.get(desk(meeting, "chair")).content.decode()
    assert "conclude-despite" in text and "data-conclude" not in text
    version = Finding.objects.get(key=key).versions.get()
    with clock.injected(START):
        said = chair.post(
            desk(meeting, "chair"), {"act": "conclude", "finding": key, "version": version.pk}, headers=HX
        )
    assert 'role="alert"' in said.content.decode() and meeting.state.concluded == []


def test_two_wordings_at_once_stand_side_by_side_until_one_is_chosen(meeting, chair):
    chair.post(desk(meeting, "chair"), {"act": "open-anyway"})
    page = desk(meeting, "secretary")
    standing = {"act": "word", "conclusion_kind": "standing", "text": "Người đứng đầu trực tiếp chỉ đạo."}
    chair.post(page, standing)
    (key,) = meeting.state.conclusions
    first = Finding.objects.get(key=key).versions.get()
    for words in ("Người đứng đầu trực tiếp phụ trách.", "Người đứng đầu chịu trách nhiệm."):
        chair.post(page, {**standing, "text": words, "finding": key, "after": str(first.pk)})
    text = chair.get(desk(meeting, "chair")).content.decode()
    assert "trực tiếp phụ trách" in text and "chịu trách nhiệm" in text and 'value="settle"' in text
    chosen = Finding.objects.get(key=key).versions.get(words__contains="phụ trách")
    chair.post(desk(meeting, "chair"), {"act": "settle", "finding": key, "version": chosen.pk})
    versions = Finding.objects.get(key=key).versions.order_by("pk")
    assert sorted(versions.last().after) == sorted(versions[at].pk for at in (1, 2))
    assert versions.last().words == chosen.words
    assert 'value="settle"' not in chair.get(desk(meeting, "chair")).content.decode()


def test_a_form_that_cannot_stand_comes_back_with_everything_typed(meeting, chair):
    chair.post(desk(meeting, "chair"), {"act": "open-anyway"})
    wrong = {
        "act": "find", "kind": "shortcoming", "text": "Chậm triển khai ở cơ sở", "objective_cause": "Thiếu kinh phí",
    }  # fmt: skip
    answer = chair.post(desk(meeting, "secretary"), wrong)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Chậm triển khai ở cơ sở" in text and "Thiếu kinh phí" in text and meeting.state.findings == []


def test_the_roll_is_found_without_tones_and_only_what_is_missing(meeting, chair):
    address = desk(meeting, "chair")
    chair.post(desk(meeting, "secretary"), {"act": "roll", "site": "s2", "present": "14", "of": "20"})
    assert meeting.state.sites["s2"].rolled_by == "telephone"
    found = chair.get(address, {"part": "roll-list", "q": "diem cau cuc so 2"}).content.decode()
    assert "Điểm cầu Cục Số 2" in found and "Điểm cầu Cục Số 3" not in found
    missing = chair.get(address, {"part": "roll-list", "missing": "1"}).content.decode()
    assert "Điểm cầu Cục Số 2" not in missing and "Điểm cầu Cục Số 3" in missing


def test_the_data_of_the_desk_as_json(meeting, chair):
    chair.post(desk(meeting, "chair"), {"act": "open-anyway"})
    chair.post(desk(meeting, "chair"), {"act": "next"})
    told = chair.get(desk(meeting, "chair"), {"format": "json"}).json()
    assert told["current"]["item"] == "opening" and told["next"]["item"] == "st1"
    assert told["roll"] == {"sites": 6, "answered": 0, "present": None, "expected": None}


def test_recording_is_decided_at_the_desk_and_told_on_every_face(meeting, chair):
    address = desk(meeting, "chair")
    chair.post(address, {"act": "open-anyway"})
    told = "Có ghi âm, ghi hình theo quyết định của chủ trì"
    assert meeting.state.recording is None and told not in chair.get(desk(meeting, "secretary")).content.decode()
    chair.post(address, {"act": "record-on"})
    assert meeting.state.recording is True and told in chair.get(desk(meeting, "secretary")).content.decode()


def test_on_another_day_than_planned_it_is_asked_before_the_conference_opens(meeting, chair):
    address, planned = desk(meeting, "chair"), meeting.state.held_on
    morning = dt.datetime.combine(planned, dt.time(8), clock.ZONE)
    with clock.injected(morning - dt.timedelta(days=18)):
        assert 'value="open"' not in chair.get(address).content.decode()
        told = chair.post(address, {"act": "open"}, follow=True).content.decode()
        assert f"{planned.day}-{planned.month}-{planned.year}" in told and meeting.state.phase == Phase.PREPARING
    # A desk that was loaded on the eve and pressed in the morning opens as well.
    with clock.injected(morning):
        assert 'value="open"' in chair.get(address).content.decode()
        chair.post(address, {"act": "open"})
        assert meeting.state.phase == Phase.OPEN


def test_what_was_asked_first_is_opened_then(meeting, chair):
    with clock.injected(dt.datetime.combine(meeting.state.held_on, dt.time(8), clock.ZONE) - dt.timedelta(days=1)):
        chair.post(desk(meeting, "chair"), {"act": "open-anyway"})
    assert meeting.state.phase == Phase.OPEN
