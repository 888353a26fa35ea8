"""A plan is submitted, returned with reasons, its approval registered; and then its task is done by act."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from soichieu.documents import files, rights
from soichieu.documents.commands import register_document
from soichieu.documents.models import Document
from soichieu.ledger import queries as ledger
from soichieu.ledger.commands import define_requirement, open_obligations, record
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.models import Entry
from soichieu.ledger.sources import resolver_of
from soichieu.ledger.verification import verify
from soichieu.organisation.askers import NotAllowed, asker_for_post
from soichieu.organisation.commands import create_post
from soichieu.plans.commands.acts import (
    Issue,
    answer_tasks,
    approve_plan,
    choose_superior,
    return_plan,
    submit_plan,
)
from soichieu.plans.commands.answers import answer_with_plan
from soichieu.plans.commands.editions import write_edition
from soichieu.plans.errors import ChangedMeanwhile
from soichieu.plans.lines import Line
from soichieu.plans.models import Answer, Plan, PlanAct, PlanFacts
from soichieu.plans.queries import acts as queries
from soichieu.plans.queries.editions import newest_edition, superiors
from soichieu.plans.queries.register import newest_facts, plan_of
from tests.directives.conftest import BEGINS

DAY = dt.date(2025, 3, 3)


@pytest.fixture
def written(house, plan):
    write_edition(
        asker=house.askers["staff"], plan=plan, lines=[Line("Xây dựng cơ sở dữ liệu"), Line("Tập huấn cán bộ")],
        read_by={"reader": "typed"}, seen=0,
    )  # fmt: skip
    return plan


def submit(house, plan, **changes):
    given = {"edition": 1, "seen": 0, "to_unit": house.ministry.pk, "happened_on": DAY, **changes}
    return submit_plan(asker=house.askers["staff"], plan=plan, **given)


def approve(house, plan, who="clerk", seen=0, edition=1, **issue):
    given = {"number": "07/KH-CS1", "signed_on": DAY, "signer": "Nguyễn Văn Thử", "signing_form": "KT.", **issue}
    return approve_plan(asker=house.askers[who], plan=plan, edition=edition, seen=seen, issue=Issue(**given))


def test_it_goes_up_comes_back_goes_up_and_is_approved(house, written):
    first = submit(house, written)
    assert queries.standing_of(first) == "submitted"
    assert [act.plan for act in queries.open_acts(house.askers["steering"]).to_decide] == [written]
    assert queries.open_acts(house.askers["staff"]) == queries.Open(sent=[first])
    back = return_plan(
        asker=house.askers["steering"], plan=written, seen=first.pk, happened_on=DAY, reason="Thiếu sản phẩm"
    )
    assert (back.reason, back.with_unit_id, back.edition.ordinal) == ("Thiếu sản phẩm", house.ministry.pk, 1)
    assert [act.plan for act in queries.open_acts(house.askers["staff"]).returned] == [written]
    assert queries.open_acts(house.askers["steering"]) == queries.Open()
    again = submit(house, written, seen=back.pk)
    done = approve(house, written, who="steering", seen=again.pk, number="11/QĐ-BTN")
    assert done.act.document.issuer == "Bộ Thử nghiệm"
    facts = newest_facts([written.pk])[written.pk]
    assert (facts.number, facts.signed_on, facts.from_day, facts.signer) == ("11/QĐ-BTN", DAY, DAY, "Nguyễn Văn Thử")
    assert queries.open_acts(house.askers["steering"]) == queries.open_acts(house.askers["staff"]) == queries.Open()
    # The unit sees the superior's document, for it has received it.
    assert rights.visible_documents(house.askers["staff"]).filter(pk=facts.document_id).exists()


def test_a_task_that_waits_for_confirmation_is_not_offered_to_be_answered(house, written, directive):
    requirement = define_requirement(
        asker=house.operator, directive=directive, code="9", title="Xây dựng kế hoạch 9", ladder="made_concrete",
        closing="accepted",
    )  # fmt: skip
    (task,) = open_obligations(
        asker=house.operator, requirement=requirement, unit_ids=[house.units[0].pk], happened_on=DAY
    )

    def offered():
        return [one.obligation for one in queries.tasks_to_answer(house.askers["clerk"], written, {directive.pk})]

    assert task in offered()
    record(asker=house.operator, kind="issued", obligations=[task.pk], happened_on=DAY, payload={"number": "01/KH-CS1"})
    assert ledger.obligation(house.operator, task.pk)[1].lifecycle == "awaiting_confirmation"
    assert task not in offered()
    with pytest.raises(Refusal, match="không nhận trả lời"):
        approve(house, written, obligations=[task.pk])
    assert not PlanAct.objects.exists()


def test_the_registered_plan_discharges_its_task_by_act(house, written, tasks, directive):
    stored = files.store("KẾ HOẠCH\n\n1. Xây dựng cơ sở dữ liệu.".encode(), "ke-hoach.txt")
    (offered,) = [
        task for task in queries.tasks_to_answer(house.askers["clerk"], written, {directive.pk})
        if task.obligation.requirement.code == "1"
    ]  # fmt: skip
    assert offered.under and offered.obligation == tasks["1"][0]
    done = approve(house, written, stored=stored, obligations=[offered.obligation.pk])
    (answered,) = done.answers
    assert (answered.answer.plan, answered.answer.document) == (written, done.act.document)
    cell = ledger.obligation(house.operator, tasks["1"][0].pk)[1]
    assert (cell.lifecycle, cell.verification) == ("done", "claimed")
    assert answered.entry.evidence_hashes == [stored.pk] and answered.entry.details["signing_form"] == "KT."
    assert not queries.tasks_to_answer(house.askers["clerk"], written, ())
    assert [why for _document, why in superiors(house.askers["staff"], newest_facts([written.pk]))[written.pk]] == [
        "answers"
    ]
    known = resolver_of("plans", "answer").hashes([str(answered.answer.pk)])
    assert known == {str(answered.answer.pk): answered.entry.source_hash}
    assert not list(verify())


def test_an_approval_that_cannot_answer_its_task_registers_nothing(house, written, tasks):
    with pytest.raises(Refusal):
        approve(house, written, signed_on=dt.date(2025, 1, 12), obligations=[tasks["1"][0].pk])
    assert not PlanAct.objects.exists() and not Answer.objects.exists() and not Entry.objects.filter(kind="issued")
    assert PlanFacts.objects.count() == 1


def test_a_superior_approves_and_the_unit_answers_its_task_with_it(house, written, tasks):
    sent = submit(house, written)
    with pytest.raises(Forbidden):
        approve(house, written, who="steering", seen=sent.pk, number="11/QĐ-BTN", obligations=[tasks["1"][0].pk])
    approve(house, written, who="steering", seen=sent.pk, number="11/QĐ-BTN")
    (answered,) = answer_tasks(asker=house.askers["staff"], plan=written, obligations=[tasks["1"][0].pk])
    assert answered.answer.document.number == "11/QĐ-BTN"
    assert ledger.obligation(house.operator, tasks["1"][0].pk)[1].lifecycle == "done"


def test_only_an_approved_version_is_seen_below(house, plan):
    staff = house.askers["staff"]
    above = _ministry_plan(house)
    with pytest.raises(type(above).DoesNotExist):
        plan_of(staff, above.key)
    approve_plan(
        asker=house.operator, plan=above, edition=1, seen=0, issue=Issue("20/KH-BTN", DAY)
    )  # fmt: skip
    write_edition(
        asker=house.operator, plan=above, lines=[Line("Việc của Bộ, sửa")], read_by={"reader": "typed"}, seen=1
    )
    assert plan_of(staff, above.key) == above
    assert newest_edition(staff, above).ordinal == 1
    assert newest_edition(house.operator, above).ordinal == 2


def _ministry_plan(house):
    from soichieu.plans.commands.register import Facts, make_plan

    above = make_plan(
        asker=house.operator, unit=house.ministry, facts=Facts(kind="plan", term="term", title="Kế hoạch của Bộ")
    )
    write_edition(asker=house.operator, plan=above, lines=[Line("Việc của Bộ")], read_by={"reader": "typed"}, seen=0)
    return above


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"to_unit": 0}, "to_unit"),
        ({"happened_on": dt.date(2999, 1, 1)}, "happened_on"),
    ],
)
def test_a_wrong_submission_is_refused_under_its_field(house, written, changes, field):
    with pytest.raises(Refusal) as refused:
        submit(house, written, **changes)
    assert refused.value.field == field


def test_what_was_not_submitted_is_not_returned_and_a_reason_is_needed(house, written):
    with pytest.raises(Refusal):
        return_plan(asker=house.askers["steering"], plan=written, seen=0, happened_on=DAY, reason="Thiếu")
    sent = submit(house, written)
    with pytest.raises(Refusal) as refused:
        return_plan(asker=house.askers["steering"], plan=written, seen=sent.pk, happened_on=DAY, reason=" ")
    assert refused.value.field == "reason"


def test_whoever_acts_second_is_told(house, written):
    submit(house, written)
    with pytest.raises(ChangedMeanwhile):
        submit(house, written)
    with pytest.raises(ChangedMeanwhile):
        approve(house, written, seen=0)


def test_a_version_saved_meanwhile_is_not_approved_unseen(house, written):
    write_edition(
        asker=house.askers["staff"], plan=written, lines=[Line("Việc khác")], read_by={"reader": "typed"}, seen=1
    )
    with pytest.raises(ChangedMeanwhile):
        approve(house, written, edition=1)
    assert approve(house, written, edition=2).act.edition.ordinal == 2


@pytest.mark.parametrize(
    ("issue", "field"),
    [
        ({"number": "không số"}, "number"),
        ({"signed_on": dt.date(2999, 1, 1)}, "signed_on"),
        ({"to_day": dt.date(2025, 1, 1)}, "to_day"),
    ],
)
def test_a_wrong_approval_is_refused_under_its_field(house, written, issue, field):
    with pytest.raises(Refusal) as refused:
        approve(house, written, **issue)
    assert refused.value.field == field
    assert not PlanAct.objects.exists()


@pytest.mark.parametrize("who", ["staff", "observer", "other"])
def test_who_may_not_approve(house, written, who):
    with pytest.raises(NotAllowed):
        approve(house, written, who=who)


def test_a_person_chooses_what_the_plan_stands_under_and_takes_it_back(house, written, directive):
    staff = house.askers["staff"]
    choose_superior(asker=staff, plan=written, document=directive)
    choose_superior(asker=staff, plan=written, document=directive)
    facts = newest_facts([written.pk])
    assert [(one.pk, why) for one, why in superiors(staff, facts)[written.pk]] == [(directive.pk, "chosen")]
    choose_superior(asker=staff, plan=written, document=directive, holds=False)
    assert superiors(staff, facts)[written.pk] == []


def test_what_waits_stands_on_the_page_of_plans(client, house, written):
    url = reverse("plans:register")
    sent = submit(house, written)
    client.force_login(house.accounts["steering"])
    assert "Kế hoạch công tác năm 2025" in client.get(url).content.decode()
    return_plan(asker=house.askers["steering"], plan=written, seen=sent.pk, happened_on=DAY, reason="Thiếu sản phẩm")
    client.force_login(house.accounts["staff"])
    assert "Thiếu sản phẩm" in client.get(url).content.decode()
    client.force_login(house.accounts["other"])
    assert "Kế hoạch công tác năm 2025" not in client.get(url).content.decode()


def test_a_plan_that_was_published_hides_nothing_from_whoever_may_sign_in(house, written):
    """03/NQ-CP: a public document of which only published facts are kept. Others see it, and no draft after it."""
    approved = approve(house, written)
    with pytest.raises(Plan.DoesNotExist):
        plan_of(house.askers["other"], written.key)
    Document.objects.filter(pk=approved.act.document_id).update(public=True, published_only=True)
    seen = plan_of(house.askers["other"], written.key)
    write_edition(
        asker=house.askers["staff"], plan=written, lines=[Line("Chưa công bố")], read_by={"reader": "typed"}, seen=1
    )
    edition = newest_edition(house.askers["other"], seen)
    assert edition is not None and edition.ordinal == 1
    with pytest.raises(NotAllowed):
        write_edition(
            asker=house.askers["other"], plan=seen, lines=[Line("Của người khác")], read_by={"reader": "typed"}, seen=2
        )


@pytest.mark.parametrize("case", ["of the own unit", "above it", "as an answer"])
def test_a_deputy_registers_what_his_act_is_signed_by_and_no_other_document(house, written, tasks, case):
    """The table lets a deputy issue, register a plan and approve one, and not keep the register of documents."""
    unit = house.ministry if case == "above it" else house.units[0]
    post = create_post(asker=house.operator, unit=unit, code="deputy", title="Phó", roles=["deputy"], on=BEGINS)
    house.askers["deputy"] = asker_for_post(post)
    stored = files.store("KẾ HOẠCH\n\n1. Xây dựng cơ sở dữ liệu.".encode(), "ke-hoach.txt")
    task = tasks["1"][0].pk
    if case == "of the own unit":
        done = approve(house, written, who="deputy", stored=stored, obligations=[task])
        assert done.act.document.editions.exists() and not done.unread
    elif case == "above it":
        sent = submit(house, written)
        done = approve(house, written, who="deputy", seen=sent.pk, number="11/QĐ-BTN", stored=stored)
        assert done.act.document.issuer == "Bộ Thử nghiệm"
        assert rights.visible_documents(house.askers["staff"]).filter(pk=done.act.document_id).exists()
    else:
        given = {"obligation_id": task, "number": "08/KH-CS1", "signed_on": DAY, "signing_form": "KT."}
        assert answer_with_plan(asker=house.askers["deputy"], stored=stored, **given).entry.kind == "issued"
    with pytest.raises(NotAllowed):
        register_document(
            house.askers["deputy"], number="99/KH-CS1", issuer="Cục Số 1", signed_on=DAY, issuer_unit=house.units[0]
        )
