"""Word files made for the purpose: automatic numbering, merged cells, layout tables."""

from __future__ import annotations

import pytest

from soichieu.reading import read_bytes
from soichieu.reading.columns import role_of
from soichieu.reading.model import Reading

from .making import cell, docx, level, paragraph, table


def labels(found: Reading) -> list[tuple[str, str]]:
    return [(item.id, item.label) for item in found.provisions if item.label]


LEVELS = (
    level(0, "upperRoman", "%1-")
    + level(1, "decimal", "%2.")
    + level(2, "decimal", "%2.%3-")
    + level(3, "lowerLetter", "%4)")
    + level(4, "bullet", "-")
)
LIST = (
    f'<w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>'
    f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride>'
    "</w:num>"
)


def test_automatic_numbers_are_those_that_word_prints() -> None:
    body = (
        paragraph("QUAN ĐIỂM", number="1")
        + paragraph("Quan điểm một.", number="1", level=1)
        + paragraph("Quan điểm hai.", number="1", level=1)
        + paragraph("NHIỆM VỤ", number="1")
        + paragraph("Nhóm việc", number="1", level=1)
        + paragraph("Việc.", number="1", level=2)
        + paragraph("Việc nữa:", number="1", level=2)
        + paragraph("Điểm.", number="1", level=3)
        + paragraph("Điểm nữa.", number="1", level=3)
        + paragraph("Gạch.", number="1", level=4)
        + paragraph("Nhóm việc khác", number="1", level=1)
        + paragraph("Việc đầu lại.", number="1", level=2)
    )
    found = read_bytes(docx(body, numbering=LIST), "tu-dong.docx")
    assert labels(found) == [
        ("I", "I-"), ("I.1", "1."), ("I.2", "2."), ("II", "II-"), ("II.1", "1."), ("II.1.1", "1.1-"),
        ("II.1.2", "1.2-"),
        ("II.1.2.a", "a)"), ("II.1.2.b", "b)"), ("II.1.2.b.-1", "-"), ("II.2", "2."), ("II.2.1", "2.1-"),
    ]  # fmt: skip
    assert found.text.startswith("I- QUAN ĐIỂM\n1. Quan điểm một.")
    assert all(item.confidence == 1 for item in found.provisions)


def test_a_list_used_again_may_start_elsewhere() -> None:
    body = (
        paragraph("MỘT", number="1")
        + paragraph("Đầu.", number="1", level=1)
        + paragraph("Năm.", number="2", level=1)
        + paragraph("Sáu.", number="2", level=1)
    )
    found = read_bytes(docx(body, numbering=LIST), "lai.docx")
    assert [label for _, label in labels(found)] == ["I-", "1.", "5.", "6."]


def test_a_level_may_be_set_anew_for_one_list_and_numbers_come_from_styles() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="3">'
        f"{level(0, 'decimal', '%1.')}{level(1, 'lowerLetter', '%2)')}</w:abstractNum>"
        '<w:num w:numId="7"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0">'
        + level(0, "decimal", "Điều %1.")
        + '</w:lvlOverride></w:num><w:num w:numId="8"><w:abstractNumId w:val="3"/></w:num>'
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:name w:val="Dieu"/>'
        '<w:pPr><w:numPr><w:numId w:val="7"/></w:numPr>'
        "</w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="DieuCon"><w:name w:val="Con"/><w:basedOn w:val="Dieu"/></w:style>'
    )
    body = (
        paragraph("Phạm vi", style="Dieu")
        + paragraph("1. Khoản gõ tay.")
        + paragraph("Đối tượng", style="DieuCon")
        + paragraph("Áp dụng chung.")
    )
    found = read_bytes(docx(body, numbering=numbering, styles=styles), "kieu.docx")
    assert labels(found) == [("D1", "Điều 1."), ("D1.K1", "1."), ("D2", "Điều 2.")]


