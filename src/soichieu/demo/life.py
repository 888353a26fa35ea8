"""What happens in the fictitious ministry: its plan is given out, and 330 units answer it, late, early, badly and well.

Every line is written by the post that would write it, through the commands that the pages use; only the clock is the
demonstration's. The course of things is drawn from a fixed seed.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from soichieu.demo.deadlines import last_day
from soichieu.demo.holding_up import hold_up
from soichieu.demo.ministry import FIRST_REFORM, SECOND_REFORM, Ministry, first_reform, second_reform
from soichieu.documents import files
from soichieu.documents.models import Document, Edition, Provision
from soichieu.ledger import clock
from soichieu.ledger.commands import (
    allocate_parts,
    define_requirement,
    open_obligations,
    record,
    transfer_for_succession,
)
from soichieu.ledger.document_sources import source_of_document
from soichieu.ledger.models import Entry, Obligation, Requirement
from soichieu.ledger.sources import by_telephone
from soichieu.organisation.askers import Asker, asker_for_post
from soichieu.organisation.models import Unit

GIVEN = dt.date(2025, 2, 3)
VOIDED_ON = dt.date(2026, 3, 12)
LAST_DAY = dt.date(2026, 11, 20)


def at(day: dt.date, hour: int = 10, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), clock.ZONE)


@dataclass(order=True)
class Event:
    """Something that will be written on a day. ``run`` writes it."""

    recorded: dt.date
    order: int
    run: Callable[[], object] = field(compare=False)


# code, sentence (citation of the plan), ladder, closing, addressees, product; the deadline is what the sentence says
_REQUIREMENTS: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("1", "III.1.-1", "disseminated", "claimed", "offices", "Báo cáo kết quả quán triệt"),
    ("2", "III.1.-2", "made_concrete", "issued", "offices", "Kế hoạch của ty"),
    ("3", "III.1.-3", "made_concrete", "issued", "departments", "Kế hoạch công tác"),
    ("4", "III.1.-4", "disseminated", "claimed", "stations", "Biên bản phổ biến"),
    ("5", "III.1.-5", "held_up", "claimed", "offices", "Báo cáo soi chiếu"),
    ("6", "III.2.-1", "carried_out", "accepted", "offices", "Danh mục đèn biển"),
    ("7", "III.2.-2", "carried_out", "accepted", "offices", "Biên bản thay nguồn sáng"),
    ("8", "III.2.-3", "carried_out", "accepted", "offices", "Biên bản lắp đặt"),
    ("9", "III.2.-4", "carried_out", "issued", "cuc-tin-hieu", "Quy chuẩn tín hiệu"),
    ("10", "III.3.-1", "carried_out", "issued", "cuc-cong-nghe", "Đề án nhật ký điện tử"),
    ("11", "III.3.-2", "carried_out", "accepted", "offices", "Báo cáo đưa vào sử dụng"),
    ("12", "III.4.-1", "carried_out", "accepted", "offices", "Báo cáo tập huấn"),
    ("13", "III.4.-2", "carried_out", "accepted", "offices", "Báo cáo định kỳ"),
    ("14", "IV.1", "checked", "accepted", "thanh-tra-hai-dang", "Kết luận kiểm tra"),
    ("15", "IV.2", "reviewed", "claimed", "offices", "Báo cáo sơ kết"),
)
_STANDING = {"13", "14"}
HOLDING_UP = frozenset({0, 1})
"""Offices, by their place, whose plan and whose review of what is in force are told in ``soi_chieu``."""


class Life:
    """Plays the ministry's two years, day by day."""

    def __init__(self, made: Ministry, directive: Document, edition: Edition, seed: int = 15) -> None:
        self.made = made
        self.directive = directive
        self.edition = edition
        self.random = random.Random(seed)  # noqa: S311  # a fixed course, no secret
        self.steering = asker_for_post(made.posts["van-phong"])
        self.verifier = asker_for_post(made.posts["kiem-chung"])
        self.requirements: dict[str, Requirement] = {}
        self.tasks: dict[str, list[Obligation]] = {}
        self.events: list[Event] = []
        self.askers: dict[int, Asker] = {}

    # --- giving out ---------------------------------------------------------------------------------------------

    def give_out(self) -> None:
        """The plan's requirements are confirmed by the steering office and given out on its own day."""
        with clock.injected(at(GIVEN, 16)):
            for ordinal, (code, citation, ladder, closing, who, product) in enumerate(_REQUIREMENTS, start=1):
                node = self.edition.provisions.get(citation=citation)
                self.requirements[code] = define_requirement(
                    asker=self.steering,
                    directive=self.directive,
                    code=code,
                    title=_text(node),
                    ladder=ladder,
                    closing=closing,
                    given="each" if who in _RULES else "one",
                    deadline=last_day(_text(node)),
                    standing=code in _STANDING,
                    provisions=[(node.identity, node.text_hash)],
                    ordinal=ordinal,
                    products=[product],
                    section=node.parent.heading if node.parent else "",
                    addressees=_RULES.get(who, {"units": [who]}),
                )
                self.tasks[code] = open_obligations(
                    asker=self.steering,
                    requirement=self.requirements[code],
                    unit_ids=[unit.pk for unit in self._addressed(who)],
                    happened_on=GIVEN,
                )

    def _addressed(self, who: str) -> list[Unit]:
        made = self.made
        if who == "offices":
            return made.offices
        if who == "departments":
            return list(made.departments.values())
        if who == "stations":
            return made.stations
        return [made.departments.get(who, made.inspectorate)]

    # --- living -------------------------------------------------------------------------------------------------

    def play(self) -> None:
        """Plan what each unit does, then write it in the order in which it became known."""
        for code, tasks in self.tasks.items():
            plan = _COURSES.get(code, Life._usual)
            for number, task in enumerate(tasks):
                plan(self, code, number, task)
        self.later(FIRST_REFORM, lambda: self._reform(first_reform, FIRST_REFORM), first=True)
        self.later(FIRST_REFORM, self._allocate_the_split)
        self.later(SECOND_REFORM, lambda: self._reform(second_reform, SECOND_REFORM), first=True)
        self.later(VOIDED_ON, self._void_two_plans)
        for event in sorted(self.events):
            event.run()

    def _reform(self, reform: Callable[[Ministry], None], on: dt.date) -> None:
        with clock.injected(at(on, 8)):
            reform(self.made)
            transfer_for_succession(asker=self.made.operator, on=on)

    def later(self, day: dt.date, run: Callable[[], object], *, first: bool = False) -> None:
        """Let something happen on a day, in its order among all that happens."""
        if day <= LAST_DAY:
            self.events.append(Event(day, -1 if first else len(self.events), run))

    def _write(
        self, task: Obligation, kind: str, happened: dt.date, *, recorded: dt.date | None = None, **more: Any
    ) -> None:
        """Plan one line about a task. Who writes it is decided on the day: the unit that holds it then, or the
        assigner. On the day of a reform everyone is busy with it: by units of the time nothing changes that day."""
        if happened in (FIRST_REFORM, SECOND_REFORM):
            happened += dt.timedelta(days=1)
        day = max(recorded or happened, happened)

        def run() -> None:
            with clock.injected(at(day, 9 + task.pk % 7, task.pk % 60)):
                record(asker=self.who(task, kind), kind=kind, obligations=[task.pk], happened_on=happened, **more)

        self.later(day, run)

    def who(self, task: Obligation, kind: str) -> Asker:
        if kind in ("accepted", "returned", "extended", "reversed", "suspended", "waived", "reopened"):
            return self.steering
        if kind == "verified":
            return self.verifier
        post = self.made.staff.get(self._holder(task))
        if post is None:
            return self.made.operator
        return self.askers.setdefault(post.pk, asker_for_post(post))

    def _holder(self, task: Obligation) -> int:
        """Who holds a task today: its unit, or from a reform on the unit that took its place."""
        unit, today = task.unit_id, clock.today()
        if today >= SECOND_REFORM and unit in self.made.after_merger:
            return self.made.after_merger[unit].pk
        return self.made.main_heir.get(unit, unit) if today >= FIRST_REFORM else unit

    def _days(self, low: int, high: int) -> dt.timedelta:
        return dt.timedelta(days=self.random.randint(low, high))

    def _number(self, kind: str) -> dict[str, str]:
        return {"number": f"{self.random.randint(5, 180)}/{kind}-THĐ"}

    # --- the courses that tasks take ------------------------------------------------------------------------------

    def _usual(self, code: str, number: int, task: Obligation) -> None:
        """A task by acceptance: most in time, some late, some returned, some never."""
        due = self.requirements[code].deadline or dt.date(2025, 12, 31)
        start = GIVEN + self._days(5, 30)
        self._write(task, "acknowledged", GIVEN + self._days(1, 4))
        self._write(task, "started", start)
        fate = self.random.random()
        if fate < 0.62:
            self._claim_and_accept(task, due - self._days(0, 25))
        elif fate < 0.74:
            self._claim_and_accept(task, due + self._days(2, 40))
        elif fate < 0.81:
            self._returned_once(task, due)
        elif fate < 0.86:
            self._extended(task, due)
        elif fate < 0.89:
            self._write(task, "claimed", due - self._days(0, 6), payload=self._number("BC"))
        elif fate < 0.92:
            self._write(
                task, "suspended", due - self._days(10, 40), payload={"reason": "Đèn tạm ngừng để nạo vét luồng"}
            )
        elif fate < 0.94:
            self._write(task, "waived", due - self._days(5, 30), payload={"reason": "Đèn đã bàn giao cho cảng quản lý"})
        elif fate < 0.96:
            self._checked_and_not_borne_out(task, due)

    def _claim_and_accept(self, task: Obligation, claimed: dt.date) -> None:
        if self.random.random() < 0.3:
            self._write(task, "handed", claimed - self._days(4, 9), choice="own_head")
        self._write(task, "claimed", claimed, recorded=claimed + self._days(0, 5), payload=self._number("BC"))
        accepted = claimed + self._days(6, 25)
        self._write(task, "accepted", accepted, payload={"note": "Hồ sơ đủ"})
        if self.random.random() < 0.22:
            self._write(
                task,
                "verified",
                accepted + self._days(10, 60),
                choice="confirmed",
                payload={"method": "Kiểm tra thực tế", "sample": "2 trong 4 trạm, chọn ngẫu nhiên"},
            )

    def _returned_once(self, task: Obligation, due: dt.date) -> None:
        claimed = due - self._days(2, 10)
        returned = claimed + self._days(8, 16)
        renewed = returned + dt.timedelta(days=12)
        self._write(task, "claimed", claimed, payload=self._number("BC"))
        self._write(task, "returned", returned, deadline=renewed, payload={"reason": "Thiếu danh sách theo từng trạm"})
        again = returned + self._days(4, 20)
        self._write(task, "claimed", again, payload=self._number("BC"))
        self._write(task, "accepted", again + self._days(7, 20))

    def _extended(self, task: Obligation, due: dt.date) -> None:
        asked = due - self._days(5, 15)
        later = due + dt.timedelta(days=60)
        self._write(task, "extension_asked", asked, deadline=later, payload={"reason": "Thiết bị về chậm"})
        self._write(task, "extended", asked + self._days(2, 5), deadline=later, payload={"reason": "Đồng ý"})
        self._claim_and_accept(task, later - self._days(-8, 20))

    def _checked_and_not_borne_out(self, task: Obligation, due: dt.date) -> None:
        claimed = due - self._days(1, 8)
        accepted = claimed + self._days(8, 20)
        checked = accepted + self._days(20, 45)
        self._write(task, "claimed", claimed, payload=self._number("BC"))
        self._write(task, "accepted", accepted)
        self._write(
            task,
            "verified",
            checked,
            choice="not_confirmed",
            payload={"method": "Kiểm tra thực tế", "sample": "toàn bộ 4 trạm", "reason": "Một trạm chưa lắp xong"},
        )
        if self.random.random() < 0.6:
            self._write(task, "reversed", checked + self._days(3, 9), payload={"reason": "Theo kết quả kiểm chứng"})

    def _disseminated(self, code: str, number: int, task: Obligation) -> None:
        """By act: the session is registered; three units only telephoned."""
        due = self.requirements[code].deadline
        assert due is not None
        held = due - self._days(-6, 25) if number % 9 else due + self._days(3, 12)
        if code == "1" and number in (7, 21, 40):
            self._write(task, "claimed", held, source=by_telephone(f"{task.unit.code}, trực ban"))
            if number != 40:
                self._write(task, "claimed", held, recorded=held + self._days(5, 9), payload=self._number("BC"))
            return
        if code == "4" and number % 23 == 5:
            return
        recorded, payload = held + self._days(0, 8), self._number("BC")
        if code != "5":
            self._write(task, "claimed", held, recorded=recorded, payload=payload)
        elif number not in HOLDING_UP:
            hold_up(self, task, held, recorded, payload["number"])

    def _planned(self, code: str, number: int, task: Obligation) -> None:
        """All 63 have a plan by the conference; some carry the ministry's plan out directly."""
        due = self.requirements[code].deadline
        assert due is not None
        issued = due - self._days(0, 30) if number % 6 else due + self._days(4, 45)
        if number in (3, 12, 33):
            self._write(
                task, "responded", issued, choice="directly", source=source_of_document(task.requirement.directive),
                payload={"number": task.requirement.directive.number, "reason": "Ty không ban hành kế hoạch riêng"},
            )  # fmt: skip
        else:
            # Number 50 was on time, and the book learnt of it in the summer.
            recorded = dt.date(2025, 8, 20) if number == 50 else issued + self._days(0, 6)
            payload = self._number("KH")
            if number in HOLDING_UP:
                return
            paper = f"KẾ HOẠCH số {payload['number']} của {task.unit.code} (hư cấu)\n".encode()
            evidence = [files.store(paper, f"ke-hoach-{task.unit.code}.txt").pk]
            self._write(task, "issued", issued, recorded=recorded, payload=payload, evidence=evidence)
            if number % 5 == 2:
                self._write(
                    task,
                    "verified",
                    issued + self._days(60, 150),
                    choice="confirmed",
                    payload={"method": "Nghiên cứu hồ sơ", "sample": "toàn văn kế hoạch"},
                )

    def _department(self, code: str, number: int, task: Obligation) -> None:
        due = self.requirements[code].deadline or dt.date(2025, 6, 30)
        if code in ("9", "10"):
            self._write(task, "started", GIVEN + self._days(5, 12))
            self._write(task, "handed", due - dt.timedelta(days=50), choice="cooperator", unit_id=self.made.office.pk)
            self._write(task, "handed", due - dt.timedelta(days=38), choice="lead")
            self._write(task, "submitted", due - dt.timedelta(days=20))
            if code == "10":
                self._write(
                    task,
                    "issued",
                    due + dt.timedelta(days=9),
                    payload={"number": "212/QĐ-BHĐ", "signer": "KT. Bộ trưởng"},
                )
        elif code == "3" and number != 5:
            self._write(task, "issued", due - self._days(2, 12), payload=self._number("KH"))

    def _standing(self, code: str, number: int, task: Obligation) -> None:
        if number % 4:
            self._write(task, "claimed", dt.date(2026, 6, 30) - self._days(0, 20), payload=self._number("BC"))

    # --- three things that a book must bear -----------------------------------------------------------------------

    def _void_two_plans(self) -> None:
        """Two plans turn out never to have been issued: 63 of 63 as known at the conference, 61 of 63 as known now."""
        with clock.injected(at(VOIDED_ON, 15)):
            for task in (self.tasks["2"][10], self.tasks["2"][44]):
                line = Entry.objects.get(obligation=task, kind="issued")
                record(
                    asker=self.made.operator,
                    kind="voided",
                    obligations=[task.pk],
                    happened_on=VOIDED_ON,
                    voids=line.position,
                    payload={"reason": "Số kế hoạch ghi nhầm từ văn bản của đơn vị khác"},
                )

    def _allocate_the_split(self) -> None:
        """The signals department was split: a person allocates its standard in two parts."""
        departments = self.made.departments
        with clock.injected(at(FIRST_REFORM, 15)):
            light, sound = allocate_parts(
                asker=self.steering,
                obligation=self.tasks["9"][0],
                happened_on=FIRST_REFORM,
                parts=[
                    (departments["cuc-tin-hieu-anh-sang"].pk, None),
                    (departments["cuc-tin-hieu-am-thanh"].pk, dt.date(2025, 9, 30)),
                ],
            )
            self._now(light, "started")
        with clock.injected(at(dt.date(2025, 3, 20))):
            self._now(sound, "started")

    def _now(self, task: Obligation, kind: str) -> None:
        record(asker=self.who(task, kind), kind=kind, obligations=[task.pk], happened_on=clock.today())


_UNDER = {"under": "bo-hai-dang", "line": "sector", "fictitious": True}
_RULES: dict[str, dict[str, Any]] = {
    "offices": {"kinds": ["division"], **_UNDER},
    "departments": {"kinds": ["department"], "exclude": ["thanh-tra-hai-dang"], **_UNDER},
    "stations": {"kinds": ["institute"], **_UNDER},
}
_COURSES: dict[str, Callable[[Life, str, int, Obligation], None]] = {
    "1": Life._disseminated,
    "2": Life._planned,
    "3": Life._department,
    "4": Life._disseminated,
    "5": Life._disseminated,
    "9": Life._department,
    "10": Life._department,
    "13": Life._standing,
    "14": Life._standing,
    "15": Life._disseminated,
}


def _text(node: Provision) -> str:
    """What a point says: its sentences, without the label."""
    children: Iterable[Provision] = node.children.filter(kind="sentence").order_by("ordinal")
    return " ".join(child.text for child in children) or node.text or node.heading
