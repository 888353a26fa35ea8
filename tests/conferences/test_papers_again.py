"""A second conference half a year later starts from the first: its briefing book names what was done and what not."""

from __future__ import annotations

import datetime as dt

import pytest

from soichieu.conferences import book
from soichieu.conferences.commands import noting, planning
from soichieu.conferences.docx import printed
from soichieu.conferences.kinds import EventKind
from soichieu.conferences.models import Conference
from soichieu.conferences.queries.briefing import book_of
from soichieu.conferences.state import state_of
from soichieu.findings.commands import say_same
from soichieu.ledger import commands as ledger
from soichieu.ledger.models import Chain, Obligation
from tests.conferences import reading_docx as read
from tests.conferences.ending import at, course
from tests.conferences.test_notice import settle

SECOND = dt.date(2026, 5, 14)
BEFORE = dt.date(2026, 5, 4)


@pytest.fixture
def second(meeting) -> Conference:
    """The first conference ended, its notice registered, one of its tasks done; the second is planned on it."""
    found = course(meeting)
    settle(meeting, found)
    steering = meeting.house.askers["steering"]
    (task,) = Obligation.objects.filter(unit=meeting.house.units[0])
    with at(day=dt.date(2026, 3, 20)):
        ledger.record(asker=meeting.site, kind="claimed", obligations=[task.pk], happened_on=dt.date(2026, 3, 20))
    with at(day=dt.date(2026, 3, 25)):
        ledger.record(asker=steering, kind="accepted", obligations=[task.pk], happened_on=dt.date(2026, 3, 25))
    with at(day=BEFORE):
        conference = planning.plan(
            asker=steering, unit_id=meeting.house.ministry.pk,
            facts={"title": "Hội nghị sơ kết lần hai (thử)", "kind": "interim", "held_on": SECOND,
                   "starts_at": dt.time(8), "directives": meeting.state.directives, "chair": "Bộ trưởng",
                   "follows": meeting.conference.key},
        )  # fmt: skip
        for number, unit in enumerate(meeting.house.units[:5], start=1):
            book.write(steering, conference, EventKind.SITE, {"key": f"s{number}", "name": f"Điểm cầu Cục Số {number}",
                       "unit": unit.pk, "order": number})  # fmt: skip
    return conference


def briefing_text(meeting, second) -> str:
    with at(day=BEFORE, minutes=60):
        return read.text_of(
            read.opened(printed(meeting.house.askers["steering"], second, state_of(second), "briefing"))
        )


def test_it_names_what_was_done_what_not_and_what_the_notice_left_out(meeting, second):
    text = briefing_text(meeting, second)
    assert "II. KẾT LUẬN CỦA HỘI NGHỊ SƠ KẾT (THỬ) (14-11-2025)" in text
    assert "Nhiệm vụ đã giao: 2; hoàn thành 1 trên 2. Thông báo kết luận không nêu: 1 kết luận." in text
    done = next(line for line in text.splitlines() if line.startswith("1. Giao Cục Số 1"))
    assert "ĐÃ HOÀN THÀNH: 1 trên 1 đơn vị" in done and "Thông báo số 77/TB-BTN ngày 19-11-2025" in done
    still = next(line for line in text.splitlines() if line.startswith("2. Cục Số 2"))
    assert "CHƯA HOÀN THÀNH: 0 trên 2 đơn vị, quá hạn 2" in still
    left = next(line for line in text.splitlines() if "Giao Cục Số 4" in line)
    assert "THÔNG BÁO KẾT LUẬN KHÔNG NÊU" in left and "lý do: Chờ phương án tập huấn chung" in left
    assert "chưa được trả lời từ ngày 14-11-2025" in text


def test_a_shortcoming_that_returns_with_the_same_cause_is_told_to_the_unit_first(meeting, second):
    text = briefing_text(meeting, second)
    assert "được nêu lần đầu; gần nhất 14-11-2025 tại Hội nghị sơ kết (thử)" in text
    steering = meeting.house.askers["steering"]
    with at(day=BEFORE, minutes=5):
        state = state_of(second)
        again = noting.find(
            asker=steering, conference=second, kind="shortcoming", text="Hồ sơ đèn vẫn thiếu",
            units=[meeting.house.units[1].pk], subjective_cause="Chưa phân công rõ người lập hồ sơ.",
        )  # fmt: skip
        made = book_of(steering, second, state)
    page = next(one for one in made.units if one.site.key == "s2")
    (pair,) = page.returning
    assert pair.newer.key == again.key and pair.cause == "subjective"
    text = briefing_text(meeting, second)
    assert "Trùng từng chữ nguyên nhân chủ quan với tồn tại nêu ngày 14-11-2025" in text
    with at(day=BEFORE, minutes=10):
        say_same(asker=steering, holder_unit_id=meeting.house.ministry.pk, finding=again, same_as=pair.older.key)
    text = briefing_text(meeting, second)
    assert "được nêu lần thứ hai, CÙNG MỘT NGUYÊN NHÂN, TRÙNG TỪNG CHỮ" in text
    assert "trong đó 1 đơn vị có tồn tại lặp lại cùng một nguyên nhân" in text


def test_what_a_unit_says_of_itself_is_no_shortcoming_of_it(meeting, second):
    with at(day=BEFORE, minutes=5):
        # Its own word, sent beforehand: it stands in the book as the unit's own.
        from soichieu.conferences.occasions import occasion_of
        from soichieu.findings.commands import raise_finding

        raise_finding(
            asker=meeting.site, holder_unit_id=meeting.house.ministry.pk, kind="shortcoming",
            words="Tự thấy chậm báo cáo", occasion=occasion_of(second, state_of(second)), on=BEFORE,
            author_unit=meeting.house.units[0].pk, own=True,
        )  # fmt: skip
    text = briefing_text(meeting, second)
    assert "(đơn vị tự nêu, 4-5-2026): Tự thấy chậm báo cáo." in text
    assert "trong đó 0 đơn vị có tồn tại lặp lại" in text


def test_figures_are_those_of_the_cut_and_not_of_today(meeting, second):
    """A task done after the cut is open in the book of the cut."""
    notice = Obligation.objects.first().requirement.directive
    chain = Chain.objects.get(directive=notice)
    steering = meeting.house.askers["steering"]
    with at(day=BEFORE, minutes=10):
        book.write(steering, second, EventKind.CHANGED, {"directives": [notice.pk]})
        book.write(
            steering, second, EventKind.CUT,
            {"key": "cut", "label": "Số liệu 4-5", "directive": notice.pk, "as_at": "2026-05-03",
             "known_at": "2026-05-04T01:05:00+00:00", "position": chain.last_position, "shown_from": None},
        )  # fmt: skip
    (late,) = Obligation.objects.filter(unit=meeting.house.units[1])
    with at(day=BEFORE, minutes=30):
        ledger.record(
            asker=steering, kind="waived", obligations=[late.pk], happened_on=dt.date(2026, 5, 2),
            payload={"reason": "thử"},
        )  # fmt: skip
    text = briefing_text(meeting, second)
    assert "mốc “Số liệu 4-5”): tính đến ngày 3-5-2026, ghi nhận đến 08:05, 4-5-2026." in text
    assert (
        "- Tổ chức thực hiện: 1 trên 3 (đơn vị tự báo cáo 0, đã xác nhận qua hồ sơ 1, đã kiểm chứng 0), quá hạn 2."
        in text
    )
    assert "hoàn thành 1 trên 3 nhiệm vụ (đơn vị tự báo cáo 0, đã xác nhận qua hồ sơ 1," in text
