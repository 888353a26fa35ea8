"""From the table of tasks of 03/NQ-CP to obligations of a fictitious ministry's units."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from soichieu.directives import commands, queries
from soichieu.directives.addressees import Finder, decided, suggest
from soichieu.directives.errors import Conflict
from soichieu.ledger import clock
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.models import Entry, Obligation, Requirement
from soichieu.organisation.addressees import AddresseeRule

DEPARTMENTS = AddresseeRule(kinds=("department",), under="bo-thu", line="sector")
TODAY = clock.today()


@pytest.fixture
def proposed(house, directive):
    return commands.propose(asker=house.askers["steering"], directive=directive)


def choose(house, requirements, rule=DEPARTMENTS, given="each"):
    return commands.choose_addressees(
        asker=house.askers["steering"],
        versions={one.pk: one.version for one in requirements},
        rule=rule,
        on=TODAY,
        given=given,
    )


def test_it_proposes_every_task_of_the_table_once(house, directive, proposed):
    assert len(proposed) == 140
    assert commands.propose(asker=house.askers["steering"], directive=directive) == []
    rows = queries.rows(house.askers["steering"], directive)
    assert [row.held for row in rows] == sorted((row.held for row in rows), reverse=True)
    assert any(row.held for row in rows)


def test_it_confirms_only_what_is_decided_and_says_why_the_rest_is_left(house, directive, proposed):
    held = next(one for one in proposed if one.needs_one_lead)
    plain = next(one for one in proposed if not one.needs_one_lead)
    result = commands.confirm(asker=house.askers["steering"], directive=directive, requirement_ids=[held.pk, plain.pk])
    assert not result.done
    assert {one.pk for one, reason in result.left if reason} == {held.pk, plain.pk}
    choose(house, [plain])
    result = commands.confirm(asker=house.askers["steering"], directive=directive, requirement_ids=[held.pk, plain.pk])
    assert [one.pk for one in result.done] == [plain.pk]


def test_one_lead_chosen_by_a_person_frees_what_the_issuer_held(house, directive, proposed):
    held = next(one for one in proposed if one.needs_one_lead)
    commands.choose_one_lead(
        asker=house.askers["steering"], requirement_id=held.pk, version=held.version, unit_code="cuc-2"
    )
    commands.confirm(asker=house.askers["steering"], directive=directive, requirement_ids=[held.pk])
    given = commands.give_out(
        asker=house.askers["steering"], directive=directive, requirement_ids=[held.pk], happened_on=TODAY
    )
    assert [one.unit.code for one in given.obligations] == ["cuc-2"]
    assert decided(Requirement.objects.get(pk=held.pk).addressees) == AddresseeRule(units=("cuc-2",))


def test_it_gives_each_unit_of_the_rule_one_obligation_and_adds_nothing_the_second_time(house, directive, proposed):
    chosen = choose(house, proposed[:3])
    commands.confirm(asker=house.askers["steering"], directive=directive, requirement_ids=[one.pk for one in chosen])
    ids = [one.pk for one in chosen]
    steering = house.askers["steering"]
    given = commands.give_out(asker=steering, directive=directive, requirement_ids=ids, happened_on=TODAY)
    assert (len(given.obligations), given.units, given.requirements) == (15, 5, 3)
    line = Entry.objects.order_by("position").first()
    assert (line.kind, line.source_kind, line.source_id) == ("opened", "document", str(directive.pk))
    again = commands.give_out(asker=steering, directive=directive, requirement_ids=ids, happened_on=TODAY)
    assert not again.obligations
    assert Obligation.objects.count() == 15


def test_nothing_is_given_out_when_one_of_several_cannot_be(house, directive, proposed):
    chosen = choose(house, proposed[:2])
    commands.confirm(asker=house.askers["steering"], directive=directive, requirement_ids=[chosen[0].pk])
    with pytest.raises(Refusal, match=chosen[1].code):
        commands.give_out(
            asker=house.askers["steering"],
            directive=directive,
            requirement_ids=[one.pk for one in chosen],
            happened_on=TODAY,
        )
    assert not Obligation.objects.exists()


def test_a_rule_that_nobody_fits_or_that_means_several_for_one_is_refused(house, directive, proposed):
    nobody = AddresseeRule(kinds=("company",), under="bo-thu", line="sector")
    with pytest.raises(Refusal):
        choose(house, proposed[:1], nobody)
    with pytest.raises(Refusal) as refused:
        choose(house, proposed[:1], DEPARTMENTS, given="one")
    assert refused.value.field == "given"
    with pytest.raises(Refusal):
        choose(house, proposed[:1], AddresseeRule())
    with pytest.raises(Refusal, match="khong-co"):
        choose(house, proposed[:1], AddresseeRule(units=("khong-co",)))


def test_it_gives_nothing_to_units_outside_the_ministry(house, directive, proposed):
    chosen = choose(house, proposed[:1], AddresseeRule(units=("cuc-1", "bo-khac")))
    commands.confirm(asker=house.askers["steering"], directive=directive, requirement_ids=[chosen[0].pk])
    with pytest.raises(Forbidden):
        commands.give_out(
            asker=house.askers["steering"], directive=directive, requirement_ids=[chosen[0].pk], happened_on=TODAY
        )
    assert not Obligation.objects.exists()


def test_of_two_who_save_at_once_the_second_is_told_and_nothing_is_lost(house, directive, proposed):
    one = proposed[0]
    steering = house.askers["steering"]
    commands.save_requirement(
        asker=steering, requirement_id=one.pk, version=one.version, values={"title": "Của người thứ nhất"}
    )
    with pytest.raises(Conflict) as conflict:
        commands.save_requirement(
            asker=steering, requirement_id=one.pk, version=one.version, values={"title": "Của người thứ hai"}
        )
    assert conflict.value.current.title == "Của người thứ nhất"


@pytest.mark.parametrize("who", ["observer", "staff", "other"])
def test_only_the_steering_office_of_the_assigner_may(house, directive, proposed, who):
    with pytest.raises(Forbidden):
        commands.confirm(asker=house.askers[who], directive=directive, requirement_ids=[proposed[0].pk])
    with pytest.raises(Forbidden):
        commands.give_out(
            asker=house.askers[who], directive=directive, requirement_ids=[proposed[0].pk], happened_on=TODAY
        )


def test_a_deadline_before_the_directive_is_refused_and_named(house, directive, proposed):
    with pytest.raises(Refusal) as refused:
        commands.save_requirement(
            asker=house.askers["steering"],
            requirement_id=proposed[0].pk,
            version=proposed[0].version,
            values={"deadline": dt.date(2024, 6, 30)},
        )
    assert refused.value.field == "deadline"


def test_what_was_left_out_comes_back_when_someone_works_on_it(house, directive, proposed):
    steering = house.askers["steering"]
    (dropped,) = commands.drop(asker=steering, versions={proposed[0].pk: proposed[0].version})
    assert dropped.status == "dropped"
    saved = commands.save_requirement(
        asker=steering, requirement_id=dropped.pk, version=dropped.version, values={"title": "Vẫn là yêu cầu"}
    )
    assert saved.status == "proposed"


def test_printed_names_become_a_suggestion_and_what_is_not_found_is_said(house):
    finder = Finder(TODAY)
    found = suggest({"names": ["cục số 1", "Cục Số 2", "Bộ Không Có"], "classes": ["some_localities"]}, finder=finder)
    assert found.rule == AddresseeRule(units=("cuc-1", "cuc-2"))
    assert not found.decided
    assert [words for words, _units in found.unresolved][0] == "Bộ Không Có"
    assert len(found.unresolved) == 2


def test_a_requirement_may_be_written_for_a_document_without_its_text(house):
    from soichieu.documents.commands import register_document

    steering = house.askers["steering"]
    bare = register_document(steering, number="118-KH/ĐUCA", issuer="Đảng ủy", signed_on=dt.date(2022, 5, 25))
    with pytest.raises(Refusal):
        commands.propose(asker=steering, directive=bare)
    made = commands.write_requirement(
        asker=steering,
        directive=bare,
        code="1",
        values={"title": "Xây dựng kế hoạch", "ladder": "made_concrete", "closing": "issued", "given": "each"},
    )
    assert made.status == "proposed"
    with pytest.raises(Refusal) as refused:
        commands.write_requirement(
            asker=steering,
            directive=bare,
            code="1",
            values={"title": "Lại", "ladder": "made_concrete", "closing": "issued"},
        )
    assert refused.value.field == "code"


def test_a_requirement_that_a_person_writes_is_tied_to_the_sentences_that_give_it(house, client):
    from soichieu.documents.commands import register_document

    steering = house.askers["steering"]
    text = "CHỈ THỊ\nvề việc giữ đèn\n\n1. Các cục lập danh mục đèn.\n\n2. Các cục báo cáo kết quả.\n"
    directive = register_document(
        steering, number="7/CT-BTN", issuer="Bộ Thử nghiệm", signed_on=dt.date(2025, 1, 9),
        file=(text.encode(), "ct.txt"),
    )  # fmt: skip
    edition = directive.editions.order_by("-ordinal").first()
    first, second = edition.provisions.filter(text__startswith="Các cục").order_by("ordinal")[:2]
    values = {"title": first.text, "ladder": "carried_out", "closing": "accepted", "given": "each"}
    made = commands.write_requirement(
        asker=steering, directive=directive, code="tay-1", values=values, places=[second.citation, first.citation]
    )
    tied = {(one.identity_id, one.text_hash) for one in made.provisions.all()}
    assert tied == {(one.identity_id, one.text_hash) for one in (first, second)}
    with pytest.raises(Refusal) as refused:
        commands.write_requirement(
            asker=steering, directive=directive, code="tay-2", values=values, places=[first.citation, "XX.99"]
        )
    assert refused.value.field == "places" and "XX.99" in str(refused.value)
    assert not directive.requirements.filter(code="tay-2").exists()
    # On the page, with what was typed kept where it is refused.
    client.force_login(house.accounts["steering"])
    sent = values | {"code": "tay-3", "version": "0", "places": f"{first.citation}; XX.99"}
    address = reverse("directives:new", args=[directive.pk])
    page = client.post(address, sent)
    assert page.status_code == 422 and f'value="{first.citation}; XX.99"' in page.content.decode()
    assert client.post(address, sent | {"places": first.citation}).status_code == 302
    assert directive.requirements.get(code="tay-3").provisions.get().identity_id == first.identity_id


def test_many_are_given_step_by_step_and_each_step_is_whole(house, directive, proposed):
    chosen = choose(house, proposed[:4])
    ids = [one.pk for one in chosen]
    steering = house.askers["steering"]
    commands.confirm(asker=steering, directive=directive, requirement_ids=ids)
    steps = []
    while not steps or steps[-1].left:
        steps.append(
            commands.give_out(asker=steering, directive=directive, requirement_ids=ids, happened_on=TODAY, limit=7)
        )
    assert [(len(step.obligations), step.left) for step in steps] == [(7, 13), (7, 6), (6, 0)]
    assert Obligation.objects.count() == 20


def test_the_units_that_owe_something_see_the_directive_from_then_on(house, directive, proposed):
    from soichieu.documents.queries import visible_documents

    assert not visible_documents(house.askers["staff"]).filter(pk=directive.pk).exists()
    (one,) = choose(house, proposed[:1])
    steering = house.askers["steering"]
    commands.confirm(asker=steering, directive=directive, requirement_ids=[one.pk])
    commands.give_out(asker=steering, directive=directive, requirement_ids=[one.pk], happened_on=TODAY)
    assert visible_documents(house.askers["staff"]).filter(pk=directive.pk).exists()
    assert not visible_documents(house.askers["other"]).filter(pk=directive.pk).exists()
