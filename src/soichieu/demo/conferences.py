"""Three conferences of the fictitious ministry over its plan 15/KH-BHĐ: two held half a year apart, one in preparation.

What the first one concluded is work of the units until the second; what its signed notice left out stays left out. A
shortcoming comes back with the same cause, word for word. Everything goes through the commands that the pages use.
"""

from __future__ import annotations

import datetime as dt

from soichieu.conferences.commands import agenda, closing, concluding, planning, preparing, sites, statements
from soichieu.conferences.models import Conference
from soichieu.demo.conference_before import DATA, House, Prepared, answer, expect, make_sites, prepare, read
from soichieu.demo.conference_held import Running
from soichieu.demo.conferences_words import (
    FIRST,
    RETURNED,
    SECOND,
    THIRD_HELD,
    THIRD_PLANNED,
    THIRD_STATEMENTS,
    THIRD_TITLE,
    Course,
)
from soichieu.demo.life import at
from soichieu.documents import files
from soichieu.findings.commands import answer as answer_proposal
from soichieu.findings.commands import remedy
from soichieu.findings.models import Finding
from soichieu.ledger import clock
from soichieu.ledger.commands import record
from soichieu.ledger.models import Obligation
from soichieu.organisation.askers import Asker

LATE, OPEN, CHECKED = 7, 11, 6
"""Of the offices in one task, every seventh is late, every eleventh leaves it open, every sixth is checked."""
SHORT, LAST = "ty-moi-19", dt.date(2026, 11, 15)
"""The office whose shortcoming comes back, and the last day on which anybody does anything."""


def load(_operator: Asker) -> None:
    """Play the three conferences, one after the other."""
    house = House()
    first = _hold(house, FIRST, None, {})
    _answers(house, FIRST, first)
    _work(house, first)
    with clock.injected(at(dt.date(2026, 1, 15), 10)):
        day = clock.today()
        first.held.do(closing.hand_to_archive, on=day, receiver="Lưu trữ Bộ Hải đăng", reference="HS-2025-118")
    second = _hold(house, SECOND, first.held.conference, first.findings)
    _answers(house, SECOND, second)
    _work(house, second)
    _third(house, second.held.conference)


def _hold(house: House, course: Course, before: Conference | None, earlier: dict[str, Finding]) -> Running:
    held = prepare(house, course, before)
    running = Running(held, course, earlier)
    running.draft()
    running.run()
    _file(held, course)
    _notice(running)
    return running


def _file(held: Prepared, course: Course) -> None:
    """Papers of the file: what was written before and on the day."""
    papers = (
        ("organising", f"Kế hoạch tổ chức {course.title}", course.planned),
        ("report", course.report, course.held),
        ("agenda", "Chương trình và kịch bản điều hành", course.held),
    )
    with clock.injected(at(course.held, 17)):
        for what, label, day in papers:
            words = f"{label}\n(Văn bản hư cấu, chỉ dùng để trình diễn phần mềm)\n".encode()
            stored = files.store(words, f"hoi-nghi-{course.number}-{what}.txt")
            held.do(closing.add_paper, what=what, label=label, day=day, stored=stored, author="Văn phòng Bộ")


def _notice(running: Running) -> None:
    """The signed notice is registered: its tasks are the units' from now on, and one conclusion is left out."""
    number, signed, registered = running.course.notice
    name = number.replace("/", "-").replace("Đ", "D") + ".txt"
    keys = {one.key: running.conclusions[one.key].key for one in running.course.concluded}
    reasons = {keys[one.key]: one.left_out for one in running.course.concluded if one.left_out}
    with clock.injected(at(registered, 9)):
        stored = files.store((DATA / name).read_bytes(), name)
        running.held.do(
            closing.register_notice, number=number, signed_on=signed, signer="Chánh Văn phòng Bộ", signing_form="TL.",
            stored=stored, included=[key for key in keys.values() if key not in reasons], left_out=reasons,
        )  # fmt: skip


def _answers(house: House, course: Course, running: Running) -> None:
    """Proposals that were answered; the others stay open, and since when is seen. A shortcoming that was remedied."""
    rows = {row["key"]: row for row in read(f"hoi-nghi-{course.number}-ket-qua.tsv")}
    for key, (day, choice, reason) in course.answers.items():
        finding = running.findings.get(key) or running.conclusions[key]
        to = rows[key]["addressee"] if key in rows else ""
        asker = house.officer(to) if to in running.units else house.steering
        with clock.injected(at(day, 14)):
            answer_proposal(asker=asker, finding=finding, choice=choice, reason=reason, answered_on=day)
    for key, day, reason in course.remedied:
        with clock.injected(at(day, 9)):
            remedy(
                asker=house.steering, holder_unit_id=house.unit.pk, finding=running.findings[key], reason=reason, on=day
            )


