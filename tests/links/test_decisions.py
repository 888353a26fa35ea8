"""People decide; nobody is overwritten; what changed since is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection

from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.links.commands.decisions import Suggested, decide, leave_open, take_up_again, withdraw
from soichieu.links.errors import Conflict
from soichieu.links.models import Decision, LeftOpen

FIRST = "III.1.-1.s1"


def pair(desk, citation=FIRST, line=0):
    return {"item_key": desk.holding.items[line].key, "provision_key": desk.place(citation)}


def test_a_decision_says_what_was_suggested_and_what_came_of_it(desk):
    proposed = Suggested(1, 0.83, "subset", "v1")
    accepted = desk.call(decide, **pair(desk), relation="subset", suggestion=proposed)
    changed = desk.call(decide, **pair(desk, line=1), relation="equivalent", suggestion=proposed)
    refused = desk.call(decide, **pair(desk, line=2), relation="none", suggestion=proposed)
    added = desk.call(decide, **pair(desk, line=3), relation="intersects", reason="  cùng đối tượng ")
    assert [one.origin for one in (accepted, changed, refused, added)] == ["accepted", "changed", "refused", "added"]
    assert (accepted.rank, accepted.score, accepted.suggested, accepted.weights) == (1, 0.83, "subset", "v1")
    assert (added.rank, added.score, added.suggested, added.reason) == (None, None, "", "cùng đối tượng")
    assert accepted.unit_id == desk.house.units[0].pk
    assert accepted.made_by["post"] == desk.house.askers["staff"].post_id


def test_a_decision_taken_back_leaves_both_rows(desk):
    made = desk.call(decide, **pair(desk), relation="subset")
    back = desk.call(withdraw, **pair(desk), seen=made.pk)
    assert (back.origin, back.relation) == ("withdrawn", "subset")
    assert Decision.objects.count() == 2
    with pytest.raises(Refusal, match="take back|rút"):
        desk.call(withdraw, **pair(desk), seen=back.pk)
    again = desk.call(decide, **pair(desk), relation="equivalent", seen=back.pk)
    assert Decision.objects.order_by("-pk").first() == again


def test_the_second_of_two_is_told_who_decided_what(desk):
    first = desk.call(decide, **pair(desk), relation="subset")
    with pytest.raises(Conflict) as told:
        desk.call(decide, **pair(desk), relation="none", seen=None)
    assert told.value.current == first
    assert "Người staff" in str(told.value)
    assert Decision.objects.count() == 1


def test_only_the_plans_own_officers_decide(desk):
    with pytest.raises(Forbidden):
        desk.call(decide, "steering", **pair(desk), relation="subset")
    with pytest.raises(Forbidden):
        desk.call(decide, "clerk", **pair(desk), relation="subset")
    with pytest.raises(ObjectDoesNotExist):
        desk.call(decide, "other", **pair(desk), relation="subset")
    assert not Decision.objects.exists()


def test_a_line_or_sentence_that_is_gone_is_refused(desk):
    with pytest.raises(Refusal) as told:
        desk.call(decide, item_key="line-of-nowhere", provision_key=desk.place(FIRST), relation="subset")
    assert told.value.field == "item"
    with pytest.raises(Refusal) as told:
        desk.call(decide, item_key=desk.holding.items[0].key, provision_key=desk.place("I.1.s1"), relation="subset")
    assert told.value.field == "provision"
    with pytest.raises(Refusal) as told:
        desk.call(decide, **pair(desk), relation="likes")
    assert told.value.field == "relation"


def test_a_sentence_is_left_open_with_a_reason_and_taken_up_again(desk):
    place = {"provision_key": desk.place(FIRST)}
    with pytest.raises(Refusal) as told:
        desk.call(leave_open, **place, reason="  ")
    assert told.value.field == "reason"
    left = desk.call(leave_open, **place, reason="việc của đơn vị khác")
    with pytest.raises(Conflict, match="việc của đơn vị khác"):
        desk.call(leave_open, **place, reason="năm sau")
    back = desk.call(take_up_again, **place, seen=left.pk)
    assert (back.reason, LeftOpen.objects.count()) == ("", 2)
    with pytest.raises(Refusal):
        desk.call(take_up_again, **place, seen=back.pk)


@pytest.mark.django_db(transaction=True)
def test_of_two_people_deciding_at_once_exactly_one_is_told(transactional_db, desk):
    chosen = pair(desk)

    def one(relation):
        try:
            return desk.call(decide, **chosen, relation=relation)
        except Conflict as told:
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        made = list(people.map(one, ["subset", "none"]))
    assert sorted(type(each).__name__ for each in made) == ["Conflict", "Decision"]
    assert Decision.objects.count() == 1


def test_a_reason_has_bounds_and_steers_no_reader(desk):
    place = desk.place("III.1.-1.s2")
    with pytest.raises(Refusal) as refused:
        desk.call(leave_open, provision_key=place, reason="a" * 2001)
    assert refused.value.field == "reason"
    assert (
        desk.call(leave_open, provision_key=place, reason="việc của \u202eđơn vị khác ").reason
        == "việc của đơn vị khác"
    )
