"""Four people take 03/NQ-CP from its file to a verified obligation on the board: in Vietnamese, in a browser, no shell.

The steering office of a fictitious ministry registers the text, mends one place, confirms a requirement and gives it to
the ministry's departments; a staff officer of one of them works and hands over; its head registers the signed answer;
the steering office accepts; a verifier checks. Everything is done by clicks on pages.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import TimeoutError

import soichieu
from soichieu.accounts.commands import create_account
from soichieu.ledger import clock
from soichieu.ledger.fold import forget_columns
from soichieu.ledger.models import Entry
from soichieu.ledger.verification import verify
from soichieu.organisation.askers import Asker
from soichieu.organisation.commands import appoint, create_post, found_unit

pytestmark = pytest.mark.browser

DIRECTIVE = Path(soichieu.__file__).parent / "demo" / "data" / "directives" / "03-NQ-CP.md"
PASSWORD = "den-bien-thu-2025"
BEGINS = dt.date(2020, 1, 1)


@pytest.fixture(autouse=True)
def _clean(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.FILES_ROOT = tmp_path / "files"
    forget_columns()
    yield
    forget_columns()


@pytest.fixture
def ministry(transactional_db: None) -> None:
    """A fictitious ministry with three departments, and the four people on their posts, each with an account."""
    operator = Asker.operator_of_instance()
    top = found_unit(
        asker=operator, code="bo-thu", kind="ministry", name="Bộ Thử nghiệm", begins_on=BEGINS, fictitious=True
    )
    departments = [
        found_unit(
            asker=operator, code=code, kind="department", name=name, begins_on=BEGINS, fictitious=True,
            superiors={"sector": top}, order=order,
        )
        for order, (code, name) in enumerate(
            (("cuc-cong-nghe", "Cục Công nghệ"), ("vu-ke-hoach", "Vụ Kế hoạch"), ("thanh-tra", "Thanh tra Bộ")), start=1
        )
    ]  # fmt: skip
    for username, unit, title, role, name in (
        ("thuongtruc", top, "Chánh Văn phòng", "steering_office", "Đinh Thu Trà"),
        ("chuyenvien", departments[0], "Chuyên viên", "staff_officer", "Mạc Thanh Bình"),
        ("cuctruong", departments[0], "Cục trưởng", "head", "Tạ Quang Minh"),
        ("kiemchung", top, "Người kiểm chứng", "verifier", "Quách Minh Triết"),
    ):
        post = create_post(asker=operator, unit=unit, code=username, title=title, roles=[role], on=BEGINS)
        person = appoint(asker=operator, post=post, person=name, on=BEGINS)
        create_account(asker=operator, username=username, password=PASSWORD, person=person)


@pytest.fixture
def seat(
    page_for: Callable[..., Any], screenshot: Callable[..., None], ministry: None
) -> Iterator[Callable[[str], Any]]:
    """``seat(username)``: a browser of one person, signed in by hand on the sign-in page."""

    def take(username: str) -> Any:
        page = page_for(None)
        page.goto("/")
        page.get_by_label("Tên tài khoản").fill(username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.locator("nav.nav a").first.wait_for()
        seats[username] = page
        return page

    seats: dict[str, Any] = {}
    yield take
    for username, page in seats.items():
        screenshot(page, f"four-last-{username}", full=False)


def act(page: Any, kind: str, *, on: str = "", **fields: str) -> None:
    """Do one act on the page of an obligation: open it, fill it in, write it."""
    form = page.locator(f"#act-{kind}")
    if not form.is_visible():
        page.get_by_text("Việc khác", exact=True).click()
    form.locator("summary").first.click()
    for name, value in (({"happened_on": on} if on else {}) | fields).items():
        form.locator(f"[name={name}]").fill(value)


def follow(page: Any, name: str, address: str) -> None:
    """Press a link and be on its page. A press may be lost while a busy machine still lays out the page before; whoever
    sees nothing happen presses again. What the page was asking for is told when it never comes."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    for _attempt in range(3):
        page.get_by_role("link", name=name).click()
        try:
            page.wait_for_url(re.compile(address), timeout=20_000)
        except TimeoutError:
            continue
        return
    raise AssertionError(f"{page.url}: {name!r} was pressed three times; asked for: {asked}")


