"""The secretary's page when the conference is over: what stands there, what may still be written, and why not."""

from __future__ import annotations

import pytest

from soichieu.conferences.commands import closing
from tests.conferences.ending import at, course
from tests.conferences.faces import HX, desk, signed_in
from tests.conferences.test_notice import LATER, settle

FORMS = ('id="form-note"', 'id="form-find"', 'id="form-word"', 'id="form-roll"')


@pytest.fixture
def ended(meeting):
    return course(meeting)


def page_of(meeting, client=None, **query: str) -> str:
    client = client or signed_in(meeting, "steering")
    with at(day=LATER):
        answer = client.get(desk(meeting, "secretary"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_while_it_goes_every_form_is_there(meeting):
    page = page_of(meeting)
    assert all(form in page for form in FORMS) and "Hội nghị đã kết thúc" not in page


def test_when_it_is_over_one_line_stands_for_the_forms(meeting, ended):
    page = page_of(meeting)
    assert not any(form in page for form in FORMS)
    assert "Hội nghị đã kết thúc nên không còn ghi diễn biến" in page
    assert "Đã thay nguồn sáng 12 đèn." in page and "Hồ sơ đèn biển chưa đầy đủ" in page  # what was noted is read there


def test_what_was_written_by_hand_may_be_added_until_the_file_is_handed_over(meeting, ended):
    client = signed_in(meeting, "steering")
    page = page_of(meeting, client, complete="1")
    assert all(form in page for form in FORMS[:3]) and FORMS[3] not in page  # who was there, nobody counts any more
    note = {"act": "note", "item": "st1", "text": "Bổ sung theo sổ tay."}
    with at(day=LATER):
        sent = client.post(desk(meeting, "secretary"), note)
        assert sent.status_code == 302 and sent["Location"].endswith("?complete=1")  # and on to the next note
        settle(meeting, ended)
        steering = meeting.house.askers["steering"]
        closing.hand_to_archive(asker=steering, conference=meeting.conference, on=LATER, receiver="Lưu trữ")
    page = page_of(meeting, client, complete="1")
    assert not any(form in page for form in FORMS)
    assert "Bổ sung nội dung ghi tay" not in page
    assert "Hồ sơ hội nghị đã nộp lưu trữ; không ghi thêm gì nữa." in page and "Bổ sung theo sổ tay." in page
    with at(day=LATER):
        late = client.post(desk(meeting, "secretary"), {**note, "text": "Muộn quá."})
    # What was typed before the file went is refused, and comes back to whoever typed it.
    assert late.status_code == 422 and "Muộn quá." in late.content.decode()


def test_nothing_in_a_signed_notice_is_worded_anew(meeting, ended):
    client = signed_in(meeting, "steering")
    anew = f"{desk(meeting, 'secretary')}?word="
    before = page_of(meeting, client)
    assert all(f"{anew}{ended[name].key}" in before for name in ("task", "standing", "dropped"))
    assert FORMS[2] in page_of(meeting, client, word=ended["task"].key)
    settle(meeting, ended)
    after = page_of(meeting, client)
    assert not any(f"{anew}{ended[name].key}" in after for name in ("task", "both", "standing", "up", "record"))
    assert f"{anew}{ended['dropped'].key}" in after  # left out: a further notice may have it in other words
    # An old address of it opens no form for its words.
    assert not any(form in page_of(meeting, client, word=ended["task"].key) for form in FORMS)
    chair = signed_in(meeting, "head").get(desk(meeting, "chair")).content.decode()
    assert f'id="withdraw-{ended["task"].key}"' not in chair and f'id="withdraw-{ended["dropped"].key}"' in chair


def test_a_form_that_was_open_when_it_ended_still_goes(meeting, ended):
    client = signed_in(meeting, "steering")
    with at(61):
        answer = client.post(desk(meeting, "secretary"), {"act": "note", "item": "st1", "text": "Dở dang."}, headers=HX)
    assert answer.status_code == 200 and any(note.words == "Dở dang." for note in meeting.state.notes)
