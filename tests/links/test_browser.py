"""The light table in a real browser: the whole pass from the keyboard, threads, two people, paper and phone."""

from __future__ import annotations

import dataclasses
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from soichieu.links import suggesting
from soichieu.links.commands.decisions import leave_open
from soichieu.links.models import Decision, LeftOpen
from soichieu.links.queries.table import table
from tests.links.conftest import lines_of_annex_2
from tests.links.test_table import accept

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _fresh():
    suggesting.forget()


def address(desk, **query):
    found = reverse("links:table", args=[desk.key, desk.document.pk])
    return found + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def under_the_lamp(page):
    return page.eval_on_selector("#lamp", "one => [one.dataset.item, one.dataset.with]")


class Hands:
    """Somebody without a mouse; counts the keys."""

    def __init__(self, page):
        self.page, self.pressed = page, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def wait_for_another(self, before):
        self.page.wait_for_function(
            "before => { const one = document.getElementById('lamp').dataset;"
            " return one.item !== before[0] || one.with !== before[1]; }",
            arg=before,
        )
        # The exchange is over when the next key would act on the new pair.
        self.page.wait_for_function(
            "() => document.getElementById('lt-said').textContent === document.getElementById('lamp').dataset.said"
        )


def test_twenty_decisions_without_a_mouse_take_at_most_two_keys_each(transactional_db, page_for, screenshot, desk):
    desk.plans.holdings[desk.key] = dataclasses.replace(desk.holding, items=lines_of_annex_2())
    page = page_for(desk.house.accounts["staff"])
    page.goto(address(desk))
    hands = Hands(page)
    accepted = 0
    for step in range(20):
        before = under_the_lamp(page)
        keys = hands.pressed
        if step % 10 == 4:
            hands.press("x")  # refused: one key
        elif step % 10 == 7:
            hands.press("4", "Enter")  # another relation than the one suggested
            accepted += 1
        else:
            hands.press("Enter")
            accepted += 1
        assert hands.pressed - keys <= 2
        hands.wait_for_another(before)
    made = list(Decision.objects.order_by("pk"))
    assert len(made) == 20
    assert accepted == 18
    assert sum(one.origin == "refused" for one in made) == 2
    assert hands.pressed <= 2 * accepted + 2
    assert {one.relation for one in made if one.origin == "changed"} <= {"intersects"}
    # The last one is taken back with one key, and comes under the lamp again.
    before = under_the_lamp(page)
    hands.press("u")
    hands.wait_for_another(before)
    assert Decision.objects.order_by("-pk").first().origin == "withdrawn"
    assert under_the_lamp(page)[0] == made[-1].item_key
    assert page.locator("#lt-tally b").first.inner_text() == str(
        table(desk.house.askers["staff"], desk.key, desk.document.pk).decided
    )
    screenshot(page, "table-after-twenty")


def test_moving_leaving_open_and_searching_from_the_keyboard(transactional_db, page_for, desk):
    page = page_for(desk.house.accounts["staff"])
    page.goto(address(desk))
    hands = Hands(page)
    first = under_the_lamp(page)
    hands.press("j")
    hands.wait_for_another(first)
    second = under_the_lamp(page)
    assert second[0] == desk.holding.items[1].key
    expect(page).to_have_url(re.compile(f"item={second[0]}"))
    hands.press("ArrowUp")
    hands.wait_for_another(second)
    assert under_the_lamp(page)[0] == first[0]
    hands.press("o")
    page.keyboard.type("Việc của Cục khác")
    page.keyboard.press("Enter")
    page.locator(".sent.on .open-why").wait_for()
    assert LeftOpen.objects.get().reason == "Việc của Cục khác"
    page.locator("body").click(position={"x": 5, "y": 5})
    hands.press("/")
    expect(page.locator("#lt-q")).to_be_focused()
    # Where somebody types, letters are letters.
    page.keyboard.type("xu")
    assert not Decision.objects.exists()
    assert page.input_value("#lt-q") == "xu"


def test_keys_can_be_turned_off_and_stay_off(transactional_db, page_for, desk):
    page = page_for(desk.house.accounts["staff"])
    page.goto(address(desk))
    page.locator("#lt-keys-on").uncheck()
    page.goto(address(desk))
    assert not page.locator("#lt-keys-on").is_checked()
    before = under_the_lamp(page)
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.wait_for_timeout(400)
    assert under_the_lamp(page) == before
    assert not Decision.objects.exists()


