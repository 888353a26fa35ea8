"""A conference of which only published facts are kept: whoever may sign in sees it; never over an own directive."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from soichieu.conferences import book, rights, telling
from soichieu.conferences.commands import concluding, planning
from soichieu.conferences.occasions import occasion_of
from soichieu.conferences.state import state_of
from soichieu.conferences.telling import basics, course, found
from soichieu.documents.commands import register_document
from soichieu.findings.commands import raise_finding
from soichieu.findings.queries import conclusions_of, findings_of
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden, Refusal

HELD = dt.date(2025, 3, 14)
TOLD = dt.datetime(2025, 3, 16, 2, tzinfo=dt.UTC)


@pytest.fixture
def published(meeting):
    """A conference of the other ministry as a newspaper told it: its steering office wrote down what was published."""
    house = meeting.house
    directive = register_document(
        house.operator,
        number="11-NQ/CQ",
        issuer="Cơ quan cấp trên",
        signed_on=dt.date(2025, 1, 9),
        title="Nghị quyết",
        public=True,
        published_only=True,
    )
    facts = {
        "title": "Hội nghị theo báo chí",
        "kind": "first_results",
        "held_on": HELD,
        "directives": [directive.pk],
        "chair": "Bộ trưởng",
        "published_only": True,
        "sites_stated": False,
    }
    with clock.injected(TOLD):
        conference = planning.plan(asker=house.operator, unit_id=house.elsewhere.pk, facts=facts)

        book.write(house.operator, conference, "opened", happened_at=dt.datetime(2025, 3, 14, 5, tzinfo=dt.UTC))
        book.write(house.operator, conference, "closed", happened_at=dt.datetime(2025, 3, 14, 5, tzinfo=dt.UTC))
        raise_finding(
            asker=house.operator,
            holder_unit_id=house.elsewhere.pk,
            kind="result",
            words="Đã làm xong",
            occasion=occasion_of(conference, state_of(conference)),
            on=HELD,
        )
        finding = concluding.draft(
            asker=house.operator, conference=conference, conclusion_kind="standing", text="Đọc kỹ nghị quyết"
        )
    return house, conference, directive, finding


def test_whoever_may_sign_in_sees_it_and_what_was_concluded_and_may_do_nothing_there(published):
    house, conference, _directive, finding = published
    staff = house.askers["staff"]
    state = state_of(conference)
    assert rights.sees(staff, conference, state)
    assert not rights.may(staff, conference, rights.PREPARE) and not rights.may(staff, conference, rights.RUN)
    occasion = occasion_of(conference, state)
    assert [one.words for one in findings_of(staff, occasion=occasion)] == ["Đã làm xong"]
    with clock.injected(TOLD):
        concluding.conclude(
            asker=house.operator, conference=conference, finding=finding.key, version=finding.versions.get().pk
        )
    assert [one.words for one in conclusions_of(staff, occasion)] == ["Đọc kỹ nghị quyết"]
    with pytest.raises(Forbidden):
        concluding.draft(asker=staff, conference=conference, conclusion_kind="record", text="Khác")


def test_findings_of_a_conference_of_another_house_stay_unseen(meeting):
    with clock.injected(dt.datetime(2025, 11, 14, 2, tzinfo=dt.UTC)):
        raise_finding(
            asker=meeting.house.askers["steering"],
            holder_unit_id=meeting.house.ministry.pk,
            kind="result",
            words="Của nhà này",
            occasion=occasion_of(meeting.conference, meeting.state),
            on=dt.date(2025, 11, 14),
        )
    assert findings_of(meeting.house.askers["other"]) == []
    assert not rights.sees(meeting.house.askers["other"], meeting.conference, meeting.state)


def test_an_own_directive_is_not_published_and_the_mark_stays_as_it_was(meeting, published):
    house, conference, _directive, _finding = published
    facts = {
        "title": "Hội nghị",
        "kind": "interim",
        "held_on": HELD,
        "directives": [meeting.directive.pk],
        "published_only": True,
    }
    with pytest.raises(Refusal) as refused:
        planning.plan(asker=house.askers["steering"], unit_id=house.ministry.pk, facts=facts)
    assert refused.value.field == "published_only"
    with pytest.raises(Refusal) as refused:
        planning.change(asker=house.askers["steering"], conference=meeting.conference, facts={"published_only": True})
    assert refused.value.field == "published_only"
    with pytest.raises(Refusal):
        planning.change(asker=house.operator, conference=conference, facts={"published_only": False})


def test_what_the_source_does_not_say_is_null_with_its_reason(published):
    house, conference, _directive, _finding = published
    state = state_of(conference)
    operator = house.operator
    sheet = basics.show(operator, conference, state).as_json()
    assert sheet["sites"] is None and sheet["sites_reason"] and sheet["starts_at"] is None and sheet["notice"] is None
    assert basics.sites(operator, conference, state).as_json()["number_of_sites"] is None
    assert course.cuts(operator, conference, state).as_json()["rows"] == []
    for answer in (
        basics.participants(operator, conference, state),
        course.agenda(conference, state),
        course.statements(operator, conference, state),
        found.findings(operator, conference, state),
        found.conclusions(operator, conference, state),
        found.file(operator, conference, state),
        found.assessments(operator, conference, state),
    ):
        json.dumps(answer.as_json())
        assert answer.as_text()


def test_a_conference_is_named_by_key_short_name_or_what_it_reviewed_and_when(meeting, published):
    house, conference, directive, _finding = published
    operator = house.operator
    assert telling.named(operator, conference.key)[0] == conference
    assert telling.named(operator, "bo-khac-2025-03-14")[0] == conference
    assert telling.named(operator, of="11-nq/cq", on=HELD)[0] == conference
    with pytest.raises(telling.NoSuchConference):
        telling.named(operator, of=directive.number, on=HELD + dt.timedelta(days=1))
    with pytest.raises(telling.NoSuchConference):
        telling.named(house.askers["other"], meeting.conference.key)
    with clock.injected(TOLD):
        facts = {"title": "Lần hai", "kind": "interim", "held_on": HELD, "directives": [directive.pk]}
        planning.plan(asker=operator, unit_id=house.elsewhere.pk, facts=facts)
    with pytest.raises(telling.AmbiguousName) as several:
        telling.named(operator, of=directive.number)
    assert len(several.value.names) == 2


def test_its_pages_say_what_the_source_says_and_no_counts_of_ours(client, published):
    house, conference, _directive, _finding = published
    client.force_login(house.accounts["staff"])
    address = f"/conferences/{conference.key}/"
    sheet = client.get(address).content.decode()
    assert f"{address}after/" in sheet and f"{address}prepare/" not in sheet
    for name in ("", "sites/", "agenda/", "statements/", "cuts/", "after/"):
        assert client.get(address + name).status_code == 200
    assert "nguồn không nêu" in client.get(f"{address}statements/").content.decode().lower()
    assert client.get(f"{address}prepare/").status_code == 403


def test_whoever_has_only_a_site_in_it_is_told_of_the_own_site_alone(meeting):
    state, staff = meeting.state, meeting.house.askers["staff"]
    told = basics.sites(staff, meeting.conference, state).as_json()["rows"]
    of_others = [row for row in told if row["unit"] != "cuc-1"]
    assert len(told) == 6 and all(row["present_reason"] == "của điểm cầu khác" for row in of_others)
    whole = basics.sites(meeting.house.askers["steering"], meeting.conference, state).as_json()["rows"]
    assert not any(row.get("present_reason") == "của điểm cầu khác" for row in whole)
    assert found.file(staff, meeting.conference, state).as_json()["rows"] == []


def test_what_was_concluded_there_waits_for_no_notice_that_is_known(client, published):
    house, conference, _directive, finding = published
    with clock.injected(TOLD):
        concluding.conclude(
            asker=house.operator, conference=conference, finding=finding.key, version=finding.versions.get().pk
        )
    client.force_login(house.accounts["staff"])
    for address in ("/findings/", "/findings/follow-up/"):
        rows = client.get(address, {"format": "json", "state": "published"}).json()["rows"]
        assert [(row["words"], row["state"]) for row in rows] == [("Đọc kỹ nghị quyết", "published")]
        assert client.get(address, {"format": "json", "state": "concluded"}).json()["rows"] == []
        assert "Đã công bố; nguồn không nêu thông báo kết luận" in client.get(address).content.decode()
        assert "kỳ sơ kết sau" not in client.get(address).content.decode()  # of which the source says nothing
