"""The page of components, in a real browser: both languages, both widths, both lights, and on paper."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from soichieu.accounts.models import Account
from soichieu.web import instance_flags

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reader() -> Account:
    instance_flags.set_flag(instance_flags.DEMONSTRATION)
    return Account.objects.create_user("nguoi-xem", "not-used-in-this-test")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("light", ["", "dim"])
def test_every_component_is_accessible(
    page_for: Any, reader: Account, assert_accessible: Any, screenshot: Any, language: str, width: int, light: str
) -> None:
    page = page_for(reader, language, width, light)
    page.goto("/about/components")
    screenshot(page, f"components-{language}-{width}{'-' + light if light else ''}")
    assert_accessible(page)


def test_it_says_on_paper_what_it_is_and_both_dates(page_for: Any, reader: Account) -> None:
    page = page_for(reader)
    page.goto("/about/components")
    page.emulate_media(media="print")
    head = page.locator(".print-head").inner_text()
    assert "Dữ liệu minh họa" in head
    assert "Tính đến ngày 30-6-2025 / Theo dữ liệu ghi nhận đến 17:00, 10-7-2025" in head
    assert not page.locator(".mast").is_visible()
    folder = os.environ.get("SOICHIEU_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.pdf(path=str(Path(folder) / "components.pdf"), prefer_css_page_size=True)


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_the_filters_of_a_list_are_folded_and_lose_nothing(
    page_for: Any, reader: Account, assert_accessible: Any, script: bool
) -> None:
    page = page_for(reader, "vi", 390, script=script)
    page.goto("/about/components")
    fold, form = page.locator(".list-fold > summary"), page.locator(".list-tools")
    expect(fold).to_contain_text("Lọc · Sắp xếp")
    expect(form).to_be_hidden()
    fold.click()
    form.locator("select[name=sort]").select_option(index=2)
    form.get_by_role("searchbox").fill("đ")
    if script:
        assert_accessible(page)
    form.get_by_role("button", name="Lọc").click()
    expect(fold).to_contain_text("đang lọc theo 1 điều kiện")
    expect(form).to_be_hidden()
    page.goto("/about/components?due-from=xx")
    expect(form.locator("[aria-invalid=true]").first).to_be_visible()


def test_on_a_desk_and_on_paper_nothing_is_folded(page_for: Any, reader: Account) -> None:
    page = page_for(reader)
    page.goto("/about/components")
    expect(page.locator(".list-tools")).to_be_visible()
    expect(page.locator(".list-fold")).to_be_hidden()
    expect(page.locator(".list-order")).to_be_hidden()
    page.set_viewport_size({"width": 680, "height": 900})
    expect(page.locator(".list-fold")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".list-fold")).to_be_hidden()
