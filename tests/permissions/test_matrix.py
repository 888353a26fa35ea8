"""Every address of the site × role × inside or outside the subtree, GET and POST, against ``docs/permissions.md``.

The table there is written by hand and read here. A route without a row fails; so does a row without a route, and every
answer that is another than the table says. Each request is rolled back, so all of them find the same world.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from soichieu.board.queries.cut import forget_cuts
from soichieu.board.queries.waiting import forget_waiting
from soichieu.ledger import clock
from soichieu.ledger.fold import forget_columns
from soichieu.organisation.kinds import Role
from soichieu.web.routes import routes
from tests.permissions.two_ministries import NOW, PASSWORD, Side, World, build

pytestmark = pytest.mark.django_db

DOCS = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
ASKERS = ("nobody", "no post", *(role.value for role in Role))
METHODS = ("GET", "POST")
Table = dict[tuple[str, str], dict[str, tuple[int, int]]]

# Route → what stands in its placeholders, from one side's objects. A route that is not named here has none.
ARGUMENTS: dict[str, Callable[[Side], tuple[Any, ...]]] = {
    **{
        f"documents:{name}": lambda side: (side.upload,)
        for name in ("upload", "upload-place", "upload-confirm", "upload-discard")
    },
    "documents:file": lambda side: (side.file,),
    "documents:place": lambda side: (side.key,),
    "documents:settle": lambda side: (side.citation,),
    "documents:edition": lambda side: (side.document.pk, 1),
    "documents:mend": lambda side: (side.document.pk, 1),
    **{
        f"documents:{name}": lambda side: (side.document.pk,)
        for name in ("document", "read", "compare", "link", "receive")
    },
    "board:board": lambda side: (side.document.pk,),
    "board:list": lambda side: (side.document.pk,),
    "board:short": lambda side: (side.document.pk, "o1"),
    "board:obligation": lambda side: (side.obligation.pk,),
    "board:obligation-units": lambda side: (side.obligation.pk,),
    "board:entry": lambda side: (side.entry.pk,),
    "board:evidence": lambda side: (side.entry.pk, side.sha256),
    "board:thread": lambda side: (side.requirement.pk,),
    "board:unit": lambda side: (side.ministry.pk,),
    **{
        f"directives:{name}": lambda side: (side.document.pk,)
        for name in ("requirements", "propose", "several", "new", "addressees", "open")
    },
    "directives:requirement": lambda side: (side.proposed.pk,),
    "directives:lead": lambda side: (side.proposed.pk,),
    "directives:sentences": lambda side: (side.proposed.pk,),
    **{f"links:{name}": lambda side: (side.plan.key, side.document.pk) for name in ("table", "decide")},
    "links:matrix": lambda side: (side.document.pk,),
    "links:provision": lambda side: (side.key,),
    "links:question": lambda side: (side.question,),
    "links:ask": lambda side: (side.key, side.other_key),
    "findings:finding": lambda side: (side.finding.key,),
    **{
        f"conferences:{name}": lambda side: (side.conference.key,)
        for name in (
            "conference", "change", "json", "ics", "book", "prepare", "sites", "agenda", "statements", "cuts",
            "conclusions",
        )
    },
    "conferences:site-sheet": lambda side: (side.conference.key, side.site),
    **{f"conferences:{name}": lambda side: (side.conference.key,) for name in ("chair", "secretary", "hall")},
    "conferences:live": lambda side: (side.conference.key, "hall"),
    "conferences:site": lambda side: (side.conference.key, side.site),
    "conferences:site-lite": lambda side: (side.conference.key, side.site),
    "conferences:statement": lambda side: (side.conference.key, side.statement),
    "conferences:statement-file": lambda side: (side.conference.key, side.statement),
    "conferences:cut": lambda side: (side.conference.key, side.cut),
    **{f"conferences:{name}": lambda side: (side.ended,) for name in ("papers", "notice", "after", "after-tasks")},
    "conferences:paper": lambda side: (side.ended, "notice"),
    "plans:answer": lambda side: (side.obligation.pk,),
    "plans:directly": lambda side: (side.obligation.pk,),
    **{
        f"plans:{name}": lambda side: (side.plan.key,)
        for name in (
            "plan", "lines", "correct", "versions", "submit", "return", "approve", "answer-tasks", "superior",
        )
    },
    "plans:scheme": lambda side: (side.plan.key, side.line),
    "plans:file": lambda side: (side.plan.key, 1),
    **{
        f"plans:{name}": lambda side: (side.ministry.pk, side.document.pk)
        for name in ("review", "review-report", "review-register")
    },
}  # fmt: skip
# What a POST says, where an empty one would be refused before anybody asks who sends it.
BODIES: dict[str, Callable[[Side], dict[str, Any]]] = {
    "accounts:sign-in": lambda side: {"username": "nobody-of-this-name", "password": PASSWORD},
    "board:obligation": lambda side: {
        "kind": "noted", "happened_on": "1-12-2025", "reason": "đã họp bàn", "seen": side.entry.position,
    },
    "board:my-work": lambda side: {"queue": "new", "task": [side.obligation.pk]},
    "documents:read": lambda side: {"file-file": SimpleUploadedFile("06.txt", b"KE HOACH\n\n1. Mot viec.\n")},
    "documents:link": lambda side: {"link-relation": "implements", "link-number": side.older.number},
    "documents:receive": lambda side: {"receive-incoming_number": "12", "receive-received_on": "1-12-2025"},
    "documents:settle": lambda side: {"document": side.older.pk},
    "documents:receive-by-number": lambda side: {
        "number": side.document.number, "issuer": side.document.issuer, "signed_on": "9-1-2025",
        "receive-incoming_number": "12", "receive-received_on": "1-12-2025",
    },
    "findings:finding": lambda side: {
        "act": "word", "word-words": "Số liệu còn chậm.", "word-after": side.finding.versions.get().pk,
    },
    "web:set-language": lambda side: {"language": "vi"},
}  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The objects, made once and rolled back at the end."""
    from django.conf import settings

    patch = pytest.MonkeyPatch()
    patch.setattr(settings, "FILES_ROOT", tmp_path_factory.mktemp("files"), raising=False)
    with django_db_blocker.unblock(), clock.injected(NOW):
        _forget()
        with transaction.atomic():
            yield build()
            transaction.set_rollback(True)
        _forget()
    patch.undo()


