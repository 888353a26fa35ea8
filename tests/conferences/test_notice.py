"""The signed notice: its tasks become obligations when it is registered, and not before; what it left out stays."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from soichieu.conferences.commands import closing, concluding, floor, planning
from soichieu.conferences.errors import MovedOn
from soichieu.conferences.kinds import Phase
from soichieu.documents import files
from soichieu.documents.models import Document
from soichieu.findings import queries as findings
from soichieu.findings.models import Step
from soichieu.ledger import queries as ledger
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.models import Entry, Obligation, Requirement
from soichieu.organisation.askers import NotAllowed
from tests.conferences.ending import NOTICE_TEXT, SIGNED, at, course, terms, worded

LATER = dt.date(2025, 11, 20)


def settle(meeting, found, *, text: str = NOTICE_TEXT, **more):
    """Register the notice with everything but the dropped task."""
    with at(day=LATER):
        stored = files.store(text.encode(), "thong-bao.txt") if text else None
        return closing.register_notice(
            asker=meeting.house.askers["steering"], conference=meeting.conference, number="77/TB-BTN",
            signed_on=SIGNED, stored=stored, signer="Người ký", signing_form="TL.",
            **{
                "included": [found[name].key for name in ("task", "both", "standing", "up", "record")],
                "left_out": {found["dropped"].key: "Chờ phương án tập huấn chung"}, **more,
            },
        )  # fmt: skip


def test_tasks_are_obligations_when_the_notice_is_registered_and_not_before(meeting):
    found = course(meeting)
    assert not Obligation.objects.exists()
    expected = findings.expected_tasks(meeting.site, [meeting.house.units[0].pk])
    assert [one.key for one in expected] == [found["task"].key]
    done = settle(meeting, found)
    assert not done.unread
    owed = {(one.requirement.title, one.unit.code) for one in Obligation.objects.select_related("requirement", "unit")}
    assert owed == {
        ("Rà soát và bổ sung đèn biển cửa sông do đơn vị quản lý", "cuc-1"),
        ("Lập hồ sơ kỹ thuật cho từng trạm đèn", "cuc-2"),
        ("Lập hồ sơ kỹ thuật cho từng trạm đèn", "cuc-3"),
    }
    assert not findings.expected_tasks(meeting.site, [meeting.house.units[0].pk])
    task = Obligation.objects.get(unit__code="cuc-1")
    cell = ledger.obligation(meeting.site, task.pk)[1]
    assert (cell.lifecycle, cell.current_deadline) == ("not_started", dt.date(2026, 3, 31))
    assert task.requirement.deciding_body == "Bộ Thử nghiệm"
    assert task.requirement.cooperators_text == "Cục Số 5"
    opened = Entry.objects.get(obligation=task)
    assert (opened.source_room, opened.source_kind) == ("findings", "conclusion")
    assert opened.source_id.startswith(found["task"].key) and opened.evidence_hashes


def test_each_task_is_tied_to_its_sentence_in_the_notice(meeting):
    done = settle(meeting, course(meeting))
    said = {
        one.requirement.code: one.requirement.provisions.get(gives=True).identity.provisions.get().text
        for one in done.given
    }
    assert "rà soát và bổ sung đèn biển cửa sông" in said["KL1"]
    assert said["KL2"].startswith("Cục Số 2 và Cục Số 3")
    places = {one["finding"]: one["place"] for one in meeting.state.notice["included"]}
    assert sum(bool(place) for place in places.values()) == 3


def test_what_the_notice_left_out_stays_visible_and_opens_nothing(meeting):
    found = course(meeting)
    settle(meeting, found)
    states = {
        name: findings.shown([found[name]])[0].state
        for name in ("task", "standing", "up", "record", "dropped", "draft")
    }
    assert states == {
        "task": "opened", "standing": "in_notice", "up": "in_notice", "record": "in_notice", "dropped": "left_out",
        "draft": "drafted",
    }  # fmt: skip
    left = Step.objects.get(finding=found["dropped"], step="left_out")
    assert left.reason == "Chờ phương án tập huấn chung"
    assert not Obligation.objects.filter(unit__code="cuc-4").exists()
    assert meeting.state.notice["left_out"] == [{"finding": found["dropped"].key, "reason": left.reason}]


def test_each_conclusion_is_in_or_left_out_with_a_reason(meeting):
    found = course(meeting)
    with pytest.raises(Refusal, match="Giao Cục Số 4") as refused:
        settle(meeting, found, left_out={})
    assert refused.value.field == f"conclusion-{found['dropped'].key}"
    assert not Document.objects.filter(number="77/TB-BTN").exists()
    with pytest.raises(MovedOn):
        settle(meeting, found, included=[found["draft"].key])


def test_nothing_is_written_when_one_task_cannot_be_given(meeting):
    found = course(meeting)
    before = meeting.state.position
    with pytest.raises(Refusal) as refused:
        settle(meeting, found, deadlines={found["both"].key: dt.date(2025, 11, 1)})
    assert refused.value.field == f"deadline-{found['both'].key}"
    assert not Requirement.objects.exists() and not Obligation.objects.exists()
    assert not Document.objects.filter(number="77/TB-BTN").exists()
    assert meeting.state.position == before


def test_a_day_that_the_notice_gives_otherwise_stands(meeting):
    found = course(meeting)
    settle(meeting, found, deadlines={found["task"].key: dt.date(2026, 4, 30)})
    task = Obligation.objects.get(unit__code="cuc-1")
    assert task.requirement.deadline == dt.date(2026, 4, 30)
    assert Entry.objects.get(obligation=task).deadline == dt.date(2026, 4, 30)


def test_the_notice_comes_after_the_conference_and_is_signed_by_then(meeting):
    found = {"task": "x"}
    with at(day=LATER), pytest.raises(Refusal, match="chưa kết thúc"):
        closing.register_notice(
            asker=meeting.house.askers["steering"], conference=meeting.conference, number="77/TB-BTN",
            signed_on=SIGNED, included=found.values(),
        )  # fmt: skip
    found = course(meeting)
    for day, field in ((dt.date(2025, 11, 1), "signed_on"), (dt.date(2025, 12, 24), "signed_on")):
        with at(day=LATER), pytest.raises(Refusal) as refused:
            closing.register_notice(
                asker=meeting.house.askers["steering"], conference=meeting.conference, number="77/TB-BTN",
                signed_on=day, included=[],
            )  # fmt: skip
        assert refused.value.field == field


def test_who_only_prepares_does_not_give_tasks_out(meeting):
    found = course(meeting)
    for asker in (meeting.site, meeting.house.askers["observer"], meeting.house.askers["other"], meeting.chair):
        with at(day=LATER), pytest.raises((Forbidden, NotAllowed)):
            closing.register_notice(
                asker=asker, conference=meeting.conference, number="77/TB-BTN", signed_on=SIGNED,
                included=[found["task"].key],
                left_out={found[name].key: "không" for name in ("both", "standing", "up", "record", "dropped")},
            )  # fmt: skip
    assert not Obligation.objects.exists()


def test_a_second_notice_may_say_what_the_first_left_out(meeting):
    found = course(meeting)
    settle(meeting, found)
    with at(day=dt.date(2025, 12, 2)):
        closing.register_notice(
            asker=meeting.house.askers["steering"], conference=meeting.conference, number="80/TB-BTN",
            signed_on=dt.date(2025, 12, 1), included=[found["dropped"].key],
        )  # fmt: skip
    assert Obligation.objects.filter(unit__code="cuc-4").count() == 1
    assert [one.step for one in found["dropped"].steps.order_by("pk")] == [
        "drafted", "concluded", "left_out", "in_notice", "opened",
    ]  # fmt: skip


def test_a_task_without_one_lead_waits_on_the_notice_unopened(meeting):
    units = meeting.house.units
    with at(0):
        floor.open_conference(asker=meeting.chair, conference=meeting.conference)
        two = worded(
            meeting, "task", "Giao một đơn vị tổng hợp.", conclude=False,
            terms=terms([units[0].pk, units[1].pk], given="one", task="Tổng hợp kết quả"),
        )  # fmt: skip
        concluding.conclude(
            asker=meeting.chair, conference=meeting.conference, finding=two.key, version=two.versions.get().pk,
            despite=True,
        )  # fmt: skip
        floor.close_conference(asker=meeting.chair, conference=meeting.conference)
    with at(day=LATER):
        done = closing.register_notice(
            asker=meeting.house.askers["steering"], conference=meeting.conference, number="77/TB-BTN",
            signed_on=SIGNED, included=[two.key],
        )  # fmt: skip
    (given,) = done.given
    assert not given.obligations and given.requirement.needs_one_lead
    assert given.requirement.status == Requirement.Status.PROPOSED
    assert findings.shown([two])[0].state == "in_notice"


def test_a_scan_is_kept_as_evidence_and_the_tasks_are_given_all_the_same(meeting):
    found = course(meeting)
    with at(day=LATER):
        stored = files.store(b"%PDF-1.4 not a text", "scan.pdf")
    with at(day=LATER):
        done = closing.register_notice(
            asker=meeting.house.askers["steering"], conference=meeting.conference, number="77/TB-BTN",
            signed_on=SIGNED, stored=stored, included=[found["task"].key],
            left_out={found[name].key: "không" for name in ("both", "standing", "up", "record", "dropped")},
        )  # fmt: skip
    assert done.unread
    assert Entry.objects.get().evidence_hashes == [stored.pk]
    assert not done.given[0].requirement.provisions.exists()


def test_the_same_notice_twice_is_refused(meeting):
    found = course(meeting)
    settle(meeting, found)
    with pytest.raises((Refusal, ValidationError)):
        settle(meeting, found)
    assert Obligation.objects.count() == 3


def test_papers_come_into_the_file_and_a_recording_only_when_the_chair_decided(meeting):
    found = course(meeting)
    steering = meeting.house.askers["steering"]
    with at(day=LATER):
        stored = files.store("Báo cáo trung tâm".encode(), "bao-cao.txt")
        closing.add_paper(
            asker=steering, conference=meeting.conference, what="report", label="Báo cáo trung tâm", stored=stored
        )
        with pytest.raises(Refusal, match="không quyết định"):
            closing.add_paper(asker=steering, conference=meeting.conference, what="recording", label="Bản ghi")
        with pytest.raises(Refusal):
            closing.add_paper(asker=steering, conference=meeting.conference, what="report", label="Không có gì")
        with pytest.raises(Refusal, match="6 kết luận"):
            closing.hand_to_archive(asker=steering, conference=meeting.conference, on=LATER, receiver="Lưu trữ cơ quan")
    assert [one["label"] for one in meeting.state.papers] == ["Báo cáo trung tâm"]
    settle(meeting, found)
    with at(day=LATER):
        closing.hand_to_archive(asker=steering, conference=meeting.conference, on=LATER, receiver="Lưu trữ cơ quan")
        assert meeting.state.phase == Phase.ARCHIVED
        with pytest.raises(MovedOn):
            closing.add_paper(asker=steering, conference=meeting.conference, what="report", label="Thêm", stored=stored)


def test_a_conference_that_was_brought_forward_does_not_wait_for_the_day_of_its_plan(meeting):
    """Planned for December, opened in November: its notice is signed when it is due, not before it was held."""
    steering, december = meeting.house.askers["steering"], dt.date(2025, 12, 15)
    with at(-60):
        planning.change(asker=steering, conference=meeting.conference, facts={"held_on": december})
    found = course(meeting)
    with at(day=LATER), pytest.raises(Refusal) as refused:
        closing.register_notice(
            asker=meeting.house.askers["steering"], conference=meeting.conference, number="77/TB-BTN",
            signed_on=dt.date(2025, 11, 13), included=[],
        )  # fmt: skip
    assert refused.value.field == "signed_on" and "14-11-2025" in str(refused.value)
    assert not settle(meeting, found).unread
    assert Obligation.objects.filter(unit__code="cuc-1").exists()
