from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soichieu.language.sentences import split_sentences

from .real import directive


def pieces(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Họp tại TP. Hồ Chí Minh và TP. Đà Nẵng.",
        "PGS.TS. Nguyễn Văn An và ThS. Trần Bình phát biểu.",
        "Gồm lúa, ngô, v.v. và khoai.",
        "Tăng 12,5% so với 1.000 tỷ đồng năm 2.020.",
        "Ngày 30.4.2025 là ngày nghỉ.",
        "Hoàn thiện thể chế; xoá bỏ rào cản; đưa thể chế thành lợi thế.",
        "Chú trọng: bảo đảm nguồn nhân lực; hạ tầng.",
        "C. Mác và V.I. Lê-nin viết.",
        "1. Phát triển khoa học, công nghệ.",
        "1.1. Phát triển khoa học.",
        "a) Xây dựng chương trình.",
        "Điều 3. Hiệu lực thi hành.",
        "Chương II. Quy định chung.",
        "Các lĩnh vực thuế… để tháo gỡ điểm nghẽn.",
        'Loại bỏ tư duy "không quản được thì cấm".',
        "Tổ chức tại Q. Ba Đình, P. Phúc Xá, TT. Yên Viên.",
        "See No. 12, Art. 5 and Sec. 3 of the law.",
        "Mr. Smith and Dr. Brown met at 3.30 p.m. today.",
        "It covers data, e.g. Registers, i.e. Lists.",
        "(Xem Phụ lục. Bảng 2) là căn cứ.",
        "TM. CHÍNH PHỦ",
        "Văn bản của T.Ư. Đảng về công tác cán bộ.",
    ],
)
def test_one_sentence_stays_one(sentence: str) -> None:
    assert pieces(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Việc một. Việc hai! Việc ba? Việc bốn…", ["Việc một.", "Việc hai!", "Việc ba?", "Việc bốn…"]),
        ("Đạt 2% GDP. 80% dân số có tài khoản.", ["Đạt 2% GDP.", "80% dân số có tài khoản."]),
        ("Đến năm 2030. Việt Nam phát triển.", ["Đến năm 2030.", "Việt Nam phát triển."]),
        ("Gồm lúa, ngô, v.v. Ngoài ra còn khoai.", ["Gồm lúa, ngô, v.v.", "Ngoài ra còn khoai."]),
        ('Ông nói: "Được." Mọi người về.', ['Ông nói: "Được."', "Mọi người về."]),
        ("Theo Điều 5. Các bộ thực hiện.", ["Theo Điều 5.", "Các bộ thực hiện."]),
        ("Chọn phương án B. Tiếp tục làm.", ["Chọn phương án B.", "Tiếp tục làm."]),
        ("Dòng đầu\ncòn tiếp. Câu hai.", ["Dòng đầu\ncòn tiếp.", "Câu hai."]),
        ("Gồm:\n- Một;\n- Hai.", ["Gồm:", "- Một;", "- Hai."]),
        ("Đoạn một\n\nđoạn hai", ["Đoạn một", "đoạn hai"]),
        ("It ends. Another begins.", ["It ends.", "Another begins."]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_sentences_are_split(text: str, sentences: list[str]) -> None:
    assert pieces(text) == sentences


def test_the_sentences_of_57_nq_tw() -> None:
    lines = [line for line in directive("57-NQ-TW.txt").splitlines() if len(line) > 100]
    counts = {line[:22]: len(split_sentences(line)) for line in lines}
    assert counts["- Tiềm lực, trình độ k"] == 3
    assert counts["- Đóng góp của năng su"] == 5
    assert counts["2. Tăng cường sự lãnh "] == 3
    assert counts["- Khẩn trương sửa đổi,"] == 1
    assert counts["1. Thành lập Ban Chỉ đ"] == 2
    for line in lines:
        for sentence in pieces(line)[:-1]:
            assert sentence[-1] in ".?!…", sentence
        for sentence in pieces(line)[1:]:
            assert sentence[0].isupper(), sentence


def test_no_real_sentence_is_a_scrap() -> None:
    for name in ("57-NQ-TW.txt", "03-NQ-CP.md"):
        for line in directive(name).splitlines():
            if len(line) > 150 and not line.startswith(("|", "#", "*")):
                assert min(map(len, pieces(line))) > 12, line[:60]


TEXTS = st.text(alphabet='aAbBđĐ1. .…!?;:()"“”\n\t-v TPQ', max_size=120) | st.text(max_size=60)


@given(TEXTS)
def test_spans_are_disjoint_ordered_and_cover_every_non_blank_character(text: str) -> None:
    place = 0
    for start, end in split_sentences(text):
        assert place <= start < end
        assert not text[place:start].strip()
        assert text[start:end] == text[start:end].strip()
        place = end
    assert not text[place:].strip()