def test_legal_numbering_and_levels_that_never_restart() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "upperRoman", "%1.")
        + level(1, "decimal", "%1.%2.", extra="<w:isLgl/>")
        + level(2, "decimal", "(%3)", extra='<w:lvlRestart w:val="0"/>')
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = "".join(
        paragraph(text, number="1", level=depth)
        for text, depth in [("A", 0), ("b", 1), ("c", 2), ("c", 2), ("D", 0), ("e", 1), ("f", 2)]
    )
    found = read_bytes(docx(body, numbering=numbering), "phap-ly.docx")
    assert found.text.split("\n")[:7] == ["I. A", "1.1. b", "(1) c", "(2) c", "II. D", "2.1. e", "(3) f"]


def test_letterhead_and_signature_tables_only_lay_out() -> None:
    body = (
        table(
            [
                cell("ỦY BAN NHÂN DÂN|TỈNH SAO MAI"),
                cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc"),
            ],
            [cell("Số: 12/KH-UBND"), cell("Sao Mai, ngày 01 tháng 02 năm 2024")],
        )
        + paragraph("KẾ HOẠCH", bold=True)
        + paragraph("Triển khai chuyển đổi số", bold=True)
        + paragraph("I. MỤC TIÊU")
        + paragraph("1. Đạt 80%.")
        + table(
            [
                cell("Nơi nhận:|- Như trên;|- Lưu: VT."),
                cell("TM. ỦY BAN NHÂN DÂN|KT. CHỦ TỊCH|PHÓ CHỦ TỊCH|Trần Thị B"),
            ],
        )
    )
    found = read_bytes(docx(body), "ke-hoach.docx")
    facts = found.document
    assert (facts["number"], facts["date"]) == ("12/KH-UBND", "2024-02-01")
    assert facts["issuer"] == "Ủy ban nhân dân tỉnh Sao Mai"
    assert (facts["title"], facts["signer"], facts["signing_form"]) == ("Triển khai chuyển đổi số", "Trần Thị B", "TM.")
    assert len(facts["recipients"]) == 2
    assert not found.tables


def test_merged_cells_groups_repeated_heads_and_continuations() -> None:
    head = [
        cell(text, bold=True)
        for text in ("TT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Sản phẩm", "Thời hạn")
    ]
    body = paragraph("PHỤ LỤC") + table(
        head,
        [cell("A. NHÓM CHUNG", span=6, bold=True)],
        [cell("I"), cell("Thể chế"), cell(), cell(), cell(), cell()],
        [
            cell("1"),
            cell("Ban hành kế hoạch"),
            cell("Sở Nội vụ", merge="restart"),
            cell("Các sở, ban, ngành"),
            cell("Kế hoạch"),
            cell("Quý I/2025"),
        ],
        [cell("2"), cell("Rà soát văn bản"), cell(merge="continue"), cell(), cell("Báo cáo"), cell("30/6/2025")],
        head,
        [cell(), cell("và báo cáo kết quả"), cell(), cell(), cell(), cell()],
        [cell("II"), cell("Hạ tầng"), cell(), cell(), cell(), cell()],
        [cell("3"), cell("Xây dựng nền tảng"), cell(), cell(), cell(), cell()],
        [
            cell("3.1"),
            cell("Nền tảng dữ liệu"),
            cell("Sở Khoa học và Công nghệ|Công an tỉnh"),
            cell(),
            cell(),
            cell("Thường xuyên"),
        ],
        [cell("3.2"), cell("Nền tảng họp"), cell("UBND các xã, phường"), cell(), cell(), cell("Hằng năm")],
        [cell("B. NHÓM RIÊNG", span=6, bold=True)],
        [cell("1"), cell("Tập huấn"), cell("Các sở, ngành, địa phương"), cell(), cell(), cell("2025-2026")],
    )
    found = read_bytes(docx(body), "phu-luc.docx")
    (tasks,) = found.tables
    assert tasks.kind == "tasks"
    rows = tasks.rows
    assert [(row["number"], row["group"]) for row in rows] == [
        ("1", "A. NHÓM CHUNG / I. Thể chế"), ("2", "A. NHÓM CHUNG / I. Thể chế"), ("3", "A. NHÓM CHUNG / II. Hạ tầng"),
        ("3.1", "A. NHÓM CHUNG / II. Hạ tầng"), ("3.2", "A. NHÓM CHUNG / II. Hạ tầng"), ("1", "B. NHÓM RIÊNG"),
    ]  # fmt: skip
    assert rows[1]["task"] == "Rà soát văn bản và báo cáo kết quả"
    assert rows[1]["leads"] == [{"text": "Sở Nội vụ", "unit": None, "class": None}]
    assert [lead["text"] for lead in rows[3]["leads"]] == ["Sở Khoa học và Công nghệ", "Công an tỉnh"]
    assert rows[4]["leads"][0]["class"] == "communes" and rows[4]["parent"] == rows[2]["id"]
    assert rows[0]["deadline"]["to"] == "2025-03-31" and rows[3]["deadline"]["kind"] == "standing"
    assert len({row["id"] for row in rows}) == 6