def test_a_sentence_that_is_chosen_comes_under_the_lamp_with_the_line_and_is_tied_by_hand(
    transactional_db, page_for, desk
):
    page = page_for(desk.house.accounts["staff"])
    page.goto(address(desk))
    before = under_the_lamp(page)
    place = desk.place("IV.1.s1")
    page.locator(f"#s-{place} .serif").click()
    Hands(page).wait_for_another(before)
    assert under_the_lamp(page) == [before[0], place]
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    page.locator(f"#s-{place} .knot.yes").wait_for()
    made = Decision.objects.get()
    assert (made.origin, made.relation, made.score) == ("added", "subset", None)
    page.locator(".threads path").first.wait_for(state="attached")


def test_the_second_of_two_people_is_told_on_the_page(transactional_db, page_for, desk):
    mine, theirs = (page_for(desk.house.accounts["staff"]) for _ in range(2))
    mine.goto(address(desk))
    theirs.goto(address(desk))
    mine.keyboard.press("Enter")
    mine.locator(".lt-last").wait_for()
    theirs.keyboard.press("5")
    theirs.keyboard.press("Enter")
    theirs.locator("#lamp .notice.wrong").wait_for()
    assert "Người staff" in theirs.locator("#lamp .notice.wrong").inner_text()
    assert Decision.objects.count() == 1
    # What stands now is before them: pressing again decides about it knowingly.
    theirs.keyboard.press("5")
    theirs.keyboard.press("Enter")
    theirs.locator(".lt-last").wait_for()
    assert list(Decision.objects.order_by("pk").values_list("origin", flat=True)) == ["accepted", "refused"]


def test_everything_works_in_a_browser_without_scripts(transactional_db, page_for, screenshot, desk):
    page = page_for(desk.house.accounts["staff"], script=False)
    page.goto(address(desk))
    for _step in range(3):
        page.get_by_role("button", name="Nhận và sang cặp sau").click()
        page.locator(".lt-last").wait_for()
    assert Decision.objects.filter(origin="accepted").count() == 3
    page.get_by_role("button", name="Rút lại").first.click()
    page.locator("#lamp").wait_for()
    assert Decision.objects.filter(origin="withdrawn").count() == 1
    page.get_by_role("link", name="chưa có đầu việc").click()
    expect(page).to_have_url(re.compile("show=no_item"))
    screenshot(page, "table-without-script", full=False)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_light_table_is_accessible(
    transactional_db, page_for, assert_accessible, screenshot, desk, language, width
):
    for line in range(6):
        accept(desk, line, "none" if line == 3 else "")
    desk.call(leave_open, provision_key=desk.place("III.1.-1.s5"), reason="Việc của Cục khác")
    desk.plans.edit(desk.key, desk.holding.items[0].key, text=f"{desk.holding.items[0].text} Báo cáo hằng quý.")
    page = page_for(desk.house.accounts["staff"], language=language, width=width)
    item = desk.holding.items[0].key
    for name, where in {
        "table": address(desk),
        "table-again": address(desk, show="again"),
        "table-second": address(desk, item=item, second=desk.programme.pk),
        "table-nothing": address(desk, q="khongcogi"),
        "tables": reverse("links:tables"),
    }.items():
        page.goto(where)
        for more in page.locator("main details").all():
            more.evaluate("one => { one.open = true }")
        assert_accessible(page)
        screenshot(page, f"{name}-{language}-{width}", full=width == 390 or name == "tables")


def test_on_paper_each_tie_says_its_letter_its_relation_and_who_decided(transactional_db, page_for, screenshot, desk):
    made = accept(desk, 0, "subset")
    page = page_for(desk.house.accounts["staff"])
    page.goto(address(desk))
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")
    line = page.locator(f"#l-{made.item_key}")
    said = line.inner_text()
    assert "(a)" in said
    assert "đáp ứng một phần" in said
    assert "Người staff" in said
    assert page.locator(".only-print", has_text="Tính đến ngày").first.is_visible()
    assert not page.locator("#lamp").is_visible()
    assert (
        page.locator(
            f"#s-{page.locator('.sent .knot.yes').first.evaluate('one => one.closest(`.sent`).dataset.key')} .knot.yes"
        ).inner_text()
        == "a"
    )
    screenshot(page, "table-print")


