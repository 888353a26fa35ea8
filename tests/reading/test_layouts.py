"""Labels of every layout, in documents made up for the purpose."""

from __future__ import annotations

import pytest

from soichieu.reading import Reading, read_bytes
from soichieu.reading.labels import find_mark

PARTY = """ĐẢNG BỘ TỈNH SAO MAI
BAN THƯỜNG VỤ
*
Số 15-KH/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Sao Mai, ngày 05 tháng 3 năm 2023

KẾ HOẠCH
thực hiện Nghị quyết số 12-NQ/TW, ngày 16-3-2022 của Bộ Chính trị
-----
Thực hiện Nghị quyết số 12-NQ/TW, Ban Thường vụ Tỉnh ủy ban hành Kế hoạch như sau:
A- MỤC ĐÍCH, YÊU CẦU
I- MỤC ĐÍCH
1- Quán triệt sâu sắc nội dung Nghị quyết.
2- Cụ thể hoá thành chương trình.
II- YÊU CẦU
1- Bảo đảm nghiêm túc.
2- Gắn với thực tiễn.
2.1- Rõ người, rõ việc.
2.2- Rõ thời gian:
a) Theo quý.
b) Theo năm.
c) Theo nhiệm kỳ.
d) Theo giai đoạn.
đ) Theo chuyên đề:
- Chuyên đề một.
+ Phần đầu.
+ Phần sau.
- Chuyên đề hai.
e) Theo kết luận.
g) Theo vùng.
3- Không hình thức.
B- NHIỆM VỤ, GIẢI PHÁP
I- Về tổ chức
1. Kiện toàn
1.1. Rà soát. Theo Điều 3 của Luật Tổ chức, khoản 2 Điều 5 thì thực hiện ngay.
1.2. Sắp xếp.
1.2.1. Cấp tỉnh.
1.2.2. Cấp xã.
2. Đào tạo
Mở lớp hằng năm.
II- Về nguồn lực
1. Bố trí kinh phí.
C- TỔ CHỨC THỰC HIỆN
1. Ban Tuyên giáo Tỉnh uỷ hướng dẫn.
2. Văn phòng Tỉnh uỷ theo dõi.
Kế hoạch này phổ biến đến chi bộ.
Nơi nhận:
- Bộ Chính trị (để báo cáo),
- Các huyện uỷ,
- Lưu Văn phòng Tỉnh uỷ.
T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
Nguyễn Văn A
"""


def read(text: str, name: str = "sample.txt") -> Reading:
    return read_bytes(text.encode("utf-8"), name)


def ids(found: Reading) -> list[str]:
    return [item.id for item in found.provisions if item.kind not in ("sentence", "letterhead", "title", "basis")]


def test_party_numbering_nests_from_capitals_to_plus_signs() -> None:
    found = read(PARTY)
    assert ids(found) == [
        "preamble", "A", "A.I", "A.I.1", "A.I.2", "A.II", "A.II.1", "A.II.2", "A.II.2.1", "A.II.2.2", "A.II.2.2.a",
        "A.II.2.2.b", "A.II.2.2.c", "A.II.2.2.d", "A.II.2.2.đ", "A.II.2.2.đ.-1", "A.II.2.2.đ.-1.+1",
        "A.II.2.2.đ.-1.+2", "A.II.2.2.đ.-2", "A.II.2.2.e", "A.II.2.2.g", "A.II.3", "B", "B.I", "B.I.1", "B.I.1.1",
        "B.I.1.2", "B.I.1.2.1", "B.I.1.2.2", "B.I.2", "B.II", "B.II.1", "C", "C.1", "C.2", "dissemination",
        "recipients", "signature",
    ]  # fmt: skip
    by_id = {item.id: item for item in found.provisions}
    assert (by_id["A"].label, by_id["A.II.2.2"].label, by_id["A.II.2.2.đ.-1.+1"].label) == ("A-", "2.2-", "+")
    assert by_id["B.I.1.1"].kind == "subpoint"
    assert by_id["B.I.2"].heading == "Đào tạo" and by_id["B.I.2.s1"].text == "Mở lớp hằng năm."
    assert by_id["A.I.1.s1"].nature == "goal" and by_id["B.I.1.1.s1"].nature == "task"
    assert not found.warnings
    facts = found.document
    assert (facts["number"], facts["date"], facts["kind"]) == ("15-KH/TU", "2023-03-05", "Kế hoạch")
    assert (facts["signing_form"], facts["signer"]) == ("T/M", "Nguyễn Văn A")
    assert facts["dissemination_depth"] == "chi bộ"
    assert [name.strip("- ,.") for name in facts["recipients"]] == [
        "Bộ Chính trị (để báo cáo)", "Các huyện uỷ", "Lưu Văn phòng Tỉnh uỷ",
    ]  # fmt: skip


