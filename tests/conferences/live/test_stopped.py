"""A server that is told to stop while many listen; who takes nothing is broken off while the others are told all."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator

import pytest

from tests import serving
from tests.conferences.live.under_way import UnderWay

pytestmark = pytest.mark.slow
SITES = 15
STREAMS_EACH = 10  # fewer than one session may have


@pytest.fixture(scope="module")
def conference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UnderWay]:
    with serving.instance(tmp_path_factory.mktemp("stopped")) as environment:
        yield UnderWay.made(environment, sites=SITES)


@pytest.fixture
def server(conference: UnderWay) -> Iterator[serving.Server]:
    server = serving.Server(conference.environment, serving.free_port())
    yield server
    server.kill()


def test_it_stops_in_order_with_many_streams_open(conference: UnderWay, server: serving.Server):
    sites = [
        conference.listener(server.port, session, conference.position)
        for session in conference.sites
        for _stream in range(STREAMS_EACH)
    ]
    assert {site.status for site in sites} == {200}
    pressed = conference.press(server.port, "chair", {"call": conference.items[0]})
    for site in sites:
        site.until(pressed)
    began = time.monotonic()
    assert server.stop() == 0
    print(f"stopped with {len(sites)} streams after {time.monotonic() - began:.2f} s")
    for site in sites:
        site.to_its_end()
        assert site.told == [pressed]
    assert server.said == ""


class Silent:
    """A client that asks for a stream and never reads of it."""

    def __init__(self, conference: UnderWay, port: int, session: str, face: str) -> None:
        self.line = socket.socket()
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.line.connect(("127.0.0.1", port))
        self.line.sendall(
            f"GET /live/conference/{conference.key}/{face}/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Cookie: sessionid={session}\r\nLast-Event-ID: {conference.position}\r\n\r\n".encode()
        )

    def left(self) -> tuple[int, bytes]:
        """What had left before the server gave it up: how many bytes, and the last ones. TimeoutError when it never
        did."""
        self.line.settimeout(5)  # sooner than the next sign of life would come
        size, last = 0, b""
        with contextlib.suppress(ConnectionError):
            while some := self.line.recv(1 << 20):
                size, last = size + len(some), (last + some)[-64:]
        return size, last


def test_who_takes_nothing_is_broken_off_and_nobody_waits_for_it(conference: UnderWay, server: serving.Server):
    port, item = server.port, conference.items[0]
    for number in range(10):
        conference.press(port, "secretary", {"act": "note", "item": item, "text": f"{number} " + "lời nói " * 2_000})
    conference.press(port, "chair", {"call": item})
    first = len(conference.book())
    there = conference.listener(port, conference.chair, first, face="secretary")
    while len(there.parts) < 7:
        there.take()
    silent = [Silent(conference, port, conference.chair, "secretary") for _one in range(5)]
    before = server.resident_mb()
    slowest, most, size = 0.0, before, 0
    for number in range(300):
        began = time.monotonic()
        pressed = conference.press(port, "secretary", {"act": "note", "item": item, "text": f"thêm {number}"})
        there.until(pressed, says=f"thêm {number}<", part="notes")
        slowest = max(slowest, time.monotonic() - began)
        most = max(most, server.resident_mb())
        size += len(there.parts["notes"].encode())
    left = [one.left() for one in silent]
    assert all(some < size / 4 and not last.endswith(b"0\r\n\r\n") for some, last in left)
    # Had everything waited for them it were five times what each was to be told.
    assert most - before < size / 2**20
    assert server.said == ""
    print(f"{size / 2**20:.0f} MB told to each; memory {before:.0f} → at most {most:.0f} MB; slowest {slowest:.2f} s")
