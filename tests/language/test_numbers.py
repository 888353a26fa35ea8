from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soichieu.language.numbers import ISSUERS, KINDS, DocumentNumber, canonical, parse_number, repair
from soichieu.language.reasons import Reason

from .real import directive

NUMBERS = st.from_regex(r"[0-9]{1,5}[a-z]?", fullmatch=True)
KIND = st.sampled_from(sorted(KINDS))
ISSUER = st.lists(st.sampled_from(sorted(set(ISSUERS) - {"QH", "UBTVQH"})), min_size=1, max_size=3).map("-".join)
YEAR = st.integers(1945, 2099)
DOCUMENTS = st.one_of(
    st.builds(lambda n, k, i: DocumentNumber(n, k, None, i, "party"), NUMBERS, KIND, ISSUER),
    st.builds(lambda n, k, i: DocumentNumber(n, k, None, i, "state"), NUMBERS, KIND, ISSUER),
    st.builds(lambda n, k, y, i: DocumentNumber(n, k, y, i, "normative"), NUMBERS, KIND, YEAR, ISSUER),
    st.builds(
        lambda n, y, i: DocumentNumber(n, None, y, i, "assembly"),
        NUMBERS,
        YEAR,
        st.sampled_from(["QH12", "QH15", "UBTVQH15"]),
    ),
)


@given(DOCUMENTS)
def test_a_printed_number_parses_to_itself(number: DocumentNumber) -> None:
    assert parse_number(canonical(number)) == number


@given(DOCUMENTS, st.sampled_from(["–", " - ", "— "]))
def test_long_dashes_and_spaces_are_repaired(number: DocumentNumber, dash: str) -> None:
    printed = canonical(number).replace("-", dash)
    assert number in [candidate.number for candidate in repair(printed)]


@given(st.text(alphabet="0123456789/-– NQĐCPTWKHUBD.sốngày_", max_size=40))
def test_repair_never_fails_and_always_says_why(text: str) -> None:
    for candidate in repair(text):
        assert candidate.reason
        assert candidate.reason.vi
        assert 0 < candidate.confidence <= 1
    parse_number(text)


@pytest.mark.parametrize(
    ("printed", "family", "kind", "issuer", "year"),
    [
        ("118-KH/ĐUCA", "party", "KH", "ĐUCA", None),
        ("12-NQ/TW", "party", "NQ", "TW", None),
        ("130/KH-UBND", "state", "KH", "UBND", None),
        ("1961/QĐ-UBND", "state", "QĐ", "UBND", None),
        ("04/TTr-BKHCN-BTTTT", "state", "TTr", "BKHCN-BTTTT", None),
        ("83/BKHCN-BTTTT-VP", "state", None, "BKHCN-BTTTT-VP", None),
        ("30/2020/NĐ-CP", "normative", "NĐ", "CP", 2020),
        ("02/2022/TTLT-BCA-BQP", "normative", "TTLT", "BCA-BQP", 2022),
        ("202/2025/QH15", "assembly", None, "QH15", 2025),
        ("28/2004/PL-UBTVQH11", "assembly", "PL", "UBTVQH11", 2004),
        ("Số: 57-NQ/TW", "party", "NQ", "TW", None),
    ],
)
def test_it_parses_each_family(printed: str, family: str, kind: str | None, issuer: str, year: int | None) -> None:
    number = parse_number(printed)
    assert number is not None
    assert (number.family, number.kind, number.issuer, number.year) == (family, kind, issuer, year)
    assert canonical(number) == printed.removeprefix("Số: ")


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("12/NQ/TW", "12-NQ/TW"),
        ("12/NQ/TW, ngày 16-3-2022", "12-NQ/TW"),
        ("Nghị quyết số 12/NQ/TW", "12-NQ/TW"),
        ("1961/QĐUBND", "1961/QĐ-UBND"),
        ("1961/QDUBND", "1961/QĐ-UBND"),
        ("1961/QD-UBND", "1961/QĐ-UBND"),
        ("57/NQ-TW", "57-NQ/TW"),
        ("57-NQ-TW", "57-NQ/TW"),
        ("30_2020_ND_CP", "30/2020/NĐ-CP"),
        ("30/2020/ND-CP", "30/2020/NĐ-CP"),
        ("118–KH/ĐUCA", "118-KH/ĐUCA"),
        ("118-KH/DUCA", "118-KH/ĐUCA"),
        ("118/KH-ĐUCA", "118-KH/ĐUCA"),
        ("2074 - TB/TU", "2074-TB/TU"),
        ("130-KH/UBND", "130/KH-UBND"),
        ("202/2025/qh15", "202/2025/QH15"),
        ("1O3/QĐ-TTg", "103/QĐ-TTg"),
        ("07/2023/QĐ\ufffeUBND", "07/2023/QĐ-UBND"),
        ("1102/QĐTPT-TCHC", "1102/QĐTPT-TCHC"),
    ],
)
def test_the_likeliest_reading_of_a_damaged_number_comes_first(printed: str, right: str) -> None:
    first = repair(printed)[0]
    assert canonical(first.number) == right
    assert first.confidence >= 0.8


