"""A conference under way on a served instance: those who press, those who listen, and its book as it was written.

``python -m tests.conferences.live.under_way KEY`` prints the book of a conference of the environment's instance.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests import serving

TOKEN = "m" * 32  # against forged forms: whoever sends it in the cookie and in the header is the same page


@dataclass
class UnderWay:
    """A conference that is open. ``chair`` and ``sites``: sessions; ``items``: keys of the agenda; ``position``: of its
    book when it was made."""

    environment: dict[str, str]
    key: str
    position: int
    items: list[str]
    chair: str
    sites: list[str]

    @classmethod
    def made(cls, environment: dict[str, str], sites: int) -> UnderWay:
        """With the bench's own maker, so that both see the same conference."""
        command = [sys.executable, "-m", "bench.live.instance", str(sites)]
        made = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, timeout=serving.LIMIT_S)
        return cls(environment, **json.loads(made.stdout))

    def book(self) -> list[dict[str, Any]]:
        """The lines of its book: position, kind, at (seconds since 1970), payload; and what its row says."""
        command = [sys.executable, "-m", "tests.conferences.live.under_way", self.key]
        read = subprocess.run(
            command, env=self.environment, stdout=subprocess.PIPE, check=True, timeout=serving.LIMIT_S
        )
        told = json.loads(read.stdout)
        lines: list[dict[str, Any]] = told["lines"]
        assert told["last_position"] == len(lines)
        return lines

    def press(self, port: int, face: str, fields: dict[str, str], timeout: float = serving.LIMIT_S) -> int:
        """One press of the chair's, as the page's script sends it; the position that is answered. OSError or
        HTTPException where no answer came."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.chair}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "HX-Request": "true",
        }
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        try:
            connection.request("POST", f"/conferences/{self.key}/{face}/", urlencode(fields), headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        assert answer.status == 200, f"{fields} was answered with {answer.status}: {text[:500]}"
        return int(answer.headers["X-Position"])

    def seen(self, port: int) -> dict[str, Any]:
        """What the chair's desk shows."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=serving.LIMIT_S)
        try:
            cookie = {"Cookie": f"sessionid={self.chair}"}
            connection.request("GET", f"/conferences/{self.key}/chair/?format=json", headers=cookie)
            answer = connection.getresponse()
            found: dict[str, Any] = json.loads(answer.read())
        finally:
            connection.close()
        return found

    def listener(self, port: int, session: str, after: int, face: str = "site") -> Listener:
        return Listener(port, f"/live/conference/{self.key}/{face}/", session, after)


class Listener:
    """One who reads a stream. ``told``: positions of the lines it was told; ``parts``: what its face shows now;
    ``last``: what a browser would send as Last-Event-ID."""

    def __init__(self, port: int, path: str, session: str, after: int) -> None:
        self.told: list[int] = []
        self.parts: dict[str, str] = {}
        self.last = after
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=serving.LIMIT_S)
        headers = {"Cookie": f"sessionid={session}", "Accept": "text/event-stream", "Last-Event-ID": str(after)}
        self._connection.request("GET", path, headers=headers)
        self._answer = self._connection.getresponse()
        self.status = self._answer.status

    def take(self) -> bool:
        """Read one message; False when the stream has ended, or was broken off: what is not whole does not count."""
        fields: dict[str, list[str]] = {}
        while (line := self._line()) != "\n":
            if not line:
                return False
            name, _colon, value = line.rstrip("\n").partition(": ")
            fields.setdefault(name, []).append(value)
        if fields.get("event") not in (None, ["alive"]):
            self.last = int(fields["id"][0])
            name = fields["event"][0]
            if name == "change":
                self.told.append(self.last)
            else:
                self.parts[name] = "\n".join(fields["data"])
        return True

    def _line(self) -> str:
        try:
            return self._answer.readline().decode()
        except (ConnectionError, http.client.HTTPException):
            return ""

    def to_its_end(self) -> None:
        """Read what still comes."""
        while self.take():
            pass

    def until(self, position: int, says: str = "", part: str = "speaking") -> None:
        """Read until the line at ``position`` was told and a part of the face says something."""
        end = time.monotonic() + serving.LIMIT_S
        while not (self.told and self.told[-1] >= position and says in self.parts.get(part, "")):
            assert self.take(), "the stream ended"
            assert time.monotonic() < end, f"told {self.told[-3:]}, and {part} says {self.parts.get(part)}"

    def close(self) -> None:
        self._connection.close()
        self._answer.close()


def _book(key: str) -> dict[str, Any]:
    from soichieu.conferences.models import Conference, Event

    conference = Conference.objects.get(key=key)
    lines = [
        {"position": one.position, "kind": one.kind, "at": one.happened_at.timestamp(), "payload": one.payload}
        for one in Event.objects.filter(conference=conference).order_by("position")
    ]
    return {"last_position": conference.last_position, "lines": lines}


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "soichieu.settings")
    import django

    django.setup()
    print(json.dumps(_book(sys.argv[1])))
