from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soichieu.language.text import (
    UnreadableText,
    comparison_key,
    decode,
    encode,
    fold,
    fold_tone_placement,
    is_syllable,
    mend_legacy,
    nfc,
)

from .real import directive, unit_names

VIETNAMESE = st.text(alphabet="aăâeêioôơuưyđbcghklmnpqrstvxàảãáạằắềếệòóọồốộờớợùúụừứựỳýỵ ,.-0123456789", max_size=80)


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("thuỷ", "thủy"),
        ("Uỷ ban", "Ủy ban"),
        ("UỶ BAN", "ỦY BAN"),
        ("tòan", "toàn"),
        ("họat động", "hoạt động"),
        ("qúy", "quý"),
        ("gía", "giá"),
        ("nghiã", "nghĩa"),
        ("cuả", "của"),
        ("ngòai", "ngoài"),
        ("hùynh", "huỳnh"),
    ],
)
def test_both_ways_of_placing_a_tone_compare_equal(new: str, old: str) -> None:
    assert fold_tone_placement(new) == old
    assert comparison_key(new) == comparison_key(old)


@pytest.mark.parametrize(
    "word", ["quá", "quý", "giá", "già", "giải", "hoàn", "huỳnh", "quả", "thuở", "mía", "lửa", "khuya"]
)
def test_a_tone_that_stands_right_stays(word: str) -> None:
    assert fold_tone_placement(word) == word


def test_tones_and_vowels_still_tell_words_apart() -> None:
    assert len({comparison_key(word) for word in ("hoa", "hòa", "hóa", "hoá", "họa", "hỏa")}) == 5
    assert comparison_key("Đường – dài  “x”") == comparison_key('đường - dài "x"')
    assert comparison_key("đa") != comparison_key("da")


def test_search_needs_no_tones() -> None:
    assert fold("  Đà   Nẵng ") == "da nang"
    assert fold(unicodedata.normalize("NFD", "Ủy ban nhân dân")) == "uy ban nhan dan"


@given(st.text(max_size=60))
def test_the_keys_are_idempotent(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)
    assert fold(fold(text)) == fold(text)
    assert fold_tone_placement(fold_tone_placement(text)) == fold_tone_placement(text)


@given(VIETNAMESE)
def test_the_keys_do_not_see_the_unicode_form(text: str) -> None:
    split = unicodedata.normalize("NFD", text)
    assert fold(split) == fold(text)
    assert comparison_key(split) == comparison_key(text)
    assert comparison_key(comparison_key(text)) == comparison_key(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-bom", "utf-16", "utf-16-le", "utf-16-be", "windows-1258", "vni"])
def test_a_real_directive_comes_back_from_each_encoding(encoding: str) -> None:
    text = directive("57-NQ-TW.txt")
    decoded = decode(encode(text, encoding))
    assert decoded.text == text
    assert decoded.encoding == {"utf-8-bom": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)


def test_tcvn3_comes_back_but_for_toned_capitals() -> None:
    text = directive("57-NQ-TW.txt")
    decoded = decode(encode(text, "tcvn3"))
    assert (decoded.encoding, decoded.guessed) == ("tcvn3", True)
    assert decoded.text.casefold() == text.casefold()
    assert "TCVN3" in decoded.reason
    assert "TCVN3" in decoded.reason.vi


def test_tcvn3_bytes_are_those_of_the_standard() -> None:
    assert encode("đổi mới", "tcvn3") == bytes([0xAE, 0xE6, 0x69, 0x20, 0x6D, 0xED, 0x69])
    assert encode("Cộng hoà xã hội chủ nghĩa", "tcvn3").decode("latin-1") == "Céng hoµ x· héi chñ nghÜa"


def test_vni_bytes_are_those_of_its_fonts() -> None:
    assert encode("Cộng hòa xã hội", "vni").decode("latin-1") == "Coäng hoøa xaõ hoäi"


LETTERS = st.lists(
    st.sampled_from(
        [
            "nghị",
            "quyết",
            "của",
            "Đảng",
            "về",
            "đổi",
            "mới",
            "sáng",
            "tạo,",
            "chuyển",
            "đổi",
            "số",
            "và",
            "phát",
            "triển",
            "kinh",
            "tế",
            "ở",
            "cơ",
            "sở",
            "năm",
        ]
    ),
    min_size=6,
)


@given(LETTERS, st.sampled_from(["utf-8", "utf-16", "windows-1258", "vni"]))
def test_decoding_undoes_encoding(words: list[str], encoding: str) -> None:
    text = " ".join(["nghị quyết của Đảng", *words])
    assert decode(encode(text, encoding)).text == text


def test_legacy_letters_inside_unicode_text_are_mended() -> None:
    mended = mend_legacy("NghÞ quyÕt cña Bé ChÝnh trÞ")
    assert mended is not None
    assert mended.text == "Nghị quyết của Bộ Chính trị"
    assert mend_legacy("Nghị quyết của Bộ Chính trị") is None
    assert mend_legacy("Café crème, señor") is None


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01",
        b"%PDF-1.4\n\xe2\xe3\xcf\xd3\n\x00\x01\x02",
        b"\x00\x01\x02\x03",
        "café crème déjà vu, garçon".encode("latin-1"),
        b"\xff\xfea",
        b"\x80\x81\x82" * 100,
        b"\xef\xbb\xbf\xff",
    ],
)
def test_it_refuses_what_is_no_text_and_says_what_to_do(data: bytes) -> None:
    with pytest.raises(UnreadableText, match=r"\. (Check|Get|Open)|cut off"):
        decode(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert isinstance(decode(data).text, str)
    except UnreadableText as error:
        assert str(error)


def test_an_empty_file_is_empty_text() -> None:
    assert decode(b"").text == ""


def test_the_words_of_real_texts_are_syllables() -> None:
    words = [w.strip('.,;:()"“”…-') for w in directive("57-NQ-TW.txt").split()]
    accented = [word for word in words if word.isalpha() and not word.isascii()]
    assert sum(map(is_syllable, accented)) / len(accented) > 0.999
    assert not any(map(is_syllable, ["NghÞ", "quyÕt", "Coäng", "xyz", "ngắḿ"]))


def test_search_keys_of_all_unit_names_are_plain() -> None:
    assert all(fold(name).isascii() for name in unit_names())
