"""``kill -9`` in the middle of a speech: what was acknowledged is in the book once, the clock goes on, streams too."""

from __future__ import annotations

import http.client
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests import serving
from tests.conferences.live.under_way import UnderWay

pytestmark = pytest.mark.slow
KILLS = 5


class Place:
    """Where the conference is served: always on one port. ``server``: the newest, killed or not."""

    def __init__(self, conference: UnderWay) -> None:
        self.conference, self.port = conference, serving.free_port()
        self.server: serving.Server | None = None

    def up(self) -> serving.Server:
        """One that runs: what an earlier test left, or a new one."""
        if self.server is None or self.server.process.poll() is not None:
            self.server = serving.Server(self.conference.environment, self.port)
        return self.server


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with serving.instance(tmp_path_factory.mktemp("killed")) as environment:
        place = Place(UnderWay.made(environment, sites=3))
        yield place
        if place.server is not None:
            place.server.kill()


def spent(book: list[dict[str, Any]], item: str, now: float) -> float:
    """Seconds that a line has had the floor, straight from the book: from when it was given, pauses left out."""
    total, since = 0.0, None
    for line in book:
        if line["payload"].get("item") != item:
            continue
        if line["kind"] in ("floor_given", "floor_resumed"):
            since = line["at"]
        elif line["kind"] == "floor_paused" and since is not None:
            total, since = total + line["at"] - since, None
    return total + (now - since if since is not None else 0.0)


def test_a_speech_goes_on_where_it_was(place: Place):
    conference, port = place.conference, place.port
    first = place.up()
    item = conference.items[2]
    there = conference.listener(port, conference.sites[0], conference.position)
    away = conference.listener(port, conference.sites[1], conference.position)
    given = conference.press(port, "chair", {"call": item})
    there.until(given, says=f'data-item="{item}"')
    away.until(given, says=f'data-item="{item}"')
    away.close()  # from here on this site is told nothing
    noted = conference.press(port, "secretary", {"act": "note", "item": item, "text": "Điều đã nói"})
    conference.press(port, "chair", {"act": "pause"})
    time.sleep(1.5)
    pressed = conference.press(port, "chair", {"act": "resume"})
    there.until(pressed, says='class="speaking speaking"')
    before = conference.seen(port)
    first.kill()
    there.to_its_end()

    again = place.up()
    back = [conference.listener(port, conference.sites[at], one.last) for at, one in enumerate((there, away))]
    for one in back:
        while "told" not in one.parts:
            assert one.take()
    print(f"up after {first.up_s:.1f} s the first time, after {again.up_s:.1f} s when it had been killed")
    assert back[0].told == [] and back[1].told == [noted, noted + 1, noted + 2]
    assert [one.parts for one in back] == [there.parts] * 2

    book = conference.book()
    assert [line["position"] for line in book] == list(range(1, pressed + 1))
    kinds = [line["kind"] for line in book[given - 1 :]]
    assert kinds == ["floor_given", "noted", "floor_paused", "floor_resumed"]
    asked = time.time()
    after = conference.seen(port)
    answered = time.time()
    # The page rounds to seconds; the pause does not count, the time without a server does.
    shown = after["current"]["spent_seconds"]
    assert spent(book, item, asked) - 0.6 <= shown <= spent(book, item, answered) + 0.6
    same = ("item", "state", "running_since", "begun_at")
    assert [[line[name] for name in same] for line in after["agenda"]] == [
        [line[name] for name in same] for line in before["agenda"]
    ]
    assert [line["item"] for line in after["agenda"]] == conference.items
    assert [note["words"] for note in after["notes"]] == ["Điều đã nói"]

    following = conference.press(port, "chair", {"act": "next"})
    for one in back:
        one.until(following, says=f'data-item="{conference.items[3]}"')
    assert there.told + back[0].told == away.told + back[1].told == list(range(given, following + 1))


