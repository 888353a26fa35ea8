"""The matrix at 2,000 requirements × 10,000 linked lines × 63 units, over HTTP against its limits.

A real instance: a plan of 2,000 sentences, each a requirement given to each of 63 offices, 63 plans with 10,000 lines,
all of them tied to sentences by decisions. It is made once in ``SOICHIEU_BENCH_HOME`` (default: a folder beside the
system's temporary files) and kept. Limits: the page under 1 s, filtered to what is missing under 300 ms, both warm and
at most 300 KB; the first page after somebody decided, when the columns are read anew, under 1 s.

Before anything is measured the counts of the page are compared with what was put in.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.harness import Timing, note, report
from bench.page import PASSWORD, _free_port, _signed_in, _until_ready

PAGE_LIMIT_S, MISSING_LIMIT_S, LIMIT_BYTES = 1.0, 0.300, 300_000
PARTS, POINTS, BULLETS = 20, 10, 10
UNITS, LINES = 63, 10_000
RUNS = 15
SEED = 63


def main() -> None:
    home = Path(os.environ.get("SOICHIEU_BENCH_HOME") or Path(tempfile.gettempdir())) / "soichieu-bench-matrix"
    os.environ["SOICHIEU_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "soichieu.settings"
    os.environ.pop("DATABASE_URL", None)
    import django

    home.mkdir(parents=True, exist_ok=True)
    django.setup()
    directive = _instance(home)
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "soichieu.cli", "serve", "--port", str(port), "--workers", "1"],
        stdout=subprocess.DEVNULL,
        env=dict(os.environ),
    )
    try:
        _until_ready(port)
        get = _signed_in(port)
        base = f"http://127.0.0.1:{port}/soi-chieu/matrix/{directive}/"
        _check_counts(get(base).decode(), directive)
        for case, query, limit in (
            ("page", "", PAGE_LIMIT_S),
            ("page, every level", "?depth=3", PAGE_LIMIT_S),
            ("missing", "?show=silent&depth=3", MISSING_LIMIT_S),
            ("nobody answers", "?show=nobody&depth=3", MISSING_LIMIT_S),
        ):
            _measure(get, base + query, case, limit)
        _measure_after_a_decision(get, base, directive)
    finally:
        server.terminate()
        server.wait()


def _measure(get: Any, url: str, case: str, limit: float) -> None:
    for _warm in range(3):
        body = get(url)
    times = []
    for _run in range(RUNS):
        start = time.perf_counter()
        body = get(url)
        times.append(time.perf_counter() - start)
    note(f"matrix {case}: {len(body):,} bytes (limit {LIMIT_BYTES:,}); median of {RUNS} warm requests")
    if len(body) > LIMIT_BYTES:
        note(f"matrix {case}: LARGER than its limit")
    report("matrix", case, f"limit {limit} s", Timing(tuple(times), (limit,) * len(times)))


def _measure_after_a_decision(get: Any, base: str, directive: int) -> None:
    """Each time somebody decided: what was held in memory is read again. The decision taken is one that stands."""
    from soichieu.links.models import Decision

    times = []
    for _run in range(5):
        row = Decision.objects.filter(document=directive).order_by("-pk").first()
        assert row is not None
        row.pk = None
        row.save(force_insert=True)
        start = time.perf_counter()
        get(base)
        times.append(time.perf_counter() - start)
    report("matrix", "after a decision", f"limit {PAGE_LIMIT_S} s", Timing(tuple(times), (PAGE_LIMIT_S,) * len(times)))


def _check_counts(page: str, directive: int) -> None:
    """The first row of sums says for each office how many sentences it answers: as the rows of the table say."""
    from soichieu.links.models import ANSWERS, Decision

    newest: dict[tuple[str, int], tuple[int, str]] = {}
    rows = Decision.objects.filter(document=directive).order_by("pk")
    for item, sentence, unit, relation in rows.values_list("item_key", "provision_id", "unit_id", "relation"):
        newest[item, sentence] = (unit, relation)
    by_unit: dict[int, set[int]] = {}
    for (_item, sentence), (unit, relation) in newest.items():
        if relation in ANSWERS:
            by_unit.setdefault(unit, set()).add(sentence)
    expected = sorted(len(one) for one in by_unit.values())
    sums = re.search(r'<tr class="sums">(.*?)</tr>', page, re.S)
    assert sums is not None, "the page shows no sums"
    found = sorted(int(one.replace(".", "")) for one in re.findall(r'<td class="n">([\d.]+)</td>', sums[1]))
    if found != expected:
        raise AssertionError(f"page: {found}\nrows: {expected}")


def _instance(home: Path) -> int:
    """The instance; the id of its directive."""
    from django.core.management import call_command

    from soichieu.documents.models import Document
    from soichieu.links.models import Decision

    call_command("migrate", verbosity=0)
    done = home / "matrix.made"
    if not done.exists():
        note(f"matrix: making the instance in {home} (some minutes, once)")
        _make()
        done.touch()
    assert Decision.objects.values("item_key").distinct().count() == LINES
    return int(Document.objects.get(number="63/KH-BĐ").pk)


def _make() -> None:
    from soichieu.accounts.models import Account
    from soichieu.documents.commands import register_document
    from soichieu.ledger.commands import define_requirement, open_obligations
    from soichieu.organisation.askers import Asker
    from soichieu.organisation.commands import appoint, create_post, found_unit

    operator, begins, signed = Asker.operator_of_instance(), dt.date(2020, 1, 1), dt.date(2025, 1, 20)
    ministry = found_unit(
        asker=operator, code="bo-do", kind="ministry", name="Bộ Đo", begins_on=begins, fictitious=True
    )
    offices = [
        found_unit(
            asker=operator, code=f"vung-{number:02}", kind="division", name=f"Vùng {number:02}", begins_on=begins,
            fictitious=True, order=number, superiors={"sector": ministry},
        )
        for number in range(1, UNITS + 1)
    ]  # fmt: skip
    post = create_post(
        asker=operator, unit=ministry, code="thuong-truc", title="Chánh Văn phòng", roles=("steering_office",),
        on=begins,
    )  # fmt: skip
    person = appoint(asker=operator, post=post, person="Người Đo", on=begins)
    Account.objects.create_user("thuongtruc", PASSWORD, person=person)
    directive = register_document(
        operator, number="63/KH-BĐ", issuer="Bộ Đo", signed_on=signed, issuer_unit=ministry, title="Kế hoạch đo",
        file=(_text().encode(), "63.txt"),
    )  # fmt: skip
    sentences = list(
        directive.editions.get().provisions.filter(kind="sentence", citation__contains=".-").select_related("identity")
    )
    assert len(sentences) == PARTS * POINTS * BULLETS
    for number, sentence in enumerate(sentences, start=1):
        requirement = define_requirement(
            asker=operator, directive=directive, code=str(number), title=sentence.text, ladder="carried_out",
            closing="accepted", ordinal=number, provisions=[(sentence.identity, sentence.text_hash)],
            addressees={"kinds": ["division"], "under": "bo-do", "line": "sector", "fictitious": True},
        )  # fmt: skip
        open_obligations(
            asker=operator, requirement=requirement, unit_ids=[one.pk for one in offices], happened_on=signed
        )
    _plans(operator, directive, offices, sentences)


def _text() -> str:
    """A plan with twenty parts of ten points of ten bullets, each one sentence."""
    roman = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    lines = ["KẾ HOẠCH", "Phép đo ma trận", ""]
    for part in range(1, PARTS + 1):
        number = "X" * (part // 10) + roman[part % 10]
        lines.append(f"{number}- NHIỆM VỤ, GIẢI PHÁP NHÓM {part}")
        for point in range(1, POINTS + 1):
            lines.append(f"{point}. Nội dung {part}.{point}")
            lines += [
                f"- Các vùng hoàn thành công việc số {part * 10_000 + point * 100 + bullet} của nhóm {part}."
                for bullet in range(1, BULLETS + 1)
            ]
    return "\n".join(lines) + "\n"


def _plans(operator: Any, directive: Any, offices: list[Any], sentences: list[Any]) -> None:
    from soichieu.ledger import clock
    from soichieu.links.models import Decision, Relation
    from soichieu.plans.commands.editions import write_edition
    from soichieu.plans.commands.register import make_plan
    from soichieu.plans.facts import Facts
    from soichieu.plans.lines import Line

    draw = random.Random(SEED)
    relations = [*[Relation.EQUIVALENT] * 3, *[Relation.SUBSET] * 3, Relation.SUPERSET, *[Relation.INTERSECTS] * 3]
    left = LINES
    for number, office in enumerate(offices):
        many = left // (len(offices) - number)
        left -= many
        title, begins = f"Kế hoạch của Vùng {number + 1:02}", dt.date(2025, 3, 1)
        plan = make_plan(
            asker=operator, unit=office, facts=Facts(kind="plan", term="term", title=title, from_day=begins)
        )
        lines = [
            Line(text=f"Việc {at} của vùng {number + 1}, theo nội dung {at}", number=str(at))
            for at in range(1, many + 1)
        ]
        edition = write_edition(asker=operator, plan=plan, lines=lines, read_by={"reader": "typed"}, seen=0)
        rows = []
        for item in edition.items.select_related("identity").order_by("ordinal"):
            for sentence in draw.sample(sentences, draw.choice((1, 1, 1, 2))):
                rows.append(
                    Decision(
                        unit=office, room="plans", kind="plan", plan_key=plan.key, item_key=item.identity.key,
                        provision=sentence.identity, document=directive, relation=draw.choice(relations),
                        origin=Decision.Origin.ADDED, item_hash=item.text_hash, provision_hash=sentence.text_hash,
                        made_at=clock.now(),
                    )
                )  # fmt: skip
        Decision.objects.bulk_create(rows, batch_size=1000)
