"""Soi chiếu in the demonstration: 03/NQ-CP as it was published against 57-NQ/TW, and the plans of the fictitious
ministry against its own directive.

Of the real programme only what its annex prints is kept, and nobody's decision about it: what the page shows there are
suggestions. Decisions, verdicts, returns and questions are those of fictitious offices alone.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from soichieu.demo.life import HOLDING_UP, Life, at
from soichieu.demo.roadmap import tell_the_roadmap
from soichieu.demo.soi_chieu_words import (
    ANSWER,
    DECISION,
    GENERAL,
    LEFT_OPEN,
    QUESTION,
    REPORT,
    RETURNED,
    WHICH_TARGET,
)
from soichieu.documents import files
from soichieu.documents.commands import read_edition, receive, register_document
from soichieu.documents.models import Document, TableRow
from soichieu.ledger import clock
from soichieu.ledger import queries as ledger
from soichieu.ledger.models import Entry, Obligation
from soichieu.links.commands.decisions import Suggested, decide, leave_open
from soichieu.links.commands.questions import answer_question, ask_question, decide_question
from soichieu.links.items import provider_of
from soichieu.links.offered import Offered, offered
from soichieu.links.suggesting import suggestions
from soichieu.organisation.askers import Asker, asker_for_post
from soichieu.organisation.models import Unit
from soichieu.plans.commands.acts import Issue, answer_tasks, approve_plan, choose_superior, return_plan, submit_plan
from soichieu.plans.commands.editions import write_edition
from soichieu.plans.commands.register import correct_facts, make_plan
from soichieu.plans.commands.reviews import Given, give_verdicts, register_review
from soichieu.plans.facts import Facts
from soichieu.plans.lines import Line
from soichieu.plans.models import Plan, PlanAct
from soichieu.plans.queries.acts import SUBMITTABLE
from soichieu.plans.queries.register import newest_facts

DATA = Path(__file__).parent / "data" / "fictitious"
ROOM, PLAN = "plans", "plan"
LAST = dt.date(2030, 12, 31)
FIRST = "ke-hoach-ty-01-v2.tsv"


# kind, term, title, number, signed, last day in force; verdict, until, who sees to it, why
_IN_FORCE: tuple[tuple[str, str, str, str, dt.date, dt.date | None, str, dt.date | None, str, str], ...] = (
    ("programme", "term", "Chương trình bảo dưỡng đèn biển giai đoạn 2023 - 2028", "12/CTr-THĐ", dt.date(2023, 1, 16),
     dt.date(2028, 12, 31), "adjust", dt.date(2025, 7, 31), "Phòng Kỹ thuật",
     "Bổ sung việc thay nguồn sáng quá hạn theo Kế hoạch số 15/KH-BHĐ"),
    ("plan", "term", "Kế hoạch đào tạo nghiệp vụ giữ đèn giai đoạn 2024 - 2027", "06/KH-THĐ", dt.date(2024, 1, 12),
     dt.date(2027, 12, 31), "keep", None, "", ""),
    ("programme", "term", "Chương trình phối hợp cảnh báo hàng hải với các trạm đèn 2024 - 2029", "21/CTr-THĐ",
     dt.date(2024, 3, 5), dt.date(2029, 12, 31), "keep", None, "", ""),
    ("plan", "term", "Kế hoạch số hóa sổ trực ca của các trạm đèn", "33/KH-THĐ", dt.date(2023, 9, 18), None, "replace",
     dt.date(2025, 12, 31), "Phòng Kỹ thuật", "Thay bằng nhật ký điện tử theo Đề án của Bộ"),
    ("key_task", "term", "Nhiệm vụ trọng tâm: in và phát hành sổ trực ca bằng giấy cho các trạm đèn", "40/THĐ",
     dt.date(2022, 11, 8), None, "stop", dt.date(2026, 3, 31), "Phòng Hành chính - Tổng hợp",
     "Không cần nữa khi nhật ký điện tử được đưa vào sử dụng"),
)  # fmt: skip


def publish_the_programme(operator: Asker) -> None:
    """03/NQ-CP as the Government's plan in force: the tasks of its annex, word for word, under 57-NQ/TW."""
    programme = Document.objects.get(number="03/NQ-CP")
    resolution = Document.objects.get(number="57-NQ/TW")
    government = Unit.objects.get(code="chinh-phu")
    with clock.injected(at(programme.signed_on, 18)):
        plan = make_plan(
            asker=operator,
            unit=government,
            facts=Facts(
                kind="programme", term="term", title=programme.title, number=programme.number,
                signed_on=programme.signed_on, document=programme, from_day=programme.signed_on,
            ),
        )  # fmt: skip
        edition = programme.editions.latest("ordinal")
        rows = edition.rows.filter(table_kind="tasks").order_by("table", "ordinal")
        lines = [_line_of_row(row) for row in rows]
        write_edition(
            asker=operator, plan=plan, lines=lines, seen=0, file=edition.file,
            read_by={"reader": "document", "table": "Phụ lục II"},
        )  # fmt: skip
        choose_superior(asker=operator, plan=plan, document=resolution)
        issue = Issue(programme.number, programme.signed_on, programme.signer, programme.signing_form)
        approve_plan(asker=operator, plan=plan, edition=1, seen=0, issue=issue)


