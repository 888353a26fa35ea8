"""The list of a directive's requirements: 140 proposed from the published table of 03/NQ-CP, in an instance with every
administrative unit and a party committee in each.

Peer: the same page, where how the units are called is read anew for every request, as it was before it was kept in
memory. Both answer with the same page. Through Django's test client; the instance is made in a folder of its own.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import tempfile
from pathlib import Path
from typing import Any

from bench.harness import alternate, note, report

LIMIT = 0.6
"""The share of the peer's time: both are measured in turns, so that a busy machine slows both."""
BEGINS, SIGNED = dt.date(2020, 1, 1), dt.date(2025, 1, 9)
TASKS = "03-NQ-CP-annex-2-tasks.md"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="soichieu-bench-requirements-") as home:
        os.environ["SOICHIEU_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "soichieu.settings"
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        _measure()


def _measure() -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from soichieu.directives.addressees import forget_names

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    account, directive = _instance()
    client = Client()
    client.force_login(account)
    # Around the rows stand the moment of printing and the token of the form, which are others each time.
    rows = re.compile(rb"<tbody>.*</tbody>", re.DOTALL)

    def page() -> list[bytes]:
        answer = client.get(f"/directives/{directive}/requirements/")
        assert answer.status_code == 200 and answer.content.count(b'name="r"') == 140
        return rows.findall(answer.content)

    def anew() -> list[bytes]:
        forget_names()
        return page()

    timing = alternate(page, anew, runs=9)
    report("requirements", "the list of 140", "names read anew each time", timing)
    assert timing.ratio < LIMIT, f"{timing.ratio:.2f} of what it took before, limit {LIMIT}"


def _instance() -> tuple[Any, int]:
    import soichieu
    from soichieu.accounts.commands import create_account
    from soichieu.directives.commands import propose
    from soichieu.documents.commands import register_document
    from soichieu.organisation import commands
    from soichieu.organisation.askers import Asker, asker_for_post

    data = Path(soichieu.__file__).parent / "demo" / "data"
    operator = Asker.operator_of_instance()
    note("making the instance: places, units, 03/NQ-CP")
    done = commands.import_units(asker=operator, paths=[data / "units"])
    top = commands.found_unit(
        asker=operator, code="bo-thu", kind="ministry", name="Bộ Thử nghiệm", begins_on=BEGINS, fictitious=True
    )
    for level in ("province", "district", "commune"):
        commands.seat_units(
            asker=operator, kind="party_committee", level=level, line="territory",
            under=top if level == "province" else None,
        )  # fmt: skip
    note(f"{done.places} places")
    post = commands.create_post(
        asker=operator, unit=top, code="van-phong", title="Văn phòng", roles=["steering_office"], on=BEGINS
    )
    person = commands.appoint(asker=operator, post=post, person="Người giao", on=BEGINS)
    account = create_account(asker=operator, username="van-phong", password="mat-khau-thu-10", person=person)
    asker = asker_for_post(post)
    document = register_document(
        asker, number="03/NQ-CP", issuer="Chính phủ", signed_on=SIGNED, title="Chương trình hành động",
        file=((data / "directives" / TASKS).read_bytes(), TASKS),
    )  # fmt: skip
    propose(asker=asker, directive=document)
    return account, document.pk