class Pressing(threading.Thread):
    """The secretary notes and the chair calls, one after the other. A note that got no answer is sent again, as a
    secretary does; a call is not: it may or may not have been taken."""

    def __init__(self, conference: UnderWay, port: int) -> None:
        super().__init__(daemon=True)
        self.conference, self.port = conference, port
        self.ended = threading.Event()
        self.acknowledged: list[tuple[int, str]] = []
        self.unanswered: list[str] = []
        self.wrong: Exception | None = None

    def run(self) -> None:
        try:
            self._presses()
        except Exception as wrong:  # in a thread nobody would see it
            self.wrong = wrong

    def _presses(self) -> None:
        number = 0
        while not self.ended.is_set():
            number += 1
            item = self.conference.items[number % len(self.conference.items)]
            note = {"act": "note", "item": item, "text": f"Lời {number}"}
            while (position := self._press("secretary", note)) is None and not self.ended.is_set():
                time.sleep(0.02)
            if position is not None:
                self.acknowledged.append((position, f"Lời {number}"))
            position = self._press("chair", {"call": item})
            if position is not None:
                self.acknowledged.append((position, item))
            else:
                self.unanswered.append(item)

    def _press(self, face: str, fields: dict[str, str]) -> int | None:
        try:
            return self.conference.press(self.port, face, fields)
        except (OSError, http.client.HTTPException):
            return None


def test_whatever_was_acknowledged_is_there_once_however_often_it_is_killed(place: Place):
    conference, port = place.conference, place.port
    starts_at = len(conference.book())
    pressing = Pressing(conference, port)
    told: list[int] = []
    for kill in range(KILLS + 1):
        server = place.up()
        site = conference.listener(port, conference.sites[0], told[-1] if told else starts_at)
        if not kill:
            pressing.start()
        try:
            # Some presses, and then in the middle of one.
            enough = len(pressing.acknowledged) + 6
            while len(pressing.acknowledged) < enough and pressing.is_alive():
                site.take()
            time.sleep(random.uniform(0.0, 0.1))
        finally:
            if kill == KILLS:
                pressing.ended.set()
                pressing.join(serving.LIMIT_S)
            else:
                server.kill()
        if kill < KILLS:
            site.to_its_end()
            told += site.told
    assert pressing.wrong is None
    book = conference.book()
    site.until(len(book))
    told += site.told

    assert [line["position"] for line in book] == list(range(1, len(book) + 1))
    written = [line["payload"].get("words") or line["payload"]["item"] for line in book[starts_at:]]
    for position, what in pressing.acknowledged:
        assert written[position - starts_at - 1] == what
    acknowledged = [what for _position, what in pressing.acknowledged]
    notes = [what for what in written if what.startswith("Lời")]
    assert notes == [f"Lời {number}" for number in range(1, len(notes) + 1)]
    calls = len([what for what in acknowledged if not what.startswith("Lời")])
    assert calls <= len(written) - len(notes) <= calls + len(pressing.unanswered)
    assert told == list(range(starts_at + 1, len(book) + 1))
    assert serving.soichieu(conference.environment, "verify").returncode == 0
    print(f"{len(acknowledged)} presses acknowledged, {len(pressing.unanswered)} calls unanswered, {KILLS} kills")


def test_one_process_killed_alone_neither_stops_the_others_nor_is_outlived_by_them(place: Place):
    conference, port, item = place.conference, place.port, place.conference.items[0]
    server = place.up()
    position = len(conference.book())
    site = conference.listener(port, conference.sites[0], position)
    noted = conference.press(port, "secretary", {"act": "note", "item": item, "text": "Trước"})
    site.until(noted)
    (worker,) = server.workers()
    os.kill(worker, signal.SIGKILL)
    site.to_its_end()
    server.wait_until_up()  # it is started again by the first process
    site = conference.listener(port, conference.sites[0], noted)
    after = conference.press(port, "secretary", {"act": "note", "item": item, "text": "Sau"})
    site.until(after)
    assert site.told == [after] == [position + 2]

    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait(serving.LIMIT_S)
    assert place.up() is not server  # the port is free again
    site.to_its_end()
    assert site.told == [after]
