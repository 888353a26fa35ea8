"""The calendar of a conference, read back by the library; the sheet's data."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from icalendar import Calendar

from soichieu.conferences.commands import agenda, planning, preparing, statements
from soichieu.ledger import clock

NOW = dt.datetime(2025, 10, 1, 2, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _days():
    with clock.injected(NOW):
        yield


def calendar(client, meeting, who):
    client.force_login(meeting.house.accounts[who])
    answer = client.get(reverse("conferences:ics", args=[meeting.conference.key]))
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    return {str(one["UID"]).split(".")[0]: one for one in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_it_holds_the_conference_its_agenda_and_what_is_due_in_vietnamese(client, meeting):
    steering = meeting.house.askers["steering"]
    long = "Tham luận dài: " + "đổi mới công tác giữ đèn biển, " * 6 + "hết; kết, luận \\ xong"
    key = statements.commission(
        asker=steering, conference=meeting.conference, site="s2", subject=long, minutes=7, due_on=dt.date(2025, 11, 7)
    ).payload["key"]
    preparing.offer_standard(asker=steering, conference=meeting.conference)
    found = calendar(client, meeting, "steering")
    whole = found["conference"]
    assert str(whole["SUMMARY"]) == "Hội nghị sơ kết (thử)"
    assert whole.decoded("DTSTART") == dt.datetime(2025, 11, 14, 1, tzinfo=dt.UTC)
    assert whole.decoded("DTEND") - whole.decoded("DTSTART") == dt.timedelta(minutes=46)
    first, second = found["line-opening"], found["line-st1"]
    assert second.decoded("DTSTART") == first.decoded("DTEND")
    due = found[f"statement-{key}"]
    assert due.decoded("DTSTART") == dt.date(2025, 11, 7) and long in str(due["SUMMARY"])
    assert found["task-invitations"].decoded("DTSTART") == dt.date(2025, 11, 11)
    assert len([one for one in found if one.startswith("task-")]) == 8


def test_a_site_finds_what_it_owes_itself_and_nothing_of_others(client, meeting):
    steering = meeting.house.askers["steering"]
    keys = [
        statements.commission(
            asker=steering,
            conference=meeting.conference,
            site=site,
            subject="A",
            minutes=7,
            due_on=dt.date(2025, 11, 7),
        ).payload["key"]
        for site in ("s1", "s2")
    ]
    preparing.offer_standard(asker=steering, conference=meeting.conference)
    found = calendar(client, meeting, "staff")
    assert f"statement-{keys[0]}" in found and f"statement-{keys[1]}" not in found
    assert not [one for one in found if one.startswith("task-")]
    statements.register_text(asker=meeting.site, conference=meeting.conference, statement=keys[0], text="Xong")
    assert f"statement-{keys[0]}" not in calendar(client, meeting, "staff")


def test_the_same_thing_keeps_its_id_and_a_later_calendar_says_so(client, meeting):
    before = calendar(client, meeting, "steering")
    steering = meeting.house.askers["steering"]
    lines = [agenda.as_line(item) for item in meeting.state.agenda]
    agenda.set_agenda(asker=steering, conference=meeting.conference, items=[lines[1], lines[0], *lines[2:]])
    after = calendar(client, meeting, "steering")
    assert set(before) == set(after)
    assert after["line-opening"]["SEQUENCE"] > before["line-opening"]["SEQUENCE"]
    assert after["line-opening"].decoded("DTSTART") > before["line-opening"].decoded("DTSTART")


def test_without_an_hour_it_is_a_whole_day(client, meeting):
    planning.change(asker=meeting.house.askers["steering"], conference=meeting.conference, facts={"starts_at": None})
    found = calendar(client, meeting, "steering")
    assert found["conference"].decoded("DTSTART") == dt.date(2025, 11, 14) and "line-opening" not in found
