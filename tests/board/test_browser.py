"""The board's pages in a real browser: both languages, both widths, without script, and on one A3."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.board.house import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def addresses(house: House) -> dict[str, str]:
    of = house.obligation(7, house.offices[0])
    dates = "?as_at=31-7-2025"
    board = reverse("board:board", args=[house.directive.pk])
    return {
        "boards": reverse("board:boards"),
        "board": f"{board}{dates}&since=10-6-2025",
        "board-tree": f"{board}{dates}&rows=tree&only=open",
        "board-list": f"{reverse('board:list', args=[house.directive.pk])}{dates}&sign=overdue",
        "obligation": reverse("board:obligation", args=[of.pk]),
        "entry": reverse("board:entry", args=[of.entries.latest("position").pk]),
        "thread": f"{reverse('board:thread', args=[house.requirements[2].pk])}{dates}",
        "directive": f"{reverse('documents:document', args=[house.directive.pk])}{dates}",
    }


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_accessible(
    house: House, page_for: Any, assert_accessible: Any, screenshot: Any, language: str, width: int
) -> None:
    page = page_for(house.accounts["steering"], language, width)
    for name, address in addresses(house).items():
        page.goto(address)
        screenshot(page, f"{name}-{language}-{width}")
        assert_accessible(page)
    page.goto(addresses(house)["obligation"])
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    screenshot(page, f"obligation-forms-{language}-{width}")
    assert_accessible(page)


def test_the_board_prints_on_one_landscape_a3(house: House, page_for: Any) -> None:
    page = page_for(house.accounts["steering"])
    page.goto(addresses(house)["board"])
    paper = page.pdf(prefer_css_page_size=True)
    if folder := os.environ.get("SOICHIEU_SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / "board.pdf").write_bytes(paper)
    sheets = pypdfium2.PdfDocument(paper)
    assert [tuple(round(side / 72 * 25.4) for side in sheet.get_size()) for sheet in sheets] == [(420, 297)]
    words = sheets[0].get_textpage().get_text_range()
    assert "Tính đến ngày 31-7-2025" in words and "đã kiểm chứng" in words


def test_a_cell_leads_down_to_the_line_and_its_sentence(house: House, page_for: Any) -> None:
    page = page_for(house.accounts["steering"])
    page.goto(f"{addresses(house)['board']}&rows=units&sort=worst")
    page.locator(".lean tbody td:not(.sum) a").first.click()
    expect(page).to_have_url(re.compile("as_at=2025-07-31"))
    page.locator(".pagebook .no a").first.click()
    expect(page.locator("h1")).to_have_text("Giao nhiệm vụ")
    page.go_back()
    page.get_by_role("link", name="Mạch đầy đủ").click()
    expect(page.locator(".thread blockquote").first).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_staff_officer_writes_with_and_without_script(house: House, page_for: Any, script: bool) -> None:
    of = house.obligation(7, house.offices[0])
    page = page_for(house.accounts["staff"], script=script)
    page.goto(reverse("board:obligation", args=[of.pk]))
    page.locator("#act-claimed > summary").click()
    form = page.locator("#act-claimed form")
    form.locator("[name=happened_on]").fill("31-11-2025")
    form.locator("[name=number]").fill("12/BC-CTD")
    form.locator("button.main").click()
    assert form.locator("[name=number]").input_value() == "12/BC-CTD"
    assert "30 ngày" in form.locator(".err").first.inner_text()
    form.locator("[name=happened_on]").fill("30-11-2025")
    form.locator("button.main").click()
    page.wait_for_url("**/obligation/*/#line-*")
    assert "12/BC-CTD" in page.locator(".pagebook").inner_text()
    assert of.entries.filter(kind="claimed").count() == 1


def test_the_field_of_a_unit_offers_what_fits(house: House, page_for: Any) -> None:
    of = house.obligation(7, house.offices[0])
    page = page_for(house.accounts["steering"])
    page.goto(reverse("board:obligation", args=[of.pk]))
    page.locator(".acts-more > summary").click()
    page.locator("#act-reassigned > summary").click()
    with page.expect_response("**/units/?*"):
        page.locator("#act-reassigned [name=unit]").press_sequentially("kim sa", delay=20)
    page.wait_for_function("() => document.querySelector('#reassigned-units').options.length > 0")
    value = page.evaluate("() => document.querySelector('#reassigned-units').options[0].value")
    assert "Kim Sa" in value


def test_on_paper_nothing_runs_into_the_figures(house: House, page_for: Any) -> None:
    page = page_for(house.accounts["steering"])
    for name in ("board", "obligation"):
        page.goto(addresses(house)[name])
        page.emulate_media(media="print")
        lined = page.evaluate(
            "() => [...document.querySelectorAll('main a')].filter((one) => one.checkVisibility()"
            " && getComputedStyle(one).textDecorationLine !== 'none').map((one) => one.outerHTML)"
        )
        assert lined == [], name
        # What can be typed into or pressed is for the screen.
        assert page.locator("main :is(input, button):visible").count() == 0, name
        page.emulate_media(media="screen")


@pytest.mark.parametrize(("language", "said"), [("vi", "Tính đến ngày 31-7-2025"), ("en", "As at 31-7-2025")])
def test_what_is_copied_takes_both_dates_along_and_words_alone_stay_as_they_are(
    house: House, page_for: Any, language: str, said: str
) -> None:
    page = page_for(house.accounts["steering"], language)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(addresses(house)["board-list"])

    def copied(selector: str) -> tuple[str, str]:
        page.evaluate("(of) => getSelection().selectAllChildren(document.querySelector(of))", selector)
        page.keyboard.press("Control+c")
        read = """async (kind) => {
            const [one] = await navigator.clipboard.read();
            return one.types.includes(kind) ? (await one.getType(kind)).text() : '';
        }"""
        return page.evaluate(read, "text/plain"), page.evaluate(read, "text/html")

    rows = page.locator("main table tbody tr").count()
    plain, html = copied("main table tbody")
    assert rows and said in plain and said in html and page.url in plain
    assert html.count("<tr") == rows and "<table" in html, "it stays a table where it is pasted"
    assert "<form" not in html and "<svg" not in html
    assert not re.search(r'href="(?!http)', html), "a link pasted elsewhere still leads here"
    heading, _html = copied("main h1")
    assert heading.strip() and said not in heading, "a title is words only"
    page.goto(addresses(house)["board"])
    count, _html = copied(".nof")
    assert said in count and re.search(r"\d+", count)