def test_letterhead_and_signature_typed_side_by_side_are_parted() -> None:
    reading = read(
        """TỈNH ỦY SAO MAI                      ĐẢNG CỘNG SẢN VIỆT NAM
*                                    Sao Mai, ngày 05 tháng 3 năm 2023
Số: 15 - KH/TU

KẾ HOẠCH
Thực hiện Nghị quyết số 12-NQ/TW ngày 16/3/2022 của Bộ Chính trị
Thực hiện Nghị quyết số 12-NQ/TW, Tỉnh ủy ban hành Kế hoạch như sau:
1- Quán triệt.
2- Tổ chức thực hiện.
Nơi nhận:                            T/M BAN THƯỜNG VỤ
- Ban Bí thư (để báo cáo),           PHÓ BÍ THƯ
- Lưu Văn phòng.
                                     Trần Văn Lam
"""
    )
    facts = reading.document
    assert (facts["number"], facts["issuer"], facts["date"]) == ("15-KH/TU", "Tỉnh ủy Sao Mai", "2023-03-05")
    assert facts["title"] == "Thực hiện Nghị quyết số 12-NQ/TW ngày 16/3/2022 của Bộ Chính trị"
    assert (facts["signing_form"], facts["signer"]) == ("T/M", "Trần Văn Lam")
    assert facts["recipients"] == ["- Ban Bí thư (để báo cáo),", "- Lưu Văn phòng."]
    assert [part.label for part in reading.provisions if part.kind == "point"] == ["1-", "2-"]


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("BỘ CHÍNH TRỊ", "Bộ Chính trị"),
        ("BAN BÍ THƯ", "Ban Bí thư"),
        ("TỈNH ỦY SAO MAI", "Tỉnh ủy Sao Mai"),
        ("ỦY BAN NHÂN DÂN TỈNH SAO MAI", "Ủy ban nhân dân tỉnh Sao Mai"),
        ("Đảng ủy Công an Trung ương", "Đảng ủy Công an Trung ương"),
    ],
)
def test_issuers_are_written_as_the_rules_write_them(printed: str, written: str) -> None:
    reading = read(
        f"{printed}\nSố 35-NQ/TW\nHà Nội, ngày 18 tháng 11 năm 2023\nNGHỊ QUYẾT\nvề thành phố\nI- MỤC TIÊU\n1- Một.\n"
    )
    assert reading.document["issuer"] == written


def test_an_upper_body_and_the_party_organisation_are_two_names() -> None:
    reading = read(
        "ĐẢNG BỘ TỈNH SAO MAI\nTỈNH ỦY\n*\nSố 5-NQ/TU\nSao Mai, ngày 1 tháng 2 năm 2023\nNGHỊ QUYẾT\nvề thuế\n1- Một.\n"
    )
    assert (reading.document["issuer"], reading.document["issuer_parent"]) == ("Tỉnh ủy", "Đảng bộ tỉnh Sao Mai")


def test_a_letterhead_in_markdown_is_read() -> None:
    reading = read(
        """**ỦY BAN NHÂN DÂN TỈNH SAO MAI**

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
**Độc lập - Tự do - Hạnh phúc**

Số: 130/KH-UBND

*Sao Mai, ngày 20 tháng 4 năm 2023*

# KẾ HOẠCH
**Thực hiện Nghị quyết số 12-NQ/TW ngày 16/3/2022 của Bộ Chính trị**

Thực hiện Nghị quyết số 12-NQ/TW, Ủy ban nhân dân tỉnh ban hành Kế hoạch sau:

## I. MỤC ĐÍCH

1. Một.
""",
        "a.md",
    )
    assert (reading.document["number"], reading.document["date"]) == ("130/KH-UBND", "2023-04-20")
    assert reading.document["title"].startswith("Thực hiện Nghị quyết số 12-NQ/TW")
    assert {"I", "I.1"} <= {part.id for part in reading.provisions}