def test_arrows_keep_their_own_work_among_the_relations_and_on_a_sheet(transactional_db, page_for, desk):
    page = page_for(desk.house.accounts["staff"])
    page.goto(address(desk))
    before = under_the_lamp(page)
    page.locator("#lamp input[value='equivalent']").check()
    page.locator("#lamp input[value='equivalent']").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#lamp input[value='subset']")).to_be_checked()
    page.locator(".lt-order").focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)
    assert under_the_lamp(page) == before


def test_on_a_phone_what_is_pressed_stays_in_view_while_the_pair_is_read(transactional_db, page_for, desk):
    page = page_for(desk.house.accounts["staff"], width=390)
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(address(desk))
    button = page.locator("#lt-decide [data-key='Enter']")
    for _scrolled in range(2):
        box = button.bounding_box()
        assert box is not None and box["y"] >= 0 and box["y"] + box["height"] <= 700
        page.mouse.wheel(0, 60)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [390, 900])
def test_where_the_lamp_stands_above_the_sheets_it_comes_into_view_with_what_is_chosen(
    transactional_db, page_for, desk, width
):
    page = page_for(desk.house.accounts["staff"], width=width)
    page.goto(address(desk))
    for chosen in (".lt-answer .line:not(.on) .hit", ".lt-order .sent:not(.on) .serif"):
        before = under_the_lamp(page)
        page.locator(chosen).last.click()
        Hands(page).wait_for_another(before)
        in_view = "const one = document.getElementById('lamp').getBoundingClientRect();"
        in_view += " return one.top >= 0 && one.top < window.innerHeight / 3;"
        page.wait_for_function("() => {" + in_view + "}")


def test_on_a_phone_the_filter_that_is_on_is_seen_and_stays_seen_after_a_decision(transactional_db, page_for, desk):
    page = page_for(desk.house.accounts["staff"], width=390)
    page.goto(address(desk))
    last = page.locator("#lt-filters .chip-link").last
    assert last.bounding_box()["x"] > 390, "the row is wider than the screen"
    page.goto(f"{last.get_attribute('href')}&item={desk.holding.items[0].key}")
    seen = "one => { const r = one.getBoundingClientRect(); return r.left >= 0 && r.right <= window.innerWidth; }"
    page.wait_for_function(f"() => ({seen})(document.querySelector('#lt-filters [aria-current]'))")
    decided = page.locator("#lt-tally").inner_text()
    page.locator("#lt-decide [data-key='x']").click()
    page.wait_for_function("was => document.getElementById('lt-tally').innerText !== was", arg=decided)
    page.wait_for_function(f"() => ({seen})(document.querySelector('#lt-filters [aria-current]'))")


@pytest.mark.parametrize(("width", "language"), [(1440, "en"), (390, "vi")])
def test_what_each_filter_keeps_is_read_without_a_mouse_and_stands_on_paper_before_the_sheets(
    transactional_db, page_for, assert_accessible, desk, width, language
):
    page = page_for(desk.house.accounts["staff"], width=width, language=language)
    page.goto(address(desk, show="no_item"))
    rules = page.locator(".lt-rules dd")
    assert rules.count() == page.locator("#lt-filters .chip-link").count() > 4 and not rules.first.is_visible()
    summary = page.locator(".lt-rules > summary")
    if width == 390:
        assert summary.bounding_box()["height"] >= 44, "a finger finds it"
    summary.focus()
    page.keyboard.press("Enter")
    for place in range(rules.count()):
        box = rules.nth(place).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        on_top = "one => { const r = one.getBoundingClientRect();"
        on_top += " return one.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)); }"
        rules.nth(place).scroll_into_view_if_needed()
        assert rules.nth(place).evaluate(on_top), "nothing covers it"
    assert_accessible(page)
    kept = rules.nth(1).inner_text()
    page.emulate_media(media="print")
    assert kept in page.locator(".only-print.note").inner_text()
    counted = page.locator(".rule-text").locator("visible=true")
    assert counted.count() == 1
    assert counted.bounding_box()["y"] < page.locator("#lt").bounding_box()["y"], "with the figures that it explains"
