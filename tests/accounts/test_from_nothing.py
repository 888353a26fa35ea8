"""From an empty folder to somebody at work, by commands alone: as the operator of a real instance goes."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from tests.serving import LIMIT_S, SOICHIEU, Server, free_port, instance, soichieu

pytestmark = pytest.mark.slow
PASSWORD = "mot-mat-khau-dai"
TREE = """code,kind,name,from,sector
bo-x,ministry,Bộ X,2020-01-01,
cuc-a,department,Cục A,2020-01-01,bo-x
"""


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    with instance(tmp_path) as environment:
        yield environment


def _signed_in(server: Server, name: str) -> tuple[OpenerDirector, str]:
    visitor = build_opener(HTTPCookieProcessor(CookieJar()))
    form = visitor.open(f"{server.address}/sign-in").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token is not None
    sent = urlencode({"username": name, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}).encode()
    return visitor, visitor.open(f"{server.address}/sign-in", sent).read().decode()


def test_an_empty_instance_gets_units_posts_people_and_an_account_that_sees_its_unit(
    environment: dict[str, str], tmp_path: Path
) -> None:
    tree = tmp_path / "tree.csv"
    tree.write_text(TREE, encoding="utf-8")
    for step in (
        ("migrate",),
        ("units", "import", str(tree)),
        ("posts", "create", "cv-a", "--unit", "cuc-a", "--title", "Chuyên viên", "--role", "staff_officer"),
    ):
        done = soichieu(environment, *step)
        assert done.returncode == 0, done.stderr

    def account() -> subprocess.CompletedProcess[str]:
        command = [*SOICHIEU, "accounts", "create", "an", "--post", "cv-a"]
        typed = f"{PASSWORD}\n"
        return subprocess.run(command, env=environment, input=typed, capture_output=True, text=True, timeout=LIMIT_S)

    early = account()
    assert early.returncode == 2 and "soichieu posts appoint cv-a" in early.stderr
    assert soichieu(environment, "posts", "appoint", "cv-a", "Nguyễn Văn An").returncode == 0
    assert account().returncode == 0
    server = Server(environment, free_port())
    try:
        visitor, first = _signed_in(server, "an")
        assert "Nguyễn Văn An" in first and "Chuyên viên" in first
        units = visitor.open(f"{server.address}/units/").read().decode()
        sheet = re.search(r'href="(/units/\d+/[^"]*)"[^>]*>\s*Cục A', units)
        assert sheet is not None, units
        assert "Cục A" in visitor.open(f"{server.address}{sheet[1]}").read().decode()
    finally:
        server.stop()
