"""Two ministries that have nothing to do with each other, one object of every kind in each: what the matrix asks for.

Everyone who asks sits in the first one; the second is *outside*.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from soichieu.accounts.models import Account
from soichieu.conferences.commands import cuts, planning, sites, statements
from soichieu.conferences.models import Conference
from soichieu.documents import files
from soichieu.documents.commands import register_document
from soichieu.documents.commands.uploads import start_upload
from soichieu.documents.models import Document, DocumentCitation, Provision
from soichieu.findings.commands import raise_finding
from soichieu.findings.models import Finding
from soichieu.findings.occasions import Occasion
from soichieu.ledger import clock
from soichieu.ledger.commands import define_requirement, open_obligations, record
from soichieu.ledger.models import Entry, Obligation, Requirement
from soichieu.links.models import Question, QuestionAct
from soichieu.organisation.askers import Asker, asker_for_post
from soichieu.organisation.commands import appoint, create_post, found_unit
from soichieu.organisation.kinds import Role
from soichieu.organisation.models import Person, Post, Unit
from soichieu.plans.commands.editions import write_edition
from soichieu.plans.commands.register import Facts, make_plan
from soichieu.plans.lines import Line
from soichieu.plans.models import Plan
from tests.permissions import conferences

BEGINS = dt.date(2020, 1, 1)
SIGNED = dt.date(2025, 1, 9)
NOW = dt.datetime(2025, 12, 1, 3, 0, tzinfo=dt.UTC)
PASSWORD = "mat-khau-thu-10"

TEXT = """KẾ HOẠCH
Triển khai thử nghiệm trong Bộ {name}

II- NHIỆM VỤ

1. Xây dựng kế hoạch

- Mỗi đơn vị của Bộ {name} ban hành kế hoạch thực hiện Nghị quyết số 12-NQ/TW trước ngày 30-6-2025.

