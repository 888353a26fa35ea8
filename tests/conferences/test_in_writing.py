"""A conference in writing alone, and statements sent in writing: what stands in them counts like what was spoken."""

from __future__ import annotations

import datetime as dt

import pytest

from soichieu.conferences.commands import agenda, closing, concluding, floor, noting, planning, sites, statements
from soichieu.conferences.docx import printed
from soichieu.conferences.errors import MovedOn
from soichieu.conferences.models import Conference
from soichieu.conferences.state import state_of
from soichieu.documents import files
from soichieu.documents.commands import register_document
from soichieu.findings.models import Finding
from soichieu.ledger.models import Obligation
from tests.conferences import reading_docx as read
from tests.conferences.conftest import Meeting
from tests.conferences.ending import SIGNED, at, terms
from tests.conferences.faces import desk, signed_in

TEXT = "Đơn vị đã thay nguồn sáng 12 đèn. Hồ sơ đèn biển chưa đầy đủ vì chưa phân công rõ người lập."


@pytest.fixture
def written(meeting) -> Meeting:
    """A conference in writing alone over two directives, opened, with one accepted statement."""
    steering = meeting.house.askers["steering"]
    second = register_document(
        steering, number="09/KH-BTN", issuer="Bộ Thử nghiệm", signed_on=dt.date(2025, 2, 3), title="Kế hoạch thứ hai",
        issuer_unit=meeting.house.ministry, public=True,
    )  # fmt: skip
    with at(-2000):
        meeting.conference = planning.plan(
            asker=steering, unit_id=meeting.house.ministry.pk,
            facts={"title": "Hội nghị bằng văn bản (thử)", "kind": "interim", "mode": "writing",
                   "held_on": dt.date(2025, 11, 14), "chair": "Bộ trưởng",
                   "directives": [meeting.directive.pk, second.pk]},
        )  # fmt: skip
        units = [one.pk for one in meeting.house.units[:2]]
        sites.make_sites(asker=steering, conference=meeting.conference, units=units)
        place = next(one for one in meeting.state.ordered_sites if one.unit == units[0])
        statements.commission(
            asker=steering, conference=meeting.conference, site=place.key, subject="Nguồn sáng của đèn", minutes=7
        )
        key = only(meeting).key
        statements.register_text(asker=meeting.site, conference=meeting.conference, statement=key, text=TEXT)
        statements.review(asker=steering, conference=meeting.conference, statement=key, review="accepted")
    with at(0):
        floor.open_conference(asker=meeting.chair, conference=meeting.conference)
    return meeting


def only(meeting: Meeting):
    return next(iter(state_of(meeting.conference).statements.values()))


