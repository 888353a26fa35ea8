"""The register of what is in force, ``/plans/``, over 24,000 programmes and plans of 3,384 units, some 20,000 of them
in force on the day: the page over HTTP against its limit, for the ministry that sees all of them.

Asserted first, against the rows as they were made: how many are in force on the day, how many each filter leaves and
in which order a page shows them. The instance is made once in ``SOICHIEU_BENCH_PLANS_HOME`` (default: a folder beside
the system's temporary files) and kept for the next run; making it takes some ten seconds.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.harness import Timing, note, report
from bench.page import PASSWORD, _free_port, _signed_in, _until_ready

UNITS, PLANS, DAY = 3_384, 24_000, dt.date(2025, 5, 10)
LIMIT_S, RUNS = 1.0, 9
KINDS, TERMS = ("programme", "plan", "plan", "plan", "key_task"), ("term", "year", "year")
SUBJECTS = ("chuyển đổi số", "cải cách hành chính", "phòng cháy, chữa cháy", "đào tạo cán bộ", "an toàn thông tin")


def main() -> None:
    home = Path(os.environ.get("SOICHIEU_BENCH_PLANS_HOME") or Path(tempfile.gettempdir()) / "soichieu-bench-plans")
    os.environ["SOICHIEU_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "soichieu.settings"
    os.environ.pop("DATABASE_URL", None)
    import django

    home.mkdir(parents=True, exist_ok=True)
    django.setup()
    _instance(home)
    pages = _pages()
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "soichieu.cli", "serve", "--port", str(port), "--workers", "1"],
        stdout=subprocess.DEVNULL,
        env=dict(os.environ),
    )
    try:
        _until_ready(port)
        get = _signed_in(port)
        base = f"http://127.0.0.1:{port}/plans/?as_at={DAY.isoformat()}"
        for name, (query, expected) in pages.items():
            body = get(base + query).decode()
            assert _titles(body) == expected, f"{name}: the page shows other rows than were made"
            times = []
            for _run in range(RUNS):
                start = time.perf_counter()
                body = get(base + query).decode()
                times.append(time.perf_counter() - start)
            note(f"{name}: {len(body):,} characters, median {statistics.median(times):.3f} s of {RUNS}")
            report("plans", name, f"limit {LIMIT_S} s", Timing(tuple(times), (LIMIT_S,) * RUNS))
    finally:
        server.terminate()
        server.wait()


def _titles(body: str) -> list[str]:
    listed = body[body.index('id="list-in-force"') :]
    return re.findall(r'<a href="/plans/plan/[^"]+">([^<]+)</a>', listed)


def _rows() -> list[dict[str, Any]]:
    """The plans as they are made, the same each time: unit number, title, days, kind, in the order of entering."""
    draw = random.Random(14112022)  # repeatable, not secret
    rows = []
    for number in range(PLANS):
        year = draw.choice((2023, 2024, 2025))
        begins = dt.date(year, draw.randint(1, 6 if year == 2025 else 12), draw.randint(1, 28))
        rows.append(
            {
                "unit": draw.randrange(UNITS),
                "title": f"Kế hoạch {draw.choice(SUBJECTS)} số {number}",
                "number": f"{number}/KH-TR",
                "kind": draw.choice(KINDS),
                "term": draw.choice(TERMS),
                "from": begins if number % 20 else None,
                "to": dt.date(2024 if number % 9 == 0 else 2025, 12, 31) if number % 3 else None,
            }
        )
    return rows


def _pages() -> dict[str, tuple[str, list[str]]]:
    """Name → (query, titles that the page must show in this order), told from the rows as they were made."""
    rows = [
        {**row, "at": at} for at, row in enumerate(_rows())
        if row["from"] and row["from"] <= DAY and (row["to"] is None or row["to"] >= DAY)
    ]  # fmt: skip
    rows.sort(key=lambda row: (row["unit"], row["from"], row["at"]))
    plans = [row["title"] for row in rows]
    searched = [row["title"] for row in rows if SUBJECTS[2] in row["title"] and row["kind"] == "plan"]
    dated = sorted(rows, key=lambda row: row["from"])
    note(f"{len(plans):,} of {PLANS:,} in force on {DAY:%d-%m-%Y}, of {UNITS:,} units")
    return {
        "first-page": ("", plans[:100]),
        "a-later-page": ("&page=71", plans[7000:7100]),
        "search-and-kind": (f"&kind=plan&q={quote('chua chay')}", searched[:100]),
        "sorted-by-day": ("&sort=from_day", [row["title"] for row in dated[:100]]),
    }


def _instance(home: Path) -> None:
    from django.core.management import call_command

    from soichieu.plans.models import Plan

    call_command("migrate", verbosity=0)
    done = home / "plans.made"
    if not done.exists():
        note(f"plans: making the instance in {home} (once)")
        _make()
        done.touch()
    assert Plan.objects.count() == PLANS


def _make() -> None:
    from soichieu.accounts.models import Account
    from soichieu.documents.storing import new_key
    from soichieu.organisation.askers import Asker
    from soichieu.organisation.commands import appoint, create_post, found_unit
    from soichieu.organisation.commands.base import writing
    from soichieu.organisation.models import Superior, Unit, UnitState
    from soichieu.plans.models import Plan, PlanAct, PlanFacts

    operator, begins = Asker.operator_of_instance(), dt.date(2020, 1, 1)
    ministry = found_unit(
        asker=operator, code="bo-do", kind="ministry", name="Bộ Đo", begins_on=begins, fictitious=True
    )
    moment = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    with writing():
        units = Unit.objects.bulk_create(
            [
                Unit(code=f"tram-{number:05}", kind="division", fictitious=True, recorded_at=moment)
                for number in range(UNITS)
            ],
            batch_size=2000,
        )
        UnitState.objects.bulk_create(
            [
                UnitState(unit=unit, valid_from=begins, recorded_at=moment, name=f"Trạm {at:05}", order=at)
                for at, unit in enumerate(units)
            ],
            batch_size=2000,
        )
        Superior.objects.bulk_create(
            [
                Superior(unit=unit, line="sector", superior=ministry, valid_from=begins, recorded_at=moment)
                for unit in units
            ],
            batch_size=2000,
        )
    post = create_post(
        asker=operator, unit=ministry, code="thuong-truc", title="Thường trực", roles=("steering_office",), on=begins
    )
    person = appoint(asker=operator, post=post, person="Người Đo", on=begins)
    Account.objects.create_user("thuongtruc", PASSWORD, person=person)
    rows = _rows()
    plans = Plan.objects.bulk_create(
        [Plan(key=new_key(), unit=units[row["unit"]], made_at=moment) for row in rows], batch_size=2000
    )
    PlanFacts.objects.bulk_create(
        [
            PlanFacts(
                plan=plan, kind=row["kind"], term=row["term"], title=row["title"], number=row["number"],
                signed_on=row["from"], from_day=row["from"], to_day=row["to"], made_at=moment,
            )
            for plan, row in zip(plans, rows, strict=True)
        ],
        batch_size=2000,
    )  # fmt: skip
    # As an office has them: most are approved, some wait with the ministry, some were returned to their unit.
    acts = {0: ("submitted",), 1: ("submitted", "returned"), 2: (), 3: ()}
    PlanAct.objects.bulk_create(
        [
            PlanAct(plan=plan, act=act, happened_on=DAY, with_unit=ministry, reason="như đã trao đổi", made_at=moment)
            for at, plan in enumerate(plans)
            for act in acts.get(at % 40, ("submitted", "approved"))
        ],
        batch_size=2000,
    )


if __name__ == "__main__":
    main()
