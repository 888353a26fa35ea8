"""Search without tones, the same on both engines."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from soichieu.documents import commands, queries, searching, words


@pytest.mark.parametrize("asked", ["chip ban dan", "CHIP BÁN DẪN", "chíp bán dẫn vi mạch", "ban dan vi mac"])
def test_it_finds_a_sentence_with_or_without_tones(nq57, operator, asked):
    places = [hit.place for hit in queries.search(operator, asked)]
    assert "III.4.-3.s1" in places


def test_it_marks_the_words_as_printed(nq57, operator):
    hit = queries.search(operator, "dat hiem")[0]
    assert [piece.text for piece in hit.snippet if piece.hit] == ["đất", "đất", "hiếm"]
    assert hit.place == "III.3.-2.s3"


def test_words_side_by_side_come_before_the_same_words_apart(operator, house):
    document = commands.register_document(
        operator, number="9/QĐ-BTN", issuer="Bộ Thử nghiệm", signed_on=_day(), title="Quyết định"
    )
    text = "I- NHIỆM VỤ\n1. Phổ biến đến.\n2. Sửa chữa, thay nguồn sáng cho mọi đèn biển ở các trạm xa bờ.\n"
    commands.read_edition(operator, document, text.encode(), "a.txt")
    assert [hit.place for hit in queries.search(operator, "den bien")] == ["I.2.s1", "I.1.s1"]


def test_a_place_without_a_printed_label_is_said_in_words(nq57, operator):
    hit = queries.search(operator, "pho bien den chi bo")[0]
    with override("vi"):
        assert (hit.place, hit.place_words) == ("dissemination.s1", "Phạm vi phổ biến, câu 1")
        assert [words.place(one) for one in ("preamble.2.s3", "title2", "III.4.-3.s1", "a", "T2.I.14", "")] == [
            "Phần mở đầu 2, câu 3", "Tên văn bản 2", "III.4.-3.s1", "a", "T2.I.14", "",
        ]  # fmt: skip


def test_it_finds_a_document_by_its_number_and_its_title(nq57, operator):
    for asked in ("57-NQ/TW", "dot pha phat trien khoa hoc"):
        assert "" in [hit.place for hit in queries.search(operator, asked)]


@pytest.mark.parametrize("asked", ["", "  ", '"', "'; DROP TABLE", "AND OR NOT", "*", "a & !b", "công nghệ)", "\0"])
def test_nothing_typed_breaks_it(nq57, operator, asked):
    queries.search(operator, asked)


def test_it_finds_nothing_of_what_the_asker_does_not_see(house):
    commands.register_document(
        house.askers["cuc-a"], number="9/QĐ-BTN", issuer="Bộ Thử nghiệm", signed_on=_day(), title="Kế hoạch riêng"
    )
    assert queries.search(house.askers["cuc-a"], "ke hoach rieng")
    assert not queries.search(house.askers["cuc-b"], "ke hoach rieng")


def _day():
    import datetime as dt

    return dt.date(2025, 1, 9)


def test_a_new_edition_takes_the_old_one_out_of_the_index(nq57, operator):
    assert queries.search(operator, "dat hiem")
    commands.read_edition(operator, nq57, "I- MỤC TIÊU\n1. Một câu khác hẳn.\n".encode(), "a.txt")
    assert not queries.search(operator, "dat hiem")
    assert queries.search(operator, "mot cau khac han")


def test_differences_are_marked_word_by_word():
    old, new = searching.differences("đạt trên 55% GDP", "đạt trên 60% GDP")
    assert [piece.text.strip() for piece in old if piece.hit] == ["55%"]
    assert [piece.text.strip() for piece in new if piece.hit] == ["60%"]
