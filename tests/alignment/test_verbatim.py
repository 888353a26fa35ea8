"""One change to a superior's sentence: what was taken out of a row, put in, or put in the place of a whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soichieu.alignment.drift import Stated, drifts
from soichieu.alignment.tokens import Language
from soichieu.alignment.verbatim import one_change

ROW = "lập sổ theo dõi phao tiêu, cột đèn và trạm bờ trên toàn tuyến hằng tháng"


@pytest.mark.parametrize(
    ("above", "below", "language"),
    [
        ("rà soát công văn đi, công văn đến của các trạm", "rà soát công văn đi của các trạm", "vi"),
        ("maintenance and repair of the lamps are logged", "repair of the lamps is logged", "en"),
        ("use data in policy, planning and operations", "use data in planning", "en"),
        ("phủ sóng mạng đèn biển trên toàn quốc", "phủ sóng mạng đèn biển trên vịnh Bắc Bộ", "vi"),
        ("backups of charts are kept and tested", "backups of charts are kept and tested during the night", "en"),
        ("charts of the coast are published", "charts of the coast that were drawn after 1990 are published", "en"),
    ],
)  # fmt: skip
def test_one_change_that_cuts_down_is_told(above: str, below: str, language: Language) -> None:
    found = one_change(above, below.casefold(), language)
    assert found and found[1] in below.casefold()


@pytest.mark.parametrize(
    ("above", "below", "language"),
    [
        ("rà soát các trạm, các luồng", "rà soát các luồng và các trạm", "vi"),
        ("assess all lamps, in support of the yearly report", "assess all lamps", "en"),
        (
            "nâng cao hiệu quả công tác, hiệu suất công việc của trạm đèn",
            "nâng cao hiệu quả công tác của trạm đèn",
            "vi",
        ),
        ("inspect procedural, legal and cultural barriers", "inspect all barriers", "en"),
        ("hợp tác với các nước như Na Uy, Nhật Bản", "hợp tác với các nước", "vi"),
        ("inform the ports", "inform the ports by radio", "en"),
    ],
)
def test_what_says_as_much_is_no_change(above: str, below: str, language: Language) -> None:
    assert one_change(above.casefold(), below.casefold(), language) is None


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["vi", "en"]))
def test_it_holds_on_any_text(above: str, below: str, language: Language) -> None:
    found = one_change(above.casefold(), below.casefold(), language)
    assert found is None or (found[0] and found[1])


def test_a_text_of_any_length_is_answered() -> None:
    whole = "buoys and lamps and " * 50_000
    assert drifts(Stated(whole), Stated(whole.replace("lamps and", "lamps,"))) == ()


def test_what_is_longer_than_a_sentence_is_not_compared() -> None:
    whole = "buoys, lamps and stations " * 20_000
    assert one_change(whole, whole.replace("lamps, ", "") + "during the night", "en") is None


@given(st.sampled_from(["vi", "en"]))
def test_a_sentence_is_no_change_of_itself(language: Language) -> None:
    assert one_change(ROW, ROW, language) is None