def _line_of_row(row: TableRow) -> Line:
    """A row of the published annex as a line: what it prints and no more."""
    data: dict[str, Any] = row.data
    deadline = data.get("deadline") or {}
    leads = [lead["text"] if isinstance(lead, dict) else str(lead) for lead in data.get("leads") or []]
    return Line(
        text=row.text,
        number=row.number,
        group=row.group,
        leads=tuple({"text": lead, "unit": None} for lead in leads),
        cooperators=str(data.get("cooperators") or ""),
        output=str(data.get("output") or ""),
        deadline_text=str(deadline.get("text") or ""),
        place=row.row_id,
    )


def tell(life: Life) -> None:
    """Lay out what the offices do with their plans, day by day. Called before the ministry's life is played."""
    Story(life).lay_out()


class Story:
    """The offices' programmes, plans, pairs and questions."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.made = life.made
        self.directive = life.directive
        self.text = offered(life.edition)
        self.offices = life.made.offices
        self.plans: dict[str, Plan] = {}
        self.resolution: Document | None = None
        self.question = 0

    def lay_out(self) -> None:
        """Plan every event on its day."""
        on, day = self.on, dt.date
        on(day(2025, 2, 10), self._register_programmes)
        on(day(2025, 2, 18), self._pass_on_the_resolution)
        # The first office: some lines copied, some reworded, some made specific; one target weaker, one deadline later.
        on(day(2025, 2, 20), self._first_draft)
        on(day(2025, 3, 3), lambda: self._submit(0, 1))
        on(day(2025, 3, 7), lambda: self._return(self.plans["ty-01"], RETURNED))
        on(day(2025, 3, 13), self._second_draft)
        on(day(2025, 3, 24), lambda: self._approve(0, 2, "96/QĐ-BHĐ"))
        on(day(2025, 3, 27), self._decide_the_first)
        on(day(2025, 4, 2), self._ask)
        on(day(2025, 4, 9), lambda: answer_question(asker=self.life.steering, question_id=self.question, text=ANSWER))
        on(
            day(2025, 4, 15),
            lambda: decide_question(asker=self.life.steering, question_id=self.question, holds=1, text=DECISION),
        )
        # The second: everything made specific, everything decided.
        on(day(2025, 2, 24), self._second_office)
        on(day(2025, 3, 5), lambda: self._submit(1, 1))
        on(day(2025, 3, 18), lambda: self._approve(1, 1, "89/QĐ-BHĐ"))
        on(day(2025, 3, 20), lambda: self.decide_all(self.offices[1], self.plans["ty-02"], "ke-hoach-ty-02.tsv"))
        on(day(2025, 4, 10), self._third_office)
        on(day(2025, 5, 27), self._hold_up)
        on(day(2025, 5, 28), self._report, 15)
        on(day(2026, 1, 12), self._plans_of_2026)
        on(day(2026, 1, 20), lambda: self._return(self.plans["ty-06"], GENERAL))
        on(day(2026, 10, 5), self._a_question_that_waits)
        tell_the_roadmap(self)

    def on(self, day: dt.date, run: Callable[[], object], hour: int = 10) -> None:
        """Let something happen on a day."""

        def event() -> None:
            with clock.injected(at(day, hour)):
                run()

        self.life.later(day, event)

    # --- who acts -------------------------------------------------------------------------------------------------

    def staff(self, unit: Unit) -> Asker:
        """The officer of a unit who follows its tasks."""
        return asker_for_post(self.made.staff[unit.pk])

    # --- programmes in force and their verdicts -------------------------------------------------------------------

    def _register_programmes(self) -> None:
        for number in sorted(HOLDING_UP):
            office = self.offices[number]
            for kind, term, title, symbol, signed, last, *_verdict in _IN_FORCE:
                facts = Facts(
                    kind=kind, term=term, title=title, number=symbol, signed_on=signed, from_day=signed, to_day=last,
                )  # fmt: skip
                plan = make_plan(asker=self.staff(office), unit=office, facts=facts)
                self.plans[f"{number}:{symbol}"] = plan

    def _hold_up(self) -> None:
        """The second office gives all six their verdicts; the first has come half way."""
        for number, many in ((0, 3), (1, 6)):
            given = [
                Given(self.plans[f"{number}:{symbol}"], verdict, due_on=due, owner=owner, reason=why)
                for _kind, _term, _title, symbol, _signed, _last, verdict, due, owner, why in _IN_FORCE
            ]
            given.append(Given(self.plans[f"ty-{number + 1:02}"], "keep"))
            give_verdicts(
                asker=self.staff(self.offices[number]),
                directive=self.directive,
                given=given[:many],
                decided_on=clock.today(),
            )

    def _report(self) -> None:
        """The second office registers its report, and counts on the ladder."""
        office = self.offices[1]
        register_review(
            asker=self.staff(office), obligation_id=self.task("5", office).pk, on=dt.date(2025, 5, 27),
            number="31/BC-THĐ", signed_on=dt.date(2025, 5, 28), signer="Trưởng ty",
            stored=files.store(REPORT.encode(), "31-BC-THD.txt"),
        )  # fmt: skip

    # --- plans ----------------------------------------------------------------------------------------------------

    def task(self, code: str, office: Unit) -> Obligation:
        """The task that a requirement of the directive gave to an office."""
        return next(task for task in self.life.tasks[code] if task.unit_id == office.pk)

    def write(self, unit: Unit, file: str, seen: int = 0, plan: Plan | None = None, **facts: Any) -> Plan:
        """A version of a plan from one of the files of this folder; the plan itself first, when there is none."""
        asker = self.staff(unit)
        if plan is None:
            plan = make_plan(asker=asker, unit=unit, facts=Facts(**{"kind": "plan", "term": "term", **facts}))
            choose_superior(asker=asker, plan=plan, document=self.directive)
        lines = [line for line, _citation, _relation in _read(file)]
        write_edition(asker=asker, plan=plan, lines=lines, read_by={"reader": "typed"}, seen=seen)
        return plan

    def _last_act(self, plan: Plan) -> int:
        return PlanAct.objects.filter(plan=plan).order_by("-pk").values_list("pk", flat=True).first() or 0

    def _submit(self, number: int, edition: int) -> None:
        plan, unit = self.plans[f"ty-{number + 1:02}"], self.offices[number]
        submit_plan(
            asker=self.staff(unit), plan=plan, edition=edition, seen=self._last_act(plan), to_unit=self.made.unit.pk,
            happened_on=clock.today(),
            obligations=[one.pk for one in (self.task("2", unit),) if self._waits_for_nobody(one)],
        )  # fmt: skip

    def _waits_for_nobody(self, task: Obligation) -> bool:
        """Whether a task may still be submitted: most offices numbered their plan before they wrote its lines here."""
        return ledger.obligation(self.made.operator, task.pk)[1].lifecycle in SUBMITTABLE

    def _return(self, plan: Plan, reason: str) -> None:
        seen = self._last_act(plan)
        return_plan(asker=self.life.steering, plan=plan, seen=seen, happened_on=clock.today(), reason=reason)

    def _approve(self, number: int, edition: int, symbol: str) -> None:
        """The ministry's approval is registered, and the office's task to have a plan is answered by it."""
        plan, unit, day = self.plans[f"ty-{number + 1:02}"], self.offices[number], clock.today()
        issue = Issue(symbol, day, signer="Thứ trưởng", signing_form="KT.", from_day=day, to_day=LAST)
        approve_plan(asker=self.life.steering, plan=plan, edition=edition, seen=self._last_act(plan), issue=issue)
        answer_tasks(asker=self.staff(unit), plan=plan, obligations=[self.task("2", unit).pk])

    def _first_draft(self) -> None:
        title = "Kế hoạch thực hiện Kế hoạch số 15/KH-BHĐ giai đoạn 2025 - 2030"
        self.plans["ty-01"] = self.write(self.offices[0], "ke-hoach-ty-01-v1.tsv", title=title)

    def _second_draft(self) -> None:
        self.write(self.offices[0], FIRST, seen=1, plan=self.plans["ty-01"])
        self._submit(0, 2)

    def _second_office(self) -> None:
        title = "Kế hoạch triển khai Kế hoạch số 15/KH-BHĐ giai đoạn 2025 - 2030"
        self.plans["ty-02"] = self.write(self.offices[1], "ke-hoach-ty-02.tsv", title=title)

    def _third_office(self) -> None:
        """A plan that takes over almost every sentence as it stands; registered by its number."""
        office = self.offices[2]
        plan = self.write(office, "ke-hoach-ty-03.tsv", title="Kế hoạch thực hiện Kế hoạch số 15/KH-BHĐ")
        self.number_from_the_book(office, plan, self.task("2", office))
        self.decide_all(office, plan, "ke-hoach-ty-03.tsv")

    def number_from_the_book(self, unit: Unit, plan: Plan, task: Obligation) -> None:
        """Number and day of a plan as the book of its task says them."""
        line = Entry.objects.filter(obligation=task, kind="issued").order_by("position").first()
        if line is None:
            return
        before = newest_facts([plan.pk])[plan.pk]
        facts = Facts(
            kind=before.kind, term=before.term, title=before.title, number=line.details["number"],
            signed_on=line.happened_on, from_day=line.happened_on, to_day=LAST,
        )  # fmt: skip
        correct_facts(
            asker=self.staff(unit), plan=plan, seen=before.pk, facts=facts, reason="Đã ban hành, ghi số và ngày"
        )

    def _plans_of_2026(self) -> None:
        """One plan waits for the ministry's answer; one will be returned for being general."""
        for number in (4, 5):
            name, unit = f"ty-{number + 1:02}", self.offices[number]
            file = f"ke-hoach-{name}-2026.tsv"
            self.plans[name] = self.write(unit, file, title="Kế hoạch công tác năm 2026", term="year")
            self.decide_all(unit, self.plans[name], file)
            self._submit(number, 1)

    # --- pairs ----------------------------------------------------------------------------------------------------

    def decide_all(self, unit: Unit, plan: Plan, file: str) -> None:
        """What the file of a plan says was decided about its lines."""
        self.decide(unit, plan, self.text, [(citation, relation) for _line, citation, relation in _read(file)])

    def decide(self, unit: Unit, plan: Plan, text: Offered, told: list[tuple[str, str]]) -> None:
        """What the unit's officer decided about its lines in order, ("", "") for none; where the engine had proposed
        the pair, with that suggestion."""
        asker = self.staff(unit)
        holding = provider_of(ROOM, PLAN).holding(asker, plan.key)
        proposed = suggestions(holding, text)
        for item, (citation, relation) in zip(holding.items, told, strict=True):
            if not relation:
                continue
            key = self._key(text, citation)
            one = proposed.about(item.key, text.by_key[key].identity)
            suggestion = Suggested(one.rank, one.score, one.relation, proposed.weights) if one else None
            decide(
                asker=asker, room=ROOM, kind=PLAN, plan_key=plan.key, item_key=item.key, provision_key=key,
                relation=relation, suggestion=suggestion,
            )  # fmt: skip

    @staticmethod
    def _key(text: Offered, citation: str) -> str:
        return next(one.key for one in text.offers if one.citation == citation)

    # --- the second superior, and questions upward ----------------------------------------------------------------

    def _pass_on_the_resolution(self) -> None:
        """The party committee of the ministry asks for some of the same, by other dates and targets."""
        name = "07-NQ-DUBHD.txt"
        resolution = register_document(
            self.made.operator, number="07-NQ/ĐUBHĐ", kind="Nghị quyết",
            issuer="Đảng ủy Bộ Hải đăng (hư cấu)", signed_on=dt.date(2025, 2, 17), issuer_unit=self.made.party,
            title="về lãnh đạo công tác giữ đèn biển năm 2025 và những năm tiếp theo (văn bản hư cấu)",
        )  # fmt: skip
        read_edition(self.made.operator, resolution, (DATA / name).read_bytes(), name)
        for office in self.offices:
            receive(self.made.operator, document=resolution, unit=office, received_on=dt.date(2025, 2, 18))
        self.resolution = resolution

    def _decide_the_first(self) -> None:
        """Most lines are decided, three sentences left open with the reason, and the resolution is laid beside."""
        office, plan, text = self.offices[0], self.plans["ty-01"], self._resolution_text()
        self.decide_all(office, plan, FIRST)
        for citation, reason in LEFT_OPEN:
            leave_open(
                asker=self.staff(office), room=ROOM, kind=PLAN, plan_key=plan.key,
                provision_key=self._key(self.text, citation), reason=reason,
            )  # fmt: skip
        assert self.resolution is not None
        choose_superior(asker=self.staff(office), plan=plan, document=self.resolution)
        ties = {"6": ("II.1.s1", "equivalent"), "7": ("I.1.-1.s1", "subset")}
        numbers = [line.number for line, _citation, _relation in _read(FIRST)]
        self.decide(office, plan, text, [ties.get(number, ("", "")) for number in numbers])

    def _ask(self) -> None:
        """Two dates for one thing: the office does not choose, it asks."""
        office = self.offices[0]
        self.question = ask_question(
            asker=self.staff(office), about="deadline", obligation_id=self.task("8", office).pk, text=QUESTION,
            first=self._key(self.text, "III.2.-3.s1"), second=self._key(self._resolution_text(), "II.1.s1"),
        ).pk  # fmt: skip

    def _resolution_text(self) -> Offered:
        assert self.resolution is not None
        return offered(self.resolution.editions.latest("ordinal"))

    def _a_question_that_waits(self) -> None:
        ask_question(
            asker=self.staff(self.offices[2]), about="target", text=WHICH_TARGET,
            first=self._key(self.text, "II.1.-1.s1"), second=self._key(self._resolution_text(), "I.1.-1.s1"),
        )  # fmt: skip


def _read(file: str) -> list[tuple[Line, str, str]]:
    """The lines of a plan from its file, each with the sentence it was tied to and how ("" for none)."""
    with (DATA / file).open(encoding="utf-8", newline="") as held:
        rows = list(csv.DictReader(held, delimiter="\t"))
    return [
        (
            Line(
                text=row["text"], number=row["number"], group=row["group"], person=row["person"],
                leads=tuple({"text": one.strip(), "unit": None} for one in row["leads"].split(";") if one.strip()),
                cooperators=row["cooperators"], output=row["output"], deciding_body=row["deciding_body"],
                deadline_text=row["deadline"],
            ),
            row["citation"],
            row["relation"],
        )
        for row in rows
    ]  # fmt: skip
