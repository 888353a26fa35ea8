"""A wholly fictitious ministry in which everything happens: what the board's tests look at.

``build(offices, divisions)`` gives offices × divisions + offices units; the histories are drawn from a fixed seed.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from django.db import transaction

from soichieu.accounts.models import Account
from soichieu.documents.commands import link_documents, register_document
from soichieu.documents.models import Document, Provision
from soichieu.ledger import clock
from soichieu.ledger.append import Draft, append
from soichieu.ledger.commands import allocate_parts, define_requirement, open_obligations, quote_count, record
from soichieu.ledger.models import Obligation, Requirement
from soichieu.ledger.sources import Source, by_telephone
from soichieu.organisation.askers import Asker, asker_for_post
from soichieu.organisation.commands import appoint, create_post, found_unit
from soichieu.organisation.models import Unit

BEGINS = dt.date(2020, 1, 1)
SIGNED = dt.date(2025, 1, 9)
NOW = dt.datetime(2025, 12, 1, 3, 0, tzinfo=dt.UTC)

TEXT = """KẾ HOẠCH
Triển khai thử nghiệm trong Bộ Thử nghiệm

I- QUAN ĐIỂM

1. Việc thử nghiệm là việc chung của các đơn vị thuộc Bộ.

II- NHIỆM VỤ

1. Nâng cao nhận thức

- Các đơn vị tổ chức quán triệt Kế hoạch này đến từng cán bộ trong quý I năm 2025. Người đứng đầu trực tiếp chủ trì.

- Các đơn vị tuyên truyền kết quả thử nghiệm bằng hình thức phù hợp.

2. Xây dựng kế hoạch

- Mỗi đơn vị ban hành kế hoạch thực hiện trước ngày 30-6-2025. Kế hoạch phải rõ người, rõ việc, rõ thời gian.

- Các đơn vị rà soát toàn bộ chương trình, kế hoạch hiện có.

3. Tổ chức thực hiện

- Xây dựng cơ sở dữ liệu dùng chung của đơn vị. Kết nối dữ liệu với Bộ trước ngày 30-9-2025.

- Bố trí cán bộ làm đầu mối theo dõi.

- Đào tạo cán bộ về kỹ năng thử nghiệm. Báo cáo kết quả đào tạo.

III- TỔ CHỨC THỰC HIỆN

