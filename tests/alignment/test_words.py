"""What is counted of a text, the data that ship for it, and the reasons shown."""

from __future__ import annotations

from pathlib import Path

import soichieu.alignment
from soichieu.alignment import Item, Provision, align, language_of
from soichieu.alignment.segmentation import segment
from soichieu.alignment.stemming import stem
from soichieu.alignment.tokens import prepared, raw_words

DATA = Path(soichieu.alignment.__file__).parent / "data"


def test_what_ships_is_small():
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 4_000_000


def test_the_language_is_told_from_the_letters():
    assert language_of(["Sửa đổi, bổ sung các quy định pháp luật"]) == "vi"
    assert language_of(["Develop, document, and disseminate an access control policy"]) == "en"
    assert language_of(["Le traitement des données à caractère personnel est effectué"]) == "en"


def test_syllables_become_words():
    assert segment(raw_words("Phát triển công nghệ và bảo vệ môi trường")) == [
        "phát_triển",
        "công_nghệ",
        "và",
        "bảo_vệ",
        "môi_trường",
    ]


def test_the_place_of_the_tone_mark_and_the_case_make_no_difference():
    assert raw_words("Hoà giải, văn hoá") == raw_words("HÒA GIẢI, VĂN HÓA") == ["hòa", "giải", "văn", "hóa"]


def test_english_endings_fall():
    assert len({stem(word) for word in ("establish", "established", "establishing", "establishes")}) == 1
    assert stem("policies") == stem("policy")
    assert stem("PII".lower()) == "pii"


def test_a_text_is_prepared_once():
    cache = {}
    first = prepared(["Sửa đổi luật", "Sửa đổi luật"], "vi", cache)
    assert len(cache) == 1
    assert first[0] is first[1] is prepared(["Sửa đổi luật"], "vi", cache)[0]


def test_reasons_are_what_both_texts_name():
    item = Item(
        "1",
        "Bộ Công an hoàn thành Trung tâm dữ liệu quốc gia trước ngày 30-6-2025, đạt tối thiểu 70% theo Nghị quyết"
        " số 57-NQ/TW",
        "Hạ tầng số",
    )
    provision = Provision(
        "a",
        "Bộ Công an sớm hoàn thành trung tâm dữ liệu quốc gia trước 30/6/2025; tối thiểu 70% theo Nghị quyết 57-NQ/TW",
        "Phát triển hạ tầng số",
    )
    why = align([item], [provision, Provision("b", "Phát triển y tế")]).reasons("1", "a")
    assert "Bộ Công an" in why.bodies
    assert why.dates and why.numbers and why.documents
    assert any("hạ tầng" in term.left.casefold() for term in why.heading)
    same = [term.left.casefold() for term in why.terms if term.kind != "concept"]
    assert any("trung tâm dữ liệu" in term for term in same)
    assert 0 < sum(term.weight for term in why.terms) <= 1.001
    assert list(why.parts) == sorted(why.parts, key=lambda part: -abs(part[1]))


def test_words_that_mean_the_same_are_a_reason():
    item, provision = Item("1", "Phóng sự trên phát thanh"), Provision("a", "Đẩy mạnh tuyên truyền")
    why = align([item], [provision, Provision("b", "Phát triển y tế")]).reasons("1", "a")
    assert ("tuyên truyền", "concept") in [(term.right, term.kind) for term in why.terms]
