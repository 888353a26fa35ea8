"""The matrix against an oracle in plain Python that reads the rows of the tables one by one."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from soichieu.documents.models import Receipt
from soichieu.ledger import clock
from soichieu.ledger.commands import define_requirement, open_obligations
from soichieu.links import drawing, items
from soichieu.links.items import Item
from soichieu.links.models import ANSWERS, Decision, LeftOpen, Relation
from soichieu.links.offered import offered
from soichieu.links.queries.decided import forget_decided
from soichieu.links.queries.matrix import ANSWERED, OPEN, SILENT, TOUCHED, Asked, Matrix, matrix_of
from soichieu.organisation.queries import subtree
from tests.baselines import assert_query_baseline
from tests.links.conftest import KIND, ROOM, Plans

TEXT = """KẾ HOẠCH
Thử ma trận

I- MỤC TIÊU

1. Đến năm 2026

- Có ít nhất 95% số đèn sáng đúng giờ.

- Toàn bộ trạm có nhật ký điện tử.

II- NHIỆM VỤ

1. Quán triệt

- Các đơn vị tổ chức quán triệt Kế hoạch này. Các đơn vị báo cáo kết quả trước ngày 30-6-2025.

- Các đơn vị ban hành kế hoạch thực hiện.

2. Thiết bị

- Các đơn vị lập danh mục thiết bị.

III- TỔ CHỨC THỰC HIỆN

