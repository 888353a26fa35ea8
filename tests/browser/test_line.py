"""A line that falls silent, and an own part that does not come: the page of a site finds back by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import expect

from tests.conferences.conftest import Meeting, meeting  # noqa: F401
from tests.conferences.faces import desk
from tests.directives.conftest import house  # noqa: F401

pytestmark = pytest.mark.browser

SILENT = """
window.made = [];
window.EventSource = class extends EventTarget {
  static CONNECTING = 0; static OPEN = 1; static CLOSED = 2;
  constructor() {
    super();
    this.readyState = 0;
    window.made.push(this);
    setTimeout(() => { this.readyState = 1; this.dispatchEvent(new Event("open")); }, 10);
  }
  close() { this.readyState = 2; }
};
"""
"""A line that opens and then says nothing, as when a cable was pulled: no error ever comes."""
WATCHED = """
window.seen = [];
const link = document.getElementById("link");
new MutationObserver(() => window.seen.push(link.dataset.state)).observe(link, { attributeFilter: ["data-state"] });
"""
"""Keeps every state that the page says it is in: between two looks one may come and go."""


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.FILES_ROOT = tmp_path / "files"
    yield


@pytest.fixture
def page_off(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """``page_off(account)``: as ``page_for``, but htmx may write to the console that a line broke: here it is to."""
    opened: list[Any] = []
    failures: list[str] = []

    def make(account: Any) -> Any:
        context = browser.new_context(base_url=live_server.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
        context.set_default_timeout(15_000)
        opened.append(context)
        client = Client()
        client.force_login(account)
        session = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        return page

    yield make
    for context in opened:
        context.close()
    assert not failures, f"scripts failed on a page: {failures}"


def test_a_silent_line_is_told_and_made_anew(
    transactional_db: None,
    meeting: Meeting,  # noqa: F811
    page_off: Callable[..., Any],
) -> None:
    site = page_off(meeting.house.accounts["staff"])
    site.add_init_script(SILENT)
    site.clock.install()
    site.goto(desk(meeting, "site", "s1"))
    site.clock.run_for(1000)
    expect(site.locator("#link")).to_have_attribute("data-state", "live")
    for _ in range(3):
        site.clock.run_for(15_000)
        site.evaluate('window.made[0].dispatchEvent(new Event("alive"))')
    site.clock.run_for(20_000)
    expect(site.locator("#link")).to_have_attribute("data-state", "live")
    assert site.evaluate("window.made.length") == 1, "a line on which the server says that it lives stays"
    site.evaluate(WATCHED)
    for _ in range(40):
        site.clock.run_for(1000)
    site.wait_for_function("() => window.made.length === 2 && window.made[1].readyState === 1")
    expect(site.locator("#link")).to_have_attribute("data-state", "live")
    assert site.evaluate("window.seen") == ["lost", "live"], "a page that hears nothing says so"
    assert site.evaluate("window.made.map((one) => one.readyState)") == [2, 1]


def test_an_own_part_that_did_not_come_is_asked_for_again(
    transactional_db: None,
    meeting: Meeting,  # noqa: F811
    page_off: Callable[..., Any],
) -> None:
    """The line stays and the one request fails: no other line of the book would ask for it again."""
    accounts = meeting.house.accounts
    chair, site = page_off(accounts["head"]), page_off(accounts["staff"])
    chair.goto(desk(meeting, "chair"))
    chair.keyboard.press("o")  # another day than the one planned: it is asked first
    chair.locator("#act-open").click()
    chair.locator("#act-next").wait_for()
    site.goto(desk(meeting, "site", "s1"))
    site.locator("#floor_about").fill("Về đường truyền")
    site.get_by_role("button", name="Đăng ký phát biểu").click()
    expect(site.locator("#own")).to_contain_text("Rút đăng ký")
    failed = []

    def once(route: Any) -> None:
        if failed:
            route.fallback()
        else:
            failed.append(route.request.url)
            route.abort("internetdisconnected")

    site.route("**/*part=own*", once)
    expect(chair.locator("#p-requests")).to_contain_text("Về đường truyền")
    chair.keyboard.press("g")
    expect(site.locator("#own")).to_contain_text("đã được mời phát biểu")
    assert failed, "the first request was cut off"
