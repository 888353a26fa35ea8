"""The pages after a conference in a real browser: accessible at both widths, and the notice registered by hand."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from soichieu.ledger.models import Obligation
from tests.conferences.ending import NOTICE_TEXT, course
from tests.conferences.test_notice import settle

pytestmark = pytest.mark.browser


@pytest.fixture
def ended(meeting):
    return course(meeting)


def address(meeting, name: str) -> str:
    return reverse(f"conferences:{name}", args=[meeting.conference.key])


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_accessible(page_for, assert_accessible, screenshot, meeting, ended, language, width):
    page = page_for(meeting.house.accounts["steering"], language=language, width=width)
    for name in ("notice", "papers", "after"):
        page.goto(address(meeting, name))
        assert_accessible(page)
        screenshot(page, f"conference-{name}-{language}-{width}")
    settle(meeting, ended)
    page.goto(address(meeting, "after"))
    for more in page.locator("details.more > summary").all():
        more.click()
    assert_accessible(page)
    screenshot(page, f"conference-after-settled-{language}-{width}")
    page.goto(address(meeting, "after") + "?kind=task&raised-kind=proposal")
    assert_accessible(page)
    page.goto(address(meeting, "after-tasks"))
    assert_accessible(page)
    screenshot(page, f"conference-after-tasks-{language}-{width}")
    page.goto(address(meeting, "secretary"))
    assert_accessible(page)
    page.goto(address(meeting, "agenda"))
    assert_accessible(page)
    page.goto(address(meeting, "papers"))
    for more in page.locator("details.more > summary").all():
        more.click()
    assert_accessible(page)
    screenshot(page, f"conference-papers-open-{language}-{width}")


def test_the_notice_is_registered_by_hand(page_for, assert_accessible, screenshot, meeting, ended):
    page = page_for(meeting.house.accounts["steering"])
    page.goto(address(meeting, "notice"))
    dropped = page.locator(f"#c-{ended['dropped'].key}")
    why = dropped.locator(f"input[name='reason-{ended['dropped'].key}']")
    assert not why.is_visible()  # what is in needs no reason
    dropped.locator("input[value='out']").check()
    expect(why).to_be_visible()
    page.fill("#id_number", "77/TB-BTN")
    page.fill("#id_signed_on", "19-11-2025")
    page.set_input_files("#id_file", {"name": "tb.txt", "mimeType": "text/plain", "buffer": NOTICE_TEXT.encode()})
    page.locator("main form.form button.main").click()
    expect(page.locator(f"#c-{ended['dropped'].key} .err")).to_be_visible()
    assert page.input_value("#id_number") == "77/TB-BTN" and "tb.txt" in page.inner_text("main")
    assert_accessible(page)
    screenshot(page, "conference-notice-wrong-vi-1440")
    assert not Obligation.objects.exists()
    why.fill("Chờ phương án chung")
    page.locator("main form.form button.main").click()
    page.wait_for_url("**/after/")
    assert "77/TB-BTN" in page.inner_text("main") and Obligation.objects.count() == 3


def test_without_script_it_is_registered_all_the_same(page_for, meeting, ended):
    page = page_for(meeting.house.accounts["steering"], script=False)
    page.goto(address(meeting, "notice"))
    page.fill("#id_number", "77/TB-BTN")
    page.fill("#id_signed_on", "19-11-2025")
    page.locator("main form.form button.main").click()
    page.wait_for_url("**/after/")
    assert Obligation.objects.count() == 4


def test_lists_of_one_page_are_filtered_without_loading_it_again(page_for, meeting, ended):
    settle(meeting, ended)
    page = page_for(meeting.house.accounts["steering"])
    page.goto(address(meeting, "after"))
    page.evaluate("() => { window.stays = true; }")
    concluded, raised = page.locator("#list-conclusions-after"), page.locator("#list-raised-after")
    assert concluded.locator("tbody tr").count() == 6
    concluded.get_by_label("Loại kết luận").select_option("task")
    concluded.get_by_role("button", name="Lọc").click()
    concluded.locator(".pill").wait_for()
    expect(concluded.locator("tbody tr")).to_have_count(3)
    expect(raised.locator("tbody tr:not(.group)")).to_have_count(2)
    expect(page).to_have_url(re.compile("kind=task"))
    assert page.evaluate("() => window.stays")
    page.goto(address(meeting, "after-tasks"))
    page.evaluate("() => { window.stays = true; }")
    page.locator("#list-tasks-after th").get_by_role("link", name="Đơn vị").click()
    page.locator("th[aria-sort]").wait_for()
    # In another order each row says which conclusion is its own, though only the list was fetched.
    expect(page.locator("#list-tasks-after th").nth(1)).to_have_text("Kết luận")
    assert page.evaluate("() => window.stays")
