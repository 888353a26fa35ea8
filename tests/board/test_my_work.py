"""My work: every queue holds what it should, for whom it should, and several rows are written at once or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from soichieu.board.queries.queues import by_code
from soichieu.board.queries.waiting import forget_waiting, waiting
from soichieu.documents.commands import register_document
from soichieu.ledger import clock
from soichieu.ledger.commands import define_requirement, open_obligations, record
from soichieu.ledger.errors import Refusal
from soichieu.ledger.kinds import Kind
from soichieu.ledger.models import Entry, Obligation
from soichieu.ledger.queries import Question
from soichieu.organisation.askers import asker_for_post
from soichieu.organisation.commands import appoint, create_post, delegate
from soichieu.organisation.models import Post
from tests.baselines import assert_query_baseline
from tests.board.house import BEGINS, NOW, House

Clients = Callable[[str], Client]
TODAY = NOW.date()
URL = "/my-work/"


@pytest.fixture(autouse=True)
def _forget() -> None:
    forget_waiting()


def ids(house: House, who: str, queue: str) -> set[int]:
    found = waiting(house.askers[who])
    return {row["id"] for row in found.rows((queue,))}


def test_a_doer_finds_the_tasks_its_unit_holds_each_in_one_queue(house: House) -> None:
    found = waiting(house.askers["staff"])
    rows = [row for row in found.rows() if row["id"]]
    answer = Question.now().answer()
    held = {
        int(pk)
        for pk, holder, life in zip(answer.columns.ids, answer.holder, answer.lifecycle, strict=True)
        if holder == house.offices[0].pk and life in (1, 2, 3, 4, 5, 7)
    }
    assert {row["id"] for row in rows} == held
    assert len(rows) == len(held), "a task stands in one queue of a doer"
    for row in rows:
        cell = answer.cell(row["id"])
        if row["queue"] == "overdue":
            assert cell.timeliness == "overdue" and row["late"] == cell.days_late
        if row["queue"] == "returned":
            assert cell.lifecycle == "returned"
        if row["queue"] == "new":
            assert not Entry.objects.filter(obligation=row["id"], kind="acknowledged").exists()


def test_what_the_unit_reported_waits_elsewhere_until_it_is_confirmed(house: House) -> None:
    task = next(row for row in waiting(house.askers["staff"]).rows(("overdue",)) if row["closing"] == "accepted")
    pressing = waiting(house.askers["staff"]).pressing
    record_as(house, "staff", Kind.CLAIMED, task["id"])
    row = next(row for row in waiting(house.askers["staff"]).rows(("elsewhere",)) if row["id"] == task["id"])
    assert (row["with"], row["act_url"]) == ("confirmer", "")
    assert waiting(house.askers["staff"]).pressing == pressing - 1
    assert task["id"] in ids(house, "steering", "confirm")
    record_as(house, "steering", Kind.ACCEPTED, task["id"])
    assert task["id"] not in ids(house, "staff", "elsewhere")


def test_the_steering_office_finds_every_claim_that_waits_with_its_days(house: House) -> None:
    found = waiting(house.askers["steering"])
    answer = Question.now().answer()
    waits = {int(answer.columns.ids[row]) for row in range(len(answer.lifecycle)) if answer.lifecycle[row] == 5}
    rows = found.rows(("confirm",))
    assert {row["id"] for row in rows} == waits and waits
    for row in rows:
        assert row["waits"] == (TODAY - answer.cell(row["id"]).claim_day).days  # type: ignore[operator]
        assert row["act_url"].endswith("#act-accepted")


def test_what_is_asked_of_the_steering_office_waits_with_its_reason_until_it_is_answered(house: House) -> None:
    task = next(
        row
        for row in waiting(house.askers["staff"]).rows()
        if row["queue"] in ("overdue", "in_hand", "new", "due_soon")
    )
    record_as(house, "staff", Kind.EXTENSION_ASKED, task["id"], payload={"reason": "chờ kinh phí"})
    row = next(row for row in waiting(house.askers["steering"]).rows(("extension",)) if row["id"] == task["id"])
    assert row["note"] == "chờ kinh phí" and row["waits"] == 0
    record_as(house, "steering", Kind.EXTENDED, task["id"], deadline=dt.date(2026, 3, 1))
    assert task["id"] not in ids(house, "steering", "extension")
    record_as(house, "staff", Kind.DECLINED, task["id"], payload={"reason": "không đúng chức năng"})
    assert task["id"] in ids(house, "steering", "decline")


def record_as(house: House, who: str, kind: str, pk: int, **rest: object) -> None:
    from soichieu.ledger.commands import record

    with clock.injected(NOW):
        record(asker=house.askers[who], kind=kind, obligations=[pk], happened_on=TODAY, **rest)  # type: ignore[arg-type]
    forget_waiting()


def test_what_is_handed_to_the_head_waits_for_his_signature_and_for_the_officer_elsewhere(house: House) -> None:
    task = next(row for row in waiting(house.askers["staff"]).rows(("overdue", "in_hand", "new")))
    record_as(house, "staff", Kind.HANDED, task["id"], choice="own_head")
    assert task["id"] in ids(house, "office", "signature")
    assert task["id"] in ids(house, "staff", "elsewhere")


def test_a_cooperator_asked_for_an_opinion_sees_the_task_and_hands_it_back(house: House) -> None:
    task = next(row for row in waiting(house.askers["staff"]).rows(("overdue", "in_hand", "new")))
    record_as(house, "staff", Kind.HANDED, task["id"], choice="cooperator", unit_id=house.offices[1].pk)
    row = next(row for row in waiting(house.askers["second"]).rows(("opinion",)))
    assert row["id"] == task["id"] and row["act_url"] == f"{row['url']}#act-handed"
    record_as(house, "second", Kind.HANDED, task["id"], choice="lead")
    assert ids(house, "second", "opinion") == set()


def test_the_page_offers_a_cooperator_that_was_asked_to_hand_the_work_back_and_nothing_else(
    house: House, as_: Callable[[str], Client]
) -> None:
    task = next(row for row in waiting(house.askers["staff"]).rows(("overdue", "in_hand", "new")))
    record_as(house, "staff", Kind.HANDED, task["id"], choice="cooperator", unit_id=house.offices[1].pk)
    page = as_("second").get(task["url"])
    acts = [(kind, form) for kind, _label, form, _open in (*page.context["acts"], *page.context["more_acts"])]
    assert [kind for kind, _form in acts] == [Kind.HANDED]
    assert [code for code, _words in acts[0][1].fields["choice"].choices] == ["lead"] and "unit" not in acts[0][
        1
    ].fields
    assert 'id="act-handed"' in page.content.decode(), "where the row of My work leads"
    wrong = {"kind": "handed", "choice": "own_head", "happened_on": "1-12-2025"}
    assert as_("second").post(task["url"], wrong).status_code == 422
    with pytest.raises(Refusal) as refused:
        record_as(house, "second", Kind.HANDED, task["id"], choice="own_head")
    assert refused.value.field == "choice"
    sent = as_("second").post(task["url"], wrong | {"choice": "lead", "reason": "Đồng ý"})
    assert sent.status_code == 302
    forget_waiting()
    again = as_("second").get(task["url"])
    assert not again.context["acts"] and not again.context["more_acts"], "it is the lead's again"
    assert task["id"] not in ids(house, "second", "opinion")


def test_a_verifier_finds_what_is_done_and_not_verified_and_draws_the_same_sample_by_a_seed(house: House) -> None:
    found = waiting(house.askers["verifier"])
    answer = found.answer
    rows = found.queues["verify"]
    assert set(answer.lifecycle[rows].tolist()) <= {5, 6}
    assert not {3, 4} & set(answer.verification[rows].tolist())
    first, again, other = (found.sample(4, seed).tolist() for seed in ("a", "a", "b"))
    assert first == again and len(first) == 4 and first != other
    requirement = int(answer.columns.requirement[rows[0]])
    drawn = found.sample(100, "a", requirement)
    assert set(answer.columns.requirement[drawn].tolist()) == {requirement}


def test_what_a_verifier_may_only_read_does_not_wait_for_it(house: House) -> None:
    """Published facts about real units are open to everyone; to check them is nobody's task here."""
    operator, outside = house.operator, [house.outside.pk]
    published = register_document(
        operator, number="118-KH/BK", issuer="Bộ Khác", signed_on=BEGINS, title="Kế hoạch", public=True,
        published_only=True,
    )  # fmt: skip
    one = define_requirement(
        asker=operator, directive=published, code="1", title="Sơ kết", ladder="reviewed", closing="claimed",
        addressees={"units": ["bo-khac"]},
    )  # fmt: skip
    [task] = open_obligations(asker=operator, requirement=one, unit_ids=outside, happened_on=BEGINS)
    record(asker=operator, kind="claimed", obligations=[task.pk], happened_on=BEGINS, payload={"number": "1/BC"})
    found = waiting(house.askers["verifier"])
    row = int((found.answer.columns.ids == task.pk).argmax())
    assert found.answer.lifecycle[row] in {5, 6} and (found.seen is None or found.seen[row])
    assert task.pk not in ids(house, "verifier", "verify") and ids(house, "verifier", "verify")


