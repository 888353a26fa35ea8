"""A conclusion: drafted, concluded, expected, in the notice or left out of it, opened as a task with its source."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from soichieu.documents.models import Document
from soichieu.findings import commands, queries
from soichieu.findings.errors import TwoHeads, Unclear
from soichieu.findings.models import Step
from soichieu.findings.sources import conclusion_hash, source_of
from soichieu.findings.terms import missing
from soichieu.ledger.commands import define_requirement
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.sources import resolver_of
from tests.findings.conftest import SIGNED, SPRING, Hall


def settle(hall: Hall, finding: Any, document: Document, **more: Any) -> Step:
    values: dict[str, Any] = {"asker": hall.asker("steering"), "holder_unit_id": hall.ministry, "on": SIGNED}
    return commands.settle_in_notice(**values | {"finding": finding, "document": document} | more)


def expected(hall: Hall, who: str = "staff", at: int = 0) -> list[Any]:
    return [one.finding for one in queries.expected_tasks(hall.asker(who), [hall.unit(at)])]


def test_a_draft_is_the_holders_alone_and_a_concluded_task_is_expected_by_its_lead(hall: Hall) -> None:
    finding = hall.draft()
    assert queries.findings_of(hall.asker("staff")) == [] and expected(hall) == []
    assert [one.finding for one in queries.findings_of(hall.asker("steering"))] == [finding]
    hall.conclude(finding)
    assert expected(hall) == [finding]
    assert expected(hall, "peer", 1) == []


def test_the_chair_concludes_and_a_secretary_on_no_behalf_does_not(hall: Hall) -> None:
    with pytest.raises(Forbidden):
        hall.conclude(hall.draft(), asker=hall.asker("secretary"))
    with pytest.raises(Forbidden):
        hall.draft(asker=hall.asker("staff"))


def test_a_key_pressed_twice_concludes_once(hall: Hall) -> None:
    finding = hall.draft()
    assert hall.conclude(finding).pk == hall.conclude(finding).pk


def test_a_task_that_is_not_clear_is_concluded_only_despite_and_says_what_is_missing(hall: Hall) -> None:
    finding = hall.draft(terms=hall.terms(deadline=None, responsibility=""))
    with pytest.raises(Unclear) as refused:
        hall.conclude(finding)
    assert refused.value.missing == ["when", "responsibility"]
    assert "rõ thời gian, rõ trách nhiệm" in hall.conclude(finding, despite=True).reason


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        ({}, ()),
        ({"leads": []}, ("who", "responsibility")),
        ({"task": "Tiếp tục nâng cao hơn nữa"}, ("what",)),
        ({"deadline": None}, ("when",)),
        ({"deadline": None, "deadline_text": "quý IV năm 2025"}, ()),
        ({"responsibility": ""}, ("responsibility",)),
        ({"leads": [1, 2]}, ("responsibility",)),
        ({"leads": [1, 2], "given": "each"}, ()),
        ({"authority": ""}, ("authority",)),
        ({"authority": "cấp có thẩm quyền"}, ("authority",)),
        ({"product": ""}, ("product",)),
        ({"product": "hoàn thành tốt"}, ("product",)),
    ],
)
def test_the_six_clears(change: dict[str, Any], lacking: tuple[str, ...]) -> None:
    clear = {
        "leads": [1], "given": "one", "task": "Xây dựng đề án hiện đại hóa hệ thống hải đăng",
        "deadline": "2025-12-31", "responsibility": "Cục trưởng", "authority": "Bộ trưởng phê duyệt",
        "product": "Đề án",
    }  # fmt: skip
    assert missing(clear | change) == lacking


def test_two_wordings_are_settled_before_it_is_concluded(hall: Hall) -> None:
    finding = hall.draft()
    first = finding.versions.get()
    for who, words in (("steering", "Giao Cục Số 1 lập đề án."), ("secretary", "Giao Cục Số 1 làm đề án.")):
        commands.word(asker=hall.asker(who), holder_unit_id=hall.ministry, finding=finding, after=[first], words=words)
    with pytest.raises(TwoHeads) as refused:
        hall.conclude(finding)
    commands.word(
        asker=hall.asker("steering"), holder_unit_id=hall.ministry, finding=finding, after=refused.value.heads,
        words="Giao Cục Số 1 xây dựng đề án.",
    )  # fmt: skip
    with pytest.raises(Refusal) as stale:
        hall.conclude(finding, version=first)
    assert stale.value.field == "version"
    assert hall.conclude(finding).version.words == "Giao Cục Số 1 xây dựng đề án."


def test_a_task_is_given_under_the_chair_and_a_proposal_goes_beyond(hall: Hall) -> None:
    beyond = hall.house.elsewhere.pk
    with pytest.raises(Refusal) as refused:
        hall.conclude(hall.draft(terms=hall.terms(leads=[beyond])))
    assert refused.value.field == "leads"
    with pytest.raises(Refusal) as refused:
        hall.conclude(hall.draft("proposal", addressee="", addressee_unit=hall.unit(1)))
    assert refused.value.field == "addressee_unit"
    assert hall.conclude(hall.draft("proposal", addressee="", addressee_unit=beyond)).step == "concluded"
    assert hall.conclude(hall.draft("proposal", addressee="Chính phủ")).step == "concluded"


def test_what_the_notice_says_is_opened_and_what_it_left_out_stays_to_be_seen(hall: Hall, notice: Document) -> None:
    kept, left = hall.draft(), hall.draft(words="Giao Cục Số 1 rà soát quy chế.")
    for one in (kept, left):
        hall.conclude(one)
    assert expected(hall) == [kept, left]
    assert settle(hall, kept, notice).step == "in_notice"
    assert settle(hall, left, notice, included=False, reason="Đã có trong kế hoạch năm.").step == "left_out"
    assert expected(hall) == []
    requirement = define_requirement(
        asker=hall.house.operator, directive=notice, code="1", title="Xây dựng đề án", ladder="carried_out",
        closing="accepted", deadline=dt.date(2025, 12, 31),
    )  # fmt: skip
    opened = settle(hall, kept, notice, requirement=requirement)
    assert (opened.step, opened.requirement) == ("opened", requirement)
    assert settle(hall, kept, notice, requirement=requirement).pk == opened.pk
    states = {one.finding: one.state for one in queries.conclusions_of(hall.asker("staff"), hall.spring)}
    assert states == {kept: "opened", left: "left_out"}
    with pytest.raises(Refusal):
        settle(hall, kept, notice, included=False)
    with pytest.raises(Refusal):
        commands.word(
            asker=hall.asker("steering"), holder_unit_id=hall.ministry, finding=kept, after=[kept.versions.get()],
            words="Khác.",
        )  # fmt: skip


def test_only_what_the_chair_concluded_goes_into_a_notice(hall: Hall, notice: Document) -> None:
    finding = hall.draft()
    with pytest.raises(Refusal):
        settle(hall, finding, notice)
    hall.conclude(finding)
    commands.withdraw(asker=hall.asker("head"), holder_unit_id=hall.ministry, finding=finding, reason="Chủ trì rút.")
    with pytest.raises(Refusal):
        settle(hall, finding, notice)
    assert expected(hall) == []


def test_a_standing_demand_opens_nothing(hall: Hall, notice: Document) -> None:
    finding = hall.draft("standing", words="Các đơn vị báo cáo đúng hạn.")
    hall.conclude(finding)
    requirement = define_requirement(
        asker=hall.house.operator, directive=notice, code="1", title="Báo cáo", ladder="carried_out", closing="accepted"
    )
    with pytest.raises(Refusal) as refused:
        settle(hall, finding, notice, requirement=requirement)
    assert refused.value.field == "requirement"


def test_an_entry_may_come_from_a_conclusion_and_its_hash_stays(hall: Hall) -> None:
    finding = hall.draft()
    hall.conclude(finding)
    source = source_of(finding)
    resolver = resolver_of("findings", "conclusion")
    assert resolver.hashes([source.id, "x", f"other.{source.id.split('.')[1]}"]) == {source.id: source.hash}
    made = commands.word(
        asker=hall.asker("steering"), holder_unit_id=hall.ministry, finding=finding, after=[finding.versions.get()],
        words="Giao Cục Số 1 xây dựng đề án mới.",
    )  # fmt: skip
    hall.conclude(finding)
    assert resolver.hashes([source.id]) == {source.id: source.hash}
    assert source_of(finding).hash == conclusion_hash(made) != source.hash
    assert "đề án" in resolver.label(source.id)


def test_a_proposal_is_answered_by_whom_it_is_put_to(hall: Hall) -> None:
    finding = hall.raise_("proposal", author_unit=hall.unit(0), addressee="", addressee_unit=hall.unit(1))
    units = [hall.unit(0)]
    assert [one.finding for one in queries.proposals_unanswered(hall.asker("staff"), units)] == [finding]
    for who in ("staff", "steering"):
        with pytest.raises(Forbidden):
            commands.answer(asker=hall.asker(who), finding=finding, choice="accepted")
    commands.answer(asker=hall.asker("peer"), finding=finding, choice="considering")
    assert queries.proposals_unanswered(hall.asker("staff"), units)
    with pytest.raises(Refusal) as refused:
        commands.answer(asker=hall.asker("peer"), finding=finding, choice="refused")
    assert refused.value.field == "reason"
    with pytest.raises(Refusal) as refused:
        commands.answer(asker=hall.asker("peer"), finding=finding, choice="accepted", answered_on=dt.date(2025, 3, 1))
    assert refused.value.field == "answered_on"
    commands.answer(asker=hall.asker("peer"), finding=finding, choice="refused", reason="Vượt thẩm quyền.")
    assert queries.proposals_unanswered(hall.asker("staff"), units) == []
    assert hall.shown(finding, "staff").state == "refused"


def test_what_a_body_outside_answered_is_recorded_by_the_holder(hall: Hall, notice: Document) -> None:
    finding = hall.raise_("proposal", addressee="Chính phủ")
    made = commands.answer(asker=hall.asker("steering"), finding=finding, choice="accepted", document=notice)
    assert (made.unit_id, made.document, made.answered_on >= SPRING) == (None, notice, True)
