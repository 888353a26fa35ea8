"""Who gets a stream, and what it says without an event loop: the address as a view."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.conferences.live.test_channel import lines_in

pytestmark = pytest.mark.django_db


def client_of(meeting: Any, name: str) -> Client:
    client = Client()
    client.force_login(meeting.house.accounts[name])
    return client


def test_a_stream_goes_on_after_the_last_line_that_was_told(meeting):
    url = reverse("conferences:live", args=[meeting.conference.key, "hall"])
    client = client_of(meeting, "head")
    answer = client.get(url)
    newest = meeting.state.position
    assert answer["Content-Type"] == "text/event-stream"
    assert lines_in(answer.content) == list(range(1, newest + 1))
    assert lines_in(client.get(url, headers={"Last-Event-ID": "3"}).content) == list(range(4, newest + 1))
    assert b"event: hall" in answer.content


def test_only_those_who_run_or_prepare_it_hear_the_desk_and_strangers_hear_nothing(meeting):
    site = reverse("conferences:live", args=[meeting.conference.key, "site"])
    desk = reverse("conferences:live", args=[meeting.conference.key, "chair"])
    assert client_of(meeting, "head").get(desk).status_code == 200
    assert client_of(meeting, "staff").get(site).status_code == 200
    assert client_of(meeting, "staff").get(desk).status_code == 403
    assert client_of(meeting, "head").get(desk, headers={"Origin": "https://elsewhere.test"}).status_code == 403
    assert client_of(meeting, "head").get(desk.replace(meeting.conference.key, "nonesuch")).status_code == 404
    assert Client().get(site).status_code == 302
