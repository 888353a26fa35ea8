"""The list of documents in the conference's file for the archive (decree 30/2020/NĐ-CP, annex V, part IV)."""

from __future__ import annotations

from soichieu.conferences.docx import sheet as sh
from soichieu.conferences.queries.file import documents_of
from soichieu.documents.papers import layout
from soichieu.web.dates import write_day

HEADS = (
    "STT", "Số, ký hiệu văn bản", "Ngày tháng năm văn bản", "Tên loại và trích yếu nội dung văn bản",
    "Tác giả văn bản", "Tờ số/ Trang số", "Ghi chú",
)  # fmt: skip
WIDTHS = tuple(layout.Cm(width) for width in (1.3, 2.8, 2.4, 4.2, 2.4, 1.6, 1.8))


def file_list(sheet: sh.Sheet) -> bytes:
    """Every paper of the file in the order of the work; sheets and pages are numbered by hand when it is bound."""
    document = layout.blank()
    layout.demonstration(document)
    about = [f"Hồ sơ {sheet.state.title}", f"{sheet.unit}, năm {sheet.on.year}"]
    layout.title(document, "Mục lục văn bản, tài liệu", about, party=sheet.party)
    layout.body(document, "Số, ký hiệu hồ sơ: …………")
    found = documents_of(sheet.asker, sheet.conference, sheet.state)
    layout.say(document, "", size=layout.RECIPIENTS)
    layout.grid(
        document, HEADS,
        [
            [str(at), one.number, write_day(one.day), one.label, one.author, "", one.remark]
            for at, one in enumerate(found, start=1)
        ],
        WIDTHS,
    )  # fmt: skip
    layout.body(document, f"Mục lục này gồm: {len(found)} văn bản, tài liệu.")
    sh.dates(document, sheet, [], "Mục lục không có số liệu thực hiện.")
    layout.closing(document, [], ["Người lập"], party=sheet.party)
    return sh.finished(sheet, document, "Mục lục văn bản, tài liệu")
