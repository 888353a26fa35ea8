"""The Ministry of Lighthouses (Bộ Hải đăng): wholly fictitious. Its units, its posts, its reorganisations.

63 regional offices (*ty*) with four light stations each; on 1-3-2025 two departments merge and one is split, on
1-7-2025 the 63
become 34, as the real provinces did, so that every kind of succession can be seen where nothing real is touched.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from soichieu.accounts.models import Account
from soichieu.organisation.askers import Asker
from soichieu.organisation.commands import (
    appoint,
    create_post,
    delegate,
    end_unit,
    found_unit,
    name_counterpart,
    place_under,
)
from soichieu.organisation.commands.succession import Proposal, confirm_succession, propose_succession
from soichieu.organisation.models import Post, Unit
from soichieu.organisation.names import name_of

FOUNDED = dt.date(2020, 1, 1)
FIRST_REFORM = dt.date(2025, 3, 1)
SECOND_REFORM = dt.date(2025, 7, 1)
PASSWORD = "giu-den-bien-2025"  # noqa: S105  # of the demonstration, printed on its sign-in page

_FIRST = ("Lam", "Hồng", "Hoàng", "Từ", "Thiên", "Ngọc", "Kim", "Bạch", "Tuyết", "Thanh")
_SECOND = ("Sa", "Mai", "Trúc", "Đàn", "Hạc", "Phong", "Tùng", "Liên", "Yến", "Vân")
_STATIONS = ("Mũi Bắc", "Mũi Nam", "Hòn Trong", "Hòn Ngoài")


@dataclass
class Ministry:
    """What the rest of the demonstration needs to name."""

    operator: Asker
    unit: Unit
    party: Unit
    office: Unit
    inspectorate: Unit
    departments: dict[str, Unit] = field(default_factory=dict)
    offices: list[Unit] = field(default_factory=list)
    stations: list[Unit] = field(default_factory=list)
    posts: dict[str, Post] = field(default_factory=dict)
    staff: dict[int, Post] = field(default_factory=dict)
    after_merger: dict[int, Unit] = field(default_factory=dict)
    main_heir: dict[int, int] = field(default_factory=dict)


def region_names(seed: int = 63) -> list[str]:
    """63 names of regions that do not exist, in a fixed order."""
    names = [f"{first} {second}" for first in _FIRST for second in _SECOND]
    random.Random(seed).shuffle(names)  # noqa: S311  # a fixed order, no secret
    return sorted(names[:63])


def found_ministry(operator: Asker) -> Ministry:
    """Found the ministry as it was before its reorganisations, with the posts on which people sign in."""
    party = _unit(
        operator,
        "dang-uy-bo-hai-dang",
        "party_committee",
        "Đảng ủy Bộ Hải đăng (hư cấu)",
        en="Party Committee of the Ministry of Lighthouses (fictitious)",
    )
    unit = _unit(
        operator,
        "bo-hai-dang",
        "ministry",
        "Bộ Hải đăng (hư cấu)",
        en="Ministry of Lighthouses (fictitious)",
        order=900,
    )
    name_counterpart(asker=operator, unit=unit, counterpart=party, on=FOUNDED)
    office = _unit(
        operator, "vp-bo-hai-dang", "office", "Văn phòng Bộ Hải đăng", unit, en="Office of the Ministry", order=1
    )
    inspectorate = _unit(
        operator, "thanh-tra-hai-dang", "department", "Thanh tra Bộ Hải đăng", unit, en="Inspectorate", order=2
    )
    made = Ministry(operator, unit, party, office, inspectorate)
    for order, (code, name, english) in enumerate(
        (
            ("vu-ke-hoach", "Vụ Kế hoạch (Hải đăng)", "Planning Department"),
            ("vu-thong-ke", "Vụ Thống kê (Hải đăng)", "Statistics Department"),
            ("cuc-tin-hieu", "Cục Tín hiệu (Hải đăng)", "Signals Department"),
            ("cuc-cong-nghe", "Cục Công nghệ (Hải đăng)", "Technology Department"),
            ("cuc-an-toan", "Cục An toàn đèn biển", "Light Safety Department"),
            ("vu-to-chuc", "Vụ Tổ chức cán bộ (Hải đăng)", "Personnel Department"),
        ),
        start=3,
    ):
        made.departments[code] = _unit(operator, code, "department", name, unit, en=english, order=order)
    for number, region in enumerate(region_names(), start=1):
        regional = _unit(
            operator,
            f"ty-{number:02}",
            "division",
            f"Ty Hải đăng {region}",
            unit,
            en=f"Lighthouse Office {region}",
            order=20 + number,
        )
        made.offices.append(regional)
        for place, station in enumerate(_STATIONS, start=1):
            made.stations.append(
                _unit(
                    operator,
                    f"tram-{number:02}-{place}",
                    "institute",
                    f"Trạm đèn {station} {region}",
                    regional,
                    en=f"Light station {station} {region}",
                    order=place,
                )
            )
    _posts(made)
    return made


def _unit(
    operator: Asker,
    code: str,
    kind: str,
    name: str,
    above: Unit | None = None,
    *,
    en: str = "",
    order: int = 0,
    begins: dt.date = FOUNDED,
) -> Unit:
    return found_unit(
        asker=operator,
        code=code,
        kind=kind,
        name=name,
        name_en=en,
        begins_on=begins,
        order=order,
        fictitious=True,
        superiors={"sector": above} if above else None,
        source="hư cấu, để trình diễn",
    )


# code, unit, title, roles, person, account, note
_PEOPLE = (
    (
        "van-phong",
        "office",
        "Chánh Văn phòng Bộ",
        ("steering_office",),
        "Đinh Thu Trà",
        "thuongtruc",
        "Cơ quan thường trực Ban Chỉ đạo",
    ),
    ("bo-truong", "unit", "Bộ trưởng", ("head",), "Vương Hải Đăng", "botruong", "Người đứng đầu Bộ"),
    (
        "thu-ky",
        "office",
        "Thư ký Bộ trưởng",
        ("secretary",),
        "Lục An Nhiên",
        "thuky",
        "Thư ký lãnh đạo, làm thay mặt Bộ trưởng",
    ),
    (
        "kiem-chung",
        "inspectorate",
        "Thanh tra viên chính",
        ("verifier",),
        "Quách Minh Triết",
        "kiemchung",
        "Người kiểm chứng",
    ),
    (
        "can-bo-ty",
        "office-1",
        "Chuyên viên theo dõi",
        ("staff_officer",),
        "Mạc Thanh Bình",
        "chuyenvien",
        "Chuyên viên của Ty Hải đăng thứ nhất",
    ),
    ("truong-ty", "office-1", "Trưởng ty", ("head",), "Tạ Quang Minh", "truongty", "Trưởng Ty Hải đăng thứ nhất"),
    (
        "van-thu-ty",
        "office-1",
        "Văn thư",
        ("records_clerk",),
        "Ông Gia Huy",
        "vanthu",
        "Văn thư của Ty Hải đăng thứ nhất",
    ),
    ("quan-sat", "unit", "Người xem", ("observer",), "Giáp Khánh Linh", "nguoixem", "Người xem, toàn Bộ"),
    ("quan-tri", "unit", "Quản trị hệ thống", ("administrator",), "Khúc Đức Duy", "quantri", "Quản trị hệ thống"),
    (
        "tram-mot",
        "station-1",
        "Trạm trưởng",
        ("head", "staff_officer"),
        "Ninh Xuân Mai",
        "tramden",
        "Một trạm đèn, một máy tính",
    ),
)


def _posts(made: Ministry) -> None:
    operator = made.operator
    where = {
        "unit": made.unit,
        "office": made.office,
        "inspectorate": made.inspectorate,
        "office-1": made.offices[0],
        "station-1": made.stations[0],
    }
    for code, place, title, roles, person, account, note in _PEOPLE:
        # The steering office and the inspectorate act for the ministry: their posts stand in the unit that gives
        # the tasks.
        unit = made.unit if code in ("van-phong", "kiem-chung") else where[place]
        post = create_post(asker=operator, unit=unit, code=code, title=title, roles=roles, on=FOUNDED)
        row = appoint(asker=operator, post=post, person=person, on=FOUNDED)
        made.posts[code] = post
        user = Account.objects.create_user(account, PASSWORD, person=row, demonstration_note=note)
        assert user.pk
    delegate(
        asker=operator,
        agent=made.posts["thu-ky"],
        principal=made.posts["bo-truong"],
        on=FOUNDED,
        basis="Phân công của Bộ trưởng (hư cấu)",
    )
    made.staff[made.offices[0].pk] = made.posts["can-bo-ty"]
    for unit in [*made.offices[1:], *made.departments.values()]:
        made.staff[unit.pk] = create_post(
            asker=operator,
            unit=unit,
            code=f"cb-{unit.code}",
            title="Chuyên viên theo dõi",
            roles=("staff_officer",),
            on=FOUNDED,
        )


def first_reform(made: Ministry) -> None:
    """1-3-2025: two departments merge into one; the signals department is split in two, the first its main heir."""
    operator, on = made.operator, FIRST_REFORM
    merged = _unit(
        operator,
        "vu-ke-hoach-thong-ke",
        "department",
        "Vụ Kế hoạch - Thống kê (Hải đăng)",
        made.unit,
        en="Planning and Statistics Department",
        order=3,
        begins=on,
    )
    light = _unit(
        operator,
        "cuc-tin-hieu-anh-sang",
        "department",
        "Cục Tín hiệu ánh sáng",
        made.unit,
        en="Light Signals Department",
        order=5,
        begins=on,
    )
    sound = _unit(
        operator,
        "cuc-tin-hieu-am-thanh",
        "department",
        "Cục Tín hiệu âm thanh",
        made.unit,
        en="Sound Signals Department",
        order=6,
        begins=on,
    )
    for code in ("vu-ke-hoach", "vu-thong-ke", "cuc-tin-hieu"):
        end_unit(asker=operator, unit=made.departments[code], on=on, source="hư cấu")
    steps = (
        ("vu-ke-hoach", merged, True, "whole"),
        ("vu-thong-ke", merged, True, "whole"),
        ("cuc-tin-hieu", light, True, "split"),
        ("cuc-tin-hieu", sound, False, "split"),
    )
    propose_succession(
        asker=operator,
        proposals=[
            Proposal(made.departments[old].pk, new.pk, on, share, main, "hư cấu") for old, new, main, share in steps
        ],
    )
    confirm_succession(asker=operator, on=on)
    made.main_heir = {made.departments[old].pk: new.pk for old, new, main, _share in steps if main}
    for code, unit in (
        ("vu-ke-hoach-thong-ke", merged),
        ("cuc-tin-hieu-anh-sang", light),
        ("cuc-tin-hieu-am-thanh", sound),
    ):
        made.departments[code] = unit
        made.staff[unit.pk] = create_post(
            asker=operator, unit=unit, code=f"cb-{code}", title="Chuyên viên theo dõi", roles=("staff_officer",), on=on
        )


def second_reform(made: Ministry) -> None:
    """1-7-2025: the 63 regional offices become 34: 11 stay as they are, 52 go into 23."""
    operator, on = made.operator, SECOND_REFORM
    going = made.offices[11:]
    sizes = [2] * 17 + [3] * 6
    at, steps = 0, []
    for number, size in enumerate(sizes, start=1):
        old = going[at : at + size]
        at += size
        name = name_of([old[0].pk], on)[old[0].pk].removeprefix("Ty Hải đăng ")
        new = _unit(
            operator,
            f"ty-moi-{number:02}",
            "division",
            f"Ty Hải đăng vùng {name}",
            made.unit,
            en=f"Lighthouse Office of the {name} region",
            order=100 + number,
            begins=on,
        )
        made.staff[new.pk] = create_post(
            asker=operator,
            unit=new,
            code=f"cb-{new.code}",
            title="Chuyên viên theo dõi",
            roles=("staff_officer",),
            on=on,
        )
        for unit in old:
            made.after_merger[unit.pk] = new
            steps.append(Proposal(unit.pk, new.pk, on, source="hư cấu"))
            for station in [station for station in made.stations if station.code.startswith(f"tram-{unit.code[3:]}-")]:
                place_under(asker=operator, unit=station, line="sector", superior=new, on=on, source="hư cấu")
            end_unit(asker=operator, unit=unit, on=on, source="hư cấu")
    propose_succession(asker=operator, proposals=steps)
    confirm_succession(asker=operator, on=on)
