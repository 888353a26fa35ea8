"""Loading the demonstration: all of it in one go, into a new instance or one where it is there already."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from soichieu.accounts.queries import DEMONSTRATION_PASSWORD
from soichieu.demo import conference_published, conferences, resolution57, soi_chieu, source_report
from soichieu.demo.golden import quote_golden_figures
from soichieu.demo.life import GIVEN, Life, at
from soichieu.demo.ministry import PASSWORD, found_ministry
from soichieu.documents.commands import read_edition, register_document
from soichieu.ledger import clock
from soichieu.organisation.askers import Asker
from soichieu.organisation.commands import found_unit
from soichieu.organisation.commands.importing import import_units
from soichieu.organisation.commands.seating import seat_units
from soichieu.organisation.commands.succession import confirm_succession
from soichieu.organisation.models import Unit
from soichieu.web.instance_flags import DEMONSTRATION, flags, set_flag

DATA = Path(__file__).parent / "data"
LOADED = "demonstration_loaded"
VERSION = 2
"""The newest part of the demonstration; what an instance has stands in its flag."""
AGENCIES = (
    ("dai-truyen-hinh-viet-nam", "Đài Truyền hình Việt Nam"),
    ("dai-tieng-noi-viet-nam", "Đài Tiếng nói Việt Nam"),
    ("thong-tan-xa-viet-nam", "Thông tấn xã Việt Nam"),
    ("vien-han-lam-khcn", "Viện Hàn lâm Khoa học và Công nghệ Việt Nam"),
    ("vien-han-lam-khxh", "Viện Hàn lâm Khoa học xã hội Việt Nam"),
)


def load_demonstration(say: Callable[[str], None] = lambda _words: None) -> bool:
    """Migrate the instance and load the demonstration, or what it lacks of it; False when all of it was there already.
    What is missing is loaded whole or not at all."""
    call_command("migrate", verbosity=0)
    there = int(flags().get(LOADED) or 0)
    missing = [(words, step) for since, words, step in _steps() if since > there]
    if not missing:
        return False
    operator = Asker.operator_of_instance()
    with transaction.atomic():
        set_flag(DEMONSTRATION)
        set_flag(DEMONSTRATION_PASSWORD, PASSWORD)
        for words, step in missing:
            began = time.perf_counter()
            step(operator)
            say(f"{words} ({time.perf_counter() - began:.1f} s)")
        set_flag(LOADED, str(VERSION))
    return True


def _steps() -> tuple[tuple[int, str, Callable[[Asker], None]], ...]:
    """Every part in its order, each with the version of the demonstration that brought it: an instance that was loaded
    before gets the later parts alone."""
    return (
        (1, "units: every state and table of the administrative units", _units),
        (1, "the source report: 12-NQ/TW and 118-KH/ĐUCA", source_report.load),
        (1, "57-NQ/TW and 03/NQ-CP", resolution57.load),
        (1, "03/NQ-CP as a plan against 57-NQ/TW", soi_chieu.publish_the_programme),
        (1, "a published report of 2017: its figures quoted", quote_golden_figures),
        (1, "the fictitious Ministry of Lighthouses", _ministry),
        (2, "the conference of the source report, 14-11-2022", conference_published.load),
        (2, "three conferences of the Ministry of Lighthouses", conferences.load),
    )


def _units(operator: Asker) -> None:
    """Places and ministries through time; committees, police and party committees seated in them; successions
    confirmed."""
    import_units(asker=operator, paths=[DATA / "units"])
    government = Unit.objects.get(code="chinh-phu")
    politburo = found_unit(
        asker=operator,
        code="bo-chinh-tri",
        kind="party_central",
        name="Bộ Chính trị",
        name_en="Politburo",
        begins_on=dt.date(2020, 1, 1),
        order=1,
        source="theo văn bản đã công bố",
    )
    # Named as leads in annex II of 03/NQ-CP; agencies under the Government before and after 1-3-2025.
    for order, (code, name) in enumerate(AGENCIES, start=60):
        found_unit(
            asker=operator,
            code=code,
            kind="government_agency",
            name=name,
            begins_on=dt.date(2021, 7, 23),
            order=order,
            superiors={"sector": government},
            source="theo văn bản đã công bố",
        )
    police = Unit.objects.get(code="bo-cong-an")
    seat_units(asker=operator, kind="province_committee", level="province", line="territory", under=government)
    seat_units(asker=operator, kind="police", level="province", line="sector", under=police)
    for level in ("province", "district", "commune"):
        seat_units(
            asker=operator,
            kind="party_committee",
            level=level,
            line="territory",
            under=politburo if level == "province" else None,
        )
    for day in resolution57.REFORMS:
        confirm_succession(asker=operator, on=day)


def _ministry(operator: Asker) -> None:
    made = found_ministry(operator)
    with clock.injected(at(GIVEN, 15)):
        plan = register_document(
            operator,
            number="15/KH-BHĐ",
            kind="Kế hoạch",
            issuer="Bộ Hải đăng (hư cấu)",
            signed_on=GIVEN,
            issuer_unit=made.unit,
            title="Đổi mới công tác giữ đèn biển giai đoạn 2025 - 2030 (văn bản hư cấu)",
        )
        text = (DATA / "fictitious" / "15-KH-BHD.txt").read_bytes()
        edition = read_edition(operator, plan, text, "15-KH-BHD.txt")
    life = Life(made, plan, edition)
    life.give_out()
    soi_chieu.tell(life)
    life.play()
