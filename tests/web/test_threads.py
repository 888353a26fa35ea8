"""Pages in threads, behind the real server on real sockets: bodies, long answers, clients that go away, errors."""

from __future__ import annotations

import hashlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.serving import LIMIT_S, free_port
from tests.web.threaded import PIECE, SECRET

pytestmark = pytest.mark.slow


@dataclass
class Served:
    """The application of :mod:`tests.web.threaded` as it is served. ``folder``: what happened in it."""

    port: int
    folder: Path
    pid: int
    errors: Path

    def answer(self, method: str, path: str, **asked: object) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LIMIT_S)
        connection.request(method, path, **asked)  # type: ignore[arg-type]
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def connected(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=LIMIT_S)

    def happened(self, name: str) -> str:
        """What was written of something, once it has happened."""
        end = time.monotonic() + 30
        while not (self.folder / name).exists():
            assert time.monotonic() < end, f"{name} never happened; there is {os.listdir(self.folder)}"
            time.sleep(0.02)
        return (self.folder / name).read_text()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder, port = tmp_path_factory.mktemp("threaded"), free_port()
    errors = folder.parent / f"{folder.name}-errors"
    options = ["--interface", "asgi", "--port", str(port), "--log-level", "error", "--workers-kill-timeout", "5"]
    with errors.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "granian", *options, "tests.web.threaded:asgi"],
            env={**os.environ, "THREADED_FOLDER": str(folder)}, stdout=written, stderr=written,
        )  # fmt: skip
    served = Served(port, folder, process.pid, errors)
    end = time.monotonic() + LIMIT_S
    while True:
        try:
            served.answer("GET", "/")
            break
        except OSError:
            assert process.poll() is None and time.monotonic() < end, errors.read_text()
            time.sleep(0.05)
    yield served
    process.terminate()
    assert process.wait(LIMIT_S) == 0


@pytest.fixture
def served(running: Served) -> Served:
    for one in running.folder.iterdir():
        one.unlink(missing_ok=True)
    return running


def test_a_body_is_read_as_it_is_asked_for(served: Served):
    body = os.urandom(5_000_000)
    with served.connected() as line:
        line.sendall(b"POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body))
        line.sendall(body[:300_000])
        # The application has its first bytes while the others have not left yet.
        assert served.happened("first") == "10"
        assert not (served.folder / "whole").exists()
        line.sendall(body[300_000:])
        answer = http.client.HTTPResponse(line)
        answer.begin()
        assert answer.read().decode() == hashlib.sha256(body[10:]).hexdigest()
    assert served.happened("whole") == str(len(body))


def test_a_body_of_unknown_length_is_refused_and_not_taken_for_an_empty_one(served: Served):
    with served.connected() as line:
        line.sendall(b"POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        assert line.recv(65536).startswith(b"HTTP/1.1 411")  # before anything of it was sent
    assert not (served.folder / "first").exists()


def test_an_upload_that_is_cut_off_raises_and_is_not_taken_for_the_whole(served: Served):
    with served.connected() as line:
        line.sendall(b"POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n" + b"x" * 400_000)
        served.happened("first")
    assert served.happened("cut-off") == "ClientGone"
    assert not (served.folder / "whole").exists()


def test_a_head_has_the_headers_and_no_body(served: Served):
    with served.connected() as line:
        line.sendall(b"HEAD /long HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        head, _blank, body = b"".join(iter(lambda: line.recv(65536), b"")).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200") and b"text/plain" in head
    assert body == b""
    served.happened("closed")


def test_a_long_answer_comes_whole(served: Served):
    answer, body = served.answer("GET", "/long")
    assert answer.status == 200 and body == PIECE * 200
    served.happened("closed")


def test_a_client_that_goes_away_ends_the_response(served: Served):
    with served.connected() as line:
        line.sendall(b"GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")
        assert line.recv(100_000)
    served.happened("closed")


def test_clients_that_go_away_leave_their_threads_to_others(served: Served):
    for _client in range(12):  # three times as many as there are threads
        with served.connected() as line:
            line.sendall(b"GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")
            assert line.recv(1000)
    answer, body = served.answer("GET", "/still-there")
    assert answer.status == 200 and body == b"/still-there?"


def test_a_header_that_comes_twice_leaves_twice_and_cookies_are_joined_as_cookies(served: Served):
    with served.connected() as line:
        line.sendall(b"GET /cookies HTTP/1.1\r\nHost: a\r\nCookie: x=1\r\nCookie: y=2\r\nConnection: close\r\n\r\n")
        answer = http.client.HTTPResponse(line)
        answer.begin()
        assert answer.read() == b"x=1; y=2"
        assert answer.headers.get_all("Set-Cookie") == ["a=1; Path=/", "b=2; Path=/"]


def test_a_path_may_be_vietnamese(served: Served):
    _answer, body = served.answer("GET", "/C%E1%BB%A5c%20S%E1%BB%91/%2F?q=%C4%91%E1%BA%A5t+hi%E1%BA%BFm")
    assert body.decode() == "/Cục Số//?q=%C4%91%E1%BA%A5t+hi%E1%BA%BFm"


def test_an_error_says_nothing_to_the_client_and_all_to_the_log(served: Served):
    answer, body = served.answer("GET", "/raises")
    assert answer.status == 500
    assert SECRET.encode() not in body and b"Traceback" not in body
    end = time.monotonic() + 30
    while SECRET not in served.errors.read_text():
        assert time.monotonic() < end, "nothing was logged"
        time.sleep(0.02)


def test_an_answer_that_breaks_in_the_middle_is_not_taken_for_a_whole_one(served: Served):
    with pytest.raises((OSError, http.client.HTTPException)):
        served.answer("GET", "/broken")
    answer, _body = served.answer("GET", "/after")
    assert answer.status == 200