def test_it_goes_from_the_text_to_the_obligation_without_a_line_of_an_agenda(written):
    """Driven by the pages: the secretary writes what stands in the statement, the chair concludes out of it, the signed
    notice gives the task out, and its thread leads back to the statement."""
    statement, unit = only(written), written.house.units[0]
    assert statement.delivery == "written" and not written.state.agenda
    secretary, chair = signed_in(written, "steering"), signed_in(written, "head")
    page = desk(written, "secretary")
    with at(5):
        shown = secretary.get(page).content.decode()
        assert f'<option value="{statement.key}"' in shown
        for sent in (
            {"act": "note", "item": statement.key, "text": "Tóm tắt: đã thay 12 đèn."},
            {"act": "find", "kind": "shortcoming", "item": statement.key, "text": "Hồ sơ đèn biển chưa đầy đủ",
             "own": "on", "subjective_cause": "Chưa phân công rõ người lập"},
            {"act": "word", "conclusion_kind": "task", "item": statement.key,
             "text": "Giao Cục Số 1 lập hồ sơ đèn biển.", "leads": [str(unit.pk)], "given": "one",
             "task": "Lập hồ sơ đèn biển", "deadline": "31-3-2026", "responsibility": "Cục trưởng",
             "authority": "Bộ Thử nghiệm", "product": "Hồ sơ đèn biển", "ladder": "carried_out"},
        ):  # fmt: skip
            answer = secretary.post(page, sent)
            assert answer.status_code == 302, answer.content.decode()
        assert "Điểm cầu Cục Số 1" in secretary.get(page).content.decode().split('class="noted"')[1]
        found = Finding.objects.get(kind="shortcoming")
        raising = found.raisings.get()
        assert raising.own and raising.author_unit_id == unit.pk and raising.item == statement.key
        (key,) = written.state.conclusions
        worded = Finding.objects.get(key=key)
        assert chair.get(desk(written, "chair")).status_code == 200
        version = worded.versions.get().pk
        assert (
            chair.post(desk(written, "chair"), {"act": "conclude", "finding": key, "version": version}).status_code
            == 302
        )
        floor.close_conference(asker=written.chair, conference=written.conference)
        minutes = read.text_of(
            read.opened(printed(written.house.askers["steering"], written.conference, written.state, "minutes"))
        )
    assert "1 tham luận, có giá trị như tham luận trình bày" in minutes and "Tóm tắt: đã thay 12 đèn." in minutes
    assert not Obligation.objects.exists()
    with at(day=dt.date(2025, 11, 20)):
        closing.register_notice(
            asker=written.house.askers["steering"], conference=written.conference, number="78/TB-BTN",
            signed_on=SIGNED, included=[key],
            stored=files.store("1. Giao Cục Số 1 lập hồ sơ đèn biển.".encode(), "tb.txt"),
        )  # fmt: skip
        told = secretary.get(desk(written, "after") + "?format=json").json()
    assert Obligation.objects.get().unit == unit
    (task,) = told["conclusions"]
    assert task["thread"]["statement"] == desk(written, "statement", statement.key)
    document = Conference.objects.get(pk=written.conference.pk).events.get(kind="notice").payload["document"]
    assert written.directive.__class__.objects.get(pk=document).links_out.filter(relation="concludes").count() == 2


def test_in_a_meeting_too_what_was_sent_in_writing_is_a_place_of_findings_and_a_called_one_is_its_line(meeting):
    steering = meeting.house.askers["steering"]
    with at(-2000):
        for subject in ("Gửi bằng văn bản", "Được gọi"):
            statements.commission(asker=steering, conference=meeting.conference, site="s2", subject=subject, minutes=5)
        sent, called = meeting.state.statements.values()
        with pytest.raises(MovedOn):  # its text has not come: nothing stands in it yet
            concluding.draft(
                asker=steering, conference=meeting.conference, conclusion_kind="record", text="Ghi nhận.", item=sent.key
            )
        for one, how in ((sent, "written"), (called, "spoken")):
            statements.register_text(
                asker=steering, conference=meeting.conference, statement=one.key, text=TEXT, delivery=how
            )
            statements.review(asker=steering, conference=meeting.conference, statement=one.key, review="accepted")
        agenda.put_statements(asker=steering, conference=meeting.conference)
    assert [one.key for one in meeting.state.uncalled_statements] == [sent.key]
    line = next(item for item in meeting.state.agenda if item.statement == called.key)
    with at(0):
        floor.open_conference(asker=meeting.chair, conference=meeting.conference)
        for item, statement in ((sent.key, sent.key), (line.key, called.key)):
            made = noting.find(
                asker=steering, conference=meeting.conference, kind="result", text=f"Kết quả {item}", item=item,
                units=[meeting.house.units[1].pk],
            )  # fmt: skip
            assert (
                made.raisings.get().item == statement
                and made.raisings.get().author_unit_id == meeting.house.units[1].pk
            )
        drafted = concluding.draft(
            asker=steering, conference=meeting.conference, conclusion_kind="task", text="Giao Cục Số 2 lập hồ sơ.",
            terms=terms([meeting.house.units[1].pk]), item=sent.key,
        )  # fmt: skip
    assert drafted.versions.get().statement == sent.key
    form = signed_in(meeting, "steering").get(desk(meeting, "secretary") + f"?word={drafted.key}").content.decode()
    assert f'<option value="{sent.key}" selected' in form
