"""A plan's lines are read from the file as it is; what was guessed is said, and nothing is half-read."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.plans.commands.editions import as_line
from soichieu.plans.forms.editions import LinesForm
from soichieu.plans.importing import read_plan
from soichieu.plans.models import PlanEdition
from soichieu.web.dates import write_day
from tests.directives.conftest import DATA
from tests.plans import making


def read(house, data, name):
    return read_plan(data, name, unit_id=house.units[2].pk)


@pytest.mark.parametrize(("make", "name"), [(making.word, "ke-hoach.docx"), (making.excel, "ke-hoach.xlsx")])
def test_a_table_of_tasks_becomes_lines(house, make, name):
    found = read(house, make(), name)
    assert [line.number for line in found.lines] == ["1", "2", "3"]
    first, _second, third = found.lines
    assert first.group == "I. Hạ tầng số" and third.group == "II. Đào tạo"
    assert first.text == "Xây dựng trung tâm dữ liệu của Cục"
    assert first.leads == ({"text": "Phòng Ba 1", "unit": house.units[5].pk},)
    assert (first.cooperators, first.output) == ("Các phòng", "Trung tâm dữ liệu")
    assert (first.deadline_text, third.deadline_text) == ("Quý IV năm 2025", "Thường xuyên")
    assert not any(line.doubts for line in found.lines)


def test_a_line_of_a_sheet_names_its_row(house):
    places = [line.place for line in read(house, making.excel(), "ke-hoach.xlsx").lines]
    assert places == ["Nhiệm vụ!5", "Nhiệm vụ!6", "Nhiệm vụ!8"]


def a_sheet(above=(), tasks=("Rà soát kế hoạch", "Thay nguồn sáng"), joined=False):
    """A sheet with a title over its columns; ``joined``: the first task's cell covers the second row too."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("Kế hoạch")
    at = len(above)
    for row, words in enumerate(above):
        page.merge_range(row, 0, row, len(making.HEAD) - 1, words)
    page.write_row(at, 0, making.HEAD)
    for number, task in enumerate(tasks, start=1):
        page.write_row(at + number, 0, [number, task, "Phòng Ba 1", "", "Báo cáo", "30/6/2025"])
    if joined:
        page.merge_range(at + 1, 1, at + 2, 1, tasks[0])
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("above", "facts"),
    [
        (["KẾ HOẠCH THỰC HIỆN 15/KH-BHĐ"], {"title": "KẾ HOẠCH THỰC HIỆN 15/KH-BHĐ"}),
        (["Kế hoạch triển khai năm 2025"], {"title": "Kế hoạch triển khai năm 2025"}),
        (
            ["TY HẢI ĐĂNG", "Số: 12/KH-THĐ", "KẾ HOẠCH", "Thực hiện Kế hoạch số 15/KH-BHĐ"],
            {"number": "12/KH-THĐ", "title": "Thực hiện Kế hoạch số 15/KH-BHĐ"},
        ),
        (["Đơn vị tính: đồng"], {}),
        ([], {}),
    ],
)
def test_what_stands_above_the_head_of_a_sheet_is_its_title_and_number(house, above, facts):
    found = read(house, a_sheet(above), "ke-hoach.xlsx")
    assert len(found.lines) == 2 and {key: found.facts.get(key) for key in ("title", "number")} == {
        "title": facts.get("title"), "number": facts.get("number")
    }  # fmt: skip


def test_a_task_in_a_cell_over_two_rows_is_said_of_the_second(house):
    with override("vi"):
        found = read(house, a_sheet(["KẾ HOẠCH"], joined=True), "gop-o.xlsx")
    first, second = found.lines
    assert first.text == second.text and not first.doubts
    assert second.doubts == ("Khi đọc, các ô của dòng này được ghép lại hoặc có vẻ bị lệch cột: hãy so với tệp gốc.",)
    assert any("dòng 4: nội dung giống dòng trên vì một ô được gộp" in one for one in found.warnings)


def test_dates_of_a_sheet_are_read_as_days(house):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("Kế hoạch")
    page.write_row(0, 0, making.HEAD)
    page.write_row(1, 0, [1, "Một việc", "Phòng Ba 1", "", "Báo cáo"])
    page.write_datetime(1, 5, dt.datetime(2025, 6, 30), book.add_format({"num_format": "dd/mm/yyyy"}))
    book.close()
    (line,) = read(house, out.getvalue(), "ngay.xlsx").lines
    assert (line.number, line.deadline_text, line.doubts) == ("1", "30-6-2025", ())