def test_laws_nest_from_parts_to_points() -> None:
    found = read(
        "QUỐC HỘI\nLuật số: 12/2024/QH15\nLUẬT\nVỀ THỬ NGHIỆM\nPhần thứ nhất\nQUY ĐỊNH CHUNG\nChương I\nPHẠM VI\n"
        "Mục 1\nĐỐI TƯỢNG\nTiểu mục 1\nCÁ NHÂN\nĐiều 1. Phạm vi\n1. Luật này quy định:\na) Việc một;\nb) Việc hai.\n"
        "2. Chính phủ quy định chi tiết.\nĐiều 2. Áp dụng\nTheo quy định tại Điều 1 của Luật này.\n"
        "Phần thứ hai\nQUY ĐỊNH CỤ THỂ\nChương II\nTHỰC HIỆN\n"
        "Điều 3. Hiệu lực\nTừ ngày ký.\nĐiều 3a. Chuyển tiếp\nNhư trên.\n"
    )
    assert ids(found) == [
        "P1", "P1.C1", "P1.C1.M1", "P1.C1.M1.TM1", "P1.C1.M1.TM1.D1", "P1.C1.M1.TM1.D1.K1", "P1.C1.M1.TM1.D1.K1.a",
        "P1.C1.M1.TM1.D1.K1.b", "P1.C1.M1.TM1.D1.K2", "P1.C1.M1.TM1.D2", "P2", "P2.C2", "P2.C2.D3", "P2.C2.D3a",
    ]  # fmt: skip
    by_id = {item.id: item for item in found.provisions}
    assert by_id["P1"].heading == "QUY ĐỊNH CHUNG" and by_id["P1.C1.M1"].heading == "ĐỐI TƯỢNG"
    assert by_id["P1.C1.M1.TM1.D1"].heading == "Phạm vi"
    assert all(item.confidence == 1 for item in found.provisions)


def test_a_line_that_only_cites_an_article_is_none() -> None:
    found = read(
        "Điều 1. Căn cứ\nThực hiện theo\nĐiều 3 của Luật Tổ chức Chính phủ và\nĐiều 4, Điều 5 Nghị định này.\n"
    )
    assert [item.label for item in found.provisions if item.kind == "article"] == ["Điều 1."]


def test_quoted_articles_of_an_amendment_belong_to_the_text_that_quotes_them() -> None:
    found = read(
        "Điều 1. Sửa đổi\n1. Sửa đổi Điều 5 như sau:\n“Điều 5. Tên mới\n1. Khoản mới.\na) Điểm mới.\n2. Khoản nữa.”.\n"
        "2. Bãi bỏ Điều 6.\nĐiều 2. Hiệu lực\nTừ ngày ký.\n"
    )
    assert ids(found) == ["D1", "D1.K1", "D1.K2", "D2"]


def test_english_documents_keep_the_latin_order_of_letters() -> None:
    found = read(
        "RESOLUTION\non data\nPart I\nGENERAL\nArticle 1. Scope\n"
        "1. It applies to:\n(a) one;\n(b) two;\n(c) three;\n(d) four;\n"
        "(e) five;\n(f) six:\n(i) here;\n(ii) there.\n(g) seven.\nArticle 2. Terms\nNone.\nAnnex A\nForms\n"
    )
    assert ids(found) == [
        "P1", "P1.D1", "P1.D1.K1", *[f"P1.D1.K1.{letter}" for letter in "abcdef"], "P1.D1.K1.f.i", "P1.D1.K1.f.ii",
        "P1.D1.K1.g", "P1.D2", "PLA",
    ]  # fmt: skip


def test_a_letter_i_after_h_is_a_point_and_not_a_roman_number() -> None:
    text = "Điều 1. Việc\n1. Gồm:\n" + "".join(f"{letter}) Việc {letter}.\n" for letter in "abcdđeghiklmnopqrstuvxy")
    assert [item.label for item in read(text).provisions if item.kind == "point"] == [
        f"{letter})" for letter in "abcdđeghiklmnopqrstuvxy"
    ]


def test_roman_sections_go_on_past_one_hundred_points() -> None:
    text = "".join(f"{number}. Việc số {number}.\n" for number in range(1, 131))
    assert len(ids(read("I. NHIỆM VỤ\n" + text))) == 131


def test_numbers_that_are_no_labels() -> None:
    for text in (
        "2025 là năm",
        "1.000 đồng",
        "30/6/2025",
        "20 - 25 mm",
        "1,5 tỉ",
        "3.500.000 người",
        "5G toàn quốc",
        "C.Mác",
    ):
        assert find_mark(text) is None, text


def test_out_of_sequence_labels_are_kept_with_a_doubt_that_is_said() -> None:
    found = read("I. MỘT\n1. Đầu.\n2. Hai.\n5. Năm.\nII. HAI\n1. Đầu.\n")
    odd = next(item for item in found.provisions if item.id == "I.5")
    assert odd.confidence < 1
    assert any("5." in warning for warning in found.warnings)


def test_repeated_labels_get_ids_of_their_own() -> None:
    found = read("Mẫu 1\nĐiều 1. Một.\nĐiều 1. Lại một.\n")
    keys = [item.id for item in found.provisions]
    assert len(keys) == len(set(keys)) and "D1~2" in keys


