"""The papers of a conference: the layout of decree 30/2020/NĐ-CP element by element, and what stands in each."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm

from soichieu.conferences.commands import planning
from soichieu.conferences.docx import PAPERS, printed
from soichieu.documents.papers.widths import width_of
from soichieu.web import instance_flags
from tests.conferences import reading_docx as read
from tests.conferences.ending import at, course
from tests.conferences.test_notice import LATER, settle

MINUTES_AFTER = 70


def paper(meeting, slug: str, *, asker=None):
    with at(MINUTES_AFTER):
        data = printed(asker or meeting.house.askers["steering"], meeting.conference, meeting.state, slug)
    return read.opened(data)


@pytest.mark.parametrize("slug", PAPERS)
def test_every_paper_has_the_page_of_the_annex(meeting, slug, tmp_path):
    """Annex I, part I: A4, margins 20-25/30-35/15-20 mm, Times New Roman, the number of the page on top in the middle
    from the second on."""
    course(meeting)
    document = paper(meeting, slug)
    document.save(tmp_path / f"{slug}.docx")
    (section,) = document.sections
    page = [round(side.mm) for side in (section.page_width, section.page_height)]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert page == [210, 297] and [round(side.mm) for side in margins] == [20, 20, 30, 15]
    assert section.different_first_page_header_footer and not section.first_page_header.paragraphs[0].text
    number = section.header.paragraphs[0]
    assert "PAGE" in number._p.xml and number.alignment == ALIGN.CENTER
    assert 13 <= number.runs[0].font.size.pt <= 14
    assert {run.font.name for one in read.paragraphs(document) for run in one.runs} == {"Times New Roman"}
    text = read.text_of(document)
    assert unicodedata.is_normalized("NFC", text)
    assert "ghi nhận đến 09:10, 14-11-2025" in text


def test_the_head_of_a_notice_is_that_of_the_annex(meeting):
    course(meeting)
    document = paper(meeting, "notice")
    nation, motto = read.line(document, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), read.line(document, "Độc lập")
    assert read.looks(nation) == (13, True, False) and nation.alignment == ALIGN.CENTER
    assert read.looks(motto) == (14, True, False) and motto.text == "Độc lập - Tự do - Hạnh phúc"
    left, right = read.rule_after(document, "Độc lập")
    cell = Mm(103) - Mm(3.8)
    assert abs((cell - left - right) - width_of(motto.text, 14)) < Mm(1)
    unit = read.line(document, "BỘ THỬ NGHIỆM")
    assert read.looks(unit) == (13, True, False)
    assert read.rule_after(document, "BỘ THỬ NGHIỆM") is not None
    number = read.line(document, "Số:")
    assert read.looks(number) == (13, False, False) and number.text == "Số:        /TB-BTN"
    place = read.line(document, "…………, ngày")
    assert read.looks(place) == (14, False, True) and place.text.endswith("năm 2025")
    kind = read.line(document, "THÔNG BÁO")
    assert read.looks(kind) == (14, True, False) and kind.alignment == ALIGN.CENTER
    about = read.line(document, "Kết luận của Bộ trưởng")
    assert read.looks(about) == (14, True, False)
    left, right = read.rule_after(document, "tại hội nghị")
    drawn = Mm(165) - left - right
    written = width_of("tại hội nghị sơ kết (thử)", 14)
    assert written / 3 <= drawn <= written / 2


def test_the_body_and_the_end_of_a_notice_are_those_of_the_annex(meeting):
    course(meeting)
    document = paper(meeting, "notice")
    text = read.line(document, "Ngày 14 tháng 11 năm 2025")
    assert read.looks(text) == (14, False, False) and text.alignment == ALIGN.JUSTIFY
    shape = text.paragraph_format
    assert round(shape.first_line_indent.mm) == 10 and shape.space_before.pt >= 6 and 1 <= shape.line_spacing <= 1.5
    power, post = read.line(document, "TL. "), read.line(document, "CHÁNH VĂN PHÒNG")
    assert power.text == "TL. BỘ TRƯỞNG"
    assert read.looks(power) == read.looks(post) == (14, True, False)
    said = read.line(document, "Nơi nhận:")
    assert read.looks(said) == (12, True, True) and said.alignment == ALIGN.LEFT
    kept = read.line(document, "- Lưu: VT")
    assert read.looks(kept) == (11, False, False) and kept.text.endswith(".")
    assert any(one.text.endswith("./.") for one in read.paragraphs(document))
    heads = [one.text for one in read.paragraphs(document) if one.text.startswith(("I. ", "II. ", "III. "))]
    assert heads == [one.upper() for one in heads]


def test_a_party_body_has_the_party_s_head(meeting):
    """Guidance 36-HD/VPTW, annex 3."""
    course(meeting)
    meeting.state.layout = "party"
    with at(MINUTES_AFTER):
        state = meeting.state
        state.layout = "party"
        document = read.opened(printed(meeting.house.askers["steering"], meeting.conference, state, "notice"))
    text = read.text_of(document)
    assert "CỘNG HÒA" not in text and "Độc lập" not in text
    title = read.line(document, "ĐẢNG CỘNG SẢN VIỆT NAM")
    assert read.looks(title) == (15, True, False)
    assert read.rule_after(document, "ĐẢNG CỘNG SẢN VIỆT NAM") is not None
    assert read.looks(read.line(document, "BỘ THỬ NGHIỆM")) == (14, True, False)
    assert read.line(document, "*").text == "*"
    number = read.line(document, "Số ")
    assert number.text == "Số        -TB/…" and read.looks(number) == (14, False, False)
    assert read.looks(read.line(document, "THÔNG BÁO")) == (16, True, False)
    assert read.line(document, "-----").text == "-----"
    assert read.line(document, "T/L ").text == "T/L BỘ THỬ NGHIỆM"
    assert read.looks(read.line(document, "CHÁNH VĂN PHÒNG")) == (14, False, False)
    said = read.line(document, "Nơi nhận:")
    assert said.runs[0].underline and read.looks(said) == (14, False, False)
    assert read.looks(read.line(document, "- Lưu: VT")) == (12, False, False)
    assert "./." not in text


def test_the_notice_says_what_the_chair_concluded_and_nothing_else(meeting):
    course(meeting)
    document = paper(meeting, "notice")
    text = read.text_of(document)
    for words in (
        "Giao Cục Số 1 rà soát và bổ sung đèn biển cửa sông do đơn vị quản lý (chủ trì: Cục Số 1; phối hợp: Cục Số 5;",
        "chủ trì: Cục Số 2, Cục Số 3",
        "thời hạn: 31-3-2026",
        "Đề nghị Chính phủ bổ sung định mức đèn biển (gửi: Chính phủ).",
        "Cục Số 2: Hồ sơ đèn biển chưa đầy đủ. Nguyên nhân chủ quan: Chưa phân công rõ người lập hồ sơ.",
        "3 ý kiến, tham luận trình bày",
        "19 đại biểu tại 2 trên 6 điểm cầu đã điểm danh",
    ):
        assert words in text, words
    assert "Dự thảo không được kết luận" not in text
    annex = list(read.rows(document, 1 if len(document.tables) == 2 else len(document.tables) - 1))
    assert [row[0] for row in annex] == ["TT", "1", "2", "3"]
    assert annex[1][2] == "Cục Số 1\nPhối hợp: Cục Số 5" and annex[1][4] == "31-3-2026"
    assert "Cấp quyết định: Bộ Thử nghiệm" in annex[1][5]


def test_the_minutes_follow_form_1_9_and_the_book(meeting):
    course(meeting)
    document = paper(meeting, "minutes")
    text = read.text_of(document)
    assert "ngày      tháng" not in text  # minutes have no place and day in their head
    for words in (
        "Thời gian bắt đầu: 8 giờ 00, ngày 14 tháng 11 năm 2025.",
        "2 trên 6 điểm cầu đã điểm danh, có mặt 19 đại biểu trên 22 dự kiến; 4 điểm cầu chưa điểm danh",
        "Điểm cầu Cục Số 2: 7 trên 7 đại biểu (báo qua điện thoại).",
        "Chủ trì (chủ tọa): Bộ trưởng.",
        "2. Tham luận 1 – Điểm cầu Cục Số 1 (08:05 – 08:12; 7 phút)",
        "Đã thay nguồn sáng 12 đèn.",
        "ngoài chương trình",
        "Có trong chương trình, chưa thực hiện: Tham luận 3; Giải lao; Bế mạc.",
        "Ghi âm, ghi hình: không, chủ trì không quyết định ghi.",
        "Hội nghị kết thúc vào 9 giờ 00, ngày 14 tháng 11 năm 2025./.",
    ):
        assert words in text, words
    ends = document.tables[-1]
    assert ends.cell(0, 0).paragraphs[0].text == "THƯ KÝ" and ends.cell(0, 1).paragraphs[0].text == "CHỦ TỌA"


def test_the_script_goes_minute_by_minute(meeting):
    document = paper(meeting, "running-script")
    table = list(read.rows(document, 1))
    assert table[0] == ["Giờ", "Nội dung", "Người thực hiện; điểm cầu", "Phút", "Chuẩn bị"]
    assert table[1] == ["08:00–08:05", "Khai mạc", "Điểm cầu trung tâm", "5", "Điểm cầu Cục Số 1"]
    assert table[2][0] == "08:05–08:12" and table[2][4] == "Điểm cầu Cục Số 2"
    assert table[-1][0] == "08:41–08:46" and table[-1][4] == "–"
    text = read.text_of(document)
    assert "dự kiến kết thúc 8 giờ 46 (46 phút)" in text
    assert "chủ trì chưa quyết định; chưa quyết định thì không ghi" in text


def test_the_list_of_the_file_holds_what_there_is(meeting):
    found = course(meeting)
    settle(meeting, found)
    with at(day=LATER):
        document = read.opened(
            printed(meeting.house.askers["steering"], meeting.conference, meeting.state, "file-list")
        )
    table = list(read.rows(document, 0))
    assert [row[1] for row in table[1:]] == ["05/KH-BTN", "77/TB-BTN"]
    assert "Mục lục này gồm: 2 văn bản, tài liệu." in read.text_of(document)


def test_a_demonstration_says_so_on_every_page(meeting):
    instance_flags.set_flag(instance_flags.DEMONSTRATION)
    for slug in PAPERS:
        document = paper(meeting, slug)
        assert read.paragraphs(document)[0].text == "BẢN TRÌNH DIỄN: SỐ LIỆU GIẢ ĐỊNH"
        assert "BẢN TRÌNH DIỄN" in document.sections[0].footer.paragraphs[0].text


def test_the_words_are_vietnamese_whatever_the_language(meeting):
    from django.utils import translation

    with translation.override("en"):
        text = read.text_of(paper(meeting, "participants"))
    assert "DANH SÁCH ĐẠI BIỂU" in text and "chưa trả lời 0" in text


def test_a_published_conference_does_not_say_more_than_its_source(meeting):
    with at(-60):
        planning.change(
            asker=meeting.house.askers["steering"], conference=meeting.conference, facts={"sites_stated": False}
        )
    assert "số điểm cầu: nguồn không nêu" in read.text_of(paper(meeting, "running-script"))


def test_days_are_written_as_the_annex_says():
    from soichieu.conferences.docx.sheet import day_words

    assert day_words(dt.date(2026, 1, 5)) == "ngày 05 tháng 01 năm 2026"
    assert day_words(dt.date(2026, 11, 15)) == "ngày 15 tháng 11 năm 2026"
