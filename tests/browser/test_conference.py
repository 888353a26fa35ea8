"""A whole conference of twelve statements in a browser: the chair, two sites, the hall and the secretary at once.

Every face shows each change by itself; the expected tasks stand on the units' pages before the conference ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings

from soichieu.accounts.commands import create_account
from soichieu.conferences import book
from soichieu.conferences.kinds import EventKind
from soichieu.ledger.models import Obligation
from soichieu.organisation.commands import appoint, create_post
from tests.conferences.conftest import Meeting, meeting  # noqa: F401
from tests.conferences.faces import desk, signed_in
from tests.directives.conftest import BEGINS, house  # noqa: F401

pytestmark = pytest.mark.browser
STATEMENTS = 12


def place(n: int) -> str:
    """The site of the n-th statement."""
    return f"s{(n - 1) % 5 + 1}"


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.FILES_ROOT = tmp_path / "files"
    yield


@pytest.fixture
def twelve(transactional_db: None, meeting: Meeting) -> Meeting:  # noqa: F811
    """The meeting with twelve statements in turn from its sites, and an officer of the second department."""
    items = [{"key": "opening", "kind": "opening", "title": "Khai mạc", "minutes": 5, "site": "centre"}]
    items += [
        {
            "key": f"st{n}",
            "kind": "statement",
            "title": f"Tham luận số {n}",
            "minutes": 7,
            "site": f"s{(n - 1) % 5 + 1}",
        }
        for n in range(1, STATEMENTS + 1)
    ]
    book.write(meeting.house.askers["steering"], meeting.conference, EventKind.AGENDA, {"items": items})
    operator, unit = meeting.house.operator, meeting.house.units[1]
    post = create_post(
        asker=operator, unit=unit, code="staff2", title="Chuyên viên 2", roles=["staff_officer"], on=BEGINS
    )
    person = appoint(asker=operator, post=post, person="Người hai", on=BEGINS)
    meeting.house.accounts["staff2"] = create_account(
        asker=operator, username="staff2", password="mat-khau-thu-10", person=person
    )
    return meeting


def test_a_conference_of_twelve_statements(
    twelve: Meeting, page_for: Callable[..., Any], screenshot: Callable[..., None], live_server: Any
) -> None:
    accounts = twelve.house.accounts
    chair = page_for(accounts["head"])
    first, second = page_for(accounts["staff"], width=390), page_for(accounts["staff2"], width=390)
    hall = page_for(accounts["observer"])
    secretary = page_for(None)
    session = signed_in(twelve, "aide", on_behalf="head").cookies[django_settings.SESSION_COOKIE_NAME].value
    secretary.context.add_cookies(
        [{"name": django_settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    chair.goto(desk(twelve, "chair"))
    first.goto(desk(twelve, "site", "s1"))
    second.goto(desk(twelve, "site", "s2"))
    hall.goto(desk(twelve, "hall"))
    secretary.goto(desk(twelve, "secretary"))
    faces = [chair, first, second, hall, secretary]
    for face in faces:
        face.evaluate("window.stays = true")

    chair.keyboard.press("o")  # another day than the one planned: it is asked first
    chair.locator("#act-open").click()
    chair.locator("#act-next").wait_for()
    for n in range(STATEMENTS + 1):
        chair.keyboard.press("n")
        who = "Khai mạc" if n == 0 else f"Cục Số {(n - 1) % 5 + 1}"
        what = "" if n == 0 else f"Tham luận số {n}"
        chair.locator("#p-floor .who", has_text=who).wait_for()
        if what:
            chair.locator("#p-floor", has_text=what).wait_for()
        if n in (0, 1, 6, 12):
            first.locator("#p-speaking .who", has_text=who).wait_for()
            secretary.locator("#p-speaking .who", has_text=who).wait_for()
            hall.locator("#p-hall .name", has_text=who).wait_for()
        if n == 1:
            first.locator("#turn", has_text="Chúng ta đang phát biểu").wait_for()
            second.locator("#turn", has_text="Kế tiếp là chúng ta").wait_for()
            chair.keyboard.press("p")
            hall.locator("#p-hall", has_text="Tạm dừng").wait_for()
            chair.keyboard.press("p")
            hall.locator("#p-hall", has_text="Đang phát biểu").wait_for()
        if n == 2:
            ask(first, chair)
        if n == 3:
            note(secretary)

    conclude(twelve, secretary, chair, first)
    assert not Obligation.objects.exists(), "nothing is owed before the notice is signed"
    for face in faces:
        assert face.evaluate("window.stays") is True, f"{face.url} was loaded again"
    for face, name in zip(faces, ("chair", "site-1", "site-2", "hall", "secretary"), strict=True):
        screenshot(face, f"conference-{name}")

    first.goto(f"/units/{twelve.house.units[0].pk}/")
    first.get_by_text("ban hành kế hoạch tập huấn").first.wait_for()
    screenshot(first, "conference-expected-task")


def test_an_answer_slower_than_the_stream_finds_the_page_it_asked_from(
    twelve: Meeting, page_for: Callable[..., Any]
) -> None:
    """The floor is drawn anew by the stream while its form still waits: the answer finds the page all the same."""
    chair = page_for(twelve.house.accounts["head"])
    chair.goto(desk(twelve, "chair"))
    chair.keyboard.press("o")  # another day than the one planned: it is asked first
    chair.locator("#act-open").click()
    chair.locator("#act-next").wait_for()

    def late(route: Any) -> None:
        answer = route.fetch()
        chair.wait_for_timeout(1500)
        route.fulfill(response=answer)

    chair.route("**/chair/", late)
    chair.keyboard.press("n")
    chair.locator("#p-agenda [aria-current]").wait_for()
    assert chair.locator("#p-floor .htmx-request").count(), "the stream came first"
    chair.locator("#p-floor .who", has_text="Khai mạc").wait_for()


def ask(site: Any, chair: Any) -> None:
    """A site asks for the floor; the chair gives it with one key; the site is told by itself."""
    site.locator("#floor_about").fill("Về đường truyền")
    site.get_by_role("button", name="Đăng ký phát biểu").click()
    chair.locator("#p-requests", has_text="Về đường truyền").wait_for()
    site.locator("#own", has_text="Rút đăng ký").wait_for()
    chair.keyboard.press("g")
    chair.locator("#p-floor", has_text="ngoài kịch bản").wait_for()
    site.locator("#own", has_text="đã được mời phát biểu").wait_for()


def note(secretary: Any) -> None:
    """A half-typed note stays under the secretary's hands while the floor moves; then it is sent, and a finding too."""
    secretary.locator("#note_text").fill("Đã hoàn thành 3 trên 4 việc.")
    secretary.get_by_role("button", name="Ghi thêm").click()
    secretary.locator("#p-notes", has_text="3 trên 4 việc").wait_for()
    secretary.locator("#find_kind").select_option("shortcoming")
    secretary.locator("#find_text").fill("Chậm phân công người phụ trách")
    secretary.locator("#find_subjective_cause").fill("Chưa quyết liệt")
    secretary.locator("#find_units").select_option(index=1)
    secretary.get_by_role("button", name="Ghi lại", exact=True).click()
    secretary.locator("#p-findings", has_text="Chậm phân công").wait_for()


def conclude(meeting: Meeting, secretary: Any, chair: Any, site: Any) -> None:  # noqa: F811
    """The secretary words a task, the chair concludes it with one key, the site sees it as its own."""
    form = secretary.locator("#form-word")
    form.locator("[name=conclusion_kind]").select_option("task")
    form.locator("[name=text]").fill("Cục Số 1 ban hành kế hoạch tập huấn.")
    form.locator("[name=leads]").select_option(str(meeting.house.units[0].pk))
    for name, value in {
        "task": "Ban hành kế hoạch tập huấn", "deadline": "30-6-2027", "responsibility": "Cục trưởng Cục Số 1",
        "authority": "Cục Số 1", "product": "Kế hoạch tập huấn",
    }.items():  # fmt: skip
        form.locator(f"[name={name}]").fill(value)
    form.get_by_role("button", name="Trình chủ trì").click()
    chair.locator("#p-conclusions .card.lit", has_text="ban hành kế hoạch tập huấn").wait_for()
    chair.keyboard.press("c")
    chair.locator("#p-conclusions", has_text="Đã kết luận").wait_for()
    site.locator("#p-concluded .card.me", has_text="ban hành kế hoạch tập huấn").wait_for()
