"""Two web processes, 200 sites and many pages at once take few connections of a PostgreSQL as it comes."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator

import psycopg
import pytest

from tests import serving
from tests.conferences.live.under_way import UnderWay
from tools import postgres

pytestmark = pytest.mark.slow
SITES, STREAMS_EACH = 20, 10
PROCESSES, READERS, ROUNDS = 2, 16, 4
# Of each process: four pages at once, one look at the books, two admissions, two drawings; one in hand.
AT_MOST = PROCESSES * 10


@pytest.fixture(scope="module")
def conference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UnderWay]:
    """On a server of its own, so that nobody else's connections are counted; its limit is PostgreSQL's own."""
    try:
        with postgres.server() as url, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DATABASE_URL", url)
            with serving.instance(tmp_path_factory.mktemp("connections")) as environment:
                yield UnderWay.made(environment, sites=SITES)
    except postgres.NoPostgresError as none:
        pytest.skip(str(none))


@pytest.fixture
def watcher(conference: UnderWay) -> Iterator[psycopg.Connection]:
    with psycopg.connect(conference.environment["DATABASE_URL"], autocommit=True) as connection:
        yield connection


def test_two_processes_with_200_streams_take_few_connections(conference: UnderWay, watcher: psycopg.Connection):
    server = serving.Server(conference.environment, serving.free_port(), workers=PROCESSES)
    wrong: list[object] = []

    def reads(session: str) -> None:
        key = conference.key
        for path in ("/", f"/conferences/{key}/", f"/conferences/{key}/hall/", "/conferences/") * ROUNDS:
            asked = urllib.request.Request(server.address + path, headers={"Cookie": f"sessionid={session}"})
            try:
                urllib.request.urlopen(asked, timeout=serving.LIMIT_S).read()
            except OSError as error:
                wrong.append((path, error))

    try:
        sites = [
            conference.listener(server.port, session, conference.position)
            for session in conference.sites
            for _stream in range(STREAMS_EACH)
        ]
        assert {site.status for site in sites} == {200}
        readers = [threading.Thread(target=reads, args=(one,)) for one in (conference.sites * 2)[:READERS]]
        for reader in readers:
            reader.start()
        most, turn, pressed = 0, 0, conference.position
        while any(reader.is_alive() for reader in readers):
            pressed = conference.press(server.port, "chair", {"call": conference.items[turn % 40]})
            turn += 1
            (count,) = watcher.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchone()  # type: ignore[misc]
            most = max(most, count)
        assert not wrong
        for site in sites:
            site.until(pressed)
            assert site.told == list(range(conference.position + 1, pressed + 1))
        (limit,) = watcher.execute("SHOW max_connections").fetchone()  # type: ignore[misc]
        print(f"{len(sites)} streams, {turn} presses, {READERS} readers: at most {most} connections of {limit}")
        assert limit == "100" and most <= AT_MOST
        assert server.stop() == 0
        assert server.said == ""
    finally:
        server.kill()


def test_streams_and_pages_go_on_when_the_database_drops_every_connection(
    conference: UnderWay, watcher: psycopg.Connection
):
    server, item = serving.Server(conference.environment, serving.free_port()), conference.items[0]
    port = server.port
    try:
        # The secretary's page draws its findings from the database, so drawing holds a connection too.
        words = "Tiến độ đạt kế hoạch"
        found = conference.press(port, "secretary", {"act": "find", "kind": "result", "text": words, "item": item})
        secretary = conference.listener(port, conference.chair, found - 1, face="secretary")
        site = conference.listener(port, conference.sites[0], found)
        secretary.until(found, says=words, part="findings")
        for number in range(3):
            watcher.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid()"
            )
            note = {"act": "note", "item": item, "text": f"sau khi đứt {number}"}
            noted = conference.press(port, "secretary", note)
            secretary.until(noted, says=note["text"], part="notes")
            called = conference.press(port, "chair", {"call": conference.items[number]})
            site.until(called, says=f'data-item="{conference.items[number]}"')
        assert site.told == list(range(found + 1, called + 1))
        secretary.until(called)
        assert secretary.told == list(range(found, called + 1))
    finally:
        server.kill()
