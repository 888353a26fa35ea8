"""The leader's block of conclusions: those of the newest occasion of one's own house, n of N, as at and as known at."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db.models import QuerySet
from django.urls import reverse

from soichieu.documents.models import Document
from soichieu.findings import commands, occasions
from soichieu.findings.models import Raising
from soichieu.findings.occasions import Occasion
from soichieu.findings.queries import last_time, summary
from soichieu.ledger import clock
from soichieu.web.dates import TwoDates
from tests.baselines import assert_query_baseline
from tests.findings.conftest import AUTUMN, SIGNED, Hall, done, given


def words(hall: Hall, who: str = "head", two: TwoDates | None = None) -> list[str]:
    return [one.shown.words for one in last_time(hall.asker(who), two)]


def test_the_newest_occasion_with_conclusions_is_last_time_and_an_older_day_shows_the_one_before(hall: Hall) -> None:
    assert words(hall) == []
    for words_ in ("Giao Cục Số 1 rà soát.", "Giao Cục Số 1 tổng kết."):
        hall.conclude(hall.draft(words=words_))
    hall.draft(occasion=hall.autumn, on=AUTUMN, words="Mới dự thảo.")
    assert words(hall) == ["Giao Cục Số 1 rà soát.", "Giao Cục Số 1 tổng kết."]
    hall.conclude(hall.draft(occasion=hall.autumn, on=AUTUMN, words="Giao Cục Số 1 báo cáo."), on=AUTUMN)
    assert words(hall) == ["Giao Cục Số 1 báo cáo."]
    assert words(hall, two=TwoDates(AUTUMN - dt.timedelta(days=1))) == [
        "Giao Cục Số 1 rà soát.",
        "Giao Cục Số 1 tổng kết.",
    ]


def test_the_own_house_and_those_above_it_come_before_a_newer_occasion_of_somebody_under_it(hall: Hall) -> None:
    hall.conclude(hall.draft(words="Giao Cục Số 1 rà soát."))
    small = Occasion("tests", "conference", "small", "Họp Cục", hall.unit(0))
    finding = commands.draft_conclusion(
        asker=hall.house.operator, holder_unit_id=hall.unit(0), occasion=small, on=AUTUMN, conclusion_kind="standing",
        words="Các phòng báo cáo hằng tháng.",
    )  # fmt: skip
    commands.conclude(
        asker=hall.house.operator, holder_unit_id=hall.unit(0), finding=finding,
        version=finding.versions.get(), on=AUTUMN,
    )  # fmt: skip
    assert words(hall, "head") == ["Giao Cục Số 1 rà soát."]
    assert words(hall, "staff") == ["Các phòng báo cáo hằng tháng."]
    assert words(hall, "other") == []


def test_what_is_known_by_published_facts_alone_is_nobodys_last_time(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def published() -> QuerySet[Any]:
        return Raising.objects.filter(occasion="autumn").values("occasion")

    places = occasions.Places(lambda key: None, lambda key, item: None, published=published)
    monkeypatch.setitem(occasions._places, ("tests", "conference"), places)
    hall.conclude(hall.draft(words="Giao Cục Số 1 rà soát."))
    hall.conclude(hall.draft(occasion=hall.autumn, on=AUTUMN, words="Giao Cục Số 1 báo cáo."), on=AUTUMN)
    assert words(hall) == ["Giao Cục Số 1 rà soát."]


def test_n_of_n_is_live_and_as_at_and_as_known_at(hall: Hall, notice: Document) -> None:
    _finding, tasks = given(hall, notice, [hall.unit(0)])
    given(hall, notice, [hall.unit(0)], code="2")
    before = clock.now()
    done(hall, tasks[0], dt.date(2025, 9, 1))

    def counted(two: TwoDates | None = None) -> tuple[int, int]:
        counts = summary(last_time(hall.asker("head"), two))
        return counts.done, counts.tasks

    assert counted() == (1, 2)
    assert counted(TwoDates(dt.date(2025, 8, 1))) == (0, 2)
    assert counted(TwoDates(dt.date(2025, 9, 2), known_at=before)) == (0, 2)


def test_the_block_counts_and_names_what_is_not_done_the_overdue_first(
    hall: Hall, notice: Document, signed_in: Any
) -> None:
    finding, tasks = given(hall, notice, [hall.unit(0)])
    hall.conclude(hall.draft(words="Giao Cục Số 1 rà soát."))
    left = hall.draft(words="Giao Cục Số 1 tổng kết.")
    hall.conclude(left)
    commands.settle_in_notice(
        asker=hall.asker("steering"), holder_unit_id=hall.ministry, finding=left, document=notice, on=SIGNED,
        included=False, reason="Đã có.",
    )  # fmt: skip
    page = signed_in("head").get("/leader/").content.decode()
    block = page[page.index("2. Kết luận lần trước") : page.index("3. Vướng ở đâu")]
    assert "Hội nghị sơ kết 6 tháng" in block and "1 quá hạn" in " ".join(block.split())
    assert "tổng kết." not in block
    at = [block.index(one) for one in (reverse("findings:finding", args=[finding.key]), "rà soát.")]
    assert at == sorted(at)
    assert reverse("findings:follow-up") in block and "occasion=spring" in block
    done(hall, tasks[0], dt.date(2025, 9, 1))
    page = signed_in("head").get("/leader/").content.decode()
    assert reverse("findings:finding", args=[finding.key]) not in page


def test_without_a_conclusion_the_block_says_so(hall: Hall, signed_in: Any) -> None:
    assert "Chưa có kết luận nào" in signed_in("head").get("/leader/").content.decode()


def test_the_block_costs_as_many_queries_however_many_conclusions(hall: Hall, notice: Document, signed_in: Any) -> None:
    given(hall, notice, [hall.unit(0), hall.unit(1)])
    for at in range(4):
        hall.conclude(hall.draft(words=f"Giao Cục Số 1 rà soát đợt {at}."))
    visitor = signed_in("head")
    visitor.get("/leader/")
    with assert_query_baseline("board:leader with conclusions", maximum=50):
        visitor.get("/leader/")
