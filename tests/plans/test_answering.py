"""A plan answers a task by number, date and file; or the superior's is carried out directly."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from soichieu.documents import files
from soichieu.documents.models import Document
from soichieu.ledger import queries as ledger
from soichieu.ledger.commands import record
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.models import Entry, Obligation
from soichieu.ledger.sources import by_telephone, resolver_of
from soichieu.ledger.verification import verify
from soichieu.plans import commands
from soichieu.plans.models import Answer

DAY = dt.date(2025, 3, 3)


def answer(house, obligation, who="staff", **changes):
    given = {"number": "07/KH-CS1", "signed_on": DAY, **changes}
    return commands.answer_with_plan(asker=house.askers[who], obligation_id=obligation.pk, **given)


def cell_of(house, obligation):
    return ledger.obligation(house.operator, obligation.pk)[1]


def test_the_registered_plan_discharges_its_obligation_by_act(house, tasks):
    stored = files.store("Kế hoạch thử nghiệm. Giao phòng một.".encode(), "ke-hoach.txt")
    done = answer(house, tasks["1"][0], stored=stored, signer="Nguyễn Văn Thử", signing_form="KT.")
    cell = cell_of(house, tasks["1"][0])
    assert (cell.lifecycle, cell.verification, cell.timeliness) == ("done", "claimed", "done_in_time")
    assert (done.entry.source_room, done.entry.source_kind, done.entry.source_id) == (
        "plans",
        "answer",
        str(done.answer.pk),
    )
    assert done.entry.evidence_hashes == [stored.pk]
    assert done.entry.details["number"] == "07/KH-CS1"
    document = done.answer.document
    assert (document.issuer, document.issuer_unit_id) == ("Cục Số 1", house.units[0].pk)
    assert document.editions.count() == 1


def test_a_plan_for_a_task_by_acceptance_waits_for_confirmation(house, tasks):
    answer(house, tasks["2"][0])
    assert cell_of(house, tasks["2"][0]).lifecycle == "awaiting_confirmation"


def test_one_plan_may_answer_two_tasks_but_none_twice(house, tasks):
    answer(house, tasks["1"][0])
    answer(house, tasks["2"][0])
    assert Document.objects.filter(number="07/KH-CS1").count() == 1
    assert Answer.objects.count() == 2
    with pytest.raises(Refusal):
        answer(house, tasks["1"][0])
    record(
        asker=house.operator, kind="returned", obligations=[tasks["2"][0].pk], happened_on=DAY,
        payload={"reason": "thiếu phụ lục"},
    )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        answer(house, tasks["2"][0])
    assert refused.value.field == "number"


def test_what_waits_for_confirmation_takes_no_second_answer_and_the_page_says_so(client, house, tasks):
    task = tasks["2"][0]
    answer(house, task)
    with pytest.raises(Refusal, match="không nhận trả lời"):
        answer(house, task, number="08/KH-CS1")
    assert Answer.objects.count() == 1 and not Document.objects.filter(number="08/KH-CS1").exists()
    assert cell_of(house, task).flagged == 0
    client.force_login(house.accounts["staff"])
    page = client.get(reverse("plans:answer", args=[task.pk]))
    assert page.context["closed"] and 'name="signed_on"' not in page.content.decode()


def test_what_an_issued_document_closes_takes_it_also_while_a_call_waits_for_confirmation(house, tasks):
    task = tasks["1"][0]
    record(
        asker=house.operator, kind="issued", obligations=[task.pk], happened_on=DAY, payload={"number": "07/KH-CS1"},
        source=by_telephone("Văn thư Cục Số 1"),
    )  # fmt: skip
    assert cell_of(house, task).lifecycle == "awaiting_confirmation"
    answer(house, task)
    assert cell_of(house, task).lifecycle == "done"


def test_what_is_submitted_and_is_not_closed_by_it_is_not_carried_out_directly(house, directive, tasks):
    task = tasks["2"][0]
    record(asker=house.operator, kind="submitted", obligations=[task.pk], happened_on=DAY)
    with pytest.raises(Refusal, match="không nhận trả lời"):
        commands.carry_out_directly(
            asker=house.askers["staff"], obligation_id=task.pk, document=directive, happened_on=DAY
        )
    assert cell_of(house, task).flagged == 0


def test_what_is_older_than_the_task_is_no_answer(house, tasks):
    with pytest.raises(Refusal) as refused:
        answer(house, tasks["1"][0], signed_on=dt.date(2025, 1, 10))
    assert refused.value.field == "signed_on"
    assert not Answer.objects.exists() and not Document.objects.filter(number="07/KH-CS1").exists()


@pytest.mark.parametrize("who", ["observer", "steering"])
def test_only_the_unit_that_holds_the_task_answers(house, tasks, who):
    with pytest.raises(Forbidden):
        answer(house, tasks["1"][0], who=who)


def test_nobody_outside_sees_the_task(house, tasks):
    with pytest.raises(Obligation.DoesNotExist):
        answer(house, tasks["1"][0], who="other")
    with pytest.raises(Obligation.DoesNotExist):
        answer(house, tasks["1"][1], who="staff")


def test_a_scan_is_kept_as_evidence_though_it_cannot_be_read(house, tasks):
    stored = files.store(b"%PDF-1.4 broken", "ban-quet.pdf")
    done = answer(house, tasks["1"][0], stored=stored)
    assert done.unread.endswith(".")  # as the pages say it, not as the reader does
    assert done.entry.evidence_hashes == [hashlib.sha256(b"%PDF-1.4 broken").hexdigest()]


def test_carrying_out_directly_closes_by_act_and_is_counted_apart(house, directive, tasks):
    entry = commands.carry_out_directly(
        asker=house.askers["staff"], obligation_id=tasks["1"][0].pk, document=directive, happened_on=DAY
    )
    cell = cell_of(house, tasks["1"][0])
    assert (cell.lifecycle, cell.directly) == ("done", True)
    assert entry.details["number"] == directive.number


def test_the_units_own_document_is_not_carried_out_directly(house, tasks):
    plan = answer(house, tasks["2"][0]).answer
    with pytest.raises(Refusal):
        commands.carry_out_directly(
            asker=house.askers["staff"], obligation_id=tasks["1"][0].pk, document=plan.document, happened_on=DAY
        )


def test_verification_finds_a_plan_that_was_changed_behind_its_entry(house, tasks):
    done = answer(house, tasks["1"][0])
    assert resolver_of("plans", "answer").hashes([str(done.answer.pk)]) == {str(done.answer.pk): done.entry.source_hash}
    assert not list(verify())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE plans_answer SET kind = 'own_programme'")
    assert any("answer" in str(finding) for finding in verify())


def test_the_page_asks_for_three_fields_and_keeps_what_was_typed(client, house, tasks):
    client.force_login(house.accounts["staff"])
    url = reverse("plans:answer", args=[tasks["1"][0].pk])
    assert client.get(url).status_code == 200
    upload = SimpleUploadedFile("ke-hoach.txt", "Kế hoạch. Nội dung.".encode())
    wrong = client.post(url, {"number": "07/KH-CS1", "signed_on": "30-2-2025", "kind": "own_plan", "file": upload})
    assert wrong.status_code == 422
    page = wrong.content.decode()
    assert "07/KH-CS1" in page and "30-2-2025" in page and "ke-hoach.txt" in page
    kept = wrong.context["form"].data["kept"]
    right = client.post(url, {"number": "07/KH-CS1", "signed_on": "3-3-2025", "kind": "own_plan", "kept": kept})
    assert right.status_code == 302
    assert Entry.objects.get(kind="issued").evidence_hashes
    assert client.get(url).status_code == 200
    listed = client.get(reverse("plans:answers")).content.decode()
    assert "07/KH-CS1" in listed


def test_a_kept_file_cannot_be_named_by_hand(client, house, tasks):
    client.force_login(house.accounts["staff"])
    secret = files.store(b"of somebody else", "x.txt")
    url = reverse("plans:answer", args=[tasks["1"][0].pk])
    client.post(url, {"number": "07/KH-CS1", "signed_on": "3-3-2025", "kind": "own_plan", "kept": secret.pk})
    assert not Entry.objects.get(kind="issued").evidence_hashes


def test_the_page_takes_the_lawful_alternative(client, house, directive, tasks):
    client.force_login(house.accounts["staff"])
    url = reverse("plans:directly", args=[tasks["1"][0].pk])
    assert client.post(url, {"happened_on": "3-3-2025"}).status_code == 422
    assert client.post(url, {"number": "99/KH-KHONG", "happened_on": "3-3-2025"}).status_code == 422
    assert client.post(url, {"number": "05/KH-BTN", "happened_on": "3-3-2025"}).status_code == 302
    assert cell_of(house, tasks["1"][0]).directly


@pytest.mark.parametrize("who, status", [("observer", 403), ("steering", 403), ("other", 404), ("clerk", 200)])
def test_the_page_is_for_the_holder(client, house, tasks, who, status):
    client.force_login(house.accounts[who])
    assert client.get(reverse("plans:answer", args=[tasks["1"][0].pk])).status_code == status