1. Văn phòng theo dõi, đôn đốc.
"""


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    forget_decided()
    yield
    forget_decided()


def register(house: Any) -> Any:
    from soichieu.documents.commands import register_document

    return register_document(
        house.askers["steering"], number="05/KH-BTN", issuer="Bộ Thử nghiệm", title="Kế hoạch thử ma trận",
        signed_on=clock.today().replace(year=2025, month=1, day=9), issuer_unit=house.ministry,
        file=(TEXT.encode(), "05.txt"),
    )  # fmt: skip


@pytest.fixture
def directive(house: Any) -> Any:
    return register(house)


def decide(directive: Any, unit: Any, item: str, identity: int, relation: str, origin: str = "added") -> Decision:
    return Decision.objects.create(
        unit=unit, room=ROOM, kind=KIND, plan_key=f"plan-{unit.pk}", item_key=item, provision_id=identity,
        document=directive, relation=relation, origin=origin, item_hash="", provision_hash="", made_at=clock.now(),
    )  # fmt: skip


def leave_open(directive: Any, unit: Any, identity: int, reason: str) -> LeftOpen:
    return LeftOpen.objects.create(
        unit=unit, plan_key=f"plan-{unit.pk}", provision_id=identity, document=directive, reason=reason,
        provision_hash="", made_at=clock.now(),
    )  # fmt: skip


class Lines(Plans):
    """A provider whose newest versions hold the lines of ``there``, whoever asks."""

    there: set[str]

    def item_hashes(self, keys: Any) -> dict[str, str]:
        return {key: "" for key in keys if key in self.there}

    def state(self) -> Any:
        return frozenset(self.there)

    def items(self, keys: Any) -> dict[str, Item]:
        return {key: Item(key=key, text=f"Đầu việc {key}", number=key[-1]) for key in keys}

    def titles(self, keys: Any) -> dict[str, tuple[str, str]]:
        return {key: (f"Kế hoạch {key}", "/plans/") for key in keys}


@pytest.fixture
def lines() -> Iterator[Lines]:
    made = Lines()
    made.there = {f"line{number}" for number in range(30)}
    items._registry.providers[ROOM, KIND] = made
    yield made
    del items._registry.providers[ROOM, KIND]


# --- The oracle ------------------------------------------------------------------------------------------------------


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
    state: dict[tuple[int, int], int] = defaultdict(int)
    found: dict[tuple[int, int], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for sentence in sentences:
        for at, units in enumerate(columns):
            for left in opened.values():
                if left.provision_id == sentence and left.unit_id in units and left.reason:
                    state[sentence, at] = max(state[sentence, at], OPEN)
            for one in newest.values():
                if one.provision_id != sentence or one.unit_id not in units or one.item_key not in there:
                    continue
                if one.origin == "withdrawn" or one.relation == "none":
                    continue
                answers = one.relation in ANSWERS
                state[sentence, at] = max(state[sentence, at], ANSWERED if answers else TOUCHED)
                found[sentence, at][0 if answers else 1].add(one.item_key)
    return state, found


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
        strongest = [max((state[one, column] for column in range(len(columns))), default=0) for one in under]
        assert row.any_state == tuple(strongest.count(kind) for kind in range(4))


RELATIONS = [str(one) for one in Relation.values]
_row = st.tuples(
    st.integers(0, 6), st.integers(0, 4), st.integers(0, 9), st.sampled_from(RELATIONS),
    st.sampled_from(["added", "added", "withdrawn"]),
)  # fmt: skip
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
        gone=st.sets(st.integers(0, 6)),
        level=st.sampled_from(["top", "ministry", "third"]),
        show=st.sampled_from(["", "nobody", "silent", "open", "touched", "answered"]),
        natures=st.sets(st.sampled_from(["goal", "task", "organisation"])),
        depth=st.integers(0, 4),
        everyone=st.booleans(),
    )
    def test_every_cell_says_what_the_rows_say(self, rows, left, gone, level, show, natures, depth, everyone) -> None:
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
        under = {"top": None, "ministry": self.house.ministry.pk, "third": units[2].pk}[level]
        asked = Asked(show=show, natures=frozenset(natures), depth=depth, under=under, everyone=everyone)
        made = matrix_of(self.house.askers["steering"], self.directive, asked)
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
                assert (made.state[at] < ANSWERED).all()
        shown_sentences = sum(bool(made.outline.leaf[at]) for at in made.order)
        if made.depth == made.deepest and not show:
            assert shown_sentences == int(made.leaves.sum())


# --- Its edges -------------------------------------------------------------------------------------------------------


def of(house: Any, directive: Any, **asked: Any) -> Matrix:
    return matrix_of(house.askers["steering"], directive, Asked(**asked))


def sentence(directive: Any, citation: str) -> int:
    return directive.editions.get().provisions.get(citation=citation).identity_id


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


# --- Pages -----------------------------------------------------------------------------------------------------------


def client_of(house: Any, who: str = "steering") -> Client:
    client = Client()
    client.force_login(house.accounts[who])
    return client


@pytest.fixture
def decided_pairs(house: Any, directive: Any, lines: Lines) -> Any:
    place = sentence(directive, "II.1.-2.s1")
    decide(directive, house.units[0], "line1", place, "equivalent")
    decide(directive, house.units[1], "line2", place, "intersects")
    leave_open(directive, house.units[3], place, "việc của đơn vị khác")
    decide(directive, house.units[1], "line3", sentence(directive, "II.2.-1.s1"), "subset")
    return SimpleNamespace(place=place)


def test_the_page_is_light_and_costs_few_queries(house: Any, directive: Any, decided_pairs: Any) -> None:
    client = client_of(house)
    address = reverse("links:matrix", args=[directive.pk])
    client.get(address)
    with assert_query_baseline("links:matrix", maximum=25):
        answer = client.get(address)
    assert answer.status_code == 200 and len(answer.content) < 300_000
    assert "05/KH-BTN" in answer.content.decode()


def test_the_sheet_holds_exactly_the_rows_and_columns_that_are_filtered(
    house: Any, directive: Any, decided_pairs: Any
) -> None:
    client = client_of(house)
    address = reverse("links:matrix", args=[directive.pk])
    query = {"depth": "9", "show": "silent", "nature": ["task"], "units": "all"}
    answer = client.get(address, {**query, "export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(at for at, row in enumerate(rows) if row[0] in ("Vị trí", "Place"))
    asked = Asked(depth=9, show="silent", natures=frozenset({"task"}), everyone=True)
    made = matrix_of(house.askers["steering"], directive, asked)
    assert [row[0] for row in rows[head + 1 :]] == [one.node.citation for one in made.all_rows()]
    assert len([one for one in rows[head] if one]) == 8 + len(made.crowd.columns)
    for got, row in zip(rows[head + 1 :], made.all_rows(), strict=True):
        for at in range(len(made.shown)):
            expected = drawing.cell_words(row, at) if row.states[SILENT, at] else None
            assert got[8 + at] == expected
    csv = b"".join(client.get(address, {**query, "export": "csv"}).streaming_content).decode("utf-8-sig")
    assert sum(line.startswith("II") for line in csv.splitlines()) == len(made.all_rows())


def test_a_sentence_says_who_answers_who_touches_who_left_it_open_and_who_is_silent(
    house: Any, directive: Any, decided_pairs: Any
) -> None:
    decide(directive, house.units[4], "line5", sentence(directive, "I.1.-1.s1"), "equivalent")
    key = directive.editions.get().provisions.get(citation="II.1.-2.s1").identity.key
    address = reverse("links:provision", args=[key])
    answer = client_of(house).get(address)
    lines_ = answer.context["list"].kept
    assert [(one.kind, one.unit) for one in lines_] == [
        ("answered", house.units[0].pk),
        ("touched", house.units[1].pk),
        ("open", house.units[3].pk),
        ("silent", house.units[4].pk),
    ]
    assert "Đầu việc line1" in answer.content.decode()
    assert (
        lines_[0].table_url
        == f"{reverse('links:table', args=[lines_[0].plan_key, directive.pk])}?item=line1&with={key}"
    )
    only = client_of(house).get(address, {"unit": house.units[1].pk})
    assert [one.unit for one in only.context["list"].kept] == [house.units[1].pk]
    assert client_of(house, "staff").get(address).status_code == 404
    Receipt.objects.create(
        document=directive, unit=house.units[0], received_on=clock.today(), recorded_at=clock.now(), recorded_by={}
    )
    mine = client_of(house, "staff").get(address)
    assert [one.unit for one in mine.context["list"].kept] == [house.units[0].pk]
    client = client_of(house)
    with assert_query_baseline("links:provision", maximum=30):
        client.get(address)


def test_silent_are_those_to_whom_the_sentence_itself_gave_a_task(
    house: Any, directive: Any, decided_pairs: Any
) -> None:
    place = directive.editions.get().provisions.get(citation="II.2.-1.s1")
    requirement = define_requirement(
        asker=house.operator, directive=directive, code="1", title="Lập danh mục", ladder="carried_out",
        closing="accepted", provisions=[(place.identity, place.text_hash)],
    )  # fmt: skip
    open_obligations(
        asker=house.operator, requirement=requirement, unit_ids=[one.pk for one in house.units[1:4]],
        happened_on=clock.today(),
    )  # fmt: skip
    answer = client_of(house).get(reverse("links:provision", args=[place.identity.key]))
    assert [(one.kind, one.unit) for one in answer.context["list"].kept] == [
        ("answered", house.units[1].pk),
        ("silent", house.units[2].pk),
        ("silent", house.units[3].pk),
    ]


def test_a_part_leads_to_its_matrix_and_what_one_does_not_see_is_not_there(
    house: Any, directive: Any, decided_pairs: Any
) -> None:
    edition = directive.editions.get()
    part = edition.provisions.get(citation="II").identity.key
    answer = client_of(house).get(reverse("links:provision", args=[part]))
    assert answer.headers["Location"] == f"{reverse('links:matrix', args=[directive.pk])}?node={part}"
    opened = client_of(house).get(answer.headers["Location"]).context["matrix"]
    assert {one.node.citation.split(".")[0] for one in opened.all_rows()} == {"II"}
    assert client_of(house, "other").get(reverse("links:provision", args=[part])).status_code == 404
    assert client_of(house, "other").get(reverse("links:matrix", args=[directive.pk])).status_code == 404
