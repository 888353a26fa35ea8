"""What comes back: the same cause found by comparing, told to few; suggestions that a person decides about."""

from __future__ import annotations

from typing import Any

import pytest

from soichieu.findings import commands
from soichieu.findings.causes import cause_key, plain
from soichieu.findings.models import Told
from soichieu.findings.queries import findings_of, recurrences
from soichieu.findings.queries.returning import returning
from soichieu.findings.queries.shown import shown
from soichieu.findings.queries.similar import similar, suggestions
from soichieu.findings.queries.told import rows
from tests.findings.conftest import SUBJECTIVE, Hall


def told(hall: Hall, who: str, at: int = 0) -> list[Any]:
    return [(one.newer.finding, one.older.finding) for one in returning(hall.asker(who), [hall.unit(at)])]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Thiếu kinh phí.", "thiếu  kinh phí", True),
        ("Chưa hoà nhập", "Chưa hòa nhập!", True),
        ("“Thiếu người” – chủ yếu", '"Thiếu người" - chủ yếu', True),
        ("Thiếu máy", "Thiếu mây", False),
        ("Thiếu người", "Thiếu nhiều người", False),
        ("", "", False),
    ],
)
def test_word_for_word(one: str, other: str, same: bool) -> None:
    assert (plain(one) == plain(other) and bool(cause_key(one)) and cause_key(one) == cause_key(other)) is same


def test_a_cause_that_returns_is_told_to_the_unit_and_to_those_who_prepare_and_to_nobody_else(hall: Hall) -> None:
    older = hall.raise_(words="Cập nhật chậm.", subjective_cause=SUBJECTIVE)
    newer = hall.raise_(words="Vật tư thiếu.", subjective_cause=SUBJECTIVE.upper() + ".", occasion=hall.autumn)
    for who in ("staff", "clerk", "steering", "secretary"):
        assert told(hall, who) == [(newer, older)], who
    for who in ("observer", "peer", "other"):
        assert told(hall, who) == [], who
    assert told(hall, "steering", 1) == []


def test_once_a_person_has_spoken_nothing_is_found_any_more(hall: Hall) -> None:
    older = hall.raise_(subjective_cause=SUBJECTIVE)
    newer = hall.raise_(subjective_cause=SUBJECTIVE, occasion=hall.autumn)
    said = {"asker": hall.asker("steering"), "holder_unit_id": hall.ministry, "finding": newer, "same_as": older}
    commands.say_same(**said, holds=False, reason="Việc khác.")
    assert told(hall, "staff") == []
    commands.say_same(**said)
    assert told(hall, "staff") == []


def test_what_the_unit_says_of_itself_and_another_units_cause_are_not_compared(hall: Hall) -> None:
    hall.raise_(asker=hall.asker("staff"), author_unit=hall.unit(0), own=True, subjective_cause=SUBJECTIVE)
    hall.raise_(units=[hall.unit(1)], subjective_cause=SUBJECTIVE)
    hall.raise_(subjective_cause=SUBJECTIVE, occasion=hall.autumn)
    assert told(hall, "steering") == [] and told(hall, "steering", 1) == []


def test_within_one_conference_nothing_returns(hall: Hall) -> None:
    hall.raise_(subjective_cause=SUBJECTIVE)
    hall.raise_(words="Khác.", subjective_cause=SUBJECTIVE)
    assert told(hall, "steering") == []


def test_that_it_returns_is_shown_to_the_unit_first_and_then_to_those_above_it(hall: Hall) -> None:
    first = hall.raise_(subjective_cause=SUBJECTIVE)
    second = hall.raise_(subjective_cause=SUBJECTIVE, same_as=first, occasion=hall.autumn)

    def seen(who: str) -> tuple[list[int], list[bool], int]:
        asker = hall.asker(who)
        found = recurrences(asker, second)
        row = rows(asker, findings_of(asker))[0]
        return [one.nth for one in found], [one.same_cause for one in found], row.times

    everything = ([1, 2], [False, True], 2)
    assert seen("steering") == seen("secretary") == everything, "those who prepare"
    assert seen("observer") == ([0, 0], [False, False], 0), "nobody else before the unit"
    assert not Told.objects.exists()
    assert seen("staff") == everything
    assert [(one.finding, one.unit_id) for one in Told.objects.all()] == [(second, hall.unit(0))]
    assert seen("observer") == everything
    third = hall.raise_(subjective_cause=SUBJECTIVE, same_as=second, occasion=hall.autumn)
    assert rows(hall.asker("observer"), findings_of(hall.asker("observer")))[0].times == 0, "a new return, first again"
    assert [one.nth for one in recurrences(hall.asker("clerk"), third)] == [1, 2, 3]


EARLIER = [
    "Việc cập nhật số liệu dân cư còn chậm, chưa kịp thời.",
    "Một số đơn vị chưa chủ động tham mưu cấp ủy, chính quyền ban hành kế hoạch.",
    "Công tác thông tin, tuyên truyền chưa sâu rộng, hình thức chưa phong phú.",
    "Cơ sở vật chất, trang thiết bị phục vụ canh giữ hải đăng còn thiếu, xuống cấp.",
    "Chế độ báo cáo chưa nghiêm, còn chậm so với thời hạn quy định.",
]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Cập nhật số liệu vẫn còn chậm so với yêu cầu.", 0),
        ("Chưa chủ động tham mưu cho chính quyền địa phương.", 1),
        ("Trang thiết bị của các trạm hải đăng lạc hậu, xuống cấp nghiêm trọng.", 3),
        ("Việc báo cáo định kỳ còn chậm.", 4),
        (EARLIER[2].upper(), 2),
    ],
)
def test_what_may_be_the_same_is_suggested_first(hall: Hall, words: str, first: int) -> None:
    candidates = shown([hall.raise_(words=text) for text in EARLIER])
    assert similar(words, candidates)[0].shown.words == EARLIER[first]


def test_another_matter_is_not_suggested(hall: Hall) -> None:
    candidates = shown([hall.raise_(words=text) for text in EARLIER])
    assert similar("Đội ngũ cán bộ thiếu kỹ năng ngoại ngữ.", candidates) == []
    assert similar("Đội ngũ cán bộ thiếu kỹ năng ngoại ngữ.", candidates[:1]) == []
    assert similar("", candidates) == similar("Chậm.", []) == []


def test_suggestions_are_of_the_same_unit_and_leave_out_what_people_decided(hall: Hall) -> None:
    mine = hall.raise_(words=EARLIER[0])
    hall.raise_(words=EARLIER[0], units=[hall.unit(1)])
    newer = shown([hall.raise_(words="Cập nhật số liệu vẫn còn chậm.", occasion=hall.autumn)])[0]

    def keys(who: str = "steering") -> list[Any]:
        found = suggestions(hall.asker(who), newer.words, kind="shortcoming", units=[hall.unit(0)], but=newer)
        return [one.shown.finding for one in found]

    assert keys() == [mine]
    commands.say_same(
        asker=hall.asker("steering"), holder_unit_id=hall.ministry, finding=newer.finding, same_as=mine, holds=False,
        reason="Khác.",
    )  # fmt: skip
    assert keys() == []
