"""What stands around the text of a document: signature, recipients, addressees, page numbers, sums under tables."""

from __future__ import annotations

from soichieu.reading import read_bytes
from tests.reading.test_layouts import read


def test_a_law_ends_with_post_and_name_and_no_form() -> None:
    reading = read("""QUỐC HỘI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Nghị quyết số: 202/2025/QH15
Hà Nội, ngày 12 tháng 6 năm 2025
NGHỊ QUYẾT
VỀ VIỆC SẮP XẾP
QUYẾT NGHỊ:
Điều 1. Sắp xếp
1. Một.
Điều 2. Thực hiện
Chính phủ tổ chức thực hiện.
CHỦ TỊCH QUỐC HỘI
(Đã ký)
Trần Văn Mẫn
""")
    assert (reading.document["signer"], reading.document["signing_posts"]) == ("Trần Văn Mẫn", ["CHỦ TỊCH QUỐC HỘI"])
    assert [part.kind for part in reading.provisions if part.parent is None][-1] == "signature"


def test_page_numbers_beside_a_form_feed_are_left_out() -> None:
    reading = read("I- MỤC TIÊU\n1- Rà soát quy định trong tình hình\n\n        2\n\fmới\n2- Hai.\n- 3 -\n\f3- Ba.\n")
    assert [part.text for part in reading.provisions if part.kind == "sentence"][-2:] == ["Hai.", "Ba."]
    assert not any(part.text.strip(" -").isdigit() for part in reading.provisions)
    assert "2 page numbers were left out." in reading.warnings


def test_recipients_beside_a_signature_are_no_matter_for_a_warning() -> None:
    text = (
        "Số: 05/CT-BHĐ\nHà Nội, ngày 03 tháng 02 năm 2025\nCHỈ THỊ\nVề việc thử\n1. Các đơn vị báo cáo.\n\n"
        "Nơi nhận:                                    KT. BỘ TRƯỞNG\n"
        "- Như trên;                                   THỨ TRƯỞNG\n"
        "- Lưu: VT.\n"
        "                                            Nguyễn Văn Minh\n"
    )
    reading = read_bytes(text.encode(), "a.txt")
    assert (reading.document["signer"], reading.document["signing_form"]) == ("Nguyễn Văn Minh", "KT.")
    assert reading.document["recipients"] == ["- Như trên;", "- Lưu: VT."]
    assert not [one for one in reading.warnings if "twice" in one]


def test_a_letter_sent_to_a_list_names_them_below_its_subject() -> None:
    text = (
        "BỘ HẢI ĐĂNG\nSố: 112/VP-TH\nV/v báo cáo kết quả\nHà Nội, ngày 12 tháng 5 năm 2025\nKính gửi:\n"
        "- Vụ Pháp chế;\n- Cục Đèn biển.\nĐề nghị các đơn vị báo cáo.\n"
    )
    reading = read_bytes(text.encode(), "a.txt")
    assert reading.document["addressee"] == ["Kính gửi:", "- Vụ Pháp chế;", "- Cục Đèn biển."]


def test_a_sum_under_the_tasks_is_none_of_them() -> None:
    head = "| TT | Nhiệm vụ | Chủ trì | Thời hạn | Kinh phí |\n|---|---|---|---|---|\n"
    rows = "| 1 | Thay đèn | Phòng Kỹ thuật | Quý III/2027 | 120 |\n| 2 | Lập danh mục | Phòng Tổng hợp | 2027 | 80 |\n"
    for last in ("|  | Tổng cộng |  |  | 200 |", "| Tổng số: |  |  |  | 200 |", "|  | CỘNG |  |  |  |"):
        found = read_bytes((head + rows + last + "\n").encode(), "bang.md")
        (table,) = found.tables
        assert [row["task"] for row in table.rows] == ["Thay đèn", "Lập danh mục"], last
        assert any("sums up the rows above" in warning for warning in found.warnings), last
    for last in ("| 3 | Tổng cộng | Phòng Tổng hợp | 2027 |  |", "| 3 | Tổng kết công tác |  |  |  |"):
        (table,) = read_bytes((head + rows + last + "\n").encode(), "bang.md").tables
        assert len(table.rows) == 3, last
