"""A tracking sheet becomes an opening balance: claimed at most, all or nothing, once."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from soichieu.cli.open_book import open_book
from soichieu.documents import files
from soichieu.documents.errors import BadSheet
from soichieu.documents.workbook import open_workbook
from soichieu.exchange.opening import prepare, take_over
from soichieu.exchange.tracking import read_tracking
from soichieu.ledger import queries as ledger
from soichieu.ledger.errors import Forbidden
from soichieu.ledger.models import Entry, Obligation, Requirement
from soichieu.ledger.verification import verify
from tests.exchange.conftest import HEAD

DAY = dt.date(2025, 7, 15)


def ready(house, directive, data, who="steering", name="theo-doi.xlsx", as_at=DAY):
    tracking = read_tracking(open_workbook(data, name), name, reference=directive.signed_on)
    return prepare(asker=house.askers[who], directive=directive, tracking=tracking, name=name, as_at=as_at)


def taken(house, directive, data, **rest):
    opening = ready(house, directive, data, **rest)
    stored = files.store(data, "theo-doi.xlsx")
    return take_over(asker=house.askers["steering"], opening=opening, evidence=stored.pk)


def faults_of(data, name="x.xlsx"):
    with pytest.raises(BadSheet) as bad:
        read_tracking(open_workbook(data, name), name)
    return [str(fault) for fault in bad.value.faults]


def test_done_is_claimed_and_nothing_more(house, directive, tracked):
    written = taken(house, directive, tracked)
    assert written == {"requirements": 3, "obligations": 4, "claimed": 1, "started": 1, "submitted": 1}
    claim = Entry.objects.get(kind="claimed")
    assert (claim.source_room, claim.source_kind, claim.source_id) == ("ledger", "sheet", "theo-doi.xlsx!Theo dõi!E4")
    assert claim.paper is False and claim.happened_on == dt.date(2025, 6, 25)
    cell = ledger.obligation(house.operator, claim.obligation_id)[1]
    assert (cell.lifecycle, cell.verification, cell.timeliness) == (
        "awaiting_confirmation",
        "claimed",
        "claimed_in_time",
    )
    started = Entry.objects.get(kind="started")
    assert started.happened_on == DAY and started.details["not_later_than"] is True
    assert not Entry.objects.filter(kind__in=["accepted", "verified"]).exists()
    standing = Requirement.objects.get(title="Báo cáo hằng tháng")
    assert standing.standing and standing.deadline is None
    assert Requirement.objects.get(title="Rà soát quy định").deadline == dt.date(2025, 12, 31)
    assert {one.section for one in Requirement.objects.all()} == {"I NHÓM NHIỆM VỤ THỨ NHẤT"}
    assert not verify()


def test_the_same_sheet_twice_adds_nothing(house, directive, tracked):
    taken(house, directive, tracked)
    before = Entry.objects.count()
    assert not any(taken(house, directive, tracked).values())
    assert (Entry.objects.count(), Obligation.objects.count()) == (before, 4)


def test_a_later_sheet_adds_only_what_is_new(house, directive, sheet, tracked):
    taken(house, directive, tracked)
    later = sheet(
        [
            HEAD,
            [1, "Xây dựng kế hoạch thử", "Cục Số 2", "30/6/2025", "Hoàn thành", None],
            [4, "Việc mới", "Cục Số 5", "31/12/2025", "", None],
        ]
    )
    assert taken(house, directive, later, as_at=dt.date(2025, 8, 1)) == {
        "requirements": 1, "obligations": 1, "claimed": 1, "started": 0, "submitted": 0,
    }  # fmt: skip


def test_what_the_book_knows_better_is_left_alone(house, directive, tracked):
    from soichieu.ledger.commands import record

    taken(house, directive, tracked)
    claim = Entry.objects.get(kind="claimed")
    record(
        asker=house.operator, kind="returned", obligations=[claim.obligation_id], happened_on=DAY,
        payload={"reason": "thiếu tài liệu"},
    )  # fmt: skip
    assert not any(taken(house, directive, tracked).values())
    assert ledger.obligation(house.operator, claim.obligation_id)[1].lifecycle == "returned"


def done_of_unit_one(sheet, done_on):
    return sheet([HEAD, [1, "Xây dựng kế hoạch thử", "Cục Số 1", "30/6/2025", "Đã hoàn thành", done_on]])


def test_what_was_returned_is_claimed_again_by_a_later_sheet_with_a_later_day(house, directive, sheet, tracked):
    from soichieu.ledger.commands import record

    taken(house, directive, tracked)
    claim = Entry.objects.get(kind="claimed")
    record(
        asker=house.operator, kind="returned", obligations=[claim.obligation_id], happened_on=DAY,
        payload={"reason": "thiếu tài liệu"},
    )  # fmt: skip
    later = dt.date(2025, 8, 1)
    # The same day once more, and a day before the return: neither says anything of what came after it.
    for day in ("25/6/2025", "10/7/2025"):
        (row,) = ready(house, directive, done_of_unit_one(sheet, day), as_at=later).rows
        assert (row.kind, row.why_not) == ("", "đã nhập từ bảng trước")
    assert taken(house, directive, done_of_unit_one(sheet, "30/7/2025"), as_at=later)["claimed"] == 1
    cell = ledger.obligation(house.operator, claim.obligation_id)[1]
    assert (cell.lifecycle, cell.claim_day, cell.flagged) == ("awaiting_confirmation", dt.date(2025, 7, 30), 0)
    assert not any(taken(house, directive, done_of_unit_one(sheet, "30/7/2025"), as_at=later).values())


def test_a_voided_claim_comes_again_with_another_day_and_not_by_the_same_sheet(house, directive, sheet, tracked):
    from soichieu.ledger.commands import record

    taken(house, directive, tracked)
    claim = Entry.objects.get(kind="claimed")
    record(
        asker=house.operator, kind="voided", obligations=[claim.obligation_id], happened_on=DAY, voids=claim.position,
        payload={"reason": "nhầm đơn vị"},
    )  # fmt: skip
    assert not any(taken(house, directive, tracked).values())
    assert taken(house, directive, done_of_unit_one(sheet, "20/6/2025"))["claimed"] == 1
    cell = ledger.obligation(house.operator, claim.obligation_id)[1]
    assert (cell.lifecycle, cell.claim_day, cell.flagged) == ("awaiting_confirmation", dt.date(2025, 6, 20), 0)


def test_a_later_sheet_that_says_the_same_writes_nothing_and_says_so(house, directive, sheet, tracked):
    taken(house, directive, tracked)
    same = sheet([HEAD, [1, "Xây dựng kế hoạch thử", "Cục Số 2", "30/6/2025", "Đang thực hiện", None]])
    (row,) = ready(house, directive, same, as_at=dt.date(2025, 8, 1)).rows
    assert (row.kind, row.why_not) == ("", "đã nhập từ bảng trước")


def test_heads_are_found_wherever_they_stand_in_either_language(sheet):
    for head in (
        ["No.", "Task", "Lead unit", "Due date", "Status"],
        ["STT", "NỘI DUNG CÔNG VIỆC", "Đơn vị chủ trì", "Thời gian hoàn thành", "TIẾN ĐỘ"],
    ):
        rows = [["tiêu đề"], head, [1, "Việc", "Cục 1", dt.date(2025, 6, 30), "done"]]
        read = read_tracking(open_workbook(sheet(rows, before=7, left=3), "x.xlsx"), "x.xlsx")
        assert [line.deadline for line in read.lines] == [dt.date(2025, 6, 30)]
        assert read.columns["status"][0] == "Theo dõi!H9"


def test_merged_cells_mean_every_row_they_span(sheet):
    data = sheet(
        [
            ["TT", "Nhiệm vụ", "Chủ trì", None, "Tình trạng"],
            [None, None, "Đơn vị chủ trì", "Phối hợp", None],
            [1, "Một việc hai đơn vị", "Cục 1", "x", "xong"],
            [None, None, "Cục 2", "y", "đang thực hiện"],
            ["II. Nhóm hai", None, None, None, None],
            [2, "Việc khác", "Cục 3", "", ""],
        ],
        merge=("A1:A2", "B1:B2", "C1:D1", "E1:E2", "A3:A4", "B3:B4", "A5:E5"),
    )
    lines = read_tracking(open_workbook(data, "x.xlsx"), "x.xlsx").lines
    assert [(line.task, line.lead, line.section) for line in lines] == [
        ("Một việc hai đơn vị", "Cục 1", ""),
        ("Một việc hai đơn vị", "Cục 2", ""),
        ("Việc khác", "Cục 3", "II. Nhóm hai"),
    ]


def with_formula(value):
    """A sheet whose status is a formula, with the value it last gave."""
    import xlsxwriter

    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out)
    page = workbook.add_worksheet("Theo dõi")
    page.write_row(0, 0, HEAD[:5])
    page.write_row(1, 0, [1, "Việc", "Cục 1", "30/6/2025"])
    page.write_formula(1, 4, '=IF(1=1,"xong","")', value=value)
    workbook.close()
    return out.getvalue()


def test_a_formula_is_flagged_with_its_cell():
    read = read_tracking(open_workbook(with_formula("xong"), "x.xlsx"), "x.xlsx")
    assert read.lines[0].status == "done"
    assert [fault.cell for fault in read.warnings] == ["Theo dõi!E2"]


def test_a_formula_that_was_never_computed_is_not_guessed():
    (fault,) = faults_of(with_formula(""))
    assert fault.startswith("Theo dõi!E2")


@pytest.mark.parametrize(
    "row, cell, words",
    [
        ([1, "Việc", "", "30/6/2025", "xong"], "Theo dõi!C2", "lead"),
        ([1, "Việc", "Cục 1", "hôm nào đó", "xong"], "Theo dõi!D2", "hôm nào đó"),
        ([1, "Việc", "Cục 1", "30/6/2025", "tốt lắm"], "Theo dõi!E2", "tốt lắm"),
        ([1, "Việc", "Cục 1", "xong", "30/6/2025"], "Theo dõi!E2", "shifted"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_by_sheet_and_cell(sheet, row, cell, words):
    from django.utils import translation

    with translation.override("en"):
        faults = faults_of(sheet([HEAD[:5], row]))
    assert any(fault.startswith(cell) and words in fault for fault in faults)


def test_a_sheet_without_its_heads_says_what_it_found(sheet):
    from django.utils import translation

    with translation.override("en"):
        (fault,) = faults_of(sheet([["TT", "Nhiệm vụ", "Kinh phí"], [1, "Việc", 5]]))
    assert "Theo dõi!B1" in fault and "Missing: lead, status" in fault


def test_unknown_units_and_repeated_rows_stop_everything(house, directive, sheet):
    data = sheet(
        [
            HEAD,
            [1, "Việc một", "Cục Không Có", "30/6/2025", "xong", None],
            [2, "Việc hai", "Cục Số 1", "30/6/2024", "xong", None],
            [3, "Việc ba", "Cục Số 2", "30/6/2025", "xong", None],
            [3, "Việc ba", "Cục số 2", "30/6/2025", "chưa", None],
            [4, "Việc bốn", "Bộ Khác", "30/6/2025", "chưa", None],
        ]
    )
    with pytest.raises(BadSheet) as bad:
        ready(house, directive, data)
    assert [fault.cell.split("!")[1] for fault in bad.value.faults] == ["C2", "D3", "C5", "C6"]
    assert not Entry.objects.exists() and not Requirement.objects.exists()


def test_only_the_steering_office_of_the_assigner_takes_a_sheet_over(house, directive, tracked):
    for who in ("observer", "staff", "other"):
        with pytest.raises(Forbidden):
            ready(house, directive, tracked, who=who)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a workbook at all",
        b"PK\x03\x04cut short",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old",
    ],
)
def test_other_bytes_are_refused_with_a_remedy(data):
    with pytest.raises(BadSheet) as bad:
        open_workbook(data, "x.xlsx")
    assert "x.xlsx" in str(bad.value)


def test_a_truncated_workbook_is_refused(tracked):
    for cut in (200, len(tracked) // 2, len(tracked) - 10):
        with pytest.raises(BadSheet):
            open_workbook(tracked[:cut], "x.xlsx")


def test_a_zip_bomb_is_not_unpacked(tracked):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(tracked)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
        new.writestr("xl/media/big.bin", b"\0" * (50 << 20))
    with pytest.raises(BadSheet):
        open_workbook(out.getvalue(), "x.xlsx")


def run(*arguments):
    return CliRunner().invoke(open_book, [str(argument) for argument in arguments])


def test_the_command_previews_then_writes_then_adds_nothing(house, directive, tracked, tmp_path):
    path = tmp_path / "so theo doi.xlsx"
    path.write_bytes(tracked)
    shown = run(path, "--directive", directive.number, "--preview", "--as-at", "2025-07-15", "--format", "json")
    assert shown.exit_code == 0, shown.output
    assert json.loads(shown.output)["counts"]["claimed"] == 1
    assert not Entry.objects.exists()
    assert run(path, "--directive", directive.number, "--as-at", "2025-07-15", "--as", "steering").exit_code == 0
    written = Entry.objects.count()
    again = run(path, "--directive", directive.number, "--as-at", "2025-07-15", "--as", "steering")
    assert again.exit_code == 0 and "obligations 0" in again.output
    assert Entry.objects.count() == written


def test_the_command_ends_with_2_and_the_cell(house, directive, sheet, tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(sheet([HEAD, [1, "Việc", "Cục Số 1", "30/6/2025", "tốt lắm", None]]))
    told = run(path, "--directive", directive.number)
    assert told.exit_code == 2 and "Theo dõi!E2" in told.output
    assert run(tmp_path / "none.xlsx", "--directive", directive.number).exit_code == 2
    assert run(path, "--directive", "99/KH-KHONG").exit_code == 2
    assert not Entry.objects.exists()


def test_the_page_shows_first_and_writes_after(client, house, directive, tracked):
    client.force_login(house.accounts["steering"])
    url = reverse("exchange:open-book")
    assert client.get(url).status_code == 200
    fields = {"directive": directive.pk, "as_at": "15-7-2025"}
    shown = client.post(url, {**fields, "file": SimpleUploadedFile("theo-doi.xlsx", tracked)})
    assert shown.status_code == 200 and "token" in shown.context
    assert not Entry.objects.exists()
    done = client.post(url, {"do": "confirm", "token": shown.context["token"]})
    assert done.status_code == 302
    assert Entry.objects.filter(kind="claimed").count() == 1
    client.post(url, {"do": "confirm", "token": shown.context["token"]})
    assert Entry.objects.filter(kind="claimed").count() == 1
    assert client.post(url, {"do": "confirm", "token": "forged"}).status_code == 302


def test_the_page_names_the_cells_that_are_wrong(client, house, directive, sheet):
    client.force_login(house.accounts["steering"])
    data = sheet([HEAD, [1, "Việc", "Cục Số 1", "30/6/2025", "tốt lắm", None]])
    answer = client.post(
        reverse("exchange:open-book"),
        {"directive": directive.pk, "as_at": "15-7-2025", "file": SimpleUploadedFile("x.xlsx", data)},
    )
    assert answer.status_code == 422 and "Theo dõi!E2" in answer.content.decode()


@pytest.mark.parametrize("who", ["observer", "staff"])
def test_the_page_is_for_steering_offices(client, house, who):
    client.force_login(house.accounts[who])
    assert client.get(reverse("exchange:open-book")).status_code == 403


@pytest.mark.parametrize(
    ("said", "status"),
    [("0%", "open"), ("0,5%", "started"), ("0.0 %", "open"), ("99,5%", "started"), ("100,0%", "done")],
)
def test_a_share_is_read_with_its_decimals(sheet, said, status):
    rows = [["TT", "Nhiệm vụ", "Chủ trì", "Tiến độ"], [1, "Việc", "Cục 1", said]]
    (line,) = read_tracking(open_workbook(sheet(rows), "x.xlsx"), "x.xlsx").lines
    assert line.status == status


def test_more_than_the_whole_is_no_share(sheet):
    rows = [["TT", "Nhiệm vụ", "Chủ trì", "Tiến độ"], [1, "Việc", "Cục 1", "100,5%"]]
    with pytest.raises(BadSheet):
        read_tracking(open_workbook(sheet(rows), "x.xlsx"), "x.xlsx")
