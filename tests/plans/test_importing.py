"""A register of outgoing documents becomes the register of what is in force: previewed, then all or nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soichieu.documents import files
from soichieu.documents.commands import register_document
from soichieu.documents.errors import BadSheet
from soichieu.documents.workbook import open_workbook
from soichieu.organisation.askers import NotAllowed
from soichieu.plans.commands.importing import prepare, take_over
from soichieu.plans.commands.register import make_plan
from soichieu.plans.facts import Facts
from soichieu.plans.models import Plan, PlanFacts
from soichieu.plans.outgoing import read_outgoing
from soichieu.plans.queries.register import in_force
from tests.exchange.conftest import book

TODAY = dt.date(2025, 6, 1)
HEAD = [
    "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
    "Nơi nhận văn bản", "Từ ngày", "Đến ngày",
]  # fmt: skip
DAY = dt.date(2025, 1, 5)
PLAN = ["01/KH-CS1", DAY, "Kế hoạch công tác năm 2025", "Nguyễn Văn Thử", "Bộ Thử nghiệm", None, None]


def read(rows, head=HEAD, today=TODAY, **rest):
    return read_outgoing(open_workbook(book([head, *rows], **rest), "so.xlsx"), "so.xlsx", today=today)


def faults_of(rows, **rest):
    with pytest.raises(BadSheet) as bad:
        read(rows, **rest)
    return [str(fault) for fault in bad.value.faults]


def ready(house, rows, who="clerk", **rest):
    return prepare(asker=house.askers[who], unit_id=house.units[0].pk, outgoing=read(rows, **rest), name="so.xlsx")


def test_programmes_and_plans_are_entered_and_letters_left_out_with_the_reason(house):
    rows = [
        PLAN,
        ["02/CTr-CS1", dt.date(2021, 3, 15), "Chương trình chuyển đổi số giai đoạn 2021 - 2025", "", "", None, None],
        ["03/QĐ-CS1", DAY, "Quyết định ban hành Kế hoạch cải cách hành chính nhiệm kỳ 2021-2026", "", "", None, None],
        ["04/ĐA-CS1", DAY, "Đề án kho dữ liệu", "", "", "1/2/2025", "31/12/2027"],
        ["05/TTr-CS1", DAY, "Tờ trình về việc ban hành Kế hoạch công tác", "", "", None, None],
        ["06/CS1-TH", DAY, "V/v thực hiện Kế hoạch công tác năm 2025", "", "", None, None],
        ["07/QĐ-CS1", DAY, "Quyết định sửa đổi Quyết định ban hành Kế hoạch", "", "", None, None],
        ["08/BC-CS1", DAY, "Báo cáo kết quả thực hiện Kế hoạch năm 2024", "", "", None, None],
        ["09/KH-CS1", DAY, "Kế hoạch sửa đổi, bổ sung Kế hoạch số 01/KH-CS1", "", "", None, None],
    ]
    importing = ready(house, rows)
    assert importing.counts == {"rows": 9, "new": 4, "there": 0, "left_out": 5}
    left = {one.row.number: one.why for one in importing.rows if one.fate == "left_out"}
    assert set(left) == {"05/TTr-CS1", "06/CS1-TH", "07/QĐ-CS1", "08/BC-CS1", "09/KH-CS1"} and all(left.values())
    take_over(asker=house.askers["clerk"], importing=importing)
    facts = {row.number: row for row in PlanFacts.objects.all()}
    assert [(row.kind, row.term, row.from_day, row.to_day) for _number, row in sorted(facts.items())] == [
        ("plan", "year", DAY, dt.date(2025, 12, 31)),
        ("programme", "term", dt.date(2021, 3, 15), dt.date(2025, 12, 31)),
        ("plan", "term", DAY, dt.date(2026, 12, 31)),
        ("key_task", "term", dt.date(2025, 2, 1), dt.date(2027, 12, 31)),
    ]
    assert facts["01/KH-CS1"].source["cell"] == "Theo dõi!C2" and facts["01/KH-CS1"].signer == "Nguyễn Văn Thử"


@pytest.mark.parametrize(
    "title, first, last",
    [
        ("Kế hoạch thực hiện Luật Đất đai năm 2024", DAY, None),
        ("Kế hoạch thực hiện Nghị quyết số 57-NQ/TW ngày 22-12-2024", DAY, None),
        ("Kế hoạch thực hiện Nghị quyết số 57-NQ/TW năm 2025", DAY, dt.date(2025, 12, 31)),
        ("Kế hoạch thanh tra năm 2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        ("Kế hoạch đào tạo năm 2025 và các năm tiếp theo", DAY, None),
        ("Chương trình hành động đến năm 2030", DAY, dt.date(2030, 12, 31)),
        ("Kế hoạch cao điểm quý II/2025", dt.date(2025, 4, 1), dt.date(2025, 6, 30)),
    ],
)
def test_what_no_cell_says_is_read_from_the_title_and_said(title, first, last):
    (row,) = read([["01/KH-CS1", DAY, title, "", "", None, None]]).rows
    assert (row.from_day, row.to_day) == (first, last) and row.notes


@pytest.mark.parametrize(
    "head",
    [
        ["STT", "SỐ KÝ HIỆU", "Ngày ban hành", "Trích yếu"],
        ["No", "Number and symbol", "Date of issue", "Title"],
        ["TT", "Số/Ký hiệu", "Ngày, tháng, năm", "Nội dung văn bản"],
    ],
)
def test_columns_are_recognised_wherever_they_stand(head):
    rows = read([[1, "01/KH-CS1", "5-1-2025", "Kế hoạch công tác"]], head=head, before=6, left=2).rows
    assert [(row.number, row.signed_on, row.kind) for row in rows] == [("01/KH-CS1", DAY, "plan")]


def test_number_and_symbol_may_stand_in_two_columns():
    (row,) = read([[7, "KH-CS1", DAY, "Công tác năm"]], head=["Số", "Ký hiệu", "Ngày", "Trích yếu"]).rows
    assert (row.number, row.kind) == ("7/KH-CS1", "plan")


def test_a_workbook_without_such_heads_says_what_it_found_and_what_is_missing():
    (fault,) = faults_of([["x", "y"]], head=["Số ký hiệu", "Trích yếu"])
    assert "A1" in fault and "B1" in fault


@pytest.mark.parametrize(
    "changes, cell",
    [
        ({1: "31/2/2025"}, "B2"),
        ({1: 45662}, "B2"),
        ({1: "hôm nay"}, "B2"),
        ({1: None}, "B2"),
        ({1: dt.date(2999, 1, 1)}, "B2"),
        ({0: "KH-CS"}, "A2"),
        ({2: None}, "C2"),
        ({5: "1/6/2025", 6: "1/5/2025"}, "G2"),
        ({6: "cuối năm sau"}, "G2"),
        ({3: "x" * 256}, "D2"),
    ],
)
def test_what_is_wrong_is_told_with_its_cell(changes, cell):
    row = [changes.get(at, value) for at, value in enumerate(PLAN)]
    (fault,) = faults_of([row])
    assert fault.startswith(f"Theo dõi!{cell}: ")


def test_shifted_columns_are_told():
    (fault,) = faults_of([[DAY, "Kế hoạch công tác", "01/KH-CS1", "", "", None, None]])
    assert fault.startswith("Theo dõi!A2: ")
    (fault,) = faults_of([PLAN, [None] * 7 + ["01/KH-CS1", "5/1/2025"]])
    assert fault.startswith("Theo dõi!H3: ")


def test_a_formula_is_named_and_one_without_a_value_refused():
    (fault,) = faults_of([["01/KH-CS1", "=TODAY()", *PLAN[2:]]])
    assert fault.startswith("Theo dõi!B2: ")


def test_a_merged_cell_over_two_documents_is_refused_and_over_one_document_read_once():
    (fault,) = faults_of([PLAN, [None, DAY, "Kế hoạch khác", "", "", None, None]], merge=("A2:A3",))
    assert fault.startswith("Theo dõi!A3: ") and "Theo dõi!A2" in fault
    rows = read([PLAN, [None, None, None, None, "Cục Số 2", None, None]], merge=("A2:A3", "B2:B3", "C2:C3")).rows
    assert len(rows) == 1


def test_headings_and_the_repeated_head_are_no_documents():
    rows = read([["Tháng 1", *[None] * 6], PLAN, HEAD, [f"({n})" for n in range(1, 8)]], merge=("A2:G2",)).rows
    assert [row.number for row in rows] == ["01/KH-CS1"]


def test_one_document_twice_is_taken_once_and_one_number_for_two_refused(house):
    importing = ready(house, [PLAN, PLAN])
    assert importing.counts == {"rows": 2, "new": 1, "there": 0, "left_out": 1}
    with pytest.raises(BadSheet) as bad:
        ready(house, [PLAN, [PLAN[0], DAY, "Kế hoạch khác", "", "", None, None]])
    assert [fault.cell for fault in bad.value.faults] == ["Theo dõi!C3"]


def test_what_is_in_the_register_already_is_recognised_and_its_differences_shown(house):
    make_plan(
        asker=house.operator, unit=house.units[0],
        facts=Facts(
            kind="plan", term="year", title="Kế hoạch công tác năm 2025", number="01-KH/CS1", signed_on=DAY,
            from_day=DAY, signer="Nguyễn Văn Thử",
        ),
    )  # fmt: skip
    (one,) = ready(house, [PLAN]).rows
    assert one.fate == "there" and len(one.differs) == 1 and "31-12-2025" in one.differs[0]


def test_the_same_sheet_twice_adds_nothing_even_when_both_were_previewed(house):
    first, second = ready(house, [PLAN]), ready(house, [PLAN])
    assert len(take_over(asker=house.askers["clerk"], importing=first)) == 1
    assert take_over(asker=house.askers["clerk"], importing=second) == []
    assert ready(house, [PLAN]).counts["there"] == 1 and Plan.objects.count() == 1


def test_what_another_unit_issued_is_left_out(house):
    head = [*HEAD, "Cơ quan ban hành"]
    rows = [[*PLAN, "Cục Số 1"], ["02/KH-CS2", *PLAN[1:], "Cục Số 2"]]
    importing = ready(house, rows, head=head)
    assert [one.fate for one in importing.rows] == ["new", "left_out"]


def test_the_units_own_document_in_the_register_is_tied_to_its_plan(house):
    document = register_document(
        house.askers["clerk"], number="01/KH-CS1", issuer="Cục Số 1", signed_on=DAY, issuer_unit=house.units[0]
    )
    take_over(asker=house.askers["clerk"], importing=ready(house, [PLAN]))
    assert PlanFacts.objects.get().document == document


@pytest.mark.parametrize("who", ["steering", "observer", "other"])
def test_nobody_else_takes_a_sheet_over(house, who):
    with pytest.raises(NotAllowed):
        ready(house, [PLAN], who=who)


def test_a_wrong_row_leaves_nothing_behind(house):
    with pytest.raises(BadSheet):
        ready(house, [PLAN, ["02/KH-CS1", "32/1/2025", *PLAN[2:]]])
    assert not Plan.objects.exists()


CELLS = st.one_of(
    st.none(), st.dates(dt.date(1890, 1, 1), dt.date(2300, 1, 1)), st.integers(-5, 60000), st.floats(allow_nan=False),
    st.booleans(), st.sampled_from([*HEAD, "01/KH-CS1", "12/CTr-CS1", "Kế hoạch năm 2025", "31/2/2025", "(1)"]),
    st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=30),
)  # fmt: skip


@given(rows=st.lists(st.lists(CELLS, max_size=9), max_size=8))
def test_whatever_stands_in_the_cells_is_read_or_told(house, rows):
    try:
        outgoing = read(rows)
        importing = prepare(asker=house.operator, unit_id=house.units[0].pk, outgoing=outgoing, name="x.xlsx")
    except BadSheet as bad:
        assert bad.faults and all(fault.message for fault in bad.faults)
        return
    before = Plan.objects.count()
    made = take_over(asker=house.operator, importing=importing)
    assert len(made) == importing.counts["new"] == Plan.objects.count() - before
    for plan in made:
        row = plan.facts.get()
        assert row.title and row.number and row.from_day and (row.to_day is None or row.to_day >= row.from_day)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x", b"a,b\n1,2\n"])
def test_no_workbook_is_told_so(data):
    with pytest.raises(BadSheet):
        open_workbook(data, "so.xlsx")


def test_two_thousand_rows_are_taken_over_at_once(house):
    rows = [[f"{n}/KH-CS1", DAY, f"Kế hoạch số {n} năm 2025", "", "", None, None] for n in range(1, 2001)]
    data = book([HEAD, *rows])
    stored = files.store(data, "so.xlsx")
    outgoing = read_outgoing(open_workbook(data, "so.xlsx"), "so.xlsx", today=TODAY)
    importing = prepare(
        asker=house.askers["clerk"], unit_id=house.units[0].pk, outgoing=outgoing, name="so.xlsx", evidence=stored.pk
    )
    take_over(asker=house.askers["clerk"], importing=importing)
    assert len(in_force([house.units[0].pk], TODAY)[house.units[0].pk]) == 2000