def _work(house: House, running: Running) -> None:
    """What the units do with the tasks of the notice: most in time, some late, some not at all."""
    notice = running.held.state.notice or {}
    tasks = Obligation.objects.filter(requirement__directive_id=notice["document"]).select_related(
        "requirement", "unit"
    )
    events: list[tuple[dt.date, int, Obligation, str]] = []
    for place, task in enumerate(tasks.order_by("requirement__ordinal", "unit__code"), start=1):
        several, short = task.requirement.given == "each", task.unit.code == SHORT
        if several and not short and place % OPEN == 0:
            continue
        due = task.requirement.deadline or LAST
        late = short or several and place % LATE == 0
        day = due + dt.timedelta(days=place % 9 + 6) if late else due - dt.timedelta(days=place % 20 + 2)
        if short and several:
            day = LAST if running.course.number == 2 else dt.date(2026, 8, 20)
        events.append((day, place, task, "issued" if task.requirement.closing == "issued" else "claimed"))
        if task.requirement.closing == "accepted":
            events.append((day + dt.timedelta(days=5 + place % 6), place, task, "accepted"))
            if place % CHECKED == 0:
                events.append((day + dt.timedelta(days=30 + place), place, task, "verified"))
    for day, place, task, kind in sorted(events, key=lambda event: event[:2]):
        if day > LAST:
            continue
        assigning = {"accepted": house.steering, "verified": house.verifier}
        payloads = {
            "claimed": {"number": f"{place + 40}/BC-BHĐ"},
            "issued": {"number": f"{place + 40}/QĐ-BHĐ", "signer": "Bộ trưởng"},
            "accepted": {"note": "Hồ sơ đủ"},
            "verified": {"method": "Kiểm tra thực tế", "sample": "một trạm xa bờ, chọn ngẫu nhiên"},
        }
        with clock.injected(at(day, 9 + place % 7, place % 60)):
            record(
                asker=assigning.get(kind) or house.officer(task.unit.code), kind=kind, obligations=[task.pk],
                happened_on=day, payload=payloads[kind], choice="confirmed" if kind == "verified" else "",
            )  # fmt: skip


def _third(house: House, before: Conference) -> None:
    """A review by subject that is being prepared: some tasks done, some statements in, an agenda begun."""
    with clock.injected(at(THIRD_PLANNED, 9)):
        held = Prepared(
            house,
            planning.plan(
                asker=house.steering, unit_id=house.unit.pk,
                facts={
                    "title": THIRD_TITLE, "kind": "subject", "held_on": THIRD_HELD, "starts_at": dt.time(13, 30),
                    "place": "Trực tuyến, điểm cầu trung tâm tại Bộ Hải đăng", "chair": "Bộ trưởng",
                    "secretary": "Thư ký Bộ trưởng", "host": "Phó Chánh Văn phòng Bộ",
                    "directives": [house.plan.pk], "follows": before.key,
                },
            ),
        )  # fmt: skip
        held.do(preparing.offer_standard)
    with clock.injected(at(THIRD_PLANNED + dt.timedelta(days=2), 9)):
        make_sites(held, THIRD_HELD)
        for unit, subject, minutes, _text, _review in THIRD_STATEMENTS:
            held.do(
                statements.commission, site=held.sites[unit], subject=subject, minutes=minutes,
                due_on=dt.date(2026, 12, 4),
            )  # fmt: skip
    with clock.injected(at(dt.date(2026, 11, 9), 14)):
        for place, site in enumerate(held.state.ordered_sites):
            expect(held, site, place)
    with clock.injected(at(dt.date(2026, 11, 17), 11)):
        for place, site in enumerate(held.state.ordered_sites[:20]):
            if place % 3 != 2:
                answer(held, site, place)
        for key in ("plan", "committee"):
            held.do(preparing.finish_task, key=key, done_on=clock.today())
    with clock.injected(at(dt.date(2026, 11, 18), 15)):
        _statements_so_far(held)
        held.do(agenda.offer_usual)
        held.do(
            concluding.draft, conclusion_kind="standing", addressee="Các ty hải đăng",
            text="Trưởng ty xem số liệu tự ghi và số liệu kiểm tra cạnh nhau, mỗi tháng một lần.",
        )  # fmt: skip
    with clock.injected(at(dt.date(2026, 11, 19), 9)):
        held.do(sites.write_site, key=held.sites["ty-moi-19"], facts={"line": "poor"})


def _statements_so_far(held: Prepared) -> None:
    rows = {subject: (unit, text, review) for unit, subject, _minutes, text, review in THIRD_STATEMENTS}
    for one in list(held.state.statements.values()):
        unit, text, review = rows[one.subject]
        if text:
            held.do(statements.register_text, asker=held.house.officer(unit), statement=one.key, text=text)
        if review:
            note = RETURNED if review == "returned" else ""
            held.do(statements.review, statement=one.key, review=review, note=note)
