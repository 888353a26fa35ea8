"""The register of what is in force: entered by hand, corrected, read on a day, seen by whom it concerns."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import NotAllowed
from soichieu.plans.commands.register import correct_facts, make_plan
from soichieu.plans.errors import ChangedMeanwhile
from soichieu.plans.facts import Facts
from soichieu.plans.models import Plan, PlanAct, PlanFacts
from soichieu.plans.queries import register

FIRST, LAST = dt.date(2025, 1, 1), dt.date(2025, 12, 31)
PROGRAMME = Facts(
    kind="programme", term="year", title="Chương trình công tác năm 2025", number="01/CTr-CS1",
    signed_on=dt.date(2024, 12, 20), from_day=FIRST, to_day=LAST,
)  # fmt: skip


def changed(facts: Facts = PROGRAMME, **changes) -> Facts:
    return Facts(**{**vars(facts), **changes})


def test_a_plan_is_entered_with_its_first_facts(house):
    plan = make_plan(asker=house.askers["staff"], unit=house.units[0], facts=PROGRAMME)
    (row,) = plan.facts.all()
    assert (row.title, row.number, row.from_day, row.to_day) == (PROGRAMME.title, PROGRAMME.number, FIRST, LAST)
    assert plan.made_by["post"] == house.askers["staff"].post_id and row.reason == ""


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"title": "  \n "}, "title"),
        ({"title": "\x00"}, "title"),
        ({"kind": "letter"}, "kind"),
        ({"term": ""}, "term"),
        ({"signed_on": None}, "signed_on"),
        ({"signed_on": dt.date(2999, 1, 1)}, "signed_on"),
        ({"number": "không số"}, "number"),
        ({"number": "1" * 101}, "number"),
        ({"signer": "x" * 256}, "signer"),
        ({"to_day": dt.date(2024, 12, 31)}, "to_day"),
        ({"from_day": None}, "from_day"),
    ],
)
def test_what_cannot_be_is_refused_under_its_field(house, changes, field):
    with pytest.raises(Refusal) as refused:
        make_plan(asker=house.askers["staff"], unit=house.units[0], facts=changed(**changes))
    assert refused.value.field == field and not Plan.objects.exists()


@pytest.mark.parametrize("number", ["01/CTr-CS1", "Số: 01/CTr-CS1", "01-CTr/CS1", " 01/CTr–CS1 "])
def test_one_number_of_one_day_is_one_plan_of_the_unit(house, number):
    make_plan(asker=house.askers["staff"], unit=house.units[0], facts=PROGRAMME)
    with pytest.raises(Refusal) as refused:
        make_plan(asker=house.askers["clerk"], unit=house.units[0], facts=changed(number=number))
    assert refused.value.field == "number"
    make_plan(asker=house.operator, unit=house.units[1], facts=changed(number=number))


@pytest.mark.parametrize("who", ["steering", "observer", "other"])
def test_only_the_unit_itself_writes_its_register(house, who):
    with pytest.raises(NotAllowed):
        make_plan(asker=house.askers[who], unit=house.units[0], facts=PROGRAMME)


def test_a_correction_is_a_new_row_with_its_reason(house):
    staff = house.askers["staff"]
    plan = make_plan(asker=staff, unit=house.units[0], facts=PROGRAMME)
    first = plan.facts.get()
    second = correct_facts(
        asker=staff, plan=plan, seen=first.pk, facts=changed(to_day=dt.date(2026, 6, 30)), reason="Được gia hạn"
    )
    assert plan.facts.count() == 2
    assert register.newest_facts([plan.pk])[plan.pk] == second
    on = dt.date(2026, 1, 1)
    unit = house.units[0].pk
    assert register.in_force([unit], on)[unit] == [second]
    assert register.in_force([unit], on, known_at=first.made_at)[unit] == []
    assert len(register.in_force([unit], FIRST, known_at=first.made_at)[unit]) == 1


def test_who_saved_second_is_told_what_changed(house):
    plan = make_plan(asker=house.askers["staff"], unit=house.units[0], facts=PROGRAMME)
    seen = plan.facts.get().pk
    correct_facts(asker=house.askers["staff"], plan=plan, seen=seen, facts=changed(title="Khác"), reason="sửa")
    with pytest.raises(ChangedMeanwhile) as refused:
        correct_facts(asker=house.askers["clerk"], plan=plan, seen=seen, facts=changed(term="term"), reason="sửa")
    assert "Khác" in str(refused.value) and "Người staff" in str(refused.value)
    assert refused.value.newest.title == "Khác" and plan.facts.count() == 2


@pytest.mark.parametrize("reason, facts", [(" ", changed(title="Khác")), ("sửa", PROGRAMME)])
def test_a_correction_says_what_and_why(house, reason, facts):
    plan = make_plan(asker=house.askers["staff"], unit=house.units[0], facts=PROGRAMME)
    with pytest.raises(Refusal):
        correct_facts(asker=house.askers["staff"], plan=plan, seen=plan.facts.get().pk, facts=facts, reason=reason)


def test_a_plan_is_seen_above_and_only_when_approved_below(house):
    own = make_plan(asker=house.operator, unit=house.units[0], facts=PROGRAMME)
    above = make_plan(asker=house.operator, unit=house.ministry, facts=PROGRAMME)
    beside = make_plan(asker=house.operator, unit=house.units[1], facts=PROGRAMME)
    seen = {who: set(register.visible_plans(asker)) for who, asker in house.askers.items()}
    assert seen["staff"] == {own}
    assert seen["steering"] == seen["observer"] == {own, above, beside}
    assert seen["other"] == set()
    with pytest.raises(Plan.DoesNotExist):
        register.plan_of(house.askers["staff"], above.key)
    PlanAct.objects.create(plan=above, act="approved", happened_on=FIRST, made_at=above.made_at)
    assert set(register.visible_plans(house.askers["staff"])) == {own, above}
    assert set(register.visible_plans(house.askers["other"])) == set()


DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2024, 3, 1))


@given(spans=st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS), max_size=6), on=DAYS)
def test_in_force_is_between_both_days_included(house, spans, on):
    expected = 0
    PlanFacts.objects.all().delete()
    for number, (first, last) in enumerate(spans):
        if (last is not None and first is None) or (first is not None and last is not None and last < first):
            continue
        plan = make_plan(
            asker=house.operator, unit=house.units[0],
            facts=changed(number=f"{number + 1}/KH-CS1", signed_on=dt.date(2023, 1, 1), from_day=first, to_day=last),
        )  # fmt: skip
        assert plan.key
        expected += first is not None and first <= on and (last is None or on <= last)
    unit = house.units[0].pk
    assert len(register.in_force([unit], on)[unit]) == expected
