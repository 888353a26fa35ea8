"""The page of components, in a real browser: both languages, both widths, both lights, and on paper."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

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
