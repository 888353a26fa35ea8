"""A workbook is measured before it is laid out: a small file cannot ask for more memory than there is."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from soichieu.documents.errors import BadSheet
from soichieu.documents.workbook import open_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TABLE = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'


def book(*sheets, rows="", after="", more=None):
    """An .xlsx with one sheet of ``TABLE`` and ``rows``, or with ``sheets`` as they stand; ``more``: further parts."""
    sheets = sheets or (f'<worksheet xmlns="{MAIN}"><sheetData>{TABLE}{rows}</sheetData>{after}</worksheet>',)
    plain, names = openpyxl.Workbook(), [f"Bảng {n}" for n in range(1, len(sheets) + 1)]
    plain.active.title = names[0]
    for name in names[1:]:
        plain.create_sheet(name)
    held = io.BytesIO()
    plain.save(held)
    with zipfile.ZipFile(held) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts |= {f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in enumerate(sheets, 1)} | (more or {})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def refusal(data):
    with pytest.raises(BadSheet) as bad:
        open_workbook(data, "so.xlsx")
    return str(bad.value)


def test_what_is_small_is_read():
    (grid,) = open_workbook(book(rows='<row r="3"><c r="C3"><f>1+2</f><v>3</v></c></row>'), "so.xlsx")
    assert grid.rows == [[1, 2], [], ["", "", 3]]
    assert grid.formulas == {(2, 2)}


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>3</v></c></row>', "Bảng 1!XFD1048576"),
        ('<row r="2000"><c r="ALL2000"><v>3</v></c></row>', "Bảng 1!ALL2000"),
        ('<row r="70000"><c r="Z70000"><v>3</v></c></row>', "Bảng 1!Z70000"),
        # What a row says holds for cells that say nothing, what a cell says whatever its row says; letters of any case.
        ('<row r="1048575"/><row><c/><c><v>3</v></c></row>', "Bảng 1!B1048576"),
        ('<row r="2"><c r="xfd1048576"><v>3</v></c></row>', "Bảng 1!XFD1048576"),
        ('<x:row xmlns:x="u"><x:c r="XFD1048576"><x:v>3</x:v></x:c></x:row>', "Bảng 1!XFD1048576"),
    ],
)
def test_a_stray_cell_far_away_is_named_and_nothing_is_laid_out(rows, last):
    said = refusal(book(rows=rows))
    assert "so.xlsx" in said
    assert last in said


def test_an_empty_cell_far_away_is_no_cell():
    (grid,) = open_workbook(book(rows='<row r="1048576"><c r="XFD1048576" s="0"/></row>'), "so.xlsx")
    assert grid.rows == [[1, 2]]


def test_a_cell_beyond_the_columns_that_are_read_leaves_no_width():
    (grid,) = open_workbook(book(rows='<row r="100"><c r="XFD100"><v>3</v></c></row>'), "so.xlsx")
    assert grid.rows == [[1, 2]]


def test_a_long_sheet_is_read_as_far_as_it_is_filled():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="H{n}"><v>{n}</v></c></row>' for n in range(2, 20_001))
    (grid,) = open_workbook(book(rows=rows), "so.xlsx")
    assert len(grid.rows) == 20_000


def test_many_sheets_have_one_room():
    rows = '<row r="9000"><c r="J9000"><v>3</v></c></row>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    assert len(open_workbook(book(sheet), "so.xlsx")) == 1
    assert "Bảng 2!J9000" in refusal(book(sheet, sheet))


def test_a_worksheet_that_the_list_of_the_book_does_not_name_is_measured_too():
    rows = '<row r="1048576"><c r="XFD1048576"><v>3</v></c></row>'
    far = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    assert "XFD1048576" in refusal(book(more={"xl/Worksheets/other.xml": far}))


@pytest.mark.parametrize("part", ["xl/workbook.bin", "content.xml"])
def test_a_package_that_is_another_kind_of_workbook_too_is_refused(part):
    assert "so.xlsx" in refusal(book(more={part: "<x/>"}))


def test_merged_ranges_over_each_other_are_refused():
    rows = '<row r="400"><c r="A400"><v>3</v></c><c r="GR400"><v>3</v></c></row>'
    merged = "<mergeCells>" + '<mergeCell ref="A1:GR400"/>' * 2000 + "</mergeCells>"
    assert "so.xlsx" in refusal(book(rows=rows, after=merged))


@pytest.mark.parametrize(
    "reference", ["ZZZZZZ999999999", "XFE1", "A1048577", "A0", "5", "B", "", "$B$2", "A99999999999"]
)
def test_a_reference_to_no_cell_is_a_damaged_file(reference):
    said = refusal(book(rows=f'<row r="2"><c r="{reference}"><v>3</v></c></row>'))
    assert "so.xlsx bị hỏng" in said


def test_a_row_that_is_none_is_a_damaged_file():
    assert "so.xlsx bị hỏng" in refusal(book(rows='<row r="999999999"><c><v>3</v></c></row>'))


def test_a_panic_of_the_reader_is_a_damaged_file_and_an_interrupt_is_not(monkeypatch):
    class PanicException(BaseException):
        pass

    def fail_with(error):
        def layout(*args):
            raise error

        monkeypatch.setattr("soichieu.documents.workbook._grid", layout)

    fail_with(PanicException("capacity overflow"))
    assert "so.xlsx bị hỏng" in refusal(book())
    fail_with(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        open_workbook(book(), "so.xlsx")
