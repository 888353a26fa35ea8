"""What the room of soi chiếu is told about plans: their lines, what stands above them, what is shown to whom."""

from __future__ import annotations

import pytest

from soichieu.documents.commands import link_documents, register_document
from soichieu.links import items as links
from soichieu.plans.commands.acts import Issue, approve_plan, choose_superior
from soichieu.plans.commands.editions import write_edition
from soichieu.plans.lines import Line
from soichieu.plans.models import Plan, SharesShown
from tests.plans.test_acts import DAY


@pytest.fixture
def provider():
    return links.provider_of("plans", "plan")


@pytest.fixture
def written(house, plan):
    line = Line("Một việc", number="1", group="I", leads=({"text": "Phòng Ba 1"},), deadline_text="30-6-2025")
    write_edition(
        asker=house.askers["staff"], plan=plan, lines=[line, Line("Hai việc")], read_by={"reader": "typed"}, seen=0
    )
    return plan


def again(house, plan, *texts):
    lines = [Line(text) for text in texts]
    return write_edition(
        asker=house.askers["staff"], plan=plan, lines=lines, read_by={"reader": "typed"}, seen=1
    )  # fmt: skip


def test_a_plan_is_held_up_with_its_newest_lines(house, written, provider):
    held = provider.holding(house.askers["staff"], written.key)
    assert (held.title, held.edition, held.unit_id) == ("Kế hoạch công tác năm 2025", 1, house.units[0].pk)
    first = held.items[0]
    assert (first.number, first.heading, first.leads, str(first.deadline)) == ("1", "I", ("Phòng Ba 1",), "2025-06-30")
    with pytest.raises(Plan.DoesNotExist):
        provider.holding(house.askers["other"], written.key)
    (slip,) = provider.slips(house.askers["steering"])
    (head,) = provider.heads(house.askers["steering"], [slip.key, "khong-co"])
    assert (head.key, head.lines) == (written.key, 2)
    assert provider.slips(house.askers["other"]) == provider.heads(house.askers["other"], [written.key]) == []
    assert provider.titles([written.key, "khong-co"]) == {written.key: (held.title, held.url)}


def test_hashes_are_those_of_the_newest_version_and_lines_those_that_last_held(house, written, provider):
    before = provider.holding(house.askers["staff"], written.key).items
    again(house, written, "Hai việc", "Ba việc")
    hashes = provider.item_hashes([one.key for one in before])
    assert hashes == {before[1].key: before[1].hash}
    assert [one.text for one in provider.items([before[0].key]).values()] == ["Một việc"]


def test_its_own_unit_sees_what_is_newer_than_the_approved_lines(house, written, provider):
    staff = house.askers["staff"]
    approve_plan(asker=house.askers["clerk"], plan=written, edition=1, seen=0, issue=Issue("07/KH-CS1", DAY))
    again(house, written, "Việc của bản sau")
    assert [one.text for one in provider.holding(staff, written.key).items] == ["Việc của bản sau"]
    assert provider.holding(staff, written.key).begun_on == DAY


def test_what_stands_above_follows_from_the_register_from_answers_and_from_people(
    house, written, provider, directive, tasks
):
    staff, steering = house.askers["staff"], house.askers["steering"]
    chosen = register_document(
        steering, number="09/KH-BTN", issuer="Bộ Thử nghiệm", signed_on=DAY, issuer_unit=house.ministry, public=True
    )
    choose_superior(asker=staff, plan=written, document=chosen)
    done = approve_plan(
        asker=house.askers["clerk"], plan=written, edition=1, seen=0,
        issue=Issue("07/KH-CS1", DAY, obligations=[tasks["1"][0].pk]),
    )  # fmt: skip
    based = register_document(
        steering, number="10/KH-BTN", issuer="Bộ Thử nghiệm", signed_on=DAY, issuer_unit=house.ministry, public=True
    )
    link_documents(house.askers["clerk"], source=done.act.document, target=based, relation="based_on")
    numbers = {one.number for one in provider.holding(staff, written.key).superiors}
    assert numbers == {directive.number, "09/KH-BTN", "10/KH-BTN"}


def test_how_much_is_copied_is_shown_to_the_own_unit_first(house, written, provider, directive):
    held = provider.holding(house.askers["steering"], written.key)
    assert not provider.shown_shares(house.askers["steering"], held, directive)
    assert not provider.shown_shares(house.operator, held, directive)
    assert provider.shown_shares(house.askers["staff"], held, directive)
    assert provider.shown_shares(house.askers["steering"], held, directive)
    assert SharesShown.objects.count() == 1