def test_annexes_are_prefixed_and_keep_their_title() -> None:
    found = read(
        "Điều 1. Ban hành.\nPHỤ LỤC I\nDANH MỤC VIỆC\n(Kèm theo Kế hoạch số 1/KH-UBND)\n1. Việc một.\n2. Việc hai.\n"
        "Phụ lục 2: Biểu mẫu\n1. Mẫu một.\n"
    )
    assert ids(found) == ["D1", "PLI", "PLI.note", "PLI.1", "PLI.2", "PL2", "PL2.1"]
    by_id = {item.id: item for item in found.provisions}
    assert by_id["PLI"].heading == "DANH MỤC VIỆC" and by_id["PL2"].heading == "Biểu mẫu"


def test_markdown_headings_and_emphasis_leave_only_their_words() -> None:
    found = read("# I. MỤC TIÊU\n\n**1.** Đạt *nhanh* [2%](http://x.vn) GDP\\*.\n\n- một\n- hai\n", "sample.md")
    by_id = {item.id: item for item in found.provisions}
    assert by_id["I"].heading == "MỤC TIÊU"
    assert by_id["I.1.s1"].text == "Đạt nhanh 2% GDP*."
    assert by_id["I.1.-2.s1"].text == "hai"
    assert found.text.startswith("# I. MỤC TIÊU")


def test_unlabelled_markdown_headings_are_nodes() -> None:
    found = read(
        "# Plan\n\nIntro.\n\n## Agency actions\n\n### Action 1: Identify\n\nText here.\n\n## Next\n\nMore.\n", "p.md"
    )
    assert [item.heading for item in found.provisions if item.kind == "heading"] == [
        "Plan", "Agency actions", "Action 1: Identify", "Next",
    ]  # fmt: skip
    assert ids(found)[-1] == "H1.H2"


def test_html_lists_tables_and_no_scripts() -> None:
    page = (
        "<html><head><title>x</title><script>alert('no')</script></head><body><h1>Điều 1. Việc</h1><p>Gồm:</p>"
        "<ol><li>Một</li><li>Hai</li></ol><p>a) Điểm<br>b) Điểm nữa</p><table><tr><th>TT</th><th>Nhiệm vụ</th>"
        "<th>Chủ trì</th><th>Thời hạn</th></tr><tr><td>1</td><td>Làm</td><td>Bộ Y tế</td><td>2025</td></tr></table>"
        "</body></html>"
    )
    found = read(page, "trang.html")
    assert "alert" not in found.text
    assert [item.label for item in found.provisions if item.kind == "clause"] == ["1.", "2."]
    assert found.tables[0].kind == "tasks" and found.tables[0].rows[0]["leads"][0]["unit"] == "Bộ Y tế"


@pytest.mark.parametrize(("encoding", "named"), [("utf-16", "utf-16"), ("utf-8-sig", ""), ("cp1258", "1258")])
def test_other_encodings_are_read_and_named(encoding: str, named: str) -> None:
    import unicodedata

    text = PARTY
    if encoding == "cp1258":
        from soichieu.language import text as language_text

        data = language_text.encode(unicodedata.normalize("NFC", text), "windows-1258")
    else:
        data = text.encode(encoding)
    found = read_bytes(data, "cu.txt")
    assert found.document["number"] == "15-KH/TU"
    assert "A.II.2.2.đ.-1" in ids(found)
    assert not named or any(named in warning.lower() for warning in found.warnings)


def test_a_wrapped_text_is_put_together() -> None:
    body = (
        "Thực hiện nghiêm túc các nhiệm vụ được giao trong chương trình công tác của cơ quan và\n"
        "đơn vị theo đúng thời hạn đã định."
    )
    text = "I. NHIỆM VỤ\n" + "".join(f"{number}. {body}\n" for number in range(1, 9))
    found = read(text)
    assert next(item for item in found.provisions if item.id == "I.4").text == body.replace("\n", " ")


def test_what_a_later_law_put_between_has_its_own_place() -> None:
    reading = read("""Điều 1. Hiệu lực
1. Một.
1a. Một a:
a) Điểm a;
a1) Điểm a một;
a2) Điểm a hai;
b) Điểm b.
2. Hai.
Điều 1a. Bổ sung
Điều 2.- Kiểu cũ
1.- Cơ quan.
2.- Tổ chức:
a.- Trong nước.
b.- Ngoài nước.
""")
    ids = [part.id for part in reading.provisions if part.kind != "sentence"]
    assert ids == [
        "D1", "D1.K1", "D1.K1a", "D1.K1a.a", "D1.K1a.a1", "D1.K1a.a2", "D1.K1a.b", "D1.K2", "D1a",
        "D2", "D2.K1", "D2.K2", "D2.K2.a", "D2.K2.b",
    ]  # fmt: skip
    assert next(part for part in reading.provisions if part.id == "D2").heading == "Kiểu cũ"
    assert not reading.warnings and all(part.confidence == 1 for part in reading.provisions)
