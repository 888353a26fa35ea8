from __future__ import annotations

import random
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from soichieu.language.collation import sort_key

from .real import unit_names

TEXT = st.text(alphabet="aAàáạăằâbcdđĐeêéghiíoôơuưvxyz 0123456789-.", max_size=20) | st.text(max_size=12)


def in_order(*words: str) -> None:
    shuffled = random.Random(1).sample(words, len(words))
    assert sorted(shuffled, key=sort_key) == list(words)


def test_letters_go_in_the_vietnamese_order() -> None:
    in_order(
        "a",
        "ă",
        "â",
        "b",
        "c",
        "d",
        "đ",
        "e",
        "ê",
        "f",
        "g",
        "h",
        "i",
        "k",
        "l",
        "m",
        "n",
        "o",
        "ô",
        "ơ",
        "p",
        "q",
        "u",
        "ư",
        "v",
        "w",
        "x",
        "y",
        "z",
    )


def test_tones_go_ngang_huyen_hoi_nga_sac_nang() -> None:
    in_order("ma", "mà", "mả", "mã", "má", "mạ")
    in_order("Hòa", "Hỏa", "Hóa", "Họa", "Hoàng")


def test_letters_count_before_tones_and_tones_before_case() -> None:
    in_order("ba", "bà", "Bà", "bá", "bà con")
    in_order(
        "An Giang",
        "Bà Rịa - Vũng Tàu",
        "Bạc Liêu",
        "Bắc Giang",
        "Bắc Kạn",
        "Bến Tre",
        "Cà Mau",
        "Cần Thơ",
        "Đà Nẵng",
        "Đắk Lắk",
        "Điện Biên",
        "Đồng Nai",
        "Gia Lai",
        "Hà Giang",
        "Hà Nội",
        "Hải Phòng",
        "Hưng Yên",
    )


def test_numbers_sort_by_value() -> None:
    in_order("Quận 1", "Quận 2", "Quận 10", "Quận 12", "Quận Ba Đình")


def test_dashes_count_as_spaces() -> None:
    in_order("Bà Rịa", "Bà Rịa - Vũng Tàu", "Bà Rịa Vũng Xa")


@given(TEXT, TEXT)
def test_nfc_and_nfd_have_one_key_and_only_equal_texts_do(one: str, other: str) -> None:
    assert sort_key(unicodedata.normalize("NFD", one)) == sort_key(unicodedata.normalize("NFC", one))
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (sort_key(one) == sort_key(other)) == same


@given(st.text(max_size=20))
def test_a_key_is_hexadecimal_so_that_any_database_sorts_it_alike(text: str) -> None:
    assert set(sort_key(text)) <= set("0123456789abcdef")


@given(st.text(alphabet="abdđeê", max_size=5), st.text(alphabet="abdđeê", min_size=1, max_size=5))
def test_a_beginning_sorts_before_the_whole(head: str, tail: str) -> None:
    assert sort_key(head) < sort_key(head + tail)


def test_all_unit_names_have_keys_of_their_own() -> None:
    names = set(unit_names("vn-units-2021-11-01.csv")) | set(unit_names())
    keys = {sort_key(name) for name in names}
    assert len(keys) == len({unicodedata.normalize("NFC", name) for name in names})
