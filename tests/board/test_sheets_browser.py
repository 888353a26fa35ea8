"""My work, units, a unit's sheet, the leader's page and the search in a real browser: wide, narrow and printed."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.board.house import NOW, House, build, named_histories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def built(transactional_db: None) -> House:
    made = build(offices=2, divisions=2)
    named_histories(made)
    return made


def paths(house: House) -> dict[str, str]:
    return {
        "my-work": "/my-work/",
        "units": "/units/",
        "unit": f"/units/{house.offices[0].pk}/",
        "leader": f"/leader/?unit={house.offices[0].pk}&since=30-6-2025",
        "search": "/search/?q=du+lieu",
    }


@pytest.mark.parametrize(("language", "width"), [("vi", 1440), ("en", 390)])
def test_the_pages_are_accessible_and_as_wide_as_their_window(
    built: House, page_for: Any, assert_accessible: Any, screenshot: Any, language: str, width: int
) -> None:
    page = page_for(built.accounts["steering"], language=language, width=width)
    for name, path in paths(built).items():
        assert page.goto(path).status == 200
        assert_accessible(page)
        screenshot(page, f"{name}-{language}-{width}")


def test_the_sheet_of_a_unit_and_the_leader_s_page_print_on_one_sheet(built: House, page_for: Any) -> None:
    import pypdfium2

    page = page_for(built.accounts["steering"])
    for name in ("unit", "leader"):
        page.goto(paths(built)[name])
        printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        assert len(printed) == 1, name
        width, height = printed[0].get_size()
        assert (round(width), round(height)) == (595, 842), "one A4, upright"


def test_the_heads_of_the_book_of_a_unit_stand_apart(built: House, page_for: Any) -> None:
    page = page_for(built.accounts["steering"])
    page.goto(paths(built)["unit"])
    words = page.eval_on_selector_all(
        ".unit-book thead th",
        """heads => heads.map((head) => {
            const words = document.createRange();
            words.selectNodeContents(head);
            return [words.getBoundingClientRect().left, words.getBoundingClientRect().right];
        })""",
    )
    gaps = [after[0] - before[1] for before, after in zip(words, words[1:], strict=False)]
    assert len(gaps) == 8 and min(gaps) > 8, gaps


def test_several_tasks_are_confirmed_from_the_list(built: House, page_for: Any) -> None:
    page = page_for(built.accounts["steering"], language="en")
    page.goto("/my-work/?queue=confirm")
    boxes = page.locator("input[name=task]")
    many = boxes.count()
    assert many > 1
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("button", name="Write for all that are chosen").click()
    expect(page.locator(".notices")).to_contain_text("2 lines are written")
    expect(page.locator("input[name=task]")).to_have_count(many - 2)
    assert NOW is not None


def test_on_a_phone_nothing_of_a_task_is_cut_and_each_figure_of_the_ledger_says_what_it_counts(
    built: House, page_for: Any, assert_accessible: Any, screenshot: Any
) -> None:
    page = page_for(built.accounts["steering"], width=390)
    page.goto(paths(built)["unit"])
    texts = page.locator(".cards .clip")
    assert texts.count() > 2
    texts.evaluate_all(
        "all => all.forEach(one => one.append(' ai làm, làm gì, cho ai, ở đâu,'.repeat(9), ' đến 30-6'))"
    )
    for cut in texts.evaluate_all("all => all.map(one => one.scrollHeight - one.clientHeight)"):
        assert cut <= 1
    task = page.locator(".unit-book tbody tr:not(.carried) .clip").first
    assert task.bounding_box()["width"] > 110, "the text stands in the column of texts, not in that of the labels"
    carried = page.locator(".unit-book .carried td")
    assert carried.count() == 8
    said = "one => getComputedStyle(one, '::before').content.replaceAll('\"', '') + ' ' + one.innerText.trim()"
    assert [re.sub(r"\d+$", "n", carried.nth(at).evaluate(said)) for at in range(4)] == [
        "Còn phải làm n", "Tự báo cáo n", "Hoàn thành n", "Đã kiểm chứng n",
    ]  # fmt: skip
    assert_accessible(page)
    screenshot(page, "unit-ledger-390")


def test_on_a_phone_the_bar_of_several_covers_nothing_until_something_is_chosen_and_a_finger_finds_each_row(
    built: House, page_for: Any, assert_accessible: Any, screenshot: Any
) -> None:
    page = page_for(built.accounts["steering"], width=390)
    page.goto("/my-work/?queue=confirm")
    bar, button = page.locator(".bulks"), page.locator(".bulk button")
    assert bar.bounding_box()["y"] > 844, "nothing is chosen: it stands below the list"
    screenshot(page, "my-work-none-390", full=False)
    box = page.locator(".pick-box").first
    size = box.bounding_box()
    assert size["width"] >= 44 and size["height"] >= 44
    way = page.locator(".tbl .clip a").first
    assert way.bounding_box()["width"] > 100 and "/board/obligation/" in way.get_attribute("href")
    box.click(position={"x": size["width"] - 4, "y": size["height"] - 4})
    assert page.locator("input[name=task]").first.is_checked()
    place = button.bounding_box()
    assert place["y"] + place["height"] <= 844, "now it is at hand"
    screenshot(page, "my-work-one-390", full=False)
    assert_accessible(page)


def test_a_unit_with_forty_tasks_prints_on_one_sheet_too(
    built: House, page_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pypdfium2

    from soichieu.board.views import unit

    once = unit.owed_by

    def four_times(*args: Any, **kwargs: Any) -> Any:
        owed = once(*args, **kwargs)
        for one in owed.directives:
            one.tasks = one.tasks * 4
        return owed

    monkeypatch.setattr(unit, "owed_by", four_times)
    page = page_for(built.accounts["steering"])
    page.goto(paths(built)["unit"])
    data = page.pdf(prefer_css_page_size=True)
    if folder := os.environ.get("SOICHIEU_SHOTS"):
        Path(folder, "unit-forty.pdf").write_bytes(data)
    assert len(pypdfium2.PdfDocument(data)) == 1
