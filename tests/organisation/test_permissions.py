"""The table of docs/permissions.md, walked: every act × role × place."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import numpy as np
import pytest

from soichieu.organisation import commands
from soichieu.organisation.askers import Asker, NotAllowed, asker_for_post
from soichieu.organisation.commands.succession import Proposal
from soichieu.organisation.kinds import Role
from soichieu.organisation.permissions import ACTS, VOIDABLE, Claimant, may, may_many, visible_units
from soichieu.organisation.succession import heir
from tests.organisation.conftest import BEGIN, DAY, OPERATOR, House

DOCS = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
PLACES = {"assigner": "bo", "holder": "cuc-a", "below": "phong-a1", "beside": "cuc-b", "outside": "ngoai"}
OF_LINE = {"assigner": "accepted", "holder": "claimed"}


def table() -> list[tuple[list[tuple[str, str | None]], set[str], dict[str, bool]]]:
    """Rows of the table: acts (with the kind of line a voiding names), roles, and may or may not by place."""
    text = DOCS.read_text(encoding="utf-8")
    inside = text.split("<!-- table:permissions -->")[1].split("<!-- /table -->")[0]
    lines = [line for line in inside.splitlines() if line.startswith("|")]
    places = [cell.strip() for cell in lines[0].strip("|").split("|")][2:]
    rows = []
    for line in lines[2:]:
        acts, roles, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        named: list[tuple[str, str | None]] = []
        for act in acts.split(", "):
            void = re.fullmatch(r"voided \(of a line of the (\w+)\)", act)
            named.append(("voided", OF_LINE[void[1]]) if void else (act, None))
        rows.append((named, set(roles.split(", ")), {p: cell == "x" for p, cell in zip(places, cells, strict=True)}))
    return rows


def test_every_act_has_a_row_and_every_role_is_one() -> None:
    acts = {act for named, _roles, _places in table() for act, _of in named}
    assert acts == set(ACTS)
    assert {role for _named, roles, _places in table() for role in roles} <= set(Role.values)


def test_the_table_holds_act_by_act_role_by_role_place_by_place(house: House) -> None:
    wrong = []
    for named, roles, places in table():
        for act, of_line in named:
            for role in Role.values:
                for place, unit in PLACES.items():
                    asker = house.asker(unit, role)
                    matter = {"on": DAY, "line": "sector", "target_act": of_line}
                    holder, issuer = house.units["cuc-a"].pk, house.units["bo"].pk
                    expected = role in roles and places[place]
                    verdict = may(asker, act, holder_id=holder, issuer_id=issuer, **matter)
                    many = may_many(asker, act, holder_ids=[holder, holder], issuer_ids=issuer, **matter)
                    if bool(verdict) != expected or many.tolist() != [expected, expected]:
                        wrong.append((act, of_line, role, place, expected, verdict, many.tolist()))
                    assert verdict.reason
    assert not wrong, wrong[:5]


def test_a_task_on_another_line_is_not_the_assigners(house: House) -> None:
    steering = house.asker("bo", "steering_office")
    matter = {"holder_id": house.units["cuc-a"].pk, "issuer_id": house.units["bo"].pk, "on": DAY}
    assert may(steering, "opened", line="sector", **matter)
    assert not may(steering, "opened", line="territory", **matter)
    assert may(steering, "opened", **matter)  # no line: any


def test_the_operator_sees_and_does_everything(house: House) -> None:
    assert visible_units(OPERATOR, on=DAY) is None
    assert all(may(OPERATOR, act, holder_id=house.units["cuc-a"].pk, on=DAY) for act in ACTS)
    assert may_many(OPERATOR, "opened", holder_ids=[1, 2], issuer_ids=3, on=DAY).tolist() == [True, True]


def test_nobody_without_a_post_does_anything(house: House) -> None:
    stranger = Asker(None, None, None)
    assert visible_units(stranger, on=DAY).tolist() == []
    assert not any(may(stranger, act, holder_id=house.units["cuc-a"].pk, on=DAY) for act in ACTS)


def test_it_refuses_an_act_that_there_is_not(house: House) -> None:
    with pytest.raises(ValueError, match="no act 'signed'"):
        may(OPERATOR, "signed", on=DAY)


def ids(house: House, *codes: str) -> list[int]:
    return sorted(house.units[code].pk for code in codes)


def test_one_sees_the_own_subtree_along_the_line(house: House) -> None:
    assert visible_units(house.asker("bo", "observer"), on=DAY, line="sector").tolist() == ids(
        house, "bo", "cuc-a", "cuc-b", "phong-a1"
    )
    assert visible_units(house.asker("cuc-a", "head"), on=DAY, line="sector").tolist() == ids(
        house, "cuc-a", "phong-a1"
    )
    assert visible_units(house.asker("bo", "observer"), on=DAY, line="territory").tolist() == ids(house, "bo")
    assert visible_units(house.asker("bo", "administrator"), on=DAY).tolist() == []


def test_the_party_committee_and_its_unit_are_one_house(house: House) -> None:
    house.found("dang-uy-a", kind="party_committee")
    commands.name_counterpart(asker=OPERATOR, unit=house.units["cuc-a"], counterpart=house.units["dang-uy-a"], on=BEGIN)
    secretary = house.asker("dang-uy-a", "head")
    assert set(ids(house, "cuc-a", "phong-a1")) <= set(visible_units(secretary, on=DAY, line="sector").tolist())
    matter = {"holder_id": house.units["cuc-a"].pk, "issuer_id": house.units["bo"].pk, "line": "sector", "on": DAY}
    assert may(secretary, "claimed", **matter)
    steering = house.asker("dang-uy-a", "steering_office")
    below = {"holder_id": house.units["phong-a1"].pk, "issuer_id": house.units["dang-uy-a"].pk, "line": "sector"}
    assert may(steering, "opened", on=DAY, **below)
    verifier = house.asker("dang-uy-a", "verifier")
    assert not may(verifier, "verified", **matter)  # the doer's own house


def test_whoever_claimed_does_not_verify(house: House) -> None:
    verifier = house.asker("bo", "verifier")
    matter = {"holder_id": house.units["cuc-a"].pk, "issuer_id": house.units["bo"].pk, "line": "sector", "on": DAY}
    assert may(verifier, "verified", **matter)
    verdict = may(verifier, "verified", claim=Claimant(None, [verifier.post_id, None]), **matter)
    assert not verdict
    assert verdict.rule == "own_claim"


def test_a_cooperator_gives_the_work_back_and_the_deciding_body_issues(house: House) -> None:
    officer, clerk = house.asker("cuc-b", "staff_officer"), house.asker("bo", "records_clerk")
    matter = {"holder_id": house.units["cuc-a"].pk, "issuer_id": house.units["bo"].pk, "line": "sector", "on": DAY}
    assert not may(officer, "handed", **matter)
    assert may(officer, "handed", cooperator_ids=[house.units["cuc-b"].pk], **matter)
    assert not may(officer, "claimed", cooperator_ids=[house.units["cuc-b"].pk], **matter)
    assert not may(clerk, "issued", **matter)
    assert may(clerk, "issued", decider_id=house.units["bo"].pk, **matter)


def test_on_behalf_of_needs_a_delegation_on_the_day_and_is_told(house: House) -> None:
    head, secretary = house.post("cuc-a", "head"), house.post("bo", "secretary")
    with pytest.raises(NotAllowed, match="no right to act on behalf"):
        asker_for_post(secretary, on_behalf_of=head, on=DAY)
    commands.delegate(
        asker=OPERATOR, agent=secretary, principal=head, on=BEGIN, until=dt.date(2022, 9, 1), basis="Giấy ủy quyền"
    )
    commands.appoint(asker=OPERATOR, post=secretary, person="Trần Thị B", on=BEGIN)
    agent = asker_for_post(secretary, on_behalf_of=head, on=DAY)
    assert (agent.post_id, agent.on_behalf_of_id, agent.unit_id) == (secretary.pk, head.pk, house.units["cuc-a"].pk)
    assert may(agent, "claimed", holder_id=house.units["cuc-a"].pk, on=DAY)
    assert "Trần Thị B" in agent.label()
    assert "thay mặt head (Cục A)" in agent.label()
    with pytest.raises(NotAllowed):
        asker_for_post(secretary, on_behalf_of=head, on=dt.date(2022, 9, 1))


def test_roles_and_appointments_hold_from_their_day_and_a_later_record_corrects(house: House) -> None:
    post = house.post("cuc-b", "staff_officer")
    commands.grant_role(asker=OPERATOR, post=post, role="head", on=dt.date(2022, 7, 1))
    assert asker_for_post(post, on=DAY).roles == {"staff_officer"}
    assert asker_for_post(post, on=dt.date(2022, 7, 1)).roles == {"staff_officer", "head"}
    commands.grant_role(asker=OPERATOR, post=post, role="head", on=dt.date(2022, 7, 1), held=False)
    assert asker_for_post(post, on=dt.date(2022, 7, 1)).roles == {"staff_officer"}


def test_an_heir_answers_for_the_unit_that_ended_and_sees_its_history(house: House) -> None:
    end = dt.date(2023, 3, 1)
    late = dt.date(2023, 6, 1)
    house.found("cuc-c", "bo", begins_on=end)
    commands.end_unit(asker=OPERATOR, unit=house.units["phong-a1"], on=end)
    commands.end_unit(asker=OPERATOR, unit=house.units["cuc-a"], on=end)
    old, new = house.units["cuc-a"], house.units["cuc-c"]
    officer = house.asker("cuc-c", "staff_officer")
    matter = {"holder_id": old.pk, "issuer_id": house.units["bo"].pk, "line": "sector", "on": late}
    assert not may(officer, "claimed", **matter)
    commands.propose_succession(asker=OPERATOR, proposals=[commands.Proposal(old.pk, new.pk, end)])
    assert not may(officer, "claimed", **matter)  # proposed is not confirmed
    commands.confirm_succession(asker=house.asker("bo", "steering_office"), on=end)
    assert may(officer, "claimed", **matter)
    assert old.pk in visible_units(officer, on=late, line="sector")
    assert house.units["phong-a1"].pk in visible_units(officer, on=late, line="sector")
    # On a day before the heir began it still sees what went into it.
    assert old.pk in visible_units(officer, on=DAY, line="sector")
    steering = house.asker("bo", "steering_office")
    assert np.isin(ids(house, "cuc-a", "phong-a1"), visible_units(steering, on=late, line="sector")).all()


def test_an_administrator_of_a_part_imports_nothing_into_the_whole(house: House) -> None:
    part, top = house.asker("cuc-a", "administrator"), house.asker("bo", "administrator")
    with pytest.raises(NotAllowed):
        commands.import_units(asker=part, paths=[])
    commands.import_units(asker=top, paths=[])
    commands.found_unit(
        asker=part,
        code="to-a",
        kind="division",
        name="Tổ A",
        begins_on=BEGIN,
        superiors={"sector": house.units["cuc-a"]},
    )
    with pytest.raises(NotAllowed):
        commands.found_unit(
            asker=part, code="to-b", kind="division", name="Tổ B", begins_on=BEGIN,
            superiors={"sector": house.units["cuc-b"]},
        )  # fmt: skip


def test_every_kind_of_line_can_be_voided_by_somebody(house: House) -> None:
    for kind in VOIDABLE:
        assert any(
            may(
                house.asker(unit, role), "voided", holder_id=house.units["cuc-a"].pk, issuer_id=house.units["bo"].pk,
                line="sector", on=DAY, target_act=kind,
            )
            for unit in ("bo", "cuc-a")
            for role in Role.values
        )  # fmt: skip


def test_what_split_off_while_a_unit_lived_on_answers_for_nothing_of_it(house: House) -> None:
    """Who holds, who sees and who may are one rule: `heir`, the subtree and the standing in."""
    old, off = house.found("cuc-c", "bo", name="Cục C"), house.units["cuc-b"]
    commands.propose_succession(
        asker=OPERATOR, proposals=[Proposal(old.pk, off.pk, dt.date(2022, 3, 1), "part", main=True)]
    )
    commands.confirm_succession(asker=OPERATOR, on=dt.date(2022, 3, 1))
    commands.end_unit(asker=OPERATOR, unit=old, on=dt.date(2022, 5, 1))
    assert heir(old.pk, DAY, "sector").unit_id == house.units["bo"].pk
    officer = house.asker("cuc-b", "staff_officer")
    matter = {"holder_id": old.pk, "issuer_id": house.units["bo"].pk, "line": "sector", "on": DAY}
    assert old.pk not in visible_units(officer, on=DAY).tolist()
    assert not may(officer, "claimed", **matter)
    assert may(house.asker("bo", "staff_officer"), "claimed", **matter)
