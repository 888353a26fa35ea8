"""Who may write a line: whoever acts for another, whoever sits on two posts, whoever gave the task."""

from __future__ import annotations

import datetime as dt

import pytest

from soichieu.documents.commands import register_document
from soichieu.ledger import queries
from soichieu.ledger.commands import define_requirement, open_obligations, record, transfer_for_succession
from soichieu.ledger.errors import Forbidden
from soichieu.ledger.fold import answer
from soichieu.ledger.models import Obligation
from soichieu.ledger.sources import by_telephone
from soichieu.organisation.askers import Asker, asker_for_post
from soichieu.organisation.commands import appoint, create_post, delegate, end_unit, found_unit
from soichieu.organisation.models import Post
from tests.ledger.conftest import SIGNED, Cast, day
from tests.ledger.test_voided_lines import void

BEGIN = dt.date(2020, 1, 1)
CHECKED = {"method": "xem hồ sơ", "sample": "1 trên 1"}


def on_post(code: str, **rest: object) -> Asker:
    return asker_for_post(Post.objects.get(code=code), **rest)


def verify(asker: Asker, task: Obligation, on: str) -> None:
    record(
        asker=asker, kind="verified", choice="confirmed", happened_on=day(on), obligations=[task.pk], payload=CHECKED
    )


def refuses_to_verify(asker: Asker, task: Obligation) -> None:
    assert "verified" not in queries.acts_for(asker, *queries.obligation(asker, task.pk))
    with pytest.raises(Forbidden):
        verify(asker, task, "1-11")


def claimed(cast: Cast) -> Obligation:
    (task,) = cast.open("1", closing="claimed", ladder="disseminated")
    record(
        asker=on_post("can-bo-1"), kind="claimed", happened_on=day("1-3"), obligations=[task.pk],
        payload={"number": "7/BC-C1"},
    )  # fmt: skip
    return task


def test_whoever_acts_for_a_verifier_verifies_nothing_of_the_own_unit(cast: Cast) -> None:
    """A verification is by someone outside the doer's unit: the hand that writes is, not the name it writes in."""
    task = claimed(cast)
    principal = Post.objects.get(code="kiem-chung")
    for unit in cast.units[:2]:
        post = create_post(
            asker=cast.operator, unit=unit, code=f"pho-{unit.code}", title="Phó", roles=["deputy"], on=BEGIN
        )
        delegate(asker=cast.operator, agent=post, principal=principal, on=BEGIN)
    refuses_to_verify(on_post("pho-cuc-1", on_behalf_of=principal), task)
    other = on_post("pho-cuc-2", on_behalf_of=principal)
    assert "verified" in queries.acts_for(other, *queries.obligation(other, task.pk))
    verify(other, task, "2-3")


def test_whoever_claimed_verifies_on_no_other_post_either(cast: Cast) -> None:
    person = appoint(asker=cast.operator, post=Post.objects.get(code="can-bo-1"), person="Nguyễn Văn An", on=BEGIN)
    appoint(asker=cast.operator, post=Post.objects.get(code="kiem-chung"), person=person, on=BEGIN)
    task = claimed(cast)
    refuses_to_verify(on_post("kiem-chung"), task)
    appoint(asker=cast.operator, post=Post.objects.get(code="kiem-chung"), person="Trần Thị Bình", on=day("1-5"))
    verify(on_post("kiem-chung"), task, "2-5")


def test_a_claim_that_was_voided_makes_nobody_else_the_claimant(cast: Cast) -> None:
    (task,) = cast.open("1")
    create_post(
        asker=cast.operator, unit=cast.ministry, code="hai-vai", title="Hai vai", roles=["staff_officer", "verifier"],
        on=BEGIN,
    )  # fmt: skip
    ask = {"obligations": [task.pk]}
    record(asker=cast.operator, kind="reassigned", happened_on=day("1-2"), unit_id=cast.ministry.pk, **ask)
    record(asker=on_post("hai-vai"), kind="claimed", happened_on=day("1-3"), **ask)
    record(asker=cast.operator, kind="transferred", happened_on=day("2-3"), unit_id=cast.units[0].pk, **ask)
    record(asker=cast.staff[0], kind="claimed", happened_on=day("3-3"), **ask)
    void(cast.staff[0], task, "claimed")
    refuses_to_verify(on_post("hai-vai"), task)


def test_a_steering_office_hands_over_only_what_its_unit_gave(cast: Cast) -> None:
    (task,) = cast.open("1")
    end_unit(asker=cast.operator, unit=cast.units[0], on=day("1-7"))
    other = found_unit(
        asker=cast.operator, code="bo-la", kind="ministry", name="Bộ Lạ", begins_on=BEGIN, fictitious=True
    )
    create_post(asker=cast.operator, unit=other, code="thuong-truc-la", title="Lạ", roles=["steering_office"], on=BEGIN)
    assert transfer_for_succession(asker=on_post("thuong-truc-la"), on=day("1-7")) == []
    assert answer(day("2-7")).cell(task.pk).holder_id == cast.units[0].pk
    (line,) = transfer_for_succession(asker=cast.steering, on=day("1-7"))
    assert line.unit_id == cast.ministry.pk
    with pytest.raises(Forbidden):
        transfer_for_succession(asker=cast.staff[1], on=day("1-7"))


def test_tasks_that_no_unit_here_gave_are_the_operators_alone(cast: Cast) -> None:
    """Of a document from outside the tree that no unit registered nobody is the assigner, not whoever asks."""
    outside = register_document(
        cast.operator, number="9-NQ/TW", issuer="Ban Chấp hành", signed_on=SIGNED, title="Ngoài"
    )
    requirement = define_requirement(
        asker=cast.operator, directive=outside, code="1", title="Việc", ladder="carried_out", closing="accepted"
    )
    (task,) = open_obligations(
        asker=cast.operator, requirement=requirement, unit_ids=[cast.units[0].pk], happened_on=SIGNED
    )
    ask = {"obligations": [task.pk], "happened_on": day("1-3")}
    assert queries.acts_for(cast.steering, *queries.obligation(cast.steering, task.pk)) == []
    with pytest.raises(Forbidden):
        record(asker=cast.steering, kind="waived", payload={"reason": "thử"}, **ask)
    record(asker=cast.staff[0], kind="claimed", **ask)
    record(asker=cast.operator, kind="accepted", **ask)


@pytest.mark.parametrize(
    ("closing", "offered"), [("accepted", set()), ("claimed", {"claimed"}), ("issued", {"issued"})]
)
def test_while_a_claim_waits_only_the_paper_that_closes_the_task_is_offered(
    cast: Cast, closing: str, offered: set[str]
) -> None:
    """Another claim would have no effect, and nothing without effect is offered."""
    (task,) = cast.open("1", closing=closing)
    kind = "issued" if closing == "claimed" else "claimed"
    record(
        asker=cast.staff[0], kind=kind, happened_on=day("1-3"), obligations=[task.pk], source=by_telephone("Văn phòng")
    )
    found, cell = queries.obligation(cast.staff[0], task.pk)
    assert cell.lifecycle == "awaiting_confirmation"
    assert {"claimed", "issued", "responded"} & set(queries.acts_for(cast.staff[0], found, cell)) == offered
