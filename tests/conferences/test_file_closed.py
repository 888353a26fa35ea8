"""The end of a conference's book: recordings as the chair decided, and nothing after the hand-over to the archive."""

from __future__ import annotations

import pytest

from soichieu.conferences import book
from soichieu.conferences.commands import closing, floor, noting
from soichieu.conferences.docx import printed
from soichieu.conferences.errors import MovedOn
from soichieu.conferences.kinds import EventKind
from soichieu.ledger.errors import Refusal
from tests.conferences import reading_docx as read
from tests.conferences.ending import at, course
from tests.conferences.faces import desk, signed_in
from tests.conferences.test_notice import LATER, settle


def test_nothing_is_added_once_the_file_is_handed_over_whoever_asks(meeting):
    found = course(meeting)
    steering = meeting.house.askers["steering"]
    with at(61):
        noting.ask_correction(asker=meeting.site, conference=meeting.conference, site="s1", text="Số 3, theo báo cáo 9")
    settle(meeting, found)
    with at(day=LATER):
        with pytest.raises(Refusal, match="đính chính"):
            closing.hand_to_archive(asker=steering, conference=meeting.conference, on=LATER, receiver="Lưu trữ")
        (asked,) = meeting.state.corrections
        noting.answer_correction(
            asker=steering, conference=meeting.conference, correction=asked, text="Số liệu đúng", mended=False
        )
        closing.hand_to_archive(asker=steering, conference=meeting.conference, on=LATER, receiver="Lưu trữ")
        last = meeting.state.position
        for press in (
            lambda: floor.decide_recording(asker=meeting.chair, conference=meeting.conference, on=True),
            lambda: floor.show(asker=meeting.chair, conference=meeting.conference, what="name"),
            lambda: floor.call_roll(asker=steering, conference=meeting.conference, site="s1", present=1),
            lambda: book.write(steering, meeting.conference, EventKind.NOTED, {"item": "st1", "words": "Thêm"}),
        ):
            with pytest.raises(MovedOn):
                press()
        answer = signed_in(meeting, "head").post(desk(meeting, "chair"), {"act": "record-on"}, follow=True)
        assert "Hồ sơ hội nghị đã nộp lưu trữ; không ghi thêm gì nữa." in answer.content.decode()
    assert meeting.state.position == last and not meeting.state.recording


def test_a_recording_that_the_chair_ended_may_come_into_the_file(meeting):
    with at(0):
        floor.open_conference(asker=meeting.chair, conference=meeting.conference)
    with at(1):
        floor.decide_recording(asker=meeting.chair, conference=meeting.conference, on=True)
    with at(30):
        floor.decide_recording(asker=meeting.chair, conference=meeting.conference, on=False)
        floor.close_conference(asker=meeting.chair, conference=meeting.conference)
    steering = meeting.house.askers["steering"]
    with at(40):
        closing.add_paper(asker=steering, conference=meeting.conference, what="recording", label="Phần đã ghi")
        minutes = read.text_of(read.opened(printed(steering, meeting.conference, meeting.state, "minutes")))
    assert "Ghi âm, ghi hình: có, đến khi chủ trì quyết định dừng ghi." in minutes
