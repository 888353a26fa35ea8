"""Take the pictures of ``docs/pictures`` anew, from a demonstration that is being served.

    SOICHIEU_HOME=/tmp/pictures soichieu demo --port 8190 &
    python -m tools.pictures http://127.0.0.1:8190 [NAME …]

Each page wide in Vietnamese and English and on a phone in Vietnamese. The conference in preparation is opened for its
desk, so take them from an instance of their own. Keys and numbers differ from load to load: pages are found by
following links, as a person would.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tools import chromium

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
PASSWORD = "giu-den-bien-2025"  # of every account of a demonstration, which says so itself
SIZES = (("vi", 1440, 900), ("en", 1440, 900), ("vi", 390, 844))


@dataclass(frozen=True)
class Picture:
    """A page: who looks at it, where the way begins, and the links to follow from there (CSS)."""

    name: str
    who: str
    start: str
    follow: tuple[str, ...] = ()


IN_TOPIC = "main tbody tr:nth-child(1) a[href*='/conferences/']"
HELD = "main tbody tr:nth-child(2) a[href*='/conferences/']"
PUBLISHED = "main tbody tr:nth-child(4) a[href*='/conferences/']"
TABLE = "main a[href^='/soi-chieu/'][href$='/8/']:has-text('96/QĐ-BHĐ')"
PICTURES = (
    Picture("board", "thuongtruc", "/board/8/?as_at=2025-11-14"),
    Picture("obligation", "thuongtruc", "/board/8/list/", ("main tbody a[href*='/board/obligation/']",)),
    Picture(
        "entry", "thuongtruc", "/board/8/list/",
        ("main tbody a[href*='/board/obligation/']", "main a[href*='/board/entry/']"),
    ),
    Picture("directive", "thuongtruc", "/documents/8/"),
    Picture("register", "thuongtruc", "/documents/"),
    Picture("requirements", "thuongtruc", "/directives/8/requirements/"),
    Picture("unit", "chuyenvien", "/my-work/", ("main a[href^='/units/']",)),
    Picture("units", "thuongtruc", "/units/"),
    Picture("my-work", "chuyenvien", "/my-work/"),
    Picture("leader", "botruong", "/leader/"),
    Picture("search", "thuongtruc", "/documents/search/?q=%C4%91%C3%A8n+bi%E1%BB%83n"),
    Picture("open-book", "thuongtruc", "/exchange/open-book/"),
    Picture("light-table", "chuyenvien", "/soi-chieu/", (TABLE,)),
    Picture("light-tables", "thuongtruc", "/soi-chieu/"),
    Picture("matrix", "thuongtruc", "/soi-chieu/matrix/8/"),
    Picture("provision", "thuongtruc", "/soi-chieu/matrix/8/", ("main a[href*='/soi-chieu/provision/']",)),
    Picture("question", "thuongtruc", "/soi-chieu/questions/", ("main tbody a[href*='/soi-chieu/questions/']",)),
    Picture("plans", "chuyenvien", "/plans/"),
    Picture("plan", "chuyenvien", "/soi-chieu/", (TABLE, "main a[href*='/plans/plan/']")),
    Picture(
        "scheme", "chuyenvien", "/soi-chieu/", (TABLE, "main a[href*='/plans/plan/']", "main a[href*='/scheme/']")
    ),
    Picture("review", "chuyenvien", "/my-work/", ("main a[href*='/plans/review/']",)),
    Picture("conferences", "thuongtruc", "/conferences/"),
    Picture("conference", "thuongtruc", "/conferences/", (HELD,)),
    Picture("after", "thuongtruc", "/conferences/", (HELD, "main a[href$='/after/']")),
    Picture("follow-up", "thuongtruc", "/findings/follow-up/"),
    Picture("finding", "thuongtruc", "/findings/follow-up/", ("main tbody a[href^='/findings/']",)),
    Picture("published", "thuongtruc", "/conferences/", (PUBLISHED,)),
    Picture("sign-in", "", "/sign-in"),
    Picture("chair-desk", "botruong", "/conferences/", (IN_TOPIC, "main a[href$='/chair/']")),
    Picture("secretary", "botruong", "/conferences/", (IN_TOPIC, "main a[href$='/secretary/']")),
    Picture("site-page", "chuyenvien", "/conferences/", (IN_TOPIC, "main a[href*='/site/']")),
    Picture("hall", "botruong", "/conferences/", (IN_TOPIC, "main a[href$='/hall/']")),
)  # fmt: skip


class Place:
    """The pages of one instance."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base = browser, base

    @contextmanager
    def opened(self, who: str, language: str = "vi", width: int = 1440, height: int = 900) -> Iterator[Page]:
        """A page as an account sees it."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, timezone_id="Asia/Ho_Chi_Minh",
            locale="vi-VN" if language == "vi" else "en-GB",
        )  # fmt: skip
        context.add_cookies([{"name": "django_language", "value": language, "url": self.base}])
        page = context.new_page()
        if who:
            page.goto(self.base + "/sign-in")
            page.fill("#id_username", who)
            page.fill("#id_password", PASSWORD)
            page.click("section.sheet button.main")
            page.wait_for_load_state("load")
        yield page
        context.close()

    def find(self, picture: Picture) -> str:
        """The address of a page, found in Vietnamese on a wide screen."""
        with self.opened(picture.who) as page:
            page.goto(self.base + picture.start)
            for link in picture.follow:
                found: Any = page.locator(link).first
                page.goto(self.base + found.get_attribute("href").partition("#")[0])
            return page.url.removeprefix(self.base)

    def take(self, picture: Picture) -> None:
        """Its three pictures."""
        address = self.find(picture)
        for language, width, height in SIZES:
            if picture.name == "sign-in" and (language, width) != ("vi", 1440):
                continue
            if picture.name == "hall":
                if width == 390:
                    continue
                width, height = 1280, 720
            with self.opened(picture.who, language, width, height) as page:
                page.goto(self.base + address)
                page.wait_for_timeout(900)
                wide = "390" if width == 390 else "1440"
                page.screenshot(path=FOLDER / f"{picture.name}-{language}-{wide}.png")
        print(picture.name, address, flush=True)

    def open_conference(self) -> None:
        """Open the third conference and call the first who speak, so that its desk shows a conference under way."""
        desk = next(one for one in PICTURES if one.name == "chair-desk")
        address = self.find(desk)
        with self.opened("botruong") as page:
            page.goto(self.base + address)
            begin = page.locator("button[name=act][value=open]")
            if begin.count():
                begin.first.click()
                page.wait_for_timeout(1500)
            for _turn in range(3):
                page.locator("button[data-key='n']").click()
                page.wait_for_timeout(1500)


def main() -> None:
    base, *names = sys.argv[1:]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(chromium.find()), args=chromium.ARGUMENTS)
        place = Place(browser, base)
        if not names or {"chair-desk", "secretary", "site-page", "hall"} & set(names):
            place.open_conference()
        for picture in PICTURES:
            if not names or picture.name in names:
                place.take(picture)
        browser.close()


if __name__ == "__main__":
    main()
