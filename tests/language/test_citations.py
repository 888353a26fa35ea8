from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soichieu.language.citations import Citation, find_citations, kind_name
from soichieu.language.numbers import canonical

from .real import directive

REPORT = (
    "Hội nghị đánh giá kết quả bước đầu triển khai thực hiện Nghị quyết số 12/NQ/TW, ngày 16-3-2022 "
    "của Bộ Chính trị và "
    "Kế hoạch số 118-KH/ĐUCA, ngày 25-5-2022 của Đảng ủy Công an Trung ương. Các đơn vị quán triệt "
    "Nghị quyết số 12 của "
    "Bộ Chính trị và Kế hoạch số 118 về thực hiện Nghị quyết số 12."
)


def number(citation: Citation) -> str | None:
    return canonical(citation.number) if citation.number else None


def test_the_report_cites_two_documents_and_then_their_short_forms() -> None:
    cited = find_citations(REPORT)
    assert [number(c) for c in cited] == ["12-NQ/TW", "118-KH/ĐUCA", "12-NQ/TW", "118-KH/ĐUCA", "12-NQ/TW"]
    assert [c.antecedent for c in cited] == [None, None, 0, 1, 0]
    assert (cited[0].date, cited[0].issuer_text) == (date(2022, 3, 16), "Bộ Chính trị")
    assert "party body" in cited[0].reason
    assert (cited[1].date, cited[1].issuer_text) == (date(2022, 5, 25), "Đảng ủy Công an Trung ương")
    assert "short form of 12-NQ/TW, 16-3-2022" in cited[2].reason
    assert "đã dẫn đầy đủ ở trên" in cited[2].reason.vi
    assert cited[2].date == date(2022, 3, 16)


def test_a_short_form_never_resolves_when_two_documents_fit() -> None:
    text = (
        "Nghị quyết số 12-NQ/TW ngày 3-6-2017 của Ban Chấp hành Trung ương và Nghị quyết số 12-NQ/TW, "
        "ngày 16-3-2022 của Bộ "
        "Chính trị. Nghị quyết số 12 nêu rõ. Nghị quyết số 12 của Bộ Chính trị nêu rõ."
    )
    old, new, short, named = find_citations(text)
    assert (short.antecedent, short.number) == (None, None)
    assert len(short.candidates) == 2
    assert all("earlier" in candidate.reason for candidate in short.candidates)
    assert "fits 2 documents" in short.reason
    assert "not the same date" in new.reason
    assert named.antecedent == 1, "the issuer named tells them apart"
    assert old.antecedent is None


def test_a_short_form_before_its_full_form_is_only_offered_it() -> None:
    first, _ = find_citations(
        "Triển khai Nghị quyết số 57. Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị."
    )
    assert (first.antecedent, first.number) == (None, None)
    assert [canonical(candidate.number) for candidate in first.candidates] == ["57-NQ/TW"]
    assert "later" in first.reason


def test_a_short_form_with_no_full_form_says_what_is_missing() -> None:
    (only,) = find_citations("Thực hiện Nghị quyết số 12, các đơn vị đã xây dựng kế hoạch.")
    assert (only.antecedent, only.candidates) == (None, ())
    assert "no full citation" in only.reason


def test_kind_and_issuer_must_fit() -> None:
    cited = find_citations(
        "Chỉ thị số 16/CT-TTg và Chỉ thị số 16-CT/TW. Theo Chỉ thị 16; theo Chỉ thị số 16 của Thủ tướng "
        "Chính phủ; Kế hoạch số 16."
    )
    assert [c.antecedent for c in cited] == [None, None, None, 0, None]
    assert len(cited[2].candidates) == 2


def test_a_repeated_full_citation_takes_over_its_date() -> None:
    cited = find_citations(directive("03-NQ-CP.md"))
    later = [c for c in cited if number(c) == "57-NQ/TW"]
    assert len(later) > 10
    assert all(c.date == date(2024, 12, 22) for c in later)
    assert sum("its date is taken" in c.reason for c in later) >= 6
    assert number(next(c for c in cited if c.kind_word == "Tờ trình")) == "04/TTr-BKHCN-BTTTT"
    assert number(next(c for c in cited if c.kind_word == "công văn")) == "83/BKHCN-BTTTT-VP"


def test_the_part_cited_belongs_to_the_citation() -> None:
    text = (
        "điểm a khoản 2 Điều 5 Luật Đất đai số 31/2024/QH15; khoản 1, 2 và 3 Điều 10 của Nghị định số "
        "30/2020/NĐ-CP; mục III.2 Nghị quyết số 57-NQ/TW"
    )
    assert [c.part for c in find_citations(text)] == ["điểm a khoản 2 Điều 5", "khoản 1, 2 và 3 Điều 10", "mục III.2"]


def test_laws_are_cited_by_name() -> None:
    cited = find_citations(
        "Căn cứ Luật Đất đai số 31/2024/QH15; Luật Phòng, chống tham nhũng; Luật Thủ đô ngày 28 tháng 6 "
        "năm 2024; Bộ luật Hình sự. Luật Đất đai quy định."
    )
    assert [c.name for c in cited] == ["Đất đai", "Phòng, chống tham nhũng", "Thủ đô", "Hình sự", "Đất đai"]
    assert (number(cited[4]), cited[4].antecedent) == ("31/2024/QH15", 0)
    assert cited[2].date == date(2024, 6, 28)


