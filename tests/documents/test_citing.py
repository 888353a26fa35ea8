"""A citation means one document, or stays open with its candidates and why."""

from __future__ import annotations

import datetime as dt

import pytest

from soichieu.documents import citing, commands, queries
from soichieu.documents.models import Document

PARTY = {"issuer": "Bộ Chính trị", "public": True}


@pytest.fixture
def register(db, operator):
    def make(number, day, issuer="Bộ Chính trị", **more) -> Document:
        return commands.register_document(
            operator, number=number, issuer=issuer, signed_on=dt.date.fromisoformat(day), public=True, **more
        )

    return make


def _codes(candidate) -> set[str]:
    return {reason["code"] for reason in candidate.reasons}


def test_a_damaged_number_with_its_date_resolves_and_says_why(register):
    right = register("12-NQ/TW", "2022-03-16")
    register("12-NQ/TW", "2017-06-03", issuer="Ban Chấp hành Trung ương")
    found, candidates = citing.resolve(citing.Cited("12/NQ/TW", "Nghị quyết", "", dt.date(2022, 3, 16)))
    assert found == right
    assert {"number_mended", "kind_same", "date_same"} <= _codes(candidates[0])


def test_a_short_form_that_fits_two_documents_shows_both_with_reasons(register):
    register("12-NQ/TW", "2022-03-16")
    register("12-NQ/TW", "2017-06-03", issuer="Ban Chấp hành Trung ương")
    register("12-KH/ĐUCA", "2022-05-25", issuer="Đảng ủy Công an Trung ương")
    found, candidates = citing.resolve(citing.Cited("12", "Nghị quyết"))
    assert found is None
    assert [one.document.number for one in candidates] == ["12-NQ/TW", "12-NQ/TW"]
    assert all({"number_running", "kind_same", "no_date"} <= _codes(one) for one in candidates)


def test_the_right_number_with_another_date_stays_open(register):
    register("57-NQ/TW", "2024-12-22")
    found, candidates = citing.resolve(citing.Cited("57-NQ/TW", "Nghị quyết", "", dt.date(2019, 9, 27)))
    assert found is None and "date_other" in _codes(candidates[0])


def test_a_number_that_holds_its_year_needs_no_date(register):
    decree = register("30/2020/NĐ-CP", "2020-03-05", issuer="Chính phủ")
    assert citing.resolve(citing.Cited("30/2020/NĐ-CP", "Nghị định"))[0] == decree


def test_a_text_cites_nothing_that_is_later_than_itself(register):
    old, later = register("5-KH/TW", "2020-01-01"), register("57-NQ/TW", "2024-12-22")
    found, _all = citing.resolve(citing.Cited("57-NQ/TW", "Nghị quyết", "", later.signed_on), citing=old)
    assert found is None


TEXT = (
    "CHÍNH PHỦ\nSố: 03/NQ-CP\nHà Nội, ngày 09 tháng 01 năm 2025\n\nNGHỊ QUYẾT\nBan hành Chương trình hành động\n\n"
    "Căn cứ Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị;\n"
    "Điều 1. Thực hiện Nghị quyết số 57-NQ/TW và Nghị quyết số 12.\n"
)


def test_open_citations_are_tried_again_when_a_document_is_registered(register, operator):
    document = register("03/NQ-CP", "2025-01-09", issuer="Chính phủ", file=(TEXT.encode(), "a.txt"))
    edition = queries.edition(operator, document)
    assert {one.document for one in queries.citations_of(operator, edition)} == {None}
    meant = register("57-NQ/TW", "2024-12-22")
    cited = queries.citations_of(operator, edition)
    assert [one.document for one in cited if "57" in one.citation.text] == [meant, meant]
    register("12-NQ/TW", "2022-03-16")
    register("12-NQ/TW", "2017-06-03", issuer="Ban Chấp hành Trung ương")
    short = next(one for one in queries.citations_of(operator, edition) if one.citation.number == "12")
    assert short.document is None and len(short.candidates) == 2


def test_a_person_settles_an_open_citation(register, operator):
    document = register("03/NQ-CP", "2025-01-09", issuer="Chính phủ", file=(TEXT.encode(), "a.txt"))
    meant = register("12-NQ/TW", "2022-03-16")
    short = document.editions.get().citations.get(number="12")
    commands.settle_citation(operator, short, meant)
    assert queries.citations_of(operator, document.editions.get())[-1].document == meant
    assert short.settled_by["label"]


def test_what_an_asker_does_not_see_is_neither_named_nor_offered(register, operator, house):
    hidden = commands.register_document(
        house.askers["cuc-a"], number="57-NQ/TW", issuer="Bộ Chính trị", signed_on=dt.date(2024, 12, 22)
    )
    document = register("03/NQ-CP", "2025-01-09", issuer="Chính phủ", file=(TEXT.encode(), "a.txt"))
    cited = queries.citations_of(house.askers["cuc-b"], document.editions.get())
    assert all(one.document is None and not one.candidates for one in cited)
    assert any(one.hidden for one in cited)
    assert hidden in [one.document for one in queries.citations_of(house.askers["cuc-a"], document.editions.get())]
