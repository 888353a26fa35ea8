"""How the fictitious ministry prepares a conference: its plan, sites, participants, statements, agenda, cut."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from soichieu.conferences.commands import agenda, cuts, own_reviews, planning, preparing, sites, statements
from soichieu.conferences.commands.agenda import line_of_statement
from soichieu.conferences.models import Conference
from soichieu.conferences.state import Site, State, state_of
from soichieu.demo.conferences_words import BHD, Course
from soichieu.demo.life import at
from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.organisation.askers import Asker, asker_for_post
from soichieu.organisation.models import Post, Unit
from soichieu.organisation.names import name_of

DATA = Path(__file__).parent / "data" / "fictitious"
PLAN = "15/KH-BHĐ"
FURTHER = 21
"""So many stations have a site of their own, under that of their office."""
HEADS = {"division": 9, "department": 6, "office": 5, "institute": 4, "ministry": 24}
LINES = {"tram-05-4": "none", "tram-09-4": "poor", "tram-13-4": "none", "ty-moi-03": "poor", "ty-moi-19": "poor"}
Rows = list[dict[str, str]]


class House:
    """The fictitious ministry as the demonstration left it: who acts for whom."""

    def __init__(self) -> None:
        self.unit = Unit.objects.get(code=BHD)
        self.plan = Document.objects.get(number=PLAN)
        post = {code: Post.objects.get(code=code) for code in ("van-phong", "bo-truong", "thu-ky", "kiem-chung")}
        self.steering = asker_for_post(post["van-phong"])
        self.verifier = asker_for_post(post["kiem-chung"])
        self.secretary = asker_for_post(post["thu-ky"], on_behalf_of=post["bo-truong"])
        self._officers: dict[str, Asker] = {}

    def officer(self, code: str) -> Asker:
        """The officer of a unit who follows its tasks; where it has none, the steering office writes for it."""
        if code not in self._officers:
            post = Post.objects.filter(code="can-bo-ty" if code == "ty-01" else f"cb-{code}").first()
            self._officers[code] = asker_for_post(post) if post else self.steering
        return self._officers[code]


def read(file: str) -> Rows:
    """The rows of a table of this folder."""
    with (DATA / file).open(encoding="utf-8", newline="") as held:
        return list(csv.DictReader(held, delimiter="\t"))


class Prepared:
    """A conference and its sites by the codes of their units."""

    def __init__(self, house: House, conference: Conference) -> None:
        self.house = house
        self.conference = conference
        self.codes: dict[int, str] = {}
        self.sites: dict[str, str] = {}

    @property
    def state(self) -> State:
        return state_of(self.conference)

    def learn_sites(self) -> None:
        found = self.state.ordered_sites
        self.codes = dict(Unit.objects.filter(pk__in=[s.unit for s in found if s.unit]).values_list("pk", "code"))
        self.sites = {self.codes[site.unit]: site.key for site in found if site.unit}

    def do(self, command: Any, /, asker: Asker | None = None, **said: Any) -> Any:
        """A command on this conference; the steering office gives it where nobody else is named."""
        return command(asker=asker or self.house.steering, conference=self.conference, **said)


def prepare(house: House, course: Course, before: Conference | None) -> Prepared:
    """Everything that happens before the first word is said, in its order: the book of a conference knows no way
    back."""
    with clock.injected(at(course.planned, 9)):
        held = _plan(house, course, before)
        held.do(preparing.offer_standard)
    after, until = _days_from(course.planned, 1), _days_from(course.held, -1)
    steps: list[tuple[dt.datetime, Callable[[], object]]] = [
        (after(2, 10), lambda: make_sites(held, course.held)),
        (after(4, 9), lambda: _commission(held, course)),
        (after(7, 14), lambda: _expected(held)),
        (until(11, 15), lambda: _register_texts(held, course)),
        (until(9, 9), lambda: _own_reviews(held, course)),
        (until(8, 9), lambda: held.do(preparing.invite, on=clock.today())),
        (until(7, 10), lambda: _review(held)),
        (until(4, 9), lambda: held.do(agenda.set_agenda, items=list(_lines(held.state, course)))),
        (until(3, 11), lambda: _answers(held)),
        (at(course.cut, 17), lambda: _cut(held, course)),
    ]
    for place, task in enumerate(held.state.preparations.values()):
        if task.key != preparing.INVITATIONS and task.due_on is not None:
            day = min(task.due_on + dt.timedelta(days=place % 4 - 2), course.held - dt.timedelta(days=1))
            steps.append((at(day, 16), partial(_finish, held, task.key)))
    for moment, step in sorted(steps, key=lambda one: one[0]):
        with clock.injected(moment):
            step()
    return held


def _days_from(day: dt.date, sign: int) -> Callable[[int, int], dt.datetime]:
    return lambda days, hour: at(day + dt.timedelta(days=sign * days), hour)


def _finish(held: Prepared, key: str) -> None:
    held.do(preparing.finish_task, key=key, done_on=clock.today())


def _own_reviews(held: Prepared, course: Course) -> None:
    for code, number in course.own_reviews:
        review = Document.objects.get(number=number, issuer_unit__code=code)
        held.do(
            own_reviews.register_own_review, asker=held.house.officer(code), site=held.sites[code],
            document=review.pk, label=review.title,
        )  # fmt: skip


def _cut(held: Prepared, course: Course) -> None:
    label = f"Số liệu hội nghị sơ kết {course.number}"
    held.do(
        cuts.freeze, directive=held.house.plan.pk, as_at=course.cut, known_at=clock.now(), label=label
    )  # fmt: skip


def _plan(house: House, course: Course, before: Conference | None) -> Prepared:
    facts: dict[str, Any] = {
        "title": course.title, "kind": "interim", "held_on": course.held, "starts_at": dt.time(8),
        "place": "Trực tuyến, điểm cầu trung tâm tại Bộ Hải đăng", "layout": "state", "chair": "Bộ trưởng",
        "co_chairs": ["Thứ trưởng phụ trách"], "seniors": list(course.seniors), "secretary": "Thư ký Bộ trưởng",
        "host": "Phó Chánh Văn phòng Bộ", "directives": [house.plan.pk], "follows": before.key if before else "",
    }  # fmt: skip
    return Prepared(house, planning.plan(asker=house.steering, unit_id=house.unit.pk, facts=facts))


def make_sites(held: Prepared, day: dt.date) -> None:
    """The centre, a site for every unit under the ministry, and further ones for stations far out."""
    under = sites.units_under(held.conference, day)
    stations = Unit.objects.filter(code__regex=r"^tram-\d+-4$").order_by("code").values_list("pk", flat=True)[:FURTHER]
    held.do(sites.make_sites, units=[*under, *stations], naming="Điểm cầu {unit}")
    held.learn_sites()
    link = f"https://hop.bo-hai-dang.example/{day:%Y-%m-%d}"
    held.do(sites.write_site, key=held.sites[BHD], facts={"chair": "Bộ trưởng", "join_link": link})
    for code, line in LINES.items():
        said = {"chair": _chair(code), "telephone": "nội bộ 1" + held.sites[code][-2:].upper(), "line": line}
        held.do(sites.own_line, asker=held.house.officer(code), site=held.sites[code], **said)
    for code, key in held.sites.items():
        if code != BHD and code not in LINES:
            held.do(
                sites.own_line, asker=held.house.officer(code), site=key, chair=_chair(code), telephone="", line="good"
            )


def _chair(code: str) -> str:
    if code.startswith("ty-"):
        return "Trưởng ty"
    if code.startswith("tram-"):
        return "Trạm trưởng"
    heads = {"cuc": "Cục trưởng", "vu": "Vụ trưởng", "vp": "Chánh Văn phòng Bộ", "thanh": "Chánh Thanh tra Bộ"}
    return heads[code.partition("-")[0]]


def _commission(held: Prepared, course: Course) -> None:
    due = course.held - dt.timedelta(days=11)
    for row in read(f"hoi-nghi-{course.number}-tham-luan.tsv"):
        held.do(
            statements.commission, site=held.sites[row["unit"]], subject=row["subject"],
            minutes=int(row["minutes"]) or 6, due_on=None if row["reserve"] else due, reserve=bool(row["reserve"]),
            author=_chair(row["unit"]),
        )  # fmt: skip


def _expected(held: Prepared) -> None:
    """Who is expected is written by the steering office."""
    for place, site in enumerate(held.state.ordered_sites):
        expect(held, site, place)


def _answers(held: Prepared) -> None:
    """Who comes is written by the site; one in sixteen has not answered."""
    for place, site in enumerate(held.state.ordered_sites):
        if place % 16 != 15:
            answer(held, site, place)


def expect(held: Prepared, site: Site, place: int) -> None:
    code = held.codes[site.unit or 0]
    posts = ["Bộ trưởng", "Thứ trưởng phụ trách"] if code == BHD else [_chair(code), "Chuyên viên theo dõi"]
    kind = Unit.objects.get(code=code).kind
    held.do(sites.expect, site=site.key, posts=[{"post": one} for one in posts], heads=HEADS[kind] + place % 3)


def answer(held: Prepared, site: Site, place: int) -> None:
    """The head comes, or sends a deputy, or is excused; whoever follows the tasks comes."""
    officer = held.house.officer(held.codes[site.unit or 0])
    first, second = list(site.expected)[:2]
    said: dict[str, str] = {"answer": "coming"}
    if place % 9 == 4:
        said = {"answer": "substitute", "substitute": "Cấp phó phụ trách"}
    elif place % 23 == 7:
        said = {"answer": "excused", "reason": "Đi tàu tiếp tế, chưa về kịp"}
    held.do(sites.answer, asker=officer, site=site.key, key=first, **said)
    held.do(sites.answer, asker=officer, site=site.key, key=second, answer="coming")


def _register_texts(held: Prepared, course: Course) -> None:
    rows = {row["subject"]: row for row in read(f"hoi-nghi-{course.number}-tham-luan.tsv")}
    for one in list(held.state.statements.values()):
        row = rows[one.subject]
        if row["text"]:
            held.do(
                statements.register_text, asker=held.house.officer(row["unit"]), statement=one.key, text=row["text"],
                delivery=row["delivery"],
            )  # fmt: skip


def _review(held: Prepared) -> None:
    for one in list(held.state.statements.values()):
        if one.text:
            held.do(statements.review, statement=one.key, review="accepted")


def _lines(state: State, course: Course) -> Iterable[dict[str, Any]]:
    """The lines of the agenda; statements that are given at the conference in their order."""
    centre = next(site.key for site in state.ordered_sites if not site.parent)
    waiting = [one for one in state.statements.values() if one.delivery == "spoken" and not one.reserve]
    chaired = ("opening", "conclusion", "reply", "awards")
    for kind, minutes, _taken in course.agenda:
        if kind == "statement":
            for one in waiting[:minutes]:
                lead_in = f"Xin mời {state.sites[one.site].name.removeprefix('Điểm cầu ')}."
                yield {**line_of_statement(state, one), "lead_in": lead_in}
            waiting = waiting[minutes:]
            continue
        speaker = "Bộ trưởng" if kind in chaired else ""
        if kind == "directing_speech":
            speaker = course.seniors[0]
        if kind == "central_report":
            speaker = "Thứ trưởng phụ trách"
        yield {
            "kind": kind, "minutes": minutes, "title": course.report if kind == "central_report" else "",
            "site": "" if kind == "break" else centre, "speaker": speaker,
        }  # fmt: skip


def unit_names(codes: Iterable[str], day: dt.date) -> dict[str, str]:
    """Code → the name of the unit on a day."""
    ids = dict(Unit.objects.filter(code__in=list(codes)).values_list("code", "pk"))
    names = name_of(ids.values(), day)
    return {code: names[pk] for code, pk in ids.items()}