def test_the_real_table_of_140_tasks_comes_whole(house):
    name = "03-NQ-CP-annex-2-tasks.md"
    found = read(house, (DATA / name).read_bytes(), name)
    assert len(found.lines) == 140
    assert found.lines[0].leads[0]["text"] == "Bộ Thông tin và Truyền thông"
    assert found.warnings


def test_a_text_without_a_table_gives_its_points(house):
    found = read(house, (DATA / "57-NQ-TW.txt").read_bytes(), "57-NQ-TW.txt")
    assert len(found.lines) == 29
    assert found.facts["number"] == "57-NQ/TW"
    assert found.lines[0].group.startswith("III- NHIỆM VỤ, GIẢI PHÁP / 1. Nâng cao nhận thức")
    assert found.read_by == {"reader": "txt", "provisions": True}
    assert "57-NQ-TW.txt" in found.warnings[0]


def test_shifted_columns_are_said_line_by_line(house):
    rows = [("1", "Xây dựng trung tâm dữ liệu", "30-6-2025", "", "", ""), making.ROWS[2]]
    first, second = read(house, making.word(rows), "lech-cot.docx").lines
    assert first.doubts and not second.doubts


def test_an_unknown_column_and_an_odd_deadline_are_said(house):
    head = (*making.HEAD, "Kinh phí")
    rows = [(*making.ROWS[1][:5], "khi nào xong", "2 tỷ đồng"), (*making.ROWS[2], "")]
    first, second = read(house, making.excel(rows, head), "ke-hoach.xlsx").lines
    assert any("khi nào xong" in one for one in first.doubts) and any("2 tỷ đồng" in one for one in first.doubts)
    assert not second.doubts


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (making.word()[:900], "cut.docx"),
        (making.excel()[:900], "cut.xlsx"),
        (b"", "empty.docx"),
        (making.word(rows=()), "no-rows.docx"),
        (making.excel(rows=()), "no-rows.xlsx"),
        (making.excel(head=("Cột A", "Cột B", "C", "D", "E", "F")), "no-head.xlsx"),
        (b"\x00\x01\x02 not a plan", "junk.xlsx"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(house, data, name):
    with pytest.raises(Refusal) as refused:
        read(house, data, name)
    assert name in str(refused.value) and refused.value.field == "file"


@given(st.integers(0, 3000))
def test_a_file_cut_anywhere_is_read_or_refused(house, cut):
    for make, name in ((making.word, "x.docx"), (making.excel, "x.xlsx")):
        try:
            assert read(house, make()[: cut * 10], name).lines
        except Refusal as refused:
            assert name in str(refused)


def _typed(form, **more):
    """What a browser sends of a form."""
    sent = {"lines": str(len(form.rows)), "seen": "0", "save": "1", **more}
    for row in form.rows:
        sent |= {name: value for _field, name, _label, value, _error in row.fields}
        sent[f"line-{row.index}-place"] = row.place
    return sent


def _url(plan):
    return reverse("plans:lines", args=[plan.key])


def test_a_file_is_read_shown_mended_and_saved(client, house, plan):
    client.force_login(house.accounts["staff"])
    assert client.get(_url(plan)).status_code == 200
    upload = SimpleUploadedFile("ke-hoach.docx", making.word())
    shown = client.post(_url(plan), {"read": "1", "file": upload})
    assert shown.status_code == 200 and not PlanEdition.objects.exists()
    sent = _typed(shown.context["form"], kept=shown.context["kept"])
    sent |= {"line-0-text": "Xây dựng hai trung tâm dữ liệu", "line-1-drop": "1", "line-2-at": "0.5"}
    assert client.post(_url(plan), sent).status_code == 302
    edition = PlanEdition.objects.get()
    assert edition.file is not None and edition.file.name == "ke-hoach.docx"
    assert edition.read_by["reader"] == "docx"
    assert [item.text for item in edition.items.order_by("ordinal")] == [
        "Tập huấn kỹ năng số cho cán bộ cấp phòng", "Xây dựng hai trung tâm dữ liệu",
    ]  # fmt: skip


def test_a_file_that_cannot_be_read_is_said_under_its_field(client, house, plan):
    client.force_login(house.accounts["staff"])
    upload = SimpleUploadedFile("cut.docx", making.word()[:900])
    wrong = client.post(_url(plan), {"read": "1", "file": upload})
    assert wrong.status_code == 422 and "cut.docx" in str(wrong.context["upload"].errors["file"])


def test_an_empty_file_is_named_with_what_to_do(client, house, plan):
    client.force_login(house.accounts["staff"])
    wrong = client.post(_url(plan), {"read": "1", "file": SimpleUploadedFile("rong.docx", b"")})
    told = "rong.docx: tệp này rỗng. Hãy mở tệp để xem có đúng tệp cần gửi không, rồi chọn lại."
    assert wrong.status_code == 422 and wrong.context["upload"].errors["file"] == [told]


def test_typing_makes_a_new_version_and_nothing_changed_makes_none(client, house, plan):
    client.force_login(house.accounts["staff"])
    sent = {"lines": "2", "seen": "0", "save": "1", "line-0-text": "Một việc", "line-1-leads": ""}
    assert client.post(_url(plan), sent).status_code == 302
    form = client.get(_url(plan)).context["form"]
    again = client.post(_url(plan), _typed(form, seen="1"), follow=True)
    assert PlanEdition.objects.count() == 1
    assert "1" in str(next(iter(again.context["messages"])))


def test_what_was_typed_is_kept_when_a_line_is_wrong(client, house, plan):
    client.force_login(house.accounts["staff"])
    sent = {
        "lines": "2", "seen": "0", "save": "1", "line-0-text": "Một việc", "line-0-at": "thứ nhất",
        "line-1-output": "Sản phẩm không có việc",
    }  # fmt: skip
    wrong = client.post(_url(plan), sent)
    assert wrong.status_code == 422 and not PlanEdition.objects.exists()
    page = wrong.content.decode()
    assert "Một việc" in page and "thứ nhất" in page and "Sản phẩm không có việc" in page
    assert set(wrong.context["form"].rows[0].errors) == {"at"}
    assert set(wrong.context["form"].rows[1].errors) == {"text"}


def test_more_rows_keep_what_was_typed(client, house, plan):
    client.force_login(house.accounts["staff"])
    more = client.post(_url(plan), {"lines": "1", "seen": "0", "more": "1", "line-0-text": "Một việc"})
    assert len(more.context["form"].rows) == 6 and "Một việc" in more.content.decode()


def test_the_second_of_two_is_told_and_may_then_save_knowingly(client, house, plan):
    client.force_login(house.accounts["staff"])
    sent = {"lines": "1", "seen": "0", "save": "1", "line-0-text": "Một việc"}
    assert client.post(_url(plan), sent).status_code == 302
    other = {**sent, "line-0-text": "Việc của người thứ hai"}
    second = client.post(_url(plan), other)
    assert second.status_code == 422 and "Việc của người thứ hai" in second.content.decode()
    assert PlanEdition.objects.count() == 1
    assert client.post(_url(plan), {**other, "seen": second.context["seen"]}).status_code == 302
    assert PlanEdition.objects.count() == 2


def test_a_kept_file_cannot_be_named_by_hand(client, house, plan):
    client.force_login(house.accounts["staff"])
    sent = {"lines": "1", "seen": "0", "save": "1", "line-0-text": "Một việc", "kept": "abc:forged"}
    assert client.post(_url(plan), sent).status_code == 302
    edition = PlanEdition.objects.get()
    assert edition.file is None and edition.read_by == {"reader": "typed"}


def hand_in(client, plan, name, data, seen):
    """A file handed in and saved as it was read."""
    shown = client.post(_url(plan), {"read": "1", "file": SimpleUploadedFile(name, data)})
    sent = _typed(shown.context["form"], kept=shown.context["kept"], seen=seen)
    assert client.post(_url(plan), sent).status_code == 302


def test_the_table_of_140_tasks_imported_twice_is_one_version(client, house, plan):
    client.force_login(house.accounts["staff"])
    name = "03-NQ-CP-annex-2-tasks.md"
    for seen in ("0", "1"):
        hand_in(client, plan, name, (DATA / name).read_bytes(), seen)
    assert PlanEdition.objects.count() == 1
    # And opened to be mended, it says what it says.
    lines = [as_line(item) for item in PlanEdition.objects.get().items.order_by("ordinal")]
    again = LinesForm.of(lines).cleaned(plan.unit_id)
    assert [line.said["leads"] for line in again] == [line.said["leads"] for line in lines]


def test_a_file_edited_between_two_imports_keeps_what_hangs_on_its_lines(client, house, plan):
    client.force_login(house.accounts["staff"])
    edited = [
        making.ROWS[0],
        ("1", "Khảo sát hạ tầng của các phòng", "Phòng Ba 1", "", "Báo cáo", "Quý I năm 2025"),
        ("2", *making.ROWS[1][1:]),
        ("3", *making.ROWS[2][1:5], "31-12-2025"),
        *making.ROWS[3:],
    ]
    hand_in(client, plan, "ke-hoach.docx", making.word(), "0")
    hand_in(client, plan, "ke-hoach.docx", making.word(edited), "1")
    first, second = (
        {item.identity.key: item for item in edition.items.select_related("identity")}
        for edition in PlanEdition.objects.order_by("ordinal")
    )
    assert set(first) < set(second) and len(second) == 4
    unchanged = {first[key].text: first[key].text_hash == second[key].text_hash for key in first}
    assert unchanged == {
        "Xây dựng trung tâm dữ liệu của Cục": True,
        "Nâng cấp mạng truyền số liệu": False,
        "Tập huấn kỹ năng số cho cán bộ cấp phòng": True,
    }


def test_what_the_reader_says_is_in_the_language_of_the_page(house):
    with override("vi"), pytest.raises(Refusal, match="a.docx, sau byte 62: phần cuối tệp bị thiếu hoặc hỏng"):
        read(house, b"PK" + b"\0" * 60, "a.docx")
    table = (
        "| TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn |\n|---|---|---|---|\n| 1 | Một việc | Phòng Ba 1 | 31/02/2025 |"
    )
    with override("vi"):
        (line,) = read(house, table.encode(), "a.md").lines
    assert any("31/02/2025" in one and "tháng" in one for one in line.doubts), line.doubts
    assert not any("phỏng đoán" in one for one in line.doubts), "nothing was guessed: it became no day"


def test_a_lead_that_no_unit_is_called_by_is_a_doubt_of_its_line(house):
    rows = ("Phòng Ba 1", "Phòng Không Có Thật", "Các đơn vị", "")
    table = "| TT | Nhiệm vụ | Cơ quan chủ trì |\n|---|---|---|\n" + "\n".join(
        f"| {at} | Việc {at} | {name} |" for at, name in enumerate(rows, 1)
    )
    with override("vi"):
        found = read(house, table.encode(), "a.md").lines
    day = write_day(clock.today())
    assert [line.doubts for line in found] == [
        (),
        (f"Ngày {day} chưa có đơn vị nào mang tên “Phòng Không Có Thật”.",),
        (),
        ("Ô cơ quan chủ trì để trống.",),
    ]


def test_formulas_that_give_nothing_to_read_are_named(house):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("Kế hoạch")
    page.write_row(0, 0, making.HEAD)
    page.write_row(1, 0, [1, "Một việc", "Phòng Ba 1", "", "", "30-6-2025"])
    page.write_formula(1, 4, '="Báo cáo"', None, "Báo cáo")
    page.write_row(2, 0, [2, "Việc khác", "Phòng Ba 1", "", "", "30-6-2025"])
    page.write_formula(2, 4, "=1/0", None, "#DIV/0!")
    page.write_formula(2, 3, "=A1", None, "")
    book.close()
    with override("vi"):
        found = read(house, out.getvalue(), "a.xlsx")
    assert found.lines[0].output == "Báo cáo"
    (told,) = [one for one in found.warnings if "Công thức" in one]
    assert "Kế hoạch!D3, Kế hoạch!E3." in told


def test_what_stands_above_the_head_of_a_sheet_says_on_what_it_rests(house):
    below = "(Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị; kèm theo Công văn của Ty)"
    kept = read(house, making.excel(below=below), "ke-hoach.xlsx").read_by["bases"]
    assert [(one["number"], one["signed_on"]) for one in kept] == [("57-NQ/TW", "2024-12-22")]
    assert "bases" not in read(house, making.excel(below="Đơn vị tính: đồng"), "ke-hoach.xlsx").read_by