def test_a_group_in_one_merged_cell_need_not_print_a_stop() -> None:
    body = table(
        [cell("TT"), cell("Nhiệm vụ"), cell("Cơ quan chủ trì"), cell("Thời gian")],
        [cell("I"), cell("NHÓM MỘT", span=3)],
        [cell("1"), cell("Việc một"), cell("Bộ Y tế"), cell("2025")],
        [cell("II|NHÓM HAI", span=4)],
        [cell("2"), cell("Việc hai"), cell("Bộ Nội vụ"), cell("2026")],
    )
    rows = read_bytes(docx(body), "bang.docx").tables[0].rows
    assert [row["group"] for row in rows] == ["I. NHÓM MỘT", "II. NHÓM HAI"]


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Hoàn thành", "deadline"), ("Ngày hoàn thành", "deadline"), ("Hoàn thành trước ngày", "deadline"),
        ("Thời gian hoàn thành", "deadline"), ("Kết quả hoàn thành", "output"), ("Phân công thực hiện", "lead"),
        ("Đơn vị/cá nhân thực hiện", "lead"), ("Trách nhiệm", "lead"), ("Cơ quan được giao", "lead"),
        ("Trách nhiệm phối hợp", "cooperators"), ("Đơn vị tính", "unit"),
    ],
)  # fmt: skip
def test_what_a_column_holds_is_told_by_its_head(head: str, role: str) -> None:
    assert role_of(head) == role


def test_automatic_numbers_in_the_first_column_are_read() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    empty = cell(" ", number="1").replace('<w:t xml:space="preserve"> </w:t>', "")
    body = table(
        [cell("STT"), cell("Nhiệm vụ"), cell("Chủ trì"), cell("Thời gian")],
        [empty, cell("Việc một"), cell("Bộ Y tế"), cell("2025")],
        [empty, cell("Việc hai"), cell("Bộ Nội vụ"), cell("2026")],
    )
    rows = read_bytes(docx(body, numbering=numbering), "bang.docx").tables[0].rows
    assert [row["number"] for row in rows] == ["1", "2"]


def test_shifted_columns_are_named_by_table_and_row() -> None:
    head = [cell(text) for text in ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Kết quả", "Thời gian hoàn thành")]
    body = table(
        head,
        [cell("1"), cell("Việc một"), cell("Bộ Y tế"), cell("Báo cáo"), cell("6/2025")],
        [cell("2"), cell("Việc hai"), cell("6/2025"), cell("Báo cáo"), cell("Bộ Nội vụ")],
        [cell("Việc ba"), cell("Bộ Y tế"), cell("Báo cáo"), cell("6/2025")],
    )
    found = read_bytes(docx(body), "lech.docx")
    said = [warning for warning in found.warnings if warning.startswith("Table T1, row")]
    assert any("row 3" in warning and "shifted" in warning for warning in said)
    assert any("row 4" in warning for warning in said)
    assert found.tables[0].rows[1]["confidence"] < 1


def test_deleted_text_is_not_read_and_text_boxes_are() -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>Cũ</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>Điều 1. Mới.</w:t></w:r></w:ins></w:p>"
        "<w:p><w:r><w:pict><w:txbxContent>"
        "<w:p><w:r><w:t>Trong khung.</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    assert read_bytes(docx(body), "sua.docx").text == "Điều 1. Mới.\nTrong khung.\n"
