"""The notice at its edges: two who register at once, a conference in writing, the book verified, many leads."""

from __future__ import annotations

import datetime as dt

import pytest
from docx.oxml.ns import qn

from soichieu.conferences import book
from soichieu.conferences.commands import closing, floor, planning
from soichieu.conferences.docx import printed
from soichieu.conferences.kinds import EventKind
from soichieu.documents.models import Document
from soichieu.documents.papers import layout
from soichieu.ledger.models import Entry, Obligation
from soichieu.ledger.verification import verify
from tests.conferences import reading_docx as read
from tests.conferences.ending import SIGNED, at, course, terms, worded
from tests.conferences.test_notice import settle
from tests.plans.test_at_once import at_once


@pytest.mark.django_db(transaction=True)
def test_of_two_who_register_at_once_one_is_told(meeting):
    found = course(meeting)
    keys = [found[name].key for name in ("task", "both", "standing", "up", "record", "dropped")]

    def register(number):
        return closing.register_notice(
            asker=meeting.house.askers["steering"], conference=meeting.conference, number=number, signed_on=SIGNED,
            included=keys,
        )  # fmt: skip

    made = at_once(lambda: register("77/TB-BTN"), lambda: register("78/TB-BTN"))
    assert sorted(type(one).__name__ for one in made) == ["MovedOn", "Registered"]
    assert Obligation.objects.count() == 4 and Document.objects.filter(number__contains="TB-BTN").count() == 1
    assert meeting.conference.events.filter(kind=EventKind.NOTICE).count() == 1


def test_the_ledger_verifies_what_the_notice_opened(meeting):
    found = course(meeting)
    settle(meeting, found)
    assert not verify()
    assert Entry.objects.filter(source_room="findings", source_kind="conclusion").count() == 3


def test_a_day_that_the_notice_does_not_give_is_none(meeting):
    found = course(meeting)
    settle(meeting, found, deadlines={found["task"].key: None})
    assert Obligation.objects.get(unit__code="cuc-1").requirement.deadline is None
    assert Obligation.objects.get(unit__code="cuc-2").requirement.deadline == dt.date(2026, 3, 31)


def test_many_leads_stand_in_the_annex_and_are_counted_in_the_text(meeting):
    units = [one.pk for one in meeting.house.units]
    with at(0):
        floor.open_conference(asker=meeting.chair, conference=meeting.conference)
        worded(meeting, "task", "Các đơn vị lập hồ sơ.", terms=terms(units, task="Lập hồ sơ", product="Hồ sơ"))
        floor.close_conference(asker=meeting.chair, conference=meeting.conference)
        document = read.opened(printed(meeting.house.askers["steering"], meeting.conference, meeting.state, "notice"))
    text = "\n".join(one.text for one in document.paragraphs)
    assert "Các đơn vị lập hồ sơ (chủ trì: 7 đơn vị nêu tại Phụ lục; thời hạn: 31-3-2026; sản phẩm: Hồ sơ)." in text
    (row,) = list(read.rows(document, len(document.tables) - 1))[1:]
    assert "Cục Số 1" in row[2] and "Phòng Ba 2" in row[2]
    widths = [cell.width.cm for cell in document.tables[-1].rows[1].cells]
    assert max(widths) == widths[2] and round(sum(widths), 1) == 16.5


def test_a_table_keeps_the_marks_of_capitals_clear_and_its_figures_in_the_middle():
    document = layout.blank()
    heads, widths = ("TT", "Điểm cầu", "Có mặt"), (layout.Cm(1), layout.Cm(9), layout.Cm(2))
    long = ", ".join(["Ty Hải đăng vùng Thanh Yến"] * 30)
    table = layout.grid(
        document, heads, [["1", "ĐIỂM CẦU TRUNG TÂM\nChủ trì: Bộ trưởng", "24"], ["2", long, "……"]], widths
    )
    every = [one for row in table.rows for cell in row.cells for one in cell.paragraphs]
    assert {one.paragraph_format.space_before.pt for one in every} == {2}
    middle, left = layout.ALIGN.CENTER, layout.ALIGN.LEFT
    assert [cell.paragraphs[0].alignment for cell in table.rows[1].cells] == [middle, left, middle]
    assert [cell.paragraphs[0].alignment for cell in table.rows[2].cells] == [middle, left, middle]
    whole = [row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows]
    assert whole == [False, True, False]


def test_a_conference_in_writing_counts_what_was_sent(meeting):
    steering = meeting.house.askers["steering"]
    with at(-60):
        planning.change(asker=steering, conference=meeting.conference, facts={"mode": "writing"})
        book.write(steering, meeting.conference, EventKind.STATEMENT,
                   {"key": "w1", "site": "s1", "subject": "Kinh nghiệm thay đèn", "minutes": 7})  # fmt: skip
        book.write(steering, meeting.conference, EventKind.STATEMENT_TEXT,
                   {"key": "w1", "text": "Kính gửi hội nghị.", "delivery": "written"})  # fmt: skip
        book.write(steering, meeting.conference, EventKind.STATEMENT,
                   {"key": "w2", "site": "s2", "subject": "Chưa gửi", "minutes": 7})  # fmt: skip
    with at(0):
        floor.open_conference(asker=meeting.chair, conference=meeting.conference)
        worded(meeting, "standing", "Các đơn vị thực hiện nghiêm.")
        floor.close_conference(asker=meeting.chair, conference=meeting.conference)
        state = meeting.state
        minutes, notice, listed = (
            read.text_of(read.opened(printed(steering, meeting.conference, state, slug)))
            for slug in ("minutes", "notice", "file-list")
        )
    assert "hội nghị bằng văn bản, không tổ chức điểm cầu" in minutes
    assert "1 tham luận, có giá trị như tham luận trình bày:" in minutes and "Chưa gửi" not in minutes
    assert "Điểm cầu Cục Số 1: Kinh nghiệm thay đèn." in minutes
    assert "1 tham luận gửi bằng văn bản" in notice
    assert "Tham luận: Kinh nghiệm thay đèn" in listed


def test_a_late_notice_is_registered_all_the_same(meeting):
    found = course(meeting)
    with at(day=dt.date(2026, 1, 5)):
        done = closing.register_notice(
            asker=meeting.house.askers["steering"], conference=meeting.conference, number="01/TB-BTN",
            signed_on=dt.date(2026, 1, 5), included=[found["task"].key],
            left_out={found[name].key: "không" for name in ("both", "standing", "up", "record", "dropped")},
        )  # fmt: skip
    assert Entry.objects.get(obligation=done.given[0].obligations[0]).happened_on == dt.date(2026, 1, 5)
