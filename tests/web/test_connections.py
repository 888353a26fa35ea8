"""Two web processes, 200 sites and many pages at once take few connections of a PostgreSQL as it comes."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

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


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server of its own, so that nobody else's connections are counted; its limit is PostgreSQL's own."""
    try:
        with postgres.server() as url:
            monkeypatch.setenv("DATABASE_URL", url)
            yield url
    except postgres.NoPostgresError as none:
        pytest.skip(str(none))


def test_two_processes_with_200_streams_take_few_connections(database: str, tmp_path: Path):
    with (
        serving.instance(tmp_path) as environment,
        psycopg.connect(environment["DATABASE_URL"], autocommit=True) as watcher,
    ):
        conference = UnderWay.made(environment, sites=SITES)
        server = serving.Server(environment, serving.free_port(), workers=PROCESSES)
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
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    " AND pid <> pg_backend_pid()"
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
