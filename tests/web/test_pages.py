"""The shell's own pages in a real browser: sign-in, posts, errors, and a list with and without script."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from soichieu.accounts import commands
from soichieu.accounts.models import Account
from soichieu.organisation.askers import Asker
from soichieu.organisation.commands import posts, units
from soichieu.web import instance_flags

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OPERATOR = Asker.operator_of_instance()
PASSWORD = "mat-khau-dai-lam"


@pytest.fixture
def officer() -> Account:
    """A staff officer of a fictitious office, with the right to act for its head, on a demonstration."""
    instance_flags.set_flag(instance_flags.DEMONSTRATION)
    instance_flags.set_flag("demonstration_password", PASSWORD)
    begin = timezone.localdate() - dt.timedelta(days=400)
    office = units.found_unit(
        asker=OPERATOR, code="vp", kind="department", name="Văn phòng Bộ Sao Mai", begins_on=begin
    )

    def post(code: str, title: str, role: str) -> Any:
        return posts.create_post(asker=OPERATOR, unit=office, code=code, title=title, roles=[role], on=begin)

    staff, head = post("vp-cv", "Chuyên viên theo dõi", "staff_officer"), post("vp-cvp", "Chánh Văn phòng", "head")
    person = posts.appoint(asker=OPERATOR, post=staff, person="Trần Thị Thanh An", on=begin)
    posts.delegate(asker=OPERATOR, agent=staff, principal=head, on=begin)
    note = "Chuyên viên theo dõi, Văn phòng; được thay mặt Chánh Văn phòng"
    return commands.create_account(
        asker=OPERATOR, username="vp-chuyenvien", password=PASSWORD, person=person, demonstration_note=note
    )


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_of_the_shell_is_accessible(
    page_for: Any, officer: Account, assert_accessible: Any, screenshot: Any, language: str, width: int
) -> None:
    page = page_for(None, language, width)
    for address, name in (("/sign-in", "sign-in"), ("/about", "about")):
        page.goto(address)
        screenshot(page, f"{name}-{language}-{width}")
        assert_accessible(page)
    page = page_for(officer, language, width)
    for address, name in (("/account/post", "post"), ("/account/password", "password"), ("/nowhere", "error")):
        page.goto(address)
        screenshot(page, f"{name}-{language}-{width}")
        assert_accessible(page)
    page.locator("details.who summary").click()
    screenshot(page, f"who-{language}-{width}", full=False)
    box = page.locator("details.who .panel").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert_accessible(page)
    page.keyboard.press("Escape")
    if width < 1000:
        page.locator("details.nav-menu summary").click()
        screenshot(page, f"menu-{language}-{width}", full=False)
        assert_accessible(page)


def test_one_press_signs_in_and_a_post_is_chosen(page_for: Any, officer: Account) -> None:
    page = page_for()
    page.goto("/about/components")
    page.get_by_role("button", name="Đăng nhập: vp-chuyenvien").click()
    page.get_by_label("Thay mặt Chánh Văn phòng").check()
    page.get_by_role("button", name="Làm việc với chức danh này").click()
    expect(page).to_have_url(re.compile("/about/components$"))
    expect(page.locator("details.who summary")).to_contain_text("thay mặt Chánh Văn phòng")
    page.locator("details.who summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page).to_have_url(re.compile("/sign-in"))


def test_a_wrong_password_is_said_and_the_name_kept(
    page_for: Any, officer: Account, assert_accessible: Any, screenshot: Any
) -> None:
    page = page_for()
    page.goto("/sign-in")
    page.get_by_label("Tên tài khoản").fill("vp-chuyenvien")
    page.get_by_label("Mật khẩu").fill("sai")
    page.locator("button.main").click()
    expect(page.get_by_role("alert")).to_contain_text("Tên và mật khẩu không khớp")
    assert page.get_by_label("Tên tài khoản").input_value() == "vp-chuyenvien"
    screenshot(page, "sign-in-refused")
    assert_accessible(page)


def test_a_list_changes_alone_and_its_address_with_it(page_for: Any, officer: Account) -> None:
    page = page_for(officer)
    page.goto("/about/components")
    page.evaluate("() => { document.querySelector('h1').dataset.same = 'yes'; }")
    page.locator("#list-sample input[type=search]").fill("dan")
    page.locator("#list-sample form button").click()
    page.locator("#list-sample .pill").wait_for()
    expect(page.locator("#list-sample tbody tr")).to_have_count(2)
    expect(page).to_have_url(re.compile("q=dan"))
    assert page.locator("h1").get_attribute("data-same") == "yes"
    page.locator("#list-sample th a", has_text="Đơn vị").click()
    page.locator("#list-sample th[aria-sort=ascending]", has_text="Đơn vị").wait_for()
    expect(page).to_have_url(re.compile("(?=.*sort=name)(?=.*q=dan)"))
    page.reload()
    expect(page.locator("#list-sample tbody tr")).to_have_count(2)


def test_a_list_works_without_script(page_for: Any, officer: Account) -> None:
    page = page_for(officer, script=False)
    page.goto("/about/components")
    page.locator("#list-sample input[type=search]").fill("dan")
    page.locator("#list-sample form button").click()
    expect(page.locator("#list-sample tbody tr")).to_have_count(2)
    with page.expect_download() as waiting:
        page.locator("#list-sample a", has_text="CSV").click()
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    assert "Thiên Đàn" in text and "Kim Sa" not in text


def test_the_language_is_changed_from_the_foot_of_the_page(page_for: Any, officer: Account) -> None:
    page = page_for(officer)
    page.goto("/about/components?q=dan")
    page.get_by_role("button", name="English").click()
    page.locator("html[lang=en]").wait_for()
    assert page.url.endswith("/about/components?q=dan")


@pytest.mark.parametrize("script", [True, False])
def test_a_refused_sign_in_opens_at_what_was_refused_on_a_phone_too(
    page_for: Any, officer: Account, assert_accessible: Any, script: bool
) -> None:
    for number in range(10):
        commands.create_account(
            asker=OPERATOR, username=f"ghe-{number}", password=PASSWORD, demonstration_note="Một ghế của bản trình diễn"
        )
    page = page_for(None, width=390, script=script)
    page.goto("/sign-in")
    page.get_by_label("Tên tài khoản").fill("vp-chuyenvien")
    page.get_by_label("Mật khẩu").fill("khong-phai")
    page.locator("section.sheet button.main").click()
    told = page.locator(".notice.wrong")
    told.wait_for()
    page.wait_for_timeout(300)
    box = told.bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= 844, "it is read without scrolling"
    if script:
        expect(told).to_be_focused()
        assert_accessible(page)


def test_what_was_typed_is_not_lost_without_a_question(page_for: Any, officer: Account) -> None:
    page = page_for(officer)
    asked: list[str] = []
    leave = False

    def answer(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept() if leave else dialog.dismiss()

    page.on("dialog", answer)
    page.goto("/account/password")
    old = page.locator("main input[type=password]").first
    old.press_sequentially("mat-khau-cu")
    page.get_by_role("button", name="English").click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert old.input_value() == "mat-khau-cu" and page.locator("html").get_attribute("lang") == "vi"
    # Sending the form itself asks nothing; what comes back refused is asked about.
    page.locator("main form button").click()
    page.locator("main .err").first.wait_for()
    assert asked == ["beforeunload"]
    leave = True
    page.get_by_role("button", name="English").click()
    page.locator("html[lang=en]").wait_for()
    assert asked == ["beforeunload"] * 2 and page.url.endswith("/account/password")
    # And where nothing was typed nothing is asked.
    page.get_by_role("button", name="Lamp down").click()
    page.locator("html[data-light=dim]").wait_for()
    assert asked == ["beforeunload"] * 2
