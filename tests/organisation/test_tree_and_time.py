"""What holds for every tree and every history: intervals, nesting, lives, knowledge. And what is never changed."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from soichieu.organisation import commands, queries
from soichieu.organisation.askers import NotAllowed
from soichieu.organisation.columns import Editions
from soichieu.organisation.commands.place_files import State, StateRow, Table
from soichieu.organisation.commands.place_history import History
from soichieu.organisation.commands.place_story import advance
from soichieu.organisation.guards import guarded_tables, install
from soichieu.organisation.models import AppendOnlyError, Post, Superior, Unit, UnitState
from soichieu.organisation.tree import lay_out
from tests.organisation.conftest import BEGIN, DAY, OPERATOR, House


@st.composite
def forests(draw: st.DrawFn) -> tuple[list[int], list[bool], list[int]]:
    """Parents (each an earlier node or -1), membership, ranks."""
    size = draw(st.integers(1, 30))
    parents = [draw(st.integers(-1, node - 1)) if node else -1 for node in range(size)]
    members = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    return parents, members, draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))


def chain(parents: list[int], members: list[bool], node: int) -> list[int]:
    """The members above a node, itself first; the chain breaks at a parent that is no member."""
    above = []
    while node >= 0 and members[node]:
        above.append(node)
        node = parents[node]
    return above


@given(forests())
def test_every_subtree_is_one_interval_of_the_walk(forest: tuple[list[int], list[bool], list[int]]) -> None:
    parents, members, ranks = forest
    tree = lay_out(np.array(parents), np.array(members), np.array(ranks))
    assert sorted(tree.walk.tolist()) == [node for node, member in enumerate(members) if member]
    everyone = np.arange(len(parents))
    for root in range(len(parents)):
        below = {node for node in range(len(parents)) if root in chain(parents, members, node)}
        assert set(tree.within(root).tolist()) == below
        assert set(np.flatnonzero(tree.contains(root, everyone)).tolist()) == below
    for node in tree.walk:
        assert tree.depth[node] == len(chain(parents, members, int(node))) - 1
    order = {int(node): at for at, node in enumerate(tree.walk)}
    for one in order:
        for other in order:
            siblings = tree.parent[one] == tree.parent[other]
            if siblings and (ranks[one], one) < (ranks[other], other):
                assert order[one] < order[other]


@given(st.integers(2, 20))
def test_a_cycle_is_left_out_and_never_hangs(size: int) -> None:
    ring = np.roll(np.arange(size), 1)
    tree = lay_out(ring, np.ones(size, bool), np.zeros(size, np.int64))
    assert tree.walk.size == 0
    assert tree.within(0).size == 0


ROWS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(1, 8), st.integers(1, 8), st.booleans(), st.integers(0, 99)), max_size=25
)


@given(ROWS, st.integers(0, 9), st.integers(0, 9))
def test_of_a_subject_the_latest_day_holds_and_of_a_day_what_was_recorded_last(
    rows: list[tuple[int, int, int, bool, int]], on: int, known: int
) -> None:
    clock = dt.datetime(2022, 1, 1, tzinfo=dt.UTC)
    base = dt.date(2022, 1, 1)
    editions = Editions.read(
        (
            (subject, base + dt.timedelta(day), clock + dt.timedelta(days=moment), retracted, key, value)
            for key, (subject, day, moment, retracted, value) in enumerate(rows)
        ),
        ("value",),
    )
    told = round((clock + dt.timedelta(days=known)).timestamp() * 1_000_000)
    found = {
        int(editions.subject[at]): editions.values["value"][at]
        for at in editions.at((base + dt.timedelta(on)).toordinal(), told)
    }
    expected = {}
    for subject in range(4):
        last: dict[int, tuple[int, int, bool, int]] = {}
        for key, (own, day, moment, retracted, value) in enumerate(rows):
            if own == subject and moment <= known:
                last[day] = max(last.get(day, (-1, -1, False, 0)), (moment, key, retracted, value))
        days = [day for day, row in last.items() if day <= on and not row[2]]
        if days:
            expected[subject] = last[max(days)][3]
    assert found == expected


NAMES = st.sampled_from(["An", "Bình", "Cường", "Dũng", "An - Bình", "Hoà", "Hòa", "01", "1"])


@st.composite
def states(draw: st.DrawFn) -> list[dict[str, StateRow]]:
    """Up to four states of one province with districts and communes that come, go, move and change names."""
    made = []
    for _number in range(draw(st.integers(1, 4))):
        rows = {"01": StateRow("01", "", "province", "An", "Tỉnh An", "", 2)}
        districts = draw(st.sets(st.sampled_from(["001", "002", "003"]), min_size=1))
        for code in districts:
            name = draw(NAMES)
            rows[code] = StateRow(code, "01", "district", name, f"Huyện {name}", "", 3)
        for code in draw(st.sets(st.sampled_from(["00001", "00002", "00003", "00004", "00005"]))):
            name = draw(NAMES)
            rows[code] = StateRow(code, draw(st.sampled_from(sorted(districts))), "commune", name, f"Xã {name}", "", 4)
        made.append(rows)
    return made


@given(states())
def test_whatever_the_states_say_the_history_says_of_their_days(told: list[dict[str, StateRow]]) -> None:
    history = History()
    days = [dt.date(2022 + number, 1, 1) for number in range(len(told))]
    for day, rows in zip(days, told, strict=True):
        advance(history, State(Table(f"s-{day}.csv", "", day, (), []), day, rows), None)
        assert {code: draft.row.name for code, draft in history.alive.items()}.keys() == rows.keys()
    assert len({draft.key for draft in history.places}) == len(history.places)
    revived = {id(remark.place) for remark in history.remarks if remark.topic == "data_gap"}
    for day, rows in zip(days, told, strict=True):
        then = {}
        for draft in history.places:
            holding = [row for row in draft.rows if row.day <= day]
            if holding and holding[-1].row is not None:
                then[id(draft)] = (draft, holding[-1])
        codes = [row.row.code for _draft, row in then.values() if row.row is not None]
        missing = {id(draft) for draft, row in then.values() if row.row and row.row.code not in rows}
        assert missing <= revived  # only what came back unchanged is alive in a state that lacks it
        assert set(rows) <= set(codes)
        for draft, row in then.values():
            assert (row.parent is None) == (draft.level == "province")
            if row.parent is not None and id(draft) not in revived:
                assert id(row.parent) in then, "a place stands in one that has ended"
    for edge in history.edges:
        assert edge.old is not edge.new
        assert edge.old.rows[0].day < edge.on
        if edge.share == "whole":
            assert edge.old.rows[-1].row is None
            assert edge.old.rows[-1].day == edge.on


def test_a_cycle_and_an_outliving_child_are_refused_command_by_command(house: House) -> None:
    bo, cuc, phong = house.units["bo"], house.units["cuc-a"], house.units["phong-a1"]
    with pytest.raises(commands.OrganisationError, match=r"cycle on the sector line on 01-06-2022: Cục A under Ph"):
        commands.place_under(asker=OPERATOR, unit=cuc, line="sector", superior=phong, on=DAY)
    with pytest.raises(commands.OrganisationError, match="a cycle"):
        commands.place_under(asker=OPERATOR, unit=bo, line="sector", superior=bo, on=DAY)
    with pytest.raises(commands.OrganisationError, match=r"Phòng A1 \(phong-a1\) still stands under it .* end it or"):
        commands.end_unit(asker=OPERATOR, unit=cuc, on=DAY)
    commands.end_unit(asker=OPERATOR, unit=phong, on=DAY)
    commands.end_unit(asker=OPERATOR, unit=cuc, on=DAY)
    with pytest.raises(commands.OrganisationError, match="would outlive its superior"):
        house.found("muon", "cuc-a")
    house.found("vua", "cuc-a", ends_on=DAY)
    # A cycle that would appear only later, when an edge that is already known begins to hold.
    commands.place_under(asker=OPERATOR, unit=bo, line="force", superior=house.units["ngoai"], on=dt.date(2023, 1, 1))
    with pytest.raises(commands.OrganisationError, match="a cycle on the force line on 01-01-2023"):
        commands.place_under(asker=OPERATOR, unit=house.units["ngoai"], line="force", superior=bo, on=DAY)


def test_a_renamed_unit_stays_the_same_and_is_called_as_on_the_day(house: House) -> None:
    unit = house.units["cuc-b"]
    commands.rename_unit(asker=OPERATOR, unit=unit, on=DAY, name="Cục B mới")
    before = DAY - dt.timedelta(days=1)
    assert queries.name_of([unit.pk], before) == {unit.pk: "Cục B"}
    assert queries.name_of([unit.pk], DAY) == {unit.pk: "Cục B mới"}
    assert queries.unit_view(unit.pk, DAY).order == 1
    early = UnitState.objects.filter(unit=unit).order_by("pk").first()
    assert early is not None
    assert queries.name_of([unit.pk], DAY, known_at=early.recorded_at) == {unit.pk: "Cục B"}
    unheard = early.recorded_at - dt.timedelta(days=1)
    assert queries.name_of([unit.pk], before, known_at=unheard) == {unit.pk: "Cục B"}
    view = queries.unit_view(unit.pk, DAY, unheard)
    assert (view.name, view.alive, view.begins_on) == ("Cục B mới", False, None)


def test_addressees_are_a_value_counted_on_a_day_and_said_in_words(house: House) -> None:
    rule = queries.AddresseeRule(kinds=("department",), under="bo", line="sector", exclude=("cuc-b",))
    assert rule.members(DAY) == [house.units["cuc-a"].pk]
    assert rule.members(BEGIN - dt.timedelta(days=1)) == []
    assert queries.AddresseeRule.from_json(rule.as_json()) == rule
    assert rule.in_words("en") == "department, under Bộ Mô phỏng (sector line), except Cục B"
    assert "trực thuộc" in rule.in_words("vi")
    assert queries.AddresseeRule(units=("ngoai",)).members(DAY) == [house.units["ngoai"].pk]
    assert queries.AddresseeRule(kinds=("ministry",)).members(DAY) == []  # invented units never mix in by chance
    assert len(queries.AddresseeRule(kinds=("ministry",), fictitious=True).members(DAY)) == 2
    assert len(queries.AddresseeRule(under="bo", line="sector", depth=1).members(DAY)) == 2
    with pytest.raises(queries.AddresseeError, match="no unit with the code 'khong'"):
        queries.AddresseeRule(units=("khong",)).members(DAY)
    with pytest.raises(queries.AddresseeError, match="no kind of unit 'bureau'"):
        queries.AddresseeRule.from_json({"kinds": ["bureau"]})
    with pytest.raises(queries.AddresseeError, match="no field colour"):
        queries.AddresseeRule.from_json({"colour": "red"})


def test_the_split_of_a_unit_goes_to_its_main_heir_and_names_the_shares(house: House) -> None:
    end = dt.date(2023, 1, 1)
    parts = [house.found(code, "bo", begins_on=end) for code in ("phan-1", "phan-2")]
    old = house.units["cuc-b"]
    commands.end_unit(asker=OPERATOR, unit=old, on=end)
    proposals = [commands.Proposal(old.pk, part.pk, end, "split", main=part is parts[1]) for part in parts]
    assert commands.propose_succession(asker=OPERATOR, proposals=proposals) == 2
    assert commands.propose_succession(asker=OPERATOR, proposals=proposals) == 0
    heir = queries.heir(old.pk, end, "sector")
    assert (heir.unit_id, heir.by, heir.to_be_named) == (house.units["bo"].pk, "superior", True)
    commands.confirm_succession(asker=OPERATOR, on=end)
    heir = queries.heir(old.pk, end, "sector")
    assert (heir.unit_id, heir.by, heir.shares) == (parts[1].pk, "successor", (parts[1].pk, parts[0].pk))
    assert {step.old_id for step in queries.predecessors(parts[0].pk)} == {old.pk}


def test_a_rejected_proposal_moves_nothing(house: House) -> None:
    end = dt.date(2023, 1, 1)
    old, new = house.units["cuc-b"], house.units["cuc-a"]
    commands.end_unit(asker=OPERATOR, unit=old, on=end)
    commands.propose_succession(asker=OPERATOR, proposals=[commands.Proposal(old.pk, new.pk, end)])
    assert commands.confirm_succession(asker=OPERATOR, on=end, reject=[(old.pk, new.pk)]) == 0
    heir = queries.heir(old.pk, end, "sector")
    assert (heir.by, heir.to_be_named, heir.proposed) == ("superior", True, ())


def test_rows_are_only_added(house: House) -> None:
    state = UnitState.objects.all()[0]
    for change in (
        lambda: state.save(),
        lambda: state.delete(),
        lambda: UnitState.objects.update(name="x"),
        lambda: Superior.objects.all().delete(),
        lambda: Unit.objects.bulk_create([Unit(code="y", kind="other")], ignore_conflicts=True),
    ):
        with pytest.raises(AppendOnlyError):
            change()


@pytest.mark.django_db
def test_the_database_itself_refuses_what_is_not_an_addition(house: House) -> None:
    install(connection)  # they stand since the migration; once more does no harm
    assert {"organisation_unit", "organisation_unit_state", "organisation_seating"} <= set(guarded_tables())
    post = house.post("bo", "head")
    statements = [
        f"UPDATE organisation_post SET title = 'x' WHERE id = {post.pk}",
        f"DELETE FROM organisation_post WHERE id = {post.pk}",
        "UPDATE organisation_unit_state SET name = 'x'",
        "DELETE FROM organisation_superior",
    ]
    if connection.vendor == "postgresql":
        statements.append("TRUNCATE organisation_appointment")
    else:
        statements.append(
            'INSERT OR REPLACE INTO organisation_post (id, code, title, unit_id, "order", recorded_at)'
            f" VALUES ({post.pk}, 'x', 'x', {post.unit_id}, 0, '2022-01-01')"
        )
    for statement in statements:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Post.objects.get(pk=post.pk).title == "head"


def test_a_person_names_the_heir_that_nothing_says(house: House) -> None:
    end = dt.date(2023, 1, 1)
    old, new = house.units["cuc-b"], house.units["cuc-a"]
    with pytest.raises(commands.OrganisationError, match="still exists on 01-01-2023: end it first"):
        commands.name_heir(asker=OPERATOR, old=old, new=new, on=end)
    commands.end_unit(asker=OPERATOR, unit=old, on=end)
    with pytest.raises(NotAllowed):
        commands.name_heir(asker=house.asker("cuc-a", "steering_office"), old=old, new=new, on=end)
    commands.name_heir(asker=house.asker("bo", "steering_office"), old=old, new=new, on=end)
    assert queries.heir(old.pk, end, "sector").unit_id == new.pk
    with pytest.raises(commands.OrganisationError, match="two main heirs"):
        commands.name_heir(asker=OPERATOR, old=old, new=house.units["phong-a1"], on=end)
