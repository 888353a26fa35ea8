"""Browser fixtures on top of the session's Chromium: signed-in pages of any width and language, axe, screenshots.

``page_for(account, language="vi", width=1440)`` opens a page that is already signed in (``account`` None: nobody);
``goto`` of such a page takes addresses of the site ("/board"). ``assert_accessible(page)`` fails with what axe-core
found.
``screenshot(page, name)`` writes ``name.png`` into the folder that SOICHIEU_SHOTS names, and does nothing without it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

# What a page must show after a press is asked with ``expect``, which waits; a bare ``is_visible()`` asks a page that
# may have arrived and not been read yet. It waits as long as presses do.
expect.set_options(timeout=15_000)

HEIGHTS = {1440: 900, 390: 844}
AXE_RUN = "() => axe.run(document, {resultTypes: ['violations', 'incomplete']})"


def axe_source() -> str:
    """axe-core as it comes with axe-playwright-python."""
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def found_by_axe(page: Any) -> list[str]:
    """What axe-core finds wrong on a page, one line for each element."""
    # The page's own policy forbids foreign script, so axe is evaluated and not added as an element.
    page.evaluate(axe_source())
    result = page.evaluate(AXE_RUN)
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']} — {' '.join(map(str, node['target']))}: "
        f"{node['html'][:160]} — {node.get('failureSummary', '')[:300]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


@pytest.fixture
def assert_accessible() -> Callable[[Any], None]:
    """``assert_accessible(page)``: axe-core finds nothing, and the page does not scroll sideways."""

    def check(page: Any) -> None:
        found = found_by_axe(page)
        assert not found, f"{page.url}: " + json.dumps(found, ensure_ascii=False, indent=1)
        over = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{page.url} is {over} px wider than its window"

    return check


@pytest.fixture
def screenshot() -> Callable[..., None]:
    """``screenshot(page, name, full=True)`` into the folder that SOICHIEU_SHOTS names."""
    folder = os.environ.get("SOICHIEU_SHOTS", "")

    def take(page: Any, name: str, *, full: bool = True) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=full)

    return take


@pytest.fixture
def page_for(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """``page_for(account, language="vi", width=1440, light="", script=True)``: a page of one person, their own
    context. The test fails if a script on it failed or its policy refused anything."""
    opened: list[Any] = []
    failures: list[str] = []

    def noted(message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            failures.append(message.text)

    def make(account: Any = None, language: str = "vi", width: int = 1440, light: str = "", script: bool = True) -> Any:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            locale="vi-VN" if language == "vi" else "en-GB",
            timezone_id="Asia/Ho_Chi_Minh",
            java_script_enabled=script,
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if light:
            cookies["light"] = light
        if account is not None:
            client = Client()
            client.force_login(account)
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": key, "value": value, "url": live_server.url} for key, value in cookies.items()])
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.on("console", noted)
        return page

    yield make
    for context in opened:
        context.close()
    assert not failures, f"scripts or the policy failed on a page: {failures}"