def test_12_nq_tw_resolves_with_the_reason_in_words() -> None:
    best, other = repair("12/NQ/TW, ngày 16-3-2022")
    assert canonical(best.number) == "12-NQ/TW"
    assert best.reason == "“12/NQ/TW” is read as 12-NQ/TW: TW is a party body, and the party writes number-kind/issuer"
    assert "cơ quan đảng" in best.reason.vi
    assert other.confidence < 0.5


def test_a_blank_number_keeps_its_symbol_and_says_so() -> None:
    only = repair("Số: /NQ-CP")[0]
    assert (only.number.number, only.number.issuer) == ("", "CP")
    assert "blank" in only.reason
    assert parse_number("/NQ-CP") is None


def test_a_year_that_contradicts_the_date_lowers_the_confidence() -> None:
    right = repair("30/2020/NĐ-CP", date(2020, 3, 5))[0]
    wrong = repair("30/2020/NĐ-CP", date(2021, 3, 5))[0]
    assert wrong.confidence < right.confidence
    assert "not that of its date" in wrong.reason


def test_a_decision_without_the_bar_of_its_đ_is_no_official_letter() -> None:
    assert parse_number("1961/QD-UBND") is None


def test_an_unknown_issuer_leaves_both_forms_open() -> None:
    assert {canonical(candidate.number) for candidate in repair("15/QĐ/ABC")} == {"15/QĐ-ABC", "15-QĐ/ABC"}


@pytest.mark.parametrize("text", ["", "abc", "12", "24/7", "16/3/2022", "QĐ-UBND", "5G", "x" * 10_000, "1/" * 5_000])
def test_what_is_no_number_gives_nothing(text: str) -> None:
    assert parse_number(text) is None
    assert repair(text) == []


def test_leading_zeros_are_kept_but_do_not_distinguish() -> None:
    one, other = parse_number("03/NQ-CP"), parse_number("3/NQ-CP")
    assert one is not None and other is not None
    assert one != other
    assert one.key == other.key


def test_the_kinds_of_decree_30_are_all_there() -> None:
    printed = "NQ QĐ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ BGN BTT GUQ GM GGT GNP PG PC PB SY TrS SL"
    assert {kind for kind in KINDS if "decree 30/2020" in KINDS[kind].sources} == set(printed.split())
    assert KINDS["KH"].name == "Kế hoạch"


def test_the_numbers_of_the_real_files_parse() -> None:
    assert parse_number(directive("57-NQ-TW.txt").splitlines()[3]) == DocumentNumber("57", "NQ", None, "TW", "party")


def test_a_reason_carries_its_vietnamese_through_a_pickle() -> None:
    import pickle

    reason = pickle.loads(pickle.dumps(Reason("why", "vì sao")))
    assert (reason, reason.vi, reason.in_language("vi-VN"), reason.in_language("en")) == (
        "why",
        "vì sao",
        "vì sao",
        "why",
    )


def test_the_kinds_are_those_of_the_decrees_own_annex() -> None:
    import unicodedata
    from pathlib import Path

    import docx

    annex = docx.Document(str(Path(__file__).parents[1] / "data" / "nd30" / "Phuluc3.docx"))
    rows = [[cell.text.strip() for cell in row.cells] for row in annex.tables[0].rows]
    listed = {row[2]: row[1].removesuffix(" (cá biệt)") for row in rows[1:] if len(row) == 3 and row[2]}
    assert len(listed) == 30
    for abbreviation, name in listed.items():
        ours = KINDS[abbreviation].name
        assert unicodedata.normalize("NFC", name).replace("uỷ", "ủy") == ours, abbreviation
