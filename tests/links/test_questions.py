"""A unit asks which of two superiors holds; those above answer and decide; the task's book knows of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from soichieu.documents.commands import register_document
from soichieu.documents.models import ProvisionIdentity
from soichieu.ledger import clock
from soichieu.ledger.commands import define_requirement, open_obligations
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.models import Entry, Obligation
from soichieu.ledger.sources import resolver_of
from soichieu.ledger.verification import verify
from soichieu.links import items
from soichieu.links.commands.questions import answer_question, ask_question, decide_question
from soichieu.links.errors import Conflict
from soichieu.links.models import Question, QuestionAct
from soichieu.links.queries.conflicts import conflicts
from soichieu.links.queries.questions import question, questions
from tests.baselines import assert_query_baseline
from tests.links.conftest import KIND, ROOM
from tests.links.test_matrix import Lines, decide

FIRST = "KẾ HOẠCH\nThứ nhất\n\nI- NHIỆM VỤ\n\n1. Các cục ban hành kế hoạch trước ngày 30-6-2025.\n"
SECOND = "CHƯƠNG TRÌNH\nThứ hai\n\nI- NHIỆM VỤ\n\n1. Các cục ban hành kế hoạch trước ngày 30-9-2025.\n"
TEXT = "Kế hoạch ghi 30-6-2025, Chương trình ghi 30-9-2025. Đề nghị cho biết thời hạn nào áp dụng."


@pytest.fixture
def pair(house: Any) -> tuple[str, str]:
    """Two sentences of the ministry's documents that ask for the same by another day; both are open to everybody."""
    keys = []
    for number, text in (("07/KH-BTN", FIRST), ("06/CTr-BTN", SECOND)):
        made = register_document(
            house.askers["steering"], number=number, issuer="Bộ Thử nghiệm", signed_on=dt.date(2025, 1, 9),
            title=number, issuer_unit=house.ministry, public=True, file=(text.encode(), f"{number[:2]}.txt"),
        )  # fmt: skip
        place = made.editions.get().provisions.get(citation="I.1.s1")
        keys.append(place.identity.key)
    return keys[0], keys[1]


@pytest.fixture
def task(house: Any, pair: tuple[str, str]) -> Any:
    directive = ProvisionIdentity.objects.get(key=pair[0]).document
    requirement = define_requirement(
        asker=house.operator, directive=directive, code="1", title="Ban hành kế hoạch", ladder="made_concrete",
        closing="issued", deadline=dt.date(2025, 6, 30),
    )  # fmt: skip
    return open_obligations(
        asker=house.operator, requirement=requirement, unit_ids=[one.pk for one in house.units[:2]],
        happened_on=dt.date(2025, 1, 20),
    )  # fmt: skip


def asked(house: Any, pair: tuple[str, str], **more: Any) -> Question:
    values: dict[str, Any] = {"first": pair[0], "second": pair[1], "about": "deadline", "text": TEXT} | more
    return ask_question(asker=house.askers["staff"], **values)


def test_a_question_is_asked_answered_and_decided_and_the_book_has_a_line_for_each(
    house: Any, pair: tuple[str, str], task: Any
) -> None:
    made = asked(house, pair, obligation_id=task[0].pk)
    answer_question(asker=house.askers["steering"], question_id=made.pk, text="Văn phòng đã xin ý kiến.")
    decide_question(asker=house.askers["steering"], question_id=made.pk, text="Theo Kế hoạch số 05.", holds=1)
    assert [act.act for act in made.acts.order_by("pk")] == ["asked", "answered", "decided"]
    lines = list(Entry.objects.filter(obligation=task[0], kind="noted").order_by("position"))
    assert [line.details["question"] for line in lines] == ["asked", "answered", "decided"]
    assert [line.source_kind for line in lines] == ["question"] * 3
    assert lines[1].post_id == house.askers["steering"].post_id
    found = question(house.askers["staff"], made.pk)
    assert (found.state, found.first_holds, found.second_holds) == ("decided", True, False)
    assert not verify()


def test_the_book_tells_when_what_was_decided_is_changed_behind_it(
    house: Any, pair: tuple[str, str], task: Any
) -> None:
    made = asked(house, pair, obligation_id=task[0].pk)
    decide_question(asker=house.askers["steering"], question_id=made.pk, text="Theo Kế hoạch số 05.", holds=1)
    assert not verify()
    QuestionAct.objects.filter(question=made, act="decided").update(holds=2)
    assert len(verify()) == 1


