"""The board: what it counts, for whom, on which dates; and what leaves it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Callable

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from soichieu.board import codes
from soichieu.board import signs as sg
from soichieu.board.ask import Ask
from soichieu.board.queries.changes import learnt_later
from soichieu.board.queries.cut import cut_of
from soichieu.board.queries.grid import grid_of
from soichieu.documents.commands import register_document
from soichieu.ledger.commands import define_requirement, open_obligations
from soichieu.ledger.kinds import Kind
from soichieu.ledger.models import Obligation
from soichieu.ledger.queries import Question
from soichieu.organisation.askers import Asker
from soichieu.web.dates import TwoDates
from soichieu.web.heat import sign_of
from tests.baselines import assert_query_baseline
from tests.board.house import BEGINS, NOW, House, day

Clients = Callable[[str], Client]


def url(house: House) -> str:
    return reverse("board:board", args=[house.directive.pk])


def ask(asker: Asker, **query: str) -> Ask:
    return Ask.of(query, asker, NOW.date())


def test_every_cell_is_the_fold_s_own_answer(house: House) -> None:
    question = Question(day("31-7"))
    cut = cut_of(house.operator, house.directive, question)
    answer = question.answer()
    seen = Counter()
    for at, requirement in enumerate(cut.requirements):
        for place, unit in enumerate(cut.units.tolist()):
            found = Obligation.objects.filter(requirement=requirement, unit_id=unit, part_of=None).first()
            if found is None:
                assert cut.cell_row[place, at] == -1
                continue
            cell = answer.cell(found.pk)
            expected = sign_of(cell.lifecycle, cell.timeliness, cell.verification)
            assert sg.ORDER[cut.cell_sign[place, at]] == expected
            assert answer.columns.ids[cut.cell_row[place, at]] == found.pk
            seen[expected] += 1
    assert len(seen) >= 5, "the house should show many signs"


@pytest.mark.parametrize("basis", ["time", "date"])
def test_rows_columns_and_ladders_tell_the_same_numbers(house: House, basis: str) -> None:
    cut = cut_of(house.operator, house.directive, Question(day("31-7"), None, basis))
    whole = cut.count()
    grid = grid_of(cut, ask(house.operator, rows="units", basis=basis), everything=True)
    assert sum(row.of for row in grid.rows) == whole.of
    assert sum(row.overdue for row in grid.rows) == whole.overdue
    assert sum(row.done for row in grid.rows) == whole.n
    ladders = {one.ladder for one in cut.requirements}
    assert sum(cut.count(ladder).of for ladder in ladders) == whole.of
    tree = grid_of(cut, ask(house.operator, rows="tree", basis=basis), everything=True)
    assert sum(row.of for row in tree.rows) == whole.of
    assert (tree.column_counts == grid.column_counts).all()


def test_a_level_of_the_tree_opens_into_the_next(house: House) -> None:
    cut = cut_of(house.operator, house.directive, Question(day("31-7")))
    top = grid_of(cut, ask(house.operator, rows="tree"))
    assert [row.unit for row in top.rows if row.group] == [one.pk for one in house.offices] or top.rows
    office = house.offices[0]
    line = next(row for row in top.rows if row.unit == office.pk)
    assert line.group == 3  # itself and its two divisions
    level = grid_of(cut, ask(house.operator, under=str(office.pk)))
    assert level.level is not None and level.level.of == line.of
    assert {row.unit for row in level.rows} == {office.pk, *(one.pk for one in house.divisions[:2])}
    assert all(row.group == 0 for row in level.rows)
    assert (level.obligations[level.signs >= 0] >= 0).all(), "a unit alone has its own tasks in its cells"


def test_only_holes_and_what_is_late_stay_when_asked(house: House) -> None:
    cut = cut_of(house.operator, house.directive, Question(day("31-7")))
    grid = grid_of(cut, ask(house.operator, only="open"))
    drawn = set(grid.signs[grid.signs >= 0].tolist())
    assert drawn and drawn <= set(sg.OPEN)
    assert all(row.overdue or row.holes for row in grid.rows)


def test_others_read_in_official_order_and_the_steering_office_worst_first(house: House) -> None:
    assert ask(house.askers["observer"], sort="worst").sort == "official"
    assert ask(house.askers["steering"]).sort == "worst"
    assert ask(house.askers["steering"], sort="official").sort == "official"
    cut = cut_of(house.operator, house.directive, Question(day("31-7")))
    worst = grid_of(cut, ask(house.operator, sort="worst"))
    overdue = [row.overdue for row in worst.rows]
    assert overdue == sorted(overdue, reverse=True)


def test_where_only_standing_tasks_are_given_the_board_does_not_say_that_nothing_is(house: House, as_: Clients) -> None:
    other = register_document(
        house.operator, number="21/CV-BTN", issuer="Bộ Thử nghiệm", signed_on=BEGINS, title="Thường xuyên", public=True
    )
    one = define_requirement(
        asker=house.operator, directive=other, code="1", title="Theo dõi", ladder="carried_out", closing="accepted",
        standing=True,
    )  # fmt: skip
    open_obligations(asker=house.operator, requirement=one, unit_ids=[house.offices[0].pk], happened_on=BEGINS)
    page = as_("steering").get(reverse("board:board", args=[other.pk]), {"as_at": "31-7-2025"}).content.decode()
    assert "chưa giao nhiệm vụ nào" not in page
    assert "1 nhiệm vụ thường xuyên, tính riêng" in page and 'class="note aside-line"' in page


def test_standing_requirements_are_beside_and_not_in_n(house: House) -> None:
    cut = cut_of(house.operator, house.directive, Question(NOW.date()))
    standing = [one for one in cut.requirements if one.standing]
    assert standing
    units = len(house.offices) + len(house.divisions)
    assert cut.count().of == units * (len(cut.requirements) - len(standing))
    assert cut.count_standing().of == units * len(standing)


def test_a_unit_sees_its_own_part_and_is_told_so(house: House, as_: Clients) -> None:
    cut = cut_of(house.askers["staff"], house.directive, Question(NOW.date()))
    assert set(cut.units.tolist()) == {house.offices[0].pk, *(one.pk for one in house.divisions[:2])}
    assert cut.partial
    text = as_("staff").get(url(house)).content.decode()
    assert "phần bạn được xem" in text
    assert house.offices[1].states.first().name not in text  # type: ignore[union-attr]
    assert not cut_of(house.askers["steering"], house.directive, Question(NOW.date())).partial


@pytest.mark.parametrize("who", ["outside", "admin"])
def test_whoever_is_outside_finds_no_board(house: House, as_: Clients, who: str) -> None:
    client = as_(who)
    of = house.obligation(2, house.offices[0])
    entry = of.entries.first()
    assert entry is not None
    for name, pk in (
        ("board", house.directive.pk), ("list", house.directive.pk), ("thread", house.requirements[0].pk),
        ("obligation", of.pk), ("entry", entry.pk),
    ):  # fmt: skip
        assert client.get(reverse(f"board:{name}", args=[pk])).status_code == 404, name
    assert house.directive.number not in client.get(reverse("board:boards")).content.decode()


def test_nobody_sees_anything_without_signing_in(house: House) -> None:
    for name in ("boards", "board", "obligation", "entry", "thread", "list"):
        args = [] if name == "boards" else [1]
        answer = Client().get(reverse(f"board:{name}", args=args))
        assert answer.status_code == 302 and "sign-in" in answer["Location"]


def test_every_cell_leads_to_its_task_with_both_dates(house: House, as_: Clients) -> None:
    client = as_("steering")
    query = {"as_at": "31-7-2025", "known_at": "17:00, 10-8-2025", "rows": "units"}
    text = client.get(url(house), query).content.decode()
    found = re.findall(r"<td(?: class=\w)?><a href=([0-9a-z]+-[^>]+)>", text)
    assert len(found) == 6 * len(house.requirements)
    for code in found[:4]:
        answer = client.get(url(house) + code)
        assert answer.status_code == 302
        assert re.fullmatch(r"/board/obligation/\d+/\?as_at=2025-07-31&known_at=2025-08-10T.*", answer["Location"])
        assert client.get(answer["Location"]).status_code == 200
    for code in ("o!", "oz-zzzzzzzzzzzzzz", "~", ".", "-1", "zzzzzzzzzzzzzzz"):
        assert client.get(url(house) + code).status_code == 404, code


def test_short_addresses_lead_to_lists_and_threads(house: House, as_: Clients) -> None:
    client = as_("steering")
    text = client.get(url(house), {"rows": "tree", "ladder": "made_concrete", "as_at": "31-7-2025"}).content.decode()
    links = set(re.findall(r'href="?([0-9a-z]*[.~]{1,2}[0-9a-z]*-[^ >"]*)', text))
    assert {link for link in links if "?ladder=" in link} and {link for link in links if link.startswith(".")}
    for link in links:
        answer = client.get(url(house) + link, follow=True)
        assert answer.status_code == 200, link
        assert "as_at=2025-07-31" in answer.redirect_chain[0][0]
    office = codes.base36(house.offices[0].pk)
    every = client.get(f"{url(house)}{office}.", follow=True).context["list"].total
    alone = client.get(f"{url(house)}{office}~", follow=True).context["list"].total
    assert every == 3 * alone
    late = client.get(f"{url(house)}{office}..", follow=True).context["list"]
    assert all(row["sign"] == "overdue" for row in late.rows)


def test_the_dates_of_a_short_address_come_back_as_they_went(house: House) -> None:
    moment = dt.datetime(2025, 8, 10, 17, 0, 59, 999_999, tzinfo=dt.UTC)
    for as_at in (None, day("31-7"), dt.date(1969, 12, 31), dt.date(1900, 1, 1)):
        for known in (None, moment, moment.replace(microsecond=123), moment.replace(year=1960)):
            for basis in ("time", "date"):
                place = codes.read("1k" + codes.dates_code(as_at, known, basis))
                assert (place.obligation, place.as_at, place.known_at, place.basis) == (56, as_at, known, basis)


@pytest.mark.parametrize("asked", [{"as_at": "31-12-1969"}, {"as_at": "1-1-1900"}, {"known_at": "1-1-1960"}])
def test_a_day_before_the_machines_count_of_days_begins_is_a_day_like_any(
    house: House, as_: Clients, asked: dict[str, str]
) -> None:
    assert as_("steering").get(url(house), asked).status_code == 200
    refused = as_("steering").get(url(house), {"as_at": "31-02-2025", "export": "csv"})
    assert refused.status_code == 400 and "28-2-2025" in refused.content.decode()


def test_a_voiding_changes_what_is_known_now_and_not_what_was_known_then(house: House, as_: Clients) -> None:
    done = house.obligation(2, house.offices[0])
    before = cut_of(house.operator, house.directive, Question(day("31-7"), NOW)).count("made_concrete")
    line = done.entries.filter(kind=Kind.ISSUED).first()
    if line is None:
        house.act("issued", 2, house.offices[0], day("1-7"), payload={"number": "9/KH"})
        line = done.entries.get(kind=Kind.ISSUED)
        before = cut_of(house.operator, house.directive, Question(day("31-7"))).count("made_concrete")
    import soichieu.ledger.clock as clock

    voided_at = NOW + dt.timedelta(days=3)
    with clock.injected(voided_at):
        house.act("voided", 2, house.offices[0], voided_at.date(), voids=line.position, payload={"reason": "sai"})
        now = cut_of(house.operator, house.directive, Question(day("31-7"))).count("made_concrete")
        then = cut_of(house.operator, house.directive, Question(day("31-7"), NOW + dt.timedelta(days=1))).count(
            "made_concrete"
        )
        assert now.n == (before.n or 0) - 1 and then.n == before.n
        text = (
            as_("steering").get(url(house), {"as_at": "31-7-2025", "since": "2025-12-02T00:00+07:00"}).content.decode()
        )
        assert "không còn hoàn thành" in text
        learnt = learnt_later(
            house.operator, house.directive, cut_of(house.operator, house.directive, Question(day("31-7")))
        )
        assert learnt is not None and learnt.told[0].entry.kind == "voided", "what was voided since is named too"
        assert learnt.lines == len(learnt.told) or learnt.most
        shown = as_("steering").get(url(house), {"as_at": "31-7-2025"}).content.decode()
        assert reverse("board:entry", args=[learnt.told[0].entry.pk]) in shown and "Ai ghi, ghi lúc nào" in shown
        listed = as_("steering").get(
            reverse("board:list", args=[house.directive.pk]),
            {"as_at": "31-7-2025", "since": "2025-12-02T00:00+07:00", "change": "undone"},
        )
        assert listed.context["list"].total == 1


def test_quoted_counts_stand_beside_with_their_formulas_and_are_never_added(house: House, as_: Clients) -> None:
    text = as_("steering").get(url(house)).content.decode()
    assert "16.051" in text and "21.914" in text and "Số liệu dẫn theo nguồn" in text
    assert "98.63" in text or "98,63" in text
    assert "98.62" in text or "98,62" in text
    counted = cut_of(house.operator, house.directive, Question(NOW.date())).count("carried_out")
    assert counted.of < 100


def test_what_implements_it_stands_beside_with_its_own_counts(house: House, as_: Clients) -> None:
    text = as_("steering").get(url(house)).content.decode()
    assert "77/KH-CTD" in text and "được triển khai bởi" in text


def test_an_unreadable_date_is_named_under_its_field_and_kept(house: House, as_: Clients) -> None:
    text = as_("steering").get(url(house), {"as_at": "31-6-2025", "since": "hôm qua"}).content.decode()
    assert "Tháng 6" in text and 'value="31-6-2025"' in text
    assert 'value="hôm qua"' in text


def test_the_table_that_leaves_holds_what_is_filtered_with_dates_and_checks(house: House, as_: Clients) -> None:
    client = as_("steering")
    query = {"as_at": "31-7-2025", "ladder": "made_concrete", "export": "xlsx"}
    answer = client.get(url(house), query)
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    said = "\n".join(str(row[0]) for row in rows if row[0])
    assert "Tính đến ngày 31-7-2025" in said and "Theo dữ liệu ghi nhận đến" in said
    assert "đã kiểm chứng" in said and "đơn vị tự báo cáo" in said
    at = next(number for number, row in enumerate(rows) if row[0] == "Đơn vị")
    assert len([label for label in rows[at] if label]) == 10  # nine of the front, one requirement
    assert len(rows) - at - 1 == 6
    grounds = {cell.fill.fgColor.rgb for row in sheet.iter_rows(min_row=at + 2, min_col=10) for cell in row}
    assert len(grounds) > 1
    answer = client.get(url(house), {**query, "export": "csv", "only": "open"})
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    kept = [line for line in lines if len(line) >= 10]
    assert all(line[9] for line in kept[1:])


def test_the_list_behind_a_figure_has_as_many_rows_as_it_says(house: House, as_: Clients) -> None:
    client = as_("steering")
    cut = cut_of(house.askers["steering"], house.directive, Question(day("31-7")))
    address = reverse("board:list", args=[house.directive.pk])
    for ladder in ("made_concrete", "carried_out"):
        shown = client.get(address, {"as_at": "31-7-2025", "ladder": ladder, "counted": "1"}).context["list"]
        assert shown.total == cut.count(ladder).of
        late = client.get(address, {"as_at": "31-7-2025", "ladder": ladder, "sign": "overdue"}).context["list"]
        assert late.total == cut.count(ladder).overdue
    found = client.get(address, {"q": "thien dan"}).context["list"]
    assert found.total and all("Thiên Đàn" in row["unit"] or "thiên đàn" in row["title"].lower() for row in found.rows)
    down = [
        row["late"] or 0 for row in client.get(address, {"as_at": "31-7-2025", "sort": "-late"}).context["list"].rows
    ]
    assert down == sorted(down, reverse=True)
    due = client.get(address, {"as_at": "31-7-2025", "due-from": "1-9-2025", "due-to": "30-9-2025"}).context["list"]
    assert {row["due"] for row in due.rows} == {day("30-9")}
    text = b"".join(client.get(address, {"sign": "overdue", "export": "csv"}).streaming_content).decode("utf-8-sig")
    assert "Tính đến ngày" in text and "Quá hạn" in text
    behind = {"as_at": "31-7-2025", "counted": "1", "figure": "overdue", "ladder": "carried_out", "export": "csv"}
    text = client.get(address, behind).getvalue().decode("utf-8-sig")
    assert "Đang lọc: được tính trong N; quá hạn; Khâu: tổ chức thực hiện" in text


def test_the_margin_of_the_document_answers_each_sentence(house: House, as_: Clients) -> None:
    answer = as_("steering").get(reverse("documents:document", args=[house.directive.pk]), {"as_at": "31-7-2025"})
    text = answer.content.decode()
    for requirement in house.requirements:
        assert reverse("board:thread", args=[requirement.pk]) in text
    cut = cut_of(house.askers["steering"], house.directive, Question(day("31-7")))
    count = cut.count("made_concrete")
    assert f"<b>{count.n}</b> trên {count.of}" in text
    assert answer.context["filling"].legend and "Xem bảng tổng hợp" in text


def test_a_page_costs_the_same_queries_for_few_and_for_many_units(house: House, as_: Clients) -> None:
    client = as_("steering")
    client.get(url(house))
    with assert_query_baseline("board", maximum=40):
        assert client.get(url(house), {"as_at": "31-7-2025", "rows": "units"}).status_code == 200
    costs = []
    for query in ({"as_at": "31-7-2025", "rows": "tree"}, {"as_at": "30-9-2025", "rows": "units", "only": "open"}):
        client.get(url(house), query)  # the fold and the cut are there
        with CaptureQueriesContext(connection) as captured:
            client.get(url(house), query)
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_the_cut_is_kept_and_never_out_of_date(house: House) -> None:
    question = Question(day("31-7"))
    first = cut_of(house.operator, house.directive, question)
    assert cut_of(house.operator, house.directive, question) is first
    house.act("noted", 0, house.offices[1], day("1-3"), payload={"reason": "ghi thêm"})
    assert cut_of(house.operator, house.directive, question) is not first
    assert cut_of(house.askers["staff"], house.directive, question) is not first


def test_two_dates_default_to_today_and_now() -> None:
    two = TwoDates.of({}, default=NOW.date())
    assert two.as_at == NOW.date() and two.known_at is None