def _forget() -> None:
    forget_columns()
    forget_cuts()
    forget_waiting()


def has_objects(name: str, method: str) -> bool:
    """Whether a route speaks of something that belongs to a ministry, in its address or in what is sent."""
    return name in ARGUMENTS or (method == "POST" and name in ("board:my-work", "documents:receive-by-number"))


def status(client: Client, name: str, method: str, side: Side) -> int:
    """What one client gets for one address; nothing of it stays, neither in the database nor in the client."""
    url = reverse(name, args=ARGUMENTS.get(name, lambda _side: ())(side))
    cookies = client.cookies.copy()
    with transaction.atomic():
        body = BODIES.get(name, lambda _side: {})(side)
        answer = client.get(url) if method == "GET" else client.post(url, body)
        if answer.streaming:
            answer.getvalue()  # read to its end, so that its file is closed
        transaction.set_rollback(True)
    client.cookies = cookies
    if method == "POST" and answer.status_code not in (403, 404, 405):
        _forget()
    return int(answer.status_code)


def measured(world: World, asker: str) -> dict[tuple[str, str], tuple[int, int]]:
    """(route, method) → status inside, status outside. Outside is not asked again where there is nothing outside, and
    where the method itself is refused."""
    client = Client(raise_request_exception=False)
    if (account := world.accounts[asker]) is not None:
        client.force_login(account)
    found = {}
    for route in routes():
        for method in METHODS:
            inside = outside = status(client, route.name, method, world.inside)
            if inside != 405 and has_objects(route.name, method):
                outside = status(client, route.name, method, world.outside)
            found[route.name, method] = inside, outside
    return found


def table() -> Table:
    """The table of routes in the docs: (route, method) → asker → (inside, outside)."""
    text = DOCS.read_text(encoding="utf-8")
    found = re.search(r"<!-- table:routes -->\n(.*?)<!-- /table -->", text, re.S)
    assert found, "docs/permissions.md has no table of routes"
    lines = [line for line in found[1].splitlines() if line.startswith("|")]
    head = [cell.strip() for cell in lines[0].strip("|").split("|")]
    out: Table = {}
    for line in lines[2:]:
        cells = dict(zip(head, (cell.strip() for cell in line.strip("|").split("|")), strict=True))
        row = {}
        for asker in ASKERS:
            numbers = [int(one) for one in cells[asker].split()]
            row[asker] = (numbers[0], numbers[-1])
        for name in cells["route"].split():
            assert (name, cells["method"]) not in out, f"{name} {cells['method']} stands twice in docs/permissions.md"
            out[name, cells["method"]] = row
    return out


def test_every_route_has_a_name_and_a_row_and_every_row_a_route() -> None:
    known = table()
    there = {(route.name, method) for route in routes() for method in METHODS}
    assert all(name for name, _method in there), "a route without a name cannot be in the table"
    missing = sorted(there - set(known))
    assert not missing, f"these have no row in docs/permissions.md, section Routes: {missing}"
    gone = sorted(set(known) - there)
    assert not gone, f"docs/permissions.md has rows for routes that there are not: {gone}"


def test_every_route_with_placeholders_has_an_object_on_both_sides() -> None:
    unfilled = [route.name for route in routes() if route.arguments and route.name not in ARGUMENTS]
    assert not unfilled, f"say in ARGUMENTS what stands in their placeholders: {unfilled}"


@pytest.mark.parametrize("asker", ASKERS)
def test_each_role_gets_what_the_table_says(world: World, asker: str) -> None:
    known = table()
    wrong = [
        f"{method} {name}: inside {got[0]}, outside {got[1]}; the table says {expected[0]}, {expected[1]}"
        for (name, method), got in measured(world, asker).items()
        if got != (expected := known[name, method][asker])
    ]
    assert not wrong, f"{asker}:\n" + "\n".join(wrong)


def test_nothing_of_another_ministry_is_ever_shown() -> None:
    """The table itself: outside, an object is not there or the way is barred. What the docs except is named here."""
    excepted = {"board:unit", "board:short", "documents:receive-by-number"}
    for (name, method), row in table().items():
        if has_objects(name, method) and name not in excepted:
            for asker, (_inside, outside) in row.items():
                barred = (302, 405) if asker == "nobody" else (403, 404, 405)
                assert outside in barred, f"{method} {name} answers {asker} with {outside} outside"
