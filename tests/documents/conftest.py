"""A small fictitious ministry for the register's tests, and the real resolution's text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import soichieu
from soichieu.documents import commands
from soichieu.organisation.askers import Asker

DIRECTIVES = Path(soichieu.__file__).parent / "demo" / "data" / "directives"


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def operator() -> Asker:
    return Asker.operator_of_instance()


@pytest.fixture
def nq57_bytes() -> bytes:
    return (DIRECTIVES / "57-NQ-TW.txt").read_bytes()


@pytest.fixture
def nq57(db, operator, nq57_bytes):
    return commands.register_document(
        operator,
        number="57-NQ/TW",
        issuer="Bộ Chính trị",
        signed_on=dt.date(2024, 12, 22),
        title="Về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
        public=True,
        file=(nq57_bytes, "57-NQ-TW.txt"),
    )


@pytest.fixture
def house(db, operator):
    """A fictitious ministry with two departments under it; in each a records clerk with an account."""
    from types import SimpleNamespace

    from soichieu.accounts.commands import create_account
    from soichieu.organisation.askers import asker_for_post
    from soichieu.organisation.commands import appoint, create_post, found_unit

    day = dt.date(2020, 1, 1)
    made = SimpleNamespace(units={}, askers={}, accounts={})
    for code, name, above in (("bo", "Bộ Thử nghiệm", None), ("cuc-a", "Cục A", "bo"), ("cuc-b", "Cục B", "bo")):
        unit = found_unit(
            asker=operator, code=code, kind="ministry" if above is None else "department", name=name, begins_on=day,
            fictitious=True, superiors={"sector": made.units[above]} if above else None,
        )  # fmt: skip
        post = create_post(
            asker=operator, unit=unit, code=f"{code}-van-thu", title="Văn thư", roles=["records_clerk"], on=day
        )
        person = appoint(asker=operator, post=post, person=f"Người {name}", on=day)
        made.units[code] = unit
        made.accounts[code] = create_account(asker=operator, username=code, password=None, person=person)
        made.askers[code] = asker_for_post(post)
    return made


@pytest.fixture
def sign_in(client):
    """``sign_in(account)``: Django's test client as that person."""

    def enter(account):
        client.force_login(account)
        return client

    return enter