def test_a_sample_without_a_seed_is_given_one_in_its_address(as_: Clients) -> None:
    client = as_("verifier")
    answer = client.get(URL, {"queue": "verify", "sample": "3"})
    assert answer.status_code == 302 and "seed=" in answer["Location"]
    page = client.get(answer["Location"]).content.decode()
    assert page.count('data-l="Nhiệm vụ"') == 3 or page.count("<tr>") >= 3


def test_an_observer_and_an_administrator_have_no_work(house: House) -> None:
    assert waiting(house.askers["observer"]).counts == []
    assert waiting(house.askers["admin"]).counts == []


def test_several_reports_are_confirmed_at_once(house: House, as_: Clients) -> None:
    chosen = sorted(ids(house, "steering", "confirm"))[:3]
    answer = as_("steering").post(URL, {"queue": "confirm", "task": chosen})
    assert answer.status_code == 302
    assert Entry.objects.filter(kind="accepted", obligation__in=chosen, post__code="steering").count() == len(chosen)
    assert not set(chosen) & ids(house, "steering", "confirm")


def test_a_task_that_no_longer_waits_is_left_alone_and_a_foreign_one_is_not_there(house: House, as_: Clients) -> None:
    gone = Obligation.objects.exclude(pk__in=ids(house, "steering", "confirm")).first()
    assert gone is not None
    many = Entry.objects.count()
    answer = as_("steering").post(URL, {"queue": "confirm", "task": [gone.pk]}, follow=True)
    assert Entry.objects.count() == many and answer.status_code == 200
    assert as_("outside").post(URL, {"queue": "confirm", "task": [gone.pk]}).status_code == 404
    assert (
        as_("staff").post(URL, {"queue": "confirm", "task": [house.obligation(3, house.offices[0]).pk]}).status_code
        == 403
    )


