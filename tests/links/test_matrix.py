"""The matrix against an oracle in plain Python that reads the rows of the tables one by one."""
# ruff: noqa: F811, F402 - fixtures are asked for by their names; a loop may use the word

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from soichieu.documents.models import Document, ProvisionIdentity
from soichieu.ledger import clock
from soichieu.ledger.commands import define_requirement, open_obligations
from soichieu.ledger.commands.tying import tie_requirement
from soichieu.ledger.models import Obligation
from soichieu.links.models import ANSWERS, Decision, LeftOpen, Relation
from soichieu.links.offered import offered
from soichieu.links.queries.decided import forget_decided
from soichieu.links.queries.matrix import ANSWERED, OPEN, SILENT, TOUCHED, UNASKED, Asked, Matrix, matrix_of
from soichieu.organisation.models import Unit
from soichieu.organisation.queries import subtree
from tests.links.matrix import TEXT, Lines, _forget, decide, directive, give, leave_open, lines, register, sentence  # noqa: F401


def oracle(
    directive: Any, there: set[str], columns: list[set[int]], sentences: list[int]
) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], tuple[set[str], set[str]]]]:
    """For each sentence and column its state, and the lines that answer and touch it; from the rows, one by one."""
    newest: dict[tuple[str, int], Decision] = {}
    for one in Decision.objects.filter(document=directive).order_by("pk"):
        newest[one.item_key, one.provision_id] = one
    opened: dict[tuple[str, int], LeftOpen] = {}
    for left in LeftOpen.objects.filter(document=directive).order_by("pk"):
        opened[left.plan_key, left.provision_id] = left
    state = {
        (sentence, at): SILENT if asked(directive, sentence, newest, opened, there) & units else UNASKED
        for sentence in sentences
        for at, units in enumerate(columns)
    }
    found: dict[tuple[int, int], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for sentence in sentences:
        for at, units in enumerate(columns):
            for left in opened.values():
                if left.provision_id == sentence and left.unit_id in units and left.reason:
                    state[sentence, at] = max(state[sentence, at], OPEN)
            for one in newest.values():
                if one.provision_id != sentence or one.unit_id not in units or one.item_key not in there:
                    continue
                if not stands(one):
                    continue
                answers = one.relation in ANSWERS
                state[sentence, at] = max(state[sentence, at], ANSWERED if answers else TOUCHED)
                found[sentence, at][0 if answers else 1].add(one.item_key)
    return state, found


def asked(directive: Any, sentence: int, newest: Any, opened: Any, there: set[str]) -> set[int]:
    """The units that a sentence asks: to which it gave a task, else all that the document concerns, else everybody."""
    given = Obligation.objects.filter(requirement__provisions__identity=sentence, requirement__provisions__gives=True)
    if given.exists():
        return set(given.values_list("unit_id", flat=True))
    concerned = {one.unit_id for one in opened.values() if one.reason}
    concerned |= {one.unit_id for one in newest.values() if one.item_key in there and stands(one)}
    concerned |= set(Obligation.objects.filter(chain__directive=directive).values_list("unit_id", flat=True))
    return concerned or set(Unit.objects.values_list("pk", flat=True))


def stands(one: Decision) -> bool:
    return one.origin != "withdrawn" and one.relation != "none"


def check(made: Matrix, directive: Any, there: set[str]) -> None:
    """Every row that is shown says what the oracle says."""
    today = clock.today()
    columns = []
    for column in made.crowd.columns:
        below = {column.unit} if column.alone else set(subtree(column.unit, "sector", today).tolist())
        columns.append(below)
    sentences = [made.outline.nodes[at].identity for at in range(len(made.outline.nodes)) if made.leaves[at]]
    state, found = oracle(directive, there, columns, sentences)
    for row in made.all_rows():
        at = made.outline.nodes.index(row.node)
        under = [
            made.outline.nodes[place].identity for place in range(at, int(made.outline.leave[at])) if made.leaves[place]
        ]
        for place, column in enumerate(made.shown.tolist()):
            answering = set().union(*(found[one, column][0] for one in under))
            touching = set().union(*(found[one, column][1] for one in under)) - answering
            assert row.items[place] == len(answering)
            assert row.touching[place] == len(touching)
            for kind in range(4):
                assert row.states[kind, place] == sum(state[one, column] == kind for one in under)
        strongest = [max((state[one, column] for column in range(len(columns))), default=UNASKED) for one in under]
        assert row.any_state == tuple(strongest.count(kind) for kind in range(4))
        by_column = [max((state[one, column] for one in under), default=UNASKED) for column in range(len(columns))]
        assert row.by_column == tuple(by_column.count(kind) for kind in range(4))


RELATIONS = [str(one) for one in Relation.values]
_row = st.tuples(
    st.integers(0, 6), st.integers(0, 4), st.integers(0, 9), st.sampled_from(RELATIONS),
    st.sampled_from(["added", "added", "withdrawn"]),
)  # fmt: skip
_given = st.dictionaries(st.integers(0, 9), st.sets(st.integers(0, 6), min_size=1, max_size=4), max_size=2)
_left = st.tuples(st.integers(0, 6), st.integers(0, 9), st.sampled_from(["việc của đơn vị khác", ""]))


@pytest.mark.django_db
class TestAgainstTheOracle(TestCase):
    """Random decisions, in any order: given, changed, taken back, of lines that are gone, with sentences left open."""

    @pytest.fixture(autouse=True)
    def _world(self, house: Any, directive: Any, lines: Lines) -> None:
        self.house, self.directive, self.lines = house, directive, lines

    @given(
        rows=st.lists(_row, max_size=30),
        left=st.lists(_left, max_size=6),
        given_to=_given,
        gone=st.sets(st.integers(0, 6)),
        level=st.sampled_from(["top", "ministry", "third"]),
        show=st.sampled_from(["", "nobody", "silent", "open", "touched", "answered"]),
        natures=st.sets(st.sampled_from(["goal", "task", "organisation"])),
        depth=st.integers(0, 4),
        everyone=st.booleans(),
    )
    def test_every_cell_says_what_the_rows_say(
        self, rows, left, given_to, gone, level, show, natures, depth, everyone
    ) -> None:
        forget_decided()
        edition = self.directive.editions.get()
        sentences = [one.identity for one in offered(edition).offers]
        units = self.house.units
        self.lines.there = {f"line{n}-{u}" for n in range(5) for u in range(7)} - {f"line{n}-0" for n in gone}
        for unit, line, sentence, relation, origin in rows:
            key = f"line{line}-{unit}"
            decide(self.directive, units[unit], key, sentences[sentence % len(sentences)], relation, origin)
        for unit, sentence, reason in left:
            leave_open(self.directive, units[unit], sentences[sentence % len(sentences)], reason)
        for sentence, to in given_to.items():
            give(self.house, self.directive, sentences[sentence % len(sentences)], [units[one] for one in to])
        under = {"top": None, "ministry": self.house.ministry.pk, "third": units[2].pk}[level]
        asked = Asked(show=show, natures=frozenset(natures), depth=depth, under=under, everyone=everyone)
        made = matrix_of(self.house.askers["steering"], anew(self.directive), asked)
        check(made, self.directive, self.lines.there)
        wanted = {"silent": SILENT, "open": OPEN, "touched": TOUCHED, "answered": ANSWERED}.get(show)
        for at in made.order:
            if not made.outline.leaf[at]:
                continue
            if natures:
                assert made.outline.nodes[at].nature in natures
            if wanted is not None:
                assert (made.state[at] == wanted).any()
            if show == "nobody":
                assert (made.state[at] < ANSWERED).all() and (made.state[at] > UNASKED).any()
        shown_sentences = sum(bool(made.outline.leaf[at]) for at in made.order)
        if made.depth == made.deepest and not show:
            assert shown_sentences == int(made.leaves.sum())


# --- Its edges -------------------------------------------------------------------------------------------------------


def of(house: Any, directive: Any, **asked: Any) -> Matrix:
    return matrix_of(house.askers["steering"], anew(directive), Asked(**asked))


def anew(directive: Any) -> Document:
    """The document as a request reads it, with its book as that stands now."""
    return Document.objects.get(pk=directive.pk)


def test_a_line_counts_once_however_many_sentences_it_answers(house: Any, directive: Any, lines: Lines) -> None:
    for citation in ("II.1.-1.s1", "II.1.-1.s2"):
        decide(directive, house.units[0], "line1", sentence(directive, citation), "subset")
    decide(directive, house.units[0], "line1", sentence(directive, "II.2.-1.s1"), "intersects")
    made = of(house, directive, depth=1)
    row = next(one for one in made.all_rows() if one.node.citation == "II")
    at = next(place for place, one in enumerate(made.crowd.columns) if one.unit == house.units[0].pk)
    assert (row.items[at], row.touching[at]) == (1, 0)
    assert row.states[:, at].tolist() == [1, 0, 1, 2]


def test_a_line_that_left_the_plan_answers_nothing_from_then_on(house: Any, directive: Any, lines: Lines) -> None:
    decide(directive, house.units[0], "line1", sentence(directive, "II.1.-2.s1"), "equivalent")
    assert of(house, directive).whole[ANSWERED] == 1
    lines.there.discard("line1")
    assert of(house, directive).whole[ANSWERED] == 0


def test_a_decision_that_is_taken_back_or_changed_counts_as_the_newest_says(
    house: Any, directive: Any, lines: Lines
) -> None:
    place = sentence(directive, "II.1.-2.s1")
    for relation, origin, expected in (
        ("equivalent", "added", (0, 0, 0, 1)),
        ("intersects", "changed", (0, 0, 1, 0)),
        ("intersects", "withdrawn", (1, 0, 0, 0)),
    ):
        decide(directive, house.units[0], "line1", place, relation, origin)
        row = next(one for one in of(house, directive, depth=9).all_rows() if one.node.identity == place)
        assert row.any_state == expected


def test_units_are_opened_level_by_level_and_the_unit_itself_stands_first(
    house: Any, directive: Any, lines: Lines
) -> None:
    below = house.units[5]  # stands under the third department
    place = sentence(directive, "II.1.-2.s1")
    decide(directive, below, "line1", place, "equivalent")
    decide(directive, house.units[2], "line2", place, "intersects")
    decide(directive, house.units[0], "line3", place, "subset")
    made = of(house, directive, depth=9)
    assert [one.unit for one in made.crowd.columns] == [house.units[0].pk, house.units[2].pk]
    assert [one.below for one in made.crowd.columns] == [0, 1]
    third = of(house, directive, depth=9, under=house.units[2].pk)
    assert [(one.unit, one.alone) for one in third.crowd.columns] == [(house.units[2].pk, True), (below.pk, False)]
    row = next(one for one in third.all_rows() if one.node.identity == place)
    assert (row.items.tolist(), row.touching.tolist()) == ([0, 1], [1, 0])


def test_only_units_of_whom_something_is_asked_stand_there_unless_all_are_wanted(
    house: Any, directive: Any, lines: Lines
) -> None:
    requirement = define_requirement(
        asker=house.operator, directive=directive, code="1", title="Ban hành kế hoạch", ladder="made_concrete",
        closing="issued",
    )  # fmt: skip
    open_obligations(
        asker=house.operator, requirement=requirement, unit_ids=[one.pk for one in house.units[:2]],
        happened_on=clock.today(),
    )  # fmt: skip
    shown = [one.unit for one in of(house, directive).crowd.columns]
    assert shown == [house.units[0].pk, house.units[1].pk]
    everyone = [one.unit for one in of(house, directive, everyone=True).crowd.columns]
    assert everyone == [house.ministry.pk, *(one.pk for one in house.units[:5])]


def test_an_asker_sees_the_columns_of_his_own_subtree_and_no_others(house: Any, directive: Any, lines: Lines) -> None:
    place = sentence(directive, "II.1.-2.s1")
    decide(directive, house.units[0], "line1", place, "equivalent")
    decide(directive, house.units[1], "line2", place, "equivalent")
    mine = matrix_of(house.askers["staff"], directive, Asked(depth=9))
    assert [one.unit for one in mine.crowd.columns] == [house.units[0].pk]
    other = matrix_of(house.askers["staff"], directive, Asked(depth=9, under=house.units[1].pk))
    assert [one.unit for one in other.crowd.columns] == [house.units[0].pk]
    # Even a document that is open to everybody shows another ministry nothing of these units.
    outside = matrix_of(house.askers["other"], directive, Asked(depth=9, everyone=True))
    assert [one.unit for one in outside.crowd.columns] == [house.elsewhere.pk]
    assert outside.whole[ANSWERED] == 0


def test_a_sentence_asks_those_to_whom_it_gave_a_task_and_no_others(house: Any, directive: Any, lines: Lines) -> None:
    told, untold = sentence(directive, "II.1.-2.s1"), sentence(directive, "II.2.-1.s1")
    first = give(house, directive, told, house.units[:2])
    give(house, directive, sentence(directive, "II.1.-1.s1"), house.units[:4])
    decide(directive, house.units[1], "line1", told, "equivalent")
    decide(directive, house.units[3], "line2", told, "subset")
    made = of(house, directive, depth=9)
    assert [one.unit for one in made.crowd.columns] == [one.pk for one in house.units[:4]]
    row = next(one for one in made.all_rows() if one.node.identity == told)
    # Silent, answered, not asked, not asked and answered all the same.
    assert row.states.T.tolist() == [[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0], [0, 0, 0, 1]]
    assert row.by_column == (1, 0, 0, 2)
    other = next(one for one in made.all_rows() if one.node.identity == untold)
    assert other.by_column == (4, 0, 0, 0)
    # Another task of the same directive is given later: what is held in memory is read again.
    give(house, directive, untold, house.units[2:3])
    again = of(house, directive, depth=9)
    assert next(one for one in again.all_rows() if one.node.identity == untold).by_column == (1, 0, 0, 0)
    # And a person finds that it was this sentence that gave the first task, not that one.
    tie_requirement(
        asker=house.operator, requirement_id=first.pk, reason="Nhầm câu",
        tie=[(ProvisionIdentity.objects.get(pk=untold), "")], untie=[told],
    )  # fmt: skip
    rows = {one.node.identity: one for one in of(house, directive, depth=9).all_rows()}
    assert rows[untold].by_column == (3, 0, 0, 0) and rows[told].by_column == (2, 0, 0, 2)


def test_what_asks_none_of_the_units_seen_is_counted_nowhere(house: Any, directive: Any, lines: Lines) -> None:
    told = sentence(directive, "II.1.-2.s1")
    give(house, directive, told, house.units[1:2])
    mine = matrix_of(house.askers["staff"], anew(directive), Asked(depth=9))
    assert [one.unit for one in mine.crowd.columns] == [house.units[0].pk]
    every = int(mine.leaves.sum())
    assert (mine.sentences, mine.elsewhere, mine.whole[SILENT]) == (every - 1, 1, every - 1)
    for show in ("nobody", "silent"):
        kept = matrix_of(house.askers["staff"], anew(directive), Asked(depth=9, show=show)).all_rows()
        assert told not in {one.node.identity for one in kept} and len(kept) > 1


# --- Pages -----------------------------------------------------------------------------------------------------------
