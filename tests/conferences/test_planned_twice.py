"""A conference that is sent twice is planned once; one that differs in anything is another."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection

from soichieu.conferences.commands import planning
from soichieu.conferences.models import Conference
from tests.conferences.conftest import Meeting


def facts_of(directive, **other):
    return {
        "title": "Hội nghị tổng kết (thử)", "kind": "interim", "held_on": dt.date(2025, 12, 1),
        "starts_at": dt.time(8), "directives": [directive.pk], **other,
    }  # fmt: skip


def test_the_same_facts_are_one_conference_and_others_another(meeting: Meeting) -> None:
    steering = meeting.house.askers["steering"]

    def planned(**other):
        facts = facts_of(meeting.directive, **other)
        return planning.plan(asker=steering, unit_id=meeting.house.ministry.pk, facts=facts)

    first = planned()
    assert planned() == first
    assert first.events.count() == 1
    assert len({first.pk, planned(starts_at=dt.time(14)).pk, planned(title="Hội nghị khác (thử)").pk}) == 3


@pytest.mark.django_db(transaction=True)
def test_of_six_clicks_at_once_comes_one_conference(transactional_db, meeting: Meeting) -> None:
    steering, before = meeting.house.askers["steering"], Conference.objects.count()
    together, keys = threading.Barrier(6), []

    def click() -> None:
        try:
            together.wait(10)
            facts = facts_of(meeting.directive)
            keys.append(planning.plan(asker=steering, unit_id=meeting.house.ministry.pk, facts=facts).key)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _n in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert len(keys) == 6
    assert len(set(keys)) == 1
    assert Conference.objects.count() == before + 1