def test_four_people_take_a_real_resolution_to_a_verified_task(
    seat: Callable[[str], Any], screenshot: Callable[..., None], tmp_path: Path
) -> None:
    steering = seat("thuongtruc")
    register(steering, screenshot)
    mend_one_place(steering, screenshot)
    give_out(steering, screenshot)

    staff = seat("chuyenvien")
    address = open_task(staff, screenshot)
    work(staff, tmp_path, screenshot)

    head = seat("cuctruong")
    sign(head, address, tmp_path, screenshot)

    accept(steering, address, screenshot)

    checker = seat("kiemchung")
    check(checker, address, screenshot)

    look_at_the_board(steering, screenshot)
    mine = Entry.objects.filter(obligation__unit__code="cuc-cong-nghe").order_by("position")
    assert list(mine.values_list("kind", flat=True)) == [
        "opened", "acknowledged", "started", "handed", "issued", "accepted", "verified",
    ]  # fmt: skip
    assert not verify()


def register(page: Any, screenshot: Callable[..., None]) -> None:
    """The file is handed in; number, date and issuer are read from it."""
    page.get_by_role("link", name="Sổ văn bản").first.click()
    page.get_by_role("link", name="Đăng ký văn bản").click()
    page.locator("#id_file").set_input_files(DIRECTIVE)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Xác nhận và đăng ký").wait_for()
    screenshot(page, "four-01-tree-beside-source", full=False)


def mend_one_place(page: Any, screenshot: Callable[..., None]) -> None:
    """A sentence that only leads to the tasks is no task itself; then the reading is confirmed."""
    page.get_by_role("link", name="Chỉnh sửa II.s1", exact=True).click()
    form = page.get_by_role("form", name="Chỉnh sửa II.s1")
    form.locator("[name=nature]").select_option("organisation")
    form.get_by_role("button", name="Lưu chỉnh sửa").click()
    page.get_by_text("Các chỉnh sửa đã làm").wait_for()
    screenshot(page, "four-02-mended", full=False)
    page.get_by_role("button", name="Xác nhận và đăng ký").click()
    page.get_by_role("link", name="Yêu cầu và đơn vị được giao").wait_for()
    screenshot(page, "four-03-document", full=False)


def give_out(page: Any, screenshot: Callable[..., None]) -> None:
    """Its points are proposed; one is given a deadline, addressed by a rule, confirmed and given out."""
    page.get_by_role("link", name="Yêu cầu và đơn vị được giao").click()
    page.get_by_role("button", name="Đề xuất yêu cầu từ văn bản").click()
    page.get_by_text("Đã đề xuất 112 yêu cầu").wait_for()
    page.get_by_role("searchbox").fill("xay dung ke hoach trien khai chuong trinh hanh dong cua chinh phu")
    page.get_by_role("button", name="Lọc").click()
    page.locator(".list-said .pill").wait_for()
    screenshot(page, "four-04-proposed", full=False)
    page.get_by_role("link", name=re.compile("Xây dựng kế hoạch triển khai chương trình hành động")).first.click()
    page.get_by_label("Thời gian hoàn thành").fill(_day(30))
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text("Đã lưu.").wait_for()
    # The page that says so may still be loading: only then is its link pressed.
    page.wait_for_load_state("networkidle")
    follow(page, "Chọn đơn vị được giao", "/addressees/")
    page.get_by_label("Trực thuộc đơn vị").fill("Bộ Thử nghiệm")
    page.locator("input[name=kinds][value=department]").check()
    page.locator("#todays-list .nof b", has_text="3").wait_for()
    page.get_by_label("Thêm hoặc bớt một đơn vị").fill("thanh tra bo")
    page.locator("#todays-list").get_by_label("Thanh tra Bộ").check()
    page.locator("#todays-list .nof b", has_text="2").wait_for()
    screenshot(page, "four-05-addressees", full=False)
    page.get_by_role("button", name="Lưu và xác nhận").click()
    page.get_by_label("Ngày giao").fill(_day(-3))
    screenshot(page, "four-06-giving", full=False)
    page.get_by_role("button", name="Giao 2 nhiệm vụ").click()
    page.get_by_text("Đã giao 2 nhiệm vụ").wait_for()
    screenshot(page, "four-07-given", full=False)