def test_later_acts_leave_the_hash_of_earlier_ones(house: Any, pair: tuple[str, str], task: Any) -> None:
    made = asked(house, pair, obligation_id=task[0].pk)
    first = made.acts.get()
    resolver = resolver_of("links", "question")
    before = resolver.hashes([str(first.pk), "999999", "nonsense"])
    answer_question(asker=house.askers["steering"], question_id=made.pk, text="Đang xem xét.")
    assert before == resolver.hashes([str(first.pk)])
    assert resolver.url(str(first.pk)) == reverse("links:question", args=[made.pk])
    assert str(made.pk) in resolver.label(str(first.pk))


def test_a_question_without_a_task_writes_nothing_into_a_book(house: Any, pair: tuple[str, str], task: Any) -> None:
    lines = Entry.objects.count()
    made = asked(house, pair)
    decide_question(asker=house.askers["steering"], question_id=made.pk, text="Đến 31-7-2025.", holds=None)
    assert Entry.objects.count() == lines


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"about": "weather"}, "about"),
        ({"text": "   "}, "text"),
        ({"happened_on": dt.date(2999, 1, 1)}, "happened_on"),
    ],
)
def test_it_refuses_what_is_wrong_and_names_the_field(
    house: Any, pair: tuple[str, str], change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        asked(house, pair, **change)
    assert refused.value.field == field
    assert not Question.objects.exists()


def test_it_refuses_one_sentence_twice_and_the_same_question_again(house: Any, pair: tuple[str, str]) -> None:
    with pytest.raises(Refusal):
        asked(house, (pair[0], pair[0]))
    made = asked(house, pair)
    with pytest.raises(Refusal, match=str(made.pk)):
        asked(house, (pair[1], pair[0]))
    asked(house, pair, about="target")
    decide_question(asker=house.askers["steering"], question_id=made.pk, text="Theo 05.", holds=1)
    asked(house, pair)


def test_what_the_unit_itself_issued_is_no_question(house: Any, pair: tuple[str, str]) -> None:
    own = register_document(
        house.operator, number="09/KH-C1", issuer="Cục Số 1", signed_on=dt.date(2025, 2, 1), title="Kế hoạch của cục",
        issuer_unit=house.units[0], file=(FIRST.encode(), "09.txt"),
    )  # fmt: skip
    key = own.editions.get().provisions.get(citation="I.1.s1").identity.key
    with pytest.raises(Refusal, match="09/KH-C1"):
        asked(house, (pair[0], key))


def test_only_the_unit_asks_and_only_the_steering_office_above_answers(
    house: Any, pair: tuple[str, str], task: Any
) -> None:
    for who in ("clerk", "observer", "steering"):
        with pytest.raises(Forbidden):
            ask_question(asker=house.askers[who], first=pair[0], second=pair[1], about="deadline", text=TEXT)
    with pytest.raises(Obligation.DoesNotExist):
        asked(house, pair, obligation_id=task[1].pk)  # another department's task
    made = asked(house, pair)
    for who in ("staff", "clerk", "observer"):
        with pytest.raises((Forbidden, Question.DoesNotExist)):
            decide_question(asker=house.askers[who], question_id=made.pk, text="Theo 05.", holds=1)
    with pytest.raises(Question.DoesNotExist):
        answer_question(asker=house.askers["other"], question_id=made.pk, text="Không liên quan.")
    assert questions(house.askers["other"]) == []
    assert len(questions(house.askers["observer"])) == 1


def test_a_decided_question_takes_no_more_acts_and_no_act_comes_before_the_one_it_answers(
    house: Any, pair: tuple[str, str]
) -> None:
    made = asked(house, pair)
    earlier = clock.today() - dt.timedelta(days=1)
    with pytest.raises(Refusal) as refused:
        decide_question(
            asker=house.askers["steering"], question_id=made.pk, text="Theo 05.", holds=1, happened_on=earlier
        )
    assert refused.value.field == "happened_on"
    decide_question(asker=house.askers["steering"], question_id=made.pk, text="Theo 05.", holds=1)
    with pytest.raises(Refusal):
        answer_question(asker=house.askers["steering"], question_id=made.pk, text="Thêm nữa.")


def test_the_second_of_two_who_answer_at_once_is_told(house: Any, pair: tuple[str, str]) -> None:
    made = asked(house, pair)
    seen = made.acts.get().pk
    answer_question(asker=house.askers["steering"], question_id=made.pk, text="Đang hỏi.", seen=seen)
    with pytest.raises(Conflict, match="Đang hỏi"):
        decide_question(asker=house.askers["steering"], question_id=made.pk, text="Theo 05.", holds=1, seen=seen)
    assert made.acts.count() == 2


# --- Pages -----------------------------------------------------------------------------------------------------------


def client_of(house: Any, who: str) -> Client:
    client = Client()
    client.force_login(house.accounts[who])
    return client


def test_a_staff_officer_asks_and_the_steering_office_decides_on_the_pages(
    house: Any, pair: tuple[str, str], task: Any
) -> None:
    staff, steering = client_of(house, "staff"), client_of(house, "steering")
    address = reverse("links:ask", args=pair)
    page = staff.get(address).content.decode()
    assert "30-6-2025" in page and "30-9-2025" in page and "Ban hành kế hoạch" in page
    day = f"{clock.today():%d-%m-%Y}"
    wrong = staff.post(address, {"about": "deadline", "text": "", "happened_on": "31-11-2025"})
    assert wrong.status_code == 422 and "31-11-2025" in wrong.content.decode()
    body = {"about": "deadline", "text": TEXT, "happened_on": day, "obligation": task[0].pk}
    answer = staff.post(address, body)
    made = Question.objects.get()
    assert answer.headers["Location"] == reverse("links:question", args=[made.pk])
    assert made.obligation_id == task[0].pk
    url = reverse("links:question", args=[made.pk])
    assert 'ghi <span class="nb">30-6-2025</span>, Chương trình' in staff.get(url).content.decode()
    assert staff.get(url).context["forms"] is None
    assert staff.post(url, {"act": "decide"}).status_code == 403
    seen = steering.get(url).context["forms"]["decide"]["seen"].value()
    answer_question(asker=house.askers["steering"], question_id=made.pk, text="Ý kiến của người khác.")
    decision = {
        "act": "decide", "decide-holds": "2", "decide-text": "Theo Chương trình số 06.", "decide-happened_on": day,
    }  # fmt: skip
    late = steering.post(url, {**decision, "decide-seen": seen})
    assert late.status_code == 422
    shown = late.content.decode()
    assert "Ý kiến của người khác." in shown and "Theo Chương trình số 06." in shown
    again = late.context["forms"]["decide"]["seen"].value()
    assert steering.post(url, {**decision, "decide-seen": again}).status_code == 302
    assert question(house.askers["staff"], made.pk).second_holds
    assert steering.get(url).context["forms"] is None


@pytest.fixture
def line() -> Iterator[str]:
    """A line in the newest version of a plan."""
    made = Lines()
    made.there = {"line1"}
    items._registry.providers[ROOM, KIND] = made
    yield "line1"
    del items._registry.providers[ROOM, KIND]


def test_two_dates_that_one_line_answers_are_found_until_somebody_asks(
    house: Any, pair: tuple[str, str], line: str
) -> None:
    staff = house.askers["staff"]
    identities = [ProvisionIdentity.objects.get(key=key) for key in pair]
    decide(identities[0].document, house.units[0], line, identities[0].pk, "equivalent")
    assert conflicts(staff) == []
    touched = decide(identities[1].document, house.units[0], line, identities[1].pk, "intersects")
    assert conflicts(staff) == [], "what a line only touches is no second answer"
    decide(touched.document, house.units[0], line, identities[1].pk, "subset")
    (found,) = conflicts(staff)
    assert found.about == "deadline" and {one.number for one in found.documents} == {"07/KH-BTN", "06/CTr-BTN"}
    page = client_of(house, "staff").get(reverse("links:questions")).content.decode()
    assert found.ask_url.replace("&", "&amp;") in page and "Đầu việc line1" in page
    # Who does not ask is told nothing of it, and another unit neither.
    assert conflicts(house.askers["steering"]) == conflicts(house.askers["other"]) == []
    asked(house, pair)
    assert conflicts(staff) == []


def test_the_list_is_filtered_and_costs_few_queries(house: Any, pair: tuple[str, str]) -> None:
    for about in ("deadline", "target"):
        asked(house, pair, about=about)
    client = client_of(house, "steering")
    address = reverse("links:questions")
    with assert_query_baseline("links:questions", maximum=25):
        answer = client.get(address)
    assert len(answer.context["list"].kept) == 2
    assert len(client.get(address, {"about": "target"}).context["list"].kept) == 1
    lines = b"".join(client.get(address, {"about": "target", "export": "csv"}).streaming_content).decode()
    assert lines.count("07/KH-BTN") == 1
    assert client_of(house, "other").get(address).context["list"].total == 0


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"happened_on": dt.date(2020, 1, 1)}, "happened_on"),
        ({"text": "a" * 4001}, "text"),
        ({"text": "\u202e\u200f \n"}, "text"),
    ],
)
def test_a_question_is_not_older_than_what_it_asks_about_nor_without_bounds(
    house: Any, pair: tuple[str, str], more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        asked(house, pair, **more)
    assert refused.value.field == field and not Question.objects.exists()


def test_marks_that_turn_the_direction_of_reading_are_not_kept(house: Any, pair: tuple[str, str]) -> None:
    made = asked(house, pair, text="Theo mức \u202e%59\u202c nào?\nĐề nghị cho biết.")
    assert made.acts.get().text == "Theo mức %59 nào?\nĐề nghị cho biết."
