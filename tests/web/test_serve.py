"""``soichieu migrate`` and ``soichieu serve`` as a person runs them."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from soichieu.cli import serve
from tests.serving import Server

pytestmark = pytest.mark.slow
SOICHIEU = [sys.executable, "-c", "from soichieu.cli.main import main; main()"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SOICHIEU", "DATABASE", "DJANGO"))}
    return {**kept, "SOICHIEU_HOME": str(tmp_path / "home")}


def soichieu(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*SOICHIEU, *arguments], env=environment, capture_output=True, text=True, timeout=120)


@pytest.fixture
def server(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    assert soichieu(environment, "migrate").returncode == 0
    port = free_port()
    command = [*SOICHIEU, "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{address}/health", timeout=5)
            break
        except (urllib.error.URLError, OSError):
            assert process.poll() is None and time.monotonic() < deadline, "the server did not come up"
            time.sleep(0.2)
    yield process, address
    if process.poll() is None:
        process.kill()
        process.wait(20)


def test_it_serves_a_fresh_instance_until_it_is_told_to_stop(
    server: tuple[subprocess.Popen[str], str], environment: dict[str, str]
) -> None:
    process, address = server
    shown = urllib.request.urlopen(f"{address}/sign-in").read().decode()
    assert "Đăng nhập" in shown
    assert b"--sheet" in urllib.request.urlopen(f"{address}/static/soichieu/tokens.css").read()
    second = soichieu(environment, "serve", "--port", address.rsplit(":", 1)[1])
    assert second.returncode == 2 and "--port" in second.stderr
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert f"{address}/" in out


@pytest.mark.parametrize(
    ("host", "names", "said"),
    [
        ("127.0.0.1", "", ""),
        ("0.0.0.0", "", "SOICHIEU_HOSTS=10.0.0.5,localhost"),
        ("0.0.0.0", "soichieu.bo-x.vn, localhost", ""),
        ("127.0.0.1", "soichieu.bo-x.vn,localhost", "soichieu.bo-x.vn, localhost"),
        ("::1", "", ""),
    ],
)
def test_it_says_under_which_names_it_answers_where_that_is_not_the_address(
    settings: Any, capsys: pytest.CaptureFixture[str], host: str, names: str, said: str
) -> None:
    if names:
        settings.ALLOWED_HOSTS = [name.strip() for name in names.split(",")]
    else:
        settings.ALLOWED_HOSTS = settings.LOOPBACK_HOSTS
    serve._say_names(host, f"[{host}]" if ":" in host else host)
    told = capsys.readouterr().out
    assert said in told if said else not told


def test_it_answers_under_the_names_it_was_given_and_refuses_others_with_the_remedy(
    environment: dict[str, str],
) -> None:
    assert soichieu(environment, "migrate").returncode == 0
    server = Server({**environment, "SOICHIEU_HOSTS": "soichieu.bo-x.vn, 127.0.0.1"}, free_port())
    try:
        named = urllib.request.Request(f"{server.address}/sign-in", headers={"Host": "soichieu.bo-x.vn"})
        assert urllib.request.urlopen(named).status == 200
        other = urllib.request.Request(f"{server.address}/sign-in", headers={"Host": "10.0.0.5:8104"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(other)
        assert refused.value.code == 400 and "SOICHIEU_HOSTS" in refused.value.read().decode()
    finally:
        server.stop()
    assert "'10.0.0.5:8104'" in server.said and "SOICHIEU_HOSTS" in server.said and "Traceback" not in server.said


@pytest.mark.parametrize(("proxy", "expected"), [("1", 422), ("", 403)])
def test_behind_a_proxy_with_https_a_form_is_taken_when_the_setting_says_so(
    environment: dict[str, str], proxy: str, expected: int
) -> None:
    assert soichieu(environment, "migrate").returncode == 0
    server = Server(
        {**environment, "SOICHIEU_HOSTS": "soichieu.bo-x.vn,127.0.0.1", "SOICHIEU_PROXY": proxy}, free_port()
    )
    heads = {"Host": "soichieu.bo-x.vn", "X-Forwarded-Proto": "https"}
    try:
        shown = urllib.request.urlopen(urllib.request.Request(f"{server.address}/sign-in", headers=heads))
        cookie = shown.headers["Set-Cookie"].partition(";")[0]
        form = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown.read().decode())
        assert form is not None
        sent = f"username=x&password=y&csrfmiddlewaretoken={form[1]}".encode()
        heads |= {"Origin": "https://soichieu.bo-x.vn", "Cookie": cookie}
        with pytest.raises(urllib.error.HTTPError) as answer:
            urllib.request.urlopen(urllib.request.Request(f"{server.address}/sign-in", sent, heads))
        assert answer.value.code == expected
    finally:
        server.stop()


def test_it_does_not_serve_a_database_of_another_version(environment: dict[str, str]) -> None:
    answer = soichieu(environment, "serve", "--port", str(free_port()))
    assert answer.returncode == 2 and "soichieu migrate" in answer.stderr


def test_migrating_twice_does_nothing_the_second_time(environment: dict[str, str]) -> None:
    assert soichieu(environment, "migrate").returncode == 0
    assert soichieu(environment, "migrate").stdout.startswith("0 steps")
