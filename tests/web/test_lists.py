"""Lists: what is kept, in what order, at which address, and what leaves."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.template import engines
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from soichieu.web import instance_flags
from soichieu.web.dates import TwoDates
from soichieu.web.lists import Choice, Column, Days, Flag, List, Numbers, Search, exports, vietnamese
from soichieu.web.models import InstanceFlag

ROWS: list[dict[str, Any]] = [
    {"name": "Đà Nẵng", "kind": "city", "n": 3, "due": dt.date(2025, 6, 30), "late": True},
    {"name": "An Giang", "kind": "province", "n": 12, "due": None, "late": False},
    {"name": "Ấn Thạch", "kind": "province", "n": None, "due": dt.date(2025, 1, 31), "late": False},
    {"name": "Dak Nong", "kind": "province", "n": 7, "due": dt.date(2025, 12, 31), "late": True},
]
LIST = List(
    key="units",
    title="Đơn vị",
    rule="Mọi đơn vị",
    columns=[
        Column("name", "Tên", sort=vietnamese("name")),
        Column("kind", "Loại", page=False),
        Column("n", "Số", number=True),
        Column("due", "Thời hạn"),
        Column("link", "Xem", value=lambda row: "xem", sort=None, export=False),
    ],
    filters=[
        Search(["name"]),
        Choice("kind", "Loại", [("city", "Thành phố"), ("province", "Tỉnh")]),
        Flag("late", "Chỉ quá hạn"),
        Days("due", "Thời hạn"),
        Numbers("n", "Số"),
    ],
    sort="name",
    per_page=3,
)


def bind(query: str = "", rows: Any = None, definition: List = LIST, two: TwoDates | None = None) -> Any:
    return definition.bind(RequestFactory().get("/units" + query), ROWS if rows is None else rows, two=two)


def names(listing: Any) -> list[str]:
    return [row["name"] for row in listing.kept]


def test_it_sorts_names_as_vietnamese_does() -> None:
    assert names(bind()) == ["An Giang", "Ấn Thạch", "Dak Nong", "Đà Nẵng"]


def test_it_searches_without_tones_and_every_word_must_occur() -> None:
    assert names(bind("?q=da+nang")) == ["Đà Nẵng"]
    assert names(bind("?q=an+thach")) == ["Ấn Thạch"]
    assert names(bind("?q=an+nothing")) == []


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?kind=city", ["Đà Nẵng"]),
        ("?kind=unheard-of", ["An Giang", "Ấn Thạch", "Dak Nong", "Đà Nẵng"]),
        ("?late=1", ["Dak Nong", "Đà Nẵng"]),
        ("?due-from=1-6-2025", ["Dak Nong", "Đà Nẵng"]),
        ("?due-from=1-6-2025&due-to=30/6/2025", ["Đà Nẵng"]),
        ("?n-to=7", ["Dak Nong", "Đà Nẵng"]),
        ("?late=1&n-from=5", ["Dak Nong"]),
    ],
)
def test_it_keeps_what_the_filters_ask(query: str, left: list[str]) -> None:
    assert names(bind(query)) == left


def test_a_wrong_date_is_said_at_its_field_and_filters_nothing() -> None:
    listing = bind("?due-from=31-6-2025")
    assert listing.total == 4
    bound = next(one for one in listing.filters if one.name == "due")
    assert "30-6-2025" in bound.error
    assert bound.values == ["31-6-2025", ""]


def test_a_span_that_ends_before_it_begins_filters_nothing_and_says_so() -> None:
    bound = next(one for one in bind("?due-from=2-6-2025&due-to=1-6-2025").filters if one.name == "due")
    assert bound.error and not bound.active


@pytest.mark.parametrize("order", ["n", "-n", "due", "-due"])
def test_rows_without_a_value_stand_last_both_ways(order: str) -> None:
    key = order.lstrip("-")
    assert [row[key] for row in bind(f"?sort={order}").kept][-1] is None


def test_an_order_that_no_column_has_is_passed_over() -> None:
    assert names(bind("?sort=secret")) == names(bind())


def test_pages_do_not_run_off_either_end() -> None:
    assert bind("?page=99").page == 2
    assert bind("?page=-3").page == 1
    assert bind("?page=x").page == 1
    assert [row["name"] for row in bind("?page=2").rows] == ["Đà Nẵng"]
    assert bind(rows=[]).rows == []


def test_the_permalink_gives_the_same_list_again() -> None:
    listing = bind("?as_at=2025-06-30&q=a&kind=province&sort=-n&page=1")
    again = bind(listing.permalink.removeprefix("/units"))
    assert names(again) == names(listing)
    assert "as_at=2025-06-30" in listing.permalink


def test_every_link_of_a_list_keeps_the_dates_and_the_other_list() -> None:
    listing = bind("?as_at=2025-06-30&b-q=x&late=1")
    for url in [listing.xlsx_url, listing.cleared, listing.heads()[0].url, *(url for _, url in listing.pills())]:
        assert "as_at=2025-06-30" in url and "b-q=x" in url


def test_two_lists_of_one_page_do_not_hear_each_other() -> None:
    other = List(key="b", title="b", columns=LIST.columns, filters=LIST.filters, sort="name", prefix="b-")
    assert bind("?b-q=nang", definition=other).total == 1
    assert bind("?b-q=nang").total == 4


def test_groups_stand_while_the_first_order_stands() -> None:
    grouped = List(key="g", title="g", columns=LIST.columns, sort="", group=lambda row: row["kind"])
    assert [heading for heading, _ in bind(definition=grouped).grouped()] == ["city", "province"]
    assert [heading for heading, _ in bind("?sort=name", definition=grouped).grouped()] == [""]


@pytest.mark.django_db
def test_the_export_holds_exactly_what_is_filtered_and_says_how() -> None:
    two = TwoDates(dt.date(2025, 6, 30), dt.datetime(2025, 7, 10, 10, tzinfo=dt.UTC))
    listing = bind("?late=1&page=1", two=two)
    lines = list(csv.reader(io.StringIO("".join(exports.csv_lines(listing.sheet())).removeprefix("\ufeff"))))
    head = lines.index([])
    assert lines[0] == ["Đơn vị"]
    assert "30-6-2025" in lines[1][0] and "17:00, 10-7-2025" in lines[1][0]
    assert any("Mọi đơn vị" in line[0] for line in lines[:head])
    assert any("Chỉ quá hạn" in line[0] for line in lines[:head])
    assert lines[head + 1] == ["Tên", "Loại", "Số", "Thời hạn"]
    assert [line[0] for line in lines[head + 2 :]] == names(listing)


@pytest.mark.django_db
def test_the_export_goes_beyond_the_page_shown() -> None:
    sheet = bind("?page=1").sheet()
    assert len(list(sheet.rows)) == 4


@pytest.mark.django_db
def test_the_export_of_a_demonstration_says_that_it_is_one() -> None:
    instance_flags.set_flag(instance_flags.DEMONSTRATION)
    first = "".join(exports.csv_lines(bind().sheet())).splitlines()[0]
    assert first in {"\ufeffDEMONSTRATION", "\ufeffDỮ LIỆU MINH HỌA"}


def sheet_of(values: list[str]) -> exports.Sheet:
    return exports.Sheet("t", "t", [], ["a"], [10], [[value] for value in values])


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=30))
def test_no_text_leaves_csv_as_a_formula(text: str) -> None:
    assert not exports.neutral(text).startswith(exports.DANGEROUS)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("http://x")'])
def test_a_formula_stays_a_text_in_both_kinds_of_file(text: str) -> None:
    lines = list(csv.reader(io.StringIO("".join(exports.csv_lines(sheet_of([text]))), newline="")))
    assert lines[-1] == [f"'{text}"]
    out = io.BytesIO()
    exports.write_xlsx(sheet_of([text]), out)
    cell = openpyxl.load_workbook(out).active["A3"]
    assert cell.data_type == "s" and cell.quotePrefix
    assert cell.value.replace("_x000D_", "\r") == text


def test_a_sheet_bears_the_name_of_its_list_as_far_as_a_sheet_may() -> None:
    assert exports.sheet_name("Việc của tôi") == "Việc của tôi"
    assert exports.sheet_name("05/KH-BT: [giao]?") == "05-KH-BT- -giao--"
    assert len(exports.sheet_name("n" * 40)) == 31 and exports.sheet_name("") == "1"


@pytest.mark.django_db
def test_numbers_and_dates_are_numbers_and_dates_in_excel() -> None:
    out = io.BytesIO()
    exports.write_xlsx(bind("?q=nang").sheet(), out)
    page = openpyxl.load_workbook(out).active
    assert page.title == exports.sheet_name(bind("").sheet().title)
    row = [cell.value for cell in page[page.max_row]]
    assert row == ["Đà Nẵng", "city", 3, dt.datetime(2025, 6, 30)]


@pytest.mark.django_db
def test_a_queryset_is_filtered_sorted_and_paged_by_the_database(django_assert_num_queries: Any) -> None:
    for at in range(7):
        InstanceFlag.objects.create(key=f"k{at}", value="odd" if at % 2 else "even")
    listed = List(
        key="flags",
        title="flags",
        columns=[Column("key", "key", sort=("key",)), Column("value", "value", sort=("value", "key"))],
        filters=[Choice("value", "value", [("odd", "odd"), ("even", "even")]), Search(lookup="key")],
        sort="-key",
        per_page=2,
    )
    with django_assert_num_queries(2):
        listing = bind("?value=even", InstanceFlag.objects.all(), listed)
        assert listing.total == 4
        assert [row.key for row in listing.rows] == ["k6", "k4"]
    assert bind("?q=k3", InstanceFlag.objects.all(), listed).total == 1
    assert [row[0] for row in bind("?value=odd", InstanceFlag.objects.all(), listed).sheet().rows] == ["k5", "k3", "k1"]


def test_an_empty_list_says_why() -> None:
    template = engines["django"].from_string("{% load soichieu %}{% show_list list %}")
    never = List(key="e", title="e", columns=LIST.columns, filters=LIST.filters, empty="Chưa có đơn vị nào.")
    assert "Chưa có đơn vị nào." in template.render({"list": bind(rows=[], definition=never)})
    filtered = template.render({"list": bind("?q=nothing")})
    assert 'class="empty"' in filtered and 'href="/units"' in filtered


def test_what_a_row_holds_is_escaped() -> None:
    template = engines["django"].from_string("{% load soichieu %}{% show_list list %}")
    shown = template.render({"list": bind("?q=%3Cb%3E", [{**ROWS[0], "name": "<b>x</b>"}])})
    assert "<b>x</b>" not in shown and "&lt;b&gt;x" in shown


@pytest.mark.django_db
def test_a_text_with_a_semicolon_is_one_cell_where_that_is_the_separator() -> None:
    written = "".join(exports.csv_lines(sheet_of(["x;=1+1", "a"])))
    cells = [cell for row in csv.reader(io.StringIO(written, newline=""), delimiter=";") for cell in row]
    assert "x;=1+1" in cells
    assert not any(cell.startswith("=") for cell in cells)


def test_a_card_list_asks_its_order_in_the_form_once() -> None:
    listing = bind("?sort=-n&as_at=2025-06-30")
    assert listing.hidden == [("as_at", "2025-06-30")]
    assert [(value, on) for value, _, on in listing.orders] == [
        ("", False), ("-name", False), ("n", False), ("-n", True), ("due", False), ("-due", False),
    ]  # fmt: skip
    assert [(value, on) for value, _, on in bind().orders if on] == [("", True)]
    plain = List(key="p", title="p", columns=LIST.columns, cards=False)
    assert bind("?sort=-n", definition=plain).hidden == [("sort", "-n")] and not bind(definition=plain).orders


def test_a_refused_filter_keeps_its_form_even_when_nothing_is_listed() -> None:
    template = engines["django"].from_string("{% load soichieu %}{% show_list list %}")
    shown = template.render({"list": bind("?due-from=xx", rows=[])})
    assert '<details class="list-fold" open>' in shown and 'aria-invalid="true"' in shown
    assert '<details class="list-fold">' in template.render({"list": bind("?late=1&n-from=5")})
    assert "<form" not in template.render({"list": bind(rows=[])})