def test_the_list_is_filtered_sorted_and_taken_away(house: House, as_: Clients) -> None:
    client = as_("steering")
    page = client.get(URL, {"queue": "confirm", "q": "cuc"}).content.decode()
    assert "list-my-work" in page
    csv = client.get(URL, {"queue": "confirm", "export": "csv"})
    assert csv["Content-Type"].startswith("text/csv")
    for code in by_code():
        assert client.get(URL, {"queue": code}).status_code == 200


def test_my_work_costs_as_many_queries_as_before(house: House, as_: Clients) -> None:
    client = as_("steering")
    client.get(URL)
    with assert_query_baseline("board:my-work", maximum=30):
        client.get(URL)
    assert reverse("board:my-work") == URL


def test_a_secretary_finds_the_leader_s_work_when_acting_for_him_and_none_of_his_own(house: House) -> None:
    secretary = create_post(
        asker=house.operator, unit=house.offices[0], code="secretary", title="Thư ký", roles=["secretary"], on=BEGINS
    )
    appoint(asker=house.operator, post=secretary, person="Người thư ký", on=BEGINS)
    head = Post.objects.get(code="office")
    delegate(asker=house.operator, agent=secretary, principal=head, on=BEGINS)
    assert waiting(asker_for_post(secretary)).counts == []
    acting = waiting(asker_for_post(secretary, on_behalf_of=head))
    assert acting.counts == waiting(house.askers["office"]).counts and acting.pressing
