"""What is printed in the real documents is what is read."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest

from soichieu.reading import Reading, ScannedFile, read_file

from .making import DATA, DIRECTIVES


@cache
def reading(name: str) -> Reading:
    place = DIRECTIVES if name.endswith((".txt", ".md")) else DATA
    return read_file(place / name)


def children(found: Reading, parent: str | None, pattern: str = r".*") -> list[str]:
    return [
        item.id
        for item in found.provisions
        if item.parent == parent and item.kind != "sentence" and re.fullmatch(pattern, item.id)
    ]


def test_it_reads_the_resolution_of_the_politburo() -> None:
    found = reading("57-NQ-TW.txt")
    assert found.document["number"] == "57-NQ/TW"
    assert found.document["date"] == "2024-12-22"
    assert found.document["kind"] == "Nghị quyết"
    assert found.document["issuer"] == "Bộ Chính trị"
    assert found.document["title"].startswith("về đột phá phát triển khoa học")
    assert found.document["dissemination_depth"] == "chi bộ"
    assert children(found, None, "[IVX]+") == ["I", "II", "III", "IV"]
    assert [len(children(found, section)) for section in ("I", "II", "III", "IV")] == [5, 2, 7, 6]
    assert children(found, "II.1") == [f"II.1.-{number}" for number in range(1, 6)]
    by_id = {item.id: item for item in found.provisions}
    assert by_id["I"].label == "I-" and by_id["I"].heading == "QUAN ĐIỂM CHỈ ĐẠO"
    assert by_id["II.1"].heading == "Đến năm 2030" and by_id["II.1.-1"].label == "-"
    assert by_id["III.2.-3.s1"].text.startswith("Thống nhất, nâng cao hiệu quả quản lý nhà nước")
    assert by_id["I.1.s1"].nature == "viewpoint" and by_id["II.1.-1.s1"].nature == "goal"
    assert by_id["III.4.-2.s1"].nature == "task" and by_id["IV.3.s1"].nature == "organisation"
    assert all(item.confidence == 1 for item in found.provisions)
    assert found.warnings == []


def test_every_paragraph_has_its_sentences() -> None:
    found = reading("57-NQ-TW.txt")
    assert sum(item.kind == "sentence" and item.id.startswith("III.") for item in found.provisions) == 84
    lone = [item.id for item in found.leaves() if item.kind in ("point", "bullet", "article", "clause")]
    assert lone == []


def test_it_reads_the_resolution_of_the_government() -> None:
    found = reading("03-NQ-CP.md")
    assert (found.document["number"], found.document["date"]) == ("03/NQ-CP", "2025-01-09")
    assert (found.document["issuer"], found.document["signing_form"]) == ("Chính phủ", "TM.")
    assert found.document["signer"] == "Nguyễn Hòa Bình"
    assert len(found.document["recipients"]) == 15
    assert [item.label for item in found.provisions if item.kind == "article"] == ["Điều 1.", "Điều 2.", "Điều 3."]
    lettered = [item for item in found.provisions if re.fullmatch(r"[a-zđ]\)", item.label)]
    assert len(lettered) == 102
    assert {item.kind for item in lettered} == {"point"}
    assert {item.parent for item in lettered} == {f"II.{number}" for number in range(1, 8)}
    assert "II.1.đ" in {item.id for item in lettered}
    # A page break cuts this paragraph in two; it is one again, and says so.
    mended = next(item for item in found.provisions if item.id == "III.2")
    assert "có liên quan đến phát triển khoa học" in mended.text
    assert any("put together" in warning for warning in found.warnings)


def test_it_reads_the_table_of_tasks() -> None:
    found = reading("03-NQ-CP-annex-2-tasks.md")
    (table,) = found.tables
    assert table.kind == "tasks" and len(table.rows) == 140
    groups = Counter(row["group"] for row in table.rows)
    assert list(groups.values()) == [13, 29, 34, 12, 28, 15, 9]
    assert next(iter(groups)).startswith("I. Nâng cao nhận thức")
    assert [row["number"] for row in table.rows] == [str(number) for number in range(1, 141)]
    rows = {row["number"]: row for row in table.rows}
    assert rows["42"]["deadline"] == {"text": "", "from": None, "to": None, "kind": None}
    assert rows["1"]["deadline"]["to"] == "2025-06-30"
    assert rows["123"]["deadline"]["from"] == "2025-04-01"
    assert rows["2"]["deadline"]["kind"] == "standing"
    assert [lead["unit"] or lead["class"] for lead in rows["2"]["leads"]] == [
        "Đài Truyền hình Việt Nam",
        "Đài Tiếng nói Việt Nam",
        "Thông tấn xã Việt Nam",
        "localities",
    ]
    assert [lead["unit"] for lead in rows["8"]["leads"]] == ["Bộ Thông tin và Truyền thông", "Bộ Khoa học và Công nghệ"]
    assert [lead["unit"] for lead in rows["98"]["leads"]] == ["Bộ Văn hóa, Thể thao và Du lịch"]
    assert [lead["class"] for lead in rows["115"]["leads"]] == ["provinces"]
    assert all(lead["unit"] or lead["class"] for row in table.rows for lead in row["leads"])
    assert rows["108"]["task"].endswith("(11) Mô hình điểm tại các tỉnh, thành phố có đảo.")
    assert rows["110"]["task"].endswith("trực tiếp từ phần mềm của cơ sở khám chữa bệnh")
    assert sum("goes on with row" in warning for warning in found.warnings) == 3


def test_it_reads_the_table_of_targets() -> None:
    (table,) = reading("03-NQ-CP-annex-1-targets.md").tables
    assert table.kind == "targets" and len(table.rows) == 57
    nested = [row for row in table.rows if row["parent"]]
    assert len(nested) == 16
    rows = {row["number"]: row for row in table.rows}
    assert rows["11.12"]["parent"] == rows["11"]["id"] and rows["23.1"]["parent"] == rows["23"]["id"]
    assert rows["36"]["group"] == "II. Đến năm 2045" and rows["1"]["group"] == "I. Đến năm 2030"
    (share,) = rows["8"]["quantity"]
    assert (share["relation"], share["value"], share["unit"]) == (">=", 55, "%")
    assert [lead["unit"] or lead["class"] for lead in rows["29"]["leads"]] == [
        "Bộ Công an",
        "Bộ Thông tin và Truyền thông",
        "ministries",
    ]


def test_an_annex_has_neither_the_number_nor_the_date_of_its_resolution() -> None:
    found = reading("03-NQ-CP-annex-2-tasks.md")
    assert found.document["number"] is None and found.document["kind"] == "Phụ lục"
    assert found.document["attached_to"][0].startswith("(Kèm theo Chương trình hành động tại Nghị quyết số")


def test_it_reads_the_decree_on_documents() -> None:
    found = reading("nd30/30_2020_ND_CP.docx")
    assert (found.document["number"], found.document["date"]) == ("30/2020/NĐ-CP", "2020-03-05")
    assert (found.document["signing_form"], found.document["signer"]) == ("TM.", "Nguyễn Xuân Phúc")
    kinds = Counter(item.kind for item in found.provisions)
    assert (kinds["chapter"], kinds["section"], kinds["article"]) == (7, 5, 38)
    labels = [item.label for item in found.provisions if item.kind == "article"]
    assert labels == [f"Điều {number}." for number in range(1, 39)]
    by_id = {item.id: item for item in found.provisions}
    assert by_id["C2.M1"].heading == "THỂ THỨC, KỸ THUẬT TRÌNH BÀY VĂN BẢN HÀNH CHÍNH"
    assert by_id["C1.D4.K2.đ"].label == "đ)"
    assert found.warnings == []


@pytest.mark.parametrize(
    ("name", "articles", "signer"),
    [
        ("03-2025-QD-UBND", 14, "Trần Sỹ Thanh"),
        ("05-2025-QD-UBND", 3, "Lê Hồng Sơn"),
        ("11-2025-NQ-HDND", 3, "Nguyễn Ngọc Tuấn"),
        ("12-2025-QD-UBND", 6, "Lê Hồng Sơn"),
        ("14-2025-QD-UBND", 6, "Lê Hồng Sơn"),
        ("34-2025-QD-UBND", 8, "Nguyễn Trọng Đông"),
        ("67-2024-QD-UBND", 3, "Trần Sỹ Thanh"),
    ],
)
def test_it_reads_decisions_from_pdf(name: str, articles: int, signer: str) -> None:
    found = reading(f"hanoi/{name}.pdf")
    labels = [item.label for item in found.provisions if item.kind == "article"]
    assert labels == [f"Điều {number}." for number in range(1, articles + 1)]
    assert found.document["signer"] == signer
    assert found.document["issuer"] in ("Ủy ban nhân dân thành phố Hà Nội", "Hội đồng nhân dân thành phố Hà Nội")


def test_lines_and_hyphens_that_a_page_broke_are_mended() -> None:
    found = reading("hanoi/11-2025-NQ-HDND.pdf")
    assert "Báo cáo thẩm tra số 84/BC-KTNS ngày 24 tháng 6 năm 2025" in found.text
    assert "\ufffe" not in found.text
    long = reading("hanoi/12-2025-QD-UBND.pdf")
    clause = next(item for item in long.provisions if item.id == "D1.K1")
    # It runs over a page break, past a page number.
    assert "tham mưu Ủy ban nhân dân Thành phố quản lý nhà nước về: công tác xây dựng" in clause.text
    assert [item.id for item in long.provisions if item.parent == "D2" and item.kind == "clause"] == [
        f"D2.K{number}" for number in range(1, 36)
    ]


def test_a_ruled_table_that_runs_over_six_pages_is_one() -> None:
    (table,) = reading("hanoi/11-2025-NQ-HDND.pdf").tables
    cells = [row["cells"] for row in table.rows]
    assert cells[0] == ["STT", "Nội dung", "NS Trung ương (%)", "NS Thành phố (%)", "NS xã (%)"]
    assert ["2.4", "Thu từ khu vực kinh tế ngoài quốc doanh", "68", "32", ""] in cells
    assert cells[-1] == ["", "- Xã; phường", "", "", "100"]


def test_a_scan_is_recognised_as_one() -> None:
    with pytest.raises(ScannedFile, match="7 pages are pictures") as refused:
        read_file(DATA / "hanoi" / "12-2025-NQ-HDND-scan.pdf")
    assert "OCR" in str(refused.value)


def test_the_annexes_of_the_decree_keep_their_parts() -> None:
    found = reading("nd30/Phuluc1.docx")
    ids = {item.id for item in found.provisions}
    assert {"PLI", "PLI.P1", "PLI.P1.II.9.d", "PLI.P2.II.3.b"} <= ids
    assert not [item.id for item in found.provisions if item.label.endswith("-")]


def test_citations_name_the_provision_that_cites() -> None:
    found = reading("03-NQ-CP.md")
    first = next(item for item in found.citations if item["number"] == "57-NQ/TW")
    assert first["date"] == "2024-12-22"
    by_id = {item.id: item for item in found.provisions}
    for citation in found.citations:
        source = by_id[citation["provision"]].source
        assert source.start <= citation["start"] < source.end
