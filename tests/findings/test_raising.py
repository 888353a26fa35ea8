"""A finding is raised, worded anew by several people, and known again at a later occasion; nothing is ever lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from soichieu.documents.commands import register_document
from soichieu.findings import commands, queries
from soichieu.findings.models import Finding, Version
from soichieu.findings.occasions import Occasion
from soichieu.ledger.errors import Forbidden, Refusal
from tests.findings.conftest import AUTUMN, OBJECTIVE, SPRING, SUBJECTIVE, Hall


def test_the_database_refuses_to_change_or_remove_what_was_raised(hall: Hall) -> None:
    queries.recurrences(hall.asker("staff"), hall.raise_(same_as=hall.raise_()))
    hall.conclude(hall.draft())
    commands.answer(asker=hall.asker("steering"), finding=hall.raise_("proposal"), choice="accepted")
    for table in ["answer", "concern", "finding", "raising", "sameness", "step", "told", "version"]:
        for statement in (f"UPDATE findings_{table} SET id = id", f"DELETE FROM findings_{table}"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_two_people_who_word_it_at_once_leave_two_heads_and_a_third_wording_settles_them(hall: Hall) -> None:
    finding = hall.raise_()
    first = finding.versions.get()

    def word(who: str, after: list[Version], words: str) -> Version:
        return commands.word(
            asker=hall.asker(who), holder_unit_id=hall.ministry, finding=finding, after=after, words=words
        )

    one = word("steering", [first], "Cập nhật số liệu chậm.")
    other = word("secretary", [first], "Số liệu cập nhật chưa kịp thời.")
    now = hall.shown(finding, "steering")
    assert now.heads == [one, other]
    both = word("steering", now.heads, "Cập nhật số liệu chậm, chưa kịp thời.")
    now = hall.shown(finding, "steering")
    assert now.heads == [both]
    assert {one.words for one in now.versions} >= {"Cập nhật số liệu chậm.", "Số liệu cập nhật chưa kịp thời."}


def test_a_form_sent_twice_makes_no_second_wording(hall: Hall) -> None:
    finding = hall.raise_()
    first = finding.versions.get()
    made = [
        commands.word(
            asker=hall.asker("steering"), holder_unit_id=hall.ministry, finding=finding, after=[first], words="Chậm."
        )
        for _ in range(2)
    ]
    assert made[0].pk == made[1].pk


def test_a_wording_keeps_what_it_does_not_name(hall: Hall) -> None:
    finding = hall.raise_(objective_cause=OBJECTIVE, subjective_cause=SUBJECTIVE, statement="tham-luan-3")
    first = finding.versions.get()
    made = commands.word(
        asker=hall.asker("steering"), holder_unit_id=hall.ministry, finding=finding, after=[first], words="Còn chậm.",
        subjective_cause="",
    )  # fmt: skip
    assert (made.objective_cause, made.subjective_cause, made.subjective_key) == (OBJECTIVE, "", "")
    assert made.statement == "tham-luan-3"


def test_the_same_cause_is_known_again_word_for_word_and_what_a_unit_says_of_itself_does_not_count(hall: Hall) -> None:
    first = hall.raise_(subjective_cause=SUBJECTIVE)
    own = hall.raise_(
        asker=hall.asker("staff"), author_unit=hall.unit(0), own=True, subjective_cause="Thiếu người.", same_as=first
    )
    second = hall.raise_(
        words="Số liệu vẫn chậm.", occasion=hall.autumn, same_as=first,
        subjective_cause="một số cán bộ  chưa chủ động tham mưu.",
    )  # fmt: skip
    found = queries.recurrences(hall.asker("staff"), second)
    assert [one.shown.finding for one in found] == [first, own, second]
    assert [one.nth for one in found] == [1, 0, 2]
    assert [one.same_cause for one in found] == [False, False, True]
    assert found[2].same_subjective == 1


def test_other_tones_are_another_cause(hall: Hall) -> None:
    first = hall.raise_(subjective_cause="Thiếu máy")
    second = hall.raise_(subjective_cause="Thiếu mây", same_as=first, occasion=hall.autumn)
    assert not queries.recurrences(hall.asker("steering"), second)[1].same_cause


def test_who_says_that_two_are_one_may_say_later_that_they_are_not(hall: Hall) -> None:
    first, second = hall.raise_(), hall.raise_(occasion=hall.autumn)
    steering = {"asker": hall.asker("steering"), "holder_unit_id": hall.ministry}
    said = commands.say_same(**steering, finding=first, same_as=second)
    assert (said.finding, said.same_as) == (second, first), "the identity is the older one's"
    assert len(queries.identity_of(hall.asker("steering"), second)) == 2
    with pytest.raises(Refusal) as refused:
        commands.say_same(**steering, finding=second, same_as=first, holds=False)
    assert refused.value.field == "reason"
    commands.say_same(**steering, finding=second, same_as=first, holds=False, reason="Hai việc khác nhau.")
    assert [one.finding for one in queries.identity_of(hall.asker("steering"), second)] == [second]


def test_a_shortcoming_and_a_proposal_are_not_one_thing(hall: Hall) -> None:
    with pytest.raises(Refusal) as refused:
        commands.say_same(
            asker=hall.asker("steering"), holder_unit_id=hall.ministry, finding=hall.raise_(),
            same_as=hall.raise_("proposal"),
        )  # fmt: skip
    assert refused.value.field == "same_as"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("kind", {"kind": "conclusion"}),
        ("words", {"words": "  "}),
        ("units", {"units": []}),
        ("units", {"units": [987654]}),
        ("addressee", {"kind": "proposal", "addressee": ""}),
        ("objective_cause", {"kind": "result", "objective_cause": OBJECTIVE}),
        ("on", {"on": dt.date(2999, 1, 1)}),
        ("provisions", {"provisions": [987654]}),
    ],
)
def test_it_refuses_and_names_the_field(hall: Hall, field: str, values: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refused:
        hall.raise_(**{"kind": "shortcoming"} | values)
    assert refused.value.field == field
    assert not Finding.objects.exists()


def test_a_unit_writes_of_itself_alone_and_others_not_at_all(hall: Hall) -> None:
    mine = {"asker": hall.asker("staff"), "author_unit": hall.unit(0)}
    assert hall.raise_(**mine, own=True).raisings.get().own
    hall.raise_("proposal", **mine)
    for more in ({"units": [hall.unit(1)], "own": True}, {"own": False}, {"author_unit": hall.unit(1), "own": True}):
        with pytest.raises(Forbidden):
            hall.raise_(**mine | more)
    with pytest.raises(Forbidden):
        hall.raise_(asker=hall.asker("observer"))


def test_nobody_words_what_another_house_raised(hall: Hall) -> None:
    finding = hall.raise_()
    other = hall.asker("other")
    for asker, holder in ((other, hall.house.elsewhere.pk), (other, hall.ministry), (hall.asker("peer"), hall.unit(1))):
        with pytest.raises(Forbidden):
            commands.word(
                asker=asker, holder_unit_id=holder, finding=finding, after=[finding.versions.get()], words="Khác."
            )
    with pytest.raises(Refusal):
        hall.raise_(occasion=Occasion("tests", "conference", "x", "Khác", hall.house.elsewhere.pk))


def test_nobody_says_the_same_of_what_they_do_not_see(hall: Hall) -> None:
    other = hall.house.elsewhere.pk
    foreign = hall.raise_(
        asker=hall.asker("other"), holder_unit_id=other, units=[other],
        occasion=Occasion("tests", "conference", "x", "Khác", other), on=SPRING,
    )  # fmt: skip
    mine = hall.raise_()
    for who, holder in (("steering", hall.ministry), ("other", other)):
        with pytest.raises(Finding.DoesNotExist):
            commands.say_same(asker=hall.asker(who), holder_unit_id=holder, finding=mine, same_as=foreign)
    with pytest.raises(Finding.DoesNotExist):
        hall.raise_(same_as=foreign)


def test_a_sentence_of_a_document_that_the_asker_does_not_see_is_not_cited(hall: Hall) -> None:
    document = register_document(
        hall.asker("other"), number="07/KH-BK", issuer="Bộ Khác", signed_on=SPRING, title="Kế hoạch",
        issuer_unit=hall.house.elsewhere, file=("KẾ HOẠCH\nKhác\n\n1. Các cục báo cáo.\n".encode(), "07.txt"),
    )  # fmt: skip
    sentence = document.editions.get().provisions.order_by("-pk")[0].identity
    with pytest.raises(Refusal) as refused:
        hall.raise_(provisions=[sentence.pk])
    assert refused.value.field == "provisions"


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=3), min_size=1, max_size=9))
def test_whatever_is_reworded_when_no_words_are_lost(hall: Hall, replaced: list[list[int]]) -> None:
    finding = hall.raise_()
    made = [finding.versions.get()]
    common = {"asker": hall.asker("steering"), "holder_unit_id": hall.ministry, "finding": finding}
    for number, places in enumerate(replaced):
        after = {made[place % len(made)] for place in places}
        made.append(commands.word(**common, after=after, words=f"Câu {number}."))
    now = hall.shown(finding, "steering")
    reached = {one.pk for one in now.heads}
    for one in reversed(now.versions):
        if one.pk in reached:
            reached |= set(one.after)
    assert reached == {one.pk for one in made}, "every wording is a head or lies behind one"
    settled = commands.word(**common, after=now.heads, words="Chốt.")
    assert hall.shown(finding, "steering").heads == [settled]


def test_who_sees_a_finding(hall: Hall) -> None:
    about = hall.raise_()
    put = hall.raise_("proposal", author_unit=hall.unit(1), addressee_unit=hall.unit(2), addressee="")
    seen = {name: {one.finding for one in queries.findings_of(hall.asker(name))} for name in hall.house.askers}
    assert seen["steering"] == seen["observer"] == {about, put}
    assert seen["staff"] == seen["clerk"] == {about}
    assert seen["peer"] == {put}
    assert seen["other"] == set()


def test_a_shortcoming_that_is_remedied_is_open_again_when_it_is_raised_again(hall: Hall) -> None:
    first = hall.raise_()
    units = [hall.unit(0)]
    assert [one.finding for one in queries.shortcomings_open(hall.asker("staff"), units)] == [first]
    with pytest.raises(Forbidden):
        commands.remedy(asker=hall.asker("staff"), holder_unit_id=hall.ministry, finding=first, reason="Đã xong.")
    commands.remedy(
        asker=hall.asker("steering"),
        holder_unit_id=hall.ministry,
        finding=first,
        reason="Kiểm tra ngày 1-6.",
        on=SPRING,
    )
    assert queries.shortcomings_open(hall.asker("staff"), units) == []
    again = hall.raise_(occasion=hall.autumn, same_as=first)
    assert [one.finding for one in queries.shortcomings_open(hall.asker("staff"), units)] == [again]
    assert again.raisings.get().on == AUTUMN