def test_two_laws_of_one_name_leave_the_short_form_open() -> None:
    cited = find_citations("Luật Đất đai năm 2013 và Luật Đất đai năm 2024. Luật Đất đai quy định rõ.")
    assert [c.year for c in cited] == [2013, 2024, None]
    assert cited[2].antecedent is None
    assert "Luật Đất đai (2013); Luật Đất đai (2024)" in cited[2].reason


def test_the_date_of_an_amending_law_is_not_that_of_the_last_law_it_amends() -> None:
    (law,) = find_citations(
        "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa "
        "phương ngày 22 tháng 11 năm 2019;"
    )
    assert law.date == date(2019, 11, 22)
    assert law.name is not None
    assert law.name.endswith("Luật Tổ chức chính quyền địa phương")


def test_an_alias_names_the_document_just_cited() -> None:
    cited = find_citations(
        "Kế hoạch số 118-KH/ĐUCA, ngày 25-5-2022 (sau đây gọi tắt là Kế hoạch 118) và mục II Kế hoạch 118."
    )
    assert [c.antecedent for c in cited] == [None, 0, 0]


def test_english_citations_are_found() -> None:
    cited = find_citations(
        "Resolution No. 57-NQ/TW dated 22 December 2024 of the Politburo; Decree No. 30/2020/ND-CP. "
        "Article 5 of Decree No. 30."
    )
    assert [number(c) for c in cited] == ["57-NQ/TW", "30/2020/NĐ-CP", "30/2020/NĐ-CP"]
    assert cited[0].date == date(2024, 12, 22)
    assert cited[2].part == "Article 5"


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết này",
        "Kế hoạch 5 năm",
        "Kế hoạch năm 2025",
        "63/63 Công an",
        "24/7",
        "Kế hoạch 2025",
        "ngày 16/3/2022",
        "5G/6G",
        "Luật này",
        "Luật sư",
    ],
)
def test_what_cites_nothing_is_left_out(text: str) -> None:
    assert find_citations(text) == []


def test_a_draft_with_a_blank_number_is_cited_as_blank() -> None:
    (only,) = find_citations(
        "(Kèm theo Chương trình hành động tại Nghị quyết số  /NQ-CP ngày 01 tháng 01 năm 2025 của Chính phủ)"
    )
    assert number(only) == "/NQ-CP"
    assert "blank" in only.reason


def test_the_decrees_of_annex_2_are_all_found() -> None:
    cited = {number(c) for c in find_citations(directive("03-NQ-CP-annex-2-tasks.md"))}
    assert {
        "109/2022/NĐ-CP",
        "80/2020/NĐ-CP",
        "79/2021/NĐ-CP",
        "97/2018/NĐ-CP",
        "1552/BTTTT-TTH",
        "708/BTTTT-CATTT",
        "107/2021/NĐ-CP",
        "87/2021/NĐ-CP",
        "37/2018/QĐ-TTg",
        "157/2007/QĐ-TTg",
        "05/2022/QĐ-TTg",
    } <= cited


def test_a_real_decision_with_broken_lines_and_hyphens() -> None:
    import pypdfium2

    path = Path(__file__).parents[1] / "data" / "hanoi" / "05-2025-QD-UBND.pdf"
    text = pypdfium2.PdfDocument(str(path))[0].get_textpage().get_text_range().replace("\r\n", "\n")
    cited = find_citations(text)
    assert {
        "28/2019/QĐ-UBND",
        "06/2018/QĐ-UBND",
        "147/2020/NĐ-CP",
        "86/2021/TT-BTC",
        "20/TTr-HĐQL",
        "1102/QĐTPT-TCHC",
    } <= {number(c) for c in cited}
    decree = next(c for c in cited if number(c) == "147/2020/NĐ-CP")
    assert (decree.date, decree.issuer_text) == (date(2020, 12, 18), "Chính phủ")
    circular = next(c for c in cited if number(c) == "86/2021/TT-BTC")
    assert circular.issuer_text == "Bộ Tài chính"


def test_the_kind_is_named_where_the_text_leaves_it_out() -> None:
    cited = find_citations("các nghị quyết số 66-NQ/TW và 68-NQ/TW của Bộ Chính trị")
    assert [kind_name(c) for c in cited] == ["nghị quyết", "Nghị quyết"]


WORDS = st.lists(
    st.sampled_from(
        [
            "Nghị quyết",
            "số",
            "12",
            "12-NQ/TW",
            "12/NQ/TW",
            "Luật",
            "Đất đai",
            "Luật Đất đai",
            "ngày",
            "16-3-2022",
            "của",
            "Bộ Chính trị",
            ",",
            ".",
            ";",
            "(",
            ")",
            "khoản 2",
            "Điều 5",
            "30/2020/NĐ-CP",
            "và",
            "năm 2024",
            "\n",
            "Kế hoạch 118",
            "sau đây gọi tắt là",
            "số 31/2024/QH15",
            "/NQ-CP",
        ]
    ),
    max_size=25,
)


@given(WORDS.map(" ".join))
def test_citations_of_any_text_are_ordered_and_point_backwards(text: str) -> None:
    cited = find_citations(text)
    place = 0
    for index, citation in enumerate(cited):
        assert place <= citation.start < citation.end
        assert text[citation.start : citation.end] == citation.text
        place = citation.end
        if citation.antecedent is not None:
            assert citation.antecedent < index
            assert cited[citation.antecedent].full
        elif not citation.full:
            assert citation.reason
            assert citation.number is None
