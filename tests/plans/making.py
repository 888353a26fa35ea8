"""Plans as offices hand them in: a table of tasks in Word and in Excel."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
import xlsxwriter

HEAD = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời hạn")
ROWS = (
    ("I", "Hạ tầng số"),
    ("1", "Xây dựng trung tâm dữ liệu của Cục", "Phòng Ba 1", "Các phòng", "Trung tâm dữ liệu", "Quý IV năm 2025"),
    ("2", "Nâng cấp mạng truyền số liệu", "Phòng Ba 2", "", "Mạng truyền số liệu", "30-6-2025"),
    ("II", "Đào tạo"),
    ("3", "Tập huấn kỹ năng số cho cán bộ cấp phòng", "Phòng Ba 1", "Phòng Ba 2", "Lớp tập huấn", "Thường xuyên"),
)


def word(rows: Sequence[Sequence[str]] = ROWS, head: Sequence[str] = HEAD, before: Sequence[str] = ()) -> bytes:
    """A document with one table; a row of two cells names a group."""
    document = docx.Document()
    for text in ("KẾ HOẠCH", *before):
        document.add_paragraph(text)
    if head:
        table = document.add_table(rows=1, cols=len(head))
        for cell, text in zip(table.rows[0].cells, head, strict=True):
            cell.text = text
        for row in rows:
            cells = table.add_row().cells
            if len(row) == 2:
                cells[1].merge(cells[-1])
            for cell, text in zip(cells, row, strict=False):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def excel(
    rows: Sequence[Sequence[str]] = ROWS, head: Sequence[str] = HEAD, sheet: str = "Nhiệm vụ", below: str = ""
) -> bytes:
    """A workbook: a title in the first row, ``below`` it words of another, the head in the third."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet(sheet)
    page.write(0, 0, "KẾ HOẠCH CÔNG TÁC NĂM 2025")
    page.write(1, 0, below)
    for column, text in enumerate(head):
        page.write(2, column, text)
    for at, row in enumerate(rows, 3):
        if len(row) == 2:
            page.write(at, 0, row[0])
            page.merge_range(at, 1, at, len(head) - 1, row[1])
            continue
        for column, text in enumerate(row):
            page.write(at, column, text)
    book.close()
    return out.getvalue()