1. Các đơn vị kiểm tra việc thực hiện ở cấp dưới. Các đơn vị sơ kết và báo cáo Bộ trước ngày 31-12-2025.
"""
NAMES = (
    "Thiên Đàn", "Kim Sa", "Tử Đàn", "Tuyết Phong", "Hồng Mai", "Ngọc Hạc", "Lam Vân", "Bạch Liên", "Thanh Trúc",
    "Hoàng Yến", "Ấn Thạch", "Đông Nham",
)  # fmt: skip
# beginning of the sentence → ladder, closing, deadline
ASKED: tuple[tuple[str, str, str, dt.date | None], ...] = (
    ("Các đơn vị tổ chức quán triệt", "disseminated", "claimed", dt.date(2025, 3, 31)),
    ("Các đơn vị tuyên truyền", "disseminated", "claimed", None),
    ("Mỗi đơn vị ban hành", "made_concrete", "issued", dt.date(2025, 6, 30)),
    ("Các đơn vị rà soát", "held_up", "accepted", dt.date(2025, 6, 30)),
    ("Xây dựng cơ sở dữ liệu", "carried_out", "accepted", dt.date(2025, 9, 30)),
    ("Kết nối dữ liệu", "carried_out", "accepted", dt.date(2025, 9, 30)),
    ("Bố trí cán bộ", "carried_out", "accepted", dt.date(2025, 5, 31)),
    ("Đào tạo cán bộ", "carried_out", "accepted", dt.date(2026, 3, 31)),
    ("Báo cáo kết quả đào tạo", "carried_out", "accepted", dt.date(2025, 12, 5)),
    ("Các đơn vị kiểm tra", "checked", "accepted", None),
    ("Các đơn vị sơ kết", "reviewed", "issued", dt.date(2025, 12, 31)),
)


@dataclass
class House:
    operator: Asker
    ministry: Unit
    offices: list[Unit]
    divisions: list[Unit]
    outside: Unit
    directive: Document
    askers: dict[str, Asker] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    requirements: list[Requirement] = field(default_factory=list)

    def obligation(self, code: int, unit: Unit) -> Obligation:
        return Obligation.objects.get(requirement=self.requirements[code], unit=unit, part_of=None)

    def act(self, kind: str, code: int, unit: Unit, on: dt.date, **rest: object) -> None:
        record(asker=self.operator, kind=kind, obligations=[self.obligation(code, unit).pk], happened_on=on, **rest)  # type: ignore[arg-type]


def day(text: str) -> dt.date:
    d, m = text.split("-")
    return dt.date(2025, int(m), int(d))


def at(day_: dt.date, hour: int = 9) -> dt.datetime:
    return dt.datetime.combine(day_, dt.time(hour), clock.ZONE)


def people(house: House) -> None:
    """One person on each post that the tests sign in as."""
    for key, unit, role in (
        ("steering", house.ministry, "steering_office"),
        ("verifier", house.ministry, "verifier"),
        ("observer", house.ministry, "observer"),
        ("office", house.offices[0], "head"),
        ("staff", house.offices[0], "staff_officer"),
        ("second", house.offices[1], "staff_officer"),
        ("outside", house.outside, "steering_office"),
        ("admin", house.ministry, "administrator"),
    ):
        post = create_post(asker=house.operator, unit=unit, code=key, title=f"Chức danh {key}", roles=[role], on=BEGINS)
        person = appoint(asker=house.operator, post=post, person=f"Người {key}", on=BEGINS)
        house.askers[key] = asker_for_post(post)
        house.accounts[key] = Account.objects.create_user(key, "mat-khau-thu-10", person=person)


def build(offices: int = 4, divisions: int = 3, seed: int = 7) -> House:
    """The ministry, its directive with a text, its tasks given on 9-1-2025 and what became of them until 1-12-2025."""
    with clock.injected(at(SIGNED)):
        house = _founded(offices, divisions)
    with clock.injected(NOW):
        people(house)
    _told(house, random.Random(seed))
    return house


def _founded(offices: int, divisions: int) -> House:
    operator = Asker.operator_of_instance()

    def unit(code: str, kind: str, name: str, above: Unit | None, order: int) -> Unit:
        return found_unit(
            asker=operator, code=code, kind=kind, name=name, begins_on=BEGINS, fictitious=True, order=order,
            superiors={"sector": above} if above else {},
        )  # fmt: skip

    ministry = unit("bo-thu", "ministry", "Bộ Thử nghiệm", None, 1)
    outside = unit("bo-khac", "ministry", "Bộ Khác", None, 2)
    tops = [unit(f"cuc-{n}", "department", f"Cục {NAMES[n % len(NAMES)]}", ministry, n) for n in range(offices)]
    below = [
        unit(f"phong-{a}-{b}", "division", f"Phòng {b + 1}, Cục {NAMES[a % len(NAMES)]}", top, b)
        for a, top in enumerate(tops)
        for b in range(divisions)
    ]
    directive = register_document(
        operator, number="05/KH-BT", issuer="Bộ Thử nghiệm", signed_on=SIGNED, title="Kế hoạch triển khai thử nghiệm",
        issuer_unit=ministry, file=(TEXT.encode(), "05-KH-BT.txt"),
    )  # fmt: skip
    house = House(operator, ministry, tops, below, outside, directive)
    sentences = list(Provision.objects.filter(edition__document=directive, kind="sentence").order_by("ordinal"))
    if not sentences:
        sentences = list(Provision.objects.filter(edition__document=directive).exclude(text="").order_by("ordinal"))
    for number, (words, ladder, closing, due) in enumerate(ASKED, start=1):
        sentence = next((one for one in sentences if one.text.startswith(words)), None)
        section = "Nâng cao nhận thức" if number < 3 else "Xây dựng kế hoạch" if number < 5 else "Tổ chức thực hiện"
        house.requirements.append(
            define_requirement(
                asker=operator, directive=directive, code=str(number), title=sentence.text if sentence else words,
                ladder=ladder, closing=closing, deadline=due, section=section, standing=due is None, ordinal=number,
                provisions=[(sentence.identity, sentence.text_hash)] if sentence else (),
                addressees={"under": "bo-thu", "line": "sector"},
            )
        )  # fmt: skip
    everyone = [one.pk for one in (*tops, *below)]
    for requirement in house.requirements:
        open_obligations(asker=operator, requirement=requirement, unit_ids=everyone, happened_on=SIGNED)
    return house


def _told(house: House, dice: random.Random) -> None:
    """Random but fixed histories, recorded on their days."""
    acts: list[tuple[dt.date, str, list[int], dict[str, object]]] = []
    units = [*house.offices, *house.divisions]
    for requirement in house.requirements:
        due = requirement.deadline or dt.date(2025, 10, 1)
        done = "issued" if requirement.closing == "issued" else "claimed"
        of = dict(Obligation.objects.filter(requirement=requirement).values_list("unit_id", "id"))
        for unit in units:
            luck, pk = dice.random(), of[unit.pk]
            if luck < 0.12:
                continue
            start = SIGNED + dt.timedelta(days=dice.randint(2, 30))
            acts.append((start, "started", [pk], {}))
            if luck < 0.3:
                continue
            reported = due + dt.timedelta(days=dice.choice((-20, -9, -3, 0, 0, 12, 25)))
            acts.append((reported, done, [pk], {"payload": {"number": f"{dice.randint(1, 99)}/KH"}}))
            if requirement.closing == "accepted" and luck > 0.45:
                reason: dict[str, object] = {"payload": {"reason": "thiếu số liệu"}}
                later = reported + dt.timedelta(days=dice.randint(3, 20))
                acts.append((later, "returned" if luck < 0.5 else "accepted", [pk], reason))
            if luck > 0.7:
                acts.append((reported + dt.timedelta(days=25), "verified", [pk], {"choice": "confirmed"}))
    by_day: dict[dt.date, list[Draft]] = {}
    for happened, kind, pks, rest in sorted(acts, key=lambda act: (act[0], act[2])):
        if happened <= NOW.date():
            by_day.setdefault(happened, []).append(Draft(pks[0], kind, happened, **rest))  # type: ignore[arg-type]
    for happened, drafts in by_day.items():
        with clock.injected(at(happened)), transaction.atomic():
            append(asker=house.operator, chain_id=house.directive.chain.pk, drafts=drafts)


def named_histories(house: House) -> None:
    """What single tests point at: back-dated lines, an extension, a telephone call, parts, a quoted count."""
    first, second = house.offices[0], house.offices[1]
    with clock.injected(NOW):
        source = Source("documents", "document", str(house.directive.pk))
        quote_count(
            asker=house.operator, directive=house.directive, ladder="carried_out",
            label="nhiệm vụ được giao (báo cáo thử)", over="các đơn vị thuộc Bộ", n=16051, of=21914,
            happened_on=day("30-11"), source=source,
            breakdown={"done_in_time": 14068, "done_late": 1983, "not_due": 5640, "overdue": 223},
            printed={"done_of_due": "98.62", "overdue_of_due": "1.38"},
        )  # fmt: skip
        house.act("extended", 7, first, day("20-11"), deadline=dt.date(2026, 6, 30))
        house.act("noted", 7, first, day("1-2"), payload={"reason": "đã họp bàn"}, source=by_telephone("Văn phòng"))
        house.act("accepted", 7, first, day("2-2"), payload={"note": "quá sớm"})
        allocate_parts(
            asker=house.operator, obligation=house.obligation(10, second), happened_on=day("1-11"),
            parts=[(house.divisions[0].pk, None), (house.divisions[1].pk, None)],
        )  # fmt: skip
        implementing = register_document(
            house.operator, number="77/KH-CTD", issuer="Cục Thiên Đàn", signed_on=dt.date(2025, 2, 1),
            title="Kế hoạch của Cục", issuer_unit=first,
        )  # fmt: skip
        link_documents(house.operator, source=implementing, target=house.directive, relation="implements")
        own = define_requirement(
            asker=house.operator,
            directive=implementing,
            code="1",
            title="Các phòng thực hiện",
            ladder="carried_out",
            closing="accepted",
            deadline=dt.date(2025, 12, 20),
        )
        below = [one.pk for one in house.divisions[: max(1, len(house.divisions) // len(house.offices))]]
        open_obligations(asker=house.operator, requirement=own, unit_ids=below, happened_on=dt.date(2025, 2, 2))
