"""The scheme of the fictitious technology department: a roadmap whose milestones slipped."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from soichieu.organisation.askers import Asker
from soichieu.plans.commands.schemes import add_milestone, move_milestone, name_scheme
from soichieu.plans.models import Milestone, MilestoneDates, Plan

if TYPE_CHECKING:
    from soichieu.demo.soi_chieu import Story

FILE = "ke-hoach-cuc-cong-nghe.tsv"

# title, first day, due; places of the steps it waits for
_STEPS: tuple[tuple[str, dt.date, dt.date, tuple[int, ...]], ...] = (
    ("Khảo sát cách ghi nhật ký tại 24 trạm đèn", dt.date(2025, 2, 12), dt.date(2025, 3, 10), ()),
    ("Dự thảo Đề án, lấy ý kiến các ty hải đăng", dt.date(2025, 3, 11), dt.date(2025, 4, 15), (0,)),
    ("Thử nghiệm phần mềm tại 12 trạm", dt.date(2025, 3, 20), dt.date(2025, 5, 5), (0,)),
    ("Trình Bộ trưởng phê duyệt Đề án", dt.date(2025, 5, 6), dt.date(2025, 5, 31), (1, 2)),
    ("Cài đặt cho các ty hải đăng, ba đợt", dt.date(2025, 9, 1), dt.date(2026, 1, 31), (3,)),
    ("Đánh giá sau ba tháng vận hành", dt.date(2026, 4, 1), dt.date(2026, 6, 30), (4,)),
)
# day on which it was written, step, first day, due, reached, why
_SLIPS: tuple[tuple[dt.date, int, dt.date, dt.date, dt.date | None, str], ...] = (
    (dt.date(2025, 3, 14), 0, dt.date(2025, 2, 12), dt.date(2025, 3, 10), dt.date(2025, 3, 14), ""),
    (dt.date(2025, 4, 14), 1, dt.date(2025, 3, 17), dt.date(2025, 4, 29), None, "Các ty đề nghị thêm hai tuần góp ý"),
    (dt.date(2025, 4, 29), 1, dt.date(2025, 3, 17), dt.date(2025, 4, 29), dt.date(2025, 4, 29), ""),
    (dt.date(2025, 5, 7), 2, dt.date(2025, 3, 20), dt.date(2025, 5, 20), None, "Hai trạm mất liên lạc khi thử nghiệm"),
    (dt.date(2025, 5, 20), 2, dt.date(2025, 3, 20), dt.date(2025, 5, 20), dt.date(2025, 5, 20), ""),
    (dt.date(2025, 5, 22), 3, dt.date(2025, 5, 21), dt.date(2025, 6, 9), None, "Chờ kết quả thử nghiệm tại 12 trạm"),
    (dt.date(2025, 6, 9), 3, dt.date(2025, 5, 21), dt.date(2025, 6, 9), dt.date(2025, 6, 9), ""),
    (dt.date(2026, 1, 26), 4, dt.date(2025, 9, 15), dt.date(2026, 3, 15), None, "Máy tính của đợt ba về chậm"),
    (dt.date(2026, 3, 12), 4, dt.date(2025, 9, 15), dt.date(2026, 3, 15), dt.date(2026, 3, 12), ""),
)  # fmt: skip


def tell_the_roadmap(story: Story) -> None:
    """Lay out the department's plan, its scheme, and every day on which a milestone was moved or reached."""
    unit = story.made.departments["cuc-cong-nghe"]
    held: list[Plan] = []
    steps: list[Milestone] = []

    def begin() -> None:
        asker = story.staff(unit)
        plan = story.write(unit, FILE, title="Kế hoạch công tác của Cục Công nghệ thực hiện Kế hoạch số 15/KH-BHĐ")
        held.append(plan)
        item = plan.editions.get().items.get(number="1").identity
        name_scheme(
            asker=asker, item=item, seen=0, title="Đề án nhật ký điện tử của trạm đèn", owner="Cục trưởng",
            approver="Bộ trưởng",
        )  # fmt: skip
        for title, starts, due, after in _STEPS:
            steps.append(
                add_milestone(
                    asker=asker, item=item, title=title, starts_on=starts, due_on=due,
                    after=[steps[place] for place in after],
                )
            )  # fmt: skip

    def number() -> None:
        task = next(one for one in story.life.tasks["3"] if one.unit_id == unit.pk)
        story.number_from_the_book(unit, held[0], task)
        story.decide_all(unit, held[0], FILE)

    story.on(dt.date(2025, 2, 12), begin)
    story.on(dt.date(2025, 4, 11), number)
    for day, place, starts, due, reached, why in _SLIPS:

        def slip(
            place: int = place, starts: dt.date = starts, due: dt.date = due, reached: dt.date | None = reached,
            why: str = why,
        ) -> None:  # fmt: skip
            _move(story.staff(unit), steps[place], starts, due, reached, why)

        story.on(day, slip)


def _move(asker: Asker, step: Milestone, starts: dt.date, due: dt.date, reached: dt.date | None, why: str) -> None:
    seen = MilestoneDates.objects.filter(milestone=step).order_by("-pk").values_list("pk", flat=True)[0]
    move_milestone(asker=asker, milestone=step, seen=seen, starts_on=starts, due_on=due, done_on=reached, reason=why)
