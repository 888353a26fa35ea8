"""The book of a conference is there to be read: who wrote each line, when, and on whose behalf."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from soichieu.conferences.kinds import EventKind
from soichieu.conferences.models import Event
from soichieu.conferences.queries.entries import lines_of
from soichieu.conferences.telling import course as telling
from tests.conferences.ending import SIGNED, at, course
from tests.conferences.faces import desk, signed_in
from tests.conferences.test_notice import LATER, settle


def test_each_line_names_who_wrote_it_and_for_whom(meeting):
    course(meeting)
    client = signed_in(meeting, "steering")
    with at(day=LATER):
        told = client.get(desk(meeting, "book") + "?format=json").json()
        page = client.get(desk(meeting, "book") + "?behalf=1").content.decode()
    assert [one["position"] for one in told] == list(range(1, meeting.state.position + 1))
    called = [one for one in told if one["kind"] == "floor_given"]
    assert {one["on_behalf_of"] for one in called} == {"Bộ trưởng", None}  # the secretary, and once the chair himself
    assert "thay mặt" in called[0]["by"] and called[0]["about"] == "Khai mạc"
    assert "Tham luận 1" in page and "Bộ trưởng" in page and "Khai mạc" in page
    # The chair opened in person: no line on somebody's behalf.
    (opened,) = [one for one in told if one["kind"] == "opened"]
    assert opened["on_behalf_of"] is None
    assert page.count("<tr") - 1 == sum(one["on_behalf_of"] is not None for one in told)


def test_it_tells_what_each_line_is_about_but_not_what_a_draft_says(meeting):
    found = course(meeting)
    settle(meeting, found)
    about = {one.position: one for one in lines_of(meeting.conference)}
    said = {(one.kind, one.about) for one in about.values()}
    assert {
        ("planned", "Hội nghị sơ kết (thử)"), ("site", "Điểm cầu Cục Số 1"), ("roll", "Điểm cầu Cục Số 1 · 12"),
        ("noted", "Tham luận 1"), ("floor_given", "Điểm cầu Cục Số 3"), ("notice", "77/TB-BTN"), ("conclusion", ""),
    } <= said  # fmt: skip
    with at(day=LATER):
        page = signed_in(meeting, "steering").get(desk(meeting, "book")).content.decode()
    assert "Dự thảo không được kết luận" not in page and str(SIGNED.year) in page


def test_every_kind_of_line_can_be_read(meeting):
    """A book that holds a line of each kind with nothing in it but what the kind cannot do without."""
    last = meeting.state.position
    need = {"screen": {"what": "name"}, "paper": {"what": "minutes"}, "recording": {"on": True}}
    for number, kind in enumerate(EventKind.values, start=last + 1):
        Event.objects.create(
            conference=meeting.conference, position=number, kind=kind, happened_at=meeting.conference.made_at,
            recorded_at=meeting.conference.made_at, payload=need.get(kind, {}), by="x",
        )  # fmt: skip
    assert [one.kind for one in lines_of(meeting.conference)][last:] == EventKind.values


def test_who_has_only_a_site_does_not_read_it_and_the_export_cannot_calculate(meeting):
    course(meeting)
    Event.objects.create(
        conference=meeting.conference, position=meeting.state.position + 1, kind="notice", by="=1+1",
        happened_at=meeting.conference.made_at, recorded_at=meeting.conference.made_at, payload={"number": "=2+2"},
    )  # fmt: skip
    assert signed_in(meeting, "staff").get(desk(meeting, "book")).status_code == 403
    told = telling.book(meeting.site, meeting.conference, meeting.state)
    assert not told.rows and told.notes
    told = telling.book(meeting.chair, meeting.conference, meeting.state)
    assert len(told.rows) == len(lines_of(meeting.conference))
    answer = signed_in(meeting, "steering").get(desk(meeting, "book") + "?export=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content))
    cells = [cell for row in sheet.active.iter_rows() for cell in row if cell.value is not None]
    assert any("2+2" in str(cell.value) for cell in cells) and all(cell.data_type != "f" for cell in cells)