def open_task(page: Any, screenshot: Callable[..., None]) -> str:
    """The staff officer finds the task of the own unit on the board."""
    page.get_by_role("link", name="Bảng tổng hợp").first.click()
    page.get_by_role("link", name="03/NQ-CP").first.click()
    screenshot(page, "four-08-staff-board", full=False)
    page.locator("table.heat tbody td:not(.sum):not(.pr) a").first.click()
    page.get_by_role("heading", name=re.compile("Cục Công nghệ")).wait_for()
    screenshot(page, "four-09-task", full=False)
    return str(page.url)


def work(page: Any, tmp_path: Path, screenshot: Callable[..., None]) -> None:
    """Acknowledged, started, and handed to the own head with the draft."""
    act(page, "acknowledged", on=_day(-3))
    send(page, "acknowledged", "tiếp nhận")
    act(page, "started", on=_day(-2))
    send(page, "started", "bắt đầu thực hiện")
    draft = tmp_path / "du-thao-ke-hoach.txt"
    draft.write_text("Dự thảo Kế hoạch của Cục Công nghệ.", encoding="utf-8")
    act(page, "handed", on=_day(-1))
    page.locator("#act-handed input[name=choice][value=own_head]").check()
    page.locator("#act-handed input[name=evidence]").set_input_files(draft)
    send(page, "handed", "trình ký")
    screenshot(page, "four-10-handed")


def sign(page: Any, address: str, tmp_path: Path, screenshot: Callable[..., None]) -> None:
    """The head signed on paper; here number, date and file are registered. What was asked for is a plan: issuing it
    closes the task."""
    page.goto(address)
    page.get_by_role("link", name="Trả lời bằng kế hoạch").click()
    page.get_by_label("Số, ký hiệu").first.fill("15/KH-CCN")
    page.get_by_label("Ngày ban hành").fill(_day(0))
    signed = tmp_path / "15-KH-CCN.txt"
    signed.write_text("Kế hoạch số 15/KH-CCN. Cục Công nghệ triển khai từng việc cụ thể.", encoding="utf-8")
    page.get_by_label("Tệp văn bản").set_input_files(signed)
    screenshot(page, "four-11-answer", full=False)
    page.get_by_role("button", name="Ghi kế hoạch vào sổ").click()
    page.get_by_text("Đã ghi 15/KH-CCN").wait_for()
    page.locator(".title").get_by_text("Hoàn thành", exact=True).wait_for()
    screenshot(page, "four-12-answered", full=False)


def accept(page: Any, address: str, screenshot: Callable[..., None]) -> None:
    """The steering office confirms it, on papers."""
    page.goto(address)
    act(page, "accepted")
    send(page, "accepted", "xác nhận hoàn thành")
    page.locator(".title").get_by_text("Đã xác nhận").wait_for()
    screenshot(page, "four-13-accepted", full=False)


def check(page: Any, address: str, screenshot: Callable[..., None]) -> None:
    """Somebody outside the doer's unit checks, and says how and what."""
    page.goto(address)
    act(page, "verified", sample="1 kế hoạch trên 1, đọc toàn văn; 2 việc chọn ngẫu nhiên, kiểm tra tại chỗ")
    page.locator("#act-verified input[name=choice][value=confirmed]").check()
    page.locator("#act-verified input[name=method][value=field]").check()
    send(page, "verified", "kiểm chứng")
    page.locator(".title").get_by_text("Đã kiểm chứng").wait_for()
    screenshot(page, "four-14-verified")


def look_at_the_board(page: Any, screenshot: Callable[..., None]) -> None:
    """The board counts it: one of two, verified."""
    page.get_by_role("link", name="Bảng tổng hợp").first.click()
    page.get_by_role("link", name="03/NQ-CP").first.click()
    page.locator(".nof", has_text=re.compile(r"1\s*trên\s*2")).first.wait_for()
    page.get_by_text("đã kiểm chứng", exact=False).first.wait_for()
    screenshot(page, "four-15-board")


def send(page: Any, kind: str, said: str) -> None:
    """Write the line that is filled in, and see it in the book."""
    page.locator(f"#act-{kind} button.main").click()
    page.locator(".notices", has_text=said).wait_for()


def _day(shift: int) -> str:
    day = clock.today() + dt.timedelta(days=shift)
    return f"{day.day}-{day.month}-{day.year}"