- Các đơn vị của Bộ {name} rà soát toàn bộ chương trình, kế hoạch hiện có.
"""


@dataclass
class Side:
    """One ministry with one of everything."""

    ministry: Unit
    division: Unit
    document: Document
    older: Document
    requirement: Requirement
    proposed: Requirement
    obligation: Obligation
    entry: Entry
    sha256: str
    file: str
    key: str
    other_key: str
    question: int
    citation: int
    upload: int
    plan: Plan
    line: str
    finding: Finding
    conference: Conference
    ended: str
    site: str
    statement: str
    cut: str


@dataclass
class World:
    inside: Side
    outside: Side
    accounts: dict[str, Account | None] = field(default_factory=dict)


def _post(unit: Unit, role: str) -> tuple[Post, Person]:
    operator = Asker.operator_of_instance()
    code = f"{unit.code}-{role}".replace("_", "-")
    post = create_post(asker=operator, unit=unit, code=code, title=f"Chức danh {role}", roles=[role], on=BEGINS)
    return post, appoint(asker=operator, post=post, person=f"Người {role} {unit.code}", on=BEGINS)


def _side(code: str, name: str) -> tuple[Side, dict[str, Person]]:
    operator = Asker.operator_of_instance()

    def unit(code_: str, kind: str, name_: str, above: Unit | None) -> Unit:
        return found_unit(
            asker=operator, code=code_, kind=kind, name=name_, begins_on=BEGINS, fictitious=True,
            superiors={"sector": above} if above else {},
        )  # fmt: skip

    ministry = unit(f"bo-{code}", "ministry", f"Bộ {name}", None)
    division = unit(f"phong-{code}", "division", f"Phòng {name}", ministry)
    posts = {role.value: _post(ministry, role.value) for role in Role}
    text = TEXT.format(name=name).encode()
    with clock.injected(dt.datetime.combine(SIGNED, dt.time(9), clock.ZONE)):
        document = register_document(
            operator, number=f"05/KH-{code.upper()}", issuer=f"Bộ {name}", signed_on=SIGNED,
            title=f"Kế hoạch của Bộ {name}",
            issuer_unit=ministry, file=(text, f"05-{code}.txt"),
        )  # fmt: skip
        older = register_document(
            operator, number=f"01/KH-{code.upper()}", issuer=f"Bộ {name}", signed_on=BEGINS, title="Kế hoạch cũ",
            issuer_unit=ministry,
        )  # fmt: skip
        sentence = Provision.objects.filter(edition__document=document, text__contains="ban hành kế hoạch").first()
        other = Provision.objects.filter(edition__document=document, text__contains="rà soát").first()
        assert sentence is not None and other is not None
        common: dict[str, Any] = {
            "asker": operator, "directive": document, "ladder": "made_concrete", "closing": "issued",
            "addressees": {"under": ministry.code, "line": "sector"},
        }  # fmt: skip
        requirement = define_requirement(
            **common, code="1", title=f"Ban hành kế hoạch của Bộ {name}", deadline=dt.date(2025, 6, 30),
            provisions=[(sentence.identity, sentence.text_hash)],
        )  # fmt: skip
        open_obligations(
            asker=operator, requirement=requirement, unit_ids=[ministry.pk, division.pk], happened_on=SIGNED
        )
        proposed = Requirement.objects.create(
            directive=document, code="2", title="Rà soát", ladder="held_up", closing="accepted", ordinal=2,
            addressees={"under": ministry.code, "line": "sector"},
        )  # fmt: skip
        # Its own, so that what may be done to it depends on the role alone.
        obligation = Obligation.objects.get(requirement=requirement, unit=ministry)
        stored = files.store(f"Minh chứng của Bộ {name}".encode(), f"minh-chung-{code}.txt")
        entry = record(
            asker=operator, kind="started", obligations=[obligation.pk], happened_on=SIGNED, evidence=[stored.pk]
        )[0]
        plan = make_plan(
            asker=operator, unit=ministry, facts=Facts(kind="plan", term="year", title=f"Kế hoạch năm của Bộ {name}"),
        )  # fmt: skip
        write_edition(
            asker=operator, plan=plan, lines=[Line("Xây dựng cơ sở dữ liệu"), Line("Tập huấn cán bộ")],
            read_by={"reader": "typed"}, seen=0,
            file=files.store(f"Kế hoạch của {name}".encode(), f"ke-hoach-{code}.txt"),
        )  # fmt: skip
    citation = DocumentCitation.objects.filter(edition__document=document).order_by("ordinal").first()
    assert citation is not None, "the text cites a resolution"
    clerk = asker_for_post(posts["records_clerk"][0])
    upload = start_upload(clerk, TEXT.format(name=f"{name} hai").encode(), f"07-{code}.txt")
    edition = document.editions.get()
    assert edition.file_id is not None
    conference, site, statement, cut = _conference(operator, ministry, document)
    side = Side(
        ministry=ministry, division=division, document=document, older=older, requirement=requirement,
        proposed=proposed, obligation=obligation, entry=entry,
        sha256=stored.pk, file=edition.file_id, key=sentence.identity.key,
        other_key=other.identity.key, question=_question(division, sentence, other),
        citation=citation.pk, upload=upload.pk, plan=plan, line=plan.identities.order_by("pk")[0].key,
        finding=_finding(ministry, division),
        conference=conference, site=site, statement=statement, cut=cut,
        ended=conferences.ended(ministry, division, document),
    )  # fmt: skip
    return side, {role: person for role, (_post_, person) in posts.items()}


def _finding(ministry: Unit, division: Unit) -> Finding:
    """A shortcoming of the division, raised at an occasion that the ministry holds."""
    return raise_finding(
        asker=Asker.operator_of_instance(), holder_unit_id=ministry.pk, kind="shortcoming",
        words=f"Việc cập nhật số liệu của {division.code} còn chậm.", units=[division.pk], on=SIGNED,
        occasion=Occasion("tests", "conference", ministry.code, "Hội nghị sơ kết", ministry.pk),
    )  # fmt: skip


def _conference(asker: Asker, ministry: Unit, document: Document) -> tuple[Conference, str, str, str]:
    """A conference in preparation with one site, a statement whose text came as a file, and a cut."""
    conference = planning.plan(
        asker=asker, unit_id=ministry.pk,
        facts={"title": f"Hội nghị của {ministry.code}", "kind": "interim",
               "held_on": NOW.date() + dt.timedelta(days=30), "directives": [document.pk]},
    )  # fmt: skip
    site = sites.write_site(
        asker=asker, conference=conference, facts={"name": "Điểm cầu trung tâm", "unit": ministry.pk}
    ).payload["key"]
    statement = statements.commission(
        asker=asker, conference=conference, site=site, subject="Bảo trì đèn", minutes=7
    ).payload["key"]
    statements.register_text(
        asker=asker, conference=conference, statement=statement, file=("Kính thưa hội nghị.".encode(), "tham-luan.txt")
    )
    cut = cuts.freeze(asker=asker, conference=conference, directive=document.pk, as_at=SIGNED).payload["key"]
    return conference, site, statement, cut


def _question(unit: Unit, first: Provision, second: Provision) -> int:
    """A question of the unit below, which those above may answer."""
    made = Question.objects.create(
        unit=unit, first=first.identity, second=second.identity, about="deadline", made_at=clock.now()
    )
    QuestionAct.objects.create(
        question=made, act="asked", text="Thời hạn nào áp dụng?", happened_on=SIGNED, made_at=clock.now()
    )
    return made.pk


def build() -> World:
    """Both ministries, and an account for every role of the first one, one without a post, and nobody."""
    with clock.injected(NOW):
        inside, people = _side("a", "An")
        outside, _others = _side("b", "Bình")
        world = World(inside, outside, {"nobody": None})
        lonely = Person.objects.create(name="Người không chức danh")
        world.accounts["no post"] = Account.objects.create_user("no-post", PASSWORD, person=lonely)
        for role, person in people.items():
            world.accounts[role] = Account.objects.create_user(role, PASSWORD, person=person)
    return world
