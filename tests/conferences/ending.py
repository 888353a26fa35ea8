"""A conference that is over, its conclusions concluded: what the tests of papers and of the notice begin with."""

from __future__ import annotations

import datetime as dt
from typing import Any

from soichieu.conferences.commands import concluding, floor, noting
from soichieu.findings.models import Finding
from soichieu.ledger import clock

START = dt.datetime(2025, 11, 14, 1, tzinfo=dt.UTC)
SIGNED = dt.date(2025, 11, 19)


def at(minutes: float = 0, day: dt.date | None = None):
    """The clock stands so many minutes after 8:00 of the conference's day, or of another one."""
    start = dt.datetime.combine(day, dt.time(8), clock.ZONE) if day else START
    return clock.injected(start + dt.timedelta(minutes=minutes))


def terms(leads: list[int], **more: Any) -> dict[str, Any]:
    return {
        "leads": leads, "given": "one" if len(leads) == 1 else "each",
        "task": "Rà soát và bổ sung đèn biển cửa sông do đơn vị quản lý", "deadline": "2026-03-31",
        "responsibility": "Cục trưởng", "authority": "Bộ Thử nghiệm", "product": "Báo cáo kết quả rà soát đèn biển",
        **more,
    }  # fmt: skip


def worded(meeting: Any, kind: str, words: str, *, conclude: bool = True, **fields: Any) -> Finding:
    """A conclusion of the conference, drafted by those who prepare it and concluded by the chair."""
    finding = concluding.draft(
        asker=meeting.house.askers["steering"], conference=meeting.conference, conclusion_kind=kind, text=words,
        **fields,
    )  # fmt: skip
    if conclude:
        version = finding.versions.get()
        concluding.conclude(asker=meeting.chair, conference=meeting.conference, finding=finding.key, version=version.pk)
    return finding


def course(meeting: Any) -> dict[str, Finding]:
    """The whole conference: two statements, a remark, findings, conclusions of all four kinds, closed."""
    conference, steering = meeting.conference, meeting.house.askers["steering"]
    units = meeting.house.units
    with at(0):
        floor.open_conference(asker=meeting.chair, conference=conference)
        floor.call_roll(asker=meeting.site, conference=conference, site="s1", present=12, of=15)
        floor.call_roll(asker=steering, conference=conference, site="s2", present=7, of=7, by="telephone")
        floor.call_next(asker=meeting.secretary, conference=conference)
    with at(5):
        floor.call_next(asker=meeting.secretary, conference=conference)
        noting.note_speech(asker=steering, conference=conference, item="st1", text="Đã thay nguồn sáng 12 đèn.")
    found: dict[str, Finding] = {}
    with at(10):
        found["shortcoming"] = noting.find(
            asker=steering, conference=conference, kind="shortcoming", text="Hồ sơ đèn biển chưa đầy đủ", item="st1",
            units=[units[1].pk], subjective_cause="Chưa phân công rõ người lập hồ sơ",
        )  # fmt: skip
        found["result"] = noting.find(
            asker=steering, conference=conference, kind="result", text="Đã có kế hoạch riêng", item="st1",
            units=[units[0].pk],
        )  # fmt: skip
        found["proposal"] = noting.find(
            asker=steering, conference=conference, kind="proposal", text="Bổ sung kinh phí thay đèn", item="st1",
            addressee_unit=meeting.house.ministry.pk,
        )  # fmt: skip
    with at(12):
        floor.call_next(asker=meeting.secretary, conference=conference)
        floor.give_floor_to_site(asker=meeting.chair, conference=conference, site="s3")
    with at(20):
        found["task"] = worded(
            meeting, "task", "Giao Cục Số 1 rà soát và bổ sung đèn biển cửa sông do đơn vị quản lý.",
            terms=terms([units[0].pk], cooperators=[units[4].pk]), item="st1",
        )  # fmt: skip
        found["both"] = worded(
            meeting, "task", "Cục Số 2 và Cục Số 3 mỗi đơn vị lập hồ sơ kỹ thuật cho từng trạm đèn.",
            terms=terms([units[1].pk, units[2].pk], task="Lập hồ sơ kỹ thuật cho từng trạm đèn", product="Hồ sơ"),
        )  # fmt: skip
        found["standing"] = worded(meeting, "standing", "Người đứng đầu đơn vị chịu trách nhiệm về kết quả.")
        found["up"] = worded(meeting, "proposal", "Đề nghị Chính phủ bổ sung định mức đèn biển.", addressee="Chính phủ")
        found["record"] = worded(meeting, "record", "Ghi nhận cố gắng của các điểm cầu.")
        found["dropped"] = worded(
            meeting, "task", "Giao Cục Số 4 tổ chức tập huấn vận hành.",
            terms=terms([units[3].pk], task="Tổ chức tập huấn vận hành", product="Báo cáo tập huấn"),
        )  # fmt: skip
        found["draft"] = worded(meeting, "record", "Dự thảo không được kết luận.", conclude=False)
    with at(60):
        floor.close_conference(asker=meeting.chair, conference=conference)
    return found


NOTICE_TEXT = """THÔNG BÁO

1. Đánh giá chung

Các đơn vị đã cố gắng thực hiện kế hoạch.

2. Nhiệm vụ

- Giao Cục Số 1 chủ trì rà soát và bổ sung đèn biển cửa sông do đơn vị quản lý, hoàn thành trước ngày 31-3-2026.

- Cục Số 2 và Cục Số 3 mỗi đơn vị lập hồ sơ kỹ thuật cho từng trạm đèn.

- Người đứng đầu đơn vị chịu trách nhiệm về kết quả.
"""
