"""Registering as a clerk does: the same number again, a file that is no document, a number left blank."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from soichieu.documents import commands
from soichieu.documents.models import Document
from tests.documents.test_pages import SMALL

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _hand_in(page, text: str | bytes, name: str = "ke-hoach.txt") -> None:
    page.goto(reverse("documents:new"))
    data = text if isinstance(text, bytes) else text.encode()
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/plain", "buffer": data})
    page.locator("form.doc-form button.main").click()


@pytest.mark.parametrize(("language", "width"), [("vi", 1440), ("vi", 390), ("en", 1440), ("en", 390)])
def test_a_number_that_is_there_already_is_shown_first(page_for, house, assert_accessible, screenshot, language, width):
    first = commands.register_document(
        house.askers["bo"], number="15/KH-BTN", issuer="Bộ Thử nghiệm", signed_on=dt.date(2025, 3, 5),
        title="Triển khai chuyển đổi số",
    )  # fmt: skip
    page = page_for(house.accounts["bo"], language, width)
    _hand_in(page, SMALL.replace("ngày 05 tháng 3", "ngày 15 tháng 3"))
    notice = page.locator("#twins")
    expect(notice.get_by_role("link", name="15/KH-BTN")).to_be_visible()
    assert_accessible(page)
    screenshot(page, f"twins-{language}-{width}", full=False)
    page.locator("#confirm button.main").click()
    expect(page.locator("#confirm .err, #confirm [aria-invalid=true]").first).to_be_visible()
    assert list(Document.objects.all()) == [first]
    screenshot(page, f"twins-asked-{language}-{width}", full=False)
    page.locator("#twins input[type=checkbox]").check()
    page.locator("#confirm button.main").click()
    page.wait_for_url("**/documents/*/")
    assert Document.objects.count() == 2


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_file_that_is_no_document_is_named_and_what_was_typed_stays(page_for, house, screenshot, language):
    page = page_for(house.accounts["bo"], language)
    page.goto(reverse("documents:new"))
    page.locator("[name=title]").fill("Tên đã gõ")
    page.locator("input[type=file]").set_input_files(
        {"name": "so-do.svg", "mimeType": "image/svg+xml", "buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
    )
    page.locator("form.doc-form button.main").click()
    said = "hình vẽ (.svg)" if language == "vi" else "drawing (.svg)"
    expect(page.get_by_text(said).first).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value("Tên đã gõ")
    screenshot(page, f"no-document-{language}", full=False)


def test_a_number_and_day_left_blank_are_asked_for(page_for, house, screenshot):
    page = page_for(house.accounts["bo"])
    _hand_in(page, SMALL.replace("Số: 15/KH-BTN", "Số: /KH-BTN").replace("ngày 05 tháng 3", "ngày … tháng …"))
    expect(page.get_by_text("/KH-BTN").first).to_be_visible()
    page.locator("#confirm button.main").click()
    expect(page.locator("#confirm [aria-invalid=true]").first).to_be_visible()
    screenshot(page, "blank-number", full=False)
    page.locator("[name=number]").fill("15/KH-BTN")
    page.locator("[name=signed_on]").fill("5-3-2025")
    page.locator("#confirm button.main").click()
    page.wait_for_url("**/documents/*/")
    assert Document.objects.get().number == "15/KH-BTN"
