"""What nobody ought to send: it is refused under its field in words, or kept without what could deceive a reader."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as Word

from soichieu.conferences.commands import floor, planning, sites, statements
from soichieu.findings import commands as findings
from soichieu.ledger.errors import Refusal
from tests.conferences.ending import at, course, terms, worded
from tests.conferences.faces import desk, signed_in

TURNED = "Cục\u202e Số 1\u202c\u2066 (thử)\u2069\u200e\x07"


@pytest.fixture
def statement(meeting) -> str:
    with at(-2000):
        statements.commission(
            asker=meeting.house.askers["steering"], conference=meeting.conference, site="s1", subject=TURNED, minutes=5
        )
    return next(iter(meeting.state.statements))


def word_file(**more: bytes) -> bytes:
    out = io.BytesIO()
    document = Word()
    document.add_paragraph("Tham luận của đơn vị.")
    document.save(out)
    with zipfile.ZipFile(out, "a") as parts:
        for name, data in more.items():
            parts.writestr(f"word/{name}", data)
    return out.getvalue()


def test_marks_that_turn_the_line_are_not_kept(meeting, statement):
    steering = meeting.house.askers["steering"]
    with at(-1900):
        planning.change(
            asker=steering, conference=meeting.conference, facts={"title": TURNED, "co_chairs": [TURNED, "  \u202e "]}
        )
        sites.write_site(asker=steering, conference=meeting.conference, key="s1", facts={"chair": TURNED})
        statements.register_text(asker=meeting.site, conference=meeting.conference, statement=statement, text=TURNED)
    with at(0):
        floor.open_conference(asker=meeting.chair, conference=meeting.conference)
        task = worded(
            meeting, "task", TURNED, terms=terms([meeting.house.units[0].pk], task=TURNED), conclude=False
        )  # fmt: skip
        floor.call_roll(asker=meeting.site, conference=meeting.conference, site="s1", present=3, remark=TURNED)
    state = meeting.state
    clean = "Cục Số 1 (thử)"
    assert (state.title, state.co_chairs, state.sites["s1"].chair) == (clean, [clean], clean)
    assert state.statements[statement].subject == state.statements[statement].text == state.sites["s1"].remark == clean
    version = task.versions.get()
    assert (version.words, version.terms["task"]) == (clean, clean)


def test_what_is_too_long_is_refused_under_its_field(meeting, statement):
    steering, long = meeting.house.askers["steering"], "ă" * 5_000_000
    presses = {
        "co_chairs": lambda: planning.change(
            asker=steering, conference=meeting.conference, facts={"co_chairs": ["ă" * 300]}
        ),
        "seniors": lambda: planning.change(
            asker=steering, conference=meeting.conference, facts={"seniors": [f"Đại biểu {n}" for n in range(41)]}
        ),
        "text": lambda: statements.register_text(
            asker=meeting.site, conference=meeting.conference, statement=statement, text=long
        ),
        "words": lambda: worded(meeting, "record", long, conclude=False),
        "product": lambda: worded(meeting, "task", "Giao.", conclude=False, terms={"product": long}),
        "subjective_cause": lambda: findings.base.fields_of(steering, {"subjective_cause": long}),
    }
    for field, press in presses.items():
        with pytest.raises(Refusal) as refused:
            press()
        assert refused.value.field == field, field


def test_a_program_in_a_word_file_is_refused_and_a_plain_one_is_taken(meeting, statement):
    client = signed_in(meeting, "steering")
    address = desk(meeting, "statement", statement)
    with at(-1900):
        for data, status in ((word_file(**{"vbaProject.bin": b"\xd0\xcf\x11\xe0"}), 422), (word_file(), 302)):
            file = SimpleUploadedFile("tham-luan.docx", data)
            sent = {"do": "text", "text-file": file, "text-delivery": "spoken", "text-seen": "0"}
            answer = client.post(address, sent)
            assert answer.status_code == status
            if status == 422:
                assert "macro" in answer.content.decode() and not meeting.state.statements[statement].edition
    assert meeting.state.statements[statement].text == "Tham luận của đơn vị."


def test_ten_thousand_participants_are_heads_and_too_many_names_are_told(meeting):
    client = signed_in(meeting, "steering")
    address = desk(meeting, "site-sheet", "s2")
    form = {"do": "expected", "p-INITIAL_FORMS": "0", "heads-heads": "10000"}
    with at(-1900):
        many = {f"p-{n}-post": f"Đại biểu {n}" for n in range(10_000)}
        answer = client.post(address, {**form, **many, "p-TOTAL_FORMS": "10000"})
        assert answer.status_code == 422 and "ghi tổng số đại biểu dự kiến" in answer.content.decode()
        assert client.post(address, {**form, "p-0-post": "Giám đốc", "p-TOTAL_FORMS": "1"}).status_code == 302
        shown = client.get(desk(meeting, "sites")).content.decode()
    site = meeting.state.sites["s2"]
    assert site.expected_heads == 10_000 and len(site.expected) == 1
    assert shown.count("10.000") >= 1


@pytest.mark.parametrize(
    ("data", "name", "vietnamese", "english"),
    [
        (word_file()[:900], "tham-luan.docx", "tệp", "cut short"),
        (b"%PDF-1.7 \xff\x00", "tham-luan.pdf", "PDF", "it cannot be opened as a PDF"),
        (b" \n \n", "tham-luan.txt", "tệp", "the file is empty"),
    ],
)
def test_why_a_file_cannot_be_read_is_said_in_the_language_of_the_page(
    meeting, statement, data, name, vietnamese, english
):
    client = signed_in(meeting, "steering")
    for language, words, foreign in (("vi", vietnamese, english), ("en", english, "không")):
        sent = {"do": "text", "text-file": SimpleUploadedFile(name, data), "text-delivery": "spoken", "text-seen": "0"}
        with at(-1900):
            answer = client.post(desk(meeting, "statement", statement), sent, headers={"Accept-Language": language})
        assert answer.status_code == 422
        (said,) = answer.context["text"].errors["file"]
        assert name in said and words in said and foreign not in said
    assert not meeting.state.statements[statement].edition


def test_a_notice_that_is_a_picture_is_registered_and_why_it_has_no_text_is_said(meeting):
    found = course(meeting)
    client = signed_in(meeting, "steering")
    names = ("task", "both", "standing", "up", "record", "dropped")
    form = {"number": "77/TB-BTN", "signed_on": "19-11-2025", **{f"conclusion-{found[one].key}": "in" for one in names}}
    with at(day=dt.date(2025, 11, 20)):
        file = SimpleUploadedFile("tb.pdf", b"%PDF-1.7 \xff\x00")
        answer = client.post(desk(meeting, "notice"), {**form, "file": file}, follow=True)
    said = " ".join(str(one) for one in answer.context["messages"])
    assert "77/TB-BTN" in said and "không mở được" in said and "it cannot" not in said
