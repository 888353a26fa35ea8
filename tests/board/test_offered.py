"""Which acts the page of a task offers, to whom, and what it says of who else may do them."""

from __future__ import annotations

import pytest

from soichieu.board.forms import ActForm
from soichieu.documents.commands import register_document
from soichieu.ledger import queries
from soichieu.ledger.commands import define_requirement, open_obligations
from soichieu.ledger.kinds import SPECS, Kind
from tests.board.house import BEGINS, NOW, House, day
from tests.board.test_work import Clients, address, in_progress, post


def test_only_the_acts_that_the_asker_may_do_are_offered(house: House, as_: Clients) -> None:
    of = house.obligation(8, house.offices[0])
    offered = {}
    for who in ("steering", "staff", "second", "observer", "verifier"):
        answer = as_(who).get(address(of))
        if answer.status_code == 404:
            offered[who] = None
            continue
        offered[who] = {kind for kind, *_rest in answer.context["acts"] + answer.context["more_acts"]}
        now = queries.obligation(house.askers[who], of.pk)
        assert offered[who] == set(queries.acts_for(house.askers[who], *now))
    assert offered["second"] is None
    assert offered["observer"] == set()
    assert "extended" in offered["steering"] and "claimed" not in offered["steering"]
    assert "extended" not in offered["staff"] and offered["staff"]


def test_what_is_accepted_is_not_offered_to_be_accepted_again(house: House, as_: Clients) -> None:
    of = in_progress(house)

    def offered() -> set[str]:
        context = as_("steering").get(address(of)).context
        return {kind for kind, *_rest in context["acts"] + context["more_acts"]}

    assert post(as_("staff"), of, "claimed").status_code == 302
    assert "accepted" in offered()
    assert post(as_("steering"), of, "accepted").status_code == 302
    assert "accepted" not in offered() and "reversed" in offered()
    assert post(as_("steering"), of, "reversed", reason="chưa đủ").status_code == 302
    assert post(as_("staff"), of, "claimed").status_code == 302
    assert "accepted" in offered()


def test_what_is_done_may_be_returned_or_reversed_and_the_page_says_what_each_does(house: House, as_: Clients) -> None:
    """Both have effect (``docs/ledger.md`` section 3): returned asks for more, reversed takes back what was held."""
    of = in_progress(house)
    assert post(as_("staff"), of, "claimed").status_code == 302
    waiting = as_("steering").get(address(of))
    assert "không còn được tính là hoàn thành" not in waiting.content.decode()
    assert post(as_("steering"), of, "accepted").status_code == 302
    page = as_("steering").get(address(of))
    assert {"returned", "reversed"} <= {kind for kind, *_rest in page.context["acts"] + page.context["more_acts"]}
    text = page.content.decode()
    for kind, words in (("returned", "Yêu cầu đơn vị bổ sung"), ("reversed", "theo thời hạn đang có")):
        form = text.split(f'id="act-{kind}"')[1].split("</form>")[0]
        assert words in form
    assert post(as_("steering"), of, "returned", reason="thiếu phụ lục").status_code == 302
    assert queries.obligation(house.operator, of.pk)[1].lifecycle == "returned"


def test_by_whom_says_the_same_as_what_is_offered_to_each(house: House) -> None:
    """Of every task: an asker whose unit and role stand in a line of *by whom* is offered just its acts."""
    of_the_assigner = 0
    for number in range(len(house.requirements)):
        task = house.obligation(number, house.offices[0])
        for key in ("steering", "staff", "office", "second", "observer", "admin", "outside"):
            asker = house.askers[key]
            found, cell = queries.obligation(house.operator, task.pk)
            said = {
                kind
                for turn in queries.turns_of(found, cell)
                if turn.unit_id == asker.unit_id and asker.roles & set(turn.roles)
                for kind in turn.kinds
            }
            assert said == set(queries.acts_for(asker, found, cell)), (number, key)
            of_the_assigner += key == "steering" and bool(said)
    assert of_the_assigner


def test_whoever_may_do_nothing_reads_by_whom_it_may_be_done(house: House, as_: Clients) -> None:
    task = house.obligation(7, house.offices[0])
    page = as_("observer").get(address(task))
    assert not page.context["acts"]
    lines = [(one.unit, one.side) for one in page.context["turns"]]
    assert lines == [("Cục Thiên Đàn", "holder"), ("Cục Thiên Đàn", "holder"), ("Bộ Thử nghiệm", "assigner")]
    text = page.content.decode()
    assert '<details class="more turns" open>' in text and "người đứng đầu" in text
    own = as_("staff").get(address(task)).content.decode()
    assert '<details class="more turns">' in own
    house.act("handed", 7, house.offices[0], day("20-11"), choice="cooperator", unit_id=house.offices[1].pk)
    [asked] = [
        one for one in queries.turns_of(*queries.obligation(house.operator, task.pk)) if one.side == "cooperator"
    ]
    assert asked.unit_id == house.offices[1].pk and asked.kinds == (Kind.HANDED,)


def test_of_units_of_which_only_published_facts_are_kept_nobody_is_said_to_write(house: House, as_: Clients) -> None:
    published = register_document(
        house.operator, number="118-KH/BK", issuer="Bộ Khác", signed_on=BEGINS, title="Kế hoạch", public=True,
        published_only=True,
    )  # fmt: skip
    one = define_requirement(
        asker=house.operator, directive=published, code="1", title="Sơ kết", ladder="reviewed", closing="claimed"
    )
    [task] = open_obligations(asker=house.operator, requirement=one, unit_ids=[house.outside.pk], happened_on=BEGINS)
    page = as_("observer").get(address(task))
    assert page.status_code == 200 and page.context["turns"] == []


@pytest.mark.parametrize("kind", [kind for kind in Kind.values if kind not in (Kind.OPENED, Kind.VOIDED)])
def test_every_form_asks_what_its_kind_must_say(house: House, kind: str) -> None:
    form, spec = ActForm(kind, house.operator, NOW.date()), SPECS[kind]
    assert ("choice" in form.fields) == bool(spec.choices)
    assert ("deadline" in form.fields) == bool(spec.deadline)
    assert ("unit" in form.fields) == bool(spec.unit)
    if spec.deadline:
        assert form.fields["deadline"].required == (spec.deadline == "must")
    assert form.fields["reason"].required == (spec.reason == "must")
