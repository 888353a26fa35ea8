"""How a conference of the fictitious ministry is held: opened, called, spoken, asked, found, concluded, closed.

The secretary works on the chair's behalf, and every line says so. The clock of the demonstration goes with the agenda.
"""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from typing import Any

from soichieu.conferences.commands import concluding, floor, noting
from soichieu.conferences.kinds import AgendaKind, Delivery, RollBy
from soichieu.conferences.state import Item
from soichieu.demo.conference_before import Prepared, read, unit_names
from soichieu.demo.conferences_words import OFFICES, Concluded, Course
from soichieu.demo.life import at
from soichieu.documents.models import Provision
from soichieu.findings.models import Finding
from soichieu.ledger import clock
from soichieu.organisation.models import Unit


class Running:
    """One conference under way. ``findings`` and ``conclusions``: what was raised and concluded, by short words."""

    def __init__(self, held: Prepared, course: Course, earlier: dict[str, Finding]) -> None:
        self.held = held
        self.course = course
        self.moment = at(course.held, 7, 40)
        self.earlier = earlier
        self.findings: dict[str, Finding] = {}
        self.conclusions: dict[str, Finding] = {}
        self.units = dict(Unit.objects.filter(fictitious=True).values_list("code", "pk"))
        self.rows = {row["subject"]: row for row in read(f"hoi-nghi-{course.number}-tham-luan.tsv")}

    # --- small things ---------------------------------------------------------------------------------------------

    def now(self) -> AbstractContextManager[None]:
        return clock.injected(self.moment)

    def after(self, minutes: float) -> None:
        self.moment += dt.timedelta(minutes=minutes)

    def say(self, command: Any, **said: Any) -> Any:
        """The secretary does it on the chair's behalf."""
        with self.now():
            return self.held.do(command, asker=self.held.house.secretary, **said)

    def site(self, code: str) -> str:
        return self.held.sites[code]

    # --- the course -----------------------------------------------------------------------------------------------

    def draft(self) -> None:
        """Some conclusions are drafted before the conference."""
        with clock.injected(at(self.course.held - dt.timedelta(days=1), 17)):
            for one in self.course.concluded:
                if one.drafted:
                    self._word(one)

    def run(self) -> None:
        """From the roll-call to the closing."""
        self._roll_call()
        self.moment = at(self.course.held, 8)
        self.say(floor.open_conference)
        self.say(floor.decide_recording, on=self.course.recorded)
        taken = [minutes for kind, _planned, minutes in self.course.agenda if kind != AgendaKind.STATEMENT]
        asked = False
        while (item := self.held.state.following) is not None:
            if item.kind == AgendaKind.DISCUSSION and not asked:
                asked = True
                self._ask()
            self.say(floor.call_next)
            if item.kind == AgendaKind.STATEMENT:
                self._statement(item)
            else:
                minutes = taken.pop(0)
                if item.kind == AgendaKind.DISCUSSION:
                    self._discussion()
                if item.kind == AgendaKind.CONCLUSION:
                    self._conclude(item)
                if item.kind == AgendaKind.CENTRAL_REPORT:
                    cut = self.held.state.standing_cut
                    self.say(floor.show, what="figure", ref=cut.key if cut else "")
                self.after(minutes)
            self.after(0.5)
        self.say(floor.close_conference)
        self._afterwards()

    def _roll_call(self) -> None:
        """Every site but one says how many are there; those without a line are called by the secretary."""
        for place, site in enumerate(self.held.state.ordered_sites):
            self.after(0.3)
            code, of = self.held.codes[site.unit or 0], site.expected_heads or 4
            said: dict[str, Any] = {"site": site.key, "present": of - (place % 5 == 2), "of": of}
            if place == 57:
                continue
            with self.now():
                if site.line == "none":
                    self.held.do(floor.call_roll, **said, by=RollBy.TELEPHONE, remark="Gọi điện thoại, không có mạng")
                else:
                    self.held.do(floor.call_roll, asker=self.held.house.officer(code), **said)

    def _statement(self, item: Item) -> None:
        row = self.rows[item.title]
        minutes = float(row["minutes_taken"])
        if row["unit"] == "cuc-cong-nghe":
            self.after(3)
            self.say(floor.pause_floor)
            self.after(1.5)
            self.say(floor.resume_floor)
            minutes -= 3
        self.after(minutes)
        self.say(noting.note_speech, item=item.key, text=row["text"])
        self._find(row["unit"], item.key)
        self.say(floor.end_floor)

    def _ask(self) -> None:
        code, about = self.course.floor
        with self.now():
            self.held.do(floor.ask_floor, asker=self.held.house.officer(code), site=self.site(code), about=about)
        other, wanted, why = self.course.declined
        if other:
            with self.now():
                self.held.do(floor.ask_floor, asker=self.held.house.officer(other), site=self.site(other), about=wanted)
            self.say(floor.decline_request, request=list(self.held.state.requests)[-1], reason=why)

    def _discussion(self) -> None:
        """The site that asked gets the floor, outside the script."""
        code, about = self.course.floor
        self.after(4)
        request = next(one.key for one in self.held.state.requests.values() if one.site == self.site(code))
        self.say(floor.give_floor_to_site, site=self.site(code), request=request, minutes=3)
        item = self.held.state.current
        self.after(3)
        if item is not None:
            self.say(noting.note_speech, item=item.key, text=f"{about}: nêu tình hình, không đề nghị gì thêm.")
        self.say(floor.end_floor)

    def _find(self, code: str, where: str) -> None:
        """What a unit said in a line of the agenda, or sent in writing (the key of either), as findings: of itself, of
        others, to whom it proposes."""
        for row in read(f"hoi-nghi-{self.course.number}-ket-qua.tsv"):
            if row["unit"] != code:
                continue
            unit = self.units.get(row["addressee"])
            said: dict[str, Any] = {
                "kind": row["kind"], "units": [self.units[row["about"]]] if row["about"] else [],
                "own": bool(row["own"]), "objective_cause": row["objective_cause"],
                "subjective_cause": row["subjective_cause"], "addressee": "" if unit else row["addressee"],
                "addressee_unit": unit, "same_as": self.earlier[row["same_as"]].key if row["same_as"] else None,
            }  # fmt: skip
            finding = self.say(noting.find, item=where, text=row["words"], **said)
            self.findings[row["key"]] = finding

    # --- conclusions ----------------------------------------------------------------------------------------------

    def _word(self, one: Concluded, item: str = "") -> Finding:
        """Word a conclusion; the secretary writes what the chair says."""
        offices = [self.units[code] for code in self.held.sites if code.startswith("ty-")]
        leads = [pk for code in one.leads for pk in (offices if code == OFFICES else [self.units[code]])]
        terms: dict[str, Any] | None = {"report": one.report} if one.report else None
        if one.kind == "task":
            terms = {
                "leads": leads, "given": "each" if OFFICES in one.leads else "one", "task": one.words,
                "deadline": one.deadline, "responsibility": one.responsibility, "authority": one.authority,
                "product": one.product, "report": one.report,
            }  # fmt: skip
        made = self.held.do(
            concluding.draft, asker=self.held.house.secretary, conclusion_kind=one.kind, text=one.words, terms=terms,
            item=item, addressee=one.to, units=[self.units[code] for code in one.about],
            provisions=self._sentences(one.citation),
        )  # fmt: skip
        self.conclusions[one.key] = made
        return made

    def _sentences(self, citation: str) -> list[int]:
        if not citation:
            return []
        found = Provision.objects.filter(edition__document=self.held.house.plan, citation=citation)
        return list(found.values_list("identity_id", flat=True))

    def _conclude(self, item: Item) -> None:
        """The chair concludes one after the other; the hall sees the words."""
        for one in self.course.concluded:
            self.after(0.8)
            with self.now():
                finding = self.conclusions.get(one.key) or self._word(one, item.key)
            version = finding.versions.latest("pk")
            self.say(floor.show, what="conclusion", ref=finding.key)
            self.say(concluding.conclude, finding=finding.key, version=version.pk)

    def _afterwards(self) -> None:
        """What was sent in writing is read, figures are looked at again, the same day."""
        self.moment = at(self.course.held, 15)
        for one in self.held.state.statements.values():
            if one.delivery == Delivery.WRITTEN and one.text:
                code = self.held.codes[self.held.state.sites[one.site].unit or 0]
                self._find(code, one.key)
        cut = self.held.state.standing_cut
        for code, asked, answered, mended in self.course.corrections:
            with self.now():
                said = {"site": self.site(code), "text": asked, "cut": cut.key if cut else ""}
                self.held.do(noting.ask_correction, asker=self.held.house.officer(code), **said)
            self.after(20)
            key = list(self.held.state.corrections)[-1]
            self.say(noting.answer_correction, correction=key, text=answered, mended=mended)

    def names(self) -> dict[str, str]:
        """Unit code → its name on that day."""
        return unit_names(self.held.sites, self.course.held)
